package intake_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pasted is the proposal made of a pasted block.
func pasted(t testing.TB, lines ...string) record.Proposal {
	t.Helper()
	g, err := sheet.FromClipboard(strings.Join(lines, "\n"))
	must(t, err)
	return people(t, g)
}

func people(t testing.TB, g *sheet.Grid) record.Proposal {
	t.Helper()
	p, err := intake.People(g)
	must(t, err)
	check(t, g, p)
	return p
}

// workbook is the grid of an .xlsx written by excelize.
func workbook(t testing.TB, fill func(f *excelize.File)) *sheet.Grid {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	must(t, f.Write(&b))
	g, err := sheet.Read(context.Background(), b.Bytes(), sheet.Options{})
	must(t, err)
	return g
}

// check holds a proposal to what the package promises: every line is accounted
// for once, rows are valid, and repairs chain up to the value in the row.
func check(t testing.TB, g *sheet.Grid, p record.Proposal) {
	t.Helper()
	lines := map[int]int{}
	for _, r := range p.Rows {
		lines[r.Line]++
		if err := record.PersonOf(r.Fields).Validate(); p.Of == "person" && err != nil {
			t.Errorf("line %d: %v", r.Line, err)
		}
		last := map[string]string{}
		for _, step := range r.Repairs {
			if before, ok := last[step.Field]; ok && step.Rule != "tick" && step.Rule != "cell-error" && before != step.Before {
				t.Errorf("line %d: %+v does not follow %q", r.Line, step, before)
			}
			if step.Before == step.After && step.Rule != "year-serial" || step.Rule == "" {
				t.Errorf("line %d: an empty repair %+v", r.Line, step)
			}
			last[step.Field] = step.After
		}
		for f, after := range last {
			if got := r.Fields.Get(f); got != after {
				t.Errorf("line %d: %s is %q, its repairs end in %q", r.Line, f, got, after)
			}
		}
	}
	for _, r := range p.Parked {
		lines[r.Line]++
		if !strings.HasSuffix(r.Question, "?") {
			t.Errorf("line %d: %q is no question", r.Line, r.Question)
		}
	}
	for _, r := range p.Dropped {
		lines[r.Line]++
		if r.Why == "" {
			t.Errorf("line %d dropped without a reason", r.Line)
		}
	}
	for _, r := range g.Rows {
		n := lines[r.Line]
		if r.Line == p.HeaderLine && n != 0 || r.Line != p.HeaderLine && (n == 0 || n > 1 && len(p.Tables) == 0) {
			t.Errorf("line %d is accounted for %d times", r.Line, n)
		}
	}
	if p.Rows == nil || p.Parked == nil || p.Dropped == nil || p.Columns == nil {
		t.Error("a list of the proposal is null")
	}
}

// fields are the proposed rows in short: field=value in the order asked for.
func fields(p record.Proposal, names ...string) []string {
	out := []string{}
	for _, r := range p.Rows {
		var row []string
		for _, n := range names {
			row = append(row, r.Fields.Get(n))
		}
		out = append(out, strings.Join(row, " | "))
	}
	return out
}

// rules are the rules used on a field, row by row.
func rules(p record.Proposal, field string) []string {
	out := []string{}
	for _, r := range p.Rows {
		var row []string
		for _, s := range r.Repairs {
			if s.Field == field {
				row = append(row, s.Rule)
			}
		}
		out = append(out, strings.Join(row, " "))
	}
	return out
}

func sentence(t testing.TB, err error) string {
	t.Helper()
	var r *record.Refusal
	if !errors.As(err, &r) || !errors.Is(err, record.ErrInvalid) {
		t.Fatalf("%v is no refusal", err)
	}
	return r.Words.VI
}

// corpusGrid is a file of the corpus of package sheet.
func corpusGrid(t testing.TB, name string) *sheet.Grid {
	t.Helper()
	data, err := os.ReadFile("../sheet/testdata/corpus/" + name)
	must(t, err)
	g, err := sheet.Read(context.Background(), data, sheet.Options{Name: name})
	must(t, err)
	return g
}
