package home

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// done is what was held in the period: four numbers, and the same by month, by group
// of people and by form.
type done struct {
	content *fyne.Container

	open     func(record.Errand)
	figures  [4]*figure
	sessions *kit.BarChart
	people   *kit.BarChart
	groups   *kit.ShareBars
	forms    *kit.ShareBars
}

func newDone(open func(record.Errand), follow func()) *done {
	d := &done{open: open, sessions: kit.NewBarChart(), people: kit.NewBarChart(), groups: kit.NewShareBars(), forms: kit.NewShareBars()}
	numbers := container.New(&cells{most: 4, least: 11, gap: theme.SizeGap})
	for i := range d.figures {
		d.figures[i] = newFigure()
		numbers.Add(d.figures[i].content)
	}
	d.sessions.Title, d.sessions.Unit = kit.T("Cuộc phổ biến trực tiếp theo tháng"), kit.T("cuộc")
	d.people.Title, d.people.Unit = kit.T("Lượt người theo tháng"), kit.T("lượt người")
	d.groups.Title, d.groups.Unit = kit.T("Lượt người theo đối tượng"), kit.T("lượt người")
	d.forms.Title, d.forms.Unit = kit.T("Hoạt động theo loại"), kit.T("hoạt động")
	d.sessions.OnFocus, d.people.OnFocus, d.groups.OnFocus, d.forms.OnFocus = follow, follow, follow, follow
	charts := container.New(&cells{most: 2, least: 22, gap: theme.SizeGap, grow: true}, d.sessions, d.people, d.groups, d.forms)
	heading := kit.Section(kit.T("Đã làm trong kỳ"))
	top := kit.VStack(theme.SizeTight, heading, kit.Hairline(), kit.InsetXY(theme.SizeNone, theme.SizeTight, numbers))
	d.content = kit.Border(top, nil, nil, nil, charts)
	return d
}

func (d *done) set(o record.Overview) {
	d.figures[0].set(o.Sessions, kit.T("cuộc phổ biến trực tiếp"))
	d.figures[1].set(o.People, kit.T("lượt người, nữ {{.N}}", map[string]any{"N": kit.Number(o.Women.Now)}))
	d.figures[2].set(o.Activities, kit.T("hoạt động mọi loại"))
	d.figures[3].set(o.Materials, kit.T("bản tài liệu đã phát"))
	d.setMonths(o)
	d.setShares(o)
	d.content.Refresh()
}

func (d *done) setMonths(o record.Overview) {
	now, before := strconv.Itoa(o.Year), strconv.Itoa(o.Year-1)
	var sessions, people []kit.Bar
	for _, m := range o.Months {
		from := m.Days.From
		name := kit.T("tháng {{.Month}}/{{.Year}}", map[string]any{"Month": from.Month(), "Year": from.Year()})
		bar := func(t record.Tally) kit.Bar {
			return kit.Bar{Label: strconv.Itoa(from.Month()), Name: name, Value: t.Now, Before: t.Before, Ahead: from > o.Today}
		}
		sessions, people = append(sessions, bar(m.Sessions)), append(people, bar(m.People))
	}
	for chart, bars := range map[*kit.BarChart][]kit.Bar{d.sessions: sessions, d.people: people} {
		chart.Now, chart.Before = now, before
		chart.OnOpen = func(i int) {
			d.open(record.Errand{Area: record.AreaActivities, List: record.ListFilter{Noun: "activity", Period: o.Months[i].Days}})
		}
		chart.Set(bars)
	}
}

// mostForms are told apart; the rest is one group.
const mostForms = 6

func (d *done) setShares(o record.Overview) {
	var groups, forms []kit.Share
	for _, p := range o.Audiences {
		groups = append(groups, kit.Share{Label: kit.Term(record.Audiences, p.Code), Value: p.Value})
	}
	kinds := o.Kinds
	if len(kinds) > mostForms {
		rest := record.Part{}
		for _, p := range kinds[mostForms-1:] {
			rest.Value += p.Value
		}
		kinds = append(kinds[:mostForms-1:mostForms-1], rest)
	}
	for _, p := range kinds {
		label := kit.T("Loại khác")
		if p.Code != "" {
			label = kit.Term(record.ActivityKinds, p.Code)
		}
		forms = append(forms, kit.Share{Label: label, Value: p.Value})
	}
	d.groups.Set(groups)
	d.forms.OnOpen = func(i int) { d.openForm(o, kinds[i].Code) }
	d.forms.Set(forms)
}

func (d *done) openForm(o record.Overview, kind string) {
	list := record.ListFilter{Noun: "activity", Period: record.Period{From: o.Period.From, To: o.Period.To}}
	if kind != "" {
		list.Only = map[string]string{"kind": kind}
	}
	d.open(record.Errand{Area: record.AreaActivities, List: list})
}

// figure is a number with what it counts, and the number a year before.
type figure struct {
	content *fyne.Container
	number  *kit.Text
	before  *kit.Text
	words   *kit.Text
}

func newFigure() *figure {
	f := &figure{number: kit.Page(""), before: kit.Caption(""), words: kit.Caption("")}
	f.number.Whole = true
	f.content = kit.VStack(theme.SizeNone, kit.Border(nil, nil, f.number, nil, f.before), f.words)
	return f
}

func (f *figure) set(t record.Tally, words string) {
	f.number.SetText(kit.Number(t.Now))
	f.before.SetText(kit.T("cùng kỳ {{.N}}", map[string]any{"N": kit.Number(t.Before)}))
	f.words.SetText(words)
}
