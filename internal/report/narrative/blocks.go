package narrative

import "sophobien/internal/record"

// Document is the report in words. Lengths are in twips, twenty to a point.
type Document struct {
	Title    string // as a list of files shows it
	Office   string
	Day      record.Date // of the printing, or the last of the period
	Sections []Section   // the text, then each annex
}

// Section begins on a page of its own. Its pages are counted from 1, and the number is
// hidden on the first.
type Section struct {
	Wide   bool // the paper lies on its long side
	Blocks []Block
}

// The paper of Decree 30: A4, margins of 20, 20, 30 and 15 mm.
const (
	PaperShort, PaperLong   = 11906, 16838
	MarginTop, MarginBottom = 1134, 1134
	MarginLeft, MarginRight = 1701, 851
	TextWidth               = PaperShort - MarginLeft - MarginRight
	CellMargin              = 70 // at the left and right in a table with a frame
	twipsInPoint            = 20
	firstLine               = 720 // 1,27 cm
)

// Block is what stands below one another: a Para, a Rule, a Gap, a Dotted or a Table.
type Block interface{ block() }

// Para is a paragraph of a style, with what it has of its own.
type Para struct {
	Style        StyleName
	Align        Align // "" is the style's
	Before       int   // 0 is the style's
	Left         int   // with it, or Hanging, the first line has no indent of the style
	Hanging      int
	Size         int // in points; 0 is the style's
	Bold, Italic bool
	Keep         bool // on the page of what follows
	Runs         []Run
}

// Run is a stretch of text. A number carries the name of its figure.
type Run struct {
	Text string
	Name string
}

// Rule is a thin line below a text.
type Rule struct {
	Before int
	Inset  int // from both sides of its place
}

// Gap is empty.
type Gap struct {
	Height int
	Keep   bool
}

// Dotted is a line to write on by hand.
type Dotted struct{}

// Table has rows that are never cut. One that is framed has its texts half way up, and its
// first row on top of every page.
type Table struct {
	Widths []int
	Framed bool
	Rows   [][]Cell
}

// Cell is one place of a table.
type Cell []Block

func (Para) block()   {}
func (Rule) block()   {}
func (Gap) block()    {}
func (Dotted) block() {}
func (Table) block()  {}

// Text is what the paragraph says.
func (q Para) Text() string {
	var out string
	for _, r := range q.Runs {
		out += r.Text
	}
	return out
}

// line is a paragraph of one text.
func line(style StyleName, text string) Para { return Para{Style: style, Runs: phrase{}.t(text)} }

// rule is a line of a length in the middle of a width.
func rule(width, length int) Rule {
	return Rule{Before: ruleGap, Inset: max(0, (width-length)/2)}
}

// phrase is a sentence while it is put together.
type phrase []Run

// t adds words.
func (p phrase) t(text string) phrase { return p.v(text, "") }

// n adds a number that carries its name.
func (p phrase) n(value int64, name string) phrase { return p.v(number(value), name) }

// v adds a text that carries a name.
func (p phrase) v(text, name string) phrase { return append(p, Run{Text: clean(text), Name: name}) }

// and joins phrases with a mark between.
func (p phrase) and(mark string, more ...phrase) phrase {
	for i, m := range more {
		if i > 0 {
			p = p.t(mark)
		}
		p = append(p, m...)
	}
	return p
}
