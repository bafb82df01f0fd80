package home

import (
	"context"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Lawyer is an office with a library: what of the law ends, and what of its own work
// cites a text that changed.
type Lawyer interface {
	LawExpiring(ctx context.Context) ([]record.LawExpiry, error)
	LawAffected(ctx context.Context) ([]record.LawAffected, error)
}

// expirySoon is from how many days before its end a text is said to end soon.
const expirySoon = 30

// lawNouns are what the lines of the law are made from.
var lawNouns = []string{"law", "law_note", "review", "question", "activity", "material"}

// askLaw reads what the law asks for, after all else is shown: opening the library takes a
// moment, and nothing waits for it.
func (s *Screen) askLaw() {
	office, ok := s.office.(Lawyer)
	if !ok || !s.lawStale {
		return
	}
	s.lawStale = false
	kit.Ask(s.lawAsks, func(ctx context.Context) ([]record.DueLine, error) {
		ending, err := office.LawExpiring(ctx)
		if err != nil {
			return nil, err
		}
		affected, err := office.LawAffected(ctx)
		return lawLines(record.DateOf(s.desk.Now()), ending, affected), err
	}, func(lines []record.DueLine, err error) {
		if err != nil { // the area itself says what is wrong
			return
		}
		s.law = lines
		s.due.set(withLaw(s.shown, lines))
		s.parts.Refresh()
	})
}

// withLaw puts the lines of the law among those of the overview, by their days.
func withLaw(o record.Overview, lines []record.DueLine) record.Overview {
	o.Due = append(slices.Clone(o.Due), lines...)
	slices.SortStableFunc(o.Due, func(a, b record.DueLine) int { return strings.Compare(string(a.On), string(b.On)) })
	return o
}

// lawLines are one for all that is to be looked at again, and one for each text that ends.
func lawLines(today record.Date, ending []record.LawExpiry, affected []record.LawAffected) []record.DueLine {
	var out []record.DueLine
	both := func(words string) record.Words { return record.Words{VI: words, EN: words} }
	n := func(i int) map[string]any { return map[string]any{"N": kit.Number(int64(i))} }
	if len(affected) > 0 {
		out = append(out, record.DueLine{
			Errand: record.Errand{Words: both(kit.T("{{.N}} trích dẫn cần xem lại: quy định đã thay đổi", n(len(affected)))), Area: record.AreaLaw},
			On:     today, When: both(kit.T("xem lại trước khi dùng tiếp")), State: record.DueSoon,
		})
	}
	for _, e := range ending {
		name := strings.TrimSpace(e.Item.Type + " " + e.Item.Number)
		if name == "" {
			name = e.Item.Title
		}
		words := kit.T("{{.Document}} hết hiệu lực", map[string]any{"Document": name})
		if e.By != "" {
			words += kit.T(", thay bằng {{.By}}", map[string]any{"By": e.By})
		}
		l := record.DueLine{Errand: record.Errand{Words: both(words), Area: record.AreaLaw, Item: e.Item.ID}, On: e.Ends, State: record.DueAhead}
		switch {
		case e.Days < 0:
			l.State, l.When = record.DuePassed, both(kit.T("đã hết {{.N}} ngày", n(-e.Days)))
		case e.Days == 0:
			l.State, l.When = record.DueSoon, both(kit.T("hết hôm nay"))
		default:
			l.When = both(kit.T("còn {{.N}} ngày", n(e.Days)))
			if e.Days <= expirySoon {
				l.State = record.DueSoon
			}
		}
		if len(e.Planned) > 0 {
			l.When = both(kit.In(l.When) + kit.T(", {{.N}} buổi sắp tới có dẫn", n(len(e.Planned))))
		}
		out = append(out, l)
	}
	return out
}
