package main

import (
	"context"
	"strings"

	"sophobien/internal/app"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// askRestore asks for the backup, of which the newest is filled in, and what opens it.
func (p *program) askRestore(newest string) {
	file, secret := kit.NewFileEntry(p.desk()), kit.NewSecret()
	file.SetText(newest)
	fileField := kit.NewField(kit.T("Tệp sao lưu"), file.Object())
	secretField := kit.NewField(kit.T("Mật khẩu hoặc mã khôi phục (để trống nếu máy giữ khóa)"), secret)
	body := kit.VStack(theme.SizeGap, fileField, secretField)
	busy := false
	kit.AskFields(p.window, kit.T("Khôi phục từ bản sao lưu"), body, kit.T("Khôi phục"), func(done func()) {
		if busy {
			return
		}
		busy = true
		fileField.SetProblem("")
		typed := secret.Text
		p.restore(strings.TrimSpace(file.Text), typed, func(made app.Restored, err error) {
			busy = false
			if err != nil {
				fileField.SetProblem(kit.Sentence(err))
				return
			}
			done()
			p.open(typed)
			kit.ShowSentence(p.window, kit.Fine, kit.T("Đã khôi phục sổ"), restoredWords(made))
		})
	})
}

// restore closes the register if one is open and puts the backup in its place. Where
// that fails the register that was open is opened again: nothing was changed.
func (p *program) restore(file, secret string, done func(app.Restored, error)) {
	wasOpen := p.office != nil
	p.putAway(func() {
		kit.Do(p.runner, func(ctx context.Context) (app.Restored, error) {
			return app.Restore(ctx, file, p.flags.data, secret, p.options())
		}, func(made app.Restored, err error) {
			if err != nil && wasOpen {
				p.open(p.flags.passphrase)
			}
			done(made, err)
		})
	})
}

func restoredWords(made app.Restored) string {
	words := kit.T("{{.N}} lần ghi đã trở lại.", map[string]any{"N": kit.Number(made.Commits)})
	if made.Aside != "" {
		words += "\n" + kit.T("Sổ cũ được giữ ở {{.Path}}", map[string]any{"Path": made.Aside})
	}
	if made.CodeIsPassphrase {
		words += "\n" + kit.T("Từ nay sổ trên máy này mở bằng chính mã khôi phục vừa nhập.")
	}
	return words
}
