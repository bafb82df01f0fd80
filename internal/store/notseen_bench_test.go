package store

import "testing"

// BenchmarkNotSeenSince finds who was not seen for two years, in a large office.
func BenchmarkNotSeenSince(b *testing.B) {
	db := openBig(b)
	for b.Loop() {
		living, _, err := db.People(ctx).NotSeenSince("2024-01-01")
		if err != nil || len(living) == 0 {
			b.Fatalf("%d people: %v", len(living), err)
		}
	}
}
