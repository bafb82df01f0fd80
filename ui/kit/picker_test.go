package kit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// page is a form of five fields on a page, with a picker in its third.
type page struct {
	*uitest.Keyboard
	window fyne.Window
	form   *kit.FormScroll
	picker *kit.Picker
	fields []*kit.Field
}

func newPage(t *testing.T, before, after int, width, height float32, choices []kit.Choice) *page {
	t.Helper()
	p := &page{picker: kit.NewPicker(uitest.AtOnce(), func(_ context.Context, query string) ([]kit.Choice, error) {
		var out []kit.Choice
		for _, c := range choices {
			if strings.Contains(strings.ToLower(c.Text), query) {
				out = append(out, c)
			}
		}
		return out, nil
	})}
	all := kit.VStack(theme.SizeGap)
	add := func(label string, o fyne.CanvasObject) {
		f := kit.NewField(label, o)
		p.fields = append(p.fields, f)
		all.Add(f)
	}
	for i := range before {
		add(fmt.Sprint("trước ", i), kit.NewEntry())
	}
	add("chọn", p.picker)
	for i := range after {
		add(fmt.Sprint("sau ", i), kit.NewEntry())
	}
	p.form = kit.NewFormScroll(uitest.AtOnce(), all)
	p.window = uitest.Window(t, p.form)
	p.window.Resize(fyne.NewSize(width, height))
	p.Keyboard = uitest.NewKeyboard(p.window)
	return p
}

func (p *page) tops() (tops []float32) {
	for _, f := range p.fields {
		at, _ := uitest.Place(f)
		tops = append(tops, at.Y)
	}
	return tops
}

func numbered(n int) (out []kit.Choice) {
	for i := range n {
		out = append(out, kit.Choice{Key: fmt.Sprint(i), Text: fmt.Sprintf("dòng %02d", i)})
	}
	return out
}

// TestChoicesMoveNothing: they lie over the fields below, and the field keeps the keyboard.
func TestChoicesMoveNothing(t *testing.T) {
	uitest.App(t)
	p := newPage(t, 2, 4, 600, 600, numbered(9))
	before := p.tops()
	p.window.Canvas().Focus(p.picker.FocusTarget())
	p.Type("dòng")
	if diff := cmp.Diff(before, p.tops()); diff != "" {
		t.Errorf("fields moved (-want +got):\n%s", diff)
	}
	if p.window.Canvas().Focused() != p.picker.FocusTarget() || p.window.Canvas().Overlays().Top() != nil {
		t.Error("the choices took the keyboard")
	}
	if got := p.picker.Text(); got != "dòng" {
		t.Errorf("in the field: %q", got)
	}
	first := uitest.Line(t, p.form, "dòng 00")
	at, _ := uitest.Place(first)
	if _, field := uitest.Place(p.picker); at.Y < before[2]+field.Height {
		t.Errorf("the choices begin at %v, over the field", at.Y)
	}
	p.Press(fyne.KeyEscape)
	if strings.Contains(uitest.Words(p.form), "dòng 00") {
		t.Error("Escape leaves the choices")
	}
}

// TestChoicesStayInSight: they are as many as fit, and above the field where more do.
func TestChoicesStayInSight(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after int
		height        float32
		above         bool
		least         int
	}{
		{"room below", 1, 6, 600, false, 6},
		{"little room", 1, 3, 300, false, 3},
		{"at the end", 6, 0, 600, true, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			uitest.App(t)
			p := newPage(t, c.before, c.after, 600, c.height, numbered(12))
			p.window.Canvas().Focus(p.picker.FocusTarget())
			field, size := uitest.Place(p.picker)
			shown := 0
			for i := range 12 {
				text := fmt.Sprintf("dòng %02d", i)
				if !strings.Contains(uitest.Words(p.form), text) {
					continue
				}
				shown++
				at, high := uitest.Place(uitest.Line(t, p.form, text))
				if at.Y < 0 || at.Y+high.Height > c.height {
					t.Errorf("%q stands at %v, out of sight", text, at.Y)
				}
				if above := at.Y < field.Y; above != c.above || !above && at.Y < field.Y+size.Height {
					t.Errorf("%q stands at %v, the field at %v", text, at.Y, field.Y)
				}
			}
			if shown < c.least || shown > 6 {
				t.Errorf("%d choices in sight", shown)
			}
		})
	}
}

// TestArrowsReachEveryChoice, also those out of sight.
func TestArrowsReachEveryChoice(t *testing.T) {
	uitest.App(t)
	p := newPage(t, 0, 6, 600, 600, numbered(9))
	p.window.Canvas().Focus(p.picker.FocusTarget())
	for range 8 {
		p.Press(fyne.KeyDown)
	}
	if words := uitest.Words(p.form); !strings.Contains(words, "dòng 08") || strings.Contains(words, "dòng 00") {
		t.Errorf("in sight:\n%s", words)
	}
	p.Press(fyne.KeyReturn)
	if got := p.picker.Chosen().Text; got != "dòng 08" {
		t.Errorf("chosen %q", got)
	}
	p.Press(fyne.KeyDown)
	p.Press(fyne.KeyUp, fyne.KeyReturn)
	if got := p.picker.Chosen().Text; got != "dòng 08" {
		t.Errorf("of one that is left, chosen %q", got)
	}
}

// TestNoChoiceIsCut: the list is wider than a narrow field, and what is longer wraps.
func TestNoChoiceIsCut(t *testing.T) {
	long := kit.Choice{Key: "a", Text: "Tuyên truyền, phổ biến trên phương tiện thông tin đại chúng", Detail: "12 cuộc năm nay"}
	longest := kit.Choice{Key: "b", Text: strings.Repeat("Công ty trách nhiệm hữu hạn một thành viên ", 3) + "Kon Tum", Detail: "xã Đăk Hà, tỉnh Quảng Ngãi"}
	for _, scale := range []float32{1, 1.5} {
		uitest.App(t)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		p := newPage(t, 0, 6, 600, 768, []kit.Choice{long, longest})
		narrow := container.NewHBox(container.NewGridWrap(fyne.NewSize(160, 700), p.form), widget.NewLabel(""))
		p.window.SetContent(narrow)
		for _, o := range []fyne.CanvasObject{narrow, p.form} {
			p.window.SetContent(o)
			p.picker.SetChosen(kit.Choice{})
			p.window.Canvas().Unfocus()
			p.window.Canvas().Focus(p.picker.FocusTarget())
			words := strings.Join(strings.Fields(uitest.Words(p.form)), " ")
			for _, c := range []kit.Choice{long, longest} {
				if !strings.Contains(words, strings.TrimSpace(c.Text)) || !strings.Contains(words, c.Detail) {
					t.Errorf("at %v, %q is cut:\n%s", scale, c.Text, words)
				}
			}
		}
		if at := uitest.Right(uitest.Line(t, p.form, "12 cuộc năm nay")); at > 600 {
			t.Errorf("at %v, the detail ends at %v", scale, at)
		}
	}
}

// TestWhatIsChosenIsOfferedNoMore by a picker of several.
func TestWhatIsChosenIsOfferedNoMore(t *testing.T) {
	uitest.App(t)
	all := choices("Bảo hiểm xã hội", "Bảo hiểm y tế", "Tiền lương")
	m := kit.NewMultiPicker(uitest.AtOnce(), func(_ context.Context, query string) ([]kit.Choice, error) {
		var out []kit.Choice
		for _, c := range all {
			if strings.HasPrefix(strings.ToLower(c.Text), query) {
				out = append(out, c)
			}
		}
		return out, nil
	})
	w := uitest.Window(t, m)
	w.Canvas().Focus(m.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Type("bảo")
	keys.Press(fyne.KeyReturn)
	keys.Type("bảo")
	if strings.Count(uitest.Words(m), "Bảo hiểm xã hội") != 1 {
		t.Errorf("offered again:\n%s", uitest.Words(m))
	}
	keys.Press(fyne.KeyReturn)
	if diff := cmp.Diff([]string{"Bảo hiểm xã hội", "Bảo hiểm y tế"}, m.Keys()); diff != "" {
		t.Errorf("chosen (-want +got):\n%s", diff)
	}
	keys.Type("bảo")
	if words := uitest.Words(m); !strings.Contains(words, "Đã chọn rồi.") || strings.Contains(words, "Không tìm thấy") {
		t.Errorf("said:\n%s", words)
	}
}
