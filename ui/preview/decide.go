package preview

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// state is what the grid shows of a row.
func (p *Preview) state(_ int, g kit.GridRow) kit.GridRowState {
	l := p.look(g)
	return kit.GridRowState{Word: l.word, Mark: l.mark, Cells: l.cells}
}

// changed keeps what was typed and judges the rows that changed.
func (p *Preview) changed() {
	for _, g := range p.grid.Rows() {
		r := p.rows[g.Key]
		if r == nil || p.judged[g.Key].cells == first(g.Cells) {
			continue
		}
		for i, c := range p.columns {
			if c.field == "" {
				continue
			}
			at := place{r.Table, r.Line, c.field}
			if g.Cells[i] != r.cells[i] {
				p.typed[at] = g.Cells[i]
			} else {
				delete(p.typed, at)
			}
		}
		r.problem = ""
	}
	p.judge()
}

func first(cells []string) *string {
	if len(cells) == 0 {
		return nil
	}
	return &cells[0]
}

// cursorAt says what the cell under the cursor asks for.
func (p *Preview) cursorAt(at, col int) {
	if p.proposal.Unclear != nil {
		p.say(kit.Attention, kit.In(*p.proposal.Unclear))
		return
	}
	l := p.look(p.grid.Row(at))
	sentence := l.sentence(col)
	if sentence == "" {
		sentence = l.sentence(-1)
	}
	state := kit.Plain
	switch {
	case l.mark >= kit.CellWrong:
		state = kit.Wrong
	case l.mark >= kit.CellDuplicate:
		state = kit.Attention
	}
	p.say(state, sentence)
}

// toFirstOpen brings the first row with a question under the cursor.
func (p *Preview) toFirstOpen() {
	for i, v := range p.verdicts {
		if !v.blank && !v.ready {
			p.grid.Select(i, p.asked(p.row(p.grid.Row(i).Key)))
			return
		}
	}
	p.grid.Select(0, 0)
}

// shortcut is Ctrl+Enter: it says that a row is right as it stands, who it is of
// those offered, or that the list is right where the register says something else.
func (p *Preview) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierControl || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		return false
	}
	p.grid.Commit()
	at, _ := p.grid.Cursor()
	g := p.grid.Row(at)
	r := p.rows[g.Key]
	if r == nil || p.proposal.Unclear != nil {
		return true
	}
	switch {
	case r.question != "" && !r.right:
		r.right = true
		p.again(g.Key)
	case p.sameWho(r, g.Cells) && (r.Known != nil || len(r.Offered) > 0):
		kit.Menu(p.desk.Window, p.menuPlace(), p.whoItems(g.Key, r)...)
	}
	return true
}

// menuPlace is where a menu about the row under the cursor opens.
func (p *Preview) menuPlace() fyne.Position { return p.grid.CursorPlace() }

// whoItems are the choices of who a row is.
func (p *Preview) whoItems(key string, r *row) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	add := func(words string, do func()) {
		items = append(items, fyne.NewMenuItem(words, func() { do(); p.again(key) }))
	}
	if r.Known != nil && len(r.Known.Differs) > 0 {
		words := kit.T("Lấy theo danh sách chỗ khác sổ")
		if r.Take {
			words = kit.T("Giữ theo sổ chỗ khác danh sách")
		}
		add(words, func() { r.Take = !r.Take })
	}
	others := r.Offered
	if r.Known != nil {
		others = []record.Known{*r.Known}
	}
	for i := range others {
		who := others[i]
		if r.Known != nil && who.ID == r.Known.ID {
			continue
		}
		add(kit.T("Là {{.Name}}", map[string]any{"Name": told(&who)}), func() { r.Known, r.settled, r.Apart = &who, true, nil })
	}
	add(kit.T("Không phải; ghi là mới"), func() {
		r.Apart = nil
		for i := range others {
			r.Apart = append(r.Apart, others[i].ID)
		}
		r.Offered, r.Known, r.settled, r.Take = others, nil, true, false
	})
	return items
}

// again shows a row anew after something was decided about it.
func (p *Preview) again(key string) {
	p.forget(key)
	p.judge()
	p.grid.Refresh()
	p.cursorAt(p.grid.Cursor())
}

// failed shows why the list was not stored, on the row that caused it when the error
// names one: "12.full_name" is line 12 of the list.
func (p *Preview) failed(err error) {
	sentence := kit.Sentence(err)
	p.say(kit.Wrong, sentence)
	var problems record.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		return
	}
	digits, _, _ := strings.Cut(problems[0].Field, ".")
	line, errNumber := strconv.Atoi(digits)
	if errNumber != nil {
		return
	}
	for i, g := range p.grid.Rows() {
		if r := p.rows[g.Key]; r != nil && r.Line == line {
			r.problem = sentence
			p.forget(g.Key)
			p.judge()
			p.grid.Select(i, 0)
			p.grid.Refresh()
			break
		}
	}
	p.say(kit.Wrong, sentence)
}

// showLeft lists the lines that are no rows, and why.
func (p *Preview) showLeft() {
	var lines []string
	for i, d := range p.proposal.Dropped {
		if i == mostLeft {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, kit.T("Dòng {{.Line}}: {{.Why}}", map[string]any{"Line": d.Line, "Why": d.Why}))
	}
	kit.ShowSentence(p.desk.Window, kit.Plain, kit.T("Các dòng không đưa vào"), strings.Join(lines, "\n"))
}

// mostLeft is how many lines are listed that are no rows.
const mostLeft = 20

func visible(o fyne.CanvasObject, is bool) {
	if is {
		o.Show()
	} else {
		o.Hide()
	}
}
