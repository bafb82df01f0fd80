package activities

import (
	"context"
	"slices"
	"time"

	"sophobien/ui/kit"
)

// drafts writes what is typed. At most one write is under way; of what comes
// meanwhile only the newest of each scope is written, so writes never overtake
// each other and typing fast costs no more than the disk can do.
type drafts struct {
	runner *kit.Runner
	office Drafts
	kept   func(scope string, at time.Time, err error) // told after each write of text
	wrote  func(w draftWrite, at time.Time)            // told first when a write or a drop ended well

	now  *draftWrite
	next []draftWrite
}

// draftWrite is a text to keep under a scope; a nil text drops the draft.
type draftWrite struct {
	scope string
	text  []byte
}

// keptDraft is a draft that was found.
type keptDraft struct {
	text []byte
	at   time.Time
}

func (d *drafts) save(scope string, text []byte) { d.write(draftWrite{scope, text}) }

func (d *drafts) drop(scope string) { d.write(draftWrite{scope: scope}) }

func (d *drafts) write(w draftWrite) {
	if d.now != nil {
		d.next = append(slices.DeleteFunc(d.next, func(n draftWrite) bool { return n.scope == w.scope }), w)
		return
	}
	d.now = &w
	kit.Do(d.runner, func(ctx context.Context) (time.Time, error) {
		if w.text == nil {
			return time.Time{}, d.office.DropDraft(ctx, w.scope)
		}
		return d.office.SaveDraft(ctx, w.scope, w.text)
	}, d.written)
}

func (d *drafts) written(at time.Time, err error) {
	w := *d.now
	d.now = nil
	if len(d.next) > 0 {
		next := d.next[0]
		d.next = d.next[1:]
		d.write(next)
	}
	if err == nil {
		d.wrote(w, at)
	}
	if w.text != nil {
		d.kept(w.scope, at, err)
	}
}

// unwritten is the newest text of a scope that may not have reached the disk, and
// whether there is one; a nil text is a draft about to be dropped.
func (d *drafts) unwritten(scope string) (text []byte, waits bool) {
	if d.now != nil && d.now.scope == scope {
		text, waits = d.now.text, true
	}
	for _, n := range d.next {
		if n.scope == scope {
			text, waits = n.text, true
		}
	}
	return text, waits
}

// read finds a scope's draft: what is on its way to the disk, or what is there. It
// returns the work to do away from the window.
func (d *drafts) read(scope string) func(context.Context) (keptDraft, error) {
	if text, waits := d.unwritten(scope); waits {
		return func(context.Context) (keptDraft, error) { return keptDraft{text: text}, nil }
	}
	return func(ctx context.Context) (keptDraft, error) {
		text, at, err := d.office.Draft(ctx, scope)
		return keptDraft{text, at}, err
	}
}
