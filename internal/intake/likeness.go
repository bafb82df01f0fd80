package intake

import (
	"cmp"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// link is a person of the register who may be that of a row.
type link struct {
	person    *record.Person
	weight    int
	born      likeness
	sure      bool
	otherName bool // the number is theirs, the name is not
	why       string
}

// weigh are those who may be the person, the likeliest first. Who was said to be
// somebody else than a likelier one is left out.
func (h *holder) weigh(who *record.Person, known []record.Person) []link {
	var links []link
	for i := range known {
		if l, ok := weigh(who, &known[i], h.sameUnit); ok {
			links = append(links, l)
		}
	}
	slices.SortStableFunc(links, func(a, b link) int {
		if a.sure != b.sure {
			if a.sure {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.weight, a.weight)
	})
	if h.r.Apart == nil {
		return links
	}
	kept := links[:0]
	for _, l := range links {
		apart := func(k link) bool { return k.weight > l.weight && h.r.Apart(k.person.ID, l.person.ID) }
		if !slices.ContainsFunc(kept, apart) {
			kept = append(kept, l)
		}
	}
	return kept
}

// The weights of what speaks for a person: the number above all, then birth, unit
// and phone together, the name alone never.
const (
	weightNumber = 100
	weightBirth  = 30 // the whole date
	weightYear   = 10
	weightPhone  = 25
	weightUnit   = 15
)

// weigh says whether a known person may be the one of a row, and how surely. Names
// decide nothing but whether the rest counts: one- and two-word names are normal
// and many share them.
func weigh(who, known *record.Person, inUnit func(a, b *record.Person) bool) (link, bool) {
	l := link{person: known}
	if n := sameNumber(who.IDNumber, known.IDNumber); n != unknown {
		if n == other {
			return l, false
		}
		l.weight, l.why = weightNumber, "cùng số căn cước"
		l.otherName = viet.Agree(who.FullName, known.FullName) == viet.Differ && !nearNames(who.FullName, known.FullName)
		l.sure = !l.otherName && (who.Sex == "" || known.Sex == "" || who.Sex == known.Sex)
		return l, true
	}
	born := sameBirth(who.Birth, known.Birth)
	l.born = born
	phone := who.Phone != "" && who.Phone == known.Phone
	otherSex := who.Sex != "" && known.Sex != "" && who.Sex != known.Sex
	if born == other || otherSex {
		return l, false // as most of those with the name: nothing more is asked of them
	}
	names, unit := viet.Agree(who.FullName, known.FullName), inUnit(who, known)
	var said []string
	add := func(is bool, weight int, words string) {
		if is {
			l.weight += weight
			said = append(said, words)
		}
	}
	add(born == same, weightBirth, "ngày sinh")
	add(born == sameYear, weightYear, "năm sinh")
	add(phone, weightPhone, "số điện thoại")
	add(unit, weightUnit, "đơn vị")
	if names == viet.Differ {
		return l.because("khác tên, cùng ", said), born == same && phone
	}
	l.sure = born == same && (phone || unit) || born == sameYear && phone || phone && unit && names == viet.Same
	worth := born == same || phone || unit && (born == sameYear || who.Birth == "" || known.Birth == "")
	return l.because("cùng tên, ", said), worth
}

func (l link) because(first string, said []string) link {
	l.why = first + strings.Join(said, ", ")
	return l
}

// likeness is how two values of a field stand to each other.
type likeness int

const (
	unknown likeness = iota // one of them is missing, or says too little
	other
	sameYear
	same
)

// sameNumber compares identity numbers; an old card's nine digits say nothing of a
// new card's twelve.
func sameNumber(a, b string) likeness {
	switch {
	case a == "" || b == "" || len(a) != len(b):
		return unknown
	case a == b:
		return same
	}
	return other
}

func sameBirth(a, b record.Birth) likeness {
	switch {
	case a == "" || b == "":
		return unknown
	case a.Year() != b.Year():
		return other
	case len(a) == len("1987") || len(b) == len("1987"):
		return sameYear
	case a == b:
		return same
	}
	return other
}

// nearNames reports whether two names with one number are the same person's: the
// family and given names agree, or all words of one stand in the other.
func nearNames(a, b string) bool {
	x, y := strings.Fields(viet.Key(a)), strings.Fields(viet.Key(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	ends := x[len(x)-1] == y[len(y)-1] && x[0][0] == y[0][0]
	return ends || !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

func sameUnit(who, known *record.Person) bool { return inSameUnit(who, known, callsTheSame) }

func inSameUnit(who, known *record.Person, calls func(a, b string) viet.Agreement) bool {
	if !who.UnitID.IsZero() && !known.UnitID.IsZero() {
		return who.UnitID == known.UnitID
	}
	return who.UnitText != "" && known.UnitText != "" && calls(who.UnitText, known.UnitText) != viet.Differ
}

// sameUnit remembers which texts call a unit the same: lists and registers name the
// same few again and again.
func (h *holder) sameUnit(who, known *record.Person) bool {
	return inSameUnit(who, known, func(a, b string) viet.Agreement {
		pair := [2]string{a, b}
		how, asked := h.agreed[pair]
		if !asked {
			if h.agreed == nil || len(h.agreed) > mostAgreed {
				h.agreed = map[[2]string]viet.Agreement{}
			}
			how = callsTheSame(a, b)
			h.agreed[pair] = how
		}
		return how
	})
}

// mostAgreed bounds how many pairs of texts are remembered.
const mostAgreed = 10_000
