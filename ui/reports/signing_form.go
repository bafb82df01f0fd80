package reports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// sections are the parts that the office writes itself, by their field of the report.
var sections = []string{"basis", "leading", "results", "difficulties", "causes", "next", "proposals"}

func newSigning(s *Screen) *signing {
	g := &signing{
		s: s, asks: kit.NewLatest(s.desk.Runner), drafts: ledger.NewDrafts(s.desk.Runner, s.office), texts: map[string]*kit.LongText{},
		heading: kit.Section(""), about: kit.Caption(""), problem: kit.NewNote(kit.Wrong, ""), decided: kit.NewNote(kit.Wrong, ""), foot: kit.NewFoot(),
	}
	g.about.Wrap = true
	g.problem.Hide()
	g.decided.Hide()
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
			kit.Primary(kit.T("Đưa sang Trao đổi"), theme.IconExchange, func() {
				if g.s.OnHandOver != nil {
					g.s.OnHandOver()
				}
			})),
		kit.Border(nil, nil, nil, atFoot(kit.Button(kit.T("Lập bản mới"), fynetheme.IconNameContentAdd, g.Revise)),
			g.fields.Add("reason", kit.T("Cần sửa thì lập bản mới; ghi lý do"), g.reason)),
	}
	check := kit.Quiet(kit.T("Đối chiếu một tệp với bản đã ký…"), fynetheme.IconNameSearch, func() { g.AskCheck() })
	g.page = kit.VStack(theme.SizeGroup, kit.VStack(theme.SizeTight, g.heading, g.about, g.decided, g.problem), g.signed, g.said, g.writing, kit.HStack(theme.SizeGap, check))
	g.content = kit.NewFormScroll(g.s.desk.Runner, kit.Wide(g.page))
}

// atFoot stands beside a field, on the line of its input.
func atFoot(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Border(kit.Caption(""), nil, nil, nil, o)
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
		name := kit.In(t.Name)
		if slices.Contains(g.filled.Options, name) { // an older one of the same name
			name = kit.T("{{.Name}} (lần {{.Version}})", map[string]any{"Name": name, "Version": t.Version})
		}
		g.filled.Options = append(g.filled.Options, name)
		if t.Code == r.Template {
			g.filled.Selected = name
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
