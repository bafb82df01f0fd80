package ledger

import (
	"context"

	"sophobien/internal/record"
)

// Office is what a register asks of the running office.
type Office interface {
	Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error)
	Record(ctx context.Context, ref record.Ref) (record.Noun, error)
	// SaveRecordFrom stores what of a row was changed since base was read; what others
	// changed meanwhile stays. A new row has no id.
	SaveRecordFrom(ctx context.Context, base, n record.Noun) (record.Noun, error)
	DeleteRecord(ctx context.Context, ref record.Ref) (record.Change, error)
	Past
	Undo(ctx context.Context, batch string) (record.Change, error)
	Topics() []record.Term
	// ParseDate reads a day as people write it: 05/03/2026, 5/3, 05032026, hôm nay.
	ParseDate(text string) (record.Date, error)
	Namer
	DraftKeeper
}

// Namer finds what a row can point at, and says what it is called.
type Namer interface {
	FindUnits(ctx context.Context, query string, limit int) ([]record.UnitChoice, error)
	FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error)
	TitleOf(ctx context.Context, ref record.Ref) (string, error)
}
