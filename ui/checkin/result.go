package checkin

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// result is the large line: who, and what became of it, to be read at arm's length.
type result struct {
	widget.BaseWidget

	state kit.State
	back  *canvas.Rectangle
	who   *kit.Text
	what  *kit.Note
	clock *kit.Text
}

func newResult() *result {
	r := &result{back: canvas.NewRectangle(nil), who: kit.Page(""), what: kit.NewNote(kit.Plain, ""), clock: kit.Page("")}
	r.ExtendBaseWidget(r)
	return r
}

func (r *result) say(state kit.State, who, what string) {
	r.state = state
	r.who.SetText(who)
	r.clock.SetText("")
	r.what.Set(state, what)
	r.what.Hidden = what == ""
	r.Refresh()
}

// show says who came in.
func (r *result) show(in record.CheckedIn) {
	state, what := kit.Fine, kit.T("đã điểm danh")
	switch {
	case in.Again:
		state, what = kit.Attention, kit.T("đã điểm danh lúc {{.Clock}}, không ghi thêm", map[string]any{"Clock": string(in.Attendance.Arrived)})
	case in.New:
		what = kit.T("đã điểm danh; người mới, đã thêm vào cuối danh sách")
	case in.Added:
		what = kit.T("đã điểm danh; chưa có trong danh sách nên đã thêm vào cuối")
	}
	detail := []string{what}
	for _, part := range []string{in.Person.Birth.String(), in.Person.UnitText} {
		if part != "" {
			detail = append(detail, part)
		}
	}
	r.say(state, in.Person.FullName, strings.Join(detail, " · "))
	r.clock.SetText(string(in.Attendance.Arrived))
}

// Refresh follows the theme.
func (r *result) Refresh() {
	r.paint()
	r.BaseWidget.Refresh()
}

func (r *result) paint() {
	r.back.FillColor = fynetheme.Color(theme.ColorSelected)
	r.back.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
}

// CreateRenderer puts the clock at the right.
func (r *result) CreateRenderer() fyne.WidgetRenderer {
	r.paint()
	r.clock.Whole = true
	line := kit.Border(nil, nil, nil, r.clock, r.who)
	return widget.NewSimpleRenderer(container.NewStack(r.back, kit.Inset(theme.SizeGroup, kit.VStack(theme.SizeTight, line, r.what))))
}

// recentLine is one of those who came last.
func recentLine(l arrived) fyne.CanvasObject {
	state := kit.T("đã điểm danh")
	switch {
	case l.taken:
		state = kit.T("đã hoàn tác")
	case l.in.New:
		state = kit.T("người mới")
	case l.in.Added:
		state = kit.T("thêm vào danh sách")
	}
	clock, said := kit.Line(string(l.in.Attendance.Arrived)), kit.Caption(state)
	clock.Whole, said.Whole = true, true
	name := l.in.Person.FullName
	if unit := l.in.Person.UnitText; unit != "" {
		name += " · " + unit
	}
	return kit.InsetXY(theme.SizeNone, theme.SizeTight, kit.Border(nil, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, clock), said, kit.Line(name)))
}

// tap is a word that does something when it is tapped and never takes the keyboard:
// what a reader types must not push it.
type tap struct {
	widget.BaseWidget
	words *kit.Text
	do    func()
}

func newTap(words string, do func()) *tap {
	t := &tap{words: kit.Line(words), do: do}
	t.words.Whole = true
	t.words.Color = fynetheme.ColorNamePrimary
	t.ExtendBaseWidget(t)
	return t
}

// Tapped does it.
func (t *tap) Tapped(*fyne.PointEvent) { t.do() }

// CreateRenderer shows the words.
func (t *tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.words) }
