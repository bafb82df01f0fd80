package app

import (
	"context"

	"sophobien/internal/record"
)

// SaveQuestion makes or changes a question.
func (a *App) SaveQuestion(ctx context.Context, q record.Question) (record.Question, error) {
	return save(ctx, a, q, a.held("received", max(q.Received, q.AnsweredOn)))
}

// SaveHoliday makes or changes a day off.
func (a *App) SaveHoliday(ctx context.Context, h record.Holiday) (record.Holiday, error) {
	return save(ctx, a, h, nil)
}
