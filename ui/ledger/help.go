package ledger

// HelpPage is the page of the help that speaks of the noun; "" where the area around
// the register says it.
func (s *Screen) HelpPage() string { return s.spec.Help }
