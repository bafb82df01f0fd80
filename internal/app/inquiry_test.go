package app

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report/xlsx"
)

// TestAnInquiryOfTheRecord asks the stored office, counts the answer again in its tables
// and reads it back from the workbook.
func TestAnInquiryOfTheRecord(t *testing.T) {
	a := newApp(t)
	first := newTraining(t, a, "Tập huấn tiền lương")
	must(a.SaveAttendees(ctx, first.ID, []record.Attendee{
		{Person: record.Person{FullName: "Y Ngọc", Sex: "nữ", Group: "worker"}}, {Person: record.Person{FullName: "A Blan", Sex: "nam", Group: "employer"}},
		{Person: record.Person{FullName: "Y Hà", Sex: "nữ", Group: "worker"}},
	}))(t)
	for _, q := range []record.Inquiry{
		{Measure: "women", Split: "month"}, {Measure: "people", Split: "audience"}, {Measure: "activity", Split: "place"}, {Measure: "unit", Split: "kind"},
		{Measure: "people", Split: "kind", Only: map[string]string{"audience": "worker"}},
	} {
		r := must(a.Inquire(ctx, q))(t)
		again := must(recount.Inquire(ctx, a.db.Reader(), q))(t)
		if len(again)-1 != len(r.Parts) || again[0].Value != r.Whole.Value {
			t.Errorf("%+v: %+v; counted again %+v", q, r, again)
		}
	}
	women := record.Inquiry{Measure: "women", Split: "audience"}
	if _, err := a.Inquire(ctx, women); err == nil {
		t.Error("women by audience were counted")
	}
	women.Split = "kind"
	path := filepath.Join(t.TempDir(), "nu.xlsx")
	if err := a.WriteReply(ctx, women, path); err != nil {
		t.Fatal(err)
	}
	f := must(excelize.OpenFile(path))(t)
	rows := must(f.GetRows(xlsx.SheetList))(t)
	for _, want := range [][]string{{"STT", "Loại hoạt động", "Lượt phụ nữ"}, {"1", "Tập huấn, bồi dưỡng", "2"}, {"", "Tổng cộng", "2"}} {
		if !slices.ContainsFunc(rows, func(r []string) bool { return slices.Equal(r, want) }) {
			t.Errorf("%v is not in %v", want, rows)
		}
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
