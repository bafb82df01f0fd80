package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// holdsAll reports whether every entry a receipt speaks of is here, those of all branches
// of a forked stream too.
func (a *App) holdsAll(ctx context.Context, r bundle.Receipt) (bool, error) {
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return false, err
	}
	heads := map[oplog.Hash]bool{}
	for _, st := range streams {
		for _, h := range st.Heads {
			heads[h.Hash] = true
		}
	}
	for _, points := range coverOf(r) {
		for _, p := range points {
			if !heads[p.Hash] {
				return false, nil
			}
		}
	}
	return true, nil
}

// Receipts writes, for every unit that has handed something over, the receipt of all that
// is here of it, what was said to it, and the roster in force: one click, one stick.
func (a *App) Receipts(ctx context.Context, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	if s.authority == nil {
		return out, noAuthority()
	}
	ready, err := a.publicFiles(ctx, &s)
	if err != nil {
		return out, explain(err)
	}
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return out, explain(err)
	}
	for _, u := range s.known.Roster.Units {
		made, err := a.answerUnit(ctx, &s, u, streams)
		if err != nil {
			return out, a.explainWrite(err)
		}
		ready = append(ready, made...)
	}
	err = a.deliver(ctx, &s, where, ready, record.HandOverOptions{}, &out)
	return out, err
}

func noAuthority() error {
	return record.Refuse(record.ErrNotFound,
		"Cơ quan này chưa có bộ khóa của cấp tỉnh. Hãy lập khóa ở Trao đổi › Máy và khóa (sophobienctl keys province).",
		"This office has no keys of a province yet. Make them in the exchange, Machines and keys (sophobienctl keys province).")
}

// answerUnit makes a unit's receipt and answers, or finds those that lie ready.
func (a *App) answerUnit(ctx context.Context, s *footing, u trust.RosterUnit, streams []store.Stream) ([]store.Sent, error) {
	taken, err := a.db.TakenList(ctx, u.Code)
	if err != nil {
		return nil, err
	}
	rebuilt, err := a.db.Meta(ctx, metaRebuilt)
	if err != nil {
		return nil, err
	}
	var out []store.Sent
	if len(taken) > 0 || rebuilt != "" && s.hasMachine(u) {
		ack, err := a.acknowledge(ctx, s, u, taken, streams)
		if err != nil {
			return nil, err
		}
		out = append(out, ack)
	}
	answers, err := a.answer(ctx, s, u)
	return append(out, answers...), err
}

// acknowledge makes the receipt of a unit. One that would say the same as the last is
// the last, once more.
func (a *App) acknowledge(ctx context.Context, s *footing, u trust.RosterUnit, taken []store.Taken, streams []store.Stream) (store.Sent, error) {
	last, line, err := a.receiptLine(ctx, u.Code)
	if err != nil {
		return store.Sent{}, err
	}
	r, err := a.newReceipt(ctx, s, u, taken, streams)
	if err != nil {
		return store.Sent{}, err
	}
	t := &target{unit: u.Code}
	if last.No > 0 && sameReceipt(last, r) {
		list, err := a.sentTo(ctx, t)
		if err != nil {
			return store.Sent{}, err
		}
		for _, f := range slices.Backward(list) {
			if f.Kind == seal.KindAck && a.inOutbox(f.Sent) {
				return f.Sent, nil
			}
		}
	}
	if err := a.countFor(ctx, s, u.Code, &r); err != nil {
		return store.Sent{}, err
	}
	r.No, r.Created = last.No+1, a.stamped()
	if line != nil {
		r.Prev = bundle.LineHash(line)
	}
	sender, err := a.sendAs(s, u.Code, nil)
	if err != nil {
		return store.Sent{}, err
	}
	sender.Signer = s.authority.Ack
	no, err := a.nextNo(ctx)
	if err != nil {
		return store.Sent{}, err
	}
	sealed, err := bundle.WriteAck(sender, r, a.newID(), no)
	if err != nil {
		return store.Sent{}, err
	}
	if err := a.db.SetReceipt(ctx, u.Code, r.No, sealed.Line); err != nil {
		return store.Sent{}, err
	}
	return a.keepSealed(ctx, t, sealed)
}

func sameReceipt(x, y bundle.Receipt) bool {
	y.No, y.Prev, y.Created, y.Counts, y.Digest, y.Fields = x.No, x.Prev, x.Created, x.Counts, x.Digest, x.Fields
	a, err1 := json.Marshal(x)
	b, err2 := json.Marshal(y)
	return errors.Join(err1, err2) == nil && string(a) == string(b)
}

// countFor says in a receipt what the rows of a unit amount to here. Where a machine has
// moved on, its rows have too: the receipt under its new unit speaks of them.
func (a *App) countFor(ctx context.Context, s *footing, unit string, r *bundle.Receipt) (err error) {
	for _, d := range r.Devices {
		if s.known.UnitOf(d.Device) != unit {
			return nil
		}
	}
	r.Counts, r.Digest, err = a.talliedOf(ctx, s, unit)
	r.Fields = a.db.OpenFields()
	return err
}

// unitTally is what is here of every unit, read once for all receipts of one click.
type unitTally struct {
	counts  map[string]map[string]int
	digests map[string]string
}

// talliedOf are the rows of a unit by noun, and their digest.
func (a *App) talliedOf(ctx context.Context, s *footing, unit string) (map[string]int64, string, error) {
	if s.tally == nil {
		var codes []string
		for _, u := range s.known.Roster.Units {
			codes = append(codes, u.Code)
		}
		t := &unitTally{}
		var err error
		if t.counts, err = a.db.Counts(ctx); err != nil {
			return nil, "", err
		}
		if t.digests, err = a.db.OpenDigests(ctx, codes...); err != nil {
			return nil, "", err
		}
		s.tally = t
	}
	out := map[string]int64{}
	for noun, n := range s.tally.counts[unit] {
		out[noun] = int64(n)
	}
	return out, s.tally.digests[unit], nil
}

// newReceipt is what is here of a unit.
func (a *App) newReceipt(ctx context.Context, s *footing, u trust.RosterUnit, taken []store.Taken, streams []store.Stream) (bundle.Receipt, error) {
	r := bundle.Receipt{Unit: u.Code, Roster: s.known.Roster.Version, Packs: a.packsHere(), Devices: []bundle.DeviceState{}, Bundles: []bundle.BundleState{}}
	for _, st := range streams {
		if d, ok := s.known.Device(st.Device.String()); !ok || !of(d, u.Code) {
			continue
		}
		r.Devices = append(r.Devices, deviceState(st))
	}
	slices.SortFunc(r.Devices, func(x, y bundle.DeviceState) int { return cmp.Compare(x.Device, y.Device) })
	newest := map[string]bundle.BundleState{}
	for _, t := range taken {
		state := map[record.TakenState]string{record.TakenApplied: "applied", record.TakenKnown: "applied", record.TakenParked: "parked", record.TakenRefused: "refused"}[t.State]
		if t.ID != "" && state != "" && newest[t.ID].State != "applied" {
			newest[t.ID] = bundle.BundleState{ID: t.ID, No: t.No, State: state, Reason: t.Reason}
		}
	}
	r.Bundles = slices.SortedFunc(maps.Values(newest), func(x, y bundle.BundleState) int { return cmp.Compare(x.ID, y.ID) })
	r.Bundles = r.Bundles[max(0, len(r.Bundles)-bundle.MaxReceiptBundles):] // ids grow with time
	var err error
	r.Wants, err = a.lackingOf(ctx, u.Code)
	return r, err
}

func deviceState(st store.Stream) bundle.DeviceState {
	out := bundle.DeviceState{Device: st.Device.String()}
	switch {
	case st.Held["revoked"]+st.Held["cut"] > 0:
		out.Held = "revoked"
	case st.Held["unknown"] > 0:
		out.Held = "unknown"
	}
	for i, h := range st.Heads {
		if i == 0 {
			out.N, out.Head = h.N, h.Hash.String()
			continue
		}
		out.Also = append(out.Also, bundle.Head{N: h.N, Head: h.Hash.String()})
	}
	slices.SortFunc(out.Also, func(x, y bundle.Head) int { return cmp.Compare(x.Head, y.Head) })
	for _, p := range st.Parked {
		out.Parked = append(out.Parked, seal.Span{First: p[0], Last: p[1]})
	}
	return out
}

// keepAccepted is how long a sealed file lies in the outbox after all in it was accepted.
const keepAccepted = 30 * 24 * time.Hour
