package app

import (
	"context"
	"time"

	"sophobien/internal/record"
)

// Draft gives what was being typed in a place of the window; nil when nothing.
func (a *App) Draft(ctx context.Context, scope string) ([]byte, time.Time, error) {
	text, at, err := a.db.Draft(ctx, scope)
	return text, at, explain(err)
}

// Drafts lists what was being typed in the places whose names begin alike, the newest
// first; what a killed program left is among them.
func (a *App) Drafts(ctx context.Context, prefix string) ([]record.Draft, error) {
	list, err := a.db.Drafts(ctx, prefix)
	return list, explain(err)
}

// SaveDraft keeps what is being typed: after it returned, a kill loses nothing of it.
func (a *App) SaveDraft(ctx context.Context, scope string, text []byte) (time.Time, error) {
	at := a.opts.Now()
	return at, a.explainWrite(a.db.SaveDraft(ctx, scope, text, at))
}

// DropDraft forgets a draft, as after saving.
func (a *App) DropDraft(ctx context.Context, scope string) error {
	return explain(a.db.DropDraft(ctx, scope))
}
