package uitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"sophobien/ui/kit"
)

// walk visits what is visible in an object, in the order it is drawn.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch parent := o.(type) {
	case *fyne.Container:
		for _, child := range parent.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(parent).Objects() {
			walk(child, visit)
		}
	}
}

// Button finds a visible button by its label.
func Button(t *testing.T, in fyne.CanvasObject, label string) *kit.PushButton {
	t.Helper()
	var found *kit.PushButton
	var seen []string
	walk(in, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.PushButton); ok {
			seen = append(seen, b.Text)
			if b.Text == label {
				found = b
			}
		}
	})
	if found == nil {
		t.Fatalf("no button %q; there are %q", label, seen)
	}
	return found
}

// TapButton taps a visible button by its label.
func TapButton(t *testing.T, in fyne.CanvasObject, label string) {
	t.Helper()
	test.Tap(Button(t, in, label))
}

// Words are all words visible in an object, in the order they are drawn.
func Words(in fyne.CanvasObject) string {
	var words []string
	walk(in, func(o fyne.CanvasObject) {
		if line, ok := o.(*canvas.Text); ok && line.Text != "" {
			words = append(words, line.Text)
		}
	})
	return strings.Join(words, "\n")
}

// Overlay is what lies over a window, such as a dialog; nil when nothing does.
func Overlay(w fyne.Window) fyne.CanvasObject { return w.Canvas().Overlays().Top() }

// Find is the first visible object of a type.
func Find[T fyne.CanvasObject](t *testing.T, in fyne.CanvasObject) T {
	t.Helper()
	return first(t, in, func(T) bool { return true })
}

// Entry finds the first visible field that shows exactly a text.
func Entry(t *testing.T, in fyne.CanvasObject, text string) *kit.Entry {
	t.Helper()
	return first(t, in, func(e *kit.Entry) bool { return e.Text == text })
}

// Check finds a visible check box by its label.
func Check(t *testing.T, in fyne.CanvasObject, label string) *kit.Check {
	t.Helper()
	return first(t, in, func(c *kit.Check) bool { return c.Text == label })
}

func first[T fyne.CanvasObject](t *testing.T, in fyne.CanvasObject, fits func(T) bool) T {
	t.Helper()
	var found T
	ok := false
	walk(in, func(o fyne.CanvasObject) {
		if candidate, is := o.(T); is && !ok && fits(candidate) {
			found, ok = candidate, true
		}
	})
	if !ok {
		t.Fatalf("no such %T in:\n%s", found, Words(in))
	}
	return found
}

// EntryUnder finds the field people type in under a label.
func EntryUnder(t *testing.T, in fyne.CanvasObject, label string) *kit.Entry {
	t.Helper()
	field := first(t, in, func(f *kit.Field) bool { return f.Label() == label })
	return first(t, field.Input(), func(*kit.Entry) bool { return true })
}

// FieldUnder is what takes the keyboard under a label.
func FieldUnder(t *testing.T, in fyne.CanvasObject, label string) fyne.Focusable {
	t.Helper()
	input := first(t, in, func(f *kit.Field) bool { return f.Label() == label }).Input()
	if holder, ok := input.(interface{ FocusTarget() fyne.Focusable }); ok {
		return holder.FocusTarget()
	}
	return input.(fyne.Focusable)
}

// TextUnder is what is typed under a label.
func TextUnder(t *testing.T, in fyne.CanvasObject, label string) string {
	t.Helper()
	field := FieldUnder(t, in, label)
	field.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	return field.(interface{ SelectedText() string }).SelectedText()
}

// Labels are the labels of the visible fields, in the order they are drawn.
func Labels(in fyne.CanvasObject) []string {
	var labels []string
	walk(in, func(o fyne.CanvasObject) {
		if f, ok := o.(*kit.Field); ok {
			labels = append(labels, f.Label())
		}
	})
	return labels
}

// TabLabels presses Tab from what has the keyboard until it comes back there, and names the fields on the way, by their labels.
func (k *Keyboard) TabLabels(t *testing.T, in fyne.CanvasObject) []string {
	t.Helper()
	byField := map[fyne.Focusable]string{}
	walk(in, func(o fyne.CanvasObject) {
		f, ok := o.(*kit.Field)
		if !ok {
			return
		}
		switch input := f.Input().(type) {
		case interface{ FocusTarget() fyne.Focusable }:
			byField[input.FocusTarget()] = f.Label()
		case fyne.Focusable:
			byField[input] = f.Label()
		case *fyne.Container: // a small grid in a frame
			walk(input, func(o fyne.CanvasObject) {
				if g, ok := o.(*kit.Grid); ok {
					byField[g.FocusTarget()] = f.Label()
				}
			})
		}
	})
	var out []string
	start, last := k.canvas.Focused(), fyne.Focusable(nil)
	for range 200 {
		f := k.canvas.Focused()
		if f == nil || f == start && last != nil && last != f {
			break
		}
		if label, ok := byField[f]; ok && f != last { // a grid keeps the keyboard for each of its cells
			out = append(out, label)
		}
		last = f
		k.Press(fyne.KeyTab)
	}
	return out
}

// Line finds a line as it is drawn, in full.
func Line(t *testing.T, in fyne.CanvasObject, words string) *canvas.Text {
	t.Helper()
	return first(t, in, func(line *canvas.Text) bool { return line.Text == words })
}

// Place is where an object stands in its window.
func Place(o fyne.CanvasObject) (fyne.Position, fyne.Size) {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
}

// Right is where an object ends at its right, in its window.
func Right(o fyne.CanvasObject) float32 {
	at, size := Place(o)
	return at.X + size.Width
}

// Each visits every visible object of a type, in the order they are drawn.
func Each[T fyne.CanvasObject](in fyne.CanvasObject, visit func(T)) {
	walk(in, func(o fyne.CanvasObject) {
		if one, is := o.(T); is {
			visit(one)
		}
	})
}
