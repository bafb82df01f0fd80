package record_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// What a later version appended to a group stays when an earlier one writes the group,
// and what it added to an item of a list while the item stays; nothing is added to anything else.
func TestPartsOfALaterVersionStay(t *testing.T) {
	id, other := record.Value(recordtest.ID(1).String()), record.Value(recordtest.ID(2).String())
	for _, c := range []struct{ field, before, v, want record.Value }{
		{"when", `["2026-03-05",null,null,null,"A","trực tuyến",[1]]`, `["2026-03-06"]`, `["2026-03-06",null,null,null,null,"trực tuyến",[1]]`},
		{"when", `["2026-03-05",null,null,null,"A","trực tuyến"]`, `["2026-03-06",null,null,null,"B"]`, `["2026-03-06",null,null,null,"B","trực tuyến"]`},
		{"when", `["2026-03-05",null,null,null,"A"]`, `["2026-03-06"]`, `["2026-03-06"]`},
		{"when", `["2026-03-05",null,null,null,"A","x"]`, `["2026-03-06",null,null,null,"B","y"]`, `["2026-03-06",null,null,null,"B","y"]`},
		{"when", `["2026-03-05",null,null,null,"A","x"]`, record.Null, record.Null},
		{"when", `"another shape"`, `["2026-03-06"]`, `["2026-03-06"]`},
		{"when", "", `["2026-03-06"]`, `["2026-03-06"]`},
		{"topics", `["a","b","c","d","e","f"]`, `["a"]`, `["a"]`},
		{"title", `"a"`, `"b"`, `"b"`},
		{
			"costs", `[{"source":"A","amount":1,"vat":[8,"%"]},{"source":"B","amount":2,"day":"2026-03-05","bill":{"no":"7"}}]`,
			`[{"source":"B","amount":2},{"source":"C","amount":1},{"source":"A","amount":3}]`,
			`[{"source":"B","amount":2,"bill":{"no":"7"},"day":"2026-03-05"},{"source":"C","amount":1},{"source":"A","amount":3}]`,
		},
		{ // the same twice is two items
			"costs", `[{"source":"A","amount":1,"x":1},{"amount":1,"source":"A","x":2}]`,
			`[{"source":"A","amount":1},{"source":"A","amount":1},{"source":"A","amount":1}]`,
			`[{"source":"A","amount":1,"x":1},{"source":"A","amount":1,"x":2},{"source":"A","amount":1}]`,
		},
		{"costs", `[{"source":"A","amount":1,"x":1}]`, `[{"source":"A","amount":1,"x":2}]`, `[{"source":"A","amount":1,"x":2}]`},
		{"costs", `[1,null,{"source":7,"x":1}]`, `[{"source":"A","amount":1}]`, `[{"source":"A","amount":1}]`},
		{"costs", `"another shape"`, `[{"source":"A","amount":1}]`, `[{"source":"A","amount":1}]`},
		{"costs", `[{"source":"A","amount":1,"x":1}]`, record.Null, record.Null},
		{
			"officers", `[{"id":"` + id + `","name":"A","phone":"1"},{"id":"` + other + `","name":"B","phone":"2"}]`,
			`[{"id":"` + other + `","name":"B, trưởng phòng"}]`, `[{"id":"` + other + `","name":"B, trưởng phòng","phone":"2"}]`,
		},
	} {
		of := record.DescribeOf(record.Activity{})
		if c.field == "officers" {
			of = record.DescribeOf(record.Office{})
		}
		f, ok := of.Field(string(c.field))
		if !ok {
			t.Fatalf("no field %s", c.field)
		}
		if got := f.Continue(c.before, c.v); got != c.want {
			t.Errorf("%s: %s over %s is written as %s, not %s", c.field, c.v, c.before, got, c.want)
		}
	}
}

func TestANounWithoutAField(t *testing.T) {
	whole := record.DescribeOf(record.Activity{})
	less := whole.Without("title", "when")
	if _, there := less.Field("title"); there || len(less.Fields) != len(whole.Fields)-2 {
		t.Errorf("title is still there: %d of %d fields", len(less.Fields), len(whole.Fields))
	}
	for _, f := range less.Fields {
		if got, ok := less.Field(f.Name); !ok || got.Name != f.Name {
			t.Errorf("%s is not found by its name", f.Name)
		}
	}
	if len(less.Columns()) != len(whole.Columns())-6 {
		t.Errorf("%d of %d columns", len(less.Columns()), len(whole.Columns()))
	}
}
