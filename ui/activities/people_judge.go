package activities

import (
	"errors"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// verdict is how a row stands.
type verdict struct {
	blank     bool
	person    record.Person
	mark      kit.CellMark
	word      string
	cells     map[int]kit.CellMark
	sentences map[int]string // by column; -1 for the row
}

func (v *verdict) add(col int, mark kit.CellMark, word, sentence string) {
	if mark > v.mark {
		v.mark, v.word = mark, word
	}
	if col >= 0 {
		v.cells[col] = max(v.cells[col], mark)
	}
	if v.sentences[col] == "" {
		v.sentences[col] = sentence
	}
}

// sentence is what is said of a cell: its own, else the row's, else that of the
// first cell of the row that has one.
func (v *verdict) sentence(col int) string {
	for _, at := range []int{col, -1, v.firstMarked()} {
		if s := v.sentences[at]; s != "" {
			return s
		}
	}
	return ""
}

// judge looks at every row anew and says how many people there are.
func (p *people) judge() {
	rows := p.grid.Rows()
	p.verdicts = make([]verdict, len(rows))
	seen := map[string]int{}
	for i, r := range rows {
		p.verdicts[i] = p.judgeRow(r)
		v := &p.verdicts[i]
		if v.blank {
			continue
		}
		same := strings.ToLower(strings.Join([]string{v.person.FullName, string(v.person.Birth), r.Cells[p.column("unit")]}, "|"))
		if first, twice := seen[same]; twice && v.person.FullName != "" {
			v.add(p.column("full_name"), kit.CellDuplicate, kit.T("trùng"),
				kit.T("Giống dòng {{.Line}}. Nếu là hai người, hãy ghi thêm năm sinh hoặc đơn vị; nếu là một, hãy xóa một dòng.",
					map[string]any{"Line": first + 1}))
		} else {
			seen[same] = i
		}
	}
	p.count()
}

func (p *people) judgeRow(r kit.GridRow) verdict {
	v := verdict{cells: map[int]kit.CellMark{}, sentences: map[int]string{}, blank: r.Blank()}
	if v.blank {
		return v
	}
	facts := p.fact(r.Key)
	person, err := personOf(p.columns, r.Cells, facts, p.office.ParseDate)
	v.person = person
	var problems record.Problems
	errors.As(err, &problems)
	if facts.open(r.Cells) { // the question says what is wrong
		p.judgeQuestion(&v, r, facts, len(problems) == 0)
	} else {
		for _, problem := range problems {
			v.add(p.column(problem.Field), kit.CellWrong, kit.T("cần sửa"), kit.In(problem.Words))
		}
	}
	if facts.Problem != "" {
		v.add(-1, kit.CellWrong, kit.T("chưa lưu"), facts.Problem)
	}
	p.judgeRepairs(&v, r, facts)
	return v
}

// judgeQuestion marks a row that waits for an answer; one that may be right as it
// stands can be said to be.
func (p *people) judgeQuestion(v *verdict, r kit.GridRow, facts rowFacts, mayBeRight bool) {
	sentence := facts.Question
	if mayBeRight {
		sentence += " " + kit.T("Sửa ô này, hoặc nhấn Ctrl+Enter nếu dòng đã đúng.")
	}
	v.add(-1, kit.CellQuestion, kit.T("cần hỏi"), sentence)
	about := p.column(facts.About)
	for col, cell := range r.Cells {
		if about < 0 && cell != "" {
			about = col
		}
	}
	v.cells[max(about, 0)] = kit.CellQuestion
}

// judgeRepairs marks what was put right on the way in, as long as it stands. A
// capital that became small is nothing to look at.
func (p *people) judgeRepairs(v *verdict, r kit.GridRow, facts rowFacts) {
	for _, repair := range facts.Repairs {
		col := p.column(repair.Field)
		if col >= 0 && r.Cells[col] == repair.After && !strings.EqualFold(repair.Before, repair.After) {
			v.add(col, kit.CellRepaired, kit.T("đã sửa"),
				kit.T("Trong bảng gốc là “{{.Before}}”, đã sửa thành “{{.After}}”.", map[string]any{"Before": repair.Before, "After": repair.After}))
		}
	}
}

// column is the place of a field in the grid, or -1.
func (p *people) column(field string) int {
	for i, c := range p.columns {
		if c.field == field {
			return i
		}
	}
	return -1
}

// state is what the grid shows of a row.
func (p *people) state(row int, _ kit.GridRow) kit.GridRowState {
	if row >= len(p.verdicts) {
		return kit.GridRowState{}
	}
	v := p.verdicts[row]
	return kit.GridRowState{Word: v.word, Mark: v.mark, Cells: v.cells}
}

// cursorAt says what the cell under the cursor asks for.
func (p *people) cursorAt(row, col int) {
	if row >= len(p.verdicts) {
		p.say(kit.Plain, "")
		return
	}
	v := &p.verdicts[row]
	p.say(stateOf(v.mark), v.sentence(col))
}

func stateOf(m kit.CellMark) kit.State {
	switch m {
	case kit.CellWrong:
		return kit.Wrong
	case kit.CellQuestion, kit.CellDuplicate:
		return kit.Attention
	}
	return kit.Plain
}

// firstOpen is the first row that cannot be stored yet, and why; -1 for none.
func (p *people) firstOpen() (row, col int, sentence string) {
	open := 0
	row = -1
	for i := range p.verdicts {
		v := &p.verdicts[i]
		if v.blank || v.mark < kit.CellQuestion || p.fact(p.grid.Row(i).Key).Problem != "" && v.onlyRefused() {
			continue
		}
		open++
		if row < 0 {
			row, col, sentence = i, v.firstMarked(), v.sentence(v.firstMarked())
		}
	}
	if open > 1 {
		sentence = kit.T("Còn {{.N}} dòng chưa lưu được. Dòng {{.Line}}: ", map[string]any{"N": open, "Line": row + 1}) + sentence
	}
	return row, col, sentence
}

// onlyRefused reports whether nothing but the last refusal speaks against the
// row: trying again may store it.
func (v *verdict) onlyRefused() bool { return len(v.cells) == 0 }

func (v *verdict) firstMarked() int {
	found := -1
	for col, mark := range v.cells {
		if mark >= kit.CellQuestion && (found < 0 || col < found) {
			found = col
		}
	}
	return max(found, 0)
}

// count says how many people there are, by sex and group.
func (p *people) count() {
	total, women, men, open := 0, 0, 0, 0
	groups := map[string]int{}
	for i := range p.verdicts {
		v := &p.verdicts[i]
		if v.blank {
			continue
		}
		total++
		groups[v.person.Group]++
		switch v.person.Sex {
		case "nữ":
			women++
		case "nam":
			men++
		}
		if v.mark >= kit.CellDuplicate {
			open++
		}
	}
	said := kit.T("{{.N}} người: {{.Women}} nữ, {{.Men}} nam", map[string]any{"N": total, "Women": women, "Men": men})
	if unknown := total - women - men; unknown > 0 {
		said += kit.T(", {{.N}} chưa rõ", map[string]any{"N": unknown})
	}
	if open > 0 {
		said += "  ·  " + kit.T("{{.N}} dòng cần xem lại", map[string]any{"N": open})
	}
	for _, t := range record.Audiences {
		if n := groups[t.Code]; n > 0 {
			said += "  ·  " + kit.In(t.Words) + " " + strconv.Itoa(n)
		}
	}
	if total == 0 {
		said = kit.T("Chưa có ai trong danh sách")
	}
	p.counts.SetText(said)
	p.onCount(total)
}
