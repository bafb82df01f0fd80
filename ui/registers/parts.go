package registers

import "sophobien/ui/kit"

// NextPart opens the register so many further on, round and round, with the keyboard on
// its list.
func (s *Screen) NextPart(step int) {
	n := len(s.ledgers)
	s.Open(s.ledgers[((s.at+step)%n+n)%n].Noun())
	if first := s.Current().List().Pane().First(); first != nil {
		s.desk.Window.Canvas().Focus(first)
	}
}

// Panes are those of the open register.
func (s *Screen) Panes() []kit.Pane { return s.Current().Panes() }
