package intake

import (
	"fmt"

	"sophobien/internal/sheet"
)

// mostLines is how many lines one person may take: what is merged over more is a
// mistake, or says something of many.
const mostLines = 6

// below are the rows that go on with the one at i: lines without a name of their own
// beside a name, or a number, that is merged over them.
func (x *reader) below(i int) []sheet.Row {
	if len(x.t.merged) == 0 {
		return nil
	}
	rows := x.r.rows
	first := rows[i]
	last, named := first.Line, false
	for _, c := range x.own {
		if first.At(c).Text == "" {
			continue
		}
		named = named || x.form.isKey(x.fields[c])
		if a, ok := x.t.area(first.Line, c); ok && a.Line == first.Line && a.Col == a.LastCol {
			last = max(last, a.LastLine)
		}
	}
	if !named || last-first.Line >= mostLines {
		return nil
	}
	end := i + 1
	for end < len(rows) && rows[end].Line <= last && !x.hasName(rows[end]) {
		end++
	}
	return rows[i+1 : end]
}

func (x *reader) hasName(r sheet.Row) bool {
	for _, c := range x.own {
		if x.form.isKey(x.fields[c]) && r.At(c).Text != "" {
			return true
		}
	}
	return false
}

// joinLines adds what the lines below say to the values of a row.
func (x *reader) joinLines(below []sheet.Row) {
	for _, r := range below {
		for c, more := range x.t.rowValues(r, nil) {
			if more.text == "" || c < x.r.from || c >= x.r.to || x.fields[c] == "" || x.fields[c] == ordinal {
				continue
			}
			x.vals[c] = joinedLines(x.vals[c], more, x.fields[c])
		}
	}
}

func joinedLines(above, below value, field string) value {
	switch {
	case above.text == "":
		v := value{kind: below.kind, charset: below.charset}
		v.become(below.raw(), "join-lines")
		v.steps, v.text = append(v.steps, below.steps...), below.text
		return v
	case words(above.text) == words(below.text):
		return above
	}
	between := " / " // of several numbers or days people are asked, or the first is taken
	switch field {
	case unit, unitPart, address:
		between = ", "
	case position, ethnicity, disability, audience, qualification, decision, questionText, answer:
		between = " "
	}
	return joined([]value{above, below}, between, "join-lines")
}

// dropLines accounts for the lines that went into the row above them.
func (x *reader) dropLines(row sheet.Row, below []sheet.Row) {
	for _, r := range below {
		x.gap(r.Line)
		x.drop(r.Line, fmt.Sprintf("cùng một người với dòng %d (ô gộp)", row.Line))
	}
}
