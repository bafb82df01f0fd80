package store

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"errors"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Writer is who writes here: the device's key and the officer at the desk.
type Writer struct {
	Key     ed25519.PrivateKey
	Officer string
	// To are, at a province, the streams in which it speaks to its units, by unit: what is
	// said of a unit's row, or to it, goes there.
	To map[string]ed25519.PrivateKey
	// Home are machines whose register began under another unit than theirs now: what is
	// said of its rows goes on in the stream to that one, so that no other register of the unit hears
	// of rows it does not have.
	Home map[oplog.Device]string
}

// Commit runs each plan inside one writing transaction to learn the edits, adds
// them to the log and folds them into the tables; a later plan sees what an
// earlier one wrote, and all of it is one action. Nothing is said to
// be done before it is on the disk. An action too large for one commit becomes
// several, in the same transaction; undo takes them back together.
func (db *DB) Commit(ctx context.Context, w Writer, now int64, plans ...func(*Tx) ([]record.Edit, error)) (record.Change, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	done := newOutcome()
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		t.w, t.now, t.done = w, now, done
		for _, plan := range plans {
			edits, err := plan(t)
			if err != nil {
				return err
			}
			if err := t.commitAll(edits); err != nil {
				return err
			}
		}
		return nil
	})
	db.keepErased(err == nil, done)
	if err == nil {
		err = db.forgetErased(ctx, done)
	}
	if err != nil {
		return record.Change{}, err
	}
	return db.announce(ctx, done), nil
}

// Tx is what a plan may read: the state its edits will be based on.
type Tx struct {
	ctx  context.Context
	tx   *sql.Tx
	db   *DB
	p    *projector
	w    Writer
	now  int64
	done *outcome

	erasing map[record.Ref][]oplog.Dot // what the edits under way erase
}

func (db *DB) newTx(ctx context.Context, tx *sql.Tx) (*Tx, error) {
	if db.erased == nil {
		var err error
		if db.erased, err = readErased(ctx, tx); err != nil {
			return nil, err
		}
	}
	if db.members == nil {
		var err error
		if db.members, err = readMembers(ctx, tx); err != nil {
			return nil, err
		}
	}
	log := logReaderOf(ctx, tx, db.box, db.erased)
	log.rights, log.nouns = rightsOf(db.members), db.nouns
	p, err := newProjector(ctx, tx, log, db.box)
	return &Tx{ctx: ctx, tx: tx, db: db, p: p}, err
}

// maxEdits is how many edits one commit is tried with at most.
const maxEdits = 2048

func (t *Tx) commit(edits []record.Edit) error {
	if len(edits) == 0 {
		return nil
	}
	b, err := t.newBuilder()
	if err != nil {
		return err
	}
	if err := t.findErasures(edits); err != nil {
		return err
	}
	b.left = edits
	for len(b.left) > 0 {
		c, secrets, _, err := b.next()
		if err != nil {
			return err
		}
		if c == nil {
			continue
		}
		s, err := insertCommit(t.ctx, t.tx, t.db.box, c, secrets)
		if err == nil {
			err = t.p.apply(s)
		}
		if err != nil {
			return err
		}
		t.done.add(s)
	}
	return nil
}

func (t *Tx) newBuilder() (*builder, error) {
	author, err := t.author(t.w)
	return &builder{w: t.w, now: t.now, author: author, most: maxEdits, rowOf: t.foldedRow, erasures: t.addErasures}, err
}

// foldedRow is what is known of a row.
func (t *Tx) foldedRow(ref record.Ref) (*oplog.Row, error) {
	row, err := t.p.row(ref)
	if err != nil || row == nil {
		return nil, err
	}
	return row.Row, nil
}

// builder turns edits into commits, as many in one as it holds.
type builder struct {
	w        Writer
	now      int64
	author   oplog.Author
	left     []record.Edit
	most     int // edits of one commit, as far as is known
	rowOf    func(record.Ref) (*oplog.Row, error)
	erasures func(*oplog.Commit, []record.Edit) error
}

// next makes the next commit, of the edits it gives back; nil when they say nothing.
func (b *builder) next() (c *oplog.Commit, secrets []oplog.Secret, edits []record.Edit, err error) {
	n := min(b.most, len(b.left))
	for {
		c, secrets, err = b.build(b.left[:n])
		if !errors.Is(err, oplog.ErrTooLong) || n == 1 {
			break
		}
		n = (n + 1) / 2
		b.most = n // the next ones are about as long
	}
	edits, b.left = b.left[:n], b.left[n:]
	if err != nil || c == nil {
		return nil, nil, nil, err
	}
	b.author.N, b.author.Head, b.author.Time = c.N, c.Hash, c.Time
	return c, secrets, edits, nil
}

func (b *builder) build(edits []record.Edit) (*oplog.Commit, []oplog.Secret, error) {
	rows := make(map[record.Ref]*oplog.Row)
	for _, e := range edits {
		if e.New {
			continue
		}
		row, err := b.rowOf(e.Ref)
		if err != nil {
			return nil, nil, err
		}
		rows[e.Ref] = row
	}
	c, secrets, err := oplog.Build(b.author, b.now, edits, func(ref record.Ref) *oplog.Row { return rows[ref] }, rand.Reader)
	if err == nil {
		err = b.erasures(c, edits)
	}
	if err != nil || len(c.Ops) == 0 {
		return nil, nil, err
	}
	if encoded(edits) {
		return c, secrets, c.SealEncoded(b.w.Key)
	}
	return c, secrets, c.Seal(b.w.Key)
}

func encoded(edits []record.Edit) bool {
	for i := range edits {
		if !edits[i].Encoded() {
			return false
		}
	}
	return true
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

// NewestPlace is the place in the log of the last commit, 0 for none: as long as it stays,
// nothing was said.
func (db *DB) NewestPlace(ctx context.Context) (int64, error) { return newestPlace(ctx, db.read) }

// NewestPlace is the same inside a writing transaction.
func (t *Tx) NewestPlace() (int64, error) { return newestPlace(t.ctx, t.tx) }

func newestPlace(ctx context.Context, q querier) (int64, error) {
	var seq int64
	err := q.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM log").Scan(&seq)
	return seq, mapError(err)
}

// NewestTime is the greatest time any commit here carries, in Unix
// milliseconds: a PC clock before it is suspect.
func (db *DB) NewestTime(ctx context.Context) (int64, error) {
	var t sql.NullInt64
	err := db.read.QueryRowContext(ctx, "SELECT max(time) FROM log").Scan(&t)
	return t.Int64, mapError(err)
}
