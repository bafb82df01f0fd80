package report

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// An event that two units held together stands in the register as an activity of each.
// Where the province has said that they are one event:
//
//   - what adds up (activities, people, materials, money) is counted from one of them:
//     the one that counts instead of another and is not itself counted under one; of
//     several, or of none, the one with the lowest id;
//   - what asks who took part (units reached, the sessions of a unit, a dialogue) looks
//     at all of them, and sees the event once for each unit. So nobody loses a session
//     by holding it with others.

// CountedElsewhere are the activities that are counted under another of their event.
func CountedElsewhere(words []record.SameEvent) []record.ID {
	var out []record.ID
	for id, event := range countedInstead(words) {
		if id != event {
			out = append(out, id)
		}
	}
	return sortedIDs(out)
}

// events are the activities of a period, and which of them are one event.
type events struct {
	took  []*record.Activity               // all that was held
	held  []*record.Activity               // of them those that are counted
	of    map[record.ID]record.ID          // of an activity of several: the one that is counted
	sides map[record.ID][]*record.Activity // those of took, by the one that is counted
}

func eventsIn(in Input) events {
	e := events{took: make([]*record.Activity, 0, len(in.Activities)), of: countedInstead(in.SameEvents), sides: map[record.ID][]*record.Activity{}}
	span := in.Period.Span()
	for i := range in.Activities {
		if a := &in.Activities[i]; a.Held() && span.Has(a.When.Date) {
			e.took = append(e.took, a)
		}
	}
	e.held = e.took
	if len(e.of) == 0 {
		return e
	}
	e.held = nil
	for _, a := range e.took {
		event, shared := e.of[a.ID]
		if shared {
			e.sides[event] = append(e.sides[event], a)
		}
		if !shared || event == a.ID {
			e.held = append(e.held, a)
		}
	}
	return e
}

// countedInstead gives for every activity of an event of several the one that is counted.
func countedInstead(words []record.SameEvent) map[record.ID]record.ID {
	joined, behind := map[record.ID][]record.ID{}, map[record.ID]bool{}
	for _, w := range lastWords(words) {
		if w.Status != "same" {
			continue
		}
		joined[w.ActivityID] = append(joined[w.ActivityID], w.TwinID)
		joined[w.TwinID] = append(joined[w.TwinID], w.ActivityID)
		behind[w.TwinID] = true
	}
	out := make(map[record.ID]record.ID, len(joined))
	for id := range joined {
		if _, known := out[id]; known {
			continue
		}
		event := []record.ID{id}
		out[id] = id
		for i := 0; i < len(event); i++ {
			for _, next := range joined[event[i]] {
				if _, known := out[next]; !known {
					out[next] = id
					event = append(event, next)
				}
			}
		}
		first := slices.MinFunc(event, func(a, b record.ID) int {
			return cmp.Or(cmp.Compare(btoi(behind[a]), btoi(behind[b])), bytes.Compare(a[:], b[:]))
		})
		for _, of := range event {
			out[of] = first
		}
	}
	return out
}

// lastWords are the words that hold, one for each pair of which something was said.
func lastWords(words []record.SameEvent) map[[2]record.ID]record.SameEvent {
	out := map[[2]record.ID]record.SameEvent{}
	for _, w := range words {
		pair := w.Pair()
		if was, said := out[pair]; !said || was.Before(w) {
			out[pair] = w
		}
	}
	return out
}

// unitsAtEvent are the units that took part in an activity or in another of its event.
func (c *computation) unitsAtEvent(a *record.Activity) []record.ID {
	event, shared := c.of[a.ID]
	if !shared {
		return c.unitsAtActivity(a)
	}
	var out []record.ID
	for _, side := range c.sides[event] {
		out = append(out, c.unitsAtActivity(side)...)
	}
	return sortedIDs(out)
}

func (c *computation) unitsAtActivity(a *record.Activity) []record.ID {
	return c.register.asAll([]record.ID{a.HostUnitID}, a.CoOrganisers, a.UnitsReached)
}
