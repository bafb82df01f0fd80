package law

import (
	"regexp"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// step is one part of an anchor: a level and the number as it stands in the anchor.
type step struct {
	level  Level
	number string
}

var (
	numbered    = regexp.MustCompile(`^(kt|pl|d|p|c|m|t|k)([0-9]{1,4}(?:[a-z]{1,2})?|[a-z]?)((?:-[0-9]{1,4})?)$`)
	pointLetter = regexp.MustCompile(`^[a-z]{1,2}[0-9]{0,2}(?:-[0-9]{1,4})?$`)
)

// ValidAnchor reports whether a text has the form of an anchor.
func ValidAnchor(anchor string) bool {
	_, ok := steps(anchor)
	return ok
}

// Path is an anchor and those of what it stands in as far as the address itself says;
// innermost first. An article does not say its chapter: [Text.Path] does.
func Path(anchor string) []string {
	path := []string{anchor}
	for {
		i := strings.LastIndexByte(anchor, '.')
		if i < 0 {
			return path
		}
		anchor = anchor[:i]
		path = append(path, anchor)
	}
}

// steps takes an anchor apart.
func steps(anchor string) ([]step, bool) {
	if anchor == "dau" || anchor == "cuoi" {
		return []step{{map[string]Level{"dau": Front, "cuoi": Closing}[anchor], ""}}, true
	}
	if len(anchor) > 80 {
		return nil, false
	}
	var out []step
	at := -1
	for _, part := range strings.Split(anchor, ".") {
		s, ok := readStep(part, at)
		if !ok || len(out) == 0 && s.level.depth() >= Clause.depth() || len(out) > 0 && s.level.depth() <= at {
			return nil, false
		}
		out, at = append(out, s), s.level.depth()
	}
	return out, true
}

// readStep reads one part of an anchor that stands in a provision of the given depth.
func readStep(part string, in int) (step, bool) {
	m := numbered.FindStringSubmatch(part)
	if in < Article.depth() && m != nil {
		level := map[string]Level{"kt": Annex, "pl": Annex, "d": Article, "p": Part, "c": Chapter, "m": Section, "t": Subsection}[m[1]]
		lettered := m[2] != "" && m[2][0] > '9'
		if level == "" || level != Annex && (m[2] == "" || lettered) || level == Annex && m[2] == "" {
			return step{}, false
		}
		if level == Annex {
			return step{level, m[1] + m[2]}, true
		}
		return step{level, m[2]}, true
	}
	if in == Article.depth() && m != nil && m[1] == "k" && m[2] != "" && m[2][0] <= '9' {
		return step{Clause, m[2]}, true
	}
	if in >= Article.depth() && pointLetter.MatchString(part) {
		letters, _, _ := strings.Cut(part, "-")
		return step{Point, letters}, true
	}
	return step{}, false
}

// ascii is a number as it stands in an anchor: đ is dd.
func ascii(number string) string {
	return strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(number, "Đ", "đ")), "đ", "dd")
}

// written is the number of an anchor as people write it.
func written(number string) string { return strings.ReplaceAll(number, "dd", "đ") }

var levelWords = map[Level]record.Words{
	Front: {VI: "phần mở đầu", EN: "opening part"}, Closing: {VI: "phần cuối", EN: "closing part"},
	Part: {VI: "Phần", EN: "Part"}, Chapter: {VI: "Chương", EN: "Chapter"}, Section: {VI: "Mục", EN: "Section"},
	Subsection: {VI: "Tiểu mục", EN: "Subsection"}, Article: {VI: "Điều", EN: "Article"}, Clause: {VI: "khoản", EN: "clause"},
	Point: {VI: "điểm", EN: "point"}, Annex: {VI: "Phụ lục", EN: "Annex"},
}

// Say is an address in words: d98.k1.a is "điểm a khoản 1 Điều 98". What is no anchor
// stays as it is.
func Say(anchor string) record.Words {
	list, ok := steps(anchor)
	if !ok {
		return record.Words{VI: anchor, EN: anchor}
	}
	var vi, en []string
	for i := len(list) - 1; i >= 0; i-- {
		w := sayStep(list[i])
		vi, en = append(vi, w.VI), append(en, w.EN)
	}
	return record.Words{VI: strings.Join(vi, " "), EN: strings.Join(en, ", ")}
}

func sayStep(s step) record.Words {
	w := levelWords[s.level]
	n, en := written(s.number), ""
	switch s.level {
	case Front, Closing:
		return w
	case Chapter:
		n = romanOf(s.number)
	case Part:
		n, en = ordinalOf(s.number), romanOf(s.number)
	case Annex:
		if strings.HasPrefix(s.number, "kt") {
			return attachedWords(s.number[2:])
		}
		n = romanOf(s.number[2:])
	}
	if en == "" {
		en = n
	}
	return record.Words{VI: w.VI + " " + n, EN: w.EN + " " + en}
}

func attachedWords(number string) record.Words {
	if number == "1" {
		return record.Words{VI: "văn bản ban hành kèm theo", EN: "attached text"}
	}
	return record.Words{VI: "văn bản ban hành kèm theo thứ " + number, EN: "attached text " + number}
}

var ordinals = []string{"", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"}

func ordinalOf(number string) string {
	if n, err := strconv.Atoi(number); err == nil && n > 0 && n < len(ordinals) {
		return "thứ " + ordinals[n]
	}
	return number
}

// romanOf writes the number of a chapter as laws do; what is none stays.
func romanOf(number string) string {
	digits := strings.TrimRight(number, "abcdeghiklmnopqrstuvxy")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 399 {
		return strings.ToUpper(written(number))
	}
	return roman(n) + written(number[len(digits):])
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// arabic reads a Roman numeral that is written as [roman] writes it.
func arabic(s string) (int, bool) {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	n := 0
	s = strings.ToUpper(s)
	for i := 0; i < len(s); i++ {
		v := values[s[i]]
		if i+1 < len(s) && v < values[s[i+1]] {
			n -= v
		} else {
			n += v
		}
	}
	return n, n > 0 && n < 400 && roman(n) == s
}
