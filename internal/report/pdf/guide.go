package pdf

import "sophobien/internal/record"

// Guide draws a page of the help, to lie beside the keyboard: A4 upright, as many pages
// as it takes, without a letterhead.
func Guide(g record.Guide) ([]byte, error) {
	p := newPage(false, about{g.Title, "", ""})
	p.numbered = true
	p.turn()
	p.title(g.Title, "")
	for _, part := range g.Parts {
		switch part.Kind {
		case record.GuideHeading:
			p.heading(part.Text, boldText)
		case record.GuideItem:
			p.item(part.Text, bodyText)
		default:
			p.paragraph(part.Text, bodyText)
		}
	}
	return written("guide", p)
}
