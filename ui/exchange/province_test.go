package exchange_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// province is one of 96 units in memory: it notes what was asked of it.
type province struct {
	grid   record.UnitGrid
	pairs  []record.EventPair
	known  []record.Machine
	asking []record.Machine
	state  record.Exchange
	taken  record.TakenIn
	held   []record.Held
	calls  []string
	fail   map[string]error

	announces func() // a change, while the keys are made
}

func (p *province) called(method string, args ...any) error {
	p.calls = append(p.calls, strings.TrimSpace(method+" "+strings.TrimSpace(fmt.Sprintln(args...))))
	return p.fail[method]
}

// last is the last call of a method.
func (p *province) last(method string) string {
	for i := len(p.calls) - 1; i >= 0; i-- {
		if strings.HasPrefix(p.calls[i], method+" ") || p.calls[i] == method {
			return p.calls[i]
		}
	}
	return ""
}

func (p *province) UnitGrid(_ context.Context, year int) (record.UnitGrid, error) {
	g := p.grid
	g.Year = year
	return g, p.called("UnitGrid", year)
}

func (p *province) DecideReport(_ context.Context, report record.ID, status, reason string) (record.Change, error) {
	err := p.called("DecideReport", report, status, reason)
	for i := range p.grid.Rows {
		if r := &p.grid.Rows[i].Report; err == nil && r.Report == report {
			r.State, r.Reason = status, reason
		}
	}
	return record.Change{Nouns: []string{"verdict"}}, err
}

func (p *province) TakeIn(_ context.Context, paths []string, progress func(done, total int)) (record.TakenIn, error) {
	progress(1, 2)
	return p.taken, p.called("TakeIn", strings.Join(paths, ","))
}

func (p *province) Receipts(_ context.Context, folder string) (record.HandedOver, error) {
	return record.HandedOver{Folder: folder, Written: make([]record.Sent, 96), Carried: []string{"a", "b"}, Safe: true}, p.called("Receipts", folder)
}

func (p *province) EventPairs(context.Context) ([]record.EventPair, error) {
	return p.pairs, p.called("EventPairs")
}

func (p *province) DecidePair(_ context.Context, a, b record.ID, same bool, reason string) (record.Change, error) {
	err := p.called("DecidePair", a, b, same, reason)
	for i := range p.pairs {
		q := &p.pairs[i]
		if err != nil || !(q.A.Activity == a && q.B.Activity == b || q.A.Activity == b && q.B.Activity == a) {
			continue
		}
		q.Said = "different"
		if same {
			q.Said = "same"
		}
		if q.A.Activity != a {
			q.A, q.B = q.B, q.A
		}
	}
	return record.Change{Nouns: []string{"same_event"}}, err
}

func (p *province) Exchange(context.Context) (record.Exchange, error) {
	return p.state, p.called("Exchange")
}
func (p *province) Machines(context.Context) ([]record.Machine, error) {
	return p.known, p.called("Machines")
}
func (p *province) Enrolments(context.Context) ([]record.Machine, error) {
	return p.asking, p.called("Enrolments")
}

func (p *province) ApproveMachine(_ context.Context, device string) error {
	err := p.called("ApproveMachine", device)
	for i, m := range p.asking {
		if err == nil && m.Device == device {
			m.State = "enrolled"
			p.known, p.asking = append(p.known, m), append(p.asking[:i:i], p.asking[i+1:]...)
			p.state.RosterVersion++
			break
		}
	}
	return err
}

func (p *province) RevokeMachine(_ context.Context, device string) error {
	err := p.called("RevokeMachine", device)
	for i := range p.known {
		if err == nil && p.known[i].Device == device {
			p.known[i].State = "revoked"
		}
	}
	return err
}

func (p *province) WriteRoster(_ context.Context, folder string) (record.HandedOver, error) {
	return record.HandedOver{Folder: folder, Written: make([]record.Sent, 1), Safe: true}, p.called("WriteRoster", folder)
}

func (p *province) Held(context.Context) ([]record.Held, error) { return p.held, p.called("Held") }

func (p *province) ReleaseMachine(_ context.Context, device string) error {
	err := p.called("ReleaseMachine", device)
	if err == nil {
		p.held = slices.DeleteFunc(p.held, func(h record.Held) bool { return h.Device == device })
	}
	return err
}

func given(sticks []record.RootStick) string {
	var parts []string
	for _, s := range sticks {
		parts = append(parts, s.Place+"="+s.Passphrase)
	}
	return strings.Join(parts, ",")
}

func (p *province) ReplaceKey(_ context.Context, role string, sticks []record.RootStick) error {
	return p.called("ReplaceKey", role, given(sticks))
}

func (p *province) RebuildProvince(_ context.Context, r record.Rebuild) (record.Rebuilt, error) {
	if err := p.called("RebuildProvince", given(r.Sticks), r.Roster); err != nil {
		return record.Rebuilt{}, err
	}
	p.state.RosterVersion, p.state.Signs = 13, true
	return record.Rebuilt{RootFingerprint: "31415 92653 58979 32384 62643 38327", RosterVersion: 13, Machines: 98, Opens: len(r.Sticks) == 3}, nil
}

func (p *province) MakeProvince(_ context.Context, sticks, passphrases [3]string) (record.Ceremony, error) {
	err := p.called("MakeProvince", strings.Join(sticks[:], ","), strings.Join(passphrases[:], ","))
	if err != nil {
		return record.Ceremony{}, err
	}
	p.state.RosterVersion, p.state.Signs = 1, true
	if p.announces != nil {
		p.announces() // the roster is a change like any other
	}
	return record.Ceremony{RootFingerprint: "31415 92653 58979 32384 62643 38327",
		RootKeys: []string{sticks[0] + "/khoa-goc-1.key", sticks[1] + "/khoa-goc-2.key", sticks[2] + "/khoa-goc-3.key"}, Roster: "danh-ba.sopb.zip"}, nil
}

func id(n int) record.ID { return record.NewID(int64(n), [10]byte{8: byte(n >> 8), 9: byte(n)}) }

var communes = []string{"Đăk Hà", "Ngọk Bay", "Ia Chim", "Đăk Rơ Wa", "Bờ Y", "Sa Loong", "Dục Nông", "Xốp", "Ngọc Linh", "Đăk Plô",
	"Đăk Pék", "Đăk Môn", "Sa Thầy", "Sa Bình", "Ya Ly", "Ia Tơi", "Đăk Kôi", "Kon Braih", "Đăk Rve", "Măng Đen", "Măng Bút", "Kon Plông", "Tu Mơ Rông", "Măng Ri"}

// newProvince has 96 units: in October two of three on time, and one each of whatever else
// there is.
func newProvince() *province {
	p := &province{fail: map[string]error{}, state: record.Exchange{Role: record.RoleProvince, RosterVersion: 12, Signs: true}}
	p.fillTaken()
	p.fillPairs()
	p.fillMachines()
	p.grid.DueDay = 5
	for i := range 96 {
		p.grid.Rows = append(p.grid.Rows, unitRow(i))
	}
	p.grid.Totals.Units, p.grid.Totals.OnTime, p.grid.Totals.Late = 96, 81, 9
	p.grid.Totals.Never, p.grid.Totals.Damaged, p.grid.Totals.Reports = 5, 1, 12
	return p
}

func unitRow(i int) record.UnitRow {
	name := communes[i%len(communes)]
	if i >= len(communes) {
		name += fmt.Sprintf(" %d", i/len(communes)+1)
	}
	r := record.UnitRow{Unit: record.Unit{ID: id(i + 1), Kind: "commune", Type: "xã", Name: name, Code: fmt.Sprintf("%05d", 23000+7*i)},
		Machines: 1 + i%2, LastSeen: fmt.Sprintf("2026-11-%02dT08:30:00Z", 1+i%20),
		Message: "Kính gửi UBND xã " + name + ",\nĐề nghị đơn vị mở Trao đổi, giao gói tháng 10 và gửi lại về Sở trước ngày 30/11/2026."}
	for m := range r.Months {
		r.Months[m] = record.UnitMonth{State: "future"}
		if m < 10 {
			r.Months[m] = record.UnitMonth{State: "ontime", Received: fmt.Sprintf("2026-%02d-04", m+2), Work: 1 + (i+m)%7}
			if (i*7+m*5)%11 == 0 {
				r.Months[m].State, r.Months[m].Work = "empty", 0
			}
		}
	}
	set := func(state string) { r.Months[9] = record.UnitMonth{State: state} }
	switch {
	case i%10 == 3 && i < 90:
		r.Months[9] = record.UnitMonth{State: "late", Received: "2026-11-15T09:12:00Z", Work: 12}
	case i%20 == 7:
		set("never")
		r.Months[8].State = "never"
	case i == 20:
		set("damaged")
		r.Alarm = record.Words{VI: "Tệp tháng 10 đến không nguyên vẹn. Gửi lời nhắn dưới đây để đơn vị giao lại.", EN: "The file of October came damaged."}
	}
	if i == 5 {
		r.Alarm = record.Words{VI: "Máy 7F3A chạy hai bản sao của cùng một sổ. Gọi đơn vị: chỉ dùng một máy, máy kia đăng ký lại.", EN: "A clone."}
	}
	if i%8 == 0 {
		r.Report = record.UnitReport{Report: id(1000 + i), State: []string{"received", "late", "accepted", "returned"}[i/8%4], Revision: 1, SignedOn: "2026-11-18", Received: "2026-11-20T10:00:00Z"}
	}
	if r.Report.State == "returned" {
		r.Report.Reason = "Bảng 2 thiếu số doanh nghiệp."
	}
	return r
}

// stage is a tab in a window.
type stage struct {
	w       fyne.Window
	keys    *uitest.Keyboard
	desk    kit.Desk
	said    string
	offered []kit.Offer
}

func newStage(t *testing.T, r *kit.Runner) *stage {
	t.Helper()
	uitest.App(t)
	s := &stage{w: uitest.Window(t, kit.Line(""))}
	s.keys = uitest.NewKeyboard(s.w)
	s.desk = kit.Desk{
		Runner: r, Window: s.w, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		Say:   func(words string, _ func()) { s.said = words },
		Offer: func(words string, offers ...kit.Offer) { s.said, s.offered = words, offers },
		Open:  func(string) error { return nil }, Restate: func() {},
	}
	return s
}

// show puts a tab where the shell would, beside the rail and below the line at the top.
func (s *stage) show(tab interface {
	fyne.CanvasObject
	Reload()
}) {
	s.w.SetContent(tab)
	s.w.Resize(fyne.NewSize(1366-200, 768-100))
	tab.Reload()
}

// shown are all words in sight, in one line.
func (s *stage) shown() string {
	o := s.w.Content()
	if over := uitest.Overlay(s.w); over != nil {
		o = over
	}
	return strings.Join(strings.Fields(uitest.Words(o)), " ")
}

func (s *stage) wants(t *testing.T, words ...string) {
	t.Helper()
	shown := s.shown()
	for _, want := range words {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not said in:\n%s", want, shown)
		}
	}
}

func (s *stage) lacks(t *testing.T, words ...string) {
	t.Helper()
	shown := s.shown()
	for _, gone := range words {
		if strings.Contains(shown, gone) {
			t.Errorf("%q is said in:\n%s", gone, shown)
		}
	}
}

// fillTaken is a folder of 100 files: most go into the register, five were never whole.
func (p *province) fillTaken() {
	add := func(state record.TakenState, code string, i int, vi string) {
		r := unitRow(i)
		f := record.Taken{File: fmt.Sprintf("/the-nho/SPB_%s_7F3A_%05d_20261103_8C1D20.sopb.zip", r.Unit.Code, i+1), State: state, Kind: "log",
			From: r.Unit.Code, Name: r.Unit.FullName(), No: int64(i + 1), Code: code, Words: record.Words{VI: vi, EN: vi}}
		if state == record.TakenApplied {
			f.Commits = 12 + i%30
			p.taken.Applied++
			p.taken.Commits += f.Commits
		}
		p.taken.Files = append(p.taken.Files, f)
	}
	for i := range 85 {
		add(record.TakenApplied, "", i, "Đã vào sổ.")
	}
	for i := 85; i < 90; i++ {
		add(record.TakenKnown, "", i, "Mọi thay đổi trong tệp đã có từ trước.")
	}
	add(record.TakenParked, "gap", 90, "Còn thiếu gói trước đó. Tệp được giữ lại; khi gói trước đến, cả hai tự vào sổ.")
	for i := 91; i < 96; i++ {
		add(record.TakenRefused, "damaged", i, "Tệp bị hỏng trên đường chuyển. Đề nghị giao lại.")
	}
	p.taken.Refused, p.taken.Ignored = 5, 22
}

func (p *province) fillPairs() {
	for i := range 4 {
		a, b := unitRow(i), unitRow(i+30)
		p.pairs = append(p.pairs, record.EventPair{
			A:     record.EventSide{Activity: id(2000 + i), Unit: a.Unit.Code, UnitName: a.Unit.FullName(), Title: "Tuyên truyền pháp luật về an toàn, vệ sinh lao động cho công nhân cao su", Day: "2026-09-12", Place: "Nhà văn hóa Nông trường 2", People: 120},
			B:     record.EventSide{Activity: id(3000 + i), Unit: b.Unit.Code, UnitName: b.Unit.FullName(), Title: "Tập huấn an toàn lao động, vệ sinh lao động", Day: "2026-09-12", Place: "Nhà văn hoá nông trường 2", People: 118},
			Score: 92 - 3*i,
			Why: []record.Words{{VI: "Cùng ngày 12/09/2026.", EN: "The same day."}, {VI: "Cùng nơi: Nhà văn hóa Nông trường 2.", EN: "The same place."},
				{VI: "Số người gần bằng nhau: 120 và 118.", EN: "Nearly as many people."}},
		})
	}
	p.pairs[3].Said = "different"
}

func (p *province) fillMachines() {
	for i := range 96 {
		u := unitRow(i).Unit
		m := record.Machine{Device: fmt.Sprintf("%04x7f3a", i), Name: "MAY-" + u.Code, Unit: u.Code, UnitName: u.FullName(), Officer: "Y Ngọc",
			Fingerprint: "27182 81828 45904 52353 60287 47135", State: "enrolled", Seen: "2026-11-20T08:00:00Z", Commits: int64(300 + i)}
		switch {
		case i < 2:
			m.State, m.Seen, m.Commits = "asked", "", 0
			p.asking = append(p.asking, m)
			continue
		case i == 5:
			m.Alarm = record.Words{VI: "Hai máy cùng dùng một khóa. Gọi đơn vị: chỉ dùng một máy, máy kia đăng ký lại.", EN: "A clone."}
		case i == 40:
			m.State = "revoked"
		}
		p.known = append(p.known, m)
	}
}
