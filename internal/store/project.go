package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// projector folds operations into the nouns' tables through one transaction.
// The log it reads may live in another database than the tables it writes: that
// is how a rebuild is compared.
type projector struct {
	ctx     context.Context
	tx      *sql.Tx
	box     *box
	log     *logReader
	tables  map[string]*table
	mention *sql.Stmt
	refolds bool                    // a fold of the log as it is: log tables are not touched
	lessens map[int64]*storedCommit // commits of which values were dropped, not written yet
}

// table is one noun's projection with its statements.
type table struct {
	d      *record.Description
	width  int // described columns
	insert *sql.Stmt
	many   *sql.Stmt // inserts manyRows at once
	update *sql.Stmt
	load   *sql.Stmt
}

// manyRows is how many rows one statement inserts: half the time of as many
// statements, and no more room than one row of a sheet.
const manyRows = 40

func newProjector(ctx context.Context, tx *sql.Tx, log *logReader, b *box) (*projector, error) {
	p := &projector{ctx: ctx, tx: tx, box: b, log: log, tables: map[string]*table{}}
	for _, d := range log.nouns.list {
		p.tables[d.Name] = &table{d: d, width: len(d.Columns())}
	}
	return p, nil
}

func (p *projector) close() {
	if p.mention != nil {
		p.mention.Close()
	}
	for _, t := range p.tables {
		for _, s := range []*sql.Stmt{t.insert, t.many, t.update, t.load} {
			if s != nil {
				s.Close()
			}
		}
	}
}

// columnList is "kind, task, …" of a noun.
func columnList(d *record.Description) string {
	names := make([]string, 0, 40)
	for _, c := range d.Columns() {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

func (p *projector) prepared(stmt **sql.Stmt, query func() string) (*sql.Stmt, error) {
	if *stmt == nil {
		s, err := p.tx.PrepareContext(p.ctx, query())
		if err != nil {
			return nil, mapError(err)
		}
		*stmt = s
	}
	return *stmt, nil
}

// insertRow adds a row; false when there is one of this id.
func (p *projector) insertRow(t *table, id record.ID, rec *rowRecord) (bool, error) {
	s, err := p.prepared(&t.insert, func() string { return insertInto(t) + marksFor(t) + " ON CONFLICT DO NOTHING" })
	if err != nil {
		return false, err
	}
	res, err := s.ExecContext(p.ctx, rec.args(nil, id)...)
	if err != nil {
		return false, mapError(err)
	}
	n, err := res.RowsAffected()
	return n == 1, mapError(err)
}

func insertInto(t *table) string {
	return "INSERT INTO " + t.d.Name + " (id, state, sealed, flags, " + columnList(t.d) + ") VALUES "
}

func marksFor(t *table) string { return "(?,?,?,?" + strings.Repeat(",?", t.width) + ")" }

// args are a row's values in the order of insertInto, behind those of other rows.
func (r *rowRecord) args(to []any, id record.ID) []any {
	to = append(to, id[:], r.state, r.sealed, r.flags)
	return append(to, r.cols...)
}

// insertMany adds manyRows rows and reports which were there already. A plain
// INSERT would keep a journal of the statement, for taking all back at the first
// that is there.
func (p *projector) insertMany(t *table, rows []freshRow) (there []freshRow, err error) {
	s, err := p.prepared(&t.many, func() string {
		return strings.Replace(insertInto(t), "INSERT", "INSERT OR IGNORE", 1) + marksFor(t) + strings.Repeat(","+marksFor(t), manyRows-1)
	})
	if err != nil {
		return nil, err
	}
	args := make([]any, 0, manyRows*(4+t.width))
	for i := range rows {
		args = rows[i].rec.args(args, rows[i].id)
	}
	res, err := s.ExecContext(p.ctx, args...)
	if err != nil {
		return nil, mapError(err)
	}
	if n, err := res.RowsAffected(); err != nil || n == manyRows {
		return nil, mapError(err)
	}
	for _, r := range rows {
		have, ok, err := p.loadRow(t, r.id)
		if err != nil {
			return nil, err
		}
		if !ok || have.state != r.rec.state { // a state names its operation, as no other row's does
			there = append(there, r)
		}
	}
	return there, nil
}

func (p *projector) updateRow(t *table, id record.ID, rec *rowRecord) error {
	s, err := p.prepared(&t.update, func() string {
		return "UPDATE " + t.d.Name + " SET (state, sealed, flags, " + columnList(t.d) + ") = (?,?,?" + strings.Repeat(",?", t.width) + ") WHERE id = ?"
	})
	if err != nil {
		return err
	}
	args := append([]any{rec.state, rec.sealed, rec.flags}, rec.cols...)
	res, err := s.ExecContext(p.ctx, append(args, id[:])...)
	if err != nil {
		return mapError(err)
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return fmt.Errorf("%w: %d rows of %s changed, one expected (%v)", record.ErrDamaged, n, t.d.Name, err)
	}
	return nil
}

// loadRow reads a row; ok is false when there is none.
func (p *projector) loadRow(t *table, id record.ID) (rec *rowRecord, ok bool, err error) {
	s, err := p.prepared(&t.load, func() string {
		return "SELECT state, sealed, flags, " + columnList(t.d) + " FROM " + t.d.Name + " WHERE id = ?"
	})
	if err != nil {
		return nil, false, err
	}
	rec = &rowRecord{cols: make([]any, t.width)}
	dest := []any{&rec.state, &rec.sealed, &rec.flags}
	for i := range rec.cols {
		dest = append(dest, &rec.cols[i])
	}
	err = s.QueryRowContext(p.ctx, id[:]).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return rec, err == nil, mapError(err)
}

// row gives what is known of a row, for building a commit; nil when nothing is.
func (p *projector) row(ref record.Ref) (*foldedRow, error) {
	t := p.tables[ref.Noun]
	if t == nil {
		return nil, fmt.Errorf("%w: no noun %q", record.ErrInvalid, ref.Noun)
	}
	rec, ok, err := p.loadRow(t, ref.ID)
	if err != nil || !ok {
		return nil, err
	}
	return p.unproject(t, ref, rec)
}

// apply folds a commit that has just been added to the log. Rows that its
// operations make whole go into their tables together; before any other operation
// the rows before it are there.
func (p *projector) apply(s *storedCommit) error {
	p.log.remember(s)
	s.foreign = p.log.rights != nil && p.log.rights[s.commit.Device].Unit != ""
	if s.fresh == nil {
		rowMaker{p.box, p.log.nouns, p.log.erased}.make(s)
	}
	waiting := map[string][]freshRow{}
	for i := range s.commit.Ops {
		o := &s.commit.Ops[i]
		t := p.tables[o.Ref.Noun]
		switch {
		case t == nil || s.foreign && record.StaysHome(o.Ref.Noun): // a newer program's noun stays in the log until an upgrade folds it
			if err := p.erase(s, i); err != nil {
				return err
			}
		case s.fresh[i] != nil:
			w := append(waiting[t.d.Name], freshRow{i, o.Ref.ID, s.fresh[i]})
			if len(w) == manyRows {
				if err := p.insertFresh(t, s, w); err != nil {
					return err
				}
				w = w[:0]
			}
			waiting[t.d.Name] = w
		default:
			if err := p.insertWaiting(s, waiting); err != nil {
				return err
			}
			if err := p.applyOp(t, s, i); err != nil {
				return fmt.Errorf("%s: %w", o.Ref, err)
			}
		}
	}
	if err := p.insertWaiting(s, waiting); err != nil {
		return err
	}
	return p.writeLessened()
}

func (p *projector) insertWaiting(s *storedCommit, waiting map[string][]freshRow) error {
	for noun, rows := range waiting {
		if err := p.insertFresh(p.tables[noun], s, rows); err != nil {
			return err
		}
		waiting[noun] = rows[:0]
	}
	return nil
}

// insertFresh adds rows, together if there are many. One that is there already
// is merged with what it says.
func (p *projector) insertFresh(t *table, s *storedCommit, rows []freshRow) (err error) {
	var there []freshRow
	if len(rows) == manyRows {
		if there, err = p.insertMany(t, rows); err != nil {
			return err
		}
	} else {
		for _, r := range rows {
			inserted, err := p.insertRow(t, r.id, r.rec)
			if err != nil {
				return err
			}
			if !inserted {
				there = append(there, r)
			}
		}
	}
	for _, r := range there {
		s.fresh[r.op] = nil // it is not all there is of its row
		if err := p.applyOp(t, s, r.op); err != nil {
			return fmt.Errorf("%s/%s: %w", t.d.Name, r.id, err)
		}
	}
	return nil
}

func (p *projector) applyOp(t *table, s *storedCommit, i int) error {
	o := &s.commit.Ops[i]
	rec, exists, err := p.loadRow(t, o.Ref.ID)
	if err != nil {
		return err
	}
	row := &foldedRow{Row: oplog.NewRow(), seqs: map[oplog.Prefix]int64{}}
	if exists {
		if row, err = p.unproject(t, o.Ref, rec); err != nil {
			return err
		}
		if p.limited(t.d.Name) {
			if own, err := p.ofOwner(row, s); err != nil || !own {
				return errors.Join(err, p.sayAgain(t, o.Ref, row, spoken{s, i}))
			}
		}
	} else if !o.Single() {
		row.base = place{s.seq, int64(i)}
	}
	if row.base != (place{s.seq, int64(i)}) {
		if err := p.noteMention(o.Ref, s.seq); err != nil {
			return err
		}
	}
	if err := p.say(row, s, i, nil); err != nil {
		return err
	}
	if err := p.erase(s, i); err != nil {
		return err
	}
	if rec, err = p.project(t, o.Ref, row); err != nil {
		return err
	}
	if exists {
		return p.updateRow(t, o.Ref.ID, rec)
	}
	_, err = p.insertRow(t, o.Ref.ID, rec)
	return err
}

// noteMention notes that a commit speaks of a row it did not bring here.
func (p *projector) noteMention(ref record.Ref, seq int64) error {
	s, err := p.prepared(&p.mention, func() string { return "INSERT OR IGNORE INTO mention (id, seq) VALUES (?,?)" })
	if err != nil {
		return err
	}
	_, err = s.ExecContext(p.ctx, ref.ID[:], seq)
	return mapError(err)
}

// say folds an operation into its row, or what its author may say of it.
func (p *projector) say(row *foldedRow, s *storedCommit, i int, may func(field string) bool) error {
	row.seqs[s.commit.Hash.Prefix()] = s.seq
	var failed error
	row.Apply(s.commit, i, oplog.Source{
		Known: func(prefix oplog.Prefix) bool {
			seq, err := p.log.seqOf(prefix)
			if err != nil {
				failed = err
			}
			return seq != 0 && seq < s.seq
		},
		Erased: func(dot oplog.Dot) bool { return p.log.erased[erasure{s.commit.Ops[i].Ref, dot}] },
		Secret: func(_ *oplog.Commit, op int, field string) (record.Value, bool) { return s.secret(op, field) },
		May:    may,
	})
	for _, dot := range s.commit.Ops[i].Erased {
		counts, err := p.mayErase(s.commit.Device, dot)
		if err != nil {
			return err
		}
		if counts {
			row.Erase(dot)
		}
	}
	return failed
}

// erase forgets the values an operation erases: those of its own row.
func (p *projector) erase(s *storedCommit, i int) error {
	o := &s.commit.Ops[i]
	for _, dot := range o.Erased {
		counts, err := p.mayErase(s.commit.Device, dot)
		if err == nil && counts {
			err = p.eraseOne(erasure{o.Ref, dot}, s.commit.Device)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eraseOne forgets a value for ever, as a device said.
func (p *projector) eraseOne(at erasure, by oplog.Device) error {
	p.log.erased[at] = true
	if p.refolds {
		return nil
	}
	if _, err := p.tx.ExecContext(p.ctx, "INSERT OR IGNORE INTO erased (row, dot) VALUES (?,?)", at.row.String(), at.dot.String()); err != nil {
		return mapError(err)
	}
	return p.dropSecret(at.dot, at.row, by)
}

// dropSecret removes the value and its salt from its commit's box, which is written
// when the commit under way is folded. The page it stood on is overwritten
// (secure_delete).
func (p *projector) dropSecret(dot oplog.Dot, of record.Ref, by oplog.Device) error {
	seq, err := p.log.seqOf(dot.Commit)
	if err != nil {
		return err
	}
	if seq == 0 {
		return p.dropWaiting(dot, of, by)
	}
	s := p.lessens[seq]
	if s == nil {
		if s, err = p.log.at(seq); err != nil {
			return err
		}
	}
	if dot.Op < len(s.commit.Ops) && s.commit.Ops[dot.Op].Ref == of && s.forget(dot) {
		if p.lessens == nil {
			p.lessens = map[int64]*storedCommit{}
		}
		p.lessens[seq] = s
	}
	return nil
}

// writeLessened writes the boxes from which a commit took values: each once, however
// many values went.
func (p *projector) writeLessened() error {
	for _, s := range p.lessens {
		if err := writeSecrets(p.ctx, p.tx, p.box, s); err != nil {
			return err
		}
	}
	p.lessens = nil
	return nil
}

// refold empties the tables of the fold and folds the whole log again.
func (db *DB) refold(ctx context.Context, tx *sql.Tx, progress func(done, total int64)) error {
	for _, d := range record.Nouns() {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+d.Name); err != nil {
			return mapError(err)
		}
	}
	for _, table := range []string{"mention", "denied"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
			return mapError(err)
		}
	}
	log, err := db.newLogReader(ctx, tx)
	if err != nil {
		return err
	}
	_, err = foldAll(ctx, tx, tx, log, db.box, foldOptions{progress: progress})
	return err
}
