package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
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
	Applied int // now in the log, earlier parked and held ones included
	Known   int
	Waiting int // all that wait for a predecessor now
	Held    int // of these: kept until their machine is known, or a person lets them in
	Denied  int // operations now in the log that their author had no right to, at least in part
	Forked  int // streams of which two entries with one number are here, seen now: a clone
	Dropped int // not kept, since too many of their machine wait already: see TooManyWait
	Change  record.Change
}

// TooManyWait is the sentence to Received.Dropped.
var TooManyWait = record.Words{
	VI: "Một máy có quá nhiều mục ghi đang chờ nên phần còn lại chưa được giữ; không mất gì, gói sau sẽ mang lại. Hãy kiểm tra máy đó đã được đăng ký chưa và đã nhận đủ các gói trước chưa.",
	EN: "Too many entries of one machine wait already, so the rest was not kept; nothing is lost, a later bundle brings it again. Check that the machine is enrolled and that its earlier bundles have come.",
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
// up when it comes. Those of a machine that is not on the list, or that come behind
// the last entry of a revoked one, are held; they keep nothing else out. A commit that
// its stream's key did not sign or that does not follow the one it names, or a secret
// that is not the promised one, refuses the whole.
func (db *DB) Receive(ctx context.Context, in []Incoming) (Received, error) {
	return db.take(ctx, func(t *Tx, r *intake) error {
		for _, i := range in {
			if err := r.check(i); err != nil {
				return err
			}
			if err := t.receive(i, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// take runs what adds to the log, in one transaction, and tells what came of it.
func (db *DB) take(ctx context.Context, add func(*Tx, *intake) error) (Received, error) {
	db.commitMu.Lock()
	defer db.commitMu.Unlock()
	r := &intake{done: newOutcome(), pass: map[oplog.Hash]bool{}, forked: map[oplog.Device]bool{}, cut: map[oplog.Device]bool{}}
	err := db.tx(ctx, func(tx *sql.Tx) error {
		t, err := db.newTx(ctx, tx)
		if err != nil {
			return err
		}
		defer t.p.close()
		before, err := newestPlace(ctx, tx)
		if err == nil {
			err = t.readMembers(r)
		}
		if err == nil {
			err = add(t, r)
		}
		if err == nil {
			err = t.settleCuts(r)
		}
		if err == nil {
			err = tx.QueryRowContext(ctx, "SELECT count(*) FROM denied WHERE seq > ?", before).Scan(&r.out.Denied)
		}
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM parked").Scan(&r.out.Waiting)
	})
	db.keepErased(err == nil, r.done)
	if err == nil {
		err = db.forgetErased(ctx, r.done)
	}
	if err != nil {
		db.members = nil
		return Received{}, err
	}
	r.out.Forked = len(r.forked)
	r.out.Change = db.announce(ctx, r.done)
	return r.out, nil
}

// intake is what is under way of one call.
type intake struct {
	keys      map[oplog.Device]ed25519.PublicKey
	members   map[oplog.Device]Member
	pass      map[oplog.Hash]bool   // held ones that were let in
	cut       map[oplog.Device]bool // revoked machines of which something may have to be let in
	forked    map[oplog.Device]bool
	waiting   map[oplog.Device]int64 // how many of a machine wait, once that is near the limit
	kept      int64                  // all that wait, counted at first need
	counted   bool
	heldBytes int64
	out       Received
	done      *outcome
}

// listed reports whether a machine may speak here.
func (r *intake) listed(d oplog.Device) bool {
	if len(r.members) == 0 {
		return r.keys[d] != nil
	}
	_, ok := r.members[d]
	return ok
}

// check proves what can be proved of a commit: of a machine nobody knows not its signature.
func (r *intake) check(in Incoming) error {
	if r.listed(in.Commit.Device) {
		return checkIncoming(r.keys, in)
	}
	if oplog.HashLine(in.Commit.Raw) != in.Commit.Hash {
		return fmt.Errorf("%w: commit %d of %s", record.ErrDamaged, in.Commit.N, in.Commit.Device)
	}
	return checkSecrets(in)
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
	return checkSecrets(in)
}

func checkSecrets(in Incoming) error {
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
	if why, err := t.holds(in.Commit, r); err != nil || why != "" {
		return errors.Join(err, t.hold(in, why, r))
	}
	var prev *oplog.Commit
	if !in.Commit.Prev.IsZero() {
		if seq, err = t.p.log.seqOf(in.Commit.Prev.Prefix()); err != nil {
			return err
		}
		if seq == 0 {
			return t.park(in, r)
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
	if err := t.noteFork(in.Commit, r); err != nil {
		return err
	}
	if err := t.dropClaims(in.Commit); err != nil {
		return err
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
func (t *Tx) park(in Incoming, r *intake) error {
	known, err := t.parked("hash = ?", in.Commit.Hash[:])
	if err != nil {
		return err
	}
	if len(known) == 0 {
		if room, err := t.roomFor(in.Commit.Device, r); err != nil || !room {
			return err
		}
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
		if r.check(w) != nil || !w.Commit.Follows(prev) {
			continue
		}
		if err := t.receive(w, r); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) parked(where string, args ...any) ([]Incoming, error) {
	return readParked(t.ctx, t.tx, t.p.box, " WHERE "+where, args...)
}

func readParked(ctx context.Context, q querier, b *box, where string, args ...any) ([]Incoming, error) {
	return readLines(ctx, q, b, "parked"+where, args...)
}

// readLines reads commits that wait, from one of the tables of such.
func readLines(ctx context.Context, q querier, b *box, from string, args ...any) ([]Incoming, error) {
	rows, err := q.QueryContext(ctx, "SELECT hash, prev, line, box FROM "+from+" ORDER BY hash", args...)
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
