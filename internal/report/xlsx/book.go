package xlsx

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is a workbook in the making. The first error stays and stops all that
// follows, so that writing reads like writing; bytes returns it.
type book struct {
	file   *excelize.File
	styles map[style]int
	sheets []*sheet
	err    error
}

func newBook() *book {
	b := &book{file: excelize.NewFile(), styles: map[style]int{}}
	b.do(func() error { return b.file.SetDefaultFont(fontName) })
	if b.err == nil {
		*b.file.Styles.Fonts.Font[0].Sz.Val = fontSize
	}
	// The number of the present calculation engine: older ones make Excel
	// calculate everything on opening and ask to save on closing.
	b.do(func() error { return b.file.SetCalcProps(&excelize.CalcPropsOptions{CalcID: new(uint(191029))}) })
	b.file.SetZipWriter(newPartWriter)
	return b
}

func (b *book) do(f func() error) {
	if b.err == nil {
		b.err = f()
	}
}

func (b *book) bytes() ([]byte, error) {
	for _, s := range b.sheets {
		s.setHeights()
	}
	if b.err != nil {
		return nil, b.err
	}
	buf, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// sheet adds a sheet; the first one takes the place of the library's own.
func (b *book) sheet(name string, o orientation) *sheet {
	b.do(func() error {
		if len(b.sheets) == 0 {
			return b.file.SetSheetName("Sheet1", name)
		}
		_, err := b.file.NewSheet(name)
		return err
	})
	s := &sheet{book: b, name: name, heights: map[int]float64{}}
	b.sheets = append(b.sheets, s)
	s.page(o)
	return s
}

// style is the id of a look, made once.
func (b *book) style(s style) int {
	id, ok := b.styles[s]
	if !ok {
		b.do(func() (err error) {
			id, err = b.file.NewStyle(s.excelize())
			return err
		})
		b.styles[s] = id
	}
	return id
}

// sheet writes to one sheet of a book. Columns and rows count from 1.
type sheet struct {
	*book
	name    string
	columns []float64       // their widths
	heights map[int]float64 // what the text of a row needs
}

func cell(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // a column or row this package made up
	}
	return name
}

func absolute(col, row int) string {
	name := cell(col, row)
	letters := strings.TrimRight(name, "0123456789")
	return "$" + letters + "$" + name[len(letters):]
}

func (s *sheet) look(col, row int, st style) {
	s.do(func() error { return s.file.SetCellStyle(s.name, cell(col, row), cell(col, row), s.style(st)) })
}

func (s *sheet) text(col, row int, v string, st style) {
	s.write(col, row, v, st)
	s.need(row, heightOf(v, st, s.width(col, col)))
}

func (s *sheet) write(col, row int, v string, st style) {
	if v != "" {
		s.do(func() error { return s.file.SetCellStr(s.name, cell(col, row), literal(v)) })
	}
	s.look(col, row, st)
}

// escaped is how a cell writes a character by its number.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// literal keeps text that looks like such an escape as it is.
func literal(v string) string { return escaped.ReplaceAllString(v, "_x005F$0") }

func (s *sheet) number(col, row int, v int64, st style) {
	s.do(func() error { return s.file.SetCellInt(s.name, cell(col, row), v) })
	s.look(col, row, st.number())
	s.need(row, rowHeight)
}

// formula writes a formula with the value it has.
func (s *sheet) formula(col, row int, f string, v int64, st style) {
	s.number(col, row, v, st)
	s.do(func() error { return s.file.SetCellFormula(s.name, cell(col, row), f) })
}

// merged writes text across columns of a row.
func (s *sheet) merged(from, to, row int, v string, st style) {
	for col := from; col <= to; col++ {
		s.look(col, row, st)
	}
	s.write(from, row, v, st)
	s.need(row, heightOf(v, st, s.width(from, to)))
	s.merge(from, row, to, row)
}

func (s *sheet) merge(col, row, toCol, toRow int) {
	if col != toCol || row != toRow {
		s.do(func() error { return s.file.MergeCell(s.name, cell(col, row), cell(toCol, toRow)) })
	}
}

// widths sets the widths of the columns; it comes before any text.
func (s *sheet) widths(widths ...float64) {
	s.columns = widths
	for i, w := range widths {
		s.do(func() error {
			name, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				return err
			}
			return s.file.SetColWidth(s.name, name, name, w)
		})
	}
}

func (s *sheet) width(from, to int) float64 {
	sum := 0.0
	for _, w := range s.columns[from-1 : to] {
		sum += w
	}
	return sum
}

// need makes a row at least so high.
func (s *sheet) need(row int, points float64) { s.heights[row] = max(s.heights[row], points) }

func (s *sheet) setHeights() {
	for _, row := range slices.Sorted(maps.Keys(s.heights)) {
		s.do(func() error { return s.file.SetRowHeight(s.name, row, s.heights[row]) })
	}
}
