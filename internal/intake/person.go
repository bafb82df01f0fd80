package intake

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// person is one row on its way to being proposed or parked.
type person struct {
	*reader
	row      sheet.Row
	fields   map[string]string
	repairs  []record.Repair
	question string
}

// ask adds a question; one row may raise several.
func (p *person) ask(question string) {
	p.question = strings.TrimSpace(p.question + " " + question)
}

// cell is the value of a field's column in this row, with the merged cell's value
// where the row belongs to one.
func (p *person) cell(field string) (v value, has bool) {
	col, has := p.byName[field]
	if !has {
		return value{}, false
	}
	v = p.t.at(p.row, col)
	if v.text != "" {
		return v, true
	}
	if a, ok := p.t.area(p.row.Line, col); ok && a.Line < p.row.Line && a.Line > p.h.last && a.Col == a.LastCol {
		above := p.t.at(p.t.g.Row(a.Line), col)
		v = value{kind: above.kind}
		v.become(above.text, "merged")
	}
	return v, true
}

// keep stores a field and the steps that led to it.
func (p *person) keep(field string, v value) {
	for _, s := range v.steps {
		s.Field = field
		p.repairs = append(p.repairs, s)
	}
	if v.text != "" {
		p.fields[field] = v.text
	}
}

func (p *person) read() {
	p.readBirth()
	p.readSex()
	p.readNumber(phone, fixPhone)
	p.readNumber(idNumber, fixID)
	for _, f := range []string{unit, position, ethnicity, audience} {
		p.readText(f)
	}
	p.readSection()
	p.readName()
}

var leadingNumber = regexp.MustCompile(`^\d{1,4}\s*[.)\-/]\s*`)

// readName comes last: a row without any other data and without a name is no
// person.
func (p *person) readName() {
	v, _ := p.cell(fullName)
	if _, split := p.byName[familyName]; split && v.text == "" {
		v = p.joinedName()
	}
	switch {
	case v.text == "":
		if len(p.fields) > 0 || p.question != "" {
			p.ask("Dòng này có thông tin (" + p.summary() + ") nhưng chưa có họ tên. Người này tên là gì?")
		}
		return
	case isDitto(v.text):
		p.ask("Ô họ tên chỉ ghi “" + v.text + "”. Người này tên là gì?")
		return
	}
	v.become(leadingNumber.ReplaceAllString(v.text, ""), "ordinal")
	if v.charset == viet.TCVN3 {
		v.become(capitals(v.text), "capital")
	}
	p.keep(fullName, v)
	if v.kind == sheet.Number || !strings.ContainsFunc(v.text, isLetter) {
		p.ask(fmt.Sprintf("Ô họ tên ghi “%s”, không phải chữ. Người này tên là gì?", v.text))
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

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0xBF
}

// joinedName puts a name together from two columns. The repairs of both come
// first, told of both, so that each follows the one before.
func (p *person) joinedName() value {
	family, _ := p.cell(familyName)
	given, _ := p.cell(givenName)
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
func (p *person) summary() string {
	var parts []string
	for _, text := range p.fields {
		parts = append(parts, text)
	}
	sort.Strings(parts)
	if len(parts) == 0 {
		return "chưa rõ"
	}
	return strings.Join(parts, "; ")
}

func (p *person) readSex() {
	v, has := p.cell(sex)
	if !has {
		p.readMarks()
		return
	}
	if !p.resolveDitto(sex, &v) || v.text == "" {
		return
	}
	word := sexWords[words(v.text)]
	if word == "" {
		p.ask(fmt.Sprintf("Giới tính ghi “%s”. Người này là nam hay nữ?", v.text))
		return
	}
	v.become(word, "form")
	p.keep(sex, v)
}

// readMarks reads marks, or birth years, under the columns Nam and Nữ.
func (p *person) readMarks() {
	men, _ := p.cell(male)
	women, _ := p.cell(female)
	man, woman := p.markOf(&men), p.markOf(&women)
	switch {
	case man && woman:
		p.ask("Cả cột Nam và cột Nữ đều được đánh dấu. Người này là nam hay nữ?")
	case man:
		p.mark(men, "nam")
	case woman:
		p.mark(women, "nữ")
	}
}

// markOf reports whether the cell says yes; a dash or a zero says no.
func (p *person) markOf(v *value) bool {
	switch strings.Trim(v.text, "-–0 ") {
	case "":
		return false
	}
	return true
}

func (p *person) mark(v value, sexWord string) {
	if isTick(v.text) || sexWords[words(v.text)] == sexWord {
		v.become(sexWord, "tick")
		p.keep(sex, v)
		return
	}
	if b := readBirth(v, p.t.g.Date1904); b.ok() {
		p.keep(sex, value{text: sexWord, steps: []record.Repair{{Before: v.text, After: sexWord, Rule: "tick"}}})
		p.keepBirth(v)
		return
	}
	p.ask(fmt.Sprintf("Dưới cột %s ghi “%s”, không rõ nghĩa. Người này là nam hay nữ?", sexWord, v.text))
}

func (p *person) readBirth() {
	v, has := p.cell(birth)
	if !has {
		v = p.joinedBirth()
	}
	if p.resolveDitto(birth, &v) && v.text != "" && strings.Trim(v.text, "-–?. ") != "" {
		p.keepBirth(v)
	}
}

func (p *person) keepBirth(v value) {
	if q := fixBirth(&v, p.order, p.t.g.Date1904); q != "" {
		p.ask(q)
		p.fields[birth] = v.text // as written, for whoever answers
		return
	}
	p.keep(birth, v)
}

// joinedBirth puts a birth together from columns of day, month and year.
func (p *person) joinedBirth() value {
	day, _ := p.cell(birthDay)
	month, _ := p.cell(birthMonth)
	year, _ := p.cell(birthYear)
	v := value{text: year.text, kind: year.kind, steps: year.steps}
	if year.text == "" || month.text == "" {
		return v
	}
	v.kind = sheet.Text
	v.text = strings.TrimPrefix(day.text+"/", "/") + month.text + "/" + year.text
	if day.text == "" {
		v.text = month.text + "/" + year.text
	}
	return v
}

// readNumber reads a phone or identity number.
func (p *person) readNumber(field string, fix func(*value) string) {
	v, has := p.cell(field)
	if !has || strings.Trim(v.text, "-–?. ") == "" {
		return
	}
	if isDitto(v.text) {
		p.ask(fmt.Sprintf("Ô số ghi “%s”, nghĩa là như dòng trên, nhưng số này mỗi người một khác. Số đúng là gì?", v.text))
		return
	}
	if q := fix(&v); q != "" {
		p.ask(q)
		p.fields[field] = v.text
		return
	}
	p.keep(field, v)
}

// readText reads a field of words.
func (p *person) readText(field string) {
	v, has := p.cell(field)
	if !has || !p.resolveDitto(field, &v) || v.text == "" {
		return
	}
	switch {
	case field == audience:
		v.become(audienceOf(v.text), audienceRule(v.text))
	case field == ethnicity && isTick(v.text):
		v.become("", "ethnicity-tick")
	}
	p.keep(field, v)
}

// resolveDitto puts the value above in place of a mark for it. Without one the
// row is asked about and false returned.
func (p *person) resolveDitto(field string, v *value) bool {
	if !isDitto(v.text) {
		return true
	}
	if p.above[field] == "" {
		p.ask(fmt.Sprintf("Ô ghi “%s” (như trên) nhưng dòng trên không có gì. Ô này đúng ra ghi gì?", v.text))
		return false
	}
	v.become(p.above[field], "ditto")
	v.kind = sheet.Text
	return true
}

// readSection fills the unit from the line above the group, where the sheet has
// no column for it.
func (p *person) readSection() {
	if _, has := p.byName[unit]; has || p.reader.unit == "" {
		return
	}
	v := value{}
	v.become(p.reader.unit, "section")
	p.keep(unit, v)
}

// audienceWords are what lists call the groups people are counted in.
var audienceWords = []struct {
	code string
	keys []string
}{
	{"employer", []string{"nguoi su dung lao dong", "nsdld", "employer", "chu doanh nghiep", "chu su dung"}},
	{"worker", []string{"nguoi lao dong", "nld", "worker", "cong nhan"}},
	{"reporter", []string{"bao cao vien", "tuyen truyen vien", "reporter"}},
	{"mediator", []string{"hoa giai vien", "trong tai vien", "mediator"}},
	{"official", []string{"can bo", "cong chuc", "vien chuc", "cbcc", "official"}},
	{"other", []string{"khac", "doi tuong khac", "other"}},
}

func audienceOf(s string) string {
	key := words(s)
	for _, a := range audienceWords {
		for _, k := range a.keys {
			if hasWords(key, k) {
				return a.code
			}
		}
	}
	return ""
}

func audienceRule(s string) string {
	if audienceOf(s) == "" {
		return "audience-unknown"
	}
	return "form"
}

// checkTwice parks a row whose identity number, or whole content, was met before.
func (p *person) checkTwice() {
	if id := p.fields[idNumber]; id != "" {
		if line, ok := p.ids[id]; ok {
			p.ask(fmt.Sprintf("Số căn cước %s đã có ở dòng %d. Hai dòng là một người, hay một số ghi nhầm?", id, line))
		} else {
			p.ids[id] = p.row.Line
		}
	}
	name := p.fields[fullName]
	if name == "" || p.question != "" || len(p.fields[birth]) != 10 && p.fields[phone] == "" {
		return
	}
	whole := viet.NFC(strings.ToLower(name)) + "\x00" + p.fields[birth] + "\x00" + p.fields[phone] + "\x00" + p.fields[unit] + "\x00" + p.fields[idNumber]
	if line, ok := p.same[whole]; ok {
		p.ask(fmt.Sprintf("Người này giống hệt dòng %d. Có phải ghi hai lần không?", line))
		return
	}
	p.same[whole] = p.row.Line
}
