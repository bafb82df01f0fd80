package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// oldWorkbook is an opened .xls: its stream, and what all sheets share.
type oldWorkbook struct {
	name     string
	stream   []byte
	version  int
	page     *charmap.Charmap
	sheets   []sheetRef
	strings  []string
	richText map[int][]fontChange
	fonts    []string
	formats  map[int]string
	xfs      []cellStyle
	date1904 bool
}

// readOldWorkbook reads an .xls: a compound file, or before 1995 and from some
// exporters to this day the bare stream.
func readOldWorkbook(ctx context.Context, data []byte, o Options) (*Grid, error) {
	stream := data
	if bytes.HasPrefix(data, magicOLE) {
		var err error
		if stream, err = workbookStream(data, o.Name); err != nil {
			return nil, err
		}
	}
	w := &oldWorkbook{name: o.Name, stream: stream, page: charmap.Windows1252, formats: map[int]string{}, richText: map[int][]fontChange{}}
	if err := w.load(); err != nil {
		return nil, err
	}
	return choose(o, w.sheets, func(ref sheetRef) (*Grid, error) { return w.readSheet(ctx, ref) })
}

// workbookStream takes the workbook out of a compound file, or says what the
// file is instead.
func workbookStream(data []byte, name string) ([]byte, error) {
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	streams := map[string]*mscfb.File{}
	for {
		f, err := doc.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(f.Path) == 0 {
			streams[f.Name] = f
		}
		if len(streams) > 1000 {
			return nil, errBIFF
		}
	}
	switch {
	case streams["EncryptedPackage"] != nil:
		return nil, refusePassword(name)
	case streams["Workbook"] != nil:
		return readStream(streams["Workbook"], data)
	case streams["Book"] != nil:
		return readStream(streams["Book"], data)
	case streams["WordDocument"] != nil:
		return nil, refuseOther(name, "văn bản Word", "a Word document")
	case streams["PowerPoint Document"] != nil:
		return nil, refuseOther(name, "bài trình chiếu", "a presentation")
	}
	return nil, errors.New("a compound file without a workbook")
}

// readStream reads a stream, which cannot be longer than the file it is in.
func readStream(f *mscfb.File, data []byte) ([]byte, error) {
	return io.ReadAll(io.LimitReader(f, int64(len(data))))
}

// load reads what comes before the sheets.
func (w *oldWorkbook) load() error {
	r := &biffReader{data: w.stream}
	id, data, ok, err := r.raw()
	if err != nil || !ok {
		return errors.Join(err, io.ErrUnexpectedEOF)
	}
	version, ok := versionOf(id, data)
	if !ok {
		return errBIFF
	}
	w.version, r.version = version, version
	if version < biff5 || len(data) >= 4 && binary.LittleEndian.Uint16(data[2:]) == 0x10 {
		// One sheet and nothing around it.
		w.sheets = []sheetRef{{at: 0}}
		return w.eachRecord(r, w.global)
	}
	return w.eachRecord(r, w.global)
}

// eachRecord calls do for every record up to the end of the part that has begun,
// passing over parts inside it (charts).
func (w *oldWorkbook) eachRecord(r *biffReader, do func(biffRecord) error) error {
	inside := 0
	for {
		rec, ok, err := r.next()
		switch {
		case err != nil:
			return err
		case !ok && len(w.sheets) > 0 && w.version < biff5:
			return nil // exporters forget the end
		case !ok:
			return io.ErrUnexpectedEOF
		case rec.id == recBOF:
			inside++
		case rec.id == recEOF && inside == 0:
			return nil
		case rec.id == recEOF:
			inside--
		case inside == 0:
			if err := do(rec); err != nil {
				return err
			}
		}
	}
}

func (w *oldWorkbook) global(rec biffRecord) error {
	f := &fields{biffRecord: rec}
	switch rec.id {
	case recFilePass:
		return refusePassword(w.name)
	case recCodePage:
		w.page = pageOf(f.u16())
	case recDateMode:
		w.date1904 = f.u16() == 1
	case recFont:
		w.addFont(f)
	case recFormat:
		w.addFormat(f)
	case recXF:
		return w.addXF(f)
	case recSheet:
		w.addSheet(f)
	case recSST:
		return w.addStrings(f)
	}
	if f.short && rec.id != recFont && rec.id != recFormat {
		return errBIFF
	}
	return nil
}

func (w *oldWorkbook) addFont(f *fields) {
	switch w.version {
	case biff2:
		f.skip(4)
	case biff3, biff4:
		f.skip(6)
	default:
		f.skip(14)
	}
	if len(w.fonts) == 4 {
		w.fonts = append(w.fonts, "") // no file has a font of number 4
	}
	w.fonts = append(w.fonts, f.shortText(w.version, w.page))
}

func (w *oldWorkbook) addFormat(f *fields) {
	switch w.version {
	case biff2, biff3:
		w.formats[len(w.formats)] = f.shortText(w.version, w.page)
	case biff4:
		f.skip(2)
		w.formats[len(w.formats)] = f.shortText(w.version, w.page)
	case biff5:
		number := f.u16()
		w.formats[number] = f.shortText(w.version, w.page)
	default:
		number := f.u16()
		w.formats[number] = f.longText(w.version, w.page)
	}
}

func (w *oldWorkbook) addXF(f *fields) error {
	if len(w.xfs) == maxStyles {
		return errors.New("too many styles")
	}
	font, format := 0, 0
	switch w.version {
	case biff2:
		font = f.u8()
		f.skip(1)
		format = f.u8() & 0x3F
	case biff3, biff4:
		font, format = f.u8(), f.u8()
	default:
		font, format = f.u16(), f.u16()
	}
	w.xfs = append(w.xfs, styleOf(font, format, w.fonts, w.formats))
	return nil
}

func (w *oldWorkbook) addSheet(f *fields) {
	at, state, kind := f.u32(), f.u8(), f.u8()
	name := f.shortText(w.version, w.page)
	if kind == 0 {
		w.sheets = append(w.sheets, sheetRef{name: name, at: at, hidden: state&3 != 0})
	}
}

func (w *oldWorkbook) addStrings(f *fields) error {
	f.skip(4)
	n := f.u32()
	for ; n > 0; n-- {
		if f.left() == 0 {
			return nil // the count is often too high
		}
		text, changes := f.rich()
		if f.short {
			return errBIFF
		}
		if len(changes) > 0 {
			w.richText[len(w.strings)] = changes
		}
		w.strings = append(w.strings, text)
	}
	return nil
}

// text is a text as it is kept: a code page with marks of their own behind the
// letters is put together, all others stay as they were stored.
func (w *oldWorkbook) text(s string) string {
	if w.version != biff8 && w.page == charmap.Windows1258 {
		return norm.NFC.String(s)
	}
	return s
}

// oldSheetReader turns one sheet's records into rows.
type oldSheetReader struct {
	*oldWorkbook
	grid    Grid
	rows    map[int][]Cell // by line
	hidden  map[int]bool
	cells   int
	waiting *Cell // a formula whose text comes in the next record
	line    int   // of waiting
}

func (w *oldWorkbook) readSheet(ctx context.Context, ref sheetRef) (*Grid, error) {
	if ref.at < 0 || ref.at >= len(w.stream) {
		return nil, errBIFF
	}
	r := &biffReader{data: w.stream, pos: ref.at, version: w.version}
	id, _, ok, err := r.raw()
	if _, begins := versionOf(id, nil); err != nil || !ok || !begins {
		return nil, errors.Join(errBIFF, err)
	}
	s := &oldSheetReader{oldWorkbook: w, rows: map[int][]Cell{}, hidden: map[int]bool{}}
	s.grid = Grid{Name: w.name, Sheet: ref.name, Format: "xls", Date1904: w.date1904, runs: map[place][]Run{}}
	for _, xf := range w.xfs {
		s.grid.styles = append(s.grid.styles, xf.Style)
	}
	n := 0
	err = w.eachRecord(r, func(rec biffRecord) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		return s.record(rec)
	})
	if err != nil {
		return nil, err
	}
	return gridOf(s.grid, s.rows, s.hidden)
}

// gridOf builds a grid of rows that came in any order.
func gridOf(g Grid, rows map[int][]Cell, hidden map[int]bool) (*Grid, error) {
	b := &builder{grid: g}
	for line, cells := range rows {
		if err := b.startRow(line, hidden[line]); err != nil {
			return nil, err
		}
		for _, c := range cells {
			if err := b.add(c); err != nil {
				return nil, err
			}
		}
	}
	return b.finish()
}

func (s *oldSheetReader) record(rec biffRecord) error {
	f := &fields{biffRecord: rec}
	switch rec.id {
	case recRow:
		s.row(f)
		return nil
	case recMerged:
		s.merged(f)
	case recString:
		return s.formulaText(f)
	case recMulRK:
		return s.mulRK(f)
	case recInteger, recNumber, recRK, recLabel, recRString, recLabelSST, recBoolErr, recFormula:
		if rec.id == recInteger && s.version != biff2 {
			return nil
		}
		return s.cell(f)
	case recFilePass:
		return refusePassword(s.name)
	}
	if f.short {
		return errBIFF
	}
	return nil
}

// row notes a hidden row; versions without the flag say nothing of it.
func (s *oldSheetReader) row(f *fields) {
	line := f.u16() + 1
	if s.version == biff2 {
		return
	}
	f.skip(10)
	if grbit := f.u16(); !f.short && grbit&0x20 != 0 {
		s.hidden[line] = true
	}
}

func (s *oldSheetReader) merged(f *fields) {
	for n := f.u16(); n > 0 && !f.short; n-- {
		a := Area{Line: f.u16() + 1, LastLine: f.u16() + 1, Col: f.u16(), LastCol: f.u16()}
		if !f.short && len(s.grid.Merged) < maxMerged && a.LastLine >= a.Line && a.LastCol >= a.Col {
			s.grid.Merged = append(s.grid.Merged, a)
		}
	}
}

// cell reads a record that is one cell.
func (s *oldSheetReader) cell(f *fields) error {
	line, c := f.u16()+1, Cell{Col: f.u16()}
	if s.version == biff2 {
		s.style(&c, f.u8()&0x3F)
		f.skip(2)
	} else {
		s.style(&c, f.u16())
	}
	var changes []fontChange
	switch f.id {
	case recInteger:
		c.Kind, c.Text = s.numberKind(c), numberText(float64(f.u16()))
	case recNumber:
		c.Kind, c.Text = s.numberKind(c), numberText(f.float())
	case recRK:
		c.Kind, c.Text = s.numberKind(c), numberText(f.rk())
	case recLabel:
		c.Text = s.text(f.longText(s.version, s.page))
	case recRString:
		c.Text, changes = s.richLabel(f)
	case recLabelSST:
		n := f.u32()
		if n >= len(s.strings) {
			return errBIFF
		}
		c.Text, changes = s.strings[n], s.richText[n]
	case recBoolErr:
		value, wrong := f.u8(), f.u8() != 0
		c.Kind, c.Text = boolOrError(value, wrong)
	case recFormula:
		if !s.formula(f, line, &c) {
			return f.err()
		}
	}
	if f.short {
		return errBIFF
	}
	if len(changes) > 0 {
		s.grid.runs[place{line, c.Col}] = s.runsOf(c, changes)
	}
	return s.keep(line, c)
}

func (f *fields) err() error {
	if f.short {
		return errBIFF
	}
	return nil
}

func (s *oldSheetReader) style(c *Cell, xf int) {
	if xf < len(s.xfs) {
		c.style = uint16(xf)
	}
}

func (s *oldSheetReader) numberKind(c Cell) Kind {
	if int(c.style) < len(s.xfs) && s.xfs[c.style].date {
		return Date
	}
	return Number
}

func (f *fields) float() float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(f.take(8)))
}

// rk is a number in four bytes: a whole number or the high half of a fraction,
// perhaps a hundred times too large.
func (f *fields) rk() float64 {
	raw := uint32(f.u32())
	n := float64(int32(raw) >> 2)
	if raw&2 == 0 {
		n = math.Float64frombits(uint64(raw&^3) << 32)
	}
	if raw&1 != 0 {
		n /= 100
	}
	return n
}

func (s *oldSheetReader) mulRK(f *fields) error {
	line, col := f.u16()+1, f.u16()
	for f.left() >= 8 {
		c := Cell{Col: col}
		s.style(&c, f.u16())
		c.Kind, c.Text = s.numberKind(c), numberText(f.rk())
		if err := s.keep(line, c); err != nil {
			return err
		}
		col++
	}
	return f.err()
}

func (s *oldSheetReader) richLabel(f *fields) (string, []fontChange) {
	text := s.text(f.longText(s.version, s.page))
	var changes []fontChange
	if s.version == biff8 {
		for n := f.u16(); n > 0 && !f.short; n-- {
			changes = append(changes, fontChange{f.u16(), f.u16()})
		}
		return text, changes
	}
	for n := f.u8(); n > 0 && !f.short; n-- {
		changes = append(changes, fontChange{f.u8(), f.u8()})
	}
	return text, changes
}

func boolOrError(value int, wrong bool) (Kind, string) {
	if !wrong {
		return Bool, numberText(float64(min(value, 1)))
	}
	errorWords := map[int]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
	if w := errorWords[value]; w != "" {
		return Text, w
	}
	return Text, "#N/A"
}

// formula reads what a formula came to; false when nothing is known of it yet.
func (s *oldSheetReader) formula(f *fields, line int, c *Cell) bool {
	result := f.take(8)
	if f.short {
		return false
	}
	if result[6] != 0xFF || result[7] != 0xFF {
		c.Kind, c.Text = s.numberKind(*c), numberText(math.Float64frombits(binary.LittleEndian.Uint64(result)))
		return true
	}
	switch result[0] {
	case 0:
		s.waiting, s.line = &Cell{Col: c.Col, style: c.style}, line
	case 1:
		c.Kind, c.Text = boolOrError(int(result[2]), false)
		return true
	case 2:
		c.Kind, c.Text = boolOrError(int(result[2]), true)
		return true
	}
	return false
}

func (s *oldSheetReader) formulaText(f *fields) error {
	if s.waiting == nil {
		return nil
	}
	c := *s.waiting
	s.waiting = nil
	c.Text = s.text(f.longText(s.version, s.page))
	if f.short {
		return errBIFF
	}
	return s.keep(s.line, c)
}

// keep keeps the cell when it says something.
func (s *oldSheetReader) keep(line int, c Cell) error {
	if c.Text == "" {
		return nil
	}
	if s.cells++; s.cells > MaxCells {
		return refuseCells(s.name)
	}
	s.rows[line] = append(s.rows[line], c)
	return nil
}

// runsOf cuts a text where its fonts change.
func (s *oldSheetReader) runsOf(c Cell, changes []fontChange) []Run {
	units := utf16.Encode([]rune(c.Text))
	font := s.grid.StyleOf(c).Font
	var runs []Run
	from := 0
	cut := func(to int) {
		if to = min(to, len(units)); to > from {
			runs = append(runs, Run{decodeUnits(units[from:to]), font})
			from = to
		}
	}
	for _, ch := range changes {
		cut(ch.from)
		if ch.font >= 0 && ch.font < len(s.fonts) {
			font = s.fonts[ch.font]
		}
	}
	cut(len(units))
	return runs
}

func decodeUnits(units []uint16) string { return string(utf16.Decode(units)) }
