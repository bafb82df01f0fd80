package library

import (
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// Reading opens an item: its text as it reads on the day, what bears on it, its files.
// The office's notes are for the caller to add.
func (v *View) Reading(ctx context.Context, id string) (record.LawReading, error) {
	i, ok := v.cat.at[id]
	if !ok {
		return record.LawReading{}, notHere(id)
	}
	e := v.cat.entries[i]
	r := record.LawReading{LawItem: v.item(i), On: v.day, Relations: v.Relations(id), Files: v.files(e.Files)}
	at := v.reads[i]
	if at < 0 {
		return r, nil
	}
	for _, w := range e.Wordings {
		r.Wordings = append(r.Wordings, wordingOf(w))
	}
	r.Wording = r.Wordings[at]
	if e.Kind == string(record.LawFAQ) {
		var err error
		r.FAQ, err = v.lib.faq(r.Wording.SHA256)
		return r, err
	}
	t, err := v.lib.Text(r.Wording.SHA256)
	if err != nil {
		return r, err
	}
	r.Provisions = v.provisions(id, t)
	return r, nil
}

func notHere(id string) error {
	return record.Refuse(record.ErrNotFound, "Thư viện không có văn bản “"+id+"”.", "The library has no “"+id+"”.")
}

func wordingOf(w pack.Wording) record.LawWording {
	return record.LawWording{From: w.From, SHA256: w.SHA256, Title: w.Title}
}

// WordingOf is the wording of a document that is read on the day.
func (v *View) WordingOf(id string) (record.LawWording, bool) {
	i, ok := v.cat.at[id]
	if !ok || v.reads[i] < 0 {
		return record.LawWording{}, false
	}
	return wordingOf(v.cat.entries[i].Wordings[v.reads[i]]), true
}

// Text is a document's text as it reads on the day.
func (v *View) Text(id string) (law.Text, record.LawWording, error) {
	w, ok := v.WordingOf(id)
	if !ok {
		return nil, w, notHere(id)
	}
	t, err := v.lib.Text(w.SHA256)
	return t, w, err
}

func (v *View) provisions(id string, t law.Text) []record.LawProvision {
	out := make([]record.LawProvision, len(t))
	parents := make(map[string]string, len(t))
	for _, p := range t {
		parents[p.Anchor] = p.Parent
	}
	for n, p := range t {
		path := []string{p.Anchor}
		for up := p.Parent; up != ""; up = parents[up] {
			path = append(path, up)
		}
		s := v.graph.ProvisionOn(id, path, v.day)
		out[n] = record.LawProvision{Anchor: p.Anchor, Level: string(p.Level), Number: p.Number, Heading: p.Heading, Text: p.Body(),
			Status: record.LawStatus(s.State), By: v.because(s)}
	}
	return out
}

// because says what a provision ended or changed by: "283/2026/NĐ-CP, từ 10/9/2026".
func (v *View) because(s law.Status) string {
	for _, r := range slices.Backward(s.By) {
		if s.State == law.Ended && r.Kind == law.Amends {
			continue
		}
		return v.numberOf(r.By) + ", từ " + r.On.String()
	}
	return ""
}

// numberOf is what a document is called by, known or not.
func (v *View) numberOf(id string) string {
	if e, ok := v.cat.find(id); ok {
		if e.Number != "" {
			return e.Number
		}
		return e.Title
	}
	return strings.ToUpper(id)
}

// Relations are the bonds of a document in both directions: what it does to others, then
// what others do to it.
func (v *View) Relations(id string) []record.LawRelation {
	var out []record.LawRelation
	bond := func(r law.Relation, other string, inverse bool) {
		l := record.LawRelation{Kind: string(r.Kind), Inverse: inverse, Item: other, Number: v.numberOf(other), Anchors: r.Anchors, On: r.On, Note: r.Note}
		if e, ok := v.cat.find(other); ok {
			l.Known, l.Title = true, e.Title
		}
		out = append(out, l)
	}
	for _, r := range v.cat.relations {
		if r.By == id {
			bond(r, r.To, false)
		}
	}
	for _, n := range v.cat.to[id] {
		bond(v.cat.relations[n], v.cat.relations[n].By, true)
	}
	return out
}

func (v *View) files(list []pack.Attachment) []record.LawFile {
	var out []record.LawFile
	for _, f := range list {
		out = append(out, record.LawFile{Name: f.Name, SHA256: f.SHA256, Size: f.Size, Lang: f.Lang, Title: f.Title, Here: v.lib.blobs.has(f.SHA256, f.Size)})
	}
	return out
}

func (l *Library) faq(sum string) ([]record.LawAnswer, error) {
	b, err := l.whole(sum, law.MaxText)
	if err != nil {
		return nil, err
	}
	f, err := decodeFAQ(b)
	if err != nil {
		return nil, err
	}
	var out []record.LawAnswer
	for _, q := range f.FAQ {
		out = append(out, record.LawAnswer{Question: q.Q, Answer: q.A, Citations: q.Citations})
	}
	return out, nil
}

// Expiry is a document that ends soon or has ended.
type Expiry struct {
	Item record.LawItem
	Ends record.Date // the last day it is in force
	Days int         // until then; negative: since
	By   string      // number of what replaces it, "" when nothing does
}

// Expiring are the documents that end within some days from the day or ended within some
// days before it, the next one first.
func (v *View) Expiring(ahead, back int) []Expiry {
	var out []Expiry
	for i, e := range v.cat.entries {
		ends := v.status[i].Until
		if e.Withdrawn || ends == "" || ends < v.day.AddDays(-back) || ends > v.day.AddDays(ahead) {
			continue
		}
		days := int(ends.Time().Sub(v.day.Time()).Hours() / 24)
		out = append(out, Expiry{Item: v.item(i), Ends: ends, Days: days, By: v.replacedBy(e.ID, ends)})
	}
	slices.SortStableFunc(out, func(a, b Expiry) int { return strings.Compare(string(a.Ends), string(b.Ends)) })
	return out
}

// replacedBy is the number of what replaces a document, on the day after its end or on
// another.
func (v *View) replacedBy(id string, ends record.Date) string {
	by := ""
	for _, r := range v.graph.Relations(id) {
		if (r.Kind == law.Replaces || r.Kind == law.Repeals) && len(r.Anchors) == 0 && !r.Partly && (by == "" || r.On == ends.AddDays(1)) {
			by = v.numberOf(r.By)
		}
	}
	return by
}
