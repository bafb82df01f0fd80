package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sophobien/ui/theme"
)

// Window shows an object in a window in memory, in our theme and at the size of
// the smallest screen the program is made for.
func Window(t *testing.T, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	w := test.NewWindow(content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1366, 768))
	t.Cleanup(w.Close)
	return w
}

// App begins a program in memory with our theme; call it before anything that
// measures text is made.
func App(t *testing.T) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
}
