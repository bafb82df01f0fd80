package xlsx_test

import (
	"fmt"
	"math/rand/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
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

// sample is an office of n activities over the year of the period, the same each time.
func sample(n int) xlsx.Input {
	in := report.Input{Office: office, Period: report.Period("plan", 2026, ""), Units: map[record.ID]record.Unit{}}
	names := map[record.ID]string{}
	for _, u := range hosts {
		in.Units[u.ID], names[u.ID] = u, u.FullName()
	}
	r := rand.New(rand.NewPCG(7, 7))
	for i := range n {
		in.Activities = append(in.Activities, activity(r, i, in.Period.From))
	}
	return input(in, names)
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

func input(in report.Input, names map[record.ID]string) xlsx.Input {
	return xlsx.Input{
		Office: in.Office, Figures: report.Compute(in), Months: report.Monthly(in), Audiences: report.ByAudience(in),
		Activities: report.Counted(in), UnitNames: names, Topics: topics, PrintedOn: "2026-12-03",
	}
}
