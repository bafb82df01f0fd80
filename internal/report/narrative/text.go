package narrative

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/report"
)

const lang = "vi"

// clean composes a text and takes out what is not seen or XML cannot hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r&0xFFFE == 0xFFFE:
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD")))
}

// paragraphsOf are the lines of a text that say something.
func paragraphsOf(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n").Replace(text)
	return filled(strings.Split(text, "\n"))
}

func filled(texts []string) []string {
	var out []string
	for _, t := range texts {
		if t = strings.TrimSpace(clean(t)); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// number writes a whole number with its dots.
func number(n int64) string { return report.Grouped(strconv.FormatInt(n, 10), lang) }

// percent writes a share, never broken over lines.
func percent(share float64) string { return strings.ReplaceAll(report.Percent(share), " ", "\u00a0") }

func share(part, whole int64) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func upper(s string) string { return strings.ToUpper(clean(s)) }
