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
	sum      uint64 // of the whole row, where it is no person's
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

// readWord reads a field that holds one of a list of words. What is none of them is
// left out, or asked about where there is a question for it.
func (e *entry) readWord(field string, code func(string) string, question string) {
	v, ok := e.given(field)
	if !ok {
		return
	}
	switch w := code(v.text); {
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
	switch {
	case !has || v.text == "":
		return
	case isDitto(v.text):
		e.ask(field, fmt.Sprintf("Ô số ghi “%s”, nghĩa là như dòng trên, nhưng số này mỗi người một khác. Số đúng là gì?", v.text))
		return
	case saysNone(&v):
		e.keep(field, v)
		return
	}
	if v.kind == sheet.Number {
		v.become(e.shown(field, v.text), zeroRules[field])
	}
	if q := fix(&v); q != "" {
		e.leave(field, v, q)
		return
	}
	e.keep(field, v)
}

// zeroRules are the rules by which numbers get their zeros back.
var zeroRules = map[string]string{idNumber: "id-zero", phone: "phone-zero", code: "code-zero"}

// shown is a number with the zeros in front of it that its cell shows.
func (e *entry) shown(field, digits string) string {
	format := e.t.g.StyleOf(e.row.At(e.cols[field])).Format
	if n := len(format) - len(digits); n > 0 && strings.Trim(format, "0") == "" && onlyDigits(digits) == digits {
		return format[:n] + digits
	}
	return digits
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

// checkTwice parks a row that was met before. Of a person who is on the list already,
// word for word, it says why the row goes.
func (e *entry) checkTwice() (why string) {
	if e.isPerson() {
		return e.checkPersonTwice()
	}
	if e.question == "" {
		e.sum = e.hash()
		if i, ok := e.same[e.sum]; ok && slices.EqualFunc(e.out.Rows[i].Fields, e.fields, sameField) {
			e.ask("", fmt.Sprintf("Dòng này giống hệt dòng %d. Có phải ghi hai lần không?", e.out.Rows[i].Line))
		}
	}
	return ""
}

func (x *reader) isPerson() bool { return x.form.of == "person" || x.form.of == "instructor" }

// remember notes a row that is about to be proposed or parked, and its place.
func (x *reader) remember(e *entry, place int) {
	switch {
	case x.isPerson():
		x.met.add(e.fields.Get(idNumber), place)
	case place >= 0:
		x.same[e.sum] = place
	}
}

func (e *entry) hash() uint64 {
	var h maphash.Hash
	h.SetSeed(e.met.seed)
	for _, f := range e.fields {
		h.WriteString(f.Name)
		h.WriteByte(0)
		h.WriteString(strings.ToLower(f.Value))
		h.WriteByte(0)
	}
	return h.Sum64()
}

func sameField(a, b record.FieldValue) bool {
	return a.Name == b.Name && viet.NFC(strings.ToLower(a.Value)) == viet.NFC(strings.ToLower(b.Value))
}
