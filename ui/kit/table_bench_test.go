package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// register is a table as long as the largest register, read page by page.
func register(rows int) *kit.Table {
	t := kit.NewTable(
		kit.Column{Key: "name", Heading: "Họ và tên"}, kit.Column{Key: "birth", Heading: "Ngày sinh", Ems: 6},
		kit.Column{Key: "sex", Heading: "Giới", Ems: 3}, kit.Column{Key: "unit", Heading: "Đơn vị", Ems: 14},
		kit.Column{Key: "job", Heading: "Chức vụ", Ems: 8}, kit.Column{Key: "times", Heading: "Số lần dự", Ems: 5, Number: true},
		kit.Column{Key: "last", Heading: "Lần gần nhất", Ems: 6}, kit.Column{Key: "state", Heading: "Tình trạng", Ems: 8})
	t.Selects = true
	t.OnSort, t.OnOpen = func(kit.Sorting) {}, func(int) {}
	t.Row = func(i int) (kit.TableRow, bool) {
		state, word := kit.Fine, "đủ"
		if i%7 == 3 {
			state, word = kit.Attention, "thiếu ngày sinh"
		}
		return kit.TableRow{Key: fmt.Sprint(i), Marks: []kit.State{7: state}, Cells: []string{
			fmt.Sprintf("Nguyễn Thị Hồng %d", i), "05/03/1987", "nữ", fmt.Sprintf("Công ty TNHH một thành viên Cao su Kon Tum, đội %d", i%40),
			"công nhân khai thác", kit.Number(int64(i % 3000)), "12/02/2026", word}}, true
	}
	t.SetTotal(rows)
	return t
}

func BenchmarkTable(b *testing.B) {
	app := test.NewTempApp(b)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	for name, key := range map[string]fyne.KeyName{"row": fyne.KeyDown, "page": fyne.KeyPageDown} {
		b.Run(name, func(b *testing.B) {
			t := register(144_000)
			w := test.NewWindow(t)
			defer w.Close()
			w.Resize(fyne.NewSize(1366, 768))
			w.Canvas().Focus(t.FocusTarget())
			for range 40 {
				t.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // the keyboard is at the foot
			}
			for b.Loop() {
				t.FocusTarget().TypedKey(&fyne.KeyEvent{Name: key})
				if t.Cursor() > 143_000 {
					t.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
				}
			}
		})
	}
	b.Run("refresh", func(b *testing.B) {
		t := register(144_000)
		w := test.NewWindow(t)
		defer w.Close()
		w.Resize(fyne.NewSize(1366, 768))
		t.MoveTo(100_000)
		for b.Loop() {
			t.Refresh()
		}
	})
	b.Run("hover", func(b *testing.B) {
		t := register(144_000)
		w := test.NewWindow(t)
		defer w.Close()
		w.Resize(fyne.NewSize(1366, 768))
		body := t.FocusTarget().(desktop.Hoverable)
		y := float32(0)
		for b.Loop() {
			y = float32(int(y+32) % 700)
			body.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(600, y)}})
		}
	})
}
