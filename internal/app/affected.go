package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/library"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// This file finds what of the office's work rests on a text that has changed.
//
// An answer and a material are held against the law of today, and against that of 90 days
// on, so that what is on its way is told; a session that is to come against the law of its own
// day. A session that was held is the past: it is never told.
//
// What was cited, and every look at it since, is something the office knows. It is told of a
// provision that reads otherwise than all it knows, was amended after the last thing it knows,
// has ended, or was withdrawn, until somebody looks.

// told is a list of what is affected, and of what it was made.
type told struct {
	changes uint64
	today   record.Date
	list    []record.LawAffected
}

// LawAffected is what of the office's work cites a text that has changed since, ended, or
// ends before a session ahead, and was not looked at after that. Asking again before
// anything has changed costs nothing.
func (a *App) LawAffected(ctx context.Context) ([]record.LawAffected, error) {
	today, err := a.today(ctx)
	if err != nil {
		return nil, explain(err)
	}
	changes := a.changes.Load()
	if t := a.told.Load(); t != nil && t.changes == changes && t.today == today {
		return slices.Clone(t.list), nil
	}
	list, err := a.affected(ctx, today)
	if err != nil {
		return nil, explain(err)
	}
	a.told.Store(&told{changes, today, list})
	return slices.Clone(list), nil
}

func (a *App) affected(ctx context.Context, today record.Date) ([]record.LawAffected, error) {
	l, err := a.law(ctx)
	if err != nil {
		return nil, err
	}
	citing, err := a.db.Citing(ctx)
	if err != nil {
		return nil, err
	}
	reviews, err := a.db.Reviews(ctx)
	if err != nil {
		return nil, err
	}
	notes, err := a.db.LawNotes(ctx)
	if err != nil {
		return nil, err
	}
	look := outlook{
		ctx: ctx, l: l, corrections: corrections(notes), seen: reviewsOf(reviews),
		views: map[record.Date]*library.View{}, texts: map[string]law.Text{}, changes: map[[2]string]change{},
	}
	var out []record.LawAffected
	for _, c := range citing {
		if bygone(c) {
			continue
		}
		days := []record.Date{today, today.AddDays(expiryAhead)}
		if c.Planned && c.Day >= today {
			days = []record.Date{c.Day}
		}
		done := map[place]bool{}
		for _, k := range c.Citations {
			found, ok, err := look.on(c, k, days)
			if err != nil {
				return nil, err
			}
			if at := (place{found.Citation.Item, found.Citation.Anchor}); ok && !done[at] {
				done[at] = true
				out = append(out, found)
			}
		}
	}
	sortAffected(out, today)
	return out, nil
}

// bygone reports whether a row is a session that was held, or never will be.
func bygone(c store.Cited) bool { return c.Ref.Noun == "activity" && !c.Planned }

// outlook holds citations against the library.
type outlook struct {
	ctx         context.Context
	l           *library.Library
	corrections []law.Correction
	seen        map[reviewed][]record.Review
	views       map[record.Date]*library.View
	texts       map[string]law.Text // nil: not here
	changes     map[[2]string]change
}

// reviewed is what a review is of.
type reviewed struct {
	ref record.Ref
	place
}

func reviewsOf(all []record.Review) map[reviewed][]record.Review {
	out := make(map[reviewed][]record.Review, len(all))
	for _, r := range all {
		of := reviewed{record.Ref{Noun: r.Noun, ID: r.RowID}, place{r.Item, r.Anchor}}
		out[of] = append(out[of], r)
	}
	return out
}

func (o *outlook) view(day record.Date) (*library.View, error) {
	v, ok := o.views[day]
	if ok {
		return v, nil
	}
	v, err := o.l.On(o.ctx, day, o.corrections)
	o.views[day] = v
	return v, err
}

func (o *outlook) text(sha string) law.Text {
	t, ok := o.texts[sha]
	if !ok {
		t, _ = o.l.Text(sha) // what is not here cannot be compared: the words in the citation stand in
		o.texts[sha] = t
	}
	return t
}

// change is what became of the provisions of one text in another.
type change struct {
	impact law.Impact
	went   map[string]string // anchors that are elsewhere now; "" when they are gone
}

func (o *outlook) change(before, after string) change {
	key := [2]string{before, after}
	c, ok := o.changes[key]
	if ok {
		return c
	}
	a, b := o.text(before), o.text(after)
	c = change{law.ImpactOf(a, b), map[string]string{}}
	if len(c.impact.Own) > 0 {
		for _, ch := range law.Compare(a, b) {
			switch {
			case ch.A >= 0 && ch.B < 0:
				c.went[a[ch.A].Anchor] = ""
			case ch.A >= 0 && a[ch.A].Anchor != b[ch.B].Anchor:
				c.went[a[ch.A].Anchor] = b[ch.B].Anchor
			}
		}
	}
	o.changes[key] = c
	return c
}

// on holds a citation against the law of several days; the first on which there is something
// to tell counts.
func (o *outlook) on(c store.Cited, k record.Citation, days []record.Date) (record.LawAffected, bool, error) {
	for _, day := range days {
		v, err := o.view(day)
		if err != nil {
			return record.LawAffected{}, false, err
		}
		found, ok, err := o.at(v, c, k)
		if ok || err != nil {
			return found, ok, err
		}
	}
	return record.LawAffected{}, false, nil
}

// at says whether what a citation rests on is otherwise than the office knows.
func (o *outlook) at(v *library.View, c store.Cited, k record.Citation) (record.LawAffected, bool, error) {
	out := record.LawAffected{Ref: c.Ref, Title: c.Title, Day: c.Day, AsOf: v.Day(), Asked: c.Asked && c.Ref.Noun == "question"}
	k.On = cmp.Or(k.On, c.Day)
	typed := k.Item == ""
	if typed {
		var err error
		if k, err = o.find(v, k); k.Item == "" || err != nil {
			return out, false, err
		}
	}
	item, ok := v.Item(k.Item)
	if !ok || v.Earlier(k.Item) && item.Version < k.Version {
		return out, false, nil // of a channel this PC does not have, or shows as it was before
	}
	st, err := v.Status(k.Item, k.Anchor)
	if err != nil {
		return out, false, err
	}
	out.Citation, out.Status = k, record.LawStatus(st.State)
	known := knowledge{k, o.seen[reviewed{c.Ref, place{k.Item, k.Anchor}}]}
	wording := ""
	if w, ok := v.WordingOf(k.Item); ok && item.HasText {
		wording = w.SHA256
	}
	since, by := lastBearing(st, known.until())
	switch {
	case item.Withdrawn:
		out.Why = record.Words{VI: "đã rút khỏi thư viện", EN: "withdrawn from the library"}
		return out, !known.gone(""), nil
	case st.State == law.Ended:
		out.Why = o.ended(v, st, k)
		return out, !known.gone(st.Until), nil
	case typed && k.Anchor == "": // that a law as a whole was amended somewhere is no news of a leaflet that names it
		return out, false, nil
	case wording != "" && k.Wording != "" && o.otherwise(known, wording, v.Day()):
		out.Why = record.Words{VI: "đã thay đổi câu chữ" + from(v, k.Item), EN: "the words have changed"}
		out.Now = o.now(k, wording, &out.Why)
	case by != "":
		out.Why = record.Words{VI: "được sửa đổi bởi " + numberIn(v, by) + ", từ " + since.String(), EN: "amended by " + numberIn(v, by) + " from " + string(since)}
		out.Now = o.now(k, wording, &out.Why)
	default:
		return out, false, nil
	}
	return out, true, nil
}

// find looks for what a citation means that was typed: the one provision it names of a
// document of the library, as it read on its day. Without a day it means nothing.
func (o *outlook) find(v *library.View, k record.Citation) (record.Citation, error) {
	at, ok := law.ParseAddress(strings.TrimSpace(k.Provision + " " + k.Document))
	if !ok || k.On == "" || len(at.Anchors) > 1 {
		return k, nil
	}
	if _, here := v.Item(at.Document); !here {
		return k, nil
	}
	then, err := o.view(k.On)
	if err != nil {
		return k, err
	}
	k.Item = at.Document
	if len(at.Anchors) == 1 {
		k.Anchor = at.Anchors[0]
	}
	if w, ok := then.WordingOf(k.Item); ok {
		k.Wording = w.SHA256
	}
	return k, nil
}

// knowledge is what the office knows of a citation: what it cited, and what it saw when it
// looked again.
type knowledge struct {
	cited   record.Citation
	reviews []record.Review
}

// until is the last day the law was looked at for.
func (n knowledge) until() record.Date {
	last := n.cited.On
	for _, r := range n.reviews {
		last = max(last, r.AsOf)
	}
	return last
}

// gone reports whether somebody saw that nothing was in force any more after a day.
func (n knowledge) gone(after record.Date) bool {
	return slices.ContainsFunc(n.reviews, func(r record.Review) bool { return r.Wording == "" && r.AsOf > after })
}

// otherwise reports whether a provision reads otherwise on a day than the office knows: than
// what it saw last up to the day, and than all it saw of days ahead.
func (o *outlook) otherwise(n knowledge, wording string, day record.Date) bool {
	last, lastDay := n.cited.Wording, n.cited.On
	for _, r := range n.reviews {
		switch {
		case r.Wording == "":
		case r.AsOf > day:
			if !o.reads(n.cited, r.Wording, wording) {
				return false
			}
		case r.AsOf >= lastDay:
			last, lastDay = r.Wording, r.AsOf
		}
	}
	return o.reads(n.cited, last, wording)
}

// reads reports whether what is cited reads otherwise in another wording.
func (o *outlook) reads(k record.Citation, before, after string) bool {
	switch {
	case before == after:
		return false
	case o.text(after) == nil: // not here: nothing can be said, and the library asks for the pack
		return false
	case o.text(before) != nil:
		return o.change(before, after).impact.Touches(k.Anchor)
	case before != k.Wording || k.Anchor == "": // swept away
		return true
	}
	return o.text(after).Whole(k.Anchor).String() != k.Text
}

// now is how a provision reads in a wording, wherever it stands there.
func (o *outlook) now(k record.Citation, wording string, why *record.Words) string {
	if k.Anchor == "" || wording == "" {
		return ""
	}
	t, at := o.text(wording), k.Anchor
	if o.text(k.Wording) != nil && t != nil {
		to, moved := o.change(k.Wording, wording).went[k.Anchor]
		switch {
		case moved && to != "":
			at = to
			why.VI += ", nay là " + law.Say(to).VI
			why.EN += ", now " + law.Say(to).EN
		case moved:
			why.VI += ", không còn trong bản văn"
			why.EN += ", no longer in the text"
			return ""
		}
	}
	return t.Whole(at).String()
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
