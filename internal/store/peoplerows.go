package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// heldList is a list in memory as a page is cut from it: what each row says in each
// column, and by what it is ordered.
type heldList struct {
	l       *record.Listing
	base    []int32 // the usual order
	id      func(i int32) record.ID
	columns []heldColumn
	words   func(i int32) uint64 // which words of the query a row has, as bits
	keep    func(i int32) bool   // what else the filter asks; nil for nothing
}

// heldColumn is one column. rank is what it is ordered by, 0 for what says nothing and
// no more than most otherwise; where there is none the texts are compared.
type heldColumn struct {
	text func(i int32) string
	rank func(i int32) int32
	most int32
}

// current waits until the lists say what is stored, and holds them so.
func (l *peopleLists) current(ctx context.Context) (unlock func(), err error) {
	select {
	case <-l.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	l.mu.Lock()
	err = l.err
	if err == nil {
		err = l.settle(ctx)
	}
	if err != nil {
		l.mu.Unlock()
		return nil, err
	}
	return func() {
		l.names.mu.RUnlock()
		l.mu.Unlock()
	}, nil
}

// page reads a page of the list of people or of attendances.
func (l *peopleLists) page(ctx context.Context, q *listQuery) (record.ListPage, error) {
	unlock, err := l.current(ctx)
	if err != nil {
		return record.ListPage{}, err
	}
	defer unlock()
	h := l.personList(q)
	if q.l.Noun == "attendance" {
		h = l.attendanceList(q)
	}
	return h.page(q), ctx.Err()
}

// page filters, counts, orders and cuts.
func (h *heldList) page(q *listQuery) record.ListPage {
	page := record.ListPage{By: map[string]map[string]int{}, Sums: map[string]int64{}}
	sel := h.filter(q, &page)
	if !q.f.ID.IsZero() {
		sel = slices.DeleteFunc(sel, func(i int32) bool { return h.id(i) != q.f.ID })
	}
	page.Total = len(sel)
	for i := range h.l.Columns {
		if c := &h.l.Columns[i]; c.Kind == record.ListNumber && !c.Alone {
			sum := int64(0)
			for _, row := range sel {
				n, _ := strconv.ParseInt(h.columns[i].text(row), 10, 64)
				sum += n
			}
			page.Sums[c.Name] = sum
		}
	}
	h.sort(q, sel)
	sel = sel[min(q.f.Offset, len(sel)):]
	for _, i := range sel[:min(q.f.Limit, len(sel))] {
		row := record.ListRow{ID: h.id(i), Cells: make([]string, len(h.columns))}
		for k := range h.columns {
			row.Cells[k] = h.columns[k].text(i)
		}
		page.Rows = append(page.Rows, row)
	}
	return page
}

// filter gives the rows the filter leaves, in the usual order, and counts beside each
// code of a facet what there would be if it were chosen instead.
func (h *heldList) filter(q *listQuery, page *record.ListPage) []int32 {
	facets, only := h.facets(q, page)
	all := uint64(1)<<len(q.words()) - 1
	sel := make([]int32, 0, len(h.base))
next:
	for _, i := range h.base {
		if h.keep != nil && !h.keep(i) {
			continue
		}
		for k := range only {
			if only[k].text(i) != only[k].want {
				continue next
			}
		}
		if all != 0 && h.words(i)&all != all {
			continue
		}
		missed, at := 0, -1
		for k := range facets {
			f := &facets[k]
			if f.code = f.text(i); f.want != "" && f.code != f.want {
				missed, at = missed+1, k
			}
		}
		for k := range facets {
			if missed == 0 || missed == 1 && at == k {
				facets[k].counts[facets[k].code]++
			}
		}
		if missed == 0 {
			sel = append(sel, i)
		}
	}
	return sel
}

// chosen is a column that is filtered by what it says.
type chosen struct {
	heldColumn
	want   string
	code   string // of the row at hand
	counts map[string]int
}

func (h *heldList) facets(q *listQuery, page *record.ListPage) (facets, only []chosen) {
	for i := range h.l.Columns {
		name := h.l.Columns[i].Name
		c := chosen{heldColumn: h.columns[i], want: q.f.Only[name]}
		switch {
		case slices.Contains(h.l.Facets, name):
			c.counts = map[string]int{}
			page.By[name] = c.counts
			facets = append(facets, c)
		case c.want != "":
			only = append(only, c)
		}
	}
	return facets, only
}

// words are those the filter searches, no more than there are bits for.
func (q *listQuery) words() []string {
	words := strings.Fields(viet.Key(q.f.Text))
	return words[:min(len(words), 60)]
}

// sort orders rows by a column; rows that are equal in it stay in the usual order,
// and what says nothing comes last.
func (h *heldList) sort(q *listQuery, rows []int32) {
	name, desc := q.f.Sort, q.f.Desc
	if h.l.Column(name) < 0 {
		name, desc = h.l.Sort, h.l.Desc
	}
	c := h.columns[h.l.Column(name)]
	switch {
	case c.rank == nil:
		sortByText(c, desc, rows)
	case int(c.most) > 4*len(rows):
		slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(c.place(a, desc), c.place(b, desc)) })
	default:
		c.count(desc, rows)
	}
}

// place is the rank turned to the order wanted.
func (c *heldColumn) place(i int32, desc bool) int32 {
	switch r := c.rank(i); {
	case r == 0:
		return c.most + 1
	case desc:
		return c.most - r
	default:
		return r
	}
}

// count sorts by counting how many rows stand in each place.
func (c *heldColumn) count(desc bool, rows []int32) {
	places := make([]int32, len(rows))
	start := make([]int32, c.most+3)
	for k, i := range rows {
		places[k] = c.place(i, desc)
		start[places[k]+1]++
	}
	for k := 1; k < len(start); k++ {
		start[k] += start[k-1]
	}
	from := slices.Clone(rows)
	for k, i := range from {
		at := &start[places[k]]
		rows[*at] = i
		*at++
	}
}

// sortByText asks for each text once, and moves what says nothing behind the others
// before it sorts them.
func sortByText(c heldColumn, desc bool, rows []int32) {
	type said struct {
		text  string
		i, at int32
	}
	some, none := make([]said, 0, len(rows)), make([]int32, 0, len(rows))
	for at, i := range rows {
		if text := c.text(i); text != "" {
			some = append(some, said{text, i, int32(at)})
		} else {
			none = append(none, i)
		}
	}
	slices.SortFunc(some, func(a, b said) int {
		order := strings.Compare(a.text, b.text)
		if desc {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(a.at, b.at))
	})
	for k, s := range some {
		rows[k] = s.i
	}
	copy(rows[len(some):], none)
}

// personWords says which words of the query the name and the unit of a person have.
// Each person is looked at once, however many rows they have.
func (l *peopleLists) personWords(words []string, more func(p int32) string) func(p int32) uint64 {
	const known = 1 << 63
	texts := make([]uint64, len(l.order.bare))
	has := func(key string) (bits uint64) {
		for k, w := range words {
			if viet.MatchKey(key, w) {
				bits |= 1 << k
			}
		}
		return bits
	}
	for i, key := range l.order.bare {
		texts[i] = has(key)
	}
	people := make([]uint64, len(l.people))
	return func(p int32) uint64 {
		if people[p] == 0 {
			people[p] = known | has(l.names.list[p].key) | texts[l.people[p].unit]
			if more != nil {
				people[p] |= has(more(p))
			}
		}
		return people[p]
	}
}

// personColumns are what both lists say of a person, by the column's name.
func (l *peopleLists) personColumns() map[string]heldColumn {
	x := l.names
	born := func(p int32) string { return x.texts.list[x.list[p].born] }
	return map[string]heldColumn{
		"full_name": {func(p int32) string { return x.list[p].name }, func(p int32) int32 { return l.people[p].rank }, int32(len(l.byName)) + 1},
		"birth": {func(p int32) string { return firstFour(born(p)) }, func(p int32) int32 {
			return int32(max(0, min(record.Birth(born(p)).Year()-1800, 1000)))
		}, 1001},
		"sex":      {func(p int32) string { return x.codes[0].list[x.list[p].sex] }, func(p int32) int32 { return l.sexRank[x.list[p].sex] }, 300},
		"unit":     {func(p int32) string { return l.texts.list[l.people[p].unit] }, func(p int32) int32 { return l.order.rank[l.people[p].unit] }, int32(len(l.texts.list))},
		"audience": {func(p int32) string { return x.codes[1].list[x.list[p].group] }, func(p int32) int32 { return l.groupRank[x.list[p].group] }, 300},
	}
}

func firstFour(birth string) string { return birth[:min(4, len(birth))] }

func (l *peopleLists) personList(q *listQuery) *heldList {
	x := l.names
	by := l.personColumns()
	by["position"] = heldColumn{text: func(p int32) string { return x.texts.list[x.list[p].position] }, rank: func(p int32) int32 {
		return l.order.rank[l.spelled[x.list[p].position]]
	}, most: int32(len(l.texts.list))}
	by["times"] = heldColumn{func(p int32) string { return strconv.Itoa(int(l.people[p].times)) }, func(p int32) int32 { return l.people[p].times + 1 }, l.mostTimes() + 1}
	by["last"] = heldColumn{func(p int32) string { return string(l.lastDay(p).day) }, func(p int32) int32 { return l.lastDay(p).on }, l.mostDays()}
	by["phone"] = heldColumn{text: func(p int32) string {
		if x.list[p].more == nil {
			return ""
		}
		return x.list[p].more.phone
	}}
	h := &heldList{l: q.l, base: l.byName, id: func(p int32) record.ID { return x.list[p].id }, columns: columnsInOrder(q.l, by)}
	h.words = l.personWords(q.words(), func(p int32) string { return l.order.bare[l.spelled[x.list[p].position]] })
	return h
}

func columnsInOrder(l *record.Listing, by map[string]heldColumn) []heldColumn {
	out := make([]heldColumn, len(l.Columns))
	for i := range l.Columns {
		out[i] = by[l.Columns[i].Name]
	}
	return out
}

var noActivity heldActivity

func (l *peopleLists) lastDay(p int32) *heldActivity {
	if at := l.people[p].last; at >= 0 {
		return &l.activities[at]
	}
	return &noActivity
}

func (l *peopleLists) mostTimes() (most int32) {
	for i := range l.people {
		most = max(most, l.people[i].times)
	}
	return most
}

func (l *peopleLists) mostDays() (most int32) {
	for i := range l.activities {
		most = max(most, l.activities[i].on)
	}
	return most
}

func (l *peopleLists) attendanceList(q *listQuery) *heldList {
	by := l.personColumns()
	for name, c := range by {
		by[name] = l.ofRow(c)
	}
	act := func(i int32) *heldActivity { return &l.activities[l.rows[i].activity] }
	roleRank := l.roles.ranks(record.Roles)
	by["activity"] = heldColumn{func(i int32) string { return l.texts.list[act(i).title] }, func(i int32) int32 { return l.order.rank[act(i).title] }, int32(len(l.texts.list))}
	by["day"] = heldColumn{func(i int32) string { return string(act(i).day) }, func(i int32) int32 { return act(i).on }, l.mostDays()}
	by["role"] = heldColumn{func(i int32) string { return cmp.Or(l.roles.list[l.rows[i].role], "participant") }, func(i int32) int32 { return max(1, roleRank[l.rows[i].role]) }, 300}
	by["signed"] = heldColumn{func(i int32) string { return [2]string{"", "1"}[l.rows[i].flags&rowSigned] }, func(i int32) int32 { return int32(l.rows[i].flags & rowSigned) }, 1}
	by["arrived"] = heldColumn{func(i int32) string { return clockOf(l.rows[i].arrived) }, func(i int32) int32 { return int32(l.rows[i].arrived) }, 1441}
	h := &heldList{l: q.l, base: l.base, id: func(i int32) record.ID { return l.rows[i].id }, columns: columnsInOrder(q.l, by), keep: l.rowFilter(q)}
	words := q.words()
	people := l.personWords(words, nil)
	titles := make([]uint64, len(l.activities))
	for i := range l.activities {
		for k, w := range words {
			if viet.MatchKey(l.order.bare[l.activities[i].title], w) {
				titles[i] |= 1 << k
			}
		}
	}
	h.words = func(i int32) uint64 {
		bits := titles[l.rows[i].activity]
		if p := l.rows[i].person; p >= 0 {
			bits |= people(p)
		}
		return bits
	}
	return h
}

// ofRow is a column of a person in the list of attendances.
func (l *peopleLists) ofRow(c heldColumn) heldColumn {
	text, rank := c.text, c.rank
	return heldColumn{func(i int32) string {
		if p := l.rows[i].person; p >= 0 {
			return text(p)
		}
		return ""
	}, func(i int32) int32 {
		if p := l.rows[i].person; p >= 0 {
			return rank(p)
		}
		return 0
	}, c.most}
}

// rowFilter is what is asked of an attendance beside words and columns: its day, its
// activity, its person.
func (l *peopleLists) rowFilter(q *listQuery) func(i int32) bool {
	p := q.f.Period
	activity, one := record.ParseID(q.f.Only["activity_id"])
	person, whose := record.ParseID(q.f.Only["person_id"])
	if p == (record.Period{}) && one != nil && whose != nil {
		return nil
	}
	wanted := make([]bool, len(l.activities))
	for i := range l.activities {
		a := &l.activities[i]
		wanted[i] = (p.From == "" || a.day >= p.From) && (p.To == "" || a.day <= p.To) && (one != nil || a.id == activity)
	}
	who := int32(-1)
	if whose == nil {
		if at, there := l.names.byID.find(person); there {
			who = at
		}
	}
	return func(i int32) bool {
		r := &l.rows[i]
		return wanted[r.activity] && (whose != nil || r.person == who && who >= 0)
	}
}
