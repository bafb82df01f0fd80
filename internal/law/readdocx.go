package law

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"sophobien/internal/viet"
)

const documentPart = "word/document.xml"

// readDocument reads the text of a .docx. Numbers that Word makes itself are not in the
// text; that is a flaw, since clauses cannot be told apart without them.
func readDocument(name string, data []byte) (Source, error) {
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return Source{}, refusePassword(name)
	}
	return openDocument(name, data, maxExpanded)
}

// openDocument reads a .docx; limit bounds its main part once unpacked.
func openDocument(name string, data []byte, limit int64) (Source, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Source{}, refuseNoDocument(name).Because(err)
	}
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), documentPart) {
			return readPart(name, f, limit)
		}
	}
	return Source{}, refuseNoDocument(name)
}

func readPart(name string, f *zip.File, limit int64) (Source, error) {
	if f.Flags&1 != 0 {
		return Source{}, refusePassword(name)
	}
	part, err := f.Open()
	if err != nil {
		return Source{}, refuseDamaged(name, err)
	}
	defer part.Close()
	d := document{bounded: &bounded{r: part, left: limit}}
	if err := d.read(); errors.Is(err, errBeyond) || d.out.full() {
		return Source{}, refuseBig(name)
	} else if err != nil {
		return Source{}, refuseDamaged(name, err)
	}
	s := Source{Lines: d.out.finish()}
	if d.numbered > 0 {
		s.Flaws.add(0, "", false, fmt.Sprintf("có %d đoạn do Word tự đánh số; các số này không nằm trong văn bản. Hãy chuyển thành số gõ tay.", d.numbered),
			fmt.Sprintf("Word numbers %d paragraphs itself; those numbers are not in the text. Turn them into typed ones.", d.numbered))
	}
	return s, nil
}

var errBeyond = errors.New("unpacks beyond the bound")

// bounded fails once more than a bound was read.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errBeyond
	}
	return n, err
}

// document walks over the main part of a .docx.
type document struct {
	bounded  *bounded
	out      collector
	font     string // of the current run
	deep     int
	skipped  int // depth at which a part that is not shown begins, 0 for none
	run      int // open runs
	reading  bool
	numbered int
}

func (d *document) read() error {
	x := xml.NewDecoder(d.bounded)
	for root := true; ; {
		token, err := x.Token()
		switch {
		case err == io.EOF && !root:
			return nil
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if root && t.Name.Local != "document" {
				return fmt.Errorf("begins with %q", t.Name.Local)
			}
			root = false
			d.deep++
			d.start(t)
		case xml.EndElement:
			d.end(t.Name.Local)
			d.deep--
		case xml.CharData:
			if d.reading && d.skipped == 0 {
				d.letters(string(t))
			}
		case xml.Directive:
			return errors.New("a document type")
		}
		if d.out.full() {
			return nil
		}
	}
}

// letters takes text in the font of its run: an old font shows other letters than the
// file holds.
func (d *document) letters(s string) {
	if c, _ := viet.CharsetOfFont(d.font); c != viet.Unicode {
		s = viet.DecodeFont(s, d.font)
	}
	d.out.text(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s))
}

func (d *document) start(t xml.StartElement) {
	if d.skipped > 0 {
		return
	}
	switch t.Name.Local {
	case "del", "moveFrom", "Fallback", "instrText", "delText", "rubyPr", "rt":
		d.skipped = d.deep
	case "p":
		d.out.breakLine()
	case "numPr":
		d.numbered++
	case "r":
		d.run, d.font = d.run+1, ""
	case "rFonts":
		if d.run > 0 {
			d.font = attr(t, "ascii")
		}
	case "t":
		d.reading = true
	case "tab":
		if d.run > 0 {
			d.out.text("\t")
		}
	case "br", "cr":
		d.out.breakLine()
	case "noBreakHyphen":
		d.out.text("-")
	case "tbl":
		d.out.beginTable()
	case "tr":
		d.out.beginRow()
	case "tc":
		d.out.beginCell()
	}
}

func (d *document) end(name string) {
	if d.skipped > 0 {
		if d.deep == d.skipped {
			d.skipped = 0
		}
		return
	}
	switch name {
	case "p":
		d.out.breakLine()
	case "r":
		d.run = max(0, d.run-1)
	case "t":
		d.reading = false
	case "tbl":
		d.out.endTable()
	case "tr":
		d.out.endRow()
	case "tc":
		d.out.endCell()
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
