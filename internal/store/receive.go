package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Incoming is a commit from elsewhere with the secrets given along.
type Incoming struct {
	Commit  *oplog.Commit
	Secrets []oplog.Secret
}

// Received says what became of incoming commits.
type Received struct {
	Applied int // now in the log, earlier parked ones included
	Known   int
	Waiting int // all that wait for a predecessor now
	Change  record.Change
}

// AddDevice makes a stream's key known, so that its commits are accepted.
func (db *DB) AddDevice(ctx context.Context, key ed25519.PublicKey) error {
	d := oplog.DeviceOf(key)
	return db.tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO device (id, key) VALUES (?,?)", d[:], []byte(key))
		return err
	})
}

// Receive adds commits from elsewhere, in any order, in one transaction: known
// ones change nothing, those whose predecessor is missing are parked and taken
// up when it comes. A commit that its stream's key did not sign or that does not
// follow the one it names, or a secret that is not the promised one, refuses the
// whole.
func (db *DB) Receive(ctx context.Context, in []Incoming) (Received, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	r := intake{done: newOutcome()}
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		if r.keys, err = deviceKeys(ctx, tx); err != nil {
			return err
		}
		for _, i := range in {
			if err := checkIncoming(r.keys, i); err != nil {
				return err
			}
			if err := t.receive(i, &r); err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM parked").Scan(&r.out.Waiting)
	})
	db.keepErased(err == nil, r.done)
	if err != nil {
		return Received{}, err
	}
	r.out.Change = db.announce(ctx, r.done)
	return r.out, nil
}

// intake is one Receive under way.
type intake struct {
	keys map[oplog.Device]ed25519.PublicKey
	out  Received
	done *outcome
}

func checkIncoming(keys map[oplog.Device]ed25519.PublicKey, in Incoming) error {
	key, ok := keys[in.Commit.Device]
	if !ok {
		return record.Refuse(record.ErrNotTrusted,
			"Gói có mục ghi từ một máy chưa được đăng ký; chưa nhận gì.",
			"The bundle holds entries of a device that is not registered; nothing was taken in.")
	}
	if err := in.Commit.Verify(key); err != nil {
		return err
	}
	for i := range in.Secrets {
		if !in.Secrets[i].Opens(in.Commit) {
			return fmt.Errorf("%w: a value given with commit %d is not what was promised", record.ErrNotTrusted, in.Commit.N)
		}
	}
	return nil
}

func (t *Tx) receive(in Incoming, r *intake) error {
	seq, err := t.p.log.seqOf(in.Commit.Hash.Prefix())
	if err != nil {
		return err
	}
	if seq != 0 {
		r.out.Known++
		return t.disclose(seq, in.Secrets, r)
	}
	var prev *oplog.Commit
	if !in.Commit.Prev.IsZero() {
		if seq, err = t.p.log.seqOf(in.Commit.Prev.Prefix()); err != nil {
			return err
		}
		if seq == 0 {
			return t.park(in)
		}
		s, err := t.p.log.at(seq)
		if err != nil {
			return err
		}
		prev = s.commit
	}
	if !in.Commit.Follows(prev) {
		return fmt.Errorf("%w: commit %d of %s does not follow the one it names", record.ErrNotTrusted, in.Commit.N, in.Commit.Device)
	}
	s, err := insertCommit(t.ctx, t.tx, t.db.box, in.Commit, t.notErased(in))
	if err != nil {
		return err
	}
	if err := t.p.apply(s); err != nil {
		return err
	}
	r.out.Applied++
	r.done.add(s)
	return t.unpark(in.Commit, r)
}

// notErased drops values that were erased here: an old bundle brings nothing back.
func (t *Tx) notErased(in Incoming) []oplog.Secret {
	out := make([]oplog.Secret, len(in.Secrets))
	for i := range in.Secrets {
		x := &in.Secrets[i]
		o := &in.Commit.Ops[x.Op]
		out[i] = x.Without(func(field string) bool {
			return t.p.log.erased[erasure{o.Ref, o.DotOf(in.Commit.Hash.Prefix(), x.Op, field)}]
		})
	}
	return out
}

// park keeps a commit until its predecessor comes, with all values that were
// given along, however many times it comes.
func (t *Tx) park(in Incoming) error {
	known, err := t.parked("hash = ?", in.Commit.Hash[:])
	if err != nil {
		return err
	}
	s := &storedCommit{commit: in.Commit}
	for _, k := range known {
		s.join(t.notErased(k))
	}
	s.join(t.notErased(in))
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO parked (hash, prev, line, box) VALUES (?,?,?,?) ON CONFLICT (hash) DO UPDATE SET box = excluded.box",
		in.Commit.Hash[:], in.Commit.Prev[:], in.Commit.Line(), t.db.box.sealed(s))
	return mapError(err)
}

// sealed are the secrets of a commit in their box, nil when there are none.
func (b *box) sealed(s *storedCommit) []byte {
	if len(s.secrets) == 0 {
		return nil
	}
	return b.sealSecrets(s.commit.Hash, s.secrets)
}

// unpark takes up what waited for a commit. What does not follow it after all
// is dropped: it must not keep the honest predecessor out.
func (t *Tx) unpark(prev *oplog.Commit, r *intake) error {
	waiting, err := t.parked("prev = ?", prev.Hash[:])
	if err != nil || len(waiting) == 0 {
		return err
	}
	if _, err := t.tx.ExecContext(t.ctx, "DELETE FROM parked WHERE prev = ?", prev.Hash[:]); err != nil {
		return mapError(err)
	}
	for _, w := range waiting {
		if checkIncoming(r.keys, w) != nil || !w.Commit.Follows(prev) {
			continue
		}
		if err := t.receive(w, r); err != nil {
			return err
		}
	}
	return nil
}

// dropParked removes an erased value from a commit that still waits.
func (p *projector) dropParked(dot oplog.Dot, of record.Ref) error {
	t := &Tx{ctx: p.ctx, tx: p.tx, p: p}
	end := nextPrefix(dot.Commit)
	found, err := t.parked("hash >= ? AND hash < ?", dot.Commit[:], end[:])
	if err != nil {
		return err
	}
	for _, w := range found {
		if dot.Op >= len(w.Commit.Ops) || w.Commit.Ops[dot.Op].Ref != of {
			continue
		}
		s := &storedCommit{commit: w.Commit, secrets: w.Secrets}
		if !s.forget(dot) {
			continue
		}
		if _, err := p.tx.ExecContext(p.ctx, "UPDATE parked SET box = ? WHERE hash = ?", p.box.sealed(s), w.Commit.Hash[:]); err != nil {
			return mapError(err)
		}
	}
	return nil
}

func (t *Tx) parked(where string, args ...any) ([]Incoming, error) {
	return readParked(t.ctx, t.tx, t.p.box, " WHERE "+where, args...)
}

func readParked(ctx context.Context, q querier, b *box, where string, args ...any) ([]Incoming, error) {
	rows, err := q.QueryContext(ctx, "SELECT hash, prev, line, box FROM parked"+where+" ORDER BY hash", args...)
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	var out []Incoming
	for rows.Next() {
		var hash, prev, line, sealed []byte
		if err := rows.Scan(&hash, &prev, &line, &sealed); err != nil {
			return nil, mapError(err)
		}
		c, err := oplog.ParseLine(line)
		if err != nil {
			return nil, err
		}
		if string(hash) != string(c.Hash[:]) || string(prev) != string(c.Prev[:]) {
			return nil, fmt.Errorf("%w: a waiting commit is not what it was", record.ErrDamaged)
		}
		in := Incoming{Commit: c}
		if sealed != nil {
			if in.Secrets, err = b.openSecrets(c.Hash, sealed); err != nil {
				return nil, err
			}
		}
		out = append(out, in)
	}
	return out, mapError(rows.Err())
}

// disclose adds secrets that came after their commit and shows their values.
func (t *Tx) disclose(seq int64, secrets []oplog.Secret, r *intake) error {
	if len(secrets) == 0 {
		return nil
	}
	s, err := t.p.log.at(seq)
	if err != nil {
		return err
	}
	more := s.join(t.notErased(Incoming{s.commit, secrets}))
	if len(more) == 0 {
		return nil
	}
	if err := writeSecrets(t.ctx, t.tx, t.db.box, s); err != nil {
		return err
	}
	for _, op := range more {
		i, _ := s.find(op)
		if err := t.p.reveal(s.commit, &s.secrets[i]); err != nil {
			return err
		}
		r.done.show(s.commit.Ops[op].Ref)
	}
	return nil
}

func (p *projector) reveal(c *oplog.Commit, x *oplog.Secret) error {
	ref := c.Ops[x.Op].Ref
	t := p.tables[ref.Noun]
	if t == nil {
		return nil
	}
	rec, ok, err := p.loadRow(t, ref.ID)
	if err != nil || !ok {
		return err
	}
	row, err := p.unproject(t, ref, rec)
	if err != nil {
		return err
	}
	for _, h := range x.Fields {
		if h.Known {
			row.Reveal(c.Ops[x.Op].DotOf(c.Hash.Prefix(), x.Op, h.Field), h.Value)
		}
	}
	if rec, err = p.project(t, ref, row); err != nil {
		return err
	}
	return p.updateRow(t, ref.ID, rec)
}
