package exchange

import "sophobien/ui/kit"

// Panes are what writes a bundle, and the bundles written.
func (s *Screen) Panes() []kit.Pane {
	return []kit.Pane{{Object: s.field}, {Object: s.write}, {Object: s.table}}
}
