package main

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
)

// rehearsedProvince is the office of the pictures as one that collects from others.
type rehearsedProvince struct {
	rehearsedExchange
	keyless *bool // its keys are not made yet
}

// provinceSteps show what an office has that collects from others.
func (p *program) provinceSteps() []step {
	tab := func(key string) func() {
		return func() { kit.CloseDialogs(p.window.Canvas()); p.screens.Exchange.View(key) }
	}
	enter := func(pane int) {
		panes := p.screens.Exchange.Panes()
		panes[pane].Enter(p.window.Canvas(), panes[pane].First())
	}
	keyless := false
	return []step{
		{"tinh-don-vi", func() {
			p.window.Resize(fyne.NewSize(1366, 768))
			p.showOffice(rehearsedProvince{rehearsedExchange{p.office}, &keyless})
			p.shell.Go(ui.AreaExchange)
		}},
		{"tinh-don-vi-mot", func() {
			enter(2)
			for range 4 {
				p.key(fyne.KeyDown)
			}
			p.key(fyne.KeyReturn)
		}},
		{"tinh-bao-cao", func() {
			p.screens.Exchange.Reload()
			enter(2)
			p.key(fyne.KeyHome)
			p.key(fyne.KeyEnd)
			p.key(fyne.KeyReturn)
		}},
		{"tinh-nhan-tra", func() { tab(exchange.TabIncoming)(); p.screens.Exchange.Dropped([]string{"E:"}) }},
		{"tinh-trung", tab(exchange.TabPairs)},
		{"tinh-may-khoa", tab(exchange.TabKeys)},
		{"tinh-dang-giu", func() {
			enter(0)
			p.key(fyne.KeyDown)
		}},
		{"tinh-thay-khoa", func() { p.screens.Exchange.Collects().Keys.AskReplace() }},
		{"tinh-tao-khoa", func() {
			keyless = true
			p.screens.Exchange.Reload()
		}},
		{"tinh-dung-lai", func() { p.screens.Exchange.Collects().Keys.AskRebuild() }},
	}
}

// key presses a key on what has the keyboard.
func (p *program) key(name fyne.KeyName) {
	if f := p.window.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// Exchange is that of a province.
func (r rehearsedProvince) Exchange(context.Context) (record.Exchange, error) {
	if *r.keyless {
		return record.Exchange{Role: record.RoleProvince, Province: "Sở Nội vụ tỉnh Quảng Ngãi"}, nil
	}
	return record.Exchange{
		Role: record.RoleProvince, Province: "Sở Nội vụ tỉnh Quảng Ngãi", Confirmed: true, Enrolled: true, Signs: true, RosterVersion: 12, Conflicts: 1,
	}, nil
}

// Status is that of an office that hands over to nobody.
func (r rehearsedProvince) Status(ctx context.Context) (record.Status, error) {
	s, err := r.App.Status(ctx)
	s.Collects, s.Unsent, s.Practice = true, 0, false
	return s, err
}

var rehearsedUnits = []string{
	"An Phú", "Ba Dinh", "Ba Động", "Ba Gia", "Ba Tơ", "Bình Chương", "Bình Minh", "Bình Sơn", "Bờ Y", "Cà Đam", "Đăk Hà", "Đăk Mar", "Đăk Pxi",
	"Đăk Tô", "Đăk Ui", "Kon Braih", "Kon Plông", "Lý Sơn", "Măng Đen", "Mộ Đức", "Nghĩa Giang", "Ngọk Réo", "Sa Thầy", "Sơn Hà", "Trà Bồng", "Ya Ly",
}

func rehearsedUnit(i int) record.Unit {
	id := record.NewID(int64(i+1), [10]byte{51})
	return record.Unit{ID: id, Kind: "commune", Type: "xã", Name: rehearsedUnits[i], Code: fmt.Sprint(23200 + 7*i)}
}

// UnitGrid has units of every kind: most in time, some late, one with a broken file.
func (rehearsedProvince) UnitGrid(_ context.Context, year int) (record.UnitGrid, error) {
	g := record.UnitGrid{Year: year, DueDay: 5}
	due := int(time.Now().Month()) - 1 // the month just ended
	if year < time.Now().Year() {
		due = 12
	}
	states := []string{"ontime", "ontime", "empty", "ontime", "late"}
	for i := range rehearsedUnits {
		row := record.UnitRow{Unit: rehearsedUnit(i), Machines: 1 + i%2, LastSeen: ago(24 * (1 + i))}
		for m := range row.Months {
			month := record.UnitMonth{State: "future"}
			if m < due {
				month = record.UnitMonth{State: states[(3*i+5*m+i*m)%len(states)], Received: fmt.Sprintf("%04d-%02d-%02d", year+(m+1)/12, (m+1)%12+1, 2+i%4), Work: (i + m) % 5}
			}
			row.Months[m] = month
		}
		if missed := i%6 == 4; missed && due > 0 {
			row.Months[due-1] = record.UnitMonth{State: "never"}
			row.Message = fmt.Sprintf("Kính gửi xã %s,\nSở Nội vụ chưa nhận được gói của tháng %d. Đề nghị mở Trao đổi, giao gói rồi gửi về.", row.Unit.Name, due)
			g.Totals.Never++
		}
		row.Report = rehearsedReport(i)
		g.Rows = append(g.Rows, row)
	}
	if due > 0 {
		g.Rows[9].Months[due-1] = record.UnitMonth{State: "damaged"}
		g.Rows[9].Alarm = record.Words{VI: "Tệp gần nhất đến nơi bị hỏng.", EN: "The latest file arrived damaged."}
		for _, r := range g.Rows {
			switch r.Months[due-1].State {
			case "ontime", "empty":
				g.Totals.OnTime++
			case "late":
				g.Totals.Late++
			case "damaged":
				g.Totals.Damaged++
			}
		}
	}
	g.Totals.Units = len(g.Rows)
	for _, r := range g.Rows {
		if r.Report.State != "none" {
			g.Totals.Reports++
		}
	}
	return g, nil
}

func rehearsedReport(i int) record.UnitReport {
	r := record.UnitReport{Report: record.NewID(int64(i+1), [10]byte{7}), Revision: 1, SignedOn: record.DateOf(time.Now()).AddDays(-9), Received: string(record.DateOf(time.Now()).AddDays(-6))}
	switch i % 5 {
	case 0:
		r.State = "accepted"
	case 4:
		r.State = "received"
	case 2:
		r.State, r.Reason = "returned", "Số lượt người tháng 8 lớn hơn danh sách."
	default:
		return record.UnitReport{State: "none"}
	}
	return r
}

// EventPairs are two that wait.
func (rehearsedProvince) EventPairs(context.Context) ([]record.EventPair, error) {
	day := record.DateOf(time.Now()).AddDays(-40)
	side := func(n int, title, place string, people int64) record.EventSide {
		u := rehearsedUnit(n)
		return record.EventSide{Activity: record.NewID(int64(n+100), [10]byte{9}), Unit: u.Code, UnitName: u.FullName(), Title: title, Day: day, Place: place, People: people}
	}
	return []record.EventPair{
		{
			A: side(10, "Tập huấn Bộ luật Lao động cho công nhân cao su", "Hội trường Nông trường Đăk Hà", 62),
			B: side(11, "Tập huấn pháp luật lao động, Nông trường Đăk Hà", "Nông trường Đăk Hà", 58), Score: 88,
			Why: []record.Words{{VI: "Cùng ngày.", EN: "The same day."}, {VI: "Nơi tổ chức gần như nhau.", EN: "Nearly the same place."}, {VI: "Tên gần như nhau.", EN: "Nearly the same title."}},
		},
		{
			A: side(13, "Đối thoại tại nơi làm việc", "Công ty May Đăk Tô", 35), B: side(14, "Đối thoại doanh nghiệp", "Đăk Tô", 35), Score: 64,
			Why: []record.Words{{VI: "Cùng ngày.", EN: "The same day."}, {VI: "Số người bằng nhau.", EN: "As many people."}},
		},
	}, nil
}

// TakeIn takes in what three units sent.
func (rehearsedProvince) TakeIn(_ context.Context, _ []string, progress func(done, total int)) (record.TakenIn, error) {
	progress(4, 4)
	file := func(n int, no int64, state record.TakenState, commits int, vi, en string) record.Taken {
		u := rehearsedUnit(n)
		return record.Taken{File: fmt.Sprintf("SPB_%s_7f2a_%05d_20261102_a1b2c3.sopb.zip", u.Code, no), State: state, Kind: "log", From: u.Code, Name: u.FullName(), No: no, Commits: commits, Words: record.Words{VI: vi, EN: en}}
	}
	return record.TakenIn{
		Files: []record.Taken{
			file(9, 6, record.TakenRefused, 0, "Tệp bị hỏng, sổ không đổi.", "The file is damaged; nothing was changed."),
			file(10, 9, record.TakenApplied, 31, "Đã nhận gói số 9 của xã Đăk Hà: 31 mục mới.", "Took in bundle 9: 31 entries."),
			file(11, 4, record.TakenApplied, 12, "Đã nhận gói số 4 của xã Đăk Mar: 12 mục mới.", "Took in bundle 4: 12 entries."),
			file(13, 8, record.TakenParked, 0, "Còn chờ gói số 7.", "It waits for bundle 7."),
		}, Ignored: 2, Applied: 2, Refused: 1, Commits: 43,
	}, nil
}

// Machines are those on the roster.
func (rehearsedProvince) Machines(context.Context) ([]record.Machine, error) {
	var out []record.Machine
	for i := range 9 {
		u := rehearsedUnit(10 + i)
		out = append(out, record.Machine{Device: fmt.Sprintf("c3d%x", i), Name: "Bàn 1", Unit: u.Code, UnitName: u.FullName(), Fingerprint: rehearsedDigits, State: "enrolled", Seen: ago(24 * (i + 1)), Commits: int64(31 * (i + 1))})
	}
	out[3].State = "revoked"
	out[5].Alarm = record.Words{VI: "Đồng hồ của máy này chạy nhanh hơn hai ngày; hãy chỉnh lại.", EN: "This machine's clock is more than two days ahead; set it."}
	return out, nil
}

// Enrolments are one that asks.
func (rehearsedProvince) Enrolments(context.Context) ([]record.Machine, error) {
	u := rehearsedUnit(25)
	return []record.Machine{{Device: "7f2a", Name: "Bàn 2", Unit: u.Code, UnitName: u.FullName(), Officer: "Y Thu", Fingerprint: rehearsedDigits, State: "asked", Seen: ago(5)}}, nil
}

// Held is what the PC wrote that was revoked.
func (rehearsedProvince) Held(context.Context) ([]record.Held, error) {
	u := rehearsedUnit(13)
	line := func(hours int, vi, en string) record.HeldLine {
		return record.HeldLine{At: ago(hours), Words: record.Words{VI: vi, EN: en}}
	}
	return []record.Held{{Device: "c3d3", Name: "Bàn 1", Unit: u.Code, UnitName: u.FullName(), Fingerprint: rehearsedDigits, Why: "revoked", Entries: 4, From: ago(400), To: ago(90), Lines: []record.HeldLine{
		line(400, "Ghi mới hoạt động “Đối thoại tại Công ty May Đăk Tô”", "Recorded activity"),
		line(300, "Sửa hoạt động “Đối thoại tại Công ty May Đăk Tô”: nơi tổ chức “Hội trường công ty”", "Changed activity"),
		line(120, "Ghi mới câu hỏi “Nghỉ việc riêng có hưởng lương không?”", "Recorded question"),
		line(90, "Xóa minh chứng “Ảnh quang cảnh”", "Deleted file of evidence"),
	}}}, nil
}

// SignedReport is that of a commune, signed in its second revision.
func (r rehearsedProvince) SignedReport(_ context.Context, id record.ID) (record.Report, error) {
	today := record.DateOf(time.Now())
	return record.Report{
		ID: id, Period: record.FigurePeriod{From: today.AddDays(-360), To: today.AddDays(-10), Rule: "plan", Year: today.Year()}, Revision: 2, Status: "signed",
		Number: "45", SignedOn: today.AddDays(-9), Signer: record.Signer{Name: "A Thái", Title: "Chủ tịch"}, Reason: "Sót một cuộc đối thoại.",
		Changes: []string{"Số cuộc phổ biến trực tiếp 23 → 24.", "Lượt người 1.204 → 1.239."}, Basis: "Kế hoạch 1234/KH-UBND ngày 05/01 của UBND tỉnh",
		Results:      "Hoàn thành chỉ tiêu cả ba nhóm đối tượng; các công ty cao su mở cửa cho cán bộ xã vào nói chuyện trong giờ.",
		Difficulties: "Thôn xa, mùa mưa không đi được; xã chỉ có một báo cáo viên nói được tiếng Xơ Đăng.",
		Proposals:    "Đề nghị Sở cấp tờ gấp song ngữ và mở một lớp cho tuyên truyền viên.",
	}, nil
}

// SignedStanding is the figures of the year so far, in place of those of a commune.
func (r rehearsedProvince) SignedStanding(ctx context.Context, _ record.ID) (record.PeriodStanding, error) {
	p, err := r.App.Period(ctx, time.Now().Year(), "")
	if err != nil {
		return record.PeriodStanding{}, err
	}
	return r.App.Standing(ctx, p)
}

// SignedBehind lists the rows as they are.
func (r rehearsedProvince) SignedBehind(ctx context.Context, _ record.ID, ids []record.ID) ([]record.Behind, error) {
	return r.App.Behind(ctx, ids)
}

// VerdictOf says that nothing was decided.
func (rehearsedProvince) VerdictOf(context.Context, record.ID) (record.Verdict, error) {
	return record.Verdict{}, nil
}
