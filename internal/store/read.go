package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"sophobien/internal/record"
)

// load reads nouns of one kind: every row the clause (WHERE …, ORDER BY …) finds.
func load[T record.Noun](ctx context.Context, q querier, b *box, clause string, args ...any) ([]T, error) {
	var zero T
	d := record.DescribeOf(zero)
	rows, err := q.QueryContext(ctx, "SELECT id, sealed, "+prefixed(d)+" FROM "+d.Name+" "+clause, args...)
	if err != nil {
		return nil, fmtErr("read "+d.Name, err)
	}
	defer rows.Close()
	scan := newRowScan(d, b)
	var out []T
	for rows.Next() {
		n, err := scan.row(rows)
		if err != nil {
			return nil, fmtErr("read "+d.Name, err)
		}
		out = append(out, *n.(*T))
	}
	return out, mapError(rows.Err())
}

// eachRow runs scan for every row a query gives.
func eachRow(ctx context.Context, q querier, query string, scan func(scanTarget) error, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return mapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return mapError(err)
		}
	}
	return mapError(rows.Err())
}

// prefixed is the column list with the table's name, for joins.
func prefixed(d *record.Description) string {
	out := ""
	for i, c := range d.Columns() {
		if i > 0 {
			out += ", "
		}
		out += d.Name + "." + c.Name
	}
	return out
}

// rowScan reads id, sealed and the described columns of a row into a noun.
type rowScan struct {
	d      *record.Description
	box    *box
	id     []byte
	sealed []byte
	cols   []any
	dest   []any
}

func newRowScan(d *record.Description, b *box) *rowScan {
	s := &rowScan{d: d, box: b, cols: make([]any, len(d.Columns()))}
	s.dest = []any{&s.id, &s.sealed}
	for i := range s.cols {
		s.dest = append(s.dest, &s.cols[i])
	}
	return s
}

func (s *rowScan) row(rows scanTarget, more ...any) (any, error) {
	if err := rows.Scan(append(slices.Clip(s.dest), more...)...); err != nil {
		return nil, err
	}
	if len(s.id) != 16 {
		return nil, fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(s.id))
	}
	n := s.d.New(record.ID(s.id))
	if err := s.d.FillColumns(n, s.cols); err != nil || len(s.sealed) == 0 {
		return n, err
	}
	personal := map[string]record.Value{}
	if err := openPersonal(s.box, record.Ref{Noun: s.d.Name, ID: record.ID(s.id)}, s.sealed, personal); err != nil {
		return nil, err
	}
	return n, record.Fill(n, personal)
}

// find reads one noun by id; ErrNotFound when there is none or it is deleted.
func find[T record.Noun](ctx context.Context, q querier, b *box, id record.ID) (T, error) {
	var zero T
	list, err := load[T](ctx, q, b, "WHERE id = ? AND flags & 1 = 0", id[:])
	if err == nil && len(list) == 0 {
		err = mapError(sql.ErrNoRows)
	}
	if err != nil {
		return zero, err
	}
	return list[0], nil
}

// Find reads one noun by id.
func Find[T record.Noun](ctx context.Context, db *DB, id record.ID) (T, error) {
	return find[T](ctx, db.read, db.box, id)
}

// FindIn is Find inside a writing transaction.
func FindIn[T record.Noun](t *Tx, id record.ID) (T, error) {
	return find[T](t.ctx, t.tx, t.p.box, id)
}

// All reads every living row of a noun, by id.
func All[T record.Noun](ctx context.Context, db *DB) ([]T, error) {
	return load[T](ctx, db.read, db.box, "WHERE flags & 1 = 0 ORDER BY id")
}

// AllIn is All inside a writing transaction.
func AllIn[T record.Noun](t *Tx) ([]T, error) {
	return load[T](t.ctx, t.tx, t.p.box, "WHERE flags & 1 = 0 ORDER BY id")
}

// Own are the rows of a noun that this office made: at a province not those of its units.
func Own[T record.Noun](ctx context.Context, db *DB) ([]T, error) {
	return loadOwn[T](ctx, db.read, db.box)
}

// OwnIn is Own inside a writing transaction.
func OwnIn[T record.Noun](t *Tx) ([]T, error) { return loadOwn[T](t.ctx, t.tx, t.p.box) }

func loadOwn[T record.Noun](ctx context.Context, q querier, b *box) ([]T, error) {
	var zero T
	return load[T](ctx, q, b, "WHERE flags & 1 = 0"+unlessBy(zero.Ref().Noun, "member.unit <> ''")+" ORDER BY id")
}

// Office is the one office whose register this is.
func (db *DB) Office(ctx context.Context) (record.Office, error) {
	list, err := load[record.Office](ctx, db.read, db.box, "WHERE flags & 1 = 0 ORDER BY id LIMIT 1")
	if err == nil && len(list) == 0 {
		err = record.Refuse(record.ErrNotFound, "Thư mục này chưa có sổ. Hãy tạo sổ của cơ quan trước.",
			"There is no register in this folder yet. Set up the office first.")
	}
	if err != nil {
		return record.Office{}, err
	}
	return list[0], nil
}
