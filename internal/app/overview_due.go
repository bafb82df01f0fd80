package app

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// firstWords is how much of a question or a title a line shows.
const firstWords = 90

// due lists what waits by its day. What has passed comes first since its day does.
func (g *glance) due() []record.DueLine {
	var out []record.DueLine
	for _, w := range g.year.Waiting {
		out = append(out, g.dueQuestion(w))
	}
	for _, w := range g.year.Plans {
		out = append(out, g.duePlan(w))
	}
	slices.SortStableFunc(out, func(a, b record.DueLine) int { return strings.Compare(string(a.On), string(b.On)) })
	return out
}

func (g *glance) dueQuestion(w store.Waiting) record.DueLine {
	line := record.DueLine{On: w.On, Errand: record.Errand{
		Words: same(shortened(w.Title)), Do: record.Words{VI: "Trả lời", EN: "Answer"},
		Area: record.AreaQuestions, Ref: record.Ref{Noun: "question", ID: w.ID},
	}}
	left := g.days.Between(g.o.Today, w.On)
	switch {
	case w.On < g.o.Today:
		late := max(-left, 1) // over a weekend no working day has gone by
		line.State, line.When = record.DuePassed, count(late, "quá hạn %d ngày làm việc", "overdue by %d working day", "overdue by %d working days")
	case w.On == g.o.Today:
		line.State, line.When = record.DueSoon, record.Words{VI: "hạn hôm nay", EN: "due today"}
	default:
		line.State, line.When = record.DueAhead, count(left, "còn %d ngày làm việc", "%d working day left", "%d working days left")
		if left <= 2 {
			line.State = record.DueSoon
		}
	}
	return line
}

func (g *glance) duePlan(w store.Waiting) record.DueLine {
	line := record.DueLine{On: w.On, Errand: record.Errand{
		Words: same(shortened(w.Title)), Do: record.Words{VI: "Mở", EN: "Open"},
		Area: record.AreaActivities, Ref: record.Ref{Noun: "activity", ID: w.ID},
	}}
	switch days := daysUntil(g.o.Today, w.On); {
	case days < 0:
		line.State, line.When = record.DuePassed, count(-days, "đã qua %d ngày", "%d day ago", "%d days ago")
	case days == 0:
		line.State, line.When = record.DueSoon, record.Words{VI: "hôm nay", EN: "today"}
	case days == 1:
		line.State, line.When = record.DueSoon, record.Words{VI: "ngày mai", EN: "tomorrow"}
	default:
		line.State, line.When = record.DueAhead, count(days, "còn %d ngày", "in %d day", "in %d days")
	}
	return line
}

// count puts a number into Vietnamese, which has no plural, and English, which has.
func count(n int, vi, one, many string) record.Words {
	if n != 1 {
		one = many
	}
	return record.Words{VI: fmt.Sprintf(vi, n), EN: fmt.Sprintf(one, n)}
}

// same is what the office wrote: it has no translation.
func same(text string) record.Words { return record.Words{VI: text, EN: text} }

// shortened is the beginning of a text on one line, cut between words.
func shortened(text string) string {
	words := strings.Fields(text)
	out := ""
	for i, w := range words {
		if i > 0 && len([]rune(out))+1+len([]rune(w)) > firstWords {
			return strings.TrimRight(out, " ,.;:") + "…"
		}
		out = strings.TrimSpace(out + " " + w)
	}
	if r := []rune(out); len(r) > 2*firstWords {
		return string(r[:firstWords]) + "…"
	}
	return out
}
