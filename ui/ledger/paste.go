package ledger

// OnPasted hands over what is pasted on the list, for registers into which whole lists
// come.
func (l *List) OnPasted(pasted func(text string)) { l.table.OnPaste = pasted }

// Paste is a paste while no field has the keyboard. It means the list where that is
// empty, since nothing of it can have the keyboard then.
func (l *List) Paste(text string) {
	if l.table.OnPaste != nil && l.table.Total() == 0 {
		l.table.OnPaste(text)
	}
}
