package activities

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// take puts a proposal into the grid as one step: what is ready and what is
// parked in the order of the list it came from.
func (p *people) take(key string, row int, proposal record.Proposal) {
	var rows []kit.GridRow
	parked := 0
	for _, line := range inOrder(proposal) {
		if line.question != "" {
			parked++
		}
		rows = append(rows, p.proposedRow(line))
	}
	at, over := p.place(key, row)
	p.grid.Replace(at, over, rows)
	p.sayTaken(len(rows)-parked, parked, proposal)
}

// proposedRow makes a row of a line of a list; what it is told goes into its facts.
func (p *people) proposedRow(line listLine) kit.GridRow {
	facts := &rowFacts{Repairs: line.repairs, Question: line.question, About: line.about}
	person := record.PersonOf(line.fields)
	cells := cellsOf(p.columns, person, person.UnitText)
	for i := range facts.Repairs {
		facts.Repairs[i].After = p.shown(facts.Repairs[i], cells)
	}
	if facts.Question != "" {
		facts.Asked = cells
	}
	made := p.newKey()
	p.facts[made] = facts
	return kit.GridRow{Key: made, Cells: cells}
}

// place is where a block goes that was meant for a blank row: there, if it still
// is blank, else after the last row.
func (p *people) place(key string, row int) (at, over int) {
	rows := p.grid.Rows()
	if key == "" {
		return min(row, len(rows)), 0
	}
	for i, r := range rows {
		if r.Key == key && r.Blank() {
			return i, 1
		}
	}
	return len(rows), 0
}

// shown is a repair's result as it stands in its cell.
func (p *people) shown(r record.Repair, cells []string) string {
	if col := p.column(r.Field); col >= 0 {
		return cells[col]
	}
	return r.After
}

// listLine is one line of a list that came, ready or parked.
type listLine struct {
	line     int
	fields   record.Fields
	repairs  []record.Repair
	question string
	about    string // the field of the question
}

func inOrder(p record.Proposal) []listLine {
	var lines []listLine
	for _, r := range p.Rows {
		lines = append(lines, listLine{line: r.Line, fields: r.Fields, repairs: slices.Clone(r.Repairs)})
	}
	for _, r := range p.Parked {
		lines = append(lines, listLine{line: r.Line, fields: r.Fields, question: r.Question, about: r.Field})
	}
	slices.SortStableFunc(lines, func(a, b listLine) int { return a.line - b.line })
	return lines
}

func (p *people) sayTaken(ready, parked int, proposal record.Proposal) {
	said := kit.T("Đã nhận {{.N}} người.", map[string]any{"N": ready})
	state := kit.Fine
	if parked > 0 {
		state = kit.Attention
		said += " " + kit.T("{{.N}} dòng cần hỏi lại, có ghi “cần hỏi” ở đầu dòng.", map[string]any{"N": parked})
	}
	if dropped := len(proposal.Dropped); dropped > 0 {
		said += " " + kit.T("Bỏ {{.N}} dòng không phải người (tiêu đề, tổng cộng, dòng trống).", map[string]any{"N": dropped})
	}
	if fields := record.NotKept(p.keeper, proposal); len(fields) > 0 {
		state = kit.Attention
		said += " " + kit.T("Không lưu: {{.Fields}} (chưa bật ở Thiết lập › Dữ liệu cá nhân).", map[string]any{"Fields": fieldNames(fields)})
	}
	p.say(state, said)
}

// fieldNames says optional fields in words: "số điện thoại, số căn cước".
func fieldNames(fields []string) string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = kit.Term(record.OptionalFields, field)
	}
	return strings.Join(names, ", ")
}

// failed shows why the list was not stored, on the row that caused it when the
// error names one. Everything typed stays.
func (p *people) failed(err error, keys []string) {
	sentence := kit.Sentence(err)
	if i, named := lineOf(err); named && i < len(keys) {
		facts := p.fact(keys[i])
		facts.Problem = sentence
		p.facts[keys[i]] = &facts
		p.judge()
		p.grid.Refresh()
		row := slices.IndexFunc(p.grid.Rows(), func(r kit.GridRow) bool { return r.Key == keys[i] })
		_, col := p.grid.Cursor()
		p.grid.Select(max(row, 0), col)
	}
	p.say(kit.Wrong, sentence)
	p.foot.Say(kit.T("chưa lưu, nội dung vẫn còn trong bản nháp"))
}

// lineOf is the line, from 0, that an error is about: its field is written
// "attendees[12].full_name" or "12.full_name", counted from 1.
func lineOf(err error) (int, bool) {
	var refusal *record.Refusal
	var problems record.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		refusal = problems[0]
	} else if !errors.As(err, &refusal) {
		return 0, false
	}
	digits := strings.TrimFunc(strings.SplitN(refusal.Field, ".", 2)[0], func(r rune) bool { return r < '0' || r > '9' })
	line, errNumber := strconv.Atoi(digits)
	return line - 1, errNumber == nil && line > 0
}

// typing offers a known person while a name is typed. The editor is left alone.
func (p *people) typing(_, col int, text string) {
	p.offered = record.PersonChoice{}
	if _, can := p.office.(Persons); !can || col != p.column("full_name") || len([]rune(strings.TrimSpace(text))) < 2 {
		p.offers.Drop()
		return
	}
	kit.Ask(p.offers, func(ctx context.Context) ([]record.PersonChoice, error) {
		return p.office.FindPeople(ctx, text, 1)
	}, func(found []record.PersonChoice, err error) {
		if err != nil || len(found) == 0 {
			p.say(kit.Plain, "")
			return
		}
		p.offered = found[0]
		p.say(kit.Plain, kit.T("Đã có trong sổ: {{.Name}}, {{.Detail}}. Nhấn Ctrl+Enter để lấy người này.",
			map[string]any{"Name": found[0].Name, "Detail": found[0].Detail}))
	})
}

// shortcut is Ctrl+Enter: it takes the person offered, or says that a row with a
// question is right as it stands.
func (p *people) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierControl || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		return false
	}
	row, _ := p.grid.Cursor()
	if !p.offered.ID.IsZero() {
		p.accept(row, p.offered.ID)
		return true
	}
	key := p.grid.Row(row).Key
	if facts := p.fact(key); facts.Question != "" {
		facts.Question = ""
		p.facts[key] = &facts
		p.changed()
		p.grid.Refresh()
		p.cursorAt(p.grid.Cursor())
	}
	return true
}

// accept puts a known person into the row; what the person's record does not say
// stays as it was typed.
func (p *people) accept(row int, id record.ID) {
	p.grid.Cancel()
	turn, before := p.turn, p.grid.Row(row)
	kit.Do(p.desk.Runner, func(ctx context.Context) (knownPerson, error) {
		return p.known(ctx, id)
	}, func(k knownPerson, err error) {
		switch {
		case turn != p.turn:
			return
		case err != nil:
			p.say(kit.Wrong, kit.Sentence(err))
			return
		}
		cells := cellsOf(p.columns, k.person, k.unit)
		for i := range cells {
			if cells[i] == "" && i < len(before.Cells) {
				cells[i] = before.Cells[i]
			}
		}
		if !k.person.UnitID.IsZero() {
			p.names[k.person.UnitID] = k.unit
		}
		made := p.newKey()
		p.facts[made] = &rowFacts{Person: k.person, PersonID: k.person.ID, Unit: k.unit}
		over := min(1, len(p.grid.Rows())-row)
		p.grid.Replace(row, over, []kit.GridRow{{Key: made, Cells: cells}})
	})
}

// knownPerson is someone the register knows, and how their unit is shown.
type knownPerson struct {
	person record.Person
	unit   string
}

func (p *people) known(ctx context.Context, id record.ID) (knownPerson, error) {
	person, err := p.office.(Persons).Person(ctx, id)
	if err != nil || person.UnitID.IsZero() {
		return knownPerson{person, person.UnitText}, err
	}
	unit, err := p.office.Unit(ctx, person.UnitID)
	return knownPerson{person, unit.FullName()}, err
}
