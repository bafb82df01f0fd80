package proof

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
)

// Format is the form of a proof that this program writes.
const Format = 1

// Proof is what a file of a report said when it was signed.
type Proof struct {
	Format   int         `json:"sopb-proof"`
	Kind     string      `json:"kind"` // "workbook" or "document"
	Report   record.ID   `json:"report"`
	Revision int64       `json:"revision"`
	Snapshot string      `json:"snapshot"` // SHA-256, hex
	Office   string      `json:"office"`
	Subject  string      `json:"subject"`
	SignedOn record.Date `json:"signed_on"`
	Figures  []Figure    `json:"figures"` // by name
	Texts    []Text      `json:"texts"`   // in the order of the file
}

// Figure is a figure under its name in the file.
type Figure struct {
	Name  string       `json:"name"`
	Words record.Words `json:"words"`
	Value string       `json:"value"`
}

// Text is a cell of a workbook that is not empty, or a paragraph of a document.
type Text struct {
	At    string `json:"at,omitempty"` // "Theo tháng!C12"; "" in a document, where order is place
	Value string `json:"value"`
}

// Content is what a file says now: its figures by name, and its cells or paragraphs.
type Content struct {
	Figures map[string]string
	Texts   []Text
}

// Fault is one thing that is not as it was signed.
type Fault struct {
	Figure string       // its name; "" for a cell or paragraph
	Words  record.Words // what it is: the figure's words, the cell, the paragraph
	Signed string
	Found  string // "" when it is gone
}

// Compare names what of a file is not as it was signed: figures first, then the cells or
// paragraphs. Some programs drop names when they save: what stood under such a name is still
// held against its cell or paragraph.
func (p Proof) Compare(now Content) []Fault {
	var out []Fault
	for _, f := range p.Figures {
		if found, named := now.Figures[f.Name]; named && !same(f.Value, found) {
			out = append(out, Fault{Figure: f.Name, Words: f.Words, Signed: f.Value, Found: found})
		}
	}
	if p.Kind == "document" {
		return append(out, paragraphs(p.Texts, now.Texts)...)
	}
	return append(out, cells(p.Texts, now.Texts)...)
}

// same tells whether two values say the same: the same text, or the same number however
// many digits it is written with.
func same(a, b string) bool {
	a, b = strings.TrimSpace(norm.NFC.String(a)), strings.TrimSpace(norm.NFC.String(b))
	if a == b {
		return true
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err1 == nil && err2 == nil && math.Abs(x-y) <= 1e-12*math.Max(math.Abs(x), math.Abs(y))
}

func cells(signed, now []Text) []Fault {
	found := make(map[string]string, len(now))
	for _, t := range now {
		found[t.At] = t.Value
	}
	var out []Fault
	had := make(map[string]bool, len(signed))
	for _, t := range signed {
		had[t.At] = true
		if v := found[t.At]; !same(t.Value, v) {
			out = append(out, Fault{Words: cellWords(t.At), Signed: t.Value, Found: v})
		}
	}
	for _, t := range now {
		if !had[t.At] && strings.TrimSpace(t.Value) != "" {
			out = append(out, Fault{Words: cellWords(t.At), Found: t.Value})
		}
	}
	return out
}

func cellWords(at string) record.Words {
	sheet, cell := at, ""
	if i := strings.LastIndexByte(at, '!'); i >= 0 {
		sheet, cell = at[:i], at[i+1:]
	}
	return record.Words{VI: "Trang “" + sheet + "”, ô " + cell, EN: "Sheet “" + sheet + "”, cell " + cell}
}

// paragraphs lines up two texts: what is the same at both ends stays, and between them a
// paragraph that is not in the other is a fault.
func paragraphs(signed, now []Text) []Fault {
	for len(signed) > 0 && len(now) > 0 && same(signed[0].Value, now[0].Value) {
		signed, now = signed[1:], now[1:]
	}
	for len(signed) > 0 && len(now) > 0 && same(signed[len(signed)-1].Value, now[len(now)-1].Value) {
		signed, now = signed[:len(signed)-1], now[:len(now)-1]
	}
	gone, came := without(signed, now), without(now, signed)
	words := record.Words{VI: "Đoạn văn", EN: "Paragraph"}
	if len(gone)+len(came) == 0 && len(signed) > 0 {
		return []Fault{{Words: record.Words{VI: "Thứ tự các đoạn văn", EN: "The order of paragraphs"}, Signed: signed[0].Value, Found: now[0].Value}}
	}
	var out []Fault
	for i, t := range gone {
		f := Fault{Words: words, Signed: t.Value}
		if len(gone) == len(came) {
			f.Found = came[i].Value
		}
		out = append(out, f)
	}
	if len(gone) != len(came) {
		for _, t := range came {
			out = append(out, Fault{Words: words, Found: t.Value})
		}
	}
	return out
}

// without are the texts of a that b does not have as often; empty ones are left out.
func without(a, b []Text) []Text {
	left := map[string]int{}
	for _, t := range b {
		left[plain(t.Value)]++
	}
	var out []Text
	for _, t := range a {
		v := plain(t.Value)
		if left[v] > 0 {
			left[v]--
		} else if v != "" {
			out = append(out, t)
		}
	}
	return out
}

func plain(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }
