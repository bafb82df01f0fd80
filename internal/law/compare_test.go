package law

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func sides(marks []Mark) (a, b string) {
	var x, y strings.Builder
	for _, m := range marks {
		if m.Kind != New {
			x.WriteString(m.Text)
		}
		if m.Kind != Cut {
			y.WriteString(m.Text)
		}
	}
	return x.String(), y.String()
}

// slowKept is how many words the longest common subsequence has.
func slowKept(x, y []string) int {
	row := make([]int, len(y)+1)
	for _, w := range x {
		diagonal := 0
		for j, v := range y {
			above := row[j+1]
			if w == v {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			diagonal = above
		}
	}
	return row[len(y)]
}

func TestMarksAreBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"giờ ", "làm", " thêm", ", ", "\n", "40", "nghỉ "}), 0, 30).Draw(t, "words"), "")
		})
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		gotA, gotB := sides(MarkWords(a, b))
		if gotA != a || gotB != b {
			t.Fatalf("marks of %q and %q give %q and %q", a, b, gotA, gotB)
		}
		x, y := words(a), words(b)
		d := wordDiff{a: ids(x, y)[:len(x)], b: ids(x, y)[len(x):]}
		d.run(0, len(x), 0, len(y))
		kept := 0
		for _, s := range d.kept {
			kept += s.n
		}
		if want := slowKept(x, y); kept != want {
			t.Fatalf("%q and %q share %d words, found %d", a, b, want, kept)
		}
	})
}

func TestMarkWordsReads(t *testing.T) {
	got := MarkWords("Không quá 40 giờ trong 01 tháng.", "Không quá 60 giờ trong 01 tháng; không quá 300 giờ.")
	want := []Mark{{Kept, "Không quá "}, {Cut, "40 "}, {New, "60 "}, {Kept, "giờ trong 01 tháng"}, {New, "; không quá 300 giờ"}, {Kept, "."}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMarkWordsOfStrangersIsBounded(t *testing.T) {
	long := func(seed uint64) string {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		for range 20_000 {
			b.WriteString([]string{"giờ ", "làm ", "thêm ", "nghỉ ", "lương ", "việc "}[r.IntN(6)])
		}
		return b.String()
	}
	a, b := long(1), long(2)
	start := time.Now()
	gotA, gotB := sides(MarkWords(a, b))
	if gotA != a || gotB != b {
		t.Error("marks lose text")
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
}
