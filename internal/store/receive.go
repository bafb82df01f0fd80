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
// up when it comes. A commit that its stream's key did not sign, or a secret
// that is not the promised one, refuses the whole.
func (db *DB) Receive(ctx context.Context, in []Incoming) (Received, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	var out Received
	var done []*oplog.Commit
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		keys, err := deviceKeys(ctx, tx)
		if err != nil {
			return err
		}
		for _, i := range in {
			if err := checkIncoming(keys, i); err != nil {
				return err
			}
			if err := t.receive(i, &out, &done); err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM parked").Scan(&out.Waiting)
	})
	if err != nil {
		return Received{}, err
	}
	out.Change = db.announce(ctx, done)
	return out, nil
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

func (t *Tx) receive(in Incoming, out *Received, done *[]*oplog.Commit) error {
	seq, err := t.p.log.seqOf(in.Commit.Hash.Prefix())
	if err != nil {
		return err
	}
	if seq != 0 {
		out.Known++
		return t.disclose(seq, in.Secrets)
	}
	if !in.Commit.Prev.IsZero() {
		if seq, err = t.p.log.seqOf(in.Commit.Prev.Prefix()); err != nil {
			return err
		}
		if seq == 0 {
			return t.park(in)
		}
	}
	s, err := insertCommit(t.ctx, t.tx, t.db.box, in.Commit, t.notErased(in))
	if err != nil {
		return err
	}
	if err := t.p.apply(s); err != nil {
		return err
	}
	out.Applied++
	*done = append(*done, in.Commit)
	return t.unpark(in.Commit.Hash, out, done)
}

// notErased drops secrets of values that were erased here: an old bundle brings
// nothing back.
func (t *Tx) notErased(in Incoming) []oplog.Secret {
	return slices.DeleteFunc(slices.Clone(in.Secrets), func(s oplog.Secret) bool {
		o := &in.Commit.Ops[s.Op]
		return t.p.log.erased[o.DotOf(in.Commit.Hash.Prefix(), s.Op, s.Field)]
	})
}

func (t *Tx) park(in Incoming) error {
	var sealed []byte
	if kept := t.notErased(in); len(kept) > 0 {
		sealed = t.db.box.sealSecrets(in.Commit.Hash, kept)
	}
	_, err := t.tx.ExecContext(t.ctx, "INSERT INTO parked (hash, prev, line, box) VALUES (?,?,?,?) ON CONFLICT (hash) DO UPDATE SET box = coalesce(excluded.box, box)",
		in.Commit.Hash[:], in.Commit.Prev[:], in.Commit.Line(), sealed)
	return mapError(err)
}

func (t *Tx) unpark(prev oplog.Hash, out *Received, done *[]*oplog.Commit) error {
	waiting, err := t.waitingFor(prev)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if _, err := t.tx.ExecContext(t.ctx, "DELETE FROM parked WHERE prev = ?", prev[:]); err != nil {
		return mapError(err)
	}
	for _, w := range waiting {
		if err := t.receive(w, out, done); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) waitingFor(prev oplog.Hash) ([]Incoming, error) {
	rows, err := t.tx.QueryContext(t.ctx, "SELECT line, box FROM parked WHERE prev = ? ORDER BY hash", prev[:])
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	var out []Incoming
	for rows.Next() {
		var line, sealed []byte
		if err := rows.Scan(&line, &sealed); err != nil {
			return nil, mapError(err)
		}
		c, err := oplog.ParseLine(line)
		if err != nil {
			return nil, err
		}
		in := Incoming{Commit: c}
		if sealed != nil {
			if in.Secrets, err = t.db.box.openSecrets(c.Hash, sealed); err != nil {
				return nil, err
			}
		}
		out = append(out, in)
	}
	return out, mapError(rows.Err())
}

// disclose adds secrets that came after their commit and shows their values.
func (t *Tx) disclose(seq int64, secrets []oplog.Secret) error {
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
