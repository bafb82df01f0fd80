package narrative

import (
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// allFigures are the indicators with their parts: of the period, of the year before, and
// since the plan began.
func (w *writer) allFigures() annex {
	since := "Lũy kế"
	if w.Since != nil && w.Since.Period.From != "" {
		since = "Lũy kế từ " + w.Since.Period.From.String()
	}
	t := Table{Framed: true, Widths: []int{600, 2904, 950, 1633, 1633, 1634},
		Rows: [][]Cell{heads("Mã", "Nội dung", "Đơn vị tính", "Kỳ này", "Cùng kỳ năm trước", since)}}
	for _, info := range report.Infos {
		t.Rows = append(t.Rows, w.figureRow(info.Code, info.Name.In(lang), record.Figure{Code: info.Code}, true))
		for _, dim := range report.Dims {
			parts := w.everPart(info.Code, dim.Code)
			if len(parts) == 0 {
				continue
			}
			t.Rows = append(t.Rows, []Cell{{}, {Para{Style: CellText, Italic: true, Keep: true, Runs: phrase{}.t(dim.Words.In(lang))}}, {}, {}, {}, {}})
			for _, f := range parts {
				t.Rows = append(t.Rows, w.figureRow("", "- "+report.PartIn(dim.Code, f.Split[dim.Code], w.Topics, lang), f, false))
			}
		}
	}
	return annex{title: "Số liệu kết quả phổ biến, giáo dục pháp luật về lao động", note: "Kỳ số liệu: " + w.rules()[0][len("Kỳ số liệu: "):], table: t}
}

// everPart are the parts that the period, the year before or the years of the plan have.
func (w *writer) everPart(code, dim string) []record.Figure {
	out := w.parts(w.Figures, code, dim)
	for _, other := range []*record.Figures{w.Before, w.Since} {
		if other == nil {
			continue
		}
		for _, f := range w.parts(*other, code, dim) {
			if !slices.ContainsFunc(out, func(g record.Figure) bool { return g.SplitKey() == f.SplitKey() }) {
				out = append(out, f)
			}
		}
	}
	report.SortParts(dim, out)
	return out
}

func (w *writer) figureRow(code, name string, f record.Figure, whole bool) []Cell {
	key := f.SplitKey()
	tag := w.names.of(f.Code, key)
	row := []Cell{
		{Para{Style: CellText, Align: AlignCentre, Bold: whole, Runs: phrase{}.t(code)}},
		{Para{Style: CellText, Bold: whole, Runs: phrase{}.t(name)}},
		middle(report.UnitIn(f, lang)),
		{Para{Style: CellText, Align: AlignRight, Bold: whole, Runs: phrase{}.n(w.value(f.Code, key), tag)}},
	}
	for _, other := range []struct {
		figures *record.Figures
		prefix  string
	}{{w.Before, beforePrefix}, {w.Since, sincePrefix}} {
		if other.figures == nil {
			row = append(row, middle("–"))
			continue
		}
		v, _ := other.figures.Value(f.Code, key)
		row = append(row, Cell{Para{Style: CellText, Align: AlignRight, Bold: whole, Runs: phrase{}.n(v, other.prefix+tag)}})
	}
	return row
}

func (w *writer) allTargets() annex {
	t := Table{Framed: true, Widths: []int{650, 3454, 1050, 800, 850, 950, 1600},
		Rows: [][]Cell{heads("STT", "Chỉ tiêu và cách tính", "Mức đề ra", "Đạt", "Trên tổng số", "Tỷ lệ", "Nhận định")}}
	for i, f := range w.targets() {
		what := Cell{Para{Style: CellText, Bold: true, Runs: phrase{}.t(f.name())}}
		if f.rule != nil {
			what = append(what, words(f.rule.Rule.In(lang)+".")...)
		}
		rate := right(phrase{}.v(percent(f.Rate), f.tag("rate")))
		words := left(phrase{}.v(f.words, f.tag("outlook")))
		if f.words == "" {
			words = Cell{}
		}
		if f.Denominator == 0 {
			rate = middle("–")
		}
		t.Rows = append(t.Rows, []Cell{
			order(i + 1), what, middle(f.aim()), count(f.Numerator, f.tag("numerator")), count(f.Denominator, f.tag("denominator")), rate, words,
		})
	}
	return annex{title: "Kết quả thực hiện các chỉ tiêu", table: t}
}
