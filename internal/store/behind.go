package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// behindSQL gives a row behind a figure whatever its noun: its name, id, day, title and
// the people at it.
var behindSQL = strings.Join([]string{
	behindOf("activity", "when_date", "title", "heads_total"),
	behindOf("directive", "issued", "title", "0"),
	behindOf("publication", "day", "title", "0"),
	behindOf("material", "day", "title", "0"),
	behindOf("survey", "day", "title", "0"),
	behindOf("model", "since", "title", "0"),
	behindOf("budget", "''", "content", "0"), // money has a year and no day,
	behindOf("question", "received", "text", "0"),
	behindOf("unit", "valid_from", unitName("unit"), "0"),
}, " UNION ALL ")

func behindOf(noun, day, title, people string) string {
	return "SELECT '" + noun + "', id, coalesce(" + day + ", ''), coalesce(" + title + ", ''), coalesce(" + people + ", 0) FROM " + noun +
		" WHERE id IN (SELECT id FROM asked) AND flags & 1 = 0"
}

// Behind reads the rows behind a figure or a target, by day, those without a day first.
// Those that are gone by now are left out.
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
		`+behindSQL+`
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
