package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"sophobien/internal/report"
	"sophobien/internal/report/docx"
)

// node is an element of a part, with its text and what is in it.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of a name, wherever they lie, in their order.
func (n node) all(name string) []node {
	var out []node
	for _, k := range n.Kids {
		if k.XMLName.Local == name {
			out = append(out, k)
		}
		out = append(out, k.all(name)...)
	}
	return out
}

// one is the first of them, or an empty one.
func (n node) one(path ...string) node {
	for _, name := range path {
		found := n.all(name)
		if len(found) == 0 {
			return node{}
		}
		n = found[0]
	}
	return n
}

func (n node) val(path ...string) string { return n.one(path...).attr("val") }

func (n node) text() string {
	var b strings.Builder
	for _, t := range n.all("t") {
		b.WriteString(t.Text)
	}
	return b.String()
}

// paragraph is the first whose text begins so.
func (n node) paragraph(t *testing.T, begins string) node {
	t.Helper()
	for _, p := range n.all("p") {
		if strings.HasPrefix(p.text(), begins) {
			return p
		}
	}
	t.Fatalf("no paragraph begins %q", begins)
	return node{}
}

func write(t testing.TB, y report.Yearly) []byte {
	t.Helper()
	b, err := docx.Narrative(y)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parts reads every part of a file, each well formed.
func parts(t *testing.T, file []byte) map[string]node {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]node{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		var n node
		if err := xml.Unmarshal(text, &n); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = n
	}
	return out
}

func document(t *testing.T, y report.Yearly) node {
	t.Helper()
	return parts(t, write(t, y))["word/document.xml"]
}
