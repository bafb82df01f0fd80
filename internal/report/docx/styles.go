package docx

import "sophobien/internal/report/narrative"

const family = "Times New Roman"

// Two styles are Word's own: of paragraphs that end sections or draw lines, of hardly any
// height, and of the number of the page.
var (
	end    = narrative.Style{ID: "End", Name: "End", Size: 1, Align: narrative.AlignLeft, Lines: 20}
	header = narrative.Style{ID: "Header", Name: "header", Size: 13, Align: narrative.AlignCentre, Lines: 240}
)

func styles() string {
	var p part
	p.f(xmlHead+`<w:styles%s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`+
		`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`+
		`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`+
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`+
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>`+
		`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`,
		spaces, family, family, family, family)
	for _, s := range narrative.Styles {
		p.style(s, "auto")
	}
	p.style(end, "exact")
	p.style(header, "auto")
	p.WriteString(`</w:styles>`)
	return p.String()
}

func (p *part) style(s narrative.Style, lineRule string) {
	p.f(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`, s.ID, s.Name)
	if s.Keep {
		p.WriteString(`<w:keepNext/>`)
	}
	p.f(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="%s"/>`, s.Before, s.After, s.Lines, lineRule)
	if s.First > 0 {
		p.f(`<w:ind w:firstLine="%d"/>`, s.First)
	}
	p.f(`<w:jc w:val="%s"/>`, s.Align)
	if s.Level > 0 {
		p.f(`<w:outlineLvl w:val="%d"/>`, s.Level-1)
	}
	p.WriteString(`</w:pPr><w:rPr>`)
	if s.Bold {
		p.WriteString(`<w:b/><w:bCs/>`)
	}
	if s.Italic {
		p.WriteString(`<w:i/><w:iCs/>`)
	}
	p.sized(s.Size)
	p.WriteString(`</w:rPr></w:style>`)
}
