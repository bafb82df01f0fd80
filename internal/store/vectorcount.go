package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// CountAfterVector counts what LogAfterVector gives.
func (db *DB) CountAfterVector(ctx context.Context, cover map[oplog.Device][]Point, only func(oplog.Device) bool) (n int64, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		seqs, err := uncovered(ctx, q, cover, only, 0)
		n = int64(len(seqs))
		return err
	})
	return n, fmtErr("count entries", err)
}

// ThroughVector is up to when all entries are at or before the points, in Unix milliseconds
// by the clocks of their devices: that of the last entry older than every one beyond; 0 for
// none. It counts those beyond, too.
func (db *DB) ThroughVector(ctx context.Context, cover map[oplog.Device][]Point, only func(oplog.Device) bool) (until, beyond int64, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		seqs, err := uncovered(ctx, q, cover, only, 0)
		if err != nil {
			return err
		}
		beyond = int64(len(seqs))
		list, err := json.Marshal(seqs)
		if err != nil {
			return err
		}
		var oldest sql.NullInt64
		if err := q.QueryRowContext(ctx, "SELECT min(time) FROM log WHERE seq IN (SELECT value FROM json_each(?))", string(list)).Scan(&oldest); err != nil {
			return err
		}
		devices, err := streamDevices(ctx, q)
		for _, d := range devices {
			if only != nil && !only(d) {
				continue
			}
			var last int64
			err := q.QueryRowContext(ctx, "SELECT time FROM log WHERE device = ? AND (? IS NULL OR time < ?) ORDER BY n DESC LIMIT 1", d[:], oldest, oldest).Scan(&last)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return err
			}
			until = max(until, last)
		}
		return err
	})
	return until, beyond, fmtErr("how far a vector goes", err)
}

// RowsWithin are the rows of a noun whose first entry is at or before the points.
func (db *DB) RowsWithin(ctx context.Context, noun string, cover map[oplog.Device][]Point) (map[record.ID]bool, error) {
	out := map[record.ID]bool{}
	err := db.snapshot(ctx, func(q querier) error {
		d, ok := record.Describe(noun)
		if !ok {
			return record.ErrInvalid
		}
		seqs, err := uncovered(ctx, q, cover, nil, 0)
		if err != nil {
			return err
		}
		return eachRow(ctx, q, "SELECT id, "+baseSeq+" FROM "+d.Name+" t", func(row scanTarget) error {
			var id []byte
			var seq int64
			if err := row.Scan(&id, &seq); err != nil {
				return err
			}
			if _, beyond := slices.BinarySearch(seqs, seq); !beyond {
				out[idOf(id)] = true
			}
			return nil
		})
	})
	return out, fmtErr("rows somebody has", err)
}

// Holds reports whether a point is at or before another of its stream: on the same
// branch. A head nobody here has heard of holds nothing.
func (db *DB) Holds(ctx context.Context, d oplog.Device, head, p Point) (bool, error) {
	if head.N <= p.N {
		return head == p, nil
	}
	hash, err := db.Ancestor(ctx, d, p.N, head.Hash)
	if errors.Is(err, record.ErrNotFound) {
		return false, nil
	}
	return hash == p.Hash, err
}

// CountWaiting counts entries that are here and in no table: they wait for another, or
// for a person.
func (db *DB) CountWaiting(ctx context.Context) (n int, _ error) {
	err := db.read.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM parked) + (SELECT count(*) FROM held)").Scan(&n)
	return n, fmtErr("count what waits", err)
}

// CountConflicts counts the rows that somebody must look at.
func (db *DB) CountConflicts(ctx context.Context) (n int, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		for _, d := range db.nouns.list {
			var k int
			if err := q.QueryRowContext(ctx, "SELECT count(*) FROM "+d.Name+" WHERE flags & 6 <> 0 AND flags & 1 = 0").Scan(&k); err != nil {
				return err
			}
			n += k
		}
		return nil
	})
	return n, fmtErr("count differences", err)
}
