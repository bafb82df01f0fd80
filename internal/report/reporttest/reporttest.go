// Package reporttest makes the report of an office for tests of what prints it. Only tests
// import it.
package reporttest

import (
	"fmt"
	"math/rand/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func id(n int) record.ID { return record.NewID(int64(n)+1, [10]byte{}) }

var topics = []record.Term{
	{Code: "LD02", Words: record.Words{VI: "Hợp đồng lao động"}},
	{Code: "LD07", Words: record.Words{VI: "Tiền lương, tiền lương tối thiểu, thưởng"}},
	{Code: "BH01", Words: record.Words{VI: "Bảo hiểm xã hội bắt buộc"}},
}

// Signer is the one person a report names.
const Signer = "Nguyễn Thị Ánh Nguyệt"

// What is planted must not come out, whichever field it stands in.
const (
	PlantedName   = "Y Planted Hờ Rin"
	PlantedPhone  = "0905123987"
	PlantedNumber = "062087009911"
	planted       = PlantedName + " " + PlantedPhone + " " + PlantedNumber
)

func office() record.Office {
	return record.Office{
		UnitID: id(9002), Name: "Phòng Văn hóa – Xã hội", ParentName: "Ủy ban nhân dân xã Đăk Hà", Place: "Đăk Hà",
		Recipient: "Sở Nội vụ tỉnh Quảng Ngãi", Series: "BC-VHXH", PeriodRule: "plan", Notice: planted,
		Head:     record.Signer{Name: Signer, Title: "Trưởng phòng", For: "KT. Chủ tịch"},
		Officers: []record.Officer{{ID: id(1), Name: planted, Title: planted}},
		Collects: []record.Collect{{Field: "phone", Purpose: planted}},
	}
}

func units() map[record.ID]record.Unit {
	out := map[record.ID]record.Unit{}
	for _, u := range []record.Unit{
		{ID: id(9001), Kind: "enterprise", Name: "Công ty TNHH Cao su Kon Tum", ParentID: id(9002), Workers: record.Workers{Total: 1234}, Focus: []string{"fdi"}},
		{ID: id(9002), Kind: "commune", Type: "xã", Name: "Đăk Hà", ParentID: id(9004)},
		{ID: id(9003), Kind: "school", Name: "Trường Phổ thông Dân tộc nội trú Đăk Hà", ParentID: id(9002)},
		{ID: id(9004), Kind: "province", Type: "tỉnh", Name: "Quảng Ngãi"},
		{ID: id(9005), Kind: "cooperative", Name: "Hợp tác xã Đăk Mar", ParentID: id(9002), Workers: record.Workers{Total: 30}},
	} {
		out[u.ID] = u
	}
	return out
}

var sampleTargets = []record.Target{
	{Code: "c", Name: record.Words{VI: "Đơn vị có ít nhất 02 cuộc trong năm"}, Rule: record.Words{VI: "Đơn vị đã có 02 cuộc, trên tổng số"}, Owner: "office",
		Valid: record.Validity{From: "2024-01-01"}, Counts: "units", Threshold: 100, UnitKinds: []string{"enterprise", "school", "cooperative"},
		Roles: []string{"host", "reached"}, Least: 2},
	{Code: "d", Name: record.Words{VI: "Câu hỏi được trả lời"}, Rule: record.Words{VI: "Đã trả lời trên số đã nhận"}, Owner: "office",
		Valid: record.Validity{From: "2024-01-01"}, Counts: "questions", Threshold: 90, Full: 100},
	{Code: "dialogue", Name: record.Words{VI: "Hội nghị đối thoại hằng năm"}, Rule: record.Words{VI: "Ít nhất 01 trong kỳ"}, Owner: "province",
		Valid: record.Validity{From: "2024-01-01"}, Counts: "dialogue", Threshold: 100},
}

// Sample is the report of an office of n activities a year, the same each time; what is
// planted stands wherever people are named.
func Sample(n int) report.Yearly { return yearly(Input(n)) }

// Input is what the sample is counted from.
func Input(n int) report.Input {
	in := report.Input{Office: office(), Period: report.Period("plan", 2026, ""), Units: units(), Targets: sampleTargets}
	r := rand.New(rand.NewPCG(7, 7))
	before := report.Period("plan", 2025, "")
	for i := range n {
		in.Activities = append(in.Activities, activity(r, 2*i, in.Period.From), activity(r, 2*i+1, before.From))
	}
	for i := range 12 {
		q := record.Question{
			ID: id(7000 + i), Received: in.Period.From.AddDays(20 * i), Text: planted, Answer: planted, AnsweredBy: planted, Asker: planted, Contact: planted,
			Note: planted, UnitText: planted, AskerGroup: "worker", UnitID: id(9001), Routed: record.Routed{To: planted}, Difficulty: i%4 == 0,
		}
		if i%3 > 0 {
			q.AnsweredOn, q.Due.On = q.Received.AddDays(3), q.Received.AddDays(5)
		}
		in.Questions = append(in.Questions, q)
	}
	in.Directives = []record.Directive{{ID: id(7100), Kind: "plan", Issued: "2026-01-15", Title: planted, Note: planted, Content: planted}}
	in.Materials = []record.Material{{ID: id(7200), Kind: "leaflet", Title: planted, On: "2026-02-01", Made: 1500, Given: 100, Languages: []string{"Tiếng Việt"}, Source: planted, Note: planted}}
	in.Surveys = []record.Survey{{ID: id(7300), Purpose: "needs", Title: planted, On: "2026-03-01", Sent: 120, Returned: 96, Result: planted, Note: planted}}
	in.Models = []record.Model{{ID: id(7400), Title: planted, Content: planted, Result: planted, Place: planted, Note: planted, Since: "2026-04-01", TakenOver: []record.ID{id(9001)}}}
	in.Budgets = []record.Budget{{ID: id(7500), Year: 2026, Source: "state", Task: "IV.2.a", Content: planted, Decision: planted, Note: planted, Planned: 23_000_000, Spent: 5_000_000}}
	return in
}

func activity(r *rand.Rand, i int, from record.Date) record.Activity {
	kind := record.ActivityKinds[i/2%9]
	a := record.Activity{
		ID: id(i), Kind: kind.Code, Status: "held", Mode: record.Modes[r.IntN(3)].Code, Direct: i%3 > 0,
		Task:  []string{"IV.1.a", "IV.1.b", "IV.2.a", "IV.2.d", "", "V.9"}[i/2%6],
		Title: fmt.Sprintf("Hội nghị phổ biến Bộ luật Lao động & các văn bản hướng dẫn <lần> thứ %d", i+1),
		When:  record.Occasion{Date: from.AddDays(r.IntN(365)), Place: "Nhà rông thôn Kon Trang Long Loi"},
		Note:  planted, Speakers: []string{planted}, Result: planted, Reason: planted, Channel: planted, Link: planted, WovenInto: planted,
		HostUnitID: id(9001 + r.IntN(3)), UnitsReached: []record.ID{id(9001)}, Topics: []string{topics[r.IntN(3)].Code},
		Costs: []record.Cost{{Source: "state", Amount: 1_200_000}}, Materials: []record.MaterialGiven{{Kind: "leaflet", Copies: r.Int64N(90)}},
	}
	if kind.Code != "directive" {
		h := record.HeadCount{Workers: r.Int64N(900), Employers: r.Int64N(20), Officials: r.Int64N(30), Mediators: r.Int64N(4)}
		h.Total = h.Workers + h.Employers + h.Officials + h.Mediators + r.Int64N(10)
		h.Women, h.EthnicMinority, h.Disabled = h.Total/2, h.Total/3, h.Total/40
		a.Heads = h
	}
	if kind.Code == "contest" {
		a.Prizes = r.Int64N(9)
	}
	return a
}

func yearly(in report.Input) report.Yearly {
	y := report.Yearly{
		Office: in.Office, Printed: "2026-12-03", Figures: report.Compute(in), Outlooks: report.Outlooks(in, "2026-12-03"),
		UnitNames: map[record.ID]string{}, Topics: topics,
		Texts: map[string]string{"leading": "Đoạn thứ nhất.\n\nĐoạn thứ hai & hết.", "next": "Tiếp tục thực hiện."},
	}
	y.Tables(in)
	for _, u := range in.Units {
		y.UnitNames[u.ID] = u.FullName()
	}
	p := in.Period
	in.Period = report.Period("plan", 2025, "")
	before := report.Compute(in)
	in.Period = report.Between("2024-01-01", p.To)
	since := report.Compute(in)
	y.Before, y.Since = &before, &since
	return y
}
