package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// ShowSheet lays a large sheet over the window: something to read beside what one
// does. keys sees Escape, Enter and every key nothing in the sheet takes, and
// reports whether it took one; Escape else closes the sheet.
func ShowSheet(win fyne.Window, content fyne.CanvasObject, first fyne.Focusable, keys func(*fyne.KeyEvent) bool) *Dialog {
	s := &dialogSheet{content: container.New(sheetSize{win.Canvas()}, Inset(theme.SizeGroup, content))}
	s.ExtendBaseWidget(s)
	d := &Dialog{win: win, popup: widget.NewModalPopUp(s, win.Canvas()), first: first, keys: keys}
	s.dialog = d
	d.Show()
	return d
}

// OnShortcut lets who shows a sheet have the shortcuts nothing in it takes; took says
// which were its own.
func (d *Dialog) OnShortcut(took func(fyne.Shortcut) bool) { d.shortcuts = took }

// sheetSize takes most of the window.
type sheetSize struct{ window fyne.Canvas }

func (s sheetSize) MinSize([]fyne.CanvasObject) fyne.Size {
	em := sizeOf(theme.SizeSection) / 16
	size := s.window.Size()
	edge := sizeOf(theme.SizeEdge)
	return fyne.NewSize(max(min(size.Width-4*edge, 1100*em), 300), max(size.Height-3*edge, 200))
}

func (sheetSize) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
