// Package reports is the area Báo cáo: the figures and targets of a reporting year or a
// part of it, the rows behind each of them, what to look at before it is signed, and the
// workbook. It counts nothing itself and
// refuses to show a number without its unit.
package reports

import (
	"context"
	"slices"
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
	// PartOfYear is the days of a year by a rule, "" for the office's own, or of a part of
	// it, one of record.PeriodParts.
	PartOfYear(ctx context.Context, year int, rule, part string) (record.FigurePeriod, error)
	// Between is the span from one day to another; two days that make none are refused.
	Between(from, to record.Date) (record.FigurePeriod, error)
	// Standing is the figures of a period, and where its targets are heading.
	Standing(ctx context.Context, p record.FigurePeriod) (record.PeriodStanding, error)
	// Preflight lists what would embarrass whoever signs.
	Preflight(ctx context.Context, p record.FigurePeriod) ([]record.Concern, error)
	// Behind lists the rows behind a figure, by day.
	Behind(ctx context.Context, ids []record.ID) ([]record.Behind, error)
	WriteWorkbook(ctx context.Context, p record.FigurePeriod, path string) error
	// WriteNarrative writes the report as a Word document by Decree 30.
	WriteNarrative(ctx context.Context, p record.FigurePeriod, path string) error
	Paging
	Answering
	Signing
}

// Vocabulary names what is counted; the engine that counts owns the words.
type Vocabulary interface {
	Name(code string) record.Words
	Part(dim, part string) record.Words
	Unit(f record.Figure) record.Words
	// Whole is what a figure is a share of; false where it is none.
	Whole(f record.Figure, all record.Figures) (int64, bool)
}

// Screen is the area.
type Screen struct {
	widget.BaseWidget

	// OnOpenRow is told which row behind a figure a person wants to see.
	OnOpenRow func(record.Ref)
	// OnHandOver is told that a signed report is to be handed over.
	OnHandOver func()
	// DefaultFolder is where a workbook goes unless another folder is given.
	DefaultFolder string

	desk    kit.Desk
	office  Office
	words   Vocabulary
	asks    *kit.Latest
	details *kit.Latest

	year    int
	part    string
	view    string
	figures record.Figures
	lines   []line
	behind  []record.Behind
	found   []record.Concern
	looked  bool          // found is of this period
	frozen  record.Report // whose figures are shown as they were signed; zero: those of today

	years    *kit.Select
	parts    *kit.Select
	rule     *kit.Text
	views    *kit.ChipRow
	table    *kit.Table
	targets  *targets
	concerns *kit.Table
	checks   *kit.Latest
	question *question
	signing  *signing
	span     *span
	papers   *fyne.Container // the buttons that write the report
	counted  *container.Split
	months   *months
	problem  *kit.Note
	signed   *kit.Note       // that the figures are those of a signed report
	today    *kit.PushButton // shows those of today again
	heading  *kit.Text
	records  *kit.Table
	about    *kit.Text // what is counted of a target, and where it is heading
}

// New makes the area for the current year.
func New(desk kit.Desk, office Office, words Vocabulary) *Screen {
	s := &Screen{
		desk: desk, office: office, words: words, year: desk.Now().Year(),
		asks: kit.NewLatest(desk.Runner), details: kit.NewLatest(desk.Runner), checks: kit.NewLatest(desk.Runner), view: ViewFigures,
		rule: kit.Caption(""), months: newMonths(), problem: kit.NewNote(kit.Wrong, ""),
	}
	s.rule.Wrap = true
	s.problem.Hide()
	s.signed = kit.NewNote(kit.Fine, "")
	s.today = kit.Quiet(kit.T("Xem số liệu hiện tại"), "", func() { s.ShowSigned(record.Report{}) })
	s.years = kit.NewSelect(yearsUpTo(s.year), s.choose)
	s.years.Selected = strconv.Itoa(s.year)
	s.parts = kit.NewSelect(partWords(), s.choosePart)
	s.parts.Selected = s.parts.Options[0]
	s.views = kit.NewChipRow(func(c kit.GroupChip) { s.View(c.Key) })
	s.targets = newTargets()
	s.targets.table.OnOpen = s.OpenTarget
	s.concerns = kit.NewTable(kit.Column{Heading: kit.T("Việc cần xem"), Ems: 20}, kit.Column{Heading: kit.T("Nội dung cần xem")})
	s.concerns.OnOpen = s.OpenConcern
	s.table = kit.NewTable(
		kit.Column{Heading: kit.T("Mã"), Ems: 2.5},
		kit.Column{Heading: kit.T("Chỉ tiêu")},
		kit.Column{Heading: kit.T("Đơn vị"), Ems: 5},
		kit.Column{Heading: kit.T("Số liệu"), Ems: 6.5, Number: true},
		kit.Column{Heading: kit.T("Năm trước"), Ems: 6.5, Number: true},
		kit.Column{Heading: kit.T("Từ 2024"), Ems: 6.5, Number: true},
		kit.Column{Heading: kit.T("Tỷ lệ"), Ems: 4.5, Number: true},
	)
	s.table.OnOpen = s.OpenFigure
	s.heading, s.about = kit.Section(""), kit.Caption("")
	s.about.Wrap = true
	s.records = kit.NewTable(
		kit.Column{Heading: kit.T("Ngày"), Ems: 6},
		kit.Column{Heading: kit.T("Tên, nội dung")},
		kit.Column{Heading: kit.T("Lượt người"), Ems: 5, Number: true},
	)
	s.records.OnOpen = s.OpenRecord
	s.span = newSpan(s)
	s.question = newQuestion(s)
	s.signing = newSigning(s)
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
	year := kit.HStack(theme.SizeGap, kit.Line(kit.T("Năm")), s.years, s.parts, s.span.row)
	write := kit.Primary(kit.T("Xuất sổ Excel"), fynetheme.IconNameDownload, func() { s.AskWhere() })
	narrative := kit.Button(kit.T("Báo cáo Word"), fynetheme.IconNameDocument, func() { s.AskNarrative() })
	s.papers = kit.HStack(theme.SizeGap, s.pagesButton(), narrative, write)
	head := kit.VStack(theme.SizeGap, kit.Toolbar(year, kit.Spring(), s.papers, s.question.out), s.rule, s.problem, kit.Border(nil, nil, nil, s.today, s.signed), s.views)
	body := s.body()
	s.showParts()
	return widget.NewSimpleRenderer(kit.Border(
		kit.InsetXY(theme.SizeEdge, theme.SizeGap, head), nil, nil, nil, kit.InsetXY(theme.SizeGroup, theme.SizeNone, body)))
}

// Shows is true for what figures are counted from.
func (s *Screen) Shows(c record.Change) bool {
	return slices.ContainsFunc(countedNouns, c.Touches)
}

// countedNouns are those whose rows figures are counted from.
var countedNouns = []string{
	"activity", "attendance", "office", "directive", "publication", "material", "survey", "model", "budget", "question", "unit", "evidence", "report", "verdict", "same_event",
}

func (s *Screen) choose(text string) {
	if year, err := strconv.Atoi(text); err == nil {
		s.ChooseYear(year)
	}
}

// partWords are the choices of the second list, partCodes their codes.
func partWords() []string {
	var out []string
	for _, t := range record.PeriodParts {
		out = append(out, kit.In(t.Words))
	}
	return append(out, kit.T("Khoảng ngày khác"))
}

func partCodes() []string {
	var out []string
	for _, t := range record.PeriodParts {
		out = append(out, t.Code)
	}
	return append(out, partDays)
}

func (s *Screen) choosePart(string) {
	part := partDays
	if i := s.parts.SelectedIndex(); i < len(record.PeriodParts) {
		part = record.PeriodParts[max(0, i)].Code
	}
	s.ChoosePart(part)
}

// ChoosePart shows a part of the year.
func (s *Screen) ChoosePart(part string) {
	if part == s.part {
		return
	}
	s.part, s.frozen = part, record.Report{}
	s.parts.SetSelectedIndex(max(0, slices.Index(partCodes(), part)))
	if part == partDays {
		s.span.begin(s.figures.Period)
	}
	s.showParts()
	s.Reload()
}

// ChooseYear shows a reporting year.
func (s *Screen) ChooseYear(year int) {
	if year == s.year {
		return
	}
	s.year, s.frozen = year, record.Report{}
	s.years.Selected = strconv.Itoa(year)
	s.years.Refresh()
	s.Reload()
}

// Reload counts the chosen year again, and looks through it.
func (s *Screen) Reload() {
	signed, count := s.frozen.ID, s.count()
	s.looked = false
	s.checks.Drop()
	kit.Ask(s.asks, func(ctx context.Context) (record.PeriodStanding, error) {
		if !signed.IsZero() {
			return s.office.SignedStanding(ctx, signed)
		}
		return count(ctx)
	}, s.show)
}

// ShowSigned shows the figures of a signed report as they were signed, each with its rows;
// a zero report shows those of today again.
func (s *Screen) ShowSigned(r record.Report) {
	s.frozen = r
	s.view = ViewFigures
	s.Reload()
}

func (s *Screen) show(c record.PeriodStanding, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.problem.Hide()
	s.figures = c.Figures
	s.lines = linesOf(c, s.words)
	s.rule.SetText(ruleWords(c))
	if !s.frozen.ID.IsZero() {
		s.signed.SetText(s.signedWords())
	}
	rows := make([][]string, len(s.lines))
	for i, l := range s.lines {
		rows[i] = l.cells()
	}
	s.table.SetRows(rows)
	s.targets.show(c.Targets)
	s.View(s.view)
	period := c.Figures.Period
	kit.Ask(s.checks, func(ctx context.Context) ([]record.Concern, error) { return s.office.Preflight(ctx, period) }, s.showConcerns)
}

// signedWords say of which day the figures are that are shown.
func (s *Screen) signedWords() string {
	return kit.T("Số liệu như đã ký ngày {{.Day}}, bản {{.Revision}}.", map[string]any{"Day": s.frozen.SignedOn.String(), "Revision": s.frozen.Revision})
}

// ruleWords say which days are counted and why, and when the report is due.
func ruleWords(c record.PeriodStanding) string {
	p := c.Figures.Period
	words := kit.T("Kỳ {{.Period}} · {{.Rule}}", map[string]any{"Period": p.Span().String(), "Rule": kit.Term(record.PeriodRules, p.Rule)})
	if c.Report.On != "" {
		words += " · " + kit.DeadlineWords(c.Report)
	}
	return words
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
	s.showBehind(l.full, l.records)
}

// showBehind lists rows under a heading.
func (s *Screen) showBehind(heading string, ids []record.ID) {
	s.heading.SetText(heading)
	s.about.Hide()
	s.behind = nil
	signed := s.frozen.ID
	kit.Ask(s.details, func(ctx context.Context) ([]record.Behind, error) {
		if !signed.IsZero() {
			return s.office.SignedBehind(ctx, signed, ids)
		}
		return s.office.Behind(ctx, ids)
	}, s.showRecords)
}

func (s *Screen) showRecords(list []record.Behind, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.behind = list
	s.records.SetRows(behindRows(list))
	s.months.set(s.figures.Period, list)
}

// behindRows are rows behind a figure: day, title, people.
func behindRows(list []record.Behind) [][]string {
	rows := make([][]string, len(list))
	for i, b := range list {
		title := b.Title
		if b.Since != "" {
			title = kit.Term(record.BehindStates, b.Since) + ": " + title
		}
		rows[i] = []string{b.Day.String(), title, peopleOf(b)}
	}
	return rows
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
