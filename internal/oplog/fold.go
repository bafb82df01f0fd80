package oplog

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// Head is a version of a field that nothing has replaced.
type Head struct {
	Dot      Dot
	Time     int64
	Device   Device
	Value    record.Value
	Withheld bool  // committed to, but the secret is not here (not given, or erased)
	Seen     []Dot // of a delete
}

// after orders heads by what decides which is shown: time, device, dot.
func (h *Head) after(g *Head) bool {
	return cmp.Or(cmp.Compare(h.Time, g.Time), bytes.Compare(h.Device[:], g.Device[:]), h.Dot.Compare(g.Dot)) > 0
}

// Row is the fold of all operations on one row, in whatever order they came.
type Row struct {
	Cells map[string][]Head
	// Gone is what was replaced before it was seen. Each dot carries the field it
	// was replaced in, also when its operation has only one.
	Gone map[Dot]bool
}

// NewRow is a row nobody has said anything about.
func NewRow() *Row { return &Row{Cells: map[string][]Head{}} }

// Source is what the fold asks of the log around it.
type Source struct {
	// Known reports whether the commit is in the log already (and folded).
	Known func(Prefix) bool
	// Erased reports whether a version of this row may be shown no more.
	Erased func(Dot) bool
	// Secret gives the value behind a commitment, if it is here.
	Secret func(c *Commit, op int, field string) (record.Value, bool)
	// May reports whether the author may set a field of the row; nil: every one.
	May func(field string) bool
}

func (src *Source) may(field string) bool { return src.May == nil || src.May(field) }

// Apply folds the i-th operation of a commit into its row. A commit is applied
// once; the caller drops duplicates.
func (r *Row) Apply(c *Commit, i int, src Source) {
	o := &c.Ops[i]
	r.replace(o, c.Hash.Prefix(), &src)
	for k := range o.Cells {
		cell := &o.Cells[k]
		if !src.may(cell.Field) {
			continue
		}
		h := Head{Dot: o.DotOf(c.Hash.Prefix(), i, cell.Field), Time: c.Time, Device: c.Device, Value: cell.Value}
		at := Dot{h.Dot.Commit, i, cell.Field}
		if r.Gone[at] {
			delete(r.Gone, at)
			continue
		}
		if src.Erased(h.Dot) {
			h.Value, h.Withheld = "", true
		} else if cell.Hidden {
			v, ok := src.Secret(c, i, cell.Field)
			h.Value, h.Withheld = v, !ok
		}
		if cell.Field == FieldDeleted {
			h.Seen = o.Seen
		}
		r.Insert(cell.Field, h)
	}
	for dot := range r.Gone { // what the operation does not set will not come
		if dot.Commit == c.Hash.Prefix() && dot.Op == i {
			delete(r.Gone, dot)
		}
	}
}

// replace drops the heads an operation names, among the fields it sets. What it
// names and has not come yet is remembered.
func (r *Row) replace(o *Op, self Prefix, src *Source) {
	for _, dot := range o.Over {
		if dot.Commit == self || r.drop(o, dot, src) || src.Known(dot.Commit) {
			continue
		}
		for k := range o.Cells {
			if field := o.Cells[k].Field; src.may(field) {
				r.miss(dot, field)
			}
		}
	}
}

// miss remembers that a version of a field is replaced though it has not come.
func (r *Row) miss(dot Dot, field string) {
	if dot.Field != "" && dot.Field != field {
		return
	}
	if r.Gone == nil {
		r.Gone = map[Dot]bool{}
	}
	r.Gone[Dot{dot.Commit, dot.Op, field}] = true
}

func (r *Row) drop(o *Op, dot Dot, src *Source) bool {
	for k := range o.Cells {
		field := o.Cells[k].Field
		if !src.may(field) {
			continue
		}
		heads := r.Cells[field]
		for j := range heads {
			if heads[j].Dot == dot {
				r.Cells[field] = slices.Delete(heads, j, j+1)
				return true
			}
		}
	}
	return false
}

// Insert adds a head, keeping them sorted, the shown one last.
func (r *Row) Insert(field string, h Head) {
	heads := r.Cells[field]
	at := len(heads)
	for at > 0 && heads[at-1].after(&h) {
		at--
	}
	r.Cells[field] = slices.Insert(heads, at, h)
}

// Shown is the value people see, and whether several versions wait for a
// person to choose. A set shows the union of its versions.
func (r *Row) Shown(f *record.Field) (v record.Value, conflict bool) {
	heads := r.Cells[f.Name]
	if len(heads) == 0 {
		return "", false
	}
	last := heads[len(heads)-1]
	if len(heads) == 1 {
		return last.Value, false
	}
	if f.Merge == record.Set {
		all := make([]record.Value, len(heads))
		for i := range heads {
			all[i] = heads[i].Value
		}
		return record.Union(all), false
	}
	for i := range heads[:len(heads)-1] {
		if heads[i].Value != last.Value || heads[i].Withheld != last.Withheld {
			return last.Value, true
		}
	}
	return last.Value, false
}

// Deleted reports whether the row is gone, and whether someone edited it
// without having seen that: then it is not gone but in question.
func (r *Row) Deleted() (gone, disputed bool) {
	heads := r.Cells[FieldDeleted]
	if len(heads) == 0 || heads[len(heads)-1].Value != "true" {
		return false, false
	}
	for field, versions := range r.Cells {
		if field[0] == '_' {
			continue
		}
		for i := range versions {
			if !observed(heads, versions[i].Dot) {
				return false, true
			}
		}
	}
	return true, false
}

// Observes reports whether a delete of the row had seen a version.
func (r *Row) Observes(dot Dot) bool { return observed(r.Cells[FieldDeleted], dot) }

func observed(deletes []Head, dot Dot) bool {
	dot.Field = ""
	for i := range deletes {
		if deletes[i].Value == "true" && slices.Contains(deletes[i].Seen, dot) {
			return true
		}
	}
	return false
}

// Over lists the dots an edit of these fields replaces.
func (r *Row) Over(fields []string) []Dot {
	var out []Dot
	for _, f := range fields {
		for i := range r.Cells[f] {
			out = append(out, r.Cells[f][i].Dot)
		}
	}
	slices.SortFunc(out, Dot.Compare)
	return out
}

// Observed lists the operations behind every head but the delete's own, for a delete.
func (r *Row) Observed() []Dot {
	var out []Dot
	for field, heads := range r.Cells {
		if field[0] == '_' {
			continue
		}
		for i := range heads {
			d := heads[i].Dot
			d.Field = ""
			out = append(out, d)
		}
	}
	slices.SortFunc(out, Dot.Compare)
	return slices.Compact(out)
}

// Fields lists the fields with at least one head, sorted.
func (r *Row) Fields() []string {
	var out []string
	for f, heads := range r.Cells {
		if len(heads) > 0 {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}
