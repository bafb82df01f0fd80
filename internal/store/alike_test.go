package store

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// TestPeopleLike: whatever is put in, changed and taken out, the chains find whom a
// look at everybody finds.
func TestPeopleLike(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"Y Hà", "Y Hạ", "A Blan", "Nguyễn Văn An", "nguyen van an", ""}
	phones := []string{"", "0905000001", "0905000002"}
	marks := []string{"", "ab:123", "cd:123"}
	x := emptyNameIndex(nil)
	close(x.ready)
	now := map[record.ID]nameEntry{}
	for step := range 3000 {
		id := record.ID{15: byte(rng.IntN(60)), 1: 1}
		e := nameEntry{id: id, name: names[rng.IntN(len(names))], phone: phones[rng.IntN(3)], number: phones[rng.IntN(3)], mark: marks[rng.IntN(3)], gone: rng.IntN(5) == 0}
		x.put(e)
		now[id] = e
		wanted := record.Person{FullName: names[rng.IntN(len(names))], Phone: phones[rng.IntN(3)], IDNumber: phones[rng.IntN(3)], IDMark: marks[rng.IntN(3)]}
		got, err := x.like([traits]string{viet.Key(wanted.FullName), wanted.Phone, wanted.IDNumber, wanted.IDMark})
		if err != nil {
			t.Fatal(err)
		}
		var want []record.ID
		for id, e := range now {
			same := wanted.FullName != "" && viet.Key(e.name) == viet.Key(wanted.FullName) ||
				wanted.Phone != "" && e.phone == wanted.Phone || wanted.IDNumber != "" && e.number == wanted.IDNumber ||
				wanted.IDMark != "" && e.mark == wanted.IDMark
			if same && !e.gone {
				want = append(want, id)
			}
		}
		var ids []record.ID
		for _, p := range got {
			ids = append(ids, p.ID)
		}
		order := func(a, b record.ID) int { return slices.Compare(a[:], b[:]) }
		slices.SortFunc(ids, order)
		slices.SortFunc(want, order)
		if !slices.Equal(ids, want) {
			t.Fatalf("step %d: %+v finds %v, want %v", step, wanted, ids, want)
		}
	}
}
