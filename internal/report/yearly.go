package report

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// Yearly is all that a report of a period prints: the figures beside those of the year
// before and of all years since the plan began, where the targets are heading, the
// tables, and what the office says itself. Of people it names only the signer: speakers
// and who asked are left out.
type Yearly struct {
	Office  record.Office
	Printed record.Date // "" leaves the day open
	Number  string      // of the paper, without the series; "" leaves room for the hand
	Basis   string      // what the report carries out: number, day, issuer and subject of the plan

	Figures  record.Figures
	Estimate *record.Figures // by the last day of the period; nil where it is over
	Before   *record.Figures // of the same part of the year before; nil where there is none
	Since    *record.Figures // from the first day of the plan to the last of the period

	Outlooks   []Outlook
	Months     []MonthRow
	Audiences  []AudienceRow
	Tasks      []TaskRow
	Places     []PlaceRow
	Units      []UnitRow
	Activities []record.Activity // those counted, by day; without inner notes
	Questions  []record.Question // received in the period; without who asked
	Materials  []record.Material
	Budgets    []record.Budget

	UnitNames map[record.ID]string
	Topics    []record.Term

	Texts map[string]string // what the office says itself, by TextSections
}

// TextSections are the parts of a report that the office writes itself; they are kept
// from one version to the next.
var TextSections = []record.Term{
	{Code: "leading", Words: record.Words{VI: "Công tác chỉ đạo, triển khai", EN: "Leading the work"}},
	{Code: "results", Words: record.Words{VI: "Đánh giá kết quả đạt được", EN: "What was reached"}},
	{Code: "difficulties", Words: record.Words{VI: "Khó khăn, vướng mắc", EN: "Difficulties"}},
	{Code: "causes", Words: record.Words{VI: "Nguyên nhân", EN: "Causes"}},
	{Code: "next", Words: record.Words{VI: "Phương hướng, nhiệm vụ năm tiếp theo", EN: "The year to come"}},
	{Code: "proposals", Words: record.Words{VI: "Đề xuất, kiến nghị", EN: "Proposals"}},
}

// TaskRow is what was done for one task of the plan; an activity without a task stands
// under "".
type TaskRow struct {
	Task       string
	Activities int64
	Direct     int64 // of them direct dissemination
	People     int64 // at all of them
	Spent      int64 // đồng, the budget's lines of the task among it
}

// PlaceRow is what was done in one commune: where the host stands, or is, or lies in.
// The last row, with no unit, is everything else, so that the rows add up.
type PlaceRow struct {
	Unit       record.ID
	Activities int64
	Direct     int64
	Attended   int64 // at direct dissemination
	Trainings  int64
	Trained    int64
	Questions  int64 // received from units there
}

// UnitRow is one unit that the target of two sessions asks, and how often it took part.
type UnitRow struct {
	Unit     record.ID
	Sessions int64
	Enough   bool
}

// Tables fills in the tables and lists of a report from what its figures are made of.
func (y *Yearly) Tables(in Input) {
	c := newComputation(in)
	y.Months, y.Audiences = Monthly(in), ByAudience(in)
	y.Activities = Counted(in)
	for i := range y.Activities {
		y.Activities[i].Note, y.Activities[i].Speakers = "", nil
	}
	y.Questions, y.Materials, y.Budgets = c.listed()
	y.Tasks, y.Places, y.Units = c.byTask(y.Budgets), c.byPlace(y.Questions), c.byUnit()
}

// listed are the rows of the period that a report lists, by day.
func (c *computation) listed() (questions []record.Question, materials []record.Material, budgets []record.Budget) {
	span := c.in.Period.Span()
	for _, q := range c.in.Questions {
		if span.Has(q.Received) {
			q.Asker, q.Contact, q.Note, q.UnitText = "", "", "", ""
			questions = append(questions, q)
		}
	}
	for _, m := range c.in.Materials {
		if span.Has(m.On) {
			m.Note = ""
			materials = append(materials, m)
		}
	}
	for _, b := range c.in.Budgets {
		if holdsYear(c.in.Period, b.Year) {
			b.Note = ""
			budgets = append(budgets, b)
		}
	}
	slices.SortStableFunc(questions, func(a, b record.Question) int {
		return cmp.Or(cmp.Compare(a.Received, b.Received), bytes.Compare(a.ID[:], b.ID[:]))
	})
	slices.SortStableFunc(materials, func(a, b record.Material) int {
		return cmp.Or(cmp.Compare(a.On, b.On), bytes.Compare(a.ID[:], b.ID[:]))
	})
	slices.SortStableFunc(budgets, func(a, b record.Budget) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return questions, materials, budgets
}

func (c *computation) byTask(budgets []record.Budget) []TaskRow {
	at := map[string]*TaskRow{}
	row := func(task string) *TaskRow {
		if at[task] == nil {
			at[task] = &TaskRow{Task: task}
		}
		return at[task]
	}
	for _, a := range c.held {
		r := row(a.Task)
		r.Activities++
		r.People += a.Heads.Total
		r.Spent += spent(a)
		if a.Direct {
			r.Direct++
		}
	}
	for _, b := range budgets {
		row(b.Task).Spent += b.Spent
	}
	out := make([]TaskRow, 0, len(at))
	for _, r := range at {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b TaskRow) int {
		return cmp.Or(cmp.Compare(btoi(a.Task == ""), btoi(b.Task == "")), cmp.Compare(a.Task, b.Task))
	})
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (c *computation) byPlace(questions []record.Question) []PlaceRow {
	at := map[record.ID]*PlaceRow{}
	row := func(unit record.ID) *PlaceRow {
		place := c.register.communeOf(unit)
		if at[place] == nil {
			at[place] = &PlaceRow{Unit: place}
		}
		return at[place]
	}
	for _, a := range c.held {
		r := row(a.HostUnitID)
		r.Activities++
		if a.Direct {
			r.Direct++
			r.Attended += a.Heads.Total
		}
		if isTraining(a) {
			r.Trainings++
			r.Trained += a.Heads.Total
		}
	}
	for _, q := range questions {
		row(q.UnitID).Questions++
	}
	var out []PlaceRow
	for _, r := range at {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b PlaceRow) int {
		return cmp.Or(cmp.Compare(btoi(a.Unit.IsZero()), btoi(b.Unit.IsZero())),
			cmp.Compare(c.in.Units[a.Unit].Name, c.in.Units[b.Unit].Name), bytes.Compare(a.Unit[:], b.Unit[:]))
	})
	return out
}

// communeOf is the commune a unit is or lies in, as the period counts it; zero for none.
func (r *register) communeOf(id record.ID) record.ID {
	for range 16 { // deeper than any tree of units; one that runs in a circle ends
		u, known := r.in.Units[r.as(id)]
		switch {
		case !known:
			return record.ID{}
		case u.Kind == "commune":
			return r.as(id)
		}
		id = u.ParentID
	}
	return record.ID{}
}

// byUnit lists the units that the target of two sessions asks, those that lack most
// first.
func (c *computation) byUnit() []UnitRow {
	var out []UnitRow
	for _, t := range TargetsOn(c.in.Targets, c.in.Period.To) {
		if t.Code != twice || t.Counts != "units" {
			continue
		}
		f, times := c.unitsAt(t), c.timesAt(t)
		for _, id := range f.Records {
			out = append(out, UnitRow{id, times[id], true})
		}
		for _, id := range f.Missing {
			out = append(out, UnitRow{id, times[id], false})
		}
	}
	slices.SortFunc(out, func(a, b UnitRow) int {
		return cmp.Or(cmp.Compare(a.Sessions, b.Sessions), cmp.Compare(c.in.Units[a.Unit].Name, c.in.Units[b.Unit].Name), bytes.Compare(a.Unit[:], b.Unit[:]))
	})
	return out
}
