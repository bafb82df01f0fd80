package intake

import (
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// unitRow links a row to the unit of the register that has its code, or its name in
// the same area.
func (h *holder) unitRow(row *record.ProposedRow) (stays bool, err error) {
	if h.r.Units == nil || h.r.Units.Own == nil {
		return true, nil
	}
	found, why := h.unitsLike(row)
	if len(found) == 0 {
		return true, nil
	}
	for _, u := range found {
		row.Offered = append(row.Offered, h.knownUnit(row, u, why))
	}
	if len(found) > 1 || why == nearName {
		return true, nil
	}
	if first := h.taken[found[0].ID]; first > 0 {
		row.Offered = nil
		h.park(row, name, "Dòng này và dòng "+strconv.Itoa(first)+" đều là “"+found[0].FullName()+"” đã có trong sổ. Một đơn vị ghi hai lần hay hai đơn vị khác nhau?")
		return false, nil
	}
	h.taken[found[0].ID] = row.Line
	row.Known, row.Offered = &row.Offered[0], nil
	return true, nil
}

func (h *holder) unitsLike(row *record.ProposedRow) (found []*record.Unit, why string) {
	own := h.r.Units.Own
	with := func(key string) []*record.Unit {
		var out []*record.Unit
		for _, id := range own.full[key] {
			if u := own.byID[id]; u.Valid.Has(h.r.On) {
				out = append(out, u)
			}
		}
		return out
	}
	if c := row.Fields.Get(code); c != "" {
		if found = with(unitKey(c)); len(found) > 0 {
			return found, "cùng mã số"
		}
	}
	text := row.Fields.Get(name)
	var near []*record.Unit
	for _, u := range with(unitKey(text)) {
		sameCode := u.Code == "" || row.Fields.Get(code) == "" || u.Code == row.Fields.Get(code)
		samePlace := u.ParentID.IsZero() || row.UnitID.IsZero() || u.ParentID == row.UnitID
		switch {
		case !sameCode || !samePlace:
		case own.spelled(readUnitText(text, true), u) == viet.Differ:
			near = append(near, u)
		default:
			found = append(found, u)
		}
	}
	if len(found) == 0 {
		return near, nearName
	}
	return found, "cùng tên"
}

// nearName is why a unit is offered that has a row's name with other marks: another
// unit, or a slip.
const nearName = "tên chỉ khác dấu"

// knownUnit is what a proposal says of a unit: what it is called, why it is this
// one, and where list and register do not agree.
func (h *holder) knownUnit(row *record.ProposedRow, u *record.Unit, why string) record.Known {
	out := record.Known{ID: u.ID, Name: u.FullName(), Unit: u.Address, Why: why}
	register := map[string]string{name: u.Name, kind: u.Kind, code: u.Code, address: u.Address, sector: u.Sector}
	for field, n := range map[string]int64{
		workers: u.Workers.Total, women: u.Workers.Women, minority: u.Workers.EthnicMinority, disabled: u.Workers.Disabled,
	} {
		if n > 0 {
			register[field] = strconv.FormatInt(n, 10)
		}
	}
	for _, f := range row.Fields {
		if was := register[f.Name]; was != "" && !strings.EqualFold(was, f.Value) && !(f.Name == name && viet.Agree(was, f.Value) == viet.Same) {
			out.Differs = append(out.Differs, record.Difference{Field: f.Name, List: f.Value, Register: was})
		}
	}
	return out
}

// question drops a question that stands in the register already.
func (h *holder) question(row *record.ProposedRow) (stays bool, err error) {
	if h.r.Asked != nil && h.r.Asked(row.Fields.Get(received), row.Fields.Get(questionText)) {
		h.drop(row, "câu hỏi này đã có trong sổ")
		return false, nil
	}
	return true, nil
}
