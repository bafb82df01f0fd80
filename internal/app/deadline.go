package app

import (
	"context"
	"fmt"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/workday"
)

// The report goes out before 5 December, whatever days it counts.
const reportDay = "12-04"

func dayOfReport(year int) record.Date { return record.Date(fmt.Sprintf("%04d-%s", year, reportDay)) }

// deadline is a day seen from today, in days and in working days.
func deadline(days *workday.Calendar, today, on record.Date) record.Deadline {
	d := record.Deadline{On: on, Days: daysUntil(today, on), WorkDays: days.Between(today, on), LastWork: on}
	for range 30 {
		if days.Working(d.LastWork) {
			break
		}
		d.LastWork = d.LastWork.AddDays(-1)
	}
	return d
}

func daysUntil(from, to record.Date) int { return int(to.Time().Sub(from.Time()) / (24 * time.Hour)) }

// reportDeadline is that of a whole reporting year; a part of one has none of its own.
func (a *App) reportDeadline(ctx context.Context, p record.FigurePeriod, today record.Date) (record.Deadline, error) {
	if p.Year == 0 || p.Part != "" {
		return record.Deadline{}, nil
	}
	days, err := a.workdays(ctx)
	if err != nil {
		return record.Deadline{}, err
	}
	return deadline(days, today, dayOfReport(p.Year)), nil
}
