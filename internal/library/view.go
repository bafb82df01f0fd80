package library

import (
	"context"
	"slices"

	"sophobien/internal/law"
	"sophobien/internal/record"
)

// View is the library as it stands on a day, for an office that knows some days better.
// It does not change; after a pack was installed ask for another.
type View struct {
	lib    *Library
	cat    *catalogue
	day    record.Date
	known  []law.Correction
	graph  *law.Graph
	status []law.Status    // of the entries
	reads  []int           // place of the wording of the entry that is read, -1 for none
	of     map[int64][]int // entries by the number of the text that is read of them
}

// On gives the library on a day. Equal questions in a row cost nothing.
func (l *Library) On(ctx context.Context, day record.Date, corrections []law.Correction) (*View, error) {
	if day == "" || !day.Valid() {
		return nil, record.Refuse(record.ErrInvalid, "Chưa chọn ngày xem hiệu lực.", "The day to judge by has not been chosen.")
	}
	cat, err := l.standing(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if v := l.view; v != nil && v.cat == cat && v.day == day && slices.Equal(v.known, corrections) {
		return v, nil
	}
	v := newView(l, cat, day, corrections)
	l.view = v
	return v, nil
}

func newView(l *Library, cat *catalogue, day record.Date, corrections []law.Correction) *View {
	v := &View{lib: l, cat: cat, day: day, known: slices.Clone(corrections), of: map[int64][]int{}}
	v.graph = law.NewGraph(cat.facts(), cat.relations, v.known)
	for i, e := range cat.entries {
		at := -1
		if len(texts(e.Item)) > 0 {
			at = wordingOn(e.Wordings, day)
		}
		if at >= 0 && !e.Withdrawn {
			id := cat.textID[e.Wordings[at].SHA256]
			v.of[id] = append(v.of[id], i)
		}
		v.reads = append(v.reads, at)
		v.status = append(v.status, v.graph.StatusOn(e.ID, day))
	}
	return v
}

// Day is the day the library is seen on.
func (v *View) Day() record.Date { return v.day }

// Item is one thing of the library.
func (v *View) Item(id string) (record.LawItem, bool) {
	i, ok := v.cat.at[id]
	if !ok {
		return record.LawItem{}, false
	}
	return v.item(i), true
}

// Earlier reports whether an item is of a channel of which somebody chose to look at an
// earlier version than the newest.
func (v *View) Earlier(id string) bool {
	i, ok := v.cat.at[id]
	return ok && v.cat.back[v.cat.entries[i].channel]
}

// Items is everything in the library, by id, what was withdrawn included.
func (v *View) Items() []record.LawItem {
	out := make([]record.LawItem, len(v.cat.entries))
	for i := range out {
		out[i] = v.item(i)
	}
	return out
}

// Status says how a text stands; an empty anchor is the whole document.
func (v *View) Status(id, anchor string) (law.Status, error) {
	i, ok := v.cat.at[id]
	if !ok || anchor == "" {
		return v.graph.StatusOn(id, v.day), nil
	}
	path, err := v.pathOf(i, anchor)
	if err != nil {
		return law.Status{}, err
	}
	return v.graph.ProvisionOn(id, path, v.day), nil
}

// pathOf is an anchor with what it stands in. The chapter of an article is looked up only
// where a relation names a chapter.
func (v *View) pathOf(i int, anchor string) ([]string, error) {
	if at := v.reads[i]; at >= 0 && v.namesAbove(v.cat.entries[i].ID) {
		t, err := v.lib.Text(v.cat.entries[i].Wordings[at].SHA256)
		if err != nil {
			return nil, err
		}
		if path := t.Path(anchor); path != nil {
			return path, nil
		}
	}
	return law.Path(anchor), nil
}

// namesAbove reports whether a relation to the document names more than articles.
func (v *View) namesAbove(id string) bool {
	for _, n := range v.cat.to[id] {
		for _, a := range v.cat.relations[n].Anchors {
			if a != "" && a[0] != 'd' {
				return true
			}
		}
	}
	return false
}

func (v *View) item(i int) record.LawItem {
	e, s := v.cat.entries[i], v.status[i]
	item := record.LawItem{
		ID: e.ID, Version: e.Version, Channel: e.channel, Kind: record.LawKind(e.Kind), Number: e.Number, Type: e.Type, Title: e.Title,
		Issuer: e.Issuer, Issued: e.Issued, Valid: record.Validity{From: s.From, To: s.Until}, Topics: e.Topics, Status: record.LawStatus(s.State),
		Amended: s.Amended, Confidence: e.Confidence, Source: e.Source, CheckedOn: e.CheckedOn, Note: e.Note,
		HasText: len(texts(e.Item)) > 0, Withdrawn: e.Withdrawn,
	}
	if s.Corrected {
		item.PackValid = record.Validity{From: e.From, To: e.To}
	}
	return item
}

// Used are the topics and types there are, sorted, for whoever filters by them.
func (v *View) Used() (topics, types []string) {
	for _, e := range v.cat.entries {
		topics = append(topics, e.Topics...)
		if e.Type != "" {
			types = append(types, e.Type)
		}
	}
	slices.Sort(topics)
	slices.Sort(types)
	return slices.Compact(topics), slices.Compact(types)
}
