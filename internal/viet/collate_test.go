package viet

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCompareIsTheAlphabet(t *testing.T) {
	orders := [][]string{
		{"ca", "cà", "cả", "cã", "cá", "cạ", "can", "căn", "cân"},
		{"da", "du", "đa", "đu", "e"},
		{"o", "ô", "ơ", "p"},
		{"u", "ư", "v"},
		{"e", "ê", "g"},
		{"Ba Na", "Ban"},
		{"Đắk Hà", "Đắk Tô", "Đăng"},
	}
	for _, want := range orders {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, Compare)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	}
}

func TestCompareOfCatalogueIsATotalOrder(t *testing.T) {
	for file, cells := range catalogCells(t) {
		slices.SortFunc(cells, Compare)
		for i := 1; i < len(cells); i++ {
			if Compare(cells[i-1], cells[i]) > 0 {
				t.Errorf("%s: %q after %q", file, cells[i-1], cells[i])
			}
		}
	}
}

func TestSortKeyAgreesWithCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawText().Draw(t, "a"), drawText().Draw(t, "b")
		checkSameOrder(t, bytes.Compare(SortKey(a), SortKey(b)), Compare(a, b))
		if Compare(a, b) != -Compare(b, a) {
			t.Fatal("Compare is not antisymmetric")
		}
	})
}

func TestNameSortKeyAgreesWithCompareNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawName().Draw(t, "a"), drawName().Draw(t, "b")
		checkSameOrder(t, bytes.Compare(NameSortKey(a), NameSortKey(b)), CompareNames(a, b))
	})
}

// checkSameOrder lets keys tie where Compare falls back on bytes.
func checkSameOrder(t *rapid.T, keys, direct int) {
	if keys != 0 && keys != direct {
		t.Fatalf("keys order %d, comparison %d", keys, direct)
	}
}

func TestCompareNames(t *testing.T) {
	want := []string{
		"",
		"An",
		"A An",
		"Lê An",
		"Nguyễn An",
		"Lê Thị An",
		"Nguyễn Thị An",
		"Lê Thị Thu An",
		"Lê Văn An",
		"Lê Văn Ân",
		"A Blan",
		"Lê Hoa",
		"Trần Văn Hoa",
		"Lê An Hòa",
		"Y Ngọc",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, CompareNames)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestSplitName(t *testing.T) {
	tests := map[string]Name{
		"":                     {},
		"  ":                   {},
		"Blan":                 {Given: "Blan"},
		"Y Ngọc":               {Family: "Y", Given: "Ngọc"},
		" Lê  Thị Thu\u00a0An": {Family: "Lê", Middle: "Thị Thu", Given: "An"},
	}
	for full, want := range tests {
		if diff := cmp.Diff(want, SplitName(full)); diff != "" {
			t.Errorf("SplitName(%q) (-want +got):\n%s", full, diff)
		}
		if got := GivenName(full); got != want.Given {
			t.Errorf("GivenName(%q) = %q", full, got)
		}
	}
}

func TestCollationFromManyGoroutines(t *testing.T) {
	want := SortKey("Nguyễn Thị Hường")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if !bytes.Equal(SortKey("Nguyễn Thị Hường"), want) || Compare("ca", "cà") >= 0 {
					t.Error("answers differ between goroutines")
					return
				}
			}
		})
	}
	wg.Wait()
}
