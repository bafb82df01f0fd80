package people

import "sophobien/ui/kit"

// NextPart shows the view so many further on, round and round, with the keyboard in it.
func (s *Screen) NextPart(step int) {
	n := len(s.views)
	s.View(s.views[((s.at+step)%n+n)%n].key)
	if first := s.Panes()[0].First(); first != nil {
		s.desk.Window.Canvas().Focus(first)
	}
}

// Panes are those of the view that is seen.
func (s *Screen) Panes() []kit.Pane {
	switch s.views[s.at].key {
	case ViewAttendances:
		return []kit.Pane{s.rows.Pane()}
	case ViewPersonal:
		return []kit.Pane{s.personal.log.Pane(), {Object: s.personal.hide}, {Object: s.personal.clear}}
	}
	return s.people.Panes()
}
