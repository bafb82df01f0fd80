package demo

import (
	"fmt"

	"sophobien/internal/record"
)

// newShare is how many of a hundred attendees nobody has seen before, once a
// group is known: over eight years it makes 60,000 people of 144,000 attendances.
const newShare = 39

// attendees are the people of one activity: some new, most seen before.
func (o *Office) attendees(c chance, a record.Activity, g *group, number, count int) []record.Attendee {
	list := make([]record.Attendee, 0, count)
	for line := 1; line <= count; line++ {
		m := o.pick(c, g, number, a.When.Date)
		m.last = number
		at := record.Attendance{
			ID: c.id(a.When.Date, line), ActivityID: a.ID, PersonID: m.person.ID, Line: int64(line),
			Role: "participant", Signed: c.yes(96),
		}
		if a.Kind == "training" {
			at.ScoreBefore = int64(c.between(4, 13) * 5)
			at.ScoreAfter = min(100, at.ScoreBefore+int64(c.between(1, 7)*5))
		}
		list = append(list, record.Attendee{Person: m.person, Attendance: at})
	}
	return list
}

// pick finds somebody of the group who is not here yet, or somebody new.
func (o *Office) pick(c chance, g *group, number int, day record.Date) *member {
	if len(g.people) > 0 && !c.yes(newShare) {
		for range 6 {
			if m := &g.people[c.IntN(len(g.people))]; m.last != number {
				return m
			}
		}
	}
	g.people = append(g.people, member{person: o.newPerson(c, g, day)})
	return &g.people[len(g.people)-1]
}

func (o *Office) newPerson(c chance, g *group, day record.Date) record.Person {
	people, sex, r := minorities.draw(c), "nam", g.roles.draw(c)
	if c.yes(g.kinh) {
		people = "Kinh"
	}
	if c.yes(47) {
		sex = "nữ"
	}
	p := record.Person{
		ID: c.id(day, 0), FullName: c.name(people, sex), Sex: sex, Birth: c.birth(day.Year(), r),
		UnitID: g.unit.ID, Group: r.audience, Position: r.position, Ethnicity: people,
	}
	if p.UnitID.IsZero() {
		p.UnitText = g.name
	}
	if c.yes(70) {
		p.Phone = one(c, phoneHeads) + fmt.Sprintf("%07d", c.IntN(10_000_000))
	}
	return p
}

var phoneHeads = []string{"032", "034", "035", "036", "037", "038", "039", "070", "077", "081", "082", "083", "085", "086", "088", "090", "091", "093", "094", "097", "098"}

// birth is a day for most, a year alone for many; who leads is older.
func (c chance) birth(year int, r role) record.Birth {
	age := 18 + (c.IntN(38)+c.IntN(38))/2
	switch {
	case r.position == "Già làng":
		age = c.between(60, 82)
	case r.audience == "employer" || r.audience == "official":
		age = max(age, c.between(28, 50))
	}
	if c.yes(35) {
		return record.Birth(fmt.Sprintf("%04d", year-age))
	}
	return record.Birth(fmt.Sprintf("%04d-%02d-%02d", year-age, c.between(1, 12), c.between(1, 28)))
}

// count computes the heads of a list.
func count(list []record.Attendee) record.HeadCount {
	h := record.HeadCount{Listed: true, Total: int64(len(list))}
	for _, a := range list {
		p := a.Person
		add := func(n *int64, yes bool) {
			if yes {
				*n++
			}
		}
		add(&h.Women, p.Sex == "nữ")
		add(&h.EthnicMinority, p.Ethnicity != "Kinh" && p.Ethnicity != "")
		add(&h.Workers, p.Group == "worker")
		add(&h.Employers, p.Group == "employer")
		add(&h.Officials, p.Group == "official")
		add(&h.Reporters, p.Group == "reporter")
		add(&h.Mediators, p.Group == "mediator")
	}
	return h
}
