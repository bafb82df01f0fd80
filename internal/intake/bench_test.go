package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/intake"
	"sophobien/internal/sheet"
)

// large is an .xlsx of 100,000 people in ten columns.
func large(b *testing.B) []byte {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	must(b, err)
	must(b, w.SetRow("A1", []any{"STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số điện thoại", "CCCD", "Đơn vị", "Chức vụ", "Dân tộc", "Ghi chú"}))
	m := newSheetMaker(1)
	for i := range 100_000 {
		p := m.known[i%len(m.known)]
		must(b, w.SetRow(fmt.Sprintf("A%d", i+2), []any{i + 1, p["full_name"], p["sex"], p["birth"], 900_000_000 + i,
			fmt.Sprintf("%012d", 61_000_000_000+i), p["unit"], p["position"], p["ethnicity"], "x"}))
	}
	must(b, w.Flush())
	var out bytes.Buffer
	must(b, f.Write(&out))
	return out.Bytes()
}

func BenchmarkHundredThousand(b *testing.B) {
	data := large(b)
	ctx := context.Background()
	var g *sheet.Grid
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var err error
			g, err = sheet.Read(ctx, data, sheet.Options{})
			must(b, err)
		}
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			must(b, err)
			_, err = f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
			must(b, err)
			must(b, f.Close())
		}
	})
	b.Run("propose", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p, err := intake.People(g)
			must(b, err)
			if len(p.Rows) != 100_000 {
				b.Fatalf("%d rows, parked %+v", len(p.Rows), p.Parked[:1])
			}
		}
	})
}
