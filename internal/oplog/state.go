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
	secrets map[secretKey]Secret
	erased  map[erasure][]Device // by whom
	known   map[Prefix]arrival
	seen    map[Hash]*Commit
	waiting map[Hash][]*Commit // by the predecessor they wait for

	rights Rights
	spoken map[record.Ref][]Spoken // in the order of arrival, while rights limit
}

// arrival is when a commit came, and whose it is.
type arrival struct {
	device Device
	n      int
}

// erasure names an erased version. An operation erases in its own row only, so
// that nobody need find the row a dot belongs to.
type erasure struct {
	row record.Ref
	dot Dot
}

type secretKey struct {
	commit Prefix
	op     int
}

// NewState is an empty log of one office.
func NewState() *State { return NewStateOf(nil) }

// NewStateOf is an empty log in which machines of several units speak.
func NewStateOf(rights Rights) *State {
	return &State{
		rights: rights, spoken: map[record.Ref][]Spoken{},
		Rows: map[record.Ref]*Row{}, secrets: map[secretKey]Secret{}, erased: map[erasure][]Device{},
		known: map[Prefix]arrival{}, seen: map[Hash]*Commit{}, waiting: map[Hash][]*Commit{},
	}
}

// Add takes in a commit with the secrets that came with it. A duplicate changes
// nothing; one whose predecessor is missing waits for it; one that does not
// follow the predecessor it names is no part of the log.
func (s *State) Add(c *Commit, secrets []Secret) {
	for i := range secrets {
		if !secrets[i].Opens(c) {
			continue
		}
		at := secretKey{c.Hash.Prefix(), secrets[i].Op}
		if have, ok := s.secrets[at]; ok {
			s.secrets[at] = have.Joined(&secrets[i])
		} else {
			s.secrets[at] = secrets[i]
		}
	}
	if s.seen[c.Hash] != nil {
		s.reveal(c, secrets)
		return
	}
	prev := s.seen[c.Prev]
	if !c.Prev.IsZero() && prev == nil {
		s.wait(c)
		return
	}
	if !c.Follows(prev) {
		return
	}
	s.apply(c)
	next := s.waiting[c.Hash]
	delete(s.waiting, c.Hash)
	for _, w := range next {
		s.Add(w, nil)
	}
}

func (s *State) wait(c *Commit) {
	for _, w := range s.waiting[c.Prev] {
		if w.Hash == c.Hash {
			return
		}
	}
	s.waiting[c.Prev] = append(s.waiting[c.Prev], c)
}

func (s *State) apply(c *Commit) {
	s.seen[c.Hash] = c
	s.known[c.Hash.Prefix()] = arrival{c.Device, len(s.known) + 1}
	for i := range c.Ops {
		o := &c.Ops[i]
		for _, dot := range o.Erased {
			at := erasure{o.Ref, dot}
			s.erased[at] = append(s.erased[at], c.Device)
		}
		if s.rights[c.Device].Unit != "" && record.StaysHome(o.Ref.Noun) {
			continue // in the log, and nobody's row here
		}
		row := s.Rows[o.Ref]
		if row == nil {
			row = NewRow()
			s.Rows[o.Ref] = row
		}
		if !s.rights.Limit() || record.Shared(o.Ref.Noun) {
			s.say(row, Spoken{c, i}, nil)
		} else {
			s.spoken[o.Ref] = append(s.spoken[o.Ref], Spoken{c, i})
			s.sayAgain(o.Ref)
		}
		for _, dot := range o.Erased {
			if of, here := s.known[dot.Commit]; here && s.rights.MayErase(c.Device, of.device) {
				s.Rows[o.Ref].Erase(dot)
			}
		}
	}
}

// say folds an operation into a row.
func (s *State) say(row *Row, x Spoken, may func(field string) bool) {
	now := s.known[x.Commit.Hash.Prefix()].n
	row.Apply(x.Commit, x.Op, Source{
		Known: func(p Prefix) bool {
			a, here := s.known[p]
			return here && a.n < now
		},
		Erased: func(d Dot) bool { return s.erasedBy(x.op().Ref, d, x.Commit.Device) },
		Secret: s.secret,
		May:    may,
	})
}

// sayAgain folds a row anew: what came may show that it is of another unit.
func (s *State) sayAgain(ref record.Ref) {
	all := s.spoken[ref]
	owner := s.rights.Owner(all)
	row := NewRow()
	s.Rows[ref] = row
	for _, x := range all {
		s.say(row, x, func(field string) bool { return s.rights.May(x.Commit.Device, owner, ref.Noun, field) })
	}
}

// Rights are those the log is folded under.
func (s *State) Rights() Rights { return s.rights }

// erasedBy reports whether somebody who may has erased a version that a device wrote.
func (s *State) erasedBy(ref record.Ref, dot Dot, author Device) bool {
	for _, by := range s.erased[erasure{ref, dot}] {
		if s.rights.MayErase(by, author) {
			return true
		}
	}
	return false
}

// Denied lists the operations on a row all or a part of which was left out, and whose it is.
func (s *State) Denied(ref record.Ref) (denied []Spoken, owner string) {
	owner = s.rights.Owner(s.spoken[ref])
	for _, x := range s.spoken[ref] {
		if len(s.rights.Denied(x, owner)) > 0 {
			denied = append(denied, x)
		}
	}
	return denied, owner
}

func (s *State) secret(c *Commit, op int, field string) (record.Value, bool) {
	x, ok := s.secrets[secretKey{c.Hash.Prefix(), op}]
	if !ok {
		return "", false
	}
	return x.Value(field)
}

// reveal shows values whose secrets came after their commit.
func (s *State) reveal(c *Commit, secrets []Secret) {
	for i := range secrets {
		if !secrets[i].Opens(c) {
			continue
		}
		o := &c.Ops[secrets[i].Op]
		for _, h := range secrets[i].Fields {
			dot := o.DotOf(c.Hash.Prefix(), secrets[i].Op, h.Field)
			row := s.Rows[o.Ref]
			if row != nil && h.Known && !s.erasedBy(o.Ref, dot, c.Device) {
				row.Reveal(dot, h.Value)
			}
		}
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

// Knows reports whether a commit has been folded.
func (s *State) Knows(h Hash) bool { return s.seen[h] != nil }

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
// What was replaced before it came is no part of it: that is how far the log has
// come, not what it says.
func WriteDigest(h hash.Hash, ref record.Ref, r *Row) {
	fmt.Fprintf(h, "%s\n", ref)
	for _, field := range r.Fields() {
		for _, head := range r.Cells[field] {
			fmt.Fprintf(h, "%s\t%s\t%t\t%s\n", field, head.Dot, head.Withheld, head.Value)
		}
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
