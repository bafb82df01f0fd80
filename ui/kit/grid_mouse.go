package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// MouseDown puts the cursor where the mouse is; with Shift it selects up to there.
func (b *gridBody) MouseDown(m *desktop.MouseEvent) {
	g := b.g
	g.Focus()
	at := g.cellUnder(m.Position)
	if m.Button == desktop.MouseButtonSecondary && g.selected().has(at.row, at.col) {
		return
	}
	g.tabFrom = -1
	g.moveTo(at, m.Modifier&fyne.KeyModifierShift != 0)
}

// MouseUp has nothing to add.
func (b *gridBody) MouseUp(*desktop.MouseEvent) {}

// Dragged selects.
func (b *gridBody) Dragged(d *fyne.DragEvent) {
	b.g.moveTo(b.g.cellUnder(d.Position), true)
}

// DragEnd has nothing to add.
func (b *gridBody) DragEnd() {}

// DoubleTapped edits.
func (b *gridBody) DoubleTapped(*fyne.PointEvent) {
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
}

// Cursor is the arrow of a table, not that of a text.
func (b *gridBody) Cursor() desktop.Cursor { return desktop.DefaultCursor }

func (g *Grid) cellUnder(p fyne.Position) cellAt {
	col := 0
	for col < len(g.columns)-1 && p.X >= g.lefts[col+1] {
		col++
	}
	return g.inside(cellAt{int(p.Y / rowHeight()), col})
}

// TappedSecondary offers what the keys do.
func (b *gridBody) TappedSecondary(p *fyne.PointEvent) {
	g := b.g
	clipboard := fyne.CurrentApp().Clipboard()
	item := func(words string, key string, do func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(words+"    "+key, do)
		return m
	}
	menu := fyne.NewMenu("",
		item(T("Cắt"), "Ctrl+X", func() { b.TypedShortcut(&fyne.ShortcutCut{Clipboard: clipboard}) }),
		item(T("Chép"), "Ctrl+C", func() { b.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard}) }),
		item(T("Dán"), "Ctrl+V", func() { b.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard}) }),
		fyne.NewMenuItemSeparator(),
		item(T("Điền xuống"), "Ctrl+D", g.fillDown),
		item(T("Chèn dòng"), "Ctrl++", g.insertRows),
		item(T("Xóa dòng"), "Ctrl+−", g.deleteRows),
		fyne.NewMenuItemSeparator(),
		item(T("Hoàn tác"), "Ctrl+Z", func() { g.Undo() }),
		item(T("Làm lại"), "Ctrl+Y", func() { g.Redo() }),
	)
	c := canvasOf(b)
	widget.ShowPopUpMenuAtPosition(menu, c, p.AbsolutePosition)
}
