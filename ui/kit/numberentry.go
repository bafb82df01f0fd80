package kit

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
)

// NumberEntry is a field for a whole number, typed with dots between thousands or
// without. It never changes what was typed; once left, it says in the hint of its
// Field how it was read, where that looks different.
type NumberEntry struct {
	widget.BaseWidget

	entry *Entry
	tell  func(string)
}

// NewNumberEntry makes an empty field.
func NewNumberEntry() *NumberEntry {
	n := &NumberEntry{entry: NewEntry()}
	n.entry.field = n
	n.ExtendBaseWidget(n)
	return n
}

// Entry is the field people type in.
func (n *NumberEntry) Entry() *Entry { return n.entry }

// Value is the number; 0 for an empty field. The error says what to write.
func (n *NumberEntry) Value() (int64, error) { return ReadNumber(n.entry.Text) }

// SetValue shows a stored number, 0 as an empty field.
func (n *NumberEntry) SetValue(v int64) {
	text := ""
	if v != 0 {
		text = strconv.FormatInt(v, 10)
	}
	n.entry.Display(text)
	n.say()
}

// Understood is how the number was read, "" where that is plain or it cannot be read.
func (n *NumberEntry) Understood() string {
	text := strings.TrimSpace(n.entry.Text)
	v, err := n.Value()
	if text == "" || err != nil || text == Number(v) {
		return ""
	}
	return "= " + Number(v)
}

// FocusTarget is where the keyboard goes.
func (n *NumberEntry) FocusTarget() fyne.Focusable { return n.entry }

// CreateRenderer shows the field.
func (n *NumberEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.entry) }

func (n *NumberEntry) onUnderstood(tell func(string)) { n.tell = tell }

func (n *NumberEntry) say() {
	if n.tell != nil {
		n.tell(n.Understood())
	}
}

func (n *NumberEntry) typedShortcut(fyne.Shortcut) bool { return false }
func (n *NumberEntry) typedKey(*fyne.KeyEvent) bool     { return false }
func (n *NumberEntry) left() bool                       { n.say(); return true }

// ReadNumber reads a whole number as people write it: 1234, 1.234, 1,234, 1 234. A
// dot or a comma that does not part thousands is refused: 12,5 is not 125.
func ReadNumber(text string) (int64, error) {
	s := strings.Join(strings.Fields(text), " ") // the hard space too
	if s == "" {
		return 0, nil
	}
	digits, sign := s, ""
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		digits, sign = rest, "-"
	}
	for _, separator := range []string{".", ",", " "} {
		if groups := strings.Split(digits, separator); len(groups) > 1 && thousands(groups) {
			digits = strings.Join(groups, "")
			break
		}
	}
	n, err := strconv.ParseInt(sign+digits, 10, 64)
	if err != nil || !isDigit(digits[0]) {
		return 0, record.Refuse(record.ErrInvalid, "Ghi số nguyên bằng chữ số, ví dụ 60 hoặc 1.200.", "Write a whole number in digits, for example 60 or 1,200.")
	}
	return n, nil
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// thousands reports whether all groups but the first have three digits.
func thousands(groups []string) bool {
	for i, g := range groups {
		if len(g) == 0 || len(g) > 3 || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}
