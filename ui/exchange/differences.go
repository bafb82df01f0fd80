package exchange

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// mostCards are as many as are shown at once; the rest come as these are settled.
const mostCards = 50

// differences is the tab of what two PCs said differently.
//
//	arrows      from card to card
//	1, 2, …     keeps the first version, the second; the number after them edits
//	Enter       opens the row
type differences struct {
	s      *Screen
	office Differing
	asks   *kit.Latest

	head  *kit.Text
	rest  *kit.Text
	list  *fyne.Container
	cards []*card
	page  *kit.FormScroll
	empty fyne.CanvasObject
	stack *fyne.Container
}

func newDifferences(s *Screen, office Differing) *differences {
	d := &differences{s: s, office: office, asks: kit.NewLatest(s.desk.Runner), list: kit.VStack(theme.SizeGap), rest: kit.Caption("")}
	d.head = kit.Caption(kit.T("Phím 1, 2 giữ; 3 sửa; ↑ ↓ sang chỗ khác; Enter mở dòng. Chưa chọn thì sổ tạm dùng bản ghi sau."))
	d.head.Wrap = true
	d.page = kit.NewFormScroll(s.desk.Runner, kit.Wide(kit.VStack(theme.SizeGroup, d.head, d.list, d.rest)))
	d.page.Hide()
	d.empty = kit.EmptyState(kit.T("Không có chỗ nào hai máy ghi khác nhau."), nil)
	d.stack = container.NewStack(d.page, d.empty)
	return d
}

func (d *differences) tab() Tab {
	return Tab{
		Key: TabDifferences, Label: kit.T("Khác nhau"), Help: "khac-nhau", Page: d.stack, Reload: func(record.Exchange) { d.reload() },
		Panes: func() []kit.Pane { return []kit.Pane{{Object: d.page, Target: d.target, Page: d.page}} },
		Count: func(e record.Exchange) int { return e.Conflicts },
	}
}

// target is the first card.
func (d *differences) target() fyne.Focusable {
	if len(d.cards) == 0 {
		return nil
	}
	return d.cards[0]
}

func (d *differences) reload() { kit.Ask(d.asks, d.office.Conflicts, d.show) }

func (d *differences) show(list []record.Conflict, err error) {
	d.s.say(err)
	if err != nil {
		return
	}
	at := d.focused()
	d.list.RemoveAll()
	d.cards = nil
	for _, c := range list[:min(len(list), mostCards)] {
		one := newCard(d, c, len(d.cards))
		d.cards = append(d.cards, one)
		d.list.Add(one)
	}
	more := len(list) - len(d.cards)
	kit.SetVisible(d.rest, more > 0)
	d.rest.SetText(kit.T("và {{.N}} chỗ nữa", map[string]any{"N": kit.Number(int64(more))}))
	kit.SetVisible(d.page, len(list) > 0)
	kit.SetVisible(d.empty, len(list) == 0)
	d.stack.Refresh()
	if at >= 0 { // the card that had the keyboard is another now
		d.goTo(min(at, len(d.cards)-1))
	}
	if d.s.arriving == TabDifferences && d.s.at == TabDifferences && d.s.desk.Window.Canvas().Focused() == nil {
		d.s.enter()
	}
}

// focused is the card the keyboard is on, or in; -1 for none.
func (d *differences) focused() int {
	f := d.s.desk.Window.Canvas().Focused()
	for i, c := range d.cards {
		if c.holds(f) {
			return i
		}
	}
	return -1
}

func (d *differences) goTo(i int) {
	c := d.s.desk.Window.Canvas()
	if i < 0 || i >= len(d.cards) {
		if len(d.cards) == 0 {
			c.Unfocus()
		}
		return
	}
	c.Focus(d.cards[i])
	d.page.FollowFocus()
}

// open shows the row in its area, at the field.
func (d *differences) open(c record.Conflict) {
	d.s.OnOpenRow(c.Ref, record.Place{Field: record.FieldPath(c.Ref.Noun, c.Field)})
}

// card is one difference in the list, with the row it is of.
type card struct {
	widget.BaseWidget

	d     *differences
	at    int
	one   *ledger.Difference
	box   fyne.CanvasObject
	ring  *canvas.Rectangle
	stuck bool // it has the keyboard
}

func newCard(d *differences, c record.Conflict, at int) *card {
	k := &card{d: d, at: at, one: ledger.NewDifference(d.s.desk, d.office, c, d.open)}
	k.one.OnSettled = d.s.Reload
	title := kit.Line(c.Title)
	title.Style.Bold = true
	field := kit.Caption(kit.In(c.Words))
	if c.Field == "" {
		field.SetText(kit.T("một máy xóa, một máy sửa"))
	}
	head := kit.Border(nil, nil, nil, k.waited(c.Days), kit.VStack(theme.SizeNone, title, field))
	k.box = kit.Inset(theme.SizeGap, kit.VStack(theme.SizeGap, head, k.one))
	k.ExtendBaseWidget(k)
	return k
}

// waited says how long, marked where that is too long.
func (k *card) waited(days int) fyne.CanvasObject {
	if days == 0 {
		return nil
	}
	words := kit.T("chờ {{.N}} ngày", map[string]any{"N": kit.Number(int64(days))})
	text := kit.Caption(words)
	text.Whole = true
	if !k.one.Late() {
		return text
	}
	text.Color = fynetheme.ColorNameWarning
	return kit.HStack(theme.SizeTight, widget.NewIcon(fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning))), text)
}

// holds reports whether the keyboard is on the card or on a button of it.
func (k *card) holds(f fyne.Focusable) bool {
	if f == nil {
		return false
	}
	return f == fyne.Focusable(k) || (kit.Pane{Object: k.one}).Holds(f)
}

// FocusGained shows the ring, FocusLost takes it away.
func (k *card) FocusGained() {
	k.stuck = true
	kit.Arrived(k)
	k.Refresh()
}

// FocusLost is the other half of FocusGained.
func (k *card) FocusLost() {
	k.stuck = false
	k.Refresh()
}

// Tapped gives the card the keyboard.
func (k *card) Tapped(*fyne.PointEvent) { k.d.goTo(k.at) }

// TypedKey goes from card to card and opens the row.
func (k *card) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown:
		k.d.goTo(k.at + 1)
	case fyne.KeyUp:
		if k.at > 0 {
			k.d.goTo(k.at - 1)
		}
	case fyne.KeyHome:
		k.d.goTo(0)
	case fyne.KeyEnd:
		k.d.goTo(len(k.d.cards) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		k.d.open(k.one.Conflict())
	default:
		kit.PassKey(k, key)
	}
}

// TypedRune makes the choice of a number.
func (k *card) TypedRune(r rune) {
	if r >= '1' && r <= '9' {
		k.one.Choose(int(r - '1'))
	}
}

// Refresh follows the keyboard and the theme.
func (k *card) Refresh() {
	if k.ring != nil {
		k.drawRing()
	}
	k.BaseWidget.Refresh()
}

func (k *card) drawRing() {
	k.ring.FillColor = color.Transparent
	k.ring.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	k.ring.StrokeColor, k.ring.StrokeWidth = fynetheme.Color(fynetheme.ColorNameSeparator), 1
	if k.stuck {
		k.ring.StrokeColor, k.ring.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), fynetheme.Size(theme.SizeRing)
	}
	k.ring.Refresh()
}

// CreateRenderer draws a hairline around the card, or the ring.
func (k *card) CreateRenderer() fyne.WidgetRenderer {
	k.ring = canvas.NewRectangle(color.Transparent)
	k.drawRing()
	return widget.NewSimpleRenderer(container.NewStack(k.ring, k.box))
}
