package ledger

import (
	"context"

	"sophobien/internal/record"
)

// has asks whether the list holds a row as it is narrowed now; nil: it does.
func (l *List) has(id record.ID) func(context.Context) (bool, error) {
	if l.pages.Find(func(r record.ListRow) bool { return r.ID == id }) >= 0 {
		return nil
	}
	f := l.filter
	f.ID, f.Bare, f.Offset, f.Limit = id, true, 0, 1
	return func(ctx context.Context) (bool, error) {
		page, err := l.office.Rows(ctx, f)
		return len(page.Rows) > 0, err
	}
}
