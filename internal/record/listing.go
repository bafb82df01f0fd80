package record

// Listing says how the rows of a noun stand in a list: on the screen, on paper and
// in a workbook.
type Listing struct {
	Noun    string
	Heading Words
	Columns []ListColumn
	Title   string   // the column of what people call the rows
	Day     string   // the column a span of days narrows; "" for none
	Facets  []string // columns of closed lists that narrow, with their counts
	Sort    string   // the order it begins with
	Desc    bool
}

// ListColumn is one column of a list.
type ListColumn struct {
	Name   string
	Words  Words
	Kind   ListKind
	Terms  []Term  // of ListTerm and ListTerms
	Width  float32 // in widths of an m
	Rest   bool    // on the screen it takes what the others leave: its words fit no width
	Hidden bool    // until somebody chooses it
	Alone  bool    // its numbers add up to nothing
}

// ListKind is what the cells of a column hold; see ListRow.
type ListKind int

// The kinds of column.
const (
	ListText   ListKind = iota
	ListDay             // "2006-01-02"
	ListNumber          // decimal digits
	ListMoney           // đồng, decimal digits
	ListTerm            // one code of Terms
	ListTerms           // codes of Terms, joined by ","
	ListTopics          // codes of the office's topics, joined by ","
	ListName            // the name of a unit, a person, an activity
	ListYes             // "1" or ""
)

// ListFilter says which rows of a listing are wanted, and in which order. Zero
// fields do not filter.
type ListFilter struct {
	Noun   string
	ID     ID     // this row alone, where the filter leaves it
	Text   string // words that begin words, with or without marks
	Period Period
	// Touching: of activities, also what began before the period and goes on into it.
	Touching bool
	Only     map[string]string // column → the code it holds
	Sort     string            // column; "": the listing's own order
	Desc     bool
	Today    Date // for what is due
	Offset   int
	Limit    int  // 0: the store's page size
	Bare     bool // the rows alone; nothing is counted
	Near     bool // those that say Text best come first, of those the newest
}

// ListRow is a row with a text a column, in the order of the listing.
type ListRow struct {
	ID    ID
	Cells []string
}

// ListPage is a part of a list and what the filter holds altogether.
type ListPage struct {
	Rows  []ListRow
	Total int
	By    map[string]map[string]int // facet → code → rows, with every filter but that one
	Sums  map[string]int64          // of the columns of numbers and money
}

// Column finds a column's place, or -1.
func (l *Listing) Column(name string) int {
	for i := range l.Columns {
		if l.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// TitleColumn is the place of what people call the rows.
func (l *Listing) TitleColumn() int { return l.Column(l.Title) }

// Called are the places of what people call the rows: their title and their numbers.
func (l *Listing) Called() []int {
	var out []int
	for i := range l.Columns {
		switch l.Columns[i].Name {
		case l.Title, "number", "document", "code", "decision":
			out = append(out, i)
		}
	}
	return out
}

// CalledIn are the texts of Called in a row.
func (l *Listing) CalledIn(r ListRow) []string {
	var out []string
	for _, i := range l.Called() {
		out = append(out, r.Cells[i])
	}
	return out
}

// ListingOf is the listing of a noun, or nil.
func ListingOf(noun string) *Listing {
	for i := range listings {
		if listings[i].Noun == noun {
			return &listings[i]
		}
	}
	return nil
}

// of is a column that shows a field under the field's own words.
func of(noun Noun, field string, kind ListKind, width float32, terms ...[]Term) ListColumn {
	f, ok := DescribeOf(noun).Field(field)
	if !ok {
		panic("record: no field " + field)
	}
	c := ListColumn{Name: field, Words: f.Words, Kind: kind, Width: width}
	if len(terms) > 0 {
		c.Terms = terms[0]
	}
	return c
}

func (c ListColumn) hidden() ListColumn { c.Hidden = true; return c }

func (c ListColumn) rest() ListColumn { c.Rest = true; return c }

func (c ListColumn) called(vi, en string) ListColumn { c.Words = Words{vi, en}; return c }

// QuestionStates are how far a question has come; the store works them out.
var QuestionStates = []Term{
	term("overdue", "Quá hạn", "Overdue"),
	term("soon", "Sắp đến hạn", "Due soon"),
	term("open", "Chưa trả lời", "Open"),
	term("routed", "Đã chuyển", "Passed on"),
	term("answered", "Đã trả lời", "Answered"),
	term("late", "Trả lời muộn", "Answered late"),
}

var listings = []Listing{
	{
		Noun: "activity", Title: "title", Heading: Words{"Hoạt động", "Activities"}, Day: "when_date", Facets: []string{"kind", "status"}, Sort: "when_date", Desc: true,
		Columns: []ListColumn{
			{Name: "when_date", Words: Words{"Ngày", "Day"}, Kind: ListDay, Width: 7},
			of(Activity{}, "title", ListText, 24),
			of(Activity{}, "kind", ListTerm, 10, ActivityKinds).called("Loại", "Kind"),
			{Name: "when_place", Words: Words{"Nơi tổ chức", "Place"}, Kind: ListText, Width: 12},
			of(Activity{}, "host_unit_id", ListName, 12).called("Đơn vị chủ trì", "Host"),
			{Name: "heads_total", Words: Words{"Lượt người", "People"}, Kind: ListNumber, Width: 6},
			{Name: "heads_women", Words: Words{"Nữ", "Women"}, Kind: ListNumber, Width: 5},
			of(Activity{}, "status", ListTerm, 7, Statuses),
			of(Activity{}, "topics", ListTopics, 14).hidden(),
			of(Activity{}, "speakers", ListText, 12).hidden(),
			of(Activity{}, "result", ListText, 16).hidden(),
		},
	},
	{
		Noun: "question", Title: "text", Heading: Words{"Câu hỏi, vướng mắc", "Questions"}, Day: "received", Facets: []string{"state", "channel"}, Sort: "urgent",
		Columns: []ListColumn{
			of(Question{}, "text", ListText, 28).rest(),
			{Name: "state", Words: Words{"Tình trạng", "State"}, Kind: ListTerm, Terms: QuestionStates, Width: 8},
			{Name: "due_on", Words: Words{"Hạn trả lời", "Due"}, Kind: ListDay, Width: 7},
			of(Question{}, "received", ListDay, 7),
			of(Question{}, "channel", ListTerm, 10, Channels).hidden(),
			of(Question{}, "topics", ListTopics, 12).hidden(),
			of(Question{}, "asker_group", ListTerm, 10, Audiences).hidden(),
			of(Question{}, "unit_id", ListName, 12).called("Đơn vị", "Unit").hidden(),
			{Name: "routed_to", Words: Words{"Chuyển đến", "Passed on to"}, Kind: ListText, Width: 10, Hidden: true},
			of(Question{}, "answered_on", ListDay, 7).hidden(),
			of(Question{}, "answer", ListText, 20).hidden(),
			of(Question{}, "public", ListYes, 5).called("Câu hỏi thường gặp", "FAQ").hidden(),
		},
	},
	{
		Noun: "unit", Title: "name", Heading: Words{"Đơn vị, doanh nghiệp", "Units"}, Facets: []string{"kind"}, Sort: "name",
		Columns: []ListColumn{
			of(Unit{}, "name", ListText, 20),
			of(Unit{}, "kind", ListTerm, 9, UnitKinds),
			of(Unit{}, "parent_id", ListName, 13).called("Địa bàn", "Area"),
			of(Unit{}, "address", ListText, 14),
			{Name: "workers_total", Words: Words{"Số lao động", "Workers"}, Kind: ListNumber, Width: 7},
			{Name: "workers_women", Words: Words{"Lao động nữ", "Women"}, Kind: ListNumber, Width: 7, Hidden: true},
			of(Unit{}, "focus", ListTerms, 12, FocusFlags).hidden(),
			of(Unit{}, "code", ListText, 7).hidden(),
			{Name: "valid_from", Words: Words{"Từ ngày", "From"}, Kind: ListDay, Width: 7, Hidden: true},
			{Name: "valid_to", Words: Words{"Đến ngày", "To"}, Kind: ListDay, Width: 7, Hidden: true},
			{Name: "sessions", Words: Words{"Số cuộc năm nay", "Sessions this year"}, Kind: ListNumber, Width: 8, Alone: true},
		},
	},
	{
		Noun: "instructor", Title: "person_id", Heading: Words{"Mạng lưới báo cáo viên, tuyên truyền viên, hòa giải viên", "Network of instructors"}, Facets: []string{"kind", "level"}, Sort: "person_id",
		Columns: []ListColumn{
			of(Instructor{}, "person_id", ListName, 14).called("Họ và tên", "Full name"),
			of(Instructor{}, "kind", ListTerm, 11, InstructorKinds),
			of(Instructor{}, "level", ListTerm, 7, Levels),
			of(Instructor{}, "languages", ListText, 10),
			of(Instructor{}, "qualification", ListText, 12),
			of(Instructor{}, "decision", ListText, 12).hidden(),
			{Name: "valid_from", Words: Words{"Công nhận từ", "From"}, Kind: ListDay, Width: 7},
			{Name: "valid_to", Words: Words{"Đến ngày", "To"}, Kind: ListDay, Width: 7},
		},
	},
	{
		Noun: "person", Title: "full_name", Heading: Words{"Người tham dự", "People"}, Facets: []string{"sex", "audience"}, Sort: "full_name",
		Columns: []ListColumn{
			of(Person{}, "full_name", ListText, 12),
			{Name: "birth", Words: Words{"Năm sinh", "Born"}, Kind: ListText, Width: 5},
			of(Person{}, "sex", ListTerm, 4, Sexes).called("Giới", "Sex"),
			{Name: "unit", Words: Words{"Đơn vị", "Unit"}, Kind: ListText, Width: 11},
			of(Person{}, "audience", ListTerm, 9, Audiences).called("Nhóm", "Group"),
			of(Person{}, "position", ListText, 8),
			{Name: "times", Words: Words{"Số lần dự", "Times"}, Kind: ListNumber, Width: 5},
			{Name: "last", Words: Words{"Lần cuối", "Last"}, Kind: ListDay, Width: 7},
			of(Person{}, "phone", ListText, 8).hidden(),
		},
	},
	{
		Noun: "attendance", Title: "full_name", Heading: Words{"Lượt tham dự", "Attendances"}, Day: "day", Facets: []string{"audience", "role"}, Sort: "day", Desc: true,
		Columns: []ListColumn{
			of(Person{}, "full_name", ListText, 12),
			{Name: "birth", Words: Words{"Năm sinh", "Born"}, Kind: ListText, Width: 5},
			of(Person{}, "sex", ListTerm, 4, Sexes).called("Giới", "Sex"),
			{Name: "unit", Words: Words{"Đơn vị", "Unit"}, Kind: ListText, Width: 12},
			of(Person{}, "audience", ListTerm, 9, Audiences).called("Nhóm", "Group"),
			{Name: "activity", Words: Words{"Hoạt động", "Activity"}, Kind: ListText, Width: 20},
			{Name: "day", Words: Words{"Ngày", "Day"}, Kind: ListDay, Width: 7},
			of(Attendance{}, "role", ListTerm, 8, Roles),
			of(Attendance{}, "signed", ListYes, 5).called("Đã ký", "Signed"),
			of(Attendance{}, "arrived", ListText, 5).hidden(),
		},
	},
	{
		Noun: "directive", Title: "title", Heading: Words{"Văn bản chỉ đạo, kế hoạch", "Directives and plans"}, Day: "issued", Facets: []string{"kind"}, Sort: "issued", Desc: true,
		Columns: []ListColumn{
			of(Directive{}, "number", ListText, 9),
			of(Directive{}, "issued", ListDay, 7),
			of(Directive{}, "kind", ListTerm, 8, DirectiveKinds),
			of(Directive{}, "title", ListText, 24),
			of(Directive{}, "issuer", ListText, 12),
			of(Directive{}, "task", ListText, 6).hidden(),
		},
	},
	{
		Noun: "publication", Title: "title", Heading: Words{"Công khai văn bản, tài liệu", "Publications"}, Day: "day", Facets: []string{"channel"}, Sort: "day", Desc: true,
		Columns: []ListColumn{
			of(Publication{}, "day", ListDay, 7),
			of(Publication{}, "title", ListText, 22),
			of(Publication{}, "document", ListText, 9),
			of(Publication{}, "channel", ListTerm, 12, PublicChannels),
			of(Publication{}, "place", ListText, 12),
			of(Publication{}, "unit_id", ListName, 12).hidden(),
			of(Publication{}, "link", ListText, 12).hidden(),
			of(Publication{}, "until", ListDay, 7).hidden(),
		},
	},
	{
		Noun: "material", Title: "title", Heading: Words{"Tài liệu tuyên truyền", "Materials"}, Day: "day", Facets: []string{"kind"}, Sort: "day", Desc: true,
		Columns: []ListColumn{
			of(Material{}, "title", ListText, 22),
			of(Material{}, "kind", ListTerm, 10, MaterialKinds),
			of(Material{}, "languages", ListText, 9),
			of(Material{}, "made", ListNumber, 7),
			of(Material{}, "given", ListNumber, 7),
			of(Material{}, "day", ListDay, 7),
			of(Material{}, "source", ListText, 10).hidden(),
			of(Material{}, "topics", ListTopics, 12).hidden(),
		},
	},
	{
		Noun: "survey", Title: "title", Heading: Words{"Khảo sát", "Surveys"}, Day: "day", Facets: []string{"purpose"}, Sort: "day", Desc: true,
		Columns: []ListColumn{
			of(Survey{}, "title", ListText, 22),
			of(Survey{}, "purpose", ListTerm, 12, SurveyPurposes),
			of(Survey{}, "day", ListDay, 7),
			of(Survey{}, "sent", ListNumber, 7),
			of(Survey{}, "returned", ListNumber, 7),
			of(Survey{}, "activity_id", ListName, 12).hidden(),
		},
	},
	{
		Noun: "model", Title: "title", Heading: Words{"Mô hình, cách làm hay", "Models"}, Day: "since", Sort: "since", Desc: true,
		Columns: []ListColumn{
			of(Model{}, "title", ListText, 22),
			of(Model{}, "unit_id", ListName, 12),
			of(Model{}, "place", ListText, 10),
			of(Model{}, "since", ListDay, 7),
			of(Model{}, "result", ListText, 16),
		},
	},
	{
		Noun: "budget", Title: "content", Heading: Words{"Kinh phí", "Budget"}, Facets: []string{"source"}, Sort: "year", Desc: true,
		Columns: []ListColumn{
			of(Budget{}, "year", ListText, 5),
			of(Budget{}, "content", ListText, 22),
			of(Budget{}, "task", ListText, 6),
			of(Budget{}, "source", ListTerm, 11, CostSources),
			of(Budget{}, "planned", ListMoney, 10),
			of(Budget{}, "spent", ListMoney, 10).called("Đã chi (đồng)", "Spent (đồng)"),
			of(Budget{}, "decision", ListText, 10).hidden(),
		},
	},
	{
		Noun: "holiday", Title: "name", Heading: Words{"Ngày nghỉ, ngày làm bù", "Days off"}, Day: "day", Sort: "day",
		Columns: []ListColumn{
			of(Holiday{}, "day", ListDay, 7),
			of(Holiday{}, "name", ListText, 20),
			of(Holiday{}, "work", ListYes, 8),
		},
	},
	{
		Noun: "custody", Title: "what", Heading: Words{"Nhật ký dữ liệu cá nhân", "Personal data log"}, Day: "day", Facets: []string{"kind"}, Sort: "day", Desc: true,
		Columns: []ListColumn{
			of(Custody{}, "day", ListDay, 7),
			of(Custody{}, "kind", ListTerm, 12, CustodyKinds),
			of(Custody{}, "count", ListNumber, 6),
			of(Custody{}, "what", ListText, 18),
			of(Custody{}, "reason", ListText, 18),
		},
	},
}
