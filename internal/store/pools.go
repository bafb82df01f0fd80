package store

import (
	"encoding/binary"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// idTable finds places by id: open addressing over places alone, since the ids stand
// in the list already. A map of a hundred thousand ids would take eight times the
// room. A zero table is empty.
type idTable struct {
	of    func(place int32) *record.ID
	slots []int32 // place + 1
	used  int
}

func (t *idTable) slot(id *record.ID) int {
	// The random part of an id is at its end; the clock at its start.
	h := binary.LittleEndian.Uint64(id[8:])*0x9e3779b97f4a7c15 ^ binary.LittleEndian.Uint64(id[:8])
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	at := int((h ^ h>>32) & uint64(len(t.slots)-1))
	for t.slots[at] != 0 && *t.of(t.slots[at] - 1) != *id {
		at = (at + 1) & (len(t.slots) - 1)
	}
	return at
}

func (t *idTable) find(id record.ID) (int32, bool) {
	if len(t.slots) == 0 {
		return -1, false
	}
	p := t.slots[t.slot(&id)]
	return p - 1, p != 0
}

// put adds a place whose id is not there yet.
func (t *idTable) put(place int32) {
	if 4*(t.used+1) > 3*len(t.slots) {
		t.grow()
	}
	t.slots[t.slot(t.of(place))] = place + 1
	t.used++
}

func (t *idTable) grow() {
	old := t.slots
	t.slots = make([]int32, max(64, 2*len(old)))
	for _, p := range old {
		if p != 0 {
			t.slots[t.slot(t.of(p-1))] = p
		}
	}
}

// textPool keeps each text once. Place 0 is for "" by whoever puts it in first.
type textPool struct {
	list []string
	at   map[string]int32
}

func (p *textPool) put(s string) int32 {
	if i, ok := p.at[s]; ok {
		return i
	}
	if p.at == nil {
		p.at = map[string]int32{}
	}
	i := int32(len(p.list))
	p.list = append(p.list, s)
	p.at[s] = i
	return i
}

// textOrder is the order of a pool's texts and what they are searched by, kept in step
// as the pool grows.
type textOrder struct {
	pool *textPool
	keys []string // for sorting
	bare []string // for searching
	rank []int32  // 0 for ""
}

// settle takes in the texts that came since.
func (o *textOrder) settle() {
	n := len(o.pool.list)
	if len(o.rank) == n {
		return
	}
	for _, s := range o.pool.list[len(o.keys):] {
		o.keys = append(o.keys, string(viet.SortKey(s)))
		o.bare = append(o.bare, viet.Key(s))
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareText(o.keys[a], o.keys[b]) })
	o.rank = make([]int32, n)
	for at, i := range order {
		if at > 0 && o.keys[order[at-1]] == o.keys[i] {
			o.rank[i] = o.rank[order[at-1]]
		} else {
			o.rank[i] = int32(at)
		}
	}
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// codeTable gives the few codes of a closed list a byte each.
type codeTable struct{ list []string }

func (t *codeTable) put(code string) byte {
	for i, c := range t.list {
		if c == code {
			return byte(i)
		}
	}
	if len(t.list) == 256 {
		return 0 // more codes than any list has: what is shown is that it is not known
	}
	t.list = append(t.list, code)
	return byte(len(t.list) - 1)
}

// ranks are the places of the codes in their list; what is in no list stands behind.
func (t *codeTable) ranks(terms []record.Term) []int32 {
	out := make([]int32, len(t.list))
	for i, c := range t.list {
		out[i] = int32(placeOf(terms, c)) + 1
		if c == "" {
			out[i] = 0
		}
	}
	return out
}
