package ledger

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Settler is an office in which a person settles what two PCs said differently.
type Settler interface {
	// Keep says that a value holds, over all versions of the field.
	Keep(ctx context.Context, ref record.Ref, field string, v record.Value) (record.Change, error)
	// KeepDeleted says of a row that one deleted and another edited that it is gone, or not.
	KeepDeleted(ctx context.Context, ref record.Ref, gone bool) (record.Change, error)
	Undo(ctx context.Context, batch string) (record.Change, error)
}

// Resolver is a Settler that tells what is to be settled of one row.
type Resolver interface {
	Settler
	ConflictsOf(ctx context.Context, ref record.Ref) ([]record.Conflict, error)
}

// longAgo is how many days a difference may wait before it is marked.
const longAgo = 14

// Difference is one field two PCs said differently, or a row that one deleted and the
// other edited: a sentence for each, what stood before, and a button to keep each.
type Difference struct {
	widget.BaseWidget

	// OnSettled is told after a choice was stored, and after it was taken back.
	OnSettled func()
	// OnEdit is told that neither is right; nil: the button is left out.
	OnEdit func(record.Conflict)

	desk    kit.Desk
	office  Settler
	c       record.Conflict
	keeps   []*kit.PushButton // one for each version, and last the one that edits
	problem *kit.Note
	lines   *fyne.Container
}

// NewDifference shows one.
func NewDifference(desk kit.Desk, office Settler, c record.Conflict, onEdit func(record.Conflict)) *Difference {
	d := &Difference{desk: desk, office: office, c: c, OnSettled: func() {}, OnEdit: onEdit, problem: kit.NewNote(kit.Wrong, "")}
	d.problem.Hide()
	d.lines = kit.VStack(theme.SizeTight)
	for _, v := range c.Versions {
		d.lines.Add(kit.Paragraph(d.sentence(v)))
	}
	if before := d.before(); before != "" {
		d.lines.Add(kit.Caption(before))
	}
	buttons := kit.Flow()
	for i, label := range d.labels() {
		b := kit.Button(label, "", func() { d.Choose(i) })
		d.keeps = append(d.keeps, b)
		buttons.Add(b)
	}
	if onEdit != nil {
		b := kit.Button(kit.T("Sửa…"), fynetheme.IconNameDocumentCreate, func() { d.Choose(len(c.Versions)) })
		d.keeps = append(d.keeps, b)
		buttons.Add(b)
	}
	d.lines.Add(kit.InsetXY(theme.SizeNone, theme.SizeTight, buttons))
	d.lines.Add(d.problem)
	d.ExtendBaseWidget(d)
	return d
}

// gone reports whether a version is that its PC deleted the row.
func (d *Difference) gone(v record.Version) bool { return d.c.Field == "" && v.Value == "true" }

// shown is a value without the marks a text comes in: the sentences here have their own.
func shown(v record.Version) string {
	return strings.TrimSuffix(strings.TrimPrefix(v.Shown, "“"), "”")
}

// sentence is who said what, at which PC and when.
func (d *Difference) sentence(v record.Version) string {
	data := map[string]any{"Who": v.Officer, "Machine": v.Machine, "When": kit.When(v.At, d.desk.Now()), "Value": shown(v)}
	switch {
	case d.gone(v):
		return kit.T("{{.Who}} (máy {{.Machine}}, {{.When}}) xóa dòng này.", data)
	case d.c.Field == "":
		return kit.T("{{.Who}} (máy {{.Machine}}, {{.When}}) sửa dòng này.", data)
	case v.Shown == "":
		return kit.T("{{.Who}} (máy {{.Machine}}, {{.When}}) để trống.", data)
	}
	return kit.T("{{.Who}} (máy {{.Machine}}, {{.When}}) ghi: “{{.Value}}”.", data)
}

// before is what both had seen.
func (d *Difference) before() string {
	if d.c.Before == nil {
		return ""
	}
	if d.c.Before.Shown == "" {
		return kit.T("Trước đó để trống.")
	}
	return kit.T("Trước đó: “{{.Value}}”.", map[string]any{"Value": shown(*d.c.Before)})
}

// labels name the choices by who wrote them, or by the PC where one person wrote both.
func (d *Difference) labels() []string {
	people, machines := map[string]int{}, map[string]int{}
	for _, v := range d.c.Versions {
		people[v.Officer]++
		machines[v.Machine]++
	}
	var out []string
	for _, v := range d.c.Versions {
		switch {
		case d.gone(v):
			out = append(out, kit.T("Xóa dòng này"))
		case d.c.Field == "":
			out = append(out, kit.T("Giữ dòng này"))
		case people[v.Officer] == 1 && v.Officer != "":
			out = append(out, kit.T("Giữ của {{.Who}}", map[string]any{"Who": v.Officer}))
		case machines[v.Machine] == 1:
			out = append(out, kit.T("Giữ của máy {{.Machine}}", map[string]any{"Machine": v.Machine}))
		default:
			out = append(out, kit.T("Giữ “{{.Value}}”", map[string]any{"Value": shown(v)}))
		}
	}
	return out
}

// Conflict is what is shown.
func (d *Difference) Conflict() record.Conflict { return d.c }

// Choices is how many there are, with the one to edit.
func (d *Difference) Choices() int { return len(d.keeps) }

// Choose does what a button does: those of the versions come first.
func (d *Difference) Choose(i int) {
	switch {
	case i < 0 || i >= len(d.keeps) || d.keeps[i].Disabled():
	case i == len(d.c.Versions):
		d.OnEdit(d.c)
	default:
		d.keep(d.keeps[i].Text, d.c.Versions[i])
	}
}

// Late reports whether it has waited too long.
func (d *Difference) Late() bool { return d.c.Days > longAgo }

func (d *Difference) keep(words string, v record.Version) {
	d.rest(true)
	kit.Do(d.desk.Runner, func(ctx context.Context) (record.Change, error) {
		if d.c.Field == "" {
			return d.office.KeepDeleted(ctx, d.c.Ref, d.gone(v))
		}
		return d.office.Keep(ctx, d.c.Ref, d.c.Field, v.Value)
	}, func(c record.Change, err error) {
		d.rest(false)
		if err != nil {
			d.problem.SetText(kit.Sentence(err))
			d.problem.Show()
			d.Refresh()
			return
		}
		d.desk.Say(kit.T("{{.Title}}: {{.Choice}}.", map[string]any{"Title": d.c.Title, "Choice": words}), d.undo(c))
		d.OnSettled()
	})
}

func (d *Difference) undo(c record.Change) func() {
	if c.Batch == "" {
		return nil
	}
	return func() {
		d.desk.TakeBack(kit.Undoing(d.office.Undo, c.Batch), kit.Redoing(d.office.Undo), d.OnSettled)
	}
}

// rest keeps a choice from being made twice.
func (d *Difference) rest(on bool) {
	for _, b := range d.keeps {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// CreateRenderer shows the sentences above the buttons.
func (d *Difference) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.lines) }
