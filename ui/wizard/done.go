package wizard

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// donePage shows the recovery sheet before the register opens.
type donePage struct {
	desk    kit.Desk
	starter Starter
	pdf     string // the sheet's file; "" for none
	ready   *kit.Note
	code    *kit.Text
	file    *kit.Text
	open    *kit.PushButton
	remove  *kit.PushButton
	act     *fyne.Container // what can be done with the file
	said    *kit.Note
	removed func() // told once the file is gone
	box     fyne.CanvasObject
}

func newDonePage(desk kit.Desk, starter Starter) *donePage {
	p := &donePage{
		desk: desk, starter: starter, code: kit.Page(""), file: kit.Paragraph(""), said: kit.NewNote(kit.Plain, ""),
		ready: kit.NewNote(kit.Fine, ""),
	}
	p.code.Wrap = true
	p.code.Style.Monospace = true
	p.remove = kit.Button(kit.T("Xóa tệp sau khi in"), fynetheme.IconNameDelete, p.removeFile)
	p.open = kit.Button(kit.T("Mở tờ khôi phục để in"), fynetheme.IconNameDocumentPrint, p.openFile)
	p.act = kit.Flow(p.open, p.remove)
	p.act.Hide()
	p.said.Hide()
	p.box = kit.VStack(theme.SizeGroup,
		p.ready,
		kit.Paragraph(kit.T("Đây là mã khôi phục. Ai có mã này và bản sao của sổ thì mở được sổ; không có mã này thì quên mật khẩu hoặc hỏng máy là mất dữ liệu cá nhân.")),
		p.code, p.file,
		kit.Paragraph(kit.T("Hãy in tờ khôi phục, cất vào két hoặc tủ có khóa, rồi xóa tệp. In lại được ở Thiết lập.")),
		p.act, p.said)
	return p
}

// set shows the sheet of a register that was made, or has joined here.
func (p *donePage) set(c created, joined bool) {
	p.pdf = c.pdf
	p.ready.SetText(kit.T("Sổ đã lập xong."))
	if joined {
		p.ready.SetText(kit.T("Sổ của cơ quan đã ở máy này. Tờ khôi phục sau là của riêng máy này."))
	}
	p.code.SetText(c.code)
	if p.pdf == "" {
		return
	}
	p.file.SetText(kit.T("Tờ khôi phục để in: {{.Path}}", map[string]any{"Path": p.pdf}))
	_, can := p.starter.(SheetRemover)
	kit.SetVisible(p.remove, can)
	p.act.Show()
}

// openFile shows the sheet in the program people print from.
func (p *donePage) openFile() {
	p.said.Hide()
	kit.OpenFile(p.desk, p.pdf, func(sentence string) { p.say(kit.Wrong, sentence) })
}

// removeFile needs no question: the sheet can be printed again.
func (p *donePage) removeFile() {
	p.remove.Disable()
	kit.Do(p.desk.Runner, func(context.Context) (struct{}, error) {
		return struct{}{}, p.starter.(SheetRemover).RemoveRecoverySheet()
	}, func(_ struct{}, err error) {
		p.remove.Enable()
		if err != nil {
			p.say(kit.Wrong, kit.Sentence(err))
			return
		}
		p.act.Hide()
		p.file.Hide()
		p.removed()
		p.say(kit.Fine, kit.T("Đã xóa tệp của tờ khôi phục."))
	})
}

func (p *donePage) say(s kit.State, sentence string) {
	p.said.Set(s, sentence)
	p.said.Show()
}

func (p *donePage) heading() string            { return kit.T("Tờ khôi phục") }
func (p *donePage) content() fyne.CanvasObject { return p.box }
func (p *donePage) check() bool                { return true }

func (p *donePage) first() fyne.Focusable {
	if p.act.Visible() {
		return p.open
	}
	return nil
}
