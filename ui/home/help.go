package home

// HelpPage is the page of the help that speaks of this area.
func (s *Screen) HelpPage() string { return "tong-quan" }
