package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
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
	VerifyReport(ctx context.Context, path string) (record.ReportCheck, error)
	// Templates lists the workbooks a report can be filled into.
	Templates(ctx context.Context) ([]record.Template, error)
	// SaveTemplate takes in one of the office's own.
	SaveTemplate(ctx context.Context, path string) (record.Template, error)
	ledger.DraftKeeper
}

// Signing is the view in which the report is written and signed.
func (s *Screen) Signing() *signing { return s.signing }

// sections are the parts that the office writes itself, by their field of the report.
var sections = []string{"basis", "leading", "results", "difficulties", "causes", "next", "proposals"}

// signing is the view in which a report is written, signed, and proved afterwards.
type signing struct {
	s      *Screen
	asks   *kit.Latest
	drafts *ledger.Drafts
	saving int

	stored    record.Report // as the register has it
	changes   []record.Words
	templates []record.Template
	showing   bool // the fields are being brought to what is stored

	heading *kit.Text
	about   *kit.Text
	problem *kit.Note
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

func newSigning(s *Screen) *signing {
	g := &signing{
		s: s, asks: kit.NewLatest(s.desk.Runner), drafts: ledger.NewDrafts(s.desk.Runner, s.office), texts: map[string]*kit.LongText{},
		heading: kit.Section(""), about: kit.Caption(""), problem: kit.NewNote(kit.Wrong, ""), foot: kit.NewFoot(),
	}
	g.about.Wrap = true
	g.problem.Hide()
	g.number = kit.NewEntry()
	g.number.OnLeft, g.number.OnChanged = g.save, g.typed
	g.on, g.cutOff = g.day(), g.day()
	today := kit.T("Để trống: ngày bấm ký")
	top := kit.TwoColumns(
		g.fields.Add("number", kit.T("Số văn bản"), g.number).Hint(kit.T("Để trống nếu văn thư cấp sau")),
		g.fields.Add("signed_on", kit.T("Ngày ký"), g.on).Hint(today),
	)
	g.closing = g.fields.Add("period", kit.T("Ngày chốt số liệu"), g.cutOff)
	g.filled = kit.NewSelect(nil, func(string) { g.save() })
	own := kit.Button(kit.T("Đưa mẫu riêng vào…"), fynetheme.IconNameUpload, func() { g.AskTemplate() })
	filled := kit.Border(nil, nil, nil, atFoot(own), g.fields.Add("template", kit.T("Mẫu sổ Excel"), container.NewStack(g.filled)))
	form := kit.VStack(theme.SizeGap, top, g.closing, filled)
	for _, section := range sections {
		lines := 3
		if section == "basis" {
			lines = 2
		}
		t := kit.NewLongText(lines)
		t.OnLeft, t.OnChanged = g.save, g.typed
		g.texts[section] = t
		form.Add(g.fields.Add(section, labelOf(section), t))
	}
	g.fields.Field("basis").Hint(kit.T("Số, ngày, cơ quan ban hành và trích yếu của kế hoạch"))
	g.sign = kit.Primary(kit.T("Ký và chốt số liệu"), fynetheme.IconNameConfirm, func() { g.AskSign() })
	form.Add(g.foot)
	form.Add(kit.HStack(theme.SizeGap, g.sign))
	g.writing = form
	g.reason = kit.NewEntry()
	g.reason.OnSubmitted = func(string) { g.Revise() }
	g.signed, g.said = kit.VStack(theme.SizeGap), kit.VStack(theme.SizeGroup)
	g.lay()
	return g
}

func labelOf(section string) string {
	f, _ := record.DescribeOf(record.Report{}).Field(section)
	return kit.In(f.Words)
}

func (g *signing) day() *kit.DateEntry {
	d := kit.NewDateEntry(g.s.office.ParseDate, func() record.Date { return record.DateOf(g.s.desk.Now()) })
	d.Entry().OnLeft, d.Entry().OnChanged = g.save, g.typed
	return d
}

// lay puts what the report is above what can be done with it.
func (g *signing) lay() {
	g.signed.Objects = []fyne.CanvasObject{
		kit.HStack(theme.SizeGap,
			kit.Button(kit.T("Số liệu đã ký"), fynetheme.IconNameList, func() { g.s.ShowSigned(g.stored) }),
			kit.Button(kit.T("Sổ Excel đã ký"), fynetheme.IconNameDownload, func() { g.AskFile("workbook") }),
			kit.Button(kit.T("Báo cáo Word đã ký"), fynetheme.IconNameDocument, func() { g.AskFile("document") }),
			kit.Button(kit.T("Bản in đã ký"), fynetheme.IconNameDocumentPrint, func() { g.AskFile("pages") }),
			kit.Primary(kit.T("Đưa sang Trao đổi"), fynetheme.IconNameMailSend, func() {
				if g.s.OnHandOver != nil {
					g.s.OnHandOver()
				}
			})),
		kit.Border(nil, nil, nil, atFoot(kit.Button(kit.T("Lập bản mới"), fynetheme.IconNameContentAdd, g.Revise)),
			g.fields.Add("reason", kit.T("Cần sửa thì lập bản mới; ghi lý do"), g.reason)),
	}
	check := kit.Quiet(kit.T("Đối chiếu một tệp với bản đã ký…"), fynetheme.IconNameSearch, func() { g.AskCheck() })
	g.page = kit.VStack(theme.SizeGroup, kit.VStack(theme.SizeTight, g.heading, g.about, g.problem), g.signed, g.said, g.writing, kit.HStack(theme.SizeGap, check))
	g.content = kit.NewFormScroll(g.s.desk.Runner, kit.Wide(g.page))
}

// atFoot stands beside a field, on the line of its input.
func atFoot(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Border(kit.Caption(""), nil, nil, nil, o)
}

// scope is where what is typed for this report is kept until it is saved.
func (g *signing) scope() string {
	p := g.stored.Period
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
	draft     ledger.Draft
}

// load reads the report of the period, and what was typed for it.
func (g *signing) load(p record.FigurePeriod) {
	if g.saving > 0 {
		return
	}
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
		at := signing{stored: o.report}
		text, when, err := g.s.office.Draft(ctx, at.scope())
		o.draft = ledger.Draft{Text: text, At: when}
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

// fill brings the fields to a report, but for one being typed in.
func (g *signing) fill(r record.Report) {
	g.showing = true
	defer func() { g.showing = false }()
	g.number.Display(r.Number)
	show(g.on, r.SignedOn)
	show(g.cutOff, r.Period.To)
	g.filled.Options = []string{kit.T("Mẫu có hiệu lực ở cuối kỳ")}
	g.filled.Selected = g.filled.Options[0]
	for _, t := range g.templates {
		g.filled.Options = append(g.filled.Options, kit.In(t.Name))
		if t.Code == r.Template {
			g.filled.Selected = kit.In(t.Name)
		}
	}
	g.filled.Refresh()
	words := r.Texts()
	words["basis"] = r.Basis
	for section, t := range g.texts {
		t.Display(words[section])
	}
	g.reason.Display("")
	g.fields.Clear()
}

func show(d *kit.DateEntry, day record.Date) {
	if now, err := d.Value(); err != nil || now != day {
		d.SetValue(day)
	}
}

// tell lists what differs, and of a signed report its words.
func (g *signing) tell(r record.Report) {
	g.said.RemoveAll()
	section := func(heading, nothing string, lines []string) {
		part := kit.VStack(theme.SizeTight, kit.Section(heading))
		for _, l := range lines {
			part.Add(kit.Paragraph("• " + l))
		}
		if len(lines) == 0 {
			part.Add(kit.Paragraph(nothing))
		}
		g.said.Add(part)
	}
	now := make([]string, len(g.changes))
	for i, c := range g.changes {
		now[i] = kit.In(c)
	}
	switch {
	case !r.Signed() && r.Revision > 1:
		section(kit.T("Khác bản đã ký"), kit.T("Chưa có gì khác bản trước."), now)
	case r.Signed():
		if r.Revision > 1 {
			section(kit.T("Khác bản trước"), kit.T("Không khác bản trước."), r.Changes)
		}
		section(kit.T("Từ khi ký đến nay"), kit.T("Sổ vẫn đúng như lúc ký: mọi số liệu đếm lại bằng nhau."), now)
		words := r.Texts()
		words["basis"] = r.Basis
		for _, s := range sections {
			if words[s] != "" {
				g.said.Add(kit.VStack(theme.SizeTight, kit.Section(labelOf(s)), kit.Paragraph(words[s])))
			}
		}
	}
	kit.SetVisible(g.said, len(g.said.Objects) > 0)
}

// value is the report as the form says it; a day that cannot be read is told under its
// field.
func (g *signing) value() (record.Report, bool) {
	r := g.stored
	r.Number, r.Template = g.number.Text, ""
	if i := g.filled.SelectedIndex(); i > 0 && i <= len(g.templates) {
		r.Template = g.templates[i-1].Code
	}
	for section, t := range g.texts {
		r.SetText(section, t.Text)
	}
	whole := true
	for _, d := range []struct {
		name string
		from *kit.DateEntry
		into *record.Date
	}{{"signed_on", g.on, &r.SignedOn}, {"period", g.cutOff, &r.Period.To}} {
		day, err := d.from.Value()
		if err != nil {
			g.fields.Field(d.name).SetProblem(kit.Sentence(err))
			whole = false
			continue
		}
		if d.name != "period" || day != "" {
			*d.into = day
		}
	}
	return r, whole
}

// typed keeps what is being typed, so that a killed program loses none of it.
func (g *signing) typed(string) {
	if g.showing || g.stored.Signed() || g.stored.Period.To == "" {
		return
	}
	now := map[string]string{"number": g.number.Text, "signed_on": g.on.Entry().Text, "period": g.cutOff.Entry().Text}
	for section, t := range g.texts {
		now[section] = t.Text
	}
	text, err := json.Marshal(now)
	if err != nil {
		return // a map of texts always goes
	}
	g.drafts.Save(g.scope(), text)
	g.foot.Say(kit.T("chưa lưu"))
}

func (g *signing) takeDraft(typed map[string]string) {
	g.showing = true
	defer func() { g.showing = false }()
	g.number.Display(typed["number"])
	g.on.Entry().Display(typed["signed_on"])
	g.cutOff.Entry().Display(typed["period"])
	for section, t := range g.texts {
		t.Display(typed[section])
	}
}

// save stores the draft when a field was left.
func (g *signing) save() {
	r, whole := g.value()
	if !whole || g.showing || r.Signed() || r.Period.To == "" {
		return
	}
	if len(record.Changed(g.stored, r)) == 0 {
		g.drafts.Drop(g.scope())
		g.foot.Say("")
		return
	}
	g.saving++
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.SaveReport(ctx, r) }, g.saved)
}

func (g *signing) saved(r record.Report, err error) {
	g.saving--
	if err != nil {
		g.foot.Say(g.fields.Place(err))
		return
	}
	g.fields.Clear()
	g.stored = r
	g.drafts.Drop(g.scope())
	g.foot.Saved(g.s.desk.Now())
}

func (g *signing) fail(err error) {
	g.problem.SetText(kit.Sentence(err))
	g.problem.Show()
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
	}, func() { g.Sign(r) })
}

// Sign freezes the report.
func (g *signing) Sign(r record.Report) {
	g.saving++
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.SignReport(ctx, r) }, func(r record.Report, err error) {
		g.saving--
		if err != nil {
			if rest := g.fields.Place(err); rest != "" {
				g.fail(err)
			}
			return
		}
		g.drafts.Drop(g.scope())
		g.s.desk.Say(kit.T("Đã ký và chốt. Sổ Excel và báo cáo Word được giữ nguyên trong sổ."), nil)
		g.s.Reload()
	})
}

// Revise begins the next revision, for the reason given.
func (g *signing) Revise() {
	id, reason := g.stored.ID, g.reason.Text
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.Report, error) { return g.s.office.ReviseReport(ctx, id, reason) }, func(_ record.Report, err error) {
		if err != nil {
			if rest := g.fields.Place(err); rest != "" {
				g.fail(err)
			}
			return
		}
		g.s.Reload()
	})
}

// AskFile asks where a file of the signed report goes.
func (g *signing) AskFile(kind string) *kit.Dialog {
	heading, ending, then := kit.T("Sổ Excel đã ký"), ".xlsx", written(kit.SayWritten)
	switch kind {
	case "document":
		heading, ending = kit.T("Báo cáo Word đã ký"), ".docx"
	case "pages":
		heading, ending, then = kit.T("Bản in đã ký"), ".pdf", kit.ShowWritten
	}
	r := g.stored
	name := fmt.Sprintf("%s-ban-%d%s", g.s.fileName(), r.Revision, ending)
	return g.s.askFor(heading, name, func(ctx context.Context, path string) error { return g.s.office.WriteReportFile(ctx, r.ID, kind, path) }, then)
}

// AskCheck asks for a workbook or document and says what in it is not as it was signed.
func (g *signing) AskCheck() *kit.Dialog {
	return kit.ChooseFile(g.s.desk, kit.FileQuestion{Endings: []string{".xlsx", ".docx"}, From: g.s.DefaultFolder}, g.Check)
}

// Check holds a file against what was signed.
func (g *signing) Check(path string) {
	kit.Do(g.s.desk.Runner, func(ctx context.Context) (record.ReportCheck, error) { return g.s.office.VerifyReport(ctx, path) }, func(c record.ReportCheck, err error) {
		if err != nil {
			kit.ShowError(g.s.desk.Window, kit.T("Đối chiếu {{.File}}", map[string]any{"File": filepath.Base(path)}), err)
			return
		}
		showCheck(g.s.desk, path, c)
	})
}

// mostFaults is how many alterations are listed; one tells enough to send a file back.
const mostFaults = 12

func showCheck(desk kit.Desk, path string, c record.ReportCheck) {
	state, heading := kit.Fine, kit.T("Tệp đúng như đã ký")
	if !c.Whole() {
		state, heading = kit.Wrong, kit.T("Tệp đã bị sửa sau khi ký: {{.Count}} chỗ", map[string]any{"Count": len(c.Faults)})
	}
	whose := kit.T("Ký bằng khóa của sổ này.")
	if !c.Known {
		whose = kit.T("Khóa ký {{.Key}}: hãy đọc đối chiếu qua điện thoại với cơ quan gửi.", map[string]any{"Key": c.Key})
	}
	body := kit.VStack(theme.SizeTight,
		kit.Paragraph(filepath.Base(path)),
		kit.Paragraph(kit.T("{{.Office}}: {{.Subject}}; bản {{.Revision}}, ký ngày {{.Day}}.", map[string]any{
			"Office": c.Office, "Subject": lowerFirst(c.Subject), "Revision": c.Revision, "Day": c.SignedOn.String()})),
		kit.Paragraph(whose))
	for i, f := range c.Faults {
		if i == mostFaults {
			body.Add(kit.Paragraph(kit.T("… và {{.Count}} chỗ nữa.", map[string]any{"Count": len(c.Faults) - i})))
			break
		}
		body.Add(kit.Paragraph("• " + kit.T("{{.What}}: đã ký “{{.Signed}}”, trong tệp “{{.Found}}”", map[string]any{"What": kit.In(f.Words), "Signed": short(f.Signed), "Found": short(f.Found)})))
	}
	kit.ShowBody(desk.Window, state, heading, body)
}

// short is a text of which a line shows enough.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
