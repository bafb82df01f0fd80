package pdf

import (
	"bytes"
	"fmt"
	"time"

	"github.com/go-pdf/fpdf"

	"sophobien/internal/record"
)

// Margins of Decree 30, in millimetres.
const (
	marginTop    = 20.0
	marginBottom = 20.0
	marginLeft   = 30.0
	marginRight  = 15.0
)

// A page is what is drawn on: the paper, the margins, and how far down it is filled.
// The first thing that goes wrong is kept and told by bytes.
type page struct {
	pdf                      *fpdf.Fpdf
	faces                    map[string]*face
	set                      style // of the last text, on the page at hand
	landscape                bool
	wide, high               float64
	left, right, top, bottom float64 // margins
	y                        float64
	numbered                 bool // in the top margin from the second page, as the decree wants it
	number                   int  // of the page, in its section
	err                      error
}

// about is what a file says of itself.
type about struct {
	title, office string
	day           record.Date
}

// unknownDay dates a file that has no day of its own.
var unknownDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func newPage(landscape bool, a about) *page {
	p := &page{
		pdf: fpdf.New(orientation(landscape), "mm", "A4", ""), faces: map[string]*face{},
		left: marginLeft, right: marginRight, top: marginTop, bottom: marginBottom,
	}
	p.lay(landscape)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetAutoPageBreak(false, 0)
	p.describe(a)
	return p
}

// orientation is what fpdf calls it.
func orientation(landscape bool) string {
	if landscape {
		return "L"
	}
	return "P"
}

// lay puts the paper of the pages to come upright or on its long side.
func (p *page) lay(landscape bool) {
	size := p.pdf.GetPageSizeStr("A4")
	p.landscape, p.wide, p.high = landscape, size.Wd, size.Ht
	if landscape {
		p.wide, p.high = size.Ht, size.Wd
	}
}

func (p *page) describe(a about) {
	made := a.day.Time()
	if made.IsZero() {
		made = unknownDay
	}
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCreationDate(made)
	p.pdf.SetModificationDate(made)
	p.pdf.SetLang("vi")
	f := p.face(style{})
	p.pdf.SetTitle(clean(a.title, f), true)
	p.pdf.SetAuthor(clean(a.office, f), true)
	p.pdf.SetCreator("Sổ Phổ Biến", true)
	p.pdf.SetProducer("Sổ Phổ Biến", true)
}

// bytes ends the file.
func (p *page) bytes() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// face loads a face when a text first needs it.
func (p *page) face(st style) *face {
	key := st.key()
	if f, ok := p.faces[key]; ok {
		return f
	}
	f, err := loadFace(key)
	if err != nil {
		panic(err) // the fonts are part of the program
	}
	p.faces[key] = f
	p.pdf.AddUTF8FontFromBytes(family, key, f.data)
	return f
}

// turn begins a new page.
func (p *page) turn() {
	p.pdf.AddPageFormat(orientation(p.landscape), p.pdf.GetPageSizeStr("A4"))
	p.set = style{}
	p.y = p.top
	p.number++
	if p.numbered && p.number > 1 {
		p.put(fmt.Sprint(p.number), style{size: 13}, p.left, p.top-10, p.textWidth(), centre)
	}
}

// textWidth is between the margins.
func (p *page) textWidth() float64 { return p.wide - p.left - p.right }

// whole is the height between the margins.
func (p *page) whole() float64 { return p.high - p.bottom - p.top }

// room is how much of the page is still empty.
func (p *page) room() float64 { return p.high - p.bottom - p.y }

// need begins a new page where so much does not fit on this one.
func (p *page) need(height float64) {
	if height > p.room()+slack && p.y > p.top {
		p.turn()
	}
}

// align is where a text stands in its place.
type align int

const (
	left align = iota
	centre
	right
)

// put draws one cleaned line, its box beginning at y.
func (p *page) put(text string, st style, x, y, width float64, a align) {
	if text == "" {
		return
	}
	if p.set != st {
		p.pdf.SetFont(family, st.key(), st.size)
		p.set = st
	}
	rest := width - p.face(st).width(text)*st.size*mm
	switch a {
	case centre:
		x += rest / 2
	case right:
		x += rest
	}
	p.pdf.Text(x, y+st.baseline(), text)
}

// baseline is how far below the top of its box a line stands.
func (s style) baseline() float64 {
	return s.size * mm * ((leading-ascent-descent)/2 + ascent)
}

// lines draws lines one under the other between two places, and turns the page where
// they need it.
func (p *page) lines(lines []string, st style, x, width float64, a align) {
	for _, l := range lines {
		p.need(st.lineHeight())
		p.put(l, st, x, p.y, width, a)
		p.y += st.lineHeight()
	}
}

// centred draws a text in the middle of the page.
func (p *page) centred(text string, st style) {
	lines, st := p.balanced(text, st, p.textWidth())
	p.lines(lines, st, p.left, p.textWidth(), centre)
}

// rule draws a thin line.
func (p *page) rule(x, y, width float64) {
	p.pdf.SetLineWidth(0.25)
	p.pdf.Line(x, y, x+width, y)
}

// dots draws the line that is written on by hand.
func (p *page) dots(x, y, width float64) {
	if width <= 0 {
		return
	}
	p.pdf.SetLineWidth(0.25)
	p.pdf.SetDashPattern([]float64{0.25, 1}, 0)
	p.pdf.Line(x, y, x+width, y)
	p.pdf.SetDashPattern(nil, 0)
}

// everyPage draws something on all pages, of one format, now that their number is known.
func (p *page) everyPage(draw func(n, all int)) {
	all := p.pdf.PageCount()
	for n := 1; n <= all; n++ {
		p.pdf.SetPage(n)
		p.set = style{} // what an earlier page was left with does not hold here
		draw(n, all)
	}
}

// foot stands under every page: a text on the left, which page it is on the right. A
// text too long for one line ends in three dots.
func (p *page) foot(text string) {
	st := style{size: 10}
	text = p.short(text, st, p.textWidth()-30)
	p.everyPage(func(n, all int) {
		y := p.high - p.bottom + 5
		p.put(text, st, p.left, y, 0, left)
		p.put(fmt.Sprintf("Trang %d/%d", n, all), st, p.left, y, p.textWidth(), right)
	})
}

// short is the first line of a text, with dots for the rest.
func (p *page) short(text string, st style, width float64) string {
	lines := p.wrap(text, st, width-p.width("…", st), 0)
	switch len(lines) {
	case 0:
		return ""
	case 1:
		return lines[0]
	}
	return lines[0] + "…"
}
