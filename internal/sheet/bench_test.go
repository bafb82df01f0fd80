package sheet_test

import (
	"fmt"
	"testing"

	"sophobien/internal/sheet"
)

// BenchmarkOldWorkbook reads 5,000 people in ten columns from an .xls.
func BenchmarkOldWorkbook(b *testing.B) {
	var x biff
	x.rec(0x809, 0x0500, 0x10, 0, 0)
	for row := range 5000 {
		for col := range 10 {
			if text := fmt.Sprintf("Nguyen Van An %d", row); col%2 == 0 {
				x.rec(0x204, row, col, 0, len(text), []byte(text))
			} else {
				x.rec(0x203, row, col, 0, float64(row*1000+col))
			}
		}
	}
	x.rec(0x0A)
	b.ReportAllocs()
	for b.Loop() {
		if g := read(b, x.Bytes(), sheet.Options{}); len(g.Rows) != 5000 {
			b.Fatalf("%d rows", len(g.Rows))
		}
	}
}
