package settings_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

type (
	lists = settings.Lists
	guard = uitest.Guard
)

// office keeps what is saved and fails when told to.
type office struct {
	lists // of the office in memory
	*guard
	office record.Office
	saved  []record.Office
	fail   error
	report record.VerifyReport
	copies []string
	all    []record.BackupInfo
	end    record.UnitEnd
	moved  []record.ID
}

func (o *office) UnitEnd(context.Context) (record.UnitEnd, error) { return o.end, nil }

func (o *office) MoveOffice(_ context.Context, unit record.ID) (record.Change, error) {
	o.moved = append(o.moved, unit)
	if o.fail == nil {
		o.end = record.UnitEnd{}
	}
	return record.Change{}, o.fail
}

func (o *office) ParseDate(text string) (record.Date, error) { return o.guard.ParseDate(text) }

// Undo is that of lists, or of days off.
func (o *office) Undo(ctx context.Context, batch string) (record.Change, error) {
	if strings.HasPrefix(batch, "import ") {
		return o.lists.Undo(ctx, batch)
	}
	return o.guard.Undo(ctx, batch)
}

func (o *office) Office(context.Context) (record.Office, error) { return o.office, nil }

func (o *office) SaveOffice(_ context.Context, to record.Office) error {
	o.saved = append(o.saved, to)
	if o.fail != nil {
		return o.fail
	}
	o.office = to
	return nil
}

func (o *office) Status(context.Context) (record.Status, error) {
	return record.Status{Protection: "passphrase", Practice: true}, nil
}

func (o *office) Backup(_ context.Context, path string) (record.BackupInfo, error) {
	o.copies = append(o.copies, path)
	return record.BackupInfo{Path: "/sao lưu/1.db", Created: "2026-11-23T07:00:00Z", Checked: true}, o.fail
}

func (o *office) Backups(context.Context) ([]record.BackupInfo, error) { return o.all, nil }

func (o *office) Verify(_ context.Context, _ bool, report func(done, total int64)) (record.VerifyReport, error) {
	report(5, 10)
	return o.report, nil
}

func newOffice() *office {
	return &office{lists: uitest.NewOffice(), guard: &guard{}, office: record.Office{
		ID: record.ID{1}, UnitID: record.ID{2}, Name: "Phòng Văn hóa - Xã hội", PeriodRule: "plan",
		Head: record.Signer{Name: "Y Thu"}, Officers: []record.Officer{{ID: record.ID{3}, Name: "A Brel"}},
	}}
}

type stage struct {
	screen *settings.Screen
	window fyne.Window
	looks  []settings.Look
}

func screen(t *testing.T, r *kit.Runner, o *office) *stage {
	t.Helper()
	uitest.App(t)
	st := &stage{window: uitest.Window(t, kit.Line(""))}
	st.screen = settings.New(kit.Desk{
		Runner: r, Window: st.window, Now: func() time.Time { return time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC) },
		Say: func(string, func()) {}, Restate: func() {},
	}, o, settings.Options{
		Look:   settings.Look{Variant: theme.Light, Scale: 1, Language: "vi"},
		OnLook: func(l settings.Look) { st.looks = append(st.looks, l) },
	})
	st.window.SetContent(st.screen)
	st.screen.Reload()
	return st
}

// entry finds the field that shows a text.
func entry(t *testing.T, st *stage, text string) *kit.Entry {
	t.Helper()
	e := uitest.Entry(t, st.screen, text)
	st.window.Canvas().Focus(e)
	return e
}

func TestWhatIsTypedIsSavedOnLeaving(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	e := entry(t, st, "Y Thu")
	e.SetText("")
	keys := uitest.NewKeyboard(st.window)
	keys.UniKey("Nguyễn Thị Hằng")
	if len(o.saved) != 0 {
		t.Fatal("nothing is saved while one types")
	}
	keys.Press(fyne.KeyTab)
	if got := o.office.Head.Name; got != "Nguyễn Thị Hằng" {
		t.Errorf("saved %q", got)
	}
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "đã lưu 14:05") {
		t.Errorf("the foot does not say it:\n%s", shown)
	}
}

func TestAFailedSaveKeepsWhatWasTyped(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	o.fail = record.Office{UnitID: record.ID{2}, PeriodRule: "plan", Officers: o.office.Officers}.Validate()
	entry(t, st, "Phòng Văn hóa - Xã hội").SetText("   ")
	uitest.NewKeyboard(st.window).Press(fyne.KeyTab)
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "Chưa có tên cơ quan.") {
		t.Errorf("the reason is not under the field:\n%s", shown)
	}
	uitest.Entry(t, st.screen, "   ")
}

func TestAnOldAnswerDoesNotReplaceWhatIsBeingSaved(t *testing.T) {
	var held uitest.Held
	o := newOffice()
	st := screen(t, held.Runner(), o)
	held.ReleaseAll()
	st.screen.Reload() // its answer is on the way
	entry(t, st, "Y Thu").SetText("Y Blan")
	st.window.Canvas().Unfocus()
	held.Release()
	uitest.Entry(t, st.screen, "Y Blan")
	held.ReleaseAll()
	if o.office.Head.Name != "Y Blan" {
		t.Errorf("saved %q", o.office.Head.Name)
	}
}

func TestAPersonalFieldNeedsItsPurpose(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartPersonal)
	test.Tap(uitest.Check(t, st.screen, "Số điện thoại"))
	st.window.Canvas().Unfocus()
	if len(o.saved) != 0 {
		t.Fatalf("saved without a purpose: %v", o.saved)
	}
	uitest.Entry(t, st.screen, "").SetText("Báo lịch tập huấn")
	st.window.Canvas().Focus(uitest.Entry(t, st.screen, "Báo lịch tập huấn"))
	st.window.Canvas().Unfocus()
	want := []record.Collect{{Field: "phone", Purpose: "Báo lịch tập huấn"}}
	if diff := cmp.Diff(want, o.office.Collects); diff != "" {
		t.Errorf("collects (-want +got):\n%s", diff)
	}
}

func TestVerifySaysWhatItFound(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartSafety)
	o.report = record.VerifyReport{OK: true, Commits: 1500, Rows: 9}
	uitest.TapButton(t, st.screen, "Kiểm tra ngay")
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "1.500 lần ghi") {
		t.Errorf("shown:\n%s", shown)
	}
	o.report = record.VerifyReport{Faults: []string{"lần ghi 7 sai chữ ký"}}
	uitest.TapButton(t, st.screen, "Kiểm tra ngay")
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "lần ghi 7 sai chữ ký") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestBackupGoesToTheFolderTyped(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartSafety)
	uitest.TapButton(t, st.screen, "Sao lưu ngay")
	st.screen.Open(settings.PartSafety)
	uitest.EntryUnder(t, st.screen, "Sao lưu thêm vào thư mục (để trống: nơi đã chọn khi lập sổ)").SetText(" /usb ")
	uitest.TapButton(t, st.screen, "Sao lưu ngay")
	want := []string{"", filepath.Join("/usb", "SoPhoBien-20261123-1405.db")}
	if diff := cmp.Diff(want, o.copies); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
}

func TestTheNewestBackupIsOfferedForRestoring(t *testing.T) {
	for _, c := range []struct {
		all  []record.BackupInfo
		want string
	}{
		{[]record.BackupInfo{{Path: "/sao lưu/2.db"}, {Path: "/sao lưu/1.db"}}, "/sao lưu/2.db"},
		{nil, ""},
	} {
		uitest.App(t)
		w := uitest.Window(t, kit.Line(""))
		asked := []string{}
		o := newOffice()
		o.all = c.all
		s := settings.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: time.Now, Say: func(string, func()) {}, Restate: func() {}},
			o, settings.Options{Restore: func(newest string) { asked = append(asked, newest) }})
		w.SetContent(s)
		s.Reload()
		s.Open(settings.PartSafety)
		uitest.TapButton(t, s, "Khôi phục từ bản sao lưu…")
		if diff := cmp.Diff([]string{c.want}, asked); diff != "" {
			t.Errorf("asked for (-want +got):\n%s", diff)
		}
		if shown := uitest.Words(s); strings.Contains(shown, "sophobienctl") {
			t.Errorf("an officer has no command line:\n%s", shown)
		}
	}
}

func TestTheLookChangesAtOnce(t *testing.T) {
	st := screen(t, uitest.AtOnce(), newOffice())
	st.screen.Open(settings.PartLook)
	group := uitest.Find[*kit.Radio](t, st.screen)
	group.Choose("Tối")
	want := []settings.Look{{Variant: theme.Dark, Scale: 1, Language: "vi"}}
	if diff := cmp.Diff(want, st.looks); diff != "" {
		t.Errorf("looks (-want +got):\n%s", diff)
	}
}

func TestAListPastedElsewhereIsLookedOverAndOneIsBack(t *testing.T) {
	const rows = "Tên đơn vị\tĐịa chỉ\nCông ty Hoàng Anh\tThôn 1\nCông ty Sao Mai\tThôn 2"
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	back := 0
	st.screen.TakeList("unit", rows, func() { back++ })
	if words := uitest.Words(st.screen); !strings.Contains(words, "Công ty Sao Mai") {
		t.Fatalf("not looked over:\n%s", words)
	}
	st.screen.Save()
	if back != 1 {
		t.Errorf("stored: back %d times", back)
	}
	st.screen.TakeList("unit", rows, func() { back++ })
	uitest.TapButton(t, st.screen, "Bỏ danh sách")
	if back != 2 {
		t.Errorf("put aside: back %d times", back)
	}
	if words := uitest.Words(st.screen); strings.Contains(words, "Công ty Sao Mai") {
		t.Errorf("still looked over:\n%s", words)
	}
	for noun, want := range map[string]bool{"unit": true, "instructor": true, "question": true, "budget": false} {
		if settings.TakesLists(noun) != want {
			t.Errorf("%s: takes lists %v", noun, !want)
		}
	}
}

func TestEachPartBeginsAtItsTopAndStaysWhereItWasLeft(t *testing.T) {
	st := screen(t, uitest.AtOnce(), newOffice())
	st.window.Resize(fyne.NewSize(700, 320))
	page := uitest.Find[*container.Scroll](t, st.screen)
	down := func(y float32) { page.ScrollToOffset(fyne.NewPos(0, y)) }
	st.screen.Open(settings.PartOffice)
	down(120)
	st.screen.Open(settings.PartSafety)
	if page.Offset.Y != 0 {
		t.Errorf("another part begins at %v", page.Offset.Y)
	}
	down(60)
	st.screen.Open(settings.PartOffice)
	if page.Offset.Y != 120 {
		t.Errorf("the first part is at %v, was left at 120", page.Offset.Y)
	}
	st.screen.Open(settings.PartSafety)
	if page.Offset.Y != 60 {
		t.Errorf("the other is at %v, was left at 60", page.Offset.Y)
	}
}

func TestPartsAreTurnedWithTheKeyboard(t *testing.T) {
	st := screen(t, uitest.AtOnce(), newOffice())
	seen := func() string { return st.screen.HelpPage() + " " + uitest.Words(st.screen) }
	st.screen.NextPart(1)
	if !strings.Contains(seen(), "chưa công bố") {
		t.Errorf("after one:\n%s", seen())
	}
	if kit.PaneOf(st.screen.Panes(), st.window.Canvas().Focused()) != 1 {
		t.Errorf("the keyboard is at %T", st.window.Canvas().Focused())
	}
	st.screen.NextPart(-2) // round to the last
	if !strings.Contains(seen(), "English") {
		t.Errorf("two back:\n%s", seen())
	}
	for range 6 {
		if kit.PaneOf(st.screen.Panes(), st.window.Canvas().Focused()) != 1 {
			t.Errorf("the keyboard is at %T of:\n%s", st.window.Canvas().Focused(), seen())
		}
		st.screen.NextPart(1)
	}
}
