package wizard

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// joinPage is how a second PC comes to the register of its office: it asks with a file,
// a person lets it in at the first PC, and what that wrote is taken in. It may be left in
// between: asked again, the PC asks with the same keys.
type joinPage struct {
	desk    kit.Desk
	starter Starter
	setup   func() record.Setup
	refused func(error) bool

	ask      *kit.PathEntry
	askField *kit.Field
	write    *kit.PushButton
	asked    *kit.Note
	print    *kit.Text // this PC's digits

	file      *kit.PathEntry
	fileField *kit.Field
	first30   *kit.Entry
	digField  *kit.Field
	box       fyne.CanvasObject
}

func newJoinPage(desk kit.Desk, starter Starter, setup func() record.Setup, refused func(error) bool) *joinPage {
	p := &joinPage{
		desk: desk, starter: starter, setup: setup, refused: refused, ask: kit.NewFolderEntry(desk), asked: kit.NewNote(kit.Plain, ""),
		print: kit.Page(""), file: kit.NewFolderEntry(desk), first30: kit.NewEntry(),
	}
	p.asked.Hide()
	p.print.Hide()
	p.print.Style.Monospace, p.print.Wrap = true, true
	p.askField = kit.NewField(kit.T("Thư mục hoặc USB"), p.ask.Object())
	p.write = kit.Button(kit.T("Ghi tệp đăng ký"), theme.IconKey, p.askOffice)
	p.fileField = kit.NewField(kit.T("Thư mục hoặc USB có tệp máy kia đã ghi"), p.file.Object())
	p.digField = kit.NewField(kit.T("30 số đang hiện trên màn hình máy kia"), p.first30)
	p.file.OnChanged = func(string) { p.fileField.SetProblem("") }
	p.first30.OnChanged = func(string) {
		if kit.DigitsProblem(p.first30.Text) == "" {
			p.digField.SetProblem("")
		}
	}
	p.box = kit.VStack(theme.SizeGroup,
		kit.Section(kit.T("1. Ghi tệp đăng ký của máy này")), p.askField, kit.HStack(theme.SizeGap, p.write), p.asked, p.print,
		kit.Section(kit.T("2. Sang máy đã có sổ")),
		kit.Paragraph(kit.T("Mở Trao đổi, thẻ Máy và khóa, nhấn Thêm máy của cơ quan…; chọn tệp vừa ghi và gõ 30 số ở trên. Máy ấy ghi ra một tệp cho máy này.")),
		kit.Section(kit.T("3. Nhận tệp máy kia đã ghi")), p.fileField, p.digField)
	return p
}

func (p *joinPage) askOffice() {
	folder := strings.TrimSpace(p.ask.Text)
	p.askField.SetProblem("")
	if folder == "" {
		p.askField.SetProblem(kit.T("Hãy chọn thư mục, ví dụ USB hoặc thư mục Tài liệu."))
		p.askField.Focus()
		return
	}
	p.write.Disable()
	setup := p.setup()
	type asked struct{ path, digits string }
	kit.Do(p.desk.Runner, func(ctx context.Context) (asked, error) {
		path, digits, err := p.starter.(Joiner).JoinAsk(ctx, setup, folder)
		return asked{path, digits}, err
	}, func(a asked, err error) {
		p.write.Enable()
		if p.refused(err) {
			return
		}
		p.asked.SetText(kit.T("Đã ghi {{.Path}}. 30 số của máy này:", map[string]any{"Path": a.path}))
		p.print.SetText(kit.Digits(a.digits))
		p.asked.Show()
		p.print.Show()
		if p.file.Text == "" {
			p.file.SetText(folder) // the stick comes back
		}
		p.box.Refresh()
	})
}

func (p *joinPage) from() string   { return strings.TrimSpace(p.file.Text) }
func (p *joinPage) digits() string { return kit.OnlyDigits(p.first30.Text) }

func (p *joinPage) heading() string            { return kit.T("Máy thứ hai của cơ quan đã có sổ") }
func (p *joinPage) content() fyne.CanvasObject { return p.box }
func (p *joinPage) first() fyne.Focusable      { return p.ask.Entry }

func (p *joinPage) check() bool {
	p.fileField.SetProblem("")
	if p.from() == "" {
		p.fileField.SetProblem(kit.T("Hãy chọn nơi có tệp máy kia đã ghi cho máy này."))
		p.fileField.Focus()
		return false
	}
	p.digField.SetProblem(kit.DigitsProblem(p.first30.Text))
	if p.digField.Problem() != "" {
		p.digField.Focus()
		return false
	}
	return true
}
