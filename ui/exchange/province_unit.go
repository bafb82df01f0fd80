package exchange

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// unitPanel is what is known of one unit, beside the grid: what came when, its report, and
// the message to send it.
type unitPanel struct {
	g   *Grid
	row record.UnitRow

	name    *kit.Text
	code    *kit.Text
	alarm   *kit.Note
	cell    *kit.Legend
	came    *kit.Text
	seen    *kit.Text
	report  *kit.Legend
	about   *kit.Text
	reason  *kit.Text
	problem *kit.Note
	accept  *kit.PushButton
	back    *kit.PushButton
	open    *kit.PushButton
	message *kit.Text
	copying *kit.PushButton
	close   *kit.PushButton
	told    fyne.CanvasObject
	doing   *fyne.Container // what can be done with the report

	page    *kit.FormScroll
	content *fyne.Container
}

func newUnitPanel(g *Grid) *unitPanel {
	p := &unitPanel{g: g,
		name: kit.Section(""), code: kit.Caption(""), alarm: kit.NewNote(kit.Attention, ""),
		cell: kit.NewLegend(kit.Mark{}, ""), came: kit.Caption(""), seen: kit.Caption(""),
		report: kit.NewLegend(kit.Mark{}, ""), about: kit.Caption(""), reason: kit.Caption(""),
		problem: kit.NewNote(kit.Wrong, ""), message: kit.Caption("")}
	for _, t := range []*kit.Text{p.name, p.came, p.seen, p.about, p.reason, p.message} {
		t.Wrap = true
	}
	p.message.Color = fynetheme.ColorNameForeground
	p.accept = kit.Primary(kit.T("Tiếp nhận"), fynetheme.IconNameConfirm, func() { p.decide(p.row, "accepted", "", func(err error) { p.fail(err) }) })
	p.back = kit.Button(kit.T("Trả lại…"), "", func() { p.askReason(p.row) })
	p.open = kit.Button(kit.T("Xem báo cáo"), fynetheme.IconNameDocument, g.OpenReport)
	p.copying = copyButton(kit.T("Chép lời nhắn"), func() {
		copyText(g.desk, p.row.Message, kit.T("Đã chép lời nhắn cho {{.Unit}}.", map[string]any{"Unit": p.row.Unit.FullName()}))
	})
	p.close = kit.Quiet("", fynetheme.IconNameCancel, func() { g.closePanel(); g.matrix.Focus() })
	p.lay()
	return p
}

func (p *unitPanel) lay() {
	head := kit.Border(nil, nil, nil, kit.VStack(theme.SizeNone, p.close), kit.VStack(theme.SizeTight, p.name, p.code))
	p.told = kit.VStack(theme.SizeGap, kit.Hairline(), kit.Section(kit.T("Lời nhắn soạn sẵn")), p.message, kit.HStack(theme.SizeGap, p.copying))
	p.doing = kit.Flow(p.accept, p.back, p.open)
	p.page = kit.NewFormScroll(p.g.desk.Runner, kit.VStack(theme.SizeGroup,
		kit.VStack(theme.SizeGap, head, p.alarm),
		kit.VStack(theme.SizeTight, p.cell, p.came, p.seen),
		kit.VStack(theme.SizeGap, kit.Hairline(), kit.Section(kit.T("Báo cáo năm")), p.report, p.about, p.reason, p.problem,
			p.doing),
		p.told))
	p.content = kit.Border(nil, nil, kit.Hairline(), nil, p.page)
	p.content.Hide()
}

// first is what gets the keyboard when one comes here: what can be done, before the button
// that closes.
func (p *unitPanel) first() fyne.Focusable {
	for _, b := range []*kit.PushButton{p.accept, p.back, p.open, p.copying} {
		if b.Visible() && (b != p.copying || p.told.Visible()) {
			return b
		}
	}
	return p.close
}

func (p *unitPanel) show(r record.UnitRow, column int) {
	if r.Unit.ID != p.row.Unit.ID {
		p.problem.Hide()
		p.page.ToTop()
	}
	p.row = r
	p.name.SetText(capital(r.Unit.FullName()))
	p.code.SetText(kit.T("Mã {{.Code}}", map[string]any{"Code": r.Unit.Code}))
	p.alarm.SetText(kit.In(r.Alarm))
	kit.SetVisible(p.alarm, kit.In(r.Alarm) != "")
	p.showCell(min(column, reportColumn-1))
	p.seen.SetText(p.seenWords())
	p.showReport()
	p.message.SetText(r.Message)
	kit.SetVisible(p.told, r.Message != "")
	p.content.Refresh()
}

func (p *unitPanel) showCell(month int) {
	m := p.row.Months[month]
	s := monthStanding(m.State)
	p.cell.Set(s.mark, capital(p.g.monthWords(month))+": "+kit.Term(record.UnitMonthStates, m.State))
	words := kit.T("Chưa có tệp nào của tháng này.")
	if m.Received != "" {
		words = kit.T("Nhận {{.Day}}, có {{.N}} hoạt động.", map[string]any{"Day": dayWords(p.g.desk, m.Received), "N": kit.Number(int64(m.Work))})
	}
	p.came.SetText(words)
}

func (p *unitPanel) seenWords() string {
	seen := kit.T("chưa lần nào")
	if p.row.LastSeen != "" {
		seen = dayWords(p.g.desk, p.row.LastSeen)
	}
	return kit.T("{{.N}} máy · dữ liệu gần nhất: {{.Seen}}", map[string]any{"N": kit.Number(int64(p.row.Machines)), "Seen": seen})
}

func (p *unitPanel) showReport() {
	r := p.row.Report
	s := reportStanding(r.State)
	p.report.Set(s.mark, kit.In(s.words))
	p.about.SetText(p.reportWords())
	kit.SetVisible(p.about, p.about.Text != "")
	p.reason.SetText(kit.T("Lý do trả lại: {{.Reason}}", map[string]any{"Reason": r.Reason}))
	kit.SetVisible(p.reason, r.State == "returned" && r.Reason != "")
	here := !r.Report.IsZero()
	kit.SetVisible(p.doing, here)
	kit.SetVisible(p.accept, here && r.State != "accepted")
	kit.SetVisible(p.back, here && r.State != "returned")
	kit.SetVisible(p.open, here && p.g.reading != nil)
}

func (p *unitPanel) reportWords() string {
	r := p.row.Report
	if r.Report.IsZero() {
		return ""
	}
	parts := []string{kit.T("Bản {{.N}}", map[string]any{"N": r.Revision})}
	if r.SignedOn != "" {
		parts = append(parts, kit.T("ký ngày {{.Day}}", map[string]any{"Day": r.SignedOn.String()}))
	}
	if r.Received != "" {
		parts = append(parts, kit.T("nhận {{.Day}}", map[string]any{"Day": dayWords(p.g.desk, r.Received)}))
	}
	return strings.Join(parts, " · ")
}

// askReason asks why a report goes back: a unit cannot mend what nobody named.
func (p *unitPanel) askReason(row record.UnitRow) {
	why := kit.NewLongText(4)
	field := kit.NewField(kit.T("Cần sửa gì"), why)
	heading := kit.T("Trả lại báo cáo của {{.Unit}}", map[string]any{"Unit": row.Unit.FullName()})
	about := kit.Paragraph(kit.T("Lý do đi cùng biên nhận đến đơn vị. Đơn vị lập bản mới rồi gửi lại; bản này vẫn giữ."))
	kit.AskFields(p.g.desk.Window, heading, kit.VStack(theme.SizeGroup, about, field), kit.T("Trả lại"), func(done func()) {
		if strings.TrimSpace(why.Text) == "" {
			field.SetProblem(kit.T("Hãy ghi lý do để đơn vị biết phải sửa gì."))
			field.Focus()
			return
		}
		p.decide(row, "returned", strings.TrimSpace(why.Text), func(err error) {
			if err != nil {
				field.SetProblem(kit.Sentence(err))
				return
			}
			done()
		})
	})
}

func (p *unitPanel) fail(err error) {
	if err != nil {
		p.problem.SetText(kit.Sentence(err))
	}
	kit.SetVisible(p.problem, err != nil)
	p.content.Refresh()
}

// rest keeps the buttons from being pushed twice.
func (p *unitPanel) rest(on bool) {
	for _, b := range []*kit.PushButton{p.accept, p.back} {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// decide says the province's word on the report; ended hears how it went.
func (p *unitPanel) decide(row record.UnitRow, status, reason string, ended func(error)) {
	p.rest(true)
	kit.Do(p.g.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return p.g.p.DecideReport(ctx, row.Report.Report, status, reason)
	}, func(_ record.Change, err error) {
		p.rest(false)
		ended(err)
		if err != nil {
			return
		}
		p.g.just[row.Report.Report] = true
		words := kit.T("Đã tiếp nhận báo cáo của {{.Unit}}. Đơn vị biết khi nhận biên nhận tới.", map[string]any{"Unit": row.Unit.FullName()})
		if status == "returned" {
			words = kit.T("Đã trả lại báo cáo của {{.Unit}}. Đơn vị biết khi nhận biên nhận tới.", map[string]any{"Unit": row.Unit.FullName()})
		}
		p.g.desk.Say(words, nil)
		p.g.Reload()
	})
}
