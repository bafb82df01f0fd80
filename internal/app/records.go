package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Rows reads one page of the list of any noun that has one.
func (a *App) Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error) {
	today, err := a.today(ctx)
	if err != nil {
		return record.ListPage{}, explain(err)
	}
	f.Today = today
	page, err := a.db.Rows(ctx, f)
	return page, explain(err)
}

// Record reads one row of any noun.
func (a *App) Record(ctx context.Context, ref record.Ref) (record.Noun, error) {
	n, err := a.db.Row(ctx, ref)
	if errors.Is(err, record.ErrNotFound) && ref.Noun == "unit" {
		if shipped, ok := a.catalog().unit(ref.ID); ok {
			return shipped, nil
		}
	}
	return n, explain(err)
}

// SaveRecord makes a row (zero id) or changes one, by the rules of its noun. It
// returns the row as it was stored.
func (a *App) SaveRecord(ctx context.Context, n record.Noun) (record.Noun, error) {
	switch n := n.(type) {
	case record.Activity:
		return a.SaveActivity(ctx, n)
	case record.Unit:
		return a.SaveUnit(ctx, n)
	case record.Question:
		return a.SaveQuestion(ctx, n)
	case record.Holiday:
		return a.SaveHoliday(ctx, n)
	case record.Directive:
		return save(ctx, a, n, a.held("issued", n.Issued))
	case record.Publication:
		return save(ctx, a, n, a.held("day", n.On))
	case record.Material:
		var err error
		if n.Citations, err = a.complete(ctx, n.Citations, n.On); err != nil {
			return n, err
		}
		return save(ctx, a, n, nil)
	case record.Survey:
		return save(ctx, a, n, nil)
	case record.Model:
		return save(ctx, a, n, nil)
	case record.Budget:
		return save(ctx, a, n, nil)
	case record.Instructor:
		return save(ctx, a, n, nil)
	case record.Person:
		return a.SavePerson(ctx, n)
	case record.Report:
		return a.SaveReport(ctx, n)
	}
	return n, fmt.Errorf("%w: %s is not saved by itself", record.ErrInvalid, n.Ref().Noun)
}

// SaveRecordFrom stores what of a row was changed since base was read, over the row as
// it is now: what others changed meanwhile stays. A row without id is made.
func (a *App) SaveRecordFrom(ctx context.Context, base, n record.Noun) (record.Noun, error) {
	if n.Ref().ID.IsZero() {
		return a.SaveRecord(ctx, n)
	}
	now, err := a.Record(ctx, n.Ref())
	if err != nil {
		return n, err
	}
	p := reflect.New(reflect.TypeOf(now))
	p.Elem().Set(reflect.ValueOf(now))
	if err := record.Fill(p.Interface(), record.Changed(base, n)); err != nil {
		return n, explain(err)
	}
	return a.SaveRecord(ctx, p.Elem().Interface().(record.Noun))
}

// held refuses a day that has not come: what is done cannot lie in the future.
func (a *App) held(field string, day record.Date) func(context.Context) error {
	return func(ctx context.Context) error {
		today, err := a.today(ctx)
		if err != nil || day <= today {
			return explain(err)
		}
		r := record.Refuse(record.ErrInvalid, fmt.Sprintf("Ngày %s ở sau hôm nay (%s).", day, today), fmt.Sprintf("%s is after today (%s).", day, today))
		r.Field = field
		return record.Problems{r}
	}
}

// save is how most nouns are stored: in normal form, if they keep their rules, with
// the units they name registered.
func save[T record.Noun](ctx context.Context, a *App, n T, rule func(context.Context) error) (T, error) {
	normal(&n)
	made := n.Ref().ID.IsZero()
	if made {
		setID(&n, a.newID())
	}
	if err := n.Validate(); err != nil {
		return n, err
	}
	if rule != nil {
		if err := rule(ctx); err != nil {
			return n, err
		}
	}
	_, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, err := editsOf(tx, n, made)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		units, err := a.useUnits(tx, unitsOf(n)...)
		return append(units, edits...), err
	})
	return n, err
}

func setID(n any, id record.ID) {
	reflect.ValueOf(n).Elem().FieldByName("ID").Set(reflect.ValueOf(id))
}

// editsOf is what makes the stored row be n; nothing when it is already.
func editsOf[T record.Noun](tx *store.Tx, n T, made bool) ([]record.Edit, error) {
	if made {
		return []record.Edit{record.Create(n)}, nil
	}
	before, err := store.FindIn[T](tx, n.Ref().ID)
	if err != nil {
		return nil, err
	}
	e, changed := record.Update(before, n)
	if !changed {
		return nil, nil
	}
	return []record.Edit{e}, nil
}

// unitsOf are the units a noun names.
func unitsOf(n record.Noun) []record.ID {
	switch n := n.(type) {
	case record.Publication:
		return []record.ID{n.UnitID}
	case record.Model:
		return append([]record.ID{n.UnitID}, n.TakenOver...)
	case record.Question:
		return []record.ID{n.UnitID}
	case record.Person:
		return []record.ID{n.UnitID}
	}
	return nil
}

// DeleteRecord takes a row away, with what belongs to it alone; Undo brings all of
// it back. A unit or a person that something else speaks of stays.
func (a *App) DeleteRecord(ctx context.Context, ref record.Ref) (record.Change, error) {
	if ref.Noun == "activity" {
		return a.DeleteActivity(ctx, ref.ID)
	}
	plans := []func(*store.Tx) ([]record.Edit, error){func(tx *store.Tx) ([]record.Edit, error) {
		if err := checkFree(tx, ref); err != nil {
			return nil, err
		}
		if err := unsigned(tx, ref.ID); err != nil {
			return nil, err
		}
		evidence, err := tx.EvidenceOf(ref.ID)
		if err != nil {
			return nil, err
		}
		edits := []record.Edit{{Ref: ref, Delete: true}}
		for _, e := range evidence {
			edits = append(edits, record.Edit{Ref: e.Ref(), Delete: true})
		}
		return edits, nil
	}}
	if ref.Noun == "holiday" {
		plans = append(plans, a.moveDueDays)
	}
	return a.commit(ctx, plans...)
}

func checkFree(tx *store.Tx, ref record.Ref) error {
	if ref.Noun == "custody" {
		return record.Refuse(record.ErrConflict, "Nhật ký dữ liệu cá nhân chỉ ghi thêm, không xóa được.", "The log of personal data only grows; nothing is deleted from it.")
	}
	if ref.Noun != "unit" && ref.Noun != "person" {
		return nil
	}
	_, used, err := tx.SpokenOf(map[record.Ref]bool{ref: true})
	if err != nil || !used[ref.ID] {
		return err
	}
	if ref.Noun == "unit" {
		return record.Refuse(record.ErrConflict, "Đơn vị này đang được nhắc đến trong hồ sơ khác nên không xóa được; nếu đơn vị không còn, hãy ghi ngày kết thúc.",
			"Other records speak of this unit, so it stays; if it no longer exists, write its last day.")
	}
	return record.Refuse(record.ErrConflict, "Người này còn trong danh sách tham dự hoặc mạng lưới nên không xóa được; có thể ẩn tên ở Dữ liệu cá nhân.",
		"This person stands on a list or in the network, so they stay; their name can be hidden under Personal data.")
}

// History tells what was done to a row and to its files, in sentences, the newest first.
func (a *App) History(ctx context.Context, ref record.Ref) ([]record.HistoryLine, error) {
	return a.history(ctx, ref, a.speller(ctx))
}

func (a *App) history(ctx context.Context, ref record.Ref, spell record.Speller) ([]record.HistoryLine, error) {
	d, ok := record.Describe(ref.Noun)
	if !ok {
		return nil, fmt.Errorf("%w: no noun %q", record.ErrInvalid, ref.Noun)
	}
	steps, err := a.db.History(ctx, ref)
	if err != nil {
		return nil, explain(err)
	}
	office, err := a.Office(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]record.HistoryLine, 0, len(steps))
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		line := record.HistoryLine{At: s.At, Words: spell.Sentence(d, s), Batch: s.Batch, Of: s.Of}
		if s.Of != (record.Ref{}) {
			line.Words = spell.Belonging(s)
		}
		if id, err := record.ParseID(s.Officer); err == nil {
			officer, _ := office.Officer(id)
			line.Officer = officer.Name
		}
		out = append(out, line)
	}
	return out, nil
}

// speller writes values with the names of this office's rows.
func (a *App) speller(ctx context.Context) record.Speller {
	names := map[record.Ref]string{}
	return record.Speller{Topics: a.Topics(), Name: func(noun string, id record.ID) string {
		ref := record.Ref{Noun: noun, ID: id}
		name, known := names[ref]
		if !known {
			name = a.title(ctx, ref)
			names[ref] = name
		}
		return name
	}}
}

// TitleOf is what people call a row; "" when it has no name or is not there.
func (a *App) TitleOf(ctx context.Context, ref record.Ref) (string, error) {
	name, err := a.db.TitleOf(ctx, ref)
	if err == nil && name == "" && ref.Noun == "unit" {
		if u, ok := a.catalog().unit(ref.ID); ok {
			return u.FullName(), nil
		}
	}
	return name, explain(err)
}

// title is what a row is called, "" when it has no name or cannot be read: it is
// only ever part of a sentence.
func (a *App) title(ctx context.Context, ref record.Ref) string {
	name, _ := a.TitleOf(ctx, ref)
	if r := []rune(name); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return name
}

// SavePerson makes or changes a person of the register. Counts of the lists they
// stand on follow.
func (a *App) SavePerson(ctx context.Context, p record.Person) (record.Person, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return p, explain(err)
	}
	normal(&p)
	made := p.ID.IsZero()
	if made {
		p = office.Kept(p)
		p.ID = a.newID()
	}
	if err := p.Validate(); err != nil {
		return p, err
	}
	var edits []record.Edit
	_, err = a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		var err error
		if edits, err = editsOf(tx, p, made); err != nil || len(edits) == 0 {
			return nil, err
		}
		units, err := a.useUnits(tx, p.UnitID)
		return append(units, edits...), err
	}, func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, edits) })
	return p, err
}

// SaveActivityFrom is SaveRecordFrom for an activity.
func (a *App) SaveActivityFrom(ctx context.Context, base, act record.Activity) (record.Activity, error) {
	n, err := a.SaveRecordFrom(ctx, base, act)
	return n.(record.Activity), err
}
