package main

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/trust"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// trouble says why the register does not open, what is safe and what to do.
func (p *program) trouble(err error) {
	heading, sentence := kit.T("Chưa mở được sổ"), kit.Sentence(err)
	buttons := []fyne.CanvasObject{
		kit.Primary(kit.T("Thử lại"), "", func() { p.open(p.flags.passphrase) }),
		kit.Button(kit.T("Đóng"), "", p.fyne.Quit),
	}
	if errors.Is(err, record.ErrDamaged) {
		heading = kit.T("Sổ bị hỏng")
	}
	// What is damaged or has lost its keys comes back from a backup only.
	if errors.Is(err, record.ErrDamaged) || errors.Is(err, record.ErrNotFound) {
		sentence += "\n" + kit.T("Mọi tệp trong {{.Folder}} được giữ nguyên; khôi phục cũng không xóa tệp nào.", map[string]any{"Folder": p.flags.data})
		buttons = append([]fyne.CanvasObject{kit.Primary(kit.T("Khôi phục từ bản sao lưu…"), theme.IconShield, p.askRestore)}, buttons[1:]...)
	}
	p.window.SetContent(ui.NewTrouble(heading, sentence, buttons...))
}

// askRestore asks for the backup and what opens it.
func (p *program) askRestore() {
	file, secret := kit.NewFileEntry(p.window), kit.NewSecret()
	fileField := kit.NewField(kit.T("Tệp sao lưu"), file.Object())
	secretField := kit.NewField(kit.T("Mật khẩu hoặc mã khôi phục (để trống nếu máy giữ khóa)"), secret)
	body := kit.VStack(theme.SizeGap, fileField, secretField)
	kit.AskFields(p.window, kit.T("Khôi phục từ bản sao lưu"), body, kit.T("Khôi phục"), func(done func()) {
		fileField.SetProblem("")
		path, typed := strings.TrimSpace(file.Text), secret.Text
		kit.Do(p.runner, func(ctx context.Context) (app.Restored, error) {
			return app.Restore(ctx, path, p.flags.data, typed, p.options())
		}, func(_ app.Restored, err error) {
			if err != nil {
				fileField.SetProblem(kit.Sentence(err))
				return
			}
			done()
			p.open(typed)
		})
	})
}

// systemKeyring is the protection the system offers, "" when it has none.
func systemKeyring() string {
	if s := trust.Suggest(); s != trust.Passphrase {
		return string(s)
	}
	return ""
}
