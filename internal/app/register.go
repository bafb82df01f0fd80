package app

import (
	"context"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/trust"
)

// A register keeps its machines when its unit is merged, split or renamed; what changes is
// the unit it reports for. So which PCs share a register is told by its home, the unit under
// which it began, and two registers whose units were merged stay two, side by side under one code:
// each goes on by itself, and the province adds them up.

// homeOf is the unit under which a machine's register began.
func homeOf(d trust.RosterDevice) string {
	if len(d.Since) > 0 {
		return d.Since[0].Unit
	}
	return d.Unit
}

// of reports whether a machine works or has worked for a unit.
func of(d trust.RosterDevice, unit string) bool {
	return d.Unit == unit || slices.ContainsFunc(d.Since, func(m trust.Membership) bool { return m.Unit == unit })
}

// listed finds this PC on the roster, or another that certainly shares its register: one
// it was before a restore, or one that somebody here has looked in the eye.
func (s *footing) listed() (trust.RosterDevice, bool) {
	if d, ok := s.known.Device(s.device); ok {
		return d, true
	}
	for _, l := range s.known.Local {
		if d, ok := s.known.Device(l.ID); ok {
			return d, true
		}
	}
	return trust.RosterDevice{}, false
}

// home is the unit under which this register began.
func (s *footing) home() string {
	if d, ok := s.listed(); ok {
		return homeOf(d)
	}
	return s.code
}

// ours reports whether a machine of the roster shares this register.
func (s *footing) ours(d trust.RosterDevice) bool {
	_, local := s.known.Local.Lookup(d.ID)
	return local || homeOf(d) == s.home()
}

// shares is ours for a machine that may be known here alone.
func (s *footing) shares(device string) bool {
	_, local := s.known.Local.Lookup(device)
	d, listed := s.known.Device(device)
	return local || listed && s.ours(d)
}

// codes are the units this register speaks for or has spoken for: files to any of them may
// still be under way.
func (s *footing) codes() []string {
	out := []string{s.code}
	if d, ok := s.listed(); ok {
		for _, m := range d.Since {
			out = append(out, m.Unit)
		}
		out = append(out, d.Unit)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ownReceipt is what the province has said to this register, under whatever code: all it
// holds, and what it asked for last.
func (a *App) ownReceipt(ctx context.Context, s *footing) (bundle.Receipt, error) {
	var out bundle.Receipt
	for _, code := range s.codes() {
		r, err := a.receiptOf(ctx, code)
		if err != nil {
			return out, err
		}
		out.Devices, out.Bundles = append(out.Devices, r.Devices...), append(out.Bundles, r.Bundles...)
		if r.Created > out.Created {
			out.Unit, out.No, out.Created, out.Wants = r.Unit, r.No, r.Created, r.Wants
		}
	}
	return out, nil
}

// hears reports whether what the province says to a unit is for a machine: one that works for
// it, and one whose register began there, or stood there when the unit ended.
func hears(d trust.RosterDevice, u trust.RosterUnit) bool {
	return d.Unit == u.Code || homeOf(d) == u.Code || u.To != "" && of(d, u.Code)
}

// hasMachine reports whether a machine that has not ended hears what is said to a unit.
func (s *footing) hasMachine(u trust.RosterUnit) bool {
	return slices.ContainsFunc(s.known.Roster.Devices, func(d trust.RosterDevice) bool { return d.Cut == nil && hears(d, u) })
}

// heardBy is how far the machines of a unit say they hold each stream: any one of a
// register's, but every register of the unit.
func (a *App) heardBy(ctx context.Context, s *footing, u trust.RosterUnit) (map[string]bundle.Point, error) {
	registers := map[string]map[string]bundle.Point{}
	for _, d := range s.known.Roster.Devices {
		if !hears(d, u) || d.Cut != nil {
			continue
		}
		said, err := a.saidBy(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		heads := registers[homeOf(d)]
		if heads == nil {
			heads = map[string]bundle.Point{}
			registers[homeOf(d)] = heads
		}
		for id, p := range said.Heads {
			if p.N > heads[id].N {
				heads[id] = p
			}
		}
	}
	var out map[string]bundle.Point
	for _, heads := range registers {
		if out == nil {
			out = heads
			continue
		}
		for id, p := range out {
			switch q, ok := heads[id]; {
			case !ok:
				delete(out, id)
			case q.N < p.N:
				out[id] = q
			}
		}
	}
	return out, nil
}

// movedHomes are, at a province, the machines whose register began under another unit than
// the one they work for.
func (a *App) movedHomes() map[oplog.Device]string {
	a.peers.mu.Lock()
	defer a.peers.mu.Unlock()
	if a.peers.authority == nil {
		return nil
	}
	out := map[oplog.Device]string{}
	for _, d := range a.peers.known.Roster.Devices {
		if home := homeOf(d); home != d.Unit {
			out[oplog.DeviceOf(d.Key)] = home
		}
	}
	return out
}
