package pdf

import "sophobien/internal/record"

// Paper is a text on the office's letterhead, such as a privacy notice.
type Paper struct {
	Office   record.Office
	Title    string
	About    string // below the title; empty: nothing
	Sections []Section
	MadeOn   record.Date
	Signed   bool // with a place for the head of the office to sign
}

// Section is a piece of a paper. Each line of a paragraph begins anew.
type Section struct {
	Title      string // empty: none
	Paragraphs []string
	Items      []string // after the paragraphs, each behind a dash
}

// Notice draws pages of text, A4 upright.
func Notice(in Paper) ([]byte, error) {
	p := newPage(false, about{in.Title, in.Office.Name, in.MadeOn})
	p.numbered = true
	p.turn()
	p.letterhead(in.Office, "", placeAndDay(in.Office.Place, in.MadeOn))
	p.title(in.Title, in.About)
	for _, s := range in.Sections {
		p.section(s)
	}
	if in.Signed {
		p.signatures(officeSigner(in.Office, ""))
	}
	return written("notice", p)
}

func (p *page) section(s Section) {
	if s.Title != "" {
		p.heading(s.Title, boldText)
	}
	for _, text := range s.Paragraphs {
		p.paragraph(text, bodyText)
	}
	for _, text := range s.Items {
		p.item(text, bodyText)
	}
}
