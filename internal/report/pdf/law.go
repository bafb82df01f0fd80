package pdf

import (
	"strings"

	"sophobien/internal/record"
)

// LawText is a legal text, or a piece of one, as it stands on a day.
type LawText struct {
	Heading    string // "Bộ luật 45/2019/QH14"
	Title      string
	Status     string // on which day, and by which wording
	Provisions []record.LawProvision
	PrintedOn  record.Date
}

// Law draws a legal text, A4 upright, with what it is at its head and on every page when
// it was printed.
func Law(in LawText) ([]byte, error) {
	p := newPage(false, about{in.Heading, "", in.PrintedOn})
	p.turn()
	p.title(in.Heading, in.Title)
	p.centred(in.Status, style{size: bodyText.size - 1, italic: true})
	p.space(4)
	for _, one := range in.Provisions {
		p.provision(one)
	}
	p.foot(in.Heading + ". In ngày " + in.PrintedOn.String())
	return written("law", p)
}

func (p *page) provision(one record.LawProvision) {
	label, text := record.LawLabel(one), strings.TrimSpace(one.Text)
	switch one.Level {
	case "part", "chapter", "section", "subsection", "annex":
		p.space(3)
		p.centred(label, boldText)
		p.space(1)
	case "article":
		p.heading(label, boldText)
	case "clause", "point":
		text, label = strings.TrimSpace(label+" "+text), ""
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			p.paragraph(line, bodyText)
		}
	}
}
