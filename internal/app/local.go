package app

import (
	"context"
	"time"
)

// Draft gives what was being typed in a place of the window; nil when nothing.
func (a *App) Draft(ctx context.Context, scope string) ([]byte, time.Time, error) {
	text, at, err := a.db.Draft(ctx, scope)
	return text, at, explain(err)
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
