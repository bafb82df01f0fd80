package library

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// Bounds of a search. Of what a common word finds not all is looked at.
const (
	maxHits   = 1000 // counted
	maxLooked = 4000 // rows of the index looked at for one way to find
	maxScored = 120  // hits whose words are looked at
	usualPage = 50
)

// hit is a candidate: an item, or a unit of its text.
type hit struct {
	entry int
	row   int64 // of the provision that heads the unit; 0: the item itself
	group int   // by status: what is in force comes first
	way   int   // how it was found, the best way first
	bare  bool  // not all words stand with the marks as they were typed
	score float64
	at    int // when it was found
}

// search is one question under way.
type search struct {
	v      *View
	f      record.LawFilter
	terms  []sought
	hits   []hit
	has    map[[2]int64]bool
	accept []bool // entries the filter lets through
}

// Search finds provisions and documents. The day of the filter is the view's.
func (v *View) Search(ctx context.Context, f record.LawFilter) (record.LawPage, error) {
	q := law.ParseQuery(f.Text)
	s := &search{v: v, f: f, has: map[[2]int64]bool{}}
	for _, t := range q.Terms {
		s.terms = append(s.terms, soughtOf(t))
	}
	s.filter()
	if err := s.find(ctx, q); err != nil {
		return record.LawPage{}, err
	}
	return s.page(ctx)
}

func (s *search) filter() {
	s.accept = make([]bool, len(s.v.cat.entries))
	for i, e := range s.v.cat.entries {
		s.accept[i] = !e.Withdrawn && (s.f.Kind == "" || e.Kind == string(s.f.Kind)) && (s.f.Type == "" || e.Type == s.f.Type) &&
			(s.f.Topic == "" || slices.Contains(e.Topics, s.f.Topic))
	}
}

// group is 0 for what holds on the day. What is no law holds as long as it is listed.
func (v *View) group(i int) int {
	switch v.status[i].State {
	case law.InForce, law.Partly:
		return 0
	case law.NotYet:
		return 1
	case law.Ended:
		return 3
	}
	if v.cat.entries[i].Kind == string(record.LawDocument) {
		return 2
	}
	return 0
}

func (s *search) add(entry int, row int64, way int) {
	key := [2]int64{int64(entry), row}
	if !s.accept[entry] || s.has[key] || s.f.Status != "" && row == 0 && s.f.Status != record.LawStatus(s.v.status[entry].State) {
		return
	}
	s.has[key] = true
	s.hits = append(s.hits, hit{entry: entry, row: row, group: s.v.group(entry), way: way, at: len(s.hits)})
}

// Columns of the index.
const (
	inHead     = "{head}"
	inBareHead = "{bare_head}"
	inAny      = "{head body}"
	inBareAny  = "{bare_head bare_body}"
)

// find looks in several ways, the best one first, until there is enough.
func (s *search) find(ctx context.Context, q law.Query) error {
	if len(s.terms) == 0 {
		for i := range s.v.cat.entries {
			s.add(i, 0, 0)
		}
		return nil
	}
	s.findDocuments(0)
	ways := []string{
		s.every(s.terms, inHead, true),
		s.every(s.terms, inBareHead, false),
		s.together(inBareAny, 0),
		s.together(inBareAny, 12),
		s.every(s.terms, inAny, true),
		s.every(s.terms, inBareAny, false),
	}
	for n, match := range ways {
		if match == "" {
			continue
		}
		if err := s.rows(ctx, match, n+1); err != nil {
			return err
		}
	}
	return nil
}

// findDocuments looks for every term in number, type and title.
func (s *search) findDocuments(way int) {
	for i := range s.v.cat.entries {
		words := s.v.cat.entries[i].title.whole
		all := true
		for t := range s.terms {
			if found, _ := s.terms[t].in(words); !found {
				all = false
				break
			}
		}
		if all {
			s.add(i, 0, way)
		}
	}
}

// every is the expression that finds all terms in columns.
func (s *search) every(terms []sought, columns string, exact bool) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		words := t.bare
		if exact {
			words = t.exact
		}
		parts[i] = columns + " : " + phrase(words, t.begun)
		if len(t.long) > 0 {
			bare := inBareAny
			if columns == inHead || columns == inBareHead {
				bare = inBareHead
			}
			parts[i] = "(" + parts[i] + " OR " + bare + " : " + phrase(t.long, false) + ")"
		}
	}
	return strings.Join(parts, " AND ")
}

// together is the expression that finds the terms one after the other, or near each
// other; "" where that is nothing else.
func (s *search) together(columns string, near int) string {
	if len(s.terms) < 2 || slices.ContainsFunc(s.terms, func(t sought) bool { return len(t.long) > 0 }) {
		return ""
	}
	if near == 0 {
		var words []string
		for _, t := range s.terms {
			words = append(words, t.bare...)
		}
		return columns + " : " + phrase(words, s.terms[len(s.terms)-1].begun)
	}
	parts := make([]string, len(s.terms))
	for i, t := range s.terms {
		parts[i] = phrase(t.bare, t.begun)
	}
	return columns + " : NEAR(" + strings.Join(parts, " ") + ", 12)"
}

// phrase is words one after the other. What is in them is letters and digits.
func phrase(words []string, begun bool) string {
	p := `"` + strings.Join(words, " ") + `"`
	if begun {
		p += " *"
	}
	return p
}

// rows adds what an expression finds.
func (s *search) rows(ctx context.Context, match string, way int) error {
	rows, err := s.v.lib.db.Read.QueryContext(ctx, "SELECT rowid FROM found WHERE found MATCH ?", match)
	if err != nil {
		return sqlitefile.MapError(err)
	}
	defer rows.Close()
	for n := 0; n < maxLooked && len(s.hits) < maxHits && rows.Next(); n++ {
		var row int64
		if err := rows.Scan(&row); err != nil {
			return sqlitefile.MapError(err)
		}
		for _, entry := range s.v.of[row>>textShift] {
			s.add(entry, row, way)
		}
	}
	return sqlitefile.MapError(rows.Err())
}

func (s *search) page(ctx context.Context) (record.LawPage, error) {
	limit := s.f.Limit
	if limit <= 0 {
		limit = usualPage
	}
	slices.SortFunc(s.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.way, b.way), cmp.Compare(a.at, b.at))
	})
	p := record.LawPage{Total: min(len(s.hits), maxHits)}
	from := min(max(0, s.f.Offset), p.Total)
	to := min(from+limit, p.Total)
	p.More = to < p.Total
	for _, h := range s.hits[from:to] {
		shown, err := s.show(ctx, h)
		if err != nil {
			return record.LawPage{}, err
		}
		p.Hits = append(p.Hits, shown)
	}
	return p, nil
}

func (s *search) show(_ context.Context, h hit) (record.LawHit, error) {
	e := s.v.cat.entries[h.entry]
	return record.LawHit{Item: e.ID, Kind: record.LawKind(e.Kind), Number: e.Number, Title: e.Title, Status: record.LawStatus(s.v.status[h.entry].State)}, nil
}
