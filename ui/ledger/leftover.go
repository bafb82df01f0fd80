package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Scopes is how the scopes of a noun's rows begin.
func Scopes(noun string) string { return noun + "/" }

// ScopeOf is where a stored row keeps its draft.
func ScopeOf(noun string, id record.ID) string { return Scopes(noun) + id.String() }

// NewScope is where a row that is begun now keeps its draft, so that none takes the
// place of another. What an older program left of a new row stands under noun/new.
func NewScope(noun string, now time.Time) string {
	var random [10]byte
	rand.Read(random[:]) // never fails
	return Scopes(noun) + "new/" + record.NewID(now.UnixMilli(), random).String()
}

// rowOf is the row a scope is about; zero for a new one.
func rowOf(scope string) record.ID {
	_, name, _ := strings.Cut(scope, "/")
	id, _ := record.ParseID(name) // new and new/… are none
	return id
}

// Leftover is a draft that waits to be saved.
type Leftover struct {
	Scope string
	ID    record.ID // of the row that is changed; zero for a new one
	At    time.Time
	Title string // what the row is called; "" when nothing says so yet

	gone bool // the row is deleted, and may come back
}

// Leftovers knows the drafts of a register that wait, those of a killed program too.
// It decides nothing about them: one it missed is still there when its row is opened.
type Leftovers struct {
	OnChanged func()

	office DraftKeeper
	asks   *kit.Latest
	of     LeftoversOf
	found  map[string]Leftover
	turn   int // grows with each write: what was read before it is late
}

// LeftoversOf says which drafts a register has, and what they are called.
type LeftoversOf struct {
	Prefixes []string // their scopes begin so
	// Title is what a draft calls its row; false for one that another version wrote.
	Title func(scope string, text []byte) (string, bool)
	// Stored is what a stored row is called.
	Stored func(ctx context.Context, id record.ID) (string, error)
}

// NewLeftovers knows of no draft until Look.
func NewLeftovers(r *kit.Runner, office DraftKeeper, of LeftoversOf) *Leftovers {
	return &Leftovers{OnChanged: func() {}, office: office, asks: kit.NewLatest(r), of: of, found: map[string]Leftover{}}
}

// Look reads which drafts there are. Where that fails, those known before stay.
func (l *Leftovers) Look() {
	turn := l.turn
	kit.Ask(l.asks, l.read, func(found map[string]Leftover, err error) {
		switch {
		case err != nil:
		case turn != l.turn:
			l.Look()
		default:
			l.found = found
			l.OnChanged()
		}
	})
}

func (l *Leftovers) read(ctx context.Context) (map[string]Leftover, error) {
	found := map[string]Leftover{}
	for _, prefix := range l.of.Prefixes {
		drafts, err := l.office.Drafts(ctx, prefix)
		if err != nil {
			return nil, err
		}
		for _, d := range drafts {
			left := Leftover{Scope: d.Scope, ID: rowOf(d.Scope), At: d.At}
			title, known := l.of.Title(d.Scope, d.Text)
			if !known {
				continue
			}
			if left.Title = title; !left.ID.IsZero() {
				if err := l.name(ctx, &left); err != nil {
					return nil, err
				}
			}
			found[d.Scope] = left
		}
	}
	return found, nil
}

// name calls a draft what its stored row is called, unless it says so itself.
func (l *Leftovers) name(ctx context.Context, left *Leftover) error {
	stored, err := l.of.Stored(ctx, left.ID)
	left.gone = errors.Is(err, record.ErrNotFound)
	if left.Title == "" {
		left.Title = stored
	}
	if left.gone {
		return nil
	}
	return err
}

// Written notes a draft that was written or dropped.
func (l *Leftovers) Written(w DraftWrite, at time.Time) {
	if !slices.ContainsFunc(l.of.Prefixes, func(p string) bool { return strings.HasPrefix(w.Scope, p) }) {
		return
	}
	l.turn++
	left, before := l.found[w.Scope]
	if w.Text == nil {
		delete(l.found, w.Scope)
	} else {
		left.Scope, left.ID, left.At = w.Scope, rowOf(w.Scope), at
		if title, _ := l.of.Title(w.Scope, w.Text); title != "" {
			left.Title = title
		}
		l.found[w.Scope] = left
	}
	if before != (w.Text != nil) {
		l.OnChanged()
	}
}

// Waiting are the drafts that are not in sight, the newest first.
func (l *Leftovers) Waiting(inSight func(scope string) bool) []Leftover {
	var out []Leftover
	for scope, left := range l.found {
		if !left.gone && !inSight(scope) {
			out = append(out, left)
		}
	}
	slices.SortFunc(out, func(a, b Leftover) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(b.Scope, a.Scope) // names of new rows grow
	})
	return out
}
