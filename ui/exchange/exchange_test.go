package exchange_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// plain is an office that only hands over.
type plain struct {
	state  record.Exchange
	sent   []record.Sent
	handed record.HandedOver
	gave   []record.HandOverOptions
	to     []string
	again  []string
	fail   error
	during func(ctx context.Context, progress func(done, total int)) error // a hand-over
}

func (o *plain) Exchange(context.Context) (record.Exchange, error) { return o.state, nil }
func (o *plain) Sent(context.Context) ([]record.Sent, error)       { return o.sent, nil }

func (o *plain) HandOver(ctx context.Context, folder string, with record.HandOverOptions) (record.HandedOver, error) {
	if o.during != nil {
		return o.handed, o.during(ctx, with.Progress)
	}
	with.Told(1, 1)
	with.Progress = nil
	o.gave, o.to = append(o.gave, with), append(o.to, folder)
	return o.handed, o.fail
}

func (o *plain) HandOverAgain(_ context.Context, id, folder string) (record.HandedOver, error) {
	o.again = append(o.again, id+" "+folder)
	return o.handed, o.fail
}

// office does all the area asks for.
type office struct {
	plain
	took      [][]string
	taken     record.TakenIn
	takeFail  error
	mails     []string
	conflicts []record.Conflict
	kept      []string
	undone    []string
	machines  []record.Machine
	asked     []string
	compared  []string
	let       []string
	refuse    error
}

func (o *office) TakeIn(_ context.Context, paths []string, progress func(done, total int)) (record.TakenIn, error) {
	o.took = append(o.took, paths)
	progress(1, 1)
	return o.taken, o.takeFail
}

func (o *office) WriteMail(_ context.Context, folder string) (record.HandedOver, error) {
	o.mails = append(o.mails, folder)
	return record.HandedOver{Folder: folder, Written: []record.Sent{{Places: []string{folder + "/SPB_24340_00012.eml"}}}}, o.refuse
}

func (o *office) Conflicts(context.Context) ([]record.Conflict, error) { return o.conflicts, nil }

func (o *office) Keep(_ context.Context, ref record.Ref, field string, v record.Value) (record.Change, error) {
	o.kept = append(o.kept, field+"="+string(v))
	if o.refuse == nil {
		o.conflicts = o.conflicts[1:]
		o.state.Conflicts = len(o.conflicts)
	}
	return record.Change{Nouns: []string{ref.Noun}, Batch: "b1"}, o.refuse
}

func (o *office) KeepDeleted(ctx context.Context, ref record.Ref, gone bool) (record.Change, error) {
	return o.Keep(ctx, ref, "deleted", record.Value(fmt.Sprint(gone)))
}

func (o *office) SeenRoster(context.Context) error {
	o.state.RosterNews = record.Words{}
	return nil
}

func (o *office) DismissAlarm(context.Context) error {
	o.state.Alarm = record.Words{}
	return nil
}

func (o *office) Undo(_ context.Context, batch string) (record.Change, error) {
	o.undone = append(o.undone, batch)
	return record.Change{Batch: "back"}, nil
}

func (o *office) Machines(context.Context) ([]record.Machine, error) { return o.machines, nil }

func (o *office) AskEnrolment(_ context.Context, folder string) (path, fingerprint string, err error) {
	o.asked = append(o.asked, folder)
	return folder + "/SPB_enrol_24340_a1b2.sope.zip", o.machines[0].Fingerprint, o.refuse
}

func (o *office) ConfirmProvince(_ context.Context, fingerprint string) error {
	o.compared = append(o.compared, fingerprint)
	o.state.Confirmed = o.refuse == nil
	return o.refuse
}

func (o *office) AddMachine(_ context.Context, enrolFile, digits, folder string) (record.HandedOver, error) {
	o.let = append(o.let, enrolFile, digits, folder)
	return record.HandedOver{Written: []record.Sent{{No: 13}}, Safe: true}, o.refuse
}

// desk is the area in a window, with what was said at its foot.
type desk struct {
	*uitest.Keyboard
	screen *exchange.Screen
	window fyne.Window
	said   string
	undo   func()
	opened []record.Ref
	at     record.Place
}

func open(t *testing.T, o exchange.Office) *desk { return openWith(t, uitest.AtOnce(), o) }

func openWith(t *testing.T, r *kit.Runner, o exchange.Office) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{window: uitest.Window(t, kit.Line(""))}
	d.screen = exchange.New(kit.Desk{
		Runner: r, Window: d.window, Now: uitest.Clock, Restate: func() {},
		Say: func(words string, undo func()) { d.said, d.undo = words, undo },
	}, o)
	d.screen.DefaultFolder = "/USB"
	d.screen.OnOpenRow = func(ref record.Ref, at record.Place) { d.opened, d.at = append(d.opened, ref), at }
	d.window.SetContent(d.screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.screen.Reload()
	return d
}

func (d *desk) words() string { return strings.Join(strings.Fields(uitest.Words(d.screen)), " ") }

func (d *desk) over() string {
	o := uitest.Overlay(d.window)
	if o == nil {
		return ""
	}
	return strings.Join(strings.Fields(uitest.Words(o)), " ")
}

func (d *desk) has(t *testing.T, shown string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(shown, w) {
			t.Errorf("%q is not said in:\n%s", w, shown)
		}
	}
}

// full is an office in the middle of everything.
func full() *office {
	digits := "01234 56789 01234 56789 01234 56789"
	return &office{
		plain: plain{
			state: record.Exchange{
				Role: record.RoleOffice, Province: "Sở Nội vụ tỉnh Quảng Ngãi", RosterVersion: 7, Unsent: 12, Unaccepted: 40,
				LastReceipt: "2026-03-02T08:00:00Z", Conflicts: 2, Carried: 3, OtherMachines: 1,
			},
			sent: []record.Sent{
				{ID: "5", No: 5, Name: "SPB_24340_a1b2_00005.sopb.zip", Kind: "log", UnitName: "Sở Nội vụ", Created: "2026-03-10T07:30:00Z", Size: 40960, Commits: 12, State: record.StateHanded, Places: []string{"E:/"}},
				{ID: "4", No: 4, Name: "SPB_24340_a1b2_00004.sopb.zip", Kind: "log", UnitName: "Sở Nội vụ", Created: "2026-02-10T07:30:00Z", Size: 40960, Commits: 31, State: record.StateParked, Reason: record.Words{VI: "Cấp trên chờ gói số 3."}, Places: []string{"E:/"}, Stated: "2026-03-01T07:30:00Z"},
				{ID: "3", No: 3, Name: "SPB_24340_a1b2_00003.sopb.zip", Kind: "blob", UnitName: "Sở Nội vụ", Created: "2026-02-01T07:30:00Z", Size: 4 << 20, State: record.StateAccepted, Places: []string{"E:/"}, Stated: "2026-03-02T07:30:00Z"},
				{ID: "2", No: 2, Name: "SPB_24340_a1b2_00002.sopb.zip", Kind: "log", Device: "c3d4", Created: "2026-02-01T07:30:00Z", Size: 9000, Commits: 3, State: record.StateReplaced},
			},
			handed: record.HandedOver{Folder: "/USB", Written: []record.Sent{{No: 6}}, Safe: true},
		},
		conflicts: []record.Conflict{
			{
				Ref: record.Ref{Noun: "activity", ID: recordtest.ID(1)}, Title: "Tập huấn ở nhà rông", Field: "title", Words: record.Words{VI: "Tên"}, Days: 20,
				Versions: []record.Version{
					{Value: `"Tập huấn ở nhà rông"`, Shown: "Tập huấn ở nhà rông", Machine: "Bàn 1", Officer: "A Brel", At: "2026-03-09T07:00:00Z"},
					{Value: `"Tập huấn tại thôn 1"`, Shown: "Tập huấn tại thôn 1", Machine: "Bàn 2", Officer: "Y Thu", At: "2026-03-09T09:00:00Z"},
				},
				Before: &record.Version{Shown: "Tập huấn"},
			},
			{
				Ref: record.Ref{Noun: "unit", ID: recordtest.ID(2)}, Title: "Công ty An Phát",
				Versions: []record.Version{
					{Value: "true", Machine: "Bàn 1", Officer: "A Brel", At: "2026-03-09T07:00:00Z"},
					{Value: "false", Machine: "Bàn 2", Officer: "A Brel", At: "2026-03-09T09:00:00Z"},
				},
			},
		},
		machines: []record.Machine{
			{Device: "a1b2", Name: "Bàn 1", UnitName: "UBND xã Đăk Hà", Fingerprint: digits, This: true, State: "unknown"},
			{Device: "c3d4", Name: "Bàn 2", Officer: "Y Thu", Fingerprint: digits, State: "provisional", Seen: "2026-03-10T07:00:00Z", Commits: 3},
		},
	}
}
