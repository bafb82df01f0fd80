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
	From string          `json:"from"` // the device that certified it, "" if a PC of this office handed it on
	Cert json.RawMessage `json:"cert"`
}

// certified is a stream in which the province speaks to this office.
type certified struct {
	cert []byte
	key  ed25519.PublicKey
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
	list, err := a.certified(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		province.Key = c.key
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
	var certs [][]byte
	for _, u := range s.known.Roster.Units {
		cert, err := trust.StreamCert(a.keys, u.Code)
		if err != nil {
			return explain(err)
		}
		certs = append(certs, cert)
	}
	_, err := a.addStreams(ctx, a.keys.ID(), certs)
	return err
}

// certified are the streams for this office, or at the province for its units, that a
// device of the province has signed for, by the roster in force. Other certificates wait for
// another roster.
func (a *App) certified(ctx context.Context, s *footing) ([]certified, error) {
	facts, err := a.streamFacts(ctx)
	if err != nil {
		return nil, err
	}
	codes := s.codes()
	var out []certified
	for _, f := range facts {
		unit, key, err := s.known.Stream(f.Cert)
		if err == nil && (s.role == record.RoleProvince || slices.Contains(codes, unit)) {
			out = append(out, certified{f.Cert, key})
		}
	}
	return out, nil
}

// certificatesFor are what another PC of this office needs to believe entries: it may have
// heard none of the answers they came in.
func (a *App) certificatesFor(ctx context.Context, s *footing, entries []bundle.Entry) ([][]byte, error) {
	list, err := a.certified(ctx, s)
	if err != nil {
		return nil, err
	}
	inside := map[oplog.Device]bool{}
	for _, e := range entries {
		inside[e.Commit.Device] = true
	}
	var out [][]byte
	for _, c := range list {
		if inside[oplog.DeviceOf(c.key)] {
			out = append(out, c.cert)
		}
	}
	return out[max(0, len(out)-bundle.MaxHandedOn):], nil
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
	for _, c := range certs {
		unit, _, err := trust.VerifyStreamCert(key, c)
		if err != nil {
			return bundle.WithReason("not-trusted", err)
		}
		if !slices.Contains(s.codes(), unit) {
			return bundle.WithReason("wrong-unit", fmt.Errorf("%w: a stream for %s", record.ErrNotTrusted, unit))
		}
	}
	if news, err := a.addStreams(ctx, from, certs); err != nil || !news {
		return err
	}
	return a.syncMembers(ctx)
}

// learnHandedOn is learnStreams of what a PC of this office hands on: what its
// certificates prove is seen when they are used, by the roster of then.
func (a *App) learnHandedOn(ctx context.Context, certs [][]byte) error {
	if news, err := a.addStreams(ctx, "", certs); err != nil || !news {
		return err
	}
	return a.syncMembers(ctx)
}

// addStreams writes certificates down, each once.
func (a *App) addStreams(ctx context.Context, from string, certs [][]byte) (news bool, err error) {
	if len(certs) == 0 {
		return false, nil
	}
	facts, err := a.streamFacts(ctx)
	if err != nil {
		return false, err
	}
	have := map[string]bool{} // a province has one for each unit
	for _, f := range facts {
		have[string(f.Cert)] = true
	}
	for _, c := range certs {
		if !have[string(c)] {
			facts, news = append(facts, streamFact{from, c}), true
			have[string(c)] = true
		}
	}
	if !news {
		return false, nil
	}
	text, err := json.Marshal(facts)
	if err != nil {
		return false, err
	}
	return true, a.db.SetMeta(ctx, metaStreams, string(text))
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
