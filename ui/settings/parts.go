package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
)

// NextPart opens the part so many further on, round and round, with the keyboard in it
// or on its name.
func (s *Screen) NextPart(step int) {
	n := len(order)
	s.Open(order[((slices.Index(order, s.at)+step)%n+n)%n])
	for _, i := range []int{1, 0} { // where no field can have it, the part's name does
		if first := s.Panes()[i].First(); first != nil {
			s.desk.Window.Canvas().Focus(first)
			return
		}
	}
}

// Panes are the names of the parts and the one that is seen, or the list that is being
// looked over.
func (s *Screen) Panes() []kit.Pane {
	names := kit.Pane{Object: s.chips}
	if s.lists.preview.Shown() {
		return []kit.Pane{names, {Object: s.lists.preview}}
	}
	part := s.parts[s.at]
	return []kit.Pane{names, {Object: s.pages, Target: func() fyne.Focusable { return kit.Pane{Object: part}.First() }}}
}
