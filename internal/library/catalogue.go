package library

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// catalogue is all items that are shown, each once.
type catalogue struct {
	entries   []entry // by id
	at        map[string]int
	relations []law.Relation   // of all that are not withdrawn
	to        map[string][]int // places in relations, by the document they point at
	textID    map[string]int64 // numbers of texts by hash
	words     vocabulary
	back      map[string]bool // channels of which an earlier version is shown
}

// entry is an item with the channel it is from.
type entry struct {
	pack.Item
	channel string
	title   titleWords
}

// standing returns what is read of the library now.
func (l *Library) standing(ctx context.Context) (*catalogue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cat != nil {
		return l.cat, nil
	}
	c, err := readCatalogue(ctx, l.db.Read)
	if err == nil {
		l.cat = c
	}
	return c, err
}

func readCatalogue(ctx context.Context, q querier) (*catalogue, error) {
	shown, back, err := shownVersions(ctx, q)
	if err != nil {
		return nil, err
	}
	items := map[string]entry{}
	for _, name := range precedence(shown) {
		list, err := listedItems(ctx, q, name, shown[name])
		if err != nil {
			return nil, err
		}
		for _, item := range list {
			if had, has := items[item.ID]; !has || had.Withdrawn && !item.Withdrawn {
				items[item.ID] = entry{Item: item, channel: name}
			}
		}
	}
	c := newCatalogue(slices.Collect(maps.Values(items)))
	c.back = back
	if c.textID, err = textNumbers(ctx, q); err != nil {
		return nil, err
	}
	c.words, err = readVocabulary(ctx, q)
	return c, err
}

// precedence is the order of channels in which an item is looked for: the province's
// before what comes with the program. One that a channel has withdrawn is looked for in the
// others: who drops a text from his own pack does not take it from those who have it besides.
func precedence(shown map[string]int64) []string {
	names := slices.Collect(maps.Keys(shown))
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(boolOrder(a == pack.Starter, b == pack.Starter), strings.Compare(a, b))
	})
	return names
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func newCatalogue(entries []entry) *catalogue {
	c := &catalogue{entries: entries, at: map[string]int{}, to: map[string][]int{}}
	slices.SortFunc(c.entries, func(a, b entry) int { return strings.Compare(a.ID, b.ID) })
	for i := range c.entries {
		e := &c.entries[i]
		c.at[e.ID], e.title = i, titleOf(e.Item)
		if e.Withdrawn {
			continue
		}
		for _, r := range e.Relations {
			c.to[r.To] = append(c.to[r.To], len(c.relations))
			c.relations = append(c.relations, law.Relation{Kind: law.RelationKind(r.Kind), By: e.ID, To: r.To, Anchors: r.Anchors,
				Partly: r.Partly, On: r.On, Note: r.Note})
		}
	}
	return c
}

func (c *catalogue) find(id string) (*entry, bool) {
	i, ok := c.at[id]
	if !ok {
		return nil, false
	}
	return &c.entries[i], true
}

// facts are what package law judges by.
func (c *catalogue) facts() []law.Facts {
	out := make([]law.Facts, 0, len(c.entries))
	for _, e := range c.entries {
		out = append(out, law.Facts{ID: e.ID, Issued: e.Issued, From: e.From, To: e.To})
	}
	return out
}

func shownVersions(ctx context.Context, q querier) (shown map[string]int64, back map[string]bool, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name, shown, floor FROM channel")
	if err != nil {
		return nil, nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	shown, back = map[string]int64{}, map[string]bool{}
	for rows.Next() {
		var name string
		var version, floor int64
		if err := rows.Scan(&name, &version, &floor); err != nil {
			return nil, nil, sqlitefile.MapError(err)
		}
		shown[name], back[name] = version, version < floor
	}
	return shown, back, sqlitefile.MapError(rows.Err())
}

func textNumbers(ctx context.Context, q querier) (map[string]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT sha256, id FROM text")
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var sum string
		var id int64
		if err := rows.Scan(&sum, &id); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		out[sum] = id
	}
	return out, sqlitefile.MapError(rows.Err())
}

// wordingOn is the place of the wording that is read on a day: the newest that reads from
// that day or an earlier one; of a text that is yet to come the first. -1 when there is none.
func wordingOn(wordings []pack.Wording, day record.Date) int {
	at := min(0, len(wordings)-1)
	for i, w := range wordings {
		if w.From <= day {
			at = i
		}
	}
	return at
}
