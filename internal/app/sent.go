package app

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// inOutbox reports whether the file lies there as it was sealed.
func (a *App) inOutbox(f store.Sent) bool {
	raw, err := os.ReadFile(a.outboxPath(f.Name))
	return err == nil && int64(len(raw)) == f.Size && shaOf(raw) == f.SHA256
}

// opensFor reports whether a file in the outbox is sealed to a target as it is known now.
func (a *App) opensFor(f store.Sent, t *target) bool {
	raw, err := os.ReadFile(a.outboxPath(f.Name))
	if err != nil {
		return false
	}
	env, err := seal.PeekEnvelope(raw)
	return err == nil && sealedTo(env, t.recipients)
}

func (a *App) outboxPath(name string) string { return filepath.Join(a.dir.Outbox(), name) }

func shaOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// stampOf is an instant as the screens take it, "" for none.
func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// sentFile is a sealed file with the state it has by now.
type sentFile struct {
	store.Sent
	state record.HandOverState
}

// sentTo lists the files to a target, the oldest first.
func (a *App) sentTo(ctx context.Context, t *target) ([]sentFile, error) {
	list, err := a.db.SentList(ctx)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(f store.Sent) bool { return f.Unit != t.unit || f.Device != t.device })
	return a.withStates(ctx, list)
}

// sentFiles lists all files made here with their states, the oldest first.
func (a *App) sentFiles(ctx context.Context) ([]sentFile, error) {
	list, err := a.db.SentList(ctx)
	if err != nil {
		return nil, err
	}
	return a.withStates(ctx, list)
}

// withStates gives files their states; those of one target are all among them.
func (a *App) withStates(ctx context.Context, list []store.Sent) ([]sentFile, error) {
	slices.SortStableFunc(list, func(x, y store.Sent) int { return int(x.No - y.No) })
	entries := make([]outbox.Entry, len(list))
	for i, f := range list {
		entries[i] = outbox.Entry{To: f.Unit + "/" + f.Device, Kind: f.Kind, Said: f.State, Covers: map[string]outbox.Point{}, From: map[string]int64{}}
		for d, p := range f.Covers {
			entries[i].Covers[d.String()], entries[i].From[d.String()] = outbox.Point{N: p.N, Hash: p.Hash.String()}, f.From[d]
		}
	}
	covered, err := a.covered(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]sentFile, len(list))
	for i, state := range outbox.States(entries, covered) {
		out[i] = sentFile{list[i], state}
	}
	return out, nil
}

// covered tells of the points of a file whether its receiver holds all up to them: the
// province by its receipt, a PC of this office by what it said it holds.
func (a *App) covered(ctx context.Context) (func(outbox.Entry) bool, error) {
	words := map[string]map[oplog.Device][]store.Point{}
	own, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	return func(e outbox.Entry) bool {
		word, ok := words[e.To]
		if !ok {
			word = coverOf(a.wordOf(ctx, &own, e.To))
			words[e.To] = word
		}
		for id, p := range e.Covers {
			if !a.within(ctx, word, id, p) {
				return false
			}
		}
		return true
	}, nil
}

// within reports whether a point is at or before one of those somebody holds.
func (a *App) within(ctx context.Context, word map[oplog.Device][]store.Point, id string, p outbox.Point) bool {
	device, err1 := oplog.ParseDevice(id)
	hash, err2 := oplog.ParseHash(p.Hash)
	if errors.Join(err1, err2) != nil {
		return false
	}
	for _, head := range word[device] {
		if held, err := a.db.Holds(ctx, device, head, store.Point{N: p.N, Hash: hash}); err == nil && held {
			return true
		}
	}
	return false
}

// wordOf is what a receiver says it holds; nothing where it has not said so, or where
// its word cannot be read.
func (a *App) wordOf(ctx context.Context, s *footing, to string) bundle.Receipt {
	unit, device, _ := strings.Cut(to, "/")
	if device == "" && s.role == record.RoleOffice {
		r, err := a.ownReceipt(ctx, s)
		if err != nil {
			return bundle.Receipt{}
		}
		return r
	}
	var heads map[string]bundle.Point
	if device == "" {
		u, ok := s.known.Unit(unit)
		if !ok {
			return bundle.Receipt{}
		}
		var err error
		if heads, err = a.heardBy(ctx, s, u); err != nil {
			return bundle.Receipt{}
		}
	} else {
		said, err := a.saidBy(ctx, device)
		if err != nil {
			return bundle.Receipt{}
		}
		heads = said.Heads
	}
	var r bundle.Receipt
	for id, p := range heads {
		r.Devices = append(r.Devices, bundle.DeviceState{Device: id, N: p.N, Head: p.Hash})
	}
	return r
}

// Sent lists the sealed files made here, the newest first.
func (a *App) Sent(ctx context.Context) ([]record.Sent, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.sentFiles(ctx)
	if err != nil {
		return nil, explain(err)
	}
	out := make([]record.Sent, 0, len(list))
	for _, f := range slices.Backward(list) {
		out = append(out, a.sentView(&s, f.Sent, f.state))
	}
	return out, nil
}

func (a *App) sentView(s *footing, f store.Sent, state record.HandOverState) record.Sent {
	out := record.Sent{
		ID: f.ID, No: f.No, Name: f.Name, Kind: f.Kind, Unit: f.Unit, UnitName: s.unitName(f.Unit), Device: f.Device, Created: stampOf(f.Created),
		Size: f.Size, Commits: f.Commits, State: state, Places: f.Places, Stated: stampOf(f.Stated), Practice: f.Practice, Lost: !a.inOutbox(f),
	}
	if state == record.StateRefused || state == record.StateParked {
		out.Reason = reasonWords(f.Reason)
	}
	return out
}

// sweepOutbox takes up sealed files that no list knows, as a cut between the two leaves
// them, and drops those whose contents were accepted a month ago.
func (a *App) sweepOutbox(ctx context.Context) error {
	list, err := a.sentFiles(ctx)
	if err != nil {
		return err
	}
	known := map[string]sentFile{}
	for _, f := range list {
		known[f.Name] = f
	}
	entries, err := os.ReadDir(a.dir.Outbox())
	if err != nil {
		return err
	}
	for _, e := range entries {
		f, ok := known[e.Name()]
		switch {
		case !ok && strings.HasSuffix(e.Name(), ".sopb.zip"):
			err = a.adopt(ctx, e.Name())
		case ok && f.state == record.StateAccepted && !f.Stated.IsZero() && a.opts.Now().Sub(f.Stated) > keepAccepted:
			err = os.Remove(a.outboxPath(e.Name()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sealedTo reports whether a bundle is for these keys and no others.
func sealedTo(env seal.Envelope, keys []string) bool {
	if len(env.Recipients) != len(keys) {
		return false
	}
	for _, text := range keys {
		r, err := seal.ParseRecipient(text)
		if err != nil || !slices.Contains(env.Recipients, r.Short()) {
			return false
		}
	}
	return true
}

// adopt puts a sealed file of this device on the list.
func (a *App) adopt(ctx context.Context, name string) error {
	raw, err := os.ReadFile(a.outboxPath(name))
	if err != nil {
		return err
	}
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) {
		return publicOf(a.keys.Device), id == a.keys.ID()
	})
	recipient, problem := a.recipient()
	if problem != nil {
		return problem
	}
	if err != nil || recipient.Practice || !sealedTo(outer.Envelope, recipient.Keys) {
		return os.Remove(a.outboxPath(name)) // the log has all of it, and it will be sealed again
	}
	made := sentOf(outer.Envelope, raw)
	made.Name = name
	return a.db.AddSent(ctx, made)
}
