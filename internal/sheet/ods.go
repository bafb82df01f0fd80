package sheet

import (
	"context"
	"strings"
)

// openDocument is an opened .ods: the archive, and the fonts and formats its
// styles name.
type openDocument struct {
	*workbook
	styles map[string]odsStyle
	faces  map[string]string // a font's name in the file → its family
	dates  map[string]bool   // formats that show a day
	number map[string]int    // a style's place in the grid
	list   []Style
}

type odsStyle struct {
	font, parent string
	format       string // the name of a format
	hidden       bool   // of a sheet
}

// readDocument reads an .ods out of its archive.
func (w *workbook) readDocument(ctx context.Context, o Options) (*Grid, error) {
	d := &openDocument{
		workbook: w, styles: map[string]odsStyle{}, faces: map[string]string{}, dates: map[string]bool{},
		number: map[string]int{}, list: []Style{{}},
	}
	if err := d.refuseLocked(); err != nil {
		return nil, err
	}
	for _, part := range []string{"styles.xml", "content.xml"} {
		if w.parts[part] != nil {
			if err := d.loadStyles(part); err != nil {
				return nil, err
			}
		}
	}
	if len(d.sheets) == 0 {
		return nil, refuseOther(w.name, "tệp OpenDocument khác", "another OpenDocument file")
	}
	return choose(o, d.sheets, func(ref sheetRef) (*Grid, error) { return d.readSheet(ctx, ref) })
}

// refuseLocked refuses an archive under a password.
func (d *openDocument) refuseLocked() error {
	const manifest = "meta-inf/manifest.xml"
	if d.parts[manifest] == nil {
		return nil
	}
	return d.each(manifest, func(s *xmlScanner, t token) error {
		if t == startTag && s.is("encryption-data") {
			return refusePassword(d.name)
		}
		return nil
	})
}

// loadStyles reads the styles of a part, and the names of the sheets if it has any.
func (d *openDocument) loadStyles(part string) error {
	style, format := "", ""
	return d.each(part, func(s *xmlScanner, t token) error {
		if t == charData {
			return nil
		}
		switch name := string(s.name); {
		case t == endTag:
			if name == "style" {
				style = ""
			}
		case name == "font-face":
			face, _ := s.attr("name")
			family, _ := s.attr("font-family")
			d.faces[face] = strings.Trim(family, `'"`)
		case name == "date-style":
			format, _ = s.attr("name")
		case name == "day" || name == "year":
			d.dates[format] = true
		case name == "style":
			style = d.startStyle(s)
		case name == "text-properties" && style != "":
			d.setFont(s, style)
		case name == "table-properties" && style != "":
			display, _ := s.attr("display")
			st := d.styles[style]
			st.hidden = display == "false"
			d.styles[style] = st
		case name == "table":
			return d.addSheet(s)
		}
		return nil
	})
}

func (d *openDocument) startStyle(s *xmlScanner) string {
	name, _ := s.attr("name")
	family, _ := s.attr("family")
	if len(d.styles) < maxStyles {
		parent, _ := s.attr("parent-style-name")
		format, _ := s.attr("data-style-name")
		d.styles[family+"/"+name] = odsStyle{parent: parent, format: format}
	}
	return family + "/" + name
}

func (d *openDocument) setFont(s *xmlScanner, style string) {
	st, known := d.styles[style]
	if !known {
		return
	}
	if face, ok := s.attr("font-name"); ok {
		st.font = face
		if family := d.faces[face]; family != "" {
			st.font = family
		}
	} else if family, ok := s.attr("font-family"); ok {
		st.font = strings.Trim(family, `'"`)
	}
	d.styles[style] = st
}

// addSheet notes a sheet. Tables inside a drawing are none, but sheets hold none.
func (d *openDocument) addSheet(s *xmlScanner) error {
	name, _ := s.attr("name")
	style, _ := s.attr("style-name")
	d.sheets = append(d.sheets, sheetRef{name: name, at: len(d.sheets), hidden: d.styles["table/"+style].hidden})
	if len(d.sheets) > 10_000 {
		return errLong
	}
	return nil
}

// font is the font of a style or of those it comes from.
func (d *openDocument) font(family, name string) string {
	for range 8 {
		st, ok := d.styles[family+"/"+name]
		switch {
		case !ok:
			return ""
		case st.font != "":
			return st.font
		}
		name = st.parent
	}
	return ""
}

// styleNumber is the place of a cell's style in the grid.
func (d *openDocument) styleNumber(name string) uint16 {
	n, ok := d.number[name]
	if !ok && len(d.list) < maxStyles-1 {
		n = len(d.list)
		d.number[name] = n
		s := Style{Font: d.font("table-cell", name)}
		if d.dates[d.styles["table-cell/"+name].format] {
			s.Format = "dd/mm/yyyy"
		}
		d.list = append(d.list, s)
	}
	return uint16(n)
}

// odsReader turns one table into rows.
type odsReader struct {
	*openDocument
	builder
	ctx     context.Context
	wanted  int
	at      int
	line    int
	col     int
	again   int // how many lines the row stands for
	hidden  bool
	usual   string // the style of the row's cells
	cell    *odsCell
	silent  int // inside a note or a drawing
	inP     bool
	waiting []odsCell // of the row
}

// odsCell is the cell that is open, and how many columns it stands for.
type odsCell struct {
	Cell
	again      int
	value      string
	paragraphs int
	text       []byte
	runs       []Run
	fonts      []string
}

func (d *openDocument) readSheet(ctx context.Context, ref sheetRef) (*Grid, error) {
	r := &odsReader{openDocument: d, ctx: ctx, wanted: ref.at, at: -1}
	r.grid = Grid{Name: d.name, Sheet: ref.name, Format: "ods", runs: map[place][]Run{}}
	if err := d.each("content.xml", r.take); err != nil {
		return nil, err
	}
	r.grid.styles = d.list
	return r.finish()
}

func (r *odsReader) take(s *xmlScanner, t token) error {
	switch {
	case t == charData:
		r.addText(s.text)
	case t == startTag && s.is("table"):
		r.at++
		r.line = 0
	case r.at != r.wanted:
	case t == startTag:
		return r.start(s)
	default:
		return r.end(s)
	}
	return nil
}

func (r *odsReader) start(s *xmlScanner) error {
	switch string(s.name) {
	case "table-row":
		return r.startLine(s)
	case "table-cell", "covered-table-cell":
		return r.startCell(s)
	case "annotation", "shapes", "frame":
		r.silent++
	}
	if r.cell == nil || r.silent > 0 {
		return nil
	}
	switch string(s.name) {
	case "p":
		if r.cell.paragraphs++; r.cell.paragraphs > 1 {
			r.cell.add("\n", "")
		}
		r.inP = true
	case "span":
		name, _ := s.attr("style-name")
		r.cell.fonts = append(r.cell.fonts, r.font("text", name))
	case "s":
		r.cell.add(strings.Repeat(" ", min(max(s.number("c"), 1), 1000)), "")
	case "tab":
		r.cell.add("\t", "")
	case "line-break":
		r.cell.add("\n", "")
	}
	return nil
}

func (r *odsReader) end(s *xmlScanner) error {
	switch string(s.name) {
	case "table-row":
		return r.endLine()
	case "table-cell", "covered-table-cell":
		r.endCell()
	case "annotation", "shapes", "frame":
		r.silent = max(0, r.silent-1)
	case "p":
		r.inP = r.silent > 0 && r.inP
	case "span":
		if r.cell != nil && r.silent == 0 && len(r.cell.fonts) > 0 {
			r.cell.fonts = r.cell.fonts[:len(r.cell.fonts)-1]
		}
	}
	return nil
}

func (r *odsReader) addText(text []byte) {
	if r.at != r.wanted || r.cell == nil || r.silent > 0 || !r.inP {
		return
	}
	font := ""
	for _, f := range r.cell.fonts {
		if f != "" {
			font = f
		}
	}
	r.cell.add(string(text), font)
}

func (c *odsCell) add(s, font string) {
	c.text = append(c.text, s...)
	c.runs = append(c.runs, Run{s, font})
}

func (r *odsReader) startLine(s *xmlScanner) error {
	r.line++
	r.col = 0
	r.again = max(s.number("number-rows-repeated"), 1)
	visibility, _ := s.attr("visibility")
	r.hidden = visibility == "collapse" || visibility == "filter"
	r.usual, _ = s.attr("default-cell-style-name")
	r.waiting = r.waiting[:0]
	if r.line%4096 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return nil
}

func (r *odsReader) startCell(s *xmlScanner) error {
	if r.line == 0 {
		return errReference
	}
	style, ok := s.attr("style-name")
	if !ok {
		style = r.usual
	}
	c := &odsCell{Cell: Cell{Col: r.col, style: r.styleNumber(style)}, again: max(s.number("number-columns-repeated"), 1)}
	kind, _ := s.attr("value-type")
	switch kind {
	case "float", "currency", "percentage":
		c.Kind = Number
		c.value, _ = s.attr("value")
	case "date":
		c.Kind = Date
		c.value, _ = s.attr("date-value")
	case "boolean":
		c.Kind = Bool
		c.value = "0"
		if s.flag("boolean-value") {
			c.value = "1"
		}
	}
	across, down := s.number("number-columns-spanned"), s.number("number-rows-spanned")
	if (across > 1 || down > 1) && len(r.grid.Merged) < maxMerged {
		r.grid.Merged = append(r.grid.Merged, Area{r.line, r.col, r.line + max(down, 1) - 1, r.col + max(across, 1) - 1})
	}
	r.col += c.again
	r.cell, r.inP = c, false
	return nil
}

// endCell keeps the cell, for its row, when it says something.
func (r *odsReader) endCell() {
	c := r.cell
	r.cell = nil
	if c == nil {
		return
	}
	if c.value != "" {
		c.text, c.runs = []byte(c.value), nil
	} else {
		c.Kind = Text
	}
	if len(c.text) > 0 {
		r.waiting = append(r.waiting, *c)
	}
}

// endLine keeps the row as often as it is repeated. A repetition that would go
// on to the end of the sheet is a format, not a list.
func (r *odsReader) endLine() error {
	first := r.line
	r.line += r.again - 1
	if len(r.waiting) == 0 {
		return nil
	}
	for line := first; line <= r.line; line++ {
		if err := r.startRow(line, r.hidden); err != nil {
			return err
		}
		for i := range r.waiting {
			if err := r.keep(line, &r.waiting[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *odsReader) keep(line int, c *odsCell) error {
	own := r.list[c.style].Font
	if runs := withFont(c.runs, own); c.Kind == Text && otherThan(own, runs) {
		r.grid.runs[place{line, c.Col}] = runs
	}
	for k := range c.again {
		cell := c.Cell
		cell.Col += k
		if err := r.addBytes(cell, c.text); err != nil {
			return err
		}
	}
	return nil
}

// withFont names the cell's own font where a stretch names none.
func withFont(runs []Run, font string) []Run {
	out := make([]Run, len(runs))
	for i, run := range runs {
		if run.Font == "" {
			run.Font = font
		}
		out[i] = run
	}
	return out
}
