package ui

import "slices"

// KeyMap are the keys that do something in the window, as the help writes them: those
// of the shell, then those of forms, lists and grids. The page of keys names exactly
// these.
func KeyMap() []string {
	return slices.Concat(shellKeys, formKeys, listKeys, gridKeys, helpKeys)
}

var (
	shellKeys = []string{
		"F1", "Ctrl+1", "Ctrl+9", "Alt+1", "Alt+9", "Ctrl+K", "Ctrl+N", "Ctrl+S", "Ctrl+D", "Ctrl+Z", "Ctrl+Alt+Z", "Ctrl+Y",
		"Ctrl+Shift+Q", "Ctrl+Shift+O", "Ctrl+Shift+L", "Esc",
	}
	formKeys = []string{"Tab", "Shift+Tab", "↓", "↑", "Enter", "Alt+↓", "F4", "Ctrl+T", "Ctrl+L"}
	listKeys = []string{"PageUp", "PageDown", "Home", "End", "Space", "Ctrl+A", "Ctrl+C", "Delete", "Ctrl+↑", "+", "-"}
	gridKeys = []string{"F2", "Ctrl+X", "Ctrl+V", "Ctrl+Enter", "Ctrl++", "Ctrl+-"}
	helpKeys = []string{"Ctrl+F", "Alt+←"}
)
