package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"
	"slices"

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
	r := intake{}
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
	if err != nil {
		return Received{}, err
	}
	r.out.Change = db.announce(ctx, r.done, r.shown)
	return r.out, nil
}

// intake is one Receive under way.
type intake struct {
	keys  map[oplog.Device]ed25519.PublicKey
	out   Received
	done  []*oplog.Commit
	shown []record.Ref // rows of known commits that show more than before
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
	r.done = append(r.done, in.Commit)
	return t.unpark(in.Commit, r)
}

// notErased drops secrets of values that were erased here: an old bundle brings
// nothing back.
func (t *Tx) notErased(in Incoming) []oplog.Secret {
	return slices.DeleteFunc(slices.Clone(in.Secrets), func(s oplog.Secret) bool {
		o := &in.Commit.Ops[s.Op]
		return t.p.log.erased[erasure{o.Ref, o.DotOf(in.Commit.Hash.Prefix(), s.Op, s.Field)}]
	})
}

// park keeps a commit until its predecessor comes, with all values that were
// given along, however many times it comes.
func (t *Tx) park(in Incoming) error {
	known, err := t.parked("hash = ?", in.Commit.Hash[:])
	if err != nil {
		return err
	}
	for _, k := range known {
		in.Secrets = slices.Concat(k.Secrets, in.Secrets)
	}
	kept := t.notErased(in)
	slices.SortFunc(kept, compareSecrets)
	kept = slices.CompactFunc(kept, func(a, b oplog.Secret) bool { return compareSecrets(a, b) == 0 })
	var sealed []byte
	if len(kept) > 0 {
		sealed = t.db.box.sealSecrets(in.Commit.Hash, kept)
	}
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO parked (hash, prev, line, box) VALUES (?,?,?,?) ON CONFLICT (hash) DO UPDATE SET box = excluded.box",
		in.Commit.Hash[:], in.Commit.Prev[:], in.Commit.Line(), sealed)
	return mapError(err)
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
		var sealed []byte
		if kept := withoutDot(w.Commit, w.Secrets, dot); len(kept) > 0 {
			sealed = p.box.sealSecrets(w.Commit.Hash, kept)
		}
		if _, err := p.tx.ExecContext(p.ctx, "UPDATE parked SET box = ? WHERE hash = ?", sealed, w.Commit.Hash[:]); err != nil {
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
	added := map[record.Ref][]oplog.Secret{}
	for _, x := range t.notErased(Incoming{s.commit, secrets}) {
		if _, have := slices.BinarySearchFunc(s.secrets, x, compareSecrets); !have {
			ref := s.commit.Ops[x.Op].Ref
			added[ref] = append(added[ref], x)
			s.secrets = append(s.secrets, x)
			slices.SortFunc(s.secrets, compareSecrets)
		}
	}
	if len(added) == 0 {
		return nil
	}
	if err := writeSecrets(t.ctx, t.tx, t.db.box, s); err != nil {
		return err
	}
	for ref, values := range added {
		if err := t.p.reveal(ref, s.commit, values); err != nil {
			return err
		}
		r.shown = append(r.shown, ref)
	}
	return nil
}

func (p *projector) reveal(ref record.Ref, c *oplog.Commit, values []oplog.Secret) error {
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
	for _, x := range values {
		row.Reveal(c.Ops[x.Op].DotOf(c.Hash.Prefix(), x.Op, x.Field), x.Value)
	}
	if rec, err = p.project(t, ref, row); err != nil {
		return err
	}
	return p.updateRow(t, ref.ID, rec)
}
