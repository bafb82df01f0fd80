package store

import (
	"context"
	"encoding/json"
	"fmt"

	"sophobien/internal/record"
)

// Behind reads the rows behind a figure, by day: activities, and documents that steer
// the work. Those that are gone by now are left out.
func (db *DB) Behind(ctx context.Context, ids []record.ID) ([]record.Behind, error) {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	list, err := json.Marshal(texts)
	if err != nil {
		return nil, err
	}
	rows, err := db.read.QueryContext(ctx, `
		WITH asked AS (SELECT unhex(value, '-') AS id FROM json_each(?))
		SELECT 'activity', id, coalesce(when_date, ''), coalesce(title, ''), coalesce(heads_total, 0) FROM activity
		WHERE id IN (SELECT id FROM asked) AND flags & 1 = 0
		UNION ALL
		SELECT 'directive', id, coalesce(issued, ''), coalesce(title, ''), 0 FROM directive
		WHERE id IN (SELECT id FROM asked) AND flags & 1 = 0
		ORDER BY 3, 2`, string(list))
	if err != nil {
		return nil, fmtErr("rows behind a figure", err)
	}
	defer rows.Close()
	var out []record.Behind
	for rows.Next() {
		var b record.Behind
		var id []byte
		if err := rows.Scan(&b.Ref.Noun, &id, &b.Day, &b.Title, &b.People); err != nil {
			return nil, mapError(err)
		}
		if len(id) != 16 {
			return nil, fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
		}
		b.Ref.ID = record.ID(id)
		out = append(out, b)
	}
	return out, mapError(rows.Err())
}
