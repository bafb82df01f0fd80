package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// SaveQuestion makes or changes a question. One without a day by which it is to be
// answered gets one, counted in the working days the office gives itself; a day that
// was counted follows the day of receipt, and one that is written over it is set by
// hand from then on.
func (a *App) SaveQuestion(ctx context.Context, q record.Question) (record.Question, error) {
	var before record.Question
	if !q.ID.IsZero() {
		var err error
		if before, err = store.Find[record.Question](ctx, a.db, q.ID); err != nil {
			return q, explain(err)
		}
		if q.Due.On != "" && before.Due.On != q.Due.On {
			q.Due.Days = 0
		}
	}
	// The day of an answered question says whether the answer was in time: it stays.
	counted := q.Due.On == "" || q.Due.Days > 0 && (!q.Answered() || before.Received != q.Received)
	if counted && q.Received != "" && q.Received.Valid() {
		count, err := a.countDue(ctx, q.Received, int(q.Due.Days))
		if err != nil {
			return q, err
		}
		q.Due.On, q.Due.Days = count.Due, int64(count.Days)
	}
	var err error
	if q.Citations, err = a.complete(ctx, q.Citations, q.AnsweredOn); err != nil {
		return q, err
	}
	return save(ctx, a, q, a.held("received", max(q.Received, q.AnsweredOn, q.Routed.On)))
}

// DueFor is the day by which what came on a day is to be answered, and how it was
// counted, in a sentence. Days 0 is what the office gives itself.
func (a *App) DueFor(ctx context.Context, received record.Date, days int) (record.Due, record.Words, error) {
	count, err := a.countDue(ctx, received, days)
	if err != nil {
		return record.Due{}, record.Words{}, explain(err)
	}
	return record.Due{On: count.Due, Days: int64(count.Days)}, count.Sentence(), nil
}

func (a *App) countDue(ctx context.Context, received record.Date, days int) (workday.Count, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return workday.Count{}, err
	}
	if days <= 0 {
		days = office.DaysToAnswer()
	}
	calendar, err := a.workdays(ctx)
	if err != nil {
		return workday.Count{}, err
	}
	return calendar.Add(received, days)
}

// SimilarQuestions are answered questions that speak of the same things as a text
// being typed, the nearest first.
func (a *App) SimilarQuestions(ctx context.Context, text string, limit int) ([]record.Question, error) {
	ids, err := a.db.SimilarQuestions(ctx, text, limit)
	if err != nil {
		return nil, explain(err)
	}
	var out []record.Question
	for _, id := range ids {
		q, err := store.Find[record.Question](ctx, a.db, id)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, q)
	}
	return out, nil
}
