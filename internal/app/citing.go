package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Cite is the citation of a provision as it stands on a day, with its words; an empty
// anchor cites the whole document and keeps no words.
func (a *App) Cite(ctx context.Context, item, anchor string, on record.Date) (record.Citation, error) {
	v, err := a.lawOn(ctx, on)
	if err != nil {
		return record.Citation{}, err
	}
	i, ok := v.Item(item)
	if !ok {
		return record.Citation{}, record.Refuse(record.ErrNotFound, "Thư viện không có văn bản “"+item+"”.", "The library has no “"+item+"”.")
	}
	c := record.Citation{Document: cmp.Or(i.Number, i.Title), Title: calledInCitation(i), On: v.Day(), Item: item, Anchor: anchor, Version: i.Version}
	if anchor != "" {
		c.Provision = law.Say(anchor).VI
	}
	if !i.HasText {
		return c, nil
	}
	t, w, err := v.Text(item)
	if err != nil {
		return c, explain(err)
	}
	c.Wording = w.SHA256
	if anchor == "" {
		return c, nil
	}
	whole := t.Whole(anchor)
	if whole == nil {
		return c, record.Refuse(record.ErrNotFound, "Văn bản "+c.Document+" không có "+c.Provision+" vào ngày "+v.Day().String()+".",
			c.Document+" has no "+law.Say(anchor).EN+" on "+string(v.Day())+".")
	}
	c.Text = whole.String()
	return c, nil
}

// calledInCitation is how a document is named after its provision: a law by its name, all
// else by its kind and number.
func calledInCitation(i record.LawItem) string {
	if strings.Contains(strings.ToLower(i.Type), "luật") || i.Number == "" {
		return i.Title
	}
	return strings.TrimSpace(i.Type + " " + i.Number)
}

// AddCitation lets an answer, a session or a material cite a provision as it stands on a
// day; "" is its own day. The same provision is cited once, as it was last chosen.
func (a *App) AddCitation(ctx context.Context, ref record.Ref, item, anchor string, on record.Date) (record.Citation, error) {
	row, err := a.Record(ctx, ref)
	if err != nil {
		return record.Citation{}, err
	}
	var cited *[]record.Citation
	var day record.Date
	var save func() error
	switch n := row.(type) {
	case record.Question:
		cited, day = &n.Citations, n.AnsweredOn
		save = func() error { _, err := a.SaveQuestion(ctx, n); return err }
	case record.Activity:
		cited, day = &n.Citations, n.When.Date
		save = func() error { _, err := a.SaveActivity(ctx, n); return err }
	case record.Material:
		cited, day = &n.Citations, n.On
		save = func() error { _, err := a.SaveRecord(ctx, n); return err }
	default:
		return record.Citation{}, record.Refuse(record.ErrInvalid, "Loại hồ sơ này không có căn cứ pháp luật.", "This kind of row cites no law.")
	}
	c, err := a.Cite(ctx, item, anchor, cmp.Or(on, day))
	if err != nil {
		return c, err
	}
	*cited = slices.DeleteFunc(slices.Clone(*cited), func(k record.Citation) bool { return k.Item == item && k.Anchor == anchor })
	*cited = append(*cited, c)
	return c, save()
}

// ReviewCitation notes that somebody looked at what cites a text, as the text stands now.
func (a *App) ReviewCitation(ctx context.Context, of record.LawAffected, outcome, note string) (record.Review, error) {
	day, err := a.today(ctx)
	if err != nil {
		return record.Review{}, explain(err)
	}
	v, err := a.lawOn(ctx, of.AsOf)
	if err != nil {
		return record.Review{}, err
	}
	r := record.Review{Noun: of.Ref.Noun, RowID: of.Ref.ID, Item: of.Citation.Item, Anchor: of.Citation.Anchor, AsOf: v.Day(), Outcome: outcome, Day: day, Note: note}
	st, err := v.Status(r.Item, r.Anchor)
	if err != nil {
		return r, explain(err)
	}
	if i, _ := v.Item(r.Item); i.HasText && !i.Withdrawn && st.State != law.Ended {
		w, _ := v.WordingOf(r.Item)
		r.Wording = w.SHA256
	}
	return save(ctx, a, r, nil)
}

// LawMessage is what to tell somebody whose question was answered by a text that has
// changed since: the question, the answer and the words that hold now.
func (a *App) LawMessage(ctx context.Context, of record.LawAffected) (string, error) {
	q, err := store.Find[record.Question](ctx, a.db, of.Ref.ID)
	if err != nil {
		return "", explain(err)
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return "", explain(err)
	}
	unit, err := a.Unit(ctx, office.UnitID)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	if q.Asker != "" {
		line("Kính gửi: ", q.Asker)
	} else {
		line("Kính gửi: Người hỏi")
	}
	line()
	line("Ngày ", q.Received.String(), ", ", unit.FullName(), " nhận được câu hỏi: “", strings.TrimSpace(q.Text), "”")
	if q.Answer != "" {
		line("Ngày ", q.AnsweredOn.String(), ", cơ quan đã trả lời: “", strings.TrimSpace(q.Answer), "”")
	}
	line("Câu trả lời căn cứ ", of.Citation.Says(), "; quy định này nay ", of.Why.VI, ".")
	if of.Now != "" {
		line()
		line("Nội dung hiện hành:")
		line(of.Now)
	}
	line()
	line("Cơ quan thông báo để ông (bà) biết. Nếu cần được giải đáp thêm, xin liên hệ ", unit.FullName(), ".")
	return b.String(), nil
}

// complete gives what was chosen in the library its words, as they stand on a day; "" is
// today. What was typed, or has its words, stays as it is.
func (a *App) complete(ctx context.Context, cited []record.Citation, day record.Date) ([]record.Citation, error) {
	list := slices.Clone(cited)
	for i, k := range list {
		if k.Item == "" || k.Version > 0 {
			continue
		}
		full, err := a.Cite(ctx, k.Item, k.Anchor, cmp.Or(k.On, day))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			list[i] = full
		} // else of a library this PC does not have, not on that day, or damaged: the work is saved as it is
	}
	return list, nil
}
