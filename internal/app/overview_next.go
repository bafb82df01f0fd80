package app

import (
	"fmt"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// When the overview speaks up, in days.
const (
	backupAfter   = 7
	handOverAfter = 30
	reportAhead   = 30
)

// A rule proposes one errand where it applies.
type rule func(*glance) (record.Errand, bool)

// rules say what is most worth doing, the most urgent first: people who wait, in whose name
// all is recorded, what the figures lack, what could be lost, what must be sent, then what would be good to
// have. Units nobody has been to come late, because in the first months of a year
// that is most of them, and a backup must not wait behind that.
var rules = []rule{
	overdueQuestion, endedUnit, returnedReport, passedPlan, withoutPeople, staleBackup, staleHandOver, nearReport, withoutProof, neverReached, nextPlan,
}

// next is the errand of the first rule that applies; the last always does.
func (g *glance) next() record.Errand {
	for _, r := range rules {
		if e, applies := r(g); applies {
			return e
		}
	}
	return record.Errand{
		Words: record.Words{VI: "Hai tuần tới chưa có hoạt động nào. Hãy lên kế hoạch cho hoạt động tiếp theo.", EN: "Nothing is planned for the next two weeks. Plan the next activity."},
		Do:    record.Words{VI: "Lên kế hoạch", EN: "Plan"}, Area: record.AreaActivities, Ref: record.Ref{Noun: "activity"},
	}
}

func overdueQuestion(g *glance) (record.Errand, bool) {
	if g.year.Overdue == 0 {
		return record.Errand{}, false
	}
	line := g.dueQuestion(g.year.Waiting[0])
	e := line.Errand
	e.Words = record.Words{
		VI: fmt.Sprintf("Câu hỏi “%s” %s.", line.Words.VI, line.When.VI),
		EN: fmt.Sprintf("The question “%s” is %s.", line.Words.EN, line.When.EN),
	}
	if n := g.year.Overdue; n > 1 {
		e.Words = record.Words{
			VI: fmt.Sprintf("%d câu hỏi quá hạn. Lâu nhất: “%s”, %s.", n, line.Words.VI, line.When.VI),
			EN: fmt.Sprintf("%d questions are overdue. The longest: “%s”, %s.", n, line.Words.EN, line.When.EN),
		}
	}
	return e, true
}

func endedUnit(g *glance) (record.Errand, bool) {
	return record.Errand{
		Words: endWords(g.ended), Do: record.Words{VI: "Đổi đơn vị", EN: "Change the unit"}, Area: record.AreaOffice,
	}, len(g.ended.Heirs) > 0
}

func returnedReport(g *glance) (record.Errand, bool) {
	p := g.back.Period
	of := record.Words{VI: "kỳ " + p.Span().String(), EN: p.Span().String()}
	if p.Year > 0 && p.Part == "" {
		of = record.Words{VI: fmt.Sprintf("năm %d", p.Year), EN: fmt.Sprint(p.Year)}
	}
	why := sentence(shortened(g.backFor.Reason))
	return record.Errand{
		Words: record.Words{
			VI: fmt.Sprintf("Cấp trên trả lại báo cáo %s: %s", of.VI, why),
			EN: fmt.Sprintf("The province returned the report of %s: %s", of.EN, why),
		},
		Do: record.Words{VI: "Lập bản mới", EN: "Revise"}, Area: record.AreaReports, Ref: g.back.Ref(),
	}, g.backFor.Status == "returned"
}

func passedPlan(g *glance) (record.Errand, bool) {
	if g.year.Passed == 0 {
		return record.Errand{}, false
	}
	for _, w := range g.year.Plans {
		if w.On >= g.o.Today {
			continue
		}
		e := g.duePlan(w).Errand
		e.Words = record.Words{
			VI: fmt.Sprintf("“%s” dự kiến ngày %s đã qua. Hãy ghi là đã tổ chức, đã hủy, hoặc đổi ngày.", e.Words.VI, w.On),
			EN: fmt.Sprintf("“%s”, planned for %s, has passed. Mark it held or cancelled, or move it.", e.Words.EN, w.On),
		}
		return e, true
	}
	return record.Errand{}, false
}

func withoutPeople(g *glance) (record.Errand, bool) {
	return bareActivity(g.year.NoPeople, record.Words{VI: "Ghi người tham dự", EN: "Add people"},
		record.Words{VI: "“%s” ngày %s chưa ghi ai tham dự.", EN: "“%s” of %s has no people yet."})
}

func withoutProof(g *glance) (record.Errand, bool) {
	return bareActivity(g.year.NoProof, record.Words{VI: "Bổ sung", EN: "Complete"},
		record.Words{VI: "“%s” ngày %s chưa có đường dẫn hoặc tệp minh chứng.", EN: "“%s” of %s has neither a link nor a file of evidence."})
}

func bareActivity(b store.Bare, do, lacks record.Words) (record.Errand, bool) {
	title := shortened(b.Newest.Title)
	words := record.Words{VI: fmt.Sprintf(lacks.VI, title, b.Newest.On), EN: fmt.Sprintf(lacks.EN, title, b.Newest.On)}
	if more := b.Count - 1; more > 0 {
		words.VI += fmt.Sprintf(" Còn %d hoạt động như vậy.", more)
		words.EN += fmt.Sprintf(" There are %d more like it.", more)
	}
	return record.Errand{Words: words, Do: do, Area: record.AreaActivities, Ref: record.Ref{Noun: "activity", ID: b.Newest.ID}}, b.Count > 0
}

func staleBackup(g *glance) (record.Errand, bool) {
	e := record.Errand{Do: record.Words{VI: "Sao lưu", EN: "Back up"}, Area: record.AreaSafety}
	last, err := time.Parse(time.RFC3339, g.o.Status.LastBackup)
	if err != nil {
		e.Words = record.Words{VI: "Sổ chưa được sao lưu lần nào.", EN: "The register was never backed up."}
		return e, g.year.Recorded > 0
	}
	days := int(g.now.Sub(last) / (24 * time.Hour))
	e.Words = count(days, "Đã %d ngày chưa sao lưu sổ.", "The register was not backed up for %d day.", "The register was not backed up for %d days.")
	return e, days > backupAfter
}

func staleHandOver(g *glance) (record.Errand, bool) {
	since := time.UnixMilli(g.unsentSince)
	days := int(g.now.Sub(since) / (24 * time.Hour))
	on := record.DateOf(since.In(g.now.Location()))
	return record.Errand{
		Words: record.Words{
			VI: fmt.Sprintf("Những gì ghi từ %s chưa đóng gói gửi lên cấp trên.", on),
			EN: fmt.Sprintf("What was recorded since %s was not handed over yet.", on),
		},
		Do: record.Words{VI: "Đóng gói", EN: "Hand over"}, Area: record.AreaExchange,
	}, g.unsentSince > 0 && g.year.Recorded > 0 && days > handOverAfter
}

func nearReport(g *glance) (record.Errand, bool) {
	d := g.o.Report
	left := count(d.Days, "còn %d ngày", "%d day left", "%d days left")
	if d.Days == 0 {
		left = record.Words{VI: "hạn hôm nay", EN: "due today"}
	}
	return record.Errand{
		Words: record.Words{
			VI: fmt.Sprintf("Báo cáo năm %d phải gửi chậm nhất ngày %s: %s.", g.o.Year, d.On, left.VI),
			EN: fmt.Sprintf("The report of %d is to be sent by %s: %s.", g.o.Year, d.On, left.EN),
		},
		Do: record.Words{VI: "Xem báo cáo", EN: "See the report"}, Area: record.AreaReports,
	}, d.Days >= 0 && d.Days <= reportAhead
}

func neverReached(g *glance) (record.Errand, bool) {
	u := g.year.Units
	return record.Errand{
		Words: record.Words{
			VI: fmt.Sprintf("%d đơn vị trong kỳ chưa có cuộc nào, trong đó có %s.", u.Never, u.ExampleName),
			EN: fmt.Sprintf("%d units had no session in the period, among them %s.", u.Never, u.ExampleName),
		},
		Do: record.Words{VI: "Xem đơn vị", EN: "See the unit"}, Area: record.AreaRegisters,
		Ref: record.Ref{Noun: "unit", ID: u.Example}, List: record.ListFilter{Noun: "unit", Sort: "sessions"},
	}, u.Never > 0
}

func nextPlan(g *glance) (record.Errand, bool) {
	for _, w := range g.year.Plans {
		line := g.duePlan(w)
		e := line.Errand
		e.Words = record.Words{
			VI: fmt.Sprintf("Sắp tới: “%s”, %s (%s).", e.Words.VI, line.When.VI, w.On),
			EN: fmt.Sprintf("Next: “%s”, %s (%s).", e.Words.EN, line.When.EN, w.On),
		}
		return e, true
	}
	return record.Errand{}, false
}
