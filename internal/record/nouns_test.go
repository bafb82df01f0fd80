package record_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// distinct is a noun with every field another value, and a pointer to an empty one.
func distinct(d *record.Description) (full record.Noun, empty any) {
	n := d.New(recordtest.ID(1))
	recordtest.Distinct(n)
	reflect.ValueOf(n).Elem().FieldByName("ID").Set(reflect.ValueOf(recordtest.ID(1)))
	return reflect.ValueOf(n).Elem().Interface().(record.Noun), d.New(recordtest.ID(1))
}

func value(p any) record.Noun { return reflect.ValueOf(p).Elem().Interface().(record.Noun) }

func TestEveryFieldComesBack(t *testing.T) {
	for _, d := range record.Nouns() {
		t.Run(d.Name, func(t *testing.T) {
			full, empty := distinct(d)
			values := record.Values(full)
			if len(values) != len(d.Fields) {
				t.Errorf("%d values of %d fields: a fixture leaves one empty", len(values), len(d.Fields))
			}
			if err := record.Fill(empty, values); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(full, value(empty)); diff != "" {
				t.Errorf("through values (-want +got):\n%s", diff)
			}
			back := d.New(recordtest.ID(1))
			if err := record.Fill(back, throughColumns(t, d, values)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(full, value(back)); diff != "" {
				t.Errorf("through columns (-want +got):\n%s", diff)
			}
		})
	}
}

// throughColumns turns each value into columns and back; personal ones have none.
func throughColumns(t *testing.T, d *record.Description, values map[string]record.Value) map[string]record.Value {
	t.Helper()
	out := map[string]record.Value{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Class == record.Personal {
			out[f.Name] = values[f.Name]
			continue
		}
		cols, err := f.ToColumns(values[f.Name])
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = f.FromColumns(cols); err != nil {
			t.Fatal(err)
		}
		if out[f.Name] != values[f.Name] {
			t.Errorf("%s: %s becomes %s", f.Name, values[f.Name], out[f.Name])
		}
	}
	return out
}

// TestColumnsOfANewRow: what goes straight into a table is what the encoded values
// would have put there.
func TestColumnsOfANewRow(t *testing.T) {
	for _, d := range record.Nouns() {
		full, empty := distinct(d)
		for _, n := range []record.Noun{full, value(empty)} {
			e := record.Create(n)
			var want []any
			values := record.Values(n)
			for i := range d.Fields {
				if f := &d.Fields[i]; len(f.Columns) > 0 {
					cols, err := f.ToColumns(values[f.Name])
					if err != nil {
						t.Fatal(err)
					}
					want = append(want, cols...)
				}
			}
			if diff := cmp.Diff(want, e.Columns(nil)); diff != "" {
				t.Errorf("%s (-through values +straight):\n%s", d.Name, diff)
			}
		}
	}
}

func TestChangedIsWhatDiffers(t *testing.T) {
	for _, d := range record.Nouns() {
		full, empty := distinct(d)
		none := value(empty)
		if got := record.Changed(full, full); len(got) != 0 {
			t.Errorf("%s: unchanged, and yet %v", d.Name, got)
		}
		if diff := cmp.Diff(record.Values(full), record.Changed(none, full)); diff != "" {
			t.Errorf("%s from nothing:\n%s", d.Name, diff)
		}
		cleared := record.Changed(full, none)
		if len(cleared) != len(d.Fields) {
			t.Errorf("%s to nothing: %d fields of %d", d.Name, len(cleared), len(d.Fields))
		}
		p := d.New(recordtest.ID(1))
		if err := record.Fill(p, record.Values(full)); err != nil {
			t.Fatal(err)
		}
		if err := record.Fill(p, cleared); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(none, value(p)); diff != "" {
			t.Errorf("%s cleared:\n%s", d.Name, diff)
		}
	}
}

// TestNamesAreUnique: of nouns, of a noun's fields, of its columns with the fixed
// ones, and each letter for letter fit for a table.
func TestNamesAreUnique(t *testing.T) {
	nouns := map[string]bool{}
	for _, d := range record.Nouns() {
		if nouns[d.Name] {
			t.Errorf("noun %s twice", d.Name)
		}
		nouns[d.Name] = true
		if got, ok := record.Describe(d.Name); !ok || got != d {
			t.Errorf("%s is not found by its name", d.Name)
		}
		columns := map[string]bool{"id": true, "state": true, "sealed": true, "flags": true}
		for _, c := range d.Columns() {
			if columns[c.Name] {
				t.Errorf("%s: column %s twice", d.Name, c.Name)
			}
			columns[c.Name] = true
		}
		fields := map[string]bool{}
		for _, f := range d.Fields {
			if fields[f.Name] || f.Name == "" || f.Name[0] == '_' {
				t.Errorf("%s: field %q", d.Name, f.Name)
			}
			fields[f.Name] = true
			if (f.Class == record.Personal) != (len(f.Columns) == 0) {
				t.Errorf("%s.%s of class %c has columns %v", d.Name, f.Name, f.Class, f.Columns)
			}
		}
		typ := reflect.TypeOf(value(d.New(record.ID{})))
		if want := typ.NumField() - 1; len(d.Fields) != want {
			t.Errorf("%s: %d fields described, the struct has %d beside the id", d.Name, len(d.Fields), want)
		}
	}
}

// TestTextsComeBack: any text survives JSON and column, and holds no byte that a
// line of a bundle may not.
func TestTextsComeBack(t *testing.T) {
	d, _ := record.Describe("activity")
	title, _ := d.Field("title")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		v := record.TextValue(s)
		var want string
		if err := json.Unmarshal([]byte(v), &want); err != nil {
			t.Fatalf("%q is no JSON: %v", v, err)
		}
		if v.Text() != want || want != s {
			t.Fatalf("%q becomes %s, read as %q", s, v, v.Text())
		}
		for i := range len(v) {
			if v[i] < ' ' || v[i] == 0x7f {
				t.Fatalf("%q holds control character %#x", v, v[i])
			}
		}
		cols, err := title.ToColumns(v)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := title.FromColumns(cols); err != nil || back != v {
			t.Fatalf("%s becomes %s through its column (%v)", v, back, err)
		}
	})
}

// TestActivitiesComeBack: random activities through values and columns.
func TestActivitiesComeBack(t *testing.T) {
	d, _ := record.Describe("activity")
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringN(0, 12, -1)
		n := rapid.Int64()
		want := record.Activity{
			ID: recordtest.ID(1), Title: text.Draw(rt, "title"), Note: text.Draw(rt, "note"), Prizes: n.Draw(rt, "prizes"), Direct: rapid.Bool().Draw(rt, "direct"),
			Topics: rapid.SliceOfN(text, 1, 4).Draw(rt, "topics"),
			When:   record.Occasion{Date: record.Date(text.Draw(rt, "date")), End: record.Clock(text.Draw(rt, "end")), Place: text.Draw(rt, "place")},
			Heads:  record.HeadCount{Listed: rapid.Bool().Draw(rt, "listed"), Total: n.Draw(rt, "total"), Disabled: n.Draw(rt, "disabled")},
			Costs: rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) record.Cost {
				return record.Cost{Source: text.Draw(rt, "source"), Amount: n.Draw(rt, "amount")}
			}), 1, 3).Draw(rt, "costs"),
		}
		back := &record.Activity{ID: want.ID}
		if err := record.Fill(back, throughColumns(t, d, record.Values(want))); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(want, *back); diff != "" {
			rt.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// TestAGroupMayGrow: arrays written before a part was added, and after one this
// program does not know, are read.
func TestAGroupMayGrow(t *testing.T) {
	for raw, want := range map[record.Value]record.Occasion{
		`[]`:                  {},
		`["2026-03-05"]`:      {Date: "2026-03-05"},
		`["2026-03-05",null]`: {Date: "2026-03-05"},
		`[null,null,"08:00"]`: {Start: "08:00"},
		`["2026-03-05",null,null,null,"Kon Tum","later",{"still":"later"}]`: {Date: "2026-03-05", Place: "Kon Tum"},
		`null`: {},
	} {
		a := record.Activity{When: record.Occasion{Date: "1999-01-01", Place: "cũ"}}
		if err := record.Fill(&a, map[string]record.Value{"when": raw, "later_field": `5`}); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
		if diff := cmp.Diff(want, a.When); diff != "" {
			t.Errorf("%s (-want +got):\n%s", raw, diff)
		}
	}
}

func TestWrongShapesAreDamaged(t *testing.T) {
	d, _ := record.Describe("activity")
	for name, values := range map[string][]record.Value{
		"title":        {`5`, `["a"]`, `true`},
		"prizes":       {`"5"`, `1.5`, `99999999999999999999`},
		"direct":       {`1`, `"true"`},
		"host_unit_id": {`"x"`, `5`, `"0192A5D0-0000-7000-8000-000000000001"`},
		"topics":       {`"a"`, `[5]`},
		"when":         {`"2026-03-05"`, `[5]`, `5`},
		"costs":        {`[{"amount":"x"}]`},
	} {
		f, ok := d.Field(name)
		if !ok {
			t.Fatalf("no field %s", name)
		}
		for _, v := range values {
			if cols, err := f.ToColumns(v); err == nil {
				t.Errorf("%s %s becomes %v", name, v, cols)
			}
			if err := record.Fill(&record.Activity{}, map[string]record.Value{name: v}); err == nil {
				t.Errorf("%s %s fills an activity", name, v)
			}
		}
	}
}

func TestUnion(t *testing.T) {
	for _, c := range []struct {
		in   []record.Value
		want record.Value
	}{
		{nil, record.Null},
		{[]record.Value{"", record.Null}, record.Null},
		{[]record.Value{`[]`}, record.Null},
		{[]record.Value{`["b","a"]`}, `["a","b"]`},
		{[]record.Value{`["b","a"]`, `["c","a"]`, record.Null}, `["a","b","c"]`},
		{[]record.Value{`["a"]`, `["a"]`}, `["a"]`},
		{[]record.Value{`not a list`, `["a"]`}, `["a"]`},
	} {
		if got := record.Union(c.in); got != c.want {
			t.Errorf("%v: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestEachTextReachesEveryText(t *testing.T) {
	for _, d := range record.Nouns() {
		p := d.New(recordtest.ID(1))
		recordtest.Distinct(p)
		seen := 0
		record.EachText(p, func(string) string { seen++; return "x" })
		if seen == 0 && d.Name != "same_person" { // which has none
			t.Errorf("%s: no text seen", d.Name)
		}
		record.EachText(p, func(s string) string {
			if s != "x" {
				t.Errorf("%s: %q was not reached", d.Name, s)
			}
			return s
		})
	}
}
