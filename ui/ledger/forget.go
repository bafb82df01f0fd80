package ledger

// Forget drops what is being typed of the row shown, and shows what is stored: for what
// was stored by another way than Save.
func (s *Screen) Forget() {
	if s.shown {
		s.dropDraft()
	}
}
