package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/sheet"
)

// wholeOf is the field whose part a column holds, "" for a column that stands for
// itself. Those of birth and sex are put together in their own ways.
func wholeOf(field string) string {
	switch field {
	case familyName, middleName, givenName:
		return fullName
	case unitPart:
		return unit
	case ethnicMark:
		return ethnicity
	case audienceMark:
		return audience
	}
	return ""
}

// fieldOfPart is the field of the register that a column says something of.
func fieldOfPart(field string) string {
	switch field {
	case male, female:
		return sex
	case birthDay, birthMonth, birthYear:
		return birth
	}
	return cmp.Or(wholeOf(field), field)
}

// setParts orders the columns over which a field is spread: names as they are said,
// places from small to large, marks as they stand.
func (x *reader) setParts(cols []column) {
	rank := func(c int) int {
		switch x.fields[c] {
		case familyName:
			return 1
		case middleName:
			return 2
		case givenName:
			return 3
		case unitPart:
			return areaRank(x.labels[c])
		}
		return 0
	}
	for _, c := range cols {
		if w := wholeOf(c.field); w != "" {
			if x.parts == nil {
				x.parts, x.aboveIn = map[string][]int{}, map[int]string{}
			}
			x.fields[c.index] = c.field
			x.parts[w] = append(x.parts[w], c.index)
		}
	}
	for _, list := range x.parts {
		slices.SortStableFunc(list, func(a, b int) int { return rank(a) - rank(b) })
	}
	if c, has := x.cols[unit]; has && x.parts[unit] != nil {
		x.parts[unit] = slices.Insert(x.parts[unit], 0, c)
	}
}

// has reports whether the list has a column for a field.
func (x *reader) has(field string) bool {
	_, has := x.cols[field]
	return has || x.parts[field] != nil
}

// areaWords are the words of a header that name parts of the country, by size.
var areaWords = [][]string{
	{"thon", "lang", "buon", "ban", "plei", "ap", "xom", "to", "tdp", "khu pho", "khoi", "khoi pho", "so nha", "hamlet", "village"},
	{"xa", "phuong", "thi tran", "commune", "ward"},
	{"huyen", "quan", "thi xa", "thanh pho", "district"},
	{"tinh", "province"},
}

// areaRank is the size of the smallest area that a header names, 0 for an address
// as a whole.
func areaRank(key string) int {
	for i, list := range areaWords {
		for _, w := range list {
			if hasWords(key, w) && !(w == "xa" && hasWords(key, "thi xa")) {
				return i + 1
			}
		}
	}
	return 0
}

// joined are the texts of several cells as one. The repairs of all come first, told
// of all, so that each follows the one before. What a larger part repeats is left out.
func joined(parts []value, between, rule string) value {
	parts = slices.DeleteFunc(parts, func(p value) bool { return p.raw() == "" })
	switch len(parts) {
	case 0:
		return value{}
	case 1:
		return parts[0]
	}
	texts, steps := make([]string, len(parts)), 0
	v := value{kind: sheet.Text}
	for i, p := range parts {
		texts[i] = p.raw()
		steps += len(p.steps)
		v.charset = max(v.charset, p.charset)
	}
	v.text = strings.Join(texts, " | ")
	for steps > 0 {
		next := ""
		for i := range parts {
			p := &parts[i]
			if len(p.steps) > 0 && (next == "" || p.steps[0].Rule == next) {
				next, texts[i], p.steps = p.steps[0].Rule, p.steps[0].After, p.steps[1:]
				steps--
			}
		}
		v.become(strings.Join(texts, " | "), next)
	}
	whole := ""
	for _, text := range texts {
		switch {
		case text == "" || between != " " && hasWords(words(whole), words(text)):
		case whole == "":
			whole = text
		default:
			whole = strings.TrimRight(whole, ", ") + between + text
		}
	}
	v.become(whole, rule)
	return v
}

// joinedUnit puts a unit together from the columns of an address.
func (e *entry) joinedUnit() (v value, ok bool) {
	var parts []value
	for _, c := range e.parts[unit] {
		p := e.cellAt(c, e.reader.fields[c])
		switch {
		case isDitto(p.text):
			above := e.aboveIn[c]
			if above == "" {
				e.ask(unit, fmt.Sprintf("Ô ghi “%s” (như trên) nhưng dòng trên không có gì. Ô này đúng ra ghi gì?", p.text))
				return value{}, false
			}
			p.become(above, "ditto")
		case strings.Trim(p.text, "-–?. ") == "" && p.text != "":
			p.become("", "form")
		}
		e.aboveIn[c] = p.text
		parts = append(parts, p)
	}
	return joined(parts, ", ", "join-unit"), true
}

// readOffice reads the unit of a person, from one column or put together from those of
// an address.
func (e *entry) readOffice() {
	if e.parts[unit] == nil {
		e.readText(unit)
		return
	}
	if v, ok := e.joinedUnit(); ok && (v.text != "" || len(v.steps) > 0) {
		e.keep(unit, v)
	}
}

// joinedName puts a name together from its parts; "" and a question when one of them
// says nothing by itself.
func (e *entry) joinedName() value {
	var parts []value
	for _, c := range e.parts[fullName] {
		p := e.cellAt(c, e.reader.fields[c])
		if isDitto(p.text) || p.failed() {
			e.ask(fullName, fmt.Sprintf("Một phần họ tên chỉ ghi “%s”. Người này tên là gì?", cmp.Or(p.text, p.raw())))
		}
		parts = append(parts, p)
	}
	return joined(parts, " ", "join-name")
}
