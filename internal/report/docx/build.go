package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"sophobien/internal/report/narrative"
)

// part is an XML part while it is written. Content controls are numbered as they come.
type part struct {
	bytes.Buffer
	controls int
	marked   map[string]bool // bookmarks that stand, in small letters
}

// mark opens a bookmark of a name, if it is the first and Word takes it.
func (p *part) mark(name string) bool {
	const longest = 40
	key := strings.ToLower(name)
	if len(name) > longest || p.marked[key] {
		return false
	}
	if p.marked == nil {
		p.marked = map[string]bool{}
	}
	p.marked[key] = true
	p.f(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, p.controls, name)
	return true
}

func (p *part) f(format string, args ...any) { fmt.Fprintf(p, format, args...) }

func (p *part) text(s string) { xml.EscapeText(p, []byte(s)) } // a buffer takes all

// block writes what stands below one another.
func (p *part) block(b narrative.Block) {
	switch b := b.(type) {
	case narrative.Para:
		p.para(b)
	case narrative.Rule:
		p.rule(b)
	case narrative.Gap:
		p.gap(b)
	case narrative.Dotted:
		p.dotted()
	case narrative.Table:
		p.table(b)
	}
}

// set is how the runs of a paragraph differ from its style; size is in points, 0 is the
// style's.
type set struct {
	bold, italic bool
	size         int
}

// run writes a stretch of text. With a name it is a content control of that tag, and the
// first of a tag a bookmark too: some programs drop tags when they save.
func (p *part) run(r narrative.Run, s set) {
	if r.Name == "" {
		p.bare(r.Text, s)
		return
	}
	tag := Tag(r.Name)
	p.controls++
	marked := p.mark(tag)
	p.f(`<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/><w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>`,
		tag, tag, p.controls)
	p.bare(r.Text, s)
	p.WriteString(`</w:sdtContent></w:sdt>`)
	if marked {
		p.f(`<w:bookmarkEnd w:id="%d"/>`, p.controls)
	}
}

func (p *part) bare(text string, s set) {
	p.WriteString(`<w:r>`)
	if s != (set{}) {
		p.WriteString(`<w:rPr>`)
		if s.bold {
			p.WriteString(`<w:b/><w:bCs/>`)
		}
		if s.italic {
			p.WriteString(`<w:i/><w:iCs/>`)
		}
		if s.size > 0 {
			p.sized(s.size)
		}
		p.WriteString(`</w:rPr>`)
	}
	p.WriteString(`<w:t xml:space="preserve">`)
	p.text(text)
	p.WriteString(`</w:t></w:r>`)
}

// sized writes a size, which Word counts in half points.
func (p *part) sized(points int) {
	p.f(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, 2*points, 2*points)
}

// begin opens a paragraph and its properties.
func (p *part) begin(style narrative.StyleName, keep bool) {
	p.f(`<w:p><w:pPr><w:pStyle w:val="%s"/>`, style)
	if keep {
		p.WriteString(`<w:keepNext/>`)
	}
}

func (p *part) para(q narrative.Para) {
	p.begin(q.Style, q.Keep)
	if q.Before > 0 {
		p.f(`<w:spacing w:before="%d"/>`, q.Before)
	}
	if q.Left > 0 || q.Hanging > 0 {
		p.f(`<w:ind w:left="%d" w:right="0" `, q.Left)
		if q.Hanging > 0 {
			p.f(`w:hanging="%d"/>`, q.Hanging)
		} else {
			p.WriteString(`w:firstLine="0"/>`)
		}
	}
	if q.Align != "" {
		p.f(`<w:jc w:val="%s"/>`, q.Align)
	}
	if q.Size > 0 {
		p.WriteString(`<w:rPr>`)
		p.sized(q.Size)
		p.WriteString(`</w:rPr>`)
	}
	p.WriteString(`</w:pPr>`)
	for _, r := range q.Runs {
		p.run(r, set{q.Bold, q.Italic, q.Size})
	}
	p.WriteString(`</w:p>`)
}

// rule writes a line above an empty paragraph of hardly any height.
func (p *part) rule(r narrative.Rule) {
	p.begin(end.ID, false)
	p.f(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>`+
		`<w:spacing w:before="%d" w:after="0" w:line="40" w:lineRule="exact"/>`, r.Before)
	if r.Inset > 0 {
		p.f(`<w:ind w:left="%d" w:right="%d" w:firstLine="0"/>`, r.Inset, r.Inset)
	}
	p.WriteString(`</w:pPr></w:p>`)
}

func (p *part) gap(g narrative.Gap) {
	p.begin(end.ID, g.Keep)
	p.f(`<w:spacing w:before="%d"/></w:pPr></w:p>`, g.Height)
}

// dotted writes dots up to a stop at the margin.
func (p *part) dotted() {
	p.begin(narrative.BodyText, false)
	p.f(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs></w:pPr><w:r><w:tab/></w:r></w:p>`, narrative.TextWidth)
}

func (p *part) table(t narrative.Table) {
	all := 0
	for _, w := range t.Widths {
		all += w
	}
	p.f(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, all)
	if t.Framed {
		p.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			p.f(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
		}
		p.WriteString(`</w:tblBorders>`)
	}
	margin := 0
	if t.Framed {
		margin = narrative.CellMargin
	}
	p.f(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, margin, margin)
	for _, w := range t.Widths {
		p.f(`<w:gridCol w:w="%d"/>`, w)
	}
	p.WriteString(`</w:tblGrid>`)
	for i, row := range t.Rows {
		p.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if t.Framed && i == 0 {
			p.WriteString(`<w:tblHeader/>`)
		}
		p.WriteString(`</w:trPr>`)
		for k, c := range row {
			p.cell(c, t.Widths[k], t.Framed)
		}
		p.WriteString(`</w:tr>`)
	}
	p.WriteString(`</w:tbl>`)
}

func (p *part) cell(c narrative.Cell, width int, framed bool) {
	p.f(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if framed {
		p.WriteString(`<w:vAlign w:val="center"/>`)
	}
	p.WriteString(`</w:tcPr>`)
	if len(c) == 0 {
		c = narrative.Cell{narrative.Para{Style: narrative.CellText, Runs: []narrative.Run{{}}}} // Word wants a paragraph
	}
	for _, b := range c {
		p.block(b)
	}
	p.WriteString(`</w:tc>`)
}

// paper ends a section with the paper it is printed on; counted are its pages from 1. All
// but the last stand in a paragraph, and the last needs one before it.
func (p *part) paper(wide, counted, last bool) {
	p.begin(end.ID, false)
	if last {
		p.WriteString(`</w:pPr><w:r><w:t xml:space="preserve"></w:t></w:r></w:p>`)
	}
	const short, long = narrative.PaperShort, narrative.PaperLong
	size := `w:w="` + strconv.Itoa(short) + `" w:h="` + strconv.Itoa(long) + `"`
	if wide {
		size = `w:w="` + strconv.Itoa(long) + `" w:h="` + strconv.Itoa(short) + `" w:orient="landscape"`
	}
	const edge = narrative.MarginTop / 2 // of the number
	p.f(`<w:sectPr><w:headerReference w:type="default" r:id="rIdNumber"/><w:headerReference w:type="first" r:id="rIdBare"/>`+
		`<w:type w:val="nextPage"/><w:pgSz %s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		size, narrative.MarginTop, narrative.MarginRight, narrative.MarginBottom, narrative.MarginLeft, edge, edge)
	if counted {
		p.WriteString(`<w:pgNumType w:fmt="decimal" w:start="1"/>`)
	} else {
		p.WriteString(`<w:pgNumType w:fmt="decimal"/>`)
	}
	p.WriteString(`<w:titlePg/></w:sectPr>`)
	if !last {
		p.WriteString(`</w:pPr></w:p>`)
	}
}
