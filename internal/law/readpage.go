package law

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// maxTag bounds one tag or text of a page.
const maxTag = 8 << 20

// readPage reads the text of a page of HTML: nothing that runs, nothing that only looks.
func readPage(name string, data []byte) (Source, error) {
	if what := foreign(data); what != nil {
		return Source{}, what.refuse(name)
	}
	text, err := pageText(data)
	if err != nil {
		return Source{}, refuseLetters(name).Because(err)
	}
	if !strings.Contains(text, "<") {
		return Source{}, refuseNoPage(name)
	}
	var p page
	if err := p.read(text); err != nil {
		return Source{}, refuseDamaged(name, err)
	}
	if p.out.full() {
		return Source{}, refuseBig(name)
	}
	s := Source{Lines: p.out.finish()}
	if len(s.Lines) == 0 && p.scripts > 0 {
		return Source{}, refuseScript(name)
	}
	return s, nil
}

func pageText(data []byte) (string, error) {
	if text, ok := Decode(data); ok {
		return text, nil
	}
	e, _, _ := charset.DetermineEncoding(data[:min(len(data), 4096)], "")
	text, err := e.NewDecoder().Bytes(data)
	return string(text), err
}

type page struct {
	out     collector
	mute    atom.Atom // the element that is open and whose text is not shown
	depth   int       // of elements of its name
	pre     int
	scripts int
}

func (p *page) read(text string) error {
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxTag)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if z.Err() == io.EOF {
				return nil
			}
			return z.Err()
		case html.TextToken:
			if p.mute == 0 {
				p.text(html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, _ := z.TagName()
			p.start(atom.Lookup(bytes.ToLower(tag)), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			tag, _ := z.TagName()
			p.end(atom.Lookup(bytes.ToLower(tag)))
		}
		if p.out.full() {
			return nil
		}
	}
}

func (p *page) text(s string) {
	if p.pre > 0 {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				p.out.breakLine()
			}
			p.out.text(l)
		}
		return
	}
	p.out.text(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' || r == '\f' {
			return ' '
		}
		return r
	}, s))
}

// mutes are the elements whose text is not for reading.
func mutes(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Title, atom.Iframe, atom.Noframes, atom.Noembed,
		atom.Object, atom.Svg, atom.Math, atom.Textarea, atom.Select, atom.Button, atom.Audio, atom.Video, atom.Canvas, atom.Datalist:
		return true
	}
	return false
}

func breaks(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt,
		atom.Dd, atom.Blockquote, atom.Pre, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Aside, atom.Center,
		atom.Form, atom.Fieldset, atom.Caption, atom.Address, atom.Figure, atom.Figcaption, atom.Body:
		return true
	}
	return false
}

func (p *page) start(a atom.Atom, closed bool) {
	switch {
	case p.mute != 0:
		if a == p.mute && !closed {
			p.depth++
		}
	case mutes(a):
		if a == atom.Script {
			p.scripts++
		}
		if !closed || a == atom.Script || a == atom.Style { // HTML knows no <script/>
			p.mute, p.depth = a, 1
		}
	case a == atom.Table:
		p.out.beginTable()
	case a == atom.Tr:
		p.out.beginRow()
	case a == atom.Td || a == atom.Th:
		p.out.beginCell()
	case breaks(a):
		if a == atom.Pre && !closed {
			p.pre++
		}
		p.out.breakLine()
	}
}

func (p *page) end(a atom.Atom) {
	switch {
	case p.mute != 0:
		if a == p.mute {
			if p.depth--; p.depth == 0 {
				p.mute = 0
			}
		}
	case a == atom.Table:
		p.out.endTable()
	case a == atom.Tr:
		p.out.endRow()
	case a == atom.Td || a == atom.Th:
		p.out.endCell()
	case breaks(a):
		if a == atom.Pre {
			p.pre = max(0, p.pre-1)
		}
		p.out.breakLine()
	}
}
