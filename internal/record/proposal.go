package record

import "slices"

// Proposal is what intake makes of a list someone sent: rows ready to go in,
// rows set aside with a question, rows that are no data. Nothing is stored.
type Proposal struct {
	Sheet      string           `json:"sheet"`
	HeaderLine int              `json:"header_line"`
	Charset    string           `json:"charset"` // "unicode", "tcvn3", "vni" or "cp1258"
	Columns    []ProposedColumn `json:"columns"`
	Rows       []ProposedRow    `json:"rows"`
	Parked     []ParkedRow      `json:"parked"`
	Dropped    []DroppedRow     `json:"dropped"`
}

// ProposedColumn says what a column was taken for and why.
type ProposedColumn struct {
	Index  int    `json:"index"` // from 0
	Header string `json:"header"`
	Field  string `json:"field"` // "" when the column is left out
	Why    string `json:"why"`
}

// ProposedRow is a row ready to be stored. Fields are named like Person's:
// full_name, sex, birth, phone, id_number, unit, position, ethnicity, and
// audience; absent ones are left out.
type ProposedRow struct {
	Line    int               `json:"line"` // in the file, from 1
	Fields  map[string]string `json:"fields"`
	Repairs []Repair          `json:"repairs"`
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
	Line     int               `json:"line"`
	Fields   map[string]string `json:"fields"`
	Question string            `json:"question"`
}

// DroppedRow is no data: a title, a total, a signature, an empty line.
type DroppedRow struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

// PersonOf turns proposed fields into a person without id; the unit stays as
// written until it is matched.
func PersonOf(fields map[string]string) Person {
	return Person{
		FullName: fields["full_name"], Sex: fields["sex"], Birth: Birth(fields["birth"]),
		Phone: fields["phone"], IDNumber: fields["id_number"], UnitText: fields["unit"],
		Position: fields["position"], Ethnicity: fields["ethnicity"], Group: fields["audience"],
	}
}

// NotKept names the optional fields a proposal holds values for and the office
// has not switched on: they are left out when the list is stored, and people are
// told so.
func NotKept(o Office, p Proposal) []string {
	var out []string
	for _, field := range []string{"phone", "id_number", "ethnicity", "disability"} {
		row := func(r ProposedRow) bool { return r.Fields[field] != "" }
		parked := func(r ParkedRow) bool { return r.Fields[field] != "" }
		if !o.CollectsField(field) && (slices.ContainsFunc(p.Rows, row) || slices.ContainsFunc(p.Parked, parked)) {
			out = append(out, field)
		}
	}
	return out
}
