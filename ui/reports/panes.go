package reports

import "sophobien/ui/kit"

// Panes are what the view is about, and the rows behind a line of its table.
func (s *Screen) Panes() []kit.Pane {
	panes := []kit.Pane{{Object: s.seen()}}
	if s.view != ViewConcerns && s.view != ViewSigning {
		panes = append(panes, kit.Pane{Object: s.records})
	}
	return panes
}
