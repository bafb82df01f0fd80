package kit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func TestAnOvertakenAnswerIsDropped(t *testing.T) {
	var held uitest.Held
	latest := kit.NewLatest(held.Runner())
	var got []string
	ask := func(q string) {
		kit.Ask(latest, func(context.Context) (string, error) { return q, nil }, func(a string, _ error) { got = append(got, a) })
	}
	ask("d")
	ask("da")
	held.ReleaseReversed()
	if diff := cmp.Diff([]string{"da"}, got); diff != "" {
		t.Errorf("answers shown (-want +got):\n%s", diff)
	}
}

func TestAnOvertakenQuestionIsCancelled(t *testing.T) {
	var held uitest.Held
	latest := kit.NewLatest(held.Runner())
	var first error
	kit.Ask(latest, func(ctx context.Context) (int, error) { first = ctx.Err(); return 0, nil }, func(int, error) {})
	kit.Ask(latest, func(ctx context.Context) (int, error) { return 0, ctx.Err() }, func(_ int, err error) {
		if err != nil {
			t.Errorf("the newest question must run: %v", err)
		}
	})
	held.ReleaseAll()
	if !errors.Is(first, context.Canceled) {
		t.Errorf("the older question ran on: %v", first)
	}
}

func TestWorkToBeDoneIsNeverDropped(t *testing.T) {
	var held uitest.Held
	r := held.Runner()
	done := 0
	for range 2 {
		kit.Do(r, func(context.Context) (int, error) { return 1, nil }, func(n int, _ error) { done += n })
	}
	held.ReleaseReversed()
	if done != 2 {
		t.Errorf("%d saves came back, want 2", done)
	}
}

func TestTypingWithUniKeyIsNotRewritten(t *testing.T) {
	uitest.App(t)
	e := kit.NewEntry()
	w := uitest.Window(t, e)
	w.Canvas().Focus(e)
	keys := uitest.NewKeyboard(w)
	keys.UniKey("Tập huấn ")
	e.Display("một giá trị cũ vừa đọc xong") // an answer arrives in the middle of typing
	keys.UniKey("ở Đăk Hà")
	if want := "Tập huấn ở Đăk Hà"; e.Text != want {
		t.Errorf("typed %q, want %q", e.Text, want)
	}
}

func TestAStoredValueShowsWhereNobodyTypes(t *testing.T) {
	uitest.App(t)
	e := kit.NewEntry()
	uitest.Window(t, e)
	e.Display("đã lưu")
	if e.Text != "đã lưu" {
		t.Errorf("shown %q", e.Text)
	}
}

func choices(words ...string) []kit.Choice {
	out := make([]kit.Choice, len(words))
	for i, w := range words {
		out[i] = kit.Choice{Key: w, Text: w}
	}
	return out
}

func TestPickerChoosesByKeyboard(t *testing.T) {
	uitest.App(t)
	var asked []string
	p := kit.NewPicker(uitest.AtOnce(), func(_ context.Context, q string) ([]kit.Choice, error) {
		asked = append(asked, q)
		return choices("xã Đăk Hà", "xã Đăk Hring"), nil
	})
	w := uitest.Window(t, p)
	w.Canvas().Focus(p.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Type("dak")
	keys.Press(fyne.KeyDown, fyne.KeyReturn)
	if got := p.Chosen().Key; got != "xã Đăk Hring" {
		t.Errorf("chosen %q", got)
	}
	if diff := cmp.Diff([]string{"", "d", "da", "dak"}, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestPickerShowsTheNewestAnswerOnly(t *testing.T) {
	uitest.App(t)
	var held uitest.Held
	p := kit.NewPicker(held.Runner(), func(_ context.Context, q string) ([]kit.Choice, error) { return choices("về " + q), nil })
	w := uitest.Window(t, p)
	p.Entry().SetText("d")
	p.Entry().SetText("da")
	held.ReleaseReversed()
	w.Canvas().Focus(p.FocusTarget())
	uitest.NewKeyboard(w).Press(fyne.KeyReturn)
	if got := p.Chosen().Text; got != "về da" {
		t.Errorf("chosen %q, want the answer to the newest question", got)
	}
}

func TestPickerForgetsAChoiceThatWasTypedOver(t *testing.T) {
	uitest.App(t)
	p := kit.NewPicker(uitest.AtOnce(), func(context.Context, string) ([]kit.Choice, error) { return nil, nil })
	told := 0
	p.OnChosen = func(c kit.Choice) {
		told++
		if c != (kit.Choice{}) {
			t.Errorf("told of %v", c)
		}
	}
	w := uitest.Window(t, p)
	p.SetChosen(kit.Choice{Key: "1", Text: "xã Đăk Hà"})
	w.Canvas().Focus(p.FocusTarget())
	uitest.NewKeyboard(w).Type("x")
	if p.Chosen() != (kit.Choice{}) || told != 1 {
		t.Errorf("still chosen %v, told %d times", p.Chosen(), told)
	}
}

func TestTermsAreFoundByBareLetters(t *testing.T) {
	for query, want := range map[string]string{"tap h": "training", "doi": "dialogue", "TOẠ": "roundtable", "long": "woven", "phat": "broadcast", "phát thanh": "broadcast", "hoi thi": "contest", "facebook": "social", "hội nghị đối": "dialogue"} {
		got := kit.MatchTerms(record.ActivityKinds, query)
		if len(got) == 0 || got[0].Key != want {
			t.Errorf("%q found %v, want %s first", query, got, want)
		}
	}
	if got := kit.MatchTerms(record.ActivityKinds, "xyz"); len(got) != 0 {
		t.Errorf("nonsense found %v", got)
	}
}

func TestProblemsStandUnderTheirFields(t *testing.T) {
	uitest.App(t)
	var fs kit.Fields
	name, date := kit.NewEntry(), kit.NewEntry()
	box := kit.VStack(theme.SizeGap, fs.Add("title", "Tên", name), fs.Add("when.date", "Ngày", date))
	w := uitest.Window(t, box)
	err := record.Activity{Kind: "training", Title: "Tập huấn", Status: "held"}.Validate()
	if rest := fs.Show(err); rest != "" {
		t.Errorf("left over: %q", rest)
	}
	if got := fs.Field("when.date").Problem(); got != "Chưa có ngày tổ chức." {
		t.Errorf("under the date: %q", got)
	}
	if w.Canvas().Focused() != date {
		t.Error("the first wrong field must have the keyboard")
	}
	fs.Show(nil)
	if got := fs.Field("when.date").Problem(); got != "" {
		t.Errorf("still there: %q", got)
	}
}

func TestAProblemWithoutAFieldIsHandedBack(t *testing.T) {
	var fs kit.Fields
	if got := fs.Show(record.Refuse(record.ErrSpace, "Hết chỗ.", "No room.")); got != "Hết chỗ." {
		t.Errorf("handed back %q", got)
	}
}

func TestConfirmPutsTheKeyboardOnTheSafeButton(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	done := false
	kit.Confirm(w, kit.Confirmation{Heading: "Xóa?", Loss: "Mất.", Do: "Xóa", Keep: "Giữ lại"}, func() { done = true })
	uitest.NewKeyboard(w).Press(fyne.KeySpace)
	if done || w.Canvas().Overlays().Top() != nil {
		t.Errorf("done %v; the safe button must close the dialog and do nothing", done)
	}
}

func TestChipsSwitchOnAndOff(t *testing.T) {
	uitest.App(t)
	var told []string
	c := kit.NewChips(func(key string) { told = append(told, key) })
	uitest.Window(t, c)
	c.Set([]kit.Chip{{Key: "held", Label: "Đã tổ chức", Count: 3}, {Key: "planned", Label: "Dự kiến", Count: 1}}, "")
	uitest.TapButton(t, c, "Dự kiến  1")
	uitest.TapButton(t, c, "Dự kiến  1")
	if diff := cmp.Diff([]string{"planned", ""}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
}

func TestToastOffersUndoOnce(t *testing.T) {
	uitest.App(t)
	toast := kit.NewToast(uitest.Clock)
	uitest.Window(t, toast)
	undone := 0
	toast.Say("Đã xóa", func() { undone++ })
	test.Tap(toast.UndoButton())
	if undone != 1 || toast.Text() != "" {
		t.Errorf("undone %d times, still saying %q", undone, toast.Text())
	}
}

func TestNumbersAndSizesAsWrittenHere(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1.000", -1234567: "-1.234.567"} {
		if got := kit.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{1: "1 KB", 3565158: "3,4 MB"} {
		if got := kit.Size(n); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestWhenIsRelativeOnlyWhenNear(t *testing.T) {
	now := time.Date(2026, 3, 5, 16, 0, 0, 0, time.UTC)
	for stamp, want := range map[string]string{
		"2026-03-05T14:05:00Z": "hôm nay 14:05", "2026-03-04T08:00:00Z": "hôm qua 08:00",
		"2026-02-01T08:00:00Z": "01/02/2026", "": "", "không rõ": "",
	} {
		if got := kit.When(stamp, now); got != want {
			t.Errorf("When(%q) = %q, want %q", stamp, got, want)
		}
	}
}

func TestWhatWasChosenLastIsOfferedFirst(t *testing.T) {
	uitest.App(t)
	all := []kit.Choice{{Key: "a", Text: "An Phát"}, {Key: "b", Text: "Bình Minh"}, {Key: "c", Text: "Cao su"}}
	open := func() *kit.Picker {
		p := kit.NewPicker(uitest.AtOnce(), func(_ context.Context, query string) ([]kit.Choice, error) {
			var out []kit.Choice
			for _, c := range all {
				if strings.Contains(strings.ToLower(c.Text), query) {
					out = append(out, c)
				}
			}
			return out, nil
		})
		kit.Recent(p, "test")
		return p
	}
	for _, query := range []string{"cao", "bình"} {
		p := open()
		w := uitest.Window(t, p)
		w.Canvas().Focus(p.FocusTarget())
		keys := uitest.NewKeyboard(w)
		keys.Type(query)
		keys.Press(fyne.KeyReturn)
	}
	p := open()
	w := uitest.Window(t, p)
	w.Canvas().Focus(p.FocusTarget())
	if got := uitest.Words(p); got != "Bình Minh\nCao su\nAn Phát" {
		t.Errorf("offered:\n%s", got)
	}
}

// TestAMarkGoesWithItsText: what was marked before another text came is not replaced by
// what is typed then.
func TestAMarkGoesWithItsText(t *testing.T) {
	uitest.App(t)
	p := kit.NewPicker(uitest.AtOnce(), func(context.Context, string) ([]kit.Choice, error) { return nil, nil })
	w := uitest.Window(t, p)
	p.SetChosen(kit.Choice{Key: "a", Text: "Tập huấn"})
	w.Canvas().Focus(p.FocusTarget()) // marks all
	p.SetChosen(kit.Choice{})         // a new form
	for _, r := range "pho" {
		p.FocusTarget().TypedRune(r)
	}
	if got := p.Text(); got != "pho" {
		t.Errorf("typed pho, there stands %q", got)
	}
}

// TestBoxesGiveTheWindowItsKeys: F6 works from a box, a closed list, choices and a grid.
func TestBoxesGiveTheWindowItsKeys(t *testing.T) {
	uitest.App(t)
	check, list := kit.NewCheck("Có", nil), kit.NewSelect([]string{"Một"}, nil)
	grid, radio := kit.NewGrid([]kit.GridColumn{{Title: "Tên"}}), kit.NewRadio([]string{"Một", "Hai"}, nil)
	w := uitest.Window(t, kit.VStack(theme.SizeGap, check, list, radio, grid))
	turned := 0
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyF6 {
			turned++
		}
	})
	for _, f := range []fyne.Focusable{check, list, radio, grid.FocusTarget()} {
		w.Canvas().Focus(f)
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF6})
	}
	if turned != 4 {
		t.Errorf("F6 was passed on %d times, want 4", turned)
	}
}

// TestAProblemGoesOnceItIsMended: while somebody types, what is true no more goes, what is
// still wrong stays, and nothing new is said.
func TestAProblemGoesOnceItIsMended(t *testing.T) {
	uitest.App(t)
	var fs kit.Fields
	fs.Add("title", "Tên", kit.NewEntry())
	fs.Add("when.date", "Ngày", kit.NewEntry())
	a := record.Activity{Kind: "training", Status: "held"}
	fs.Place(a.Validate())
	title := fs.Field("title").Problem()
	if title == "" || fs.Field("when.date").Problem() == "" {
		t.Fatal("two things are wrong")
	}
	a.When.Date = record.DateOf(uitest.Now)
	fs.Mend(a.Validate)
	if fs.Field("title").Problem() != title || fs.Field("when.date").Problem() != "" {
		t.Errorf("with a day: %q, %q", fs.Field("title").Problem(), fs.Field("when.date").Problem())
	}
	a.Title = "Tập huấn"
	fs.Mend(a.Validate)
	a.Title = ""
	fs.Mend(a.Validate)
	if got := fs.Field("title").Problem(); got != "" {
		t.Errorf("said while typing: %q", got)
	}
}
