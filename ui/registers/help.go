package registers

// HelpPage is the page of the help that speaks of the register that is open.
func (s *Screen) HelpPage() string {
	switch s.Current().Noun() {
	case "unit", "instructor":
		return "don-vi"
	}
	return "so-theo-doi"
}
