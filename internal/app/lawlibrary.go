package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"

	"sophobien/assets"
	"sophobien/internal/law"
	"sophobien/internal/library"
	"sophobien/internal/pack"
	"sophobien/internal/packdir"
	"sophobien/internal/record"
)

// lawShelf is the library of this office, opened when it is first asked for: a start of the
// program does not wait for it.
type lawShelf struct {
	mu      sync.Mutex
	library *library.Library
	closed  bool

	using sync.Mutex // what the library shows is put to use by one at a time
}

// law opens the library, with what comes with the program in it.
func (a *App) law(ctx context.Context) (*library.Library, error) {
	l, first, err := a.openLaw(ctx)
	if err != nil {
		return nil, explain(err)
	}
	if first { // makes good what a cut has left; what cannot be used was told when it came
		a.useItems(ctx, l)
	}
	return l, nil
}

// VerifyLaw reads every byte of the library. Where it was never opened there is none.
func (a *App) VerifyLaw(ctx context.Context) (record.LawCheck, error) {
	if _, err := os.Stat(a.dir.Law()); errors.Is(err, fs.ErrNotExist) {
		return record.LawCheck{}, nil
	}
	l, err := a.law(ctx)
	if err != nil {
		return record.LawCheck{}, err
	}
	p, err := l.Verify(ctx, nil)
	return record.LawCheck{Files: p.Blobs, Damaged: len(p.Damaged), Missing: len(p.Missing)}, explain(err)
}

func (a *App) openLaw(ctx context.Context) (l *library.Library, first bool, err error) {
	s := &a.lawShelf
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, false, record.Refuse(record.ErrBusy, "Sổ đang đóng.", "The register is being closed.")
	case s.library != nil:
		return s.library, false, nil
	}
	if l, err = library.Open(ctx, a.dir); err != nil {
		return nil, false, err
	}
	if err := os.RemoveAll(a.lawCopies()); err != nil { // one may still be open in another program
		slog.Debug("copies of files of the library", "error", err)
	}
	err = a.installStarter(ctx, l)
	if err != nil && !errors.Is(explain(err), record.ErrSpace) { // a full disk must not keep people from what they have
		return nil, false, errors.Join(err, l.Close())
	}
	s.library = l
	return l, true, nil
}

func (s *lawShelf) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.library == nil {
		return nil
	}
	err := s.library.Close()
	s.library = nil
	return err
}

// installStarter takes in what ships, once for each version of it.
func (a *App) installStarter(ctx context.Context, l *library.Library) error {
	listing, err := starterListing()
	if err != nil {
		return err
	}
	have, err := l.Channels(ctx)
	if err != nil || have[pack.Starter].Version >= listing.Version {
		return err
	}
	fsys, err := fs.Sub(assets.Starter, "starter")
	if err != nil {
		return err
	}
	contents, err := packdir.Read(fsys, nil)
	if err != nil {
		return err
	}
	_, err = l.InstallStarter(ctx, listing, contents.Items, contents.Blob, a.opts.Now())
	return err
}

// starterListing is what starter/pack.json says; its version grows when anything in the
// folder changes.
func starterListing() (pack.Listing, error) {
	raw, err := assets.Starter.ReadFile("starter/pack.json")
	if err != nil {
		return pack.Listing{}, fmt.Errorf("starter pack: %w", err)
	}
	var l pack.Listing
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return pack.Listing{}, fmt.Errorf("starter pack: %w", err)
	}
	l.Format, l.Channel, l.Audience = pack.Format, pack.Starter, pack.Everyone
	return l, nil
}

// view is the library on a day, as the office knows it. "" is today.
func (a *App) lawOn(ctx context.Context, day record.Date) (*library.View, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, err
	}
	if day == "" {
		if day, err = a.today(ctx); err != nil {
			return nil, explain(err)
		}
	}
	notes, err := a.db.LawNotes(ctx)
	if err != nil {
		return nil, explain(err)
	}
	v, err := l.On(ctx, day, corrections(notes))
	return v, explain(err)
}

// corrections are the days the office found to be other than its packs say. Of several
// about one document the one checked last counts.
func corrections(notes []record.LawNote) []law.Correction {
	last := map[string]int{}
	var out []law.Correction
	for _, n := range notes {
		if (n.Valid == record.Validity{}) {
			continue
		}
		c := law.Correction{Item: n.Item, From: n.Valid.From, To: n.Valid.To, Source: n.Source, CheckedOn: n.CheckedOn}
		if at, ok := last[n.Item]; !ok {
			last[n.Item] = len(out)
			out = append(out, c)
		} else if c.CheckedOn >= out[at].CheckedOn {
			out[at] = c
		}
	}
	return out
}

// packState is what this office holds, for a pack to be proven against.
func (a *App) packState(ctx context.Context, l *library.Library) (pack.State, error) {
	here, err := a.stand(ctx)
	if err != nil {
		return pack.State{}, err
	}
	s := pack.State{Known: here.known, App: a.opts.Version, Now: a.opts.Now(), Blob: l.Blob, Units: []string{here.code}}
	if root := here.known.Root; root.Unit != "" {
		s.Units = append(s.Units, root.Unit)
	}
	if s.Channels, err = l.Channels(ctx); err != nil {
		return s, explain(err)
	}
	s.Seen, err = l.Seen(ctx)
	return s, explain(err)
}
