package intake_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

const smallTables = "STT\tHọ và tên\tNăm sinh\n1\tA Blan\t1980\n\nTT\tHọ tên\tNgày sinh\tSĐT\n1\tY Ngọc\t1981\t09%08d\n\n"

func manyTables(t testing.TB, pairs int) *sheet.Grid {
	t.Helper()
	var b strings.Builder
	for i := range pairs {
		fmt.Fprintf(&b, smallTables, i)
	}
	g, err := sheet.FromClipboard(b.String())
	must(t, err)
	return g
}

// Thousands of small tables take room in proportion to their number.
func TestManySmallTables(t *testing.T) {
	taken := func(pairs int) uint64 {
		g := manyTables(t, pairs)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := intake.People(g)
		runtime.ReadMemStats(&after)
		must(t, err)
		if len(p.Rows) != 2*pairs || len(p.Tables) != 2*pairs-1 {
			t.Fatalf("%d rows of %d tables", len(p.Rows), len(p.Tables)+1)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	few, many := taken(500), taken(2000)
	if many > 5*few {
		t.Errorf("%d bytes for 1,000 tables, %d for 4,000", few, many)
	}
}

// Rows that needed no repair say so with an empty list, also before the first repair.
func TestRepairsAreNeverNull(t *testing.T) {
	p := pasted(t, "Họ và tên\tNăm sinh", "A Blan\t1980", "Y  Ngọc\t1981")
	for _, r := range p.Rows {
		if r.Repairs == nil {
			t.Errorf("line %d: repairs are null", r.Line)
		}
	}
	if len(p.Rows) != 2 || len(p.Rows[1].Repairs) != 1 || p.Rows[1].Repairs[0] != (record.Repair{Field: "full_name", Before: "Y  Ngọc", After: "Y Ngọc", Rule: "spaces"}) {
		t.Errorf("%+v", p.Rows)
	}
}

func BenchmarkManySmallTables(b *testing.B) {
	g := manyTables(b, 5000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := intake.People(g); err != nil {
			b.Fatal(err)
		}
	}
}
