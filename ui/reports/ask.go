package reports

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Answering is what the quick question asks of the office.
type Answering interface {
	// Inquire answers a question asked in passing.
	Inquire(ctx context.Context, q record.Inquiry) (record.Reply, error)
	// WriteReply writes the answer as a workbook; it names nobody.
	WriteReply(ctx context.Context, q record.Inquiry, path string) error
	Topics() []record.Term
	FindUnits(ctx context.Context, query string, limit int) ([]record.UnitChoice, error)
	// ParseDate reads a day as people write it.
	ParseDate(text string) (record.Date, error)
}

// The spans offered for a quick question.
const (
	spanDays    = ""       // that of the two fields
	spanReport  = "report" // the period chosen above
	spanMonth   = "month"
	spanQuarter = "quarter"
	spanYear    = "year"
	spanSoFar   = "so far"
)

var spans = []string{spanReport, spanMonth, spanQuarter, spanYear, spanSoFar, spanDays}

// question is the view of a quick question: what to count, on which days, split by what
// and narrowed to what; the answer is there as soon as the view is.
type question struct {
	s     *Screen
	asks  *kit.Latest
	q     record.Inquiry
	span  string
	reply record.Reply

	showing bool // the fields are being brought to what is asked

	measures *kit.ChipRow
	spans    *kit.Select
	split    *kit.Select
	from, to *kit.DateEntry
	narrow   []*narrowing
	unit     *kit.Picker
	out      *kit.PushButton
	controls *fyne.Container
	said     *kit.Text
	rule     *kit.Text
	table    *kit.Table
	answer   *fyne.Container // what is said above its rows
	bars     *kit.BarChart
}

// narrowing is a closed list a question is narrowed by.
type narrowing struct {
	split string
	terms []record.Term
	box   *kit.Select
}

func newQuestion(s *Screen) *question {
	a := &question{
		s: s, asks: kit.NewLatest(s.desk.Runner), q: record.Inquiry{Measure: record.Measures[0].Code, Split: "month", Only: map[string]string{}}, span: spanReport,
		said: kit.Section(""), rule: kit.Caption(""), bars: kit.NewBarChart(),
	}
	a.said.Wrap, a.rule.Wrap = true, true
	a.measures = kit.NewChipRow(func(c kit.GroupChip) { a.Measure(c.Key) })
	a.spans = kit.NewSelect([]string{kit.T("Kỳ báo cáo"), kit.T("Tháng này"), kit.T("Quý này"), kit.T("Năm nay"), kit.T("Từ đầu năm"), kit.T("Ngày tự chọn")}, func(string) {
		a.Span(spans[max(0, a.spans.SelectedIndex())])
	})
	a.split = kit.NewSelect(nil, func(string) { a.Split(a.splits()[max(0, a.split.SelectedIndex())]) })
	a.from, a.to = a.day(), a.day()
	for _, n := range []*narrowing{
		{split: "kind", terms: record.ActivityKinds}, {split: "audience", terms: record.Audiences}, {split: "topic", terms: s.office.Topics()},
	} {
		n.box = kit.NewSelect(n.options(), func(string) { a.Narrow(n.split, n.chosen()) })
		n.box.Selected = n.box.Options[0]
		a.narrow = append(a.narrow, n)
	}
	a.unit = kit.NewPicker(s.desk.Runner, a.units)
	a.unit.SetPlaceHolder(kit.T("Mọi đơn vị"))
	a.unit.OnChosen = func(c kit.Choice) { a.Narrow("unit", c.Key) }
	a.out = kit.Primary(kit.T("Xuất Excel"), fynetheme.IconNameDownload, func() { s.AskReply() })
	a.table = kit.NewTable(kit.Column{Heading: kit.T("Trong đó")}, kit.Column{Heading: kit.T("Số lượng"), Ems: 8, Number: true}, kit.Column{Heading: kit.T("Tỷ lệ"), Ems: 5, Number: true})
	a.table.OnOpen = a.OpenPart
	a.bars.OnOpen = func(i int) {
		if i < len(a.reply.Parts) {
			a.table.MoveTo(i)
			a.OpenPart(i)
		}
	}
	a.lay()
	return a
}

// lay puts what is asked above the answer.
func (a *question) lay() {
	label := func(words string) fyne.CanvasObject { t := kit.Line(words); t.Whole = true; return t }
	days := kit.HStack(theme.SizeGap, a.spans, label(kit.T("Từ")), sized(a.from), label(kit.T("đến")), sized(a.to), label(kit.T("chia theo")), a.split)
	boxes := container.NewGridWithColumns(len(a.narrow) + 1)
	for _, n := range a.narrow {
		boxes.Add(n.box)
	}
	boxes.Add(a.unit)
	a.controls = kit.InsetXY(theme.SizeGap, theme.SizeNone, kit.VStack(theme.SizeTight, a.measures, days, boxes))
	a.answer = kit.Border(kit.InsetXY(theme.SizeGap, theme.SizeTight, kit.VStack(theme.SizeTight, a.said, a.rule)), nil, nil, nil, a.table)
}

// dayEms is the width of a field for a day.
const dayEms = 9

// sized gives a field for a day the room its text needs.
func sized(d *kit.DateEntry) fyne.CanvasObject { return container.New(ems(dayEms), d) }

// ems is a width in units of the theme's text.
type ems float32

func (e ems) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(e)*fynetheme.TextSize(), o[0].MinSize().Height)
}

func (e ems) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// day is a field for the first or the last day. A day counts as soon as it stands there
// whole, or the field is left.
func (a *question) day() *kit.DateEntry {
	d := kit.NewDateEntry(a.s.office.ParseDate, func() record.Date { return record.DateOf(a.s.desk.Now()) })
	d.Entry().OnChanged = func(text string) {
		if day, err := d.Value(); err == nil && text == day.String() {
			a.takeDays()
		}
	}
	d.Entry().OnLeft = a.takeDays
	d.Entry().OnSubmitted = func(string) { a.takeDays() }
	return d
}

// takeDays asks for the days that were typed, where both can be read.
func (a *question) takeDays() {
	if a.showing {
		return
	}
	from, err1 := a.from.Value()
	to, err2 := a.to.Value()
	if days := (record.Period{From: from, To: to}); err1 == nil && err2 == nil && days != a.q.Period {
		a.q.Period, a.span = days, spanDays
		a.ask()
	}
}

// Measure counts something else, split and narrowed as before as far as that is known.
func (a *question) Measure(code string) {
	a.q.Measure = code
	m := record.MeasureOf(code)
	if !m.Has(a.q.Split) {
		a.q.Split = "month"
	}
	maps.DeleteFunc(a.q.Only, func(split, _ string) bool { return !m.Has(split) })
	a.ask()
}

// Span counts the days of a span.
func (a *question) Span(key string) {
	a.span = key
	a.ask()
}

// Split divides the answer otherwise; "" leaves it whole.
func (a *question) Split(code string) {
	if code != a.q.Split {
		a.q.Split = code
		a.ask()
	}
}

// Narrow counts one part of a split alone; "" counts all of it.
func (a *question) Narrow(split, part string) {
	if a.q.Only[split] == part {
		return
	}
	a.q.Only = maps.Clone(a.q.Only)
	delete(a.q.Only, split)
	if part != "" {
		a.q.Only[split] = part
	}
	a.ask()
}

// ask shows what is asked, and answers it.
func (a *question) ask() {
	a.q.Period = a.days()
	a.show()
	q := a.q
	kit.Ask(a.asks, func(ctx context.Context) (record.Reply, error) { return a.s.office.Inquire(ctx, q) }, a.answered)
}

// days are the days of the span; those of the fields where none is chosen.
func (a *question) days() record.Period {
	today := record.DateOf(a.s.desk.Now())
	first := func(month int) record.Date { d, _ := record.NewDate(today.Year(), month, 1); return d }
	last := func(month int) record.Date {
		if month == 12 {
			d, _ := record.NewDate(today.Year(), 12, 31)
			return d
		}
		return first(month + 1).AddDays(-1)
	}
	quarter := (today.Month()-1)/3*3 + 1
	switch a.span {
	case spanReport:
		return a.s.figures.Period.Span()
	case spanMonth:
		return record.Period{From: first(today.Month()), To: last(today.Month())}
	case spanQuarter:
		return record.Period{From: first(quarter), To: last(quarter + 2)}
	case spanYear:
		return record.Period{From: first(1), To: last(12)}
	case spanSoFar:
		return record.Period{From: first(1), To: today}
	}
	return a.q.Period
}

// show brings chips, fields and lists to what is asked.
func (a *question) show() {
	var chips []kit.GroupChip
	for _, m := range record.Measures {
		chips = append(chips, kit.GroupChip{Group: "measure", Chip: kit.Chip{Key: m.Code, Label: kit.In(m.Words), Count: -1}, On: m.Code == a.q.Measure})
	}
	a.measures.Set(chips)
	a.spans.Selected = a.spans.Options[slices.Index(spans, a.span)]
	a.spans.Refresh()
	a.showing = true
	a.from.Entry().Display(a.q.Period.From.String())
	a.to.Entry().Display(a.q.Period.To.String())
	a.showing = false
	a.showLists()
}

func (a *question) showLists() {
	m := record.MeasureOf(a.q.Measure)
	a.split.Options = nil
	for _, code := range a.splits() {
		word := kit.T("không chia")
		if code != "" {
			word = kit.Term(record.Splits, code)
		}
		a.split.Options = append(a.split.Options, word)
	}
	a.split.Selected = a.split.Options[slices.Index(a.splits(), a.q.Split)]
	a.split.Refresh()
	for _, n := range a.narrow {
		n.show(a.q.Only[n.split], m.Has(n.split))
	}
	if !m.Has("unit") && a.unit.Text() != "" {
		a.unit.SetChosen(kit.Choice{})
	}
	kit.SetVisible(a.unit, m.Has("unit"))
}

// splits are those of the measure, and none.
func (a *question) splits() []string {
	return append(slices.Clone(record.MeasureOf(a.q.Measure).Splits), "")
}

func (n *narrowing) options() []string {
	all := map[string]string{"kind": kit.T("Mọi loại hoạt động"), "audience": kit.T("Mọi đối tượng"), "topic": kit.T("Mọi nội dung")}
	out := []string{all[n.split]}
	for _, t := range n.terms {
		out = append(out, kit.In(t.Words))
	}
	return out
}

func (n *narrowing) chosen() string {
	if i := n.box.SelectedIndex(); i > 0 {
		return n.terms[i-1].Code
	}
	return ""
}

func (n *narrowing) show(part string, known bool) {
	i := slices.IndexFunc(n.terms, func(t record.Term) bool { return t.Code == part })
	n.box.Selected = n.box.Options[i+1]
	if known {
		n.box.Enable()
	} else {
		n.box.Disable()
	}
	n.box.Refresh()
}

// unitsOffered is how many units the picker asks for.
const unitsOffered = 12

func (a *question) units(ctx context.Context, query string) ([]kit.Choice, error) {
	found, err := a.s.office.FindUnits(ctx, query, unitsOffered)
	var out []kit.Choice
	for _, u := range found {
		out = append(out, kit.Choice{Key: u.ID.String(), Text: u.Name, Detail: u.Detail})
	}
	return out, err
}

func (a *question) answered(r record.Reply, err error) {
	if err != nil {
		a.s.problem.SetText(kit.Sentence(err))
		a.s.problem.Show()
		return
	}
	a.s.problem.Hide()
	a.reply = r
	m := record.MeasureOf(r.Inquiry.Measure)
	a.said.SetText(kit.In(r.Words))
	rule := kit.In(m.Rule)
	if r.Overlaps {
		rule += " " + kit.In(record.OverlapWords)
	}
	a.rule.SetText(rule)
	var rows [][]string
	for _, p := range r.Parts {
		rows = append(rows, []string{kit.In(p.Name), kit.Number(p.Value), kit.Rate(p.Value, r.Whole.Value)})
	}
	a.table.SetRows(rows)
	a.draw(m)
	a.OpenPart(-1)
	a.answer.Refresh()
}

// mostBars are told apart in the picture; the table has them all.
const (
	mostBars   = 8
	mostMonths = 24
)

// draw shows the parts as bars: months beside each other, everything else under each
// other, the most first.
func (a *question) draw(m *record.Measure) {
	monthly := a.reply.Inquiry.Split == "month"
	most := mostBars
	if monthly {
		most = mostMonths
	}
	today := record.DateOf(a.s.desk.Now())
	var bars []kit.Bar
	for _, p := range a.reply.Parts[:min(len(a.reply.Parts), most)] {
		b := kit.Bar{Label: kit.In(p.Name), Value: p.Value}
		if month := record.Date(p.Part + "-01"); monthly && p.Part != "" {
			b.Label, b.Name, b.Ahead = strconv.Itoa(month.Month()), kit.In(p.Name), month > today
		}
		bars = append(bars, b)
	}
	a.bars.Title, a.bars.Unit, a.bars.Lying = kit.In(m.Words), kit.In(m.Unit), !monthly
	if t := record.Word(record.Splits, a.reply.Inquiry.Split); t != nil {
		a.bars.Title = kit.T("{{.What}} theo {{.Split}}", map[string]any{"What": kit.In(m.Words), "Split": lowerFirst(kit.In(t.Words))})
	}
	if left := len(a.reply.Parts) - len(bars); left > 0 {
		a.bars.Title += kit.T("; {{.N}} dòng nữa trong bảng", map[string]any{"N": kit.Number(int64(left))})
	}
	a.bars.All = kit.T("tổng {{.N}}", map[string]any{"N": kit.Number(a.reply.Whole.Value) + " " + kit.In(m.Unit)})
	a.bars.Set(bars)
}

// OpenPart lists the rows behind a part of the answer; -1 those behind the whole.
func (a *question) OpenPart(i int) {
	if i < 0 || i >= len(a.reply.Parts) {
		a.s.showBehind(kit.T("Tất cả: {{.N}}", map[string]any{"N": kit.Number(a.reply.Whole.Value)}), a.reply.Whole.Records)
		return
	}
	p := a.reply.Parts[i]
	a.s.showBehind(kit.In(p.Name)+": "+kit.Number(p.Value), p.Records)
}

// AskReply asks where the answer goes as a workbook.
func (s *Screen) AskReply() *kit.Dialog {
	q := s.question.reply.Inquiry
	name := "Hoi-nhanh-" + q.Measure
	if q.Split != "" {
		name += "-" + q.Split
	}
	return s.askFor(kit.T("Xuất Excel"), name+".xlsx", func(ctx context.Context, path string) error { return s.office.WriteReply(ctx, q, path) }, kit.SayWritten)
}

// Question is the quick question of the area.
func (s *Screen) Question() *question { return s.question }

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}
