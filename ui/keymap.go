package ui

import "slices"

// KeyMap are the keys that do something in the window, as the help writes them: those
// of the shell, then those of forms, lists, grids, evidence, legal texts and the choice of files. The page of keys names exactly
// these.
func KeyMap() []string {
	return slices.Concat(shellKeys, formKeys, listKeys, gridKeys, stripKeys, lawKeys, chooserKeys, helpKeys)
}

var (
	shellKeys = []string{
		"F1", "Ctrl+1", "Ctrl+9", "Alt+1", "Alt+9", "Ctrl+K", "Ctrl+N", "Ctrl+S", "Ctrl+D", "Ctrl+Z", "Ctrl+Alt+Z", "Ctrl+Y",
		"Ctrl+Shift+Q", "Ctrl+Shift+O", "Ctrl+Shift+L", "Esc", "F6", "Shift+F6", "Ctrl+PageUp", "Ctrl+PageDown",
	}
	formKeys    = []string{"Tab", "Shift+Tab", "↓", "↑", "Enter", "Alt+↓", "F4", "Ctrl+T", "Ctrl+L"}
	listKeys    = []string{"PageUp", "PageDown", "Home", "End", "Space", "Ctrl+A", "Ctrl+C", "Delete", "Ctrl+↑", "+", "-"}
	gridKeys    = []string{"F2", "Ctrl+X", "Ctrl+V", "Ctrl+Enter", "Ctrl++", "Ctrl+-"}
	stripKeys   = []string{"←", "→", "F2"}
	lawKeys     = []string{"F2", "F3", "F4", "F7", "F8", "F9"}
	chooserKeys = []string{"Backspace", "Alt+↑", "Ctrl+Enter", "Ctrl+Shift+N"}
	helpKeys    = []string{"Ctrl+F", "Ctrl+P", "Alt+←"}
)
