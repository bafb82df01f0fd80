// Package reports is the area Báo cáo: the figures of a reporting year, the
// activities behind each of them, and the workbook. It counts nothing itself and
// refuses to show a number without its unit.
package reports

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	// Period is a year's days by a rule; "" is the office's own.
	Period(ctx context.Context, year int, rule string) (record.FigurePeriod, error)
	Figures(ctx context.Context, p record.FigurePeriod) (record.Figures, error)
	// Behind lists the rows behind a figure, by day.
	Behind(ctx context.Context, ids []record.ID) ([]record.Behind, error)
	WriteWorkbook(ctx context.Context, p record.FigurePeriod, path string) error
}

// Vocabulary names what is counted; the engine that counts owns the words.
type Vocabulary interface {
	Name(code string) record.Words
	Part(dim, part string) record.Words
	Unit(f record.Figure) record.Words
}

// Screen is the area.
type Screen struct {
	widget.BaseWidget

	// OnOpenRow is told which row behind a figure a person wants to see.
	OnOpenRow func(record.Ref)
	// DefaultFolder is where a workbook goes unless another folder is given.
	DefaultFolder string

	desk    kit.Desk
	office  Office
	words   Vocabulary
	asks    *kit.Latest
	details *kit.Latest

	year    int
	figures record.Figures
	lines   []line
	behind  []record.Behind

	years   *widget.Select
	rule    *kit.Text
	table   *kit.Table
	months  *months
	problem *kit.Note
	heading *kit.Text
	records *kit.Table
}

// New makes the area for the current year.
func New(desk kit.Desk, office Office, words Vocabulary) *Screen {
	s := &Screen{
		desk: desk, office: office, words: words, year: desk.Now().Year(),
		asks: kit.NewLatest(desk.Runner), details: kit.NewLatest(desk.Runner),
		rule: kit.Caption(""), months: newMonths(), problem: kit.NewNote(kit.Wrong, ""),
	}
	s.rule.Wrap = true
	s.problem.Hide()
	s.years = widget.NewSelect(yearsUpTo(s.year), s.choose)
	s.years.Selected = strconv.Itoa(s.year)
	s.table = kit.NewTable(
		kit.Column{Heading: kit.T("Mã"), Ems: 2.5},
		kit.Column{Heading: kit.T("Chỉ tiêu")},
		kit.Column{Heading: kit.T("Đơn vị"), Ems: 6},
		kit.Column{Heading: kit.T("Số liệu"), Ems: 5, Number: true},
	)
	s.table.OnOpen = s.OpenFigure
	s.heading = kit.Section("")
	s.records = kit.NewTable(
		kit.Column{Heading: kit.T("Ngày"), Ems: 6},
		kit.Column{Heading: kit.T("Tên, nội dung")},
		kit.Column{Heading: kit.T("Lượt người"), Ems: 5, Number: true},
	)
	s.records.OnOpen = s.OpenRecord
	s.ExtendBaseWidget(s)
	return s
}

func yearsUpTo(year int) []string {
	var out []string
	for y := year; y > year-6; y-- {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

// CreateRenderer shows the figures at the left and what is behind one at the right.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	year := kit.HStack(theme.SizeGap, kit.Line(kit.T("Năm")), s.years)
	write := kit.Primary(kit.T("Xuất sổ Excel"), fynetheme.IconNameDownload, func() { s.AskWhere() })
	head := kit.VStack(theme.SizeGap, kit.Toolbar(year, kit.Spring(), write), s.rule, s.problem)
	split := container.NewHSplit(
		container.NewPadded(s.table),
		container.NewPadded(container.NewBorder(s.months, nil, nil, nil,
			container.NewBorder(kit.InsetXY(theme.SizeGap, theme.SizeGap, s.heading), nil, nil, nil, s.records))),
	)
	split.SetOffset(0.55)
	return widget.NewSimpleRenderer(container.NewBorder(
		kit.InsetXY(theme.SizeEdge, theme.SizeGap, head), nil, nil, nil,
		kit.InsetXY(theme.SizeGroup, theme.SizeNone, split)))
}

// Shows is true for what figures are counted from.
func (s *Screen) Shows(c record.Change) bool {
	return c.Touches("activity") || c.Touches("attendance") || c.Touches("office") || c.Touches("directive")
}

func (s *Screen) choose(text string) {
	if year, err := strconv.Atoi(text); err == nil {
		s.ChooseYear(year)
	}
}

// ChooseYear shows a reporting year.
func (s *Screen) ChooseYear(year int) {
	if year == s.year {
		return
	}
	s.year = year
	s.years.Selected = strconv.Itoa(year)
	s.years.Refresh()
	s.Reload()
}

// Reload counts the chosen year again.
func (s *Screen) Reload() {
	year := s.year
	kit.Ask(s.asks, func(ctx context.Context) (record.Figures, error) {
		period, err := s.office.Period(ctx, year, "")
		if err != nil {
			return record.Figures{}, err
		}
		return s.office.Figures(ctx, period)
	}, s.show)
}

func (s *Screen) show(f record.Figures, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.problem.Hide()
	s.figures = f
	s.lines = linesOf(f, s.words)
	s.rule.SetText(ruleWords(f.Period))
	rows := make([][]string, len(s.lines))
	for i, l := range s.lines {
		rows[i] = []string{l.code, l.words, l.unit, kit.Number(l.value)}
	}
	s.table.SetRows(rows)
	s.OpenFigure(firstWithRecords(s.lines))
}

func ruleWords(p record.FigurePeriod) string {
	return kit.T("Kỳ {{.Period}} · {{.Rule}}", map[string]any{
		"Period": record.Period{From: p.From, To: p.To}.String(),
		"Rule":   kit.Term(record.PeriodRules, p.Rule),
	})
}

// OpenFigure lists the activities behind a line of the table.
func (s *Screen) OpenFigure(i int) {
	if i < 0 || i >= len(s.lines) {
		s.behind = nil
		s.heading.SetText(kit.T("Chưa có hoạt động nào trong kỳ"))
		s.records.SetRows(nil)
		s.months.set(s.figures.Period, nil)
		return
	}
	l := s.lines[i]
	s.heading.SetText(l.full)
	s.behind = nil
	ids := l.records
	kit.Ask(s.details, func(ctx context.Context) ([]record.Behind, error) { return s.office.Behind(ctx, ids) }, s.showRecords)
}

func (s *Screen) showRecords(list []record.Behind, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.behind = list
	rows := make([][]string, len(list))
	for i, b := range list {
		rows[i] = []string{b.Day.String(), b.Title, peopleOf(b)}
	}
	s.records.SetRows(rows)
	s.months.set(s.figures.Period, list)
}

// peopleOf is how many came; to a document nobody comes.
func peopleOf(b record.Behind) string {
	if b.Ref.Noun != "activity" {
		return ""
	}
	return kit.Number(b.People)
}

// Behind are the lines now listed behind a figure: day, title, people.
func (s *Screen) Behind() [][]string { return s.records.Rows() }

// OpenRecord opens one of the rows listed.
func (s *Screen) OpenRecord(i int) {
	if s.OnOpenRow != nil && i < len(s.behind) {
		s.OnOpenRow(s.behind[i].Ref)
	}
}
