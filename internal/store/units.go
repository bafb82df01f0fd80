package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Counts are the rows of each unit by noun, without those that are gone, that belong to
// nobody or that stay in the office that made them: on both ends the same.
func (db *DB) Counts(ctx context.Context) (map[string]map[string]int, error) {
	out := map[string]map[string]int{}
	err := db.snapshot(ctx, func(q querier) error {
		u, err := db.newUnitReader(ctx, q)
		for _, d := range db.nouns.list {
			if err != nil {
				break
			}
			if record.Shared(d.Name) || record.StaysHome(d.Name) {
				continue
			}
			err = u.count(d.Name, func(unit string, n int) {
				if out[unit] == nil {
					out[unit] = map[string]int{}
				}
				out[unit][d.Name] += n
			})
		}
		return err
	})
	return out, fmtErr("rows of the units", err)
}

// UnitOf says whose rows are, by id; what is not here is left out.
func (db *DB) UnitOf(ctx context.Context, noun string, ids []record.ID) (map[record.ID]string, error) {
	out := map[record.ID]string{}
	err := db.snapshot(ctx, func(q querier) error {
		d, ok := record.Describe(noun)
		if !ok {
			return fmt.Errorf("%w: no noun %q", record.ErrInvalid, noun)
		}
		u, err := db.newUnitReader(ctx, q)
		if err != nil {
			return err
		}
		return u.each(d.Name, " AND t.id IN ("+idsIn+")", func(id record.ID, unit string) error {
			out[id] = unit
			return nil
		}, idList(ids))
	})
	return out, fmtErr("whose rows are", err)
}

// unitReader tells whose rows are: of the unit of the machine behind a row's base, which
// is always one of the owner's operations; rows without base are looked up in the log.
type unitReader struct {
	ctx context.Context
	q   querier
	b   *box
	log *logReader
}

func (db *DB) newUnitReader(ctx context.Context, q querier) (*unitReader, error) {
	log, err := db.newLogReader(ctx, q)
	return &unitReader{ctx, q, db.box, log}, err
}

const baseSeq = "CAST(t.state AS INTEGER)" // a state begins with "seq.op"

// each gives the rows of a noun that a condition picks.
func (u *unitReader) each(noun, where string, tell func(record.ID, string) error, args ...any) error {
	var loose []record.ID
	err := eachRow(u.ctx, u.q, "SELECT t.id, log.device FROM "+noun+" t LEFT JOIN log ON log.seq = "+baseSeq+" WHERE true"+where, func(row scanTarget) error {
		var id, device []byte
		if err := row.Scan(&id, &device); err != nil {
			return err
		}
		if len(device) != len(oplog.Device{}) {
			loose = append(loose, idOf(id))
			return nil
		}
		return tell(idOf(id), u.log.rights[oplog.Device(device)].Unit)
	}, args...)
	for _, id := range loose {
		if err != nil {
			break
		}
		var unit string
		if unit, err = rowOwner(u.ctx, u.q, u.b, u.log, record.Ref{Noun: noun, ID: id}); err == nil {
			err = tell(id, unit)
		}
	}
	return err
}

func (u *unitReader) count(noun string, tell func(unit string, n int)) error {
	err := eachRow(u.ctx, u.q, "SELECT log.device, count(*) FROM "+noun+" t JOIN log ON log.seq = "+baseSeq+" WHERE t.flags & 1 = 0 GROUP BY log.device",
		func(row scanTarget) error {
			var device []byte
			var n int
			err := row.Scan(&device, &n)
			if err == nil && len(device) == len(oplog.Device{}) {
				tell(u.log.rights[oplog.Device(device)].Unit, n)
			}
			return err
		})
	if err != nil {
		return err
	}
	return u.each(noun, " AND t.flags & 1 = 0 AND "+baseSeq+" = 0", func(_ record.ID, unit string) error {
		tell(unit, 1)
		return nil
	})
}

// OpenDigest is one text for what a unit says openly: the versions of the open fields of
// its rows. Whoever holds the unit's commits has the same, with the values that are
// kept from it or without, and whatever else was said of the rows: what the province
// fills is no part of it, nor are rows that belong to nobody or that never leave their office.
func (db *DB) OpenDigest(ctx context.Context, unit string) (string, error) {
	all, err := db.OpenDigests(ctx, unit)
	return all[unit], err
}

// OpenFields names what an open digest is of: the fields this program knows. Of digests
// of other fields nothing can be told.
func (db *DB) OpenFields() string {
	h := sha256.New()
	for _, d := range db.nouns.list {
		for _, f := range d.Fields {
			if !record.Shared(d.Name) && !record.StaysHome(d.Name) && openField(d, f.Name) {
				fmt.Fprintf(h, "%s.%s\n", d.Name, f.Name)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// OpenDigests are those of several units, from one reading of the tables.
func (db *DB) OpenDigests(ctx context.Context, units ...string) (map[string]string, error) {
	sums := map[string]hash.Hash{}
	for _, unit := range units {
		sums[unit] = sha256.New()
	}
	err := db.snapshot(ctx, func(q querier) error {
		u, err := db.newUnitReader(ctx, q)
		for _, d := range db.nouns.list {
			if err != nil {
				break
			}
			if !record.Shared(d.Name) && !record.StaysHome(d.Name) {
				err = u.digest(d, sums)
			}
		}
		return err
	})
	out := map[string]string{}
	for unit, h := range sums {
		out[unit] = hex.EncodeToString(h.Sum(nil))
	}
	return out, fmtErr("digest of a unit", err)
}

func (u *unitReader) digest(d *record.Description, sums map[string]hash.Hash) error {
	var rows []ownedRow
	err := u.each(d.Name, "", func(id record.ID, unit string) error {
		if h := sums[unit]; h != nil {
			rows = append(rows, ownedRow{id, h})
		}
		return nil
	})
	slices.SortFunc(rows, func(a, b ownedRow) int { return slices.Compare(a.id[:], b.id[:]) })
	r := &conflictReader{u.ctx, u.q, &projector{ctx: u.ctx, box: u.b, log: u.log}}
	for _, x := range rows {
		if err != nil {
			return err
		}
		var row *foldedRow
		if row, err = r.row(d, x.id); err != nil || row == nil {
			continue
		}
		open := oplog.NewRow()
		for _, field := range row.Fields() {
			if openField(d, field) {
				open.Cells[field] = row.Cells[field]
			}
		}
		oplog.WriteDigest(x.sum, record.Ref{Noun: d.Name, ID: x.id}, open)
	}
	return err
}

// ownedRow is a row and the digest of the unit whose it is.
type ownedRow struct {
	id  record.ID
	sum hash.Hash
}

// openField reports whether only a unit itself says a field, and everybody reads it. Of
// a field of a newer program nobody here knows.
func openField(d *record.Description, field string) bool {
	if field == oplog.FieldDeleted {
		return true
	}
	f, ok := d.Field(field)
	return ok && f.Class == record.Open && !record.ProvinceMay(d.Name, field)
}
