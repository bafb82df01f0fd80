package activities

import (
	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// orderKey remembers in which order the list stands.
const orderKey = "activities.order"

type order struct {
	by    record.ActivityOrder
	words string
}

func orders() []order {
	return []order{
		{record.NewestFirst, kit.T("Mới nhất trước")},
		{record.OldestFirst, kit.T("Cũ nhất trước")},
		{record.ByTitle, kit.T("Theo tên")},
		{record.MostPeople, kit.T("Đông người trước")},
	}
}

// orderWords are the words of the order in use; another program may have written one
// that is not known here.
func (l *list) orderWords() string {
	for _, o := range orders() {
		if o.by == l.order {
			return o.words
		}
	}
	return orders()[0].words
}

// offerOrders shows the orders under the button.
func (l *list) offerOrders() {
	var items []*fyne.MenuItem
	for _, o := range orders() {
		item := fyne.NewMenuItem(o.words, func() { l.sortBy(o.by) })
		item.Checked = o.by == l.order
		items = append(items, item)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.sort)
	kit.Menu(l.desk.Window, at.AddXY(0, l.sort.Size().Height), items...)
}

func (l *list) sortBy(o record.ActivityOrder) {
	l.order = o
	fyne.CurrentApp().Preferences().SetString(orderKey, string(o))
	l.sort.SetText(l.orderWords())
	l.reload()
}
