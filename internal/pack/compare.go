package pack

import (
	"encoding/json"
	"reflect"
	"slices"
)

// Changes are what a listing changes, each item in one list at most, in order of id.
type Changes struct {
	New       []Change
	Amended   []Change
	Ended     []Change // repealed, replaced as a whole, or given another last day
	Withdrawn []Change
	Gone      []Item // listed no more, which only a reset allows
}

// Change is an item that is new or reads otherwise.
type Change struct {
	Item    Item
	Was     *Item    // nil of a new one
	Wording bool     // there is another text
	Facts   []string // keys of the item that differ
	By      []Pointed
}

// Pointed is a new relation of another item that points at this one.
type Pointed struct {
	From     string // the other item
	Relation Relation
}

// Anchors are the provisions new relations name, in order, each once.
func (c Change) Anchors() []string {
	var out []string
	for _, by := range c.By {
		out = append(out, by.Relation.Anchors...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Empty reports whether nothing changes.
func (c Changes) Empty() bool {
	return len(c.New)+len(c.Amended)+len(c.Ended)+len(c.Withdrawn)+len(c.Gone) == 0
}

// Compare says what becomes of the items of a channel.
func Compare(before, after []Item) Changes {
	was, pointed := byID(before), newRelations(before, after)
	var out Changes
	for _, item := range after {
		c := Change{Item: item, By: pointed[item.ID]}
		if old, ok := was[item.ID]; ok {
			c.Was, c.Facts = &old, factsThatDiffer(old, item)
			c.Wording = otherTexts(old.Wordings, item.Wordings)
		}
		switch {
		case item.Withdrawn && (c.Was == nil || !c.Was.Withdrawn):
			out.Withdrawn = append(out.Withdrawn, c)
		case c.Was == nil:
			out.New = append(out.New, c)
		case c.ends():
			out.Ended = append(out.Ended, c)
		case len(c.Facts) > 0 || len(c.By) > 0:
			out.Amended = append(out.Amended, c)
		}
	}
	is := byID(after)
	for _, item := range before {
		if _, ok := is[item.ID]; !ok {
			out.Gone = append(out.Gone, item)
		}
	}
	return out
}

// ends reports whether the whole item is given an end it did not have.
func (c Change) ends() bool {
	if c.Item.To != "" && c.Item.To != c.Was.To {
		return true
	}
	return slices.ContainsFunc(c.By, func(p Pointed) bool {
		return len(p.Relation.Anchors) == 0 && (p.Relation.Kind == "repeals" || p.Relation.Kind == "replaces")
	})
}

func byID(items []Item) map[string]Item {
	out := make(map[string]Item, len(items))
	for _, item := range items {
		out[item.ID] = item
	}
	return out
}

// newRelations are those only the later items have, by the item they point at. One of a
// withdrawn item says nothing any more.
func newRelations(before, after []Item) map[string][]Pointed {
	key := func(from string, r Relation) string {
		r.Note = ""
		text, _ := json.Marshal(r)
		return from + " " + string(text)
	}
	had := map[string]bool{}
	for _, item := range before {
		for _, r := range item.filled().Relations {
			had[key(item.ID, r)] = !item.Withdrawn
		}
	}
	out := map[string][]Pointed{}
	for _, item := range after {
		if item.Withdrawn {
			continue
		}
		for _, r := range item.filled().Relations {
			if !had[key(item.ID, r)] {
				out[r.To] = append(out[r.To], Pointed{item.ID, r})
			}
		}
	}
	return out
}

// factsThatDiffer names fields as JSON does. That the editor counted the item on is no fact.
func factsThatDiffer(a, b Item) []string {
	var out []string
	va, vb := reflect.ValueOf(a.filled()), reflect.ValueOf(b.filled())
	for i := range va.NumField() {
		name := va.Type().Field(i).Tag.Get("json")
		if name != "version" && !reflect.DeepEqual(va.Field(i).Interface(), vb.Field(i).Interface()) {
			out = append(out, name)
		}
	}
	return out
}

func otherTexts(a, b []Wording) bool {
	return !slices.EqualFunc(a, b, func(a, b Wording) bool { return a.SHA256 == b.SHA256 && a.From == b.From })
}
