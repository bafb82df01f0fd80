package law

import (
	"regexp"
	"strings"

	"sophobien/internal/viet"
)

// number is how documents are numbered: 45/2019/QH14, 145/2020/NĐ-CP, 1400/QĐ-TTg,
// 18/VBHN-VPQH.
var number = regexp.MustCompile(`(?i)\b\d{1,5}[a-zđ]?(/\d{4})?/[a-zđð][a-zđð0-9]*([-–][a-zđð][a-zđð0-9]*)*`)

// FoldNumber is the id of the document of a number: 145/2020/NĐ-CP is 145-2020-nd-cp.
// What is no letter or digit of ASCII once folded parts words.
func FoldNumber(number string) string {
	var b strings.Builder
	gap := false
	for _, r := range viet.Key(number) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(r)
			gap = false
			continue
		}
		gap = true
	}
	return b.String()
}

// FindNumbers are the numbers of documents named in a text, as written, each once.
func FindNumbers(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range number.FindAllString(viet.NFC(text), -1) {
		if !seen[FoldNumber(n)] {
			seen[FoldNumber(n)] = true
			out = append(out, n)
		}
	}
	return out
}
