package ledger

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// strip is the row of tiles, which has the keyboard as a whole.
type strip struct {
	widget.BaseWidget

	of      *Evidence
	at      int // the tile the keyboard is at
	focused bool
	tiles   []*tile
	row     *fyne.Container
	empty   *kit.Text
	scroll  *container.Scroll
	frame   *fyne.Container // what stands on the page
}

func newStrip(of *Evidence) *strip {
	s := &strip{of: of, row: kit.HStack(theme.SizeGap), empty: kit.Caption("")}
	s.empty.Wrap = true
	s.ExtendBaseWidget(s)
	s.scroll = container.NewHScroll(s)
	s.frame = container.NewStack(s.scroll, s.empty)
	return s
}

// fill shows the files of the list.
func (s *strip) fill() {
	list := s.of.list
	s.at = max(min(s.at, len(list)-1), 0)
	for len(s.tiles) < len(list) {
		s.tiles = append(s.tiles, newTile(s, len(s.tiles)))
	}
	s.row.Objects = nil
	for i, x := range list {
		picture, known := s.of.pictures[x.SHA256]
		s.tiles[i].show(x, picture, known)
		s.row.Objects = append(s.row.Objects, s.tiles[i])
	}
	s.empty.SetText(kit.T("Chưa có ảnh, bản quét hay tệp PDF nào."))
	if s.of.owner.ID.IsZero() {
		s.empty.SetText(kit.T("Lưu hồ sơ rồi mới thêm được ảnh, bản quét."))
	}
	if len(list) > 0 {
		s.empty.Hide()
		s.scroll.Show()
	} else {
		s.empty.Show()
		s.scroll.Hide()
	}
	s.mark()
	s.frame.Refresh()
}

// mark shows which tile the keyboard is at.
func (s *strip) mark() {
	for i, t := range s.tiles {
		t.mark(s.focused && i == s.at)
	}
	s.Refresh()
}

func (s *strip) moveTo(i int) {
	s.at = max(min(i, len(s.of.list)-1), 0)
	s.mark()
	s.reveal()
}

// reveal scrolls to the tile the keyboard is at.
func (s *strip) reveal() {
	if s.at >= len(s.row.Objects) {
		return
	}
	t := s.row.Objects[s.at]
	left, right := t.Position().X, t.Position().X+t.Size().Width
	switch {
	case left < s.scroll.Offset.X:
		s.scroll.Offset.X = left
	case right > s.scroll.Offset.X+s.scroll.Size().Width:
		s.scroll.Offset.X = right - s.scroll.Size().Width
	}
	s.scroll.Refresh()
}

func (s *strip) chosen() (record.Evidence, bool) {
	if s.at >= len(s.of.list) {
		return record.Evidence{}, false
	}
	return s.of.list[s.at], true
}

// FocusGained shows where the keyboard is and what it can do there.
func (s *strip) FocusGained() {
	kit.Arrived(s)
	s.focused = true
	s.mark()
	s.reveal()
	s.of.hint(true)
}

// FocusLost hides it.
func (s *strip) FocusLost() {
	s.focused = false
	s.mark()
	s.of.hint(false)
}

// TypedRune looks closer on a blank, as Enter does, and adds on a plus.
func (s *strip) TypedRune(r rune) {
	switch r {
	case ' ':
		s.open()
	case '+', '=':
		s.of.askFiles()
	}
}

// TypedKey moves, opens and takes away.
func (s *strip) TypedKey(key *fyne.KeyEvent) {
	if kit.PassKey(s, key) {
		return
	}
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.moveTo(s.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.moveTo(s.at + 1)
	case fyne.KeyHome:
		s.moveTo(0)
	case fyne.KeyEnd:
		s.moveTo(len(s.of.list) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.open()
	case fyne.KeyF2:
		s.open() // the keyboard is in its caption then
	case fyne.KeyDelete:
		if x, ok := s.chosen(); ok {
			s.of.remove(x)
		}
	}
}

// TypedShortcut is the menu on Alt+↓; all others are the window's.
func (s *strip) TypedShortcut(sc fyne.Shortcut) {
	k, ok := sc.(*desktop.CustomShortcut)
	if ok && k.Modifier == fyne.KeyModifierAlt && k.KeyName == fyne.KeyDown {
		s.menu()
		return
	}
	kit.PassShortcut(s, sc)
}

// menu offers what can be done with the file the keyboard is at.
func (s *strip) menu() {
	x, ok := s.chosen()
	if !ok {
		return
	}
	tile := s.tiles[s.at]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(tile)
	kit.Menu(s.of.desk.Window, at.AddXY(0, tileLayout{}.pictureSize().Height),
		fyne.NewMenuItem(kit.T("Xem, ghi chú thích"), func() { s.of.look(x) }),
		fyne.NewMenuItem(kit.T("Lưu ra tệp…"), func() { s.of.askSave(x) }),
		fyne.NewMenuItem(kit.T("Gỡ"), func() { s.of.remove(x) }),
		fyne.NewMenuItem(kit.T("Thêm ảnh, bản quét…"), s.of.askFiles))
}

func (s *strip) open() {
	if x, ok := s.chosen(); ok {
		s.of.look(x)
	}
}

// CreateRenderer shows the tiles side by side, off the edge, where lines would be cut.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.InsetXY(theme.SizeNone, theme.SizeTight, s.row))
}

// tile is one file: its picture, what it shows, and when.
type tile struct {
	widget.BaseWidget

	of      *strip
	index   int
	hovered bool

	back    *canvas.Rectangle
	picture *canvas.Image
	icon    *widget.Icon
	ring    *canvas.Rectangle
	name    *kit.Text
	day     *kit.Text
}

func newTile(of *strip, index int) *tile {
	t := &tile{
		of: of, index: index, back: canvas.NewRectangle(color.Transparent), picture: canvas.NewImageFromImage(nil),
		icon: widget.NewIcon(nil), ring: canvas.NewRectangle(color.Transparent), name: kit.Caption(""), day: kit.Caption(""),
	}
	t.name.Color = fynetheme.ColorNameForeground
	t.ring.Hidden = true
	t.picture.FillMode = canvas.ImageFillContain
	t.picture.ScaleMode = canvas.ImageScaleSmooth
	t.ExtendBaseWidget(t)
	return t
}

// show shows a file; its picture may not be there yet, or not be had.
func (t *tile) show(x record.Evidence, picture image.Image, known bool) {
	t.picture.Image = nil
	t.icon.SetResource(nil)
	switch {
	case x.Kind == "pdf":
		t.icon.SetResource(theme.Icon(fynetheme.IconNameDocument))
	case picture != nil:
		t.picture.Image = picture
	case known:
		t.icon.SetResource(fynetheme.NewErrorThemedResource(theme.Icon(fynetheme.IconNameBrokenImage)))
	}
	t.picture.Hidden, t.icon.Hidden = t.picture.Image == nil, t.icon.Resource == nil
	t.name.SetText(nameOf(x))
	t.day.SetText(factsOf(x))
	t.Refresh()
}

// factsOf is the day of a file, else how large it is.
func factsOf(x record.Evidence) string {
	switch {
	case x.Day != "":
		return x.Day.String()
	case x.Kind == "pdf":
		return "PDF, " + kit.Size(x.Size)
	}
	return kit.Size(x.Size)
}

func (t *tile) mark(on bool) {
	t.ring.Hidden = !on
	t.Refresh()
}

// Tapped puts the keyboard here and looks closer.
func (t *tile) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t.of)
	}
	t.of.moveTo(t.index)
	t.of.open()
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (t *tile) MouseIn(*desktop.MouseEvent)    { t.hovered = true; t.Refresh() }
func (t *tile) MouseMoved(*desktop.MouseEvent) {}
func (t *tile) MouseOut()                      { t.hovered = false; t.Refresh() }

// Cursor is a hand.
func (t *tile) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh follows the theme.
func (t *tile) Refresh() {
	t.dress()
	t.BaseWidget.Refresh()
}

func (t *tile) dress() {
	t.back.FillColor = fynetheme.Color(theme.ColorRail)
	t.back.StrokeColor = fynetheme.Color(fynetheme.ColorNameSeparator)
	if t.hovered {
		t.back.StrokeColor = fynetheme.Color(fynetheme.ColorNameInputBorder)
	}
	t.back.StrokeWidth = 1
	t.back.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	t.ring.StrokeColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	t.ring.StrokeWidth = fynetheme.Size(theme.SizeRing)
	t.ring.CornerRadius = t.back.CornerRadius
}

// CreateRenderer draws the picture above its two lines.
func (t *tile) CreateRenderer() fyne.WidgetRenderer {
	t.dress()
	return widget.NewSimpleRenderer(container.New(tileLayout{}, t.back, t.picture, t.icon, t.ring, t.name, t.day))
}

// tileLayout gives all tiles one size, which grows with the text.
type tileLayout struct{}

func (tileLayout) pictureSize() fyne.Size {
	row := fynetheme.Size(theme.SizeRow)
	return fyne.NewSize(row*4.25, row*3)
}

func (l tileLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	p := l.pictureSize()
	gap := fynetheme.Size(theme.SizeTight)
	bar := fynetheme.Size(fynetheme.SizeNameScrollBar)
	return fyne.NewSize(p.Width, p.Height+gap+o[4].MinSize().Height+o[5].MinSize().Height+bar)
}

func (l tileLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	p := l.pictureSize()
	// A line is drawn to both sides of its edge, and what is outside would be cut.
	edge := fynetheme.Size(theme.SizeRing) / 2
	for _, frame := range []fyne.CanvasObject{o[0], o[3]} {
		frame.Move(fyne.NewSquareOffsetPos(edge))
		frame.Resize(p.SubtractWidthHeight(2*edge, 2*edge))
	}
	o[1].Move(fyne.NewSquareOffsetPos(2 * edge))
	o[1].Resize(p.SubtractWidthHeight(4*edge, 4*edge))
	side := p.Height / 2
	o[2].Resize(fyne.NewSquareSize(side))
	o[2].Move(fyne.NewPos((p.Width-side)/2, (p.Height-side)/2))
	y := p.Height + fynetheme.Size(theme.SizeTight)
	for _, line := range o[4:6] {
		h := line.MinSize().Height
		line.Move(fyne.NewPos(0, y))
		line.Resize(fyne.NewSize(size.Width, h))
		y += h
	}
}
