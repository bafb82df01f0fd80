package activities

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// list shows the activities that a filter leaves: as lines, or in a calendar.
type list struct {
	widget.BaseWidget

	onOpen   func(record.ID) // an activity was chosen
	onEnter  func()          // Enter: on to its form
	onDelete func(record.ActivityLine)
	onNew    func()
	onNewOn  func(record.Date) // one on a day
	onTurned func()            // lines became a calendar, or the other way round
	onRead   func()            // the list was read
	idle     func() bool       // no activity is shown

	desk   kit.Desk
	office Office
	pages  *kit.Pages[record.ActivityPage, record.ActivityLine]
	filter record.ActivityFilter
	years  string // "this", "last" or "" for all
	order  record.ActivityOrder
	open   record.ID

	diary      *diary
	inDiary    bool
	asList     *kit.PushButton
	asCalendar *kit.PushButton
	sort       *kit.PushButton
	out        *kit.PushButton // what the list can become; nil: the office writes no lists
	tools      *fyne.Container
	begin      *kit.PushButton
	top        *fyne.Container
	narrow     *fyne.Container
	calendar   *container.Scroll // around the diary, for large text

	kind    *kit.Select
	kinds   []string // codes behind the options of kind
	chips   *kit.ChipRow
	said    *kit.Text
	problem *kit.Note
	rows    *rowList
	empty   *fyne.Container
}

func newList(desk kit.Desk, office Office) *list {
	l := &list{
		desk: desk, office: office, years: "this",
		pages: kit.NewPages(desk.Runner, func(p record.ActivityPage) ([]record.ActivityLine, int) { return p.Lines, p.Total }),
		said:  kit.Caption(""), problem: kit.NewNote(kit.Wrong, ""), empty: container.NewStack(),
	}
	l.problem.Hide()
	l.diary = newDiary(desk, office, l)
	l.diary.onRead = l.show
	l.calendar = container.NewVScroll(kit.InsetXY(theme.SizeGroup, theme.SizeNone, l.diary.Calendar))
	l.diary.OnDay = l.followDay
	l.begin = kit.Primary(kit.T("Hoạt động mới"), fynetheme.IconNameContentAdd, func() { l.onNew() })
	l.order = record.ActivityOrder(fyne.CurrentApp().Preferences().String(orderKey))
	l.sort = kit.Quiet(l.orderWords(), fynetheme.IconNameArrowDropDown, l.offerOrders)
	l.asList = kit.Button(kit.T("Danh sách"), fynetheme.IconNameList, func() { l.turn(false) })
	l.asCalendar = kit.Button(kit.T("Lịch"), fynetheme.IconNameCalendar, func() { l.turn(true) })
	l.inDiary = fyne.CurrentApp().Preferences().Bool(diaryKey)
	l.kind = kit.NewSelect(nil, nil)
	l.kind.PlaceHolder = kit.T("Mọi loại")
	l.chips = kit.NewChipRow(l.chosen)
	l.rows = newRowList(l)
	l.pages.OnFirst, l.pages.OnPage = l.show, l.rows.Refresh
	l.top = kit.Flow(l.begin, l.asList, l.asCalendar)
	l.tools = kit.HStack(theme.SizeNone, l.sort)
	if office, ok := office.(ledger.Exporter); ok {
		l.out = kit.Quiet(kit.T("Xuất, in…"), fynetheme.IconNameDocumentPrint, func() { l.offerOut(office) })
	}
	l.narrow = kit.Border(nil, nil, nil, l.tools, l.kind)
	l.showTurned()
	l.ExtendBaseWidget(l)
	return l
}

// diaryKey remembers whether the calendar is shown.
const diaryKey = "activities.calendar"

// turn shows the calendar, or the lines.
func (l *list) turn(diary bool) {
	if diary == l.inDiary {
		return
	}
	l.inDiary = diary
	fyne.CurrentApp().Preferences().SetBool(diaryKey, diary)
	l.showTurned()
	l.reload()
	l.onTurned()
}

func (l *list) showTurned() {
	for b, on := range map[*kit.PushButton]bool{l.asList: !l.inDiary, l.asCalendar: l.inDiary} {
		b.Importance = widget.LowImportance
		if on {
			b.Importance = widget.MediumImportance
		}
		b.Refresh()
	}
	kit.SetVisible(l.calendar, l.inDiary)
	kit.SetVisible(l.rows, !l.inDiary)
	l.empty.RemoveAll()
	l.showHead()
	l.Refresh()
}

// showHead gives the lines a line of words and one to narrow and sort; the calendar,
// which says itself what it shows, needs the height more than they.
func (l *list) showHead() {
	l.tools.Objects, l.top.Objects = []fyne.CanvasObject{l.sort}, []fyne.CanvasObject{l.begin, l.asList, l.asCalendar}
	l.narrow.Objects = []fyne.CanvasObject{l.kind, l.tools} // as Tab goes
	at := l.tools
	if l.inDiary {
		l.narrow.Objects = []fyne.CanvasObject{l.tools}
		at = l.top
		at.Objects = append(at.Objects, l.kind)
	}
	if l.out != nil {
		at.Objects = append(at.Objects, l.out)
	}
	for _, line := range []*fyne.Container{l.top, l.tools, l.narrow} {
		line.Refresh()
	}
	kit.SetVisible(l.narrow, !l.inDiary)
	kit.SetVisible(l.said, !l.inDiary)
}

// followDay keeps the day in sight where large text makes the calendar scroll.
func (l *list) followDay(d record.Date) {
	if d.Day() > 15 && !l.diary.Week() {
		l.calendar.ScrollToBottom()
		return
	}
	l.calendar.ScrollToTop()
}

// FocusTarget is what the arrows move in.
func (l *list) FocusTarget() fyne.Focusable {
	if l.inDiary {
		return l.diary.FocusTarget()
	}
	return l.rows
}

// reload reads the list anew for its filter.
func (l *list) reload() {
	if l.inDiary {
		l.filter.Period, l.filter.Sort = record.Period{}, ""
		l.diary.load(l.filter)
		return
	}
	l.filter.Period, l.filter.Sort = kit.YearSpan(l.years, l.desk.Now()), l.order
	f := l.filter
	l.pages.Load(func(ctx context.Context, offset, limit int) (record.ActivityPage, error) {
		f.Offset, f.Limit = offset, limit
		return l.office.Activities(ctx, f)
	})
}

func (l *list) show(page record.ActivityPage, err error) {
	l.problem.SetText("")
	kit.SetVisible(l.problem, err != nil)
	if err != nil {
		l.problem.SetText(kit.Sentence(err))
		return
	}
	defer l.onRead()
	l.said.SetText(l.sentence(page))
	l.showKinds(page)
	if l.inDiary {
		l.chips.Set(statusChips(l.chipsOf(page)))
		return
	}
	l.chips.Set(l.chipsOf(page))
	l.showEmpty(page.Total)
	l.rows.Refresh()
	l.mark()
}

// setOpen shows which activity stands open.
func (l *list) setOpen(id record.ID) {
	l.open = id
	l.mark()
}

// has asks whether the list holds an activity as it is narrowed now; nil: it does. The
// calendar has no end.
func (l *list) has(id record.ID) func(context.Context) (bool, error) {
	if !l.inDiary && l.pages.Find(func(a record.ActivityLine) bool { return a.ID == id }) >= 0 {
		return nil
	}
	f := l.filter
	f.ID, f.Offset, f.Limit = id, 0, 1
	return func(ctx context.Context) (bool, error) {
		page, err := l.office.Activities(ctx, f)
		return page.Total > 0, err
	}
}

// mark shows which line stands open, without opening it again.
func (l *list) mark() {
	at := l.pages.Find(func(a record.ActivityLine) bool { return a.ID == l.open })
	if l.open.IsZero() || at < 0 {
		l.rows.UnselectAll()
		return
	}
	l.rows.at = at
	l.rows.quietly(func() { l.rows.Select(at) })
}

// sentence says what is shown: "23 hoạt động, 1.204 lượt người, năm 2026".
func (l *list) sentence(page record.ActivityPage) string {
	said := kit.T("{{.N}} hoạt động, {{.People}} lượt người", map[string]any{
		"N": kit.Number(int64(page.Total)), "People": kit.Number(page.People)})
	if l.filter.Period.From != "" {
		said += kit.T(", năm {{.Year}}", map[string]any{"Year": l.filter.Period.From.Year()})
	}
	for _, word := range []string{kit.Term(record.ActivityKinds, l.filter.Kind), kit.Term(record.Statuses, l.filter.Status)} {
		if word != "" {
			said += ", " + word
		}
	}
	if l.filter.Text != "" {
		said += ", “" + l.filter.Text + "”"
	}
	return said
}

// showEmpty says why nothing is here, and gives the one way on.
func (l *list) showEmpty(total int) {
	l.empty.RemoveAll()
	if total > 0 {
		return
	}
	begin := func() *kit.PushButton {
		return kit.Primary(kit.T("Ghi hoạt động"), fynetheme.IconNameContentAdd, l.onNew)
	}
	switch {
	case l.filter.Text != "" || l.filter.Kind != "" || l.filter.Status != "":
		l.empty.Add(kit.EmptyState(kit.T("Không có hoạt động nào khớp với điều kiện lọc."), kit.Button(kit.T("Bỏ lọc"), "", l.clearFilter)))
	case l.years != "":
		l.empty.Add(kit.EmptyState(kit.T("Năm {{.Year}} chưa ghi hoạt động nào.", map[string]any{"Year": l.filter.Period.From.Year()}), begin()))
	default:
		l.empty.Add(kit.EmptyState(kit.T("Chưa có hoạt động nào."), begin()))
	}
}

func (l *list) clearFilter() {
	l.filter, l.years = record.ActivityFilter{}, ""
	l.reload()
}

func (l *list) showKinds(page record.ActivityPage) {
	options := []string{kit.T("Mọi loại")}
	l.kinds = []string{""}
	for _, t := range record.ActivityKinds {
		if n := page.ByKind[t.Code]; n > 0 || t.Code == l.filter.Kind {
			options = append(options, kit.In(t.Words)+"  "+kit.Number(int64(n)))
			l.kinds = append(l.kinds, t.Code)
		}
	}
	l.kind.OnChanged = nil
	l.kind.SetOptions(options)
	l.kind.SetSelectedIndex(max(0, indexOf(l.kinds, l.filter.Kind)))
	l.kind.OnChanged = func(string) {
		l.filter.Kind = l.kinds[max(0, l.kind.SelectedIndex())]
		l.reload()
	}
}

func indexOf(list []string, s string) int {
	for i := range list {
		if list[i] == s {
			return i
		}
	}
	return -1
}

// chipsOf are the filters in one row: the year, then the status with its counts.
func (l *list) chipsOf(page record.ActivityPage) []kit.GroupChip {
	chips := []kit.GroupChip{
		{Group: "year", Chip: kit.Chip{Key: "this", Label: kit.T("Năm nay"), Count: -1}, On: l.years == "this"},
		{Group: "year", Chip: kit.Chip{Key: "last", Label: kit.T("Năm trước"), Count: -1}, On: l.years == "last"},
	}
	for _, t := range record.Statuses {
		if n := page.By[t.Code]; n > 0 || t.Code == l.filter.Status {
			chips = append(chips, kit.GroupChip{Group: "status", Chip: kit.Chip{Key: t.Code, Label: kit.In(t.Words), Count: n}, On: l.filter.Status == t.Code})
		}
	}
	return chips
}

// chosen switches a filter on, or off when it was on.
func (l *list) chosen(c kit.GroupChip) {
	key := c.Key
	if c.On {
		key = ""
	}
	if c.Group == "year" {
		l.years = key
	} else {
		l.filter.Status = key
	}
	l.reload()
}

// searchFor narrows the list to a text.
func (l *list) searchFor(text string) {
	l.filter.Text = text
	l.reload()
}

// CreateRenderer puts the filters above the rows.
func (l *list) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeGap, l.top, l.narrow, l.chips, l.said, l.problem)
	head = kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), kit.Hairline())
	return widget.NewSimpleRenderer(kit.OverRows(head, l.chips,
		container.NewStack(l.rows, l.empty, l.calendar)))
}
