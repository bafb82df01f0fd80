package uitest

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// tabStop is something Tab comes to, and the scrolling pages it stands in, the outermost
// first: what is scrolled out of sight stands where its page does.
type tabStop struct {
	object fyne.CanvasObject
	pages  []fyne.CanvasObject
}

// tabStops are what Tab comes to in an object, in the toolkit's order.
func tabStops(o fyne.CanvasObject, pages []fyne.CanvasObject) (stops []tabStop) {
	if o == nil || !o.Visible() {
		return nil
	}
	able, can := o.(fyne.Disableable)
	if _, takes := o.(fyne.Focusable); takes && !(can && able.Disabled()) {
		stops = append(stops, tabStop{o, append(slices.Clone(pages), o)})
	}
	if _, scrolls := o.(*container.Scroll); scrolls {
		pages = append(slices.Clone(pages), o)
	}
	var children []fyne.CanvasObject
	switch parent := o.(type) {
	case *fyne.Container:
		children = parent.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(parent).Objects()
	}
	for _, child := range children {
		stops = append(stops, tabStops(child, pages)...)
	}
	return stops
}

// TabsBack names each pair of stops of which Tab comes later to the one that is read
// first, since it stands above the other, or left of it in the same line. What stands in
// columns beside each other may be read column by column. A stop that but names may be
// anywhere.
func TabsBack(in fyne.CanvasObject, but func(fyne.CanvasObject) bool) (wrong []string) {
	stops := slices.DeleteFunc(tabStops(in, nil), func(s tabStop) bool { return but != nil && but(s.object) })
	for i, earlier := range stops {
		for _, later := range stops[i+1:] {
			if a, b := apart(earlier, later); before(b, a) {
				wrong = append(wrong, fmt.Sprintf("Tab comes to %s before %s", stopName(earlier), stopName(later)))
			}
		}
	}
	return wrong
}

// apart are the two stops, or the pages that hold one of them and not the other.
func apart(a, b tabStop) (fyne.CanvasObject, fyne.CanvasObject) {
	same := 0
	for same < min(len(a.pages), len(b.pages))-1 && a.pages[same] == b.pages[same] {
		same++
	}
	return a.pages[same], b.pages[same]
}

// before reports whether an object is read before another one.
func before(a, b fyne.CanvasObject) bool {
	p, size := Place(a)
	q, other := Place(b)
	shared := func(from, length, from2, length2 float32) float32 {
		return min(from+length, from2+length2) - max(from, from2)
	}
	beside := shared(p.Y, size.Height, q.Y, other.Height)
	if beside > min(size.Height, other.Height)/2 {
		return p.X+size.Width <= q.X+1
	}
	return shared(p.X, size.Width, q.X, other.Width) > 1 && p.Y < q.Y
}

// stopName is what a person would call a stop.
func stopName(s tabStop) string {
	at, _ := Place(s.object)
	return fmt.Sprintf("%T %q at %.0f, %.0f", s.object, Words(s.object), at.X, at.Y)
}
