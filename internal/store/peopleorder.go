package store

import (
	"slices"
	"sort"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// In which order the lists of people stand.

// nameKey is what people are ordered by: who has no name stands last.
func (l *peopleLists) nameKey(keys *viet.NameKeys, i int32) string {
	if e := &l.names.list[i]; !record.NoName(e.name) {
		return "\x00" + string(keys.Key(e.name))
	}
	return "\x01"
}

// orderNames puts people who came or changed in their places between the others.
func (l *peopleLists) orderNames(moved []int32) {
	list := l.names.list
	dirty := make([]bool, len(list))
	type come struct {
		key string
		i   int32
	}
	var keys viet.NameKeys
	var coming []come
	for _, i := range moved {
		if !dirty[i] && !list[i].gone {
			coming = append(coming, come{l.nameKey(&keys, i), i})
		}
		dirty[i] = true
	}
	stay := slices.DeleteFunc(l.byName, func(i int32) bool { return dirty[i] })
	before := func(a come, key string, i int32) bool {
		return a.key < key || a.key == key && lessID(&list[a.i].id, &list[i].id)
	}
	slices.SortFunc(coming, func(a, b come) int {
		if before(a, b.key, b.i) {
			return -1
		}
		return 1
	})
	out := make([]int32, 0, len(stay)+len(coming))
	for _, c := range coming {
		var n int
		if 8*len(coming) < len(stay) { // few: look for each one's place
			n = sort.Search(len(stay), func(k int) bool { return before(c, l.nameKey(&keys, stay[k]), stay[k]) })
		} else {
			n = slices.IndexFunc(stay, func(i int32) bool { return before(c, l.nameKey(&keys, i), i) })
			if n < 0 {
				n = len(stay)
			}
		}
		out = append(append(out, stay[:n]...), c.i)
		stay = stay[n:]
	}
	l.byName = append(out, stay...)
}

func lessID(a, b *record.ID) bool { return string(a[:]) < string(b[:]) }

// work puts everything in order again.
func (l *peopleLists) work() {
	list := l.names.list
	if cap(l.people) < len(list) {
		l.people = make([]heldPerson, len(list), len(list)+len(list)/8)
	}
	l.people = l.people[:len(list)]
	for i := range list {
		l.people[i] = heldPerson{unit: l.unitOf(&list[i]), last: -1}
		l.spell(list[i].position)
	}
	for at, i := range l.byName {
		if !record.NoName(list[i].name) {
			l.people[i].rank = int32(at) + 1
		}
	}
	for i := range l.rows {
		r := &l.rows[i]
		a := &l.activities[r.activity]
		if r.flags&rowGone != 0 || r.person < 0 || !a.held {
			continue
		}
		p := &l.people[r.person]
		p.times++
		if p.last < 0 || l.activities[p.last].on < a.on {
			p.last = r.activity
		}
	}
	l.order.settle()
	l.sexRank, l.groupRank = l.names.codes[0].ranks(record.Sexes), l.names.codes[1].ranks(record.Audiences)
	l.orderRows()
}

// unitOf is what the unit of a person is called: by its name now, or as it was written.
func (l *peopleLists) unitOf(e *heldName) int32 {
	if !e.unitID.IsZero() {
		if text := l.units[e.unitID]; text > 0 {
			return text
		}
	}
	return l.spell(e.unit)
}

// spell gives a text of the names its place among the lists' own.
func (l *peopleLists) spell(text int32) int32 {
	for len(l.spelled) < len(l.names.texts.list) {
		l.spelled = append(l.spelled, -1)
	}
	if l.spelled[text] < 0 {
		l.spelled[text] = l.texts.put(l.names.texts.list[text])
	}
	return l.spelled[text]
}

// orderRows puts the attendances in their usual order: by activity, then as on its list.
func (l *peopleLists) orderRows() {
	acts := make([]int32, len(l.activities))
	for i := range acts {
		acts[i] = int32(i)
	}
	slices.SortFunc(acts, func(i, k int32) int {
		a, b := &l.activities[i], &l.activities[k]
		if a.on != b.on {
			return int(b.on - a.on)
		}
		return strings.Compare(string(a.id[:]), string(b.id[:]))
	})
	start := make([]int32, len(acts)+1)
	for i := range l.rows {
		if l.rows[i].flags&rowGone == 0 {
			start[l.rows[i].activity]++
		}
	}
	at := int32(0)
	for _, a := range acts {
		start[a], at = at, at+start[a]
	}
	if cap(l.base) < int(at) {
		l.base = make([]int32, at, at+at/8)
	}
	l.base = l.base[:at]
	next := slices.Clone(start)
	for i := range l.rows {
		if r := &l.rows[i]; r.flags&rowGone == 0 {
			l.base[next[r.activity]] = int32(i)
			next[r.activity]++
		}
	}
	for _, a := range acts {
		slices.SortFunc(l.base[start[a]:next[a]], func(i, k int32) int {
			a, b := &l.rows[i], &l.rows[k]
			if a.line != b.line {
				return int(a.line - b.line)
			}
			return strings.Compare(string(a.id[:]), string(b.id[:]))
		})
	}
}
