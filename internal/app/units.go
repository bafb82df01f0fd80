package app

import (
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// matchUnits lists the registered units a query finds, best first.
func matchUnits(own []record.Unit, query string, c *catalog) []record.UnitChoice {
	key := viet.Key(query)
	type hit struct {
		unit record.Unit
		rank viet.Hit
	}
	var hits []hit
	for _, u := range own {
		full := viet.Key(u.FullName())
		if key == "" || u.Code == query || viet.MatchKey(full, key) {
			hits = append(hits, hit{u, viet.Rank(u.FullName(), query)})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		if a.rank != b.rank {
			return int(b.rank) - int(a.rank)
		}
		return viet.Compare(a.unit.Name, b.unit.Name)
	})
	var out []record.UnitChoice
	for _, h := range hits {
		choice := c.choice(h.unit)
		if h.unit.Address != "" {
			choice.Detail = h.unit.Address
		}
		out = append(out, choice)
	}
	return out
}
