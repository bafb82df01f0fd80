package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func monthsChart() *kit.BarChart {
	c := kit.NewBarChart()
	c.Title, c.Unit, c.Now, c.Before, c.Target = "Theo tháng", "hoạt động", "năm nay", "năm trước", 9
	c.Set([]kit.Bar{{Label: "1", Name: "tháng 1", Value: 3, Before: 2}, {Label: "2", Value: 12}, {Label: "3", Value: 7, Before: 8}})
	return c
}

func TestArrowsMoveOverBarsAndSayThem(t *testing.T) {
	uitest.App(t)
	c := monthsChart()
	w := uitest.Window(t, c)
	if got, want := c.Caption(), "tổng 22 hoạt động, năm trước: 10"; got != want {
		t.Errorf("at rest it says %q, want %q", got, want)
	}
	var opened []int
	c.OnOpen = func(i int) { opened = append(opened, i) }
	w.Canvas().Focus(c.FocusTarget())
	if got, want := c.Caption(), "tháng 1: 3 hoạt động, năm trước: 2, chỉ tiêu 9"; got != want {
		t.Errorf("on the first bar it says %q, want %q", got, want)
	}
	keys := uitest.NewKeyboard(w)
	keys.Press(fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyRight, fyne.KeySpace, fyne.KeyHome, fyne.KeyReturn)
	if diff := cmp.Diff([]int{1, 2, 0}, opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	w.Canvas().Unfocus()
	if !strings.HasPrefix(c.Caption(), "tổng") {
		t.Errorf("left, it still says %q", c.Caption())
	}
}

func TestWhatHasNotComeHasNoNumber(t *testing.T) {
	uitest.App(t)
	for _, lying := range []bool{false, true} {
		c := monthsChart()
		c.Target, c.Lying = 0, lying
		c.Set([]kit.Bar{{Label: "3", Value: 5, Before: 4}, {Label: "4", Name: "tháng 4", Before: 7, Ahead: true}})
		w := uitest.Window(t, c)
		if words := strings.Split(uitest.Words(c), "\n"); contains(words, "0") || !contains(words, "7") {
			t.Errorf("lying %v: %q", lying, words)
		}
		w.Canvas().Focus(c.FocusTarget())
		uitest.NewKeyboard(w).Press(fyne.KeyEnd)
		if got, want := c.Caption(), "tháng 4: chưa đến, năm trước: 7"; got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

func TestATapOpensTheBarUnderIt(t *testing.T) {
	uitest.App(t)
	for _, lying := range []bool{false, true} {
		c := monthsChart()
		c.Lying = lying
		w := uitest.Window(t, c)
		opened := -1
		c.OnOpen = func(i int) { opened = i }
		at := fyne.NewPos(600, 400) // in the middle of three bars beside each other
		if lying {
			at = fyne.NewPos(600, 45)
		}
		test.TapCanvas(w.Canvas(), at)
		if want := map[bool]int{false: 1, true: 0}[lying]; opened != want {
			t.Errorf("lying %v: opened %d, want %d", lying, opened, want)
		}
	}
}

func TestAChartIsCopiedInWords(t *testing.T) {
	uitest.App(t)
	c := monthsChart()
	w := uitest.Window(t, c)
	w.Canvas().Focus(c.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Ctrl(fyne.KeyC)
	want := "Theo tháng: tổng 22 hoạt động, năm trước: 10\ntháng 1: 3 hoạt động, năm trước: 2, chỉ tiêu 9\n" +
		"2: 12 hoạt động, năm trước: 0, chỉ tiêu 9\n3: 7 hoạt động, năm trước: 8, chỉ tiêu 9"
	if diff := cmp.Diff(want, keys.Clipboard.Content()); diff != "" {
		t.Errorf("copied (-want +got):\n%s", diff)
	}
}

func TestEveryBarCarriesItsNumberAndTheTargetItsName(t *testing.T) {
	uitest.App(t)
	for _, lying := range []bool{false, true} {
		c := monthsChart()
		c.Lying = lying
		uitest.Window(t, c)
		words := strings.Split(uitest.Words(c), "\n")
		for _, want := range []string{"3", "2", "12", "7", "8", "chỉ tiêu 9", "năm nay", "năm trước"} {
			if !contains(words, want) {
				t.Errorf("lying %v: %q is not written; there are %q", lying, want, words)
			}
		}
	}
}

func contains(words []string, want string) bool {
	for _, w := range words {
		if w == want {
			return true
		}
	}
	return false
}

func TestAnEmptyChartTakesKeysAndTaps(t *testing.T) {
	uitest.App(t)
	c := kit.NewBarChart()
	c.OnOpen = func(i int) { t.Errorf("opened %d of nothing", i) }
	w := uitest.Window(t, c)
	w.Canvas().Focus(c.FocusTarget())
	uitest.NewKeyboard(w).Press(fyne.KeyRight, fyne.KeyEnd, fyne.KeyReturn)
	test.TapCanvas(w.Canvas(), fyne.NewPos(300, 300))
	c.Set(monthsChart().Bars())
	c.Set(nil)
}

func TestSharesSayPartAndWhole(t *testing.T) {
	uitest.App(t)
	c := kit.NewShareBars()
	c.Unit = "lượt"
	c.Set([]kit.Share{{Label: "Người lao động", Value: 998}, {Label: "Cán bộ", Value: 1}, {Label: "Khác", Value: 0}})
	opened := -1
	c.OnOpen = func(i int) { opened = i }
	w := uitest.Window(t, c)
	w.Canvas().Focus(c.FocusTarget())
	uitest.NewKeyboard(w).Press(fyne.KeyDown, fyne.KeyReturn)
	if got, want := c.Caption(), "Cán bộ: 1 trên 999 lượt, <1 %"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if opened != 1 {
		t.Errorf("opened %d, want 1", opened)
	}
	words := strings.Split(uitest.Words(c), "\n")
	for _, want := range []string{"998", "99 %", "<1 %", "0 %"} { // nearly all is not all
		if !contains(words, want) {
			t.Errorf("%q is not written; there are %q", want, words)
		}
	}
}

func TestATargetSaysItsStateInWords(t *testing.T) {
	uitest.App(t)
	for _, tt := range []struct {
		target kit.Target
		want   string
	}{
		{kit.Target{Name: "a", Numerator: 18, Denominator: 23, Threshold: 90, State: kit.Attention, Detail: "còn 5 cơ quan"},
			"a: 18 / 23  ·  78 %, mức 90 %; cần chú ý: còn 5 cơ quan"},
		{kit.Target{Name: "b", Numerator: 12, Denominator: 12, State: kit.Fine}, "b: 12 / 12  ·  100 %; đạt"},
		{kit.Target{Name: "c", State: kit.Plain, Word: "chưa đến kỳ"}, "c: 0 / 0  ·  –; chưa đến kỳ"},
		{kit.Target{Name: "d", Numerator: 1, Denominator: 300, State: kit.Wrong}, "d: 1 / 300  ·  <1 %; chưa đạt"},
		{kit.Target{Name: "e", Numerator: 1200, Unit: "lần", State: kit.Plain, Word: "đang thực hiện"}, "e: 1.200 lần; đang thực hiện"},
	} {
		b := kit.NewTargetBar()
		b.Set(tt.target)
		if got := b.Described(); got != tt.want {
			t.Errorf("it says %q, want %q", got, tt.want)
		}
	}
}

func TestATargetOpensByKeyAndByTap(t *testing.T) {
	uitest.App(t)
	b := kit.NewTargetBar()
	b.Set(kit.Target{Name: "b", Numerator: 1, Denominator: 2, State: kit.Fine})
	w := uitest.Window(t, b)
	uitest.NewKeyboard(w).Press(fyne.KeyReturn)
	opened := 0
	b.OnOpen = func() { opened++ }
	w.Canvas().Focus(b.FocusTarget())
	uitest.NewKeyboard(w).Press(fyne.KeyReturn, fyne.KeySpace)
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 20))
	if opened != 3 {
		t.Errorf("opened %d times, want 3", opened)
	}
	if !strings.Contains(uitest.Words(b), "đạt") {
		t.Errorf("no word says the state: %q", uitest.Words(b))
	}
}
