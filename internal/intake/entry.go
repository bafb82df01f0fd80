package intake

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// entry is one row on its way to being proposed or parked.
type entry struct {
	*reader
	row      sheet.Row
	fields   record.Fields
	repairs  []record.Repair
	question string
	asked    string // the field of the first question
	sum      uint64 // of what tells the row apart, where anything does
}

// ask adds a question about a field, or with "" about the row; one row may raise
// several.
func (e *entry) ask(field, question string) {
	if e.asked == "" {
		e.asked = field
	}
	e.question = strings.TrimSpace(e.question + " " + question)
}

// cell is the value of a field's column in this row. Marks under the words of a field
// are the word they stand under.
func (e *entry) cell(field string) (v value, has bool) {
	if marks := e.parts[field]; marks != nil && field != fullName && field != unit {
		return e.marked(field, marks), true
	}
	col, has := e.cols[field]
	if !has {
		return value{}, false
	}
	v = e.cellAt(col, field)
	if v.failed() {
		e.lost(fieldOfPart(field), v)
	}
	return v, true
}

// ofOne are the fields that say something of one person or unit only: a cell merged
// over several says it of the first.
var ofOne = set(fullName, familyName, middleName, givenName, birth, birthDay, birthMonth, birthYear, phone, idNumber, male, female, name, code, questionText)

// cellAt is the value of a cell of this row, with the merged cell's value where it
// belongs to one that speaks of several rows.
func (e *entry) cellAt(col int, field string) value {
	v := e.vals[col]
	v.steps = slices.Clip(v.steps) // others may take the same cell and go on
	if v.text != "" || v.failed() || ofOne[field] {
		return v
	}
	if a, ok := e.t.area(e.row.Line, col); ok && a.Line < e.row.Line && a.Line > e.h.last && a.Col == a.LastCol {
		above := e.t.at(e.t.g.Row(a.Line), col)
		v = value{kind: above.kind}
		v.become(above.text, "merged")
	}
	return v
}

// lost lists a cell of which nothing can be kept.
func (e *entry) lost(field string, v value) {
	for _, s := range v.steps {
		s.Field = field
		if !slices.Contains(e.repairs, s) {
			e.repairs = append(e.repairs, s)
		}
	}
}

// keep stores a field and the steps that led to it.
func (e *entry) keep(field string, v value) {
	for _, s := range v.steps {
		s.Field = field
		e.repairs = append(e.repairs, s)
	}
	e.fields.Set(field, v.text)
}

// leave stores what a field says as it is written, for whoever answers the question.
func (e *entry) leave(field string, v value, question string) {
	e.ask(field, question)
	e.fields.Set(field, v.text)
}

// given reads a cell that may be a mark for "as above"; false when there is nothing
// to keep.
func (e *entry) given(field string) (value, bool) {
	v, has := e.cell(field)
	return v, has && e.resolveDitto(field, &v) && v.text != ""
}

// readText reads a field of words.
func (e *entry) readText(field string) {
	v, ok := e.given(field)
	if !ok {
		return
	}
	if (field == ethnicity || field == disability) && isTick(v.text) {
		v.become("", field+"-tick")
	}
	e.keep(field, v)
}

// word is a code and the words that lists use for it, as keys.
type word struct {
	code string
	keys []string
}

func wordOf(list []word, text string) string {
	key := words(text)
	for _, w := range list {
		for _, k := range w.keys {
			if whole, ok := strings.CutPrefix(k, "="); ok && key == whole || !ok && hasWords(key, k) {
				return w.code
			}
		}
	}
	return ""
}

// readWord reads a field that holds one of a list of words. One that is none is
// left out, or asked about where there is a question for it.
func (e *entry) readWord(field string, list []word, question string) {
	v, ok := e.given(field)
	if !ok {
		return
	}
	switch w := wordOf(list, v.text); {
	case w != "":
		v.become(w, "form")
	case question != "":
		e.leave(field, v, fmt.Sprintf(question, v.text))
		return
	default:
		v.become("", field+"-unknown")
	}
	e.keep(field, v)
}

// readTick reads a field that says yes or no.
func (e *entry) readTick(field string) {
	v, ok := e.cell(field)
	key := words(v.text)
	if !ok || v.text == "" || key == "khong" || key == "no" || strings.Trim(v.text, "-–0 ") == "" {
		return
	}
	v.become("x", "tick")
	e.keep(field, v)
}

// readNumber reads a phone or identity number.
func (e *entry) readNumber(field string, fix func(*value) string) {
	v, has := e.cell(field)
	if !has || strings.Trim(v.text, "-–?. ") == "" {
		return
	}
	if isDitto(v.text) {
		e.ask(field, fmt.Sprintf("Ô số ghi “%s”, nghĩa là như dòng trên, nhưng số này mỗi người một khác. Số đúng là gì?", v.text))
		return
	}
	if q := fix(&v); q != "" {
		e.leave(field, v, q)
		return
	}
	e.keep(field, v)
}

// readDay reads a day of the life of the office, not of somebody's birth.
func (e *entry) readDay(field, name string) {
	v, ok := e.given(field)
	if !ok || strings.Trim(v.text, "-–?. ") == "" {
		return
	}
	if q := fixDay(&v, name, e.orders[field], e.t.g.Date1904); q != "" {
		e.leave(field, v, q)
		return
	}
	e.keep(field, v)
}

// resolveDitto puts the value above in place of a mark for it. Without one the
// row is asked about and false returned.
func (e *entry) resolveDitto(field string, v *value) bool {
	if !isDitto(v.text) {
		return true
	}
	above := e.above.Get(field)
	if above == "" {
		e.ask(field, fmt.Sprintf("Ô ghi “%s” (như trên) nhưng dòng trên không có gì. Ô này đúng ra ghi gì?", v.text))
		return false
	}
	v.become(above, "ditto")
	v.kind = sheet.Text
	return true
}

// readSection fills the unit from the line above the group, where the sheet has
// no column for it.
func (e *entry) readSection() {
	if e.has(unit) || e.reader.unit == "" {
		return
	}
	v := value{}
	v.become(e.reader.unit, "section")
	e.keep(unit, v)
}

// checkTwice parks a row whose identity number, or whole content, was met before.
func (e *entry) checkTwice() {
	if id := e.fields.Get(idNumber); id != "" {
		if line, ok := e.ids[id]; ok {
			e.ask(idNumber, fmt.Sprintf("Số căn cước %s đã có ở dòng %d. Hai dòng là một người, hay một số ghi nhầm?", id, line))
		} else {
			e.ids[id] = e.row.Line
		}
	}
	if e.question != "" || !e.tellsApart() {
		return
	}
	e.sum = e.hash()
	if i, ok := e.same[e.sum]; ok && sameRow(e.out.Rows[i].Fields, e.fields) {
		e.ask("", fmt.Sprintf("Dòng này giống hệt dòng %d. Có phải ghi hai lần không?", e.out.Rows[i].Line))
	}
}

// tellsApart reports whether the row says enough that two of the kind are one and
// the same: not so of a name and a year.
func (e *entry) tellsApart() bool {
	if e.form.of == "person" || e.form.of == "instructor" {
		return e.fields.Get(fullName) != "" && (len(e.fields.Get(birth)) == 10 || e.fields.Get(phone) != "")
	}
	return true
}

// remember notes a row that is about to be proposed.
func (x *reader) remember(e *entry) {
	if e.sum != 0 {
		x.same[e.sum] = len(x.out.Rows)
	}
}

// comparedFields tell people apart; other rows are compared whole.
var comparedFields = []string{fullName, birth, phone, unit, idNumber}

func (e *entry) hash() uint64 {
	var h maphash.Hash
	h.SetSeed(e.seed)
	for _, f := range e.fields {
		if e.form.of != "person" && e.form.of != "instructor" || slices.Contains(comparedFields, f.Name) {
			h.WriteString(f.Name)
			h.WriteByte(0)
			h.WriteString(strings.ToLower(f.Value))
			h.WriteByte(0)
		}
	}
	return h.Sum64() | 1
}

func sameRow(a, b record.Fields) bool {
	if a.Get(fullName) == "" {
		return slices.EqualFunc(a, b, sameField)
	}
	for _, f := range comparedFields {
		if !sameField(record.FieldValue{Name: f, Value: a.Get(f)}, record.FieldValue{Name: f, Value: b.Get(f)}) {
			return false
		}
	}
	return true
}

func sameField(a, b record.FieldValue) bool {
	return a.Name == b.Name && viet.NFC(strings.ToLower(a.Value)) == viet.NFC(strings.ToLower(b.Value))
}
