package preview

import (
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// row is what is known of a row of the grid beyond its cells.
type row struct {
	record.ProposedRow
	question string   // only a person can answer
	about    string   // the field it is about, "" for the row
	cells    []string // as they were shown first
	right    bool     // the person has said: it is right as it stands
	settled  bool     // the person has said who it is of those offered, or that it is none
	problem  string   // why storing refused it
}

// place is a cell of the list, whatever the columns are taken for.
type place struct {
	table, line int
	field       string
}

// show shows a proposal. The cursor goes to the first row with a question.
func (p *Preview) show(r reading) {
	p.keeper, p.proposal = r.keeper, r.proposal
	p.noteSheets()
	p.columns = columnsOf(p.proposal)
	p.makeGrid()
	p.rows, p.judged, p.next = map[string]*row{}, map[string]judgment{}, 0
	var rows []kit.GridRow
	if p.proposal.Unclear != nil {
		rows = p.rawRows()
	} else {
		rows = p.proposedRows()
	}
	first := !p.shown
	p.shown = true
	p.grid.SetRows(rows)
	p.name()
	p.judge()
	if first && p.OnShown != nil {
		p.OnShown()
	}
	p.desk.Window.Canvas().Focus(p.grid.FocusTarget())
	p.toFirstOpen()
}

func (p *Preview) makeGrid() {
	var grid []kit.GridColumn
	for _, c := range p.columns {
		grid = append(grid, c.grid)
	}
	g := kit.NewGrid(grid)
	g.NewKey, g.State, g.OnChanged = p.newKey, p.state, p.changed
	g.OnCursor, g.OnHeader, g.OnShortcut = p.cursorAt, p.openTitle, p.shortcut
	g.OnRefused = func(sentence string) { p.say(kit.Wrong, sentence) }
	p.grid = g
	p.holder.RemoveAll()
	p.holder.Add(g)
}

// name says what is shown, and which buttons make sense.
func (p *Preview) name() {
	from := p.src.Name
	if from == "" {
		from = kit.T("Danh sách vừa dán")
	}
	p.heading.SetText(from)
	p.showSheets()
	visible(p.header, p.proposal.Unclear != nil)
	visible(p.usual, p.options.UsualCase || slices.ContainsFunc(p.proposal.Rows, inCapitals))
	p.usual.Checked = p.options.UsualCase
	p.usual.Refresh()
	visible(p.left, len(p.proposal.Dropped) > 0)
	p.left.SetText(kit.T("Bỏ qua {{.N}} dòng", map[string]any{"N": kit.Number(int64(len(p.proposal.Dropped)))}))
}

func inCapitals(r record.ProposedRow) bool {
	name := r.Fields.Get("full_name")
	return len(name) > 3 && name == strings.ToUpper(name) && strings.Contains(name, " ")
}

func (p *Preview) newKey() string {
	p.next++
	return "r" + strconv.Itoa(p.next)
}

// rawRows are the rows of a list whose columns cannot be told.
func (p *Preview) rawRows() []kit.GridRow {
	var out []kit.GridRow
	for _, raw := range p.proposal.Raw {
		cells := make([]string, len(p.columns))
		for i, c := range p.columns {
			if len(c.sources) > 0 {
				cells[i] = raw.Cells[p.proposal.Columns[c.sources[0]].Index]
			}
		}
		out = append(out, kit.GridRow{Key: p.newKey(), Cells: cells})
	}
	return out
}

// proposedRows are what is ready and what is parked, in the order of the list.
func (p *Preview) proposedRows() []kit.GridRow {
	rows := make([]*row, 0, len(p.proposal.Rows)+len(p.proposal.Parked))
	for _, r := range p.proposal.Rows {
		rows = append(rows, &row{ProposedRow: r})
	}
	for _, r := range p.proposal.Parked {
		rows = append(rows, &row{ProposedRow: record.ProposedRow{Line: r.Line, Table: r.Table, Fields: r.Fields}, question: r.Question, about: r.Field})
	}
	slices.SortStableFunc(rows, func(a, b *row) int {
		if a.Table != b.Table {
			return a.Table - b.Table
		}
		return a.Line - b.Line
	})
	out := make([]kit.GridRow, len(rows))
	for i, r := range rows {
		key := p.newKey()
		p.rows[key] = r
		r.cells = p.cellsOf(r)
		out[i] = kit.GridRow{Key: key, Cells: p.withTyped(r)}
	}
	return out
}

func (p *Preview) cellsOf(r *row) []string {
	cells := make([]string, len(p.columns))
	left := p.proposal.Left[r.Line]
	for i, c := range p.columns {
		switch {
		case c.field != "":
			cells[i] = show(p.proposal.Of, c.field, r.Fields.Get(c.field))
		case r.Table == 0 && c.left < len(left):
			cells[i] = left[c.left]
		}
	}
	return cells
}

// withTyped are a row's cells with what the person had written into them before the
// list was read again.
func (p *Preview) withTyped(r *row) []string {
	cells := slices.Clone(r.cells)
	for i, c := range p.columns {
		if text, typed := p.typed[place{r.Table, r.Line, c.field}]; typed && c.field != "" {
			cells[i] = text
		}
	}
	return cells
}

// fieldsOf are the fields that a row of the grid says, and what cannot be read of it.
func (p *Preview) fieldsOf(r *row, cells []string) (record.Fields, record.Problems) {
	fields := slices.Clone(r.Fields)
	var problems record.Problems
	for i, c := range p.columns {
		if c.field == "" || i < len(r.cells) && cells[i] == r.cells[i] {
			continue
		}
		value, err := read(p.proposal.Of, c.field, cells[i], p.office.ParseDate)
		if err != nil {
			refusal := record.Refuse(record.ErrInvalid, record.SentenceOf(err, "vi"), record.SentenceOf(err, "en"))
			refusal.Field = c.field
			problems = append(problems, refusal)
			continue
		}
		fields.Set(c.field, value)
	}
	return fields, problems
}

// row is what is known of a row of the grid; nothing of one that was typed here.
func (p *Preview) row(key string) *row {
	if r := p.rows[key]; r != nil {
		return r
	}
	return &row{}
}

// decided is the proposal as it stands now: with what was typed, taken and told apart.
func (p *Preview) decided() record.Proposal {
	out := p.proposal
	out.Rows, out.Parked = nil, nil
	for i, g := range p.grid.Rows() {
		v := p.verdicts[i]
		if v.blank {
			continue
		}
		r := p.row(g.Key)
		fields, _ := p.fieldsOf(r, g.Cells)
		if !v.ready {
			out.Parked = append(out.Parked, record.ParkedRow{Line: r.Line, Table: r.Table, Fields: fields, Question: p.look(g).sentence(-1), Field: r.about})
			continue
		}
		ready := r.ProposedRow
		ready.Fields = fields
		if !p.sameWho(r, g.Cells) {
			ready.Known, ready.Offered, ready.Apart = nil, nil, nil
		}
		out.Rows = append(out.Rows, ready)
	}
	return out
}
