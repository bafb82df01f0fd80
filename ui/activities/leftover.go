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

func (s *Screen) newWaiting() *ledger.Waiting {
	w := ledger.NewWaiting(s.desk, kit.T("Hoạt động mới"))
	w.Says, w.Calls = saysOfPeople, callsPeople
	w.OnOpen = func(l ledger.Leftover) {
		if strings.HasPrefix(l.Scope, peopleScope) {
			s.OpenPeople(l.ID)
			return
		}
		s.first = ""
		s.row.Resume(l, fresh())
	}
	return w
}

// remind says above the list which drafts wait, beside those in sight.
func (s *Screen) remind() {
	s.waits.Tell(s.row.Left.Waiting(func(scope string) bool {
		return s.row.InSight(scope) || s.detail.onPeople && scope == s.people.scope()
	}))
}
