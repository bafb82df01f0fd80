package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// limited reports whether what may be said of the rows of a noun hangs on whose they are.
func (p *projector) limited(noun string) bool { return p.log.rights != nil && !record.Shared(noun) }

// ofOwner reports whether a commit's author is of the unit whose row it is, as far as
// the row's base tells: it is always an operation of the owner.
func (p *projector) ofOwner(row *foldedRow, s *storedCommit) (bool, error) {
	if row.base[0] == 0 {
		return false, nil
	}
	m, err := p.log.meta(row.base[0])
	return err == nil && p.log.rights[m.device].Unit == p.log.rights[s.commit.Device].Unit, err
}

// spoken is an operation on a row with its place in the log.
type spoken struct {
	s  *storedCommit
	op int
}

func (x spoken) at() place { return place{x.s.seq, int64(x.op)} }

// allSaid are the operations on a row up to one of them, in the order of the log.
func (p *projector) allSaid(ref record.Ref, base place, last spoken) ([]spoken, error) {
	seqs := []int64{last.s.seq}
	if base[0] > 0 {
		seqs = append(seqs, base[0])
	}
	err := eachRow(p.ctx, p.tx, "SELECT seq FROM mention WHERE id = ?", func(row scanTarget) error {
		var seq int64
		err := row.Scan(&seq)
		seqs = append(seqs, seq)
		return err
	}, ref.ID[:])
	if err != nil {
		return nil, err
	}
	slices.Sort(seqs)
	var out []spoken
	for _, seq := range slices.Compact(seqs) {
		s, err := p.log.at(seq)
		if err != nil {
			return nil, err
		}
		for i := range s.commit.Ops {
			if s.commit.Ops[i].Ref == ref && (seq != last.s.seq || i <= last.op) {
				out = append(out, spoken{s, i})
			}
		}
	}
	return out, nil
}

func ownerOf(rights oplog.Rights, all []spoken) string {
	said := make([]oplog.Spoken, len(all))
	for i, x := range all {
		said[i] = oplog.Spoken{Commit: x.s.commit, Op: x.op}
	}
	return rights.Owner(said)
}

// sayAgain folds a row anew from the log, up to an operation that may have changed whose
// it is, or that may say only a part of what it says.
func (p *projector) sayAgain(t *table, ref record.Ref, old *foldedRow, last spoken) error {
	for _, seq := range []int64{old.base[0], last.s.seq} { // the base may become another
		if seq > 0 {
			if err := p.noteMention(ref, seq); err != nil {
				return err
			}
		}
	}
	all, err := p.allSaid(ref, old.base, last)
	if err != nil {
		return err
	}
	rights, owner := p.log.rights, ownerOf(p.log.rights, all)
	row := &foldedRow{Row: oplog.NewRow(), seqs: map[oplog.Prefix]int64{}}
	first := true
	for _, x := range all {
		device := x.s.commit.Device
		if first && rights[device].Unit == owner {
			if first = false; !x.s.commit.Ops[x.op].Single() {
				row.base = x.at()
			}
		}
		may := func(field string) bool { return rights.May(device, owner, ref.Noun, field) }
		if err := p.say(row, x.s, x.op, may); err != nil {
			return err
		}
		if err := p.noteDenied(x, owner); err != nil {
			return err
		}
	}
	if err := p.erase(last.s, last.op); err != nil {
		return err
	}
	rec, err := p.project(t, ref, row)
	if err != nil {
		return err
	}
	return p.updateRow(t, ref.ID, rec)
}

// noteDenied notes an operation all or a part of which was left out, or forgets it.
func (p *projector) noteDenied(x spoken, owner string) error {
	o := &x.s.commit.Ops[x.op]
	query, args := "DELETE FROM denied WHERE seq = ? AND op = ?", []any{x.s.seq, x.op}
	if len(p.log.rights.Denied(oplog.Spoken{Commit: x.s.commit, Op: x.op}, owner)) > 0 {
		query, args = "INSERT OR IGNORE INTO denied (seq, op, id) VALUES (?,?,?)", append(args, o.Ref.ID[:])
	}
	_, err := p.tx.ExecContext(p.ctx, query, args...)
	return mapError(err)
}

// mayErase reports whether the author of an erasure may erase a version, as far as it
// has come.
func (p *projector) mayErase(by oplog.Device, dot oplog.Dot) (bool, error) {
	if p.log.rights == nil {
		return true, nil
	}
	seq, err := p.log.seqOf(dot.Commit)
	if err != nil || seq == 0 {
		return true, err
	}
	m, err := p.log.meta(seq)
	return err == nil && p.log.rights.MayErase(by, m.device), err
}

// dropClaims forgets the erasures that were waiting for a commit and do not count, now
// that it is here and says whose it is.
func (t *Tx) dropClaims(c *oplog.Commit) error {
	if t.p.log.rights == nil || len(t.p.log.erased) == 0 {
		return nil
	}
	for i := range c.Ops {
		o := &c.Ops[i]
		for k := range o.Cells {
			at := erasure{o.Ref, o.DotOf(c.Hash.Prefix(), i, o.Cells[k].Field)}
			if !t.p.log.erased[at] {
				continue
			}
			counts, err := t.claimCounts(at, c.Device)
			if err == nil && !counts {
				err = t.p.unerase(at)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// claimCounts looks for an erasure of a version by a machine that may.
func (t *Tx) claimCounts(at erasure, of oplog.Device) (counts bool, _ error) {
	err := eachRow(t.ctx, t.tx, selectLog+" WHERE instr(log.raw, ?) > 0", func(row scanTarget) error {
		s, err := scanCommit(row, t.db.box)
		if err != nil {
			return err
		}
		for i := range s.commit.Ops {
			o := &s.commit.Ops[i]
			counts = counts || o.Ref == at.row && slices.Contains(o.Erased, at.dot) && t.p.log.rights.MayErase(s.commit.Device, of)
		}
		return nil
	}, []byte(at.dot.String()))
	return counts, err
}

func (p *projector) unerase(at erasure) error {
	delete(p.log.erased, at)
	_, err := p.tx.ExecContext(p.ctx, "DELETE FROM erased WHERE row = ? AND dot = ?", at.row.String(), at.dot.String())
	return mapError(err)
}

// Denied lists what was said of rows without the right to, the newest arrival first, a
// line for each field. Names of units' rows and machines are for the caller to find.
func (db *DB) Denied(ctx context.Context) ([]record.Denied, error) {
	var out []record.Denied
	err := db.snapshot(ctx, func(q querier) error {
		log, err := db.newLogReader(ctx, q)
		if err != nil {
			return err
		}
		type denied struct {
			seq int64
			op  int
		}
		var list []denied
		err = eachRow(ctx, q, "SELECT seq, op FROM denied ORDER BY seq DESC, op", func(row scanTarget) error {
			var d denied
			err := row.Scan(&d.seq, &d.op)
			list = append(list, d)
			return err
		})
		for _, d := range list {
			if err != nil {
				break
			}
			out, err = db.tellDenied(ctx, q, log, d.seq, d.op, out)
		}
		return err
	})
	return out, fmtErr("what was said without the right to", err)
}

func (db *DB) tellDenied(ctx context.Context, q querier, log *logReader, seq int64, op int, out []record.Denied) ([]record.Denied, error) {
	s, err := log.at(seq)
	if err != nil {
		return nil, err
	}
	if op < 0 || op >= len(s.commit.Ops) {
		return nil, fmt.Errorf("%w: a denied operation its commit lacks", record.ErrDamaged)
	}
	ref := s.commit.Ops[op].Ref
	owner, err := rowOwner(ctx, q, db.box, log, ref)
	if err != nil {
		return nil, err
	}
	for _, field := range log.rights.Denied(oplog.Spoken{Commit: s.commit, Op: op}, owner) {
		out = append(out, record.Denied{
			Ref: ref, Unit: log.rights[s.commit.Device].Unit, Machine: s.commit.Device.String(), Field: field,
			At: time.UnixMilli(s.commit.Time).UTC().Format(time.RFC3339),
		})
	}
	return out, nil
}

// rowOwner is the unit of a row.
func rowOwner(ctx context.Context, q querier, b *box, log *logReader, ref record.Ref) (string, error) {
	seqs, err := seqsOf(ctx, q, ref)
	if err != nil {
		return "", err
	}
	slices.Sort(seqs)
	var all []spoken
	for _, seq := range slices.Compact(seqs) {
		s, err := log.at(seq)
		if err != nil {
			return "", err
		}
		for i := range s.commit.Ops {
			if s.commit.Ops[i].Ref == ref {
				all = append(all, spoken{s, i})
			}
		}
	}
	return ownerOf(log.rights, all), nil
}
