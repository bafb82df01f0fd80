package xlsx

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// plainFormulas finds the formulas and writes those that several cells share into each.
func (w *filling) plainFormulas() error {
	for _, sheet := range w.file.GetSheetList() {
		rows, err := w.file.Rows(sheet)
		if err != nil {
			continue // a sheet of nothing but a chart
		}
		merges := w.merges(sheet)
		type at struct {
			formula
			text string
		}
		var found []at
		for n := 1; rows.Next(); n++ {
			cells, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return noWorkbook(err)
			}
			w.wide[sheet] = max(len(cells), w.widest(sheet)) // the size a file gives may be wrong
			for col := 1; col <= w.wide[sheet]; col++ {
				if covered(merges, col, n) {
					continue
				}
				text, err := w.file.GetCellFormula(sheet, cell(col, n))
				if err != nil {
					return noWorkbook(err)
				}
				if text != "" {
					found = append(found, at{formula{sheet, col, n}, text})
				}
			}
		}
		if err := rows.Close(); err != nil {
			return noWorkbook(err)
		}
		for _, f := range found {
			if strings.Contains(f.text, "[") && strings.Contains(f.text, "]") && strings.Contains(f.text, "!") {
				return refuse(fmt.Sprintf("Công thức ở trang “%s”, ô %s lấy số từ tệp khác; hãy bỏ liên kết.", sheet, cell(f.col, f.row)),
					fmt.Sprintf("The formula on sheet “%s”, cell %s reads another file; break the link.", sheet, cell(f.col, f.row)))
			}
			if err := w.file.SetCellFormula(sheet, cell(f.col, f.row), f.text); err != nil {
				return err
			}
			w.formulas = append(w.formulas, f.formula)
		}
	}
	return nil
}

// calculate gives every formula the value it has, for programs that do not calculate.
func (w *filling) calculate() error {
	values := make([]string, len(w.formulas))
	for i, f := range w.formulas {
		v, err := w.file.CalcCellValue(f.sheet, cell(f.col, f.row), excelize.Options{RawCellValue: true})
		if err != nil {
			w.uncached = true
			v = ""
		}
		values[i] = v
	}
	for i, f := range w.formulas {
		at := cell(f.col, f.row)
		text, err := w.file.GetCellFormula(f.sheet, at)
		if err != nil {
			return err
		}
		if err := w.file.SetCellDefault(f.sheet, at, values[i]); err != nil {
			return err
		}
		if err := w.file.SetCellFormula(f.sheet, at, text); err != nil {
			return err
		}
	}
	return nil
}

// nameRows names the figures and targets in the rows of tables that no cell of the
// template has a name for.
func (w *filling) nameRows() error {
	taken := map[string]bool{}
	for _, d := range w.file.GetDefinedName() {
		taken[strings.ToLower(d.Name)] = true
	}
	for _, t := range w.tables {
		first := w.rowNow(t.sheet, t.row)
		for i, r := range t.rows(w.vocabulary) {
			for k, c := range t.columns {
				name, col := r.names[c.code], t.at[c.code]
				if name == "" || col == 0 || r.values[k] == nil || taken[strings.ToLower(name)] {
					continue
				}
				taken[strings.ToLower(name)] = true
				if err := w.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: sheetCell(t.sheet, col, first+i)}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// rowNow is where a row of the template stands after filling.
func (w *filling) rowNow(sheet string, row int) int {
	now := row
	for _, m := range w.moves {
		if m.sheet == sheet && m.last < row {
			now += m.by()
		}
	}
	return now
}

var (
	chartFormula = regexp.MustCompile(`<((?:c:)?f)>([^<]*)</(?:c:)?f>`)
	chartCache   = regexp.MustCompile(`(?s)<(?:c:)?(num|str|multiLvlStr)Cache>.*?</(?:c:)?(?:num|str|multiLvlStr)Cache>`)
)

// charts makes the charts show the filled rows. The values they kept are taken out; every
// program reads the cells instead.
func (w *filling) charts() error {
	w.file.Pkg.Range(func(name, part any) bool {
		path, isName := name.(string)
		text, isText := part.([]byte)
		if isName && isText && strings.HasPrefix(path, "xl/charts/chart") {
			text = chartCache.ReplaceAll(text, nil)
			w.file.Pkg.Store(name, chartFormula.ReplaceAllFunc(text, w.chartRange))
		}
		return true
	})
	return nil
}

func (w *filling) chartRange(part []byte) []byte {
	m := chartFormula.FindSubmatch(part)
	now := eachReference(html.UnescapeString(string(m[2])), func(r reference) reference {
		row, to := w.rowNow(r.sheet, r.row), r.toRow
		end := max(r.row, r.toRow)
		for _, moved := range w.moves {
			if moved.sheet == r.sheet && end >= moved.first && end <= moved.last {
				to = w.rowNow(r.sheet, moved.first) + moved.filled - 1
				r.toCol, r.toFixed = cmp.Or(r.toCol, r.col), r.fixed
			}
		}
		if to == r.toRow && to > 0 {
			to = w.rowNow(r.sheet, to)
		}
		r.row, r.toRow = row, to
		return r
	})
	var out bytes.Buffer
	fmt.Fprintf(&out, "<%s>", m[1])
	if err := xml.EscapeText(&out, []byte(now)); err != nil {
		return part
	}
	fmt.Fprintf(&out, "</%s>", m[1])
	return out.Bytes()
}
