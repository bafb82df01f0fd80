package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// pack gives the sealed files a target is to get: those that lie ready as long as they
// hold all there is to say, else new ones.
func (a *App) pack(ctx context.Context, s *footing, t *target, o record.HandOverOptions) ([]store.Sent, error) {
	list, err := a.sentTo(ctx, t)
	if err != nil {
		return nil, err
	}
	ready := a.lieReady(list, t)
	news, err := a.beyond(ctx, t, ready)
	if err != nil {
		return nil, err
	}
	unheard, err := a.unheard(ctx, t)
	if err != nil {
		return nil, err
	}
	if news || unheard {
		if unheard {
			list = nil // what the key before has said today is not its word
		}
		if ready, err = a.sealLog(ctx, s, t, list, ready); err != nil {
			return ready, err
		}
		if err := a.db.SetMeta(ctx, metaSpoken+t.key(), a.keys.ID()); err != nil {
			return ready, err
		}
	}
	return a.sealFiles(ctx, s, t, ready, o)
}

// lieReady are the files to a target that were made and not answered yet, and lie whole
// in the outbox, the oldest first. A file sealed to keys that were replaced since is not.
func (a *App) lieReady(list []sentFile, t *target) []store.Sent {
	var out []store.Sent
	for _, f := range list {
		waits := f.state == record.StatePacked || f.state == record.StateHanded
		if waits && f.Practice == t.practice && a.inOutbox(f.Sent) && a.opensFor(f.Sent, t) {
			out = append(out, f.Sent)
		}
	}
	return out
}

// beyond reports whether there is something to say that neither the target has nor a
// file that lies ready holds. With nothing new at all a day's first hand-over says just
// that: whoever has nothing to report reports it in time.
func (a *App) beyond(ctx context.Context, t *target, ready []store.Sent) (bool, error) {
	cover := map[oplog.Device][]store.Point{}
	for d, points := range t.cover {
		cover[d] = slices.Clone(points)
	}
	logs := 0
	for _, f := range ready {
		if f.Kind != seal.KindLog {
			continue
		}
		logs++
		for d, p := range f.Covers {
			cover[d] = append(cover[d], p)
		}
	}
	lines, err := a.db.LogAfterVector(ctx, cover, t.only, 0, 1, false)
	if err != nil || len(lines) > 0 {
		return true, err
	}
	return logs == 0, nil
}

// metaSpoken names, for a target, the stream in which this PC last spoke to it.
const metaSpoken = "spoken:"

// unheard reports whether a target has not heard yet what this PC holds since it goes on
// under another key: after a restore it learns from that what is to come back.
func (a *App) unheard(ctx context.Context, t *target) (bool, error) {
	spoken, err := a.db.Meta(ctx, metaSpoken+t.key())
	return spoken != "" && spoken != a.keys.ID(), err
}

// sealLog seals what a target does not have, in as many files as it takes.
func (a *App) sealLog(ctx context.Context, s *footing, t *target, list []sentFile, ready []store.Sent) ([]store.Sent, error) {
	sender, err := a.sendAs(s, t.unit, t.recipients)
	if err != nil {
		return nil, err
	}
	sender.Values = t.values
	state, err := a.state(ctx, s)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(ready, func(f store.Sent) bool { return f.Kind == seal.KindLog })
	write := func(_ int, entries []bundle.Entry, no int64) (bundle.Sealed, error) {
		var certs [][]byte
		if t.device != "" {
			var err error
			if certs, err = a.certificatesFor(ctx, s, entries); err != nil {
				return bundle.Sealed{}, err
			}
		}
		return bundle.WriteLog(sender, state, certs, entries, a.newID(), no, a.stamped())
	}
	made, err := a.sealEntries(ctx, t, write)
	if err == nil && len(made) == 0 && !saidToday(list, a.stamped()) { // nothing to report, said in time
		made, err = a.sealOne(ctx, t, nil, 0, write)
	}
	return append(out, made...), err
}

// sealer seals entries, from the front, as the file of its place among those of one target.
type sealer func(place int, entries []bundle.Entry, no int64) (bundle.Sealed, error)

// sealEntries seals what a target does not have, in as many files as it takes.
func (a *App) sealEntries(ctx context.Context, t *target, write sealer) ([]store.Sent, error) {
	var out []store.Sent
	for after := int64(0); ; {
		lines, err := a.db.LogAfterVector(ctx, t.cover, t.only, after, bundle.MaxPlain, t.values)
		if err != nil || len(lines) == 0 {
			return out, err
		}
		made, err := a.sealOne(ctx, t, lines, len(out), write)
		if err != nil {
			return out, err
		}
		out, after = append(out, made...), lines[made[0].Commits-1].Seq
	}
}

func (a *App) sealOne(ctx context.Context, t *target, lines []store.LogLine, place int, write sealer) ([]store.Sent, error) {
	entries := make([]bundle.Entry, len(lines))
	for i, l := range lines {
		entries[i] = bundle.Entry{Commit: l.Commit, Secrets: l.Secrets}
	}
	no, err := a.nextNo(ctx)
	if err != nil {
		return nil, err
	}
	sealed, err := write(place, entries, no)
	if err != nil {
		return nil, err
	}
	made, err := a.keepSealed(context.WithoutCancel(ctx), t, sealed)
	if err == nil {
		err = t.tell(ctx)
	}
	return []store.Sent{made}, err
}

// saidToday reports whether a file was made on the day of a time.
func saidToday(list []sentFile, now string) bool {
	return len(list) > 0 && stampOf(list[len(list)-1].Created)[:10] == now[:10]
}

// state is what this register holds, as a bundle says it.
func (a *App) state(ctx context.Context, s *footing) (bundle.State, error) {
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return bundle.State{}, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return bundle.State{}, err
	}
	out := bundle.State{Heads: map[string]bundle.Point{}, Through: today, Packs: a.packsHere()}
	for _, st := range streams {
		if len(st.Heads) > 0 {
			out.Heads[st.Device.String()] = bundle.Point{N: st.Heads[0].N, Hash: st.Heads[0].Hash.String()}
		}
	}
	out.Roster = s.known.Roster.Version
	out.Wants, err = a.lacking(ctx)
	return out, err
}

func (a *App) random() io.Reader { return rand.Reader }

// nextNo is the next running number of the files made here.
func (a *App) nextNo(ctx context.Context) (int64, error) {
	no, err := a.db.LastNo(ctx)
	return no + 1, err
}

// keepSealed puts a sealed file into the outbox and on the list, in this order: a file
// that no list knows is taken up at the next start, a line without its file would claim
// what is not there.
func (a *App) keepSealed(ctx context.Context, t *target, sealed bundle.Sealed) (store.Sent, error) {
	if err := datadir.WriteFileVerified(a.outboxPath(sealed.Name), sealed.Bytes); err != nil {
		return store.Sent{}, err
	}
	made := sentOf(sealed.Envelope, sealed.Bytes)
	made.Name, made.Device, made.Practice, made.Commits = sealed.Name, t.device, t.practice, int64(sealed.Commits)
	return made, a.db.AddSent(ctx, made)
}

// sentOf is the line of a sealed file, as its envelope says.
func sentOf(env seal.Envelope, raw []byte) store.Sent {
	created, err := time.Parse(time.RFC3339, env.Created)
	if err != nil {
		created = time.Time{} // unreachable: an envelope's time is checked
	}
	out := store.Sent{
		ID: env.ID, No: env.No, Kind: env.Kind, Unit: env.To, Created: created, Size: int64(len(raw)), SHA256: shaOf(raw),
		State: record.StatePacked, Covers: map[oplog.Device]store.Point{}, From: map[oplog.Device]int64{},
	}
	for id, span := range env.Range {
		device, err1 := oplog.ParseDevice(id)
		hash, err2 := oplog.ParseHash(env.Heads[id])
		if errors.Join(err1, err2) == nil {
			out.Covers[device], out.From[device] = store.Point{N: span.Last, Hash: hash}, span.First
		}
	}
	return out
}
