package reports

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// partDays is the choice of any two days, beside the parts of a year.
const partDays = "days"

// span is a first and a last day, for a report asked for out of turn.
type span struct {
	from, to *kit.DateEntry
	row      *fyne.Container

	showing bool
}

func newSpan(s *Screen) *span {
	d := &span{}
	day := func() *kit.DateEntry {
		e := kit.NewDateEntry(s.office.ParseDate, func() record.Date { return record.DateOf(s.desk.Now()) })
		take := func() {
			if !d.showing && s.part == partDays {
				s.frozen = record.Report{}
				s.Reload()
			}
		}
		e.Entry().OnLeft = take
		e.Entry().OnSubmitted = func(string) { take() }
		return e
	}
	d.from, d.to = day(), day()
	d.row = kit.HStack(theme.SizeGap, kit.Line(kit.T("Từ")), sized(d.from), kit.Line(kit.T("đến")), sized(d.to))
	return d
}

// begin shows the days of the period seen so far, to be changed.
func (d *span) begin(p record.FigurePeriod) {
	d.showing = true
	defer func() { d.showing = false }()
	d.from.SetValue(p.From)
	d.to.SetValue(p.To)
}

// days are those that stand in the fields.
func (d *span) days() (from, to record.Date, err error) {
	if from, err = d.from.Value(); err == nil {
		to, err = d.to.Value()
	}
	return from, to, err
}

// count asks for the figures of what was chosen.
func (s *Screen) count() func(context.Context) (record.PeriodStanding, error) {
	year, part := s.year, s.part
	if part != partDays {
		return func(ctx context.Context) (record.PeriodStanding, error) {
			p, err := s.office.PartOfYear(ctx, year, "", part)
			if err != nil {
				return record.PeriodStanding{}, err
			}
			return s.office.Standing(ctx, p)
		}
	}
	from, to, err := s.span.days()
	return func(ctx context.Context) (record.PeriodStanding, error) {
		if err != nil {
			return record.PeriodStanding{}, err
		}
		p, err := s.office.Between(from, to)
		if err != nil {
			return record.PeriodStanding{}, err
		}
		return s.office.Standing(ctx, p)
	}
}

// fileName is what a file of the period is called, without its ending.
func (s *Screen) fileName() string {
	name := fmt.Sprintf("Bao-cao-PBPL-%d", s.year)
	switch p := s.figures.Period; {
	case s.part == partDays:
		return fmt.Sprintf("Bao-cao-PBPL-%s-%s", string(p.From), string(p.To))
	case s.part != "":
		name += "-" + s.part
	}
	return name
}
