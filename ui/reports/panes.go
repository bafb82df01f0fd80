package reports

import "sophobien/ui/kit"

// Panes are the table of the view, and the rows behind a line of it.
func (s *Screen) Panes() []kit.Pane {
	panes := []kit.Pane{{Object: s.seen()}}
	if s.view != ViewConcerns {
		panes = append(panes, kit.Pane{Object: s.records})
	}
	return panes
}
