package ui_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// safety is an office of which only the states are known.
type safety struct {
	status record.Status
	fail   error
	tell   func(record.Change)
	told   int
}

func (s *safety) Status(context.Context) (record.Status, error) { s.told++; return s.status, s.fail }
func (s *safety) Subscribe(tell func(record.Change)) func() {
	s.tell = tell
	return func() { s.tell = nil }
}

// area is a screen that counts what it is asked to do.
type area struct {
	widget.BaseWidget
	noun    string
	entry   *kit.Entry
	reloads int
	sought  []string
	created int
}

func newArea(noun string) *area {
	a := &area{noun: noun, entry: kit.NewEntry()}
	a.ExtendBaseWidget(a)
	return a
}

func (a *area) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.entry) }
func (a *area) Reload()                             { a.reloads++ }
func (a *area) Shows(c record.Change) bool          { return c.Touches(a.noun) }
func (a *area) Search(text string)                  { a.sought = append(a.sought, text) }
func (a *area) Create()                             { a.created++ }
func (a *area) HelpPage() string                    { return "bao-cao" }

type stage struct {
	shell  *ui.Shell
	window fyne.Window
	office *safety
	areas  []*area
	keys   *uitest.Keyboard
}

func start(t *testing.T) *stage {
	t.Helper()
	uitest.App(t)
	st := &stage{window: uitest.Window(t, kit.Line("")), office: &safety{}}
	st.keys = uitest.NewKeyboard(st.window)
	st.office.status = record.Status{LastBackup: "2026-11-23T07:05:00Z"}
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }
	st.shell = ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: st.window, Now: now}, st.office)
	st.window.SetContent(st.shell)
	var areas []ui.Area
	for i, noun := range []string{"activity", "bundle"} {
		st.areas = append(st.areas, newArea(noun))
		areas = append(areas, ui.Area{Key: []string{ui.AreaActivities, ui.AreaExchange}[i], Word: []string{"Hoạt động", "Trao đổi"}[i], Icon: theme.IconActivities, Screen: st.areas[i]})
	}
	st.shell.Begin(areas)
	st.shell.Keys(st.window.Canvas())
	return st
}

func (st *stage) reloads() []int { return []int{st.areas[0].reloads, st.areas[1].reloads} }

func TestTheRailCountsWhatWaitsForAPerson(t *testing.T) {
	st := start(t)
	for _, c := range []struct {
		open int
		want string
	}{{2, "Trao đổi 2 "}, {1234, "Trao đổi 99+ "}, {0, "Trao đổi Hoạt động"}} {
		st.office.status.Conflicts = c.open
		st.office.tell(record.Change{})
		if shown := strings.Join(strings.Fields(uitest.Words(st.shell)), " "); !strings.Contains(shown, c.want) {
			t.Errorf("%d open:\n%s\nwant %q", c.open, shown, c.want)
		}
	}
	st.office.status.Conflicts = 2
	st.office.tell(record.Change{})
	st.window.Resize(fyne.NewSize(900, 600))
	if shown := strings.Fields(uitest.Words(st.shell)); !slices.Contains(shown, "2") || slices.Contains(shown, "Trao") {
		t.Errorf("folded: %q", shown)
	}
}

func TestOnlyWhatIsSeenAndTouchedIsReadAgain(t *testing.T) {
	st := start(t)
	want := func(why string, counts ...int) {
		t.Helper()
		if diff := cmp.Diff(counts, st.reloads()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", why, diff)
		}
	}
	want("the first area is read when the window opens", 1, 0)
	st.office.tell(record.Change{Nouns: []string{"unit"}})
	want("nothing shows units", 1, 0)
	st.office.tell(record.Change{Nouns: []string{"activity", "bundle"}})
	want("the area not seen waits", 2, 0)
	st.shell.Open(1)
	want("until it is seen", 2, 1)
	st.shell.Open(0)
	want("what was not touched since is not read again", 2, 1)
	st.shell.End()
	if st.office.tell != nil {
		t.Error("the subscription must end with the shell")
	}
}

func TestKeysWorkWhileAFieldHasTheKeyboard(t *testing.T) {
	st := start(t)
	st.window.Canvas().Focus(st.areas[0].entry)
	st.keys.Ctrl(fyne.Key2)
	if st.shell.At() != 1 {
		t.Fatalf("Ctrl+2 opened area %d", st.shell.At())
	}
	st.window.Canvas().Focus(st.areas[1].entry)
	st.keys.Ctrl(fyne.KeyN)
	if st.shell.At() != 1 || st.areas[1].created != 1 {
		t.Errorf("Ctrl+N: at %d, created %d", st.shell.At(), st.areas[1].created)
	}
	alt := &desktop.CustomShortcut{KeyName: fyne.Key2, Modifier: fyne.KeyModifierAlt}
	st.window.Canvas().(fyne.Shortcutable).TypedShortcut(alt)
	if st.shell.At() != 1 {
		t.Errorf("Alt+2 opened area %d", st.shell.At())
	}
}

func TestSearchNarrowsTheOpenArea(t *testing.T) {
	st := start(t)
	st.shell.Open(1)
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Type("dak")
	if diff := cmp.Diff([]string{"d", "da", "dak"}, st.areas[1].sought); diff != "" {
		t.Errorf("searched (-want +got):\n%s", diff)
	}
	if st.shell.At() != 1 {
		t.Errorf("at %d", st.shell.At())
	}
}

// The box says what the area before you is narrowed to, and typing there begins anew.
func TestEachAreaKeepsItsOwnSearch(t *testing.T) {
	st := start(t)
	st.shell.Open(1)
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Type("dak")
	box := func() string { return st.window.Canvas().Focused().(*kit.KeyEntry).Text }
	st.shell.Open(0)
	st.keys.Ctrl(fyne.KeyK)
	if got := box(); got != "" {
		t.Errorf("another area shows %q", got)
	}
	st.shell.Open(1)
	st.keys.Ctrl(fyne.KeyK)
	if got := box(); got != "dak" {
		t.Errorf("back again it shows %q", got)
	}
	st.keys.Type("x")
	if n := len(st.areas[1].sought); st.areas[1].sought[n-1] != "x" {
		t.Errorf("searched %q", st.areas[1].sought)
	}
}

func TestHelpOpensFromAFieldAtThePageOfTheArea(t *testing.T) {
	st := start(t)
	st.window.Canvas().Focus(st.areas[0].entry)
	st.keys.Press(fyne.KeyF1)
	if o := uitest.Overlay(st.window); o == nil || !strings.Contains(uitest.Words(o), "Báo cáo năm gửi trước ngày 05/12.") {
		t.Error("F1 must open the page of the area")
	}
}

func TestTheRailFoldsWhereRoomIsShort(t *testing.T) {
	st := start(t)
	rail := func() bool { return strings.Contains(uitest.Words(st.shell), "Trao đổi") }
	if !rail() {
		t.Error("at 1366 the rail has words")
	}
	st.window.Resize(fyne.NewSize(1100, 768))
	if rail() {
		t.Error("below 1200 it has icons only")
	}
	st.window.Resize(fyne.NewSize(1366, 768))
	if !rail() {
		t.Error("and the words come back")
	}
}

func TestTheTopLineSaysHowSafeTheRecordIs(t *testing.T) {
	st := start(t)
	shown := uitest.Words(st.shell)
	for _, want := range []string{"Sao lưu: hôm nay 07:05", "Đóng gói: chưa lần nào"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in:\n%s", want, shown)
		}
	}
	st.office.status.Warnings = []record.Words{{VI: "Đồng hồ chỉ năm 2001."}}
	st.shell.Desk().Restate()
	if !strings.Contains(uitest.Words(st.shell), "Đồng hồ chỉ năm 2001.") {
		t.Error("a warning must be said")
	}
}

func TestTheTopLineSaysDamageInOneLine(t *testing.T) {
	st := start(t)
	before := st.shell.MinSize().Height
	long := strings.Repeat("Tệp hỏng được giữ nguyên. ", 4)
	for _, c := range []struct {
		kind error
		want string
	}{{record.ErrDamaged, "Sổ bị hỏng"}, {record.ErrSpace, "Chưa đọc được sổ"}} {
		st.office.fail = record.Refuse(c.kind, long, long)
		st.shell.Desk().Restate()
		shown := uitest.Words(st.shell)
		if !strings.Contains(shown, c.want) || strings.Contains(shown, "Sao lưu:") {
			t.Errorf("%v: shown\n%s", c.kind, shown)
		}
		if n := strings.Count(shown, "\n"+c.want+"\n"); n != 1 {
			t.Errorf("%q stands in %d lines of its own, want 1", c.want, n)
		}
	}
	st.office.fail = nil
	st.shell.Desk().Restate()
	if shown := uitest.Words(st.shell); strings.Contains(shown, "Tệp hỏng") || st.shell.MinSize().Height != before {
		t.Errorf("the sentence stays after the trouble is over:\n%s", shown)
	}
}

func TestTheShellsKeysRestWhileSomethingLiesOverIt(t *testing.T) {
	st := start(t)
	d := st.shell.Help()
	st.keys.Ctrl(fyne.Key2)
	st.keys.Ctrl(fyne.KeyN)
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Press(fyne.KeyF1)
	if st.shell.At() != 0 || st.areas[0].created != 0 || len(st.window.Canvas().Overlays().List()) != 1 {
		t.Errorf("under a dialog: at %d, created %d, %d overlays", st.shell.At(), st.areas[0].created, len(st.window.Canvas().Overlays().List()))
	}
	d.Close()
	st.keys.Ctrl(fyne.Key2)
	if st.shell.At() != 1 {
		t.Errorf("after it: at %d", st.shell.At())
	}
	st.shell.End()
	st.keys.Ctrl(fyne.Key1)
	if st.shell.At() != 1 {
		t.Error("a shell that has ended has no keys")
	}
}

func TestTheDoorLeadsToTheBackups(t *testing.T) {
	uitest.App(t)
	asked := 0
	door := ui.NewDoor(func(string) {}, func() { asked++ })
	uitest.Window(t, door)
	uitest.TapButton(t, door, "Khôi phục từ bản sao lưu…")
	if shown := uitest.Words(door); asked != 1 || strings.Contains(shown, "sophobienctl") {
		t.Errorf("asked %d times; shown:\n%s", asked, shown)
	}
}

func TestTheDoorKeepsWhatWasTyped(t *testing.T) {
	uitest.App(t)
	var tried []string
	door := ui.NewDoor(func(p string) { tried = append(tried, p) }, func() {})
	w := uitest.Window(t, door)
	w.Canvas().Focus(door.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Type("sai")
	keys.Press(fyne.KeyReturn, fyne.KeyReturn)
	door.Refuse("Mật khẩu không đúng.")
	if !strings.Contains(uitest.Words(door), "Mật khẩu không đúng.") {
		t.Error("the reason is not said")
	}
	keys.Press(fyne.KeyReturn)
	if diff := cmp.Diff([]string{"sai", "sai"}, tried); diff != "" {
		t.Errorf("tried (-want +got):\n%s", diff)
	}
}

// finder is an office that finds one question whatever is sought, and undoes.
type finder struct {
	*safety
	did []string
}

func (f *finder) SearchAll(_ context.Context, text string, _ int) ([]record.Hit, error) {
	f.did = append(f.did, "search "+text)
	return []record.Hit{{Ref: record.Ref{Noun: "question", ID: record.ID{1}}, Title: "Tiền lương làm thêm giờ?", Detail: record.Words{VI: "nhận ngày 05/03/2026", EN: "received on 05/03/2026"},
		Why: record.Words{VI: "trả lời “Ít nhất 150 %”", EN: "answer “Ít nhất 150 %”"}, Place: record.Place{Field: "answer"}}}, nil
}

func (f *finder) UndoLast(context.Context) (record.Change, error) {
	f.did = append(f.did, "undo")
	return record.Change{Words: record.Words{VI: "Thêm câu hỏi"}}, nil
}

func (f *finder) RedoLast(context.Context) (record.Change, error) {
	f.did = append(f.did, "redo")
	return record.Change{Words: record.Words{VI: "Thêm câu hỏi"}}, nil
}

func startFinder(t *testing.T) (*stage, *finder) {
	t.Helper()
	st := start(t)
	st.shell.End()
	f := &finder{safety: st.office}
	now := func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) }
	st.shell = ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: st.window, Now: now}, f)
	st.window.SetContent(st.shell)
	st.areas = []*area{newArea("activity"), newArea("bundle")}
	st.shell.Begin([]ui.Area{
		{Key: "a", Word: "Hoạt động", Icon: theme.IconActivities, Screen: st.areas[0]},
		{Key: "b", Word: "Trao đổi", Icon: theme.IconExchange, Screen: st.areas[1]},
	})
	st.shell.Keys(st.window.Canvas())
	return st, f
}

func TestEnterSearchesTheWholeRegister(t *testing.T) {
	st, f := startFinder(t)
	var opened record.Ref
	var place record.Place
	st.shell.OnOpenRow = func(ref record.Ref, at record.Place) { opened, place = ref, at }
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Type("luong")
	st.keys.Press(fyne.KeyReturn)
	if shown := uitest.Words(st.shell); !strings.Contains(shown, "Tiền lương làm thêm giờ?") || !strings.Contains(shown, "Câu hỏi") || !strings.Contains(shown, "Trả lời “Ít nhất 150 %” · nhận ngày 05/03/2026") {
		t.Fatalf("found:\n%s", shown)
	}
	if st.areas[0].Visible() {
		t.Error("the area stands behind what was found")
	}
	st.keys.Press(fyne.KeyEscape)
	if !st.areas[0].Visible() || strings.Contains(uitest.Words(st.shell), "Tiền lương làm thêm giờ?") {
		t.Error("Escape does not go back")
	}
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Press(fyne.KeyReturn, fyne.KeyReturn)
	if opened.Noun != "question" || place.Field != "answer" || f.did[len(f.did)-1] != "search luong" {
		t.Errorf("opened %v after %v", opened, f.did)
	}
}

func TestUndoAndRedoFromAnywhereButAField(t *testing.T) {
	st, f := startFinder(t)
	st.window.Canvas().Unfocus()
	st.keys.Ctrl(fyne.KeyZ)
	if st.shell.Toast().Text() != "Đã hoàn tác: Thêm câu hỏi." {
		t.Errorf("said %q", st.shell.Toast().Text())
	}
	st.keys.Ctrl(fyne.KeyY)
	st.window.Canvas().Focus(st.areas[0].entry)
	st.keys.Type("a")
	st.keys.Ctrl(fyne.KeyZ)
	if diff := cmp.Diff([]string{"undo", "redo"}, f.did); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
}

func TestWhatWasSaidGoesWithTheNextActionOrAfterAWhile(t *testing.T) {
	st := guard(t)
	st.shell.Toast().Say("Đã xóa", func() {})
	st.now = st.now.Add(kit.ToastStays - time.Second)
	st.shell.Tick()
	if st.shell.Toast().Text() == "" {
		t.Fatal("gone too soon")
	}
	st.now = st.now.Add(time.Second)
	st.shell.Tick()
	if said := st.shell.Toast().Text(); said != "" {
		t.Fatalf("still saying %q", said)
	}
	st.shell.Toast().Say("Đã xóa", func() {})
	st.guard.tell(record.Change{Nouns: []string{"activity"}})
	if said := st.shell.Toast().Text(); said != "" {
		t.Errorf("after the next action: %q", said)
	}
}

// guides is an office that prints the help.
type guides struct {
	safety
	written []string
	page    record.Guide
}

func (g *guides) WriteGuide(_ context.Context, page record.Guide, path string) (record.Words, error) {
	g.page = page
	g.written = append(g.written, page.Title+": "+filepath.ToSlash(path))
	return record.Words{}, nil
}

func TestAPageOfTheHelpIsWritten(t *testing.T) {
	uitest.App(t)
	window, office := uitest.Window(t, kit.Line("")), &guides{}
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: window, Now: uitest.Clock}, office)
	window.SetContent(shell)
	shell.Begin([]ui.Area{{Word: "Báo cáo", Icon: theme.IconReports, Screen: newArea("activity")}})
	shell.Keys(window.Canvas())
	keys := uitest.NewKeyboard(window)
	window.Canvas().Unfocus()
	keys.Press(fyne.KeyF1)
	keys.Ctrl(fyne.KeyP)
	keys.Type("/in")
	keys.Press(fyne.KeyReturn, fyne.KeyEscape)
	if diff := cmp.Diff([]string{"Báo cáo: /in/Hướng dẫn – Báo cáo.pdf"}, office.written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if uitest.Overlay(window) != nil || !strings.Contains(shell.Toast().Text(), "Hướng dẫn – Báo cáo.pdf") {
		t.Errorf("said %q", shell.Toast().Text())
	}
	viewer, kinds := shell.Help(), map[record.GuideKind]int{}
	for _, name := range help.Names() {
		viewer.Follow(name)
		keys.Ctrl(fyne.KeyP)
		keys.Press(fyne.KeyReturn)
		for _, p := range office.page.Parts {
			kinds[p.Kind]++
			if p.Text == "" || p.Kind == record.GuideStep && (p.Text[0] < '1' || p.Text[0] > '9') {
				t.Errorf("%s: printed %+v", name, p)
			}
		}
	}
	for _, kind := range []record.GuideKind{record.GuideText, record.GuideHeading, record.GuideItem, record.GuideStep} {
		if kinds[kind] == 0 {
			t.Errorf("printed %v", kinds)
		}
	}
}
