package library

import (
	"cmp"
	"context"
	"math"
	"slices"
	"unicode/utf8"

	"sophobien/internal/law"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
	"sophobien/internal/viet"
)

// unit is what is found at once: an article with what stands in it.
type unit struct {
	head   []word
	pieces []unitPiece
}

type unitPiece struct {
	anchor, heading, text string
	words                 []word
}

// maxUnits is how many units are kept in memory: while somebody types the same come up
// again and again.
const maxUnits = 500

func (l *Library) unit(ctx context.Context, row int64) (*unit, error) {
	l.mu.Lock()
	u := l.units[row]
	l.mu.Unlock()
	if u != nil {
		return u, nil
	}
	u, err := l.readUnit(ctx, row)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.units == nil || len(l.units) >= maxUnits {
		l.units = map[int64]*unit{}
	}
	l.units[row] = u
	return u, nil
}

// readUnit reads a unit from its first row on.
func (l *Library) readUnit(ctx context.Context, row int64) (*unit, error) {
	rows, err := l.db.Read.QueryContext(ctx, "SELECT id, anchor, level, heading, text FROM provision WHERE id >= ? AND id < ? ORDER BY id", row, (row>>textShift+1)<<textShift)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	u := &unit{}
	for rows.Next() {
		var id int64
		var level string
		var p unitPiece
		if err := rows.Scan(&id, &p.anchor, &level, &p.heading, &p.text); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		if id > row && level != string(law.Clause) && level != string(law.Point) {
			break
		}
		p.words = wordsOf(p.text)
		u.pieces = append(u.pieces, p)
		if id == row && p.heading != "" {
			u.head = wordsOf(viet.NFC(p.heading))
		}
	}
	return u, sqlitefile.MapError(rows.Err())
}

// rank puts hits in order by the words of their texts.
func (s *search) rank(ctx context.Context, hits []hit) error {
	for i := range hits {
		h := &hits[i]
		if h.row == 0 {
			s.scoreItem(h)
			continue
		}
		u, err := s.v.lib.unit(ctx, h.row)
		if err != nil {
			return err
		}
		h.unit = u
		s.scoreUnit(h)
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.group, b.group), boolOrder(a.way != wayAddress, b.way != wayAddress),
			boolOrder(a.way == wayFewer, b.way == wayFewer), boolOrder(a.bare, b.bare), cmp.Compare(b.score, a.score))
	})
	return nil
}

func (s *search) scoreItem(h *hit) {
	e := &s.v.cat.entries[h.entry]
	p := presence(s.terms, e.title.whole)
	h.bare = p.exact < len(s.terms)
	h.score = headScore(s.terms, e.title.title) + weight(e.Type) + 3*s.share(p.terms)
	if p.found == len(s.terms) && presence(s.terms, e.title.title).found < len(s.terms) {
		h.score += 4 // by its number
	}
}

// share is how much of what is sought some of its terms are: the rare words more than the
// common ones, those that only ask nothing.
func (s *search) share(of []sought) float64 {
	weigh := func(terms []sought) (sum float64) {
		for _, t := range terms {
			if !asks[t.Folded] {
				sum += 1 / math.Log(3+float64(s.v.cat.words.units(t, false)))
			}
		}
		return sum
	}
	all := weigh(s.terms)
	if all == 0 {
		return 1
	}
	return weigh(of) / all
}

// weight puts the law before what is made under it, all else being equal.
func weight(kind string) float64 {
	switch law.Fold(kind) {
	case "hien phap", "bo luat":
		return 0.3
	case "luat":
		return 0.25
	case "nghi dinh":
		return 0.15
	case "thong tu":
		return 0.1
	}
	return 0
}

// scoreUnit also picks the provision that is shown.
func (s *search) scoreUnit(h *hit) {
	all := s.present(h)
	terms := all.terms // where some are missing, those that are there are looked at
	h.bare = all.exact < all.found
	near := 0.0
	for _, p := range h.unit.pieces {
		near = max(near, nearness(terms, p.words))
	}
	h.score = headScore(s.terms, h.unit.head) + weight(s.v.cat.entries[h.entry].Type) + s.share(terms)*(3+near) -
		0.05*math.Log(float64(1+len(h.unit.pieces)))
	at := 0
	if h.way != wayAddress {
		at = h.unit.narrow(terms)
	}
	h.anchor = h.unit.pieces[at].anchor
	if h.group == holds && s.v.endedHere(h.entry, h.anchor) {
		h.group = over
	}
}

// narrow is the place of the provision that is meant: the one that has everything the
// heading does not have; the article if that is more than one, or if the heading has it all.
func (u *unit) narrow(terms []sought) int {
	headed := presence(terms, u.head)
	if headed.found == len(terms) {
		return 0
	}
	rest := slices.DeleteFunc(slices.Clone(terms), func(t sought) bool { found, _ := t.in(u.head); return found })
	at, most := 0, present{}
	for i, p := range u.pieces {
		if presence(rest, p.words).found < len(rest) {
			continue
		}
		if got := presence(terms, p.words); got.found > most.found || got.found == most.found && got.exact > most.exact {
			at, most = i, got
		}
	}
	return at
}

// endedHere reports whether a provision is over, though its document is not.
func (v *View) endedHere(entry int, anchor string) bool {
	id := v.cat.entries[entry].ID
	return v.status[entry].State == law.Partly && v.graph.ProvisionOn(id, law.Path(anchor), v.day).State == law.Ended
}

func (s *search) present(h *hit) present {
	words := slices.Clone(h.unit.head)
	for _, p := range h.unit.pieces {
		words = append(words, p.words...)
	}
	return presence(s.terms, words)
}

// present is how many terms stand in a text, how many exactly so, and which.
type present struct {
	found, exact int
	terms        []sought
}

func presence(terms []sought, words []word) present {
	var p present
	for i := range terms {
		found, exact := terms[i].in(words)
		if found {
			p.found++
			p.terms = append(p.terms, terms[i])
		}
		if exact {
			p.exact++
		}
	}
	return p
}

// headScore is high when the terms stand in a heading and make up much of it.
func headScore(terms []sought, head []word) float64 {
	if len(head) == 0 || len(terms) == 0 {
		return 0
	}
	covered, exact, found := 0, 0, 0
	for i := range terms {
		n, e := 0, false
		for k := range head {
			if m, x := terms[i].at(head, k); m > n || m == n && x {
				n, e = m, x
			}
		}
		if n > 0 {
			covered += n
			found++
		}
		if e {
			exact++
		}
	}
	score := float64(found)/float64(len(terms)) + 0.3*float64(exact)/float64(len(terms))
	if found == len(terms) {
		score += 2 + float64(min(covered, len(head)))/float64(len(head)) + nearness(terms, head)
	}
	return score
}

// nearness is up to 2 when all terms stand one after the other, less the more stands
// between them; 0 when one is missing.
func nearness(terms []sought, words []word) float64 {
	type place struct{ term, from, to int }
	var places []place
	for i := range words {
		for t := range terms {
			if n, _ := terms[t].at(words, i); n > 0 {
				places = append(places, place{t, i, i + n})
			}
		}
	}
	count := make([]int, len(terms))
	missing, from, best, need := len(terms), 0, 0, 0
	for t := range terms {
		need += max(1, len(terms[t].bare))
	}
	for _, p := range places {
		if count[p.term]++; count[p.term] == 1 {
			missing--
		}
		for missing == 0 {
			if span := p.to - places[from].from; best == 0 || span < best {
				best = span
			}
			if count[places[from].term]--; count[places[from].term] == 0 {
				missing++
			}
			from++
		}
	}
	if best == 0 {
		return 0
	}
	return 2 * min(1, float64(need)/float64(best))
}

// show makes a hit ready for the screen.
func (s *search) show(ctx context.Context, h *hit) (record.LawHit, error) {
	e := s.v.cat.entries[h.entry]
	out := record.LawHit{Item: e.ID, Kind: record.LawKind(e.Kind), Number: e.Number, Title: e.Title,
		Status: record.LawStatus(s.v.status[h.entry].State), Amended: s.v.status[h.entry].Amended}
	if h.row == 0 {
		return out, nil
	}
	if h.unit == nil {
		u, err := s.v.lib.unit(ctx, h.row)
		if err != nil {
			return out, err
		}
		h.unit = u
		s.scoreUnit(h)
	}
	out.Anchor, out.Heading = h.anchor, h.unit.pieces[0].heading
	out.Snippet, out.Marks = s.snippet(h.unit, h.anchor)
	if out.Kind == record.LawFAQ {
		return out, nil
	}
	out.Provision = law.Say(h.anchor)
	status, err := s.v.Status(e.ID, h.anchor)
	if err != nil {
		return out, err
	}
	out.Status, out.Amended = record.LawStatus(status.State), status.Amended
	return out, nil
}

// snippetRunes is about how long a snippet is.
const snippetRunes = 180

// snippet is some of the provision with the places of what was sought. Of an article that
// is its own text, heading and all, unless more of it stands in one of its clauses.
func (s *search) snippet(u *unit, anchor string) (string, []record.Span) {
	at := max(0, slices.IndexFunc(u.pieces, func(p unitPiece) bool { return p.anchor == anchor }))
	p := u.pieces[at]
	if at == 0 {
		best := presence(s.terms, p.words).found
		for _, other := range u.pieces[1:] {
			if n := presence(s.terms, other.words).found; n > best {
				p, best = other, n
			}
		}
	}
	cut := s.query.Snippet(p.text, snippetRunes)
	var marks []record.Span
	for _, m := range cut.Spans {
		from := utf8.RuneCountInString(cut.Text[:m.From])
		marks = append(marks, record.Span{From: from, To: from + utf8.RuneCountInString(cut.Text[m.From:m.To])})
	}
	return cut.Text, marks
}
