package report

import (
	"slices"
	"strings"

	"sophobien/internal/record"
)

// TargetsOn are the targets that hold on the last day of a period, by code. Of two
// that hold for one code the later one counts.
func TargetsOn(targets []record.Target, day record.Date) []record.Target {
	at := map[string]record.Target{}
	for _, t := range targets {
		if was, known := at[t.Code]; t.On(day) && (!known || t.Valid.From >= was.Valid.From) {
			at[t.Code] = t
		}
	}
	var out []record.Target
	for _, t := range at {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b record.Target) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// targets are how the targets of the period stand. A period without both ends has none.
func (c *computation) targets() []record.TargetFigure {
	out := []record.TargetFigure{}
	p := c.in.Period
	if p.From == "" || p.To == "" {
		return out
	}
	for _, t := range TargetsOn(c.in.Targets, p.To) {
		var f record.TargetFigure
		switch t.Counts {
		case "units":
			f = c.unitsAt(t)
			c.countUnitsReached(f)
		case "documents":
			f = c.published(t)
		case "questions":
			f = c.answered(t)
		case "dialogue":
			f = c.dialogue(t)
		default: // a newer program's
			continue
		}
		f.Records, f.Missing = sortedIDs(f.Records), sortedIDs(f.Missing)
		out = append(out, f)
	}
	return out
}

// unitsAt counts the units of the target's kinds that stood long enough, and those of
// them with enough activities. The office's own unit and those above it are not asked.
func (c *computation) unitsAt(t record.Target) record.TargetFigure {
	times := c.timesAt(t)
	var done, missing []record.ID
	for id, u := range c.in.Units {
		if c.register.as(id) != id || c.register.apart[id] || !slices.Contains(t.UnitKinds, u.Kind) || !c.register.stoodLong(id, u, t.Share) {
			continue
		}
		if times[id] >= t.Least {
			done = append(done, id)
		} else {
			missing = append(missing, id)
		}
	}
	return standingOf(t, done, missing)
}

// timesAt counts for each unit the events it took part in, each once.
func (c *computation) timesAt(t record.Target) map[record.ID]int64 {
	times := map[record.ID]int64{}
	type part struct{ unit, event record.ID }
	seen := map[part]bool{}
	for _, a := range c.took {
		if len(t.Kinds) > 0 && !slices.Contains(t.Kinds, a.Kind) {
			continue
		}
		var in [][]record.ID
		if t.Has("host") {
			in = append(in, []record.ID{a.HostUnitID})
		}
		if t.Has("co_organiser") {
			in = append(in, a.CoOrganisers)
		}
		if t.Has("reached") {
			in = append(in, a.UnitsReached)
		}
		for _, id := range c.register.asAll(in...) {
			if event, shared := c.events.of[a.ID]; shared {
				if seen[part{id, event}] {
					continue
				}
				seen[part{id, event}] = true
			}
			times[id]++
		}
	}
	if t.Has("publication") {
		for _, p := range c.in.Publications {
			if _, known := c.in.Units[p.UnitID]; known && c.in.Period.Span().Has(p.On) {
				times[c.register.as(p.UnitID)]++
			}
		}
	}
	return times
}

// published counts the legal texts issued in the period and those of them that were
// made public by its last day, wherever. The rows are the publications.
func (c *computation) published(t record.Target) record.TargetFigure {
	rows := map[string][]record.ID{}
	for _, p := range c.in.Publications {
		if number := strings.TrimSpace(p.Document); number != "" && p.On != "" && p.On <= c.in.Period.To {
			rows[number] = append(rows[number], p.ID)
		}
	}
	var issued, public int64
	var behind []record.ID
	seen := map[string]bool{}
	for _, d := range c.in.Documents {
		if seen[d.Number] || !c.in.Period.Span().Has(d.Issued) {
			continue
		}
		seen[d.Number] = true
		issued++
		if ids := rows[d.Number]; len(ids) > 0 {
			public++
			behind = append(behind, ids...)
		}
	}
	f := record.NewTargetFigure(t.Code, public, issued)
	f.Records = behind
	return f
}

// answered counts the questions and difficulties received in the period, and those of
// them answered by its last day.
func (c *computation) answered(t record.Target) record.TargetFigure {
	span := c.in.Period.Span()
	var done, missing []record.ID
	for i := range c.in.Questions {
		switch q := &c.in.Questions[i]; {
		case !span.Has(q.Received):
		case q.Answered() && q.AnsweredOn <= span.To:
			done = append(done, q.ID)
		default:
			missing = append(missing, q.ID)
		}
	}
	return standingOf(t, done, missing)
}

// dialogue looks for one dialogue hosted by a unit of the level that leads it.
func (c *computation) dialogue(t record.Target) record.TargetFigure {
	var rows []record.ID
	for _, a := range c.took {
		if a.Kind == "dialogue" && c.in.Units[a.HostUnitID].Kind == t.Owner {
			rows = append(rows, a.ID)
		}
	}
	f := record.NewTargetFigure(t.Code, min(1, int64(len(rows))), 1)
	f.Records = rows
	return f
}

func standingOf(t record.Target, done, missing []record.ID) record.TargetFigure {
	f := record.NewTargetFigure(t.Code, int64(len(done)), int64(len(done)+len(missing)))
	f.Records, f.Missing = done, missing
	return f
}

// twice is the code of the target that asks every unit for two sessions a year.
const twice = "c"

// countUnitsReached gives indicator I12 what that target says.
func (c *computation) countUnitsReached(f record.TargetFigure) {
	if f.Code != twice {
		return
	}
	for _, id := range f.Records {
		c.add(key{code: "I12"}, 1, id)
		c.add(key{"I12", "measure", "units"}, 1, id)
	}
	for _, id := range f.Missing {
		c.add(key{"I12", "measure", "units"}, 1, id)
	}
}
