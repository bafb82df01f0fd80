package activities

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// stages is the line that says how the stored activity stands and offers what may
// come next: a plan is held, put off or called off, what was held is closed.
type stages struct {
	widget.BaseWidget
	s       *Screen
	note    *kit.Note
	actions *fyne.Container
	line    *fyne.Container
	held    *kit.PushButton
	putOff  *kit.PushButton
	callOff *kit.PushButton
	again   *kit.PushButton // a plan once more
	close   *kit.PushButton
	reopen  *kit.PushButton
}

func newStages(s *Screen) *stages {
	g := &stages{
		s: s, note: kit.NewNote(kit.Plain, ""),
		held:    kit.Primary(kit.T("Đã tổ chức"), "", s.Hold),
		putOff:  kit.Button(kit.T("Dời ngày…"), "", s.PutOff),
		callOff: kit.Button(kit.T("Hủy kế hoạch"), "", s.CallOff),
		again:   kit.Button(kit.T("Lập lại kế hoạch"), "", s.PlanAgain),
		close:   kit.Button(kit.T("Chốt"), "", s.Shut),
		reopen:  kit.Button(kit.T("Mở lại…"), "", s.Reopen),
	}
	g.actions = kit.Flow()
	g.line = container.New(&stageLayout{}, g.note, g.actions)
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer puts the words beside the buttons, or above them.
func (g *stages) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(g.line) }

// stageLayout puts one button at the end of the words, and several under them.
type stageLayout struct{}

func oneButton(actions fyne.CanvasObject) bool { return len(actions.(*fyne.Container).Objects) == 1 }

func (stageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, buttons := o[0].MinSize(), o[1].MinSize()
	if oneButton(o[1]) {
		return fyne.NewSize(words.Width+buttons.Width, max(words.Height, buttons.Height))
	}
	return fyne.NewSize(max(words.Width, buttons.Width), words.Height+fynetheme.Size(theme.SizeTight)+buttons.Height)
}

func (stageLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := fynetheme.Size(theme.SizeTight)
	if oneButton(o[1]) {
		width := o[1].MinSize().Width
		o[1].Resize(fyne.NewSize(width, o[1].MinSize().Height))
		o[1].Move(fyne.NewPos(size.Width-width, 0))
		o[0].Resize(fyne.NewSize(size.Width-width-2*gap, o[0].MinSize().Height))
		o[0].Move(fyne.NewPos(0, max(0, (size.Height-o[0].MinSize().Height)/2)))
		return
	}
	o[0].Resize(fyne.NewSize(size.Width, o[0].MinSize().Height))
	o[0].Move(fyne.Position{})
	y := o[0].MinSize().Height + gap
	o[1].Move(fyne.NewPos(0, y))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-y))
}

// show says how an activity stands; one that is not stored says nothing.
func (g *stages) show(a record.Activity) {
	kit.SetVisible(g, !a.ID.IsZero() && !g.s.detail.onPeople)
	g.actions.RemoveAll()
	for _, b := range g.next(a.Status) {
		g.actions.Add(b)
	}
	g.note.Set(g.words(a))
	g.line.Refresh()
	g.Refresh()
}

func (g *stages) next(status string) []fyne.CanvasObject {
	switch status {
	case "planned":
		return []fyne.CanvasObject{g.held, g.putOff, g.callOff}
	case "held":
		return []fyne.CanvasObject{g.close}
	case "closed":
		return []fyne.CanvasObject{g.reopen}
	case "cancelled":
		return []fyne.CanvasObject{g.again}
	}
	return nil
}

func (g *stages) words(a record.Activity) (kit.State, string) {
	day := map[string]any{"Day": kit.DayWords(a.When.Date)}
	switch {
	case a.Status == "planned" && a.When.Last() < record.DateOf(g.s.desk.Now()):
		return kit.Attention, kit.T("Kế hoạch {{.Day}} đã qua ngày.", day)
	case a.Status == "planned":
		return kit.Plain, kit.T("Kế hoạch {{.Day}}.", day)
	case a.Status == "closed" && a.Reason != "":
		return kit.Fine, kit.T("Đã chốt. Sửa lần cuối {{.Reason}}", map[string]any{"Reason": a.Reason})
	case a.Status == "closed":
		return kit.Fine, kit.T("Đã chốt. Sửa tiếp phải ghi lý do.")
	case a.Status == "cancelled":
		return kit.Plain, kit.T("Kế hoạch đã hủy.")
	}
	return kit.Plain, kit.T("Đã tổ chức {{.Day}}.", day)
}

// can reports whether the stored activity stands at one of some states.
func (s *Screen) can(statuses ...string) bool {
	for _, status := range statuses {
		if s.row.Stored() && s.stored.Status == status {
			return true
		}
	}
	return false
}

// Hold says that what was planned took place. All of the plan stays; the keyboard
// goes to what is to be written now: how many came, or the day where that lies ahead.
func (s *Screen) Hold() {
	if !s.can("planned") {
		return
	}
	s.detail.toForm()
	s.form.SetStatus("held")
	s.judge()
	fields := []string{"heads.total", "times", "when.date"}
	if s.stored.When.Date > record.DateOf(s.desk.Now()) {
		fields = fields[2:]
	}
	for _, name := range fields {
		if s.form.FocusField(s.desk.Window.Canvas(), name) {
			return
		}
	}
}

// PutOff asks for another day and stores it.
func (s *Screen) PutOff() {
	if !s.can("planned") {
		return
	}
	day := kit.NewDateEntry(s.office.ParseDate, func() record.Date { return record.DateOf(s.desk.Now()) })
	day.Holiday = s.list.diary.Holiday
	field := kit.NewField(kit.T("Ngày mới"), day)
	kit.AskFields(s.desk.Window, kit.T("Dời “{{.Title}}”", map[string]any{"Title": s.stored.Title}), field, kit.T("Dời ngày"), func(done func()) {
		to, err := day.Value()
		switch {
		case err != nil:
			field.SetProblem(kit.Sentence(err))
			return
		case to == "":
			field.SetProblem(kit.T("Hãy ghi ngày mới."))
			return
		}
		done()
		s.detail.toForm()
		s.form.PutOff(to)
		s.storeSaying(kit.T("Đã dời sang {{.Day}}.", map[string]any{"Day": kit.DayWords(to)}))
	})
}

// CallOff calls a plan off.
func (s *Screen) CallOff() {
	s.step("planned", "cancelled", kit.T("Đã hủy kế hoạch “{{.Title}}”.", map[string]any{"Title": s.stored.Title}))
}

// PlanAgain makes a plan of what was called off.
func (s *Screen) PlanAgain() { s.step("cancelled", "planned", kit.T("Đã lập lại kế hoạch.")) }

// Shut closes what was held: whoever changes it later says why.
func (s *Screen) Shut() {
	s.step("held", "closed", kit.T("Đã chốt “{{.Title}}”.", map[string]any{"Title": s.stored.Title}))
}

func (s *Screen) step(from, to, words string) {
	if !s.can(from) {
		return
	}
	s.detail.toForm()
	s.form.SetStatus(to)
	s.storeSaying(words)
}

// Reopen lets a closed activity be changed again.
func (s *Screen) Reopen() {
	if !s.can("closed") {
		return
	}
	s.askReason(kit.T("Vì sao mở lại?"), kit.T("Mở lại"), func(reason string) {
		s.detail.toForm()
		s.form.SetStatus("held")
		s.reason = reason
		s.storeSaying(kit.T("Đã mở lại “{{.Title}}”.", map[string]any{"Title": s.stored.Title}))
	})
}

// storeSaying stores the form and says what was done, with the way back.
func (s *Screen) storeSaying(words string) {
	if !s.row.SaveSaying(words) {
		s.reason = ""
	}
}

// askReason asks why something closed is changed.
func (s *Screen) askReason(heading, do string, then func(reason string)) {
	why := kit.NewEntry()
	field := kit.NewField(kit.T("Lý do, sẽ ghi vào lịch sử"), why)
	kit.AskFields(s.desk.Window, heading, field, do, func(done func()) {
		reason := strings.TrimSpace(why.Text)
		if reason == "" {
			field.SetProblem(kit.T("Hãy ghi lý do."))
			return
		}
		done()
		then(reason)
	})
}

// needsReason reports whether storing an activity changes what was closed.
func (s *Screen) needsReason(a record.Activity) bool {
	return s.can("closed") && s.reason == "" && !reflect.DeepEqual(paperOf(a), paperOf(s.stored))
}

// ShowHistory shows what was done to the activity in sight.
func (s *Screen) ShowHistory() {
	if s.row.Stored() {
		ledger.ShowHistory(s.desk, s.office, s.stored.Ref(), s.stored.Title)
	}
}
