package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/ui/kit"
)

// Paned is a screen with parts that F6 goes between, such as a list, a form, its
// evidence and its foot.
type Paned interface{ Panes() []kit.Pane }

// Parted is a screen of several parts, one seen at a time.
type Parted interface {
	// NextPart shows the part so many further on, round and round.
	NextPart(step int)
}

// panes are the parts of what is shown, and the line at the foot while it says
// something.
func (s *Shell) panes() []kit.Pane {
	var out []kit.Pane
	for _, p := range append(s.parts(), kit.Pane{Object: s.toast}) {
		if p.First() != nil {
			out = append(out, p)
		}
	}
	return out
}

// parts are those of the open area, or what was found in its place.
func (s *Shell) parts() []kit.Pane {
	if s.found.Visible() {
		return []kit.Pane{{Object: s.found, Target: s.found.FocusTarget}}
	}
	if paned, ok := s.areas[s.at].Screen.(Paned); ok && s.areas[s.at].Screen.Visible() {
		return slices.Clip(paned.Panes())
	}
	return nil
}

// toResults goes from the search to what it has left, which is the first part.
func (s *Shell) toResults() {
	if parts := s.parts(); len(parts) > 0 {
		if first := parts[0].First(); first != nil {
			parts[0].Enter(s.desk.Window.Canvas(), first)
		}
	}
}

// turnPane gives the keyboard to the next part of the area, or with Shift to the one
// before. In a part one has been in, it goes where it was.
func (s *Shell) turnPane() {
	if s.at < 0 {
		return
	}
	panes := s.panes()
	if len(panes) == 0 {
		return
	}
	c := s.desk.Window.Canvas()
	was := c.Focused()
	at, step := kit.PaneOf(panes, was), 1
	if s.modifiers()&fyne.KeyModifierShift != 0 {
		step = -1
	}
	if at >= 0 {
		s.left[panes[at].Object] = was
	} else if step < 0 {
		at = 0
	}
	s.from = was
	to := panes[(at+step+len(panes))%len(panes)]
	target := to.First()
	if last := s.left[to.Object]; last != nil && to.Holds(last) && kit.PaneOf(panes, last) == kit.PaneOf(panes, target) {
		target = last
	}
	to.Enter(c, target)
}

// modifiers are the keys held now.
func (s *Shell) modifiers() fyne.KeyModifier {
	if s.desk.Modifiers != nil {
		return s.desk.Modifiers()
	}
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// turnPart shows another part of the open area.
func (s *Shell) turnPart(step int) {
	if s.at < 0 {
		return
	}
	if parted, ok := s.areas[s.at].Screen.(Parted); ok {
		parted.NextPart(step)
	}
}
