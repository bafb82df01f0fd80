package intake

import (
	"fmt"
	"strings"

	"sophobien/internal/sheet"
)

// markedFields are the fields whose words stand over columns of marks, and what such a
// column is called.
var markedFields = []struct{ field, mark string }{{ethnicity, ethnicMark}, {audience, audienceMark}}

// marked is the word of the column in which a row has its mark.
func (e *entry) marked(field string, cols []int) (v value) {
	var said []string
	for _, c := range cols {
		cell := e.cellAt(c, e.reader.fields[c])
		if strings.Trim(cell.text, "-–0 ") == "" {
			e.lost(field, cell)
			continue
		}
		word := e.wordOver(c)
		said = append(said, word)
		if v = cell; isTick(v.text) && (field != ethnicity || ethnicGroups[words(word)]) {
			v.become(word, "tick")
			v.kind = sheet.Text
		}
	}
	if len(said) > 1 {
		e.ask(field, fmt.Sprintf("Các cột “%s” cùng được đánh dấu. Cột nào đúng?", strings.Join(said, "”, “")))
		return value{}
	}
	return v
}

// wordOver is the word that a column of marks stands under.
func (x *reader) wordOver(col int) string {
	if x.h.low != nil && x.h.low[col] != "" {
		return x.h.low[col]
	}
	return x.h.labels[col]
}

// marks sees columns that share a field, each under a word of it and filled with marks.
func (m mapping) marks() {
	for _, f := range markedFields {
		var under []int
		for i, c := range m.cols {
			if c.field == f.field && c.word != "" || f.field == ethnicity && c.field == "" && ethnicGroups[words(c.label)] {
				under = append(under, i)
			}
		}
		if len(under) < 2 || !m.areMarked(under) {
			continue
		}
		for _, i := range under {
			m.take(i, f.mark, "dấu đánh dưới từng "+fieldWords[f.field])
		}
	}
}

var fieldWords = map[string]string{ethnicity: "dân tộc", audience: "nhóm đối tượng"}

// areMarked reports whether columns hold marks: in most rows with a name that say
// anything in them, one of them alone. Headers of further pages and numbers of
// columns fill all.
func (m mapping) areMarked(cols []int) bool {
	marked, other := 0, 0
	for _, r := range m.rows[:min(len(m.rows), sampled)] {
		if !m.hasName(r) {
			continue // a signature, a total
		}
		filled, ticks := 0, 0
		for _, c := range cols {
			if text := m.t.at(r, c).text; text != "" {
				filled++
				if isTick(text) {
					ticks++
				}
			}
		}
		switch {
		case filled == 1 && ticks == 1:
			marked++
		case filled > 0 && filled < len(cols):
			other++
		}
	}
	return marked > 0 && marked >= other
}

func (m mapping) hasName(r sheet.Row) bool {
	for i, c := range m.cols {
		if m.form.isKey(c.field) && r.At(i).Text != "" {
			return true
		}
	}
	return false
}
