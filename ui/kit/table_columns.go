package kit

import (
	"math"
	"slices"

	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// Sorting is the column rows are sorted by; the zero Sorting is the usual order.
type Sorting struct {
	Key  string `json:"key,omitempty"`
	Down bool   `json:"down,omitempty"` // from the greatest
}

// ColumnState is what a person chose for one column.
type ColumnState struct {
	Key    string  `json:"key"`
	Ems    float32 `json:"ems"` // 0 takes what is left
	Hidden bool    `json:"hidden,omitempty"`
}

// TableState is what a person chose for a table: the columns by their place, and
// the order of the rows. It is a plain value for whoever keeps it.
type TableState struct {
	Columns []ColumnState `json:"columns"`
	Sort    Sorting       `json:"sort"`
}

const (
	leastEms = 2  // no column is made narrower
	mostEms  = 60 // or wider
	roomEms  = 8  // what a column that takes what is left gets at least
)

// em is the unit of widths; it grows with the text.
func em() float32 { return fynetheme.TextSize() }

// State is what a person chose.
func (t *Table) State() TableState {
	s := TableState{Sort: t.sorting}
	for _, i := range t.order {
		c := t.columns[i]
		s.Columns = append(s.Columns, ColumnState{c.key(), c.Ems, c.Hidden})
	}
	return s
}

// SetState shows what was chosen before. A column that is no longer there is passed
// over; one that is new keeps its own width, at the end.
func (t *Table) SetState(s TableState) {
	columns := slices.Clone(t.original)
	var order []int
	for _, cs := range s.Columns {
		i := t.columnOf(cs.Key)
		if i < 0 || slices.Contains(order, i) {
			continue
		}
		order = append(order, i)
		columns[i].Hidden = cs.Hidden
		columns[i].Ems = heldWithin(cs.Ems)
	}
	for i := range columns {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	if !slices.ContainsFunc(columns, func(c Column) bool { return !c.Hidden }) {
		columns[order[0]].Hidden = false
	}
	t.columns, t.order, t.sorting = columns, order, s.Sort
	t.Refresh()
}

func heldWithin(ems float32) float32 {
	if !(ems > 0) { // not a number is neither more nor less
		return 0
	}
	return min(max(ems, leastEms), mostEms)
}

// ResetColumns shows the columns as they were made.
func (t *Table) ResetColumns() {
	t.SetState(TableState{Sort: t.sorting})
	t.tellState()
}

func (t *Table) tellState() {
	if t.OnState != nil {
		t.OnState(t.State())
	}
}

// columnOf is the column of a key, or -1.
func (t *Table) columnOf(key string) int {
	return slices.IndexFunc(t.columns, func(c Column) bool { return c.key() == key })
}

// gutter is the room at the left for the sign of a selected row.
func (t *Table) gutter() float32 {
	if !t.Selects {
		return 0
	}
	return whole(em() * 1.6)
}

// measure gives each shown column its place in the width there is.
func (t *Table) measure(width float32) {
	t.shown = t.shown[:0]
	spare, flexible := width-t.gutter(), 0
	for _, i := range t.order {
		if c := t.columns[i]; !c.Hidden {
			t.shown = append(t.shown, i)
			spare -= t.naturalWidth(c)
			if c.Ems == 0 {
				flexible++
			}
		}
	}
	t.lefts = append(t.lefts[:0], t.gutter())
	at := t.gutter()
	for _, i := range t.shown {
		at += t.naturalWidth(t.columns[i])
		if t.columns[i].Ems == 0 && spare > 0 {
			at += spare / float32(flexible)
		}
		at = float32(math.Floor(float64(at))) // never past the room there is: that would call for a scroll bar
		t.lefts = append(t.lefts, at)
	}
}

func (t *Table) naturalWidth(c Column) float32 {
	ems := c.Ems
	if ems == 0 {
		ems = roomEms
	}
	return whole(ems*em()) + 2*sizeOf(theme.SizeGap)
}

func (t *Table) right() float32 {
	if len(t.lefts) == 0 {
		return 0
	}
	return t.lefts[len(t.lefts)-1]
}

// placeOf is the shown column at a distance from the left.
func (t *Table) placeOf(x float32) int {
	for n := range t.shown {
		if x < t.lefts[n+1] {
			return n
		}
	}
	return len(t.shown) - 1
}

// edgeAt is the shown column whose right edge lies at a distance, or -1.
func (t *Table) edgeAt(x float32) int {
	const reach = 5
	for n := range t.shown {
		if d := x - t.lefts[n+1]; d > -reach && d < reach {
			return n
		}
	}
	return -1
}

// setWidth makes a shown column as wide as asked, within reason.
func (t *Table) setWidth(n int, width float32) {
	if n < 0 || n >= len(t.shown) {
		return
	}
	t.columns[t.shown[n]].Ems = min(max((width-2*sizeOf(theme.SizeGap))/em(), leastEms), mostEms)
	t.Refresh()
}

// widen changes the width of a shown column by some letters.
func (t *Table) widen(n int, ems float32) {
	if n < len(t.shown) {
		t.setWidth(n, t.lefts[n+1]-t.lefts[n]+ems*em())
		t.tellState()
	}
}

// shift moves a shown column to another place.
func (t *Table) shift(n, to int) bool {
	if to < 0 || to >= len(t.shown) || n < 0 || n >= len(t.shown) || n == to {
		return false
	}
	from, target := slices.Index(t.order, t.shown[n]), slices.Index(t.order, t.shown[to])
	column := t.order[from]
	t.order = slices.Insert(slices.Delete(t.order, from, from+1), target, column)
	t.Refresh()
	return true
}

// hide hides a column or shows it; the last one stays.
func (t *Table) hide(i int, hidden bool) {
	if hidden && len(t.shown) == 1 {
		t.refuse(T("Bảng cần ít nhất một cột."))
		return
	}
	t.columns[i].Hidden = hidden
	t.Refresh()
	t.tellState()
}

// Sort is the order the table shows in its headings.
func (t *Table) Sort() Sorting { return t.sorting }

// SetSort shows an order in the headings; the owner has the rows in it.
func (t *Table) SetSort(s Sorting) {
	t.sorting = s
	t.Refresh()
}

// sortBy asks for another order.
func (t *Table) sortBy(s Sorting) {
	if t.OnSort == nil {
		return
	}
	t.SetSort(s)
	t.OnSort(s)
	t.tellState()
}

// turnSort sorts by a shown column: upwards first, then downwards.
func (t *Table) turnSort(n int) {
	if n < 0 || n >= len(t.shown) {
		return
	}
	key := t.columns[t.shown[n]].key()
	t.sortBy(Sorting{Key: key, Down: t.sorting.Key == key && !t.sorting.Down})
}
