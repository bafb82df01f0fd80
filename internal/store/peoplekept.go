package store

import (
	"context"

	"sophobien/internal/record"
)

// KeptSince are people seen last before a day who still have a name: how many, and how
// many of those the register knows each optional field of. It counts the people of
// PeopleReader.NotSeenSince, who are there, from what stands in memory.
type KeptSince struct {
	Names  int
	Fields map[string]int
}

// KeptSince counts for several days at once.
func (db *DB) KeptSince(ctx context.Context, days ...record.Date) ([]KeptSince, error) {
	kept, err := db.names.lists.keptSince(ctx, days)
	return kept, fmtErr("count who was not seen", err)
}

func (l *peopleLists) keptSince(ctx context.Context, days []record.Date) ([]KeptSince, error) {
	instructors := map[record.ID]bool{}
	err := eachRow(ctx, l.names.db.read, "SELECT person_id FROM instructor WHERE flags & 1 = 0 AND person_id IS NOT NULL", func(row scanTarget) error {
		var id []byte
		err := row.Scan(&id)
		instructors[idOf(id)] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	unlock, err := l.current(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	out := make([]KeptSince, len(days))
	for i, day := range days {
		out[i] = l.kept(day, instructors)
	}
	return out, ctx.Err()
}

func (l *peopleLists) kept(day record.Date, instructors map[record.ID]bool) KeptSince {
	out, since := KeptSince{Fields: map[string]int{}}, dayNumber(day)
	seen := make([]int32, len(l.names.list)) // the last day of each, 0 for none
	for i := range l.rows {
		if r := &l.rows[i]; r.person >= 0 {
			seen[r.person] = max(seen[r.person], l.activities[r.activity].last)
		}
	}
	made := record.NewID(day.Time().UnixMilli(), [10]byte{})
	for i := range l.names.list {
		e := &l.names.list[i]
		late := seen[i] >= since || seen[i] == 0 && string(e.id[:6]) >= string(made[:6])
		if late || e.gone || record.NoName(e.name) || instructors[e.id] {
			continue
		}
		out.Names++
		for k, t := range record.OptionalFields {
			if e.kept&(1<<k) != 0 {
				out.Fields[t.Code]++
			}
		}
	}
	return out
}
