package people

// HelpPage is the page of the help that speaks of the view that is open.
func (s *Screen) HelpPage() string {
	if s.views[s.at].key == ViewPersonal {
		return "du-lieu-ca-nhan"
	}
	return "nguoi-tham-du"
}
