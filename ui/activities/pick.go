package activities

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// multiPick is a picker of several things: each one chosen stands under the field
// as a line that takes itself away.
type multiPick struct {
	widget.BaseWidget

	onChanged func()

	picker *kit.Picker
	chosen []kit.Choice
	lines  *fyne.Container
}

func newMultiPick(r *kit.Runner, find kit.Find) *multiPick {
	m := &multiPick{picker: kit.NewPicker(r, find), lines: kit.VStack(theme.SizeNone)}
	m.picker.OnChosen = m.add
	m.ExtendBaseWidget(m)
	return m
}

// newTermPick picks from a closed list.
func newTermPick(r *kit.Runner, terms []record.Term) *multiPick {
	return newMultiPick(r, func(_ context.Context, query string) ([]kit.Choice, error) {
		return kit.MatchTerms(terms, query), nil
	})
}

// FocusTarget is where the keyboard goes.
func (m *multiPick) FocusTarget() fyne.Focusable { return m.picker.FocusTarget() }

// CreateRenderer puts the chosen under the field.
func (m *multiPick) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.VStack(theme.SizeTight, m.picker, m.lines))
}

// keys are what is stored of the chosen, in the order of choosing.
func (m *multiPick) keys() []string {
	var out []string
	for _, c := range m.chosen {
		out = append(out, c.Key)
	}
	return out
}

// set shows what is chosen.
func (m *multiPick) set(chosen []kit.Choice) {
	m.chosen = chosen
	m.picker.SetChosen(kit.Choice{})
	m.show()
}

// rename gives a chosen key its name once that is known.
func (m *multiPick) rename(key, text string) {
	for i := range m.chosen {
		if m.chosen[i].Key == key {
			m.chosen[i].Text = text
		}
	}
	m.show()
}

func (m *multiPick) add(c kit.Choice) {
	if c.Key == "" {
		return
	}
	m.picker.SetChosen(kit.Choice{})
	if slices.Contains(m.keys(), c.Key) {
		return
	}
	m.chosen = append(slices.Clone(m.chosen), c)
	m.show()
	m.onChanged()
}

func (m *multiPick) remove(key string) {
	m.chosen = slices.DeleteFunc(slices.Clone(m.chosen), func(c kit.Choice) bool { return c.Key == key })
	m.show()
	m.onChanged()
	kit.FocusOn(m.picker)
}

func (m *multiPick) show() {
	m.lines.RemoveAll()
	for _, c := range m.chosen {
		away := kit.Quiet("", fynetheme.IconNameCancel, func() { m.remove(c.Key) })
		m.lines.Add(container.NewBorder(nil, nil, nil, away, kit.InsetXY(theme.SizeGap, theme.SizeNone, kit.Line(c.Text))))
	}
	m.Refresh()
}

// termChoices are the choices of stored codes.
func termChoices(terms []record.Term, codes []string) []kit.Choice {
	var out []kit.Choice
	for _, code := range codes {
		out = append(out, kit.TermChoice(terms, code))
	}
	return out
}

// units finds units and knows the names of those it has seen.
type units struct {
	runner *kit.Runner
	office Office
	names  map[record.ID]string
}

// unitsOffered is how many units a picker asks for.
const unitsOffered = 12

func (u *units) find(ctx context.Context, query string) ([]kit.Choice, error) {
	found, err := u.office.FindUnits(ctx, query, unitsOffered)
	if err != nil {
		return nil, err
	}
	var out []kit.Choice
	for _, f := range found {
		out = append(out, kit.Choice{Key: f.ID.String(), Text: f.Name, Detail: f.Detail})
	}
	return out, nil
}

// choices are the choices of stored ids. A name not yet known is asked for, and
// named when it comes.
func (u *units) choices(ids []record.ID, named func(key, name string)) []kit.Choice {
	var out []kit.Choice
	for _, id := range ids {
		name, known := u.names[id]
		if !known {
			name = kit.T("đang tìm tên…")
			u.ask(id, named)
		}
		out = append(out, kit.Choice{Key: id.String(), Text: name})
	}
	return out
}

func (u *units) ask(id record.ID, named func(key, name string)) {
	kit.Do(u.runner, func(ctx context.Context) (record.Unit, error) {
		return u.office.Unit(ctx, id)
	}, func(unit record.Unit, err error) {
		name := unit.FullName()
		if err != nil {
			name = kit.T("đơn vị không còn trong danh mục")
		}
		u.names[id] = name
		named(id.String(), name)
	})
}

// idsOf reads the ids that pickers give back; they were written by us.
func idsOf(keys []string) []record.ID {
	var out []record.ID
	for _, k := range keys {
		if id, err := record.ParseID(k); err == nil {
			out = append(out, id)
		}
	}
	return out
}

// languages are those of the office's people, kept by their Vietnamese name, which
// is what the register holds.
var languages = func() []record.Term {
	var terms []record.Term
	for _, w := range []record.Words{
		{VI: "Tiếng Việt", EN: "Vietnamese"}, {VI: "Tiếng Xơ-đăng", EN: "Sedang"}, {VI: "Tiếng Ba-na", EN: "Bahnar"},
		{VI: "Tiếng Gia-rai", EN: "Jarai"}, {VI: "Tiếng Gié-Triêng", EN: "Jeh"}, {VI: "Tiếng Hrê", EN: "Hre"},
		{VI: "Tiếng Brâu", EN: "Brau"}, {VI: "Tiếng Rơ-măm", EN: "Romam"}, {VI: "Tiếng Co", EN: "Cor"},
		{VI: "Ngôn ngữ ký hiệu", EN: "Sign language"}, {VI: "Tiếng Anh", EN: "English"},
	} {
		terms = append(terms, record.Term{Code: w.VI, Words: w})
	}
	return terms
}()
