package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// receiptOf is the newest receipt from the province of this unit, or at the province to a
// unit; an empty one before the first.
func (a *App) receiptOf(ctx context.Context, unit string) (bundle.Receipt, error) {
	r, _, err := a.receiptLine(ctx, unit)
	return r, err
}

func (a *App) receiptLine(ctx context.Context, unit string) (bundle.Receipt, []byte, error) {
	var r bundle.Receipt
	no, line, err := a.db.Receipt(ctx, unit)
	if err != nil || no == 0 {
		return r, nil, explain(err)
	}
	if err := json.Unmarshal(line[2:], &r); err != nil {
		return r, nil, fmt.Errorf("%w: receipt of %s: %v", record.ErrDamaged, unit, err)
	}
	return r, line, nil
}

// takeReceipt keeps the province's word on what it holds. An older one than is known
// changes nothing, so receipts may come in any order.
func (a *App) takeReceipt(ctx context.Context, s *footing, p parcel, plain []byte) (record.Taken, error) {
	r, line, err := bundle.ReadAck(p.outer.Envelope, plain)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	if p.outer.Envelope.Unit != s.known.Root.Unit {
		return a.refuse(ctx, p, bundle.WithReason("wrong-unit", record.ErrNotTrusted))
	}
	known, err := a.receiptOf(ctx, r.Unit)
	if err != nil {
		return record.Taken{}, err
	}
	t := p.taken(record.TakenApplied)
	t.Name = s.unitName(t.From)
	anew, err := a.countsAnew(ctx, s, r.Unit)
	if err != nil {
		return record.Taken{}, err
	}
	if r.No <= known.No && !anew {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Đã có biên nhận mới hơn của " + t.Name + ".", EN: "A newer receipt of " + t.Name + " is here already."}
		return t, a.noteTaken(ctx, p, t, "")
	}
	if err := a.keepReceipt(ctx, r, line, p.outer.Envelope.From, anew); err != nil {
		return record.Taken{}, err
	}
	if err := a.noteSaid(ctx, r); err != nil {
		return record.Taken{}, err
	}
	if err := a.lookBack(ctx, r); err != nil {
		return record.Taken{}, err
	}
	if err := a.compare(ctx, r); err != nil {
		return record.Taken{}, err
	}
	t.Words, err = a.receiptWords(ctx, s, r)
	if err != nil {
		return t, err
	}
	if err := a.passOn(ctx, s, p); err != nil {
		return t, err
	}
	return t, a.noteTaken(ctx, p, t, "")
}

// metaAcked names, for a unit, the key that signed the receipt that is kept.
const metaAcked = "acked:"

// countsAnew reports whether the key that signed the receipt kept so far is no longer the
// province's: a receipt binds the numbers of those after it no longer than that, since a
// province that was rebuilt does not know them.
func (a *App) countsAnew(ctx context.Context, s *footing, unit string) (bool, error) {
	key, err := a.db.Meta(ctx, metaAcked+unit)
	if err != nil || key == "" {
		return false, err
	}
	_, still := s.known.Signer(seal.KindAck, key)
	return !still, nil
}

// keepReceipt notes who signed a receipt after it is kept: were it the other way round, a
// cut between the two would let an old one back.
func (a *App) keepReceipt(ctx context.Context, r bundle.Receipt, line []byte, key string, anew bool) error {
	if anew {
		if err := a.db.DropReceipt(ctx, r.Unit); err != nil {
			return err
		}
	}
	if err := a.db.SetReceipt(ctx, r.Unit, r.No, line); err != nil {
		return err
	}
	return a.db.SetMeta(ctx, metaAcked+r.Unit, key)
}

// noteSaid writes on the list of sealed files what the receiver says of each by name.
func (a *App) noteSaid(ctx context.Context, r bundle.Receipt) error {
	list, err := a.db.SentList(ctx)
	if err != nil {
		return err
	}
	said, err := time.Parse(time.RFC3339, r.Created)
	if err != nil {
		return err
	}
	states := map[string]record.HandOverState{"applied": record.StateReceived, "parked": record.StateParked, "refused": record.StateRefused}
	for _, f := range list {
		b, ok := r.Bundle(f.ID)
		if !ok {
			continue
		}
		f.State, f.Reason = states[b.State], b.Reason
		if b.State == "applied" && (f.Kind != seal.KindLog || len(f.Covers) == 0) { // nothing inside that the vector speaks of
			f.State = record.StateAccepted
		}
		if err := a.db.SetSent(ctx, f.ID, f.State, f.Reason, nil, said); err != nil {
			return err
		}
	}
	return nil
}

// lookBack finds that the receiver holds entries of this device's stream that are not here:
// an older copy of the register was put in its place, or another machine has a copy of it and
// goes on. The stream ends there, so that nothing is said twice under one number; what is
// missing comes back with the next answers.
func (a *App) lookBack(ctx context.Context, r bundle.Receipt) error {
	own := a.device()
	head, err := a.db.StreamHead(ctx, own)
	if err != nil {
		return err
	}
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return err
	}
	for _, p := range coverOf(r)[own] {
		i := slices.IndexFunc(streams, func(st store.Stream) bool { return st.Device == own })
		here := false
		for k := 0; i >= 0 && k < len(streams[i].Heads) && !here; k++ {
			h := streams[i].Heads[k]
			if here, err = a.db.Holds(ctx, own, store.Point{N: h.N, Hash: h.Hash}, p); err != nil {
				return err
			}
		}
		switch {
		case here:
		case p.N > head.N:
			return a.endStreamHere(ctx, alarmRestored)
		default:
			return a.endStreamHere(ctx, alarmCloned)
		}
	}
	return nil
}

// endStreamHere goes on under a new key and tells why.
func (a *App) endStreamHere(ctx context.Context, alarm string) error {
	if err := a.newStream(); err != nil {
		return err
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	return explain(a.db.SetMeta(ctx, metaAlarm, alarm))
}

// leaveEnded goes on under a new key when the roster says that the one so far has ended:
// what is written under it counts nowhere any more.
func (a *App) leaveEnded(ctx context.Context) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	if d, ok := s.known.Device(a.keys.ID()); !ok || d.Cut == nil {
		return nil
	}
	return a.endStreamHere(ctx, alarmEnded)
}

// compare holds what the receiver counted against what is here, when both hold the same
// entries and know the same fields: then nothing may differ.
func (a *App) compare(ctx context.Context, r bundle.Receipt) error {
	own, err := a.ownDevices(ctx)
	if err != nil || r.Digest == "" || r.Fields != a.db.OpenFields() { // another version counts other fields
		return err
	}
	more, err := a.db.CountAfterVector(ctx, coverOf(r), func(d oplog.Device) bool { return own[d] })
	if err != nil || more > 0 {
		return err
	}
	if all, err := a.holdsAll(ctx, r); err != nil || !all {
		return err
	}
	digest, err := a.db.OpenDigest(ctx, "")
	if err != nil {
		return err
	}
	alarm, err := a.db.Meta(ctx, metaAlarm)
	switch differs := digest != r.Digest; {
	case err != nil:
		return err
	case differs:
		return a.db.SetMeta(ctx, metaAlarm, alarmDiffers)
	case alarm == alarmDiffers:
		return a.db.SetMeta(ctx, metaAlarm, "")
	}
	return nil
}

// Alarms that wait for a person, by name.
const (
	metaAlarm     = "alarm"
	alarmRestored = "restored" // this register is older than what the province has of it
	alarmCloned   = "cloned"   // the province has entries of this machine's stream that another wrote
	alarmEnded    = "ended"    // the roster says that this machine's key has ended
	alarmDiffers  = "differs"  // the same entries, and other rows
)

func (a *App) receiptWords(ctx context.Context, s *footing, r bundle.Receipt) (record.Words, error) {
	_, n, err := a.accepted(ctx, s)
	name := s.unitName(s.known.Root.Unit)
	if err != nil || n == 0 {
		return record.Words{
			VI: name + " đã ghi nhận mọi thay đổi đã giao (biên nhận số " + number(r.No) + ").",
			EN: name + " has accepted all that was handed over (receipt " + number(r.No) + ").",
		}, err
	}
	return record.Words{
		VI: "Biên nhận số " + number(r.No) + " của " + name + "; còn " + number(n) + " thay đổi chưa được ghi nhận.",
		EN: "Receipt " + number(r.No) + " of " + name + "; " + number(n) + " changes are not accepted yet.",
	}, nil
}

// passOn keeps a file of the province for the other PCs of this office: the next stick
// has it along.
func (a *App) passOn(ctx context.Context, s *footing, p parcel) error {
	machines, err := a.colleagues(ctx, s)
	if err != nil || len(machines) == 0 {
		return err
	}
	_, err = a.shelf(a.dir.Carried()).Put(p.name, p.raw)
	if errors.Is(err, outbox.ErrFull) {
		return nil // they take it from the stick it came on
	}
	return err
}

// accepted is up to when the province has accepted all entries of this office, "" for none,
// and how many it has not.
func (a *App) accepted(ctx context.Context, s *footing) (until string, more int64, _ error) {
	if s.role == record.RoleProvince {
		return "", 0, nil
	}
	r, err := a.ownReceipt(ctx, s)
	if err != nil {
		return "", 0, err
	}
	own, err := a.ownDevices(ctx)
	if err != nil {
		return "", 0, err
	}
	last, more, err := a.db.ThroughVector(ctx, coverOf(r), func(d oplog.Device) bool { return own[d] })
	if last == 0 || r.Created == "" {
		return "", more, err
	}
	return min(stampOf(time.UnixMilli(last)), r.Created), more, err // a clock here may have run ahead
}
