package docx

import (
	"sophobien/internal/report"
	"sophobien/internal/report/narrative"
)

// Narrative is the report of a period as the bytes of a .docx file.
func Narrative(y report.Yearly) ([]byte, error) {
	d, err := narrative.Of(y)
	if err != nil {
		return nil, err
	}
	var p part
	p.WriteString(xmlHead + `<w:document` + spaces + `><w:body>`)
	for i, s := range d.Sections {
		for _, b := range s.Blocks {
			p.block(b)
		}
		p.paper(s.Wide, i > 0, i == len(d.Sections)-1)
	}
	p.WriteString(`</w:body></w:document>`)
	return pack(p.Bytes(), d)
}
