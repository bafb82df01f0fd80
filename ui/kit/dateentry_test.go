package kit_test

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// readDay knows a few writings; the register's own reader is handed in likewise.
func readDay(text string) (record.Date, error) {
	if d, ok := map[string]record.Date{"5/3": "2026-03-05", "05032026": "2026-03-05", "05/03/2026": "2026-03-05", "10/03/2026": "2026-03-10", "hôm nay": "2026-03-10"}[text]; ok {
		return d, nil
	}
	return "", record.Refuse(record.ErrInvalid, "Ngày ghi như 5/3.", "Write the day like 5/3.")
}

func newDateField(t *testing.T) (*kit.DateEntry, *kit.Field, fyne.Window, *uitest.Keyboard) {
	t.Helper()
	uitest.App(t)
	d := kit.NewDateEntry(readDay, func() record.Date { return "2026-03-10" })
	f := kit.NewField("Ngày", d)
	w := uitest.Window(t, container.NewVBox(f, kit.NewEntry()))
	w.Canvas().Focus(d.FocusTarget())
	return d, f, w, uitest.NewKeyboard(w)
}

// TestADayIsShownAsTheOfficeWritesItOnceLeft, and what cannot be read as it was typed.
func TestADayIsShownAsTheOfficeWritesItOnceLeft(t *testing.T) {
	for text, want := range map[string]struct{ holds, says string }{
		"5/3": {"05/03/2026", "Thứ Năm"}, "05/03/2026": {"05/03/2026", "Thứ Năm"}, "hôm nay": {"10/03/2026", "Thứ Ba"}, "31/2": {"31/2", ""}, "": {"", ""},
	} {
		d, f, _, keys := newDateField(t)
		keys.UniKey(text)
		if f.HintText() != "" || d.Entry().Text != text {
			t.Errorf("%q: while typing it holds %q and says %q", text, d.Entry().Text, f.HintText())
		}
		keys.Press(fyne.KeyTab)
		if f.HintText() != want.says || d.Entry().Text != want.holds {
			t.Errorf("%q left: the field says %q and holds %q", text, f.HintText(), d.Entry().Text)
		}
	}
}

func TestADayThatCannotBeReadIsAnError(t *testing.T) {
	d, _, _, keys := newDateField(t)
	if day, err := d.Value(); day != "" || err != nil {
		t.Errorf("an empty field gives %q, %v", day, err)
	}
	keys.Type("31/2")
	if _, err := d.Value(); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("31/2 gives %v", err)
	}
}

func TestADayIsChosenFromAMonthByKeys(t *testing.T) {
	d, f, w, keys := newDateField(t)
	left := 0
	d.Entry().OnLeft = func() { left++ }
	changed := ""
	d.Entry().OnChanged = func(s string) { changed = s }
	keys.Type("5/3")
	keys.Alt(fyne.KeyDown)
	if d.Chooser() == nil || d.Chooser().Day() != "2026-03-05" {
		t.Fatal("Alt+Down must open the month at the day typed")
	}
	keys.Press(fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyReturn)
	if d.Chooser() != nil || d.Entry().Text != "13/04/2026" || changed != "13/04/2026" {
		t.Errorf("the field holds %q, its owner heard %q", d.Entry().Text, changed)
	}
	if left != 0 {
		t.Error("opening the month is not leaving the field")
	}
	if w.Canvas().Focused() != d.FocusTarget() {
		t.Error("the keyboard must be back in the field")
	}
	_ = f
}

func TestEscapeLeavesTheDayAsItIs(t *testing.T) {
	d, _, _, keys := newDateField(t)
	keys.Type("chưa rõ")
	keys.Press(fyne.KeyF4)
	if d.Chooser() == nil || d.Chooser().Day() != "2026-03-10" {
		t.Fatal("F4 must open the month, at today where the text is no day")
	}
	keys.Press(fyne.KeyLeft, fyne.KeyEscape)
	if d.Chooser() != nil || d.Entry().Text != "chưa rõ" {
		t.Errorf("the field holds %q", d.Entry().Text)
	}
}

func TestADayIsChosenByTap(t *testing.T) {
	d, _, w, _ := newDateField(t)
	d.Choose()
	m := d.Chooser()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(m)
	side := m.MinSize().Width / 7
	test.TapCanvas(w.Canvas(), at.AddXY(side*6.5, side*0.5)) // the month after
	test.TapCanvas(w.Canvas(), at.AddXY(side*0.5, side*2.5)) // its first Monday, of the month before
	if d.Entry().Text != "30/03/2026" {
		t.Errorf("chosen %q", d.Entry().Text)
	}
	d.Choose()
	test.TapCanvas(w.Canvas(), fyne.NewPos(1200, 700))
	if d.Chooser() != nil {
		t.Error("a tap beside the month must close it")
	}
	d.Choose()
	if d.Chooser() == nil {
		t.Error("and it opens again")
	}
}

func TestANumberIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "0": 0, "60": 60, "1234": 1234, "1.234": 1234, "1,234": 1234, "1 234": 1234, "1\u00a0234": 1234,
		"12.345.678": 12345678, " 60 ": 60, "-5": -5, "007": 7,
	} {
		if got, err := kit.ReadNumber(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"12,5", "1.23", "1.2345", "1..234", "1.234,5", "sáu", "6o", "-", "+5", "--5", "1.234 567", ".234", "9999999999999999999"} {
		if got, err := kit.ReadNumber(text); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q is %d, %v; want it refused", text, got, err)
		}
	}
}

func TestANumberSaysHowItWasReadAndIsNeverRewritten(t *testing.T) {
	for text, want := range map[string]string{"60": "", "1234": "= 1.234", "1.234": "", "1,234": "= 1.234", "12,5": "", "": ""} {
		uitest.App(t)
		n := kit.NewNumberEntry()
		f := kit.NewField("Tổng số", n)
		w := uitest.Window(t, container.NewVBox(f, kit.NewEntry()))
		w.Canvas().Focus(n.FocusTarget())
		keys := uitest.NewKeyboard(w)
		keys.Type(text)
		keys.Press(fyne.KeyTab)
		if f.HintText() != want || n.Entry().Text != text {
			t.Errorf("%q left: the field says %q and holds %q, want %q", text, f.HintText(), n.Entry().Text, want)
		}
	}
}

func TestAStoredValueDoesNotDisturbTyping(t *testing.T) {
	d, _, _, keys := newDateField(t)
	keys.Type("5/")
	d.SetValue("2026-01-01")
	keys.Type("3")
	if d.Entry().Text != "5/3" {
		t.Errorf("the field holds %q", d.Entry().Text)
	}
}
