package app

import (
	"bytes"
	"cmp"
	"context"
	"reflect"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// PublishUnits signs a reorganisation of units on a day, brings this register and the roster
// in step with it, and writes both files into a folder ("": they go with the next receipts).
//
// Of a merger or split it is enough to name the new units with their predecessors: those end the
// day before. What goes on is nobody's predecessor. A unit that is renamed or put under another parent stays the same unit and keeps
// its code; a new code is a new unit.
//
// The machines of a unit that ends go where its work counts by today's map, or to the
// successor that the change names; those of a unit that goes to another province, or ends with
// nothing in its place, stay where they are.
func (a *App) PublishUnits(ctx context.Context, title string, on record.Date, changes []record.UnitChange, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if where != "" {
		if err := a.checkFolder(where); err != nil {
			return out, err
		}
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	if s.authority == nil {
		return out, noAuthority()
	}
	r := reform{before: a.catalog(), title: trimmed(title), on: on}
	if err := r.plan(changes); err != nil {
		return out, err
	}
	roster, err := r.roster(&s)
	if err != nil {
		return out, err
	}
	p, err := a.sealUnits(ctx, &s, a.reformed(&r))
	if err != nil {
		return out, a.explainWrite(err)
	}
	// The roster goes first: cut in between, the same is published again and nothing is said twice.
	if !reflect.DeepEqual(roster, s.known.Roster) {
		if err := a.publishRoster(ctx, roster); err != nil {
			return out, err
		}
	}
	if err := a.installUnits(ctx, p, publicOf(s.authority.Registrar)); err != nil {
		return out, a.explainWrite(err)
	}
	a.announce(record.Change{Nouns: []string{"unit", "bundle"}})
	if where == "" {
		return out, nil
	}
	return a.WriteRoster(ctx, where)
}

// Reorganisations are those in force here, the newest first.
func (a *App) Reorganisations() []record.Reorganisation {
	var out []record.Reorganisation
	for _, p := range slices.Backward(a.packs()) {
		r := record.Reorganisation{Version: p.Version, On: p.On, Title: p.Title}
		for _, c := range p.Changes {
			r.Units = append(r.Units, c.Unit)
		}
		out = append(out, r)
	}
	return out
}

// reformed is a reorganisation as it is published: the next.
func (a *App) reformed(r *reform) bundle.Units {
	units := bundle.Units{Version: 1, On: r.on, Title: r.title}
	for _, p := range a.packs() {
		units.Version = p.Version + 1
	}
	for _, c := range r.changes {
		units.Changes = append(units.Changes, bundle.UnitChange{Unit: c.Unit})
	}
	return units
}

// signUnitsAgain seals the reorganisations that a registrar before this one signed: who has
// not heard of them yet believes his key no more.
func (a *App) signUnitsAgain(ctx context.Context, s *footing) error {
	if s.authority == nil {
		return nil
	}
	for _, p := range a.packs() {
		if s.signs(p) {
			continue
		}
		again, err := a.sealUnits(ctx, s, p.Units)
		if err == nil {
			err = a.installUnits(ctx, again, publicOf(s.authority.Registrar))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *App) sealUnits(ctx context.Context, s *footing, units bundle.Units) (unitPack, error) {
	sender, err := a.sendAs(s, seal.OfficePublic, nil)
	if err != nil {
		return unitPack{}, err
	}
	sender.Signer = s.authority.Registrar
	no, err := a.nextNo(ctx)
	if err != nil {
		return unitPack{}, err
	}
	sealed, err := bundle.WriteUnits(sender, units, a.newID(), no, a.stamped())
	return unitPack{units, sealed.Envelope.ID, sealed.Name, sealed.Bytes}, err
}

// reform is a reorganisation while it is checked.
type reform struct {
	before, after *catalog
	title         string
	on            record.Date
	changes       []record.UnitChange // complete, by id
}

// plan completes the changes and refuses those that do not go together.
func (r *reform) plan(changes []record.UnitChange) error {
	switch {
	case r.title == "":
		return record.Refuse(record.ErrInvalid, "Chưa ghi tên hoặc số quyết định sắp xếp.", "The decision that orders it is not named.")
	case r.on == "" || !r.on.Valid():
		return record.Refuse(record.ErrInvalid, "Ngày sắp xếp không có trong lịch.", "The day of the reorganisation does not exist.")
	case len(changes) == 0:
		return record.Refuse(record.ErrInvalid, "Chưa có đơn vị nào thay đổi.", "No unit changes.")
	}
	r.changes = slices.Clone(changes)
	for i := range r.changes {
		u := &r.changes[i].Unit
		normal(u)
		if u.ID.IsZero() {
			u.ID = record.CatalogID("unit", u.Code, string(cmp.Or(u.Valid.From, r.on)))
		}
		if old, known := r.before.unit(u.ID); known { // what is left out stays
			u.Kind, u.Type, u.Name, u.Code = cmp.Or(u.Kind, old.Kind), cmp.Or(u.Type, old.Type), cmp.Or(u.Name, old.Name), cmp.Or(u.Code, old.Code)
			u.Valid.From, u.Valid.To = cmp.Or(u.Valid.From, old.Valid.From), cmp.Or(u.Valid.To, old.Valid.To)
			if u.ParentID.IsZero() {
				u.ParentID = old.ParentID
			}
		}
	}
	r.complete()
	slices.SortFunc(r.changes, func(x, y record.UnitChange) int { return bytes.Compare(x.Unit.ID[:], y.Unit.ID[:]) })
	pack := unitPack{}
	for i, c := range r.changes {
		if i > 0 && r.changes[i-1].Unit.ID == c.Unit.ID {
			return r.refuse(c.Unit, "có hai lần trong danh sách", "is listed twice")
		}
		pack.Changes = append(pack.Changes, bundle.UnitChange{Unit: c.Unit})
	}
	r.after = r.before.with([]unitPack{pack})
	for _, c := range r.changes {
		if err := r.check(c); err != nil {
			return err
		}
	}
	return nil
}

// complete fills in what follows: a new unit begins on the day, what it came from ends the
// day before, the two name one another, and a unit that is renamed keeps its former name as another.
func (r *reform) complete() {
	at := map[record.ID]int{}
	for i := range r.changes {
		u := &r.changes[i].Unit
		at[u.ID] = i
		if old, known := r.before.unit(u.ID); known {
			if old.Name != u.Name && old.Name != "" {
				u.Aliases = joined(u.Aliases, []string{old.FullName()})
			}
		} else {
			u.Valid.From = cmp.Or(u.Valid.From, r.on)
		}
	}
	for i := range len(r.changes) {
		u := r.changes[i].Unit
		_, known := r.before.unit(u.ID)
		for _, id := range u.Predecessors {
			k, listed := at[id]
			if old, there := r.before.unit(id); !listed && there && !known {
				k = len(r.changes)
				at[id] = k
				r.changes = append(r.changes, record.UnitChange{Unit: old})
			} else if !listed {
				continue
			}
			old := &r.changes[k].Unit
			old.Successors = joined(old.Successors, []record.ID{u.ID})
			old.Valid.To = cmp.Or(old.Valid.To, r.on.AddDays(-1))
		}
		for _, id := range u.Successors {
			if k, listed := at[id]; listed {
				r.changes[k].Unit.Predecessors = joined(r.changes[k].Unit.Predecessors, []record.ID{u.ID})
			}
		}
		if len(u.Successors) > 0 || r.changes[i].Closed {
			r.changes[i].Unit.Valid.To = cmp.Or(r.changes[i].Unit.Valid.To, r.on.AddDays(-1))
		}
	}
}

func (r *reform) refuse(u record.Unit, vi, en string) error {
	name := u.FullName() + " (" + u.Code + ")"
	return record.Refuse(record.ErrInvalid, "Đơn vị "+name+" "+vi+"; chưa công bố gì.", name+" "+en+"; nothing was published.")
}

func (r *reform) check(c record.UnitChange) error {
	u := c.Unit
	if err := u.Validate(); err != nil {
		return err
	}
	old, known := r.before.unit(u.ID)
	eve := r.on.AddDays(-1)
	ends := u.Valid.To != "" && (!known || old.Valid.To == "")
	switch {
	case !trust.ValidUnit(u.Code):
		return r.refuse(u, "chưa có mã hợp lệ", "has no valid code")
	case known && (old.Code != u.Code || old.Valid.From != u.Valid.From):
		return r.refuse(u, "không đổi được mã hay ngày bắt đầu: mã mới là đơn vị mới", "cannot change its code or first day: a new code is a new unit")
	case known && old.Valid.To != "" && old.Valid.To != u.Valid.To:
		return r.refuse(u, "đã kết thúc ngày "+old.Valid.To.String(), "ended on "+old.Valid.To.String()+" already")
	case !known && (u.Valid.From != r.on || u.Valid.To != ""):
		return r.refuse(u, "là đơn vị mới nên phải bắt đầu đúng ngày sắp xếp và chưa kết thúc", "is new and must begin on the day, without an end")
	case ends && u.Valid.To != eve:
		return r.refuse(u, "phải kết thúc ngày "+eve.String()+", hôm trước ngày sắp xếp", "must end on "+eve.String()+", the day before")
	case ends && len(u.Successors) == 0 && !c.Closed:
		return r.refuse(u, "kết thúc mà không có đơn vị nhận; nếu đúng vậy hãy ghi rõ là thôi hoạt động", "ends with nothing in its place; say so where that is meant")
	case c.Closed && len(u.Successors) > 0:
		return r.refuse(u, "vừa ghi thôi hoạt động vừa có đơn vị nhận", "is said to close and has successors")
	}
	return cmp.Or(r.checkKin(u, ends), r.checkMachines(c), r.checkCode(u))
}

// checkKin looks at the units a unit names.
func (r *reform) checkKin(u record.Unit, ends bool) error {
	for _, id := range u.Successors {
		if s, ok := r.after.unit(id); !ok || ends && !s.Valid.Has(r.on) {
			return r.refuse(u, "có đơn vị nhận không có vào ngày ấy", "has a successor that does not exist on the day")
		}
	}
	for _, id := range u.Predecessors {
		if _, ok := r.after.unit(id); !ok {
			return r.refuse(u, "có đơn vị cũ không có trong danh mục", "has a predecessor that is not in the catalogue")
		}
	}
	if u.Valid.To != "" || u.ParentID.IsZero() {
		return nil
	}
	parent, ok := r.after.unit(u.ParentID)
	if !ok || !parent.Valid.Has(r.on) {
		return r.refuse(u, "trực thuộc đơn vị không có vào ngày ấy", "is put under a unit that does not exist on the day")
	}
	for _, above := range r.after.line(parent) {
		if above.ID == u.ID {
			return r.refuse(u, "trực thuộc chính nó", "is put under itself")
		}
	}
	return nil
}

// checkMachines looks at the successor that is to have the machines.
func (r *reform) checkMachines(c record.UnitChange) error {
	if c.Machines == "" {
		return nil
	}
	for _, id := range c.Unit.Successors {
		if s, ok := r.after.unit(id); ok && s.Code == c.Machines {
			return nil
		}
	}
	return r.refuse(c.Unit, "giao máy cho "+c.Machines+", không phải đơn vị nhận", "leaves its machines to "+c.Machines+", which is no successor")
}

// checkCode refuses two units that would stand under one code at one time.
func (r *reform) checkCode(u record.Unit) error {
	for i := range r.after.units {
		x := &r.after.units[i]
		if x.ID != u.ID && x.Code == u.Code && (x.Valid.To == "" || u.Valid.From <= x.Valid.To) && (u.Valid.To == "" || x.Valid.From <= u.Valid.To) {
			return r.refuse(u, "trùng mã với "+x.FullName()+" trong cùng thời gian", "has the code of "+x.FullName()+" at the same time")
		}
	}
	return nil
}

// roster is the roster after the reorganisation.
func (r *reform) roster(s *footing) (trust.Roster, error) {
	out := s.known.Roster
	out.Units, out.Devices = slices.Clone(out.Units), slices.Clone(out.Devices)
	for i := range out.Units {
		u, ok := r.after.unit(out.Units[i].ID)
		if !ok {
			continue
		}
		now := rosterUnit(u)
		now.From = out.Units[i].From
		if u.ParentID != s.unit.ID && now.To == "" { // it reports elsewhere
			now.To = cmp.Or(out.Units[i].To, r.on.AddDays(-1))
		}
		out.Units[i] = now
	}
	for _, c := range r.changes {
		u := c.Unit
		if u.ParentID != s.unit.ID || slices.ContainsFunc(out.Units, func(x trust.RosterUnit) bool { return x.ID == u.ID }) {
			continue
		}
		news := rosterUnit(u)
		if i := slices.IndexFunc(out.Units, func(x trust.RosterUnit) bool { return x.Code == u.Code }); i >= 0 {
			news.From = out.Units[i].From // the code goes on, and files to it
			out.Units[i] = news
			continue
		}
		news.From = max(news.From, r.on)
		out.Units = append(out.Units, news)
	}
	r.moveMachines(&out)
	check := out
	check.Version++
	if err := check.Validate(); err != nil {
		return out, explain(err)
	}
	return out, nil
}

func rosterUnit(u record.Unit) trust.RosterUnit {
	return trust.RosterUnit{Code: u.Code, Name: u.FullName(), Kind: u.Kind, ID: u.ID, From: u.Valid.From, To: u.Valid.To}
}

// moveMachines puts the machines of units that end with the successor that has them now,
// revoked ones too: what they said before goes along with the register.
func (r *reform) moveMachines(out *trust.Roster) {
	for _, c := range r.changes {
		old, known := r.before.unit(c.Unit.ID)
		if !known || old.Valid.To != "" || c.Unit.Valid.To == "" {
			continue
		}
		to := c.Machines
		if heir, ok := r.after.heir(c.Unit); ok {
			to = cmp.Or(to, heir.Code)
		}
		if to == "" || to == old.Code || !slices.ContainsFunc(out.Units, func(u trust.RosterUnit) bool { return u.Code == to }) {
			continue
		}
		for i := range out.Devices {
			if d := &out.Devices[i]; d.Unit == old.Code {
				moveMachine(d, to, r.on)
			}
		}
	}
}

func moveMachine(d *trust.RosterDevice, to string, on record.Date) {
	since := slices.Clone(d.Since)
	if len(since) == 0 {
		since = []trust.Membership{{Unit: d.Unit}}
	}
	if last := since[len(since)-1].From; last >= on {
		on = last.AddDays(1)
	}
	d.Unit, d.Since = to, append(since, trust.Membership{Unit: to, From: on})
}

// placed is where a new machine of a register that began under a unit stands now: beside
// the register's others, or with what the unit went into.
func (a *App) placed(r trust.Roster, home string) (unit string, since []trust.Membership) {
	for _, d := range r.Devices {
		if homeOf(d) == home {
			return d.Unit, slices.Clone(d.Since)
		}
	}
	d := trust.RosterDevice{Unit: home}
	for range r.Units { // each step ends later than the one before
		i := slices.IndexFunc(r.Units, func(u trust.RosterUnit) bool { return u.Code == d.Unit })
		u, known := a.catalog().unit(r.Units[i].ID)
		heir, went := a.catalog().heir(u)
		if !known || !went || heir.Code == d.Unit || !slices.ContainsFunc(r.Units, func(u trust.RosterUnit) bool { return u.Code == heir.Code }) {
			break
		}
		moveMachine(&d, heir.Code, u.Valid.To.AddDays(1))
	}
	return d.Unit, d.Since
}
