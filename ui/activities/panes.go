package activities

import (
	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
)

// Panes are the list or the calendar, and of the activity shown its people, or the form
// with its tables and its evidence, and the foot.
func (s *Screen) Panes() []kit.Pane {
	panes := []kit.Pane{{Object: s.side, Target: s.list.FocusTarget}}
	if !s.row.Shown() {
		return panes
	}
	if s.detail.onPeople {
		return append(panes, kit.Pane{Object: s.people, Target: s.people.focusTarget}, kit.Pane{Object: s.detail.bottom})
	}
	page := s.form.scroll
	panes = append(panes, kit.Pane{Object: s.form, Page: page})
	if s.form.more.Visible() {
		panes = append(panes, kit.Pane{Object: s.form.materials, Page: page}, kit.Pane{Object: s.form.costs, Page: page})
	}
	if s.files != nil {
		panes = append(panes, kit.Pane{Object: s.files, Page: page})
	}
	return append(panes, kit.Pane{Object: s.detail.bottom})
}

// focusTarget is what has the keyboard among the people: the list being looked over,
// who is checked in, or the grid.
func (p *people) focusTarget() fyne.Focusable {
	switch {
	case p.lists.preview.Shown():
		return p.lists.preview.FocusTarget()
	case p.doorOpen():
		return p.door.panel.FocusTarget()
	}
	return p.grid.FocusTarget()
}
