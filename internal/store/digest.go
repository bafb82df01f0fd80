package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Digest is one text for what the log amounts to, the one that oplog's State
// gives: equal on two devices when they hold the same commits and values.
func (db *DB) Digest(ctx context.Context) (string, error) {
	h := sha256.New()
	err := db.snapshot(ctx, func(q querier) error {
		log, err := db.newLogReader(ctx, q)
		if err != nil {
			return err
		}
		nouns := slices.Clone(db.nouns.list)
		slices.SortFunc(nouns, func(a, b *record.Description) int { return cmp.Compare(a.Name, b.Name) })
		for _, d := range nouns {
			if err := digestTable(ctx, q, &projector{box: db.box, log: log}, d, h); err != nil {
				return err
			}
		}
		return nil
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

func digestTable(ctx context.Context, q querier, p *projector, d *record.Description, h hash.Hash) error {
	t := &table{d: d, width: len(d.Columns())}
	query := "SELECT id, state, sealed, flags, " + columnList(d) + " FROM " + d.Name + " ORDER BY id"
	return eachRow(ctx, q, query, func(row scanTarget) error {
		var id []byte
		rec := &rowRecord{cols: make([]any, t.width)}
		dest := []any{&id, &rec.state, &rec.sealed, &rec.flags}
		for i := range rec.cols {
			dest = append(dest, &rec.cols[i])
		}
		if err := row.Scan(dest...); err != nil {
			return err
		}
		ref := record.Ref{Noun: d.Name}
		copy(ref.ID[:], id)
		folded, err := p.unproject(t, ref, rec)
		if err == nil {
			oplog.WriteDigest(h, ref, folded.Row)
		}
		return err
	})
}
