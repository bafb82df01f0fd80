package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// FormScroll is the page of a long form: it scrolls wherever the pointer is, and
// follows the keyboard. The choices of its pickers lie over it.
type FormScroll struct {
	widget.BaseWidget

	runner *Runner
	scroll *container.Scroll
	over   *fyne.Container // what lies over the form and scrolls with it

	following bool // the window's thread has been asked to bring something in sight
}

// NewFormScroll puts a form on a page, so that large text is never cut.
func NewFormScroll(r *Runner, form fyne.CanvasObject) *FormScroll {
	f := &FormScroll{runner: r, over: container.NewWithoutLayout()}
	f.scroll = container.NewVScroll(container.New(overForm{}, InsetXY(theme.SizeGroup, theme.SizeGap, form), f.over))
	f.adopt(form)
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer lays the wheel over the page.
func (f *FormScroll) CreateRenderer() fyne.WidgetRenderer {
	pages[f] = true
	return pageRenderer{widget.NewSimpleRenderer(container.NewStack(f.scroll, newWheel(f.scroll))), f}
}

// pageRenderer forgets the page with it.
type pageRenderer struct {
	fyne.WidgetRenderer
	page *FormScroll
}

// Destroy ends it.
func (r pageRenderer) Destroy() {
	delete(pages, r.page)
	r.WidgetRenderer.Destroy()
}

// overForm lays something over a form that asks for no room itself.
type overForm struct{}

func (overForm) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (overForm) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, part := range o {
		part.Resize(size)
	}
}

// ToTop shows the beginning of the form.
func (f *FormScroll) ToTop() { f.scroll.ScrollToTop() }

// Scroll is the page itself.
func (f *FormScroll) Scroll() *container.Scroll { return f.scroll }

// FollowFocus brings the field that has the keyboard in sight, once the keyboard has
// arrived there.
func (f *FormScroll) FollowFocus() {
	if f.following { // once for however many steps of the keyboard
		return
	}
	f.following = true
	f.runner.Post(func() {
		f.following = false
		c := canvasOf(f.scroll)
		if c == nil || !inSight(f.scroll) {
			return
		}
		if o, ok := c.Focused().(fyne.CanvasObject); ok {
			f.reveal(o)
		}
	})
}

// inSight reports whether an object stands on what is shown: to one that does not the
// driver gives the place of something that stands nowhere.
func inSight(o fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	return driver.AbsolutePositionForObject(o) != driver.AbsolutePositionForObject(canvas.NewRectangle(color.Transparent))
}

// reveal scrolls an object in sight with some room above it for its label and
// below it for its sentence.
func (f *FormScroll) reveal(o fyne.CanvasObject) {
	driver, room := fyne.CurrentApp().Driver(), fynetheme.Size(theme.SizeField)
	at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(f.scroll))
	top := at.Y
	if o == fyne.CanvasObject(f.scroll) || top < -f.scroll.Offset.Y-room || at.X < 0 || at.X > f.scroll.Size().Width {
		return // it is elsewhere in the window
	}
	bottom := top + o.Size().Height + room
	top -= room
	to := f.scroll.Offset
	switch {
	case top < 0:
		to.Y += top
	case bottom > f.scroll.Size().Height:
		to.Y += bottom - f.scroll.Size().Height
	default:
		return
	}
	f.scroll.ScrollToOffset(fyne.NewPos(0, max(0, to.Y)))
}

// wheel lies over a scroll and gives it the mouse wheel wherever the pointer is:
// each entry of the toolkit is a scroll of its own and would stop the page.
type wheel struct {
	widget.BaseWidget
	page *container.Scroll
}

func newWheel(page *container.Scroll) *wheel {
	w := &wheel{page: page}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled moves the page.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.page.Scrolled(e) }

// CreateRenderer draws nothing.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
