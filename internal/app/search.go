package app

import (
	"context"
	"strings"

	"sophobien/internal/record"
)

// searched are the registers a search over all looks into, in the order in which it
// shows what it found.
var searched = []string{"activity", "question", "unit", "instructor", "directive", "publication", "material", "survey", "model", "budget"}

// SearchAll finds rows of every register, and people, by words with or without marks,
// at most limit of each.
func (a *App) SearchAll(ctx context.Context, text string, limit int) ([]record.Hit, error) {
	var hits []record.Hit
	for _, noun := range searched {
		page, err := a.Rows(ctx, record.ListFilter{Noun: noun, Text: text, Limit: limit})
		if err != nil {
			return nil, err
		}
		l := record.ListingOf(noun)
		for _, r := range page.Rows {
			hits = append(hits, hitOf(l, r))
		}
	}
	people, err := a.FindPeople(ctx, text, limit)
	for _, p := range people {
		hits = append(hits, record.Hit{Ref: record.Ref{Noun: "person", ID: p.ID}, Title: p.Name, Detail: p.Detail})
	}
	return hits, err
}

// hitOf names a row by its widest column of text and tells it from others by its
// other columns in sight.
func hitOf(l *record.Listing, r record.ListRow) record.Hit {
	title := l.TitleColumn()
	var detail []string
	for i := range l.Columns {
		c := &l.Columns[i]
		if i == title || c.Hidden || r.Cells[i] == "" || len(detail) == 3 {
			continue
		}
		switch c.Kind {
		case record.ListDay:
			detail = append(detail, record.Date(r.Cells[i]).String())
		case record.ListText, record.ListName:
			detail = append(detail, r.Cells[i])
		}
	}
	return record.Hit{Ref: record.Ref{Noun: l.Noun, ID: r.ID}, Title: oneLine(r.Cells[title]), Detail: strings.Join(detail, " · ")}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
