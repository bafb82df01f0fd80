package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Keys makes the window answer to the shell's keys, whatever has the keyboard, as
// long as nothing lies over the shell.
func (s *Shell) Keys(c fyne.Canvas) {
	add := func(key fyne.KeyName, m fyne.KeyModifier, do func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: m}, func(fyne.Shortcut) { s.whileFree(c, do) })
	}
	digits := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}
	for i := range s.areas {
		for _, m := range []fyne.KeyModifier{fyne.KeyModifierControl, fyne.KeyModifierAlt} {
			add(digits[i], m, func() { s.Open(i) })
		}
	}
	add(fyne.KeyK, fyne.KeyModifierControl, func() { c.Focus(s.top.search) })
	add(fyne.KeyN, fyne.KeyModifierControl, s.create)
	add(fyne.KeyS, fyne.KeyModifierControl, s.save)
	add(fyne.KeyD, fyne.KeyModifierControl, s.repeat)
	add(fyne.KeyQ, fyne.KeyModifierControl|fyne.KeyModifierShift, func() { s.createIn(AreaQuestions) })
	for _, undo := range []fyne.Shortcut{&fyne.ShortcutUndo{}, &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierControl | fyne.KeyModifierAlt}} {
		c.AddShortcut(undo, func(fyne.Shortcut) { s.whileFree(c, s.undo) })
	}
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { s.whileFree(c, s.redo) })
	kit.Keys(c, func(key *fyne.KeyEvent) {
		switch {
		case s.ended:
		case key.Name == fyne.KeyF1:
			s.Help()
		case key.Name == fyne.KeyEscape:
			s.leaveFound()
		}
	})
}

// whileFree does something as long as nothing lies over the shell.
func (s *Shell) whileFree(c fyne.Canvas, do func()) {
	if c.Overlays().Top() == nil && !s.ended {
		do()
	}
}

// Help shows the keys.
func (s *Shell) Help() *kit.Dialog {
	lines := [][2]string{
		{"Ctrl+1 … Ctrl+8", kit.T("Mở từng phần ở cột bên trái, theo thứ tự")},
		{"Ctrl+K", kit.T("Tìm; Enter tìm khắp sổ")},
		{"Ctrl+N", kit.T("Ghi mới trong phần đang mở")},
		{"Ctrl+Shift+Q", kit.T("Câu hỏi mới, từ bất cứ đâu")},
		{"Ctrl+S, Ctrl+D", kit.T("Lưu; ghi một dòng mới giống dòng đang xem")},
		{"Ctrl+T", kit.T("Hoạt động: danh sách hoặc lịch")},
		{"Ctrl+Z, Ctrl+Y", kit.T("Hoàn tác thao tác vừa làm, làm lại")},
		{"Tab, Shift+Tab", kit.T("Sang trường sau, về trường trước")},
		{"↑ ↓ Enter Esc", kit.T("Chọn trong danh sách gợi ý; thôi chọn")},
		{"Ctrl+V", kit.T("Dán danh sách người từ bảng tính")},
		{"Alt+↓, Ctrl+Enter", kit.T("Xem trước danh sách: đổi ý nghĩa cột; trả lời dòng được hỏi")},
		{"F2, Ctrl+D, Ctrl+Z", kit.T("Trong bảng người: sửa ô, chép xuống, hoàn tác")},
	}
	table := kit.VStack(theme.SizeGap)
	for _, l := range lines {
		key := kit.Line(l[0])
		key.Style.Bold = true
		table.Add(container.New(keyLine{}, key, kit.Paragraph(l[1])))
	}
	return kit.ShowBody(s.desk.Window, kit.Plain, kit.T("Phím tắt"), table)
}

// keyLine puts keys and what they do in two columns.
type keyLine struct{}

func (keyLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}

func (keyLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := size.Width * 0.36
	o[0].Resize(fyne.NewSize(left, o[0].MinSize().Height))
	o[0].Move(fyne.Position{})
	o[1].Move(fyne.NewPos(left, 0))
	o[1].Resize(fyne.NewSize(size.Width-left, size.Height))
}
