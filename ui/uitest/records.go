package uitest

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"sophobien/internal/record"
)

// Records is a register of any nouns in memory, for the screens that keep one.
type Records struct {
	*office

	Past    map[record.Ref][]record.HistoryLine
	rows    map[record.Ref]record.Noun
	order   []record.Ref
	removed map[string]record.Noun // by batch
	revived map[string]record.Ref  // by the batch that brought it back
	before  map[string]record.Noun // what a row was, by the batch that changed it
}

// office lets the method Office be seen through the one that is embedded.
type office = Office

// NewRecords makes an empty one over an office.
func NewRecords(o *Office) *Records {
	return &Records{office: o, Past: map[record.Ref][]record.HistoryLine{}, rows: map[record.Ref]record.Noun{}, removed: map[string]record.Noun{}, revived: map[string]record.Ref{}, before: map[string]record.Noun{}}
}

// Put stores rows and gives those without id one.
func (r *Records) Put(list ...record.Noun) []record.ID {
	var ids []record.ID
	for _, n := range list {
		if n.Ref().ID.IsZero() {
			n = withID(n, r.ID())
		}
		if _, known := r.rows[n.Ref()]; !known {
			r.order = append(r.order, n.Ref())
		}
		r.rows[n.Ref()] = n
		ids = append(ids, n.Ref().ID)
	}
	return ids
}

func withID(n record.Noun, id record.ID) record.Noun {
	p := reflect.New(reflect.TypeOf(n))
	p.Elem().Set(reflect.ValueOf(n))
	p.Elem().FieldByName("ID").Set(reflect.ValueOf(id))
	return p.Elem().Interface().(record.Noun)
}

// Row is a stored row, nil for none.
func (r *Records) Row(ref record.Ref) record.Noun { return r.rows[ref] }

// All are the stored rows of a noun, in the order in which they came.
func (r *Records) All(noun string) []record.Noun {
	var out []record.Noun
	for _, ref := range r.order {
		if n, ok := r.rows[ref]; ok && ref.Noun == noun {
			out = append(out, n)
		}
	}
	return out
}

// Rows reads a page of a listing.
func (r *Records) Rows(_ context.Context, f record.ListFilter) (record.ListPage, error) {
	if err := r.called("Rows"); err != nil {
		return record.ListPage{}, err
	}
	l := record.ListingOf(f.Noun)
	page := record.ListPage{By: map[string]map[string]int{}, Sums: map[string]int64{}}
	for _, facet := range l.Facets {
		page.By[facet] = map[string]int{}
	}
	var rows []record.ListRow
	for _, n := range r.All(f.Noun) {
		if !f.ID.IsZero() && n.Ref().ID != f.ID {
			continue
		}
		row := record.ListRow{ID: n.Ref().ID}
		for i := range l.Columns {
			row.Cells = append(row.Cells, r.cell(n, &l.Columns[i]))
		}
		if !strings.Contains(bare(strings.Join(row.Cells, " ")), bare(f.Text)) || !inSpan(l, f, row) {
			continue
		}
		holds := func(but string) bool {
			for name, code := range f.Only {
				if name != but && code != "" && row.Cells[l.Column(name)] != code {
					return false
				}
			}
			return true
		}
		for _, facet := range l.Facets {
			if holds(facet) {
				page.By[facet][row.Cells[l.Column(facet)]]++
			}
		}
		if holds("") {
			rows = append(rows, row)
			for i := range l.Columns {
				if c := &l.Columns[i]; c.Kind == record.ListNumber || c.Kind == record.ListMoney {
					n, _ := strconv.ParseInt(row.Cells[i], 10, 64)
					page.Sums[c.Name] += n
				}
			}
		}
	}
	if at := l.Column(f.Sort); at >= 0 {
		slices.SortStableFunc(rows, func(a, b record.ListRow) int {
			if f.Desc {
				a, b = b, a
			}
			return strings.Compare(a.Cells[at], b.Cells[at])
		})
	}
	page.Total = len(rows)
	from := min(f.Offset, len(rows))
	limit := f.Limit
	if limit == 0 {
		limit = 100
	}
	page.Rows = rows[from:min(from+limit, len(rows))]
	return page, nil
}

func inSpan(l *record.Listing, f record.ListFilter, row record.ListRow) bool {
	return l.Day == "" || f.Period == (record.Period{}) || f.Period.Has(record.Date(row.Cells[l.Column(l.Day)]))
}

// cell is what a column of a listing shows of a row.
func (r *Records) cell(n record.Noun, c *record.ListColumn) string {
	d := record.DescribeOf(n)
	path := c.Name
	if _, ok := d.Field(path); !ok {
		path = ""
		for i := range c.Name {
			if _, ok := d.Field(c.Name[:i]); ok && c.Name[i] == '_' {
				path = c.Name[:i] + "." + c.Name[i+1:]
			}
		}
	}
	if path == "" {
		return r.workedOut(n, c.Name)
	}
	switch v := record.Get(n, path).(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		if v {
			return "1"
		}
		return ""
	case []string:
		return strings.Join(v, ",")
	case record.ID:
		name, _ := r.TitleOf(context.Background(), record.Ref{Noun: map[string]string{"person_id": "person", "activity_id": "activity"}[c.Name], ID: v})
		return name
	default:
		return reflect.ValueOf(v).String()
	}
}

func (r *Records) workedOut(n record.Noun, name string) string {
	if q, ok := n.(record.Question); ok && name == "state" {
		switch today := record.DateOf(Now); {
		case q.Answered():
			return "answered"
		case q.Routed.On != "":
			return "routed"
		case q.Due.On != "" && q.Due.On < today:
			return "overdue"
		}
		return "open"
	}
	return ""
}

// Record reads a row.
func (r *Records) Record(_ context.Context, ref record.Ref) (record.Noun, error) {
	if err := r.called("Record"); err != nil {
		return nil, err
	}
	if n, ok := r.rows[ref]; ok {
		return n, nil
	}
	return nil, record.Refuse(record.ErrNotFound, "Không tìm thấy.", "Not found.")
}

// SaveRecord stores a row that keeps its rules.
func (r *Records) SaveRecord(_ context.Context, n record.Noun) (record.Noun, error) {
	if err := r.called("SaveRecord"); err != nil {
		return n, err
	}
	if err := n.Validate(); err != nil {
		return n, err
	}
	id := r.Put(n)[0]
	return withID(n, id), nil
}

// SaveRecordFrom stores what was changed since base was read.
func (r *Records) SaveRecordFrom(ctx context.Context, base, n record.Noun) (record.Noun, error) {
	if now, ok := r.rows[n.Ref()]; ok {
		p := reflect.New(reflect.TypeOf(now))
		p.Elem().Set(reflect.ValueOf(now))
		if err := record.Fill(p.Interface(), record.Changed(base, n)); err != nil {
			return n, err
		}
		n = p.Elem().Interface().(record.Noun)
		return r.step(ctx, now, n)
	}
	return r.SaveRecord(ctx, n)
}

// step stores a row over what it was, as a line of its history.
func (r *Records) step(ctx context.Context, was, n record.Noun) (record.Noun, error) {
	n, err := r.SaveRecord(ctx, n)
	if err == nil {
		batch := "step " + strconv.Itoa(len(r.before))
		r.before[batch] = was
		line := record.HistoryLine{At: Now.UnixMilli(), Officer: "Y Ngọc", Batch: batch, Words: record.Words{VI: "Sửa", EN: "Changed"}}
		r.Past[n.Ref()] = append([]record.HistoryLine{line}, r.Past[n.Ref()]...)
	}
	return n, err
}

// DeleteRecord takes a row away.
func (r *Records) DeleteRecord(_ context.Context, ref record.Ref) (record.Change, error) {
	if err := r.called("DeleteRecord"); err != nil {
		return record.Change{}, err
	}
	batch := "deleted " + ref.String()
	r.removed[batch] = r.rows[ref]
	delete(r.rows, ref)
	d, _ := record.Describe(ref.Noun)
	return record.Change{Nouns: []string{ref.Noun}, Batch: batch, Words: record.Words{VI: "Xóa " + d.Words.VI, EN: "Deleted " + d.Words.EN}}, nil
}

// Undo brings a row back, or takes away again what it brought back; of a changed row it
// brings back what it was.
func (r *Records) Undo(ctx context.Context, batch string) (record.Change, error) {
	if was, ok := r.before[batch]; ok {
		back := "back " + batch
		r.before[back] = r.rows[was.Ref()]
		r.rows[was.Ref()] = was
		d, _ := record.Describe(was.Ref().Noun)
		return record.Change{Nouns: []string{was.Ref().Noun}, Batch: back, Words: record.Words{VI: "Sửa " + d.Words.VI, EN: "Changed " + d.Words.EN}}, r.called("Undo")
	}
	if ref, ok := r.revived[batch]; ok {
		return r.DeleteRecord(ctx, ref)
	}
	n, ok := r.removed[batch]
	if !ok {
		return r.office.Undo(ctx, batch)
	}
	delete(r.removed, batch)
	r.rows[n.Ref()] = n
	back := "again " + batch
	r.revived[back] = n.Ref()
	d, _ := record.Describe(n.Ref().Noun)
	return record.Change{Nouns: []string{n.Ref().Noun}, Batch: back, Words: record.Words{VI: "Xóa " + d.Words.VI, EN: "Deleted " + d.Words.EN}}, r.called("Undo")
}

// History tells what Past holds.
func (r *Records) History(_ context.Context, ref record.Ref) ([]record.HistoryLine, error) {
	return r.Past[ref], r.called("History")
}

// TitleOf names units, people, activities and rows.
func (r *Records) TitleOf(_ context.Context, ref record.Ref) (string, error) {
	for _, u := range r.Units {
		if u.ID == ref.ID {
			return u.FullName(), nil
		}
	}
	for _, p := range r.People {
		if p.ID == ref.ID {
			return p.FullName, nil
		}
	}
	if a, ok := r.acts[ref.ID]; ok {
		return a.Title, nil
	}
	if n, ok := r.rows[ref]; ok {
		var title struct{ Title string }
		text, _ := json.Marshal(n)
		json.Unmarshal(text, &title) // rows without a title have none
		return title.Title, nil
	}
	return "", nil
}

// Nouns are the names of the nouns that have rows.
func (r *Records) Nouns() []string {
	names := map[string]bool{}
	for ref := range r.rows {
		names[ref.Noun] = true
	}
	return slices.Sorted(maps.Keys(names))
}

// Clock tells the time at which the tests of screens play.
func Clock() time.Time { return Now }
