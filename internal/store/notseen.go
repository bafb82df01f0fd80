package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// notSeen looks at the few lists of late alone: its first table hops over the index
// from one activity that has a list to the next, instead of reading every line. It
// wants what is asked of people, and what else they must be.
const notSeen = `
	WITH RECURSIVE list (activity) AS (
		SELECT min(activity_id) FROM attendance
		UNION ALL SELECT (SELECT min(t.activity_id) FROM attendance t WHERE t.activity_id > list.activity) FROM list WHERE list.activity IS NOT NULL
	), late (activity) AS MATERIALIZED (
		SELECT list.activity FROM list LEFT JOIN activity a ON a.id = list.activity
		WHERE list.activity IS NOT NULL AND coalesce(nullif(a.when_end_date, ''), nullif(a.when_date, ''), '9999') >= :day
	)
	SELECT %s FROM person p
	WHERE %s p.sealed IS NOT NULL
	  AND p.id NOT IN (
		SELECT t.person_id FROM late CROSS JOIN attendance t ON t.activity_id = late.activity WHERE t.person_id IS NOT NULL
		UNION ALL SELECT person_id FROM attendance WHERE activity_id IS NULL AND person_id IS NOT NULL
		UNION ALL SELECT person_id FROM instructor WHERE flags & 1 = 0 AND person_id IS NOT NULL)
	  AND (p.id < :made OR EXISTS (SELECT 1 FROM attendance t WHERE t.person_id = p.id))`

// PeopleReader reads people by when they were seen last, inside a writing transaction
// or outside of any.
type PeopleReader struct {
	ctx context.Context
	q   querier
	box *box
}

// People reads people as they stand now.
func (db *DB) People(ctx context.Context) PeopleReader { return PeopleReader{ctx, db.read, db.box} }

// People reads people as they stand inside the transaction.
func (t *Tx) People() PeopleReader { return PeopleReader{t.ctx, t.tx, t.p.box} }

// NotSeenSince are the people who still have personal values and who stood on no list
// of an activity on that day or later; who is on no list at all counts from the day
// they were made. Who is in the network of instructors is none of them. gone are those
// of them whose rows were deleted.
func (p PeopleReader) NotSeenSince(day record.Date) (living, gone []record.ID, err error) {
	madeOn := record.NewID(day.Time().UnixMilli(), [10]byte{}) // ids begin with the time they were made
	rows, err := p.q.QueryContext(p.ctx, fmt.Sprintf(notSeen, "p.id, p.flags & 1", "")+" ORDER BY p.id", sql.Named("day", string(day)), sql.Named("made", madeOn[:6]))
	if err != nil {
		return nil, nil, fmtErr("people not seen", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id sql.RawBytes
		var deleted bool
		if err := rows.Scan(&id, &deleted); err != nil {
			return nil, nil, mapError(err)
		}
		if deleted {
			gone = append(gone, idOf(id))
		} else {
			living = append(living, idOf(id))
		}
	}
	return living, gone, mapError(rows.Err())
}

// DeletedNotSeenSince counts the deleted ones of NotSeenSince.
func (p PeopleReader) DeletedNotSeenSince(day record.Date) (n int, err error) {
	madeOn := record.NewID(day.Time().UnixMilli(), [10]byte{})
	err = p.q.QueryRowContext(p.ctx, fmt.Sprintf(notSeen, "count(*)", "p.flags & 1 = 1 AND"),
		sql.Named("day", string(day)), sql.Named("made", madeOn[:6])).Scan(&n)
	return n, fmtErr("people not seen", err)
}

// OldAskers counts the questions received before a day and answered that still say who
// asked.
func (p PeopleReader) OldAskers(day record.Date) (n int, err error) {
	questions, err := load[record.Question](p.ctx, p.q, p.box,
		"WHERE flags & 1 = 0 AND sealed IS NOT NULL AND coalesce(answered_on, '') <> '' AND received < ? AND received <> ''", string(day))
	for _, q := range questions {
		if q.Asker+q.Contact != "" {
			n++
		}
	}
	return n, err
}

// WithDeleted reads one person, deleted or not.
func (p PeopleReader) WithDeleted(id record.ID) (person record.Person, deleted bool, err error) {
	some, err := load[record.Person](p.ctx, p.q, p.box, "WHERE id = ?", id[:])
	if err != nil || len(some) == 0 {
		return record.Person{}, false, errors.Join(err, missing(len(some)))
	}
	living, err := p.In([]record.ID{id})
	return some[0], len(living) == 0, err
}

func missing(found int) error {
	if found == 0 {
		return record.ErrNotFound
	}
	return nil
}

// QuestionsWithDeleted reads all questions, deleted ones as well.
func (p PeopleReader) QuestionsWithDeleted() ([]record.Question, error) {
	return load[record.Question](p.ctx, p.q, p.box, "WHERE sealed IS NOT NULL ORDER BY id")
}

// In reads people by their ids.
func (p PeopleReader) In(ids []record.ID) ([]record.Person, error) {
	var out []record.Person
	for chunk := range slices.Chunk(ids, 200) {
		args := make([]any, len(chunk))
		for i := range chunk {
			args[i] = chunk[i][:]
		}
		some, err := load[record.Person](p.ctx, p.q, p.box, "WHERE flags & 1 = 0 AND id IN (?"+strings.Repeat(",?", len(chunk)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}
