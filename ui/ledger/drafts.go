package ledger

import (
	"context"
	"slices"
	"time"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// DraftKeeper keeps what was typed and not yet saved, by scope.
type DraftKeeper interface {
	Draft(ctx context.Context, scope string) (text []byte, at time.Time, err error)
	SaveDraft(ctx context.Context, scope string, text []byte) (at time.Time, err error)
	DropDraft(ctx context.Context, scope string) error
	// Drafts lists those whose scopes begin alike.
	Drafts(ctx context.Context, prefix string) ([]record.Draft, error)
}

// Drafts writes what is typed. At most one write is under way; of what comes
// meanwhile only the newest of each scope is written, so writes never overtake
// each other and typing fast costs no more than the disk can do.
type Drafts struct {
	Kept  func(scope string, at time.Time, err error) // told after each write of text
	Wrote func(w DraftWrite, at time.Time)            // told first when a write or a drop ended well

	runner *kit.Runner
	office DraftKeeper
	now    *DraftWrite
	next   []DraftWrite
}

// NewDrafts writes to a keeper. Nobody is told of it until the fields say who.
func NewDrafts(r *kit.Runner, office DraftKeeper) *Drafts {
	return &Drafts{
		runner: r, office: office,
		Kept: func(string, time.Time, error) {}, Wrote: func(DraftWrite, time.Time) {},
	}
}

// DraftWrite is a text to keep under a scope; a nil text drops the draft.
type DraftWrite struct {
	Scope string
	Text  []byte
}

// Draft is a draft that was found; no text: there is none.
type Draft struct {
	Text []byte
	At   time.Time
}

// Save keeps a text.
func (d *Drafts) Save(scope string, text []byte) { d.write(DraftWrite{scope, text}) }

// Drop forgets a scope's draft.
func (d *Drafts) Drop(scope string) { d.write(DraftWrite{Scope: scope}) }

func (d *Drafts) write(w DraftWrite) {
	if d.now != nil {
		d.next = append(slices.DeleteFunc(d.next, func(n DraftWrite) bool { return n.Scope == w.Scope }), w)
		return
	}
	d.now = &w
	kit.Do(d.runner, func(ctx context.Context) (time.Time, error) {
		if w.Text == nil {
			return time.Time{}, d.office.DropDraft(ctx, w.Scope)
		}
		return d.office.SaveDraft(ctx, w.Scope, w.Text)
	}, d.written)
}

func (d *Drafts) written(at time.Time, err error) {
	w := *d.now
	d.now = nil
	if len(d.next) > 0 {
		next := d.next[0]
		d.next = d.next[1:]
		d.write(next)
	}
	if err == nil {
		d.Wrote(w, at)
	}
	if w.Text != nil {
		d.Kept(w.Scope, at, err)
	}
}

// Unwritten is the newest text of a scope that may not have reached the disk, and
// whether there is one; a nil text is a draft about to be dropped.
func (d *Drafts) Unwritten(scope string) (text []byte, waits bool) {
	if d.now != nil && d.now.Scope == scope {
		text, waits = d.now.Text, true
	}
	for _, n := range d.next {
		if n.Scope == scope {
			text, waits = n.Text, true
		}
	}
	return text, waits
}

// Read finds a scope's draft: what is on its way to the disk, or what is there. It
// returns the work to do away from the window.
func (d *Drafts) Read(scope string) func(context.Context) (Draft, error) {
	if text, waits := d.Unwritten(scope); waits {
		return func(context.Context) (Draft, error) { return Draft{Text: text}, nil }
	}
	return func(ctx context.Context) (Draft, error) {
		text, at, err := d.office.Draft(ctx, scope)
		return Draft{text, at}, err
	}
}
