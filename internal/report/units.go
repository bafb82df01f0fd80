package report

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// businesses are the kinds of unit that indicator I6 speaks of.
var businesses = []string{"enterprise", "cooperative", "household"}

// register is the units as a period counts them: each as it was, or each as the unit it
// went into by the last day.
type register struct {
	in    Input
	heir  map[record.ID]record.ID   // where a unit's work counts; itself is left out
	since map[record.ID]record.Date // the first day of a unit or of one that went into it; "" for always
	apart map[record.ID]bool        // the office's own unit, what it was before and became, and those above
}

func newRegister(in Input) *register {
	r := &register{in: in, heir: map[record.ID]record.ID{}, since: map[record.ID]record.Date{}, apart: map[record.ID]bool{}}
	next := r.successors()
	if in.Period.Map == record.MapToday {
		r.followHeirs(next)
	}
	for id, u := range in.Units {
		as := r.as(id)
		if first, seen := r.since[as]; !seen || u.Valid.From < first {
			r.since[as] = u.Valid.From
		}
	}
	before := map[record.ID][]record.ID{}
	for id, list := range next {
		for _, heir := range list {
			before[heir] = append(before[heir], id)
		}
	}
	own := append(r.chain(in.Office.UnitID, before), r.chain(in.Office.UnitID, next)...)
	for _, id := range own {
		for ; !id.IsZero() && !r.apart[id]; id = in.Units[id].ParentID {
			r.apart[id] = true
		}
	}
	return r
}

// successors are the known units that each known one went into, as either of them says.
func (r *register) successors() map[record.ID][]record.ID {
	next := map[record.ID][]record.ID{}
	add := func(old, heir record.ID) {
		_, known := r.in.Units[old]
		if _, too := r.in.Units[heir]; known && too {
			next[old] = append(next[old], heir)
		}
	}
	for id, u := range r.in.Units {
		for _, heir := range u.Successors {
			add(id, heir)
		}
		for _, old := range u.Predecessors {
			add(old, id)
		}
	}
	return next
}

// chain is a unit with all that follow from it by a map.
func (r *register) chain(id record.ID, next map[record.ID][]record.ID) []record.ID {
	out, seen := []record.ID{id}, map[record.ID]bool{id: true}
	for i := 0; i < len(out); i++ {
		for _, n := range next[out[i]] {
			if !seen[n] {
				out, seen[n] = append(out, n), true
			}
		}
	}
	return out
}

// followHeirs finds for every unit that ended before the last day the one it went into:
// of its successors that outlived it the one with its code, else with its name, else the
// one with the lowest id. That one may have ended too.
func (r *register) followHeirs(next map[record.ID][]record.ID) {
	direct := map[record.ID]record.ID{}
	for id, u := range r.in.Units {
		if heirs := r.heirsOf(u, next[id]); len(heirs) > 0 {
			direct[id] = heirs[0]
		}
	}
	for id := range direct {
		at := id
		for to, ended := direct[at]; ended; to, ended = direct[at] {
			at = to // each ends later than the one before, so this ends
		}
		r.heir[id] = at
	}
}

func (r *register) heirsOf(u record.Unit, successors []record.ID) []record.ID {
	if u.Valid.To == "" || r.in.Period.To != "" && u.Valid.To >= r.in.Period.To {
		return nil
	}
	heirs := slices.DeleteFunc(slices.Clone(successors), func(id record.ID) bool {
		s, known := r.in.Units[id]
		return !known || s.Valid.To != "" && s.Valid.To <= u.Valid.To
	})
	likeness := func(id record.ID) int {
		switch s := r.in.Units[id]; {
		case u.Code != "" && s.Code == u.Code:
			return 0
		case s.Name == u.Name:
			return 1
		}
		return 2
	}
	slices.SortFunc(heirs, func(a, b record.ID) int {
		return cmp.Or(cmp.Compare(likeness(a), likeness(b)), bytes.Compare(a[:], b[:]))
	})
	return heirs
}

// as is the unit a unit counts as.
func (r *register) as(id record.ID) record.ID {
	if heir, gone := r.heir[id]; gone {
		return heir
	}
	return id
}

// asAll are the known units that some units count as, each once.
func (r *register) asAll(lists ...[]record.ID) []record.ID {
	var out []record.ID
	for _, list := range lists {
		for _, id := range list {
			if _, known := r.in.Units[id]; known {
				out = append(out, r.as(id))
			}
		}
	}
	return sortedIDs(out)
}

// stood reports whether a unit stood on some day of the period, or by today's map on
// its last.
func (r *register) stood(u record.Unit) bool {
	p := r.in.Period
	if r.in.Period.Map == record.MapToday && p.To != "" {
		return u.Valid.Has(p.To)
	}
	return (u.Valid.From == "" || p.To == "" || u.Valid.From <= p.To) && (u.Valid.To == "" || p.From == "" || u.Valid.To >= p.From)
}

// stoodLong reports whether a unit stood for a share of the period's days, in per cent.
// By today's map the days of those that went into it are its own. A period without both
// ends has no share.
func (r *register) stoodLong(id record.ID, u record.Unit, share int64) bool {
	p := r.in.Period
	if !r.stood(u) {
		return false
	}
	if share <= 0 || p.From == "" || p.To == "" {
		return true
	}
	from, to := max(p.From, u.Valid.From), p.To
	if r.in.Period.Map == record.MapToday {
		from = max(p.From, r.since[id])
	}
	if u.Valid.To != "" {
		to = min(to, u.Valid.To)
	}
	return 100*daysIn(from, to) >= share*daysIn(p.From, p.To)
}

func daysIn(from, to record.Date) int64 {
	return int64(to.Time().Sub(from.Time()).Hours()/24) + 1
}

// countBusinesses adds the enterprises, cooperatives and household businesses that took
// part in what was held, each once however often, beside all there are.
func (c *computation) countBusinesses() {
	reached := map[record.ID]bool{}
	for _, a := range c.took {
		for _, id := range c.unitsAtActivity(a) {
			reached[id] = true
		}
	}
	for id, u := range c.in.Units {
		if !slices.Contains(businesses, u.Kind) || !reached[id] && (c.register.as(id) != id || !c.register.stood(u)) {
			continue
		}
		c.add(key{"I6", "measure", "registered"}, 1, id)
		c.add(key{"I6", "measure", "workers_registered"}, u.Workers.Total, id)
		if !reached[id] {
			continue
		}
		c.add(key{code: "I6"}, 1, id)
		c.add(key{"I6", "unit", u.Kind}, 1, id)
		c.add(key{"I6", "measure", "workers"}, u.Workers.Total, id)
		for i, flag := range u.Focus {
			if !slices.Contains(u.Focus[:i], flag) {
				c.add(key{"I6", "focus", flag}, 1, id)
			}
		}
	}
}
