package store

import (
	"context"
	"database/sql"

	"sophobien/internal/record"
)

// ReportRows is what the figures of a period are made from, all of it read at one
// moment and each in the order of its ids.
type ReportRows struct {
	Office       record.Office
	Units        []record.Unit
	Activities   []record.Activity
	Directives   []record.Directive
	Publications []record.Publication // up to the last day: a text may have been made public before
	Materials    []record.Material
	Surveys      []record.Survey
	Models       []record.Model
	Budgets      []record.Budget
	Questions    []record.Question  // received in the period, or open when it began
	SameEvents   []record.SameEvent // the province's words on activities that were both held, whenever
}

// ReportRows reads them. Ends that are open are no bounds.
func (db *DB) ReportRows(ctx context.Context, p record.Period) (ReportRows, error) {
	var out ReportRows
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return out, fmtErr("read the report's rows", err)
	}
	defer tx.Rollback()
	var offices []record.Office
	r := reportReader{ctx, tx, db.box, p}
	for _, read := range []func() error{
		func() error { return readReport(r, &offices, "") },
		func() error { return readReport(r, &out.Units, "") },
		func() error { return readReport(r, &out.Activities, within("when_date")) },
		func() error { return readReport(r, &out.Directives, within("issued")) },
		func() error { return readReport(r, &out.Publications, "AND (:to = '' OR day <= :to)") },
		func() error { return readReport(r, &out.Materials, within("day")) },
		func() error { return readReport(r, &out.Surveys, within("day")) },
		func() error { return readReport(r, &out.Models, within("since")) },
		func() error { return readReport(r, &out.Budgets, "") },
		func() error {
			return readReport(r, &out.Questions, `AND (:to = '' OR received <= :to)
				AND (:from = '' OR received >= :from OR coalesce(answered_on, '') = '' OR answered_on >= :from)`)
		},
		func() error { return readReport(r, &out.SameEvents, saidByProvince("same_event")+bothHeld) },
	} {
		if err := read(); err != nil {
			return out, err
		}
	}
	if len(offices) > 0 {
		out.Office = offices[0]
	}
	return out, nil
}

// within holds a column of days to the period.
func within(column string) string {
	return "AND (:from = '' OR " + column + " >= :from) AND (:to = '' OR " + column + " <= :to)"
}

// reportReader reads within one transaction.
type reportReader struct {
	ctx context.Context
	tx  *sql.Tx
	box *box
	p   record.Period
}

func readReport[T record.Noun](r reportReader, into *[]T, clause string) (err error) {
	*into, err = load[T](r.ctx, r.tx, r.box, "WHERE flags & 1 = 0 "+clause+" ORDER BY id",
		sql.Named("from", string(r.p.From)), sql.Named("to", string(r.p.To)))
	return err
}
