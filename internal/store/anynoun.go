package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"

	"sophobien/internal/record"
)

// Row reads one living row of any noun.
func (db *DB) Row(ctx context.Context, ref record.Ref) (record.Noun, error) {
	d, ok := record.Describe(ref.Noun)
	if !ok {
		return nil, fmt.Errorf("%w: no noun %q", record.ErrInvalid, ref.Noun)
	}
	rows, err := db.read.QueryContext(ctx, "SELECT id, sealed, "+prefixed(d)+" FROM "+d.Name+" WHERE id = ? AND flags & 1 = 0", ref.ID[:])
	if err != nil {
		return nil, fmtErr("read "+d.Name, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, mapError(errors.Join(rows.Err(), sql.ErrNoRows))
	}
	n, err := newRowScan(d, db.box).row(rows)
	if err != nil {
		return nil, fmtErr("read "+d.Name, err)
	}
	return reflect.ValueOf(n).Elem().Interface().(record.Noun), nil
}

// titles are the columns by which people call a row.
var titles = map[string]string{
	"activity": "title", "question": "text", "unit": "name", "directive": "title", "publication": "title", "material": "title",
	"survey": "title", "model": "title", "budget": "content", "holiday": "name", "office": "name",
}

// TitleOf is what people call a row, living or deleted; "" when it has no name.
func (db *DB) TitleOf(ctx context.Context, ref record.Ref) (string, error) {
	if ref.Noun == "person" {
		return db.NameOf(ref.ID)
	}
	if ref.Noun == "custody" { // what it says stands sealed
		entries, err := load[record.Custody](ctx, db.read, db.box, "WHERE id = ?", ref.ID[:])
		if err != nil || len(entries) == 0 {
			return "", err
		}
		return entries[0].What, nil
	}
	column, ok := titles[ref.Noun]
	if !ok {
		return "", nil
	}
	if ref.Noun == "unit" {
		column = unitName("unit")
	}
	var title string
	err := db.read.QueryRowContext(ctx, "SELECT coalesce("+column+", '') FROM "+ref.Noun+" WHERE id = ?", ref.ID[:]).Scan(&title)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return title, fmtErr("title of "+ref.Noun, err)
}

// EvidenceOf reads the files that belong to a row, the oldest first.
func (db *DB) EvidenceOf(ctx context.Context, owner record.ID) ([]record.Evidence, error) {
	return load[record.Evidence](ctx, db.read, db.box, evidenceOf, owner[:])
}

// EvidenceOf is the same inside a writing transaction.
func (t *Tx) EvidenceOf(owner record.ID) ([]record.Evidence, error) {
	return load[record.Evidence](t.ctx, t.tx, t.p.box, evidenceOf, owner[:])
}

const evidenceOf = "WHERE owner_id = ? AND flags & 1 = 0 ORDER BY id"
