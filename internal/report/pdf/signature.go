package pdf

import (
	"strings"

	"sophobien/internal/record"
)

// signer is a place to sign in.
type signer struct {
	day  string // where and when, above the rest
	who  record.Signer
	hint string
}

const (
	signHint = "(Ký, ghi rõ họ tên)"

	// signRoom is for the hand and the stamp.
	signRoom = 24.0
	signGap  = 5.0
)

// officeSigner signs for an office: in whose name, title and name; without any, a
// place for all three.
func officeSigner(o record.Office, day string) signer {
	s := signer{day: day, who: o.Head}
	if o.Head == (record.Signer{}) {
		s.hint = "(Ký, ghi rõ chức vụ, họ tên, đóng dấu)"
	}
	return s
}

// row is a line of a signature.
type row struct {
	text string
	st   style
}

func (s signer) rows() []row {
	head := style{size: 13, bold: true}
	var rows []row
	for _, r := range []row{
		{s.day, italicText}, {strings.ToUpper(s.who.For), head}, {strings.ToUpper(s.who.Title), head},
		{s.hint, smallItalic},
	} {
		if strings.TrimSpace(r.text) != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

// signatures draws one signer on the right half, or two side by side. The days stand
// level, and so do the titles.
func (p *page) signatures(signers ...signer) {
	p.need(p.signaturesHeight(signers...))
	p.space(signGap)
	half := p.textWidth() / 2
	top, end := p.y, p.y
	day := p.dayHeight(signers, half)
	for i, s := range signers {
		at := part{p.left + half*float64(i+2-len(signers)), half}
		p.y = top
		if s.day == "" {
			p.y += day
		}
		for _, r := range s.rows() {
			p.inPart(r.text, r.st, at)
		}
		end = max(end, p.y)
	}
	end += signRoom
	top = end
	for i, s := range signers {
		p.y = top
		p.inPart(s.who.Name, style{size: 13, bold: true}, part{p.left + half*float64(i+2-len(signers)), half})
		end = max(end, p.y)
	}
	p.y = end
}

func (p *page) dayHeight(signers []signer, width float64) float64 {
	var most float64
	for _, s := range signers {
		most = max(most, p.fitHeight(s.day, italicText, width))
	}
	return most
}

// signaturesHeight is what signatures take.
func (p *page) signaturesHeight(signers ...signer) float64 {
	half := p.textWidth() / 2
	var above, name float64
	for _, s := range signers {
		h := 0.0
		if s.day == "" {
			h = p.dayHeight(signers, half)
		}
		for _, r := range s.rows() {
			h += p.fitHeight(r.text, r.st, half)
		}
		above = max(above, h)
		name = max(name, p.fitHeight(s.who.Name, boldText, half))
	}
	return signGap + above + signRoom + name
}

func (p *page) fitHeight(text string, st style, width float64) float64 {
	lines, st := p.fit(text, st, width)
	return float64(len(lines)) * st.lineHeight()
}
