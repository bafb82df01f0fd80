package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// TestEveryListingCanBeReadInEveryOrder: each column of each listing exists, sorts
// both ways, and every facet's counts add up to the whole.
func TestEveryListingCanBeReadInEveryOrder(t *testing.T) {
	db := newTest(t)
	for i, d := range record.Nouns() {
		n := d.New(recordtest.ID(int64(i)))
		recordtest.Distinct(n)
		reflect.ValueOf(n).Elem().FieldByName("ID").Set(reflect.ValueOf(recordtest.ID(int64(i))))
		commit(t, db, 1, record.Create(reflect.ValueOf(n).Elem().Interface().(record.Noun)))
	}
	for _, d := range record.Nouns() {
		l := record.ListingOf(d.Name)
		if l == nil {
			continue
		}
		for _, c := range append([]record.ListColumn{{Name: ""}}, l.Columns...) {
			for _, desc := range []bool{false, true} {
				page, err := db.Rows(ctx, record.ListFilter{Noun: d.Name, Sort: c.Name, Desc: desc, Today: "2026-11-27"})
				if err != nil {
					t.Fatalf("%s by %q: %v", d.Name, c.Name, err)
				}
				if page.Total != 1 || len(page.Rows) != 1 || len(page.Rows[0].Cells) != len(l.Columns) {
					t.Fatalf("%s by %q: %+v", d.Name, c.Name, page)
				}
				for _, facet := range l.Facets {
					sum := 0
					for _, n := range page.By[facet] {
						sum += n
					}
					if sum != 1 {
						t.Errorf("%s: facet %s counts %v", d.Name, facet, page.By[facet])
					}
				}
			}
		}
		if page, err := db.Rows(ctx, record.ListFilter{Noun: d.Name, Text: "khong co dau 100%_!"}); err != nil || page.Total != 0 {
			t.Errorf("%s: a search for nothing finds %d, %v", d.Name, page.Total, err)
		}
		all, err := db.Rows(ctx, record.ListFilter{Noun: d.Name, Today: "2026-11-27"})
		if err != nil {
			t.Fatal(err)
		}
		for id, there := range map[record.ID]int{all.Rows[0].ID: 1, recordtest.ID(999): 0} {
			if page, err := db.Rows(ctx, record.ListFilter{Noun: d.Name, ID: id, Bare: true, Today: "2026-11-27"}); err != nil || len(page.Rows) != there {
				t.Errorf("%s: of one row alone there are %d, want %d, %v", d.Name, len(page.Rows), there, err)
			}
		}
	}
}

func question(n int64, text string, received, due, answered record.Date) record.Question {
	q := record.Question{ID: recordtest.ID(n), Text: text, Received: received, Channel: "phone", AnsweredOn: answered}
	q.Due.On = due
	if answered != "" {
		q.Answer = "Trả lời."
	}
	return q
}

// titles are the first cells of a page.
func firstCells(t *testing.T, db *DB, f record.ListFilter) []string {
	t.Helper()
	page, err := db.Rows(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range page.Rows {
		out = append(out, r.Cells[0])
	}
	return out
}

func TestQuestionsThatWaitComeFirst(t *testing.T) {
	db := newTest(t)
	routed := question(5, "đã chuyển", "2026-11-02", "2026-11-09", "")
	routed.Routed = record.Routed{To: "Sở Nội vụ", On: "2026-11-21"}
	for _, q := range []record.Question{
		question(1, "trả lời trước", "2026-01-01", "2026-01-08", "2026-01-05"),
		question(2, "đến hạn sau", "2026-11-26", "2026-12-03", ""),
		question(3, "quá hạn", "2026-11-02", "2026-11-09", ""),
		question(4, "trả lời muộn", "2026-02-01", "2026-02-06", "2026-03-01"),
		routed,
		question(6, "sắp đến hạn", "2026-11-20", "2026-11-29", ""),
		question(7, "chưa có hạn", "2026-11-27", "", ""),
	} {
		commit(t, db, 1, record.Create(q))
	}
	f := record.ListFilter{Noun: "question", Today: "2026-11-27"}
	want := []string{"quá hạn", "sắp đến hạn", "đến hạn sau", "chưa có hạn", "đã chuyển", "trả lời muộn", "trả lời trước"}
	if diff := cmp.Diff(want, firstCells(t, db, f)); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	page, _ := db.Rows(ctx, f)
	states := map[string]int{"overdue": 1, "soon": 1, "open": 2, "routed": 1, "answered": 1, "late": 1}
	if diff := cmp.Diff(states, page.By["state"]); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	f.Only = map[string]string{"state": "late"}
	if diff := cmp.Diff([]string{"trả lời muộn"}, firstCells(t, db, f)); diff != "" {
		t.Errorf("late ones (-want +got):\n%s", diff)
	}
	f = record.ListFilter{Noun: "question", Text: "tra loi", Sort: "received", Period: record.Period{From: "2026-01-02"}}
	if diff := cmp.Diff([]string{"trả lời muộn"}, firstCells(t, db, f)); diff != "" {
		t.Errorf("searched in a span (-want +got):\n%s", diff)
	}
}

// TestUnitsCountTheirSessions: at the unit or reaching it, each activity once.
func TestUnitsCountTheirSessions(t *testing.T) {
	db := newTest(t)
	mill, hamlet := record.Unit{ID: recordtest.ID(1), Kind: "enterprise", Name: "Ăn Phát"}, record.Unit{ID: recordtest.ID(2), Kind: "commune", Type: "xã", Name: "Đăk Hà"}
	commit(t, db, 1, record.Create(mill), record.Create(hamlet))
	for i, day := range []record.Date{"2026-03-05", "2026-05-06", "2025-12-31", "2026-12-01"} {
		a := recordtest.Activity(int64(10 + i))
		a.When.Date, a.Status, a.HostUnitID, a.UnitsReached = day, "held", mill.ID, []record.ID{mill.ID}
		if i == 1 {
			a.UnitsReached = append(a.UnitsReached, hamlet.ID)
		}
		commit(t, db, 1, record.Create(a))
	}
	page, err := db.Rows(ctx, record.ListFilter{Noun: "unit", Today: "2026-11-27"})
	if err != nil {
		t.Fatal(err)
	}
	at := record.ListingOf("unit").Column("sessions")
	got := map[string]string{}
	for _, r := range page.Rows {
		got[r.Cells[0]] = r.Cells[at]
	}
	if diff := cmp.Diff(map[string]string{"Ăn Phát": "2", "xã Đăk Hà": "1"}, got); diff != "" {
		t.Errorf("sessions (-want +got):\n%s", diff)
	}
	want := []string{"Ăn Phát", "xã Đăk Hà"}
	if got := firstCells(t, db, record.ListFilter{Noun: "unit", Sort: "name"}); !slices.Equal(got, want) {
		t.Errorf("by name: %v", got)
	}
}

// TestTheNetworkIsSearchedAndOrderedByName though names stand sealed.
func TestTheNetworkIsSearchedAndOrderedByName(t *testing.T) {
	db := newTest(t)
	for i, name := range []string{"Nguyễn Văn Ân", "Y Ngọc", "A Đức", "Trần Thị Anh"} {
		p := recordtest.Person(int64(i + 1))
		p.FullName = name
		kind := []string{"reporter", "mediator"}[i%2]
		commit(t, db, 1, record.Create(p), record.Create(record.Instructor{ID: recordtest.ID(int64(100 + i)), PersonID: p.ID, Kind: kind, Level: "commune"}))
	}
	f := record.ListFilter{Noun: "instructor", Sort: "person_id"}
	if diff := cmp.Diff([]string{"Trần Thị Anh", "Nguyễn Văn Ân", "A Đức", "Y Ngọc"}, firstCells(t, db, f)); diff != "" {
		t.Errorf("by given name (-want +got):\n%s", diff)
	}
	f.Text = "tran anh"
	if diff := cmp.Diff([]string{"Trần Thị Anh"}, firstCells(t, db, f)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	f = record.ListFilter{Noun: "instructor", Only: map[string]string{"kind": "reporter"}, Limit: 1, Offset: 1, Desc: true, Sort: "person_id"}
	page, err := db.Rows(ctx, f)
	if err != nil || page.Total != 2 || len(page.Rows) != 1 || page.Rows[0].Cells[0] != "Nguyễn Văn Ân" {
		t.Errorf("second page: %+v, %v", page, err)
	}
	if diff := cmp.Diff(map[string]int{"reporter": 2, "mediator": 2}, page.By["kind"]); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestAListIsReadInPagesWithoutGapsOrRepeats(t *testing.T) {
	db := newTest(t)
	var edits []record.Edit
	for i := range 95 {
		m := record.Material{ID: recordtest.ID(int64(i)), Kind: "leaflet", Title: fmt.Sprintf("Tờ gấp số %d", i%10), On: "2026-01-01", Made: 10}
		edits = append(edits, record.Create(m))
	}
	commit(t, db, 1, edits...)
	seen := map[record.ID]bool{}
	for at := 0; at < 95; at += 20 {
		page, err := db.Rows(ctx, record.ListFilter{Noun: "material", Sort: "title", Offset: at, Limit: 20})
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != 95 || page.Sums["made"] != 950 {
			t.Errorf("%d rows, %v", page.Total, page.Sums)
		}
		for _, r := range page.Rows {
			if seen[r.ID] {
				t.Errorf("%s stands twice", r.Cells[0])
			}
			seen[r.ID] = true
		}
	}
	if len(seen) != 95 {
		t.Errorf("%d of 95 rows", len(seen))
	}
	if !strings.HasPrefix(firstCells(t, db, record.ListFilter{Noun: "material", Sort: "title", Desc: true})[0], "Tờ gấp số 9") {
		t.Error("the other way round does not begin with the last")
	}
}

func TestASearchFindsTheBeginningsOfWords(t *testing.T) {
	db := newTest(t)
	for i, number := range []string{"15/KH-UBND", "110/UBND", "10/CV-UBND"} {
		commit(t, db, 1, record.Create(record.Directive{ID: recordtest.ID(int64(i)), Kind: "plan", Number: number, Title: "Kế hoạch", Issued: "2026-01-01"}))
	}
	for text, want := range map[string]int{"kh": 1, "10": 1, "11": 1, "ubnd": 3, "KẾ hoach": 3, "hoach 15/kh": 1, "oach": 0, "%": 0} {
		page, err := db.Rows(ctx, record.ListFilter{Noun: "directive", Text: text})
		if err != nil || page.Total != want {
			t.Errorf("%q finds %d, want %d; %v", text, page.Total, want, err)
		}
	}
}

// TestTheLogOfPersonalDataIsSearchedThoughSealed: its words are read from the sealed
// part of each row.
func TestTheLogOfPersonalDataIsSearchedThoughSealed(t *testing.T) {
	db := newTest(t)
	for i, what := range []string{"Danh sách học viên", "Tờ ký tên"} {
		commit(t, db, 1, record.Create(record.Custody{ID: recordtest.ID(int64(i)), Kind: "export", Day: "2026-03-01", What: what, Reason: fmt.Sprintf("Đơn %d", i)}))
	}
	page, err := db.Rows(ctx, record.ListFilter{Noun: "custody", Text: "to ky"})
	if err != nil || page.Total != 1 || !slices.Contains(page.Rows[0].Cells, "Đơn 1") {
		t.Errorf("found %+v, %v", page, err)
	}
	if title, err := db.TitleOf(ctx, record.Ref{Noun: "custody", ID: recordtest.ID(0)}); err != nil || title != "Danh sách học viên" {
		t.Errorf("title %q, %v", title, err)
	}
}
