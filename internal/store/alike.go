package store

import (
	"hash/maphash"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// traits are what people may share: a name without marks, a phone number, an
// identity number, the mark of a card.
const traits = 4

func (e *heldName) trait(k int) string {
	switch {
	case k == 0:
		return e.key
	case e.more == nil:
		return ""
	}
	return [traits]string{1: e.more.phone, e.more.number, e.more.mark}[k]
}

// hash is that of a trait. Two traits of one hash share a chain: who walks it
// compares.
func (x *nameIndex) hash(k int, value string) uint64 {
	return maphash.String(x.seed, value) + uint64(k)
}

func (x *nameIndex) chain(k int, i int32) {
	e := &x.list[i]
	value := e.trait(k)
	if value == "" || e.gone {
		return
	}
	h := x.hash(k, value)
	if before, ok := x.same[h]; ok {
		e.next[k] = before
	}
	x.same[h] = i
}

func (x *nameIndex) unchain(k int, i int32) {
	e := &x.list[i]
	value := e.trait(k)
	if value == "" || e.gone {
		return
	}
	h := x.hash(k, value)
	if x.same[h] == i {
		if e.next[k] < 0 {
			delete(x.same, h)
		} else {
			x.same[h] = e.next[k]
		}
		return
	}
	for at := x.same[h]; at >= 0; at = x.list[at].next[k] {
		if x.list[at].next[k] == i {
			x.list[at].next[k] = e.next[k]
			return
		}
	}
}

// PeopleLike finds those who share with a person the name (without marks), the
// phone number, the identity number or the mark of their card. Of each is given what
// tells people apart: name, sex, birth, group, unit, phone, number and mark.
func (db *DB) PeopleLike(p record.Person) ([]record.Person, error) {
	return db.names.like([traits]string{viet.Key(p.FullName), p.Phone, p.IDNumber, p.IDMark})
}

func (x *nameIndex) like(wanted [traits]string) ([]record.Person, error) {
	x.look()
	defer x.mu.RUnlock()
	var out []record.Person
	for k, value := range wanted {
		at, ok := x.same[x.hash(k, value)]
		for ok && value != "" && at >= 0 {
			e := &x.list[at]
			if e.trait(k) == value && !e.shares(wanted[:k]) {
				out = append(out, x.person(e))
			}
			at = e.next[k]
		}
	}
	return out, x.err
}

// shares reports whether an entry has one of the first traits.
func (e *heldName) shares(wanted []string) bool {
	for k, value := range wanted {
		if value != "" && e.trait(k) == value {
			return true
		}
	}
	return false
}
