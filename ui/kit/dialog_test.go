package kit_test

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// asking opens a sheet with two fields and counts how often it was carried out.
func asking(t *testing.T) (w fyne.Window, folder *kit.PathEntry, done *int) {
	t.Helper()
	uitest.App(t)
	w = uitest.Window(t, kit.NewEntry())
	kit.Keys(w.Canvas(), func(*fyne.KeyEvent) { t.Error("a key went past the sheet to the window") })
	done = new(int)
	folder = kit.NewFolderEntry(kit.Desk{Window: w, Runner: uitest.AtOnce()})
	body := kit.VStack(theme.SizeGap, kit.NewField("Thư mục", folder.Object()), kit.NewField("Tên tệp", kit.NewEntry()))
	kit.AskFields(w, "Xuất sổ Excel", body, "Xuất", func(done2 func()) { *done++; done2() })
	return w, folder, done
}

func TestASheetOpensWithTheKeyboardInItsFirstField(t *testing.T) {
	w, folder, _ := asking(t)
	uitest.NewKeyboard(w).Type("D:")
	if folder.Text != "D:" {
		t.Errorf("the first field has %q, the keyboard is at %T", folder.Text, w.Canvas().Focused())
	}
}

func TestEscapeAndEnterInASheet(t *testing.T) {
	for _, c := range []struct {
		name   string
		before func(fyne.Window, *uitest.Keyboard)
		key    fyne.KeyName
		done   int
	}{
		{"Enter in a field", func(fyne.Window, *uitest.Keyboard) {}, fyne.KeyReturn, 1},
		{"Escape in a field", func(fyne.Window, *uitest.Keyboard) {}, fyne.KeyEscape, 0},
		{"Enter where nothing has the keyboard", func(w fyne.Window, _ *uitest.Keyboard) { w.Canvas().Unfocus() }, fyne.KeyEnter, 1},
		{"Escape where nothing has the keyboard", func(w fyne.Window, _ *uitest.Keyboard) { w.Canvas().Unfocus() }, fyne.KeyEscape, 0},
		{"Enter on Thôi", func(w fyne.Window, _ *uitest.Keyboard) {
			kit.FocusOn(w.Canvas().Overlays().Top())
			for w.Canvas().Focused() == nil || !isButton(w.Canvas().Focused(), "Thôi") {
				w.Canvas().FocusNext()
			}
		}, fyne.KeyReturn, 0},
	} {
		w, _, done := asking(t)
		keys := uitest.NewKeyboard(w)
		c.before(w, keys)
		keys.Press(c.key)
		if *done != c.done || uitest.Overlay(w) != nil {
			t.Errorf("%s: done %d times, want %d; still open: %v", c.name, *done, c.done, uitest.Overlay(w) != nil)
		}
	}
}

func isButton(f fyne.Focusable, label string) bool {
	b, ok := f.(*kit.PushButton)
	return ok && b.Text == label
}

func TestTheKeysOfADialogThatOnlySpeaks(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape, fyne.KeySpace} {
		uitest.App(t)
		w := uitest.Window(t, kit.Line(""))
		kit.ShowSentence(w, kit.Plain, "Xong", "Đã ghi.")
		uitest.NewKeyboard(w).Press(key)
		if uitest.Overlay(w) != nil {
			t.Errorf("%s must close it", key)
		}
	}
}

func TestEscapeNeverDoesWhatCannotBeUndone(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	kit.Keys(w.Canvas(), func(*fyne.KeyEvent) {})
	for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyReturn} {
		kit.Confirm(w, kit.Confirmation{Heading: "Xóa?", Loss: "Mất.", Do: "Xóa", Keep: "Giữ lại"}, func() { t.Errorf("%s deleted", key) })
		w.Canvas().Unfocus()
		uitest.NewKeyboard(w).Press(key)
	}
	kit.ShowSentence(w, kit.Plain, "Một", "")
	kit.ShowSentence(w, kit.Plain, "Hai", "")
	kit.CloseDialogs(w.Canvas())
	if uitest.Overlay(w) != nil {
		t.Error("a dialog was left over the window")
	}
}

// The strip under the line of a field shows the same whether the line is too long
// or not: nothing lies there. (The shade at its left end may stay.)
func TestALongLineHasNoScrollBarOverIt(t *testing.T) {
	strip := func(text string) string {
		uitest.App(t)
		e := kit.NewEntry()
		w := uitest.Window(t, container.NewWithoutLayout(e))
		e.Resize(fyne.NewSize(160, 36))
		w.Canvas().Focus(e)
		uitest.NewKeyboard(w).Type(text)
		w.Canvas().Unfocus()
		var out strings.Builder
		picture := w.Canvas().Capture().(*image.NRGBA)
		for y := 29; y < 35; y++ {
			out.Write(picture.Pix[y*picture.Stride+4*100 : y*picture.Stride+4*156])
		}
		return out.String()
	}
	if strip("ngắn") != strip(strings.Repeat("nơi xa ", 30)) {
		t.Error("something is drawn over the lower edge of a field whose text is long")
	}
}

func TestDamageShownAnywhereIsHeardOf(t *testing.T) {
	var heard []error
	kit.OnDamaged(func(err error) { heard = append(heard, err) })
	defer kit.OnDamaged(nil)
	damage := record.Refuse(record.ErrDamaged, "Sổ bị hỏng.", "Damaged.")
	kit.Sentence(damage)
	new(kit.Fields).Place(damage)
	kit.Sentence(record.Refuse(record.ErrSpace, "Hết chỗ.", "No room."))
	if len(heard) != 2 {
		t.Errorf("heard of %v, want twice of the damage", heard)
	}
}
