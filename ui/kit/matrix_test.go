package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// newMatrix has 96 rows of three columns, in a window with room for a few of them.
func newMatrix(t *testing.T) (*kit.Matrix, fyne.Window) {
	t.Helper()
	uitest.App(t)
	m := kit.NewMatrix("Đơn vị", 10, kit.MatrixColumn{Heading: "Th 1", Ems: 3}, kit.MatrixColumn{Heading: "Th 2", Ems: 3},
		kit.MatrixColumn{Heading: "Báo cáo", Ems: 10, Words: true})
	w := uitest.Window(t, m)
	w.Resize(fyne.NewSize(600, 300))
	m.SetRows(matrixRows(96))
	return m, w
}

func matrixRows(n int) (rows []kit.MatrixRow) {
	late := kit.MatrixCell{Mark: kit.Mark{Shape: kit.Triangle, Ink: fynetheme.ColorNameWarning}, Word: "M", Full: "muộn"}
	for i := range n {
		none := kit.MatrixCell{Mark: kit.Mark{Shape: kit.Dash, Ink: fynetheme.ColorNameError}, Word: "C", Full: "chưa nhận"}
		rows = append(rows, kit.MatrixRow{Key: fmt.Sprint("k", i), Name: fmt.Sprint("Xã ", i), Cells: []kit.MatrixCell{late, none, {}}})
	}
	return rows
}

func TestTheKeyboardGoesThroughAMatrix(t *testing.T) {
	m, w := newMatrix(t)
	keys := uitest.NewKeyboard(w)
	var opened, seen, searched string
	m.OnOpen = func(r, c int) { opened += fmt.Sprint(r, ",", c, " ") }
	m.OnCursor = func(r, c int) { seen = fmt.Sprint(r, ",", c) }
	m.OnSearch = func(r rune) { searched += string(r) }
	m.Focus()
	keys.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace, fyne.KeyUp, fyne.KeyHome)
	if opened != "2,1 2,2 " || seen != "1,0" {
		t.Errorf("opened %q, at %q", opened, seen)
	}
	keys.Type("đa")
	if searched != "đa" {
		t.Errorf("searched %q", searched)
	}
	keys.Press(fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown)
	row, _ := m.Cursor()
	shown := uitest.Words(m)
	if want := fmt.Sprint("Xã ", row); row < 10 || !strings.Contains(shown, want) || strings.Contains(shown, "Xã 1\n") {
		t.Errorf("at row %d the names in sight are:\n%s", row, shown)
	}
}

func TestNamesStandBesideTheirCells(t *testing.T) {
	m, _ := newMatrix(t)
	m.MoveTo(60, 1)
	var names, marks []float32
	uitest.Each(m, func(line *canvas.Text) {
		at, size := uitest.Place(line)
		middle := at.Y + size.Height/2
		switch {
		case strings.HasPrefix(line.Text, "Xã "):
			names = append(names, middle)
		case line.Text == "M":
			marks = append(marks, middle)
		}
	})
	if fmt.Sprint(names) != fmt.Sprint(marks) || len(names) < 5 || len(names) > 30 {
		t.Errorf("names at %v, cells at %v", names, marks)
	}
}

func TestTheKeyboardStaysOnARowThatMoved(t *testing.T) {
	m, _ := newMatrix(t)
	m.MoveTo(40, 2)
	rows := matrixRows(96)
	m.SetRows(rows[30:])
	if row, column := m.Cursor(); row != 10 || column != 2 {
		t.Errorf("at %d, %d", row, column)
	}
	m.SetRows(nil)
	if row, _ := m.Cursor(); row != -1 {
		t.Errorf("at row %d of none", row)
	}
	m.SetRows(rows[:3])
	if row, _ := m.Cursor(); row != 0 {
		t.Errorf("at row %d after rows came back", row)
	}
}

func TestATapOpensACellOrTheRowOfAName(t *testing.T) {
	m, w := newMatrix(t)
	opened := ""
	m.OnOpen = func(r, c int) { opened += fmt.Sprint(r, ",", c, " ") }
	at, size := uitest.Place(uitest.Find[*canvas.Polygon](t, m)) // the mark of the first cell
	test.TapCanvas(w.Canvas(), at.AddXY(size.Width/2, size.Height/2+2*28))
	name, _ := uitest.Place(uitest.Line(t, m, "Xã 4"))
	test.TapCanvas(w.Canvas(), name.AddXY(3, 3))
	if opened != "2,0 4,0 " {
		t.Errorf("opened %q", opened)
	}
}

func TestAMatrixIsCopiedInWords(t *testing.T) {
	m, w := newMatrix(t)
	keys := uitest.NewKeyboard(w)
	m.SetRows(matrixRows(1))
	m.Focus()
	keys.Ctrl(fyne.KeyC)
	if got, want := keys.Clipboard.Content(), "Đơn vị\tTh 1\tTh 2\tBáo cáo\nXã 0\tmuộn\tchưa nhận\t"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestAWordLongerThanALineGoesOnInTheNext(t *testing.T) {
	uitest.App(t)
	words := kit.Paragraph("Tệp SPB_23651_7F3A_00094_20261103_8C1D20.sopb.zip đã đến")
	w := uitest.Window(t, words)
	w.Resize(fyne.NewSize(160, 300))
	all := ""
	uitest.Each(words, func(line *canvas.Text) {
		if line.MinSize().Width > 160 {
			t.Errorf("%q is wider than its room", line.Text)
		}
		all += line.Text
	})
	if !strings.Contains(all, "SPB_23651_7F3A_00094_20261103_8C1D20.sopb.zip") {
		t.Errorf("a letter was lost: %q", all)
	}
}
