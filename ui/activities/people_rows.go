package activities

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// personColumn is one column of the people's grid and the field of record behind it.
type personColumn struct {
	field string
	grid  kit.GridColumn
}

// personColumns are the columns an office sees; the optional ones only where it
// has switched them on with a purpose.
func personColumns(o record.Office) []personColumn {
	columns := []personColumn{
		{"full_name", kit.GridColumn{Title: kit.T("Họ và tên"), Width: 19, Grow: 3}},
		{"sex", kit.GridColumn{Title: kit.T("Nam/Nữ"), Width: 6.2, Choices: []string{"nam", "nữ"}}},
		{"birth", kit.GridColumn{Title: kit.T("Năm sinh"), Width: 9.7, Number: true}},
		{"unit", kit.GridColumn{Title: kit.T("Đơn vị"), Width: 15, Grow: 3}},
		{"position", kit.GridColumn{Title: kit.T("Chức vụ"), Width: 11, Grow: 2}},
		{"audience", kit.GridColumn{Title: kit.T("Nhóm đối tượng"), Width: 14, Grow: 2, Choices: words(record.Audiences)}},
	}
	optional := []personColumn{
		{"phone", kit.GridColumn{Title: kit.T("Điện thoại"), Width: 10}},
		{"id_number", kit.GridColumn{Title: kit.T("Số căn cước"), Width: 12}},
		{"ethnicity", kit.GridColumn{Title: kit.T("Dân tộc"), Width: 9}},
		{"disability", kit.GridColumn{Title: kit.T("Khuyết tật"), Width: 10}},
	}
	for _, c := range optional {
		if o.CollectsField(c.field) {
			columns = append(columns, c)
		}
	}
	return columns
}

func words(list []record.Term) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = kit.In(t.Words)
	}
	return out
}

// rowFacts is what is known of a row beyond its cells. It is found by the row's
// key, which stays with the row through undo.
type rowFacts struct {
	Person     record.Person     `json:"-"` // as stored; zero for one not stored yet
	Attendance record.Attendance `json:"-"`
	PersonID   record.ID         `json:"person,omitzero"`
	ListID     record.ID         `json:"attendance,omitzero"`
	Unit       string            `json:"unit,omitempty"`     // the name under which UnitID is shown
	Repairs    []record.Repair   `json:"repairs,omitempty"`  // with After as it is shown
	Question   string            `json:"question,omitempty"` // only a person can answer
	Asked      []string          `json:"asked,omitempty"`    // the cells as they stood when it was asked
	About      string            `json:"about,omitempty"`    // the field it is about, "" for the row
	Problem    string            `json:"problem,omitempty"`  // why storing refused this row
}

// open reports whether the row's question still waits: any change answers it.
func (f rowFacts) open(cells []string) bool {
	return f.Question != "" && slices.Equal(f.Asked, cells)
}

// peopleDraft is what a draft of the people tab keeps: what was typed, and the rows it was
// typed over, so that what others change meanwhile is not taken back. An older program
// kept no base.
type peopleDraft struct {
	Columns []string             `json:"columns"` // fields of record, in the order of the cells
	Rows    []kit.GridRow        `json:"rows"`
	Facts   map[string]*rowFacts `json:"facts"`
	Next    int                  `json:"next"`
	Base    map[string][]string  `json:"base,omitempty"` // cells of the list as it was stored, by attendance
}

func (d peopleDraft) bytes() []byte {
	text, err := json.Marshal(d)
	if err != nil {
		panic("activities: a list that cannot be written down: " + err.Error())
	}
	return text
}

// readPeopleDraft reads a draft for the columns there are now. What stood in a
// column the office has switched off since is let go, as its list is not to hold it.
func readPeopleDraft(text []byte, columns []personColumn) (peopleDraft, bool) {
	var d peopleDraft
	if len(text) == 0 || json.Unmarshal(text, &d) != nil || d.Facts == nil {
		return peopleDraft{}, false
	}
	for i := range d.Rows {
		d.Rows[i].Cells = d.cellsFor(columns, d.Rows[i].Cells)
	}
	for _, f := range d.Facts {
		if f == nil {
			return peopleDraft{}, false
		}
		f.Asked = d.cellsFor(columns, f.Asked)
	}
	for id, cells := range d.Base {
		d.Base[id] = d.cellsFor(columns, cells)
	}
	return d, true
}

func (d peopleDraft) cellsFor(columns []personColumn, kept []string) []string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		if at := slices.Index(d.Columns, c.field); at >= 0 && at < len(kept) {
			cells[i] = kept[at]
		}
	}
	return cells
}

// cellsOf writes a person into cells.
func cellsOf(columns []personColumn, p record.Person, unit string) []string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = personText(c.field, p, unit)
	}
	return cells
}

func personText(field string, p record.Person, unit string) string {
	switch field {
	case "full_name":
		return p.FullName
	case "sex":
		return p.Sex
	case "birth":
		return p.Birth.String()
	case "unit":
		return unit
	case "position":
		return p.Position
	case "audience":
		return kit.Term(record.Audiences, p.Group)
	case "phone":
		return p.Phone
	case "id_number":
		return p.IDNumber
	case "ethnicity":
		return p.Ethnicity
	case "disability":
		return p.Disability
	}
	return ""
}

// unitText is how a stored person's unit is shown: as it was written.
func unitText(p record.Person, names map[record.ID]string) string {
	if p.UnitText != "" {
		return p.UnitText
	}
	return names[p.UnitID]
}

// personOf reads a row. What cannot be read or breaks a rule comes back as
// record.Problems by the person's fields.
func personOf(columns []personColumn, cells []string, facts rowFacts, date func(string) (record.Date, error)) (record.Person, error) {
	p := facts.Person
	p.ID = facts.PersonID
	var problems record.Problems
	for i, c := range columns {
		if err := setPerson(&p, c.field, strings.TrimSpace(cells[i]), facts, date); err != nil {
			refusal := record.Refuse(record.ErrInvalid, record.SentenceOf(err, "vi"), record.SentenceOf(err, "en"))
			refusal.Field = c.field
			problems = append(problems, refusal)
		}
	}
	var rules record.Problems
	if errors.As(p.Validate(), &rules) {
		problems = append(problems, rules...)
	}
	if len(problems) == 0 {
		return p, nil
	}
	return p, problems
}

func setPerson(p *record.Person, field, text string, facts rowFacts, date func(string) (record.Date, error)) (err error) {
	switch field {
	case "full_name":
		p.FullName = text
	case "sex":
		p.Sex = strings.ToLower(text)
	case "birth":
		p.Birth, err = kit.ReadBirth(text, date)
	case "unit":
		setUnit(p, text, facts)
	case "position":
		p.Position = text
	case "audience":
		p.Group = codeOf(record.Audiences, text)
	case "phone":
		p.Phone = strings.NewReplacer(" ", "", ".", "", "-", "").Replace(text)
	case "id_number":
		p.IDNumber = strings.ReplaceAll(text, " ", "")
	case "ethnicity":
		p.Ethnicity = text
	case "disability":
		p.Disability = text
	}
	return err
}

// setUnit keeps the unit that is stored while its name stands; another text is a
// unit not matched yet.
func setUnit(p *record.Person, text string, facts rowFacts) {
	if !facts.Person.UnitID.IsZero() && text == facts.Unit {
		return
	}
	p.UnitID, p.UnitText = record.ID{}, text
}
