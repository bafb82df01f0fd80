package activities

import (
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/checkin"
	"sophobien/ui/kit"
)

// door is the check-in at the door of the activity, in the place of its grid.
type door struct {
	open  *kit.PushButton
	panel *checkin.Panel
}

// newDoor makes the panel where the office can check people in.
func (p *people) newDoor() {
	office, ok := p.office.(checkin.Office)
	if !ok {
		return
	}
	p.door = &door{panel: checkin.New(p.desk, office)}
	p.door.panel.Hide()
	p.door.panel.OnClose = func() { p.atDoor(false) }
	p.door.open = kit.Quiet(kit.T("Điểm danh ở cửa"), fynetheme.IconNameAccount, p.openDoor)
}

// openDoor shows the panel; what is typed in the grid is stored first, or the two
// would not agree.
func (p *people) openDoor() {
	if p.dirty {
		p.say(kit.Attention, kit.T("Danh sách còn chỗ chưa lưu. Hãy lưu (Ctrl+S) rồi điểm danh."))
		return
	}
	p.atDoor(true)
	p.door.panel.Open(p.activity, p.heading())
}

// atDoor shows the panel or the grid.
func (p *people) atDoor(on bool) {
	kit.SetVisible(p.door.panel, on)
	kit.SetVisible(p.whole, !on)
	p.onLooking(on)
	p.Refresh()
	if !on {
		p.reload()
		p.focus()
	}
}

// doorOpen reports whether people are being checked in.
func (p *people) doorOpen() bool { return p.door != nil && p.door.panel.Visible() }

// OpenDoor shows the check-in of the activity shown.
func (s *Screen) OpenDoor() {
	if s.people.door != nil && s.detail.onPeople {
		s.people.openDoor()
	}
}

// LeaveDoor goes back to its list.
func (s *Screen) LeaveDoor() {
	if s.people.doorOpen() {
		s.people.atDoor(false)
	}
}
