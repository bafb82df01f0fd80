package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"slices"
	"sync"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// peers is whom this office believes: the roster in force, the roots behind it, and at a
// province the keys that sign both.
type peers struct {
	mu        sync.Mutex
	known     trust.Known
	problem   error                         // why not all of it could be read
	authority *trust.Authority              // nil: this office signs no rosters and receipts
	to        map[string]ed25519.PrivateKey // streams to units, made when first needed
	packs     []unitPack                    // reorganisations, the oldest first
}

// footing is this office's place in the exchange, read once for one piece of work.
type footing struct {
	unit      record.Unit
	code      string
	role      record.Role
	device    string // this PC
	known     trust.Known
	authority *trust.Authority
	tally     *unitTally // of all units, once somebody asked
}

// stand reads where this office stands.
func (a *App) stand(ctx context.Context) (footing, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return footing{}, explain(err)
	}
	unit, err := a.Unit(ctx, office.UnitID)
	if err != nil {
		return footing{}, err
	}
	a.peers.mu.Lock()
	defer a.peers.mu.Unlock()
	return footing{unit: unit, code: unit.Code, role: roleOf(unit), device: a.keys.ID(), known: a.peers.known, authority: a.peers.authority}, nil
}

// roleOf is what a unit's place in the tree makes of its office: who stands where the
// tree ends collects.
func roleOf(u record.Unit) record.Role {
	if u.Kind == "province" {
		return record.RoleProvince
	}
	return record.RoleOffice
}

// province is the code of the unit that collects from this one.
func (s *footing) province(c *catalog) string {
	if s.known.Roster.Unit != "" {
		return s.known.Roster.Unit
	}
	line := c.line(s.unit)
	return line[len(line)-1].Code
}

// unitName is what people call a unit of the roster.
func (s *footing) unitName(code string) string {
	if u, ok := s.known.Unit(code); ok {
		return u.Name
	}
	if s.known.Roster.Unit == code && code != "" {
		return s.known.Roster.Name
	}
	return code
}

// loadPeers reads the roster and, at a province, its keys, and tells the store whose
// machines there are. What is damaged of the roster keeps nobody from the register: an
// alarm tells of it, and the next roster replaces it.
func (a *App) loadPeers(ctx context.Context) error {
	known, problem := trust.LoadKnown(a.dir)
	if problem != nil && !errors.Is(problem, record.ErrDamaged) {
		return explain(problem)
	}
	authority, err := trust.OpenAuthority(a.keys)
	if err != nil && !errors.Is(err, trust.ErrNoAuthority) {
		return explain(err)
	}
	known.Local = believed(known.Local, known.Roster, a.opts.Now())
	a.peers.mu.Lock()
	a.peers.known, a.peers.authority, a.peers.problem, a.peers.to = known, authority, problem, nil
	a.peers.mu.Unlock()
	return a.syncMembers(ctx)
}

// startExchange is what the exchange does at every start: which units there are, whom to
// believe, and sealed files that a cut left without their line.
func (a *App) startExchange(ctx context.Context) error {
	if err := a.loadPacks(ctx); err != nil {
		return err
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	if err := a.leaveEnded(ctx); err != nil {
		return err
	}
	a.retryAfterUpgrade(ctx)
	if err := a.keepUnits(ctx); err != nil {
		return err
	}
	if err := a.sweepOutbox(ctx); err != nil {
		return explain(err)
	}
	return explain(a.sweepPieces())
}

// syncMembers tells the store whose machine every stream is: by the roster, and of this
// office's own machines by the list of those somebody here has looked in the eye.
func (a *App) syncMembers(ctx context.Context) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	if err := a.keepStreams(ctx, &s); err != nil {
		return explain(err)
	}
	members, err := a.members(ctx, &s)
	if err != nil {
		return err
	}
	got, err := a.db.SetMembers(ctx, members)
	if err == nil && len(got.Change.Nouns) > 0 {
		a.announce(got.Change)
	}
	return explain(err)
}

func (a *App) members(ctx context.Context, s *footing) ([]store.Member, error) {
	list := map[oplog.Device]store.Member{}
	add := func(m store.Member) { list[m.Device] = m }
	if len(s.known.File) == 0 {
		kept, err := a.membersKept(ctx)
		if err != nil {
			return nil, err
		}
		for _, m := range kept {
			add(m)
		}
	}
	for _, d := range s.known.Local {
		add(store.Member{Device: oplog.DeviceOf(d.Key), Key: d.Key, Role: s.role})
	}
	for _, d := range s.known.Roster.Devices {
		m, err := s.memberOf(d)
		if err != nil {
			return nil, err
		}
		add(m)
	}
	streams, err := a.streams(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, m := range streams {
		add(m)
	}
	out := make([]store.Member, 0, len(list))
	for _, m := range list {
		out = append(out, m)
	}
	slices.SortFunc(out, func(x, y store.Member) int { return cmp.Compare(x.Device.String(), y.Device.String()) })
	return out, nil
}

// membersKept are the machines of others that the register knows by itself. A backup has
// no roster beside it: without them a province that is restored would take the rows of
// its units for its own.
func (a *App) membersKept(ctx context.Context) ([]store.Member, error) {
	list, err := a.db.KnownMembers(ctx)
	return slices.DeleteFunc(list, func(m store.Member) bool { return m.Unit == "" && m.Role != record.RoleProvince }), err
}

// memberOf is a machine of the roster as the store knows it.
func (s *footing) memberOf(d trust.RosterDevice) (store.Member, error) {
	m := store.Member{Device: oplog.DeviceOf(d.Key), Key: d.Key, Unit: d.Unit, Role: d.Role}
	if s.ours(d) {
		m.Unit = ""
	}
	if d.Cut == nil {
		return m, nil
	}
	m.Cut = &store.Cut{N: d.Cut.N}
	if d.Cut.Head == "" {
		return m, nil
	}
	var err error
	m.Cut.Hash, err = oplog.ParseHash(d.Cut.Head)
	for _, text := range d.Cut.Also {
		end, problem := oplog.ParseHash(text)
		m.Cut.Also, err = append(m.Cut.Also, end), errors.Join(err, problem)
	}
	return m, err
}

// recipient is to whom this office seals: the province of the roster that is believed, which
// was proven when it was read, or what the folder has in its place.
func (a *App) recipient() (trust.Recipient, error) {
	a.peers.mu.Lock()
	known := a.peers.known
	a.peers.mu.Unlock()
	if len(known.Recipients()) == 0 {
		return trust.Province(a.dir)
	}
	return known.Recipient(), nil
}

// stamped is this PC's time as files carry it.
func (a *App) stamped() string { return a.opts.Now().UTC().Format(time.RFC3339) }

// sendAs is who seals, to whom.
func (a *App) sendAs(s *footing, to string, recipients []string) (bundle.Sender, error) {
	out := bundle.Sender{Unit: s.code, To: to, App: "sophobien " + a.opts.Version, Signer: a.keys.Device, Random: a.random()}
	for _, text := range recipients {
		r, err := seal.ParseRecipient(text)
		if err != nil {
			return out, explain(err)
		}
		out.Recipients = append(out.Recipients, r)
	}
	return out, nil
}
