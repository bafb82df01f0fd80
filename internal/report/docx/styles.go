package docx

const family = "Times New Roman"

// look is a paragraph style. Sizes are in points, lengths in twips.
type look struct {
	id, name     string
	size         int
	bold, italic bool
	align        string
	first        int // first line's indent
	before       int
	after        int
	lines        int // 240 is single
	exact        bool
	keep         bool
	level        int // in the outline, from 1; 0 is text
}

// looks are the styles of the document. The text is of size 14, justified, its first line 1,27
// cm in, 6 pt below each paragraph and 1,15 lines high.
var looks = []look{
	{id: "BodyText", name: "Body Text", size: 14, align: "both", first: indent, after: 120, lines: 276},
	{id: "Heading1", name: "heading 1", size: 14, bold: true, align: "both", first: indent, before: 120, after: 120, lines: 276, keep: true, level: 1},
	{id: "Heading2", name: "heading 2", size: 14, bold: true, align: "both", first: indent, after: 120, lines: 276, keep: true, level: 2},
	{id: "Head", name: "Letterhead", size: 12, align: "center", lines: 240},
	{id: "Title", name: "Title", size: 14, bold: true, align: "center", lines: 240, keep: true},
	{id: "To", name: "Recipient", size: 14, align: "left", after: 120, lines: 240},
	{id: "Sign", name: "Signature", size: 14, bold: true, align: "center", lines: 240},
	{id: "Copies", name: "Copies", size: 11, align: "left", lines: 240},
	{id: "AnnexTitle", name: "Annex Title", size: 14, bold: true, align: "center", lines: 240, keep: true, level: 1},
	{id: "AnnexNote", name: "Annex Note", size: 13, italic: true, align: "center", after: 120, lines: 240, keep: true},
	{id: "Cell", name: "Cell", size: 12, align: "left", before: 20, after: 20, lines: 240},
	{id: "End", name: "End", size: 1, align: "left", lines: 20, exact: true},
	{id: "Header", name: "header", size: 13, align: "center", lines: 240},
}

func styles() string {
	var p part
	p.f(xmlHead+`<w:styles%s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`+
		`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`+
		`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`+
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`+
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>`+
		`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
		spaces, family, family, family, family)
	for _, l := range looks {
		l.write(&p)
	}
	p.WriteString(`</w:styles>`)
	return p.String()
}

func (l look) write(p *part) {
	p.f(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`, l.id, l.name)
	if l.keep {
		p.WriteString(`<w:keepNext/>`)
	}
	lineRule := "auto"
	if l.exact {
		lineRule = "exact"
	}
	p.f(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="%s"/>`, l.before, l.after, l.lines, lineRule)
	if l.first > 0 {
		p.f(`<w:ind w:firstLine="%d"/>`, l.first)
	}
	p.f(`<w:jc w:val="%s"/>`, l.align)
	if l.level > 0 {
		p.f(`<w:outlineLvl w:val="%d"/>`, l.level-1)
	}
	p.WriteString(`</w:pPr><w:rPr>`)
	if l.bold {
		p.WriteString(`<w:b/><w:bCs/>`)
	}
	if l.italic {
		p.WriteString(`<w:i/><w:iCs/>`)
	}
	p.f(`<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>`, 2*l.size, 2*l.size)
}
