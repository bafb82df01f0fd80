package activities

import (
	"context"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// peopleScope begins the scope of a list of people.
const peopleScope = "people/"

// oldIndex is where programs before this one noted which drafts there were.
const oldIndex = "drafts"

// forgetIndex drops what an older program noted of its drafts: they are found without.
func (s *Screen) forgetIndex() {
	kit.Do(s.desk.Runner, func(ctx context.Context) (struct{}, error) {
		found, err := s.office.Drafts(ctx, oldIndex)
		if err == nil && len(found) > 0 {
			err = s.office.DropDraft(ctx, oldIndex)
		}
		return struct{}{}, err
	}, func(struct{}, error) {}) // it does no harm where it stays
}

// titleOf is what a draft calls its activity: by its title, or by its kind.
func titleOf(scope string, text []byte) (string, bool) {
	if strings.HasPrefix(scope, peopleScope) {
		_, ok := readPeopleDraft(text, nil)
		return "", ok
	}
	p, ok := readPaper(text)
	if title := p.Texts["title"]; title != "" {
		return title, ok
	}
	return kit.Term(record.ActivityKinds, p.Codes["kind"]), ok
}

func (s *Screen) storedTitle(ctx context.Context, id record.ID) (string, error) {
	a, err := s.office.Activity(ctx, id)
	return a.Title, err
}

// saysOfPeople says that a list of people waits.
func saysOfPeople(l ledger.Leftover, at string) string {
	if !strings.HasPrefix(l.Scope, peopleScope) {
		return ""
	}
	return kit.T("Có danh sách người chưa lưu, {{.At}}", map[string]any{"At": at})
}

func callsPeople(l ledger.Leftover, title string) string {
	if !strings.HasPrefix(l.Scope, peopleScope) {
		return ""
	}
	return kit.T("Danh sách người: {{.Title}}", map[string]any{"Title": title})
}

// inSight reports whether the draft of a scope is what the right half shows.
func (s *Screen) inSight(scope string) bool {
	return s.shown && (scope == s.scope || s.detail.onPeople && scope == s.people.scope())
}

// remind says above the list which drafts wait, beside the one in sight.
func (s *Screen) remind() {
	waiting := s.left.Waiting(s.inSight)
	rows := s.list.rows
	kit.Stay(rows, rows.GetScrollOffset, rows.ScrollToOffset, func() {
		if s.waits.Tell(waiting) && s.side != nil {
			s.side.Refresh()
		}
	})
}

// resume shows a draft that waits.
func (s *Screen) resume(l ledger.Leftover) {
	switch {
	case strings.HasPrefix(l.Scope, peopleScope):
		s.OpenPeople(l.ID)
	case l.ID.IsZero():
		s.first = ""
		s.beginAs(l.Scope, fresh())
	default:
		s.Open(l.ID)
	}
}
