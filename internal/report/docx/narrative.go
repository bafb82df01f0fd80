package docx

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Narrative is the report of a period as the bytes of a .docx file.
func Narrative(y report.Yearly) ([]byte, error) {
	w := newWriter(y)
	head, err := w.letterhead()
	if err != nil {
		return nil, fmt.Errorf("letterhead: %w", err)
	}
	var p part
	p.WriteString(xmlHead + `<w:document` + spaces + `><w:body>`)
	for _, b := range append(head, w.text()...) {
		b.write(&p)
	}
	annexes := w.annexes()
	ends(section{}).write(&p)
	for i, a := range annexes {
		for _, b := range a.blocks(w, i+1) {
			b.write(&p)
		}
		s := section{wide: a.wide, numbers: true}
		if i < len(annexes)-1 {
			ends(s).write(&p)
			continue
		}
		line("End", "").write(&p)
		s.write(&p)
	}
	p.WriteString(`</w:body></w:document>`)
	day := y.Printed
	if day == "" {
		day = y.Figures.Period.To
	}
	return pack(p.Bytes(), properties{title: "Báo cáo " + report.LowerFirst(report.Subject(w.Figures.Period)), office: y.Office.Name, day: day})
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
func (w *writer) text() []block {
	var out []block
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
