package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// What is done with personal data on request or by rule. Each of these leaves a row
// of record.Custody. What erases erases for ever, from every past version too: it
// cannot be taken back. Copies made before, on sticks and in backups, stay as they are.

// CustodyLog reads what was done with personal data, the newest first.
func (a *App) CustodyLog(ctx context.Context) ([]record.Custody, error) {
	all, err := store.All[record.Custody](ctx, a.db)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(x, y record.Custody) int { return strings.Compare(string(y.Day), string(x.Day)) })
	return all, explain(err)
}

// NoteCustody notes what was done with personal data outside of these actions: a list
// with names that was written out, a breach.
func (a *App) NoteCustody(ctx context.Context, c record.Custody) error {
	normal(&c)
	e, err := a.custody(ctx, c)
	if err != nil {
		return err
	}
	_, err = a.commitQuietly(ctx, func(*store.Tx) ([]record.Edit, error) { return []record.Edit{e}, nil })
	return err
}

func (a *App) custody(ctx context.Context, c record.Custody) (record.Edit, error) {
	c.ID = a.newID()
	if c.Day == "" {
		var err error
		if c.Day, err = a.today(ctx); err != nil {
			return record.Edit{}, explain(err)
		}
	}
	return record.Create(c), c.Validate()
}

// CorrectPerson changes a person on request and says so in the log.
func (a *App) CorrectPerson(ctx context.Context, p record.Person, reason string) (record.Change, error) {
	normal(&p)
	if err := p.Validate(); err != nil {
		return record.Change{}, err
	}
	before, err := a.Person(ctx, p.ID)
	if err != nil {
		return record.Change{}, err
	}
	changed := record.Changed(before, p)
	if len(changed) == 0 {
		return record.Change{}, nil
	}
	note, err := a.custody(ctx, record.Custody{Kind: "correct", PersonID: p.ID, Count: 1, What: fieldWords(changed), Reason: trimmed(reason)})
	if err != nil {
		return record.Change{}, err
	}
	var edits []record.Edit
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, err = editsOf(tx, p, false)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		units, err := a.useUnits(tx, p.UnitID)
		return append(append(units, edits...), note), err
	}, func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, edits) })
}

// fieldWords names fields of a person as people call them; never their values.
func fieldWords(changed map[string]record.Value) string {
	var out []string
	for _, f := range record.DescribeOf(record.Person{}).Fields {
		if _, is := changed[f.Name]; is {
			out = append(out, f.Words.VI)
		}
	}
	return strings.Join(out, ", ")
}

// ErasePerson erases a person on their request, a deleted one too: every personal value
// from the whole register, with who asked in questions under the same name and what the
// log of personal data says of them. The lines of their attendances stay without a name, so that every count
// stays. Drafts that still hold the name are told, since what is being typed is not
// touched.
func (a *App) ErasePerson(ctx context.Context, id record.ID, reason string) (record.Forgotten, error) {
	p, deleted, err := a.db.People(ctx).WithDeleted(id)
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	if namesThem(reason, p.FullName) {
		r := record.Refuse(record.ErrInvalid, "Lý do có tên của người này; hãy chỉ ghi số, ngày của đơn.", "The reason names the person; write the number and day of the request only.")
		r.Field = "reason"
		return record.Forgotten{}, r
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
		askers, err := forgetAskers(tx, func(q record.Question, _ bool) bool { return isAsker(q, p) })
		if err != nil {
			return nil, err
		}
		out.Askers = len(askers)
		entries, err := forgetEntries(tx, p)
		return append(append(append(edits, askers...), entries...), note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	if err := a.db.DropDraft(ctx, p.Ref().Noun+"/"+id.String()); err != nil {
		return record.Forgotten{}, explain(err)
	}
	out.Change.Words = record.Words{VI: "Xóa thông tin của một người theo yêu cầu", EN: "Erased a person on request"}
	if !record.NoName(p.FullName) {
		out.Drafts, err = a.db.DraftsWith(ctx, p.FullName)
	}
	return out, explain(err)
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

var personalFields = func() []string {
	var out []string
	for _, f := range record.DescribeOf(record.Person{}).Fields {
		if f.Class == record.Personal {
			out = append(out, f.Name)
		}
	}
	return out
}()

// isAsker reports whether a question was asked under a person's name.
func isAsker(q record.Question, p record.Person) bool {
	return q.Asker != "" && !record.NoName(p.FullName) && viet.Agree(q.Asker, p.FullName) == viet.Same
}

// namesThem reports whether a text holds a name, with or without marks.
func namesThem(text, name string) bool {
	return !record.NoName(name) && strings.Contains(" "+viet.Key(text)+" ", " "+viet.Key(name)+" ")
}

// forgetAskers erases who asked, and how to reach them, from some questions.
func forgetAskers(tx *store.Tx, which func(q record.Question, deleted bool) bool) ([]record.Edit, error) {
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
			e.Set = map[string]record.Value{"asker": record.Null, "contact": record.Null}
		}
		edits = append(edits, e)
	}
	return edits, err
}

// forgetEntries erases why something was done with a person's data, and every entry
// that holds their name; what was done, when and with how many stays.
func forgetEntries(tx *store.Tx, p record.Person) ([]record.Edit, error) {
	all, err := store.AllIn[record.Custody](tx)
	var edits []record.Edit
	for _, c := range all {
		e := record.Edit{Ref: c.Ref(), Set: map[string]record.Value{}}
		for field, text := range map[string]string{"what": c.What, "reason": c.Reason} {
			if text != "" && (namesThem(text, p.FullName) || field == "reason" && c.PersonID == p.ID) {
				e.Set[field], e.Erase = record.Null, append(e.Erase, field)
			}
		}
		if len(e.Erase) > 0 {
			edits = append(edits, e)
		}
	}
	return edits, err
}

// askedBefore tells the questions received before a day that need say no longer who
// asked: they are answered, or deleted.
func askedBefore(day record.Date) func(q record.Question, deleted bool) bool {
	return func(q record.Question, deleted bool) bool {
		return q.Asker+q.Contact != "" && q.Received != "" && q.Received < day && (q.Answered() || deleted)
	}
}

// PersonalDue counts whose names, and whose optional fields, have been kept for as
// long as the office keeps them.
func (a *App) PersonalDue(ctx context.Context) (record.PersonalDue, error) {
	due := record.PersonalDue{Fields: map[string]int{}}
	office, err := a.db.Office(ctx)
	if err == nil {
		due.Before, err = a.monthsAgo(ctx, office.MonthsNamed())
	}
	if err != nil {
		return due, explain(err)
	}
	days, fields := []record.Date{due.Before}, []string{""}
	for _, c := range office.Collects {
		if c.Months > 0 {
			day, err := a.monthsAgo(ctx, int(c.Months))
			if err != nil {
				return due, explain(err)
			}
			days, fields = append(days, day), append(fields, c.Field)
		}
	}
	kept, err := a.db.KeptSince(ctx, days...)
	if err != nil {
		return due, explain(err)
	}
	due.Names = kept[0].Names
	for i, field := range fields {
		if n := kept[i].Fields[field]; n > 0 {
			due.Fields[field] = n
		}
	}
	gone, err := a.db.People(ctx).DeletedNotSeenSince(due.Before)
	if err != nil {
		return due, explain(err)
	}
	due.Names += gone
	due.Askers, err = a.db.People(ctx).OldAskers(due.Before)
	return due, explain(err)
}

// HideOldNames takes the names off lists older than the office keeps them, or before a
// day that is given, and who asked off questions answered as long ago; every count stays. Who came again since, and who is in the
// network of instructors, keeps their name.
func (a *App) HideOldNames(ctx context.Context, before record.Date) (record.Forgotten, error) {
	office, err := a.db.Office(ctx)
	if err == nil && before == "" {
		before, err = a.monthsAgo(ctx, office.MonthsNamed())
	}
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	var out record.Forgotten
	var hidden []record.ID
	out.Change, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		living, gone, err := a.namedBefore(tx.People(), before)
		if err != nil {
			return nil, err
		}
		people, err := tx.People().In(living)
		if err != nil {
			return nil, err
		}
		askers, err := forgetAskers(tx, askedBefore(before))
		if err != nil || len(people)+len(gone)+len(askers) == 0 {
			return nil, err
		}
		hidden, out.Askers = append(living, gone...), len(askers)
		out.People = len(people) + len(gone)
		edits := forgetPeople(people, record.NameHidden)
		for _, id := range gone {
			edits = append(edits, record.Edit{Ref: record.Ref{Noun: "person", ID: id}, Erase: personalFields})
		}
		what := "Tên trong danh sách trước ngày " + before.String()
		if len(askers) > 0 {
			what += fmt.Sprintf("; người hỏi, liên hệ của %d câu hỏi", len(askers))
		}
		note, err := a.custody(ctx, record.Custody{
			Kind: "hide", Count: int64(out.People), What: what, Reason: fmt.Sprintf("Hết thời hạn lưu %d tháng", office.MonthsNamed()),
		})
		return append(append(edits, askers...), note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	for _, id := range hidden {
		if err := a.db.DropDraft(ctx, "person/"+id.String()); err != nil {
			return out, explain(err)
		}
	}
	out.Change.Words = record.Words{VI: fmt.Sprintf("Ẩn tên %d người đã hết thời hạn lưu", out.People), EN: fmt.Sprintf("Hid the names of %d people whose time kept is over", out.People)}
	return out, nil
}

// namedBefore are the people seen last before a day who still have a name.
func (a *App) namedBefore(people store.PeopleReader, before record.Date) (living, gone []record.ID, err error) {
	living, gone, err = people.NotSeenSince(before)
	if err != nil {
		return nil, nil, err
	}
	living = slices.DeleteFunc(living, func(id record.ID) bool {
		name, nameErr := a.db.NameOf(id)
		if nameErr != nil {
			err = nameErr
		}
		return record.NoName(name)
	})
	return living, gone, err
}

// ClearOldFields clears optional fields whose own time kept is over.
func (a *App) ClearOldFields(ctx context.Context) (record.Forgotten, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	var out record.Forgotten
	out.Change, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, fields, err := a.oldFields(ctx, tx.People(), office)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		out.People, out.Fields = len(edits), fields
		var what []string
		for _, t := range record.OptionalFields {
			if n := fields[t.Code]; n > 0 {
				what = append(what, fmt.Sprintf("%s (%d người)", t.Words.VI, n))
			}
		}
		note, err := a.custody(ctx, record.Custody{Kind: "hide", Count: int64(len(edits)), What: strings.Join(what, ", "), Reason: "Hết thời hạn lưu của trường thông tin"})
		return append(edits, note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	out.Change.Words = record.Words{VI: "Xóa thông tin tùy chọn đã hết thời hạn lưu", EN: "Cleared optional fields whose time kept is over"}
	return out, nil
}

// oldFields are the edits that clear fields, one a person, and of how many people each.
func (a *App) oldFields(ctx context.Context, reader store.PeopleReader, office record.Office) ([]record.Edit, map[string]int, error) {
	edits, at, counts := []record.Edit{}, map[record.ID]int{}, map[string]int{}
	for _, c := range office.Collects {
		if c.Months <= 0 {
			continue
		}
		before, err := a.monthsAgo(ctx, int(c.Months))
		if err != nil {
			return nil, nil, err
		}
		ids, _, err := reader.NotSeenSince(before)
		if err != nil {
			return nil, nil, err
		}
		people, err := reader.In(ids)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range people {
			if record.Get(p, c.Field) == "" || record.NoName(p.FullName) {
				continue
			}
			i, have := at[p.ID]
			if !have {
				i = len(edits)
				at[p.ID] = i
				edits = append(edits, record.Edit{Ref: p.Ref(), Set: map[string]record.Value{}})
			}
			edits[i].Set[c.Field] = record.Null
			edits[i].Erase = append(edits[i].Erase, c.Field)
			counts[c.Field]++
		}
	}
	return edits, counts, nil
}

// monthsAgo is the day some months before today.
func (a *App) monthsAgo(ctx context.Context, months int) (record.Date, error) {
	today, err := a.today(ctx)
	if err != nil {
		return "", err
	}
	return record.DateOf(today.Time().AddDate(0, -months, 0)), nil
}

// PersonalData says all that is held of a person, and notes that it was looked up.
func (a *App) PersonalData(ctx context.Context, id record.ID) (record.PersonalData, error) {
	p, err := a.Person(ctx, id)
	if err != nil {
		return record.PersonalData{}, err
	}
	out := record.PersonalData{PersonID: id, Name: p.FullName}
	if out.Day, err = a.today(ctx); err != nil {
		return out, explain(err)
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return out, explain(err)
	}
	out.Parts = append(out.Parts, a.fieldsHeld(ctx, office, p))
	for _, part := range []func(context.Context, record.Person) (record.PersonalPart, error){a.listsHeld, a.networkHeld, a.questionsHeld, a.historyHeld} {
		held, err := part(ctx, p)
		if err != nil {
			return out, explain(err)
		}
		if len(held.Lines) > 0 {
			out.Parts = append(out.Parts, held)
		}
	}
	return out, a.NoteCustody(ctx, record.Custody{Kind: "find", PersonID: id, Count: 1, What: "Toàn bộ thông tin đang giữ"})
}

// fieldsHeld are the person's fields, with the purpose of those that are optional.
func (a *App) fieldsHeld(ctx context.Context, office record.Office, p record.Person) record.PersonalPart {
	part := record.PersonalPart{Heading: record.Words{VI: "Thông tin cá nhân", EN: "Personal information"}}
	spell := a.speller(ctx)
	d := record.DescribeOf(p)
	values := record.Values(p)
	for _, f := range d.Fields {
		v := values[f.Name]
		if !v.IsSet() {
			continue
		}
		purpose := record.Words{}
		for _, c := range office.Collects {
			if c.Field == f.Name {
				purpose = record.Words{VI: " (mục đích: " + c.Purpose + ")", EN: " (purpose: " + c.Purpose + ")"}
			}
		}
		part.Lines = append(part.Lines, record.Words{
			VI: f.Words.VI + ": " + spell.Show(d, f.Name, v, "vi") + purpose.VI, EN: f.Words.EN + ": " + spell.Show(d, f.Name, v, "en") + purpose.EN,
		})
	}
	return part
}

// listsHeld are the lists the person stands on.
func (a *App) listsHeld(ctx context.Context, p record.Person) (record.PersonalPart, error) {
	part := record.PersonalPart{Heading: record.Words{VI: "Danh sách tham dự", EN: "Lists attended"}}
	attended, err := a.Attended(ctx, p.ID)
	for _, at := range attended {
		vi, en := at.Date.String()+", “"+at.Title+"”", at.Date.String()+", “"+at.Title+"”"
		if w := record.Word(record.Roles, at.Role); w != nil {
			vi, en = vi+", "+w.Words.VI, en+", "+w.Words.EN
		}
		if at.Arrived != "" {
			vi, en = vi+", đến lúc "+string(at.Arrived), en+", arrived "+string(at.Arrived)
		}
		if at.Scored {
			score := fmt.Sprintf(" %d → %d %%", at.ScoreBefore, at.ScoreAfter)
			vi, en = vi+", điểm"+score, en+", score"+score
		}
		part.Lines = append(part.Lines, record.Words{VI: vi, EN: en})
	}
	return part, err
}

func (a *App) networkHeld(ctx context.Context, p record.Person) (record.PersonalPart, error) {
	part := record.PersonalPart{Heading: record.Words{VI: "Mạng lưới", EN: "Network"}}
	all, err := store.All[record.Instructor](ctx, a.db)
	for _, i := range all {
		if i.PersonID == p.ID {
			part.Lines = append(part.Lines, record.Words{
				VI: record.WordIn(record.InstructorKinds, i.Kind, "vi") + ", " + i.Decision, EN: record.WordIn(record.InstructorKinds, i.Kind, "en") + ", " + i.Decision,
			})
		}
	}
	return part, err
}

// questionsHeld are questions asked under the same name: whether it is the same
// person is not known.
func (a *App) questionsHeld(ctx context.Context, p record.Person) (record.PersonalPart, error) {
	part := record.PersonalPart{Heading: record.Words{VI: "Câu hỏi ghi dưới cùng họ tên (có thể của người khác)", EN: "Questions under the same name (perhaps of somebody else)"}}
	if record.NoName(p.FullName) {
		return part, nil
	}
	all, err := store.All[record.Question](ctx, a.db)
	for _, q := range all {
		if isAsker(q, p) {
			line := q.Received.String() + ": " + q.Text
			part.Lines = append(part.Lines, record.Words{VI: line, EN: line})
		}
	}
	return part, err
}

// historyHeld tells who wrote what of the person, and when.
func (a *App) historyHeld(ctx context.Context, p record.Person) (record.PersonalPart, error) {
	part := record.PersonalPart{Heading: record.Words{VI: "Lịch sử ghi chép", EN: "History"}}
	lines, err := a.History(ctx, p.Ref())
	for _, l := range lines {
		at := time.UnixMilli(l.At).In(a.opts.Now().Location()).Format("02/01/2006 15:04")
		part.Lines = append(part.Lines, record.Words{VI: at + ", " + l.Officer + ": " + l.Words.VI, EN: at + ", " + l.Officer + ": " + l.Words.EN})
	}
	return part, err
}

// Attended are the activities on whose lists a person stands, the newest first.
func (a *App) Attended(ctx context.Context, person record.ID) ([]record.AttendedLine, error) {
	lines, err := a.db.Attended(ctx, person)
	return lines, explain(err)
}
