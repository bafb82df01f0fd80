package store

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// BenchmarkPeopleLike finds who may be a person among 60,000, of whom many share a
// name: a row of a list must be known within a millisecond.
func BenchmarkPeopleLike(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	families := []string{"Nguyễn Văn", "Nguyễn Thị", "Trần Văn", "A", "Y", "Lê Thị", "Rơ Châm"}
	given := []string{"An", "Bình", "Hoa", "Blan", "Ngọc", "Hùng", "Thắng", "Hiền", "Dũng", "Lan"}
	name := func() string {
		return families[rng.IntN(len(families))] + " " + given[rng.IntN(len(given))] + []string{"", "", " Anh", " Em"}[rng.IntN(4)]
	}
	x := emptyNameIndex(nil)
	close(x.ready)
	for i := range 60_000 {
		x.put(nameEntry{
			id: record.NewID(int64(i), [10]byte{}), name: name(), born: fmt.Sprint(1940 + rng.IntN(65)), phone: fmt.Sprintf("0905%06d", i), number: fmt.Sprintf("0620%08d", i),
		})
	}
	b.ReportAllocs()
	b.ResetTimer()
	found := 0
	for i := range b.N {
		like, err := x.like([traits]string{viet.Key(name()), fmt.Sprintf("0905%06d", i%60_000), fmt.Sprintf("0620%08d", i*7%60_000)})
		if err != nil {
			b.Fatal(err)
		}
		found += len(like)
	}
	b.ReportMetric(float64(found)/float64(b.N), "found/op")
}
