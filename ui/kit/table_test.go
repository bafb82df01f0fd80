package kit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func newRegister(t *testing.T, rows int) (*kit.Table, *uitest.Keyboard, fyne.Window) {
	t.Helper()
	uitest.App(t)
	tb := kit.NewTable(kit.Column{Key: "name", Heading: "Họ tên"}, kit.Column{Key: "born", Heading: "Năm sinh", Ems: 5, Number: true}, kit.Column{Key: "unit", Heading: "Đơn vị", Ems: 10})
	tb.Selects = true
	tb.Row = func(i int) (kit.TableRow, bool) {
		return kit.TableRow{Key: fmt.Sprint("k", i), Cells: []string{fmt.Sprint("Người ", i), fmt.Sprint(1950 + i%60), "Thôn 1"}}, true
	}
	w := uitest.Window(t, tb)
	tb.SetTotal(rows)
	w.Canvas().Focus(tb.FocusTarget())
	return tb, uitest.NewKeyboard(w), w
}

func TestKeysGoThroughALongTable(t *testing.T) {
	tb, keys, _ := newRegister(t, 144_000)
	var been []int
	tb.OnCursor = func(i int) { been = append(been, i) }
	opened := -1
	tb.OnOpen = func(i int) { opened = i }
	keys.Press(fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn, fyne.KeyHome, fyne.KeyUp)
	if diff := cmp.Diff([]int{1, 143_999, 143_998, 0}, been); diff != "" {
		t.Errorf("was at (-want +got):\n%s", diff)
	}
	if opened != 143_998 {
		t.Errorf("opened %d", opened)
	}
	keys.Press(fyne.KeyPageDown)
	if at := tb.Cursor(); at < 10 || at > 30 {
		t.Errorf("a page further is row %d", at)
	}
	keys.Press(fyne.KeyEnd)
	if !strings.Contains(uitest.Words(tb), "Người 143999") {
		t.Error("the last row must be in sight")
	}
}

func TestOnlyRowsInSightAreAskedFor(t *testing.T) {
	tb, keys, _ := newRegister(t, 144_000)
	asked := map[int]bool{}
	read := tb.Row
	tb.Row = func(i int) (kit.TableRow, bool) { asked[i] = true; return read(i) }
	keys.Press(fyne.KeyEnd)
	if len(asked) > 40 {
		t.Errorf("%d rows were asked for", len(asked))
	}
}

func TestRowsThatComeLaterMoveNothing(t *testing.T) {
	tb, keys, _ := newRegister(t, 1000)
	read, come := tb.Row, false
	tb.Row = func(i int) (kit.TableRow, bool) {
		if i >= 50 && !come {
			return kit.TableRow{}, false
		}
		return read(i)
	}
	tb.Refresh()
	tb.MoveTo(60)
	keys.Press(fyne.KeySpace) // nothing to select yet
	words := uitest.Words(tb)
	if !strings.Contains(words, "…") || strings.Contains(words, "Người 60") || tb.SelectedCount() != 0 {
		t.Fatalf("a row not read must say only that it is there:\n%s", words)
	}
	come = true
	tb.Refresh()
	if words := uitest.Words(tb); !strings.Contains(words, "Người 60") || tb.Cursor() != 60 {
		t.Errorf("now at %d with:\n%s", tb.Cursor(), words)
	}
}

func TestSelectionSurvivesRowsThatMove(t *testing.T) {
	tb, keys, _ := newRegister(t, 100)
	told := 0
	tb.OnSelect = func() { told++ }
	keys.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	keys.Shift(fyne.KeyDown, fyne.KeyDown)
	if diff := cmp.Diff(kit.TableSelection{Keys: []string{"k0", "k2", "k3", "k4"}}, tb.Selection()); diff != "" {
		t.Errorf("selected (-want +got):\n%s", diff)
	}
	read := tb.Row
	tb.Row = func(i int) (kit.TableRow, bool) { return read(99 - i) } // sorted the other way
	tb.SetTotal(100)
	if tb.SelectedCount() != 4 || told != 4 {
		t.Errorf("%d are selected, told %d times", tb.SelectedCount(), told)
	}
	keys.Press(fyne.KeyEnd, fyne.KeySpace)
	if diff := cmp.Diff(kit.TableSelection{Keys: []string{"k4", "k3", "k2"}}, tb.Selection()); diff != "" {
		t.Errorf("selected (-want +got):\n%s", diff)
	}
	keys.Press(fyne.KeyEscape)
	if tb.SelectedCount() != 0 {
		t.Error("Escape must select none")
	}
}

func TestAllIsEverythingButWhatIsLeftOut(t *testing.T) {
	tb, keys, _ := newRegister(t, 144_000)
	keys.Ctrl(fyne.KeyA)
	keys.Press(fyne.KeyDown, fyne.KeySpace)
	if diff := cmp.Diff(kit.TableSelection{All: true, Keys: []string{"k1"}}, tb.Selection()); diff != "" {
		t.Errorf("selected (-want +got):\n%s", diff)
	}
	if tb.SelectedCount() != 143_999 {
		t.Errorf("%d are selected", tb.SelectedCount())
	}
	tb.OnCopyAll = func(s kit.TableSelection, put func([][]string)) { put([][]string{{"Từ sổ", "1990", "Thôn 2"}}) }
	keys.Ctrl(fyne.KeyC)
	if want := "Họ tên\tNăm sinh\tĐơn vị\nTừ sổ\t1990\tThôn 2\n"; keys.Clipboard.Content() != want {
		t.Errorf("copied %q, want %q", keys.Clipboard.Content(), want)
	}
}

func TestCopyTakesTheColumnsAsTheyAreShown(t *testing.T) {
	tb, keys, _ := newRegister(t, 5)
	keys.Ctrl(fyne.KeyC) // nothing is selected: the row of the keyboard
	if want := "Họ tên\tNăm sinh\tĐơn vị\nNgười 0\t1950\tThôn 1\n"; keys.Clipboard.Content() != want {
		t.Errorf("copied %q, want %q", keys.Clipboard.Content(), want)
	}
	tb.SetState(kit.TableState{Columns: []kit.ColumnState{{Key: "born", Ems: 5}, {Key: "unit", Hidden: true}, {Key: "name"}}})
	keys.Press(fyne.KeyEnd, fyne.KeySpace, fyne.KeyHome, fyne.KeySpace) // the later row first
	keys.Ctrl(fyne.KeyC)
	if want := "Năm sinh\tHọ tên\n1950\tNgười 0\n1954\tNgười 4\n"; keys.Clipboard.Content() != want {
		t.Errorf("copied %q, want %q", keys.Clipboard.Content(), want)
	}
}

func TestNothingIsCopiedInPart(t *testing.T) {
	tb, keys, _ := newRegister(t, 100)
	read := tb.Row
	tb.Row = func(i int) (kit.TableRow, bool) {
		if i == 77 {
			return kit.TableRow{}, false
		}
		return read(i)
	}
	refused := ""
	tb.OnRefused = func(s string) { refused = s }
	keys.Clipboard.SetContent("cũ")
	keys.Ctrl(fyne.KeyA)
	keys.Ctrl(fyne.KeyC)
	if keys.Clipboard.Content() != "cũ" || !strings.HasPrefix(refused, "Còn 1 dòng") {
		t.Errorf("copied %.20q, said %q", keys.Clipboard.Content(), refused)
	}
	keys.Press(fyne.KeyEscape, fyne.KeyHome)
	refused = ""
	for range 8 {
		keys.Shift(fyne.KeyPageDown) // over the row not read
	}
	if refused == "" {
		t.Error("a span with a row not read must be refused")
	}
}

func TestHeadingsAreUsedByKeyboard(t *testing.T) {
	tb, keys, _ := newRegister(t, 100)
	var sorted []kit.Sorting
	tb.OnSort = func(s kit.Sorting) { sorted = append(sorted, s) }
	var last kit.TableState
	tb.OnState = func(s kit.TableState) { last = s }
	keys.Ctrl(fyne.KeyUp)
	keys.Press(fyne.KeyRight, fyne.KeyReturn, fyne.KeyReturn, fyne.KeySpace)
	want := []kit.Sorting{{Key: "born"}, {Key: "born", Down: true}, {Key: "born"}}
	if diff := cmp.Diff(want, sorted); diff != "" {
		t.Errorf("sorted (-want +got):\n%s", diff)
	}
	if !strings.Contains(uitest.Words(tb), "Năm sinh ↑") {
		t.Error("the heading must show the order")
	}
	keys.Type("++-")
	keys.Ctrl(fyne.KeyRight)
	wantState := kit.TableState{Sort: kit.Sorting{Key: "born"}, Columns: []kit.ColumnState{{Key: "name"}, {Key: "unit", Ems: 10}, {Key: "born", Ems: 6}}}
	if diff := cmp.Diff(wantState, last); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	keys.Press(fyne.KeyDown, fyne.KeyDown)
	if tb.Cursor() != 1 {
		t.Errorf("back among the rows at %d, want 1", tb.Cursor())
	}
}

func TestStateIsKeptAsAValue(t *testing.T) {
	tb, _, _ := newRegister(t, 3)
	first := tb.State()
	text, err := json.Marshal(kit.TableState{Sort: kit.Sorting{Key: "unit", Down: true}, Columns: []kit.ColumnState{
		{Key: "unit", Ems: 900}, {Key: "gone", Ems: 4}, {Key: "name", Ems: -3, Hidden: true}, {Key: "unit", Ems: 4}}})
	if err != nil {
		t.Fatal(err)
	}
	var s kit.TableState
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	tb.SetState(s)
	want := kit.TableState{Sort: kit.Sorting{Key: "unit", Down: true}, Columns: []kit.ColumnState{
		{Key: "unit", Ems: 60}, {Key: "name", Hidden: true}, {Key: "born", Ems: 5}}}
	if diff := cmp.Diff(want, tb.State()); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
	tb.SetState(kit.TableState{Columns: []kit.ColumnState{{Key: "name", Hidden: true}, {Key: "born", Hidden: true}, {Key: "unit", Hidden: true}}})
	if tb.State().Columns[0].Hidden {
		t.Error("a table without columns must not be")
	}
	tb.SetState(kit.TableState{})
	if diff := cmp.Diff(first, tb.State()); diff != "" {
		t.Errorf("an empty state is not as made (-want +got):\n%s", diff)
	}
}

func TestTheMenuOfAHeadingHidesColumns(t *testing.T) {
	tb, keys, w := newRegister(t, 3)
	keys.Alt(fyne.KeyDown)
	if uitest.Overlay(w) == nil {
		t.Fatal("Alt+Down must open the menu")
	}
	// Rộng hơn, Hẹp lại, Sang trái, Sang phải, then the columns.
	keys.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if !tb.State().Columns[0].Hidden || strings.Contains(uitest.Words(tb), "Họ tên") {
		t.Errorf("not hidden: %+v\n%s", tb.State(), uitest.Words(tb))
	}
}

// drag draws the pointer over the headings, as the desktop driver tells it.
func drag(t *testing.T, w fyne.Window, from, to float32) {
	t.Helper()
	o, _ := touchOf(w)
	const step = 10
	for x := from; x < to; x += step {
		o.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+step, 10)}, Dragged: fyne.Delta{DX: step}})
	}
	o.DragEnd()
}

// touchOf finds what takes taps and drags on the headings.
func touchOf(w fyne.Window) (fyne.Draggable, fyne.CanvasObject) {
	var found fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch p := o.(type) {
		case *fyne.Container:
			for _, child := range p.Objects {
				walk(child)
			}
		case fyne.Widget:
			if _, ok := p.(interface{ TappedSecondary(*fyne.PointEvent) }); ok && found == nil {
				if _, ok := p.(fyne.Draggable); ok {
					found = p
				}
			}
			for _, child := range test.WidgetRenderer(p).Objects() {
				walk(child)
			}
		}
	}
	walk(w.Content())
	return found.(fyne.Draggable), found
}

func TestEdgesAndHeadingsAreDragged(t *testing.T) {
	tb, _, w := newRegister(t, 3)
	tb.SetState(kit.TableState{Columns: []kit.ColumnState{{Key: "name", Ems: 10}, {Key: "born", Ems: 5}, {Key: "unit", Ems: 10}}})
	const sign, pad, em = 22, 16, 14 // what stands left of the first column, around each, and one em
	nameEdge := float32(sign + 10*em + pad)
	drag(t, w, nameEdge, nameEdge+5*em)
	if got := tb.State().Columns[0]; got.Ems != 15 {
		t.Errorf("the dragged edge made %+v, want 15 wide", got)
	}
	drag(t, w, nameEdge/2, nameEdge/2+240) // from the name into what follows
	var order []string
	for _, c := range tb.State().Columns {
		order = append(order, c.Key)
	}
	if diff := cmp.Diff([]string{"born", "name", "unit"}, order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestATapOnAHeadingSorts(t *testing.T) {
	tb, _, w := newRegister(t, 3)
	var sorted []kit.Sorting
	tb.OnSort = func(s kit.Sorting) { sorted = append(sorted, s) }
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 10))
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 10))
	if diff := cmp.Diff([]kit.Sorting{{Key: "name"}, {Key: "name", Down: true}}, sorted); diff != "" {
		t.Errorf("sorted (-want +got):\n%s", diff)
	}
}

func TestTheMouseOpensAndSelects(t *testing.T) {
	tb, _, _ := newRegister(t, 100)
	var opened []int
	tb.OnOpen = func(i int) { opened = append(opened, i) }
	press := func(x float32, row int, m fyne.KeyModifier) {
		at := fyne.PointEvent{Position: fyne.NewPos(x, float32(row)*32+5)}
		body := tb.FocusTarget()
		body.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: at, Button: desktop.MouseButtonPrimary, Modifier: m})
		body.(fyne.Tappable).Tapped(&at)
	}
	press(200, 2, 0)
	press(10, 4, 0) // on the sign at the left
	press(200, 6, fyne.KeyModifierControl)
	press(200, 8, fyne.KeyModifierShift)
	if diff := cmp.Diff([]int{2}, opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"k4", "k6", "k7", "k8"}, tb.Selection().Keys); diff != "" {
		t.Errorf("selected (-want +got):\n%s", diff)
	}
}

func TestACellThatWasCutShowsInFullUnderThePointer(t *testing.T) {
	tb, _, _ := newRegister(t, 3)
	long := "Công ty trách nhiệm hữu hạn một thành viên Cao su Kon Tum"
	tb.Row = func(i int) (kit.TableRow, bool) {
		return kit.TableRow{Key: fmt.Sprint(i), Cells: []string{"A", "1980", long}}, true
	}
	tb.Refresh()
	if words := uitest.Words(tb); strings.Contains(words, long) || !strings.Contains(words, "…") {
		t.Fatalf("not cut:\n%s", words)
	}
	body := tb.FocusTarget().(desktop.Hoverable)
	body.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(1300, 40)}})
	if !strings.Contains(uitest.Words(tb), long) {
		t.Error("the whole cell is not shown")
	}
	body.MouseOut()
	if strings.Contains(uitest.Words(tb), long) {
		t.Error("it must go with the pointer")
	}
}

func TestLettersSearchAndTheWindowKeepsItsKeys(t *testing.T) {
	tb, keys, w := newRegister(t, 3)
	searched := ""
	tb.OnSearch = func(r rune) { searched += string(r) }
	heard := 0
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { heard++ })
	kit.Keys(w.Canvas(), func(*fyne.KeyEvent) { heard++ })
	keys.Type("hà")
	keys.Ctrl(fyne.KeyN)
	keys.Press(fyne.KeyF1)
	if searched != "hà" || heard != 2 {
		t.Errorf("searched %q, the window heard %d of 2", searched, heard)
	}
}

func TestAShortTableIsGivenItsRows(t *testing.T) {
	uitest.App(t)
	tb := kit.NewTable(kit.Column{Heading: "Mã", Ems: 3}, kit.Column{Heading: "Tên"})
	w := uitest.Window(t, tb)
	tb.SetRows([][]string{{"I1", "Số cuộc"}, {"I2", "Số người"}})
	opened := -1
	tb.OnOpen = func(i int) { opened = i }
	w.Canvas().Focus(tb.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Press(fyne.KeyDown, fyne.KeyReturn)
	if opened != 1 || !strings.Contains(uitest.Words(tb), "Số người") {
		t.Errorf("opened %d; there is:\n%s", opened, uitest.Words(tb))
	}
	tb.SetRows(nil)
	keys.Press(fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace)
	keys.Ctrl(fyne.KeyC)
	if opened != 1 || tb.Cursor() >= 0 {
		t.Errorf("an empty table opened %d, cursor %d", opened, tb.Cursor())
	}
}
