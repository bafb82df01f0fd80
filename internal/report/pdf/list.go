package pdf

import (
	"errors"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// Align is where the text of a column stands.
type Align int

// The places of a text in its column: words at the left, numbers at the right, short
// marks and days in the middle.
const (
	AlignLeft Align = iota
	AlignCentre
	AlignRight
)

// Column is a column of a list.
type Column struct {
	Name  string
	Width float64 // in millimetres, as a wish; 0: as wide as what stands in it
	Align Align
}

// Listing is any list to print.
type Listing struct {
	Office    record.Office
	Title     string
	Filter    string // what is shown, in words: "23 hoạt động, tháng 3, xã Đăk Hà"
	Columns   []Column
	Rows      [][]string // a text for each column
	Total     []string   // a last row, in bold; nil: none
	Note      string     // below the list
	PrintedOn record.Date
	PrintedBy string
}

var errNoColumns = errors.New("list: it has no column")

// List draws a list, lengthwise where its columns need that. It refuses a list
// without columns and a row that has not one text for each.
func List(in Listing) ([]byte, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	p := newPage(false, about{in.Title, in.Office.Name, in.PrintedOn})
	widths := in.widths(p)
	if sum(widths) > p.wide-listMargin-marginRight {
		p = newPage(true, about{in.Title, in.Office.Name, in.PrintedOn})
	}
	p.left, p.bottom = listMargin, marginBottom+2
	p.turn()
	in.head(p)
	in.draw(p, spreadTo(widths, p.textWidth()))
	p.foot(in.printed())
	return written("list", p)
}

// listMargin is smaller than that of a paper to be filed, as a list is wide.
const listMargin = 20.0

func (in Listing) check() error {
	if len(in.Columns) == 0 {
		return errNoColumns
	}
	for i, r := range in.Rows {
		if len(r) != len(in.Columns) {
			return fmt.Errorf("list: row %d has %d texts for %d columns", i+1, len(r), len(in.Columns))
		}
	}
	if in.Total != nil && len(in.Total) != len(in.Columns) {
		return fmt.Errorf("list: the total has %d texts for %d columns", len(in.Total), len(in.Columns))
	}
	return nil
}

func (in Listing) head(p *page) {
	if in.Office.ParentName != "" {
		p.lines(p.wrap(strings.ToUpper(in.Office.ParentName), style{size: 11}, p.textWidth(), 0), style{size: 11}, p.left, p.textWidth(), left)
	}
	st := style{size: 11, bold: true}
	p.lines(p.wrap(strings.ToUpper(in.Office.Name), st, p.textWidth(), 0), st, p.left, p.textWidth(), left)
	p.space(4)
	p.centred(in.Title, titleText)
	p.centred(in.Filter, italicText)
	p.space(3)
}

func (in Listing) draw(p *page, widths []float64) {
	t := table{head: listHead, body: listBody, least: listBody.lineHeight() + 2*padY, pad: padY, totalLast: in.Total != nil}
	for i, c := range in.Columns {
		t.columns = append(t.columns, column{name: c.Name, width: widths[i], align: align(c.Align)})
	}
	rows := in.Rows
	if in.Total != nil {
		rows = append(rows[:len(rows):len(rows)], in.Total)
	}
	p.rows(t, len(rows), func(i int) []string { return rows[i] })
	if len(rows) == 0 {
		p.space(2)
		p.centred("Danh sách không có dòng nào.", italicText)
	}
	p.space(3)
	for _, part := range paragraphs(in.Note) {
		p.justified(part, smallItalic, p.left, p.textWidth(), 0)
	}
}

// printed says when the list was printed and by whom.
func (in Listing) printed() string {
	var parts []string
	if in.PrintedOn != "" {
		parts = append(parts, "In ngày "+in.PrintedOn.String())
	}
	if in.PrintedBy != "" {
		parts = append(parts, "người in: "+in.PrintedBy)
	}
	return strings.Join(parts, ", ")
}

var (
	listHead = style{size: 11, bold: true}
	listBody = style{size: 11}
)

// widestColumn is how wide a column grows by its text alone; more is wrapped.
const widestColumn = 60.0

// widths are those wished for, or of what stands in a column.
func (in Listing) widths(p *page) []float64 {
	widths := make([]float64, len(in.Columns))
	for i, c := range in.Columns {
		if widths[i] = c.Width; c.Width > 0 {
			continue
		}
		widest := p.widest(c.Name, listHead)
		for _, r := range in.Rows {
			widest = max(widest, p.width(r[i], listBody))
		}
		if in.Total != nil {
			widest = max(widest, p.width(in.Total[i], listHead))
		}
		widths[i] = min(widest+2*padX+0.1, widestColumn)
	}
	return widths
}

// spreadTo gives columns the whole width of the page, each in its proportion.
func spreadTo(widths []float64, whole float64) []float64 {
	all := sum(widths)
	out := make([]float64, len(widths))
	for i, w := range widths {
		out[i] = w * whole / all
	}
	return out
}

func sum(list []float64) float64 {
	var s float64
	for _, x := range list {
		s += x
	}
	return s
}
