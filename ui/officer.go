package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Officers is what the choice of who is at the desk asks of the running office.
type Officers interface {
	Office(ctx context.Context) (record.Office, error)
	AtDesk(ctx context.Context) (record.Officer, error)
	TakeDesk(ctx context.Context, id record.ID) error
}

// deskButton says at the foot of the rail who writes now, and lets another take the
// desk.
type deskButton struct {
	widget.BaseWidget

	desk   kit.Desk
	office Officers
	asks   *kit.Latest
	edit   func() // opens the list of officers; nil: none
	lock   func() // locks the window; nil: it cannot be

	button *kit.PushButton
	folded bool
	here   record.Officer
	all    []record.Officer
}

func newDeskButton(desk kit.Desk, office Officers) *deskButton {
	d := &deskButton{desk: desk, office: office, asks: kit.NewLatest(desk.Runner)}
	d.button = kit.Quiet("", fynetheme.IconNameAccount, d.choose)
	d.button.Alignment = widget.ButtonAlignLeading
	d.ExtendBaseWidget(d)
	return d
}

// atDesk is who is there and who else there is.
type atDesk struct {
	here   record.Officer
	office record.Office
}

// reload reads who is at the desk.
func (d *deskButton) reload() {
	kit.Ask(d.asks, func(ctx context.Context) (at atDesk, err error) {
		if at.here, err = d.office.AtDesk(ctx); err != nil {
			return at, err
		}
		at.office, err = d.office.Office(ctx)
		return at, err
	}, func(at atDesk, err error) {
		if err != nil {
			return // the top line says that the register cannot be read
		}
		d.here, d.all = at.here, at.office.Officers
		d.name()
	})
}

// name writes who is at the desk.
func (d *deskButton) name() {
	d.fit(d.Size().Width)
	d.Refresh()
}

// fold leaves the icon only.
func (d *deskButton) fold(folded bool) {
	d.folded = folded
	d.fit(d.Size().Width)
}

// Resize writes as much of the name as there is room for.
func (d *deskButton) Resize(size fyne.Size) {
	d.BaseWidget.Resize(size)
	d.fit(size.Width)
}

// fit writes the whole name where there is room, else as much of it as there is.
func (d *deskButton) fit(width float32) {
	text := d.here.Name
	room := width - fynetheme.Size(theme.SizeGap) - 2*fynetheme.InnerPadding() - fynetheme.IconInlineSize() - fynetheme.Padding()
	for _, shorter := range namesFor(d.here.Name) {
		if width <= 0 || fyne.MeasureText(text, fynetheme.TextSize(), fyne.TextStyle{Bold: true}).Width <= room {
			break
		}
		text = shorter
	}
	if d.folded {
		text = ""
	}
	if text != d.button.Text {
		d.button.SetText(text)
	}
}

// namesFor are ever shorter forms of a name: middle names by their first letter, then the
// family name; at last what people are called by.
func namesFor(name string) []string {
	words := strings.Fields(name)
	last := len(words) - 1
	if last < 1 {
		return nil
	}
	var out []string
	abbreviate := func(at int) {
		words[at] = string([]rune(words[at])[:1]) + "."
		out = append(out, strings.Join(words, " "))
	}
	for at := 1; at < last; at++ {
		abbreviate(at)
	}
	abbreviate(0)
	return append(out, words[last])
}

// choose offers who may take the desk.
func (d *deskButton) choose() {
	items := d.items()
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(d.button)
	height := widget.NewMenu(fyne.NewMenu("", items...)).MinSize().Height
	kit.Menu(d.desk.Window, fyne.NewPos(at.X, max(0, at.Y-height)), items...)
}

func (d *deskButton) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, f := range d.all {
		if f.Gone {
			continue
		}
		item := fyne.NewMenuItem(withTitle(f), func() { d.take(f) })
		item.Checked = f.ID == d.here.ID
		items = append(items, item)
	}
	items = append(items, fyne.NewMenuItemSeparator())
	if d.edit != nil {
		items = append(items, fyne.NewMenuItem(kit.T("Danh sách cán bộ…"), d.edit))
	}
	if d.lock != nil {
		items = append(items, fyne.NewMenuItem(kit.T("Khóa màn hình")+"    Ctrl+Shift+L", d.lock))
	}
	return items
}

func withTitle(f record.Officer) string {
	if f.Title == "" {
		return f.Name
	}
	return f.Name + ", " + f.Title
}

func (d *deskButton) take(f record.Officer) {
	if f.ID == d.here.ID {
		return
	}
	kit.Do(d.desk.Runner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, d.office.TakeDesk(ctx, f.ID)
	}, func(_ struct{}, err error) {
		if err != nil {
			d.desk.Say(kit.Sentence(err), nil)
			return
		}
		d.desk.Say(kit.T("Từ giờ {{.Name}} ghi sổ.", map[string]any{"Name": f.Name}), nil)
		d.reload()
	})
}

// CreateRenderer shows the button under a thin line.
func (d *deskButton) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.VStack(theme.SizeNone, kit.Hairline(), container.New(besideRail{}, d.button)))
}

// besideRail keeps the button under the icons of the rail, and gives its name all the room
// up to the line at the rail's side.
type besideRail struct{}

func (besideRail) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(fynetheme.Size(theme.SizeGap), 2*fynetheme.Size(theme.SizeGap))
}

func (besideRail) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := fynetheme.Size(theme.SizeGap)
	o[0].Move(fyne.NewPos(gap, gap))
	o[0].Resize(size.SubtractWidthHeight(gap, 2*gap))
}
