package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Fill writes a report into a template, cell by cell, so that every format of the
// template stays. A name it does not know, tables that lie over one another and a file that
// is none are refused with a sentence that names the cell.
func Fill(template []byte, y report.Yearly) (out []byte, err error) {
	defer func() {
		if met := recover(); met != nil { // the library was not made for every file there is
			out, err = nil, noWorkbook(fmt.Errorf("%v", met))
		}
	}()
	w, err := filled(template, y)
	if err != nil {
		return nil, err
	}
	defer w.file.Close()
	buf, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, noWorkbook(err)
	}
	return buf.Bytes(), nil
}

// filled is a template with the report in it, to be closed.
func filled(template []byte, y report.Yearly) (*filling, error) {
	if err := guard(template); err != nil {
		return nil, err
	}
	f, err := openTemplate(template)
	if err != nil {
		return nil, noWorkbook(err)
	}
	w := &filling{file: f, vocabulary: newVocabulary(y), looks: map[int]look{}, wide: map[string]int{}, widths: map[string][]float64{}}
	for _, step := range []func() error{w.readNames, w.plainFormulas, w.fillCells, w.fillTables, w.nameRows, w.calculate, w.charts, w.properties} {
		if err := step(); err != nil {
			return nil, errors.Join(worded(err), f.Close())
		}
	}
	return w, nil
}

// worded gives what the library met in a file the sentence for it.
func worded(err error) error {
	if errors.As(err, new(*record.Refusal)) {
		return err
	}
	return noWorkbook(err)
}

func openTemplate(b []byte) (*excelize.File, error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, err
	}
	f.SetZipWriter(newPartWriter)
	return f, nil
}

// filling is a template while it is being filled.
type filling struct {
	file *excelize.File
	*vocabulary
	cells    []named
	tables   []model // by sheet, from the lowest up
	formulas []formula
	moves    []move
	looks    map[int]look
	wide     map[string]int       // the last column of each sheet
	widths   map[string][]float64 // of the columns of each sheet
	uncached bool                 // a formula the library cannot calculate: the program opening it does
}

// named is a cell that a name points at.
type named struct {
	name, sheet string
	col, row    int
}

func (n named) where() string {
	return fmt.Sprintf("trang “%s”, ô %s", n.sheet, cell(n.col, n.row))
}

// model is a table's range of model rows.
type model struct {
	table
	named
	last  int // of its rows
	toCol int
	at    map[string]int // the sheet's columns of its columns
}

func (w *filling) readNames() error {
	sheets := w.file.GetSheetList()
	for _, d := range w.file.GetDefinedName() {
		if !ours(d.Name) {
			continue
		}
		n, to, err := w.place(d, sheets)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(strings.ToUpper(d.Name), tablePrefix) {
			if _, known := w.value(d.Name); !known {
				return refuse(fmt.Sprintf("Mẫu dùng tên “%s” (%s) mà chương trình không biết; xem trang giải thích tên của mẫu trống.", d.Name, n.where()),
					fmt.Sprintf("The template uses the name “%s” (sheet “%s”, cell %s), which means nothing; see the sheet of names in the blank template.", d.Name, n.sheet, cell(n.col, n.row)))
			}
			w.cells = append(w.cells, n)
			continue
		}
		t, known := tableOf(d.Name)
		if !known {
			return refuse(fmt.Sprintf("Mẫu dùng bảng “%s” (%s) mà chương trình không có; xem trang giải thích tên của mẫu trống.", d.Name, n.where()),
				fmt.Sprintf("The template uses the table “%s” (sheet “%s”, cell %s), which does not exist; see the sheet of names in the blank template.", d.Name, n.sheet, cell(n.col, n.row)))
		}
		m := model{table: t, named: n, last: to.row, toCol: to.col, at: map[string]int{}}
		if rows := m.last - m.row + 1; rows != t.levels {
			return refuse(fmt.Sprintf("Bảng “%s” (%s) phải có đúng %d dòng mẫu; mẫu đang có %d.", d.Name, n.where(), t.levels, rows),
				fmt.Sprintf("The table “%s” (sheet “%s”, cell %s) needs %d model rows; the template has %d.", d.Name, n.sheet, cell(n.col, n.row), t.levels, rows))
		}
		w.tables = append(w.tables, m)
	}
	slices.SortStableFunc(w.tables, func(a, b model) int {
		if a.sheet != b.sheet {
			return strings.Compare(a.sheet, b.sheet)
		}
		return b.row - a.row
	})
	for i := 1; i < len(w.tables); i++ {
		low, high := w.tables[i-1], w.tables[i]
		if low.sheet == high.sheet && low.row <= high.last {
			return refuse(fmt.Sprintf("Bảng “%s” và bảng “%s” nằm chung dòng (%s); mỗi bảng cần dòng riêng.", high.name, low.name, low.where()),
				fmt.Sprintf("The tables “%s” and “%s” share a row (sheet “%s”, cell %s); each needs rows of its own.", high.name, low.name, low.sheet, cell(low.col, low.row)))
		}
	}
	return nil
}

// place reads where a name points: one cell, or the corners of a range.
func (w *filling) place(d excelize.DefinedName, sheets []string) (from, to named, err error) {
	found := 0
	rest := eachReference(d.RefersTo, func(r reference) reference {
		found++
		from = named{name: d.Name, sheet: r.sheet, col: columnNumber(strings.Trim(r.col, "$")), row: r.row}
		to = from
		if r.toRow > 0 {
			to.col, to.row = columnNumber(strings.Trim(r.toCol, "$")), r.toRow
		}
		return reference{}
	})
	if found != 1 || rest != "0" || !slices.Contains(sheets, from.sheet) || from.row > maxRow || to.row > maxRow || to.col > maxColumn || from.col > to.col || from.row > to.row {
		return from, to, refuse(fmt.Sprintf("Tên “%s” của mẫu không chỉ vào một ô hay một vùng ô (“%s”).", d.Name, d.RefersTo),
			fmt.Sprintf("The name “%s” of the template points at no cell or range (“%s”).", d.Name, d.RefersTo))
	}
	return from, to, nil
}

func (w *filling) fillCells() error {
	for _, n := range w.cells {
		v, _ := w.value(n.name)
		f, err := w.file.GetCellFormula(n.sheet, cell(n.col, n.row))
		if err != nil {
			return err
		}
		if f != "" {
			return refuse(fmt.Sprintf("Tên “%s” chỉ vào ô có công thức (%s); hãy để ô đó trống.", n.name, n.where()),
				fmt.Sprintf("The name “%s” points at a formula (sheet “%s”, cell %s); leave that cell empty.", n.name, n.sheet, cell(n.col, n.row)))
		}
		for _, t := range w.tables {
			if t.sheet == n.sheet && t.row <= n.row && n.row <= t.last {
				return refuse(fmt.Sprintf("Tên “%s” (%s) nằm trong dòng mẫu của bảng “%s”.", n.name, n.where(), t.name),
					fmt.Sprintf("The name “%s” (sheet “%s”, cell %s) lies in a model row of the table “%s”.", n.name, n.sheet, cell(n.col, n.row), t.name))
			}
		}
		if err := w.put(n.sheet, n.col, n.row, v); err != nil {
			return err
		}
		if err := w.grow(n.sheet, n.row, n.col, w.mergedTo(n), v); err != nil {
			return err
		}
	}
	return nil
}

// put writes a value and keeps the look of the cell. What is not known leaves it empty.
func (w *filling) put(sheet string, col, row int, v any) error {
	at := cell(col, row)
	switch v := v.(type) {
	case int64:
		return w.file.SetCellInt(sheet, at, v)
	case float64:
		return w.file.SetCellFloat(sheet, at, v, -1, 64)
	case record.Date:
		return w.day(sheet, col, row, v)
	case string:
		if v != "" {
			return w.file.SetCellStr(sheet, at, literal(v))
		}
	}
	return w.file.SetCellStr(sheet, at, "")
}

// day writes a date where the cell shows dates, else its words: a bare number would say
// nothing. What no spreadsheet can hold as a date stands as text.
func (w *filling) day(sheet string, col, row int, d record.Date) error {
	at := cell(col, row)
	if d == "" {
		return w.file.SetCellStr(sheet, at, "")
	}
	l, err := w.look(sheet, at)
	if err != nil {
		return err
	}
	if !l.dated || d < "1900-03-01" || !d.Valid() {
		return w.file.SetCellStr(sheet, at, d.String())
	}
	return w.file.SetCellInt(sheet, at, int64(d.Time().Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24))
}

func (w *filling) properties() error {
	day := w.y.Printed
	if day == "" || !day.Valid() {
		day = w.y.Figures.Period.To
	}
	p, err := w.file.GetDocProps()
	if err != nil {
		return err
	}
	p.Title, p.Subject = "Báo cáo số liệu "+report.Subject(w.y.Figures.Period), span(w.y.Figures.Period)
	p.Creator, p.LastModifiedBy, p.Language = w.y.Office.Name, w.y.Office.Name, "vi-VN"
	if day.Valid() && day != "" {
		p.Created = day.Time().UTC().Format(time.RFC3339)
		p.Modified = p.Created
	}
	if err := w.file.SetDocProps(p); err != nil {
		return err
	}
	if err := w.file.SetAppProps(&excelize.AppProperties{Application: "Sổ Phổ Biến", Company: w.y.Office.Name}); err != nil {
		return err
	}
	if w.uncached {
		return w.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: new(true)})
	}
	return nil
}
