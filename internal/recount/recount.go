// Package recount counts the figures of a report a second time, in plain SQL on
// the store's tables, so that a slip in package report cannot hide. It shares no
// code with it: every rule is written out here again.
//
// # What it promises
//
//   - The same indicators, splits and order as the report, without the records
//     behind them.
//   - Where an activity's head count comes from its list of people, the total, the
//     women and the audiences are counted from that list again, not read from the
//     activity. Ethnic minority and disability are sealed facts, so those two are
//     read from the activity.
//   - It only reads.
//
// # What it refuses
//
// It repairs nothing and explains nothing: a difference is for people to look at.
package recount

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

//go:embed figures.sql
var figuresSQL string

//go:embed open.sql
var openSQL string

// Count counts the figures of a period, all from one state of the database. Rows
// that are deleted, and activities that are planned or cancelled, do not count.
func Count(ctx context.Context, db *sql.DB, p record.FigurePeriod) (record.Figures, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return record.Figures{}, fmt.Errorf("recount: %w", err)
	}
	defer tx.Rollback()
	standing, err := countStanding(ctx, tx, p)
	if err != nil {
		return record.Figures{}, fmt.Errorf("recount: %w", err)
	}
	open, err := countOpen(ctx, tx, p)
	if err != nil {
		return record.Figures{}, fmt.Errorf("recount: %w", err)
	}
	out := record.Figures{Period: p, Indicators: append(standing, open...), Targets: []record.TargetFigure{}}
	out.Sort()
	return out, nil
}

// countStanding reads the one row in which every column is a figure.
func countStanding(ctx context.Context, tx *sql.Tx, p record.FigurePeriod) ([]record.Figure, error) {
	rows, err := tx.QueryContext(ctx, figuresSQL, bounds(p)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	out := make([]record.Figure, len(names))
	into := make([]any, len(names))
	for i, name := range names {
		out[i] = named(name)
		into[i] = &out[i].Value
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
	}
	return out, rows.Err()
}

// countOpen reads a row a figure.
func countOpen(ctx context.Context, tx *sql.Tx, p record.FigurePeriod) ([]record.Figure, error) {
	rows, err := tx.QueryContext(ctx, openSQL, bounds(p)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []record.Figure
	for rows.Next() {
		var name string
		var value int64
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		f := named(name)
		f.Value = value
		out = append(out, f)
	}
	return out, rows.Err()
}

func bounds(p record.FigurePeriod) []any {
	return []any{sql.Named("from", string(p.From)), sql.Named("to", string(p.To))}
}

// named reads "I4 host=commune": the code, then the dimension and its part; the
// code alone is the whole.
func named(name string) record.Figure {
	code, split, parted := strings.Cut(name, " ")
	f := record.Figure{Code: code, Split: map[string]string{}}
	if dim, part, ok := strings.Cut(split, "="); parted && ok {
		f.Split[dim] = part
	}
	return f
}
