package pdf

import (
	"errors"
	"strings"

	"sophobien/internal/record"
)

// Confirmation says of each person that they were at an activity.
type Confirmation struct {
	Office   record.Office
	Activity record.Activity
	Hours    string // how long it took, in words: "8 giờ"; empty: left out
	People   []Participant
	SignedOn record.Date // empty: filled in by hand
}

const (
	frameInset     = 9.0
	certificateTop = 19.0
	certificateX   = 30.0
	labelWidth     = 42.0
)

// Certificates draws a confirmation of attendance for each person, one A4 page each,
// lengthwise. It refuses to draw none.
func Certificates(in Confirmation) ([]byte, error) {
	if len(in.People) == 0 {
		return nil, errors.New("confirmations of attendance: of nobody")
	}
	p := newPage(true, about{"Giấy xác nhận tham dự", in.Office.Name, in.SignedOn})
	p.left, p.right, p.top, p.bottom = certificateX, certificateX, certificateTop, certificateTop
	for _, who := range in.People {
		in.draw(p, who)
	}
	return written("confirmations of attendance", p)
}

func (in Confirmation) draw(p *page, who Participant) {
	p.turn()
	p.frame()
	p.letterhead(in.Office, "", "")
	by := officeSigner(in.Office, placeAndDay(in.Office.Place, in.SignedOn))
	foot := p.signaturesHeight(by)
	c := in.sized(p, who, p.room()-foot)
	spare := max(0, p.room()-foot-c.height(p))
	p.y += spare * 0.4
	c.draw(p)
	p.y += spare * 0.3
	p.signatures(by)
}

// frame draws two thin lines around the page.
func (p *page) frame() {
	for _, f := range []struct{ inset, line float64 }{{frameInset, 0.6}, {frameInset + 1.4, 0.2}} {
		p.pdf.SetLineWidth(f.line)
		p.pdf.Rect(f.inset, f.inset, p.wide-2*f.inset, p.high-2*f.inset, "D")
	}
}

// confirmed is the middle of a certificate at a size of type.
type confirmed struct {
	size   float64
	office string
	name   string
	fields [][2]string
}

// sized takes the largest type with which the middle leaves room for the rest.
func (in Confirmation) sized(p *page, who Participant, room float64) confirmed {
	c := confirmed{office: in.Office.Name, name: who.Name, fields: in.fields(who)}
	for c.size = 14; c.size > 8 && c.height(p) > room; c.size -= 0.5 {
	}
	return c
}

func (in Confirmation) fields(who Participant) [][2]string {
	born := "Ngày sinh:"
	if len(who.Birth) == 4 {
		born = "Năm sinh:"
	}
	var known [][2]string
	for _, f := range [][2]string{
		{born, who.Birth.String()}, {"Đơn vị/địa chỉ:", who.Unit}, {"Chức vụ:", who.Position},
		{"Đã tham dự:", in.Activity.Title}, {"Thời gian:", occasion(in.Activity.When)},
		{"Thời lượng:", in.Hours}, {"Địa điểm:", in.Activity.When.Place},
	} {
		if strings.TrimSpace(f[1]) != "" {
			known = append(known, f)
		}
	}
	return known
}

// The type of a certificate, by the size of its text.
func (c confirmed) titleStyle() style { return style{size: c.size + 10, bold: true} }
func (c confirmed) nameStyle() style  { return style{size: c.size + 8, bold: true} }
func (c confirmed) textStyle() style  { return style{size: c.size} }

const (
	certificateTitle = "GIẤY XÁC NHẬN THAM DỰ"
	certifies        = " xác nhận"
	honorific        = "Ông/Bà"
	certificateGap   = 3.0
)

func (c confirmed) nameLines(p *page) ([]string, style) {
	return p.oneLine(c.name, c.nameStyle(), p.textWidth(), c.size+2)
}

func (c confirmed) fieldWidth(p *page) float64 {
	return p.textWidth() - labelWidth - fieldInset - fieldRight
}

const (
	fieldInset = 18.0
	fieldRight = 6.0
	fieldGap   = 1.6
)

func (c confirmed) height(p *page) float64 {
	h := c.titleStyle().lineHeight() + 4*certificateGap
	h += p.fitHeight(c.intro(), c.textStyle(), p.textWidth())
	lines, st := c.nameLines(p)
	h += float64(len(lines)) * st.lineHeight()
	for _, f := range c.fields {
		h += p.fitHeight(f[1], c.fieldStyle(f), c.fieldWidth(p)) + fieldGap
	}
	return h
}

// intro says who confirms.
func (c confirmed) intro() string {
	if strings.TrimSpace(c.office) == "" {
		return "Xác nhận " + honorific
	}
	return c.office + certifies + " " + honorific
}

// fieldStyle puts what was attended in bold.
func (c confirmed) fieldStyle(f [2]string) style {
	return style{size: c.size, bold: f[0] == "Đã tham dự:"}
}

func (c confirmed) draw(p *page) {
	p.centred(certificateTitle, c.titleStyle())
	p.y += certificateGap
	p.centred(c.intro(), c.textStyle())
	p.y += certificateGap / 2
	lines, st := c.nameLines(p)
	p.lines(lines, st, p.left, p.textWidth(), centre)
	p.y += 1.5 * certificateGap
	x := p.left + fieldInset
	for _, f := range c.fields {
		p.need(c.textStyle().lineHeight())
		p.put(f[0], c.textStyle(), x, p.y, labelWidth, left)
		lines, st := p.fit(f[1], c.fieldStyle(f), c.fieldWidth(p))
		p.lines(lines, st, x+labelWidth, c.fieldWidth(p), left)
		p.y += fieldGap
	}
	p.y += certificateGap
}
