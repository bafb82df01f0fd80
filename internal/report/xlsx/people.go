package xlsx

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// People is a list of people on its way out of the office: of an activity, or of
// nobody yet.
type People struct {
	Office    record.Office
	Activity  record.Activity // zero: of none
	List      []record.Attendee
	UnitNames map[record.ID]string // of the units people belong to and of the host
	Ethnic    []string             // names of ethnic groups, to choose from
	PrintedOn record.Date
}

// The sheets of a list.
const (
	SheetPeople  = "Danh sách"
	SheetSign    = "Ký tên"
	SheetChoices = "Danh mục" // hidden: what cells may be chosen from
)

// blankRows are the rows of an empty form, and those after the last person of a list.
const (
	blankRows = 100
	spareRows = 20
)

// CodeLabel stands before the code of an activity wherever one is printed.
const CodeLabel = "Mã hoạt động: "

// peopleColumn is a column of a list that is filled in.
type peopleColumn struct {
	name   string
	width  float64
	field  string // of record.Person, for those that are switched on with a purpose
	text   func(People, record.Person) string
	choose string // name of the choices
	hint   string
}

var peopleColumns = []peopleColumn{
	{name: "Họ và tên", width: 30, text: func(_ People, p record.Person) string { return p.FullName }},
	{name: "Giới tính", width: 11, text: func(_ People, p record.Person) string { return p.Sex }, choose: "sex", hint: "Chọn nam hoặc nữ."},
	{name: "Ngày sinh hoặc năm sinh", width: 16, text: func(_ People, p record.Person) string { return p.Birth.String() }, hint: "Ghi như 05/03/1987; chỉ biết năm thì ghi 1987."},
	{name: "Đơn vị", width: 34, text: People.unit, hint: "Thôn, cơ quan, doanh nghiệp; ghi cả tên xã."},
	{name: "Chức vụ", width: 20, text: func(_ People, p record.Person) string { return p.Position }},
	{name: "Nhóm đối tượng", width: 26, text: func(_ People, p record.Person) string { return record.WordIn(record.Audiences, p.Group, lang) }, choose: "audience", hint: "Chọn trong danh sách."},
	{name: "Số điện thoại", width: 16, field: "phone", text: func(_ People, p record.Person) string { return p.Phone }, hint: "10 chữ số, bắt đầu bằng 0."},
	{name: "Số căn cước", width: 18, field: "id_number", text: func(_ People, p record.Person) string { return p.IDNumber }, hint: "12 chữ số, giữ nguyên số 0 ở đầu."},
	{name: "Dân tộc", width: 15, field: "ethnicity", text: func(_ People, p record.Person) string { return p.Ethnicity }, choose: "ethnic", hint: "Chọn hoặc ghi tên dân tộc."},
	{name: "Khuyết tật", width: 15, field: "disability", text: func(_ People, p record.Person) string { return p.Disability }},
}

func (in People) columns() []peopleColumn {
	var out []peopleColumn
	for _, c := range peopleColumns {
		if c.field == "" || in.Office.CollectsField(c.field) {
			out = append(out, c)
		}
	}
	return out
}

// unit is a person's unit as it was written, else by its name.
func (in People) unit(p record.Person) string {
	if p.UnitText != "" {
		return p.UnitText
	}
	return in.UnitNames[p.UnitID]
}

// ListOfPeople is the list as a workbook: filled in, or with nobody an empty form to
// send out. Cells are texts, so that no zero is lost and no day turned; sex, group and
// ethnic group are chosen from lists.
func ListOfPeople(in People) ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	s := b.sheet(SheetPeople, landscape)
	columns := in.columns()
	widths := []float64{6}
	for _, c := range columns {
		widths = append(widths, c.width)
	}
	s.widths(widths...)
	top := in.head(s, "DANH SÁCH NGƯỜI THAM DỰ", len(widths))
	s.text(1, top, "STT", headStyle)
	for i, c := range columns {
		s.text(2+i, top, c.name, headStyle)
	}
	s.repeat(top, top)
	rows := blankRows
	if len(in.List) > 0 {
		rows = len(in.List) + spareRows
	}
	for i := range rows {
		s.number(1, top+1+i, int64(i+1), centreStyle)
		s.look(1, top+1+i, centreStyle)
		for k, c := range columns {
			st := bodyStyle
			st.format = "@"
			text := ""
			if i < len(in.List) {
				text = c.text(in, in.List[i].Person)
			}
			s.text(2+k, top+1+i, text, st)
		}
	}
	in.choices(b, s, columns, top+1, top+rows)
	in.properties(b, "Danh sách người tham dự")
	return in.written(b)
}

func (in People) written(b *book) ([]byte, error) {
	out, err := b.bytes()
	if err != nil {
		return nil, fmt.Errorf("list of people: %w", err)
	}
	return out, nil
}

// head writes what stands above a list and returns the row of its header.
func (in People) head(s *sheet, title string, columns int) int {
	s.merged(1, columns, 1, strings.ToUpper(in.Office.Name), style{size: 12, bold: true, align: "center", wrap: true})
	s.merged(1, columns, 2, title, titleStyle)
	row := 3
	line := func(text string, st style) {
		if text != "" {
			s.merged(1, columns, row, text, st)
			row++
		}
	}
	if !in.Activity.ID.IsZero() {
		line(in.Activity.Title, style{bold: true, align: "center", wrap: true})
		line(in.whenAndWhere(), noteStyle)
		line(CodeLabel+in.Activity.ID.Code(), style{align: "center"})
	}
	return row + 1
}

// whenAndWhere says when and where the activity is, as far as it is known.
func (in People) whenAndWhere() string {
	w := in.Activity.When
	var parts []string
	if w.Start != "" {
		parts = append(parts, string(w.Start))
	}
	if w.Date != "" {
		parts = append(parts, "ngày "+w.Date.String())
	}
	said := "Thời gian: " + strings.Join(parts, " ")
	if len(parts) == 0 {
		said = ""
	}
	if w.Place != "" {
		said = strings.TrimPrefix(said+"; địa điểm: "+w.Place, "; ")
	}
	return strings.ToUpper(said[:min(1, len(said))]) + said[min(1, len(said)):]
}

// choices lets cells be chosen from the lists of a hidden sheet.
func (in People) choices(b *book, s *sheet, columns []peopleColumn, first, last int) {
	lists := map[string][]string{"sex": {"nam", "nữ"}, "ethnic": in.Ethnic}
	for _, t := range record.Audiences {
		lists["audience"] = append(lists["audience"], t.Words.In(lang))
	}
	b.do(func() error { _, err := b.file.NewSheet(SheetChoices); return err })
	at := 0
	for i, c := range columns {
		where := cell(2+i, first) + ":" + cell(2+i, last)
		choose := lists[c.choose]
		if len(choose) > 0 {
			at++
			for k, word := range choose {
				b.do(func() error { return b.file.SetCellStr(SheetChoices, cell(at, 1+k), word) })
			}
		}
		if len(choose) == 0 && c.hint == "" {
			continue
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(where)
		if len(choose) > 0 {
			v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", quoted(SheetChoices), column(at), column(at), len(choose)))
		}
		if c.choose == "ethnic" {
			v.SetError(excelize.DataValidationErrorStyleInformation, c.name, "Tên này không có trong danh mục; vẫn ghi được.")
		} else if len(choose) > 0 {
			v.SetError(excelize.DataValidationErrorStyleStop, c.name, c.hint)
		}
		if c.hint != "" {
			v.SetInput(c.name, c.hint)
		}
		b.do(func() error { return b.file.AddDataValidation(s.name, v) })
	}
	b.do(func() error { return b.file.SetSheetVisible(SheetChoices, false) })
}

func column(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		panic(err) // a column this package made up
	}
	return name
}

// SignSheet is the sheet people sign on arrival: who is on the list, lines for those
// who are not, and the code that names the activity.
func SignSheet(in People) ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	s := b.sheet(SheetSign, portrait)
	s.widths(6, 29, 13, 30, 16)
	top := in.head(s, "DANH SÁCH KÝ TÊN", 5)
	for i, name := range []string{"STT", "Họ và tên", "Năm sinh", "Đơn vị", "Ký tên"} {
		s.text(1+i, top, name, headStyle)
	}
	s.repeat(top, top)
	rows := max(25, len(in.List)+10)
	for i := range rows {
		row := top + 1 + i
		s.number(1, row, int64(i+1), centreStyle)
		s.look(1, row, centreStyle)
		var p record.Person
		if i < len(in.List) {
			p = in.List[i].Person
		}
		born := ""
		if y := p.Birth.Year(); y > 0 {
			born = fmt.Sprint(y)
		}
		text := bodyStyle
		text.format = "@"
		centre := centreStyle
		centre.format = "@"
		s.text(2, row, p.FullName, text)
		s.text(3, row, born, centre)
		s.text(4, row, in.unit(p), text)
		s.text(5, row, "", text)
		s.need(row, signHeight)
	}
	s.merged(4, 5, top+rows+2, "NGƯỜI LẬP DANH SÁCH", style{bold: true, align: "center"})
	if !in.Activity.ID.IsZero() {
		b.do(func() error {
			return b.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
				OddHeader: `&C&"` + fontName + `,Regular"&13&P`, OddFooter: `&R&"` + fontName + `,Regular"&10` + CodeLabel + in.Activity.ID.Code(),
			})
		})
	}
	in.properties(b, "Danh sách ký tên")
	return in.written(b)
}

// signHeight is room for a signature, in points.
const signHeight = 27

func (in People) properties(b *book, title string) {
	made := in.PrintedOn.Time().UTC().Format(time.RFC3339)
	b.do(func() error {
		return b.file.SetDocProps(&excelize.DocProperties{
			Title: title, Subject: in.Activity.Title, Creator: in.Office.Name, LastModifiedBy: in.Office.Name, Created: made, Modified: made, Language: "vi-VN",
		})
	})
	b.do(func() error {
		return b.file.SetAppProps(&excelize.AppProperties{Application: "Sổ Phổ Biến", Company: in.Office.Name})
	})
}
