package app

import (
	"context"
	"maps"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// answer seals what the province said to a unit and the unit does not hold, and what a
// restored machine of the unit has lost. A unit that has ended is still spoken to: what was
// said to it reaches the machines that worked for it.
func (a *App) answer(ctx context.Context, s *footing, u trust.RosterUnit) ([]store.Sent, error) {
	t := &target{unit: u.Code, cover: map[oplog.Device][]store.Point{}}
	stream := oplog.DeviceOf(publicOf(a.keys.StreamFor(u.Code)))
	lost := map[oplog.Device]bool{}
	for _, d := range s.known.Roster.Devices {
		if !hears(d, u) {
			continue
		}
		if d.Cut == nil && !slices.Contains(t.recipients, d.Recipient) { // twins have one
			t.recipients = append(t.recipients, d.Recipient)
		}
		if d.Unit != u.Code {
			continue // what it has lost comes back under its present unit
		}
		said, err := a.saidBy(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if d.Cut != nil || len(said.Heads) == 0 {
			continue
		}
		for _, device := range s.lineOf(d) {
			p := pointsOf(said.Heads)[device]
			if before, twin := t.cover[device]; lost[device] && (!twin || !slices.Equal(before, p)) {
				p = nil // another machine goes on from the same stream and has heard other things
			}
			lost[device] = true
			delete(t.cover, device)
			if p != nil {
				t.cover[device] = p
			}
		}
	}
	if len(t.recipients) == 0 {
		return nil, nil
	}
	heard, err := a.heardBy(ctx, s, u)
	if err != nil {
		return nil, err
	}
	if p, ok := pointsOf(heard)[stream]; ok {
		t.cover[stream] = p
	}
	t.only = func(d oplog.Device) bool { return d == stream || lost[d] }
	list, err := a.sentTo(ctx, t)
	if err != nil {
		return nil, err
	}
	var ready []store.Sent
	cover := maps.Clone(t.cover)
	for _, f := range list {
		if f.Kind == seal.KindAnswers && f.state != record.StateAccepted && a.inOutbox(f.Sent) {
			ready = append(ready, f.Sent)
			for d, p := range f.Covers {
				cover[d] = append(slices.Clone(cover[d]), p)
			}
		}
	}
	lines, err := a.db.LogAfterVector(ctx, cover, t.only, 0, 1, false)
	if err != nil || len(lines) == 0 {
		return ready, err
	}
	return a.sealAnswers(ctx, s, t)
}

// lineOf are a machine's stream and those it goes on from: after a restore they are its
// own words of which it may have lost some.
func (s *footing) lineOf(d trust.RosterDevice) []oplog.Device {
	out := []oplog.Device{oplog.DeviceOf(d.Key)}
	for range len(s.known.Roster.Devices) {
		before, ok := s.known.Device(d.Continues)
		if !ok {
			break
		}
		d = before
		out = append(out, oplog.DeviceOf(d.Key))
	}
	return out
}

func (a *App) sealAnswers(ctx context.Context, s *footing, t *target) ([]store.Sent, error) {
	sender, err := a.sendAs(s, t.unit, t.recipients)
	if err != nil {
		return nil, err
	}
	cert, err := trust.StreamCert(a.keys, t.unit)
	if err != nil {
		return nil, err
	}
	st := bundle.State{Heads: map[string]bundle.Point{}, Packs: a.packsHere(), Roster: s.known.Roster.Version}
	return a.sealEntries(ctx, t, func(_ int, entries []bundle.Entry, no int64) (bundle.Sealed, error) {
		return bundle.WriteAnswers(sender, st, [][]byte{cert}, entries, a.newID(), no, a.stamped())
	})
}
