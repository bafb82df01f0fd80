package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// Register is what an office knows already, for a list to be held against.
type Register struct {
	// On is the day of what the list belongs to: units are those of that day.
	On record.Date
	// Units find what a row's unit means; nil finds none.
	Units *Units
	// People are those of the register who share with a person the name (without
	// marks), the phone number or the identity number; nil knows nobody.
	People func(record.Person) ([]record.Person, error)
	// Listed are those who are on the list already that the rows are to join, and
	// where on it.
	Listed map[record.ID]string
	// Apart reports whether an officer has said that two people are not the same.
	Apart func(a, b record.ID) bool
	// Asked reports whether a question stands in the register already.
	Asked func(received, text string) bool
}

// Hold holds a proposal against the register: units get their ids, people who are
// surely known are linked, those who may be are offered, and those who are on the
// list already go to the dropped rows. What the list says is not changed.
func Hold(ctx context.Context, p *record.Proposal, r Register) error {
	h := &holder{out: p, r: r, units: map[string]record.ID{}, taken: map[record.ID]int{}}
	judge := map[string]func(*record.ProposedRow) (bool, error){
		"person": h.person, "instructor": h.person, "unit": h.unitRow, "question": h.question,
	}[p.Of]
	kept := p.Rows[:0]
	for i := range p.Rows {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		row := &p.Rows[i]
		row.UnitID = h.unit(row.Fields)
		stays, err := judge(row)
		if err != nil {
			return err
		}
		if stays {
			kept = append(kept, *row)
		}
	}
	clear(p.Rows[len(kept):])
	p.Rows = kept
	h.inOrder()
	return nil
}

type holder struct {
	out    *record.Proposal
	r      Register
	units  map[string]record.ID // by text: a list names the same few again and again
	taken  map[record.ID]int    // known people, and the line that was found to be them
	parked bool
	agreed map[[2]string]viet.Agreement // how texts of units agree
}

// unit is the unit that a row's text means.
func (h *holder) unit(f record.Fields) record.ID {
	text := f.Get(unit)
	if h.out.Of == "unit" {
		text = f.Get(parent)
	}
	if h.r.Units == nil || text == "" {
		return record.ID{}
	}
	id, known := h.units[text]
	if !known {
		id, _ = h.r.Units.Match(text, h.r.On)
		h.units[text] = id
	}
	return id
}

// person links or offers; a row that is no row of the list any more does not stay.
func (h *holder) person(row *record.ProposedRow) (stays bool, err error) {
	if h.r.People == nil {
		return true, nil
	}
	who := record.PersonOf(row.Fields)
	who.UnitID = row.UnitID
	known, err := h.r.People(who)
	if err != nil || len(known) == 0 {
		return true, err
	}
	links := h.weigh(&who, known)
	if len(links) == 0 {
		return true, nil
	}
	best := links[0]
	sure := best.sure && (len(links) == 1 || !links[1].sure || best.weight == weightNumber && links[1].weight < weightNumber)
	switch {
	case h.listed(&who, links) != "":
		h.drop(row, h.listed(&who, links))
		return false, nil
	case sure && h.taken[best.person.ID] > 0:
		h.park(row, fullName, fmt.Sprintf("Dòng này và dòng %d đều là “%s” đã có trong sổ. Một người ghi hai lần hay hai người khác nhau?", h.taken[best.person.ID], best.person.FullName))
		return false, nil
	case sure:
		h.taken[best.person.ID] = row.Line
		row.Known = h.known(&who, best)
		return true, nil
	case best.otherName:
		h.park(row, idNumber, fmt.Sprintf("Số căn cước %s trong sổ là của “%s”. Số này ghi đúng chưa, có phải cùng một người không?", who.IDNumber, best.person.FullName))
		return false, nil
	}
	for _, l := range links[:min(len(links), mostOffered)] {
		if h.r.Listed[l.person.ID] != "" {
			l.why += ", " + h.r.Listed[l.person.ID]
		}
		row.Offered = append(row.Offered, *h.known(&who, l))
	}
	return true, nil
}

// mostOffered is how many people are offered for one row.
const mostOffered = 5

// listed says where on the list a person is already: surely, or by name, year and
// all else that is said of them. Lists are pasted twice.
func (h *holder) listed(who *record.Person, links []link) string {
	for _, l := range links {
		where := h.r.Listed[l.person.ID]
		if where != "" && (l.sure || l.born >= sameYear && who.FullName == l.person.FullName && len(h.known(who, l).Differs) == 0) {
			return where
		}
	}
	return ""
}

func (h *holder) drop(row *record.ProposedRow, why string) {
	h.out.Dropped = append(h.out.Dropped, record.DroppedRow{Line: row.Line, Why: why})
}

func (h *holder) park(row *record.ProposedRow, field, question string) {
	h.out.Parked = append(h.out.Parked, record.ParkedRow{Line: row.Line, Table: row.Table, Fields: row.Fields, Question: question, Field: field})
	h.parked = true
}

// inOrder puts what was parked here among what was parked before, by line.
func (h *holder) inOrder() {
	slices.SortStableFunc(h.out.Dropped, func(a, b record.DroppedRow) int { return cmp.Compare(a.Line, b.Line) })
	if h.parked {
		slices.SortStableFunc(h.out.Parked, func(a, b record.ParkedRow) int {
			return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Line, b.Line))
		})
	}
}

// known is what a proposal says of a person: who it is, why, and where list and
// register do not agree.
func (h *holder) known(who *record.Person, l link) *record.Known {
	k := l.person
	out := &record.Known{ID: k.ID, Name: k.FullName, Birth: k.Birth, UnitID: k.UnitID, Unit: k.UnitText, Why: l.why}
	if u := h.r.Units.unit(k.UnitID); out.Unit == "" && u != nil {
		out.Unit = u.FullName()
	}
	differ := func(field, list, register string) {
		if list != "" && register != "" && list != register {
			out.Differs = append(out.Differs, record.Difference{Field: field, List: list, Register: register})
		}
	}
	differ(fullName, who.FullName, k.FullName)
	differ(sex, who.Sex, k.Sex)
	differ(birth, string(who.Birth), string(k.Birth))
	differ(phone, who.Phone, k.Phone)
	differ(idNumber, who.IDNumber, k.IDNumber)
	if !h.sameUnit(who, k) {
		differ(unit, who.UnitText, out.Unit)
	}
	return out
}
