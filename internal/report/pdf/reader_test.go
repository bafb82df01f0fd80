package pdf_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// piece is a text drawn at a place, in points from the lower left.
type piece struct {
	x, y float64
	text string
}

var (
	streams = regexp.MustCompile(`(?s)<<([^>]*)>>\nstream\n`)
	drawn   = regexp.MustCompile(`(?s)BT (-?[\d.]+) (-?[\d.]+) Td \(((?:\\.|[^\\()])*)\) Tj ET`)
	boxes   = regexp.MustCompile(`/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]`)
)

// pages reads back what stands on each page.
func pages(t testing.TB, b []byte) [][]piece {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("%%EOF")) {
		t.Fatal("not a whole PDF")
	}
	n := bytes.Count(b, []byte("/Type /Page\n"))
	var out [][]piece
	for _, at := range streams.FindAllSubmatchIndex(b, -1) {
		if len(out) == n {
			break // the fonts come after the pages
		}
		if strings.Contains(string(b[at[2]:at[3]]), "/Filter /FlateDecode") {
			out = append(out, pieces(t, b[at[1]:]))
		}
	}
	if len(out) != n {
		t.Fatalf("%d of %d pages could be read", len(out), n)
	}
	return out
}

func pieces(t testing.TB, b []byte) []piece {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	var out []piece
	for _, m := range drawn.FindAllSubmatch(content, -1) {
		x, _ := strconv.ParseFloat(string(m[1]), 64)
		y, _ := strconv.ParseFloat(string(m[2]), 64)
		out = append(out, piece{x, y, decoded(m[3])})
	}
	return out
}

// decoded undoes the escapes of a PDF string and its UTF-16.
func decoded(b []byte) string {
	var raw []byte
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) {
			i++
			if b[i] == 'r' {
				raw = append(raw, '\r')
				continue
			}
		}
		raw = append(raw, b[i])
	}
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// text is all that stands on a page, in the order it was drawn.
func text(page []piece) string {
	var words []string
	for _, p := range page {
		words = append(words, p.text)
	}
	return strings.Join(words, " ")
}

func whole(pages [][]piece) string {
	var all []string
	for _, p := range pages {
		all = append(all, text(p))
	}
	return strings.Join(all, " ")
}

// point is a millimetre in points.
const point = 72 / 25.4

// sheetsOf is the size of each page in millimetres.
func sheetsOf(t testing.TB, b []byte) [][2]int {
	t.Helper()
	standard := boxes.FindSubmatch(b[bytes.Index(b, []byte("/Type /Pages")):])
	var out [][2]int
	for _, object := range regexp.MustCompile(`(?s)/Type /Page\n.*?endobj`).FindAll(b, -1) {
		m := boxes.FindSubmatch(object)
		if m == nil {
			m = standard
		}
		w, err1 := strconv.ParseFloat(string(m[1]), 64)
		h, err2 := strconv.ParseFloat(string(m[2]), 64)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		out = append(out, [2]int{int(w/point + 0.5), int(h/point + 0.5)})
	}
	return out
}

// inside reports texts that stand outside the paper.
func inside(t testing.TB, b []byte) {
	t.Helper()
	sheets := sheetsOf(t, b)
	for n, page := range pages(t, b) {
		for _, p := range page {
			if p.x < 0 || p.x > float64(sheets[n][0])*point || p.y < 0 || p.y > float64(sheets[n][1])*point {
				t.Errorf("page %d: %q stands at %.0f, %.0f", n+1, p.text, p.x, p.y)
			}
		}
	}
}
