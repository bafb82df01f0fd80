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
//     read from the activity. The lists of other offices stay with them: of their
//     activities all numbers are read from the activity.
//   - An event of several activities is counted once, by the rule of package report.
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
	"encoding/json"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

//go:embed events.sql
var eventsSQL string

//go:embed figures.sql
var figuresSQL string

//go:embed open.sql
var openSQL string

//go:embed registers.sql
var registersSQL string

//go:embed units.sql
var unitsSQL string

//go:embed business.sql
var businessSQL string

//go:embed unit_targets.sql
var unitTargetsSQL string

//go:embed targets.sql
var targetsSQL string

// Rules are the dated data that a count rests on and that the tables do not hold: the
// targets, and the legal texts to be made public.
type Rules struct {
	Targets   []record.Target
	Documents []Document
}

// Document is a legal text and the day it was issued.
type Document struct {
	Number string      `json:"number"`
	Issued record.Date `json:"issued"`
}

// Count counts the figures of a period, all from one state of the database. Rows
// that are deleted, and activities that are planned or cancelled, do not count.
func Count(ctx context.Context, db *sql.DB, p record.FigurePeriod, rules Rules) (record.Figures, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return record.Figures{}, fmt.Errorf("recount: %w", err)
	}
	defer tx.Rollback()
	c, err := newCounter(ctx, tx, p)
	if err != nil {
		return record.Figures{}, fmt.Errorf("recount: %w", err)
	}
	out := record.Figures{Period: p, Targets: []record.TargetFigure{}}
	for _, count := range []func(*record.Figures, Rules) error{c.standing, c.open, c.registers, c.business, c.units, c.others} {
		if err := count(&out, rules); err != nil {
			return record.Figures{}, fmt.Errorf("recount: %w", err)
		}
	}
	out.Sort()
	return out, nil
}

// counter counts within one transaction.
type counter struct {
	ctx context.Context
	tx  *sql.Tx
	p   record.FigurePeriod

	events string // which activities are one event, as events.sql tells
}

func newCounter(ctx context.Context, tx *sql.Tx, p record.FigurePeriod) (counter, error) {
	c := counter{ctx: ctx, tx: tx, p: p}
	err := tx.QueryRowContext(ctx, eventsSQL).Scan(&c.events)
	return c, err
}

func (c counter) standing(out *record.Figures, _ Rules) error { return c.row(figuresSQL, nil, out) }

func (c counter) business(out *record.Figures, _ Rules) error {
	return c.row(unitsSQL+businessSQL, []any{sql.Named("map", c.p.Map)}, out)
}

// row reads the one row in which every column is a figure.
func (c counter) row(query string, args []any, out *record.Figures) error {
	return c.rows(query, args, func(rows *sql.Rows) error {
		names, err := rows.Columns()
		if err != nil {
			return err
		}
		figures := make([]record.Figure, len(names))
		into := make([]any, len(names))
		for i, name := range names {
			figures[i] = named(name, 0)
			into[i] = &figures[i].Value
		}
		err = rows.Scan(into...)
		out.Indicators = append(out.Indicators, figures...)
		return err
	})
}

func (c counter) open(out *record.Figures, _ Rules) error { return c.figures(openSQL, out) }

func (c counter) registers(out *record.Figures, _ Rules) error { return c.figures(registersSQL, out) }

// figures reads a figure a row.
func (c counter) figures(query string, out *record.Figures) error {
	return c.rows(query, nil, func(rows *sql.Rows) error {
		var name string
		var value int64
		err := rows.Scan(&name, &value)
		out.Indicators = append(out.Indicators, named(name, value))
		return err
	})
}

// units reads the targets that ask units for activities. That of two sessions a unit is
// indicator I12 too.
func (c counter) units(out *record.Figures, rules Rules) error {
	list, err := json.Marshal(c.valid(rules, "units"))
	if err != nil {
		return err
	}
	var twice, of int64
	err = c.rows(unitsSQL+unitTargetsSQL, []any{sql.Named("map", c.p.Map), sql.Named("targets", string(list))}, func(rows *sql.Rows) error {
		var code string
		var n, all int64
		err := rows.Scan(&code, &n, &all)
		if code == "c" {
			twice, of = n, all
		}
		out.Targets = append(out.Targets, record.NewTargetFigure(code, n, all))
		return err
	})
	out.Indicators = append(out.Indicators, named("I12", twice), named("I12 measure=units", of))
	return err
}

// others reads the targets that are not counted by units.
func (c counter) others(out *record.Figures, rules Rules) error {
	documents, err := json.Marshal(rules.Documents)
	if err != nil {
		return err
	}
	for _, how := range []string{"documents", "questions", "dialogue"} {
		for _, t := range c.valid(rules, how) {
			args := []any{sql.Named("how", how), sql.Named("documents", string(documents)), sql.Named("owner", t.Owner)}
			err := c.rows(targetsSQL, args, func(rows *sql.Rows) error {
				var n, all int64
				err := rows.Scan(&n, &all)
				out.Targets = append(out.Targets, record.NewTargetFigure(t.Code, n, all))
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// valid are the targets of the last day that are counted in one way: the latest of each
// code. A period without both ends has none.
func (c counter) valid(rules Rules, how string) []record.Target {
	latest, out := map[string]record.Target{}, []record.Target{}
	if c.p.From == "" || c.p.To == "" {
		return out
	}
	for _, t := range rules.Targets {
		begun := t.Valid.From == "" || t.Valid.From <= c.p.To
		ended := t.Valid.To != "" && t.Valid.To < c.p.To
		if begun && !ended && (latest[t.Code].Code == "" || latest[t.Code].Valid.From <= t.Valid.From) {
			latest[t.Code] = t
		}
	}
	for _, t := range latest {
		if t.Counts == how {
			out = append(out, t)
		}
	}
	return out
}

func (c counter) rows(query string, more []any, each func(*sql.Rows) error) error {
	args := append([]any{sql.Named("from", string(c.p.From)), sql.Named("to", string(c.p.To)), sql.Named("events", c.events)}, more...)
	rows, err := c.tx.QueryContext(c.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// named reads "I4 host=commune": the code, then the dimension and its part; the
// code alone is the whole.
func named(name string, value int64) record.Figure {
	code, split, parted := strings.Cut(name, " ")
	f := record.Figure{Code: code, Split: map[string]string{}, Value: value}
	if dim, part, ok := strings.Cut(split, "="); parted && ok {
		f.Split[dim] = part
	}
	return f
}
