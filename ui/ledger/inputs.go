package ledger

import (
	"context"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Label gives a field other words than record's.
type Label = string

// Text adds a field of one line.
func (f *Form) Text(path string, label ...Label) *kit.Field {
	e := kit.NewEntry()
	f.hear(e, path)
	return f.add(textInput(path, e), first(label), e)
}

// Long adds a field of several lines.
func (f *Form) Long(path string, lines int, label ...Label) *kit.Field {
	t := kit.NewLongText(lines)
	f.hear(&t.Entry, path)
	return f.add(textInput(path, &t.Entry), first(label), t)
}

func (f *Form) hear(e *kit.Entry, path string) {
	e.OnChanged = func(string) { f.changed() }
	e.OnLeft = func() { f.left(path) }
}

func first(label []Label) string {
	if len(label) > 0 {
		return label[0]
	}
	return ""
}

func textInput(path string, e *kit.Entry) *input {
	return &input{
		path:  path,
		show:  func(v any) { e.SetText(textOf(v)) },
		read:  func() (any, error) { return strings.TrimSpace(e.Text), nil },
		draft: func() string { return e.Text }, restore: e.SetText,
	}
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case record.Clock:
		return string(v)
	}
	panic("ledger: no field for text")
}

// Day adds a field for a day.
func (f *Form) Day(path string, label ...Label) *kit.Field {
	d := kit.NewDateEntry(f.office.ParseDate, func() record.Date {
		today, _ := f.office.ParseDate(todayWords)
		return today
	})
	f.hear(d.Entry(), path)
	return f.add(&input{
		path:  path,
		show:  func(v any) { d.Entry().SetText(v.(record.Date).String()) },
		read:  func() (any, error) { return d.Value() },
		draft: func() string { return d.Entry().Text }, restore: d.Entry().SetText,
	}, first(label), d)
}

// todayWords are read as today by whoever reads dates.
const todayWords = "hôm nay"

// Number adds a field for a whole number.
func (f *Form) Number(path string, label ...Label) *kit.Field {
	n := kit.NewNumberEntry()
	f.hear(n.Entry(), path)
	return f.add(&input{
		path: path,
		show: func(v any) {
			if v := v.(int64); v == 0 {
				n.Entry().SetText("")
			} else {
				n.Entry().SetText(plainNumber(path, v))
			}
		},
		read:  func() (any, error) { return n.Value() },
		draft: func() string { return n.Entry().Text }, restore: n.Entry().SetText,
	}, first(label), n)
}

// plainNumber writes a year without dots.
func plainNumber(path string, v int64) string {
	if path == "year" {
		return strings.NewReplacer(".", "", ",", "").Replace(kit.Number(v))
	}
	return kit.Number(v)
}

// Yes adds a box to tick.
func (f *Form) Yes(path string, label ...Label) *kit.Field {
	words := first(label)
	if words == "" {
		words = labelOf(f.base, path)
	}
	box := kit.NewCheck(words, func(bool) { f.changed() })
	field := f.add(&input{
		path: path,
		show: func(v any) { box.SetChecked(v.(bool)) },
		read: func() (any, error) { return box.Checked, nil },
		draft: func() string {
			if box.Checked {
				return "1"
			}
			return ""
		},
		restore: func(s string) { box.SetChecked(s != "") },
	}, " ", box)
	return field
}

// Term adds a field that holds one word of a closed list.
func (f *Form) Term(path string, label ...Label) *kit.Field {
	return f.Choose(path, record.FieldTerms(f.base.Ref().Noun, path), label...)
}

// Choose adds a field that holds one word of a list given.
func (f *Form) Choose(path string, terms []record.Term, label ...Label) *kit.Field {
	p := kit.NewTermPicker(f.runner, terms)
	return f.picker(path, first(label), p, func(v any) kit.Choice { return kit.TermChoice(terms, v.(string)) },
		func(c kit.Choice) (any, error) { return c.Key, nil })
}

// picker adds a field that points at one thing.
func (f *Form) picker(path, label string, p *kit.Picker, choice func(any) kit.Choice, value func(kit.Choice) (any, error)) *kit.Field {
	p.OnChosen, p.OnTyped = func(kit.Choice) { f.changed() }, f.changed
	p.Entry().OnLeft = func() { f.left(path) }
	return f.add(&input{
		path: path,
		show: func(v any) { p.SetChosen(choice(v)) },
		read: func() (any, error) {
			if p.Chosen().Key == "" && strings.TrimSpace(p.Text()) != "" {
				return nil, notChosen()
			}
			return value(p.Chosen())
		},
		draft:   func() string { return asJSON([]kit.Choice{p.Draft()}) },
		restore: func(s string) { p.Restore(firstChoice(s)) },
	}, label, p)
}

func notChosen() error {
	return record.Refuse(record.ErrInvalid, "Hãy chọn một dòng trong danh sách gợi ý, hoặc để trống.", "Choose one of the lines offered, or leave it empty.")
}

func firstChoice(s string) kit.Choice {
	if list := choicesOf(s); len(list) > 0 {
		return list[0]
	}
	return kit.Choice{}
}

func choicesOf(s string) []kit.Choice {
	var list []kit.Choice
	if json.Unmarshal([]byte(s), &list) != nil {
		return nil // a draft of another version: the field stays as it is stored
	}
	return list
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("ledger: choices that cannot be written down: " + err.Error())
	}
	return string(text)
}

// Terms adds a field that holds several words of a closed list; topics are the
// office's own list.
func (f *Form) Terms(path string, label ...Label) *kit.Field {
	terms := record.FieldTerms(f.base.Ref().Noun, path)
	if path == "topics" {
		terms = f.office.Topics()
	}
	m := kit.NewTermsPicker(f.runner, terms)
	return f.picks(path, first(label), m, func(v any) []kit.Choice { return kit.TermChoices(terms, v.([]string)) },
		func(keys []string) any { return keys })
}

func (f *Form) picks(path, label string, m *kit.MultiPicker, choices func(any) []kit.Choice, value func([]string) any) *kit.Field {
	m.OnChanged = f.changed
	m.Entry().OnLeft = func() { f.left(path) }
	return f.add(&input{
		path: path,
		show: func(v any) { m.Set(choices(v)) },
		read: func() (any, error) {
			if strings.TrimSpace(m.Entry().Text) != "" {
				return nil, notChosen()
			}
			return value(m.Keys()), nil
		},
		draft:   func() string { return asJSON(m.Draft()) },
		restore: func(s string) { m.Restore(choicesOf(s)) },
	}, label, m)
}

// Unit adds a field that names a unit, found by bare letters.
func (f *Form) Unit(path string, label ...Label) *kit.Field {
	return f.points(path, first(label), "unit", findUnits(f.office))
}

// Person adds a field that names a person of the register.
func (f *Form) Person(path string, label ...Label) *kit.Field {
	return f.points(path, first(label), "person", findPeople(f.office))
}

// Row adds a field that names a row of another register.
func (f *Form) Row(path, noun string, label ...Label) *kit.Field {
	return f.points(path, first(label), noun, findRows(f.office, noun))
}

// points adds a field that holds the id of a row.
func (f *Form) points(path, label, noun string, find kit.Find) *kit.Field {
	p := kit.NewPicker(f.runner, find)
	named := func(key, name string) {
		if p.Chosen().Key == key {
			p.SetChosen(kit.Choice{Key: key, Text: name})
		}
	}
	field := f.picker(path, label, p, func(v any) kit.Choice { return f.choice(noun, v.(record.ID), named) },
		func(c kit.Choice) (any, error) { return idOf(c.Key), nil })
	if noun == "unit" {
		kit.Recent(p, noun)
	}
	return field
}

// Units adds a field that names several units.
func (f *Form) Units(path string, label ...Label) *kit.Field {
	m := kit.NewMultiPicker(f.runner, findUnits(f.office))
	return f.picks(path, first(label), m, func(v any) []kit.Choice {
		var out []kit.Choice
		for _, id := range v.([]record.ID) {
			out = append(out, f.choice("unit", id, m.Rename))
		}
		return out
	}, func(keys []string) any {
		var ids []record.ID
		for _, k := range keys {
			ids = append(ids, idOf(k))
		}
		return ids
	})
}

// choice is the choice of a stored id; its name is asked for, and shown when it comes.
func (f *Form) choice(noun string, id record.ID, named func(key, name string)) kit.Choice {
	if id.IsZero() {
		return kit.Choice{}
	}
	kit.Do(f.runner, func(ctx context.Context) (string, error) {
		return f.office.TitleOf(ctx, record.Ref{Noun: noun, ID: id})
	}, func(name string, err error) {
		if err != nil || name == "" {
			name = kit.T("không còn trong sổ")
		}
		f.showing = true
		named(id.String(), name)
		f.showing = false
	})
	return kit.Choice{Key: id.String(), Text: kit.T("đang tìm tên…")}
}

func idOf(key string) record.ID {
	id, _ := record.ParseID(key) // written by us, or empty
	return id
}

// Lines adds a field of texts that come one after the other, parted by semicolons.
func (f *Form) Lines(path string, label ...Label) *kit.Field {
	e := kit.NewEntry()
	f.hear(e, path)
	var stored []string
	return f.add(&input{
		path: path,
		show: func(v any) { stored = v.([]string); e.SetText(strings.Join(stored, "; ")) },
		read: func() (any, error) {
			if e.Text == strings.Join(stored, "; ") {
				return stored, nil // one of them may hold a semicolon
			}
			var out []string
			for _, part := range strings.Split(e.Text, ";") {
				if part = strings.TrimSpace(part); part != "" {
					out = append(out, part)
				}
			}
			return out, nil
		},
		draft: func() string { return e.Text }, restore: e.SetText,
	}, first(label), e)
}

// Languages adds a field for languages, chosen from those of the office's people.
func (f *Form) Languages(path string, label ...Label) *kit.Field {
	m := kit.NewTermsPicker(f.runner, Languages)
	return f.picks(path, first(label), m, func(v any) []kit.Choice { return kit.TermChoices(Languages, v.([]string)) },
		func(keys []string) any { return keys })
}

// Custom adds a field of one's own: how a value gets in and out, and what a draft keeps.
func (f *Form) Custom(path, label string, o fyne.CanvasObject, show func(any), read func() (any, error), draft func() string, restore func(string)) *kit.Field {
	return f.add(&input{path: path, show: show, read: read, draft: draft, restore: restore}, label, o)
}
