package app

import (
	"cmp"
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// DecideReport is the province's word on a unit's signed report: one of record.Verdicts,
// a return with its reason. The unit reads it with the next answers. A revision is another
// report, of which nothing has been said yet.
func (a *App) DecideReport(ctx context.Context, report record.ID, status, reason string) (record.Change, error) {
	r, err := store.Find[record.Report](ctx, a.db, report)
	if err != nil {
		return record.Change{}, explain(err)
	}
	if !r.Signed() {
		return record.Change{}, record.Refuse(record.ErrConflict, "Báo cáo này chưa ký nên chưa kết luận được.", "The report is not signed yet; there is nothing to decide.")
	}
	units, err := a.unitsOf(ctx, "report", report)
	if err != nil {
		return record.Change{}, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return record.Change{}, explain(err)
	}
	v := record.Verdict{ID: a.newID(), ReportID: report, Status: status, Day: today, Reason: trimmed(reason)}
	if err := v.Validate(); err != nil {
		return record.Change{}, err
	}
	return a.commit(ctx, func(*store.Tx) ([]record.Edit, error) { return []record.Edit{said(v, units[0])}, nil })
}

// said is a row that the province says to a unit.
func said(n record.Noun, unit string) record.Edit {
	e := record.Create(n)
	e.To = unit
	return e
}

// unitsOf are the units whose rows some are, in their order. Of its own rows an office
// does not speak to others.
func (a *App) unitsOf(ctx context.Context, noun string, ids ...record.ID) ([]string, error) {
	if a.unitStreams() == nil {
		return nil, noAuthority()
	}
	of, err := a.db.UnitOf(ctx, noun, ids)
	if err != nil {
		return nil, explain(err)
	}
	var out []string
	for _, id := range ids {
		if of[id] == "" {
			return nil, record.Refuse(record.ErrConflict, "Bản ghi này không phải của đơn vị nào gửi lên.", "This record is none that a unit handed over.")
		}
		out = append(out, of[id])
	}
	return out, nil
}

// verdicts are the province's last words on reports.
func (a *App) verdicts(ctx context.Context) (map[record.ID]record.Verdict, error) {
	list, err := a.db.Verdicts(ctx)
	out := map[record.ID]record.Verdict{}
	for _, v := range list {
		was := out[v.ReportID]
		if cmp.Or(cmp.Compare(was.Day, v.Day), slices.Compare(was.ID[:], v.ID[:])) < 0 {
			out[v.ReportID] = v
		}
	}
	return out, err
}

// VerdictOf is the province's last word on a report; without a status where it has said
// nothing yet.
func (a *App) VerdictOf(ctx context.Context, report record.ID) (record.Verdict, error) {
	all, err := a.verdicts(ctx)
	return all[report], explain(err)
}

// returned is the latest report of this office that the province sent back and no signed
// revision has replaced, with its word on it; a word without a status when there is none.
func (a *App) returned(ctx context.Context) (record.Report, record.Verdict, error) {
	said, err := a.verdicts(ctx)
	if err != nil || len(said) == 0 {
		return record.Report{}, record.Verdict{}, err
	}
	list, err := a.Reports(ctx)
	if err != nil {
		return record.Report{}, record.Verdict{}, err
	}
	replaced := map[record.ID]bool{}
	for _, r := range list {
		replaced[r.Replaces] = replaced[r.Replaces] || r.Signed()
	}
	for _, r := range list {
		if v := said[r.ID]; v.Status == "returned" && !replaced[r.ID] {
			return r, v, nil
		}
	}
	return record.Report{}, record.Verdict{}, nil
}
