package intake

import (
	"fmt"
	"hash/maphash"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// met are the people of a sheet as far as it is read, to see who is on it twice. They
// are weighed as people whom the register knows are: a name alone says nothing.
type met struct {
	seed  maphash.Seed
	ids   map[string]int   // identity numbers, and the place of each
	first map[uint64]int   // by phone, and by name and day of birth: the place of the first
	more  map[uint64][]int // and of others
	kinds [3]bool          // of identity numbers met: none, an old card's, a new card's
	marks []uint64         // of the row being read, before its kind of number
}

// mostAlike bounds how many people of one phone number are looked at: an office's is
// everybody's.
const mostAlike = 8

func newMet() met {
	return met{seed: maphash.MakeSeed(), ids: map[string]int{}, first: map[uint64]int{}, more: map[uint64][]int{}}
}

func idKind(id string) int {
	switch len(id) {
	case 0:
		return 0
	case 9:
		return 1
	}
	return 2
}

// under is a mark among people with a kind of identity number: who has another number
// of the same kind is somebody else, and need not be looked at.
func under(mark uint64, kind int) uint64 { return mark ^ uint64(kind)*0x9E3779B97F4A7C15 }

// read notes the marks by which a row's person is found again.
func (m *met) read(f record.Fields) {
	m.marks = m.marks[:0]
	if p := f.Get(phone); p != "" {
		m.marks = append(m.marks, maphash.String(m.seed, p))
	}
	if b := f.Get(birth); len(b) == len("1987-03-05") {
		m.marks = append(m.marks, maphash.String(m.seed, b+viet.Key(f.Get(fullName))))
	}
}

// alike are the places of those whom a person with a kind of number may be.
func (m *met) alike(kind int) (out []int) {
	for k, met := range m.kinds {
		if !met || k == kind && k > 0 {
			continue
		}
		for _, mark := range m.marks {
			mark = under(mark, k)
			if at, ok := m.first[mark]; ok {
				out = append(append(out, at), m.more[mark]...)
			}
		}
	}
	return out
}

// add remembers the person just read.
func (m *met) add(id string, place int) {
	kind := idKind(id)
	m.kinds[kind] = true
	if _, met := m.ids[id]; id != "" && !met {
		m.ids[id] = place
	}
	for _, mark := range m.marks {
		mark = under(mark, kind)
		if _, met := m.first[mark]; !met {
			m.first[mark] = place
		} else if others := m.more[mark]; len(others)+1 < mostAlike {
			m.more[mark] = append(others, place)
		}
	}
}

// placed is what a place says: of a proposed row, or below zero of a parked one.
func (l *lists) placed(place int) (line int, f record.Fields) {
	if place < 0 {
		return l.out.Parked[^place].Line, l.out.Parked[^place].Fields
	}
	return l.out.Rows[place].Line, l.out.Rows[place].Fields
}

// checkPersonTwice looks whether somebody is on the sheet already. Who surely is, word
// for word, goes; who may be is asked about.
func (e *entry) checkPersonTwice() (why string) {
	id := e.fields.Get(idNumber)
	e.met.read(e.fields)
	if place, met := e.met.ids[id]; met {
		line, f := e.placed(place)
		if slices.EqualFunc(f, e.fields, sameField) {
			return twice(line)
		}
		e.ask(idNumber, fmt.Sprintf("Số căn cước %s đã có ở dòng %d. Hai dòng là một người, hay một số ghi nhầm?", id, line))
		return ""
	}
	for _, place := range e.met.alike(idKind(id)) {
		line, f := e.placed(place)
		who, other := record.PersonOf(e.fields), record.PersonOf(f)
		l, maybe := weigh(&who, &other, sameUnit)
		switch {
		case !maybe || !l.within(&who):
		case l.sure && slices.EqualFunc(f, e.fields, sameField):
			return twice(line)
		default:
			e.ask("", fmt.Sprintf("Dòng này có thể là người đã ghi ở dòng %d (%s). Một người ghi hai lần hay hai người khác nhau?", line, l.why))
			return ""
		}
	}
	return ""
}

func twice(line int) string {
	return fmt.Sprintf("giống hệt dòng %d: một người ghi hai lần", line)
}

// within reports whether a link is worth a question within one sheet: one unit has
// many people of a name.
func (l link) within(who *record.Person) bool {
	phone := who.Phone != "" && who.Phone == l.person.Phone
	return l.sure || phone || l.born == same && (who.Phone == "" || l.person.Phone == "")
}
