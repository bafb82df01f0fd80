package record

// This file is what the area Pháp luật shows: the library of legal texts, its packs and
// what of the office's own work cites a text that changed. The contract behind it is
// packages law, pack and library.

// LawKind is what a thing of the library is.
type LawKind string

// The kinds.
const (
	LawDocument  LawKind = "law"
	LawFAQ       LawKind = "faq"
	LawSlide     LawKind = "slide"
	LawLeaflet   LawKind = "leaflet"
	LawForm      LawKind = "form"
	LawCatalogue LawKind = "catalogue"
	LawUnits     LawKind = "units"
	LawTemplate  LawKind = "template"
)

// LawKinds are the words for people.
var LawKinds = []Term{
	term("law", "Văn bản", "Legal text"),
	term("faq", "Hỏi đáp", "Questions and answers"),
	term("slide", "Bài trình chiếu", "Slides"),
	term("leaflet", "Tờ rơi, tờ gấp", "Leaflet"),
	term("form", "Biểu mẫu", "Form"),
	term("catalogue", "Danh mục", "Catalogue"),
	term("units", "Đơn vị hành chính", "Units"),
	term("template", "Mẫu báo cáo", "Report template"),
}

// LawStatus is what a text is on a day. It is computed and never stored.
type LawStatus string

// The states of a text.
const (
	LawUnknown LawStatus = "unknown" // nobody knows from when it is in force
	LawNotYet  LawStatus = "not_yet"
	LawInForce LawStatus = "in_force"
	LawPartly  LawStatus = "partly" // some provisions have ended or have not begun
	LawEnded   LawStatus = "ended"
)

// LawStatuses are the words for people.
var LawStatuses = []Term{
	term("unknown", "Chưa rõ hiệu lực", "Not known"),
	term("not_yet", "Chưa có hiệu lực", "Not yet in force"),
	term("in_force", "Còn hiệu lực", "In force"),
	term("partly", "Còn hiệu lực một phần", "Partly in force"),
	term("ended", "Hết hiệu lực", "No longer in force"),
}

// LawRelations are how one text bears on another, said of the one that does it.
var LawRelations = []Term{
	term("replaces", "thay thế", "replaces"),
	term("amends", "sửa đổi, bổ sung", "amends"),
	term("repeals", "bãi bỏ", "repeals"),
	term("guides", "hướng dẫn, quy định chi tiết", "guides"),
	term("consolidates", "hợp nhất", "consolidates"),
}

// LawFilter says what of the library is sought. Zero fields do not filter.
type LawFilter struct {
	Text   string // words that begin words, "phrases", numbers; with or without marks
	On     Date   // the day on which it is to be judged and read; "" is not allowed
	Topic  string
	Kind   LawKind
	Type   string // "Nghị định", as the item says
	Status LawStatus
	Offset int
	Limit  int // 0: 50
}

// LawHit is a document or one of its provisions.
type LawHit struct {
	Item      string    `json:"item"`
	Anchor    string    `json:"anchor,omitempty"` // "": the document itself
	Kind      LawKind   `json:"kind"`
	Number    string    `json:"number,omitempty"`
	Title     string    `json:"title"`              // of the document
	Provision Words     `json:"provision,omitzero"` // "khoản 1 Điều 98"
	Heading   string    `json:"heading,omitempty"`  // of the article
	Snippet   string    `json:"snippet,omitempty"`
	Marks     []Span    `json:"marks,omitempty"` // of Snippet, in runes: what was sought
	Status    LawStatus `json:"status"`          // of the provision, or the document
	Amended   bool      `json:"amended,omitempty"`
	Noted     bool      `json:"noted,omitempty"` // the office has a note on it
}

// Span is a run of runes.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// LawPage is a part of what was found.
type LawPage struct {
	Hits  []LawHit `json:"hits"`
	Total int      `json:"total"` // at most 1,000 are counted
	More  bool     `json:"more,omitempty"`
}

// LawItem is a thing of the library as a list and a banner show it.
type LawItem struct {
	ID         string    `json:"id"`
	Version    int64     `json:"version"`
	Channel    string    `json:"channel"`
	Kind       LawKind   `json:"kind"`
	Number     string    `json:"number,omitempty"`
	Type       string    `json:"type,omitempty"`
	Title      string    `json:"title"`
	Issuer     string    `json:"issuer,omitempty"`
	Issued     Date      `json:"issued,omitempty"`
	Valid      Validity  `json:"valid,omitzero"`      // what holds here: the pack's, or the office's correction
	PackValid  Validity  `json:"pack_valid,omitzero"` // what the pack says, where the office corrected it
	Topics     []string  `json:"topics,omitempty"`
	Status     LawStatus `json:"status"`
	Amended    bool      `json:"amended,omitempty"`
	Confidence string    `json:"confidence,omitempty"` // one of LawConfidences
	Source     string    `json:"source,omitempty"`
	CheckedOn  Date      `json:"checked_on,omitempty"`
	Note       string    `json:"note,omitempty"` // of the pack
	HasText    bool      `json:"has_text"`
	Withdrawn  bool      `json:"withdrawn,omitempty"`
}

// LawConfidences are how sure the compiler of a pack is of what it says of a text.
var LawConfidences = []Term{
	term("high", "Đã đối chiếu", "Checked"),
	term("medium", "Cần kiểm tra thêm", "To be checked further"),
	term("low", "Chưa kiểm tra", "Not checked"),
}

// LawRelation is a bond between two texts, seen from one of them.
type LawRelation struct {
	Kind    string   `json:"kind"`    // of LawRelations
	Inverse bool     `json:"inverse"` // the other text does it to this one
	Item    string   `json:"item"`    // the other
	Number  string   `json:"number"`
	Title   string   `json:"title,omitempty"`
	Known   bool     `json:"known"`             // the other is in the library
	Anchors []string `json:"anchors,omitempty"` // of the text it is done to; none: the whole
	Says    Words    `json:"says,omitzero"`     // the anchors in words: "Điều 143, khoản 1 Điều 145"
	On      Date     `json:"on,omitempty"`
	Note    string   `json:"note,omitempty"`
}

// LawProvision is one piece of a text, in reading order.
type LawProvision struct {
	Anchor  string    `json:"anchor"`
	Level   string    `json:"level"` // part, chapter, section, article, clause, point, text
	Number  string    `json:"number,omitempty"`
	Heading string    `json:"heading,omitempty"`
	Text    string    `json:"text,omitempty"`
	Status  LawStatus `json:"status"`
	By      string    `json:"by,omitempty"` // why it is not in force: "283/2026/NĐ-CP, từ 10/9/2026"
	Notes   []LawNote `json:"notes,omitempty"`
}

// LawWording is the text of a document as it reads from a day on.
type LawWording struct {
	From   Date   `json:"from"`
	SHA256 string `json:"sha256"`
	Title  string `json:"title,omitempty"` // "18/VBHN-VPQH"
}

// LawFile is something to hand out that belongs to an item.
type LawFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Lang   string `json:"lang,omitempty"`
	Title  string `json:"title,omitempty"`
	Here   bool   `json:"here"` // its bytes are on this PC
}

// LawReading is a document opened on a day.
type LawReading struct {
	LawItem
	On         Date           `json:"on"`
	Wording    LawWording     `json:"wording,omitzero"` // the one that is read
	Wordings   []LawWording   `json:"wordings,omitempty"`
	Provisions []LawProvision `json:"provisions,omitempty"`
	Relations  []LawRelation  `json:"relations,omitempty"`
	Files      []LawFile      `json:"files,omitempty"`
	Notes      []LawNote      `json:"notes,omitempty"` // of the whole document
	FAQ        []LawAnswer    `json:"faq,omitempty"`
}

// LawAnswer is a common question and its answer.
type LawAnswer struct {
	Question  string     `json:"question"`
	Answer    string     `json:"answer"`
	Citations []Citation `json:"citations,omitempty"`
}

// LawChange says what became of a piece of text between two wordings.
type LawChange string

// The changes.
const (
	LawSame    LawChange = ""
	LawAdded   LawChange = "added"
	LawRemoved LawChange = "removed"
	LawChanged LawChange = "changed"
	LawMoved   LawChange = "moved"
)

// LawPair is one provision side by side in two wordings. Marks are what differs, in
// runes of Before and After.
type LawPair struct {
	Anchor      string    `json:"anchor"`
	Change      LawChange `json:"change,omitempty"`
	Label       Words     `json:"label,omitzero"`
	Before      string    `json:"before,omitempty"`
	After       string    `json:"after,omitempty"`
	BeforeMarks []Span    `json:"before_marks,omitempty"`
	AfterMarks  []Span    `json:"after_marks,omitempty"`
}

// LawComparison is two wordings of a document side by side.
type LawComparison struct {
	Item          LawItem `json:"item"`
	Before, After LawWording
	Pairs         []LawPair `json:"pairs"`
	Changed       int       `json:"changed"` // pairs that differ
}

// PackOffer is what a pack would bring, before anything is changed.
type PackOffer struct {
	Path       string        `json:"path"`
	Channel    string        `json:"channel"`
	Version    int64         `json:"version"`
	Installed  int64         `json:"installed"` // 0: none
	Title      string        `json:"title"`
	Publisher  string        `json:"publisher"` // name of the province
	Created    string        `json:"created"`
	FreshUntil Date          `json:"fresh_until,omitempty"`
	Stale      int           `json:"stale,omitempty"` // days since then; 0: fresh
	Important  bool          `json:"important,omitempty"`
	Same       bool          `json:"same,omitempty"` // it is what is here already
	New        []PackItem    `json:"new,omitempty"`
	Amended    []PackItem    `json:"amended,omitempty"`
	Ended      []PackItem    `json:"ended,omitempty"`
	Withdrawn  []PackItem    `json:"withdrawn,omitempty"`
	Affected   []LawAffected `json:"affected,omitempty"` // of this office's work
	Bytes      int64         `json:"bytes"`              // to be written
}

// PackItem is an item a pack changes, and how.
type PackItem struct {
	ID      string   `json:"id"`
	Kind    LawKind  `json:"kind"`
	Number  string   `json:"number,omitempty"`
	Title   string   `json:"title"`
	Anchors []string `json:"anchors,omitempty"` // provisions that read otherwise
	Says    Words    `json:"says,omitzero"`     // "Điều 98, Điều 107", "hết hiệu lực từ 10/9/2026"
}

// LawAffected is something of the office that cites a text which changed after it was
// cited, and has not been looked at since.
type LawAffected struct {
	Ref      Ref       `json:"ref"`
	Title    string    `json:"title"`
	Day      Date      `json:"day,omitempty"` // of the answer, the session, the material
	Citation Citation  `json:"citation"`
	Status   LawStatus `json:"status"`          // of what was cited, now
	Why      Words     `json:"why"`             // "sửa đổi từ 1/1/2027", "hết hiệu lực, thay bằng 283/2026/NĐ-CP từ 10/9/2026"
	Now      string    `json:"now,omitempty"`   // the words that hold now
	AsOf     Date      `json:"as_of"`           // the day it was judged for: today, that of a session, or one ahead
	Asked    bool      `json:"asked,omitempty"` // somebody asked and can be told
}

// PackChannel is what this PC holds of a channel.
type PackChannel struct {
	Channel    string        `json:"channel"`
	Publisher  string        `json:"publisher"`
	Version    int64         `json:"version"` // the newest ever installed
	Shown      int64         `json:"shown"`   // the one that is shown
	Known      int64         `json:"known"`   // the newest the province has named; more than Version: a pack is missing here
	Title      string        `json:"title"`
	Created    string        `json:"created"`
	FreshUntil Date          `json:"fresh_until,omitempty"`
	Stale      int           `json:"stale,omitempty"`
	Items      int           `json:"items"`
	Versions   []PackVersion `json:"versions"`         // that can be shown, the newest first
	Resume     bool          `json:"resume,omitempty"` // a pack was begun and not finished
}

// PackVersion is one that is still here.
type PackVersion struct {
	Version   int64  `json:"version"`
	Title     string `json:"title"`
	Created   string `json:"created"`
	Installed string `json:"installed"` // RFC 3339
}

// PackSources is what a province's PC is asked for to build a pack.
type PackSources struct {
	Folder     string // of sources; see package packdir
	Out        string // folder the pack is written to
	Channel    string // "luat"
	Audience   string // "" is the province's own offices
	Version    int64  // 0: one more than the last of the channel here
	Since      int64  // beside the whole pack one for those who have this version or a later; 0: none
	Title      string // what this version brings
	FreshUntil Date   // "" is half a year
	Important  bool
	MinApp     string
}

// BuiltPack is a pack that was built.
type BuiltPack struct {
	Path      string        `json:"path"`
	Version   int64         `json:"version"`
	Items     int           `json:"items"`
	Size      int64         `json:"size"`
	Delta     string        `json:"delta,omitempty"` // path; for those who have a version already
	DeltaSize int64         `json:"delta_size,omitempty"`
	Warnings  []PackWarning `json:"warnings"`
}

// PackWarning is something odd in the sources of a pack that does not stand in the way.
type PackWarning struct {
	File  string `json:"file"`
	Line  int    `json:"line,omitempty"`
	Words Words  `json:"words"`
}

// LawCheck is what a look at every byte of the library has found. The register does not
// hang on it: the newest pack brings back what is lost.
type LawCheck struct {
	Files   int `json:"files"`
	Damaged int `json:"damaged"`
	Missing int `json:"missing"`
}

// LawExpiry is a text that ends soon or has ended, and what of the office leans on it.
type LawExpiry struct {
	Item    LawItem       `json:"item"`
	Ends    Date          `json:"ends"`
	Days    int           `json:"days"`              // until then; negative: since
	By      string        `json:"by,omitempty"`      // number of what replaces it
	Planned []LawAffected `json:"planned,omitempty"` // sessions ahead that cite it
}

// LawLabel is the label of a provision with its heading as it stands in the text:
// "Điều 98. Tiền lương làm thêm giờ", "1.", "a)".
func LawLabel(p LawProvision) string {
	dotted := func(name string) string {
		if p.Heading == "" {
			return name + p.Number
		}
		return name + p.Number + ". " + p.Heading
	}
	switch p.Level {
	case "part":
		return dotted("Phần ")
	case "chapter":
		return dotted("Chương ")
	case "section":
		return dotted("Mục ")
	case "subsection":
		return dotted("Tiểu mục ")
	case "article":
		return dotted("Điều ")
	case "annex":
		return dotted("Phụ lục ")
	case "clause":
		return p.Number + "."
	case "point":
		return p.Number + ")"
	}
	return p.Heading
}
