package ledger

import (
	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
)

// Panes are the list, and of the row shown the form, its tables, its evidence and the
// foot.
func (s *Screen) Panes() []kit.Pane {
	panes := []kit.Pane{s.list.Pane()}
	if !s.row.Shown() {
		return panes
	}
	page := s.form.scroll
	panes = append(panes, kit.Pane{Object: s.form, Page: page})
	for i, in := range s.form.inputs {
		if grid, ok := in.focus.(*kit.Grid); ok && i > 0 && (!in.more || s.form.more.Visible()) {
			panes = append(panes, kit.Pane{Object: grid, Page: page})
		}
	}
	if s.files != nil {
		panes = append(panes, kit.Pane{Object: s.files, Page: page})
	}
	return append(panes, kit.Pane{Object: s.detail.bottom})
}

// Pane is the list as F6 goes to it: its rows, or the button of an empty one.
func (l *List) Pane() kit.Pane {
	return kit.Pane{Object: l, Target: func() fyne.Focusable {
		if l.table.Visible() && l.table.Total() > 0 {
			return l.table.FocusTarget()
		}
		return kit.Pane{Object: l.empty}.First()
	}}
}
