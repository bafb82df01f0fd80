package intake

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// readPerson reads the fields of a person.
func (e *entry) readPerson() {
	e.readBirth()
	e.readSex()
	e.readNumber(phone, fixPhone)
	e.readNumber(idNumber, fixID)
	e.readOffice()
	for _, f := range []string{position, ethnicity, disability} {
		e.readText(f)
	}
	e.readWord(audience, audienceWords.code, "")
	e.readSection()
	e.readName()
}

var leadingNumber = regexp.MustCompile(`^\d{1,4}\s*[.)\-/]\s*`)

// readName comes last: a row without any other data and without a name is no
// person.
func (e *entry) readName() {
	v := e.wholeName()
	switch {
	case v.text == "" && v.failed():
		e.ask(fullName, fmt.Sprintf("Ô họ tên là lỗi của bảng tính (%s). Người này tên là gì?", v.raw()))
		return
	case v.text == "":
		if len(e.fields) > 0 || e.question != "" {
			e.ask(fullName, "Dòng này có thông tin ("+e.summary()+") nhưng chưa có họ tên. Người này tên là gì?")
		}
		return
	case isDitto(v.text):
		e.ask(fullName, "Ô họ tên chỉ ghi “"+v.text+"”. Người này tên là gì?")
		return
	}
	if c := v.text[0]; c >= '0' && c <= '9' {
		v.become(leadingNumber.ReplaceAllString(v.text, ""), "ordinal")
	}
	if v.charset == viet.TCVN3 {
		v.become(capitals(v.text), "capital")
	}
	if e.o.UsualCase && isUpper(v.text) {
		v.become(usualCase(v.text), "usual-case")
	}
	e.keep(fullName, v)
	if e.mixed && (strings.ContainsAny(v.text, ",;(/0123456789") || strings.Contains(v.text, " - ") || strings.Contains(v.text, " – ")) {
		e.ask(fullName, fmt.Sprintf("Ô “%s” ghi “%s”, ngoài họ tên còn điều khác. Người này tên là gì?", e.h.labels[e.cols[fullName]], v.text))
	}
	if v.kind == sheet.Number || !strings.ContainsFunc(v.text, isLetter) {
		e.ask(fullName, fmt.Sprintf("Ô họ tên ghi “%s”, không phải chữ. Người này tên là gì?", v.text))
	}
}

// mixedWords stand beside the name in the header of a column that holds more.
var mixedWords = []string{"chuc vu", "chuc danh", "don vi", "nam sinh", "ngay sinh", "gioi tinh", "dia chi", "dien thoai", "sdt", "cccd", "position", "unit"}

// wholeName is the name from its own column or put together from its parts. Parts
// beside a whole name must be in it.
func (e *entry) wholeName() value {
	col, has := e.cols[fullName]
	var v value
	if has {
		v = e.cellAt(col, fullName)
	}
	if v.text == "" && !v.failed() {
		return e.joinedName()
	}
	for _, c := range e.parts[fullName] {
		if part := e.vals[c].text; part != "" && !isDitto(part) && !hasWords(words(v.text), words(part)) {
			e.ask(fullName, fmt.Sprintf("Cột họ và tên ghi “%s”, cột “%s” ghi “%s”. Họ tên đầy đủ là gì?", v.text, e.h.labels[c], part))
		}
	}
	return v
}

// capitals restores what TCVN3 cannot hold, a capital with a tone: a name that
// begins all its other words with capitals is "Ngọc Ánh", not "Ngọc ánh".
func capitals(name string) string {
	list := strings.Fields(name)
	for i, w := range list {
		first, n := utf8.DecodeRuneInString(w)
		if !unicode.IsLower(first) {
			continue
		}
		if first < utf8.RuneSelf {
			return name // written small on purpose
		}
		list[i] = string(unicode.ToUpper(first)) + w[n:]
	}
	return strings.Join(list, " ")
}

// usualCase writes a name in capitals the usual way; a part behind an apostrophe
// or hyphen begins with a capital too.
func usualCase(name string) string {
	first := true
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			first = true
			return r
		}
		if !first {
			r = unicode.ToLower(r)
		}
		first = false
		return r
	}, name)
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0xBF
}

// summary names what a row without a name says.
func (e *entry) summary() string {
	var parts []string
	for _, f := range e.fields {
		parts = append(parts, f.Value)
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return "chưa rõ"
	}
	return strings.Join(parts, "; ")
}

// readSex reads the sex from its column, or from marks; beside a column of sexes the
// columns Nam and Nữ may still hold the years of birth.
func (e *entry) readSex() {
	v, has := e.cell(sex)
	if !has || v.text == "" {
		e.readMarks("")
		return
	}
	if !e.resolveDitto(sex, &v) || v.text == "" {
		return
	}
	word := sexWords[words(v.text)]
	if word == "" {
		e.ask(sex, fmt.Sprintf("Giới tính ghi “%s”. Người này là nam hay nữ?", v.text))
		return
	}
	v.become(word, "form")
	e.keep(sex, v)
	e.readMarks(word)
}

// readMarks reads marks, years of birth or ages under the columns Nam and Nữ. known is
// the sex that another column says.
func (e *entry) readMarks(known string) {
	men, _ := e.cell(male)
	women, _ := e.cell(female)
	man, woman := e.markOf(&men), e.markOf(&women)
	switch {
	case man && woman:
		e.ask(sex, "Cả cột Nam và cột Nữ đều được đánh dấu. Người này là nam hay nữ?")
	case man && known == "nữ", woman && known == "nam":
		e.ask(sex, fmt.Sprintf("Giới tính ghi “%s” nhưng đánh dấu ở cột kia. Người này là nam hay nữ?", known))
	case man:
		e.mark(male, men, "nam", known)
	case woman:
		e.mark(female, women, "nữ", known)
	}
}

// markOf reports whether the cell says yes; a dash or a zero says no.
func (e *entry) markOf(v *value) bool {
	switch strings.Trim(v.text, "-–0 ") {
	case "":
		return false
	}
	return true
}

func (e *entry) mark(field string, v value, sexWord, known string) {
	header := e.labels[e.cols[field]]
	tick := func() {
		if known == "" {
			e.keep(sex, value{text: sexWord, steps: []record.Repair{{Before: v.text, After: sexWord, Rule: "tick"}}})
		}
	}
	if isTick(v.text) || sexWords[words(v.text)] == sexWord {
		if v.become(sexWord, "tick"); known == "" {
			e.keep(sex, v)
		}
		return
	}
	b := readBirth(v, e.t.g.Date1904)
	switch {
	case speaksOfAge(header) && isAge(v.text):
		tick()
	case b.ok() && b.shortYear && b.form == yearOnly && !speaksOfBirth(header):
		e.ask(birth, fmt.Sprintf("Dưới cột %s ghi “%s”. Đây là năm sinh, tuổi hay dấu đánh? Năm sinh là bao nhiêu?", sexWord, v.text))
	case b.ok():
		tick()
		if e.fields.Get(birth) == "" {
			e.keepBirth(v)
		}
	default:
		e.ask(sex, fmt.Sprintf("Dưới cột %s ghi “%s”, không rõ nghĩa. Người này là nam hay nữ?", sexWord, v.text))
	}
}

// isAge sees how old somebody is: 52, 52 tuổi.
func isAge(text string) bool {
	key := words(text)
	for _, end := range []string{" tuoi", "tuoi", "t"} {
		key = strings.TrimSuffix(key, end)
	}
	n, ok := smallNumber(strings.TrimSpace(key))
	return ok && n > 0 && n <= 130
}

func (e *entry) readBirth() {
	v, has := e.cell(birth)
	if !has {
		v = e.joinedBirth()
	}
	switch {
	case v.text == "" || !e.resolveDitto(birth, &v):
	case saysNone(&v):
		e.keep(birth, v)
	default:
		e.keepBirth(v)
	}
}

// keepBirth keeps a birth. An age is none, and nobody knows of which day it is.
func (e *entry) keepBirth(v value) {
	if e.aged && isAge(v.text) {
		v.become("", "age")
		e.keep(birth, v)
		return
	}
	if q := fixBirth(&v, e.orders[birth], e.t.g.Date1904); q != "" {
		e.leave(birth, v, q)
		return
	}
	e.keep(birth, v)
}

// joinedBirth puts a birth together from columns of day, month and year.
func (e *entry) joinedBirth() value {
	day, _ := e.cell(birthDay)
	month, _ := e.cell(birthMonth)
	year, _ := e.cell(birthYear)
	for _, part := range []value{day, month, year} {
		if part.failed() {
			e.ask(birth, fmt.Sprintf("Một ô ngày sinh là lỗi của bảng tính (%s). Ngày (hoặc năm) sinh đúng là gì?", part.raw()))
			return value{}
		}
	}
	if year.text == "" || month.text == "" {
		return year
	}
	parts := []string{month.text, year.text}
	if day.text != "" {
		parts = slices.Insert(parts, 0, day.text)
	}
	v := value{text: strings.Join(parts, " | "), kind: sheet.Text}
	v.become(strings.Join(parts, "/"), "join-birth")
	return v
}

// audienceWords are what lists call the groups people are counted in.
var audienceWords = newVocabulary([]word{
	{"employer", []string{"người sử dụng lao động", "nsdlđ", "nsdld", "employer", "chủ doanh nghiệp", "chủ sử dụng"}},
	{"worker", []string{"người lao động", "nlđ", "nld", "worker", "công nhân"}},
	{"reporter", []string{"báo cáo viên", "tuyên truyền viên", "reporter"}},
	{"mediator", []string{"hòa giải viên", "trọng tài viên", "mediator"}},
	{"official", []string{"cán bộ", "công chức", "viên chức", "cbcc", "official"}},
	{"other", []string{"khác", "đối tượng khác", "other"}},
})
