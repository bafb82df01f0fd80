package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// Two units that hold an event together both enter it. What they write is looked at for
// signs that it is one event: one names the other, both name one host or one place, titles,
// topics, and head counts. Titles alone are none, since a plan gives every unit the same.

// pairScore is from what score on a pair is shown.
const pairScore = 50

// mostDays is how many days of an activity are looked at; one that runs longer is hardly
// an event.
const mostDays = 10

// EventPairs are the activities of two units that look like one event, the best first,
// and those already decided. Of a pair said to be the same, A is the one that counts.
func (a *App) EventPairs(ctx context.Context) ([]record.EventPair, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.db.Happenings(ctx)
	if err != nil {
		return nil, explain(err)
	}
	words, err := a.db.SameEvents(ctx)
	if err != nil {
		return nil, explain(err)
	}
	held := make([]happening, len(list))
	at := map[record.ID]*happening{}
	for i, h := range list {
		held[i] = a.happeningOf(&s, h)
		at[h.ID] = &held[i]
	}
	found := map[[2]record.ID]record.EventPair{}
	for _, p := range pairsIn(held) {
		found[record.SameEvent{ActivityID: p.A.Activity, TwinID: p.B.Activity}.Pair()] = p
	}
	for pair, w := range lastSaid(words) {
		x, y := at[w.ActivityID], at[w.TwinID]
		if x == nil || y == nil {
			continue
		}
		p := pairOf(x, y)
		p.Said = w.Status
		found[pair] = p
	}
	out := slices.Collect(maps.Values(found))
	slices.SortFunc(out, func(p, q record.EventPair) int {
		return cmp.Or(cmp.Compare(q.Score, p.Score), cmp.Compare(q.A.Day, p.A.Day),
			bytes.Compare(p.A.Activity[:], q.A.Activity[:]), bytes.Compare(p.B.Activity[:], q.B.Activity[:]))
	})
	return out, nil
}

// lastSaid are the words that hold, by pair.
func lastSaid(words []record.SameEvent) map[[2]record.ID]record.SameEvent {
	out := map[[2]record.ID]record.SameEvent{}
	for _, w := range words {
		if was, said := out[w.Pair()]; !said || was.Before(w) {
			out[w.Pair()] = w
		}
	}
	return out
}

// DecidePair says whether two activities of two units are one event, of which a is the one
// that counts. Both units are told, the last word on a pair holds.
func (a *App) DecidePair(ctx context.Context, x, y record.ID, same bool, reason string) (record.Change, error) {
	day, err := a.today(ctx)
	if err != nil {
		return record.Change{}, explain(err)
	}
	w := record.SameEvent{ActivityID: x, TwinID: y, Status: "different", Day: day, Reason: trimmed(reason)}
	if same {
		w.Status = "same"
	}
	if err := w.Validate(); err != nil {
		return record.Change{}, err
	}
	if a.unitStreams() == nil {
		return record.Change{}, noAuthority()
	}
	of, err := a.db.UnitOf(ctx, "activity", []record.ID{x, y})
	if err != nil {
		return record.Change{}, explain(err)
	}
	if _, here := of[x]; !here {
		return record.Change{}, explain(record.ErrNotFound)
	}
	if _, here := of[y]; !here {
		return record.Change{}, explain(record.ErrNotFound)
	}
	if of[x] == of[y] {
		return record.Change{}, record.Refuse(record.ErrInvalid,
			"Hai hoạt động này của cùng một đơn vị; nếu ghi trùng, đơn vị đó xóa bớt một.", "Both activities are of one unit; if it was entered twice, that unit deletes one.")
	}
	return a.commit(ctx, func(*store.Tx) ([]record.Edit, error) {
		var edits []record.Edit
		for _, unit := range []string{of[x], of[y]} {
			w.ID = a.newID()
			edits = append(edits, said(w, unit))
		}
		return edits, nil
	})
}

// happening is an activity with what of it is compared.
type happening struct {
	store.Happening
	unit     record.ID // whose activity it is
	unitName string
	called   string // the unit's name as a search key: "xa dak ha"
	text     string // title and place as a search key
	title    []string
	place    []string
}

func (a *App) happeningOf(s *footing, h store.Happening) happening {
	out := happening{Happening: h, unit: s.unit.ID, unitName: s.unit.FullName()}
	if h.Unit != "" {
		u, _ := s.known.Unit(h.Unit)
		out.unit, out.unitName = u.ID, s.unitName(h.Unit)
	}
	out.called = viet.Key(out.unitName)
	out.text = viet.Key(h.Title + " / " + h.When.Place)
	out.title, out.place = keyWords(h.Title, common), keyWords(h.When.Place, anywhere)
	if !slices.ContainsFunc(out.place, hasLetter) { // "thôn 1" is in every commune
		out.place = nil
	}
	return out
}

func hasLetter(word string) bool { return strings.ContainsFunc(word, unicode.IsLetter) }

// common are words that stand in every title, anywhere those of every place.
var (
	common   = wordSet("va ve cac cho tai cua nam thang trong cong tac to chuc hoi nghi buoi lop")
	anywhere = wordSet("hoi truong ubnd uy ban nhan dan nha van hoa rong cong dong tru so lam viec xa phuong thi tran huyen thanh pho tinh thon to dan pho phong hop tai trung tam san ty")
)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// keyWords are the words of a text without marks, each once, sorted, without some.
func keyWords(text string, without map[string]bool) []string {
	words := strings.FieldsFunc(viet.Key(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return without[w] })
	slices.Sort(words)
	return slices.Compact(words)
}

// alike is how much of two sets of words is in both, in per cent.
func alike(a, b []string) int {
	both := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch c := strings.Compare(a[i], b[k]); {
		case c < 0:
			i++
		case c > 0:
			k++
		default:
			both, i, k = both+1, i+1, k+1
		}
	}
	if both == 0 {
		return 0
	}
	return 100 * both / (len(a) + len(b) - both)
}

// pairsIn finds the pairs among what was held. Within a day only those are compared that
// one sign brings together: a unit that is named, a host, a place.
func pairsIn(held []happening) []record.EventPair {
	days := map[record.Date][]*happening{}
	for i := range held {
		h := &held[i]
		day := h.When.Date
		for n := 0; n < mostDays && day <= h.When.Last(); n++ {
			days[day] = append(days[day], h)
			day = day.AddDays(1)
		}
	}
	var out []record.EventPair
	for day, list := range days {
		for pair := range near(list) {
			x, y := pair[0], pair[1]
			if day != max(x.When.Date, y.When.Date) { // of days they share the first
				continue
			}
			if p := pairOf(x, y); p.Score >= pairScore {
				out = append(out, p)
			}
		}
	}
	return out
}

// near brings together what of a day has a sign in common, of two units.
func near(list []*happening) map[[2]*happening]bool {
	type sign struct {
		what string
		id   record.ID
		text string
	}
	shelves := map[sign][]*happening{}
	units := map[string]record.ID{}
	for _, h := range list {
		units[h.called] = h.unit
	}
	for _, h := range list {
		put := map[sign]bool{}
		for _, id := range append([]record.ID{h.unit, h.Host}, h.CoOrganisers...) {
			put[sign{"unit", id, ""}] = true
		}
		for name, id := range units {
			if viet.HasPhrase(h.text, name) {
				put[sign{"unit", id, ""}] = true
			}
		}
		delete(put, sign{what: "unit"}) // a unit that is none
		for _, word := range h.place {
			put[sign{"place", record.ID{}, word}] = true
		}
		for s := range put {
			shelves[s] = append(shelves[s], h)
		}
	}
	out := map[[2]*happening]bool{}
	for _, shelf := range shelves {
		for i, x := range shelf {
			for _, y := range shelf[i+1:] {
				if x.Unit == y.Unit {
					continue
				}
				if bytes.Compare(x.ID[:], y.ID[:]) > 0 {
					out[[2]*happening{y, x}] = true
				} else {
					out[[2]*happening{x, y}] = true
				}
			}
		}
	}
	return out
}

// pairOf compares two activities: the score is the same whichever comes first.
func pairOf(x, y *happening) record.EventPair {
	p := record.EventPair{A: sideOf(x), B: sideOf(y)}
	sign := false
	add := func(n int, vi, en string) {
		p.Score += n
		p.Why = append(p.Why, record.Words{VI: vi, EN: en})
	}
	if x.When.Date == y.When.Date {
		add(0, fmt.Sprintf("Cùng ngày %s.", x.When.Date), fmt.Sprintf("Both on %s.", x.When.Date))
	} else {
		add(0, fmt.Sprintf("Trùng ngày: từ %s và từ %s.", x.When.Date, y.When.Date), fmt.Sprintf("Their days overlap: from %s and from %s.", x.When.Date, y.When.Date))
	}
	switch xy, yx := x.names(y), y.names(x); {
	case xy && yx:
		sign = true
		add(45, "Hai đơn vị đều ghi đơn vị kia là chủ trì hoặc phối hợp.", "Each names the other as host or co-organiser.")
	case xy || yx:
		of, other := x, y
		if yx {
			of, other = y, x
		}
		sign = true
		add(35, report.UpperFirst(of.unitName)+" ghi "+other.unitName+" là đơn vị chủ trì hoặc phối hợp.", of.unitName+" names "+other.unitName+" as host or co-organiser.")
	case x.Host == y.Host && !x.Host.IsZero():
		sign = true
		add(30, "Cùng một đơn vị chủ trì nơi tổ chức.", "Both at the same host.")
	case x.mentions(y) || y.mentions(x):
		of, other := x, y
		if !x.mentions(y) {
			of, other = y, x
		}
		sign = true
		add(25, "Tên hoặc nơi tổ chức của "+of.unitName+" nhắc đến "+other.unitName+".", "The title or place of "+of.unitName+" speaks of "+other.unitName+".")
	}
	if n := alike(x.place, y.place); n >= 60 {
		sign = true
		add(n/4, "Cùng nơi: "+x.When.Place+".", "The same place: "+x.When.Place+".")
	}
	if n := alike(x.title, y.title); n > 0 {
		add(n/4, fmt.Sprintf("Tên giống nhau %d %%.", n), fmt.Sprintf("The titles are %d %% alike.", n))
	}
	if n := alike(sorted(x.Topics), sorted(y.Topics)); n > 0 {
		add(n/10, "Có chủ đề chung.", "They share topics.")
	}
	if least, most := min(x.People, y.People), max(x.People, y.People); least > 0 && 2*least >= most {
		n := 5
		if 5*least >= 4*most {
			n = 10
		}
		add(n, fmt.Sprintf("Số người gần nhau: %d và %d.", x.People, y.People), fmt.Sprintf("Head counts are near: %d and %d.", x.People, y.People))
	}
	if x.Kind == y.Kind {
		add(5, "Cùng loại hoạt động.", "The same kind of activity.")
	}
	if x.When.Start != "" && x.When.Start == y.When.Start {
		add(5, "Cùng giờ bắt đầu "+string(x.When.Start)+".", "Both begin at "+string(x.When.Start)+".")
	}
	if !sign { // nothing but what a plan gives to all
		p.Score = min(p.Score, pairScore-1)
	}
	p.Score = min(p.Score, 100)
	return p
}

// names reports whether an activity has another's unit as host or co-organiser.
func (h *happening) names(other *happening) bool {
	return h.unit != other.unit && !other.unit.IsZero() && (h.Host == other.unit || slices.Contains(h.CoOrganisers, other.unit))
}

// mentions reports whether title or place speak of another's unit.
func (h *happening) mentions(other *happening) bool {
	return h.called != other.called && viet.HasPhrase(h.text, other.called)
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func sideOf(h *happening) record.EventSide {
	return record.EventSide{Activity: h.ID, Unit: h.Unit, UnitName: h.unitName, Title: h.Title, Day: h.When.Date, Place: h.When.Place, People: h.People}
}
