package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/library"
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

// LawAffected is what of the office's work cites a text that has changed since, ended, or
// ends before a session ahead, and was not looked at after that.
func (a *App) LawAffected(ctx context.Context) ([]record.LawAffected, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, err
	}
	citing, err := a.db.Citing(ctx)
	if err != nil {
		return nil, explain(err)
	}
	reviews, err := a.db.Reviews(ctx)
	if err != nil {
		return nil, explain(err)
	}
	today, err := a.today(ctx)
	if err != nil {
		return nil, explain(err)
	}
	look := outlook{ctx: ctx, a: a, l: l, texts: map[string]law.Text{}, seen: reviewsBy(reviews)}
	var out []record.LawAffected
	for _, c := range citing {
		day := today
		if c.Planned {
			day = max(day, c.Day)
		}
		for _, k := range c.Citations {
			found, affected, err := look.at(c, k, day)
			if err == nil && !affected { // what is on its way is told, too
				found, affected, err = look.at(c, k, day.AddDays(expiryAhead))
			}
			if err != nil {
				return nil, explain(err)
			}
			if affected {
				out = append(out, found)
			}
		}
	}
	sortAffected(out, today)
	return out, nil
}

// outlook holds citations against the library.
type outlook struct {
	ctx   context.Context
	a     *App
	l     *library.Library
	texts map[string]law.Text // nil: not here
	seen  map[reviewed]record.Review
}

// reviewed is what a review is of.
type reviewed struct {
	ref record.Ref
	place
}

func reviewsBy(all []record.Review) map[reviewed]record.Review {
	out := make(map[reviewed]record.Review, len(all))
	for _, r := range all {
		out[reviewed{record.Ref{Noun: r.Noun, ID: r.RowID}, place{r.Item, r.Anchor}}] = r
	}
	return out
}

func (o *outlook) text(sha string) law.Text {
	t, ok := o.texts[sha]
	if !ok {
		t, _ = o.l.Text(sha) // what is not here cannot be compared: the words in the citation stand in
		o.texts[sha] = t
	}
	return t
}

// at says whether what a citation rests on is otherwise on a day.
func (o *outlook) at(c store.Cited, k record.Citation, day record.Date) (record.LawAffected, bool, error) {
	out := record.LawAffected{Ref: c.Ref, Title: c.Title, Day: c.Day, Citation: k, AsOf: day, Asked: c.Asked && c.Ref.Noun == "question"}
	if k.Item == "" {
		return out, false, nil
	}
	v, err := o.a.lawOn(o.ctx, day)
	if err != nil {
		return out, false, err
	}
	item, ok := v.Item(k.Item)
	if !ok {
		return out, false, nil // of a channel this PC does not have
	}
	st, err := v.Status(k.Item, k.Anchor)
	if err != nil {
		return out, false, err
	}
	out.Status = record.LawStatus(st.State)
	wording := ""
	if w, ok := v.WordingOf(k.Item); ok && item.HasText {
		wording = w.SHA256
		if whole := o.text(wording).Whole(k.Anchor); k.Anchor != "" && whole != nil {
			out.Now = whole.String()
		}
	}
	// What somebody has looked at is held against what there was then.
	was, asOf := k.Wording, k.On
	r, looked := o.seen[reviewed{c.Ref, place{k.Item, k.Anchor}}]
	if looked {
		was, asOf = r.Wording, r.AsOf
	}
	since, by := lastBearing(st, asOf)
	switch {
	case item.Withdrawn && looked, st.State == law.Ended && st.Until != "" && asOf > st.Until:
		return out, false, nil // it was so already
	case item.Withdrawn:
		out.Why = record.Words{VI: "đã rút khỏi thư viện", EN: "withdrawn from the library"}
	case st.State == law.Ended:
		out.Why = o.ended(v, st, k)
	case wording != "" && was != "" && wording != was && o.reads(k, was, wording, out.Now):
		out.Why = record.Words{VI: "đã thay đổi câu chữ" + from(v, k.Item), EN: "the words have changed"}
	case by != "":
		out.Why = record.Words{VI: "được sửa đổi bởi " + numberIn(v, by) + ", từ " + since.String(), EN: "amended by " + numberIn(v, by) + " from " + string(since)}
	default:
		return out, false, nil
	}
	return out, true, nil
}

// reads reports whether what is cited reads otherwise in a wording than in the one before.
func (o *outlook) reads(k record.Citation, was, wording, now string) bool {
	if before := o.text(was); before != nil {
		return law.ImpactOf(before, o.text(wording)).Touches(k.Anchor)
	}
	return k.Anchor == "" || now != k.Text
}

// lastBearing is the last relation that changed or ended something after a day.
func lastBearing(st law.Status, after record.Date) (on record.Date, by string) {
	for _, r := range st.By {
		if r.On > after && r.On >= on {
			on, by = r.On, r.By
		}
	}
	return on, by
}

func (o *outlook) ended(v *library.View, st law.Status, k record.Citation) record.Words {
	w := record.Words{VI: "hết hiệu lực", EN: "no longer in force"}
	if st.Until != "" {
		w.VI += " sau ngày " + st.Until.String()
		w.EN += " after " + string(st.Until)
	}
	for _, r := range slices.Backward(st.By) {
		if r.Kind == law.Replaces || r.Kind == law.Repeals {
			w.VI += ", thay bằng " + numberIn(v, r.By) + " từ " + r.On.String()
			w.EN += ", replaced by " + numberIn(v, r.By) + " from " + string(r.On)
			break
		}
	}
	return w
}

func numberIn(v *library.View, id string) string {
	if i, ok := v.Item(id); ok && i.Number != "" {
		return i.Number
	}
	return strings.ToUpper(id)
}

// from says since when the wording that is read reads so.
func from(v *library.View, item string) string {
	if w, ok := v.WordingOf(item); ok && w.From != "" {
		return " từ " + w.From.String()
	}
	return ""
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
	if w, ok := v.WordingOf(r.Item); ok {
		if i, _ := v.Item(r.Item); i.HasText {
			r.Wording = w.SHA256
		}
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
		case errors.Is(err, record.ErrNotFound): // of a library this PC does not have, or not on that day
		case err != nil:
			return nil, err
		default:
			list[i] = full
		}
	}
	return list, nil
}
