package pdf

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// letters are all of the Vietnamese alphabet with every tone, and what stands between
// words in office papers.
func letters() string {
	var b strings.Builder
	for _, vowel := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			b.WriteString(norm.NFC.String(string(vowel) + tone))
		}
	}
	for r := '!'; r <= '~'; r++ {
		b.WriteRune(r)
	}
	return b.String() + "đĐ–—“”‘’…•§°±×½²³€₫≥≤→□"
}

func TestEveryFaceHasEveryLetter(t *testing.T) {
	if n := strings.Count(norm.NFD.String(letters()), "\u0323"); n != 24 {
		t.Fatalf("%d vowels with a dot below", n)
	}
	for key := range files {
		f, err := loadFace(key)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range letters() {
			if !f.has(r) || f.advance(r) == 0 {
				t.Errorf("%q: no letter %c", key, r)
			}
		}
		if got := clean(norm.NFD.String(letters()), f); got != letters() {
			t.Errorf("%q: cleaned to %q", key, got)
		}
	}
}

// TestFacesAreAsWideAsTimesNewRoman holds the widths of that type, in thousandths.
func TestFacesAreAsWideAsTimesNewRoman(t *testing.T) {
	f, err := loadFace("")
	if err != nil {
		t.Fatal(err)
	}
	for r, want := range map[rune]int{'a': 444, 'm': 778, 'i': 278, 'N': 722, '0': 500, ' ': 250, 'đ': 500} {
		if got := int(f.advance(r)*1000 + 0.5); got != want {
			t.Errorf("%c: %d, want %d", r, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	f, err := loadFace("")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, want string }{
		{"decomposed, marks in either order", "Vie\u0323\u0302t Vie\u0302\u0323t", "Việt Việt"},
		{"tone marks of old keyboards", "a\u0341", "á"},
		{"line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"what is not seen", "a\u200bb\ufeffc\u00add\x00e", "abcde"},
		{"spaces", "a\tb\u2003c\u00a0d", "a b c\u00a0d"},
		{"no such letter", "a😀b漢", "a□b□"},
		{"broken bytes", "a\xffb", "a□b"},
	} {
		if got := clean(c.in, f); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	p := newPage(false, about{})
	st := style{size: 12}
	for _, c := range []struct {
		name, text    string
		width, indent float64
	}{
		{"words", strings.Repeat("Ủy ban nhân dân xã Đăk Hà ", 20), 40, 0},
		{"indent", strings.Repeat("Ủy ban nhân dân xã Đăk Hà ", 20), 60, 12.7},
		{"a word too long", "Krông" + strings.Repeat("Ănơlâng", 30) + " Pắk", 30, 5},
		{"narrower than a letter", "mmm mm", 1, 0},
		{"no room at all", "ba bốn", 5, 10},
		{"held spaces", "ông A\u00a0Blan ông A\u00a0Blan", 12, 0},
	} {
		lines := p.wrap(c.text, st, c.width, c.indent)
		if got, want := letterless(strings.Join(lines, "")), letterless(c.text); got != want {
			t.Errorf("%s: the text became %q", c.name, got)
		}
		for i, l := range lines {
			room := c.width
			if i == 0 {
				room -= c.indent
			}
			if len([]rune(l)) > 1 && p.width(l, st) > room+0.001 {
				t.Errorf("%s: line %d %q is %.1f wide", c.name, i, l, p.width(l, st))
			}
		}
	}
	if lines := p.wrap(" \n ", st, 40, 0); len(lines) != 0 {
		t.Errorf("blanks have lines: %q", lines)
	}
}

func letterless(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestNamesStayWhole(t *testing.T) {
	p := newPage(false, about{})
	lines, st := p.oneLine("Nguyễn Thị Phượng Uyển", style{size: 12}, 42, 11)
	if len(lines) != 1 || st.size < 11 || st.size >= 12 {
		t.Errorf("%q at %.1f", lines, st.size)
	}
	lines, st = p.oneLine("Nguyễn Phúc Hoàng Thiên Bảo Ngọc Quỳnh Như", style{size: 12}, 46, 11)
	if len(lines) != 2 || st.size != 11 {
		t.Errorf("%q at %.1f", lines, st.size)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1.000", 1250000: "1.250.000", -123: "-123", -1234: "-1.234"} {
		if got := number(n); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}
