package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Point is a commit of a stream: its number and what it is called.
type Point struct {
	N    int64
	Hash oplog.Hash
}

// Stream is how far a stream has come here.
type Stream struct {
	Device  oplog.Device
	Heads   []Head // commits nothing follows, the furthest first; several after a fork
	Commits int64
	Parked  [][2]int64     // ranges of numbers that wait for a predecessor
	Held    map[string]int // how many are held, by why
}

// Streams lists all streams of which something is here, waiting or not, by name.
func (db *DB) Streams(ctx context.Context) ([]Stream, error) {
	by := map[oplog.Device]*Stream{}
	of := func(d oplog.Device) *Stream {
		if by[d] == nil {
			by[d] = &Stream{Device: d, Held: map[string]int{}}
		}
		return by[d]
	}
	err := db.snapshot(ctx, func(q querier) error {
		devices, err := streamDevices(ctx, q)
		for _, d := range devices {
			if err != nil {
				break
			}
			s := of(d)
			var b branches
			if b, err = readBranches(ctx, q, d); err == nil {
				s.Heads, s.Commits = b.heads(), b.count
			}
		}
		if err != nil {
			return err
		}
		parked := map[oplog.Device][]int64{}
		err = eachRow(ctx, q, "SELECT line FROM parked", func(row scanTarget) error {
			var line []byte
			if err := row.Scan(&line); err != nil {
				return err
			}
			c, err := oplog.ParseLine(line)
			if err == nil {
				parked[c.Device] = append(parked[c.Device], c.N)
			}
			return err
		})
		for d, ns := range parked {
			of(d).Parked = ranges(ns)
		}
		if err != nil {
			return err
		}
		return eachRow(ctx, q, "SELECT device, why, count(*) FROM held GROUP BY device, why", func(row scanTarget) error {
			var id []byte
			var why string
			var n int
			err := row.Scan(&id, &why, &n)
			if err == nil && len(id) == len(oplog.Device{}) {
				of(oplog.Device(id)).Held[why] = n
			}
			return err
		})
	})
	out := make([]Stream, 0, len(by))
	for _, s := range by {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Stream) int { return bytes.Compare(a.Device[:], b.Device[:]) })
	return out, fmtErr("list streams", err)
}

// ranges joins numbers into runs without gaps.
func ranges(ns []int64) (out [][2]int64) {
	slices.Sort(ns)
	for _, n := range ns {
		if k := len(out) - 1; k >= 0 && n <= out[k][1]+1 {
			out[k][1] = n
		} else {
			out = append(out, [2]int64{n, n})
		}
	}
	return out
}

// streamDevices lists the streams of the log, without reading all of it.
func streamDevices(ctx context.Context, q querier) (out []oplog.Device, _ error) {
	last := []byte{}
	for {
		err := q.QueryRowContext(ctx, "SELECT device FROM log WHERE device > ? ORDER BY device LIMIT 1", last).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return out, nil
		}
		if err != nil {
			return nil, mapError(err)
		}
		if len(last) != len(oplog.Device{}) {
			return nil, fmt.Errorf("%w: name of a stream", record.ErrDamaged)
		}
		out = append(out, oplog.Device(last))
	}
}

// branches is a stream as a tree: one trunk, and from the first number that two commits
// have on, each commit with its predecessor.
type branches struct {
	count int64
	trunk Head  // the last commit when nothing is forked
	from  int64 // first number that several commits have; 0: none
	at    map[oplog.Hash]twig
}

type twig struct {
	Head
	prev oplog.Hash
	seq  int64
}

func readBranches(ctx context.Context, q querier, d oplog.Device) (branches, error) {
	b := branches{at: map[oplog.Hash]twig{}}
	var last int64
	err := q.QueryRowContext(ctx, "SELECT count(*), coalesce(max(n), 0) FROM log WHERE device = ?", d[:]).Scan(&b.count, &last)
	if err == nil && b.count != last {
		err = q.QueryRowContext(ctx, "SELECT n FROM log WHERE device = ? GROUP BY n HAVING count(*) > 1 ORDER BY n LIMIT 1", d[:]).Scan(&b.from)
	}
	if err != nil {
		return b, mapError(err)
	}
	if b.from == 0 {
		b.trunk, err = streamHead(ctx, q, d)
		return b, err
	}
	err = eachRow(ctx, q, "SELECT seq, raw FROM log WHERE device = ? AND n >= ?", func(row scanTarget) error {
		var seq int64
		var raw []byte
		if err := row.Scan(&seq, &raw); err != nil {
			return err
		}
		c, err := oplog.DecodeTrusted(raw)
		if err == nil {
			b.at[c.Hash] = twig{Head{c.N, c.Hash, c.Time}, c.Prev, seq}
		}
		return err
	}, d[:], b.from)
	return b, err
}

// heads are the commits nothing follows.
func (b *branches) heads() []Head {
	if b.from == 0 {
		if b.trunk.N == 0 {
			return nil
		}
		return []Head{b.trunk}
	}
	followed := map[oplog.Hash]bool{}
	for _, t := range b.at {
		followed[t.prev] = true
	}
	var out []Head
	for h, t := range b.at {
		if !followed[h] {
			out = append(out, t.Head)
		}
	}
	slices.SortFunc(out, func(x, y Head) int { return cmp.Or(cmp.Compare(y.N, x.N), bytes.Compare(x.Hash[:], y.Hash[:])) })
	return out
}

// Fork is the proof of a clone: several commits of one stream that follow the same one.
type Fork struct {
	Device oplog.Device
	After  Point // what they all follow; N 0 is the beginning
	Next   []Point
}

// Forks lists the places at which streams part.
func (db *DB) Forks(ctx context.Context) (out []Fork, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		devices, err := streamDevices(ctx, q)
		for _, d := range devices {
			if err != nil {
				break
			}
			var b branches
			if b, err = readBranches(ctx, q, d); err == nil {
				out = append(out, b.forks(d)...)
			}
		}
		return err
	})
	return out, fmtErr("forked streams", err)
}

func (b *branches) forks(d oplog.Device) (out []Fork) {
	next := map[oplog.Hash][]Point{}
	for h, t := range b.at {
		next[t.prev] = append(next[t.prev], Point{t.N, h})
	}
	for after, list := range next {
		if len(list) > 1 {
			slices.SortFunc(list, func(x, y Point) int { return bytes.Compare(x.Hash[:], y.Hash[:]) })
			out = append(out, Fork{d, Point{list[0].N - 1, after}, list})
		}
	}
	slices.SortFunc(out, func(x, y Fork) int {
		return cmp.Or(cmp.Compare(x.After.N, y.After.N), bytes.Compare(x.After.Hash[:], y.After.Hash[:]))
	})
	return out
}

// Ancestor is the commit of a number on the branch of a stream that ends in head.
func (db *DB) Ancestor(ctx context.Context, d oplog.Device, n int64, head oplog.Hash) (out oplog.Hash, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		b, err := readBranches(ctx, q, d)
		if err != nil {
			return err
		}
		p, here, err := pointOf(ctx, q, d, head)
		if err != nil {
			return err
		}
		for here && p.N > n {
			t, forked := b.at[p.Hash]
			if !forked { // below the first fork there is one commit of each number
				break
			}
			p = Point{p.N - 1, t.prev}
		}
		switch {
		case here && p.N == n:
			out = p.Hash
			return nil
		case !here || p.N < n || n < 1:
			return record.Refuse(record.ErrNotFound, "Không tìm thấy mục ghi này.", "This entry was not found.")
		}
		var hash []byte
		err = q.QueryRowContext(ctx, "SELECT hash FROM log WHERE device = ? AND n = ?", d[:], n).Scan(&hash)
		copy(out[:], hash)
		return mapError(err)
	})
	return out, fmtErr("entry of a stream", err)
}

// pointOf finds a commit of a stream by its hash.
func pointOf(ctx context.Context, q querier, d oplog.Device, hash oplog.Hash) (Point, bool, error) {
	var n int64
	err := q.QueryRowContext(ctx, "SELECT n FROM log WHERE hash = ? AND device = ?", hash[:], d[:]).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return Point{}, false, nil
	}
	return Point{n, hash}, err == nil, mapError(err)
}

// LogAfterVector reads the commits that are not at or before the points somebody has,
// in the order of the log, from behind a place of it until they hold at least most bytes. only
// says whose (nil: everyone's). What is covered is not read. A point nobody here has
// heard of covers nothing: what is sent once more is known there.
func (db *DB) LogAfterVector(ctx context.Context, cover map[oplog.Device][]Point, only func(oplog.Device) bool, after, most int64, withSecrets bool) ([]LogLine, error) {
	var out []LogLine
	err := db.snapshot(ctx, func(q querier) error {
		seqs, err := uncovered(ctx, q, cover, only, after)
		for _, seq := range seqs {
			if err != nil || most <= 0 {
				break
			}
			var s *storedCommit
			if s, err = readLine(ctx, q, db.box, seq, withSecrets); err == nil {
				out = append(out, LogLine{s.seq, s.commit, s.secrets})
				most -= int64(len(s.commit.Raw))
			}
		}
		return err
	})
	return out, fmtErr("what a vector does not cover", err)
}

func readLine(ctx context.Context, q querier, b *box, seq int64, withSecrets bool) (*storedCommit, error) {
	r, err := scanLogRow(q.QueryRowContext(ctx, selectLog+" WHERE log.seq = ?", seq))
	if err != nil {
		return nil, err
	}
	if !withSecrets {
		r.box = nil
	}
	return r.decode(b, false)
}

// uncovered are the places of the log behind one that a vector does not cover, in order.
func uncovered(ctx context.Context, q querier, cover map[oplog.Device][]Point, only func(oplog.Device) bool, after int64) ([]int64, error) {
	devices, err := streamDevices(ctx, q)
	var out []int64
	for _, d := range devices {
		if err != nil {
			break
		}
		if only == nil || only(d) {
			out, err = uncoveredOf(ctx, q, d, cover[d], after, out)
		}
	}
	slices.Sort(out)
	return out, err
}

func uncoveredOf(ctx context.Context, q querier, d oplog.Device, points []Point, after int64, out []int64) ([]int64, error) {
	b, err := readBranches(ctx, q, d)
	if err != nil {
		return out, err
	}
	var upTo int64 // of the trunk
	covered := map[oplog.Hash]bool{}
	for _, p := range points {
		at, here, err := pointOf(ctx, q, d, p.Hash)
		if err != nil {
			return out, err
		}
		if !here {
			continue
		}
		for t, forked := b.at[at.Hash]; forked && !covered[at.Hash]; t, forked = b.at[at.Hash] {
			covered[at.Hash] = true
			at = Point{t.N - 1, t.prev}
		}
		upTo = max(upTo, at.N)
	}
	for h, t := range b.at {
		if !covered[h] && t.seq > after {
			out = append(out, t.seq)
		}
	}
	query, args := "SELECT seq FROM log WHERE device = ? AND n > ? AND seq > ?", []any{d[:], upTo, after}
	if b.from > 0 {
		query, args = query+" AND n < ?", append(args, b.from)
	}
	err = eachRow(ctx, q, query, func(row scanTarget) error {
		var seq int64
		err := row.Scan(&seq)
		out = append(out, seq)
		return err
	}, args...)
	return out, err
}

// StreamHeads are the last commits of all streams here, one of each.
func (db *DB) StreamHeads(ctx context.Context) (map[oplog.Device]Head, error) {
	devices, err := streamDevices(ctx, db.read)
	out := map[oplog.Device]Head{}
	for _, d := range devices {
		if err != nil {
			break
		}
		out[d], err = streamHead(ctx, db.read, d)
	}
	return out, fmtErr("last entries of streams", err)
}
