package report

import (
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// MonthRow is what one month of the period adds to the indicators. Its days are
// those of the month that lie in the period.
type MonthRow struct {
	Days          record.Period
	Directives    int64 // I1
	Trainings     int64 // I2
	Trained       int64 // I3
	Direct        int64 // I4
	Attended      int64 // I5
	AttendedWomen int64 // I5, women
	Dialogues     int64 // I7
	DialogueHeads int64 // I7, people
	Contests      int64 // I8
	Entries       int64 // I8, entries
}

// Monthly is the period month by month: every month of it, also the empty ones,
// and both parts of a month the period cuts. An open end is the first or last
// counted day.
func Monthly(in Input) []MonthRow {
	counted, issued := Counted(in), issuedIn(in)
	var days []record.Date
	for i := range counted {
		days = append(days, counted[i].When.Date)
	}
	for _, d := range issued {
		days = append(days, d.Issued)
	}
	rows := months(in.Period, days)
	of := func(d record.Date) *MonthRow {
		at, _ := slices.BinarySearchFunc(rows, d, func(m MonthRow, d record.Date) int { return cmp.Compare(m.Days.To, d) })
		return &rows[at]
	}
	for i := range counted {
		of(counted[i].When.Date).add(&counted[i])
	}
	for _, d := range issued {
		of(d.Issued).Directives++
	}
	return rows
}

// months needs the days of what is counted only for the open ends of a period.
func months(p record.FigurePeriod, days []record.Date) []MonthRow {
	from, to := p.From, p.To
	if len(days) > 0 {
		if from == "" {
			from = slices.Min(days)
		}
		if to == "" {
			to = slices.Max(days)
		}
	}
	var rows []MonthRow
	for from != "" && from <= to {
		last := min(endOfMonth(from), to)
		rows = append(rows, MonthRow{Days: record.Period{From: from, To: last}})
		from = last.AddDays(1)
		if from <= last { // the last day that can be written
			break
		}
	}
	return rows
}

func endOfMonth(d record.Date) record.Date {
	first := day(d.Year(), d.Month(), 1)
	return record.DateOf(first.Time().AddDate(0, 1, -1))
}

func (m *MonthRow) add(a *record.Activity) {
	if isDirective(a) {
		m.Directives++
	}
	if isTraining(a) {
		m.Trainings++
		m.Trained += a.Heads.Total
	}
	if isDirect(a) {
		m.Direct++
		m.Attended += a.Heads.Total
		m.AttendedWomen += a.Heads.Women
	}
	if isDialogue(a) {
		m.Dialogues++
		m.DialogueHeads += a.Heads.Total
	}
	if isContest(a) {
		m.Contests++
		m.Entries += a.Heads.Total
	}
}

// AudienceRow counts the people of one group, by what they came to. The columns
// overlap where a training also counts as direct dissemination.
type AudienceRow struct {
	Split    map[string]string // like Figure.Split: {} is everybody
	Trained  int64
	Attended int64
	Dialogue int64
	Entries  int64
}

// ByAudience is one row for each audience, one for everybody, and one for each
// group that overlaps them.
func ByAudience(in Input) []AudienceRow {
	var rows []AudienceRow
	var of []func(record.HeadCount) int64
	put := func(dim, part string, f func(record.HeadCount) int64) {
		row := AudienceRow{Split: map[string]string{}}
		if dim != "" {
			row.Split[dim] = part
		}
		rows, of = append(rows, row), append(of, f)
	}
	for _, t := range record.Audiences {
		put("audience", t.Code, func(h record.HeadCount) int64 { return h.Of(t.Code) })
	}
	put("", "", func(h record.HeadCount) int64 { return h.Total })
	for _, g := range []string{"women", "ethnic_minority", "disabled"} {
		put("group", g, func(h record.HeadCount) int64 { return group(h, g) })
	}
	for _, a := range Counted(in) {
		for i := range rows {
			rows[i].add(&a, of[i](a.Heads))
		}
	}
	return rows
}

func (r *AudienceRow) add(a *record.Activity, n int64) {
	if isTraining(a) {
		r.Trained += n
	}
	if isDirect(a) {
		r.Attended += n
	}
	if isDialogue(a) {
		r.Dialogue += n
	}
	if isContest(a) {
		r.Entries += n
	}
}
