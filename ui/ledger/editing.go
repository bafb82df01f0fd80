package ledger

import (
	"bytes"
	"context"
	"errors"
	"time"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Editing is the row that stands open, from its being asked for to its being stored or
// taken away. It keeps a draft at every change, lets nothing typed be overtaken by what
// is read, and shows what others changed while nothing unsaved stands in the form.
type Editing[N record.Noun] struct {
	Drafts *Drafts
	Left   *Leftovers
	Face   *Face
	On     Around[N]

	desk  kit.Desk
	noun  string
	keep  Keeper[N]
	sheet Sheet[N]
	opens *kit.Latest
	seeks *kit.Latest

	id     record.ID // zero: a new row, or none
	scope  string    // of its draft
	shown  bool      // a row is shown, stored or new
	dirty  bool      // the form holds what is not stored
	saving bool
	saying string        // what to say once the row is stored, with the way back
	began  []byte        // what stood in the form before anybody typed; nil: not known
	turn   int           // grows each time something else is shown
	next   func()        // what is to be shown once the row is stored
	gone   record.ID     // a row that was deleted while it was shown, and may come back
	enter  *record.Place // where in the form the keyboard goes once the row is shown; nil: it stays
}

// Sheet is the form of a row.
type Sheet[N record.Noun] interface {
	Edit(N)
	Value() (N, error)
	ShowProblem(error)
	Base() N                   // what was typed over
	Rebase(N)                  // the same fields, typed over another
	Draft() []byte             // what was typed, with its base
	Typed() []byte             // what was typed alone, to see whether more came
	Restore(draft []byte) bool // false: there is none
	Holds(N) bool              // it shows just this row
	Typing() bool              // somebody is in the middle of something
	Commit()                   // takes what is being typed in the cells of tables
}

// Keeper is where the rows of a noun are kept.
type Keeper[N record.Noun] struct {
	Read   func(context.Context, record.ID) (N, error)
	Save   func(ctx context.Context, base, n N) (N, error)
	Delete func(context.Context, record.ID) (record.Change, error)
	Undo   func(ctx context.Context, batch string) (record.Change, error)
	Past   func(context.Context, record.Ref) ([]record.HistoryLine, error)
}

// Around is what stands around the form and follows what becomes of its row.
type Around[N record.Noun] struct {
	Mark   func(record.ID) // the list shows which row stands open
	Relist func()          // and is read again
	// Has reports whether the list holds a row as it is narrowed now; it gives the work
	// to do away from the window, nil where that is known: it does.
	Has     func(record.ID) func(context.Context) (bool, error)
	Shown   func(n N, drafted bool)
	Enter   func(record.Place)   // the form gets the keyboard, at a place
	Reread  func(n N, anew bool) // as it is stored now; anew: and as the form shows it since
	Changed func()               // a person typed
	// Ready changes a row about to be stored, or sees to what is missing first.
	Ready   func(n N) (N, bool)
	Stored  func(n N, fresh bool)
	Refused func() // it could not be stored
	Closed  func()
}

// NewEditing shows no row yet. Nobody is told of anything until On says who.
func NewEditing[N record.Noun](desk kit.Desk, noun string, office DraftKeeper, keep Keeper[N], sheet Sheet[N], left LeftoversOf) *Editing[N] {
	e := &Editing[N]{desk: desk, noun: noun, keep: keep, sheet: sheet, opens: kit.NewLatest(desk.Runner), seeks: kit.NewLatest(desk.Runner)}
	e.Face = NewFace(e.DropDraft)
	e.Drafts = NewDrafts(desk.Runner, office)
	e.Left = NewLeftovers(desk.Runner, office, left)
	e.Drafts.Kept, e.Drafts.Wrote = e.Kept, e.Left.Written
	e.On = Around[N]{
		Mark: func(record.ID) {}, Relist: func() {}, Has: func(record.ID) func(context.Context) (bool, error) { return nil }, Shown: func(N, bool) {}, Enter: func(record.Place) {}, Reread: func(N, bool) {}, Changed: func() {},
		Ready: func(n N) (N, bool) { return n, true }, Stored: func(N, bool) {}, Refused: func() {}, Closed: func() {},
	}
	return e
}

// ID is the row shown; zero for a new one, or none.
func (e *Editing[N]) ID() record.ID { return e.id }

// Shown reports whether a row is shown, stored or new.
func (e *Editing[N]) Shown() bool { return e.shown }

// Stored reports whether a row is shown that is stored.
func (e *Editing[N]) Stored() bool { return e.shown && !e.id.IsZero() }

// Dirty reports whether the form holds what is not stored.
func (e *Editing[N]) Dirty() bool { return e.dirty }

// Turn grows each time another row is shown: an answer for an earlier one is late.
func (e *Editing[N]) Turn() int { return e.turn }

// InSight reports whether the draft of a scope is what the form shows.
func (e *Editing[N]) InSight(scope string) bool { return e.shown && scope == e.scope }

// opened is what opening a row reads.
type opened[N record.Noun] struct {
	scope string
	row   N
	draft Draft
}

// Open shows a row, with its draft if there is one.
func (e *Editing[N]) Open(id record.ID) { e.open(id, nil) }

// Visit shows a row with the keyboard at a place in its form, for who comes from elsewhere.
func (e *Editing[N]) Visit(id record.ID, at record.Place) { e.open(id, &at) }

func (e *Editing[N]) open(id record.ID, enter *record.Place) {
	e.enter = enter
	e.On.Mark(id)
	e.ask(ScopeOf(e.noun, id), func(ctx context.Context) (N, error) { return e.keep.Read(ctx, id) })
}

// Begin shows a new row. What was begun before keeps its own draft.
func (e *Editing[N]) Begin(n N) { e.beginAs(NewScope(e.noun, e.desk.Now()), n) }

// Resume shows a draft that waits; a new row began as n.
func (e *Editing[N]) Resume(l Leftover, n N) {
	if l.ID.IsZero() {
		e.beginAs(l.Scope, n)
		return
	}
	e.Open(l.ID)
}

func (e *Editing[N]) beginAs(scope string, n N) {
	e.On.Mark(record.ID{})
	e.ask(scope, func(context.Context) (N, error) { return n, nil })
}

// ask reads a row and its draft, once what is being stored is stored; the answer to an
// earlier question is dropped.
func (e *Editing[N]) ask(scope string, read func(context.Context) (N, error)) {
	if e.saving { // what is shown stays until it is stored, and where that fails
		e.next = func() { e.ask(scope, read) }
		return
	}
	e.sheet.Commit()
	draft := e.Drafts.Read(scope)
	kit.Ask(e.opens, func(ctx context.Context) (opened[N], error) {
		n, err := read(ctx)
		if err != nil {
			return opened[N]{}, err
		}
		d, err := draft(ctx)
		return opened[N]{scope, n, d}, err
	}, e.show)
}

func (e *Editing[N]) show(o opened[N], err error) {
	if err != nil {
		e.Face.ShowProblem(kit.Sentence(err))
		return
	}
	e.turn++
	e.scope, e.id, e.shown, e.saving, e.gone, e.saying = o.scope, o.row.Ref().ID, true, false, record.ID{}, ""
	e.edit(o.row)
	if e.dirty = e.sheet.Restore(o.draft.Text); e.dirty {
		e.began = nil
	}
	e.Face.show(e.dirty, o.draft.At)
	e.On.Mark(e.id)
	e.On.Shown(o.row, e.dirty)
	if at := e.enter; at != nil {
		e.enter = nil
		e.On.Enter(*at)
	}
	e.Left.OnChanged()
	e.Seek()
}

func (e *Editing[N]) edit(n N) {
	e.sheet.Edit(n)
	e.began = e.sheet.Typed()
}

// Reload reads the row again and shows what is stored now, unless something unsaved
// stands in the form. A row that is gone is shown no more; if it comes back before
// another is shown, so does its form.
func (e *Editing[N]) Reload() {
	e.Left.Look()
	if !e.shown && !e.gone.IsZero() {
		e.find()
	}
	if !e.Stored() {
		return
	}
	id, turn := e.id, e.turn
	kit.Do(e.desk.Runner, func(ctx context.Context) (N, error) { return e.keep.Read(ctx, id) }, func(n N, err error) {
		switch {
		case turn != e.turn:
		case errors.Is(err, record.ErrNotFound) && !e.dirty:
			e.lose()
		case err == nil:
			anew := !e.dirty && !e.sheet.Typing() && !e.sheet.Holds(n)
			if anew {
				e.edit(n)
			}
			e.On.Reread(n, anew)
		}
	})
}

// Seek says so where the row shown is not in the list as it is narrowed; the list tells
// it of each reading.
func (e *Editing[N]) Seek() {
	var has func(context.Context) (bool, error)
	if e.Stored() {
		has = e.On.Has(e.id)
	}
	if has == nil {
		e.seeks.Drop()
		e.Face.outside(false)
		return
	}
	kit.Ask(e.seeks, has, func(in bool, err error) { e.Face.outside(err == nil && !in) })
}

// find opens the row that went while it was shown, if it is there again.
func (e *Editing[N]) find() {
	id, turn := e.gone, e.turn
	kit.Do(e.desk.Runner, func(ctx context.Context) (N, error) { return e.keep.Read(ctx, id) }, func(_ N, err error) {
		if err == nil && turn == e.turn {
			e.Open(id)
		}
	})
}

// Changed keeps a draft of the form at every change; the form tells it of each.
func (e *Editing[N]) Changed() {
	if e.dirty = e.began == nil || !bytes.Equal(e.sheet.Typed(), e.began); e.dirty {
		e.Drafts.Save(e.scope, e.sheet.Draft())
	} else { // typed and taken back again
		e.Drafts.Drop(e.scope)
		e.Face.Foot.Say("")
	}
	e.On.Changed()
}

// Kept says at the foot that the draft of the row shown was written.
func (e *Editing[N]) Kept(scope string, at time.Time, err error) {
	switch {
	case !e.InSight(scope) || !e.dirty:
	case err != nil:
		e.Face.Foot.Say(kit.T("chưa ghi được bản nháp"))
		e.Face.ShowProblem(kit.Sentence(err))
	default:
		e.Face.drafted(at)
	}
}

// DropDraft shows what is stored instead of the draft: of a new row, what it began as.
func (e *Editing[N]) DropDraft() {
	if !e.shown {
		return
	}
	e.Drafts.Drop(e.scope)
	e.dirty = false
	if e.id.IsZero() {
		e.Begin(e.sheet.Base())
		return
	}
	e.Open(e.id)
}

// lose shows no row, because the one shown is gone.
func (e *Editing[N]) lose() {
	id := e.id
	e.Close()
	e.gone = id
}

// Close shows no row.
func (e *Editing[N]) Close() {
	e.turn++
	e.id, e.scope, e.shown, e.dirty, e.gone = record.ID{}, "", false, false, record.ID{}
	e.On.Mark(record.ID{})
	e.On.Closed()
	e.Left.OnChanged()
}
