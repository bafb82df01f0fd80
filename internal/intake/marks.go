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
		ticks := false
		for i, c := range m.cols {
			p := m.profiles[i]
			of := c.field == f.field && c.word != "" || f.field == ethnicity && c.field == "" && ethnicGroups[words(c.label)]
			if !of || p.filled > 0 && !p.share(p.tick, 80) {
				continue
			}
			under = append(under, i)
			ticks = ticks || p.filled > 0
		}
		if len(under) < 2 || !ticks {
			continue
		}
		for _, i := range under {
			m.take(i, f.mark, "dấu đánh dưới từng "+fieldWords[f.field])
		}
	}
}

var fieldWords = map[string]string{ethnicity: "dân tộc", audience: "nhóm đối tượng"}
