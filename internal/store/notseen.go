package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sophobien/internal/record"
)

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
	rows, err := p.q.QueryContext(p.ctx, `
		SELECT p.id, p.flags & 1 FROM person p LEFT JOIN (
			SELECT t.person_id, max(coalesce(nullif(a.when_end_date, ''), nullif(a.when_date, ''), '9999')) AS last
			FROM attendance t LEFT JOIN activity a ON a.id = t.activity_id WHERE t.person_id IS NOT NULL GROUP BY t.person_id
		) s ON s.person_id = p.id
		WHERE (s.last < ? OR s.last IS NULL AND p.id < ?) AND p.sealed IS NOT NULL
		  AND p.id NOT IN (SELECT person_id FROM instructor WHERE flags & 1 = 0 AND person_id IS NOT NULL)
		ORDER BY p.id`, string(day), madeOn[:6])
	if err != nil {
		return nil, nil, fmtErr("people not seen", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
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
