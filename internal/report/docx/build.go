package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

const twipsInPoint = 20

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

func (p *part) text(s string) { xml.EscapeText(p, []byte(clean(s))) } // a buffer takes all

// block is what stands below one another: a paragraph or a table.
type block interface{ write(*part) }

// run is a stretch of text set one way. With a tag it is a content control of that tag, and
// the first of a tag a bookmark too: some programs drop tags when they save.
type run struct {
	text         string
	tag          string
	bold, italic bool
	size         int  // in points; 0 is the paragraph's
	dots         bool // dots up to the next stop of the paragraph, in place of text
}

func (r run) write(p *part) {
	if r.tag == "" {
		r.bare(p)
		return
	}
	p.controls++
	marked := p.mark(Tag(r.tag))
	p.f(`<w:sdt><w:sdtPr><w:alias w:val="%s"/><w:tag w:val="%s"/><w:id w:val="%d"/><w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>`,
		Tag(r.tag), Tag(r.tag), p.controls)
	r.bare(p)
	p.WriteString(`</w:sdtContent></w:sdt>`)
	if marked {
		p.f(`<w:bookmarkEnd w:id="%d"/>`, p.controls)
	}
}

func (r run) bare(p *part) {
	p.WriteString(`<w:r>`)
	if r.bold || r.italic || r.size > 0 {
		p.WriteString(`<w:rPr>`)
		if r.bold {
			p.WriteString(`<w:b/><w:bCs/>`)
		}
		if r.italic {
			p.WriteString(`<w:i/><w:iCs/>`)
		}
		if r.size > 0 {
			p.f(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, 2*r.size, 2*r.size)
		}
		p.WriteString(`</w:rPr>`)
	}
	if r.dots {
		p.WriteString(`<w:tab/></w:r>`)
		return
	}
	p.WriteString(`<w:t xml:space="preserve">`)
	p.text(r.text)
	p.WriteString(`</w:t></w:r>`)
}

// phrase is a sentence while it is put together.
type phrase []run

// t adds words.
func (p phrase) t(text string) phrase { return append(p, run{text: text}) }

// n adds a number that carries its name.
func (p phrase) n(value int64, tag string) phrase {
	return append(p, run{text: number(value), tag: tag})
}

// v adds a text that carries a name.
func (p phrase) v(text, tag string) phrase { return append(p, run{text: text, tag: tag}) }

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

// para is a paragraph of a style of styles.xml, with what it has of its own. Lengths are
// in twips.
type para struct {
	style           string
	align           string // "center", "right"; "" is the style's
	before          int
	left, right     int
	hanging         int
	size            int // of the paragraph's mark and of what has no size of its own
	keep            bool
	line            bool // a line above an empty paragraph of hardly any height
	stop            int  // a stop with dots leading to it
	section         *section
	runs            []run
	bold, italicAll bool
}

func (q para) write(p *part) {
	p.f(`<w:p><w:pPr><w:pStyle w:val="%s"/>`, q.style)
	if q.keep {
		p.WriteString(`<w:keepNext/>`)
	}
	if q.line {
		p.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>`)
	}
	if q.stop > 0 {
		p.f(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs>`, q.stop)
	}
	if q.line {
		p.f(`<w:spacing w:before="%d" w:after="0" w:line="40" w:lineRule="exact"/>`, q.before)
	} else if q.before > 0 {
		p.f(`<w:spacing w:before="%d"/>`, q.before)
	}
	if q.left > 0 || q.right > 0 || q.hanging > 0 {
		p.f(`<w:ind w:left="%d" w:right="%d" `, q.left, q.right)
		if q.hanging > 0 {
			p.f(`w:hanging="%d"/>`, q.hanging)
		} else {
			p.WriteString(`w:firstLine="0"/>`)
		}
	}
	if q.align != "" {
		p.f(`<w:jc w:val="%s"/>`, q.align)
	}
	if q.size > 0 {
		p.f(`<w:rPr><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, 2*q.size, 2*q.size)
	}
	if q.section != nil {
		q.section.write(p)
	}
	p.WriteString(`</w:pPr>`)
	for _, r := range q.runs {
		r.bold, r.italic = r.bold || q.bold, r.italic || q.italicAll
		if r.size == 0 {
			r.size = q.size
		}
		r.write(p)
	}
	p.WriteString(`</w:p>`)
}

// line is a paragraph of one text.
func line(style, text string) para { return para{style: style, runs: phrase{}.t(text)} }

// cell is one place of a table.
type cell []block

// table has rows that are never broken over pages; the first head of them stand on top of
// every page.
type table struct {
	widths []int
	head   int
	framed bool
	rows   [][]cell
}

func (t table) write(p *part) {
	all := 0
	for _, w := range t.widths {
		all += w
	}
	p.f(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>`, all)
	if t.framed {
		p.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			p.f(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
		}
		p.WriteString(`</w:tblBorders>`)
	}
	margin := 0
	if t.framed {
		margin = 70
	}
	p.f(`<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, margin, margin)
	for _, w := range t.widths {
		p.f(`<w:gridCol w:w="%d"/>`, w)
	}
	p.WriteString(`</w:tblGrid>`)
	for i, row := range t.rows {
		p.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i < t.head {
			p.WriteString(`<w:tblHeader/>`)
		}
		p.WriteString(`</w:trPr>`)
		for k, c := range row {
			c.write(p, t.widths[k], t.framed)
		}
		p.WriteString(`</w:tr>`)
	}
	p.WriteString(`</w:tbl>`)
}

func (c cell) write(p *part, width int, framed bool) {
	p.f(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if framed {
		p.WriteString(`<w:vAlign w:val="center"/>`)
	}
	p.WriteString(`</w:tcPr>`)
	for _, b := range c {
		b.write(p)
	}
	if len(c) == 0 {
		line("Cell", "").write(p)
	}
	p.WriteString(`</w:tc>`)
}

// section is the paper of what stands before it.
type section struct {
	wide    bool
	numbers bool // its pages are counted from 1
}

// Decree 30: A4, margins of 20, 20, 30 and 15 mm, the number of the page in the top one.
const (
	short, long             = 11906, 16838
	top, bottom             = 1134, 1134
	marginLeft, marginRight = 1701, 851
	headerAt                = 567
	textWidth               = short - marginLeft - marginRight
	wideWidth               = long - marginLeft - marginRight
	indent                  = 720 // 1,27 cm
)

func (s section) write(p *part) {
	size := `w:w="` + strconv.Itoa(short) + `" w:h="` + strconv.Itoa(long) + `"`
	if s.wide {
		size = `w:w="` + strconv.Itoa(long) + `" w:h="` + strconv.Itoa(short) + `" w:orient="landscape"`
	}
	p.f(`<w:sectPr><w:headerReference w:type="default" r:id="rIdNumber"/><w:headerReference w:type="first" r:id="rIdBare"/>`+
		`<w:type w:val="nextPage"/><w:pgSz %s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		size, top, marginRight, bottom, marginLeft, headerAt, headerAt)
	if s.numbers {
		p.WriteString(`<w:pgNumType w:fmt="decimal" w:start="1"/>`)
	} else {
		p.WriteString(`<w:pgNumType w:fmt="decimal"/>`)
	}
	p.WriteString(`<w:titlePg/></w:sectPr>`)
}

// ends closes a section with a paragraph of hardly any height.
func ends(s section) para {
	return para{style: "End", section: &s}
}

// rule is a line of a length in the middle of a width.
func rule(width, length, before int) para {
	side := max(0, (width-length)/2)
	return para{style: "End", line: true, before: before, left: side, right: side}
}
