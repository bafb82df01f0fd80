package home

import "sophobien/ui/kit"

// Panes are the next thing to do, the targets, what is due and what was done.
func (s *Screen) Panes() []kit.Pane {
	if s.shown.Empty {
		return []kit.Pane{{Object: s.empty}}
	}
	return []kit.Pane{{Object: s.next, Target: s.FocusTarget}, {Object: s.targets.content}, {Object: s.due.content}, {Object: s.done.content}}
}
