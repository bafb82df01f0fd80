package store

import (
	"context"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// pageSize is how many lines a page of a list has unless the filter says.
const pageSize = 100

// activityWhere turns a filter into a clause. parts leaves out the named part,
// for the counts beside a chip.
func activityWhere(f record.ActivityFilter, without string) (string, []any) {
	where, args := []string{"activity.flags & 1 = 0"}, []any{}
	add := func(part, clause string, values ...any) {
		if part != without {
			where, args = append(where, clause), append(args, values...)
		}
	}
	if f.Period.From != "" {
		add("period", "when_date >= ?", string(f.Period.From))
	}
	if f.Period.To != "" {
		add("period", "when_date <= ?", string(f.Period.To))
	}
	if f.Kind != "" {
		add("kind", "activity.kind = ?", f.Kind)
	}
	if f.Status != "" {
		add("status", "status = ?", f.Status)
	}
	if !f.UnitID.IsZero() {
		add("unit", "(host_unit_id = ? OR instr(units_reached, ?) > 0)", f.UnitID[:], f.UnitID.String())
	}
	for _, word := range strings.Fields(viet.Key(f.Text)) {
		add("text", "(viet_key(title) LIKE ? ESCAPE '!' OR viet_key(when_place) LIKE ? ESCAPE '!')", likeWord(word), likeWord(word))
	}
	return strings.Join(where, " AND "), args
}

func likeWord(word string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(word) + "%"
}

// Activities reads one page of the list, newest first, and what the filter
// holds altogether.
func (db *DB) Activities(ctx context.Context, f record.ActivityFilter) (record.ActivityPage, error) {
	page := record.ActivityPage{ByKind: map[string]int{}, By: map[string]int{}}
	where, args := activityWhere(f, "")
	err := db.read.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(heads_total), 0) FROM activity WHERE "+where, args...).Scan(&page.Total, &page.People)
	if err != nil {
		return page, fmtErr("count activities", err)
	}
	if err := db.countBy(ctx, f, "kind", page.ByKind); err != nil {
		return page, err
	}
	if err := db.countBy(ctx, f, "status", page.By); err != nil {
		return page, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = pageSize
	}
	rows, err := db.read.QueryContext(ctx, `
		SELECT activity.id, coalesce(when_date,''), coalesce(activity.kind,''), coalesce(title,''), coalesce(when_place,''),
		       coalesce(unit.type,''), coalesce(unit.name,''), coalesce(unit.kind,''), coalesce(status,''),
		       coalesce(heads_total,0), coalesce(heads_women,0)
		FROM activity LEFT JOIN unit ON unit.id = activity.host_unit_id
		WHERE `+where+` ORDER BY when_date DESC, activity.id LIMIT ? OFFSET ?`, append(args, limit, f.Offset)...)
	if err != nil {
		return page, fmtErr("list activities", err)
	}
	defer rows.Close()
	for rows.Next() {
		line, err := scanActivityLine(rows)
		if err != nil {
			return page, err
		}
		page.Lines = append(page.Lines, line)
	}
	return page, mapError(rows.Err())
}

func scanActivityLine(row scanTarget) (record.ActivityLine, error) {
	var l record.ActivityLine
	var id []byte
	var host record.Unit
	err := row.Scan(&id, &l.Date, &l.Kind, &l.Title, &l.Place, &host.Type, &host.Name, &host.Kind, &l.Status, &l.Total, &l.Women)
	copy(l.ID[:], id)
	l.Host = host.FullName()
	return l, mapError(err)
}

func (db *DB) countBy(ctx context.Context, f record.ActivityFilter, column string, into map[string]int) error {
	where, args := activityWhere(f, column)
	rows, err := db.read.QueryContext(ctx, "SELECT coalesce(activity."+column+", ''), count(*) FROM activity WHERE "+where+" GROUP BY 1", args...)
	if err != nil {
		return fmtErr("count activities", err)
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		var n int
		if err := rows.Scan(&value, &n); err != nil {
			return mapError(err)
		}
		into[value] = n
	}
	return mapError(rows.Err())
}

// ActivitiesIn reads the activities whose first day lies in a period, in order
// of day and id.
func (db *DB) ActivitiesIn(ctx context.Context, p record.Period) ([]record.Activity, error) {
	return load[record.Activity](ctx, db.read, db.box,
		"WHERE flags & 1 = 0 AND when_date BETWEEN ? AND ? ORDER BY when_date, id", string(p.From), string(p.To))
}

// Attendees reads the people tab of an activity, in the order of the list.
func (db *DB) Attendees(ctx context.Context, activity record.ID) ([]record.Attendee, error) {
	return attendees(ctx, db.read, db.box, activity)
}

// Attendees is the people tab as it stands inside the transaction.
func (t *Tx) Attendees(activity record.ID) ([]record.Attendee, error) {
	return attendees(t.ctx, t.tx, t.p.box, activity)
}

func attendees(ctx context.Context, q querier, b *box, activity record.ID) ([]record.Attendee, error) {
	list, err := load[record.Attendance](ctx, q, b, "WHERE activity_id = ? AND flags & 1 = 0 ORDER BY line, id", activity[:])
	if err != nil {
		return nil, err
	}
	people, err := load[record.Person](ctx, q, b,
		"WHERE id IN (SELECT person_id FROM attendance WHERE activity_id = ? AND flags & 1 = 0)", activity[:])
	if err != nil {
		return nil, err
	}
	byID := make(map[record.ID]record.Person, len(people))
	for _, p := range people {
		byID[p.ID] = p
	}
	out := make([]record.Attendee, len(list))
	for i, a := range list {
		out[i] = record.Attendee{Person: byID[a.PersonID], Attendance: a}
	}
	return out, nil
}

// AttendedElsewhere reports whether a person is on the list of any other activity.
func (t *Tx) AttendedElsewhere(person, activity record.ID) (bool, error) {
	var n int
	err := t.tx.QueryRowContext(t.ctx,
		"SELECT count(*) FROM (SELECT 1 FROM attendance WHERE person_id = ? AND activity_id <> ? AND flags & 1 = 0 LIMIT 1)",
		person[:], activity[:]).Scan(&n)
	return n > 0, mapError(err)
}

// Units reads all living units.
func (db *DB) Units(ctx context.Context) ([]record.Unit, error) { return All[record.Unit](ctx, db) }
