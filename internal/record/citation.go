package record

import "strings"

// Citation names a text of law as it stood on a day. It keeps the words, so that it
// reads the same whatever becomes of the text.
type Citation struct {
	Document  string `json:"document"` // number, "45/2019/QH14"
	Title     string `json:"title,omitempty"`
	Provision string `json:"provision,omitempty"` // "khoản 1 Điều 98"; empty: the whole document
	On        Date   `json:"on,omitempty"`
	Text      string `json:"text,omitempty"` // the words as they were cited

	// Where the words stand in the library: empty of a citation that was typed.
	Item    string `json:"item,omitempty"`    // "45-2019-qh14"
	Anchor  string `json:"anchor,omitempty"`  // "d98.k1"
	Wording string `json:"wording,omitempty"` // SHA-256 of the document's text on that day
	Version int64  `json:"version,omitempty"` // of the item, as its pack numbered it
}

// Says is the citation as people write it: "khoản 1 Điều 98 Bộ luật Lao động
// (45/2019/QH14)".
func (c Citation) Says() string {
	out := c.Provision
	add := func(s string) {
		if out != "" && s != "" {
			out += " "
		}
		out += s
	}
	switch {
	case c.Title == "":
		add(c.Document)
	case strings.Contains(c.Title, c.Document):
		add(c.Title)
	default:
		add(c.Title + " (" + c.Document + ")")
	}
	return out
}

// citations refuses a citation of nothing or of a day that does not exist.
func (c *checks) citations(all []Citation) {
	for _, k := range all {
		c.refuse(strings.TrimSpace(k.Document) != "" && k.On.Valid(), "citations", "Trích dẫn cần số hiệu văn bản.", "A citation needs the number of the document.")
	}
}

// LawNote is what the office itself says of a text of the library: a remark, and where
// it found that the text is in force on other days than its pack says. Packs never touch it.
type LawNote struct {
	ID        ID
	Item      string   `rec:"item,O" say:"Văn bản|Document"`
	Anchor    string   `rec:"anchor,O" say:"Điều, khoản|Provision"` // empty: the whole document
	Text      string   `rec:"text,O" say:"Ghi chú|Note"`
	Valid     Validity `rec:"valid,O" say:"Hiệu lực theo cơ quan|In force as the office found"` // of the whole document; empty: as the pack says
	Source    string   `rec:"source,O" say:"Nguồn|Source"`
	CheckedOn Date     `rec:"checked_on,O" say:"Ngày kiểm tra|Checked on"`
}

// Ref names the note's row.
func (n LawNote) Ref() Ref { return Ref{"law_note", n.ID} }

// Validate refuses a note on nothing or that says nothing, and other days without
// their source.
func (n LawNote) Validate() error {
	var c checks
	corrects := n.Valid != Validity{}
	c.refuse(strings.TrimSpace(n.Item) != "", "item", "Chưa rõ ghi chú về văn bản nào.", "It is not said which document this is about.")
	c.refuse(strings.TrimSpace(n.Text) != "" || corrects, "text", "Chưa ghi nội dung.", "The note has no text.")
	c.refuse(n.Valid.From.Valid() && n.Valid.To.Valid(), "valid", "Ngày hiệu lực không có trong lịch.", "A day does not exist.")
	c.refuse(n.Valid.From == "" || n.Valid.To == "" || n.Valid.From <= n.Valid.To, "valid",
		"Ngày hết hiệu lực sớm hơn ngày có hiệu lực.", "It ends before it begins.")
	c.refuse(!corrects || n.Anchor == "", "valid", "Ngày hiệu lực là của cả văn bản.", "The days are those of the whole document.")
	c.refuse(!corrects || strings.TrimSpace(n.Source) != "", "source", "Sửa ngày hiệu lực thì phải ghi nguồn.", "Other days need their source.")
	c.refuse(n.CheckedOn.Valid(), "checked_on", "Ngày kiểm tra không có trong lịch.", "The day does not exist.")
	return c.err()
}

// Review is that somebody looked again at what cites a text after the text had changed.
// It holds until the text changes again.
type Review struct {
	ID      ID
	Noun    string `rec:"noun,O" say:"Loại|Kind"`
	RowID   ID     `rec:"row_id,O" say:"Dòng|Row"`
	Item    string `rec:"item,O" say:"Văn bản|Document"`
	Anchor  string `rec:"anchor,O" say:"Điều, khoản|Provision"`
	Wording string `rec:"wording,O" say:"Bản văn đã xem|Text seen"` // SHA-256 of the text that was in force; empty: none was
	AsOf    Date   `rec:"as_of,O" say:"Xét theo ngày|As of"`        // the day the law was looked at for; may lie ahead
	Outcome string `rec:"outcome,O" say:"Kết quả|Outcome"`          // one of ReviewOutcomes
	Day     Date   `rec:"day,O" say:"Ngày|Day"`
	Note    string `rec:"note,O" say:"Ghi chú|Note"`
}

// ReviewOutcomes are what a look at a citation can end with.
var ReviewOutcomes = []Term{
	term("stands", "Vẫn đúng", "Still right"),
	term("changed", "Đã sửa", "Corrected"),
	term("told", "Đã báo người hỏi", "Who asked was told"),
}

// Ref names the review's row.
func (r Review) Ref() Ref { return Ref{"review", r.ID} }

// Validate refuses a review of nothing and one without an outcome.
func (r Review) Validate() error {
	var c checks
	c.refuse(r.Noun != "" && !r.RowID.IsZero() && r.Item != "", "row_id", "Chưa rõ đã xem lại mục nào.", "It is not said what was looked at.")
	c.refuse(Word(ReviewOutcomes, r.Outcome) != nil, "outcome", "Chưa chọn kết quả xem lại.", "The outcome has not been chosen.")
	c.refuse(r.AsOf != "" && r.AsOf.Valid(), "as_of", "Ngày xét hiệu lực không có trong lịch.", "The day looked at does not exist.")
	c.refuse(r.Day != "" && r.Day.Valid(), "day", "Ngày xem lại không có trong lịch.", "The day does not exist.")
	return c.err()
}
