package store

import (
	"context"
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// pageSize is how many lines a page of a list has unless the filter says.
const pageSize = 100

// activityWhere turns a filter into a clause; a kind or status that is empty does
// not filter. beside are the activities that say what is sought beside the list's texts.
func activityWhere(f record.ActivityFilter, beside []record.ID) (string, []any) {
	where, args := []string{"activity.flags & 1 = 0"}, []any{}
	add := func(wanted bool, clause string, values ...any) {
		if wanted {
			where, args = append(where, clause), append(args, values...)
		}
	}
	add(!f.ID.IsZero(), "activity.id = ?", f.ID[:])
	add(f.Period.From != "" && !f.Touching, "when_date >= ?", string(f.Period.From))
	add(f.Period.From != "" && f.Touching, "max(when_date, coalesce(when_end_date, '')) >= ?", string(f.Period.From))
	add(f.Period.To != "", "when_date <= ?", string(f.Period.To))
	add(f.Kind != "", "activity.kind = ?", f.Kind)
	add(f.Status != "", "status = ?", f.Status)
	add(!f.UnitID.IsZero(), "(host_unit_id = ? OR instr(units_reached, ?) > 0)", f.UnitID[:], f.UnitID.String())
	if words := viet.Key(f.Text); words != "" {
		end, isCode := record.ParseCode(f.Text)
		add(true, "(viet_has("+activitySearched+", ?) OR ? AND substr(activity.id, 12) = ? OR activity.id IN ("+idsIn+"))", words, isCode, end[:], idList(beside))
	}
	return strings.Join(where, " AND "), args
}

// activitySearched are the texts in which words are looked for: those of the listing, so
// that what goes out is what was seen.
var activitySearched = newListQuery(record.ListingOf("activity"), record.ListFilter{}).searched()

// activityOrder is the order of the listing, so that what goes out stands as it was seen.
func activityOrder(f record.ActivityFilter) string {
	return newListQuery(record.ListingOf("activity"), f.Listed()).ownOrder()
}

// Activities reads one page of the list and what the filter holds altogether.
func (db *DB) Activities(ctx context.Context, f record.ActivityFilter) (record.ActivityPage, error) {
	page := record.ActivityPage{ByKind: map[string]int{}, By: map[string]int{}}
	beside, err := db.beside.find(ctx, db, "activity", viet.Key(f.Text))
	if err != nil {
		return page, fmtErr("search activities", err)
	}
	if err := db.countActivities(ctx, f, beside, &page); err != nil {
		return page, err
	}
	where, args := activityWhere(f, beside)
	limit := f.Limit
	if limit <= 0 {
		limit = pageSize
	}
	rows, err := db.read.QueryContext(ctx, `
		SELECT activity.id, coalesce(when_date,''), coalesce(when_end_date,''), coalesce(when_start,''), coalesce(when_end,''), coalesce(activity.kind,''), coalesce(title,''), coalesce(when_place,''),
		       coalesce(unit.type,''), coalesce(unit.name,''), coalesce(unit.kind,''), coalesce(status,''),
		       coalesce(heads_total,0), coalesce(heads_women,0)
		FROM activity LEFT JOIN unit ON unit.id = activity.host_unit_id
		WHERE `+where+` ORDER BY `+activityOrder(f)+` LIMIT ? OFFSET ?`, append(args, limit, f.Offset)...)
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
	err := row.Scan(&id, &l.Date, &l.EndDate, &l.Start, &l.End, &l.Kind, &l.Title, &l.Place, &host.Type, &host.Name, &host.Kind, &l.Status, &l.Total, &l.Women)
	copy(l.ID[:], id)
	l.Host = host.FullName()
	return l, mapError(err)
}

// countActivities counts in one pass: what the whole filter holds, and beside
// each kind and status what it would hold with that one chosen instead.
func (db *DB) countActivities(ctx context.Context, f record.ActivityFilter, beside []record.ID, page *record.ActivityPage) error {
	open := f
	open.Kind, open.Status = "", ""
	where, args := activityWhere(open, beside)
	rows, err := db.read.QueryContext(ctx, `
		SELECT coalesce(kind, ''), coalesce(status, ''), count(*), coalesce(sum(heads_total), 0)
		FROM activity WHERE `+where+" GROUP BY 1, 2", args...)
	if err != nil {
		return fmtErr("count activities", err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind, status string
		var n int
		var people int64
		if err := rows.Scan(&kind, &status, &n, &people); err != nil {
			return mapError(err)
		}
		ofKind, ofStatus := f.Kind == "" || f.Kind == kind, f.Status == "" || f.Status == status
		if ofStatus {
			page.ByKind[kind] += n
		}
		if ofKind {
			page.By[status] += n
		}
		if ofKind && ofStatus {
			page.Total += n
			page.People += people
		}
	}
	return mapError(rows.Err())
}

// ActivitiesDuring reads the activities of which a day lies in a period, in order of
// day and id.
func (db *DB) ActivitiesDuring(ctx context.Context, p record.Period) ([]record.Activity, error) {
	return load[record.Activity](ctx, db.read, db.box,
		"WHERE flags & 1 = 0 AND when_date <= ? AND max(when_date, coalesce(when_end_date, '')) >= ? ORDER BY when_date, id", string(p.To), string(p.From))
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

// ListsWith names the activities on whose list a person stands, or whose line an
// attendance is; what was taken off counts too.
func (t *Tx) ListsWith(ref record.Ref) ([]record.ID, error) {
	column := map[string]string{"attendance": "id", "person": "person_id"}[ref.Noun]
	if column == "" {
		return nil, fmt.Errorf("%w: %s stands on no list", record.ErrInvalid, ref.Noun)
	}
	rows, err := t.tx.QueryContext(t.ctx,
		"SELECT DISTINCT activity_id FROM attendance WHERE activity_id IS NOT NULL AND "+column+" = ?", ref.ID[:])
	if err != nil {
		return nil, fmtErr("lists of a person", err)
	}
	defer rows.Close()
	var out []record.ID
	for rows.Next() {
		var id []byte
		if err := rows.Scan(&id); err != nil {
			return nil, mapError(err)
		}
		out = append(out, record.ID(id))
	}
	return out, mapError(rows.Err())
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

// QuestionsAt reads the questions asked at an activity, in the order they came.
func (db *DB) QuestionsAt(ctx context.Context, activity record.ID) ([]record.Question, error) {
	return load[record.Question](ctx, db.read, db.box, "WHERE activity_id = ? AND flags & 1 = 0 ORDER BY received, id", activity[:])
}
