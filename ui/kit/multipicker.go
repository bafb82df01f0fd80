package kit

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// MultiPicker is a picker of several things: each one chosen stands under the field
// as a line that takes itself away, and is not offered again.
type MultiPicker struct {
	widget.BaseWidget

	OnChanged func()

	picker *Picker
	chosen []Choice
	lines  *fyne.Container
}

// NewMultiPicker picks from what find offers.
func NewMultiPicker(r *Runner, find Find) *MultiPicker {
	m := &MultiPicker{OnChanged: func() {}, picker: NewPicker(r, find), lines: VStack(theme.SizeNone)}
	m.picker.OnChosen = m.add
	m.picker.OnTyped = func() { m.OnChanged() }
	m.picker.taken = func(key string) bool { return slices.Contains(m.Keys(), key) }
	m.ExtendBaseWidget(m)
	return m
}

// NewTermsPicker picks from a closed list.
func NewTermsPicker(r *Runner, terms []record.Term) *MultiPicker {
	return NewMultiPicker(r, func(_ context.Context, query string) ([]Choice, error) {
		return MatchTerms(terms, query), nil
	})
}

// Entry is the field people type in.
func (m *MultiPicker) Entry() *Entry { return m.picker.Entry() }

// FocusTarget is where the keyboard goes.
func (m *MultiPicker) FocusTarget() fyne.Focusable { return m.picker.FocusTarget() }

// CreateRenderer puts the chosen under the field.
func (m *MultiPicker) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(VStack(theme.SizeTight, m.picker, m.lines))
}

// Keys are what is stored of the chosen, in the order of choosing.
func (m *MultiPicker) Keys() []string {
	var out []string
	for _, c := range m.chosen {
		out = append(out, c.Key)
	}
	return out
}

// Chosen are the choices, in the order of choosing.
func (m *MultiPicker) Chosen() []Choice { return m.chosen }

// Set shows what is chosen.
func (m *MultiPicker) Set(chosen []Choice) {
	m.chosen = chosen
	m.picker.SetChosen(Choice{})
	m.show()
}

// Draft is what a draft keeps of the field: the choices, and last with an empty key the
// text that chose nothing yet.
func (m *MultiPicker) Draft() []Choice {
	if typed := m.picker.Draft(); typed.Text != "" {
		return append(slices.Clone(m.chosen), typed)
	}
	return m.chosen
}

// Restore shows what a draft kept.
func (m *MultiPicker) Restore(kept []Choice) {
	chosen := slices.DeleteFunc(slices.Clone(kept), func(c Choice) bool { return c.Key == "" })
	m.Set(chosen)
	if len(kept) > len(chosen) {
		m.picker.Restore(kept[len(kept)-1])
	}
}

// Rename gives a chosen key its name once that is known.
func (m *MultiPicker) Rename(key, text string) {
	for i := range m.chosen {
		if m.chosen[i].Key == key {
			m.chosen[i].Text = text
		}
	}
	m.show()
}

func (m *MultiPicker) add(c Choice) {
	if c.Key == "" {
		return
	}
	m.picker.SetChosen(Choice{})
	if slices.Contains(m.Keys(), c.Key) {
		return
	}
	m.chosen = append(slices.Clone(m.chosen), c)
	m.show()
	m.OnChanged()
}

func (m *MultiPicker) remove(key string) {
	m.chosen = slices.DeleteFunc(slices.Clone(m.chosen), func(c Choice) bool { return c.Key == key })
	m.show()
	m.OnChanged()
	FocusOn(m.picker)
}

func (m *MultiPicker) show() {
	m.lines.RemoveAll()
	for _, c := range m.chosen {
		away := Quiet("", fynetheme.IconNameCancel, func() { m.remove(c.Key) })
		m.lines.Add(Border(nil, nil, nil, away, InsetXY(theme.SizeGap, theme.SizeNone, Line(c.Text))))
	}
	m.Refresh()
}

// TermChoices are the choices of stored codes.
func TermChoices(terms []record.Term, codes []string) []Choice {
	var out []Choice
	for _, code := range codes {
		out = append(out, TermChoice(terms, code))
	}
	return out
}
