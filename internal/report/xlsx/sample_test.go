package xlsx_test

import (
	"fmt"
	"math/rand/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func id(n int) record.ID { return record.NewID(int64(n)+1, [10]byte{}) }

var topics = []record.Term{
	{Code: "LD02", Words: record.Words{VI: "Hợp đồng lao động"}},
	{Code: "LD06", Words: record.Words{VI: "Thương lượng tập thể, thỏa ước lao động tập thể"}},
	{Code: "LD07", Words: record.Words{VI: "Tiền lương, tiền lương tối thiểu, thưởng"}},
	{Code: "LD10", Words: record.Words{VI: "An toàn, vệ sinh lao động"}},
	{Code: "BH01", Words: record.Words{VI: "Bảo hiểm xã hội bắt buộc"}},
}

var office = record.Office{
	Name: "Phòng Văn hóa – Xã hội", ParentName: "Ủy ban nhân dân xã Đăk Hà", Place: "Đăk Hà",
	Recipient: "Sở Nội vụ tỉnh Quảng Ngãi", Series: "BC-VHXH", PeriodRule: "plan",
	Head: record.Signer{Name: "Nguyễn Thị Ánh Nguyệt", Title: "Trưởng phòng"},
}

var hosts = []record.Unit{
	{ID: id(9001), Kind: "enterprise", Name: "Công ty trách nhiệm hữu hạn một thành viên Cao su Kon Tum"},
	{ID: id(9002), Kind: "commune", Type: "xã", Name: "Đăk Hà"},
	{ID: id(9003), Kind: "school", Name: "Trường Phổ thông Dân tộc nội trú Đăk Hà"},
}

// sample is an office of n activities over the year of the period, and the year before,
// the same each time. Planted are names and numbers that must not come out.
func sample(n int) report.Yearly {
	in := report.Input{Office: office, Period: report.Period("plan", 2026, ""), Units: map[record.ID]record.Unit{}, Targets: targets}
	names := map[record.ID]string{}
	for _, u := range hosts {
		in.Units[u.ID], names[u.ID] = u, u.FullName()
	}
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		in.Activities = append(in.Activities, activity(r, i, in.Period.From))
	}
	for i := range n / 4 {
		in.Questions = append(in.Questions, record.Question{
			ID: id(20000 + i), Received: in.Period.From.AddDays(3 * i), Text: fmt.Sprintf("Câu hỏi %d: thử việc bao nhiêu ngày?", i+1), Topics: []string{topics[i%5].Code},
			AskerGroup: "worker", Asker: "Y Hlim", Contact: "0905123456", UnitText: "nhà A Blan", Note: "A Blan", UnitID: hosts[1].ID, Due: record.Due{On: in.Period.From.AddDays(3*i + 7)},
		})
	}
	in.Materials = []record.Material{{ID: id(30000), Kind: "leaflet", Title: "Tờ gấp hợp đồng lao động", Languages: []string{"Tiếng Việt", "Tiếng Xơ-đăng"}, On: "2026-03-01", Made: 500, Given: 120, Note: "A Blan"}}
	in.Budgets = []record.Budget{{ID: id(30001), Year: 2026, Source: "state", Task: "IV.2.a", Content: "In tờ gấp", Planned: 18_000_000, Spent: 7_500_000, Note: "A Blan"}}
	return yearly(in, names)
}

var targets = []record.Target{
	{Code: "c", Name: record.Words{VI: "Đơn vị có ít nhất 02 cuộc"}, Rule: record.Words{VI: "Đơn vị đã tham gia ít nhất 02 cuộc, trên tổng số đơn vị"}, Valid: record.Validity{From: "2024-01-01"},
		Counts: "units", Threshold: 100, UnitKinds: []string{"enterprise", "school"}, Roles: []string{"host"}, Least: 2},
	{Code: "d", Name: record.Words{VI: "Câu hỏi được trả lời"}, Valid: record.Validity{From: "2024-01-01"}, Counts: "questions", Threshold: 90},
}

func yearly(in report.Input, names map[record.ID]string) report.Yearly {
	y := report.Yearly{Office: in.Office, Printed: "2026-12-03", Figures: report.Compute(in), Outlooks: report.Outlooks(in, "2026-12-03"), UnitNames: names, Topics: topics,
		Texts: map[string]string{"difficulties": "Đường đi lại khó khăn.\nThiếu người biết tiếng Xơ-đăng.", "proposals": "=1+1"}}
	y.Tables(in)
	before := y.Figures
	before.Period = report.Period("plan", 2025, "")
	y.Before = &before
	since := y.Figures
	since.Period = report.Between("2024-01-01", in.Period.To)
	y.Since = &since
	return y
}

func activity(r *rand.Rand, i int, from record.Date) record.Activity {
	kind := record.ActivityKinds[i%9].Code
	a := record.Activity{
		ID: id(i), Kind: kind, Status: "held", Mode: record.Modes[r.IntN(3)].Code, Direct: i%3 > 0,
		Title: fmt.Sprintf("Hội nghị phổ biến Bộ luật Lao động và các văn bản hướng dẫn thi hành lần thứ %d", i+1),
		When:  record.Occasion{Date: from.AddDays(r.IntN(365)), Place: "Nhà rông thôn Kon Trang Long Loi"},
		Note:  "ghi chú nội bộ", Speakers: []string{"A Blan"}, HostUnitID: hosts[r.IntN(3)].ID,
		Topics: []string{topics[r.IntN(3)].Code, topics[3+r.IntN(2)].Code},
	}
	if kind != "directive" {
		h := record.HeadCount{Workers: r.Int64N(900), Employers: r.Int64N(20), Officials: r.Int64N(30), Mediators: r.Int64N(4)}
		h.Total = h.Workers + h.Employers + h.Officials + h.Mediators + r.Int64N(10)
		h.Women, h.EthnicMinority, h.Disabled = h.Total/2, h.Total/3, h.Total/40
		a.Heads = h
	}
	if kind == "contest" {
		a.Prizes = r.Int64N(9)
	}
	return a
}
