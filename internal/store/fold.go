package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"
	"maps"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// foldBatch is how many commits are read at a time.
const foldBatch = 64

// foldOptions of foldAll.
type foldOptions struct {
	progress func(done, total int64)
	check    *chainCheck // nil: the log was checked before
	noTables bool        // read and check only
}

// foldCounts say how much was folded.
type foldCounts struct{ commits, ops, fields int64 }

// foldAll reads the log in its order and folds it into the tables of tx. One
// batch is decoded and checked while the one before it is written.
func foldAll(ctx context.Context, source querier, tx *sql.Tx, log *logReader, b *box, o foldOptions) (foldCounts, error) {
	var n foldCounts
	var total int64
	if err := source.QueryRowContext(ctx, "SELECT count(*) FROM log").Scan(&total); err != nil {
		return n, mapError(err)
	}
	var p *projector
	if !o.noTables {
		var err error
		if p, err = newProjector(ctx, tx, log, b); err != nil {
			return n, err
		}
		defer p.close()
		p.refolds = true
	}
	ahead := decoder{b, o.check, nil}
	if !o.noTables {
		ahead.rows = &rowMaker{b, log.nouns, maps.Clone(log.erased)} // its own copy: it works beside the fold
	}
	raw, err := readBatch(ctx, source, 0)
	next := ahead.start(raw)
	for err == nil && len(raw) > 0 {
		current := next
		if raw, err = readBatch(ctx, source, raw[len(raw)-1].seq); err != nil {
			break
		}
		done := <-current
		next = ahead.start(raw)
		if err = done.err; err == nil {
			err = n.fold(p, done.commits)
		}
		if o.progress != nil {
			o.progress(n.commits, total)
		}
	}
	<-next
	return n, err
}

func (n *foldCounts) fold(p *projector, commits []*storedCommit) error {
	for _, s := range commits {
		n.commits++
		n.ops += int64(len(s.commit.Ops))
		for i := range s.commit.Ops {
			n.fields += int64(len(s.commit.Ops[i].Cells))
		}
		if p == nil {
			continue
		}
		if err := p.apply(s); err != nil {
			return err
		}
	}
	return nil
}

func readBatch(ctx context.Context, q querier, after int64) ([]*logRow, error) {
	rows, err := q.QueryContext(ctx, selectLog+" WHERE log.seq > ? ORDER BY log.seq LIMIT ?", after, foldBatch)
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	var out []*logRow
	for rows.Next() {
		r, err := scanLogRow(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, mapError(rows.Err())
}

type decoded struct {
	commits []*storedCommit
	err     error
}

// decoder reads a batch while the one before it is written.
type decoder struct {
	box   *box
	check *chainCheck // nil: the log was checked before
	rows  *rowMaker   // nil: no tables are filled
}

func (d decoder) start(raw []*logRow) <-chan decoded {
	out := make(chan decoded, 1)
	go func() { out <- d.decode(raw) }()
	return out
}

func (d decoder) decode(raw []*logRow) decoded {
	out := decoded{commits: make([]*storedCommit, 0, len(raw))}
	for _, r := range raw {
		s, err := r.decode(d.box, d.check != nil)
		if err == nil && d.check != nil {
			err = d.check.next(s)
		}
		if err != nil {
			out.err = fmt.Errorf("log place %d: %w", r.seq, err)
			break
		}
		if d.rows != nil {
			d.rows.make(s)
		}
		out.commits = append(out.commits, s)
	}
	return out
}

// chainCheck proves a log: every commit signed by its stream's key, following
// one that stands before it, and every secret the one its commit promised.
type chainCheck struct {
	keys   map[oplog.Device]ed25519.PublicKey
	seen   map[oplog.Hash]link
	claims map[erasure][]oplog.Device // who says that a version is erased
	absent map[erasure]bool           // committed to, and the value is not here

	authors map[oplog.Prefix]oplog.Device
}

// link is what the next commit of a stream must follow.
type link struct {
	device oplog.Device
	n      int64
}

func newChainCheck(keys map[oplog.Device]ed25519.PublicKey) *chainCheck {
	return &chainCheck{keys, map[oplog.Hash]link{}, map[erasure][]oplog.Device{}, map[erasure]bool{}, map[oplog.Prefix]oplog.Device{}}
}

func (c *chainCheck) next(s *storedCommit) error {
	k := s.commit
	key, ok := c.keys[k.Device]
	if !ok {
		return fmt.Errorf("%w: commit of a device whose key is not here: %s", record.ErrNotTrusted, k.Device)
	}
	if err := k.Verify(key); err != nil {
		return err
	}
	if k.N > 1 && c.seen[k.Prev] != (link{k.Device, k.N - 1}) {
		return fmt.Errorf("%w: the chain of device %s breaks before commit %d", record.ErrDamaged, k.Device, k.N)
	}
	c.seen[k.Hash] = link{k.Device, k.N}
	c.authors[k.Hash.Prefix()] = k.Device
	for i := range s.secrets {
		if !s.secrets[i].Opens(k) {
			return fmt.Errorf("%w: a value of commit %d is not what was promised", record.ErrDamaged, k.N)
		}
	}
	for i := range k.Ops {
		o := &k.Ops[i]
		for _, dot := range o.Erased {
			at := erasure{o.Ref, dot}
			c.claims[at] = append(c.claims[at], k.Device)
		}
		for _, cell := range o.Cells {
			if _, here := s.secret(i, cell.Field); cell.Hidden && !here {
				c.absent[erasure{o.Ref, o.DotOf(k.Hash.Prefix(), i, cell.Field)}] = true
			}
		}
	}
	return nil
}

// complete reports whether every value that was not erased is here: only then
// does a fold show all that the tables may show.
func (c *chainCheck) complete(erased map[erasure]bool) bool {
	for e := range c.absent {
		if !erased[e] {
			return false
		}
	}
	return true
}

// deviceKeys reads the keys of all streams.
func deviceKeys(ctx context.Context, q querier) (map[oplog.Device]ed25519.PublicKey, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, key FROM device")
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	out := map[oplog.Device]ed25519.PublicKey{}
	for rows.Next() {
		var id, key []byte
		if err := rows.Scan(&id, &key); err != nil {
			return nil, mapError(err)
		}
		if len(key) != ed25519.PublicKeySize || len(id) != 16 || oplog.DeviceOf(key) != oplog.Device(id) {
			return nil, fmt.Errorf("%w: a device's key is not its own", record.ErrDamaged)
		}
		out[oplog.Device(id)] = key
	}
	return out, mapError(rows.Err())
}
