package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// The list says what is filtered, and beside each kind and status what choosing
// that one instead would show.
func TestActivityListCountsWhatEachChoiceWouldShow(t *testing.T) {
	db := newTest(t)
	rows := []struct {
		kind, status, title, place string
		date                       record.Date
		people                     int64
	}{
		{"training", "held", "Tập huấn tiền lương", "Hội trường", "2026-03-01", 40},
		{"training", "planned", "Tập huấn bảo hiểm", "Nhà rông", "2026-12-01", 0},
		{"dialogue", "held", "Đối thoại về tiền lương", "Nhà văn hóa", "2026-04-01", 25},
		{"dialogue", "held", "Đối thoại", "Nhà rông Đăk Hà", "2025-04-01", 10},
	}
	for i, r := range rows {
		a := recordtest.Activity(int64(i + 1))
		a.Kind, a.Status, a.Title, a.When.Place, a.When.Date, a.Heads.Total = r.kind, r.status, r.title, r.place, r.date, r.people
		commit(t, db, 1, record.Create(a))
	}
	gone := recordtest.Activity(9)
	commit(t, db, 1, record.Create(gone))
	commit(t, db, 1, record.Edit{Ref: gone.Ref(), Delete: true})

	for status, there := range map[string]int{"held": 1, "planned": 0} {
		if page, err := db.Activities(ctx, record.ActivityFilter{ID: recordtest.ID(1), Status: status}); err != nil || page.Total != there || len(page.Lines) != there {
			t.Errorf("of the first alone %d are %s, want %d, %v", page.Total, status, there, err)
		}
	}

	cases := map[string]struct {
		f      record.ActivityFilter
		titles []string
		people int64
		byKind map[string]int
		by     map[string]int
	}{
		"all": {record.ActivityFilter{}, []string{"Tập huấn bảo hiểm", "Đối thoại về tiền lương", "Tập huấn tiền lương", "Đối thoại"}, 75,
			map[string]int{"training": 2, "dialogue": 2}, map[string]int{"held": 3, "planned": 1}},
		"kind": {record.ActivityFilter{Kind: "training"}, []string{"Tập huấn bảo hiểm", "Tập huấn tiền lương"}, 40,
			map[string]int{"training": 2, "dialogue": 2}, map[string]int{"held": 1, "planned": 1}},
		"status": {record.ActivityFilter{Status: "held"}, []string{"Đối thoại về tiền lương", "Tập huấn tiền lương", "Đối thoại"}, 75,
			map[string]int{"training": 1, "dialogue": 2}, map[string]int{"held": 3, "planned": 1}},
		"bare letters": {record.ActivityFilter{Text: "tien luong"}, []string{"Đối thoại về tiền lương", "Tập huấn tiền lương"}, 65,
			map[string]int{"training": 1, "dialogue": 1}, map[string]int{"held": 2}},
		"place and year": {record.ActivityFilter{Text: "dak ha", Period: record.Period{From: "2025-01-01", To: "2025-12-31"}}, []string{"Đối thoại"}, 10,
			map[string]int{"dialogue": 1}, map[string]int{"held": 1}},
		"nothing": {record.ActivityFilter{Text: "100%_!"}, nil, 0, map[string]int{}, map[string]int{}},
	}
	for name, c := range cases {
		page, err := db.Activities(ctx, c.f)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, l := range page.Lines {
			titles = append(titles, l.Title)
		}
		got := []any{titles, page.Total, page.People, page.ByKind, page.By}
		want := []any{c.titles, len(c.titles), c.people, c.byKind, c.by}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A list of activities goes out as a listing: both hold the same rows for the same filter.
func TestTheListingHoldsWhatTheActivityListHolds(t *testing.T) {
	db := newTest(t)
	for i, title := range []string{"Tập huấn tiền lương", "Đối thoại", "Tiền lương tối thiểu", "Hội thảo"} {
		a := recordtest.Activity(int64(i + 1))
		a.Title, a.When.Date, a.Speakers = title, record.Date("2026-03-01").AddDays(i), nil
		if i == 3 {
			a.When.Date, a.When.EndDate, a.Speakers = "2026-02-27", "2026-03-02", []string{"Lương Văn Tám"}
		}
		commit(t, db, 1, record.Create(a))
	}
	march := record.Period{From: "2026-03-01", To: "2026-03-31"}
	for name, c := range map[string]struct {
		f    record.ActivityFilter
		want int
	}{
		"beginnings of words": {record.ActivityFilter{Text: "lươ"}, 3},
		"not their middle":    {record.ActivityFilter{Text: "uong"}, 0},
		"a code":              {record.ActivityFilter{Text: recordtest.ID(2).Code()}, 1},
		"days":                {record.ActivityFilter{Period: march}, 3},
		"days touched":        {record.ActivityFilter{Period: march, Touching: true}, 4},
		"a state":             {record.ActivityFilter{Status: "planned"}, 0},
	} {
		page, err := db.Activities(ctx, c.f)
		if err != nil {
			t.Fatal(err)
		}
		listing, err := db.Rows(ctx, record.ListFilter{
			Noun: "activity", Text: c.f.Text, Period: c.f.Period, Touching: c.f.Touching, Only: map[string]string{"status": c.f.Status},
		})
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != c.want || listing.Total != c.want {
			t.Errorf("%s: %d activities, %d in the listing, want %d", name, page.Total, listing.Total, c.want)
		}
		for i, r := range listing.Rows {
			if r.ID != page.Lines[i].ID {
				t.Errorf("%s: line %d differs", name, i)
			}
		}
	}
}

// TestWhatGoesOutStandsAsItWasSeen: in each order, of equal ones too.
func TestWhatGoesOutStandsAsItWasSeen(t *testing.T) {
	db := newTest(t)
	for i, day := range []record.Date{"2026-03-05", "2026-05-06", "2026-01-31", "2026-05-06"} {
		a := recordtest.Activity(int64(10 + i))
		a.When.Date, a.Title, a.Heads = day, "Tập huấn", record.HeadCount{Total: int64(i / 3)}
		commit(t, db, 1, record.Create(a))
	}
	for order, want := range map[record.ActivityOrder][]int64{
		record.NewestFirst: {11, 13, 10, 12}, record.OldestFirst: {12, 10, 11, 13}, record.ByTitle: {11, 13, 10, 12}, record.MostPeople: {13, 11, 10, 12},
	} {
		f := record.ActivityFilter{Sort: order}
		seen, err := db.Activities(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		out, err := db.Rows(ctx, f.Listed())
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range want {
			if id := recordtest.ID(n); seen.Lines[i].ID != id || out.Rows[i].ID != id {
				t.Errorf("%q: place %d shows %s and goes out as %s, want %s", order, i, seen.Lines[i].ID, out.Rows[i].ID, id)
			}
		}
	}
}
