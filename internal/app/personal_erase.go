package app

import (
	"cmp"
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// ErasePerson erases a person on their request, a deleted one too: every personal value
// from the whole register, with who asked in questions under any name they
// bore here, before a correction too, and what the log of personal data says of them. The lines of their attendances stay without a name, so that every count
// stays. Drafts that still hold the name are told, since what is being typed is not
// touched.
func (a *App) ErasePerson(ctx context.Context, id record.ID, reason string) (record.Forgotten, error) {
	p, deleted, err := a.db.People(ctx).WithDeleted(id)
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	called, err := a.calledOf(ctx, p)
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	if called.in(reason) {
		r := record.Refuse(record.ErrInvalid, "Lý do có tên của người này; hãy chỉ ghi số, ngày của đơn.", "The reason names the person; write the number and day of the request only.")
		r.Field = "reason"
		return record.Forgotten{}, r
	}
	former, err := a.askedBefore(ctx, called)
	if err != nil {
		return record.Forgotten{}, err
	}
	note, err := a.custody(ctx, record.Custody{Kind: "erase", PersonID: id, Count: 1, What: "Toàn bộ thông tin cá nhân", Reason: trimmed(reason)})
	if err != nil {
		return record.Forgotten{}, err
	}
	out := record.Forgotten{People: 1}
	out.Change, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits := forgetPeople([]record.Person{p}, record.NameErased)
		if deleted {
			edits = []record.Edit{{Ref: p.Ref(), Erase: personalFields}}
		}
		askers, err := forgetAskers(tx, func(q record.Question, _ bool) bool { return called.asked(q) })
		if err != nil {
			return nil, err
		}
		overwritten, err := forgetFormer(tx, former, called)
		if err != nil {
			return nil, err
		}
		askers = append(askers, overwritten...)
		out.Askers = len(askers)
		entries, err := forgetEntries(tx, p.ID, called)
		return append(append(append(edits, askers...), entries...), note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	if err := a.db.DropDraft(ctx, p.Ref().Noun+"/"+id.String()); err != nil {
		return record.Forgotten{}, explain(err)
	}
	out.Change.Words = record.Words{VI: "Xóa thông tin của một người theo yêu cầu", EN: "Erased a person on request"}
	out.Drafts, err = a.db.DraftsWith(ctx, called.in)
	return out, explain(err)
}

// ErasureOf tells what an erasure of a person would take, and which drafts would still
// name them, before it is done.
func (a *App) ErasureOf(ctx context.Context, id record.ID) (record.Erasure, error) {
	p, _, err := a.db.People(ctx).WithDeleted(id)
	if err != nil {
		return record.Erasure{}, explain(err)
	}
	called, err := a.calledOf(ctx, p)
	if err != nil {
		return record.Erasure{}, explain(err)
	}
	out := record.Erasure{Names: called}
	questions, err := a.db.People(ctx).QuestionsWithDeleted()
	if err != nil {
		return out, explain(err)
	}
	former, err := a.askedBefore(ctx, called)
	if err != nil {
		return out, err
	}
	for _, q := range questions {
		if f, overwritten := former[q.ID]; overwritten && !called.asked(q) {
			q.Asker = f.asker
		}
		if called.asked(q) {
			out.Asked = append(out.Asked, record.AskedLine{ID: q.ID, Received: q.Received, Asker: q.Asker, Text: oneLine(q.Text)})
		}
	}
	slices.SortStableFunc(out.Asked, func(x, y record.AskedLine) int { return cmp.Compare(y.Received, x.Received) })
	out.Drafts, err = a.db.DraftsWith(ctx, called.in)
	return out, explain(err)
}

// called are the names somebody bears and bore here.
type called []string

// calledOf are a person's name and those it had before it was corrected.
func (a *App) calledOf(ctx context.Context, p record.Person) (called, error) {
	steps, err := a.db.History(ctx, p.Ref())
	if err != nil {
		return nil, err
	}
	names := []string{p.FullName}
	for _, s := range slices.Backward(steps) {
		for _, f := range s.Fields {
			if f.Name == "full_name" {
				names = append(names, f.After.Text(), f.Before.Text())
			}
		}
	}
	var out called
	for _, name := range names {
		if !record.NoName(name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out, nil
}

// asked reports whether a question was asked under one of the names.
func (c called) asked(q record.Question) bool {
	return q.Asker != "" && slices.ContainsFunc(c, func(name string) bool { return viet.Agree(q.Asker, name) == viet.Same })
}

// formerAsker is who a question was said to be asked by before another was written over
// it.
type formerAsker struct {
	asker   string
	contact bool // how to reach them stands there still
}

// askedBefore finds the questions in whose history one of the names stands as who asked.
func (a *App) askedBefore(ctx context.Context, names called) (map[record.ID]formerAsker, error) {
	out := map[record.ID]formerAsker{}
	err := a.db.Changed(ctx, "question", func(id record.ID, steps []record.Step) {
		var now, reached record.Question // who asks, and whom the contact reaches
		for _, s := range steps {
			for _, f := range s.Fields {
				if f.Name == "asker" {
					now.Asker = f.After.Text()
				}
			}
			if slices.ContainsFunc(s.Fields, func(f record.StepField) bool { return f.Name == "contact" }) {
				reached = now
			}
			if names.asked(now) {
				out[id] = formerAsker{asker: now.Asker}
			}
		}
		if f, found := out[id]; found {
			f.contact = names.asked(reached)
			out[id] = f
		}
	})
	return out, explain(err)
}

// in reports whether a text holds one of the names.
func (c called) in(text string) bool {
	return slices.ContainsFunc(c, func(name string) bool { return namesThem(text, name) })
}

// forgetPeople erases all that is personal. Sex, group and unit stay, and of what a
// head count counts, that it was so: whom it was is gone.
func forgetPeople(people []record.Person, name string) []record.Edit {
	var edits []record.Edit
	for _, p := range people {
		after := record.Person{ID: p.ID, FullName: name, Sex: p.Sex, UnitID: p.UnitID, Group: p.Group}
		if p.Ethnicity != "" && p.Ethnicity != "Kinh" {
			after.Ethnicity = "DTTS"
		}
		if p.Disability != "" {
			after.Disability = "có"
		}
		edits = append(edits, record.Edit{Ref: p.Ref(), Set: record.Changed(p, after), Erase: personalFields})
	}
	return edits
}

// namesThem reports whether a text holds a name as whole words, with or without marks.
func namesThem(text, name string) bool {
	return !record.NoName(name) && viet.HasPhrase(viet.Key(text), viet.Key(name))
}

// forgetAskers erases who asked, and how to reach them, from some questions.
func forgetAskers(tx *store.Tx, which func(q record.Question, deleted bool) bool) ([]record.Edit, error) {
	return forgetAskersAs(tx, which, func(record.Question) map[string]record.Value {
		return map[string]record.Value{"asker": record.Null, "contact": record.Null}
	})
}

// forgetAskersAs erases who asked from some questions, and leaves in the living ones what
// left gives.
func forgetAskersAs(tx *store.Tx, which func(q record.Question, deleted bool) bool, left func(record.Question) map[string]record.Value) ([]record.Edit, error) {
	questions, err := tx.People().QuestionsWithDeleted()
	if err != nil {
		return nil, err
	}
	deleted, err := tx.Deleted("question")
	var edits []record.Edit
	for _, q := range questions {
		if !which(q, deleted[q.ID]) {
			continue
		}
		e := record.Edit{Ref: q.Ref(), Erase: []string{"asker", "contact"}}
		if !deleted[q.ID] {
			e.Set = left(q)
		}
		edits = append(edits, e)
	}
	return edits, err
}

// forgetFormer erases from some questions who was said to ask before another name was
// written over theirs; who asks now stays.
func forgetFormer(tx *store.Tx, former map[record.ID]formerAsker, names called) ([]record.Edit, error) {
	return forgetAskersAs(tx, func(q record.Question, _ bool) bool {
		_, overwritten := former[q.ID]
		return overwritten && !names.asked(q)
	}, func(q record.Question) map[string]record.Value {
		if former[q.ID].contact {
			q.Contact = ""
		}
		values := record.Values(q)
		return map[string]record.Value{"asker": values["asker"], "contact": values["contact"]}
	})
}

// forgetEntries erases why something was done with a person's data, and every entry
// that holds one of their names; what was done, when and with how many stays.
func forgetEntries(tx *store.Tx, id record.ID, names called) ([]record.Edit, error) {
	all, err := store.AllIn[record.Custody](tx)
	var edits []record.Edit
	for _, c := range all {
		e := record.Edit{Ref: c.Ref(), Set: map[string]record.Value{}}
		for field, text := range map[string]string{"what": c.What, "reason": c.Reason} {
			if text != "" && (names.in(text) || field == "reason" && c.PersonID == id) {
				e.Set[field], e.Erase = record.Null, append(e.Erase, field)
			}
		}
		if len(e.Erase) > 0 {
			edits = append(edits, e)
		}
	}
	return edits, err
}
