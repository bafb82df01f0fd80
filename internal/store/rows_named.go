package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// named is the page of a listing whose rows bear people's names, or words of their own
// that are personal. Those stand sealed, so SQL can neither search nor order them; such
// a list is as long as an office's network, and is read whole.
func (q *listQuery) named(ctx context.Context, db *DB) (record.ListPage, error) {
	page := record.ListPage{By: map[string]map[string]int{}, Sums: map[string]int64{}}
	all := *q
	all.f.Only, all.f.Text, all.f.Offset, all.f.Limit = nil, "", 0, 1<<30
	if err := all.page(ctx, db.read, &page); err != nil {
		return page, fmtErr("list "+q.l.Noun, err)
	}
	if err := q.name(db, page.Rows); err != nil {
		return page, err
	}
	if err := q.unseal(ctx, db, page.Rows); err != nil {
		return page, fmtErr("list "+q.l.Noun, err)
	}
	words := viet.Key(q.f.Text)
	page.Rows = slices.DeleteFunc(page.Rows, func(r record.ListRow) bool {
		return words != "" && !hasWord(viet.Key(strings.Join(r.Cells, " ")), words) && !slices.Contains(q.beside, r.ID)
	})
	q.countRows(&page)
	page.Rows = slices.DeleteFunc(page.Rows, func(r record.ListRow) bool { return !q.holds(r, "") })
	q.sortRows(page.Rows)
	page.Rows = page.Rows[min(q.f.Offset, len(page.Rows)):]
	page.Rows = page.Rows[:min(q.f.Limit, len(page.Rows))]
	return page, nil
}

// name puts names in the place of ids.
func (q *listQuery) name(db *DB, rows []record.ListRow) error {
	at := q.l.Column("person_id")
	if at < 0 {
		return nil
	}
	for i := range rows {
		cell := &rows[i].Cells[at]
		id, err := hexID(*cell)
		if err != nil {
			return err
		}
		if *cell, err = db.NameOf(id); err != nil {
			return err
		}
	}
	return nil
}

// isSealed reports whether a column is of a field that has no column in the table.
func (q *listQuery) isSealed(c *record.ListColumn) bool {
	d, _ := record.Describe(q.l.Noun)
	f, ok := d.Field(c.Name)
	return ok && f.Class == record.Personal
}

// sealed are the places of the columns that stand sealed.
func (q *listQuery) sealed() []int {
	var out []int
	for i := range q.l.Columns {
		if q.isSealed(&q.l.Columns[i]) {
			out = append(out, i)
		}
	}
	return out
}

// unseal fills the sealed columns of rows.
func (q *listQuery) unseal(ctx context.Context, db *DB, rows []record.ListRow) error {
	columns := q.sealed()
	if len(columns) == 0 {
		return nil
	}
	at := make(map[record.ID]int, len(rows))
	for i := range rows {
		at[rows[i].ID] = i
	}
	return eachRow(ctx, db.read, "SELECT id, sealed FROM "+q.l.Noun+" WHERE flags & 1 = 0", func(row scanTarget) error {
		var id, sealed []byte
		if err := row.Scan(&id, &sealed); err != nil {
			return err
		}
		i, shown := at[idOf(id)]
		if !shown {
			return nil
		}
		values := map[string]record.Value{}
		if err := openPersonal(db.box, record.Ref{Noun: q.l.Noun, ID: rows[i].ID}, sealed, values); err != nil {
			return err
		}
		for _, c := range columns {
			rows[i].Cells[c] = values[q.l.Columns[c].Name].Text()
		}
		return nil
	})
}

// holds reports whether a row has the chosen codes of all facets but one.
func (q *listQuery) holds(r record.ListRow, but string) bool {
	for name, want := range q.f.Only {
		if i := q.l.Column(name); name != but && want != "" && i >= 0 && r.Cells[i] != want {
			return false
		}
	}
	return true
}

func (q *listQuery) countRows(page *record.ListPage) {
	for _, name := range q.l.Facets {
		page.By[name] = map[string]int{}
	}
	for _, r := range page.Rows {
		for _, name := range q.l.Facets {
			if q.holds(r, name) {
				page.By[name][r.Cells[q.l.Column(name)]]++
			}
		}
		if !q.holds(r, "") {
			continue
		}
		page.Total++
		for _, c := range q.sums() {
			n, _ := strconv.ParseInt(r.Cells[q.l.Column(c.Name)], 10, 64)
			page.Sums[c.Name] += n
		}
	}
}

// sortRows orders rows by one column; what says nothing comes last.
func (q *listQuery) sortRows(rows []record.ListRow) {
	name, desc := q.sortedBy()
	at := q.l.Column(name)
	c := &q.l.Columns[at]
	slices.SortStableFunc(rows, func(a, b record.ListRow) int {
		x, y := a.Cells[at], b.Cells[at]
		if (x == "") != (y == "") {
			return cmp.Compare(y, x) // one of them is empty
		}
		if desc {
			x, y = y, x
		}
		return compareCells(c, x, y)
	})
	if !q.near() {
		return
	}
	sought, near := NewSought(q.f.Text), map[record.ID]int{}
	for _, r := range rows {
		near[r.ID] = sought.Near(strings.Join(r.Cells, " "), q.l.CalledIn(r)...)
	}
	slices.SortStableFunc(rows, func(a, b record.ListRow) int { return near[b.ID] - near[a.ID] })
}

func compareCells(c *record.ListColumn, x, y string) int {
	switch {
	case c.Name == "person_id":
		return viet.CompareNames(x, y)
	case c.Kind == record.ListText || c.Kind == record.ListName:
		return viet.Compare(x, y)
	case c.Kind == record.ListTerm:
		return cmp.Compare(placeOf(c.Terms, x), placeOf(c.Terms, y))
	case c.Kind == record.ListNumber || c.Kind == record.ListMoney:
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
	}
	return cmp.Compare(x, y)
}

func placeOf(terms []record.Term, code string) int {
	i := slices.IndexFunc(terms, func(t record.Term) bool { return t.Code == code })
	if i < 0 {
		return len(terms)
	}
	return i
}

func hexID(s string) (record.ID, error) {
	var id record.ID
	if s == "" {
		return id, nil
	}
	if len(s) != 32 {
		return id, fmt.Errorf("%w: an id of %d digits", record.ErrDamaged, len(s))
	}
	return record.ParseID(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}

// NameOf is the name of a person, "" when nobody of that id is there.
func (db *DB) NameOf(id record.ID) (string, error) {
	x := db.names
	x.look()
	defer x.mu.RUnlock()
	if i, ok := x.byID.find(id); ok && !x.list[i].gone {
		return x.list[i].name, x.err
	}
	return "", x.err
}
