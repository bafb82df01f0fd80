package app

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// Names of local facts of the exchange.
const (
	metaStreams = "streams" // certificates of the province's streams for this office, or for its units
	metaSaid    = "said:"   // and a device: what it said it holds
)

// streamFact is a certified stream of the province, as it is kept.
type streamFact struct {
	From string          `json:"from"` // the device that certified it
	Cert json.RawMessage `json:"cert"`
}

// streams are those in which the province speaks to this office or, at the province
// itself, to each of its units.
func (a *App) streams(ctx context.Context, s *footing) ([]store.Member, error) {
	var out []store.Member
	province := store.Member{Unit: s.known.Roster.Unit, Role: record.RoleProvince}
	if s.role == record.RoleProvince {
		province.Unit = ""
		for _, u := range s.known.Roster.Units {
			province.Key = publicOf(a.keys.StreamFor(u.Code))
			out = append(out, province)
		}
	}
	facts, err := a.streamFacts(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		key, ok := s.known.Signer("answers", f.From)
		if !ok {
			continue // that device is no longer the province's
		}
		if _, province.Key, err = trust.VerifyStreamCert(key, f.Cert); err != nil {
			return nil, explain(err)
		}
		out = append(out, province)
	}
	for i := range out {
		out[i].Device = oplog.DeviceOf(out[i].Key)
	}
	return out, nil
}

// keepStreams notes, at a province, in which streams this machine speaks: in a register that
// is restored they are still the province's, though the machine has another key by then.
func (a *App) keepStreams(ctx context.Context, s *footing) error {
	if s.authority == nil {
		return nil
	}
	facts, err := a.streamFacts(ctx)
	if err != nil {
		return err
	}
	have := map[string]bool{}
	for _, f := range facts {
		have[f.From+string(f.Cert)] = true
	}
	before := len(facts)
	for _, u := range s.known.Roster.Units {
		cert, err := trust.StreamCert(a.keys, u.Code)
		if err != nil {
			return explain(err)
		}
		if !have[a.keys.ID()+string(cert)] {
			facts = append(facts, streamFact{a.keys.ID(), cert})
		}
	}
	if len(facts) == before {
		return nil
	}
	return a.writeStreams(ctx, facts)
}

func (a *App) writeStreams(ctx context.Context, facts []streamFact) error {
	text, err := json.Marshal(facts)
	if err != nil {
		return err
	}
	return a.db.SetMeta(ctx, metaStreams, string(text))
}

// unitStreams are the keys of the streams in which this PC speaks to units, at a province.
func (a *App) unitStreams() map[string]ed25519.PrivateKey {
	a.peers.mu.Lock()
	defer a.peers.mu.Unlock()
	if a.peers.authority == nil {
		return nil
	}
	if a.peers.to == nil {
		a.peers.to = map[string]ed25519.PrivateKey{}
		for _, u := range a.peers.known.Roster.Units {
			a.peers.to[u.Code] = a.keys.StreamFor(u.Code)
		}
	}
	return a.peers.to
}

func (a *App) streamFacts(ctx context.Context) ([]streamFact, error) {
	text, err := a.db.Meta(ctx, metaStreams)
	if err != nil || text == "" {
		return nil, explain(err)
	}
	var facts []streamFact
	if err := json.Unmarshal([]byte(text), &facts); err != nil {
		return nil, fmt.Errorf("%w: list of streams: %v", record.ErrDamaged, err)
	}
	return facts, nil
}

// learnStreams keeps certificates that speak of this office's streams.
func (a *App) learnStreams(ctx context.Context, s *footing, from string, certs [][]byte) error {
	key, ok := s.known.Signer("answers", from)
	if !ok {
		return bundle.WithReason("not-trusted", record.ErrNotTrusted)
	}
	facts, err := a.streamFacts(ctx)
	if err != nil {
		return err
	}
	before := len(facts)
	for _, c := range certs {
		unit, _, err := trust.VerifyStreamCert(key, c)
		if err != nil {
			return bundle.WithReason("not-trusted", err)
		}
		if !slices.Contains(s.codes(), unit) {
			return bundle.WithReason("wrong-unit", fmt.Errorf("%w: a stream for %s", record.ErrNotTrusted, unit))
		}
		same := func(f streamFact) bool { return f.From == from && string(f.Cert) == string(c) }
		if !slices.ContainsFunc(facts, same) {
			facts = append(facts, streamFact{from, c})
		}
	}
	if len(facts) == before {
		return nil
	}
	if err := a.writeStreams(ctx, facts); err != nil {
		return err
	}
	return a.syncMembers(ctx)
}

// saidFact is what a device said it holds, in the newest of its files that came.
type saidFact struct {
	No    int64        `json:"no"`
	State bundle.State `json:"state"`
}

// saidBy is what a device said it holds, nothing when it said nothing yet.
func (a *App) saidBy(ctx context.Context, device string) (bundle.State, error) {
	f, err := a.saidFact(ctx, device)
	return f.State, err
}

func (a *App) saidFact(ctx context.Context, device string) (saidFact, error) {
	var f saidFact
	text, err := a.db.Meta(ctx, metaSaid+device)
	if err != nil || text == "" {
		return f, explain(err)
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return f, fmt.Errorf("%w: what %s holds: %v", record.ErrDamaged, device, err)
	}
	return f, nil
}

// keepSaid notes what a sender holds, unless something newer is known. Files come in any
// order; numbers grow within a device.
func (a *App) keepSaid(ctx context.Context, device string, said bundle.State, no int64) error {
	known, err := a.saidFact(ctx, device)
	if err != nil || known.No >= no {
		return err
	}
	text, err := json.Marshal(saidFact{no, said})
	if err != nil {
		return err
	}
	return a.db.SetMeta(ctx, metaSaid+device, string(text))
}
