package pdf

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"

	// leftPart is the share of the issuing body in the width of a letterhead.
	leftPart = 0.42
)

var (
	parentText = style{size: 12}
	officeText = style{size: 12, bold: true}
	mottoText  = style{size: 13, bold: true}
)

// letterhead draws who issues the paper on the left and the nation's name and motto
// on the right; below, the paper's number and where and when it was made, if given.
func (p *page) letterhead(o record.Office, number, placeAndDay string) {
	top := p.y
	l, r := p.halves()
	below := p.issuer(o, l)
	p.y = top
	p.nation(r)
	p.y = max(p.y, below)
	if number == "" && placeAndDay == "" {
		return
	}
	p.y += 1.5
	top = p.y
	p.inPart(number, bodyText, l)
	below, p.y = p.y, top
	p.inPart(placeAndDay, italicText, r)
	p.y = max(p.y, below)
}

// part is a piece of the width of the page.
type part struct{ x, width float64 }

func (p *page) halves() (l, r part) {
	w := p.textWidth() * leftPart
	return part{p.left, w - 2}, part{p.left + w, p.textWidth() - w}
}

// inPart draws a text in the middle of a part.
func (p *page) inPart(text string, st style, at part) {
	lines, st := p.balanced(text, st, at.width)
	p.lines(lines, st, at.x, at.width, centre)
}

// issuer draws the body above the office and the office, in capitals, and returns
// where it ends. An office alone stands in bold.
func (p *page) issuer(o record.Office, at part) float64 {
	office := strings.TrimSpace(o.Name)
	if office == "" {
		office = o.ParentName
	} else {
		p.inPart(strings.ToUpper(o.ParentName), parentText, at)
	}
	lines, st := p.balanced(strings.ToUpper(office), officeText, at.width)
	p.lines(lines, st, at.x, at.width, centre)
	if len(lines) > 0 {
		length := p.longest(lines, st) * 0.4
		p.rule(at.x+(at.width-length)/2, p.y+0.8, length)
	}
	return p.y + 2
}

func (p *page) nation(at part) {
	lines, st := p.oneLine(nation, officeText, at.width, 10)
	p.lines(lines, st, at.x, at.width, centre)
	p.inPart(motto, mottoText, at)
	length := p.width(motto, mottoText)
	p.rule(at.x+(at.width-length)/2, p.y+0.8, length)
	p.y += 2
}

// placeAndDay dates a paper; what is not known is left for the hand.
func placeAndDay(place string, d record.Date) string {
	if d == "" || !d.Valid() {
		if place == "" {
			place = "…………"
		}
		return place + ", ngày …… tháng …… năm ………"
	}
	return report.PlaceAndDay(place, d)
}

// title draws the kind of paper and what it is about, with the short line below.
func (p *page) title(kind, about string) {
	p.space(6)
	p.centred(kind, titleText)
	if strings.TrimSpace(about) == "" {
		p.space(3)
		return
	}
	p.centred(about, titleText)
	lines, st := p.balanced(about, titleText, p.textWidth())
	length := min(p.longest(lines, st)*0.4, 50)
	p.rule(p.left+(p.textWidth()-length)/2, p.y+1, length)
	p.y += 2
	p.space(4)
}
