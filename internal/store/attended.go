package store

import (
	"context"

	"sophobien/internal/record"
)

// Attended are the activities on whose lists a person stands, the newest first.
func (db *DB) Attended(ctx context.Context, person record.ID) ([]record.AttendedLine, error) {
	rows, err := db.read.QueryContext(ctx, `
		SELECT a.id, coalesce(a.when_date, ''), coalesce(a.title, ''), coalesce(a.kind, ''), coalesce(t.role, ''), coalesce(t.signed, 0), coalesce(t.arrived, ''),
		       t.score_before IS NOT NULL OR t.score_after IS NOT NULL, coalesce(t.score_before, 0), coalesce(t.score_after, 0)
		FROM attendance t JOIN activity a ON a.id = t.activity_id
		WHERE t.person_id = ? AND t.flags & 1 = 0 AND a.flags & 1 = 0 ORDER BY a.when_date DESC, a.id`, person[:])
	if err != nil {
		return nil, fmtErr("what a person attended", err)
	}
	defer rows.Close()
	var out []record.AttendedLine
	for rows.Next() {
		var id []byte
		var l record.AttendedLine
		if err := rows.Scan(&id, &l.Date, &l.Title, &l.Kind, &l.Role, &l.Signed, &l.Arrived, &l.Scored, &l.ScoreBefore, &l.ScoreAfter); err != nil {
			return nil, mapError(err)
		}
		l.ActivityID = idOf(id)
		out = append(out, l)
	}
	return out, mapError(rows.Err())
}
