package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// eachRow is a plan that makes edits of every row.
func (im *listImport) eachRow(edits func(*store.Tx, *record.ProposedRow) ([]record.Edit, error)) plan {
	return func(tx *store.Tx) ([]record.Edit, error) {
		var out []record.Edit
		for i := range im.in.Proposal.Rows {
			row := &im.in.Proposal.Rows[i]
			more, err := edits(tx, row)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		return out, nil
	}
}

// instructors makes people and what makes them the network.
func (im *listImport) instructors() []plan {
	var changed []record.Edit
	add := im.eachRow(func(tx *store.Tx, row *record.ProposedRow) ([]record.Edit, error) {
		person, edits, err := im.personEdits(tx, row)
		if err != nil {
			return nil, err
		}
		if row.Known != nil {
			changed = append(changed, edits...)
		}
		i := intake.InstructorOf(row.Fields)
		normal(&i)
		i.ID, i.PersonID = im.app.newID(), person
		if err := inList(row, i.Validate()); err != nil {
			return nil, err
		}
		return append(append(edits, record.Create(i)), im.tellApart(person, row.Apart)...), nil
	})
	recount := func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, changed) }
	return []plan{im.useUnits, add, recount}
}

// personEdits makes the person of a row, or fills in the one it is known to be.
func (im *listImport) personEdits(tx *store.Tx, row *record.ProposedRow) (record.ID, []record.Edit, error) {
	if row.Known != nil {
		p, e, changed, err := im.filledPerson(tx, row)
		switch {
		case errors.Is(err, record.ErrNotFound):
			row.Known = nil
		case err != nil || !changed:
			return p.ID, nil, err
		default:
			return p.ID, []record.Edit{e}, nil
		}
	}
	p := im.office.Kept(personOf(row))
	normal(&p)
	p.ID = im.app.newID()
	return p.ID, []record.Edit{record.Create(p)}, inList(row, p.Validate())
}

// units makes units, or fills in those that are known.
func (im *listImport) units() []plan {
	return []plan{im.useUnits, im.eachRow(func(tx *store.Tx, row *record.ProposedRow) ([]record.Edit, error) {
		u := im.unitOf(row)
		if row.Known != nil {
			before, err := store.FindIn[record.Unit](tx, row.Known.ID)
			if err == nil {
				after := filledUnit(before, u, row.Take)
				e, changed := record.Update(before, after)
				if !changed {
					return nil, nil
				}
				return []record.Edit{e}, inList(row, after.Validate())
			}
			if !errors.Is(err, record.ErrNotFound) {
				return nil, err
			}
		}
		u.ID = im.app.newID()
		return []record.Edit{record.Create(u)}, inList(row, u.Validate())
	})}
}

// unitOf is the unit of a row. A section of the economy that no catalogue names is
// kept in the note.
func (im *listImport) unitOf(row *record.ProposedRow) record.Unit {
	u := intake.UnitOf(row.Fields)
	u.ParentID = row.UnitID
	if u.Sector != "" {
		if code := im.app.catalog().sector(u.Sector, im.today); code != "" {
			u.Sector = code
		} else {
			u.Sector, u.Note = "", "Ngành nghề: "+u.Sector
		}
	}
	if text := row.Fields.Get("parent"); row.UnitID.IsZero() && text != "" {
		u.Note = strings.TrimPrefix(u.Note+"; Địa bàn: "+text, "; ")
	}
	normal(&u)
	return u
}

// filledUnit fills in what is blank; with take it also takes the list's word.
func filledUnit(u, list record.Unit, take bool) record.Unit {
	for _, f := range []struct {
		to   *string
		from string
	}{{&u.Code, list.Code}, {&u.Address, list.Address}, {&u.Sector, list.Sector}, {&u.Note, list.Note}} {
		if f.from != "" && (*f.to == "" || take) {
			*f.to = f.from
		}
	}
	for _, f := range []struct {
		to   *int64
		from int64
	}{
		{&u.Workers.Total, list.Workers.Total}, {&u.Workers.Women, list.Workers.Women},
		{&u.Workers.EthnicMinority, list.Workers.EthnicMinority}, {&u.Workers.Disabled, list.Workers.Disabled},
	} {
		if f.from != 0 && (*f.to == 0 || take) {
			*f.to = f.from
		}
	}
	if u.ParentID.IsZero() || take && !list.ParentID.IsZero() {
		u.ParentID = list.ParentID
	}
	if take {
		u.Name, u.Kind = list.Name, list.Kind
	}
	for _, flag := range list.Focus {
		if !slices.Contains(u.Focus, flag) {
			u.Focus = append(slices.Clip(u.Focus), flag)
		}
	}
	return u
}

// questions makes questions.
func (im *listImport) questions() []plan {
	return []plan{im.useUnits, im.eachRow(func(_ *store.Tx, row *record.ProposedRow) ([]record.Edit, error) {
		q := intake.QuestionOf(row.Fields)
		q.ID, q.UnitID, q.ActivityID = im.app.newID(), row.UnitID, im.in.Activity
		if text := row.Fields.Get("topic"); text != "" {
			if code := im.app.catalog().topic(text); code != "" {
				q.Topics = []string{code}
			} else {
				q.Note = fmt.Sprintf("Lĩnh vực: %s", text)
			}
		}
		normal(&q)
		return []record.Edit{record.Create(q)}, inList(row, q.Validate())
	})}
}

// topic is the code of a topic that a list names by code or name, "" for none.
func (c *catalog) topic(text string) string {
	for _, t := range c.topics {
		if strings.EqualFold(t.Code, text) || viet.Key(t.Words.VI) == viet.Key(text) {
			return t.Code
		}
	}
	return ""
}

// sector is the section of the economy that a list names, by its letter or name, as
// the classification in force on a day has it: "VSIC2025:C".
func (c *catalog) sector(text string, on record.Date) string {
	for _, s := range c.sectors {
		if s.valid.Has(on) && (strings.EqualFold(s.letter, text) || viet.Key(s.name) == viet.Key(text)) {
			return s.version + ":" + s.letter
		}
	}
	return ""
}
