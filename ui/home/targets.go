package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// targets is the row of aims of the reporting year, with the days left to its report.
type targets struct {
	content *fyne.Container

	open    func(record.Errand)
	follow  func()
	heading *kit.Text
	left    *kit.Text
	row     *fyne.Container
	bars    []*kit.TargetBar
	rules   []*kit.Text
}

func newTargets(open func(record.Errand), follow func()) *targets {
	t := &targets{open: open, follow: follow, heading: kit.Section(""), left: kit.Caption("")}
	t.heading.Whole, t.left.Whole = true, true
	t.row = container.New(&cells{most: 4, least: 17, gap: theme.SizeGap})
	t.content = kit.VStack(theme.SizeTight, container.New(&head{}, t.heading, t.left), container.New(bleed{}, t.row))
	return t
}

func (t *targets) set(o record.Overview) {
	t.heading.SetText(kit.T("Chỉ tiêu năm {{.Year}}", map[string]any{"Year": o.Year}))
	t.left.SetText(deadlineWords(o))
	for len(t.bars) < len(o.Targets) {
		t.add()
	}
	for i, s := range o.Targets {
		t.bars[i].Set(targetOf(s))
		t.bars[i].OnOpen = func() { t.open(s.Open) }
		t.rules[i].SetText(kit.In(s.Rule))
	}
	t.content.Refresh()
}

func (t *targets) add() {
	bar, rule := kit.NewTargetBar(), kit.Caption("")
	bar.OnFocus, rule.Wrap = t.follow, true
	t.bars, t.rules = append(t.bars, bar), append(t.rules, rule)
	t.row.Add(kit.VStack(theme.SizeNone, bar, kit.InsetXY(theme.SizeTight, theme.SizeNone, rule)))
}

func targetOf(s record.Standing) kit.Target {
	t := kit.Target{
		Name: kit.In(s.Name), Numerator: s.Numerator, Denominator: s.Denominator, Threshold: s.Threshold,
		Unit: kit.In(s.Unit), Detail: kit.In(s.Detail),
	}
	switch s.State {
	case record.StandingReached:
		t.State = kit.Fine
	case record.StandingBehind:
		t.State = kit.Attention
	case record.StandingMissed:
		t.State = kit.Wrong
	case record.StandingUnknown:
		t.Word, t.Detail = t.Detail, ""
	default:
		t.Word = kit.T("đang làm")
	}
	return t
}

// deadlineWords say how long there is until the report, and of which days it tells.
func deadlineWords(o record.Overview) string {
	period := record.Period{From: o.Period.From, To: o.Period.To}.String()
	return kit.T("Kỳ {{.Period}}", map[string]any{"Period": period}) + "  ·  " + kit.DeadlineWords(o.Report)
}
