package ledger

import (
	"context"
	"reflect"

	"sophobien/internal/record"
)

// titleOf is what a draft calls its row: what was typed, or what stood there before.
func (s *Screen) titleOf(_ string, text []byte) (string, bool) {
	d, ok := readDraft(text)
	if !ok {
		return "", false
	}
	begin := s.spec.Begin()
	l := record.ListingOf(s.noun)
	title := l.Columns[l.TitleColumn()].Name
	if _, plain := record.Get(begin, title).(string); plain && d.Typed[title] != "" {
		return d.Typed[title], true
	}
	n := reflect.New(reflect.TypeOf(begin))
	if record.Fill(n.Interface(), d.Base) != nil {
		return "", true
	}
	return s.heading(n.Elem().Interface().(record.Noun)), true
}

func (s *Screen) storedTitle(ctx context.Context, id record.ID) (string, error) {
	n, err := s.office.Record(ctx, record.Ref{Noun: s.noun, ID: id})
	if err != nil {
		return "", err
	}
	return s.heading(n), nil
}
