package store

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Writer is who writes here: the device's key and the officer at the desk.
type Writer struct {
	Key     ed25519.PrivateKey
	Officer string
}

// Commit runs each plan inside one writing transaction to learn the edits, adds
// them to the log and folds them into the tables; a later plan sees what an
// earlier one wrote, and all of it is one action. Nothing is said to
// be done before it is on the disk. An action too large for one commit becomes
// several, in the same transaction; undo takes them back together.
func (db *DB) Commit(ctx context.Context, w Writer, now int64, plans ...func(*Tx) ([]record.Edit, error)) (record.Change, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	var done []*oplog.Commit
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		for _, plan := range plans {
			edits, err := plan(t)
			if err != nil {
				return err
			}
			more, err := t.commit(w, now, edits)
			if err != nil {
				return err
			}
			done = append(done, more...)
		}
		return nil
	})
	if err == nil {
		err = db.forgetErased(ctx, done)
	}
	if err != nil {
		return record.Change{}, err
	}
	return db.announce(ctx, done, nil), nil
}

// Tx is what a plan may read: the state its edits will be based on.
type Tx struct {
	ctx context.Context
	tx  *sql.Tx
	db  *DB
	p   *projector
}

func (db *DB) newTx(ctx context.Context, tx *sql.Tx) (*Tx, error) {
	log, err := newLogReader(ctx, tx, db.box)
	if err != nil {
		return nil, err
	}
	p, err := newProjector(ctx, tx, log, db.box)
	return &Tx{ctx: ctx, tx: tx, db: db, p: p}, err
}

func (t *Tx) commit(w Writer, now int64, edits []record.Edit) ([]*oplog.Commit, error) {
	author, err := t.author(w)
	if err != nil {
		return nil, err
	}
	var done []*oplog.Commit
	for len(edits) > 0 {
		n := len(edits)
		var c *oplog.Commit
		for {
			c, err = t.commitPart(author, w, now, edits[:n])
			if !errors.Is(err, oplog.ErrTooLong) || n == 1 {
				break
			}
			n = (n + 1) / 2
		}
		if err != nil {
			return nil, err
		}
		if c != nil {
			author.N, author.Head, author.Time = c.N, c.Hash, c.Time
			done = append(done, c)
		}
		edits = edits[n:]
	}
	return done, nil
}

// commitPart makes one commit; nil when the edits say nothing.
func (t *Tx) commitPart(a oplog.Author, w Writer, now int64, edits []record.Edit) (*oplog.Commit, error) {
	rows := make(map[record.Ref]*oplog.Row, len(edits))
	for _, e := range edits {
		if e.New {
			continue
		}
		row, err := t.p.row(e.Ref)
		if err != nil {
			return nil, err
		}
		if row != nil {
			rows[e.Ref] = row.Row
		}
	}
	c, secrets, err := oplog.Build(a, now, edits, func(ref record.Ref) *oplog.Row { return rows[ref] }, rand.Reader)
	if err == nil {
		err = t.addErasures(c, edits)
	}
	if err != nil || len(c.Ops) == 0 {
		return nil, err
	}
	if err := c.Seal(w.Key); err != nil {
		return nil, err
	}
	s, err := insertCommit(t.ctx, t.tx, t.db.box, c, secrets)
	if err != nil {
		return nil, err
	}
	return c, t.p.apply(s)
}

// author is the stream's state after its last commit here.
func (t *Tx) author(w Writer) (oplog.Author, error) {
	pub := w.Key.Public().(ed25519.PublicKey)
	a := oplog.Author{Device: oplog.DeviceOf(pub), Officer: w.Officer}
	if _, err := t.tx.ExecContext(t.ctx, "INSERT OR IGNORE INTO device (id, key) VALUES (?,?)", a.Device[:], []byte(pub)); err != nil {
		return a, mapError(err)
	}
	h, err := streamHead(t.ctx, t.tx, a.Device)
	a.N, a.Head, a.Time = h.N, h.Hash, h.Time
	return a, err
}

// Head is the last commit of a stream.
type Head struct {
	N    int64
	Hash oplog.Hash
	Time int64
}

func streamHead(ctx context.Context, q querier, d oplog.Device) (Head, error) {
	var h Head
	var hash []byte
	err := q.QueryRowContext(ctx, "SELECT n, hash, time FROM log WHERE device = ? ORDER BY n DESC, seq DESC LIMIT 1", d[:]).Scan(&h.N, &hash, &h.Time)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	copy(h.Hash[:], hash)
	return h, mapError(err)
}

// StreamHead is the last commit of a stream, zero when it has none.
func (db *DB) StreamHead(ctx context.Context, d oplog.Device) (Head, error) {
	return streamHead(ctx, db.read, d)
}

// NewestTime is the greatest time any commit here carries, in Unix
// milliseconds: a PC clock before it is suspect.
func (db *DB) NewestTime(ctx context.Context) (int64, error) {
	var t sql.NullInt64
	err := db.read.QueryRowContext(ctx, "SELECT max(time) FROM log").Scan(&t)
	return t.Int64, mapError(err)
}

// announce says which nouns commits touched and keeps the name search in step.
// shown are further rows that show something else than before.
func (db *DB) announce(ctx context.Context, commits []*oplog.Commit, shown []record.Ref) record.Change {
	var batch []string
	touched := slices.Clone(shown)
	for _, c := range commits {
		batch = append(batch, hex.EncodeToString(c.Hash[:]))
		for i := range c.Ops {
			touched = append(touched, c.Ops[i].Ref)
		}
	}
	ch := record.Change{Batch: strings.Join(batch, "+")}
	for _, ref := range touched {
		if !slices.Contains(ch.Nouns, ref.Noun) {
			ch.Nouns = append(ch.Nouns, ref.Noun)
		}
	}
	slices.Sort(ch.Nouns)
	db.names.touch(ctx, touched)
	return ch
}
