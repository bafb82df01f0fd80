package oplog

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// State folds a log in memory: what the store does in tables, small enough to
// be looked at, and the yardstick the store is tested against.
type State struct {
	Rows    map[record.Ref]*Row
	secrets map[secretKey]record.Value
	erased  map[Dot]bool
	known   map[Prefix]bool
	seen    map[Hash]bool
	waiting map[Hash][]*Commit // by the predecessor they wait for
}

type secretKey struct {
	commit Prefix
	op     int
	field  string
}

// NewState is an empty log.
func NewState() *State {
	return &State{
		Rows: map[record.Ref]*Row{}, secrets: map[secretKey]record.Value{}, erased: map[Dot]bool{},
		known: map[Prefix]bool{}, seen: map[Hash]bool{}, waiting: map[Hash][]*Commit{},
	}
}

// Add takes in a commit with the secrets that came with it. A duplicate changes
// nothing; one whose predecessor is missing waits for it.
func (s *State) Add(c *Commit, secrets []Secret) {
	for i := range secrets {
		if secrets[i].Opens(c) {
			s.secrets[secretKey{c.Hash.Prefix(), secrets[i].Op, secrets[i].Field}] = secrets[i].Value
		}
	}
	if s.seen[c.Hash] {
		s.reveal(c, secrets)
		return
	}
	if !c.Prev.IsZero() && !s.seen[c.Prev] {
		s.waiting[c.Prev] = append(s.waiting[c.Prev], c)
		return
	}
	s.apply(c)
	next := s.waiting[c.Hash]
	delete(s.waiting, c.Hash)
	for _, w := range next {
		s.Add(w, nil)
	}
}

func (s *State) apply(c *Commit) {
	s.seen[c.Hash] = true
	src := Source{Known: func(p Prefix) bool { return s.known[p] }, Secret: s.secret}
	for i := range c.Ops {
		o := &c.Ops[i]
		row := s.Rows[o.Ref]
		if row == nil {
			row = NewRow()
			s.Rows[o.Ref] = row
		}
		row.Apply(c, i, src)
		s.erase(row, o)
	}
	s.known[c.Hash.Prefix()] = true
}

func (s *State) secret(c *Commit, op int, field string) (record.Value, bool) {
	o := &c.Ops[op]
	if s.erased[o.DotOf(c.Hash.Prefix(), op, field)] {
		return "", false
	}
	v, ok := s.secrets[secretKey{c.Hash.Prefix(), op, field}]
	return v, ok
}

// reveal shows values whose secrets came after their commit.
func (s *State) reveal(c *Commit, secrets []Secret) {
	for i := range secrets {
		if !secrets[i].Opens(c) {
			continue
		}
		o := &c.Ops[secrets[i].Op]
		if v, ok := s.secret(c, secrets[i].Op, secrets[i].Field); ok {
			s.Rows[o.Ref].Reveal(o.DotOf(c.Hash.Prefix(), secrets[i].Op, secrets[i].Field), v)
		}
	}
}

func (s *State) erase(row *Row, o *Op) {
	for _, dot := range o.Erased {
		s.erased[dot] = true
		row.Erase(dot)
	}
}

// Erase forgets the value of a head whose secret is gone.
func (r *Row) Erase(dot Dot) { r.tell(dot, "", true) }

// Reveal gives a withheld head its value.
func (r *Row) Reveal(dot Dot, v record.Value) { r.tell(dot, v, false) }

func (r *Row) tell(dot Dot, v record.Value, withheld bool) {
	for field := range r.Cells {
		for i := range r.Cells[field] {
			if h := &r.Cells[field][i]; h.Dot == dot {
				h.Value, h.Withheld = v, withheld
			}
		}
	}
}

// Waiting counts commits whose predecessor has not come.
func (s *State) Waiting() int {
	n := 0
	for _, w := range s.waiting {
		n += len(w)
	}
	return n
}

// Digest is one text for what the log amounts to: equal on two devices when
// they hold the same commits and secrets, in whatever order these came.
func (s *State) Digest() string {
	refs := make([]record.Ref, 0, len(s.Rows))
	for ref := range s.Rows {
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, func(a, b record.Ref) int { return strings.Compare(a.String(), b.String()) })
	h := sha256.New()
	for _, ref := range refs {
		WriteDigest(h, ref, s.Rows[ref])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// WriteDigest adds a row to a digest: its name, and every head of every field.
func WriteDigest(h hash.Hash, ref record.Ref, r *Row) {
	fmt.Fprintf(h, "%s\n", ref)
	for _, field := range r.Fields() {
		for _, head := range r.Cells[field] {
			fmt.Fprintf(h, "%s\t%s\t%t\t%s\n", field, head.Dot, head.Withheld, head.Value)
		}
	}
	for _, dot := range r.SortedGone() {
		fmt.Fprintf(h, "-\t%s\n", dot)
	}
}

// SortedGone lists what was replaced before it was seen.
func (r *Row) SortedGone() []Dot {
	out := make([]Dot, 0, len(r.Gone))
	for d := range r.Gone {
		out = append(out, d)
	}
	slices.SortFunc(out, Dot.Compare)
	return out
}
