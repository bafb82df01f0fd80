package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Why a commit is held.
const (
	HeldUnknown = "unknown" // its machine is not on the list: nobody can tell who signed it
	HeldRevoked = "revoked" // it comes behind the last entry of a revoked machine
	HeldCut     = "cut"     // it comes before it, if that entry, which is not here yet, says so
)

// holds says why a commit has to wait, "" if it need not.
func (t *Tx) holds(c *oplog.Commit, r *intake) (why string, _ error) {
	if !r.listed(c.Device) {
		return HeldUnknown, nil
	}
	cut := r.members[c.Device].Cut
	if cut == nil || r.pass[c.Hash] {
		return "", nil
	}
	here, err := t.cutIsHere(cut)
	switch {
	case err != nil:
		return "", err
	case here || c.N > cut.N || c.N == cut.N && !slices.Contains(cut.ends(), c.Hash):
		return HeldRevoked, nil // had it stood before the cut, it would be here, too
	}
	r.cut[c.Device] = true
	return HeldCut, nil
}

func (t *Tx) cutIsHere(cut *Cut) (bool, error) {
	if cut.N == 0 {
		return true, nil
	}
	for _, end := range cut.ends() {
		if seq, err := t.p.log.seqOf(end.Prefix()); err != nil || seq == 0 {
			return false, err
		}
	}
	return true, nil
}

// hold keeps a commit with all values that were given along, however many times it
// comes. Of a machine nobody knows several may carry one hash and other signatures.
func (t *Tx) hold(in Incoming, why string, r *intake) error {
	c := in.Commit
	known, err := readLines(t.ctx, t.tx, t.p.box, "held WHERE hash = ? AND sig = ?", c.Hash[:], c.Sig[:])
	if err != nil {
		return err
	}
	s := &storedCommit{commit: c}
	if len(known) == 0 {
		if room, err := t.roomFor(c.Device, r); err != nil || !room {
			return err
		}
		r.out.Held++
	} else {
		s.join(t.notErased(known[0]))
	}
	s.join(t.notErased(in))
	_, err = t.tx.ExecContext(t.ctx, "INSERT INTO held (hash, sig, prev, device, n, why, line, box) VALUES (?,?,?,?,?,?,?,?)"+
		" ON CONFLICT (hash, sig) DO UPDATE SET why = excluded.why, box = excluded.box",
		c.Hash[:], c.Sig[:], c.Prev[:], c.Device[:], c.N, why, c.Line(), t.db.box.sealed(s))
	return mapError(err)
}

// maxHeldBytes bounds what machines nobody knows may fill the disk with.
const maxHeldBytes = 256 << 20

// roomFor reports whether one more commit of a machine may wait.
func (t *Tx) roomFor(d oplog.Device, r *intake) (bool, error) {
	if !r.counted {
		var bytes int64
		err := t.tx.QueryRowContext(t.ctx, "SELECT (SELECT count(*) FROM parked) + (SELECT count(*) FROM held)").Scan(&r.kept)
		if err == nil {
			err = t.tx.QueryRowContext(t.ctx, "SELECT coalesce(sum(length(line)), 0) FROM held").Scan(&bytes)
		}
		if err != nil {
			return false, mapError(err)
		}
		r.counted, r.heldBytes = true, bytes
	}
	if r.heldBytes > maxHeldBytes && !r.listed(d) {
		r.out.Dropped++
		return false, nil
	}
	if r.kept >= t.db.maxWaiting {
		if r.waiting == nil {
			if err := t.countWaiting(r); err != nil {
				return false, err
			}
		}
		if r.waiting[d] >= t.db.maxWaiting {
			r.out.Dropped++
			return false, nil
		}
	}
	r.kept++
	if r.waiting != nil {
		r.waiting[d]++
	}
	return true, nil
}

func (t *Tx) countWaiting(r *intake) error {
	r.waiting = map[oplog.Device]int64{}
	for _, from := range []string{"parked", "held"} {
		err := eachRow(t.ctx, t.tx, "SELECT line FROM "+from, func(row scanTarget) error {
			var line []byte
			if err := row.Scan(&line); err != nil {
				return err
			}
			c, err := oplog.ParseLine(line)
			if err == nil {
				r.waiting[c.Device]++
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// takeHeld takes held commits out of their table, each
// machine's in the order of its chain.
func (t *Tx) takeHeld(where string, args ...any) ([]Incoming, error) {
	list, err := readLines(t.ctx, t.tx, t.p.box, "held WHERE "+where, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Incoming) int { return cmp.Compare(a.Commit.N, b.Commit.N) })
	_, err = t.tx.ExecContext(t.ctx, "DELETE FROM held WHERE "+where, args...)
	return list, mapError(err)
}

// takeUpHeld tries again what is held: the list of machines is another.
func (t *Tx) takeUpHeld(r *intake) error {
	list, err := t.takeHeld("true")
	if err != nil {
		return err
	}
	held := len(list)
	for _, in := range list {
		if err := t.letIn(in, r); err != nil {
			return err
		}
	}
	r.out.Held = max(0, r.out.Held-held) // those that are held still are no news
	return nil
}

// letIn takes up a commit that waited. One that proves to be no part of the log goes: it
// must not keep honest ones out.
func (t *Tx) letIn(in Incoming, r *intake) error {
	if r.check(in) != nil {
		return nil
	}
	if !in.Commit.Prev.IsZero() {
		seq, err := t.p.log.seqOf(in.Commit.Prev.Prefix())
		if err != nil {
			return err
		}
		if seq > 0 {
			prev, err := t.p.log.at(seq)
			if err != nil {
				return err
			}
			if !in.Commit.Follows(prev.commit) {
				return nil
			}
		}
	} else if !in.Commit.Follows(nil) {
		return nil
	}
	return t.receive(in, r)
}

// ReleaseHeld lets in what is held of a revoked machine, as a person decided who looked
// at it.
func (db *DB) ReleaseHeld(ctx context.Context, d oplog.Device) (Received, error) {
	return db.take(ctx, func(t *Tx, r *intake) error {
		if !r.listed(d) {
			return record.Refuse(record.ErrNotTrusted,
				"Máy này chưa có trong danh sách máy đã đăng ký nên chưa kiểm tra được chữ ký; hãy nhận danh sách máy mới rồi làm lại.",
				"This machine is not on the list of enrolled ones, so its signature cannot be checked; take in a newer list and do it again.")
		}
		list, err := t.takeHeld("device = ?", d[:])
		if err != nil {
			return err
		}
		for _, in := range list {
			r.pass[in.Commit.Hash] = true
		}
		for _, in := range list {
			if err := t.letIn(in, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// settleCuts lets in what stands before the last entry of a revoked machine, if the chain
// up to it is whole by now. What is held beside it is behind it.
func (t *Tx) settleCuts(r *intake) error {
	for d := range r.cut {
		cut := r.members[d].Cut
		held, err := readLines(t.ctx, t.tx, t.p.box, "held WHERE device = ? AND why = ?", d[:], HeldCut)
		if err != nil {
			return err
		}
		all := true
		for _, end := range cut.ends() {
			chain, whole, err := t.chainTo(end, held)
			if err != nil {
				return err
			}
			if !whole {
				all = false
				continue
			}
			if err := t.passChain(chain, r); err != nil {
				return err
			}
		}
		if !all {
			continue
		}
		if _, err := t.tx.ExecContext(t.ctx, "UPDATE held SET why = ? WHERE device = ? AND why = ?", HeldRevoked, d[:], HeldCut); err != nil {
			return mapError(err)
		}
	}
	return nil
}

// passChain lets in commits that are held or wait, the first first.
func (t *Tx) passChain(chain []Incoming, r *intake) error {
	for _, in := range chain {
		r.pass[in.Commit.Hash] = true
		if _, err := t.takeHeld("hash = ?", in.Commit.Hash[:]); err != nil {
			return err
		}
		r.out.Held = max(0, r.out.Held-1)
		if err := t.letIn(in, r); err != nil {
			return err
		}
	}
	return nil
}

// chainTo is the chain from what is in the log to a commit, the first first, and whether
// it is whole.
func (t *Tx) chainTo(head oplog.Hash, held []Incoming) (chain []Incoming, whole bool, _ error) {
	at := map[oplog.Hash]Incoming{}
	for _, in := range held {
		at[in.Commit.Hash] = in
	}
	for !head.IsZero() {
		seq, err := t.p.log.seqOf(head.Prefix())
		if err != nil || seq > 0 {
			return chain, err == nil, err
		}
		in, here := at[head]
		if !here {
			waiting, err := t.parked("hash = ?", head[:]) // since before the machine was revoked
			if err != nil || len(waiting) == 0 {
				return nil, false, err
			}
			in = waiting[0]
		}
		chain = slices.Insert(chain, 0, in)
		head = in.Commit.Prev
	}
	return chain, true, nil
}

// dropWaiting removes an erased value from commits that still wait, if who erases it may.
func (p *projector) dropWaiting(dot oplog.Dot, of record.Ref, by oplog.Device) error {
	end := nextPrefix(dot.Commit)
	for _, table := range []string{"parked", "held"} {
		found, err := readLines(p.ctx, p.tx, p.box, table+" WHERE hash >= ? AND hash < ?", dot.Commit[:], end[:])
		if err != nil {
			return err
		}
		for _, w := range found {
			if dot.Op >= len(w.Commit.Ops) || w.Commit.Ops[dot.Op].Ref != of || !p.log.rights.MayErase(by, w.Commit.Device) {
				continue
			}
			s := &storedCommit{commit: w.Commit, secrets: w.Secrets}
			if !s.forget(dot) {
				continue
			}
			if _, err := p.tx.ExecContext(p.ctx, "UPDATE "+table+" SET box = ? WHERE hash = ?", p.box.sealed(s), w.Commit.Hash[:]); err != nil {
				return mapError(err)
			}
		}
	}
	return nil
}

// noteFork notes that a stream has another commit of the same number: a clone, proven.
func (t *Tx) noteFork(c *oplog.Commit, r *intake) error {
	var n int
	err := t.tx.QueryRowContext(t.ctx, "SELECT count(*) FROM log WHERE device = ? AND n = ?", c.Device[:], c.N).Scan(&n)
	if n > 0 {
		r.forked[c.Device] = true
	}
	return mapError(err)
}

// proveHeld checks what can be checked of held commits: hash, columns and values. Who
// signed those of a machine nobody knows is not known, and theirs only they can prove.
func (db *DB) proveHeld(ctx context.Context, q querier) error {
	keys, err := deviceKeys(ctx, q)
	if err != nil {
		return err
	}
	list, err := readLines(ctx, q, db.box, "held")
	if err != nil {
		return err
	}
	for _, in := range list {
		if err := checkSecrets(in); err != nil {
			return err
		}
	}
	return eachRow(ctx, q, "SELECT sig, device, n, why, line FROM held", func(row scanTarget) error {
		var sig, device, line []byte
		var n int64
		var why string
		if err := row.Scan(&sig, &device, &n, &why, &line); err != nil {
			return err
		}
		c, err := oplog.ParseLine(line)
		if err != nil {
			return err
		}
		known := why == HeldUnknown || why == HeldCut || why == HeldRevoked
		if !known || c.N != n || string(c.Device[:]) != string(device) || string(c.Sig[:]) != string(sig) {
			return fmt.Errorf("%w: a held commit is not what it was", record.ErrDamaged)
		}
		if why != HeldUnknown {
			return checkIncoming(keys, Incoming{Commit: c})
		}
		return nil
	})
}
