package reports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// The views of a period by their keys.
const (
	ViewFigures  = "figures"
	ViewTargets  = "targets"
	ViewConcerns = "concerns"
	ViewAsk      = "ask"
	ViewSigning  = "signing"
)

var viewKeys = []string{ViewFigures, ViewTargets, ViewConcerns, ViewSigning, ViewAsk}

// View shows the figures, the targets, what is to be looked at before the report is
// signed, its words and signature, or a quick question.
func (s *Screen) View(key string) {
	s.view = key
	s.showParts()
	switch key {
	case ViewAsk:
		s.question.ask()
	case ViewSigning:
		if s.figures.Period.To != "" {
			s.signing.load(s.figures.Period)
		}
	case ViewFigures:
		s.OpenFigure(firstWithRecords(s.lines))
	case ViewTargets:
		s.OpenTarget(0)
	}
	s.Refresh()
}

// showParts shows what belongs to the view, and hides the rest.
func (s *Screen) showParts() {
	s.nameViews()
	shown := !s.frozen.ID.IsZero() && (s.view == ViewFigures || s.view == ViewTargets)
	kit.SetVisible(s.signed, shown)
	kit.SetVisible(s.today, shown)
	kit.SetVisible(s.span.row, s.part == partDays)
	kit.SetVisible(s.years, s.part != partDays)
	for part, views := range map[fyne.CanvasObject][]string{
		s.table: {ViewFigures}, s.targets.table: {ViewTargets}, s.concerns: {ViewConcerns}, s.question.answer: {ViewAsk},
		s.counted: {ViewFigures, ViewTargets, ViewAsk}, s.months: {ViewFigures}, s.question.bars: {ViewAsk}, s.question.controls: {ViewAsk},
		s.question.out: {ViewAsk}, s.papers: {ViewFigures, ViewTargets, ViewConcerns, ViewSigning}, s.rule: {ViewFigures, ViewTargets, ViewConcerns, ViewSigning},
		s.signing.content: {ViewSigning},
	} {
		kit.SetVisible(part, slices.Contains(views, s.view))
	}
	if s.view == ViewSigning && s.signing.stored.Signed() {
		s.papers.Hide() // its own stand below
	}
}

// NextPart shows the next view, with the keyboard in it.
func (s *Screen) NextPart(step int) {
	n := len(viewKeys)
	s.View(viewKeys[((slices.Index(viewKeys, s.view)+step)%n+n)%n])
	if first := (kit.Pane{Object: s.seen()}).First(); first != nil {
		s.desk.Window.Canvas().Focus(first)
	}
}

// seen is what the view is about: its table, or the report being written.
func (s *Screen) seen() fyne.CanvasObject {
	switch s.view {
	case ViewTargets:
		return s.targets.table
	case ViewConcerns:
		return s.concerns
	case ViewAsk:
		return s.question.table
	case ViewSigning:
		return s.signing.content
	}
	return s.table
}

func (s *Screen) nameViews() {
	labels := []string{kit.T("Số liệu"), kit.T("Mục tiêu"), kit.T("Cần xem lại"), kit.T("Soạn và ký"), kit.T("Hỏi nhanh")}
	counts := []int{-1, -1, -1, -1, -1}
	if s.looked {
		counts[2] = len(s.found)
	}
	var chips []kit.GroupChip
	for i, key := range viewKeys {
		chips = append(chips, kit.GroupChip{Group: "view", Chip: kit.Chip{Key: key, Label: labels[i], Count: counts[i]}, On: key == s.view})
	}
	s.views.Set(chips)
}

// targets is the table of how the targets stand.
type targets struct {
	table *kit.Table
	list  []record.TargetOutlook
}

func newTargets() *targets {
	return &targets{table: kit.NewTable(
		kit.Column{Heading: kit.T("Mục tiêu")},
		kit.Column{Heading: kit.T("Đạt"), Ems: 5, Number: true},
		kit.Column{Heading: kit.T("Tỷ lệ"), Ems: 4.5, Number: true},
		kit.Column{Heading: kit.T("Mức"), Ems: 5.5, Number: true},
	)}
}

func (t *targets) show(list []record.TargetOutlook) {
	t.list = list
	rows := make([][]string, len(list))
	for i, o := range list {
		rows[i] = []string{
			kit.In(o.Target.Short), kit.Number(o.Now.Numerator) + " / " + kit.Number(o.Now.Denominator),
			kit.Rate(o.Now.Numerator, o.Now.Denominator), threshold(o.Target),
		}
	}
	t.table.SetRows(rows)
}

// threshold is the aim as the plan writes it: 90–100 %.
func threshold(t record.Target) string {
	if t.Full > t.Threshold {
		return kit.Number(t.Threshold) + "–" + kit.Number(t.Full) + " %"
	}
	return kit.Number(t.Threshold) + " %"
}

// OpenTarget lists what is missing for a target, or what it was reached by.
func (s *Screen) OpenTarget(i int) {
	if i < 0 || i >= len(s.targets.list) {
		s.showBehind(kit.T("Kỳ này chưa có mục tiêu nào"), nil)
		return
	}
	o := s.targets.list[i]
	ids, heading := o.Now.Missing, kit.T("Chưa đạt: {{.Name}}", map[string]any{"Name": kit.In(o.Target.Name)})
	if len(ids) == 0 {
		ids, heading = o.Now.Records, kit.T("Đã đạt: {{.Name}}", map[string]any{"Name": kit.In(o.Target.Name)})
	}
	s.showBehind(heading, ids)
	s.about.SetText(kit.In(o.Target.Rule) + ". " + kit.In(o.Words))
	s.about.Show()
}

// showConcerns lists what would embarrass.
func (s *Screen) showConcerns(list []record.Concern, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.found, s.looked = list, true
	rows := make([][]string, len(list))
	for i, c := range list {
		rows[i] = []string{kit.Term(record.ConcernKinds, c.Kind), kit.In(c.Words)}
	}
	s.concerns.SetRows(rows)
	s.nameViews()
}

// OpenConcern opens the row a concern is about, or shows its figure.
func (s *Screen) OpenConcern(i int) {
	if i < 0 || i >= len(s.found) {
		return
	}
	c := s.found[i]
	if c.Figure == "" {
		if s.OnOpenRow != nil && !c.Ref.ID.IsZero() {
			s.OnOpenRow(c.Ref)
		}
		return
	}
	s.View(ViewFigures)
	if at := slices.IndexFunc(s.lines, func(l line) bool { return l.code == c.Figure }); at >= 0 {
		s.table.MoveTo(at)
		s.OpenFigure(at)
	}
}

// body is the table of the view, with what stands behind its line where it has lines. A
// quick question has much above it: where the window is too low for that, all scrolls.
func (s *Screen) body() fyne.CanvasObject {
	s.counted = container.NewHSplit(
		container.NewPadded(container.NewStack(s.table, s.targets.table, s.question.answer)),
		container.NewPadded(kit.Border(container.NewStack(s.months, s.question.bars), nil, nil, nil,
			kit.Border(kit.InsetXY(theme.SizeGap, theme.SizeGap, kit.VStack(theme.SizeTight, s.heading, s.about)), nil, nil, nil, s.records))),
	)
	s.counted.SetOffset(0.68)
	return container.NewVScroll(kit.Border(s.question.controls, nil, nil, nil, container.NewStack(s.counted, container.NewPadded(s.concerns), s.signing.content)))
}
