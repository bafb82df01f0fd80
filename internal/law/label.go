package law

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// label is what a line begins with when it begins a provision.
type label struct {
	level  Level
	number string // as written
	rest   string // the line behind it
}

const (
	sp   = `[\s\p{Zs}]`
	note = `(?:\[\d{1,3}\]` + sp + `*)*` // a consolidated text refers to its notes
)

var labels = map[Level]*regexp.Regexp{
	Part: regexp.MustCompile(`^` + sp + `*(?:Phần|PHẦN)` + sp + `+(?i:(thứ` + sp + `+(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?:` + sp + `+(?:một|hai))?)|[IVXLC]+|\d{1,2}))` +
		sp + `*` + note + `([.:–-]?)` + sp + `*` + note),
	Chapter:    regexp.MustCompile(`^` + sp + `*(?:Chương|CHƯƠNG)` + sp + `+([IVXLC]+[a-zđ]?|\d{1,3}[a-zđ]?)` + sp + `*` + note + `([.:–-]?)` + sp + `*` + note),
	Section:    regexp.MustCompile(`^` + sp + `*(?:Mục|MỤC)` + sp + `+([IVXLC]+[a-zđ]?|\d{1,3}[a-zđ]?)` + sp + `*` + note + `([.:–-]?)` + sp + `*` + note),
	Subsection: regexp.MustCompile(`^` + sp + `*(?:Tiểu mục|TIỂU MỤC)` + sp + `+([IVXLC]+|\d{1,3}[a-zđ]?)` + sp + `*` + note + `([.:–-]?)` + sp + `*` + note),
	Article:    regexp.MustCompile(`^` + sp + `*(?:Điều|ĐIỀU|Ðiều|ÐIỀU)` + sp + `+(\d{1,4}[a-zđ]{0,2})` + sp + `*` + note + `([.:]?)` + sp + `*` + note),
	Clause:     regexp.MustCompile(`^` + sp + `*(\d{1,3}[a-zđ]?)(\.)` + sp + `*` + note),
	Point:      regexp.MustCompile(`^` + sp + `*\(?([a-zđ]\d{0,2})(\))` + sp + `*` + note),
	Annex:      regexp.MustCompile(`^` + sp + `*(?:Phụ lục|PHỤ LỤC)(?:` + sp + `+(?:số|SỐ)?` + sp + `*([IVXLC]+|\d{1,3}[A-Za-z]?|[A-Z]))?` + sp + `*([.:–-]?)` + sp + `*`),
}

// labelOf reads the label of a line, if it has one. What only mentions a provision
// ("Điều 98 của Bộ luật này", "Chương XI quy định …") has none.
func labelOf(line string) (label, bool) {
	line = head(line)
	if strings.Count(line, "\t") > 1 {
		return label{}, false // a row of a table
	}
	level, ok := levelOf(line)
	if !ok {
		return label{}, false
	}
	m := labels[level].FindStringSubmatchIndex(line)
	if m == nil {
		return label{}, false
	}
	l := label{level: level, rest: line[m[1]:]}
	if m[2] >= 0 {
		l.number = joinWords(line[m[2]:m[3]])
	}
	marked := m[4] < m[5] // a sign stands behind the number
	spaced := m[5] < m[1]
	return l, l.isNumbered() && behindFits(level, l.rest, marked, spaced)
}

// isNumbered refuses letters that only look like a Roman numeral.
func (l label) isNumbered() bool {
	n := l.anchorNumber()
	return n[0] >= '0' && n[0] <= '9' || l.level == Point || l.level == Annex && len(n) == 1
}

// head is as much of a line as a label and what decides about it can take.
func head(line string) string {
	const most = 4000
	if len(line) <= most {
		return line
	}
	end := most
	for end > 0 && !utf8.RuneStart(line[end]) {
		end--
	}
	return line[:end]
}

// levelOf tells from the first letters which label a line may have.
func levelOf(line string) (Level, bool) {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	for _, k := range []struct {
		begins string
		level  Level
	}{
		{"Điều", Article}, {"ĐIỀU", Article}, {"Ðiều", Article}, {"ÐIỀU", Article},
		{"Chương", Chapter}, {"CHƯƠNG", Chapter}, {"Mục", Section}, {"MỤC", Section}, {"Tiểu mục", Subsection}, {"TIỂU MỤC", Subsection},
		{"Phần", Part}, {"PHẦN", Part}, {"Phụ lục", Annex}, {"PHỤ LỤC", Annex},
	} {
		if strings.HasPrefix(line, k.begins) {
			return k.level, true
		}
	}
	switch r, _ := utf8.DecodeRuneInString(line); {
	case r >= '0' && r <= '9':
		return Clause, true
	case r == '(' || r == 'đ' || r >= 'a' && r <= 'z':
		return Point, true
	}
	return "", false
}

// behindFits looks at what stands behind a label.
func behindFits(level Level, rest string, marked, spaced bool) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch level {
	case Point:
		return rest != ""
	case Clause:
		return rest == "" || spaced || unicode.IsUpper(next) || next == '“' || next == '"'
	case Article:
		return rest == "" || marked && !unicode.IsDigit(next)
	case Annex:
		return rest == "" || marked || capitals(rest) || next == '('
	}
	return rest == "" || marked || capitals(rest)
}

// withoutLabel is a text without the label it begins with.
func withoutLabel(level Level, text string) string {
	re := labels[level]
	if re == nil {
		return text
	}
	first, rest, more := strings.Cut(text, "\n")
	if m := re.FindStringIndex(head(first)); m != nil {
		first = first[m[1]:]
	}
	if !more {
		return first
	}
	return first + "\n" + rest
}

// capitals reports whether a text has letters and no small ones.
func capitals(s string) bool {
	any := false
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		any = any || unicode.IsUpper(r)
	}
	return any
}

// anchorNumber is the number of a label as it stands in an anchor.
func (l label) anchorNumber() string {
	n := l.number
	switch l.level {
	case Part:
		if word, ok := strings.CutPrefix(strings.ToLower(n), "thứ "); ok {
			return strconv.Itoa(ordinal(word))
		}
		return arabicNumber(n)
	case Chapter, Section, Subsection:
		return arabicNumber(n)
	case Annex:
		if n == "" {
			return "1"
		}
		return strings.ToLower(arabicNumber(n))
	}
	return ascii(n)
}

func ordinal(word string) int {
	if word == "bốn" {
		return 4
	}
	for n, w := range ordinals {
		if w == word && n > 0 {
			return n
		}
	}
	return 0
}

// arabicNumber turns VII into 7 and VIIa into 7a.
func arabicNumber(n string) string {
	end := strings.IndexFunc(n, func(r rune) bool { return unicode.IsLower(r) })
	if end < 0 {
		end = len(n)
	}
	if v, ok := arabic(n[:end]); ok {
		return strconv.Itoa(v) + ascii(n[end:])
	}
	return ascii(n)
}
