package main

import (
	"errors"

	"fyne.io/fyne/v2"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/trust"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// watch hears of damage when it is about to be shown, and acts after that: whoever
// shows it has done with it then.
func (p *program) watch(err error) { p.start(func() { p.runner.Post(func() { p.damaged(err) }) }) }

// damaged ends the work with a register that turned out to be damaged while it was
// open: nothing is written to it any more, and the way to a backup is shown.
func (p *program) damaged(err error) {
	if p.office == nil || !ofRegister(err) {
		return
	}
	p.putAway(func() { p.trouble(err) })
}

// ofRegister tells a damaged register from a disk that gave back something else than
// was written to it: then the register is whole and its copy is not.
func ofRegister(err error) bool {
	return errors.Is(err, record.ErrDamaged) && !errors.Is(err, datadir.ErrReadBack)
}

// trouble says why the register does not open, what is safe and what to do.
func (p *program) trouble(err error) {
	kit.CloseDialogs(p.window.Canvas())
	heading, sentence := kit.T("Chưa mở được sổ"), kit.Sentence(err)
	again := kit.Primary(kit.T("Thử lại"), "", func() { p.open(p.flags.passphrase) })
	leave := kit.Button(kit.T("Đóng"), "", p.leave)
	first, buttons := again, []fyne.CanvasObject{again, leave}
	if errors.Is(err, record.ErrDamaged) {
		heading = kit.T("Sổ bị hỏng")
	}
	// What is damaged or has lost its keys comes back from a backup only.
	if errors.Is(err, record.ErrDamaged) || errors.Is(err, record.ErrNotFound) {
		sentence += "\n" + kit.T("Mọi tệp trong {{.Folder}} được giữ nguyên; khôi phục cũng không xóa tệp nào.", map[string]any{"Folder": p.flags.data})
		first = kit.Primary(kit.T("Khôi phục từ bản sao lưu…"), theme.IconShield, func() { p.askRestore(p.newestCopy()) })
		buttons = []fyne.CanvasObject{first, leave}
	}
	p.window.SetContent(ui.NewTrouble(heading, sentence, buttons...))
	p.window.Canvas().Focus(first)
}

// systemKeyring is the protection the system offers, "" when it has none.
func systemKeyring() string {
	if s := trust.Suggest(); s != trust.Passphrase {
		return string(s)
	}
	return ""
}
