package intake

import (
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// UnitIndex finds units by what lists call them.
type UnitIndex struct {
	byID map[record.ID]*record.Unit
	full map[string][]record.ID // code, or name with all that belongs to it: "xa dak ha"
	bare map[string][]record.ID // name without its kind or legal form: "dak ha"
	also map[record.ID][]string // further spellings of the name
}

// NewUnitIndex makes an index. aliases gives further spellings of a unit's name, nil
// none; a unit's own aliases count too.
func NewUnitIndex(units []record.Unit, aliases func(*record.Unit) []string) *UnitIndex {
	x := &UnitIndex{byID: make(map[record.ID]*record.Unit, len(units)), full: make(map[string][]record.ID, len(units)), bare: map[string][]record.ID{}, also: map[record.ID][]string{}}
	for i := range units {
		u := &units[i]
		x.byID[u.ID] = u
		put(x.full, u.Code, u.ID)
		x.name(u, u.Name)
		others := u.Aliases
		if aliases != nil {
			others = slices.Concat(others, aliases(u))
		}
		for _, other := range others {
			x.name(u, other)
		}
		if len(others) > 0 {
			x.also[u.ID] = others
		}
	}
	return x
}

// spelled says how well a text calls a unit by one of its names, marks and all; Same
// where it says none of them, as a code does.
func (x *UnitIndex) spelled(text unitText, u *record.Unit) viet.Agreement {
	best, judged := viet.Differ, false
	for _, name := range append([]string{u.Name}, x.also[u.ID]...) {
		n := readUnitText(name, true)
		own := strings.Fields(withoutForm(strings.Join(n.keys, " ")))
		if k := len(text.keys) - len(own); k < 0 || !slices.Equal(text.keys[k:], own) {
			continue
		}
		best, judged = max(best, text.agree(n)), true
	}
	if !judged {
		return viet.Same
	}
	return best
}

func (x *UnitIndex) name(u *record.Unit, name string) {
	key := unitKey(name)
	if isArea(u) {
		put(x.full, unitKey(u.Type+" "+name), u.ID)
		put(x.bare, key, u.ID)
		return
	}
	put(x.full, key, u.ID)
	if rest := withoutForm(key); rest != key {
		put(x.bare, rest, u.ID)
		put(x.bare, "cong ty "+rest, u.ID)
	}
}

func put(m map[string][]record.ID, key string, id record.ID) {
	if key != "" && !slices.Contains(m[key], id) {
		m[key] = append(m[key], id)
	}
}

// isArea reports whether a unit is a part of the country.
func isArea(u *record.Unit) bool {
	return u.Kind == "commune" || u.Kind == "district" || u.Kind == "province"
}

// Units finds the unit that a text of a list means: by code, by name with or
// without marks, by other spellings and by the short forms in use ("X. Đăk Hà",
// "Cty TNHH MTV An Phát", "UBND xã Đăk Hà").
type Units struct {
	Own     *UnitIndex // of the register
	Shipped *UnitIndex // areas of the whole country
	Home    record.ID  // the province whose areas may be called without their kind
}

// Match is the unit a text means on a day. Of several it means none: a wrong unit
// is worse than none.
func (x *Units) Match(text string, on record.Date) (record.ID, bool) {
	if ids := x.called(text, unitKey(text), nil, on); len(ids) > 0 {
		return only(ids)
	}
	parts := unitParts(text)
	for len(parts) > 1 && isVillage(parts[0]) {
		parts = parts[1:] // a village is no unit of its own: its commune is meant
	}
	if len(parts) == 0 {
		return record.ID{}, false
	}
	key := unitKey(parts[0])
	ids := x.called(parts[0], key, parts[1:], on)
	if office, area := ofCommittee(key); len(ids) == 0 && office {
		ids = x.called(parts[0], area, parts[1:], on)
	}
	return only(ids)
}

func only(ids []record.ID) (record.ID, bool) {
	if len(ids) != 1 {
		return record.ID{}, false
	}
	return ids[0], true
}

// called are the units of a name, as written and as a key, that lie where further
// parts of the text say. The register's own come first; a bare name means an area of
// the home province before it means an enterprise.
func (x *Units) called(name, key string, where []string, on record.Date) []record.ID {
	home := func(id record.ID) bool { return x.liesIn(id, []record.ID{x.Home}) }
	area := func(id record.ID) bool { return isArea(x.unit(id)) }
	for _, try := range []struct {
		from func(*UnitIndex) map[string][]record.ID
		in   *UnitIndex
		good func(record.ID) bool
	}{
		{fullNames, x.Own, nil}, {fullNames, x.Shipped, home}, {fullNames, x.Shipped, nil},
		{bareNames, x.Own, area}, {bareNames, x.Shipped, home}, {bareNames, x.Own, nil},
	} {
		if try.in == nil {
			continue
		}
		var found []record.ID
		for _, id := range try.from(try.in)[key] {
			if x.unit(id).Valid.Has(on) && (try.good == nil || try.good(id)) {
				found = append(found, id)
			}
		}
		if found = x.marked(name, x.smallest(x.within(found, where))); len(found) > 0 {
			return found
		}
	}
	return nil
}

func fullNames(x *UnitIndex) map[string][]record.ID { return x.full }
func bareNames(x *UnitIndex) map[string][]record.ID { return x.bare }

// unit is a unit of either index, nil when neither has it.
func (x *Units) unit(id record.ID) *record.Unit {
	if x == nil {
		return nil
	}
	for _, in := range []*UnitIndex{x.Own, x.Shipped} {
		if in != nil && in.byID[id] != nil {
			return in.byID[id]
		}
	}
	return nil
}

// marked leaves the units whose name has the marks that were written: Sơn Hà and Sơn
// Hạ are two communes, and where only one of them is known the other is none. Where
// some have them, those that a text without marks may mean too are left out.
func (x *Units) marked(name string, ids []record.ID) []record.ID {
	if len(ids) == 0 {
		return nil
	}
	text := readUnitText(name, true)
	var same, bare []record.ID
	for _, id := range ids {
		switch x.spelled(text, id) {
		case viet.Same:
			same = append(same, id)
		case viet.Bare:
			bare = append(bare, id)
		}
	}
	if len(same) > 0 {
		return same
	}
	return bare
}

func (x *Units) spelled(text unitText, id record.ID) viet.Agreement {
	for _, in := range []*UnitIndex{x.Own, x.Shipped} {
		if in != nil && in.byID[id] != nil {
			return in.spelled(text, in.byID[id])
		}
	}
	return viet.Differ
}

// smallest leaves the smallest areas: a commune and its district are often called
// the same, and people are from the commune.
func (x *Units) smallest(ids []record.ID) []record.ID {
	least := -1 // of what is no area
	for _, id := range ids {
		least = max(least, smallness(x.unit(id)))
	}
	return slices.DeleteFunc(ids, func(id record.ID) bool { return smallness(x.unit(id)) < least })
}

func smallness(u *record.Unit) int {
	return slices.Index([]string{"province", "district", "commune"}, u.Kind)
}

// within leaves the units that lie where the rest of the text says. What is no
// known area says nothing: a street, a house.
func (x *Units) within(ids []record.ID, where []string) []record.ID {
	for _, part := range where {
		var areas []record.ID
		for _, in := range []*UnitIndex{x.Own, x.Shipped} {
			if in != nil {
				areas = append(append(areas, in.full[unitKey(part)]...), in.bare[unitKey(part)]...)
			}
		}
		areas = slices.DeleteFunc(areas, func(id record.ID) bool { return !isArea(x.unit(id)) })
		if len(areas) > 0 {
			ids = slices.DeleteFunc(ids, func(id record.ID) bool { return !x.liesIn(id, areas) })
		}
	}
	return ids
}

// liesIn reports whether a unit is one of some areas or below one. Of an enterprise
// without an area it is not known, and the list is believed.
func (x *Units) liesIn(id record.ID, areas []record.ID) bool {
	for range 6 {
		if slices.Contains(areas, id) {
			return true
		}
		u := x.unit(id)
		if u == nil {
			return false
		}
		if u.ParentID.IsZero() {
			return !isArea(u)
		}
		id = u.ParentID
	}
	return false
}
