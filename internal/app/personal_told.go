package app

import (
	"context"
	"fmt"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

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
	names, err := a.calledOf(ctx, p)
	if err != nil || len(names) == 0 {
		return part, err
	}
	all, err := store.All[record.Question](ctx, a.db)
	for _, q := range all {
		if names.asked(q) {
			line := q.Received.String() + ": " + q.Text
			part.Lines = append(part.Lines, record.Words{VI: line, EN: line})
		}
	}
	return part, err
}

// historyHeld tells who wrote what of the person, and when.
func (a *App) historyHeld(ctx context.Context, p record.Person) (record.PersonalPart, error) {
	part := record.PersonalPart{Heading: record.Words{VI: "Lịch sử ghi chép", EN: "History"}}
	spell := a.speller(ctx)
	spell.Whole = true // all that is held, that which was first written too
	lines, err := a.history(ctx, p.Ref(), spell)
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
