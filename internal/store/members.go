package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Member is a machine on the list of those that may speak here.
type Member struct {
	Device oplog.Device
	Key    ed25519.PublicKey
	Unit   string // code; "" is this office itself
	Role   record.Role
	Cut    *Cut // of a machine that was revoked
}

// Cut is the last entry that counts of a revoked machine: what stands before it in its
// chain counts, too, nothing else that comes. N 0 is before the first.
type Cut struct {
	N    int64
	Hash oplog.Hash
	Also []oplog.Hash // last entries of the other branches of a forked stream, none beyond N
}

// ends are the last entries that count, of each branch.
func (c *Cut) ends() []oplog.Hash { return append([]oplog.Hash{c.Hash}, c.Also...) }

func (c *Cut) equal(d *Cut) bool {
	if c == nil || d == nil {
		return c == d
	}
	return c.N == d.N && slices.Equal(c.ends(), d.ends())
}

// SetMembers puts a new list in the place of the one before and takes up what was held
// of machines that are on it now. The list names the machines of this office too, and
// revoked ones, since what they said before stays theirs. With none at all every stream is this
// office's own, and whose key is known may speak. Where it changes who may speak of
// what, the tables are folded again from the log.
func (db *DB) SetMembers(ctx context.Context, list []Member) (Received, error) {
	return db.take(ctx, func(t *Tx, r *intake) error {
		if same, err := t.sameMembers(list); err != nil || same {
			return err
		}
		before, err := t.streamSpeakers()
		if err != nil {
			return err
		}
		if err := t.replaceMembers(list); err != nil {
			return err
		}
		t.db.members = nil
		if err := t.readMembers(r); err != nil {
			return err
		}
		after, err := t.streamSpeakers()
		if err != nil {
			return err
		}
		if !maps.Equal(before, after) {
			if err := t.foldAnew(r); err != nil {
				return err
			}
		}
		return t.takeUpHeld(r)
	})
}

// sameMembers reports whether a list is the one in force: it is read at every start.
func (t *Tx) sameMembers(list []Member) (bool, error) {
	have, err := readMembers(t.ctx, t.tx)
	if err != nil || len(have) != len(list) {
		return false, err
	}
	for _, m := range list {
		h, ok := have[m.Device]
		if !ok || h.Unit != m.Unit || h.Role != m.Role || !h.Cut.equal(m.Cut) {
			return false, nil
		}
	}
	return true, nil
}

func (t *Tx) replaceMembers(list []Member) error {
	if _, err := t.tx.ExecContext(t.ctx, "DELETE FROM member"); err != nil {
		return mapError(err)
	}
	for _, m := range list {
		if len(m.Key) != ed25519.PublicKeySize || oplog.DeviceOf(m.Key) != m.Device {
			return fmt.Errorf("%w: the key of machine %s is not its own", record.ErrNotTrusted, m.Device)
		}
		if _, err := t.tx.ExecContext(t.ctx, "INSERT OR IGNORE INTO device (id, key) VALUES (?,?)", m.Device[:], []byte(m.Key)); err != nil {
			return mapError(err)
		}
		var n, hash any
		if m.Cut != nil {
			var ends []byte
			for _, h := range m.Cut.ends() {
				ends = append(ends, h[:]...)
			}
			n, hash = m.Cut.N, ends
		}
		if _, err := t.tx.ExecContext(t.ctx, "INSERT INTO member (device, unit, role, cut_n, cut_hash) VALUES (?,?,?,?,?)",
			m.Device[:], m.Unit, string(m.Role), n, hash); err != nil {
			return mapError(err)
		}
	}
	return nil
}

// Members is the list in force, without keys.
func (db *DB) Members(ctx context.Context) (map[oplog.Device]Member, error) {
	return readMembers(ctx, db.read)
}

// KnownMembers is the list in force with the keys, in no order.
func (db *DB) KnownMembers(ctx context.Context) ([]Member, error) {
	members, err := readMembers(ctx, db.read)
	if err != nil {
		return nil, err
	}
	keys, err := deviceKeys(ctx, db.read)
	if err != nil {
		return nil, err
	}
	var out []Member
	for d, m := range members {
		m.Key = keys[d]
		out = append(out, m)
	}
	return out, nil
}

func readMembers(ctx context.Context, q querier) (map[oplog.Device]Member, error) {
	out := map[oplog.Device]Member{}
	err := eachRow(ctx, q, "SELECT device, unit, role, cut_n, cut_hash FROM member", func(row scanTarget) error {
		var device, hash []byte
		var n sql.NullInt64
		var m Member
		if err := row.Scan(&device, &m.Unit, &m.Role, &n, &hash); err != nil {
			return err
		}
		if len(device) != len(m.Device) || n.Valid && (len(hash) == 0 || len(hash)%len(oplog.Hash{}) != 0) {
			return fmt.Errorf("%w: list of machines", record.ErrDamaged)
		}
		m.Device = oplog.Device(device)
		if n.Valid {
			m.Cut = &Cut{N: n.Int64}
			for i, end := range slices.Collect(slices.Chunk(hash, len(oplog.Hash{}))) {
				if i == 0 {
					m.Cut.Hash = oplog.Hash(end)
					continue
				}
				m.Cut.Also = append(m.Cut.Also, oplog.Hash(end))
			}
		}
		out[m.Device] = m
		return nil
	})
	return out, err
}

// rightsOf are what the list lets machines say; nil where it leaves nothing out.
func rightsOf(members map[oplog.Device]Member) oplog.Rights {
	out := oplog.Rights{}
	for d, m := range members {
		out[d] = oplog.Speaker{Unit: m.Unit, Province: m.Role == record.RoleProvince}
	}
	if !out.Limit() {
		return nil
	}
	return out
}

func readRights(ctx context.Context, q querier) (oplog.Rights, error) {
	members, err := readMembers(ctx, q)
	return rightsOf(members), err
}

// readMembers takes the list up for what is under way.
func (t *Tx) readMembers(r *intake) (err error) {
	if t.db.members == nil {
		if t.db.members, err = readMembers(t.ctx, t.tx); err != nil {
			return err
		}
	}
	t.p.log.rights = rightsOf(t.db.members)
	r.members = t.db.members
	r.keys, err = deviceKeys(t.ctx, t.tx)
	return err
}

// streamSpeakers says of each stream in the log whose it is.
func (t *Tx) streamSpeakers() (map[oplog.Device]oplog.Speaker, error) {
	rights, err := readRights(t.ctx, t.tx)
	if err != nil {
		return nil, err
	}
	devices, err := streamDevices(t.ctx, t.tx)
	out := map[oplog.Device]oplog.Speaker{}
	for _, d := range devices {
		out[d] = rights[d]
	}
	return out, err
}

// foldAnew folds the whole log again within what is under way.
func (t *Tx) foldAnew(r *intake) error {
	if err := t.settleErased(); err != nil {
		return err
	}
	if err := t.db.refold(t.ctx, t.tx, nil); err != nil {
		return err
	}
	for _, d := range record.Nouns() { // all that is held in memory is read again
		err := eachRow(t.ctx, t.tx, "SELECT id FROM "+d.Name, func(row scanTarget) error {
			var id []byte
			err := row.Scan(&id)
			r.done.show(record.Ref{Noun: d.Name, ID: idOf(id)})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settleErased works out anew which erasures count. What was erased stays so: its
// value is gone.
func (t *Tx) settleErased() error {
	rights := t.p.log.rights
	authors := map[oplog.Prefix]oplog.Device{}
	claims := map[erasure][]oplog.Device{}
	err := eachRow(t.ctx, t.tx, selectLog+" ORDER BY log.seq", func(row scanTarget) error {
		s, err := scanCommit(row, t.db.box)
		if err != nil {
			return err
		}
		authors[s.commit.Hash.Prefix()] = s.commit.Device
		for i := range s.commit.Ops {
			for _, dot := range s.commit.Ops[i].Erased {
				at := erasure{s.commit.Ops[i].Ref, dot}
				claims[at] = append(claims[at], s.commit.Device)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	want := effective(rights, claims, authors)
	for at := range t.p.log.erased {
		if !want[at] {
			if err := t.p.unerase(at); err != nil {
				return err
			}
		}
	}
	for at := range want {
		if !t.p.log.erased[at] {
			if err := t.p.eraseOne(at, claims[at][0]); err != nil {
				return err
			}
		}
	}
	return t.p.writeLessened()
}

// effective are the erasures that count, given who claims them and whose the versions are.
func effective(rights oplog.Rights, claims map[erasure][]oplog.Device, authors map[oplog.Prefix]oplog.Device) map[erasure]bool {
	out := map[erasure]bool{}
	for at, by := range claims {
		of, here := authors[at.dot.Commit]
		for _, d := range by {
			if !here || rights.MayErase(d, of) {
				out[at] = true
			}
		}
	}
	return out
}
