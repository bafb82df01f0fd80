package ledger

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Differences stands above the form of a row and says what two PCs said differently of
// it, one field at a time; it takes no room where there is nothing to settle, or the
// office has no such thing.
type Differences struct {
	widget.BaseWidget

	// OnEdit is told that the person writes the field of a path anew.
	OnEdit func(path string)
	// OnTurned lays out anew what stands around.
	OnTurned func()

	desk   kit.Desk
	office Resolver // nil: there is never anything
	asks   *kit.Latest
	ref    record.Ref
	box    *fyne.Container
	aside  bool // out of sight whatever there is
}

// NewDifferences shows nothing yet; office is asked where it is a Resolver.
func NewDifferences(desk kit.Desk, office any) *Differences {
	d := &Differences{desk: desk, asks: kit.NewLatest(desk.Runner), box: container.NewStack(), OnEdit: func(string) {}, OnTurned: func() {}}
	d.office, _ = office.(Resolver)
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// ShowOf shows what is to be settled of a row; of a new one nothing is.
func (d *Differences) ShowOf(ref record.Ref) {
	if ref != d.ref {
		d.show(nil)
	}
	d.ref = ref
	d.Reload()
}

// Reload asks again.
func (d *Differences) Reload() {
	d.asks.Drop()
	if d.office == nil || d.ref.ID.IsZero() {
		d.show(nil)
		return
	}
	ref := d.ref
	kit.Ask(d.asks, func(ctx context.Context) ([]record.Conflict, error) { return d.office.ConflictsOf(ctx, ref) }, func(list []record.Conflict, err error) {
		if err == nil { // what is wrong with the register, reading the row says
			d.show(list)
		}
	})
}

func (d *Differences) show(list []record.Conflict) {
	if len(list) == 0 && len(d.box.Objects) == 0 {
		return
	}
	d.box.RemoveAll()
	if len(list) > 0 {
		d.box.Add(d.first(list))
	}
	d.see()
}

// PutAside keeps it out of sight, or brings it back, while something else than the form is
// shown.
func (d *Differences) PutAside(aside bool) {
	d.aside = aside
	d.see()
}

func (d *Differences) see() {
	kit.SetVisible(d, len(d.box.Objects) > 0 && !d.aside)
	d.Refresh()
	d.OnTurned()
}

// first is the first of what is to be settled, and how much is left.
func (d *Differences) first(list []record.Conflict) fyne.CanvasObject {
	edit := func(c record.Conflict) { d.OnEdit(c.Field) }
	if list[0].Field == "" {
		edit = nil // there is no field to write
	}
	one := NewDifference(d.desk, d.office, list[0], edit)
	one.OnSettled = d.Reload
	heading := kit.T("Hai máy ghi khác nhau: {{.Field}}", map[string]any{"Field": kit.In(list[0].Words)})
	if list[0].Field == "" {
		heading = kit.T("Một máy xóa, một máy sửa dòng này")
	}
	if more := len(list) - 1; more > 0 {
		heading += kit.T(" (còn {{.N}} chỗ khác nữa)", map[string]any{"N": kit.Number(int64(more))})
	}
	return kit.VStack(theme.SizeTight, kit.NewNote(kit.Attention, heading), one, kit.Hairline())
}

// CreateRenderer shows what is to be settled.
func (d *Differences) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.box) }
