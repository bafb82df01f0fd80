package record

import "slices"

// Proposal is what intake makes of a list someone sent: rows ready to go in,
// rows set aside with a question, rows that are no data. Nothing is stored.
type Proposal struct {
	Of     string   `json:"of"` // the noun of the rows
	Sheet  string   `json:"sheet"`
	Sheets []string `json:"sheets,omitempty"` // visible sheets of the file, where there are several
	// OtherSheets are those of the file that hold a list too and were not taken.
	OtherSheets []OtherSheet     `json:"other_sheets,omitempty"`
	HeaderLine  int              `json:"header_line"`
	Code        string           `json:"code,omitempty"` // of the activity that the list itself names, see ID.Code
	Charset     string           `json:"charset"`        // "unicode", "tcvn3", "vni" or "cp1258"
	Columns     []ProposedColumn `json:"columns"`
	Rows        []ProposedRow    `json:"rows"`
	Parked      []ParkedRow      `json:"parked"`
	Dropped     []DroppedRow     `json:"dropped"`
	// Tables are those after the first, where a sheet has several: below each
	// other, or beside each other as lists printed in two columns are.
	Tables []ProposedTable `json:"tables,omitempty"`
	// Unclear says why the columns cannot be told; Raw are the first rows as they
	// stand, for an officer to say what the columns are.
	Unclear *Words   `json:"-"`
	Raw     []RawRow `json:"-"`
	// Left are the texts of the first table's columns that are left out, by line, for
	// whoever looks the list over; only where that is asked for.
	Left map[int][]string `json:"-"`
}

// OtherSheet is a sheet of the file with a list that was not taken, and how many rows
// it would bring.
type OtherSheet struct {
	Sheet string `json:"sheet"`
	Rows  int    `json:"rows"`
}

// RawRow is a row of a sheet as it stands.
type RawRow struct {
	Line  int
	Cells []string
}

// ProposedTable is a further table of a sheet.
type ProposedTable struct {
	HeaderLine int              `json:"header_line"`
	Columns    []ProposedColumn `json:"columns"`
}

// ProposedColumn says what a column was taken for and why.
type ProposedColumn struct {
	Index  int    `json:"index"` // from 0
	Header string `json:"header"`
	Field  string `json:"field"`          // "" when the column is left out
	Part   string `json:"part,omitempty"` // of the field, where it is spread over columns: one of ListFields; "ordinal" numbers the rows
	Why    string `json:"why"`
}

// ProposedRow is a row ready to be stored. Fields are named like those of its
// noun; absent ones are left out.
type ProposedRow struct {
	Line    int      `json:"line"`            // in the file, from 1
	Table   int      `json:"table,omitempty"` // 0 the first
	Fields  Fields   `json:"fields"`
	Repairs []Repair `json:"repairs"`
	// What the register knows already, where the list was held against it.
	UnitID  ID      `json:"unit_id,omitzero"`
	Known   *Known  `json:"known,omitempty"`   // who this surely is
	Offered []Known `json:"offered,omitempty"` // who this may be; only an officer knows
	// What an officer has said in the preview.
	Apart []ID `json:"apart,omitempty"` // of those offered: not this one
	Take  bool `json:"take,omitempty"`  // where list and register differ, the list is right
}

// Repair is one fact about a cell that was put right.
type Repair struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
	Rule   string `json:"rule"`
}

// ParkedRow is kept aside with the question only a person can answer.
type ParkedRow struct {
	Line     int    `json:"line"`
	Table    int    `json:"table,omitempty"`
	Fields   Fields `json:"fields"`
	Question string `json:"question"`
	Field    string `json:"field,omitempty"` // the question is about, "" for the row
}

// DroppedRow is no data: a title, a total, a signature, an empty line.
type DroppedRow struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// ListSource is a list as it came: a file's name and bytes, or the text of the
// clipboard.
type ListSource struct {
	Name  string
	Sheet string // of the file; "" the first that says something
	Data  []byte
	Text  string // in the place of Data
}

// ListOptions say what is wanted of a list.
type ListOptions struct {
	Of        string         // the noun of its rows: "person", "unit", "instructor" or "question"
	Activity  ID             // whose list people are to join; of questions, at which they were asked
	Fields    map[int]string // columns as an officer has explained them: one of ListFields or LeftOut
	Header    int            // line of the header, 0 to find it
	Ask       bool           // an officer looks it over: give what is left out, and rows as they stand where columns cannot be told
	UsualCase bool           // names in capitals are written the usual way
	Progress  func(done, total int64)
}

// ListImport is a list on its way into the register: the rows of the proposal that
// are ready, and what is noted of where they came from.
type ListImport struct {
	Proposal Proposal
	Activity ID
	Source   string // name of the file, "" for a paste
	Learn    bool   // columns were explained: lists of this shape are known from now on
	Progress func(done, total int64)
}

// PersonOf turns proposed fields into a person without id; the unit stays as
// written until it is matched.
func PersonOf(f Fields) Person {
	var p Person
	for i := range f {
		switch v := f[i].Value; f[i].Name {
		case "full_name":
			p.FullName = v
		case "sex":
			p.Sex = v
		case "birth":
			p.Birth = Birth(v)
		case "phone":
			p.Phone = v
		case "id_number":
			p.IDNumber = v
		case "unit":
			p.UnitText = v
		case "position":
			p.Position = v
		case "ethnicity":
			p.Ethnicity = v
		case "disability":
			p.Disability = v
		case "audience":
			p.Group = v
		}
	}
	return p
}

// Kept is a person without what the office has not switched on with a purpose.
func (o Office) Kept(p Person) Person {
	for field, value := range map[string]*string{
		"phone": &p.Phone, "id_number": &p.IDNumber, "ethnicity": &p.Ethnicity, "disability": &p.Disability,
	} {
		if !o.CollectsField(field) {
			*value = ""
		}
	}
	return p
}

// NotKept names the optional fields a proposal holds values for and the office
// has not switched on: they are left out when the list is stored, and people are
// told so.
func NotKept(o Office, p Proposal) []string {
	var out []string
	for _, t := range OptionalFields {
		row := func(r ProposedRow) bool { return r.Fields.Get(t.Code) != "" }
		parked := func(r ParkedRow) bool { return r.Fields.Get(t.Code) != "" }
		if !o.CollectsField(t.Code) && (slices.ContainsFunc(p.Rows, row) || slices.ContainsFunc(p.Parked, parked)) {
			out = append(out, t.Code)
		}
	}
	return out
}
