package exchange

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// reportColumn is the place of the report of the year, after the months.
const reportColumn = 12

// The filters of the grid, one group each, so that they go together.
const (
	filterMonth  = "month" // "never" or "late" in the last month that is due
	filterAlarm  = "alarm"
	filterReport = "report" // reports nobody has decided on
)

// The orders of the grid.
const (
	orderName    = "name"
	orderMissing = "missing" // most months missing or damaged first
	orderUnseen  = "unseen"  // not seen for the longest time first
)

var gridOrders = []string{orderName, orderMissing, orderUnseen}

// Where what was chosen is remembered.
const (
	gridFilterKey = "exchange.grid.filter." // and the group
	gridOrderKey  = "exchange.grid.order"
)

// Grid is the tab Các đơn vị: every unit of the province in every month of a year, and its
// report. A cell opens what came when, and what to do about it.
type Grid struct {
	widget.BaseWidget

	desk kit.Desk
	p    Province
	asks *kit.Latest

	year  int
	data  record.UnitGrid
	month int   // the last that is due, 0 for January; -1 while none is
	shown []int // of the rows of data, in their order
	on    map[string]string
	order string
	// just are the reports decided on since a filter was chosen: they stay in sight, so that
	// what is pushed next is not the report of another unit.
	just map[record.ID]bool

	years   *kit.Select
	find    *kit.KeyEntry
	orders  *kit.Select
	totals  *kit.Text
	chips   *kit.ChipRow
	problem *kit.Note
	matrix  *kit.Matrix
	nobody  fyne.CanvasObject // the roster is empty
	nothing fyne.CanvasObject // no unit is left
	said    *kit.Text
	panel   *unitPanel
	beside  *fyne.Container
	stage   *fyne.Container // the grid, or a unit's report in its place
	units   fyne.CanvasObject
	reading ReportPage     // nil: reports cannot be read here
	read    record.UnitRow // whose report is read
}

// ReportPage shows the report of a unit in the place of the grid.
type ReportPage interface {
	fyne.CanvasObject
	Read(unit string, report record.ID)
	// Fail says that the province's word on it could not be kept.
	Fail(error)
	Panes() []kit.Pane
}

// NewGrid makes the tab for the current year.
func NewGrid(desk kit.Desk, p Province) *Grid {
	g := &Grid{desk: desk, p: p, asks: kit.NewLatest(desk.Runner), year: desk.Now().Year(), month: -1,
		on: map[string]string{}, just: map[record.ID]bool{}, order: cmp.Or(remembered(gridOrderKey), orderName),
		stage: container.NewStack(), totals: kit.Paragraph(""), problem: kit.NewNote(kit.Wrong, ""), said: kit.Caption("")}
	for _, group := range []string{filterMonth, filterAlarm, filterReport} {
		g.on[group] = remembered(gridFilterKey + group)
	}
	g.problem.Hide()
	g.buildHead()
	g.buildMatrix()
	g.panel = newUnitPanel(g)
	g.ExtendBaseWidget(g)
	return g
}

func (g *Grid) buildHead() {
	var years []string
	for y := g.year; y > g.year-6; y-- {
		years = append(years, strconv.Itoa(y))
	}
	g.years = kit.NewSelect(years, func(text string) {
		if year, err := strconv.Atoi(text); err == nil {
			g.ChooseYear(year)
		}
	})
	g.years.Selected = years[0]
	g.orders = kit.NewSelect(orderWords(), func(string) { g.Order(gridOrders[max(g.orders.SelectedIndex(), 0)]) })
	g.orders.Selected = g.orders.Options[max(slices.Index(gridOrders, g.order), 0)]
	g.find = kit.NewKeyEntry()
	g.find.SetPlaceHolder(kit.T("Gõ tên đơn vị, không cần dấu"))
	g.find.Icon = theme.Icon(fynetheme.IconNameSearch)
	g.find.OnChanged = func(string) { g.narrow() }
	g.find.OnKey = g.findKey
	g.chips = kit.NewChipRow(g.filter)
}

func orderWords() []string {
	return []string{kit.T("Theo tên"), kit.T("Thiếu nhiều trước"), kit.T("Lâu không thấy trước")}
}

func (g *Grid) buildMatrix() {
	var columns []kit.MatrixColumn
	for m := 1; m <= 12; m++ {
		columns = append(columns, kit.MatrixColumn{Heading: monthHeading(m), Ems: 2.7})
	}
	columns = append(columns, kit.MatrixColumn{Heading: kit.T("Báo cáo năm"), Ems: 10.5, Words: true})
	g.matrix = kit.NewMatrix(kit.T("Đơn vị"), 13, columns...)
	g.matrix.OnCursor = func(int, int) { g.look() }
	g.matrix.OnOpen = func(_, column int) { g.open(column) }
	g.matrix.OnSearch = g.search
	g.matrix.OnKey = func(key *fyne.KeyEvent) bool { return key.Name == fyne.KeyEscape && g.closePanel() }
	g.nobody = kit.EmptyState(kit.T("Danh bạ chưa có đơn vị nào. Duyệt máy của đơn vị ở Máy và khóa."), nil)
	g.nothing = kit.EmptyState(kit.T("Không có đơn vị nào như vậy."), kit.Button(kit.T("Hiện tất cả"), "", g.showAll))
	g.nobody.Hide()
	g.nothing.Hide()
}

func monthHeading(m int) string { return kit.T("Th {{.M}}", map[string]any{"M": m}) }

// CreateRenderer puts the year and its totals above the grid, and a unit beside it.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.totals.Style.Bold = true
	line := kit.Border(nil, nil, kit.HStack(theme.SizeGap, kit.Line(kit.T("Năm")), g.years), g.orders, kit.InsetXY(theme.SizeGap, theme.SizeNone, g.find))
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, line, g.totals, g.problem, g.chips))
	foot := kit.InsetXY(theme.SizeGroup, theme.SizeTight, kit.VStack(theme.SizeTight, g.said, legend()))
	g.beside = container.New(besideLayout{}, container.NewStack(g.matrix, g.nobody, g.nothing), g.panel.content)
	g.units = kit.OverRows(head, g.chips, kit.Border(nil, foot, nil, nil, kit.InsetXY(theme.SizeGroup, theme.SizeNone, g.beside)))
	g.stage.Objects = []fyne.CanvasObject{g.units}
	if g.reading != nil {
		g.stage.Objects = append(g.stage.Objects, g.reading)
		kit.SetVisible(g.units, !g.isReading())
	}
	return widget.NewSimpleRenderer(g.stage)
}

// ReadOn gives the grid the page on which a unit's report is read.
func (g *Grid) ReadOn(page ReportPage) {
	page.Hide()
	g.reading = page
	g.stage.Add(page)
}

// OpenReport shows the report of the unit one is on.
func (g *Grid) OpenReport() {
	r, _, there := g.current()
	if !there || g.reading == nil || r.Report.Report.IsZero() {
		return
	}
	g.read = r
	g.reading.Read(r.Unit.FullName(), r.Report.Report)
	g.showReport(true)
	if first := g.reading.Panes()[0].First(); first != nil {
		g.desk.Window.Canvas().Focus(first)
	}
}

// CloseReport goes back to the grid, where one was.
func (g *Grid) CloseReport() {
	g.showReport(false)
	g.matrix.Focus()
}

func (g *Grid) showReport(on bool) {
	kit.SetVisible(g.reading, on)
	kit.SetVisible(g.units, !on)
	g.Refresh()
}

// isReading reports whether a unit's report is in the place of the grid.
func (g *Grid) isReading() bool { return g.reading != nil && g.reading.Visible() }

// AcceptReport and ReturnReport are the province's word on the report that is read.
func (g *Grid) AcceptReport() { g.panel.decide(g.read, "accepted", "", g.reading.Fail) }

// ReturnReport asks for the reason first.
func (g *Grid) ReturnReport() { g.panel.askReason(g.read) }

// HelpPage is the page of the help that speaks of this tab.
func (g *Grid) HelpPage() string { return "tinh-don-vi" }

// Panes are the search, the filters, the grid and the unit beside it.
func (g *Grid) Panes() []kit.Pane {
	if g.isReading() {
		return g.reading.Panes()
	}
	return []kit.Pane{{Object: g.find}, {Object: g.chips}, {Object: g.matrix}, {Object: g.panel.content, Page: g.panel.page, Target: g.panel.first}}
}

// Shows is true for what a unit sends and what is said of it.
func (g *Grid) Shows(c record.Change) bool {
	return slices.ContainsFunc([]string{"activity", "attendance", "report", "verdict", "unit", "same_event"}, c.Touches)
}

// Reload reads the units again.
func (g *Grid) Reload() {
	year := g.year
	kit.Ask(g.asks, func(ctx context.Context) (record.UnitGrid, error) { return g.p.UnitGrid(ctx, year) }, g.show)
}

// ChooseYear shows another year.
func (g *Grid) ChooseYear(year int) {
	if year == g.year {
		return
	}
	g.year = year
	g.years.Selected = strconv.Itoa(year)
	g.years.Refresh()
	g.Reload()
}

// Order sorts the units, now and the next time.
func (g *Grid) Order(order string) {
	if order == g.order {
		return
	}
	g.order = order
	remember(gridOrderKey, order)
	g.narrow()
}

// filter puts a filter on, or off again.
func (g *Grid) filter(c kit.GroupChip) {
	key := c.Key
	if c.On {
		key = ""
	}
	g.on[c.Group] = key
	clear(g.just)
	remember(gridFilterKey+c.Group, key)
	g.narrow()
}

func (g *Grid) show(data record.UnitGrid, err error) {
	if err != nil {
		g.problem.SetText(kit.Sentence(err))
		g.problem.Show()
		g.Refresh()
		return
	}
	g.problem.Hide()
	first := g.data.Year != data.Year
	g.data, g.month = data, lastDue(data)
	g.narrow()
	if g.isReading() {
		g.reading.Read(g.read.Unit.FullName(), g.read.Report.Report)
	}
	if first {
		g.matrix.MoveTo(0, max(g.month, 0)) // what is asked first is the month just ended
		g.look()
	}
}

// lastDue is the last month in which any unit is more than not due.
func lastDue(data record.UnitGrid) int {
	for m := 11; m >= 0; m-- {
		for _, r := range data.Rows {
			if s := r.Months[m].State; s != "future" && s != "ended" && s != "" {
				return m
			}
		}
	}
	return -1
}

// narrow shows the units that are left, in the order chosen.
func (g *Grid) narrow() {
	g.shown = g.shown[:0]
	for i, r := range g.data.Rows {
		if g.fits(r, "") && found(r.Unit, g.find.Text) {
			g.shown = append(g.shown, i)
		}
	}
	slices.SortStableFunc(g.shown, func(a, b int) int { return compareUnits(g.order, g.data.Rows[a], g.data.Rows[b]) })
	rows := make([]kit.MatrixRow, len(g.shown))
	for n, i := range g.shown {
		rows[n] = matrixRow(g.data.Rows[i])
	}
	g.totals.SetText(g.totalWords())
	g.chips.Set(g.chipsNow())
	g.matrix.SetRows(rows)
	kit.SetVisible(g.matrix, len(rows) > 0)
	kit.SetVisible(g.nobody, len(g.data.Rows) == 0)
	kit.SetVisible(g.nothing, len(rows) == 0 && len(g.data.Rows) > 0)
	g.look()
	g.Refresh()
}

// showAll takes all filters off.
func (g *Grid) showAll() {
	for group := range g.on {
		g.on[group] = ""
		remember(gridFilterKey+group, "")
	}
	g.find.SetText("")
	g.narrow()
	g.matrix.Focus()
}

// fits reports whether a unit passes all filters but those of one group.
func (g *Grid) fits(r record.UnitRow, but string) bool {
	for group, key := range g.on {
		if group != but && key != "" && !g.passes(r, key) {
			return false
		}
	}
	return true
}

func (g *Grid) passes(r record.UnitRow, key string) bool {
	switch key {
	case filterAlarm:
		return kit.In(r.Alarm) != ""
	case filterReport:
		return undecided(r.Report) || g.just[r.Report.Report]
	}
	return g.month >= 0 && r.Months[g.month].State == key
}

func undecided(r record.UnitReport) bool { return r.State == "received" || r.State == "late" }

// found reports whether every word that was typed begins a word of the unit's name, or
// its code, marks or none.
func found(u record.Unit, typed string) bool {
	words := strings.Fields(kit.Bare(u.FullName() + " " + u.Code))
	for _, want := range strings.Fields(kit.Bare(typed)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, want) }) {
			return false
		}
	}
	return true
}

func compareUnits(order string, a, b record.UnitRow) int {
	name := cmp.Or(cmp.Compare(kit.Bare(a.Unit.Name), kit.Bare(b.Unit.Name)), cmp.Compare(a.Unit.Code, b.Unit.Code))
	switch order {
	case orderMissing:
		return cmp.Or(missing(b)-missing(a), name)
	case orderUnseen:
		return cmp.Or(cmp.Compare(a.LastSeen, b.LastSeen), name)
	}
	return name
}

func missing(r record.UnitRow) (n int) {
	for _, m := range r.Months {
		if m.State == "never" || m.State == "damaged" {
			n++
		}
	}
	return n
}

func matrixRow(r record.UnitRow) kit.MatrixRow {
	row := kit.MatrixRow{Key: r.Unit.ID.String(), Name: capital(r.Unit.FullName())}
	if kit.In(r.Alarm) != "" {
		row.State = kit.Attention
	}
	for _, m := range r.Months {
		s := monthStanding(m.State)
		row.Cells = append(row.Cells, s.cell(kit.In(s.letter), kit.Term(record.UnitMonthStates, m.State)))
	}
	s := reportStanding(r.Report.State)
	row.Cells = append(row.Cells, s.cell(kit.In(s.words), kit.In(s.words)))
	return row
}

// capital begins a name as a line does.
func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// totalWords are the totals of the last month that is due, in one line.
func (g *Grid) totalWords() string {
	t := g.data.Totals
	parts := []string{counted(t.Units, kit.T("đơn vị"))}
	if g.month >= 0 {
		parts = append(parts,
			kit.T("{{.N}} đúng hạn {{.Month}}", map[string]any{"N": kit.Number(int64(t.OnTime)), "Month": g.monthWords(g.month)}),
			counted(t.Late, kit.T("muộn")), counted(t.Never, kit.T("chưa nhận")))
	}
	if t.Damaged > 0 {
		parts = append(parts, counted(t.Damaged, kit.T("tệp hỏng")))
	}
	return strings.Join(append(parts, counted(t.Reports, kit.T("báo cáo năm"))), " · ")
}

func counted(n int, what string) string { return kit.Number(int64(n)) + " " + what }

func (g *Grid) monthWords(m int) string {
	return kit.T("tháng {{.M}}/{{.Year}}", map[string]any{"M": m + 1, "Year": g.year})
}

// chipsNow are the filters with how many units each would leave beside the others.
func (g *Grid) chipsNow() []kit.GroupChip {
	chips := []kit.GroupChip{
		g.chip(filterMonth, "never", kit.T("Chưa nhận")),
		g.chip(filterMonth, "late", kit.T("Nộp muộn")),
		g.chip(filterMonth, "damaged", kit.T("Tệp hỏng")),
		g.chip(filterAlarm, filterAlarm, kit.T("Có cảnh báo")),
		g.chip(filterReport, filterReport, kit.T("Báo cáo chờ xem")),
	}
	return chips
}

func (g *Grid) chip(group, key, label string) kit.GroupChip {
	n := 0
	for _, r := range g.data.Rows {
		waits := key != filterReport || g.on[group] == key || undecided(r.Report) // what was just decided is in sight under its filter only
		if waits && g.fits(r, group) && g.passes(r, key) && found(r.Unit, g.find.Text) {
			n++
		}
	}
	return kit.GroupChip{Chip: kit.Chip{Key: key, Label: label, Count: n}, Group: group, On: g.on[group] == key}
}

// current is the unit and the column one is on.
func (g *Grid) current() (r record.UnitRow, column int, there bool) {
	row, column := g.matrix.Cursor()
	if row < 0 || row >= len(g.shown) {
		return r, column, false
	}
	return g.data.Rows[g.shown[row]], column, true
}

// look says the cell one is on, at the foot and in the panel.
func (g *Grid) look() {
	r, column, there := g.current()
	if !there {
		g.said.SetText("")
		g.closePanel()
		return
	}
	g.said.SetText(capital(r.Unit.FullName()) + " · " + g.cellWords(r, column))
	if g.panel.content.Visible() {
		g.panel.show(r, column)
	}
}

// cellWords are a month or the report in words.
func (g *Grid) cellWords(r record.UnitRow, column int) string {
	if column == reportColumn {
		return kit.T("báo cáo năm: {{.State}}", map[string]any{"State": kit.In(reportStanding(r.Report.State).words)})
	}
	m := r.Months[column]
	parts := []string{g.monthWords(column) + ": " + kit.Term(record.UnitMonthStates, m.State)}
	if m.Received != "" {
		parts = append(parts, kit.T("nhận {{.Day}}", map[string]any{"Day": dayWords(g.desk, m.Received)}))
	}
	if m.Work > 0 {
		parts = append(parts, counted(m.Work, kit.T("hoạt động")))
	}
	return strings.Join(parts, ", ")
}

// dayWords say a day or an instant as people do.
func dayWords(desk kit.Desk, stamp string) string {
	if d := record.Date(stamp); len(stamp) == len("2006-01-02") && d.Valid() {
		return d.String()
	}
	return kit.When(stamp, desk.Now())
}

// search goes on in the field above what was typed in the grid.
func (g *Grid) search(r rune) {
	g.desk.Window.Canvas().Focus(g.find)
	g.find.SetText(string(r))
	g.find.CursorColumn = 1
	g.find.Refresh()
}

// findKey lets Down and Enter go on to the grid, and Escape show all units again.
func (g *Grid) findKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		if len(g.shown) > 0 {
			g.matrix.Focus()
		}
		return true
	case fyne.KeyEscape:
		if g.find.Text != "" {
			g.find.SetText("")
			return true
		}
	}
	return false
}

// open shows the unit beside the grid, or its report where one is on that.
func (g *Grid) open(column int) {
	if r, _, there := g.current(); there && column == reportColumn && g.reading != nil && !r.Report.Report.IsZero() {
		g.OpenReport()
		return
	}
	g.openPanel()
}

func (g *Grid) openPanel() {
	r, column, there := g.current()
	if !there {
		return
	}
	wasOpen := g.panel.content.Visible()
	g.panel.content.Show()
	g.panel.show(r, column)
	if !wasOpen {
		g.beside.Refresh()
	}
}

// closePanel takes the panel away, and reports whether there was one.
func (g *Grid) closePanel() bool {
	if !g.panel.content.Visible() {
		return false
	}
	g.panel.content.Hide()
	if g.beside != nil {
		g.beside.Refresh()
	}
	return true
}

// besideLayout puts what belongs to one row at the right of the rows while it is shown.
type besideLayout struct{}

func (besideLayout) wide() float32 { return fynetheme.TextSize() * 24 }

func (l besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if o[1].Visible() {
		m.Width += o[1].MinSize().Width
	}
	return m
}

func (l besideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := float32(0)
	if o[1].Visible() {
		wide = min(l.wide(), size.Width*0.45)
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width-wide, size.Height))
	o[1].Move(fyne.NewPos(size.Width-wide, 0))
	o[1].Resize(fyne.NewSize(wide, size.Height))
}
