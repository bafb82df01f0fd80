package exchange

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// machines is the tab of the PCs that speak for the office, and of whom they trust.
type machines struct {
	s      *Screen
	office MachineKeeper
	asks   *kit.Latest

	name     *kit.Text
	state    *kit.Note
	print    *kit.Text // the digits of this PC
	steps    *steps
	folder   *kit.PathEntry
	ask      *kit.Field
	write    *kit.PushButton
	asked    *kit.Note
	province *province
	list     []record.Machine // the others
	table    *kit.Table
	empty    *kit.Text
	add      *kit.PushButton
	page     *kit.FormScroll
}

func newMachines(s *Screen, office MachineKeeper) *machines {
	m := &machines{
		s: s, office: office, asks: kit.NewLatest(s.desk.Runner),
		name: kit.Line(""), state: kit.NewNote(kit.Plain, ""), print: kit.Page(""),
		folder: kit.NewFolderEntry(s.desk), asked: kit.NewNote(kit.Plain, ""), empty: kit.Caption(kit.T("Cơ quan chưa có máy nào khác.")),
	}
	m.name.Style.Bold = true
	m.print.Wrap, m.print.Style.Monospace = true, true
	m.asked.Hide()
	m.folder.OnSubmitted = func(string) { m.askEnrolment() }
	m.ask = kit.NewField(kit.T("Ghi tệp đăng ký vào thư mục hoặc USB"), m.folder.Object())
	m.write = kit.Button(kit.T("Ghi tệp đăng ký"), theme.IconKey, m.askEnrolment)
	m.steps = newSteps(
		kit.T("Ghi tệp đăng ký rồi gửi cấp trên bằng USB hoặc thư."),
		kit.T("Cấp trên gọi điện; hai bên đọc và so 30 số ở trên. Chỉ nghe máy theo số trong danh bạ điện thoại chính thức."),
		kit.T("Nhận danh bạ cấp trên gửi về, ở thẻ Giao và nhận."))
	m.province = newProvince(s, office)
	m.table = kit.NewTable(
		kit.Column{Heading: kit.T("Máy"), Ems: 8}, kit.Column{Heading: kit.T("Cán bộ"), Ems: 9},
		kit.Column{Heading: kit.T("Tình trạng"), Ems: 8}, kit.Column{Heading: kit.T("Ghi gần nhất"), Ems: 9},
		kit.Column{Heading: kit.T("30 số của máy, điều cần biết")})
	m.table.Row = func(i int) (kit.TableRow, bool) { return m.row(m.list[i]), true }
	m.add = kit.Button(kit.T("Thêm máy của cơ quan…"), fynetheme.IconNameContentAdd, m.addMachine)
	m.page = kit.NewFormScroll(s.desk.Runner, kit.Wide(kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("Máy này")), kit.VStack(theme.SizeTight, m.name, m.state, m.print),
		kit.VStack(theme.SizeGap, m.steps.box, m.ask, kit.HStack(theme.SizeGap, m.write), m.asked),
		kit.Section(kit.T("Khóa của cấp trên")), m.province.box,
		kit.Section(kit.T("Máy khác của cơ quan")), container.New(rowsHigh{m}, container.NewStack(m.table, m.empty)), kit.HStack(theme.SizeGap, m.add))))
	return m
}

// rowsHigh gives the table the room of its rows, up to a few: the page scrolls, not it.
type rowsHigh struct{ m *machines }

func (r rowsHigh) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(r.m.list) == 0 {
		return r.m.empty.MinSize()
	}
	row := fynetheme.Size(theme.SizeRow)
	return fyne.NewSize(o[0].MinSize().Width, row*float32(min(len(r.m.list), 8)+1))
}

func (rowsHigh) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

func (m *machines) tab() Tab {
	return Tab{Key: TabMachines, Label: kit.T("Máy và khóa"), Help: "may-va-khoa", Page: m.page, Reload: m.reload, Panes: m.panes}
}

func (m *machines) panes() []kit.Pane {
	var panes []kit.Pane
	if m.ask.Visible() {
		panes = append(panes, kit.Pane{Object: m.ask, Page: m.page})
	}
	if m.province.field.Visible() {
		panes = append(panes, kit.Pane{Object: m.province.field, Page: m.page})
	}
	if m.table.Visible() {
		panes = append(panes, kit.Pane{Object: m.table, Page: m.page})
	}
	return append(panes, kit.Pane{Object: m.add, Page: m.page})
}

func (m *machines) reload(e record.Exchange) {
	m.folder.Offer(fyne.CurrentApp().Preferences().StringWithFallback(giveFolderKey, m.s.DefaultFolder))
	m.province.show(e)
	kit.Ask(m.asks, m.office.Machines, func(list []record.Machine, err error) {
		m.s.say(err)
		if err == nil {
			m.show(e, list)
		}
	})
}

func (m *machines) show(e record.Exchange, list []record.Machine) {
	m.list = nil
	for _, one := range list {
		if one.This {
			m.showThis(e, one)
		} else {
			m.list = append(m.list, one)
		}
	}
	m.table.SetTotal(len(m.list))
	kit.SetVisible(m.table, len(m.list) > 0)
	kit.SetVisible(m.empty, len(m.list) == 0)
	m.page.Refresh()
}

func (m *machines) showThis(e record.Exchange, this record.Machine) {
	m.name.SetText(strings.Trim(this.Name+", "+this.UnitName, ", "))
	m.print.SetText(kit.Digits(this.Fingerprint))
	alarm := kit.In(this.Alarm)
	word := kit.Term(record.MachineStates, this.State)
	switch {
	case alarm != "":
		m.state.Set(kit.Wrong, word+". "+alarm)
	case this.State == "revoked":
		m.state.Set(kit.Wrong, kit.T("Đã thu hồi: cấp trên không nhận gì máy này ghi nữa. Hãy hỏi cấp trên."))
	case this.State == "enrolled":
		m.state.Set(kit.Plain, kit.T("Đã đăng ký, trong danh bạ số {{.N}}.", map[string]any{"N": kit.Number(e.RosterVersion)}))
	default:
		m.state.Set(kit.Attention, word+".")
	}
	step := map[string]int{"asked": 1, "provisional": 1, "enrolled": 3, "revoked": 0}[this.State]
	m.steps.at(step)
	enrolled := step == 3
	kit.SetVisible(m.steps.box, !enrolled)
	kit.SetVisible(m.ask, !enrolled)
	kit.SetVisible(m.write, !enrolled)
	if enrolled {
		m.asked.Hide()
		m.leaveAsk()
	}
}

// leaveAsk takes the keyboard out of the field that is gone, to what is next.
func (m *machines) leaveAsk() {
	c := m.s.desk.Window.Canvas()
	if c.Focused() == m.folder.Focusable() {
		p := m.panes()[0]
		p.Enter(c, p.First())
	}
}

func (m *machines) askEnrolment() {
	m.ask.SetProblem("")
	folder := strings.TrimSpace(m.folder.Text)
	if folder == "" {
		m.ask.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
		m.ask.Focus()
		return
	}
	m.write.Disable()
	kit.Do(m.s.desk.Runner, func(ctx context.Context) (string, error) {
		path, _, err := m.office.AskEnrolment(ctx, folder)
		return path, err
	}, func(path string, err error) {
		m.write.Enable()
		if err != nil {
			m.ask.SetProblem(kit.Sentence(err))
			return
		}
		fyne.CurrentApp().Preferences().SetString(giveFolderKey, folder)
		m.asked.Set(kit.Plain, kit.T("Đã ghi {{.Path}}. Gửi tệp này cho cấp trên, rồi chờ điện thoại đối chiếu 30 số.", map[string]any{"Path": path}))
		m.asked.Show()
		m.s.changed()
	})
}

func (m *machines) row(one record.Machine) kit.TableRow {
	last, state := kit.Digits(one.Fingerprint), kit.Plain
	if alarm := kit.In(one.Alarm); alarm != "" {
		last, state = alarm, kit.Wrong
	}
	seen := kit.When(one.Seen, m.s.desk.Now())
	if seen == "" {
		seen = kit.T("chưa có gì")
	}
	return kit.TableRow{Key: one.Device, Cells: []string{one.Name, one.Officer, kit.Term(record.MachineStates, one.State), seen, last}, Marks: []kit.State{2: machineMark(one.State), 4: state}}
}

func machineMark(state string) kit.State {
	switch state {
	case "enrolled":
		return kit.Plain
	case "revoked":
		return kit.Wrong
	}
	return kit.Attention
}

// steps are numbered sentences of which the next to be done stands out.
type steps struct {
	words []*kit.Text
	icons []*widget.Icon
	box   *fyne.Container
}

func newSteps(sentences ...string) *steps {
	s := &steps{box: kit.VStack(theme.SizeGap)}
	for i, sentence := range sentences {
		word := kit.Paragraph(kit.Number(int64(i+1)) + ". " + sentence)
		icon := widget.NewIcon(nil)
		s.words, s.icons = append(s.words, word), append(s.icons, icon)
		s.box.Add(kit.Border(nil, nil, container.NewVBox(icon), nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, word)))
	}
	s.at(0)
	return s
}

// at says which is next; those before it are done.
func (s *steps) at(next int) {
	for i, word := range s.words {
		icon, color := theme.Icon(fynetheme.IconNameRadioButton), theme.ColorMuted
		switch {
		case i < next:
			icon = theme.Icon(fynetheme.IconNameConfirm)
		case i == next:
			icon, color = fynetheme.NewPrimaryThemedResource(theme.Icon(fynetheme.IconNameNavigateNext)), fynetheme.ColorNameForeground
		}
		s.icons[i].SetResource(icon)
		word.Style.Bold, word.Color = i == next, color
		word.Refresh()
	}
}

// province is where the province's key is compared with the letter it came announced by.
type province struct {
	s      *Screen
	office MachineKeeper

	state  *kit.Note
	typed  *kit.Entry
	field  *kit.Field
	button *kit.PushButton
	box    *fyne.Container
}

func newProvince(s *Screen, office MachineKeeper) *province {
	p := &province{s: s, office: office, state: kit.NewNote(kit.Plain, ""), typed: kit.NewEntry()}
	p.typed.OnChanged = func(text string) {
		if p.field.Problem() != "" && kit.DigitsProblem(text) == "" {
			p.field.SetProblem("")
		}
	}
	p.typed.OnSubmitted = func(string) { p.compare() }
	p.field = kit.NewField(kit.T("30 số in trong công văn của cấp trên"), p.typed)
	p.button = kit.Button(kit.T("Đối chiếu"), theme.IconShield, p.compare)
	p.box = kit.VStack(theme.SizeGap, p.state, p.field, kit.HStack(theme.SizeGap, p.button))
	return p
}

func (p *province) show(e record.Exchange) {
	open := !e.Practice && !e.Confirmed
	switch {
	case e.Practice:
		p.state.Set(kit.Attention, kit.T("Chưa có khóa của cấp trên: gói ghi ra chỉ để tập. Khi có danh bạ hoặc tệp khóa, nhận ở thẻ Giao và nhận."))
	case open:
		p.state.Set(kit.Attention, kit.T("Chưa đối chiếu. Lấy công văn của cấp trên, gõ 30 số in trong đó: đúng thì chắc chắn gói giao đi chỉ cấp trên mở được."))
	default:
		p.state.Set(kit.Plain, kit.T("Đã đối chiếu với công văn: {{.Province}}.", map[string]any{"Province": e.Province}))
	}
	kit.SetVisible(p.field, open)
	kit.SetVisible(p.button, open)
	p.box.Refresh()
}

func (p *province) compare() {
	p.field.SetProblem(kit.DigitsProblem(p.typed.Text))
	if p.field.Problem() != "" {
		p.field.Focus()
		return
	}
	typed := kit.OnlyDigits(p.typed.Text)
	kit.Do(p.s.desk.Runner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.office.ConfirmProvince(ctx, typed)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.field.SetProblem(kit.Sentence(err))
			p.field.Focus()
			return
		}
		p.s.desk.Say(kit.T("30 số khớp: khóa đúng là của cấp trên."), nil)
		p.s.changed()
	})
}
