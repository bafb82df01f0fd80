package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// searchOffice holds rows that say the same words in many ways.
func searchOffice(t *testing.T) *App {
	a := newApp(t)
	held := func(day record.Date, title, place string) {
		act := training(title)
		act.When = record.Occasion{Date: day, Place: place}
		must(a.SaveActivity(ctx, act))(t)
	}
	// The one that is called just so is the oldest of more than a search shows.
	held("2024-01-10", "Tập huấn an toàn", "")
	for i := range 15 {
		held(record.Date("2025-06-01").AddDays(i), fmt.Sprintf("Lớp %02d: tập huấn an toàn điện", i), "")
	}
	held("2024-02-10", "Tập huấn an toàn lao động", "")
	held("2024-02-11", "Hội nghị tại xã", "Hội trường tập huấn an toàn")
	held("2024-03-01", "Phổ biến về mã số", "")
	held("2024-03-02", "Phổ biến về ma túy", "")
	held("2026-03-03", "Triển khai Kế hoạch 15/KH-UBND", "")
	must(a.SaveRecord(ctx, record.Directive{Title: "Kế hoạch phổ biến pháp luật", Number: "15/KH-UBND", Kind: "plan", Issued: "2023-01-15"}))(t)
	must(a.SaveRecord(ctx, record.Directive{Title: "Kế hoạch năm sau", Number: "15/KH-UBND-NC", Kind: "plan", Issued: "2025-01-15"}))(t)
	asked(t, a, record.Question{Text: "Tập huấn an toàn có bắt buộc không?", Received: "2026-03-02"})
	for _, name := range []string{"Trần Thị Lan Anh", "Lan", "Lân", "Nguyễn Văn Lan", "Lan Phương"} {
		must(a.SavePerson(ctx, record.Person{FullName: name, Birth: "1985"}))(t)
	}
	return a
}

// TestASearchShowsTheNearestFirst: called just so, beginning so, having all words,
// saying them elsewhere; typed marks before bare letters; then the newest.
func TestASearchShowsTheNearestFirst(t *testing.T) {
	a := searchOffice(t)
	for _, c := range []struct {
		typed string
		want  []string // the first of what is found
	}{
		{"tập huấn an toàn", []string{
			"Tập huấn an toàn", "Tập huấn an toàn có bắt buộc không?", "Tập huấn an toàn lao động",
			"Lớp 14: tập huấn an toàn điện", "Lớp 13: tập huấn an toàn điện",
		}},
		{"TAP HUAN  AN TOAN", []string{"Tập huấn an toàn", "Tập huấn an toàn có bắt buộc không?", "Tập huấn an toàn lao động", "Lớp 14: tập huấn an toàn điện"}},
		{"toàn tập", []string{"Tập huấn an toàn có bắt buộc không?"}},
		{"15/kh-ubnd", []string{"Kế hoạch phổ biến pháp luật", "Kế hoạch năm sau", "Triển khai Kế hoạch 15/KH-UBND"}},
		{"phổ biến về mã", []string{"Phổ biến về mã số", "Phổ biến về ma túy"}},
		{"phổ biến về ma", []string{"Phổ biến về ma túy", "Phổ biến về mã số"}},
		{"hội trường", []string{"Hội nghị tại xã"}},
		{"lan", []string{"Lan", "Lân", "Lan Phương", "Trần Thị Lan Anh", "Nguyễn Văn Lan"}},
		{"lân", []string{"Lân", "Lan", "Lan Phương"}},
		{"Phạm Văn Không", nil},
	} {
		var titles []string
		for _, h := range must(a.SearchAll(ctx, c.typed, 12))(t) {
			titles = append(titles, h.Title)
		}
		if c.want == nil && len(titles) == 0 {
			continue
		}
		if diff := cmp.Diff(c.want, titles[:min(len(c.want), len(titles))]); diff != "" || c.want == nil {
			t.Errorf("%q finds (-want +got):\n%sof %q", c.typed, diff, titles)
		}
	}
}

// TestWhatIsFoundSaysWhatItsDaysAre: a day alone could be any.
func TestWhatIsFoundSaysWhatItsDaysAre(t *testing.T) {
	a := searchOffice(t)
	for typed, want := range map[string]record.Words{
		"phổ biến về mã":   {VI: "ngày tổ chức 01/03/2024", EN: "held on 01/03/2024"},
		"có bắt buộc":      {VI: "hạn trả lời", EN: "due on"},
		"bắt buộc không":   {VI: "nhận ngày 02/03/2026", EN: "received on 02/03/2026"},
		"Kế hoạch năm sau": {VI: "ban hành ngày 15/01/2025", EN: "issued on 15/01/2025"},
		"Trần Thị Lan Anh": {VI: "sinh 1985", EN: "born 1985"},
	} {
		hits := must(a.SearchAll(ctx, typed, 3))(t)
		if len(hits) == 0 || !strings.Contains(hits[0].Detail.VI, want.VI) || !strings.Contains(hits[0].Detail.EN, want.EN) {
			t.Errorf("%q finds %+v", typed, hits)
		}
	}
	for _, noun := range searched {
		l := record.ListingOf(noun)
		for i := range l.Columns {
			if c := &l.Columns[i]; c.Kind == record.ListDay && !c.Hidden && dayWords(noun, c).VI == "ngày" {
				t.Errorf("%s.%s is called a day and no more", noun, c.Name)
			}
		}
	}
}

// besideOffice holds an activity whose list says nothing of what is sought, and others.
func besideOffice(t *testing.T) (*App, record.Activity) {
	a := newApp(t)
	act := training("Tập huấn tại thôn 3")
	act.Topics = []string{"LD07"}
	act.Materials = []record.MaterialGiven{{Name: "Hỏi đáp hưu trí tự nguyện", Kind: "leaflet", Copies: 60}}
	act = must(a.SaveActivity(ctx, act))(t)
	must(a.SaveActivity(ctx, training("Buổi khác")))(t)
	e := must(a.AddEvidence(ctx, act.Ref(), photo(t, "IMG_2041 nhà rông.jpg", 90)))(t)
	must(a.CaptionEvidence(ctx, e.ID, "Bà con ký nhận bên bếp lửa"))(t)
	return a, act
}

// TestASearchFindsWhatBelongsToAnActivity and says why: leaflets handed out, topics, what
// photos show and are called.
func TestASearchFindsWhatBelongsToAnActivity(t *testing.T) {
	a, act := besideOffice(t)
	for typed, want := range map[string]struct{ why, place string }{
		"huu tri tu nguyen":     {"tài liệu đã phát “Hỏi đáp hưu trí tự nguyện (Tờ rơi, tờ gấp)”", record.PlaceMaterials},
		"tờ rơi hưu trí thôn 3": {"tài liệu đã phát “Hỏi đáp hưu trí tự nguyện", record.PlaceMaterials},
		"tien luong toi thieu":  {"chủ đề “Tiền lương", record.PlaceTopics},
		"bếp lửa":               {"minh chứng “Bà con ký nhận bên bếp lửa”", record.PlaceEvidence},
		"img_2041":              {"minh chứng “IMG_2041 nhà rông.jpg”", record.PlaceEvidence},
	} {
		hits := must(a.SearchAll(ctx, typed, 12))(t)
		if len(hits) != 1 || hits[0].Ref != act.Ref() {
			t.Errorf("%q finds %+v", typed, hits)
			continue
		}
		if h := hits[0]; !strings.HasPrefix(h.Why.VI, want.why) || h.Place.Field != want.place {
			t.Errorf("%q is said to be found by %+v at %+v", typed, h.Why, h.Place)
		}
		page := must(a.Activities(ctx, record.ActivityFilter{Text: typed}))(t)
		if page.Total != 1 || len(page.Lines) != 1 || page.Lines[0].ID != act.ID {
			t.Errorf("%q narrows the list to %+v", typed, page)
		}
		if out := must(a.Rows(ctx, record.ListFilter{Noun: "activity", Text: typed}))(t); out.Total != 1 {
			t.Errorf("%q narrows what goes out to %d", typed, out.Total)
		}
	}
	if hits := must(a.SearchAll(ctx, "tap huan thon 3", 12))(t); len(hits) != 1 || hits[0].Why != (record.Words{}) {
		t.Errorf("by its title: %+v", hits)
	}
}

// TestASearchFollowsWhatBelongsToAnActivity: changed, taken away and brought back.
func TestASearchFollowsWhatBelongsToAnActivity(t *testing.T) {
	a, act := besideOffice(t)
	finds := func(typed string, want bool) {
		t.Helper()
		if hits := must(a.SearchAll(ctx, typed, 12))(t); (len(hits) == 1) != want {
			t.Errorf("%q finds %+v", typed, hits)
		}
	}
	finds("bep lua", true)
	e := must(a.EvidenceOf(ctx, act.Ref()))(t)[0]
	must(a.CaptionEvidence(ctx, e.ID, "Phát quà"))(t)
	finds("bep lua", false)
	finds("phat qua", true)
	ch := must(a.RemoveEvidence(ctx, e.ID))(t)
	finds("phat qua", false)
	must(a.Undo(ctx, ch.Batch))(t)
	finds("phat qua", true)
	act.Materials[0].Name = "Cẩm nang an toàn điện"
	act.Topics = nil
	act = must(a.SaveActivity(ctx, act))(t)
	finds("huu tri", false)
	finds("tien luong", false)
	finds("cam nang", true)
	finds("phat qua", true)
	must(a.DeleteActivity(ctx, act.ID))(t)
	finds("cam nang", false)
	finds("phat qua", false)
}

// TestAFoundTextIsShortAroundItsWords.
func TestAFoundTextIsShortAroundItsWords(t *testing.T) {
	long := "Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn tiền lương mười sáu mười bảy"
	got := around(long, []string{"luong"})
	if !strings.Contains(got, "lương") || !strings.HasPrefix(got, "…") || len([]rune(got)) > mostSaid+1 {
		t.Errorf("said: %q", got)
	}
	if got := around(long, []string{"mot"}); !strings.HasPrefix(got, "Một hai") || !strings.HasSuffix(got, "…") {
		t.Errorf("said: %q", got)
	}
}

// TestAFileAskedForByItsNameComesFirst, before rows that have its words here and there.
func TestAFileAskedForByItsNameComesFirst(t *testing.T) {
	a := newApp(t)
	loose := training("Phổ biến ở thôn phía đông")
	loose.When.Date = "2026-03-10"
	loose = must(a.SaveActivity(ctx, loose))(t)
	must(a.CaptionEvidence(ctx, must(a.AddEvidence(ctx, loose.Ref(), photo(t, "x.jpg", 40)))(t).ID, "Ảnh phát tờ rơi"))(t)
	exact := newTraining(t, a, "Buổi thứ hai")
	must(a.AddEvidence(ctx, exact.Ref(), photo(t, "anh-thon-dong.jpg", 80)))(t)
	found := must(a.SearchAll(ctx, "anh-thon-dong", 10))(t)
	if len(found) != 2 || found[0].Ref != exact.Ref() || found[0].Place.Text == "" {
		t.Errorf("%+v", found)
	}
}
