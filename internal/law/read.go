package law

import (
	"bytes"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/viet"
)

// Bounds of a file.
const (
	MaxSource   = 64 << 20  // bytes of the file
	maxExpanded = 256 << 20 // bytes of a part of a .docx once unpacked
	maxLines    = 1_000_000
)

// Source is the text of a file: lines in NFC without blank ones, the cells of a table
// row parted by tabs.
type Source struct {
	Lines   []string
	Charset viet.Charset // other than Unicode when it was written in an old font
	Flaws   Flaws
}

// Read reads a .txt, .html or .docx file; its name says which it is and stands in the
// sentence when it is refused.
func Read(name string, data []byte) (Source, error) {
	if len(data) > MaxSource {
		return Source{}, refuseBig(name)
	}
	var s Source
	var err error
	switch strings.ToLower(path.Ext(name)) {
	case ".txt":
		s, err = readPlain(name, data)
	case ".html", ".htm":
		s, err = readPage(name, data)
	case ".docx":
		s, err = readDocument(name, data)
	default:
		return Source{}, refuseKind(name)
	}
	if err != nil {
		return Source{}, err
	}
	return s.finish(name)
}

// finish decodes the letters of old fonts and tidies the lines.
func (s Source) finish(name string) (Source, error) {
	if charset, sure := viet.Detect(s.Lines...); charset != viet.Unicode && sure >= plainly {
		s.Charset = charset
		for i, l := range s.Lines {
			s.Lines[i] = viet.Decode(l, charset)
		}
	}
	kept := s.Lines[:0]
	for _, l := range s.Lines {
		if l = tidyLine(l); l != "" {
			kept = append(kept, l)
		}
	}
	s.Lines = kept
	switch {
	case len(kept) == 0:
		return Source{}, refuseEmpty(name)
	case len(kept) > maxLines:
		return Source{}, refuseBig(name)
	}
	return s, nil
}

// plainly is how sure the program must be that a text is written in an old font; see
// [viet.Detect].
const plainly = 0.75

// tidyLine is a line in NFC without what cannot be seen, and with single spaces; tabs
// between words stay.
func tidyLine(line string) string {
	var b strings.Builder
	gap := ""
	for _, r := range viet.NFC(strings.ToValidUTF8(line, "\uFFFD")) {
		switch {
		case r == '\t':
			gap = "\t"
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if gap == "" {
				gap = " "
			}
		case unicode.Is(unicode.Cf, r):
		default:
			if b.Len() > 0 {
				b.WriteString(gap)
			}
			gap = ""
			b.WriteRune(r)
		}
	}
	return b.String()
}

// readPlain reads a text file.
func readPlain(name string, data []byte) (Source, error) {
	if what := foreign(data); what != nil {
		return Source{}, what.refuse(name)
	}
	text, ok := Decode(data)
	if !ok {
		return Source{}, refuseLetters(name)
	}
	if strings.ContainsRune(text, 0) {
		return Source{}, refuseNoText(name)
	}
	return Source{Lines: lines(text)}, nil
}

func lines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == '\u2028' || r == '\u2029' || r == '\u0085'
	})
}

// signature are the first bytes of a file that is something else.
type signature struct{ begins, vi, en string }

var foreigns = []signature{
	{"%PDF", "tệp PDF", "a PDF file"},
	{"PK\x03\x04", "tệp nén hoặc tệp Word", "an archive or a Word document"},
	{"\xD0\xCF\x11\xE0", "tệp Word kiểu cũ (.doc) hoặc có mật khẩu", "an old Word document (.doc) or has a password"},
	{"{\\rtf", "tệp RTF", "an RTF file"},
	{"\x89PNG", "ảnh", "a picture"},
	{"\xFF\xD8\xFF", "ảnh", "a picture"},
	{"GIF8", "ảnh", "a picture"},
}

func foreign(data []byte) *signature {
	for i := range foreigns {
		if bytes.HasPrefix(data, []byte(foreigns[i].begins)) {
			return &foreigns[i]
		}
	}
	return nil
}

// collector gathers lines, and those of tables by row and cell.
type collector struct {
	lines  []string
	now    strings.Builder
	tables []*openTable
	over   int // tables open beyond maxNested
	size   int
}

// maxNested bounds tables in tables; those further in are read as part of the cell.
const maxNested = 30

// openTable is a table that is being read; its cells hold lines.
type openTable struct {
	cells  [][]string
	inCell bool
}

func (c *collector) text(s string) {
	c.size += len(s)
	if c.size <= MaxText {
		c.now.WriteString(s)
	}
}

// full reports that the text went beyond all bounds.
func (c *collector) full() bool { return c.size > MaxText || len(c.lines) > maxLines }

// breakLine ends the current line.
func (c *collector) breakLine() {
	line := c.now.String()
	c.now.Reset()
	if strings.TrimSpace(line) == "" {
		return
	}
	c.put(line)
}

func (c *collector) put(line string) {
	if n := len(c.tables); n > 0 && c.tables[n-1].inCell {
		t := c.tables[n-1]
		last := len(t.cells) - 1
		t.cells[last] = append(t.cells[last], line)
		return
	}
	if n := len(c.tables); n > 1 { // between the cells of a table in a table
		c.putBelow(n-1, line)
		return
	}
	c.lines = append(c.lines, line)
}

// putBelow gives a line to what holds the n-th table.
func (c *collector) putBelow(n int, line string) {
	inner := c.tables[n:]
	c.tables = c.tables[:n]
	c.put(line)
	c.tables = append(c.tables, inner...)
}

func (c *collector) beginTable() {
	c.breakLine()
	if len(c.tables) == maxNested {
		c.over++
		return
	}
	c.tables = append(c.tables, &openTable{})
}

func (c *collector) beginRow() {
	if len(c.tables) > 0 {
		c.endRow()
	}
}

func (c *collector) beginCell() {
	c.breakLine()
	if n := len(c.tables); n > 0 {
		t := c.tables[n-1]
		t.cells, t.inCell = append(t.cells, nil), true
	}
}

func (c *collector) endCell() {
	c.breakLine()
	if n := len(c.tables); n > 0 {
		c.tables[n-1].inCell = false
	}
}

// layoutLines: a cell with more lines is no cell of a table but a column of the page.
const layoutLines = 20

// endRow makes one line of the cells of a row. A row with one filled cell, and a row
// that lays out a page, keeps its lines.
func (c *collector) endRow() {
	c.endCell()
	n := len(c.tables)
	if n == 0 {
		return
	}
	t := c.tables[n-1]
	cells := t.cells
	t.cells = nil
	filled, longest := 0, 0
	for _, cell := range cells {
		if len(cell) > 0 {
			filled++
		}
		longest = max(longest, len(cell))
	}
	if filled <= 1 || longest > layoutLines {
		for _, cell := range cells {
			for _, l := range cell {
				c.putBelow(n-1, l)
			}
		}
		return
	}
	row := make([]string, len(cells))
	for i, cell := range cells {
		row[i] = joinWords(strings.Join(cell, " "))
	}
	c.putBelow(n-1, strings.TrimRight(strings.Join(row, "\t"), "\t"))
}

func (c *collector) endTable() {
	if c.over > 0 {
		c.over--
		return
	}
	c.endRow()
	if n := len(c.tables); n > 0 {
		c.tables = c.tables[:n-1]
	}
}

func (c *collector) finish() []string {
	c.breakLine()
	for c.over = 0; len(c.tables) > 0; {
		c.endTable()
	}
	return c.lines
}

// Decode turns the bytes of plain text into text, in whatever set it is written; not ok
// when none is recognised. Single bytes are read as Windows-1252 shows them,
// from where [viet.Decode] leads on when an old Vietnamese set shows in them.
func Decode(data []byte) (text string, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decode16(data[2:], false), true
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decode16(data[2:], true), true
	case zeros(data, 1):
		return decode16(data, false), true
	case zeros(data, 0):
		return decode16(data, true), true
	}
	if utf8.Valid(data) {
		return string(data), true
	}
	return decodeSingle(data)
}
