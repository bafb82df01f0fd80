package narrative

import (
	"cmp"
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Of puts a report into words.
func Of(y report.Yearly) (Document, error) {
	w := newWriter(y)
	head, err := w.letterhead()
	if err != nil {
		return Document{}, fmt.Errorf("letterhead: %w", err)
	}
	out := Document{
		Title: clean("Báo cáo " + report.LowerFirst(report.Subject(y.Figures.Period))), Office: clean(y.Office.Name),
		Day: cmp.Or(y.Printed, y.Figures.Period.To), Sections: []Section{{Blocks: append(head, w.text()...)}},
	}
	for i, a := range w.annexes() {
		out.Sections = append(out.Sections, Section{Wide: a.wide, Blocks: a.blocks(w, i+1)})
	}
	return out, nil
}

// writer is the report while it is being written.
type writer struct {
	report.Yearly
	names names
	tasks map[string]string // the name of each task's row
}

func newWriter(y report.Yearly) *writer {
	return &writer{Yearly: y, names: nameFigures(y), tasks: nameTasks(y.Tasks)}
}

// text is all between the letterhead and the annexes.
func (w *writer) text() []Block {
	var out []Block
	out = append(out, w.opening()...)
	out = append(out, w.leading()...)
	out = append(out, w.results()...)
	out = append(out, w.assessment()...)
	out = append(out, w.ahead()...)
	return append(out, w.closing()...)
}

// value is a figure's number; one that the report does not hold is 0.
func (w *writer) value(code, splitKey string) int64 {
	v, _ := w.Figures.Value(code, splitKey)
	return v
}

// figure is a figure's number with its name.
func (w *writer) figure(code, splitKey string) phrase {
	return phrase{}.n(w.value(code, splitKey), w.names.of(code, splitKey))
}

// parts are an indicator's figures along one dimension, in the order of their list.
func (w *writer) parts(f record.Figures, code, dim string) []record.Figure {
	var out []record.Figure
	for _, g := range f.Indicators {
		if _, has := g.Split[dim]; has && g.Code == code && len(g.Split) == 1 {
			out = append(out, g)
		}
	}
	report.SortParts(dim, out)
	return out
}
