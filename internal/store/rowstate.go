package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Flags of a projected row.
const (
	flagDeleted  = 1 << iota // the row is gone
	flagConflict             // a field has several versions that differ
	flagDisputed             // deleted by one, edited by another who had not seen that
)

// place is a version's place in the log here: the commit's number in order of
// arrival, the operation's index, and how it is written.
type place [3]int64

// How a version is written, as bits of place[2].
const (
	oneField = 1 << iota // its operation sets this field alone
	onlyLog              // the table does not give back its exact bytes; the log does
)

func (at place) valid() bool { return at[0] >= 0 && at[1] >= 0 && at[1] < oplog.MaxLine }

// rowState says which versions a row's fields show. Almost every row was made
// by one operation and never changed: then the base says it all. Fields whose
// heads are anything but "one, from the base, with a value" are listed.
//
// As text: "seq.op", then a blank and the listed fields as JSON, then a blank and the
// dots replaced before they were seen.
type rowState struct {
	base   place
	listed map[string][]place
	gone   []string
}

func (s *rowState) String() string {
	b := strconv.AppendInt(nil, s.base[0], 10)
	b = append(b, '.')
	b = strconv.AppendInt(b, s.base[1], 10)
	if len(s.listed) > 0 || len(s.gone) > 0 {
		b = append(b, ' ')
		b = append(b, mustJSON(s.listed)...)
	}
	if len(s.gone) > 0 {
		b = append(b, ' ')
		b = append(b, mustJSON(s.gone)...)
	}
	return string(b)
}

func mustJSON(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps and lists of numbers and dots always encode
	}
	return out
}

func parseRowState(text string) (*rowState, error) {
	s := &rowState{}
	parts := strings.SplitN(text, " ", 3)
	seq, op, ok := strings.Cut(parts[0], ".")
	var err1, err2, err3, err4 error
	s.base[0], err1 = strconv.ParseInt(seq, 10, 64)
	s.base[1], err2 = strconv.ParseInt(op, 10, 64)
	if len(parts) > 1 {
		err3 = json.Unmarshal([]byte(parts[1]), &s.listed)
	}
	if len(parts) > 2 {
		err4 = json.Unmarshal([]byte(parts[2]), &s.gone)
	}
	valid := s.base.valid()
	for _, places := range s.listed {
		for _, at := range places {
			valid = valid && at.valid()
		}
	}
	if !ok || !valid || errors.Join(err1, err2, err3, err4) != nil {
		return nil, fmt.Errorf("%w: state of a row %.60q", record.ErrDamaged, text)
	}
	return s, nil
}

// rowRecord is a projected row as it stands in its table.
type rowRecord struct {
	state  string
	sealed []byte
	flags  int64
	cols   []any
}

// foldedRow is a row taken back from its table into the fold's form.
type foldedRow struct {
	*oplog.Row
	base place
	seqs map[oplog.Prefix]int64
}

// unproject takes a row back from its table: heads that are shown have their
// value there, the others are looked up in the log.
func (p *projector) unproject(t *table, ref record.Ref, rec *rowRecord) (*foldedRow, error) {
	st, err := parseRowState(rec.state)
	if err != nil {
		return nil, err
	}
	shown, err := p.shownValues(t, ref, rec)
	if err != nil {
		return nil, err
	}
	row := &foldedRow{Row: oplog.NewRow(), base: st.base, seqs: map[oplog.Prefix]int64{}}
	for name, v := range shown {
		if _, listed := st.listed[name]; !listed {
			if err := p.addHead(row, ref, name, st.base, v); err != nil {
				return nil, err
			}
		}
	}
	for name, places := range st.listed {
		for _, at := range places {
			v := shown[name]
			if len(places) > 1 || at[2]&onlyLog != 0 {
				v = ""
			}
			if err := p.addHead(row, ref, name, at, v); err != nil {
				return nil, err
			}
		}
	}
	return row, row.restoreGone(st.gone)
}

func (row *foldedRow) restoreGone(gone []string) error {
	for _, text := range gone {
		dot, err := oplog.ParseDot(text)
		if err != nil {
			return err
		}
		if row.Gone == nil {
			row.Gone = map[oplog.Dot]bool{}
		}
		row.Gone[dot] = true
	}
	return nil
}

// addHead restores one head. v is "" when the table does not show this version.
func (p *projector) addHead(row *foldedRow, ref record.Ref, field string, at place, v record.Value) error {
	m, err := p.log.meta(at[0])
	if err != nil {
		return err
	}
	dot := oplog.Dot{Commit: m.hash.Prefix(), Op: int(at[1]), Field: field}
	if at[2]&oneField != 0 {
		dot.Field = ""
	}
	h := oplog.Head{Dot: dot, Time: m.time, Device: m.device, Value: v}
	if !v.IsSet() || field[0] == '_' {
		if err := p.log.lookUp(ref, at, field, &h); err != nil {
			return err
		}
	}
	row.seqs[dot.Commit] = at[0]
	row.Cells[field] = insertHead(row.Cells[field], h)
	return nil
}

// shownValues are the values a table row shows, by field.
func (p *projector) shownValues(t *table, ref record.Ref, rec *rowRecord) (map[string]record.Value, error) {
	out := map[string]record.Value{}
	at := 0
	for i := range t.d.Fields {
		f := &t.d.Fields[i]
		n := len(f.Columns)
		if n == 0 {
			continue
		}
		v, err := f.FromColumns(rec.cols[at : at+n])
		if err != nil {
			return nil, err
		}
		at += n
		if v != "" {
			out[f.Name] = v
		}
	}
	return out, openPersonal(p.box, ref, rec.sealed, out)
}

// project turns a folded row into what its table holds.
func (p *projector) project(t *table, ref record.Ref, row *foldedRow) (*rowRecord, error) {
	rec := &rowRecord{cols: make([]any, 0, t.width)}
	st := rowState{base: row.base, listed: map[string][]place{}}
	var personal []fieldValue
	exact := map[string]bool{}
	for i := range t.d.Fields {
		f := &t.d.Fields[i]
		v, conflict := row.Shown(f)
		if conflict {
			rec.flags |= flagConflict
		}
		cols, same := columnsOf(f, v)
		exact[f.Name] = same
		rec.cols = append(rec.cols, cols...)
		if f.Class == record.Personal && same && v.IsSet() {
			personal = append(personal, fieldValue{f.Name, v})
		}
	}
	for _, field := range row.Fields() {
		if places, listed := row.places(field, exact[field]); listed {
			st.listed[field] = places
		}
	}
	for _, dot := range row.SortedGone() {
		st.gone = append(st.gone, dot.String())
	}
	switch gone, disputed := row.Deleted(); {
	case gone:
		rec.flags |= flagDeleted
	case disputed:
		rec.flags |= flagDisputed
	}
	rec.state = st.String()
	rec.sealed = sealPersonal(p.box, ref, personal)
	return rec, nil
}

// columnsOf turns a value into its field's columns and reports whether they
// give back its very bytes. What this program cannot show stays in the log.
func columnsOf(f *record.Field, v record.Value) (cols []any, exact bool) {
	if f.Class == record.Personal {
		return nil, f.Check(v) == nil
	}
	cols, err := f.ToColumns(v)
	if err != nil {
		return make([]any, len(f.Columns)), false
	}
	if !v.IsSet() {
		return cols, true
	}
	back, err := f.FromColumns(cols)
	return cols, err == nil && back == v
}

// places lists a field's versions unless the base says it all. exact tells that
// the table gives back the value shown; it does so for no unknown field.
func (row *foldedRow) places(field string, exact bool) ([]place, bool) {
	heads := row.Cells[field]
	out := make([]place, len(heads))
	for i, h := range heads {
		out[i] = place{row.seqs[h.Dot.Commit], int64(h.Dot.Op)}
		if h.Dot.Field == "" {
			out[i][2] |= oneField
		}
	}
	if len(heads) > 1 || !heads[0].Value.IsSet() || heads[0].Withheld {
		return out, true
	}
	if !exact {
		out[0][2] |= onlyLog
	}
	return out, out[0] != row.base
}

func insertHead(heads []oplog.Head, h oplog.Head) []oplog.Head {
	r := oplog.Row{Cells: map[string][]oplog.Head{"": heads}}
	r.Insert("", h)
	return r.Cells[""]
}

// fieldValue is a field with its value.
type fieldValue struct {
	name  string
	value record.Value
}

// sealPersonal seals the personal values of a row as one JSON object, sorted by
// field; nil when there are none.
func sealPersonal(b *box, ref record.Ref, values []fieldValue) []byte {
	if len(values) == 0 {
		return nil
	}
	slices.SortFunc(values, func(a, b fieldValue) int { return strings.Compare(a.name, b.name) })
	size := 2
	for _, v := range values {
		size += len(v.name) + len(v.value) + 4
	}
	text := append(make([]byte, 0, size), '{')
	for i, v := range values {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"')
		text = append(text, v.name...)
		text = append(text, `":`...)
		text = append(text, v.value...) // the exact bytes, which Marshal would escape
	}
	return b.sealRow([]byte(ref.String()), append(text, '}'))
}

func openPersonal(b *box, ref record.Ref, sealed []byte, into map[string]record.Value) error {
	if sealed == nil {
		return nil
	}
	text, err := b.openRow([]byte(ref.String()), sealed)
	if err != nil {
		return err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return fmt.Errorf("%w: personal values of %s", record.ErrDamaged, ref.Noun)
	}
	for name, v := range raw {
		into[name] = record.Value(v)
	}
	return nil
}
