package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/library"
	"sophobien/internal/record"
)

// SearchLaw finds documents and provisions of the library by words, as they stand on the
// day of the filter; without one, today.
func (a *App) SearchLaw(ctx context.Context, f record.LawFilter) (record.LawPage, error) {
	v, err := a.lawOn(ctx, f.On)
	if err != nil {
		return record.LawPage{}, err
	}
	page, err := v.Search(ctx, f)
	if err != nil {
		return page, explain(err)
	}
	noted, err := a.noted(ctx)
	for i := range page.Hits {
		h := &page.Hits[i]
		h.Noted = noted[place{h.Item, h.Anchor}]
	}
	return page, explain(err)
}

// place is a provision of a document, or the document itself.
type place struct{ item, anchor string }

func (a *App) noted(ctx context.Context) (map[place]bool, error) {
	notes, err := a.db.LawNotes(ctx)
	out := make(map[place]bool, len(notes))
	for _, n := range notes {
		out[place{n.Item, n.Anchor}] = true
	}
	return out, err
}

// LawUsed are the topics and the types of document there are to filter by.
func (a *App) LawUsed(ctx context.Context) (topics []record.Term, types []string, err error) {
	v, err := a.lawOn(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	used, types := v.Used()
	for _, t := range a.Topics() {
		if slices.Contains(used, t.Code) {
			topics = append(topics, t)
		}
	}
	return topics, types, nil
}

// ReadLaw opens a document as it reads on a day, with what the office noted of it;
// "" is today.
func (a *App) ReadLaw(ctx context.Context, item string, on record.Date) (record.LawReading, error) {
	v, err := a.lawOn(ctx, on)
	if err != nil {
		return record.LawReading{}, err
	}
	r, err := v.Reading(ctx, item)
	if err != nil {
		return r, explain(err)
	}
	for i := range r.Relations {
		r.Relations[i].Says = anchorWords(r.Relations[i].Anchors)
	}
	notes, err := a.db.LawNotes(ctx)
	if err != nil {
		return r, explain(err)
	}
	at := make(map[string]int, len(r.Provisions))
	for i := range r.Provisions {
		at[r.Provisions[i].Anchor] = i
	}
	for _, n := range notes {
		switch i, ok := at[n.Anchor]; {
		case n.Item != item:
		case ok:
			r.Provisions[i].Notes = append(r.Provisions[i].Notes, n)
		default: // of the document, or of a provision this wording does not have
			r.Notes = append(r.Notes, n)
		}
	}
	return r, nil
}

// CompareLaw puts two wordings of a document side by side, by their hashes; "" are the
// one read today and the one before it.
func (a *App) CompareLaw(ctx context.Context, item, before, after string) (record.LawComparison, error) {
	none := record.LawComparison{}
	l, err := a.law(ctx)
	if err != nil {
		return none, err
	}
	v, err := a.lawOn(ctx, "")
	if err != nil {
		return none, err
	}
	r, err := v.Reading(ctx, item)
	if err != nil {
		return none, explain(err)
	}
	c := record.LawComparison{Item: r.LawItem}
	if after == "" {
		after = r.Wording.SHA256
	}
	at := func(sha string) int {
		return slices.IndexFunc(r.Wordings, func(w record.LawWording) bool { return w.SHA256 == sha })
	}
	if i := at(after); before == "" && i > 0 {
		before = r.Wordings[i-1].SHA256
	} else if before == "" && i == 0 && len(r.Wordings) > 1 { // the first is read: what comes next
		before, after = after, r.Wordings[1].SHA256
	}
	if before == "" || after == "" {
		return none, record.Refuse(record.ErrNotFound, "Văn bản này chỉ có một bản văn, không có gì để so sánh.", "This document has one text only; there is nothing to compare.")
	}
	texts := [2]law.Text{}
	for i, side := range []struct {
		sha string
		to  *record.LawWording
	}{{before, &c.Before}, {after, &c.After}} {
		if texts[i], err = l.Text(side.sha); err != nil {
			return none, explain(err)
		}
		side.to.SHA256 = side.sha
		if k := at(side.sha); k >= 0 {
			*side.to = r.Wordings[k]
		}
	}
	for _, ch := range law.Compare(texts[0], texts[1]) {
		p := lawPairOf(texts, ch)
		if p.Change != record.LawSame {
			c.Changed++
		}
		c.Pairs = append(c.Pairs, p)
	}
	return c, nil
}

func lawPairOf(texts [2]law.Text, ch law.Change) record.LawPair {
	var p record.LawPair
	if ch.Kind != law.Same {
		p.Change = record.LawChange(ch.Kind)
	}
	if ch.A >= 0 {
		p.Anchor, p.Before = texts[0][ch.A].Anchor, texts[0][ch.A].Text
	}
	if ch.B >= 0 {
		p.Anchor, p.After = texts[1][ch.B].Anchor, texts[1][ch.B].Text
	}
	p.Label = law.Say(p.Anchor)
	before, after := 0, 0 // runes so far
	for _, m := range ch.Marks {
		n := len([]rune(m.Text))
		switch m.Kind {
		case law.Cut:
			p.BeforeMarks = append(p.BeforeMarks, record.Span{From: before, To: before + n})
			before += n
		case law.New:
			p.AfterMarks = append(p.AfterMarks, record.Span{From: after, To: after + n})
			after += n
		default:
			before, after = before+n, after+n
		}
	}
	return p
}

// SaveLawNote makes or changes what the office says of a text.
func (a *App) SaveLawNote(ctx context.Context, n record.LawNote) (record.LawNote, error) {
	return save(ctx, a, n, a.held("checked_on", n.CheckedOn))
}

// LawExpiring are the documents that end within 90 days or ended within the last 30, with
// the sessions ahead that cite them.
func (a *App) LawExpiring(ctx context.Context) ([]record.LawExpiry, error) {
	v, err := a.lawOn(ctx, "")
	if err != nil {
		return nil, err
	}
	citing, err := a.db.Citing(ctx)
	if err != nil {
		return nil, explain(err)
	}
	var out []record.LawExpiry
	for _, e := range v.Expiring(expiryAhead, expiryBack) {
		x := record.LawExpiry{Item: e.Item, Ends: e.Ends, Days: e.Days, By: e.By}
		for _, c := range citing {
			if !c.Planned || c.Day <= e.Ends {
				continue
			}
			for _, k := range c.Citations {
				if k.Item == e.Item.ID {
					x.Planned = append(x.Planned, record.LawAffected{Ref: c.Ref, Title: c.Title, Day: c.Day, Citation: k, Status: record.LawEnded, Why: endsWords(e)})
				}
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// Days around today in which the end of a text is told.
const (
	expiryAhead = 90
	expiryBack  = 30
)

func endsWords(e library.Expiry) record.Words {
	w := record.Words{VI: "hết hiệu lực sau ngày " + e.Ends.String(), EN: "no longer in force after " + string(e.Ends)}
	if e.By != "" {
		w.VI += ", thay bằng " + e.By
		w.EN += ", replaced by " + e.By
	}
	return w
}

// sortAffected puts what lies ahead first, then what was told last.
func sortAffected(list []record.LawAffected, today record.Date) {
	slices.SortStableFunc(list, func(x, y record.LawAffected) int {
		ahead := func(l record.LawAffected) int {
			if l.Day >= today {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(ahead(x), ahead(y)), -strings.Compare(string(x.Day), string(y.Day)), strings.Compare(x.Title, y.Title))
	})
}
