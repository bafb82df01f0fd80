package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// DateEntry is a field for a day, typed as people write it: 5/3, 05032026, hôm nay.
// It changes nothing while somebody types; once left, it shows the day as the office
// writes it and says its weekday in the hint of its Field. Alt+Down, F4 or a tap on its icon open
// a month to choose from.
type DateEntry struct {
	widget.BaseWidget

	// Holiday is the name of a holiday, or ""; nil for none.
	Holiday func(record.Date) string

	entry *Entry
	parse func(string) (record.Date, error)
	today func() record.Date
	tell  func(string)
	popup *datePopup // nil until it was opened
}

// NewDateEntry makes an empty field; parse reads what people write.
func NewDateEntry(parse func(string) (record.Date, error), today func() record.Date) *DateEntry {
	d := &DateEntry{entry: NewEntry(), parse: parse, today: today}
	d.entry.field = d
	d.entry.ActionItem = newEntryIcon(fynetheme.IconNameCalendar, d.Choose)
	d.ExtendBaseWidget(d)
	return d
}

// Entry is the field people type in.
func (d *DateEntry) Entry() *Entry { return d.entry }

// Value is the day; "" for an empty field. The error says what to write.
func (d *DateEntry) Value() (record.Date, error) {
	text := strings.TrimSpace(d.entry.Text)
	if text == "" {
		return "", nil
	}
	return d.parse(text)
}

// SetValue shows a stored day.
func (d *DateEntry) SetValue(day record.Date) {
	d.entry.Display(day.String())
	d.say()
}

// Understood is the weekday of the day, and the day where it was written otherwise.
func (d *DateEntry) Understood() string {
	day, err := d.Value()
	if err != nil || day == "" {
		return ""
	}
	if strings.TrimSpace(d.entry.Text) == day.String() {
		return weekdayName(weekday(day))
	}
	return DayWords(day)
}

// Choose opens the month under the field, at its day or at today.
func (d *DateEntry) Choose() {
	window := canvasOf(d.entry)
	if window == nil || d.popup.open() || d.entry.Disabled() {
		return
	}
	day, err := d.Value()
	if err != nil || day == "" {
		day = d.today()
	}
	window.Focus(d.entry)                  // where the keyboard comes back to
	d.popup = newDatePopup(d, window, day) // known before the field loses the keyboard to it
	d.popup.show()
}

// Chooser is the open month; nil while it is closed.
func (d *DateEntry) Chooser() *MonthPicker {
	if !d.popup.open() {
		return nil
	}
	return d.popup.month
}

// chosen takes the day from the month; "" leaves the field as it is.
func (d *DateEntry) chosen(day record.Date) {
	if day != "" {
		d.entry.SetText(day.String())
		d.entry.CursorColumn = len(day.String())
		d.entry.Refresh()
	}
	d.say()
}

// FocusTarget is where the keyboard goes.
func (d *DateEntry) FocusTarget() fyne.Focusable { return d.entry }

// CreateRenderer shows the field.
func (d *DateEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.entry) }

func (d *DateEntry) onUnderstood(tell func(string)) { d.tell = tell }

func (d *DateEntry) say() {
	if d.tell != nil {
		d.tell(d.Understood())
	}
}

func (d *DateEntry) typedShortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.KeyName != fyne.KeyDown || c.Modifier != fyne.KeyModifierAlt {
		return false
	}
	d.Choose()
	return true
}

func (d *DateEntry) typedKey(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyF4 {
		return false
	}
	d.Choose()
	return true
}

// left shows the day that was understood, unless the keyboard only went to the month.
func (d *DateEntry) left() bool {
	if d.popup.open() {
		return false
	}
	if day, err := d.Value(); err == nil && day != "" && d.entry.Text != day.String() {
		d.entry.SetText(day.String())
	}
	d.say()
	return true
}

// entryIcon is a small sign in a field that can be tapped. It does not take the
// keyboard: the field has a key for the same.
type entryIcon struct {
	widget.BaseWidget
	icon fyne.ThemeIconName
	tap  func()
}

func newEntryIcon(icon fyne.ThemeIconName, tap func()) *entryIcon {
	i := &entryIcon{icon: icon, tap: tap}
	i.ExtendBaseWidget(i)
	return i
}

// Tapped does what the sign is for.
func (i *entryIcon) Tapped(*fyne.PointEvent) { i.tap() }

// Cursor is a hand.
func (i *entryIcon) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer shows the sign, smaller than the field.
func (i *entryIcon) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(InsetXY(theme.SizeGap, theme.SizeNone, widget.NewIcon(theme.Icon(i.icon))))
}
