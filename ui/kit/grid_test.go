package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func newGrid(t *testing.T, rows ...string) (*kit.Grid, *uitest.Keyboard) {
	t.Helper()
	uitest.App(t)
	g := kit.NewGrid([]kit.GridColumn{
		{Title: "Họ và tên", Width: 20, Grow: 1},
		{Title: "Nam/Nữ", Width: 6, Choices: []string{"nam", "nữ"}},
		{Title: "Năm sinh", Width: 8, Number: true},
	})
	var list []kit.GridRow
	for i, r := range rows {
		list = append(list, kit.GridRow{Key: fmt.Sprint(i), Cells: strings.Split(r, "|")})
	}
	g.SetRows(list)
	w := uitest.Window(t, g)
	g.Focus()
	return g, uitest.NewKeyboard(w)
}

func texts(g *kit.Grid) []string {
	var out []string
	for _, r := range g.Rows() {
		out = append(out, strings.Join(r.Cells, "|"))
	}
	return out
}

func wantTexts(t *testing.T, g *kit.Grid, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, texts(g)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestTypingARowWithTabsAndEnter(t *testing.T) {
	g, keys := newGrid(t)
	var told []string
	g.OnCell = func(row, col int, text string) { told = append(told, fmt.Sprintf("%d.%d %s", row, col, text)) }
	keys.UniKey("Y Ngọc")
	keys.Press(fyne.KeyTab)
	keys.UniKey("nữ")
	keys.Press(fyne.KeyTab)
	keys.Type("1987")
	keys.Press(fyne.KeyEnter)
	keys.UniKey("Nguyễn Thị Hường")
	keys.Press(fyne.KeyEnter)
	wantTexts(t, g, "Y Ngọc|nữ|1987", "Nguyễn Thị Hường||")
	want := []string{"0.0 Y Ngọc", "0.1 nữ", "0.2 1987", "1.0 Nguyễn Thị Hường"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("cells told (-want +got):\n%s", diff)
	}
}

// The input method reads back what it sent by counting; a field that rewrites
// itself while someone types garbles the word.
func TestEditorNeverRewritesWhatIsBeingTyped(t *testing.T) {
	g, keys := newGrid(t)
	for _, name := range []string{"Đặng Thị Thùy Trâm", "A Blan", "Y H'Nuên", "Nguyễn  Hoà"} {
		keys.UniKey(name)
		if got, _ := g.Editing(); got != name {
			t.Errorf("the editor holds %q while %q is typed", got, name)
		}
		keys.Press(fyne.KeyEscape)
	}
	wantTexts(t, g)
}

func TestEscapeGivesTheTextBack(t *testing.T) {
	g, keys := newGrid(t, "An|nam|1990")
	keys.Press(fyne.KeyF2)
	keys.Type("h")
	keys.Press(fyne.KeyEscape)
	wantTexts(t, g, "An|nam|1990")
	keys.Press(fyne.KeyF2)
	keys.Type("h")
	keys.Press(fyne.KeyEnter)
	wantTexts(t, g, "Anh|nam|1990")
}

func TestMovingAndSelecting(t *testing.T) {
	g, keys := newGrid(t, "a|nam|1", "b|nam|2", "c|nam|3")
	at := func(row, col int) {
		t.Helper()
		if r, c := g.Cursor(); r != row || c != col {
			t.Errorf("cursor at %d.%d, want %d.%d", r, c, row, col)
		}
	}
	keys.Press(fyne.KeyDown, fyne.KeyRight)
	at(1, 1)
	keys.Press(fyne.KeyEnd)
	at(1, 2)
	keys.Press(fyne.KeyHome)
	at(1, 0)
	keys.Ctrl(fyne.KeyEnd)
	at(2, 2)
	keys.Press(fyne.KeyTab)
	at(3, 0)
	keys.Shift(fyne.KeyTab)
	at(2, 2)
	keys.Shift(fyne.KeyEnter)
	at(1, 2)
	keys.Ctrl(fyne.KeyHome)
	keys.Shift(fyne.KeyDown, fyne.KeyRight)
	keys.Ctrl(fyne.KeyC)
	if got := keys.Clipboard.Content(); got != "a\tnam\nb\tnam\n" {
		t.Errorf("copied %q", got)
	}
}

// TestEnterGoesAcross: along the row, on to the next, with Shift back, and never out.
func TestEnterGoesAcross(t *testing.T) {
	g, keys := newGrid(t)
	g.Across = true
	keys.Shift(fyne.KeyEnter) // before the first cell
	for _, text := range []string{"Y Ngọc", "nữ", "1987", "A Blan"} {
		keys.UniKey(text)
		keys.Press(fyne.KeyEnter)
	}
	keys.Shift(fyne.KeyEnter)
	keys.Shift(fyne.KeyEnter)
	keys.Type("1988")
	keys.Press(fyne.KeyEnter)
	wantTexts(t, g, "Y Ngọc|nữ|1988", "A Blan||")
}

func TestEnterReturnsToWhereARunOfTabsBegan(t *testing.T) {
	g, keys := newGrid(t, "a|nam|1", "b|nam|2")
	keys.Press(fyne.KeyRight, fyne.KeyTab, fyne.KeyEnter)
	if row, col := g.Cursor(); row != 1 || col != 1 {
		t.Errorf("cursor at %d.%d, want 1.1", row, col)
	}
}

func TestPasteFillClearUndoRedo(t *testing.T) {
	g, keys := newGrid(t)
	keys.Paste("An\tn\t1990\r\nBình\tnu\t1991\r\n")
	wantTexts(t, g, "An|nam|1990", "Bình|nữ|1991")
	keys.Press(fyne.KeyDown, fyne.KeyDown)
	keys.Paste("Chi")
	keys.Ctrl(fyne.KeyHome)
	keys.Press(fyne.KeyRight)
	keys.Shift(fyne.KeyDown, fyne.KeyDown)
	keys.Ctrl(fyne.KeyD)
	wantTexts(t, g, "An|nam|1990", "Bình|nam|1991", "Chi|nam|")
	keys.Press(fyne.KeyDelete)
	wantTexts(t, g, "An||1990", "Bình||1991", "Chi||")
	keys.Ctrl(fyne.KeyZ)
	keys.Ctrl(fyne.KeyZ)
	wantTexts(t, g, "An|nam|1990", "Bình|nữ|1991", "Chi||")
	keys.Ctrl(fyne.KeyY)
	wantTexts(t, g, "An|nam|1990", "Bình|nam|1991", "Chi|nam|")
}

func TestBlockWiderThanTheRoomIsRefusedInASentence(t *testing.T) {
	g, keys := newGrid(t, "An|nam|1990")
	var said string
	g.OnRefused = func(sentence string) { said = sentence }
	keys.Press(fyne.KeyRight)
	keys.Paste("a\tb\tc\n")
	wantTexts(t, g, "An|nam|1990")
	want := "Khối dán có 3 cột, từ ô này sang phải chỉ có 2 cột. Hãy chọn ô ở cột trước rồi dán lại; chưa có gì thay đổi."
	if said != want {
		t.Errorf("said %q", said)
	}
}

func TestRowsAreInsertedAndDeleted(t *testing.T) {
	g, keys := newGrid(t, "a|nam|1", "b|nam|2")
	keys.Press(fyne.KeyDown)
	keys.Ctrl(fyne.KeyPlus)
	wantTexts(t, g, "a|nam|1", "||", "b|nam|2")
	keys.Ctrl(fyne.KeyHome)
	keys.Shift(fyne.KeyDown)
	keys.Ctrl(fyne.KeyMinus)
	wantTexts(t, g, "b|nam|2")
	if key := g.Row(0).Key; key != "1" {
		t.Errorf("the row left has key %q", key)
	}
}

func TestOwnerMayTakeABlockOver(t *testing.T) {
	g, keys := newGrid(t)
	var taken string
	g.OnPaste = func(text string) bool { taken = text; return true }
	keys.Paste("a\tb\n")
	if taken != "a\tb\n" || len(g.Rows()) != 0 {
		t.Errorf("taken %q, rows %v", taken, texts(g))
	}
	keys.Paste("một ô\r\n")
	wantTexts(t, g, "một ô||")
}

func TestLeavingTheEditorKeepsWhatWasTyped(t *testing.T) {
	uitest.App(t)
	g, other := kit.NewGrid([]kit.GridColumn{{Title: "Tên", Width: 10}}), widget.NewEntry()
	w := uitest.Window(t, kit.Border(nil, other, nil, nil, g))
	g.Focus()
	keys := uitest.NewKeyboard(w)
	keys.Type("An")
	w.Canvas().Focus(other)
	wantTexts(t, g, "An")
	if w.Canvas().Focused() != other {
		t.Error("the grid took the keyboard back")
	}
}

// When the person comes back from another program, the toolkit gives the keyboard
// to the editor, which is no longer there.
func TestKeyboardReturnsToTheCellsAfterAnotherProgram(t *testing.T) {
	g, keys := newGrid(t)
	keys.Type("An")
	c := fyne.CurrentApp().Driver().CanvasForObject(g)
	editor := c.Focused()
	editor.FocusLost()
	editor.FocusGained()
	keys.Press(fyne.KeyDown)
	keys.Type("Bình")
	keys.Press(fyne.KeyEnter)
	wantTexts(t, g, "An||", "Bình||")
}

func TestShortcutsOfTheWindowWorkFromTheCells(t *testing.T) {
	g, keys := newGrid(t)
	saved := 0
	save := &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl}
	fyne.CurrentApp().Driver().CanvasForObject(g).AddShortcut(save, func(fyne.Shortcut) { saved++ })
	keys.Ctrl(fyne.KeyS)
	keys.Type("An")
	keys.Ctrl(fyne.KeyS)
	if saved != 2 {
		t.Errorf("saved %d times, want 2", saved)
	}
	wantTexts(t, g, "An||")
}

func TestArrowsPickAChoice(t *testing.T) {
	g, keys := newGrid(t, "An||")
	keys.Press(fyne.KeyRight, fyne.KeyF2, fyne.KeyDown, fyne.KeyDown, fyne.KeyEnter)
	wantTexts(t, g, "An|nữ|")
}

func TestMouseSelectsAndEdits(t *testing.T) {
	g, keys := newGrid(t, "a|nam|1", "b|nam|2")
	body := fyne.CurrentApp().Driver().CanvasForObject(g).Focused().(interface {
		MouseDown(*desktop.MouseEvent)
		DoubleTapped(*fyne.PointEvent)
	})
	place := fyne.PointEvent{Position: fyne.NewPos(10, 40)}
	body.MouseDown(&desktop.MouseEvent{PointEvent: place})
	if row, col := g.Cursor(); row != 1 || col != 0 {
		t.Fatalf("cursor at %d.%d, want 1.0", row, col)
	}
	body.DoubleTapped(&place)
	keys.Type("c")
	keys.Press(fyne.KeyEnter)
	wantTexts(t, g, "a|nam|1", "bc|nam|2")
}

// However many rows there are, only those in sight are drawn.
func TestTenThousandRowsDrawOnlyWhatIsInSight(t *testing.T) {
	g, keys := newGrid(t)
	rows := make([]kit.GridRow, 10_000)
	for i := range rows {
		rows[i] = kit.GridRow{Cells: []string{fmt.Sprintf("Người %d", i+1), "nam", "1990"}}
	}
	g.SetRows(rows)
	asked := 0
	g.State = func(int, kit.GridRow) kit.GridRowState { asked++; return kit.GridRowState{} }
	g.Refresh()
	if asked > 60 {
		t.Errorf("%d rows were prepared for a screen of about 24", asked)
	}
	keys.Ctrl(fyne.KeyEnd)
	if markup := test.RenderObjectToMarkup(g); !strings.Contains(markup, "Người 10000") || strings.Contains(markup, ">Người 5<") {
		t.Error("after Ctrl+End the last row is not in sight, or the first still is")
	}
}

func BenchmarkGridScroll(b *testing.B) {
	test.NewTempApp(b)
	g := kit.NewGrid([]kit.GridColumn{{Title: "A", Width: 20}, {Title: "B", Width: 20}, {Title: "C", Width: 20}, {Title: "D", Width: 20}})
	rows := make([]kit.GridRow, 10_000)
	for i := range rows {
		rows[i] = kit.GridRow{Cells: []string{fmt.Sprintf("Người %d", i+1), "nam", "1990", "xã Đăk Hà"}}
	}
	g.SetRows(rows)
	w := test.NewWindow(g)
	defer w.Close()
	w.Resize(fyne.NewSize(1366, 768))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Select((i*7)%10_000, 0)
	}
}
