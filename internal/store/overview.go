package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// YearSpan says of which days a Year tells.
type YearSpan struct {
	Today  record.Date
	Period record.Period // of the reporting year
	Before record.Period // of the year before
	Own    record.ID     // the office's unit
	Soon   record.Date   // questions due up to this day wait
	Ahead  record.Date   // plans up to this day come next

	Elsewhere []record.ID // activities that are counted under another of their event
}

// Year is what the overview of a reporting year is made from, all of it read at one
// moment.
type Year struct {
	Recorded    int64 // activities and questions that stand in the register
	Held        []HeldMonth
	Materials   record.Tally // copies given
	Units       UnitsReached
	Questions   QuestionsOf
	Waiting     []Waiting // questions that wait for an answer here up to Soon, by the day they are due
	Plans       []Waiting // planned activities up to Ahead, by their day
	Passed      int       // how many of the plans have passed
	Overdue     int       // how many of the questions are
	MoreWaiting int       // than Waiting holds
	MorePlans   int       // than Plans holds
	NoPeople    Bare      // where people meet and none were counted
	NoProof     Bare      // broadcasts, news and the like without a link or a file
}

// HeldMonth is what was held in a month, of one kind.
type HeldMonth struct {
	Month      string // "2026-03"
	Before     bool   // in the year before
	Later      bool   // in the year before, after the day that is today
	Kind       string
	Activities int64
	Sessions   int64            // that count as direct dissemination
	Heads      record.HeadCount // of those
}

// UnitsReached counts the units the office answers for.
type UnitsReached struct {
	All, Never  int64
	Example     record.ID // of those never reached, the one with most workers
	ExampleName string
}

// QuestionsOf counts the questions received in the period. Overdue are those that wait
// here past their day.
type QuestionsOf struct{ Received, Answered, OnTime, Overdue int64 }

// Waiting is a row with the day it waits for.
type Waiting struct {
	ID    record.ID
	Title string
	On    record.Date // the last day, where there are several
	Kind  string      // of an activity
}

// Bare is held activities of the period that lack what shows them.
type Bare struct {
	Newest Waiting
	Count  int64
}

// listed is how many rows of one sort the overview shows at most.
const listed = 40

// Year reads it.
func (db *DB) Year(ctx context.Context, span YearSpan) (Year, error) {
	var y Year
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return y, fmtErr("read the year", err)
	}
	defer tx.Rollback()
	r := yearReader{ctx, tx, span.args(), &y}
	for _, part := range []func() error{r.held, r.counts, r.units, r.questions, r.waiting, r.plans, r.noPeople, r.noProof} {
		if err := part(); err != nil {
			return y, fmtErr("read the year", err)
		}
	}
	return y, nil
}

func (s YearSpan) args() []any {
	sameDay := s.Before.To
	if len(s.Today) == 10 {
		sameDay = record.Date(fmt.Sprintf("%04d%s", s.Today.Year()-1, s.Today[4:]))
	}
	return []any{
		sql.Named("today", string(s.Today)), sql.Named("same_day", string(sameDay)),
		sql.Named("from", string(s.Period.From)), sql.Named("to", string(s.Period.To)),
		sql.Named("before", string(s.Before.From)), sql.Named("before_to", string(s.Before.To)),
		sql.Named("own", s.Own[:]), sql.Named("soon", string(s.Soon)), sql.Named("ahead", string(s.Ahead)),
		sql.Named("listed", listed), sql.Named("elsewhere", idList(s.Elsewhere)),
	}
}

// yearReader reads one part after the other within one transaction.
type yearReader struct {
	ctx  context.Context
	tx   *sql.Tx
	args []any
	y    *Year
}

func (r yearReader) row(query string, into ...any) error {
	return r.tx.QueryRowContext(r.ctx, query, r.args...).Scan(into...)
}

func (r yearReader) each(query string, scan func(scanTarget) error) error {
	rows, err := r.tx.QueryContext(r.ctx, query, r.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// heldThen is an activity that counts, within days given by name.
func heldThen(from, to string) string {
	return "activity.flags & 1 = 0 AND status IN ('held', 'closed') AND when_date BETWEEN :" + from + " AND :" + to
}

// counted is heldThen without what is counted elsewhere.
func counted(from, to string) string {
	return heldThen(from, to) + " AND activity.id NOT IN (" + strings.ReplaceAll(idsIn, "?", ":elsewhere") + ")"
}

// direct is a column of the heads of direct dissemination, added up.
func direct(column string) string {
	return "coalesce(sum(" + column + ") FILTER (WHERE direct = 1), 0)"
}

func (r yearReader) held() error {
	return r.each(`
		SELECT substr(when_date, 1, 7), when_date < :from, when_date < :from AND when_date > :same_day, coalesce(kind, ''), count(*),
		       count(*) FILTER (WHERE direct = 1), `+
		direct("heads_total")+", "+direct("heads_women")+", "+direct("heads_workers")+", "+direct("heads_employers")+", "+
		direct("heads_officials")+", "+direct("heads_reporters")+", "+direct("heads_mediators")+`
		FROM activity WHERE `+counted("before", "to")+" AND (when_date >= :from OR when_date <= :before_to) GROUP BY 1, 2, 3, 4",
		func(row scanTarget) error {
			var m HeldMonth
			h := &m.Heads
			err := row.Scan(&m.Month, &m.Before, &m.Later, &m.Kind, &m.Activities, &m.Sessions,
				&h.Total, &h.Women, &h.Workers, &h.Employers, &h.Officials, &h.Reporters, &h.Mediators)
			r.y.Held = append(r.y.Held, m)
			return err
		})
}

func (r yearReader) counts() error {
	copies := func(from, to string) string {
		return "(SELECT coalesce(sum(json_extract(j.value, '$.copies')), 0) FROM activity, json_each(activity.materials) j WHERE " + counted(from, to) + ")" +
			" + (SELECT coalesce(sum(given), 0) FROM material WHERE flags & 1 = 0 AND day BETWEEN :" + from + " AND :" + to + ")"
	}
	y := r.y
	return r.row(`SELECT
		(SELECT count(*) FROM activity WHERE flags & 1 = 0) + (SELECT count(*) FROM question WHERE flags & 1 = 0),
		`+copies("from", "to")+", "+copies("before", "same_day"),
		&y.Recorded, &y.Materials.Now, &y.Materials.Before)
}

// units counts the registered units that exist today, without the office's own and
// those above it.
func (r yearReader) units() error {
	u := &r.y.Units
	with := `
		WITH RECURSIVE above(id) AS (
			SELECT :own UNION SELECT unit.parent_id FROM unit JOIN above ON unit.id = above.id WHERE unit.parent_id IS NOT NULL
		), held AS (
			SELECT id, host_unit_id, units_reached FROM activity WHERE ` + heldThen("from", "to") + `
		), sessions AS MATERIALIZED (
			SELECT unit, count(*) AS n FROM (
				SELECT host_unit_id AS unit, id FROM held WHERE host_unit_id IS NOT NULL
				UNION SELECT unhex(j.value, '-'), held.id FROM held, json_each(held.units_reached) j
			) GROUP BY unit
		), counted AS MATERIALIZED (
			SELECT unit.id, ` + unitName("unit") + ` AS name, coalesce(workers_total, 0) AS workers, coalesce(n, 0) AS n
			FROM unit LEFT JOIN sessions ON sessions.unit = unit.id
			WHERE unit.flags & 1 = 0 AND unit.id NOT IN (SELECT id FROM above)
			  AND (coalesce(valid_from, '') = '' OR valid_from <= :today) AND (coalesce(valid_to, '') = '' OR valid_to >= :today)
		), never AS (
			SELECT id, name FROM counted WHERE n = 0 ORDER BY workers DESC, name, id LIMIT 1
		)
		SELECT count(*), coalesce(sum(n = 0), 0),
		       (SELECT id FROM never), coalesce((SELECT name FROM never), '') FROM counted`
	var id []byte
	err := r.row(with, &u.All, &u.Never, &id, &u.ExampleName)
	copy(u.Example[:], id)
	return err
}

func (r yearReader) questions() error {
	q := &r.y.Questions
	const answered, due = "coalesce(answered_on, '') <> ''", "coalesce(due_on, '') <> ''"
	return r.row(`
		SELECT count(*), coalesce(sum(`+answered+`), 0),
		       coalesce(sum(`+answered+` AND NOT (`+due+` AND answered_on > due_on)), 0),
		       coalesce(sum(`+waitsHere+` AND `+due+` AND due_on < :today), 0)
		FROM question WHERE flags & 1 = 0 AND received BETWEEN :from AND :to`,
		&q.Received, &q.Answered, &q.OnTime, &q.Overdue)
}

func (r yearReader) waiting() (err error) {
	r.y.Waiting, r.y.MoreWaiting, r.y.Overdue, err = r.rows(`
		SELECT id, coalesce(text, ''), due_on, '', count(*) OVER (), sum(due_on < :today) OVER () FROM question
		WHERE flags & 1 = 0 AND ` + waitsHere + ` AND due_on <> '' AND due_on <= :soon ORDER BY due_on, id LIMIT :listed`)
	return err
}

func (r yearReader) plans() (err error) {
	r.y.Plans, r.y.MorePlans, r.y.Passed, err = r.rows(`
		SELECT id, title, last_day, kind, count(*) OVER (), sum(last_day < :today) OVER () FROM (
			SELECT id, coalesce(title, '') AS title, coalesce(nullif(when_end_date, ''), when_date) AS last_day, when_date, coalesce(kind, '') AS kind
			FROM activity WHERE flags & 1 = 0 AND status = 'planned' AND when_date <= :ahead
		) ORDER BY when_date, id LIMIT :listed`)
	return err
}

// rows reads what waits, how many more there are, and how many have passed.
func (r yearReader) rows(query string) (out []Waiting, more, passed int, err error) {
	all := 0
	err = r.each(query, func(row scanTarget) error {
		var w Waiting
		var id []byte
		err := row.Scan(&id, &w.Title, &w.On, &w.Kind, &all, &passed)
		copy(w.ID[:], id)
		out = append(out, w)
		return err
	})
	return out, all - len(out), passed, err
}

func (r yearReader) noPeople() error {
	return r.bare(&r.y.NoPeople, `coalesce(heads_total, 0) = 0
		AND kind IN ('training', 'direct', 'dialogue', 'roundtable', 'workshop', 'forum', 'contest', 'woven')`)
}

func (r yearReader) noProof() error {
	return r.bare(&r.y.NoProof, `coalesce(link, '') = '' AND kind IN ('broadcast', 'article', 'social', 'posting')
		AND NOT EXISTS (SELECT 1 FROM evidence WHERE owner_id = activity.id AND evidence.flags & 1 = 0)`)
}

func (r yearReader) bare(b *Bare, lacks string) error {
	return r.each(`
		SELECT id, coalesce(title, ''), when_date, coalesce(kind, ''), count(*) OVER () FROM activity
		WHERE `+heldThen("from", "to")+" AND "+lacks+" ORDER BY when_date DESC, id LIMIT 1",
		func(row scanTarget) error {
			var id []byte
			err := row.Scan(&id, &b.Newest.Title, &b.Newest.On, &b.Newest.Kind, &b.Count)
			copy(b.Newest.ID[:], id)
			return err
		})
}
