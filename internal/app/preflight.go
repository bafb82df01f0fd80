package app

import (
	"context"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Preflight lists what would embarrass whoever signs the report of a period: what is
// missing, what cannot be right, and what should not leave the office.
func (a *App) Preflight(ctx context.Context, p record.FigurePeriod) ([]record.Concern, error) {
	years, err := a.years(ctx)
	if err != nil {
		return nil, err
	}
	last := years.before(p)
	in, err := a.reportInput(ctx, record.FigurePeriod{From: last.From, To: p.To})
	if err != nil {
		return nil, err
	}
	in.Period = p
	r, err := a.ReportFor(ctx, p)
	if err != nil {
		return nil, err
	}
	c := report.Checked{Input: in, Before: figuresIf(in, last), Warnings: map[record.ID][]record.Warning{}, Texts: r.Texts()}
	if c.Proved, err = a.db.Proved(ctx, "activity"); err != nil {
		return nil, explain(err)
	}
	w, err := a.worldOf(ctx, in)
	if err != nil {
		return nil, explain(err)
	}
	for _, act := range report.Counted(in) {
		if c.Warnings[act.ID], err = a.warningsIn(w, act); err != nil {
			return nil, explain(err)
		}
	}
	if c.Named, err = a.namedIn(ctx); err != nil {
		return nil, explain(err)
	}
	return report.Preflight(c), nil
}

// longest is how many days of an activity are looked at for who speaks elsewhere then.
const longest = 31

// worldOf is the world as the rows of a report tell it: each activity of a year is judged
// without asking the store again.
func (a *App) worldOf(ctx context.Context, in report.Input) (world, error) {
	today, err := a.today(ctx)
	byID, byDay := map[record.ID]record.Activity{}, map[record.Date][]record.Activity{}
	for _, act := range in.Activities {
		byID[act.ID] = act
		if !act.When.Date.Valid() {
			continue
		}
		for day, n := act.When.Date, 0; day <= act.When.Last() && n < longest; day, n = day.AddDays(1), n+1 {
			byDay[day] = append(byDay[day], act)
		}
	}
	return world{
		today: today,
		off:   func(record.Date) (record.Holiday, bool, error) { return record.Holiday{}, false, nil }, // a day off is but a hint
		unit: func(id record.ID) (record.Unit, bool, error) {
			u, there := in.Units[id]
			return u, there, nil
		},
		stored: func(id record.ID) (record.Activity, bool, error) {
			act, there := byID[id]
			return act, there, nil
		},
		during: func(p record.Period) ([]record.Activity, error) {
			var out []record.Activity
			seen := map[record.ID]bool{}
			for day, n := p.From, 0; day <= p.To && n < longest; day, n = day.AddDays(1), n+1 {
				for _, act := range byDay[day] {
					if !seen[act.ID] {
						seen[act.ID] = true
						out = append(out, act)
					}
				}
			}
			return out, nil
		},
	}, err
}

// mostWords is how many words a name has at most that is looked for.
const mostWords = 6

// namedIn looks for the names of the register in a text, as they are written: a name
// without its marks is too often a word.
func (a *App) namedIn(ctx context.Context) (func(string) bool, error) {
	names := map[string]bool{}
	err := a.db.EachName(ctx, func(name string) {
		if words := wordsOf(name); len(words) >= 2 && !record.NoName(name) {
			names[strings.Join(words, " ")] = true
		}
	})
	return func(text string) bool {
		words := wordsOf(text)
		for i := range words {
			for j := i + 2; j <= min(len(words), i+mostWords); j++ {
				if names[strings.Join(words[i:j], " ")] {
					return true
				}
			}
		}
		return false
	}, err
}

// wordsOf are the words of a text, without the signs around them.
func wordsOf(text string) []string {
	words := strings.Fields(strings.ToLower(norm.NFC.String(text)))
	for i, w := range words {
		words[i] = strings.Trim(w, ".,;:!?()“”\"'")
	}
	return words
}
