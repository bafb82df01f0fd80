package docx

import (
	"archive/zip"
	"bytes"
	"time"

	"sophobien/internal/report/narrative"
)

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	spaces    = ` xmlns:w="` + wordSpace + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"`
	documentPart = "word/document.xml"
)

// pack writes the parts into a file, in a fixed order and with a fixed time.
func pack(document []byte, d narrative.Document) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range []struct {
		name string
		text []byte
	}{
		{"[Content_Types].xml", []byte(contentTypes)},
		{"_rels/.rels", []byte(rels)},
		{documentPart, document},
		{"word/_rels/document.xml.rels", []byte(documentRels)},
		{"word/styles.xml", []byte(styles())},
		{"word/settings.xml", []byte(settings)},
		{"word/fontTable.xml", []byte(fontTable)},
		{"word/headerNumber.xml", []byte(headerNumber)},
		{"word/headerBare.xml", []byte(headerBare)},
		{"docProps/core.xml", []byte(core(d))},
		{"docProps/app.xml", []byte(app)},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: fixedTime})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.text); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var fixedTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// core is what a file manager shows of the document.
func core(d narrative.Document) string {
	var p part
	p.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	p.text(d.Title)
	p.WriteString(`</dc:title><dc:creator>`)
	p.text(d.Office)
	p.WriteString(`</dc:creator><cp:lastModifiedBy>`)
	p.text(d.Office)
	p.WriteString(`</cp:lastModifiedBy>`)
	if d.Day != "" && d.Day.Valid() {
		for _, what := range []string{"created", "modified"} {
			p.f(`<dcterms:%s xsi:type="dcterms:W3CDTF">%sT00:00:00Z</dcterms:%s>`, what, string(d.Day), what)
		}
	}
	p.WriteString(`<dc:language>vi-VN</dc:language></cp:coreProperties>`)
	return p.String()
}

const (
	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>` +
		`<Override PartName="/word/headerNumber.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/word/headerBare.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`

	relSpace = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	relHead  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

	rels = relHead +
		`<Relationship Id="rId1" Type="` + relSpace + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="rId3" Type="` + relSpace + `extended-properties" Target="docProps/app.xml"/></Relationships>`

	documentRels = relHead +
		`<Relationship Id="rIdStyles" Type="` + relSpace + `styles" Target="styles.xml"/>` +
		`<Relationship Id="rIdSettings" Type="` + relSpace + `settings" Target="settings.xml"/>` +
		`<Relationship Id="rIdFonts" Type="` + relSpace + `fontTable" Target="fontTable.xml"/>` +
		`<Relationship Id="rIdNumber" Type="` + relSpace + `header" Target="headerNumber.xml"/>` +
		`<Relationship Id="rIdBare" Type="` + relSpace + `header" Target="headerBare.xml"/></Relationships>`

	settings = xmlHead + `<w:settings` + spaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
		`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`

	// Where Times New Roman is missing, a face as wide as it takes its place.
	fontTable = xmlHead + `<w:fonts` + spaces + `><w:font w:name="` + family + `"><w:altName w:val="Liberation Serif"/>` +
		`<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

	headerNumber = xmlHead + `<w:hdr` + spaces + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` +
		`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE \* Arabic </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`

	headerBare = xmlHead + `<w:hdr` + spaces + `><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>`

	app = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Sổ Phổ Biến</Application></Properties>`
)
