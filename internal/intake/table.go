package intake

import (
	"slices"
	"sort"
	"strings"

	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// table is a grid whose cells can be asked for as decoded, tidy values.
type table struct {
	g        *sheet.Grid
	form     *form
	width    int
	charsets []viet.Charset          // by column, for cells whose font says nothing
	misread  viet.Charset            // of a sheet that somebody read as Windows-1258
	fonts    map[string]viet.Charset // what fonts say, lying ones nothing
	merged   map[int][]sheet.Area
	seen     labelsSeen
}

// sampled bounds how many rows decide about a column.
const sampled = 2000

func newTable(g *sheet.Grid, f *form) *table {
	t := &table{g: g, form: f, width: g.Width(), merged: map[int][]sheet.Area{}, fonts: map[string]viet.Charset{},
		seen: labelsSeen{map[int][]string{}, map[string]string{}}}
	for _, a := range g.Merged {
		for c := a.Col; c <= min(a.LastCol, t.width-1); c++ {
			t.merged[c] = append(t.merged[c], a)
		}
	}
	for _, areas := range t.merged {
		slices.SortFunc(areas, func(a, b sheet.Area) int { return a.Line - b.Line })
	}
	t.detectMisread()
	t.findLyingFonts()
	t.detectCharsets()
	return t
}

// detectMisread sees a legacy sheet whose bytes were read as Windows-1258: some
// of its letters became ă, đ, ơ, ư and marks of their own, which look like Unicode.
// So it is when the sheet has no letter that only Unicode has, its other cells are
// legacy text, and decoding makes Vietnamese of those that were none.
func (t *table) detectMisread() {
	var legacy, both []string
	for _, r := range t.g.Rows[:min(len(t.g.Rows), sampled)] {
		for _, c := range r.Cells {
			switch {
			case c.Kind != sheet.Text || isPlain(c.Text):
			case strings.ContainsFunc(c.Text, isOnlyUnicode):
				return
			case isUnicode(c.Text):
				both = append(both, c.Text)
			default:
				legacy = append(legacy, c.Text)
			}
		}
	}
	set, sure := viet.Detect(legacy...)
	if len(both) == 0 || set == viet.Unicode || set == viet.CP1258 || sure < 0.5 {
		return
	}
	good, all, decoded, decodedAll := 0, 0, 0, 0
	for _, text := range both {
		a, b := viet.Syllables(text)
		c, d := viet.Syllables(viet.Decode(text, set))
		good, all, decoded, decodedAll = good+a, all+b, decoded+c, decodedAll+d
	}
	if good*10 < all*7 && decoded*10 >= decodedAll*9 {
		t.misread = set
	}
}

// isOnlyUnicode reports a letter that no code page has.
func isOnlyUnicode(r rune) bool { return 0x1EA0 <= r && r <= 0x1EF9 }

// isLegacy reports a text that may be in a legacy character set.
func (t *table) isLegacy(s string) bool {
	return !isUnicode(s) || t.misread != viet.Unicode && !strings.ContainsFunc(s, isOnlyUnicode)
}

// findLyingFonts finds legacy fonts that Unicode text is set in.
func (t *table) findLyingFonts() {
	for _, r := range t.g.Rows[:min(len(t.g.Rows), sampled)] {
		for _, c := range r.Cells {
			if t.fontCharset(c) != viet.Unicode && !t.isLegacy(c.Text) {
				t.fonts[t.g.StyleOf(c).Font] = viet.Unicode
			}
		}
	}
}

// detectCharsets decides column by column how text without a telling font is
// stored. Text that is already Unicode never takes part, and is never decoded. A
// column with too little text follows the sheet.
func (t *table) detectCharsets() {
	texts := make([][]string, t.width)
	var all []string
	for _, r := range t.g.Rows[:min(len(t.g.Rows), sampled)] {
		for _, c := range r.Cells {
			if c.Kind == sheet.Text && !isUnicode(c.Text) && t.fontCharset(c) == viet.Unicode {
				texts[c.Col] = append(texts[c.Col], c.Text)
				all = append(all, c.Text)
			}
		}
	}
	whole, sure := viet.Detect(all...)
	t.charsets = make([]viet.Charset, t.width)
	for i := range texts {
		if t.misread != viet.Unicode {
			t.charsets[i] = t.misread
			continue
		}
		switch c, n := viet.Detect(texts[i]...); {
		case c != viet.Unicode && n >= 0.5:
			t.charsets[i] = c
		case whole != viet.Unicode && sure >= 0.5 && (c == whole || n < 0.5):
			t.charsets[i] = whole
		}
	}
}

// fontCharset trusts a font unless the sheet has Unicode text in it.
func (t *table) fontCharset(c sheet.Cell) viet.Charset { return t.charsetOf(t.g.StyleOf(c).Font) }

func (t *table) charsetOf(font string) viet.Charset {
	set, known := t.fonts[font]
	if !known {
		set, _ = viet.CharsetOfFont(font)
		t.fonts[font] = set
	}
	return set
}

// isUnicode reports a letter that no legacy text shows.
func isUnicode(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0xE1: // U+1EA0 to U+1EF9
			if i+2 < len(s) && (s[i+1] == 0xBA && s[i+2] >= 0xA0 || s[i+1] == 0xBB && s[i+2] <= 0xB9) {
				return true
			}
		case 0xC4: // ă, đ
			if i+1 < len(s) && (s[i+1] == 0x82 || s[i+1] == 0x83 || s[i+1] == 0x90 || s[i+1] == 0x91) {
				return true
			}
		case 0xC6: // ơ, ư
			if i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0xA1 || s[i+1] == 0xAF || s[i+1] == 0xB0) {
				return true
			}
		case 0xCC, 0xCD: // a mark of its own
			return strings.ContainsFunc(viet.NFC(s), isUnicodeLetter)
		}
	}
	return false
}

func isUnicodeLetter(r rune) bool {
	return 0x1EA0 <= r && r <= 0x1EF9 || strings.ContainsRune("ăĂđĐơƠưƯ", r)
}

// at is the value of a cell.
func (t *table) at(r sheet.Row, col int) value { return t.value(r.Line, r.At(col)) }

func (t *table) value(line int, c sheet.Cell) value {
	v := value{text: c.Text, kind: c.Kind}
	if c.Kind != sheet.Text || c.Text == "" {
		return v
	}
	if isError(c.Text) {
		v.become("", "cell-error")
		return v
	}
	if !isPlain(c.Text) || t.fontCharset(c) != viet.Unicode || t.g.RunsOf(line, c.Col) != nil {
		t.decode(&v, line, c)
	}
	v.tidy()
	return v
}

// isPlain reports a text of letters that are the same in every character set.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// rowValues are the values of a row by column; to is used again.
func (t *table) rowValues(r sheet.Row, to []value) []value {
	to = append(to[:0], make([]value, t.width)...)
	for _, c := range r.Cells {
		to[c.Col] = t.value(r.Line, c)
	}
	return to
}

// decode goes by the font first and by the column's text second; of a text in
// several fonts each stretch goes by its own.
func (t *table) decode(v *value, line int, c sheet.Cell) {
	font := t.g.StyleOf(c).Font
	after := ""
	runs := t.g.RunsOf(line, c.Col)
	switch {
	case runs != nil:
		for _, r := range runs {
			if r.Font == "" {
				r.Font = font
			}
			set := t.charsetOf(r.Font)
			if set == viet.Unicode || !t.isLegacy(r.Text) {
				after += r.Text
				continue
			}
			v.charset = set
			after += viet.DecodeFont(r.Text, r.Font)
		}
	case !t.isLegacy(v.text):
		return
	default:
		if v.charset = t.charsetOf(font); v.charset != viet.Unicode {
			after = viet.DecodeFont(v.text, font)
		} else if v.charset = t.charsets[c.Col]; v.charset != viet.Unicode {
			after = viet.Decode(v.text, v.charset)
		}
	}
	if v.charset != viet.Unicode {
		v.become(after, "charset-"+v.charset.String())
	}
}

// area is the merged area a place belongs to.
func (t *table) area(line, col int) (sheet.Area, bool) {
	areas := t.merged[col]
	i := sort.Search(len(areas), func(i int) bool { return areas[i].LastLine >= line })
	if i < len(areas) && areas[i].Line <= line {
		return areas[i], true
	}
	return sheet.Area{}, false
}

// charset names how the sheet's text was stored, for the proposal.
func (t *table) charset() string {
	if t.g.Charset == "cp1258" {
		return "cp1258"
	}
	for _, r := range t.g.Rows[:min(len(t.g.Rows), sampled)] {
		for _, c := range r.Cells {
			if v := t.value(r.Line, c); v.charset != viet.Unicode && v.text != c.Text {
				return v.charset.String()
			}
		}
	}
	return viet.Unicode.String()
}
