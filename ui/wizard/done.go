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
	runner  *kit.Runner
	starter Starter
	code    *kit.Text
	file    *kit.Text
	remove  *kit.PushButton
	act     *fyne.Container // the line the button stands on
	removed *kit.Note
	box     fyne.CanvasObject
}

func newDonePage(r *kit.Runner, starter Starter) *donePage {
	p := &donePage{
		runner: r, starter: starter, code: kit.Page(""), file: kit.Paragraph(""), removed: kit.NewNote(kit.Plain, ""),
	}
	p.code.Wrap = true
	p.code.Style.Monospace = true
	p.remove = kit.Button(kit.T("Xóa tệp sau khi in"), fynetheme.IconNameDelete, p.removeFile)
	p.act = kit.HStack(theme.SizeGap, p.remove)
	p.act.Hide()
	p.removed.Hide()
	p.box = kit.VStack(theme.SizeGroup,
		kit.NewNote(kit.Fine, kit.T("Sổ đã lập xong.")),
		kit.Paragraph(kit.T("Đây là mã khôi phục. Ai có mã này và bản sao của sổ thì mở được sổ; không có mã này thì quên mật khẩu hoặc hỏng máy là mất dữ liệu cá nhân.")),
		p.code, p.file,
		kit.Paragraph(kit.T("Hãy in tờ khôi phục, cất vào két hoặc tủ có khóa, rồi xóa tệp. In lại được ở Thiết lập.")),
		p.act, p.removed)
	return p
}

func (p *donePage) set(c created) {
	p.code.SetText(c.code)
	if c.pdf == "" {
		return
	}
	p.file.SetText(kit.T("Tờ khôi phục để in: {{.Path}}", map[string]any{"Path": c.pdf}))
	if _, can := p.starter.(SheetRemover); can {
		p.act.Show()
	}
}

// removeFile needs no question: the sheet can be printed again.
func (p *donePage) removeFile() {
	p.remove.Disable()
	kit.Do(p.runner, func(context.Context) (struct{}, error) {
		return struct{}{}, p.starter.(SheetRemover).RemoveRecoverySheet()
	}, func(_ struct{}, err error) {
		p.remove.Enable()
		p.removed.Show()
		if err != nil {
			p.removed.Set(kit.Wrong, kit.Sentence(err))
			return
		}
		p.act.Hide()
		p.file.Hide()
		p.removed.Set(kit.Fine, kit.T("Đã xóa tệp của tờ khôi phục."))
	})
}

func (p *donePage) heading() string            { return kit.T("Tờ khôi phục") }
func (p *donePage) content() fyne.CanvasObject { return p.box }
func (p *donePage) first() *kit.Entry          { return nil }
func (p *donePage) last() *kit.Entry           { return nil }
func (p *donePage) check() bool                { return true }
