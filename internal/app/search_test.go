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
