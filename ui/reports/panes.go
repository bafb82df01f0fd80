package reports

import "sophobien/ui/kit"

// Panes are the figures, and the rows behind one.
func (s *Screen) Panes() []kit.Pane {
	return []kit.Pane{{Object: s.table}, {Object: s.records}}
}
