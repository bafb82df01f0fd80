package uitest

import (
	"context"
	"strings"

	"sophobien/internal/record"
)

// DueFor counts five days, weekends or not.
func (r *Records) DueFor(_ context.Context, received record.Date, days int) (record.Due, record.Words, error) {
	if days == 0 {
		days = 5
	}
	due := received.AddDays(days)
	return record.Due{On: due, Days: int64(days)}, record.Words{VI: "Hạn " + due.String() + "."}, r.called("DueFor")
}

// SimilarQuestions finds answered questions that share a word of five letters.
func (r *Records) SimilarQuestions(_ context.Context, text string, limit int) ([]record.Question, error) {
	var out []record.Question
	for _, n := range r.All("question") {
		q := n.(record.Question)
		for _, word := range strings.Fields(bare(text)) {
			if q.Answered() && len(word) >= 5 && strings.Contains(bare(q.Text), word) && len(out) < limit {
				out = append(out, q)
				break
			}
		}
	}
	return out, r.called("SimilarQuestions")
}
