package settings

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// officerList edits who writes in the register. Nobody is taken off it, since the
// history names them; who has left is marked.
type officerList struct {
	onLeft  func() // something may have to be saved
	rows    []*officerRow
	box     *fyne.Container
	content fyne.CanvasObject
	problem *kit.Note
}

type officerRow struct {
	id          record.ID // zero: not stored yet
	name, title *kit.Entry
	gone        *kit.Check
	content     fyne.CanvasObject
}

func newOfficerList(onLeft func()) *officerList {
	l := &officerList{onLeft: onLeft, box: kit.VStack(theme.SizeGap), problem: kit.NewNote(kit.Wrong, "")}
	l.problem.Hide()
	add := kit.Button(kit.T("Thêm cán bộ"), fynetheme.IconNameContentAdd, l.add)
	l.content = kit.VStack(theme.SizeGap,
		hint(kit.T("Mỗi lần ghi mang tên người đang ngồi máy, chọn ở cuối cột bên trái (Ctrl+Shift+O). Người nghỉ việc thì đánh dấu; tên vẫn còn vì lịch sử nhắc đến.")),
		l.box, l.problem, kit.HStack(theme.SizeGap, add))
	return l
}

func (l *officerList) newRow(id record.ID) *officerRow {
	r := &officerRow{id: id, name: kit.NewEntry(), title: kit.NewEntry()}
	r.name.OnLeft, r.title.OnLeft = l.onLeft, l.onLeft
	r.gone = kit.NewCheck(kit.T("Đã nghỉ, không ghi sổ nữa"), func(bool) { l.onLeft() })
	fields := kit.TwoColumns(kit.NewField(kit.T("Họ và tên cán bộ"), r.name), kit.NewField(kit.T("Chức vụ cán bộ"), r.title))
	r.content = kit.VStack(theme.SizeTight, fields, r.gone)
	l.rows = append(l.rows, r)
	l.box.Add(r.content)
	return r
}

// add begins another officer; one that was begun and has no name yet is gone on with.
func (l *officerList) add() {
	if n := len(l.rows); n > 0 && l.rows[n-1].id.IsZero() && l.rows[n-1].name.Text == "" {
		kit.FocusOn(l.rows[n-1].name)
		return
	}
	r := l.newRow(record.ID{})
	r.gone.Hide()
	l.box.Refresh()
	kit.FocusOn(r.name)
}

// show puts stored officers into the rows, by their place. A row begun here takes the
// officer it became.
func (l *officerList) show(list []record.Officer) {
	for i, f := range list {
		if i == len(l.rows) {
			l.newRow(f.ID)
		}
		r := l.rows[i]
		r.id = f.ID
		r.name.Display(f.Name)
		r.title.Display(f.Title)
		r.gone.Checked = f.Gone
		r.gone.Show()
		r.gone.Refresh()
	}
	l.box.Refresh()
}

// value are the officers as the rows say; one begun without a name is none yet.
func (l *officerList) value() []record.Officer {
	var out []record.Officer
	for _, r := range l.rows {
		if r.id.IsZero() && strings.TrimSpace(r.name.Text) == "" {
			continue
		}
		out = append(out, record.Officer{ID: r.id, Name: r.name.Text, Title: r.title.Text, Gone: r.gone.Checked})
	}
	return out
}

func (l *officerList) setProblem(sentence string) {
	l.problem.SetText(sentence)
	if sentence == "" {
		l.problem.Hide()
	} else {
		l.problem.Show()
	}
}
