package activities_test

import (
	"fmt"
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sophobien/internal/record"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func shot(t *testing.T, s *stage, name string) {
	f, _ := os.Create("/tmp/gridshots/" + name + ".png")
	defer f.Close()
	png.Encode(f, s.window.Canvas().Capture())
	_ = test.NewCanvas
}

func TestZZShot(t *testing.T) {
	if os.Getenv("SHOT") == "" {
		return
	}
	o := uitest.NewOffice()
	for i := range 60 {
		a := training(fmt.Sprintf("Tập huấn Bộ luật Lao động cho người lao động các doanh nghiệp đợt %d", i), fmt.Sprintf("2026-02-%02d", 1+i%28), int64(20+i*7))
		if i%7 == 0 {
			a.Status = "planned"
		}
		if i%3 == 0 {
			a.Kind = "direct"
		}
		o.Add(a)
	}
	o.Settings.Collects = []record.Collect{}
	s := play(t, o, uitest.AtOnce())
	s.window.Resize(fyne.NewSize(1166, 700))
	shot(t, s, "a-empty")
	s.focusList()
	s.keys.Press(fyne.KeyDown, fyne.KeyDown)
	shot(t, s, "b-form")
	s.keys.Press(fyne.KeyEnter)
	shot(t, s, "b2-form-picker")
	s.keys.Press(fyne.KeyEscape)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Paste(sixtyPeople())
	s.keys.Ctrl(fyne.KeyHome)
	shot(t, s, "c-people")
	s.keys.Press(fyne.KeyDown, fyne.KeyRight)
	s.keys.Type("x")
	s.keys.Press(fyne.KeyDown)
	s.keys.Type("n")
	shot(t, s, "d-people-edit")
	s.keys.Press(fyne.KeyEnter)
	s.keys.Shift(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	shot(t, s, "e-people-select")
	s.keys.Press(fyne.KeyUp,fyne.KeyUp,fyne.KeyUp,fyne.KeyUp,)
	shot(t, s, "e2-people-wrong")
	s.keys.Ctrl(fyne.KeyEnd)
	shot(t, s, "f-people-end")
	s.Create()
	shot(t, s, "g-new")
	s.keys.Ctrl(fyne.KeyS)
	shot(t, s, "h-errors")
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1.5))
	s.window.Resize(fyne.NewSize(1165, 700))
	shot(t, s, "i-dark-150")
}
