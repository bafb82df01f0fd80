package activities

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Forms write lists of people to send out and to sign.
type Forms interface {
	WriteForm(ctx context.Context, activity record.ID, path string) error
	WriteAttendees(ctx context.Context, activity record.ID, path string) error
	WriteSignSheet(ctx context.Context, activity record.ID, path string) error
}

// formOut is a workbook that leaves the people tab.
type formOut struct {
	words string
	name  string // of its file
	write func(Forms, context.Context, record.ID, string) error
	empty bool // it shows nobody, so nothing of it can be unsaved
}

func formsOut() []formOut {
	return []formOut{
		{kit.T("Danh sách này ra bảng tính…"), kit.T("Danh sách người tham dự"), Forms.WriteAttendees, false},
		{kit.T("Tờ ký tên…"), kit.T("Danh sách ký tên"), Forms.WriteSignSheet, false},
		{kit.T("Mẫu trống để gửi thôn, xã ghi…"), kit.T("Mẫu danh sách"), Forms.WriteForm, true},
	}
}

// offerForms shows what can be written, under the button.
func (p *people) offerForms() {
	var items []*fyne.MenuItem
	for _, f := range formsOut() {
		items = append(items, fyne.NewMenuItem(f.words, func() { p.askForm(f) }))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.lists.out)
	kit.Menu(p.desk.Window, at.AddXY(0, p.lists.out.Size().Height), items...)
}

// askForm asks where to write; what is not saved yet would be missing.
func (p *people) askForm(f formOut) {
	if p.dirty && !f.empty {
		p.say(kit.Attention, kit.T("Danh sách còn chỗ chưa lưu. Hãy lưu (Ctrl+S) rồi xuất."))
		return
	}
	activity := p.activity
	name := kit.FileName(".xlsx", f.name, p.heading())
	kit.AskFile(p.desk, strings.TrimSuffix(f.words, "…"), p.folder, name, func(path string, ended func(error)) {
		kit.Do(p.desk.Runner, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, f.write(p.office, ctx, activity, path)
		}, func(_ struct{}, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(p.desk, path, record.Words{})
				p.focus()
			}
		})
	})
}

// SetDefaultFolder says where files are written unless another folder is chosen.
func (s *Screen) SetDefaultFolder(folder string) { s.people.folder = folder }

// OfferForms shows what can be written of the people in sight.
func (s *Screen) OfferForms() { s.people.offerForms() }
