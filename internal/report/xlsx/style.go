package xlsx

import "github.com/xuri/excelize/v2"

const (
	fontName = "Times New Roman"
	fontSize = 13.0

	wholeFormat = "#,##0" // each program shows it the way its language writes numbers
	dateFormat  = "dd/mm/yyyy"
)

// style is the look of a cell. The zero value is plain body text.
type style struct {
	size   float64 // 0: fontSize
	bold   bool
	italic bool
	align  string // "", "center", "right"
	top    bool   // at the top of the cell; else in the middle
	indent int
	wrap   bool
	boxed  bool // thin lines around
	shaded bool // the ground of header and total rows
	over   bool // a line above: the rules under headings
	shrink bool // smaller letters rather than #####
	format string
}

var (
	titleStyle  = style{size: 14, bold: true, align: "center", wrap: true}
	noteStyle   = style{italic: true, align: "center", wrap: true}
	headStyle   = style{bold: true, align: "center", wrap: true, boxed: true, shaded: true}
	bodyStyle   = style{boxed: true, wrap: true}
	centreStyle = style{boxed: true, align: "center", wrap: true}
	sumStyle    = style{boxed: true, bold: true, shaded: true}
)

// number is the same look for a whole number.
func (s style) number() style {
	s.align, s.wrap, s.indent, s.format, s.shrink = "right", false, 1, wholeFormat, true
	return s
}

func (s style) points() float64 {
	if s.size == 0 {
		return fontSize
	}
	return s.size
}

func (s style) excelize() *excelize.Style {
	out := &excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: s.points(), Bold: s.bold, Italic: s.italic, Color: "000000"},
		Alignment: &excelize.Alignment{Horizontal: s.align, Vertical: "center", WrapText: s.wrap, Indent: s.indent, ShrinkToFit: s.shrink},
	}
	if s.top {
		out.Alignment.Vertical = "top"
	}
	if s.indent > 0 && s.align == "" {
		out.Alignment.Horizontal = "left"
	}
	if s.shaded {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EDEDED"}}
	}
	if s.boxed {
		out.Border = lines("left", "top", "right", "bottom")
	}
	if s.over {
		out.Border = lines("top")
	}
	if s.format != "" {
		out.CustomNumFmt = &s.format
	}
	return out
}

func lines(sides ...string) []excelize.Border {
	out := make([]excelize.Border, len(sides))
	for i, side := range sides {
		out[i] = excelize.Border{Type: side, Color: "000000", Style: 1}
	}
	return out
}
