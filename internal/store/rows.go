package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// Rows reads one page of a listing, and what the filter holds altogether.
func (db *DB) Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error) {
	l := record.ListingOf(f.Noun)
	if l == nil {
		return record.ListPage{}, fmt.Errorf("%w: no list of %q", record.ErrInvalid, f.Noun)
	}
	q := newListQuery(l, f)
	var err error
	if q.beside, err = db.beside.find(ctx, db, f.Noun, viet.Key(f.Text)); err != nil {
		return record.ListPage{}, fmtErr("search "+f.Noun, err)
	}
	if f.Noun == "person" || f.Noun == "attendance" {
		page, err := db.names.lists.page(ctx, q)
		return page, fmtErr("list "+f.Noun, err)
	}
	if len(q.sealed()) > 0 || l.Column("person_id") >= 0 {
		return q.named(ctx, db)
	}
	page := record.ListPage{By: map[string]map[string]int{}, Sums: map[string]int64{}}
	if !f.Bare {
		if err := q.count(ctx, db.read, &page); err != nil {
			return page, fmtErr("count "+f.Noun, err)
		}
	}
	err = q.page(ctx, db.read, &page)
	return page, fmtErr("list "+f.Noun, err)
}

// listQuery is a listing as SQL.
type listQuery struct {
	l    *record.Listing
	f    record.ListFilter
	args []any // all by name: what a listing works out may name the day or not

	beside []record.ID // the rows that say what is sought beside the texts of the list
}

func newListQuery(l *record.Listing, f record.ListFilter) *listQuery {
	if f.Limit <= 0 {
		f.Limit = pageSize
	}
	return &listQuery{l: l, f: f}
}

// worked are the columns that are worked out; all others are columns of the table.
var worked = map[string]string{
	"question.state": `CASE
		WHEN coalesce(question.answered_on, '') <> '' THEN
			CASE WHEN coalesce(question.due_on, '') <> '' AND question.answered_on > question.due_on THEN 'late' ELSE 'answered' END
		WHEN coalesce(question.routed_on, '') <> '' THEN 'routed'
		WHEN coalesce(question.due_on, '') <> '' AND question.due_on < :today THEN 'overdue'
		WHEN coalesce(question.due_on, '') <> '' AND question.due_on <= :soon THEN 'soon'
		ELSE 'open' END`,
	"unit.name":     unitName("unit"),
	"unit.sessions": `(SELECT n FROM sessions WHERE sessions.unit = unit.id)`,
}

// before are the tables a listing works out first.
var before = map[string]string{
	"unit": `WITH held AS (
			SELECT id, host_unit_id, units_reached FROM activity
			WHERE flags & 1 = 0 AND status IN ('held', 'closed') AND when_date BETWEEN substr(:today, 1, 4) || '-01-01' AND :today
		), sessions AS MATERIALIZED (
			SELECT unit, count(*) AS n FROM (
				SELECT host_unit_id AS unit, id FROM held WHERE host_unit_id IS NOT NULL
				UNION SELECT unhex(j.value, '-'), held.id FROM held, json_each(held.units_reached) j
			) GROUP BY unit
		) `,
}

// waitsHere holds of a question that the office is to answer itself: one that was passed
// on is another's to answer.
const waitsHere = "coalesce(question.answered_on, '') = '' AND coalesce(question.routed_on, '') = ''"

// urgent is the order of questions: those that wait here before those passed on, by the
// day they are due; then the others, those answered last first.
const urgent = `coalesce(question.answered_on, '') <> '', NOT (` + waitsHere + `), CASE WHEN coalesce(question.answered_on, '') = '' THEN coalesce(nullif(question.due_on, ''), '9999') END,
	question.answered_on DESC, question.received DESC`

// soonDays is how many days before its day a question is due soon.
const soonDays = 2

func unitName(table string) string {
	return `trim(CASE WHEN ` + table + `.kind IN ('commune', 'district', 'province') THEN coalesce(` + table + `.type, '') || ' ' ELSE '' END || coalesce(` + table + `.name, ''))`
}

// expr is what a column shows.
func (q *listQuery) expr(c *record.ListColumn) string {
	full := q.l.Noun + "." + c.Name
	switch own, ok := worked[full]; {
	case ok:
		return own
	case q.isSealed(c):
		return "''"
	case c.Kind != record.ListName:
		return full
	case c.Name == "activity_id":
		return "(SELECT a.title FROM activity a WHERE a.id = " + full + ")"
	case c.Name == "person_id":
		return "lower(hex(" + full + "))" // the name stands sealed
	}
	return "(SELECT " + unitName("u") + " FROM unit u WHERE u.id = " + full + ")"
}

// put gives a value to the query and returns how the query names it.
func (q *listQuery) put(v any) string {
	name := "v" + strconv.Itoa(len(q.args))
	q.args = append(q.args, sql.Named(name, v))
	return ":" + name
}

// where narrows; facets says whether the chosen codes of facets do, too.
func (q *listQuery) where(facets bool) string {
	q.args = []any{sql.Named("today", string(q.f.Today)), sql.Named("soon", string(q.f.Today.AddDays(soonDays)))}
	where := []string{q.l.Noun + ".flags & 1 = 0"}
	add := func(clause string) { where = append(where, clause) }
	if !q.f.ID.IsZero() {
		add(q.l.Noun + ".id = " + q.put(q.f.ID[:]))
	}
	if day := q.l.Day; day != "" && q.f.Period != (record.Period{}) {
		if q.f.Period.From != "" {
			last := q.l.Noun + "." + day
			if q.f.Touching && q.l.Noun == "activity" {
				last = "max(" + last + ", coalesce(activity.when_end_date, ''))"
			}
			add(last + " >= " + q.put(string(q.f.Period.From)))
		}
		if q.f.Period.To != "" {
			add(q.l.Noun + "." + day + " <= " + q.put(string(q.f.Period.To)))
		}
	}
	for name, code := range q.f.Only {
		i := q.l.Column(name)
		if code == "" || i < 0 || !facets && slices.Contains(q.l.Facets, name) {
			continue
		}
		add("coalesce(" + q.expr(&q.l.Columns[i]) + ", '') = " + q.put(code))
	}
	if words := viet.Key(q.f.Text); words != "" {
		has := "viet_has(" + q.searched() + ", " + q.put(words) + ")"
		if end, isCode := record.ParseCode(q.f.Text); isCode && q.l.Noun == "activity" {
			has += " OR substr(activity.id, 12) = " + q.put(end[:])
		}
		if len(q.beside) > 0 {
			has += " OR " + q.l.Noun + ".id IN (" + strings.Replace(idsIn, "?", q.put(idList(q.beside)), 1) + ")"
		}
		add("(" + has + ")")
	}
	return strings.Join(where, " AND ")
}

// searched are the texts in which words are looked for.
func (q *listQuery) searched() string {
	var parts []string
	for i := range q.l.Columns {
		c := &q.l.Columns[i]
		if c.Kind == record.ListText || c.Kind == record.ListName {
			parts = append(parts, "coalesce("+q.expr(c)+", '')")
		}
	}
	return strings.Join(parts, " || ' ' || ")
}

// ownTexts are the texts of searched that stand in the table itself.
func (q *listQuery) ownTexts() string {
	parts := []string{"''"}
	for i := range q.l.Columns {
		if c := &q.l.Columns[i]; c.Kind == record.ListText && !q.isSealed(c) {
			parts = append(parts, "coalesce("+q.expr(c)+", '')")
		}
	}
	return strings.Join(parts, " || ' ' || ")
}

// count counts in one pass: all that is filtered, and beside each code of a facet
// what it would hold if it were chosen instead.
func (q *listQuery) count(ctx context.Context, read querier, page *record.ListPage) error {
	where := q.where(false)
	var exprs []string
	for _, name := range q.l.Facets {
		page.By[name] = map[string]int{}
		exprs = append(exprs, "coalesce("+q.expr(&q.l.Columns[q.l.Column(name)])+", '')")
	}
	group := strings.Join(exprs, ", ")
	if group == "" {
		group = "''"
	}
	exprs = append(exprs, "count(*)")
	sums := q.sums()
	for _, c := range sums {
		exprs = append(exprs, "coalesce(sum("+q.expr(c)+"), 0)")
	}
	rows, err := read.QueryContext(ctx, before[q.l.Noun]+"SELECT "+strings.Join(exprs, ", ")+" FROM "+q.l.Noun+" WHERE "+where+" GROUP BY "+group, q.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	codes, numbers := make([]string, len(q.l.Facets)), make([]int64, 1+len(sums))
	into := make([]any, 0, len(codes)+len(numbers))
	for i := range codes {
		into = append(into, &codes[i])
	}
	for i := range numbers {
		into = append(into, &numbers[i])
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		q.countGroup(page, codes, numbers, sums)
	}
	return rows.Err()
}

func (q *listQuery) sums() []*record.ListColumn {
	var out []*record.ListColumn
	for i := range q.l.Columns {
		if c := &q.l.Columns[i]; !c.Alone && (c.Kind == record.ListNumber || c.Kind == record.ListMoney) {
			out = append(out, &q.l.Columns[i])
		}
	}
	return out
}

// countGroup adds the rows that share their codes.
func (q *listQuery) countGroup(page *record.ListPage, codes []string, numbers []int64, sums []*record.ListColumn) {
	others := func(but int) bool {
		for i, name := range q.l.Facets {
			if want := q.f.Only[name]; i != but && want != "" && want != codes[i] {
				return false
			}
		}
		return true
	}
	for i, name := range q.l.Facets {
		if others(i) {
			page.By[name][codes[i]] += int(numbers[0])
		}
	}
	if others(-1) {
		page.Total += int(numbers[0])
		for i, c := range sums {
			page.Sums[c.Name] += numbers[1+i]
		}
	}
}

// page reads the rows in sight.
func (q *listQuery) page(ctx context.Context, read querier, page *record.ListPage) error {
	where := q.where(true)
	var exprs []string
	for i := range q.l.Columns {
		exprs = append(exprs, "coalesce("+q.expr(&q.l.Columns[i])+", '')")
	}
	query := before[q.l.Noun] + "SELECT " + q.l.Noun + ".id, " + strings.Join(exprs, ", ") + " FROM " + q.l.Noun + " WHERE " + where
	query += " ORDER BY " + q.order() + " LIMIT " + q.put(q.f.Limit) + " OFFSET " + q.put(q.f.Offset)
	rows, err := read.QueryContext(ctx, query, q.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := q.scan(rows)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return rows.Err()
}

func (q *listQuery) scan(rows scanTarget) (record.ListRow, error) {
	var id []byte
	row := record.ListRow{Cells: make([]string, len(q.l.Columns))}
	into := []any{&id}
	for i := range row.Cells {
		into = append(into, &row.Cells[i])
	}
	if err := rows.Scan(into...); err != nil {
		return row, err
	}
	if len(id) != 16 {
		return row, fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
	}
	row.ID = record.ID(id)
	for i := range q.l.Columns {
		row.Cells[i] = plainCell(q.l.Columns[i].Kind, row.Cells[i])
	}
	return row, nil
}

// plainCell turns what a column holds into what ListRow promises.
func plainCell(kind record.ListKind, cell string) string {
	switch kind {
	case record.ListTerms, record.ListTopics, record.ListText:
		var list []string
		if strings.HasPrefix(cell, "[") && json.Unmarshal([]byte(cell), &list) == nil {
			if kind == record.ListText {
				return strings.Join(list, ", ")
			}
			return strings.Join(list, ",")
		}
	case record.ListYes:
		if cell == "0" {
			return ""
		}
	}
	return cell
}

// order is the order that is asked for, or the listing's own, and by id where that
// leaves rows equal.
func (q *listQuery) order() string {
	if q.near() {
		return "viet_near(" + strings.Join(append([]string{q.put(q.f.Text), q.searched()}, q.called()...), ", ") + ") DESC, " + q.ownOrder()
	}
	return q.ownOrder()
}

// near reports whether the rows that say best what is sought come first.
func (q *listQuery) near() bool { return q.f.Near && viet.Key(q.f.Text) != "" }

// called are what people call a row, as SQL.
func (q *listQuery) called() []string {
	var out []string
	for _, i := range q.l.Called() {
		out = append(out, "coalesce("+q.expr(&q.l.Columns[i])+", '')")
	}
	return out
}

// sortedBy is the column rows are ordered by: the newest first where only the nearness
// to what is sought was asked for.
func (q *listQuery) sortedBy() (name string, desc bool) {
	switch {
	case q.l.Column(q.f.Sort) >= 0:
		return q.f.Sort, q.f.Desc
	case q.near() && q.l.Day != "":
		return q.l.Day, true
	}
	return q.l.Sort, q.l.Desc
}

func (q *listQuery) ownOrder() string {
	name, desc := q.sortedBy()
	id := q.l.Noun + ".id"
	if q.l.Column(name) < 0 {
		return urgent + ", " + id
	}
	c := &q.l.Columns[q.l.Column(name)]
	down := ""
	if desc {
		down = " DESC"
	}
	nothing := "coalesce(" + q.expr(c) + ", '') IN ('', 0)" // a number of 0 says no more than none
	if day := q.l.Day; day != "" && day != name {
		id = q.l.Noun + "." + day + " DESC, " + id // of equal ones the newest first
	}
	return nothing + ", " + sortKey(c, q.expr(c)) + down + ", " + id
}

// sortKey is what rows are ordered by in a column; what says nothing comes last.
func sortKey(c *record.ListColumn, expr string) string {
	switch c.Kind {
	case record.ListText, record.ListName:
		return "viet_order(" + expr + ")"
	case record.ListTerm:
		var b strings.Builder
		b.WriteString("CASE " + expr)
		for i, t := range c.Terms {
			b.WriteString(" WHEN '" + t.Code + "' THEN " + strconv.Itoa(i))
		}
		return b.String() + " ELSE " + strconv.Itoa(len(c.Terms)) + " END"
	case record.ListNumber, record.ListMoney:
		return "coalesce(" + expr + ", 0)"
	}
	return expr
}

// hasWord reports whether every word of a search begins a word of a key, or what
// follows a sign in one. Both are keys.
func hasWord(key, words string) bool {
	for _, word := range strings.Fields(words) {
		if !beginsIn(key, word) {
			return false
		}
	}
	return true
}

func beginsIn(key, word string) bool {
	for from := 0; ; {
		i := strings.Index(key[from:], word)
		if i < 0 {
			return false
		}
		if at := from + i; at == 0 || !isWordByte(key[at-1]) {
			return true
		}
		from += i + 1
	}
}

// isWordByte: keys are written in small letters without marks; what is beyond ASCII is
// a letter of another alphabet.
func isWordByte(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b >= 0x80 }
