package activities

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// people is the tab of those who came: a grid to paste and type into, how many
// they are above it, and under it what the cell under the cursor asks for.
type people struct {
	widget.BaseWidget

	onSaved func()
	onCount func(n int)
	// onLooking tells that a list is being looked over, or no more.
	onLooking func(on bool)

	desk    kit.Desk
	office  Office
	drafts  *ledger.Drafts
	opens   *kit.Latest
	offers  *kit.Latest
	offered record.PersonChoice // a known person whose name is being typed

	activity record.ID
	keeper   record.Office // who keeps the list: says which fields it may hold
	columns  []personColumn
	facts    map[string]*rowFacts
	names    map[record.ID]string // of the units people belong to
	seen     []record.Attendee    // the list as it was read
	listed   map[record.ID]bool   // attendances that are stored
	base     map[string][]string  // by attendance: the cells of the stored row that was typed over
	verdicts []verdict
	next     int // number of the next row made here
	dirty    bool
	saving   bool
	turn     int
	lists    *lists
	folder   string // for files, unless another is chosen

	door    *door         // nil: nobody is checked in here
	heading func() string // what the activity is called

	whole  fyne.CanvasObject // all but the preview
	grid   *kit.Grid
	holder *fyne.Container
	counts *kit.Text
	note   *kit.Note
	foot   *kit.Foot
}

func newPeople(desk kit.Desk, office Office, d *ledger.Drafts) *people {
	p := &people{
		desk: desk, office: office, drafts: d, opens: kit.NewLatest(desk.Runner), offers: kit.NewLatest(desk.Runner),
		counts: kit.Line(""), note: kit.NewNote(kit.Plain, ""), foot: kit.NewFoot(), holder: container.NewStack(),
	}
	p.setColumns(personColumns(record.Office{}))
	p.newLists()
	p.newDoor()
	tools := kit.HStack(theme.SizeTight)
	if p.door != nil {
		tools.Add(p.door.open)
	}
	for _, o := range []fyne.CanvasObject{p.lists.taken, p.lists.files, p.lists.out} {
		tools.Add(o)
	}
	p.whole = kit.Border(
		kit.InsetXY(theme.SizeGroup, theme.SizeTight, kit.Border(nil, nil, nil, tools, p.counts)),
		kit.Steady(2, kit.InsetXY(theme.SizeGroup, theme.SizeTight, p.note)),
		nil, nil, p.holder)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer shows the grid with the counts above it and a sentence below, or the
// preview of a list in its place.
func (p *people) CreateRenderer() fyne.WidgetRenderer {
	all := container.NewStack(p.whole, p.lists.preview)
	if p.door != nil {
		all.Add(p.door.panel)
	}
	return widget.NewSimpleRenderer(all)
}

func (p *people) scope() string { return peopleScope + p.activity.String() }

// setColumns makes the grid, unless it has these columns already.
func (p *people) setColumns(columns []personColumn) {
	if len(columns) == len(p.columns) {
		return
	}
	p.columns = columns
	var grid []kit.GridColumn
	for _, c := range columns {
		grid = append(grid, c.grid)
	}
	g := kit.NewGrid(grid)
	g.NewKey, g.State, g.OnChanged = p.newKey, p.state, p.changed
	g.OnPaste, g.OnCursor, g.OnTyping = p.paste, p.cursorAt, p.typing
	g.OnShortcut = p.shortcut
	g.OnRefused = func(sentence string) { p.say(kit.Wrong, sentence) }
	p.grid = g
	p.holder.Objects = []fyne.CanvasObject{g}
	p.holder.Refresh()
}

func (p *people) newKey() string {
	p.next++
	return "r" + strconv.Itoa(p.next)
}

// fact is what is known of a row; of a row made here nothing is.
func (p *people) fact(key string) rowFacts {
	if f := p.facts[key]; f != nil {
		return *f
	}
	return rowFacts{}
}

// attended is what opening the tab reads.
type attended struct {
	office record.Office
	list   []record.Attendee
	names  map[record.ID]string
	draft  ledger.Draft
}

// open shows the people of an activity, with their draft if there is one; a zero
// activity has none.
func (p *people) open(activity record.ID) {
	p.grid.Commit() // a cell being typed belongs to the list being left
	p.turn++
	if p.lists.preview.Shown() {
		p.lists.preview.Leave()
	}
	if p.doorOpen() {
		p.atDoor(false)
	}
	p.lists.imports = nil
	p.lists.taken.Hide()
	p.activity, p.dirty, p.saving = activity, false, false
	p.holder.Hide()
	p.say(kit.Plain, "")
	p.foot.Say("")
	p.onCount(0)
	if activity.IsZero() {
		p.opens.Drop()
		return
	}
	draft := p.drafts.Read(p.scope())
	kit.Ask(p.opens, func(ctx context.Context) (attended, error) {
		return p.read(ctx, activity, draft)
	}, p.show)
}

// reload reads the list again. One that is being edited stays, and so does one
// that did not change: the cursor and the way back through undo with it.
func (p *people) reload() {
	if p.dirty || p.saving || p.activity.IsZero() {
		return
	}
	activity, draft := p.activity, p.drafts.Read(p.scope())
	kit.Ask(p.opens, func(ctx context.Context) (attended, error) {
		return p.read(ctx, activity, draft)
	}, func(a attended, err error) {
		if err == nil {
			p.keeper = a.office
		}
		same := len(a.draft.Text) == 0 && reflect.DeepEqual(a.list, p.seen) && len(personColumns(a.office)) == len(p.columns)
		if !p.dirty && !p.saving && (err != nil || !same) {
			p.show(a, err)
		}
	})
}

func (p *people) read(ctx context.Context, activity record.ID, draft func(context.Context) (ledger.Draft, error)) (attended, error) {
	office, err := p.office.Office(ctx)
	if err != nil {
		return attended{}, err
	}
	list, err := p.office.Attendees(ctx, activity)
	if err != nil {
		return attended{}, err
	}
	names := map[record.ID]string{}
	for _, a := range list {
		if id := a.Person.UnitID; !id.IsZero() && names[id] == "" {
			unit, err := p.office.Unit(ctx, id)
			if err != nil {
				return attended{}, err
			}
			names[id] = unit.FullName()
		}
	}
	kept, err := draft(ctx)
	return attended{office, list, names, kept}, err
}

func (p *people) show(a attended, err error) {
	if err != nil {
		p.say(kit.Wrong, kit.Sentence(err))
		return
	}
	p.keeper = a.office
	p.setColumns(personColumns(a.office))
	p.names, p.facts, p.next, p.seen = a.names, map[string]*rowFacts{}, 0, a.list
	rows := p.stored(a.list)
	if d, drafted := readPeopleDraft(a.draft.Text, p.columns); drafted {
		rows = p.restore(d, a.list)
		p.say(kit.Plain, kit.ShowsDraft(a.draft.At))
		p.kept(a.draft.At, nil)
		p.dirty = true
	}
	p.grid.SetRows(rows)
	p.judge()
	p.askImports()
	p.holder.Show()
	if p.Visible() && !p.lists.preview.Shown() {
		p.desk.Window.Canvas().Focus(p.grid.FocusTarget())
	}
	if len(rows) == 0 {
		p.say(kit.Plain, kit.T("Chép danh sách trong bảng tính rồi nhấn Ctrl+V ở đây, hoặc gõ từng người: Tab sang ô bên, Enter xuống dòng."))
	}
}

// stored makes the rows of what is stored.
func (p *people) stored(list []record.Attendee) []kit.GridRow {
	p.listed, p.base = map[record.ID]bool{}, map[string][]string{}
	var rows []kit.GridRow
	for _, a := range list {
		p.listed[a.Attendance.ID] = true
		rows = append(rows, p.storedRow(a))
	}
	return rows
}

func (p *people) storedRow(a record.Attendee) kit.GridRow {
	key, unit := p.newKey(), unitText(a.Person, p.names)
	p.facts[key] = &rowFacts{Person: a.Person, Attendance: a.Attendance, PersonID: a.Person.ID, ListID: a.Attendance.ID, Unit: unit}
	cells := cellsOf(p.columns, a.Person, unit)
	p.base[a.Attendance.ID.String()] = cells
	return kit.GridRow{Key: key, Cells: slices.Clone(cells)}
}

// restore makes the rows of a draft over the list as it is stored now: cells nobody typed
// in follow what others changed since, who came since is there, and who was taken off is
// gone unless something was typed of them.
func (p *people) restore(d peopleDraft, list []record.Attendee) []kit.GridRow {
	now := map[record.ID]*rowFacts{}
	for _, f := range p.facts {
		now[f.ListID] = f
	}
	p.facts, p.next = d.Facts, d.Next
	var rows []kit.GridRow
	known := map[record.ID]bool{}
	for _, r := range d.Rows {
		f := p.facts[r.Key]
		if f == nil || f.ListID.IsZero() {
			rows = append(rows, r)
			continue
		}
		known[f.ListID] = true
		base := d.Base[f.ListID.String()]
		s := now[f.ListID]
		if s == nil {
			if base == nil || !slices.Equal(base, r.Cells) {
				rows = append(rows, r)
			}
			continue
		}
		f.Person, f.Attendance = s.Person, s.Attendance
		if base != nil {
			r.Cells = untyped(r.Cells, base, p.base[f.ListID.String()])
			if f.PersonID == s.PersonID {
				f.Unit = s.Unit
			}
		}
		rows = append(rows, r)
	}
	for _, a := range list {
		id := a.Attendance.ID
		if _, began := d.Base[id.String()]; d.Base != nil && !began && !known[id] {
			rows = append(rows, p.storedRow(a))
		}
	}
	return rows
}

// untyped are the cells of a draft, with what stands now where nothing was typed.
func untyped(cells, base, now []string) []string {
	out := slices.Clone(cells)
	for i := range out {
		if i < len(base) && i < len(now) && out[i] == base[i] {
			out[i] = now[i]
		}
	}
	return out
}

// changed keeps a draft after every cell and every other step.
func (p *people) changed() {
	p.dirty = true
	p.judge()
	p.drafts.Save(p.scope(), p.paper().bytes())
}

func (p *people) paper() peopleDraft {
	d := peopleDraft{Rows: p.grid.Rows(), Facts: p.facts, Next: p.next, Base: p.base}
	for _, c := range p.columns {
		d.Columns = append(d.Columns, c.field)
	}
	return d
}

// kept is told when a draft was written.
func (p *people) kept(at time.Time, err error) {
	if err != nil {
		p.foot.Say(kit.T("chưa ghi được bản nháp"))
		p.say(kit.Wrong, kit.Sentence(err))
		return
	}
	if !at.IsZero() {
		p.foot.Say(kit.T("bản nháp {{.Clock}}", map[string]any{"Clock": at.Format("15:04")}))
	}
}

func (p *people) say(state kit.State, sentence string) {
	p.note.Set(state, sentence)
	kit.SetVisible(p.note, sentence != "")
}

// save stores the whole list, if every row can be stored.
func (p *people) save() {
	if p.lists.preview.Shown() {
		p.lists.preview.Store()
		return
	}
	p.grid.Commit()
	if p.saving || p.activity.IsZero() || p.doorOpen() {
		return
	}
	if row, col, sentence := p.firstOpen(); row >= 0 {
		p.grid.Select(row, col)
		p.say(kit.Attention, sentence)
		return
	}
	list, keys := p.list()
	p.saving = true
	turn, activity, typed := p.turn, p.activity, p.paper().bytes()
	kit.Do(p.desk.Runner, func(ctx context.Context) ([]record.Attendee, error) {
		if _, err := p.office.SaveAttendees(ctx, activity, list); err != nil {
			return nil, err
		}
		return p.office.Attendees(ctx, activity)
	}, func(stored []record.Attendee, err error) {
		if turn != p.turn {
			return
		}
		p.saving = false
		if err != nil {
			p.failed(err, keys)
			return
		}
		p.saved(stored, keys, typed)
	})
}

// list is what is stored: a line for each row that is not blank, and the key of
// the row it came from.
func (p *people) list() (list []record.Attendee, keys []string) {
	for i, r := range p.grid.Rows() {
		if p.verdicts[i].blank {
			continue
		}
		f := p.fact(r.Key)
		there := f.Attendance
		if !p.listed[f.ListID] {
			there.ID, there.Signed = record.ID{}, true
		}
		there.ActivityID, there.Line = p.activity, int64(len(list)+1)
		list = append(list, record.Attendee{Person: p.verdicts[i].person, Attendance: there})
		keys = append(keys, r.Key)
	}
	return list, keys
}

// saved notes what each row is stored as. What was typed meanwhile stays, as a draft.
func (p *people) saved(stored []record.Attendee, keys []string, typed []byte) {
	unchanged := bytes.Equal(p.paper().bytes(), typed)
	p.seen = stored
	p.listed, p.base = map[record.ID]bool{}, map[string][]string{}
	for i, a := range stored {
		p.listed[a.Attendance.ID] = true
		p.base[a.Attendance.ID.String()] = cellsOf(p.columns, a.Person, unitText(a.Person, p.names))
		if i < len(keys) {
			p.facts[keys[i]] = &rowFacts{
				Person: a.Person, Attendance: a.Attendance, PersonID: a.Person.ID, ListID: a.Attendance.ID,
				Unit: unitText(a.Person, p.names),
			}
		}
	}
	p.judge()
	p.grid.Refresh()
	if unchanged {
		p.dirty = false
		p.drafts.Drop(p.scope())
		p.foot.Saved(p.desk.Now())
		p.say(kit.Plain, "")
	} else {
		p.changed()
	}
	p.onSaved()
}
