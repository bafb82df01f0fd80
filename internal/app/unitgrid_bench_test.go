package app

import (
	"crypto/ed25519"
	"fmt"
	"testing"
	"time"

	"sophobien/internal/demo"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// aFullProvince has a hundred units that held 400 activities each in 2026 and handed over
// every month.
func aFullProvince(b *testing.B) *landscape {
	b.Helper()
	w := newLandscape(b)
	w.day("2026-12-20")
	a := w.province
	made, err := demo.Generate(demo.Options{Seed: 1, Years: 1, ActivitiesPerYear: 400, PeoplePerActivity: 1, Today: "2026-12-20", Catalog: CatalogFiles()})
	if err != nil {
		b.Fatal(err)
	}
	var acts []record.Activity
	if err := made.Each(func(act record.Activity, _ []record.Attendee) error {
		acts = append(acts, act)
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	r := a.peers.known.Roster
	recipient := r.Devices[0].Recipient
	var units []trust.RosterUnit
	for _, u := range r.Units {
		if u.To == "" {
			units = append(units, u)
		}
	}
	var keys []ed25519.PrivateKey
	for i := range 100 {
		key := ed25519.NewKeyFromSeed([]byte(fmt.Sprintf("%032d", i)))
		keys = append(keys, key)
		r.Devices = append(r.Devices, trust.RosterDevice{
			ID: seal.DeviceID(publicOf(key)), Key: publicOf(key), Unit: units[i%len(units)].Code, Role: record.RoleOffice, Name: "PC", Recipient: recipient,
		})
	}
	if err := a.publishRoster(ctx, r); err != nil {
		b.Fatal(err)
	}
	for i, key := range keys {
		var edits []record.Edit
		for n, act := range acts {
			act.ID = record.NewID(int64(i*1000+n+1), [10]byte{byte(i)})
			act.When.EndDate, act.When.Date = "", record.Date("2026-01-01").AddDays((n*7+i*11)%330)
			act.HostUnitID, act.CoOrganisers = record.NewID(int64(i), [10]byte{5, byte(n % 40)}), nil
			act.When.Place = fmt.Sprintf("Nhà văn hóa thôn %c%c, %s", 'A'+i%26, 'a'+n%26, units[i%len(units)].Name)
			if n%50 == 0 {
				act.CoOrganisers = []record.ID{units[(i+1)%len(units)].ID}
			}
			edits = append(edits, record.Create(act))
		}
		if _, err := a.db.Commit(ctx, store.Writer{Key: key}, w.now.UnixMilli(), planned(edits)); err != nil {
			b.Fatal(err)
		}
		device := oplog.DeviceOf(publicOf(key)).String()
		for m := 1; m <= 12; m++ {
			at := time.Date(2026, time.Month(m), 28, 9, 0, 0, 0, time.UTC)
			t := store.Taken{
				SHA256: fmt.Sprintf("%064d", i*100+m), ID: fmt.Sprint(i, m), Kind: seal.KindLog, Unit: units[i%len(units)].Code, Device: device, No: int64(m),
				Created: at.Format(time.RFC3339), Received: at, State: record.TakenApplied,
			}
			if err := a.db.AddTaken(ctx, t); err != nil {
				b.Fatal(err)
			}
		}
	}
	return w
}

// The bar is 150 ms for a hundred units.
func BenchmarkUnitGrid(b *testing.B) {
	w := aFullProvince(b)
	for b.Loop() {
		g := must(w.province.UnitGrid(ctx, 2026))(b)
		if g.Totals.Units == 0 || g.Rows[0].Months[0].Work == 0 {
			b.Fatalf("%+v", g.Totals)
		}
	}
}

func BenchmarkEventPairs(b *testing.B) {
	w := aFullProvince(b)
	for b.Loop() {
		b.ReportMetric(float64(len(must(w.province.EventPairs(ctx))(b))), "pairs")
	}
}
