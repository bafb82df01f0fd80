package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func TestCellText(t *testing.T) {
	kinds := []record.Term{{Code: "a", Words: record.Words{VI: "Một", EN: "One"}}, {Code: "b", Words: record.Words{VI: "Hai", EN: "Two"}}}
	for _, c := range []struct {
		kind     record.ListKind
		cell, vi string
	}{
		{record.ListText, "12345", "12345"}, {record.ListName, "Xã Đăk Hà", "Xã Đăk Hà"},
		{record.ListDay, "2026-03-05", "05/03/2026"}, {record.ListDay, "", ""},
		{record.ListNumber, "1234567", "1.234.567"}, {record.ListMoney, "-100000", "-100.000"}, {record.ListNumber, "", ""},
		{record.ListTerm, "a", "Một"}, {record.ListTerm, "", ""}, {record.ListTerm, "new", "new"},
		{record.ListTerms, "a,b", "Một; Hai"}, {record.ListTopics, "b", "Hai"},
		{record.ListYes, "1", "x"}, {record.ListYes, "", ""},
	} {
		column := record.ListColumn{Kind: c.kind, Terms: kinds}
		if got := report.CellText(&column, c.cell, kinds, "vi"); got != c.vi {
			t.Errorf("kind %d, %q: %q, want %q", c.kind, c.cell, got, c.vi)
		}
	}
}
