package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func demoOffice(t testing.TB, o DemoOptions, now time.Time) *App {
	t.Helper()
	a := must(CreateDemo(ctx, t.TempDir(), o, at(now)))(t)
	t.Cleanup(func() { a.Close() })
	return a
}

// TestTheOverviewSaysWhatTheReportSays of the same days.
func TestTheOverviewSaysWhatTheReportSays(t *testing.T) {
	for _, rule := range []string{"plan", "nd09", "calendar"} {
		t.Run(rule, func(t *testing.T) {
			a := demoOffice(t, DemoOptions{Seed: 3, Years: 2, PerYear: 60, People: 4}, time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC))
			office := must(a.Office(ctx))(t)
			office.PeriodRule = rule
			if err := a.SaveOffice(ctx, office); err != nil {
				t.Fatal(err)
			}
			o := must(a.Overview(ctx))(t)
			agreeWithReport(t, a, o)
		})
	}
}

func agreeWithReport(t *testing.T, a *App, o record.Overview) {
	t.Helper()
	figures := must(a.Figures(ctx, o.Period))(t)
	same := func(what string, got int64, code, split string) {
		t.Helper()
		if want, _ := figures.Value(code, split); got != want {
			t.Errorf("%s: the overview says %d, the report %d", what, got, want)
		}
	}
	if o.Sessions.Now == 0 || o.People.Now == 0 {
		t.Fatalf("nothing was held: %+v", o)
	}
	same("sessions", o.Sessions.Now, "I4", "")
	same("people", o.People.Now, "I5", "")
	same("women", o.Women.Now, "I5", "group=women")
	for _, p := range o.Audiences {
		same(p.Code, p.Value, "I5", "audience="+p.Code)
	}
	kinds := map[string]int64{}
	for _, p := range o.Kinds {
		kinds[p.Code] = p.Value
	}
	same("trainings", kinds["training"], "I2", "")
	same("dialogues", kinds["dialogue"], "I7", "kind=dialogue")
	same("contests", kinds["contest"], "I8", "")
	in := must(a.reportInput(ctx, o.Period))(t)
	months := report.Monthly(in)
	if len(months) != len(o.Months) {
		t.Fatalf("%d months, the report has %d", len(o.Months), len(months))
	}
	for i, m := range months {
		got := o.Months[i]
		if got.Days != m.Days || got.Sessions.Now != m.Direct || got.People.Now != m.Attended {
			t.Errorf("month %v: %+v, the report has %d sessions, %d people", m.Days, got, m.Direct, m.Attended)
		}
	}
}

// TestLastYearStandsBesideMonthByMonth, and its sums up to the same day.
func TestLastYearStandsBesideMonthByMonth(t *testing.T) {
	a := demoOffice(t, DemoOptions{Seed: 5, Years: 2, PerYear: 60, People: 4}, time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC))
	o := must(a.Overview(ctx))(t)
	last := must(a.Period(ctx, o.Year-1, ""))(t)
	for i, m := range report.Monthly(must(a.reportInput(ctx, last))(t)) {
		if got := o.Months[i]; got.Sessions.Before != m.Direct || got.People.Before != m.Attended {
			t.Errorf("a year before %v: %+v, the report has %d and %d", m.Days, got, m.Direct, m.Attended)
		}
	}
	span := must(a.Between(last.From, "2025-06-15"))(t)
	figures := must(a.Figures(ctx, span))(t)
	if want, _ := figures.Value("I4", ""); o.Sessions.Before != want {
		t.Errorf("up to the same day a year before: %d sessions, want %d", o.Sessions.Before, want)
	}
}

// TestTheReportingYearIsTheOneWhoseReportIsStillToBeSent.
func TestTheReportingYearIsTheOneWhoseReportIsStillToBeSent(t *testing.T) {
	for _, tt := range []struct {
		today, rule string
		year        int
		left, work  int
	}{
		{"2026-03-10", "plan", 2026, 269, 188},
		{"2026-12-01", "plan", 2026, 3, 3},
		{"2026-12-04", "plan", 2026, 0, 0},
		{"2026-12-05", "plan", 2027, 364, 0},
		{"2026-12-10", "nd09", 2026, -6, -4},
		{"2026-12-15", "nd09", 2027, 354, 0},
		{"2026-12-31", "calendar", 2026, -27, 0},
		{"2027-01-01", "calendar", 2027, 337, 0},
	} {
		days, err := readHolidays()
		if err != nil {
			t.Fatal(err)
		}
		g := &glance{o: record.Overview{Today: record.Date(tt.today)}, days: days}
		g.setYear(years{}, tt.rule)
		if g.o.Year != tt.year || g.o.Report.Days != tt.left || tt.work != 0 && g.o.Report.WorkDays != tt.work {
			t.Errorf("%s, %s: year %d, %d days, %d working days left", tt.today, tt.rule, g.o.Year, g.o.Report.Days, g.o.Report.WorkDays)
		}
	}
}

// TestUnitsOfTheOfficeItselfAreNotCounted, nor those that no longer exist.
func TestUnitsOfTheOfficeItselfAreNotCounted(t *testing.T) {
	a := newApp(t)
	unit := func(name string, workers int64, valid record.Validity) record.ID {
		return must(a.SaveUnit(ctx, record.Unit{Kind: "enterprise", Name: name, Workers: record.Workers{Total: workers}, Valid: valid}))(t).ID
	}
	twice, once := unit("Hai lần", 10, record.Validity{}), unit("Một lần", 20, record.Validity{})
	unit("Nhỏ", 3, record.Validity{})
	unit("Chưa lần nào", 300, record.Validity{From: "2020-01-01"})
	unit("Đã giải thể", 900, record.Validity{To: "2025-12-31"})
	for i, reached := range [][]record.ID{{twice}, {twice, once}} {
		act := training(fmt.Sprint("Tập huấn ", i))
		act.UnitsReached, act.HostUnitID = reached, must(a.Office(ctx))(t).UnitID
		must(a.SaveActivity(ctx, act))(t)
	}
	must(a.SaveActivity(ctx, record.Activity{Kind: "training", Title: "Hủy", Status: "cancelled", UnitsReached: []record.ID{once}, When: record.Occasion{Date: "2026-03-01"}}))(t)
	c := standing(t, must(a.Overview(ctx))(t), "c")
	if c.Numerator != 1 || c.Denominator != 4 {
		t.Errorf("%d of %d units, want 1 of 4", c.Numerator, c.Denominator)
	}
	y := must(a.glance(ctx))(t).year.Units
	if y.Never != 2 || y.ExampleName != "Chưa lần nào" {
		t.Errorf("%d never reached, such as %q", y.Never, y.ExampleName)
	}
}

func standing(t *testing.T, o record.Overview, code string) record.Standing {
	t.Helper()
	for _, s := range o.Targets {
		if s.Code == code {
			return s
		}
	}
	t.Fatalf("no target %s", code)
	return record.Standing{}
}

func question(text string, received, due record.Date) record.Question {
	return record.Question{Text: text, Received: received, Due: record.Due{On: due}}
}

func answered(q record.Question, on record.Date) record.Question {
	q.Answer, q.AnsweredOn = "Theo Điều 98.", on
	return q
}

func TestQuestionsAreBehindOnlyForWhatIsOverdue(t *testing.T) {
	a := newApp(t)
	ask := func(q record.Question) record.Question { return must(a.SaveQuestion(ctx, q))(t) }
	ask(answered(question("Đúng hạn", "2026-02-02", "2026-02-09"), "2026-02-06"))
	ask(answered(question("Muộn", "2026-02-02", "2026-02-09"), "2026-02-10"))
	ask(answered(question("Hạn được tính", "2026-02-02", ""), "2026-02-20"))
	ask(question("Trong hạn", "2026-03-16", "2026-03-23"))
	ask(question("Năm trước", "2025-11-03", ""))
	d := standing(t, must(a.Overview(ctx))(t), "d")
	if d.Numerator != 3 || d.Denominator != 4 || d.State != record.StandingGoing || !strings.Contains(d.Rule.VI, "Đúng hạn 1, muộn 2") {
		t.Errorf("%+v", d)
	}
	late := ask(question("Quá hạn", "2026-02-02", "2026-02-20"))
	if d = standing(t, must(a.Overview(ctx))(t), "d"); d.State != record.StandingBehind || d.Detail.VI != "1 câu quá hạn" {
		t.Errorf("with one overdue: %+v", d)
	}
	ask(answered(late, "2026-03-03"))
	if d = standing(t, must(a.Overview(ctx))(t), "d"); d.State != record.StandingGoing {
		t.Errorf("answered: %+v", d)
	}
}

func TestWhatIsDueStandsByItsDayInWords(t *testing.T) {
	a := newApp(t)
	for _, q := range []record.Question{
		question("Làm thêm giờ\ntính thế nào?", "2026-03-09", "2026-03-16"), question("Hạn hôm nay", "2026-03-13", "2026-03-20"),
		question("Mai", "2026-03-16", "2026-03-23"), question("Sang tuần", "2026-03-16", "2026-03-26"), question("Xa", "2026-03-16", "2026-04-10"),
		answered(question("Xong", "2026-03-09", "2026-03-16"), "2026-03-16"),
	} {
		must(a.SaveQuestion(ctx, q))(t)
	}
	for _, p := range []record.Occasion{{Date: "2026-03-16"}, {Date: "2026-03-19", EndDate: "2026-03-21"}, {Date: "2026-04-01"}, {Date: "2026-04-10"}} {
		must(a.SaveActivity(ctx, record.Activity{Kind: "direct", Title: "Dự kiến " + string(p.Date[8:]), Status: "planned", When: p}))(t)
	}
	var got []string
	for _, l := range must(a.Overview(ctx))(t).Due {
		got = append(got, fmt.Sprintf("%s %s: %s (%s, %s)", l.Ref.Noun, l.Words.VI, l.When.VI, l.State, l.Area))
	}
	want := []string{
		"question Làm thêm giờ tính thế nào?: quá hạn 4 ngày làm việc (passed, questions)",
		"activity Dự kiến 16: đã qua 4 ngày (passed, activities)",
		"question Hạn hôm nay: hạn hôm nay (soon, questions)",
		"activity Dự kiến 19: ngày mai (soon, activities)",
		"question Mai: còn 1 ngày làm việc (soon, questions)",
		"question Sang tuần: còn 4 ngày làm việc (ahead, questions)",
		"activity Dự kiến 01: còn 12 ngày (ahead, activities)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTheNextErrandIsTheMostUrgent: each thing done brings the next rule up.
func TestTheNextErrandIsTheMostUrgent(t *testing.T) {
	now := today
	a := open(t, newFolder(t), Options{Now: func() time.Time { return now }})
	next := func(area, beginning string) record.Errand {
		t.Helper()
		e := must(a.Overview(ctx))(t).Next
		if e.Area != area || !strings.HasPrefix(e.Words.VI, beginning) || e.Do.VI == "" || e.Words.EN == "" || e.Do.EN == "" {
			t.Errorf("next is %q in %q, want %q in %q", e.Words.VI, e.Area, beginning, area)
		}
		return e
	}
	if o := must(a.Overview(ctx))(t); !o.Empty {
		t.Error("a new office is not empty")
	}
	next(record.AreaActivities, "Hai tuần tới chưa có hoạt động nào")

	u := must(a.SaveUnit(ctx, record.Unit{Kind: "enterprise", Name: "Công ty An Phát"}))(t)
	if o := must(a.Overview(ctx))(t); o.Empty {
		t.Error("with a unit it is still empty")
	}
	next(record.AreaRegisters, "1 đơn vị trong kỳ chưa có cuộc nào, trong đó có Công ty An Phát")

	q := must(a.SaveQuestion(ctx, question("Lương ngừng việc?", "2026-03-09", "2026-03-16")))(t)
	plan := must(a.SaveActivity(ctx, record.Activity{Kind: "direct", Title: "Phổ biến ở thôn", Status: "planned", When: record.Occasion{Date: "2026-03-01"}}))(t)
	if e := next(record.AreaQuestions, "Câu hỏi “Lương ngừng việc?” quá hạn 4 ngày làm việc."); e.Ref != q.Ref() {
		t.Errorf("it leads to %v", e.Ref)
	}
	must(a.SaveQuestion(ctx, answered(q, "2026-03-20")))(t)
	if e := next(record.AreaActivities, "“Phổ biến ở thôn” dự kiến ngày 01/03/2026 đã qua."); e.Ref != plan.Ref() {
		t.Errorf("it leads to %v", e.Ref)
	}
	plan.Status, plan.UnitsReached = "held", []record.ID{u.ID}
	plan = must(a.SaveActivity(ctx, plan))(t)
	next(record.AreaActivities, "“Phổ biến ở thôn” ngày 01/03/2026 chưa ghi ai tham dự.")
	plan.Heads.Total = 40
	must(a.SaveActivity(ctx, plan))(t)
	next(record.AreaSafety, "Sổ chưa được sao lưu lần nào.")
	must(a.Backup(ctx, ""))(t)
	news := must(a.SaveActivity(ctx, record.Activity{Kind: "article", Title: "Bài trên trang xã", Status: "held", When: record.Occasion{Date: "2026-03-02"}}))(t)
	next(record.AreaActivities, "“Bài trên trang xã” ngày 02/03/2026 chưa có đường dẫn")
	news.Link = "https://xa.example/bai"
	must(a.SaveActivity(ctx, news))(t)
	next(record.AreaActivities, "Hai tuần tới chưa có hoạt động nào")

	now = now.AddDate(0, 0, 9)
	next(record.AreaSafety, "Đã 9 ngày chưa sao lưu sổ.")
	now = now.AddDate(0, 0, 30)
	must(a.Backup(ctx, ""))(t)
	next(record.AreaExchange, "Những gì ghi từ 20/03/2026 chưa đóng gói")
	must(a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}))(t)
	must(a.SaveActivity(ctx, record.Activity{Kind: "direct", Title: "Tuần sau", Status: "planned", When: record.Occasion{Date: record.DateOf(now).AddDays(7)}}))(t)
	next(record.AreaActivities, "Sắp tới: “Tuần sau”, còn 7 ngày")
	must(a.DeleteRecord(ctx, must(a.Overview(ctx))(t).Next.Ref))(t)

	now = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	must(a.Backup(ctx, ""))(t)
	must(a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}))(t)
	next(record.AreaReports, "Báo cáo năm 2026 phải gửi chậm nhất ngày 04/12/2026: còn 14 ngày.")
}

func TestCopiesGivenAreThoseOfActivitiesAndOfMaterials(t *testing.T) {
	a := newApp(t)
	act := training("Tập huấn")
	act.Materials = []record.MaterialGiven{{Name: "Tờ gấp", Copies: 40}, {Name: "Sổ tay", Copies: 2}}
	must(a.SaveActivity(ctx, act))(t)
	must(a.SaveRecord(ctx, record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-02-01", Made: 500, Given: 100}))(t)
	must(a.SaveRecord(ctx, record.Material{Kind: "leaflet", Title: "Cũ", On: "2025-02-01", Given: 7}))(t)
	must(a.SaveRecord(ctx, record.Publication{Document: "337/2025/NĐ-CP", Title: "Hợp đồng lao động điện tử", Channel: "office", On: "2026-02-01"}))(t)
	o := must(a.Overview(ctx))(t)
	if o.Materials != (record.Tally{Now: 142, Before: 7}) {
		t.Errorf("copies: %+v", o.Materials)
	}
	if b := standing(t, o, "b"); b.Numerator != 1 || b.Denominator != 11 || b.Detail.VI != "còn 10 văn bản" {
		t.Errorf("published: %+v", b)
	}
}

func TestDaysOffOfTheOfficeMoveWhatIsLeft(t *testing.T) {
	a := newApp(t)
	before := must(a.Overview(ctx))(t).Report
	must(a.SaveHoliday(ctx, record.Holiday{Day: "2026-12-04", Name: "Nghỉ bù"}))(t)
	after := must(a.Overview(ctx))(t).Report
	if after.WorkDays != before.WorkDays-1 || before.LastWork != "2026-12-04" || after.LastWork != "2026-12-03" {
		t.Errorf("before %+v, after %+v", before, after)
	}
}

func TestALongQuestionIsCutBetweenWords(t *testing.T) {
	long := strings.Repeat("người lao động ", 20)
	if got := shortened(long); !strings.HasSuffix(got, "…") || len([]rune(got)) > firstWords+1 || strings.Contains(got, " …") {
		t.Errorf("%q", got)
	}
	if got := shortened(strings.Repeat("a", 500)); len([]rune(got)) != firstWords+1 {
		t.Errorf("%d letters", len([]rune(got)))
	}
}
