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
	for _, f := range []string{unit, position, ethnicity, disability} {
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
	v, _ := e.cell(fullName)
	if _, split := e.cols[familyName]; split && v.text == "" {
		v = e.joinedName()
	}
	switch {
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
	if v.kind == sheet.Number || !strings.ContainsFunc(v.text, isLetter) {
		e.ask(fullName, fmt.Sprintf("Ô họ tên ghi “%s”, không phải chữ. Người này tên là gì?", v.text))
	}
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

// joinedName puts a name together from two columns. The repairs of both come
// first, told of both, so that each follows the one before.
func (e *entry) joinedName() value {
	family, _ := e.cell(familyName)
	given, _ := e.cell(givenName)
	switch {
	case family.text == "":
		return given
	case given.text == "":
		return family
	}
	left, right := family.steps, given.steps
	f, g := family.raw(), given.raw()
	v := value{text: f + " | " + g, charset: max(family.charset, given.charset)}
	for len(left)+len(right) > 0 {
		rule := firstRule(left, right)
		if len(left) > 0 && left[0].Rule == rule {
			f, left = left[0].After, left[1:]
		}
		if len(right) > 0 && right[0].Rule == rule {
			g, right = right[0].After, right[1:]
		}
		v.become(f+" | "+g, rule)
	}
	v.become(f+" "+g, "join-name")
	return v
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

func (e *entry) readSex() {
	v, has := e.cell(sex)
	if !has {
		e.readMarks()
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
}

// readMarks reads marks, or birth years, under the columns Nam and Nữ.
func (e *entry) readMarks() {
	men, _ := e.cell(male)
	women, _ := e.cell(female)
	man, woman := e.markOf(&men), e.markOf(&women)
	switch {
	case man && woman:
		e.ask(sex, "Cả cột Nam và cột Nữ đều được đánh dấu. Người này là nam hay nữ?")
	case man:
		e.mark(men, "nam")
	case woman:
		e.mark(women, "nữ")
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

func (e *entry) mark(v value, sexWord string) {
	if isTick(v.text) || sexWords[words(v.text)] == sexWord {
		v.become(sexWord, "tick")
		e.keep(sex, v)
		return
	}
	if b := readBirth(v, e.t.g.Date1904); b.ok() {
		e.keep(sex, value{text: sexWord, steps: []record.Repair{{Before: v.text, After: sexWord, Rule: "tick"}}})
		e.keepBirth(v)
		return
	}
	e.ask(sex, fmt.Sprintf("Dưới cột %s ghi “%s”, không rõ nghĩa. Người này là nam hay nữ?", sexWord, v.text))
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

func (e *entry) keepBirth(v value) {
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
