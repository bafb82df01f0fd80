package store

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
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

// Commit runs plan inside the writing transaction to learn the edits, adds them
// to the log as one action and folds them into the tables. Nothing is said to
// be done before it is on the disk. An action too large for one commit becomes
// several, in the same transaction; undo takes them back together.
func (db *DB) Commit(ctx context.Context, w Writer, now int64, plan func(*Tx) ([]record.Edit, error)) (record.Change, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	var done []*oplog.Commit
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		edits, err := plan(t)
		if err != nil || len(edits) == 0 {
			return err
		}
		done, err = t.commit(w, now, edits)
		return err
	})
	if err != nil {
		return record.Change{}, err
	}
	return db.announce(ctx, done), nil
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
		author.N, author.Head, author.Time = c.N, c.Hash, c.Time
		done, edits = append(done, c), edits[n:]
	}
	return done, nil
}

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
	if err != nil {
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
func (db *DB) announce(ctx context.Context, commits []*oplog.Commit) record.Change {
	var ch record.Change
	var batch []string
	for _, c := range commits {
		batch = append(batch, hex.EncodeToString(c.Hash[:]))
		for i := range c.Ops {
			if noun := c.Ops[i].Ref.Noun; !slices.Contains(ch.Nouns, noun) {
				ch.Nouns = append(ch.Nouns, noun)
			}
			db.names.touch(ctx, c.Ops[i].Ref)
		}
	}
	slices.Sort(ch.Nouns)
	ch.Batch = strings.Join(batch, "+")
	return ch
}

// Undo plans the edits that take a batch back: rows it made go, fields it
// replaced get their former value, rows it deleted return. What was edited after
// the batch stays as it is.
func (t *Tx) Undo(batch string) ([]record.Edit, error) {
	var edits []record.Edit
	parts := strings.Split(batch, "+")
	slices.Reverse(parts)
	for _, part := range parts {
		hash, err := oplog.ParseHash(part)
		if err != nil {
			return nil, noBatch(err)
		}
		seq, err := t.p.log.seqOf(hash.Prefix())
		if err != nil {
			return nil, err
		}
		if seq == 0 {
			return nil, noBatch(fmt.Errorf("batch %.80q", batch))
		}
		s, err := t.p.log.at(seq)
		if err != nil {
			return nil, err
		}
		for i := len(s.commit.Ops) - 1; i >= 0; i-- {
			e, ok, err := t.undoOp(s, i)
			if err != nil {
				return nil, err
			}
			if ok {
				edits = append(edits, e)
			}
		}
	}
	return edits, nil
}

func noBatch(cause error) error {
	return record.Refuse(record.ErrNotFound, "Không tìm thấy thao tác cần hoàn tác.", "The action to undo was not found.").Because(cause)
}

func (t *Tx) undoOp(s *storedCommit, i int) (record.Edit, bool, error) {
	o := &s.commit.Ops[i]
	e := record.Edit{Ref: o.Ref}
	row, err := t.p.row(o.Ref)
	if err != nil || row == nil {
		return e, false, err
	}
	if o.Cells[0].Field == oplog.FieldDeleted {
		e.Revive, e.Delete = o.Cells[0].Value == "true", o.Cells[0].Value != "true"
		return e, true, nil
	}
	made, err := t.madeHere(s, i)
	if err != nil {
		return e, false, err
	}
	if made {
		gone, _ := row.Deleted()
		later := t.editedLater(row, s, i)
		e.Delete = true
		return e, !gone && !later, nil
	}
	e.Set, err = t.former(row, s, i)
	return e, len(e.Set) > 0, err
}

// madeHere reports whether the row did not exist before the operation.
func (t *Tx) madeHere(s *storedCommit, i int) (bool, error) {
	o := &s.commit.Ops[i]
	if o.Single() || len(o.Over) > 0 {
		return false, nil
	}
	rec, ok, err := t.p.loadRow(t.p.tables[o.Ref.Noun], o.Ref.ID)
	if err != nil || !ok {
		return false, err
	}
	st, err := parseRowState(rec.state)
	return err == nil && st.base == place{s.seq, int64(i)}, err
}

// editedLater reports whether someone changed a row after an operation made it.
func (t *Tx) editedLater(row *foldedRow, s *storedCommit, i int) bool {
	for _, field := range row.Fields() {
		for _, h := range row.Cells[field] {
			own := h.Dot.Commit == s.commit.Hash.Prefix() && h.Dot.Op == i
			if !own && field[0] != '_' {
				return true
			}
		}
	}
	return false
}

// former are the values an operation replaced, for the fields that still show
// what it wrote.
func (t *Tx) former(row *foldedRow, s *storedCommit, i int) (map[string]record.Value, error) {
	o := &s.commit.Ops[i]
	out := map[string]record.Value{}
	for k := range o.Cells {
		field := o.Cells[k].Field
		heads := row.Cells[field]
		if len(heads) != 1 || heads[0].Dot != o.DotOf(s.commit.Hash.Prefix(), i, field) {
			continue
		}
		v, err := t.replaced(o, field)
		if err != nil {
			return nil, err
		}
		out[field] = v
	}
	return out, nil
}

// replaced is the value of a field that an operation replaced, Null when it had none.
func (t *Tx) replaced(o *oplog.Op, field string) (record.Value, error) {
	best := oplog.Head{Value: record.Null}
	for _, dot := range o.Over {
		if dot.Field != "" && dot.Field != field {
			continue
		}
		seq, err := t.p.log.seqOf(dot.Commit)
		if err != nil {
			return "", err
		}
		if seq == 0 {
			continue
		}
		s, err := t.p.log.at(seq)
		if err != nil {
			return "", err
		}
		if dot.Op >= len(s.commit.Ops) || (dot.Field == "" && s.commit.Ops[dot.Op].Cells[0].Field != field) {
			continue
		}
		h := oplog.Head{Dot: dot, Time: s.commit.Time, Device: s.commit.Device}
		if err := t.p.log.lookUp(place{seq, int64(dot.Op)}, field, &h); err != nil {
			return "", err
		}
		if !h.Withheld && h.Time >= best.Time {
			best = h
		}
	}
	return best.Value, nil
}
