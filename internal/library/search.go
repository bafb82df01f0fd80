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
	maxHits   = 1000 // counted, and as many that are not in force
	maxLooked = 4000 // rows of the index looked at for one way to find
	maxScored = 60   // hits whose words are looked at
	enough    = 3    // hits with all terms, so that none with fewer are sought
	usualPage = 50
)

// hit is a candidate: an item, or a unit of its text.
type hit struct {
	entry  int
	row    int64 // of the provision that heads the unit; 0: the item itself
	group  int   // by status: what is in force comes first
	way    int   // how it was found, the best way first
	at     int   // when it was found
	anchor string
	unit   *unit // read for the first ones
	score  float64
	bare   bool // not every word stands there with the marks as they were typed
}

// search is one question under way.
type search struct {
	v       *View
	f       record.LawFilter
	query   law.Query
	terms   []sought
	accept  []bool // entries the filter lets through
	hits    []hit
	has     map[hitKey]bool
	inForce int
}

type hitKey struct {
	entry int
	row   int64
}

// Search finds provisions and documents. The day of the filter is the view's.
func (v *View) Search(ctx context.Context, f record.LawFilter) (record.LawPage, error) {
	q := law.ParseQuery(f.Text)
	s := &search{v: v, f: f, query: q, has: map[hitKey]bool{}}
	for _, t := range q.Terms {
		s.terms = append(s.terms, v.cat.words.sought(t))
	}
	s.filter()
	if err := s.find(ctx); err != nil {
		return record.LawPage{}, v.lib.broken(err)
	}
	page, err := s.page(ctx)
	return page, v.lib.broken(err)
}

func (s *search) filter() {
	s.accept = make([]bool, len(s.v.cat.entries))
	for i, e := range s.v.cat.entries {
		s.accept[i] = !e.Withdrawn && (s.f.Kind == "" || e.Kind == string(s.f.Kind)) && (s.f.Type == "" || e.Type == s.f.Type) &&
			(s.f.Topic == "" || slices.Contains(e.Topics, s.f.Topic)) && (s.f.Status == "" || s.f.Status == record.LawStatus(s.v.status[i].State))
	}
}

// The groups of hits, in the order they are shown. What is no law holds as long as it is
// listed.
const (
	holds = iota
	toCome
	unclear
	over
)

func (v *View) group(i int) int {
	switch v.status[i].State {
	case law.InForce, law.Partly:
		return holds
	case law.NotYet:
		return toCome
	case law.Ended:
		return over
	}
	if v.cat.entries[i].Kind == string(record.LawDocument) {
		return unclear
	}
	return holds
}

func (s *search) add(entry int, row int64, way int) {
	key := hitKey{entry, row}
	if !s.accept[entry] || s.has[key] {
		return
	}
	group := s.v.group(entry)
	switch {
	case group == holds && s.inForce < maxHits:
		s.inForce++
	case group == holds || len(s.hits)-s.inForce >= maxHits:
		return
	}
	s.has[key] = true
	s.hits = append(s.hits, hit{entry: entry, row: row, group: group, way: way, at: len(s.hits)})
}

// The ways to find something, the best one first.
const (
	wayAddress = iota
	wayFirst   // a document, or one of the expressions of ways
	waySplit   = wayFirst + 20
	wayFewer   = waySplit + 1
)

func (s *search) find(ctx context.Context) error {
	if len(s.terms) == 0 {
		for i := range s.v.cat.entries {
			s.add(i, 0, wayFirst)
		}
		return nil
	}
	if err := s.findAddress(ctx); err != nil {
		return err
	}
	s.findDocuments()
	if err := s.findUnits(ctx, s.terms, wayFirst); err != nil {
		return err
	}
	if len(s.hits) == 0 || s.namesDocument() {
		if err := s.findSplit(ctx); err != nil {
			return err
		}
	}
	if len(s.hits) < enough {
		return s.findFewer(ctx)
	}
	return nil
}

// findUnits looks in the index for units that have all terms.
func (s *search) findUnits(ctx context.Context, terms []sought, way int) error {
	for n, w := range s.v.cat.words.ways(terms) {
		if s.inForce >= maxHits || w.fine && s.inForce >= maxScored {
			continue
		}
		table := "found"
		if w.headings {
			table = "headed"
		}
		if err := s.rows(ctx, table, w.match, way+n); err != nil {
			return err
		}
	}
	return nil
}

// findDocuments looks for every term in number, type and title.
func (s *search) findDocuments() {
	for i := range s.v.cat.entries {
		title := &s.v.cat.entries[i].title
		if !slices.ContainsFunc(s.terms, func(t sought) bool { return !title.calls(&t) }) {
			s.add(i, 0, wayFirst)
		}
	}
}

// missing are the terms that an item is not called by.
func (s *search) missing(entry int) []int {
	title := &s.v.cat.entries[entry].title
	var out []int
	for t := range s.terms {
		if !title.calls(&s.terms[t]) {
			out = append(out, t)
		}
	}
	return out
}

// findAddress finds the places that the words of the query are a citation of. A place
// without its document is one only if nothing else was typed.
func (s *search) findAddress(ctx context.Context) error {
	a := s.query.Address
	switch {
	case !s.query.Cited:
		return nil
	case a.Document != "" && len(a.Anchors) == 0:
		if i, ok := s.v.cat.at[a.Document]; ok {
			s.add(i, 0, wayAddress)
		}
		return nil
	case a.Document == "" && !s.onlyPlaces():
		return nil
	}
	for _, anchor := range a.Anchors {
		if err := s.place(ctx, a.Document, anchor); err != nil {
			return err
		}
	}
	return nil
}

// onlyPlaces reports whether the query has nothing but words and numbers of places.
func (s *search) onlyPlaces() bool {
	return !slices.ContainsFunc(s.terms, func(t sought) bool {
		return slices.ContainsFunc(t.bare, func(w string) bool {
			return len(w) > 2 && !slices.Contains([]string{"dieu", "khoan", "diem", "chuong", "muc", "phu", "luc", "phan"}, w) && !(w[0] >= '0' && w[0] <= '9')
		})
	})
}

// place adds the provisions at an anchor, of one document or of all.
func (s *search) place(ctx context.Context, document, anchor string) error {
	rows, err := s.v.lib.db.Read.QueryContext(ctx, "SELECT id FROM provision WHERE anchor = ?", anchor)
	if err != nil {
		return sqlitefile.MapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row int64
		if err := rows.Scan(&row); err != nil {
			return sqlitefile.MapError(err)
		}
		for _, entry := range s.v.of[row>>textShift] {
			if document == "" || s.v.cat.entries[entry].ID == document {
				s.add(entry, row, wayAddress)
			}
		}
	}
	return sqlitefile.MapError(rows.Err())
}

// namesDocument reports whether the query names a document beside other words: by a well-
// known name, or by a number like 145/2020.
func (s *search) namesDocument() bool {
	return s.query.Address.Document != "" || slices.ContainsFunc(s.terms, func(t sought) bool {
		return len(t.bare) > 1 && strings.Contains(t.Text, "/")
	})
}

// findSplit finds units that have those terms their document is not called by: "tiền
// lương 145/2020".
func (s *search) findSplit(ctx context.Context) error {
	groups := map[string][]int{}
	for i := range s.v.cat.entries {
		if s.v.reads[i] < 0 || !s.accept[i] {
			continue
		}
		missing := s.missing(i)
		if n := len(missing); n == 0 || n == len(s.terms) {
			continue
		}
		key := make([]byte, len(missing))
		for k, t := range missing {
			key[k] = byte(t)
		}
		groups[string(key)] = append(groups[string(key)], i)
	}
	keys := make([]string, 0, len(groups))
	for key := range groups {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	for n, key := range keys[:min(4, len(keys))] {
		if n > 0 && len(key) > len(keys[0]) {
			break // the documents that are called by most of it
		}
		var terms []sought
		for _, t := range []byte(key) {
			terms = append(terms, s.terms[t])
		}
		part := &search{v: s.v, f: s.f, terms: terms, accept: make([]bool, len(s.accept)), has: map[hitKey]bool{}}
		for _, i := range groups[key] {
			part.accept[i] = true
		}
		if err := part.findUnits(ctx, terms, 0); err != nil {
			return err
		}
		for _, h := range part.hits {
			s.add(h.entry, h.row, waySplit)
		}
	}
	return nil
}

// findFewer finds what has most terms, where hardly anything has them all: of a question
// in full, or with a slip of the pen. Words that only ask, or that the index does not know,
// are left out first; then one at a time of the commonest, then more.
func (s *search) findFewer(ctx context.Context) error {
	words := s.v.cat.words
	known := slices.DeleteFunc(slices.Clone(s.terms), func(t sought) bool {
		return asks[t.Folded] || words.lacks([]sought{t}, false)
	})
	if len(known) == 0 {
		return nil
	}
	slices.SortStableFunc(known, func(a, b sought) int { return cmp.Compare(words.units(b, false), words.units(a, false)) })
	var tries [][]sought
	if len(known) < len(s.terms) {
		tries = append(tries, known)
	}
	for i := range min(len(known), maxDropped) {
		tries = append(tries, slices.Delete(slices.Clone(known), i, i+1))
	}
	for n := 2; n <= len(known)/2 && n <= 4; n++ {
		tries = append(tries, known[n:], known[:len(known)-n])
	}
	for i, terms := range tries {
		full := i == 0 && len(known) < len(s.terms)
		if len(terms) < 2 && !full || i > maxDropped && len(s.hits) > 0 {
			return nil
		}
		if err := s.rows(ctx, "found", every(terms, false), wayFewer); err != nil || full && len(s.hits) >= enough {
			return err
		}
	}
	return nil
}

// maxDropped is how many words are left out, one at a time.
const maxDropped = 12

// asks are words that make a question of what is sought.
var asks = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("bao nhieu gi nao the sao may vay a ai dau u nhi khong chua tai lieu hoi cho toi minh") {
		m[w] = true
	}
	return m
}()

// rows adds what an expression finds.
func (s *search) rows(ctx context.Context, table, match string, way int) error {
	rows, err := s.v.lib.db.Read.QueryContext(ctx, "SELECT rowid FROM "+table+" WHERE "+table+" MATCH ?", match)
	if err != nil {
		return sqlitefile.MapError(err)
	}
	defer rows.Close()
	for n := 0; n < maxLooked && s.inForce < maxHits && rows.Next(); n++ {
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

// byWeight puts what is listed without words in order: the law before what is made under
// it, the newer before the older.
func (s *search) byWeight() {
	slices.SortStableFunc(s.hits, func(a, b hit) int {
		x, y := &s.v.cat.entries[a.entry], &s.v.cat.entries[b.entry]
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(weight(y.Type), weight(x.Type)), cmp.Compare(y.From, x.From))
	})
}

func (s *search) page(ctx context.Context) (record.LawPage, error) {
	limit := s.f.Limit
	if limit <= 0 {
		limit = usualPage
	}
	slices.SortFunc(s.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.way, b.way), cmp.Compare(a.at, b.at))
	})
	if len(s.terms) == 0 {
		s.byWeight()
	} else if err := s.rank(ctx, s.hits[:min(len(s.hits), maxScored)]); err != nil {
		return record.LawPage{}, err
	}
	p := record.LawPage{Total: min(len(s.hits), maxHits)}
	from := min(max(0, s.f.Offset), p.Total)
	to := min(from+limit, p.Total)
	p.More = to < p.Total
	for i := from; i < to; i++ {
		shown, err := s.show(ctx, &s.hits[i])
		if err != nil {
			return record.LawPage{}, err
		}
		p.Hits = append(p.Hits, shown)
	}
	return p, nil
}
