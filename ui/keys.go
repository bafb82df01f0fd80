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
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: m}, func(fyne.Shortcut) {
			if c.Overlays().Top() == nil && !s.ended {
				do()
			}
		})
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
	kit.Keys(c, func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyF1 && !s.ended {
			s.Help()
		}
	})
}

// Help shows the keys.
func (s *Shell) Help() *kit.Dialog {
	lines := [][2]string{
		{"Ctrl+1 … Ctrl+4", kit.T("Mở Hoạt động, Báo cáo, Trao đổi, Thiết lập")},
		{"Ctrl+K", kit.T("Tìm hoạt động")},
		{"Ctrl+N", kit.T("Hoạt động mới")},
		{"Ctrl+D", kit.T("Hoạt động giống hoạt động đang xem, nơi khác")},
		{"Ctrl+T", kit.T("Hoạt động: danh sách hoặc lịch")},
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
