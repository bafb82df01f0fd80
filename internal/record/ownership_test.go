package record_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestWhatStaysHome(t *testing.T) {
	var got []string
	for _, d := range record.Nouns() {
		if record.StaysHome(d.Name) {
			got = append(got, d.Name)
		}
	}
	slices.Sort(got)
	want := []string{"attendance", "custody", "holiday", "import", "instructor", "law_note", "layout", "office", "person", "review", "same_person"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("nouns that stay in the office that made them (-want +got):\n%s", diff)
	}
}

// A field that the province may fill must be there, and be one it can read.
func TestWhatTheProvinceMayFill(t *testing.T) {
	filled := 0
	for _, d := range record.Nouns() {
		for _, f := range d.Fields {
			if !record.ProvinceMay(d.Name, f.Name) {
				continue
			}
			if filled++; f.Class != record.Open {
				t.Errorf("%s.%s is hidden from the province", d.Name, f.Name)
			}
		}
	}
	if filled != 5 {
		t.Errorf("%d fields, the policy names 5: one is no field", filled)
	}
}
