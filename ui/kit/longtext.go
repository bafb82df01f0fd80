package kit

import "fyne.io/fyne/v2"

// LongText is a field of several lines in which Tab goes on to the next field.
type LongText struct{ Entry }

// NewLongText makes a field that shows a number of lines.
func NewLongText(lines int) *LongText {
	t := &LongText{}
	t.MultiLine = true
	t.Wrapping = fyne.TextWrapWord
	t.SetMinRowsVisible(lines)
	t.extend(t)
	return t
}

// AcceptsTab leaves Tab to the form.
func (*LongText) AcceptsTab() bool { return false }
