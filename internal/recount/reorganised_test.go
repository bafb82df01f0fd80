package recount_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
)

// conserved are the totals that no map of units may change.
var conserved = []string{"I1", "I2", "I3", "I4", "I5", "I7", "I8", "I9", "I10", "I11", "I13", "I14", "I15"}

// TestReorganisationsConserveTotals draws offices of 96 units with 30 splits, mergers and
// renames in the year: every rate lies in [0,1], no total depends on the map, what
// was reached by one map was reached by the other, and the recount agrees.
func TestReorganisationsConserveTotals(t *testing.T) {
	db := openTables(t)
	for seed := range uint64(12) {
		o := reorganisedOffice(rand.New(rand.NewPCG(seed, 30)))
		fill(t, db, o)
		var byMap [2]record.Figures
		for i, as := range []string{record.MapAsItWas, record.MapToday} {
			o.period.Map = as
			byMap[i] = report.Compute(o.input())
			again, err := recount.Count(context.Background(), db, o.period, o.rules())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(bare(byMap[i]), again); diff != "" {
				t.Fatalf("seed %d, map %q: report and recount differ (-report +recount):\n%s", seed, as, diff)
			}
			for _, f := range byMap[i].Targets {
				if f.Rate < 0 || f.Rate > 1 || f.Denominator == 0 {
					t.Errorf("seed %d, map %q, target %s: %d of %d", seed, as, f.Code, f.Numerator, f.Denominator)
				}
			}
			reached, _ := byMap[i].Value("I6", "")
			if all, _ := byMap[i].Value("I6", "measure=registered"); reached == 0 || reached > all {
				t.Errorf("seed %d, map %q: %d of %d businesses reached", seed, as, reached, all)
			}
		}
		for _, code := range conserved {
			was, _ := byMap[0].Value(code, "")
			if today, _ := byMap[1].Value(code, ""); was != today {
				t.Errorf("seed %d: %s is %d as it was and %d by today's map", seed, code, was, today)
			}
		}
	}
}

// bare is figures without the rows behind them.
func bare(f record.Figures) record.Figures {
	for i := range f.Indicators {
		f.Indicators[i].Records = nil
	}
	for i := range f.Targets {
		f.Targets[i].Records, f.Targets[i].Missing = nil, nil
	}
	return f
}

// reorganisedOffice makes 96 units, then 30 times ends one or two of those that stand
// and puts one or two in their place.
func reorganisedOffice(r *rand.Rand) office {
	o := office{period: report.Period("plan", 2024, "")}
	kinds := []string{"commune", "enterprise", "cooperative", "household", "school"}
	open := func(day record.Date, kind, name, code string, from ...record.ID) record.ID {
		id := anID(10_000 + len(o.units))
		u := record.Unit{ID: id, Kind: kind, Name: name, Code: code, Valid: record.Validity{From: day}, Workers: record.Workers{Total: r.Int64N(90)}}
		if r.IntN(2) == 0 {
			u.Predecessors = from
		}
		o.units = append(o.units, row[record.Unit]{of: u})
		return id
	}
	for i := range 96 {
		open("2010-01-01", kinds[i%len(kinds)], fmt.Sprintf("Đơn vị %d", i), fmt.Sprint(23000+i))
	}
	for range 30 {
		day := o.period.From.AddDays(1 + r.IntN(360))
		var ended []int
		for _, i := range r.Perm(len(o.units)) {
			u := &o.units[i].of
			if u.Valid.To == "" && u.Valid.From < day && (len(ended) == 0 || u.Kind == o.units[ended[0]].of.Kind) {
				ended = append(ended, i)
			}
			if len(ended) == 1+r.IntN(2) || len(ended) == 2 {
				break
			}
		}
		var olds, news []record.ID
		for _, i := range ended {
			olds = append(olds, o.units[i].of.ID)
		}
		first := o.units[ended[0]].of
		for n := range 1 + r.IntN(2) {
			code := fmt.Sprint(24000 + len(o.units))
			if n == 0 && r.IntN(2) == 0 {
				code = first.Code // codes are used again
			}
			news = append(news, open(day, first.Kind, fmt.Sprintf("%s mới %d", first.Name, n), code, olds...))
		}
		for _, i := range ended {
			u := &o.units[i].of
			u.Valid.To, u.Successors = day.AddDays(-1), news
		}
	}
	for i := range 400 {
		day := o.period.From.AddDays(r.IntN(366))
		a := record.Activity{
			ID: anID(i), Kind: record.ActivityKinds[r.IntN(len(record.ActivityKinds))].Code, Status: "held", When: record.Occasion{Date: day}, Direct: r.IntN(2) == 0,
			HostUnitID: o.standing(r, day), UnitsReached: []record.ID{o.standing(r, day)}, Heads: record.HeadCount{Total: r.Int64N(80)},
			Costs: []record.Cost{{Source: "state", Amount: r.Int64N(1000)}},
		}
		o.activities = append(o.activities, row[record.Activity]{of: a})
	}
	o.targets = []record.Target{
		{Code: "a", Counts: "units", UnitKinds: kinds, Roles: []string{"host", "reached"}, Least: 1, Share: 50},
		{Code: "c", Counts: "units", UnitKinds: kinds, Roles: []string{"host", "reached"}, Least: 2, Share: 50},
	}
	return o
}

// standing draws a unit that stands on a day.
func (o *office) standing(r *rand.Rand, day record.Date) record.ID {
	for {
		if u := o.units[r.IntN(len(o.units))].of; u.Valid.Has(day) {
			return u.ID
		}
	}
}
