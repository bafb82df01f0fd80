package pack

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompare(t *testing.T) {
	s := shelf{}
	doc := func(id string, change func(*Item)) Item {
		i := Item{ID: id, Version: 1, Kind: "law", Title: "Luật " + id, From: "2021-01-01", Wordings: []Wording{s.wording("2021-01-01", "Điều 1. "+id)}}
		if change != nil {
			change(&i)
		}
		return i
	}
	relates := func(kind, to string, anchors ...string) func(*Item) {
		return func(i *Item) {
			i.Relations = append(slices.Clone(i.Relations), Relation{Kind: kind, To: to, Anchors: anchors, On: "2026-12-01"})
		}
	}
	gone := func(i *Item) { i.Withdrawn = true }
	before := []Item{doc("a", nil), doc("b", nil), doc("w", gone)}
	ends := Compare([]Item{doc("e", func(i *Item) { i.To = "2026-12-31" })}, []Item{doc("e", nil)})
	if got := told(ends); got != "amended e(to)" {
		t.Errorf("an end taken back: %s", got)
	}
	for name, c := range map[string]struct {
		after []Item
		want  string // list: ids with facts and anchors
	}{
		"nothing":                   {before, ""},
		"only counted on":           {[]Item{doc("a", func(i *Item) { i.Version = 2 }), before[1], before[2]}, ""},
		"none where there was none": {[]Item{doc("a", func(i *Item) { i.Topics = []string{} }), before[1], before[2]}, ""},
		"a new one":                 {append(slices.Clone(before), doc("n", nil)), "new n"},
		"a new text": {[]Item{doc("a", func(i *Item) { i.Wordings = append(i.Wordings, s.wording("2026-01-01", "Điều 1. Mới")) }), before[1], before[2]},
			"amended a+text(wordings)"},
		"another title":         {[]Item{doc("a", func(i *Item) { i.Title = "Khác" }), before[1], before[2]}, "amended a(title)"},
		"an end":                {[]Item{doc("a", func(i *Item) { i.To = "2026-12-31" }), before[1], before[2]}, "ended a(to)"},
		"withdrawn":             {[]Item{doc("a", gone), before[1], before[2]}, "withdrawn a(withdrawn)"},
		"back again":            {[]Item{before[0], before[1], doc("w", nil)}, "amended w(withdrawn)"},
		"new and withdrawn":     {append(slices.Clone(before), doc("n", gone)), "withdrawn n"},
		"repealed by a new one": {append(slices.Clone(before), doc("n", relates("repeals", "a"))), "new n; ended a[]"},
		"replaced by a new one": {append(slices.Clone(before), doc("n", relates("replaces", "a"))), "new n; ended a[]"},
		"an article repealed":   {append(slices.Clone(before), doc("n", relates("repeals", "a", "d98.k1", "d5"))), "new n; amended a[d5 d98.k1]"},
		"amended by one that is here": {[]Item{before[0], doc("b", relates("amends", "a", "d98")), before[2]},
			"amended a[d98] b(relations)"},
		"repealed by one that is withdrawn": {append(slices.Clone(before), doc("n", func(i *Item) { gone(i); relates("repeals", "a")(i) })), "withdrawn n"},
		"gone":                              {before[1:], "gone a"},
	} {
		if diff := cmp.Diff(c.want, told(Compare(before, c.after))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	// A relation that was there is no news; one of an item that comes back is.
	related := []Item{doc("a", nil), doc("b", relates("repeals", "a"))}
	if got := Compare(related, related); !got.Empty() {
		t.Errorf("%+v", got)
	}
	hidden := []Item{doc("a", nil), doc("b", func(i *Item) { gone(i); relates("repeals", "a")(i) })}
	if got := told(Compare(hidden, related)); got != "amended b(withdrawn); ended a[]" {
		t.Error(got)
	}
}

// told is changes as a line.
func told(c Changes) string {
	var lists []string
	for _, list := range []struct {
		name    string
		changes []Change
	}{{"new", c.New}, {"amended", c.Amended}, {"ended", c.Ended}, {"withdrawn", c.Withdrawn}} {
		if len(list.changes) == 0 {
			continue
		}
		text := list.name
		for _, change := range list.changes {
			text += " " + change.Item.ID
			if change.Wording {
				text += "+text"
			}
			if len(change.Facts) > 0 {
				text += "(" + strings.Join(change.Facts, " ") + ")"
			}
			if len(change.By) > 0 {
				text += "[" + strings.Join(change.Anchors(), " ") + "]"
			}
		}
		lists = append(lists, text)
	}
	for _, item := range c.Gone {
		lists = append(lists, "gone "+item.ID)
	}
	return strings.Join(lists, "; ")
}
