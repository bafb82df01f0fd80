package store

import (
	"context"
	"encoding/json"
	"fmt"

	"sophobien/internal/record"
)

// Cited is a row that rests on texts of law.
type Cited struct {
	Ref       record.Ref
	Title     string
	Day       record.Date // of the answer, the session, the material; "" of a question without one
	Planned   bool        // a session that has not been held
	Asked     bool        // somebody asked and was answered
	Citations []record.Citation
}

// citing are the nouns that cite: what to read of each row beside its citations.
var citing = []struct{ noun, query string }{
	{"question", "SELECT id, text, coalesce(answered_on, ''), 0, coalesce(answered_on, '') <> '', citations FROM question"},
	{"activity", "SELECT id, title, coalesce(when_date, ''), status = 'planned', 0, citations FROM activity"},
	{"material", "SELECT id, title, coalesce(day, ''), 0, 0, citations FROM material"},
}

// Citing reads the rows that cite something, in no order that means anything.
func (db *DB) Citing(ctx context.Context) ([]Cited, error) {
	var out []Cited
	for _, from := range citing {
		err := eachRow(ctx, db.read, from.query+" WHERE flags & 1 = 0 AND citations IS NOT NULL", func(row scanTarget) error {
			var id []byte
			var day, citations string
			var title *string
			c := Cited{Ref: record.Ref{Noun: from.noun}}
			if err := row.Scan(&id, &title, &day, &c.Planned, &c.Asked, &citations); err != nil {
				return err
			}
			if title != nil {
				c.Title = *title
			}
			copy(c.Ref.ID[:], id)
			c.Day = record.Date(day)
			if err := json.Unmarshal([]byte(citations), &c.Citations); err != nil {
				return fmt.Errorf("%w: citations of %s %s: %v", record.ErrDamaged, from.noun, c.Ref.ID, err)
			}
			if len(c.Citations) > 0 {
				out = append(out, c)
			}
			return nil
		})
		if err != nil {
			return nil, fmtErr("citing rows", err)
		}
	}
	return out, nil
}

// LawNotes reads what the office says of texts of law, the oldest first.
func (db *DB) LawNotes(ctx context.Context) ([]record.LawNote, error) {
	return load[record.LawNote](ctx, db.read, db.box, "WHERE flags & 1 = 0 ORDER BY id")
}

// Reviews reads what was looked at again, the oldest first.
func (db *DB) Reviews(ctx context.Context) ([]record.Review, error) {
	return load[record.Review](ctx, db.read, db.box, "WHERE flags & 1 = 0 ORDER BY id")
}
