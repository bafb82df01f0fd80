package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"sophobien/internal/record"
)

// searched are the registers a search over all looks into, in the order in which it
// shows what it found.
var searched = []string{"activity", "question", "unit", "instructor", "directive", "publication", "material", "survey", "model", "budget"}

// sideBySide is how many registers are searched side by side.
const sideBySide = 3

// SearchAll finds rows of every register, and people, by words with or without marks,
// at most limit of each.
func (a *App) SearchAll(ctx context.Context, text string, limit int) ([]record.Hit, error) {
	found := make([][]record.Hit, len(searched)+1)
	errs := make([]error, len(found))
	next := make(chan int, len(found))
	for i := range found {
		next <- i
	}
	close(next)
	var work sync.WaitGroup
	for range sideBySide {
		work.Go(func() {
			for i := range next {
				if i == len(searched) {
					found[i], errs[i] = a.searchPeople(ctx, text, limit)
				} else {
					found[i], errs[i] = a.searchRows(ctx, searched[i], text, limit)
				}
			}
		})
	}
	work.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}

func (a *App) searchRows(ctx context.Context, noun, text string, limit int) ([]record.Hit, error) {
	page, err := a.Rows(ctx, record.ListFilter{Noun: noun, Text: text, Limit: limit, Bare: true})
	if err != nil {
		return nil, err
	}
	var hits []record.Hit
	l := record.ListingOf(noun)
	for _, r := range page.Rows {
		hits = append(hits, hitOf(l, r))
	}
	return hits, nil
}

func (a *App) searchPeople(ctx context.Context, text string, limit int) ([]record.Hit, error) {
	people, err := a.FindPeople(ctx, text, limit)
	if err != nil {
		return nil, err
	}
	var hits []record.Hit
	for _, p := range people {
		hits = append(hits, record.Hit{Ref: record.Ref{Noun: "person", ID: p.ID}, Title: p.Name, Detail: p.Detail})
	}
	return hits, nil
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
