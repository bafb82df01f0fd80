package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// Signing is what writing and signing a report asks of the office.
type Signing interface {
	// ReportFor is the latest revision of the report of a period; a draft without id where
	// there is none.
	ReportFor(ctx context.Context, p record.FigurePeriod) (record.Report, error)
	SaveReport(ctx context.Context, r record.Report) (record.Report, error)
	// SignReport freezes a draft for good.
	SignReport(ctx context.Context, r record.Report) (record.Report, error)
	ReviseReport(ctx context.Context, id record.ID, reason string) (record.Report, error)
	// ReportChanges tell what a draft says otherwise than the signed report it replaces.
	ReportChanges(ctx context.Context, id record.ID) ([]record.Words, error)
	// ChangedSince tells what the register says otherwise than a signed report.
	ChangedSince(ctx context.Context, r record.Report) ([]record.Words, error)
	// SignedStanding is the figures of a signed report, SignedBehind the rows behind one of
	// them, both as they were signed.
	SignedStanding(ctx context.Context, id record.ID) (record.PeriodStanding, error)
	SignedBehind(ctx context.Context, id record.ID, ids []record.ID) ([]record.Behind, error)
	// WriteReportFile writes the "workbook" or "document" as it was signed, or its "pages".
	WriteReportFile(ctx context.Context, id record.ID, kind, path string) error
	// VerdictOf is what the province says of a signed report; without a status where it has
	// said nothing.
	VerdictOf(ctx context.Context, report record.ID) (record.Verdict, error)
	VerifyReport(ctx context.Context, path string) (record.ReportCheck, error)
	// Templates lists the workbooks a report can be filled into.
	Templates(ctx context.Context) ([]record.Template, error)
	// SaveTemplate takes in one of the office's own.
	SaveTemplate(ctx context.Context, path string) (record.Template, error)
	ledger.DraftKeeper
}

// Signing is the view in which the report is written and signed.
func (s *Screen) Signing() *signing { return s.signing }

// signing is the view in which a report is written, signed, and proved afterwards.
type signing struct {
	s      *Screen
	asks   *kit.Latest
	drafts *ledger.Drafts
	saving bool   // a save or a signature is under way
	then   func() // what waits for it

	stored    record.Report // as the register has it
	changes   []record.Words
	templates []record.Template
	showing   bool // the fields are being brought to what is stored

	heading *kit.Text
	about   *kit.Text
	problem *kit.Note
	decided *kit.Note // what the province says
	foot    *kit.Foot
	fields  kit.Fields
	texts   map[string]*kit.LongText
	number  *kit.Entry
	on      *kit.DateEntry
	cutOff  *kit.DateEntry
	closing *kit.Field  // of cutOff
	filled  *kit.Select // the template that is filled
	sign    *kit.PushButton
	writing fyne.CanvasObject

	reason  *kit.Entry
	signed  *fyne.Container // what there is to do with a signed report
	said    *fyne.Container // what differs, and the words
	page    *fyne.Container
	content *kit.FormScroll
}

// scope is where what is typed for the report of a period is kept until it is saved.
func scope(p record.FigurePeriod) string {
	if p.Year > 0 {
		return fmt.Sprintf("report/%s-%d-%s-%s", p.Rule, p.Year, p.Part, p.Map)
	}
	return fmt.Sprintf("report/%s-%s-%s", p.From, p.To, p.Map)
}

// opened is a report with all that is shown of it.
type opened struct {
	report    record.Report
	changes   []record.Words
	templates []record.Template
	verdict   record.Verdict // on it, or on the one it is to replace
	draft     ledger.Draft
}

// load reads the report of the period, and what was typed for it, once what is being
// stored is stored.
func (g *signing) load(p record.FigurePeriod) {
	if g.saving {
		g.then = func() { g.load(p) }
		return
	}
	draft := g.drafts.Read(scope(p))
	kit.Ask(g.asks, func(ctx context.Context) (o opened, err error) {
		if o.report, err = g.s.office.ReportFor(ctx, p); err != nil {
			return o, err
		}
		if o.templates, err = g.s.office.Templates(ctx); err != nil {
			return o, err
		}
		switch r := o.report; {
		case r.Signed():
			o.changes, err = g.s.office.ChangedSince(ctx, r)
		case !r.Replaces.IsZero():
			o.changes, err = g.s.office.ReportChanges(ctx, r.ID)
		}
		if err != nil {
			return o, err
		}
		of := o.report.ID
		if !o.report.Signed() {
			of = o.report.Replaces
		}
		if !of.IsZero() {
			if o.verdict, err = g.s.office.VerdictOf(ctx, of); err != nil {
				return o, err
			}
		}
		o.draft, err = draft(ctx)
		return o, err
	}, g.show)
}

func (g *signing) show(o opened, err error) {
	if err != nil {
		g.fail(err)
		return
	}
	g.problem.Hide()
	g.stored, g.changes, g.templates = o.report, o.changes, o.templates
	g.s.showParts()
	r := o.report
	g.heading.SetText(headingOf(r))
	g.about.SetText(aboutOf(r))
	g.showVerdict(o.verdict, r.Signed())
	kit.SetVisible(g.writing, !r.Signed())
	kit.SetVisible(g.signed, r.Signed())
	kit.SetVisible(g.closing, r.Period.Rule == "plan" && r.Period.Year > 0 && r.Period.Part == "" && r.Revision == 1)
	g.fill(r)
	g.tell(r)
	g.foot.Say("")
	if typed := map[string]string{}; !r.Signed() && json.Unmarshal(o.draft.Text, &typed) == nil && len(typed) > 0 {
		g.takeDraft(typed)
		g.foot.Say(kit.T("lấy lại phần đang gõ lúc {{.Clock}}, chưa lưu", map[string]any{"Clock": o.draft.At.Format("15:04")}))
	}
	g.page.Refresh()
}

// showVerdict says what the province says of the report; of one that is being revised only
// why it came back.
func (g *signing) showVerdict(v record.Verdict, signed bool) {
	day := map[string]any{"Day": v.Day.String(), "Reason": strings.TrimRight(v.Reason, " .") + "."}
	switch {
	case v.Status == "returned" && signed:
		g.decided.Set(kit.Wrong, kit.T("Cấp trên trả lại ngày {{.Day}}: {{.Reason}} Hãy lập bản mới, ký rồi giao lại.", day))
	case v.Status == "returned":
		g.decided.Set(kit.Wrong, kit.T("Bản trước bị cấp trên trả lại ngày {{.Day}}: {{.Reason}}", day))
	case v.Status == "accepted" && signed:
		g.decided.Set(kit.Fine, kit.T("Cấp trên đã tiếp nhận ngày {{.Day}}.", day))
	default:
		g.decided.Hide()
		return
	}
	g.decided.Show()
}

func headingOf(r record.Report) string {
	return kit.T("{{.Report}} · bản {{.Revision}} · {{.Status}}", map[string]any{
		"Report": periodName(r.Period), "Revision": r.Revision, "Status": strings.ToLower(kit.Term(record.ReportStatuses, r.Status)),
	})
}

// periodName is what people call a report: "Báo cáo năm 2026, Quý I".
func periodName(p record.FigurePeriod) string {
	if p.Year == 0 {
		return kit.T("Báo cáo đột xuất {{.Period}}", map[string]any{"Period": p.Span().String()})
	}
	name := kit.T("Báo cáo năm {{.Year}}", map[string]any{"Year": p.Year})
	if p.Part != "" {
		name += ", " + kit.Term(record.PeriodParts, p.Part)
	}
	return name
}

func aboutOf(r record.Report) string {
	if !r.Signed() {
		if r.Revision > 1 {
			return kit.T("Thay cho bản {{.Before}}. Lý do: {{.Reason}}", map[string]any{"Before": r.Revision - 1, "Reason": r.Reason})
		}
		return kit.T("Lời văn được lưu khi rời từng ô. Ký xong, số liệu và hồ sơ đứng sau được chốt; muốn sửa phải lập bản mới.")
	}
	words := kit.T("Ký ngày {{.Day}}, người ký {{.Signer}}", map[string]any{"Day": r.SignedOn.String(), "Signer": signerOf(r.Signer)})
	if r.Number != "" {
		words += " · " + kit.T("số {{.Number}}", map[string]any{"Number": r.Number})
	}
	return words
}

// signerOf is who signed: "Y Ngọc, trưởng phòng".
func signerOf(s record.Signer) string {
	if s.Title == "" {
		return s.Name
	}
	return s.Name + ", " + strings.ToLower(s.Title)
}

// typed keeps what is being typed, so that a killed program loses none of it.
func (g *signing) typed(string) {
	if g.showing || !g.open() {
		return
	}
	g.keep()
	g.foot.Say(kit.T("chưa lưu"))
}

// open reports whether a report stands here that can still be written.
func (g *signing) open() bool { return !g.stored.Signed() && g.stored.Period.To != "" }

// keep writes what stands in the fields as a draft.
func (g *signing) keep() {
	now := map[string]string{"number": g.number.Text, "signed_on": g.on.Entry().Text, "period": g.cutOff.Entry().Text}
	for section, t := range g.texts {
		now[section] = t.Text
	}
	text, err := json.Marshal(now)
	if err != nil {
		return // a map of texts always goes
	}
	g.drafts.Save(scope(g.stored.Period), text)
}

// save stores the draft when a field was left. One save is under way at a time: what is
// left meanwhile is stored after it.
func (g *signing) save() {
	if g.showing || g.saving || !g.open() {
		return
	}
	r, whole := g.value()
	switch {
	case !whole:
	case len(record.Changed(g.stored, r)) == 0:
		g.drafts.Drop(scope(r.Period))
		g.foot.Say("")
	default:
		g.saving = true
		kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.SaveReport(ctx, r) }, g.saved)
	}
}

// saved takes up what was stored. What was typed since is kept, and stored in its turn
// when its field is left, or now where it was.
func (g *signing) saved(r record.Report, err error) {
	g.saving = false
	if err != nil {
		g.foot.Say(g.fields.Place(err))
		g.goOn()
		return
	}
	g.fields.Clear()
	g.stored = r
	if now, whole := g.value(); whole && len(record.Changed(r, now)) == 0 {
		g.drafts.Drop(scope(r.Period))
		g.foot.Saved(g.s.desk.Now())
	} else if g.keep(); !g.typing() {
		g.save()
	}
	g.goOn()
}

// typing reports whether the keyboard is in one of the fields.
func (g *signing) typing() bool {
	focused := g.s.desk.Window.Canvas().Focused()
	is := func(e *kit.Entry) bool { return focused == fyne.Focusable(e) }
	for _, t := range g.texts {
		if focused == fyne.Focusable(t) {
			return true
		}
	}
	return is(g.number) || is(g.on.Entry()) || is(g.cutOff.Entry())
}

// goOn does what waited for a save, unless another is under way by now.
func (g *signing) goOn() {
	if next := g.then; next != nil && !g.saving {
		g.then = nil
		next()
	}
}

func (g *signing) fail(err error) {
	g.problem.SetText(kit.Sentence(err))
	g.problem.Show()
}

// refused says what is wrong beside its field, or above where no field is.
func (g *signing) refused(err error) {
	if rest := g.fields.Place(err); rest != "" {
		g.fail(err)
	}
}

// AskTemplate asks for a workbook of the office's own to fill from now on.
func (g *signing) AskTemplate() *kit.Dialog {
	return kit.ChooseFile(g.s.desk, kit.FileQuestion{Endings: []string{".xlsx"}, From: g.s.DefaultFolder}, g.TakeTemplate)
}

// TakeTemplate takes a workbook in as a template; what it names wrongly is said with its
// cell.
func (g *signing) TakeTemplate(path string) {
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Template, error) { return g.s.office.SaveTemplate(ctx, path) }, func(t record.Template, err error) {
		if err != nil {
			kit.ShowError(g.s.desk.Window, kit.T("Mẫu {{.File}}", map[string]any{"File": filepath.Base(path)}), err)
			return
		}
		g.s.desk.Say(kit.T("Đã nhận mẫu “{{.Name}}”, dùng từ kỳ bắt đầu {{.Day}}. Ctrl+Z để bỏ.", map[string]any{"Name": kit.In(t.Name), "Day": t.Valid.From.String()}), nil)
		g.s.Reload()
	})
}

// AskSign says what signing does, and signs.
func (g *signing) AskSign() *kit.Dialog {
	r, whole := g.value()
	if !whole {
		return nil
	}
	loss := kit.T("Số liệu và mọi hồ sơ đứng sau được chốt kèm chữ ký của máy này. Sau đó không sửa được nữa: có gì khác thì lập bản mới, mỗi điểm khác được ghi thành câu.")
	if n := len(g.s.found); g.s.looked && n > 0 {
		loss = kit.T("Còn {{.Count}} điều ở “Cần xem lại”.", map[string]any{"Count": n}) + " " + loss
	}
	return kit.Confirm(g.s.desk.Window, kit.Confirmation{
		Heading: kit.T("Ký {{.Report}}?", map[string]any{"Report": lowerFirst(periodName(r.Period))}), Loss: loss,
		Do: kit.T("Ký và chốt"), Keep: kit.T("Chưa ký"),
	}, g.Sign)
}

// Sign freezes the report as it stands here, once what is being stored is stored.
func (g *signing) Sign() {
	if g.saving {
		g.then = g.Sign
		return
	}
	r, whole := g.value()
	if !whole {
		return
	}
	g.saving = true
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.SignReport(ctx, r) }, func(r record.Report, err error) {
		g.saving = false
		if err != nil {
			g.refused(err)
			g.goOn()
			return
		}
		g.stored, g.then = r, nil
		g.drafts.Drop(scope(r.Period))
		g.s.desk.Say(kit.T("Đã ký và chốt. Sổ Excel và báo cáo Word được giữ nguyên trong sổ."), nil)
		g.s.Reload()
	})
}

// Revise begins the next revision, for the reason given.
func (g *signing) Revise() {
	id, reason := g.stored.ID, g.reason.Text
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.ReviseReport(ctx, id, reason) }, func(_ record.Report, err error) {
		if err != nil {
			g.refused(err)
			return
		}
		g.s.Reload()
	})
}

// AskFile asks where a file of the signed report goes.
func (g *signing) AskFile(kind string) *kit.Dialog {
	heading, ending, then := fileOfReport(kind)
	r := g.stored
	name := fmt.Sprintf("%s-ban-%d%s", g.s.fileName(), r.Revision, ending)
	return g.s.askFor(heading, name, func(ctx context.Context, path string) error { return g.s.office.WriteReportFile(ctx, r.ID, kind, path) }, then)
}

// fileOfReport is what a file of a signed report is called, how its name ends, and what
// becomes of it once it is written.
func fileOfReport(kind string) (heading, ending string, then written) {
	switch kind {
	case "document":
		return kit.T("Báo cáo Word đã ký"), ".docx", kit.SayWritten
	case "pages":
		return kit.T("Bản in đã ký"), ".pdf", kit.ShowWritten
	}
	return kit.T("Sổ Excel đã ký"), ".xlsx", kit.SayWritten
}
