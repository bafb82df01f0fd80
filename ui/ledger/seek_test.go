package ledger_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

const outside = "Dòng đang mở không có trong danh sách đã lọc."

// A row opened from elsewhere is shown beside a list that does not hold it, and that is said.
func TestARowBesideTheListIsSaidToBe(t *testing.T) {
	d := open(t)
	ids := d.office.Put(
		record.Material{Kind: "leaflet", Title: "Năm nay", On: "2026-03-01"},
		record.Material{Kind: "clip", Title: "Năm trước", On: "2025-03-01"})
	d.screen.Reload()
	d.screen.Open(ids[0])
	d.mustSay(t, false, outside)
	d.screen.Open(ids[1])
	d.mustSay(t, true, outside)
	if d.title(t) != "Năm trước" {
		t.Errorf("shown is %q", d.title(t))
	}
	d.screen.Create()
	d.mustSay(t, false, outside)
	d.screen.Open(ids[1])
	uitest.TapButton(t, d.screen, "Bỏ lọc")
	d.mustSay(t, false, outside)
	d.mustSay(t, true, "2 dòng")
	d.screen.Search("nay")
	d.mustSay(t, true, outside)
	d.screen.Close()
	d.mustSay(t, false, outside)
}

// What stands on a page that was not read yet is in the list.
func TestARowFarDownTheListIsInIt(t *testing.T) {
	d := open(t)
	var last record.ID
	for range 200 {
		last = d.office.Put(record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-01"})[0]
	}
	d.screen.Reload()
	d.screen.Open(last)
	d.mustSay(t, false, outside)
}
