package sheet

import (
	"bytes"
	"context"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxTables bounds the tables that are read of one page.
const maxTables = 200

// readPage reads a web page, which many systems export under the name .xls. Every
// outermost table is a sheet; a table inside a cell is text of that cell.
func readPage(ctx context.Context, data []byte, o Options) (*Grid, error) {
	p := &pageReader{name: o.Name, styles: pageStyles{}}
	if err := p.read(ctx, pageText(data)); err != nil {
		return nil, err
	}
	if len(p.tables) == 0 {
		return nil, refuseOther(o.Name, "trang web không có bảng nào", "a web page without a table")
	}
	var refs []sheetRef
	for i, t := range p.tables {
		refs = append(refs, sheetRef{name: t.Sheet, at: i})
	}
	return choose(o, refs, func(ref sheetRef) (*Grid, error) { return p.tables[ref.at], nil })
}

// pageText goes by what the page says of its letters, and where it says nothing
// by what any text would be taken for.
func pageText(data []byte) string {
	declared := bytes.Contains(bytes.ToLower(data[:min(len(data), 1024)]), []byte("charset"))
	if enc, _, _ := charset.DetermineEncoding(data, ""); declared && enc != nil {
		if text, err := enc.NewDecoder().Bytes(data); err == nil {
			return strings.ToValidUTF8(strings.TrimPrefix(string(text), "\uFEFF"), "\uFFFD")
		}
	}
	text, _ := decodeText(data)
	return text
}

// pageReader collects the tables of a page while it walks over its tags. End tags
// that a page leaves out do not matter: what begins ends what cannot hold it.
type pageReader struct {
	name   string
	styles pageStyles
	tables []*Grid
	table  *pageTable // the outermost one that is open
	depth  int        // of tables
	mute   atom.Atom  // the element that is open and whose text is not shown
}

func (p *pageReader) read(ctx context.Context, text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	for n := 1; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var err error
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err()
			}
			return p.endTable()
		case html.TextToken:
			p.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if err = p.start(t); err == nil && kind == html.SelfClosingTagToken {
				err = p.end(t.DataAtom)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			err = p.end(atom.Lookup(name))
		}
		if err != nil {
			return err
		}
	}
}

func (p *pageReader) text(raw []byte) {
	switch {
	case p.mute == atom.Style:
		p.styles.addSheet(string(raw))
	case p.mute == 0 && p.table != nil:
		p.table.text(html.UnescapeString(string(raw)))
	}
}

func (p *pageReader) start(t html.Token) error {
	switch t.DataAtom {
	case atom.Style, atom.Script, atom.Title, atom.Template, atom.Noscript:
		p.mute = t.DataAtom
		return nil
	case atom.Table:
		if p.depth++; p.depth == 1 && len(p.tables) < maxTables {
			p.table = newPageTable(p.name, len(p.tables)+1, p.styles, t)
		}
		return nil
	}
	if p.table == nil {
		return nil
	}
	if p.depth > 1 {
		p.table.startInside(t.DataAtom)
		return nil
	}
	return p.table.start(t)
}

func (p *pageReader) end(name atom.Atom) error {
	switch {
	case name == p.mute:
		p.mute = 0
	case name == atom.Table:
		if p.depth = max(0, p.depth-1); p.depth == 0 {
			return p.endTable()
		}
	case p.table != nil && p.depth == 1:
		return p.table.end(name)
	}
	return nil
}

func (p *pageReader) endTable() error {
	if p.table == nil {
		return nil
	}
	g, err := p.table.finish()
	p.table = nil
	if err == nil {
		p.tables = append(p.tables, g)
	}
	return err
}
