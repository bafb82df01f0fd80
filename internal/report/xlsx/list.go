package xlsx

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// List is any list on its way out of the office.
type List struct {
	Office    record.Office
	Title     string
	Filter    string // what is shown, in words
	Columns   []record.ListColumn
	Topics    []record.Term
	Sums      map[string]int64 // of the columns of numbers and money
	PrintedOn record.Date
	PrintedBy string
	// Rows hands over the rows, in order, each with a cell a column; an error of put
	// ends it. A list may be longer than memory bears, so rows are not kept.
	Rows func(put func(cells []string) error) error
}

// SheetList is the sheet of a list.
const SheetList = "Danh sách"

// ListBook is the list as a workbook: numbers are numbers, days are days, the header
// stands still and filters, and the last row has the sums of what is in sight.
func ListBook(in List) ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	w := listWriter{List: in, sheet: b.sheet(SheetList, landscape)}
	w.columnWidths()
	w.repeat(listHeader, listHeader)
	b.do(w.write)
	w.properties()
	out, err := b.bytes()
	if err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	return out, nil
}

// listHeader is the row of the header: above it stand the office, the title and what
// is shown.
const listHeader = 4

// listWriter writes rows one after the other, as they come.
type listWriter struct {
	List
	*sheet
	stream *excelize.StreamWriter
	row    int
}

func (w *listWriter) columnWidths() {
	widths := []float64{7}
	for i := range w.Columns {
		widths = append(widths, listWidth(&w.Columns[i]))
	}
	w.widths(widths...)
}

// listWidth turns widths of an m into the workbook's digits.
func listWidth(c *record.ListColumn) float64 {
	width := float64(c.Width)*1.7 + 3
	if c.Kind == record.ListDay {
		width = max(width, 14)
	}
	return max(min(width, 60), 10)
}

func (w *listWriter) write() (err error) {
	if w.stream, err = w.file.NewStreamWriter(w.name); err != nil {
		return err
	}
	if err := w.above(); err != nil {
		return err
	}
	if err := w.Rows(w.put); err != nil {
		return err
	}
	last := w.row
	if last > listHeader {
		filtered := cell(1, listHeader) + ":" + cell(len(w.Columns)+1, last)
		if err := w.file.AutoFilter(w.name, filtered, nil); err != nil {
			return err
		}
		if err := w.total(last); err != nil {
			return err
		}
	}
	w.row++ // an empty line
	if err := w.line(w.printed(), style{italic: true, size: 11}); err != nil {
		return err
	}
	return w.stream.Flush()
}

func (w *listWriter) above() error {
	for _, l := range []struct {
		text string
		look style
	}{
		{strings.ToUpper(w.Office.Name), style{size: 12, bold: true, align: "center", wrap: true}}, {strings.ToUpper(w.Title), titleStyle}, {w.Filter, noteStyle},
	} {
		if err := w.line(l.text, l.look); err != nil {
			return err
		}
	}
	head, height := []any{w.styled("STT", headStyle)}, rowHeight
	for i := range w.Columns {
		text := w.Columns[i].Words.VI
		head = append(head, w.styled(text, headStyle))
		height = max(height, heightOf(text, headStyle, w.width(i+2, i+2)))
	}
	return w.next(head, height)
}

// line is a text across all columns.
func (w *listWriter) line(text string, st style) error {
	if err := w.next([]any{w.styled(text, st)}, heightOf(text, st, w.width(1, len(w.columns)))); err != nil {
		return err
	}
	return w.stream.MergeCell(cell(1, w.row), cell(len(w.columns), w.row))
}

func (w *listWriter) next(cells []any, height float64) error {
	w.row++
	return w.stream.SetRow(cell(1, w.row), cells, excelize.RowOpts{Height: height})
}

func (w *listWriter) styled(v any, st style) excelize.Cell {
	if s, ok := v.(string); ok {
		v = literal(s)
	}
	return excelize.Cell{StyleID: w.style(st), Value: v}
}

func (w *listWriter) put(cells []string) error {
	if len(cells) != len(w.Columns) {
		return fmt.Errorf("a row of %d cells for %d columns", len(cells), len(w.Columns))
	}
	out, height := []any{w.styled(int64(w.row-listHeader+1), centreStyle)}, rowHeight
	for i, text := range cells {
		c, shown := w.value(&w.Columns[i], text)
		out = append(out, c)
		height = max(height, heightOf(shown, bodyStyle, w.width(i+2, i+2)))
	}
	return w.next(out, height)
}

// value is a cell as a spreadsheet holds it, and the text it shows.
func (w *listWriter) value(c *record.ListColumn, text string) (excelize.Cell, string) {
	switch c.Kind {
	case record.ListNumber, record.ListMoney:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return w.styled(n, bodyStyle.number()), ""
		}
	case record.ListDay:
		if d := record.Date(text); d >= "1900-03-01" && d.Valid() {
			st := centreStyle
			st.format = dateFormat
			return w.styled(d.Time(), st), ""
		}
	case record.ListYes:
		return w.styled(report.CellText(c, text, nil, lang), centreStyle), ""
	}
	shown := report.CellText(c, text, w.Topics, lang)
	st := bodyStyle
	st.format = "@" // a document's number stays what it is
	return w.styled(shown, st), shown
}

// total sums what the filter leaves in sight.
func (w *listWriter) total(last int) error {
	summed := false
	out := []any{w.styled("", sumStyle)}
	for i := range w.Columns {
		sum, is := w.Sums[w.Columns[i].Name]
		if !is || w.Columns[i].Kind != record.ListNumber && w.Columns[i].Kind != record.ListMoney {
			out = append(out, w.styled("", sumStyle))
			continue
		}
		c := w.styled(sum, sumStyle.number())
		c.Formula = fmt.Sprintf("SUBTOTAL(109,%s:%s)", cell(i+2, listHeader+1), cell(i+2, last))
		out = append(out, c)
		summed = true
	}
	if !summed {
		return nil
	}
	label := min(1, len(out)-1)
	if out[label].(excelize.Cell).Formula != "" {
		label = 0
	}
	out[label] = w.styled("Tổng cộng", sumStyle)
	return w.next(out, rowHeight)
}

// printed says when the list went out and by whom.
func (w *listWriter) printed() string {
	text := "Xuất ngày " + w.PrintedOn.String()
	if w.PrintedBy != "" {
		text += ", người xuất: " + w.PrintedBy
	}
	return text
}

func (w *listWriter) properties() {
	made := w.PrintedOn.Time().UTC().Format(time.RFC3339)
	w.do(func() error {
		return w.file.SetDocProps(&excelize.DocProperties{
			Title: w.Title, Subject: w.Filter, Creator: w.Office.Name, LastModifiedBy: w.Office.Name, Created: made, Modified: made, Language: "vi-VN",
		})
	})
	w.do(func() error {
		return w.file.SetAppProps(&excelize.AppProperties{Application: "Sổ Phổ Biến", Company: w.Office.Name})
	})
}
