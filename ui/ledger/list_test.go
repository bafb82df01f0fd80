package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/uitest"
)

// TestAListSaysThatItIsBeingRead until its first rows come, or cannot be read.
func TestAListSaysThatItIsBeingRead(t *testing.T) {
	for _, fails := range []bool{false, true} {
		uitest.App(t)
		office := uitest.NewRecords(uitest.NewOffice())
		office.Put(record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-01"})
		if fails {
			office.Fail["Rows"] = errors.New("đứt")
		}
		var held uitest.Held
		list := ledger.NewList(kit.Desk{Runner: held.Runner(), Now: uitest.Clock, Window: uitest.Window(t, nil), Say: func(string, func()) {}}, office, nil, "material", ledger.ListWords{})
		uitest.Window(t, list)
		says := func() bool { return strings.Contains(uitest.Words(list), "Đang đọc danh sách…") }
		list.Reload()
		if !says() {
			t.Errorf("fails %v: nothing is said:\n%s", fails, uitest.Words(list))
		}
		held.Release()
		if says() {
			t.Errorf("fails %v: still said:\n%s", fails, uitest.Words(list))
		}
		list.Reload()
		if says() && !fails {
			t.Error("said again over rows that are there")
		}
	}
}
