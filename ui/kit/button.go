package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// PushButton is the toolkit's button made for the keyboard: a ring says that it has
// it, and Enter pushes it as Space does.
//
// Space pushes when its character comes, which is after the key: where pushing moves
// the keyboard to a field, nothing is left that would be typed into that field.
type PushButton struct {
	widget.Button

	focused bool
	hovered bool
}

// Primary is the one button of a page that does its main thing.
func Primary(label string, icon fyne.ThemeIconName, tapped func()) *PushButton {
	b := Button(label, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// Button is an ordinary button; "" for no icon.
func Button(label string, icon fyne.ThemeIconName, tapped func()) *PushButton {
	b := &PushButton{}
	b.Text, b.OnTapped = label, tapped
	if icon != "" {
		b.Icon = theme.Icon(icon)
	}
	b.ExtendBaseWidget(b)
	return b
}

// Quiet is a button that does not ask for attention.
func Quiet(label string, icon fyne.ThemeIconName, tapped func()) *PushButton {
	b := Button(label, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// FocusGained shows the ring.
func (b *PushButton) FocusGained() {
	b.focused = true
	Arrived(b)
	b.Button.FocusGained()
}

// FocusLost takes the ring away.
func (b *PushButton) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// MouseIn and MouseOut note that the mouse is on the button.
func (b *PushButton) MouseIn(e *desktop.MouseEvent) {
	b.hovered = true
	b.Button.MouseIn(e)
}

// MouseOut is the other half of MouseIn.
func (b *PushButton) MouseOut() {
	b.hovered = false
	b.Button.MouseOut()
}

// TypedKey pushes the button on Enter, and lets the window and a dialog have theirs.
func (b *PushButton) TypedKey(key *fyne.KeyEvent) {
	if PassKey(b, key) {
		return
	}
	if key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		b.Tapped(nil)
	}
}

// TypedRune pushes the button on Space.
func (b *PushButton) TypedRune(r rune) {
	if r == ' ' {
		b.Tapped(nil)
	}
}

// CreateRenderer draws the ring over the toolkit's button.
func (b *PushButton) CreateRenderer() fyne.WidgetRenderer {
	ring := canvas.NewRectangle(color.Transparent)
	r := &pushRenderer{WidgetRenderer: b.Button.CreateRenderer(), button: b, ring: ring, hadIcon: b.Icon != nil}
	r.showRing()
	return r
}

type pushRenderer struct {
	fyne.WidgetRenderer
	button  *PushButton
	ring    *canvas.Rectangle
	hadIcon bool
}

// MinSize takes back the room the toolkit keeps for an icon that was taken away.
func (r *pushRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	if r.hadIcon && r.button.Icon == nil {
		size.Width -= sizeOf(fynetheme.SizeNameInlineIcon)
		if r.button.Text != "" {
			size.Width -= sizeOf(fynetheme.SizeNamePadding)
		}
	}
	return size
}

func (r *pushRenderer) Objects() []fyne.CanvasObject {
	inner := r.WidgetRenderer.Objects()
	return append(inner[:len(inner):len(inner)], r.ring)
}

// Layout puts the ring at the edge of a pale button and inside a coloured one,
// where it stands against the colour and not against the page.
func (r *pushRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	inset := sizeOf(theme.SizeRing) / 2 // the line is drawn to both sides of the edge
	if r.coloured() {
		inset += sizeOf(theme.SizeRing)
	}
	r.ring.Move(fyne.NewSquareOffsetPos(inset))
	r.ring.Resize(size.SubtractWidthHeight(2*inset, 2*inset))
}

func (r *pushRenderer) Refresh() {
	r.hadIcon = r.hadIcon || r.button.Icon != nil
	r.showRing()
	r.WidgetRenderer.Refresh()
	r.Layout(r.button.Size())
	r.ring.Refresh()
}

func (r *pushRenderer) showRing() {
	r.ring.StrokeWidth = sizeOf(theme.SizeRing)
	r.ring.CornerRadius = sizeOf(fynetheme.SizeNameInputRadius)
	r.ring.StrokeColor = fynetheme.Color(r.ringColor())
	r.ring.Hidden = !r.button.focused || r.button.Disabled()
}

func (r *pushRenderer) ringColor() fyne.ThemeColorName {
	switch r.button.Importance {
	case widget.HighImportance:
		return fynetheme.ColorNameForegroundOnPrimary
	case widget.DangerImportance:
		return fynetheme.ColorNameForegroundOnError
	}
	return fynetheme.ColorNamePrimary
}

func (r *pushRenderer) coloured() bool { return r.ringColor() != fynetheme.ColorNamePrimary }
