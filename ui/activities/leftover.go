package activities

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// indexScope keeps the scopes that hold a draft: an office finds a draft by its
// scope only, and the next start is to find those left behind. The draft of a new
// activity has one scope and needs no entry.
const indexScope = "drafts"

// peopleScope begins the scope of a list of people.
const peopleScope = "people/"

// leftovers knows every draft there is, those of a killed program too. It decides
// nothing about them: a list it missed is still there when its activity is opened.
type leftovers struct {
	onChanged func()

	office Office
	drafts *ledger.Drafts
	asks   *kit.Latest
	found  map[string]leftover // by scope
	index  []string            // as it is written
	looked bool
	turn   int // grows with each write: what was read before it is late
}

// leftover is a draft that was not saved.
type leftover struct {
	at   time.Time
	gone bool // its activity is deleted, and may come back
}

func newLeftovers(r *kit.Runner, office Office, d *ledger.Drafts) *leftovers {
	return &leftovers{office: office, drafts: d, asks: kit.NewLatest(r), found: map[string]leftover{}}
}

// look reads which drafts there are. One that cannot be read is said nothing of
// here: opening it says why.
func (l *leftovers) look() {
	scopes, turn, first := slices.Sorted(maps.Keys(l.found)), l.turn, !l.looked
	kit.Ask(l.asks, func(ctx context.Context) (map[string]leftover, error) {
		if first {
			scopes = append(scopes, l.readIndex(ctx)...)
		}
		return l.read(ctx, append(scopes, scopeOf(record.ID{})))
	}, func(found map[string]leftover, err error) {
		switch {
		case err != nil:
		case turn != l.turn:
			l.look()
		default:
			l.found, l.looked = found, true
			l.keepIndex()
			l.onChanged()
		}
	})
}

func (l *leftovers) readIndex(ctx context.Context) (scopes []string) {
	text, _, err := l.office.Draft(ctx, indexScope)
	if err != nil || json.Unmarshal(text, &scopes) != nil {
		return nil
	}
	return scopes
}

func (l *leftovers) read(ctx context.Context, scopes []string) (map[string]leftover, error) {
	found := map[string]leftover{}
	for _, scope := range scopes {
		text, at, err := l.office.Draft(ctx, scope)
		if err != nil {
			return nil, err
		}
		if !readable(scope, text) {
			continue
		}
		gone, err := l.isGone(ctx, activityOf(scope))
		if err != nil {
			return nil, err
		}
		found[scope] = leftover{at, gone}
	}
	return found, nil
}

func readable(scope string, text []byte) bool {
	if strings.HasPrefix(scope, peopleScope) {
		_, ok := readPeopleDraft(text, nil)
		return ok
	}
	_, ok := readPaper(text)
	return ok
}

func (l *leftovers) isGone(ctx context.Context, id record.ID) (bool, error) {
	if id.IsZero() {
		return false, nil
	}
	_, err := l.office.Activity(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		return true, nil
	}
	return false, err
}

// activityOf is the activity a scope is about; zero for a new one.
func activityOf(scope string) record.ID {
	_, name, _ := strings.Cut(scope, "/")
	id, _ := record.ParseID(name) // "new" is no id
	return id
}

// written notes a draft that was written or dropped.
func (l *leftovers) written(w ledger.DraftWrite, at time.Time) {
	if w.Scope == indexScope {
		return
	}
	l.turn++
	_, before := l.found[w.Scope]
	if w.Text == nil {
		delete(l.found, w.Scope)
	} else {
		l.found[w.Scope] = leftover{at: at}
	}
	if before != (w.Text != nil) {
		l.keepIndex()
		l.onChanged()
	}
}

// keepIndex writes the index when it has changed; before it was read it is not
// known what it would take away.
func (l *leftovers) keepIndex() {
	scopes := slices.Sorted(maps.Keys(l.found))
	scopes = slices.DeleteFunc(scopes, func(s string) bool { return s == scopeOf(record.ID{}) })
	if !l.looked || slices.Equal(scopes, l.index) {
		return
	}
	l.index = scopes
	if len(scopes) == 0 {
		l.drafts.Drop(indexScope)
		return
	}
	text, err := json.Marshal(scopes)
	if err != nil {
		panic("activities: names that cannot be written down: " + err.Error())
	}
	l.drafts.Save(indexScope, text)
}

// newest is the latest draft that is not in sight; "" for none.
func (l *leftovers) newest(inSight func(scope string) bool) (scope string, at time.Time) {
	for _, s := range slices.Sorted(maps.Keys(l.found)) {
		if d := l.found[s]; !d.gone && !inSight(s) && (scope == "" || d.at.After(at)) {
			scope, at = s, d.at
		}
	}
	return scope, at
}

// inSight reports whether the draft of a scope is what the right half shows.
func (s *Screen) inSight(scope string) bool {
	return s.shown && (scope == scopeOf(s.id) || s.detail.onPeople && scope == s.people.scope())
}

// remind says above the list that a draft waits, if one does.
func (s *Screen) remind() {
	scope, at := s.left.newest(s.inSight)
	switch {
	case scope == "":
		s.list.remind("", nil)
	case strings.HasPrefix(scope, peopleScope):
		s.list.remind(kit.T("Có danh sách người chưa lưu, {{.At}}", map[string]any{"At": s.when(at)}),
			func() { s.OpenPeople(activityOf(scope)) })
	case activityOf(scope).IsZero():
		s.list.remind(kit.T("Có bản nháp chưa lưu, {{.At}}", map[string]any{"At": s.when(at)}), s.Create)
	default:
		s.list.remind(kit.T("Có chỗ sửa chưa lưu, {{.At}}", map[string]any{"At": s.when(at)}),
			func() { s.Open(activityOf(scope)) })
	}
}

// when is the clock of today, with the date of another day.
func (s *Screen) when(at time.Time) string {
	clock := at.Format("15:04")
	if record.DateOf(at) == record.DateOf(s.desk.Now()) {
		return clock
	}
	return kit.T("{{.Clock}} ngày {{.Date}}", map[string]any{"Clock": clock, "Date": at.Format("02/01/2006")})
}
