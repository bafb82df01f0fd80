package intake

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// value is the text of a cell and every step that made it what it is.
type value struct {
	text    string
	kind    sheet.Kind
	charset viet.Charset // it was decoded from
	steps   []record.Repair
}

// become changes the text by a rule.
func (v *value) become(after, rule string) {
	if after != v.text {
		v.steps = append(v.steps, record.Repair{Before: v.text, After: after, Rule: rule})
		v.text = after
	}
}

// failed reports a cell that held nothing but a spreadsheet's error.
func (v value) failed() bool {
	return v.text == "" && len(v.steps) > 0 && v.steps[0].Rule == "cell-error"
}

// isError recognises what spreadsheets show where a formula fails.
func isError(s string) bool {
	if s[0] != '#' && !strings.HasPrefix(s, "Err:") {
		return false
	}
	switch strings.TrimSpace(s) {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!":
		return true
	}
	return strings.HasPrefix(s, "Err:") && len(s) == len("Err:502")
}

// raw is the text before any step.
func (v value) raw() string {
	if len(v.steps) > 0 {
		return v.steps[0].Before
	}
	return v.text
}

// tidy brings a text into the form in which all text is kept.
func (v *value) tidy() {
	if isTidy(v.text) {
		return
	}
	v.become(viet.NFC(v.text), "nfc")
	v.become(squeeze(v.text), "spaces")
}

// isTidy sees quickly that a text is in normal form C and has one space between
// words: almost every cell is. It may miss some that are.
func isTidy(s string) bool {
	blank := true // at the beginning, or after a blank
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			continue
		case c < ' ':
			return false
		case c < 0x80, 0xC3 <= c && c <= 0xC6: // up to U+01BF
		case c == 0xE1 && i+1 < len(s) && 0xB8 <= s[i+1] && s[i+1] <= 0xBB: // U+1E00 to U+1EFF
		case c < 0xC0: // inside a letter
		default:
			return false
		}
		blank = false
	}
	return !blank || s == ""
}

// squeeze leaves one space between words and nothing invisible.
func squeeze(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// words is the search key with everything but letters and digits as one space.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(viet.Key(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7F)
	}), " ")
}

// hasWords reports whether whole words stand one after the other in a key.
func hasWords(key, want string) bool {
	for from := 0; ; {
		i := strings.Index(key[from:], want)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(want)
		if (i == 0 || key[i-1] == ' ') && (end == len(key) || key[end] == ' ') {
			return true
		}
		from = i + 1
	}
}

// isTick recognises what people put under a column to say yes: also the letters
// that show as a tick in the fonts of signs.
func isTick(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "x", "v", "1", "1.0", "+", "*", "•", "●", "✓", "✔", "✗", "✘", "☑", "☒", "√", "ü", "þ", "×", "có", "true":
		return true
	}
	return false
}

// isDitto recognises the marks for "as above".
func isDitto(s string) bool {
	if len(s) > len("-nhưtrên-")+8 {
		return false
	}
	bare := strings.Trim(strings.ToLower(strings.TrimSpace(s)), "-–—. ")
	switch bare {
	case `"`, `""`, `''`, "“", "”", "“”", "„", "〃", "//", "///", "/ /", `\\`, "nt", "n.t", "n t", "như trên", "nhu tren", "-//-":
		return true
	}
	return false
}
