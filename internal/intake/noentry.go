package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sophobien/internal/sheet"
)

// tail is how far down a table the reader is.
type tail int

const (
	inList      tail = iota
	afterTotal       // more groups may follow
	afterSigner      // only those who sign
)

// line is a row of a table on its way to being told apart from entries.
type line struct {
	texts  []string // of all cells
	name   string   // what stands under the keys of the list
	data   int      // how many cells of other fields are filled
	number int      // its ordinal, 0 for none that counts
	letter bool     // its ordinal is a letter or a Roman numeral, and others are numbers
	afar   bool     // an empty line stands above it
	merged bool     // its first cell is merged over several columns
}

// look gathers what stands in a row.
func (x *reader) look(row sheet.Row) line {
	l := line{texts: x.texts[:0], afar: x.seen > 0 && row.Line > x.seen+1}
	x.seen = row.Line
	for c := range x.vals {
		v := &x.vals[c]
		if v.text == "" {
			continue
		}
		l.texts = append(l.texts, v.text)
		switch f := x.fields[c]; {
		case f == "":
		case f == ordinal:
			if n, ok := smallNumber(strings.Trim(v.text, "()")); ok {
				l.number = n
			} else {
				l.letter = x.numbers > 0 && isLetterCount(v.text)
			}
		case x.form.isKey(f):
			l.name = strings.TrimSpace(l.name + " " + v.text)
		default:
			l.data++
		}
	}
	x.texts = l.texts
	return l
}

// alone reports whether a line says nothing but a name, beside its ordinal.
func (l *line) alone() bool {
	n := len(l.texts)
	if l.number > 0 || l.letter {
		n--
	}
	return l.name != "" && l.data == 0 && n == 1
}

// noEntry tells why a line below the header is no line of the list, "" when it is
// one. doubt is a question where nobody can tell: such a line is parked, and no line
// below it is read otherwise for its sake.
func (x *reader) noEntry(row sheet.Row) (why, doubt string) {
	l := x.look(row)
	switch {
	case len(l.texts) == 0:
		return "dòng trống", ""
	case x.repeatsHeader(row):
		x.tail = inList
		return "dòng tiêu đề lặp lại", ""
	case numbersColumns(l.texts):
		return "dòng đánh số cột", ""
	case l.data >= 3 && len(l.texts) > 4 && x.tail == inList && l.name != "" && !mayBeTotal(l.name):
		x.count(l)
		return "", "" // as almost every line: what follows need not be asked
	}
	l.merged = x.isWide(row)
	says := x.lineSays(l)
	for _, judge := range []func(line, lineText) (why, doubt string){x.total, x.lettered, x.signature, x.ending, x.section, x.doubtful} {
		if why, doubt := judge(l, says); why != "" || doubt != "" {
			return why, doubt
		}
	}
	if l.name == "" && l.data == 0 && len(l.texts) == 1 && x.says(ordinal) && l.number > 0 {
		return "chỉ có số thứ tự", ""
	}
	x.count(l)
	return "", ""
}

// isWide reports whether the first cell of a row is merged over several columns, and
// not as the header's is.
func (x *reader) isWide(row sheet.Row) bool {
	col := row.Cells[0].Col
	a, merged := x.t.area(row.Line, col)
	if !merged || a.LastCol-a.Col < 2 {
		return false
	}
	h, merged := x.t.area(x.h.line, col)
	return !merged || h.Col != a.Col || h.LastCol != a.LastCol
}

// lineSays reads the name, or without one whatever cell says most; a total may stand
// in any column.
func (x *reader) lineSays(l line) lineText {
	first := readLine(l.texts[0])
	switch {
	case l.name == l.texts[0]:
	case l.name != "" && (first.what != aTotal || first.sure < definite):
		return readLine(l.name)
	case l.name == "":
		for c := range x.vals {
			v := &x.vals[c]
			if says := readLine(v.text); v.text != "" && says.what != "" && (says.what != aTitle || x.fields[c] != position) {
				return says
			}
		}
	}
	return first
}

// count notes that a line is an entry.
func (x *reader) count(l line) {
	if x.tail != inList && l.number == 1 {
		x.unit = "" // another group begins, and nothing says which
	}
	x.tail = inList
	if l.number > 0 {
		x.last = l.number
	}
}

// proof is how many cells say what only an entry of the list says.
func (x *reader) proof() (n int) {
	for c := range x.vals {
		if v := x.vals[c]; v.text != "" && x.fields[c] != "" && x.proves(x.fields[c], v) {
			n++
		}
	}
	return n
}

// proves reports whether a cell holds what a field is for: a sum under a year of
// birth, or a signature under a phone number, is none.
func (x *reader) proves(field string, v value) bool {
	born := func() bool { return len(v.text) > 3 && looksLikeBirth(v) }
	switch field {
	case birth, birthYear:
		return born()
	case sex:
		return sexWords[words(v.text)] != ""
	case male, female:
		return isTick(v.text) && !hasDigit(v.text) || born()
	case phone, idNumber:
		return len(onlyDigits(strings.TrimPrefix(v.text, "+"))) >= 9 && !isAmount(v.text)
	case code:
		return len(onlyDigits(v.text)) >= 8
	case kind:
		return kindWords.code(v.text) != "" || instructorWords.code(v.text) != ""
	case received:
		return hasDigit(v.text)
	}
	return false
}

// isAmount sees a number with a fraction, which no phone has.
func isAmount(text string) bool {
	_, fraction, ok := strings.Cut(text, ".")
	return ok && len(fraction) <= 2
}

// provingFields are the fields of proves.
var provingFields = []string{birth, birthYear, sex, male, female, phone, idNumber, code, kind, received}

// total sees "Tổng cộng" and its kin. Tống and Công are names, and so may the words be
// without their marks.
func (x *reader) total(l line, says lineText) (why, doubt string) {
	if says.what != aTotal || x.asks(says.text) {
		return "", ""
	}
	proof := x.proof()
	switch is := says.sure == definite; {
	case l.number > 0 && proof > 0, !is && (l.number > 0 || proof > 0):
		return "", ""
	case proof > 0, l.number > 0 && !hasDigit(says.text), !is && !x.numbered && !x.sums():
		return "", fmt.Sprintf("Dòng này ghi “%s”. Đây là một %s hay là dòng cộng?", says.text, x.form.one)
	}
	x.tail = afterTotal
	return "dòng cộng", ""
}

// sums reports whether figures and nothing else stand beside the name.
func (x *reader) sums() bool {
	some := false
	for c := range x.vals {
		if f := x.fields[c]; x.vals[c].text != "" && f != "" && f != ordinal && !x.form.isKey(f) {
			if !isSum(x.vals[c].text) {
				return false
			}
			some = true
		}
	}
	return some
}

// isSum sees a number of people, which is no birth.
func isSum(text string) bool { return len(text) <= 3 && isCount(text) }

func isCount(s string) bool {
	_, ok := smallNumber(strings.Trim(s, "()"))
	return ok
}

// mayBeTotal sees quickly that a name is no total.
func mayBeTotal(name string) bool {
	if name[0]|0x20 != 't' && name[0]|0x20 != 'c' {
		return false
	}
	second, _ := utf8.DecodeRuneInString(name[1:])
	return strings.ContainsRune("oOôÔổỔộỘ", second) && readLine(name).what == aTotal
}

// lettered sees the line of a group that is counted with a letter or a Roman numeral
// where those of the list have numbers: "A | Khối cơ quan xã".
func (x *reader) lettered(l line, says lineText) (why, doubt string) {
	if !l.letter || l.name == "" && says.what == "" || l.data > 0 && !x.sums() || says.what == aSigner {
		return "", ""
	}
	return x.group(says), ""
}

// group begins a group of rows. Where it is a unit, the rows belong to it.
func (x *reader) group(says lineText) string {
	x.tail, x.unit = inList, ""
	if says.what == aUnit {
		x.unit = says.text
	}
	return groupLine
}

// signature sees where a list is dated and signed.
func (x *reader) signature(l line, says lineText) (why, doubt string) {
	if len(l.texts) > 4 || l.number > 0 {
		return "", ""
	}
	dated := len(l.texts) <= 2 && slices.ContainsFunc(l.texts, func(s string) bool { return (l.name == "" || s == l.name) && isDated(s) })
	signs := (says.what == aSigner || says.what == aTitle) && !x.asks(says.text)
	unsure := says.sure < definite || says.what == aTitle && !x.proving || says.nameLike && !x.form.byContent
	switch {
	case !dated && (!signs || x.proof() > 0):
		return "", ""
	case !dated && !x.numbered && unsure:
		return "", fmt.Sprintf("Dòng này ghi “%s”. Đây là một %s hay là chỗ ký tên?", says.text, x.form.one)
	}
	x.tail = afterSigner
	return "phần ký tên, ngày tháng", ""
}

// asks reports whether a text of a list of questions is one, whatever it begins with.
func (x *reader) asks(text string) bool {
	return x.form.of == "question" && (strings.Contains(text, "?") || len(text) > 80)
}

func isDated(s string) bool {
	key := words(s)
	return hasWords(key, "ngay") && hasWords(key, "thang") && hasWords(key, "nam")
}

// ending judges what stands below a total or a signature: an entry counts on, or says
// what only an entry says.
func (x *reader) ending(l line, says lineText) (why, doubt string) {
	if x.tail == inList {
		return "", ""
	}
	goes := l.number > 0 && (x.last == 0 || l.number == x.last+1 || l.number == 1)
	proven := x.proof() > 0 && (l.name != "" || len(l.texts) > 2)
	uncounted := x.tail == afterSigner && x.numbered && l.number == 0 // who signs has a phone too
	switch {
	case l.name != "" && goes, proven && !uncounted:
		return "", ""
	case x.tail == afterTotal && l.alone() && (says.what == aUnit || says.what == aGroup) && says.sure == definite:
		return x.group(says), ""
	case l.name != "" && (proven || l.number > 0 || x.tail == afterTotal && !x.numbered && looksLikeName(l.name)):
		return "", fmt.Sprintf("Dòng này ghi “%s”, đứng sau dòng cộng hoặc chỗ ký tên. Có đưa vào danh sách không?", l.name)
	}
	return "phần cuối danh sách, sau dòng cộng hoặc chữ ký", ""
}

// section sees a line that names the group of the rows below it: "II. Xã Đăk Pxi".
func (x *reader) section(l line, says lineText) (why, doubt string) {
	if l.data > 0 || len(l.texts) > 2 || x.h.line == 0 || !x.form.byContent {
		return "", ""
	}
	_, counted := x.cols[ordinal]
	last := readLine(l.texts[len(l.texts)-1])
	numeral := !counted && len(l.texts) == 2 && l.name == l.texts[1] && isRoman(l.texts[0])
	if first, rest, ok := strings.Cut(last.text, ". "); ok {
		if below := readLine(rest); isRoman(first) || isLetterCount(first) && below.what != "" {
			last, numeral = below, true
		}
	}
	is := last.what == aUnit || last.what == aGroup
	switch {
	case numeral, l.merged && l.number == 0:
		return x.group(last), ""
	case !is || len(l.texts) > 1 && l.number == 0:
		return "", ""
	case l.number > 0 && last.sure < definite:
		return "", ""
	case l.number == 0 && (last.sure == definite || last.sure == probably && x.numbered):
		return x.group(last), ""
	}
	x.unit = "" // whichever group follows, it is not known to be the one above
	return "", fmt.Sprintf("Dòng này chỉ ghi “%s”. Đây là tên một người hay là tên nhóm?", last.text)
}

// doubtful sees a name that may be none: one that is not counted where the others
// are, or that says a number.
func (x *reader) doubtful(l line, says lineText) (why, doubt string) {
	if l.name == "" || l.number > 0 || !x.form.byContent || leadingNumber.MatchString(l.name) || x.proof() > 0 {
		return "", ""
	}
	group := x.unit
	if l.alone() {
		x.unit = "" // it may name another group
	}
	switch {
	case strings.Contains(l.name, ":") || hasDigit(l.name) && strings.ContainsFunc(l.name, isLetter):
		return "", fmt.Sprintf("Dòng này ghi “%s”. Đây có phải tên một người không?", l.name)
	case x.numbered && (l.alone() || l.afar):
		return "", fmt.Sprintf("Dòng này ghi “%s”, không có số thứ tự. Đây có phải là một người trong danh sách không?", l.name)
	}
	x.unit = group
	return "", ""
}

func (x *reader) says(field string) bool {
	c, ok := x.cols[field]
	return ok && x.vals[c].text != ""
}

func isUpper(s string) bool { return s == strings.ToUpper(s) && s != strings.ToLower(s) }

func isRoman(s string) bool {
	s = strings.Trim(s, ". ")
	return s != "" && len(s) <= 5 && strings.Trim(s, "IVX") == ""
}

// isLetterCount sees how groups are counted: A, B., III.
func isLetterCount(s string) bool {
	s = strings.Trim(s, "./) ")
	return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z' || isRoman(s)
}

// countOrdinals looks whether the list counts its lines.
func (x *reader) countOrdinals() {
	col, has := x.cols[ordinal]
	if !has {
		return
	}
	others := 0
	for _, r := range x.r.rows[:min(len(x.r.rows), sampled)] {
		switch text := r.At(col).Text; {
		case isCount(text):
			x.numbers++
		case text == "":
			for _, f := range x.form.keys {
				if c, has := x.cols[f]; has && r.At(c).Text != "" && readLine(x.t.at(r, c).text).what == "" {
					others++
					break
				}
			}
		}
	}
	x.numbered = x.numbers > 0 && x.numbers >= others
}

// repeatsHeader sees the header again, as lists printed over pages have it; of one
// in two lines each.
func (x *reader) repeatsHeader(row sheet.Row) bool {
	return x.h.line > 0 && (x.repeats(row, x.labels) || x.low != nil && x.repeats(row, x.low))
}

// repeats reports whether at least two cells of a row say what a line of the header
// does, beginning with the first.
func (x *reader) repeats(row sheet.Row, labels []string) bool {
	same := 0
	for _, c := range row.Cells {
		if labels[c.Col] == "" {
			continue
		}
		if c.Kind != sheet.Text {
			return false
		}
		if text := x.vals[c.Col].text; len(text) <= 200 && words(text) == labels[c.Col] {
			same++
		} else if same == 0 {
			return false // it would begin like the header
		}
	}
	return same >= 2
}

// numbersColumns sees the line (1) (2) (3) or A B 1 2 under a header.
func numbersColumns(texts []string) bool {
	if len(texts) < 3 {
		return false
	}
	last, counted := 0, 0
	for _, s := range texts {
		s = strings.Trim(s, "()[] ")
		n, ok := smallNumber(s)
		switch {
		case ok && (n == last+1 || last == 0 && n <= 2):
			last = n
			counted++
		case len(s) == 1 && s[0] >= 'A' && s[0] <= 'F' && counted == 0:
		default:
			return false
		}
	}
	return counted >= 2
}
