package reports

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Receiving is what reading the report of another unit asks of the office.
type Receiving interface {
	// SignedReport is a signed report, of whatever unit.
	SignedReport(ctx context.Context, id record.ID) (record.Report, error)
	SignedStanding(ctx context.Context, id record.ID) (record.PeriodStanding, error)
	SignedBehind(ctx context.Context, id record.ID, ids []record.ID) ([]record.Behind, error)
	WriteReportFile(ctx context.Context, id record.ID, kind, path string) error
	VerdictOf(ctx context.Context, report record.ID) (record.Verdict, error)
}

// Received is the report of a unit as the province reads it: its figures as they were
// signed with the rows behind each, what the unit says itself, its files, and the
// province's word on it.
type Received struct {
	widget.BaseWidget

	// OnBack is told that the person is done reading, OnAccept and OnReturn what the
	// province says of the report.
	OnBack, OnAccept, OnReturn func()
	// OnOpenRow is told which row behind a figure a person wants to see.
	OnOpenRow func(record.Ref)
	// DefaultFolder is where a file goes unless another folder is given.
	DefaultFolder string

	desk    kit.Desk
	office  Receiving
	words   Vocabulary
	asks    *kit.Latest
	details *kit.Latest

	unit   string
	report record.Report
	lines  []line
	behind []record.Behind

	heading *kit.Text
	about   *kit.Text
	decided *kit.Note
	problem *kit.Note
	lacking *kit.Note // that the figures have not come yet
	back    *kit.PushButton
	accept  *kit.PushButton
	giveUp  *kit.PushButton
	files   []*kit.PushButton
	doing   *fyne.Container
	table   *kit.Table
	behindF *kit.Text
	records *kit.Table
	said    *fyne.Container
	page    *kit.FormScroll // of what the unit says itself
	both    *container.Split
}

// NewReceived makes the page.
func NewReceived(desk kit.Desk, office Receiving, words Vocabulary) *Received {
	none := func() {}
	r := &Received{desk: desk, office: office, words: words, asks: kit.NewLatest(desk.Runner), details: kit.NewLatest(desk.Runner),
		OnBack: none, OnAccept: none, OnReturn: none, OnOpenRow: func(record.Ref) {},
		heading: kit.Section(""), about: kit.Caption(""), behindF: kit.Section(""), said: kit.VStack(theme.SizeGroup),
		decided: kit.NewNote(kit.Plain, ""), problem: kit.NewNote(kit.Wrong, ""), lacking: kit.NewNote(kit.Attention, "")}
	r.heading.Wrap, r.about.Wrap, r.behindF.Wrap = true, true, true
	r.back = kit.Quiet(kit.T("Các đơn vị"), fynetheme.IconNameNavigateBack, func() { r.OnBack() })
	r.accept = kit.Primary(kit.T("Tiếp nhận"), fynetheme.IconNameConfirm, func() { r.OnAccept() })
	r.giveUp = kit.Button(kit.T("Trả lại…"), "", func() { r.OnReturn() })
	r.files = []*kit.PushButton{
		kit.Button(kit.T("Sổ Excel đã ký"), fynetheme.IconNameDownload, func() { r.AskFile("workbook") }),
		kit.Button(kit.T("Báo cáo Word đã ký"), fynetheme.IconNameDocument, func() { r.AskFile("document") }),
		kit.Button(kit.T("Bản in đã ký"), fynetheme.IconNameDocumentPrint, func() { r.AskFile("pages") }),
	}
	r.doing = kit.Flow(r.accept, r.giveUp)
	for _, b := range r.files {
		r.doing.Add(b)
	}
	r.table = kit.NewTable(
		kit.Column{Heading: kit.T("Mã"), Ems: 2.5},
		kit.Column{Heading: kit.T("Chỉ tiêu")},
		kit.Column{Heading: kit.T("Đơn vị"), Ems: 5},
		kit.Column{Heading: kit.T("Số liệu"), Ems: 6, Number: true},
		kit.Column{Heading: kit.T("Năm trước"), Ems: 6, Number: true},
	)
	r.table.OnOpen, r.table.OnCursor = r.OpenFigure, r.OpenFigure
	r.records = kit.NewTable(
		kit.Column{Heading: kit.T("Ngày"), Ems: 6},
		kit.Column{Heading: kit.T("Tên, nội dung")},
		kit.Column{Heading: kit.T("Lượt người"), Ems: 5, Number: true},
	)
	r.records.OnOpen = func(i int) {
		if i < len(r.behind) {
			r.OnOpenRow(r.behind[i].Ref)
		}
	}
	r.lay()
	r.ExtendBaseWidget(r)
	return r
}

func (r *Received) lay() {
	r.page = kit.NewFormScroll(r.desk.Runner, r.said)
	behind := kit.Border(kit.InsetXY(theme.SizeGap, theme.SizeGap, r.behindF), nil, nil, nil, r.records)
	beside := container.NewVSplit(behind, r.page)
	beside.SetOffset(0.45)
	r.both = container.NewHSplit(container.NewPadded(r.table), container.NewPadded(beside))
	r.both.SetOffset(0.56)
}

// CreateRenderer puts whose report it is, and what can be done with it, above its figures
// and words.
func (r *Received) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeGap,
		kit.Border(nil, nil, kit.VStack(theme.SizeNone, r.back), nil, kit.VStack(theme.SizeTight, r.heading, r.about)),
		r.decided, r.problem, r.lacking, r.doing)
	return widget.NewSimpleRenderer(kit.Border(kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), nil, nil, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, r.both)))
}

// Panes are the figures, the rows behind one, the words of the unit, the way back and what
// can be done.
func (r *Received) Panes() []kit.Pane {
	return []kit.Pane{{Object: r.table}, {Object: r.records}, {Object: r.page}, {Object: r.back}, {Object: r.doing}}
}

// received is all that is shown of a report.
type received struct {
	report   record.Report
	verdict  record.Verdict
	standing record.PeriodStanding
	lacking  error // why there are no figures
}

// Read shows the report of a unit.
func (r *Received) Read(unit string, id record.ID) {
	if id != r.report.ID {
		r.empty()
	}
	r.unit = unit
	kit.Ask(r.asks, func(ctx context.Context) (got received, err error) {
		if got.report, err = r.office.SignedReport(ctx, id); err != nil {
			return got, err
		}
		if got.verdict, err = r.office.VerdictOf(ctx, id); err != nil {
			return got, err
		}
		got.standing, got.lacking = r.office.SignedStanding(ctx, id)
		return got, nil
	}, r.show)
}

// empty takes away what is shown of another report.
func (r *Received) empty() {
	r.report, r.lines, r.behind = record.Report{}, nil, nil
	r.heading.SetText("")
	r.about.SetText("")
	r.table.SetRows(nil)
	r.records.SetRows(nil)
	r.behindF.SetText("")
	r.said.RemoveAll()
	for _, n := range []fyne.CanvasObject{r.decided, r.problem, r.lacking, r.doing} {
		n.Hide()
	}
	r.page.ToTop()
}

func (r *Received) show(got received, err error) {
	r.Fail(err)
	if err != nil {
		return
	}
	r.report = got.report
	r.heading.SetText(kit.T("{{.Report}} của {{.Unit}} · bản {{.Revision}}", map[string]any{"Report": periodName(r.report.Period), "Unit": r.unit, "Revision": r.report.Revision}))
	r.about.SetText(aboutOf(r.report))
	r.showVerdict(got.verdict)
	r.showFigures(got.standing, got.lacking)
	r.tell()
	r.Refresh()
}

func (r *Received) showVerdict(v record.Verdict) {
	day := map[string]any{"Day": v.Day.String(), "Reason": strings.TrimRight(v.Reason, " .") + "."}
	switch v.Status {
	case "returned":
		r.decided.Set(kit.Attention, kit.T("Đã trả lại ngày {{.Day}}: {{.Reason}}", day))
	case "accepted":
		r.decided.Set(kit.Fine, kit.T("Đã tiếp nhận ngày {{.Day}}.", day))
	default:
		r.decided.Set(kit.Plain, kit.T("Chưa kết luận."))
	}
	r.decided.Show()
	r.doing.Show()
	kit.SetVisible(r.accept, v.Status != "accepted")
	kit.SetVisible(r.giveUp, v.Status != "returned")
}

// showFigures shows them as signed. They are in a file of their own, which may be under
// way while the report itself is here.
func (r *Received) showFigures(c record.PeriodStanding, lacking error) {
	kit.SetVisible(r.lacking, lacking != nil)
	for _, b := range r.files {
		kit.SetVisible(b, lacking == nil)
	}
	r.lines = nil
	if lacking != nil {
		r.lacking.SetText(kit.T("Tệp số liệu đã ký chưa đến; biên nhận tới xin đơn vị gửi. {{.Why}}", map[string]any{"Why": kit.Sentence(lacking)}))
	} else {
		r.lines = linesOf(c, r.words)
	}
	rows := make([][]string, len(r.lines))
	for i, l := range r.lines {
		rows[i] = l.cells()[:5]
	}
	r.table.SetRows(rows)
	first := max(0, firstWithRecords(r.lines))
	r.table.MoveTo(first)
	r.OpenFigure(first)
}

// tell shows what the unit says itself, heading by heading.
func (r *Received) tell() {
	r.said.RemoveAll()
	part := func(heading string, texts ...string) {
		box := kit.VStack(theme.SizeTight, kit.Section(heading))
		for _, text := range texts {
			box.Add(kit.Paragraph(text))
		}
		r.said.Add(box)
	}
	if r.report.Revision > 1 {
		part(kit.T("Khác bản trước"), append([]string{kit.T("Lý do lập lại: {{.Reason}}", map[string]any{"Reason": r.report.Reason})}, r.report.Changes...)...)
	}
	texts := r.report.Texts()
	texts["basis"] = r.report.Basis
	for _, section := range sections {
		if texts[section] != "" {
			part(labelOf(section), texts[section])
		}
	}
	if len(r.said.Objects) == 0 {
		r.said.Add(kit.Caption(kit.T("Đơn vị không ghi nhận xét hay kiến nghị nào.")))
	}
	r.page.Refresh()
}

// OpenFigure lists the rows behind a line, as they were signed.
func (r *Received) OpenFigure(i int) {
	if i < 0 || i >= len(r.lines) {
		r.behind = nil
		r.behindF.SetText("")
		r.records.SetRows(nil)
		return
	}
	l, id := r.lines[i], r.report.ID
	r.behindF.SetText(l.full)
	kit.Ask(r.details, func(ctx context.Context) ([]record.Behind, error) { return r.office.SignedBehind(ctx, id, l.records) }, func(list []record.Behind, err error) {
		r.Fail(err)
		r.behind = list
		r.records.SetRows(behindRows(list))
	})
}

// Fail says what went wrong.
func (r *Received) Fail(err error) {
	if err != nil {
		r.problem.SetText(kit.Sentence(err))
	}
	kit.SetVisible(r.problem, err != nil)
}

// AskFile asks where a file of the report goes.
func (r *Received) AskFile(kind string) *kit.Dialog {
	id := r.report.ID
	heading, ending, then := fileOfReport(kind)
	name := fmt.Sprintf("%s-ban-%d%s", fileWords(periodName(r.report.Period)+" "+r.unit), r.report.Revision, ending)
	return kit.AskFile(r.desk, heading, r.DefaultFolder, name, func(path string, ended func(error)) {
		kit.Do(r.desk.Runner, func(ctx context.Context) (string, error) { return path, r.office.WriteReportFile(ctx, id, kind, path) }, func(path string, err error) {
			ended(err)
			if err == nil {
				then(r.desk, path, record.Words{})
			}
		})
	})
}

// fileWords are words as part of a file's name.
func fileWords(words string) string {
	return strings.Join(strings.FieldsFunc(kit.Bare(words), func(c rune) bool { return !('a' <= c && c <= 'z' || '0' <= c && c <= '9') }), "-")
}
