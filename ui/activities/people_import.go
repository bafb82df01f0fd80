package activities

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/preview"
	"sophobien/ui/theme"
)

// lists is the part of the people tab that takes in lists: the preview, and what was
// taken in before.
type lists struct {
	preview *preview.Preview
	files   *kit.PushButton // opens a file
	taken   *kit.PushButton // shows what was taken in
	out     *kit.PushButton // writes lists and forms
	imports []record.Import
	asks    *kit.Latest
}

func (p *people) newLists() {
	l := &lists{preview: preview.New(p.desk, p.office), asks: kit.NewLatest(p.desk.Runner)}
	l.files = kit.Quiet(kit.T("Nhập từ tệp…"), "", p.chooseFile)
	l.taken = kit.Quiet("", "", p.showImports)
	l.out = kit.Quiet(kit.T("Xuất…"), "", p.offerForms)
	l.preview.Hide()
	l.taken.Hide()
	p.lists = l
}

// typedBlock is how many rows without a header are still a few people to add, not a
// list to look over.
const typedBlock = 3

// paste hands a block that begins on a blank row to the reader of lists, which
// repairs and asks. A block over people who are there already is written as it
// stands, as spreadsheets do.
func (p *people) paste(text string) bool {
	row, _ := p.grid.Cursor()
	at := p.grid.Row(row)
	if !at.Blank() {
		return false
	}
	p.say(kit.Plain, kit.T("Đang đọc danh sách…"))
	turn := p.turn
	p.lists.preview.OnRead = func(proposal record.Proposal) bool {
		if turn != p.turn {
			return true // another activity is shown by now
		}
		few := proposal.Unclear == nil && proposal.HeaderLine == 0 && len(proposal.Rows)+len(proposal.Parked) <= typedBlock && !someKnown(proposal)
		if few {
			p.take(at.Key, row, proposal)
		}
		return few
	}
	p.lists.preview.OnRefused = func(sentence string) {
		switch {
		case turn != p.turn:
		case !strings.Contains(text, "\t"):
			p.grid.PasteCells(text)
			p.say(kit.Plain, "")
		default:
			p.say(kit.Wrong, sentence)
		}
	}
	p.readList(record.ListSource{Text: text})
	return true
}

func someKnown(proposal record.Proposal) bool {
	return slices.ContainsFunc(proposal.Rows, func(r record.ProposedRow) bool { return r.Known != nil || len(r.Offered) > 0 })
}

// importFile reads a list from a file and shows it.
func (p *people) importFile(path string) {
	if p.activity.IsZero() {
		return
	}
	p.grid.Commit()
	p.say(kit.Plain, kit.T("Đang đọc danh sách…"))
	turn := p.turn
	kit.Do(p.desk.Runner, func(ctx context.Context) (record.ListSource, error) {
		return p.office.ReadListFile(ctx, path)
	}, func(src record.ListSource, err error) {
		switch {
		case turn != p.turn:
		case err != nil:
			p.say(kit.Wrong, kit.Sentence(err))
		default:
			p.lists.preview.OnRead = func(record.Proposal) bool { return turn != p.turn }
			p.lists.preview.OnRefused = func(sentence string) {
				if turn == p.turn {
					p.say(kit.Wrong, sentence)
				}
			}
			p.readList(src)
		}
	})
}

func (p *people) readList(src record.ListSource) {
	l := p.lists.preview
	l.OnShown = func() { p.onPreview(true) }
	l.OnLeft = func() { p.onPreview(false) }
	l.OnStored = p.imported
	l.Read(src, record.ListOptions{Of: "person", Activity: p.activity})
}

// onPreview shows the preview in the place of the grid, or the grid again.
func (p *people) onPreview(on bool) {
	kit.SetVisible(p.lists.preview, on)
	kit.SetVisible(p.whole, !on)
	if p.onLooking != nil {
		p.onLooking(on)
	}
	if !on {
		p.say(kit.Plain, "")
	}
	p.Refresh()
	p.focus()
}

// focus gives the keyboard to what is in sight: the list being looked over, or the
// grid.
func (p *people) focus() {
	p.desk.Window.Canvas().Focus(p.focusTarget())
}

// chooseFile asks for the file of a list.
func (p *people) chooseFile() {
	if p.activity.IsZero() {
		return
	}
	kit.ChooseFile(p.desk, kit.FileQuestion{Endings: preview.Endings}, p.importFile)
}

// imported shows what a list has become: those who are in the register now, and below
// them the rows that wait for an answer.
func (p *people) imported(o preview.Outcome) {
	p.onPreview(false)
	turn, activity := p.turn, p.activity
	kit.Do(p.desk.Runner, func(ctx context.Context) (attended, error) {
		return p.read(ctx, activity, func(context.Context) (ledger.Draft, error) { return ledger.Draft{}, nil })
	}, func(a attended, err error) {
		switch {
		case turn != p.turn:
			return
		case err != nil:
			p.say(kit.Wrong, kit.Sentence(err))
			return
		}
		p.adopt(a, o.Parked)
		p.sayImported(o)
		p.askImports()
		p.onSaved()
	})
}

func (p *people) sayImported(o preview.Outcome) {
	said := kit.T("Đã ghi {{.N}} người vào danh sách.", map[string]any{"N": kit.Number(o.Import.Rows)})
	if n := len(o.Parked); n > 0 {
		p.say(kit.Attention, said+" "+kit.T("{{.N}} dòng cần hỏi còn ở cuối bảng, chưa lưu: sửa rồi nhấn Ctrl+S.", map[string]any{"N": kit.Number(int64(n))}))
	} else {
		p.say(kit.Fine, said)
	}
	id := o.Import.ID
	p.desk.Say(said, func() { p.undoImport(id) })
}

// adopt brings the grid in step with a stored list that has grown: rows that are
// there stay as they are, typed ones too, newcomers follow, and then what waits.
func (p *people) adopt(a attended, parked []record.ParkedRow) {
	p.keeper, p.names, p.seen = a.office, a.names, a.list
	p.setColumns(personColumns(a.office))
	rows := slices.DeleteFunc(slices.Clone(p.grid.Rows()), kit.GridRow.Blank)
	typed := p.dirty
	in := map[record.ID]string{}
	for _, r := range rows {
		if id := p.fact(r.Key).ListID; !id.IsZero() {
			in[id] = r.Key
		}
	}
	before := p.listed
	p.listed = map[record.ID]bool{}
	for _, at := range a.list {
		p.listed[at.Attendance.ID] = true
		if key, there := in[at.Attendance.ID]; there {
			p.facts[key].Person, p.facts[key].Attendance = at.Person, at.Attendance
			continue
		}
		if before[at.Attendance.ID] {
			continue // taken off in the grid, and not stored yet
		}
		rows = append(rows, p.storedRow(at))
	}
	maps.DeleteFunc(p.base, func(id string, _ []string) bool {
		at, err := record.ParseID(id)
		return err != nil || !p.listed[at]
	})
	for _, r := range parked {
		rows = append(rows, p.proposedRow(listLine{fields: r.Fields, question: r.Question, about: r.Field}))
	}
	p.grid.SetRows(rows)
	p.dirty = typed || len(parked) > 0
	p.judge()
	if p.dirty {
		p.drafts.Save(p.scope(), p.paper().bytes())
	}
	if row, col, _ := p.firstOpen(); row >= 0 {
		p.grid.Select(row, col)
	}
	p.grid.Refresh()
}

// askImports reads what was taken into this list before.
func (p *people) askImports() {
	activity := p.activity
	kit.Ask(p.lists.asks, func(ctx context.Context) ([]record.Import, error) {
		return p.office.Imports(ctx, activity)
	}, func(list []record.Import, err error) {
		if err != nil {
			list = nil // the list of people matters, this is beside it
		}
		p.lists.imports = list
		p.lists.taken.SetText(kit.T("Đã nhập {{.N}} danh sách", map[string]any{"N": len(list)}))
		kit.SetVisible(p.lists.taken, len(list) > 0)
	})
}

// showImports shows what was taken in, each with the way back.
func (p *people) showImports() {
	var d *kit.Dialog
	box := kit.VStack(theme.SizeGap)
	for _, im := range p.lists.imports {
		undo := kit.Button(kit.T("Hoàn tác"), "", func() { d.Hide(); p.undoImport(im.ID) })
		box.Add(kit.Border(nil, nil, nil, undo, kit.Paragraph(preview.Told(im))))
	}
	d = kit.ShowBody(p.desk.Window, kit.Plain, kit.T("Danh sách đã nhập"), box)
}

// undoImport takes a list back, with the way to take it in again; what was done since
// stays.
func (p *people) undoImport(id record.ID) {
	turn := p.turn
	p.desk.TakeBack(func(ctx context.Context) (record.Change, error) { return p.office.UndoImport(ctx, id) }, kit.Redoing(p.office.Undo), func() {
		p.onSaved()
		if turn == p.turn {
			p.afterUndo()
		}
	})
}

// afterUndo takes those who are gone from the list off the grid, and puts those who are
// back on it; what was typed and is not stored stays.
func (p *people) afterUndo() {
	turn, activity := p.turn, p.activity
	kit.Do(p.desk.Runner, func(ctx context.Context) (attended, error) {
		return p.read(ctx, activity, func(context.Context) (ledger.Draft, error) { return ledger.Draft{}, nil })
	}, func(a attended, err error) {
		if turn != p.turn || err != nil {
			return
		}
		there := map[record.ID]bool{}
		for _, at := range a.list {
			there[at.Attendance.ID] = true
		}
		rows := slices.DeleteFunc(slices.Clone(p.grid.Rows()), func(r kit.GridRow) bool {
			id := p.fact(r.Key).ListID
			return p.listed[id] && !there[id]
		})
		p.grid.SetRows(rows)
		p.adopt(a, nil)
		p.askImports()
	})
}

// PutListAside leaves the list that is being looked over.
func (s *Screen) PutListAside() { s.people.lists.preview.Leave() }

// ShowImports shows what was taken into the list of the activity shown.
func (s *Screen) ShowImports() { s.people.showImports() }

// Dropped takes the files that were dropped on the window: photos and scans as evidence
// of the activity shown, of others the first as a list of its people.
func (s *Screen) Dropped(paths []string) {
	if len(paths) == 0 || !s.row.Stored() {
		s.desk.Say(kit.T("Hãy mở hoạt động trước, rồi thả tệp danh sách vào."), nil)
		return
	}
	if s.files != nil && areEvidence(paths) {
		s.detail.toForm()
		s.files.Dropped(paths)
		return
	}
	if !s.detail.onPeople {
		s.detail.toPeople()
	}
	s.people.importFile(paths[0])
	if len(paths) > 1 {
		s.desk.Say(kit.T("Mỗi lần một tệp: chỉ đọc {{.Name}}.", map[string]any{"Name": filepath.Base(paths[0])}), nil)
	}
}
