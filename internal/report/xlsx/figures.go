package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// The columns of the sheet of indicators.
const (
	colCode = iota + 1
	colName
	colUnit
	colValue
)

// figures writes every indicator with its parts below it, and names the cells.
func (w writer) figures(s *sheet) {
	s.widths(8, 50, 12, 14)
	top := s.heading("CÁC CHỈ TIÊU", w.span(), colValue)
	for i, h := range []string{"Mã", "Chỉ tiêu", "Đơn vị tính", "Số liệu"} {
		s.text(i+1, top, h, headStyle)
	}
	s.repeat(top, top)
	row := top + 1
	for _, info := range report.Infos {
		row = w.indicator(s, row, info)
	}
	note := "Số liệu chỉ gồm hoạt động đã tổ chức hoặc đã chốt; một người dự một cuộc được tính một lượt."
	s.merged(colCode, colValue, row+1, note, style{italic: true, wrap: true})
}

// indicator writes one indicator from a row on and returns the next free row. Its
// whole is a formula where the parts of a dimension add up to it.
func (w writer) indicator(s *sheet, row int, info report.Info) int {
	whole, ok := w.figure(info.Code, "")
	if !ok {
		return row
	}
	at := row
	s.text(colCode, at, info.Code, style{bold: true, boxed: true, shaded: true, align: "center"})
	s.text(colName, at, info.Name.In(lang), style{bold: true, boxed: true, shaded: true, wrap: true})
	s.text(colUnit, at, info.Unit.In(lang), style{boxed: true, shaded: true, align: "center"})
	row++
	formula := ""
	for _, dim := range report.Dims {
		parts := w.parts(info.Code, dim.Code)
		if len(parts) == 0 {
			continue
		}
		first := w.dimension(s, row, dim)
		row = w.partRows(s, first, dim.Code, parts)
		if formula == "" && addUp(dim.Code, parts, whole.Value) {
			formula = sumFormula(colValue, first, row-1)
		}
	}
	w.value(s, at, whole, formula, sumStyle)
	return row
}

// dimension writes the line that says how the parts below it are divided.
func (w writer) dimension(s *sheet, row int, dim record.Term) int {
	s.look(colCode, row, bodyStyle)
	s.text(colName, row, dim.Words.In(lang), style{italic: true, boxed: true, wrap: true, indent: 1})
	s.look(colUnit, row, bodyStyle)
	s.look(colValue, row, bodyStyle)
	return row + 1
}

func (w writer) partRows(s *sheet, row int, dim string, parts []record.Figure) int {
	for _, f := range parts {
		s.look(colCode, row, bodyStyle)
		s.text(colName, row, report.PartIn(dim, f.Split[dim], w.Topics, lang), style{boxed: true, wrap: true, indent: 3})
		s.text(colUnit, row, report.UnitIn(f, lang), centreStyle)
		w.value(s, row, f, "", bodyStyle)
		row++
	}
	return row
}

// value writes a figure's number and gives its cell the figure's name.
func (w writer) value(s *sheet, row int, f record.Figure, formula string, st style) {
	if formula == "" {
		s.number(colValue, row, f.Value, st)
	} else {
		s.formula(colValue, row, formula, f.Value, st)
	}
	s.do(func() error {
		return s.file.SetDefinedName(&excelize.DefinedName{
			Name: w.names.of(f.Code, f.SplitKey()), RefersTo: fmt.Sprintf("%s!%s", quoted(s.name), absolute(colValue, row)),
		})
	})
}

func absolute(col, row int) string {
	name := cell(col, row)
	letters := strings.TrimRight(name, "0123456789")
	return "$" + letters + "$" + name[len(letters):]
}

func (w writer) figure(code, splitKey string) (record.Figure, bool) {
	for _, f := range w.Figures.Indicators {
		if f.Code == code && f.SplitKey() == splitKey {
			return f, true
		}
	}
	return record.Figure{}, false
}

// parts are an indicator's figures along one dimension, those of a closed list in
// the order of the list.
func (w writer) parts(code, dim string) []record.Figure {
	var out []record.Figure
	for _, f := range w.Figures.Indicators {
		if _, has := f.Split[dim]; has && f.Code == code && len(f.Split) == 1 {
			out = append(out, f)
		}
	}
	report.SortParts(dim, out)
	return out
}

// addUp reports whether the parts are a division of the whole. Topics and groups
// overlap even when their sum happens to be right.
func addUp(dim string, parts []record.Figure, whole int64) bool {
	switch dim {
	case "mode", "kind", "setting", "audience":
	default:
		return false
	}
	var sum int64
	for _, f := range parts {
		sum += f.Value
	}
	return sum == whole
}
