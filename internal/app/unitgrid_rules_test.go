package app

import (
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// ruled is a grid of 2026 without files: a machine that worked for unit 1 until June and
// for unit 2 since, and one of unit 3 that goes on from another's stream.
func ruled(a *App, dueDay int, files ...came) *grid {
	device := func(n byte, unit string, since ...trust.Membership) trust.RosterDevice {
		key := publicOf(ed25519.NewKeyFromSeed(append(make([]byte, 31), n)))
		return trust.RosterDevice{ID: seal.DeviceID(key), Key: key, Unit: unit, Role: record.RoleOffice, Name: "PC " + unit, Since: since}
	}
	moved := device(1, "2", trust.Membership{Unit: "1"}, trust.Membership{Unit: "2", From: "2026-07-01"})
	before, after := device(2, "3"), device(3, "3")
	before.Cut, after.Continues = &trust.Cut{N: 10}, before.ID
	g := &grid{
		a: a, ctx: ctx, year: 2026, dueDay: dueDay, today: "2026-09-20", zone: time.UTC,
		taken: map[string][]came{}, work: map[string]*[12]int{}, streams: map[string]store.Stream{},
		machines: map[string][]trust.RosterDevice{"1": {moved}, "2": {moved}, "3": {before, after}},
	}
	g.s.known.Roster.Devices = []trust.RosterDevice{moved, before, after}
	for _, f := range files {
		if f.Device == "moved" {
			f.Device = moved.ID
		}
		for _, u := range []string{"1", "2"} {
			g.taken[u] = append(g.taken[u], f)
		}
	}
	return g
}

func applied(unit string, day, through record.Date) came {
	return came{Taken: store.Taken{Kind: seal.KindLog, Unit: unit, Device: "moved", State: record.TakenApplied}, day: day, through: min(day, through)}
}

func (g *grid) line(u trust.RosterUnit) string {
	var row record.UnitRow
	for i := range row.Months {
		row.Months[i] = g.month(u, i+1)
	}
	return monthsOfRow(row)
}

// TestAMonthIsOfTheUnitOfItsDay: a machine that went to another unit hands over for both,
// each up to where it worked there; a unit that ended owes nothing afterwards.
func TestAMonthIsOfTheUnitOfItsDay(t *testing.T) {
	old := trust.RosterUnit{Code: "1", To: "2026-06-15"}
	next := trust.RosterUnit{Code: "2", From: "2026-07-01"}
	g := ruled(nil, 5, applied("1", "2026-03-03", "2026-02-28"), applied("2", "2026-08-04", "2026-08-03"))
	for _, c := range []struct {
		unit trust.RosterUnit
		want string
	}{{old, "LELLLL------"}, {next, "------EN...."}, {trust.RosterUnit{Code: "2"}, "NNNNNNEN...."}} {
		if got := g.line(c.unit); got != c.want {
			t.Errorf("%+v: %s, want %s", c.unit, got, c.want)
		}
	}
	// No clock of a sender makes a register complete before its days have come.
	g = ruled(nil, 31, applied("2", "2026-08-04", "2090-01-01"))
	if got := g.line(next); got != "------E....." {
		t.Errorf("a clock far ahead: %s", got)
	}
	if g.due(1) != "2026-02-28" || g.due(12) != "2027-01-31" {
		t.Errorf("due %s and %s", g.due(1), g.due(12))
	}
}

// TestAlarmsOfMachines: two PCs under one key, a register put back, a clock far ahead.
func TestAlarmsOfMachines(t *testing.T) {
	a := newApp(t)
	g := ruled(a, 5)
	u := trust.RosterUnit{Code: "3"}
	before, after := g.machines["3"][0], g.machines["3"][1]
	alarm := func() string { return must(g.alarm(u, &record.UnitRow{}))(t).VI }
	head := func(n int64, at time.Time) store.Head { return store.Head{N: n, Time: at.UnixMilli()} }
	g.streams[before.ID] = store.Stream{Device: oplog.DeviceOf(before.Key), Heads: []store.Head{head(10, today)}}
	g.streams[after.ID] = store.Stream{Device: oplog.DeviceOf(after.Key), Heads: []store.Head{head(2, today)}}
	if got := alarm(); got != "" {
		t.Errorf("all is well: %q", got)
	}
	g.streams[after.ID] = store.Stream{Heads: []store.Head{head(2, today.Add(72*time.Hour))}}
	if got := alarm(); !strings.Contains(got, "Đồng hồ") || !strings.Contains(got, "PC 3") {
		t.Errorf("a clock ahead: %q", got)
	}
	for _, c := range []struct {
		held int64
		want string
	}{{3, "thiếu 7 mục"}, {10, "Đồng hồ"}} {
		if err := a.keepSaid(ctx, after.ID, bundle.State{Heads: map[string]bundle.Point{before.ID: {N: c.held, Hash: strings.Repeat("0", 64)}}}, c.held); err != nil {
			t.Fatal(err)
		}
		if got := alarm(); !strings.Contains(got, c.want) {
			t.Errorf("holding %d: %q", c.held, got)
		}
	}
	g.streams[before.ID] = store.Stream{Heads: []store.Head{head(10, today), head(9, today)}}
	if got := alarm(); !strings.Contains(got, "cùng một khóa") {
		t.Errorf("two under one key: %q", got)
	}
}
