package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

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

// keepAccepted is how long a sealed file lies in the outbox after all in it was accepted.
const keepAccepted = 30 * 24 * time.Hour

// carried are the files of others that are still to be carried along.
func (a *App) carried() ([]outbox.Kept, error) {
	shelf := a.shelf(a.dir.Carried())
	if err := shelf.Expire(a.opts.Now().Add(-keepCarried)); err != nil {
		return nil, err
	}
	return shelf.List()
}

// carryOut writes a file of others into a folder; one that is damaged goes nowhere.
func (a *App) carryOut(where string, k outbox.Kept, out *record.HandedOver) error {
	raw, err := a.shelf(a.dir.Carried()).Read(k)
	if errors.Is(err, record.ErrDamaged) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := folder.Write(filepath.Join(where, carriedFolder), k.Original(), raw); err != nil {
		return err
	}
	out.Carried = append(out.Carried, k.Original())
	return nil
}

// keepCarried is how long a file of others is carried along, and carriedFolder where on
// a stick such files stand.
const (
	keepCarried   = 60 * 24 * time.Hour
	carriedFolder = "chuyen-ho"
)
