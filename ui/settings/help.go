package settings

// HelpPage is the page of the help that speaks of the part that is open.
func (s *Screen) HelpPage() string {
	switch s.at {
	case PartPersonal:
		return "du-lieu-ca-nhan"
	case PartSafety:
		return "sao-luu"
	}
	return "thiet-lap"
}
