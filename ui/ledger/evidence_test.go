package ledger

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// album is a strip of evidence in a window, with what the shell would show.
type album struct {
	*uitest.Keyboard
	office *uitest.Evidence
	shown  *Evidence
	window fyne.Window
	said   string
	undo   func()
	again  func()
}

var owner = record.Ref{Noun: "activity", ID: record.NewID(1, [10]byte{1})}

func newAlbum(t *testing.T, runner *kit.Runner, paths ...string) *album {
	t.Helper()
	uitest.App(t)
	a := &album{office: uitest.NewEvidence()}
	for _, p := range paths {
		if _, err := a.office.AddEvidence(t.Context(), owner, p); err != nil {
			t.Fatal(err)
		}
	}
	a.window = uitest.Window(t, nil)
	a.shown = NewEvidence(kit.Desk{
		Runner: runner, Window: a.window, Now: func() time.Time { return uitest.Now },
		Say:      func(words string, undo func()) { a.said, a.undo = words, undo },
		SayAgain: func(words string, again func()) { a.said, a.again = words, again },
	}, a.office)
	a.window.SetContent(a.shown)
	a.Keyboard = uitest.NewKeyboard(a.window)
	a.shown.ShowOf(owner)
	return a
}

// names are what the tiles are called, in their order.
func (a *album) names() string {
	var out []string
	for _, x := range a.shown.list {
		out = append(out, nameOf(x))
	}
	return strings.Join(out, " ")
}

func (a *album) focus() { a.window.Canvas().Focus(a.shown.FocusTarget()) }

func TestEvidenceIsShownMovedThroughAndTakenAway(t *testing.T) {
	a := newAlbum(t, uitest.AtOnce(), "một.jpg", "hai.jpg", "văn bản.pdf")
	words := uitest.Words(a.shown)
	for _, want := range []string{"Minh chứng (3)", "một.jpg", "05/03/2026", "PDF, 411 KB"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in sight:\n%s", want, words)
		}
	}
	for i, tile := range a.shown.strip.tiles {
		if has := tile.picture.Image != nil; has != (i < 2) || tile.icon.Visible() != (i == 2) {
			t.Errorf("tile %d: a picture %v, an icon %v", i, has, tile.icon.Visible())
		}
	}
	a.focus()
	a.Press(fyne.KeyRight, fyne.KeyDelete)
	if a.names() != "một.jpg văn bản.pdf" || a.said != "Đã gỡ “hai.jpg”" {
		t.Errorf("left: %s; said %q", a.names(), a.said)
	}
	a.undo()
	if a.names() != "một.jpg hai.jpg văn bản.pdf" {
		t.Errorf("after undo: %s", a.names())
	}
	a.again()
	if a.names() != "một.jpg văn bản.pdf" {
		t.Errorf("done again: %s", a.names())
	}
	a.Press(fyne.KeyEnd, fyne.KeyDelete, fyne.KeyHome, fyne.KeyDelete, fyne.KeyDelete)
	if a.shown.Count() != 0 || !strings.Contains(uitest.Words(a.shown), "Chưa có ảnh") {
		t.Errorf("left: %s\n%s", a.names(), uitest.Words(a.shown))
	}
	a.office.Fail["Undo"] = record.Refuse(record.ErrBusy, "Sổ đang bận.", "Busy.")
	a.undo()
	if a.said != "Sổ đang bận." {
		t.Errorf("of a failed undo is told: %q", a.said)
	}
}

func TestWhatCanBeDoneWithAFileIsDoneWithKeys(t *testing.T) {
	a := newAlbum(t, uitest.AtOnce(), "một.jpg", "hai.jpg")
	const keys = "Enter xem, ghi chú thích; Delete gỡ; + thêm"
	if strings.Contains(uitest.Words(a.shown), keys) {
		t.Error("the keys are told while the strip does not have them")
	}
	a.focus()
	if !strings.Contains(uitest.Words(a.shown), keys) {
		t.Errorf("the keys are not told:\n%s", uitest.Words(a.shown))
	}
	a.Press(fyne.KeyRight, fyne.KeyF2)
	a.UniKey("Lớp học")
	a.Press(fyne.KeyReturn)
	if words := uitest.Words(a.shown); !strings.Contains(words, "Lớp học") || uitest.Overlay(a.window) != nil {
		t.Errorf("F2 does not describe:\n%s", words)
	}
	for downs, want := range []string{"Chú thích", "Lưu minh chứng ra tệp", "", "Thêm minh chứng"} {
		if want == "" {
			continue
		}
		a.focus()
		a.Alt(fyne.KeyDown)
		for range downs {
			a.Press(fyne.KeyDown)
		}
		a.Press(fyne.KeyReturn)
		if o := uitest.Overlay(a.window); o == nil || !strings.Contains(uitest.Words(o), want) {
			t.Errorf("the menu does not lead to %q", want)
		}
		kit.CloseDialogs(a.window.Canvas())
	}
	a.focus()
	a.Type("+")
	if o := uitest.Overlay(a.window); o == nil || !strings.Contains(uitest.Words(o), "Thêm minh chứng") {
		t.Error("+ does not add")
	}
	kit.CloseDialogs(a.window.Canvas())
	a.focus()
	a.Alt(fyne.KeyDown)
	a.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if a.names() != "một.jpg" {
		t.Errorf("left after removing by the menu: %s", a.names())
	}
}

func TestTheCaptionIsWrittenInTheLargeView(t *testing.T) {
	a := newAlbum(t, uitest.AtOnce(), "một.jpg", "văn bản.pdf")
	a.focus()
	a.Press(fyne.KeyReturn)
	if words := uitest.Words(uitest.Overlay(a.window)); !strings.Contains(words, "Ảnh · 2.048 × 1.536 · 411 KB · ngày 05/03/2026") {
		t.Errorf("the view says:\n%s", words)
	}
	a.UniKey("Toàn cảnh lớp học")
	a.office.Fail["CaptionEvidence"] = record.Refuse(record.ErrBusy, "Sổ đang bận.", "Busy.")
	a.Press(fyne.KeyReturn)
	if o := uitest.Overlay(a.window); o == nil || !strings.Contains(uitest.Words(o), "Sổ đang bận.") || !strings.Contains(uitest.Words(o), "Toàn cảnh lớp học") {
		t.Fatal("a failed save must keep the view and what was typed")
	}
	delete(a.office.Fail, "CaptionEvidence")
	a.Press(fyne.KeyReturn)
	if uitest.Overlay(a.window) != nil || !strings.HasPrefix(a.names(), "Toàn cảnh lớp học") {
		t.Errorf("after saving: %s", a.names())
	}
	// Nothing changed is nothing stored; Escape leaves.
	a.Press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeySpace)
	a.Type("x")
	a.Press(fyne.KeyEscape)
	if n := count(a.office.Calls, "CaptionEvidence"); n != 2 || uitest.Overlay(a.window) != nil {
		t.Errorf("stored %d times", n)
	}
	a.Press(fyne.KeyEnd, fyne.KeyReturn) // a PDF has no picture to fetch
	uitest.TapButton(t, uitest.Overlay(a.window), "Gỡ")
	if a.shown.Count() != 1 || uitest.Overlay(a.window) != nil {
		t.Errorf("left: %s", a.names())
	}
}

func count(calls []string, method string) (n int) {
	for _, c := range calls {
		if c == method {
			n++
		}
	}
	return n
}

func TestEvidenceIsSavedToAFile(t *testing.T) {
	a := newAlbum(t, uitest.AtOnce(), "một.jpg")
	a.shown.SetDefaultFolder("Ảnh")
	a.focus()
	a.Press(fyne.KeyReturn)
	uitest.TapButton(t, uitest.Overlay(a.window), "Lưu ra tệp…")
	a.Press(fyne.KeyReturn)
	if len(a.office.Saved) != 1 || !strings.HasSuffix(a.office.Saved[0], "một.jpg") || !strings.HasPrefix(a.said, "Đã ghi ") {
		t.Errorf("saved %q, said %q", a.office.Saved, a.said)
	}
	if !strings.Contains(uitest.Words(uitest.Overlay(a.window)), "Chú thích") {
		t.Error("the view is gone")
	}
}

// TestFilesAreChosenTogether: two of three are marked, and added one after the other.
func TestFilesAreChosenTogether(t *testing.T) {
	a := newAlbum(t, uitest.AtOnce())
	folder := t.TempDir()
	for _, name := range []string{"anh-buoi-1.jpg", "anh-buoi-2.jpg", "hoa.jpg", "ghi.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a.focus()
	a.Press(fyne.KeySpace)
	a.Type(folder)
	a.Press(fyne.KeyReturn)
	a.Type("buoi-")
	shown := uitest.Words(uitest.Overlay(a.window))
	if !strings.Contains(shown, "anh-buoi-1.jpg") || strings.Contains(shown, "hoa.jpg") || strings.Contains(shown, "ghi.txt") {
		t.Errorf("searched:\n%s", shown)
	}
	a.Press(fyne.KeyTab)
	a.Ctrl(fyne.KeyA)
	uitest.TapButton(t, uitest.Overlay(a.window), "Chọn 2 tệp (Ctrl+Enter)")
	if a.names() != "anh-buoi-1.jpg anh-buoi-2.jpg" || uitest.Overlay(a.window) != nil || a.window.Canvas().Focused() != fyne.Focusable(a.shown.strip) {
		t.Errorf("%s; the keyboard is at %T", a.names(), a.window.Canvas().Focused())
	}
}

// TestDroppedFilesComeOneAfterTheOther: each is in sight once it is stored, and what
// fails does not stop the others.
func TestDroppedFilesComeOneAfterTheOther(t *testing.T) {
	var held uitest.Held
	a := newAlbum(t, held.Runner())
	held.ReleaseAll()
	a.office.Fail["d/hai.jpg"] = record.Refuse(record.ErrInvalid, "“hai.jpg” quá lớn.", "Too large.")
	a.shown.Dropped([]string{"d/một.jpg", "d/hai.jpg", "d/ba.jpg"})
	if words := uitest.Words(a.shown); !strings.Contains(words, "Đang thêm tệp 1 trên 3: một.jpg") || held.Waiting() != 1 {
		t.Errorf("%d under way:\n%s", held.Waiting(), words)
	}
	held.Release()
	if a.names() != "một.jpg" || !strings.Contains(uitest.Words(a.shown), "Đang thêm tệp 2 trên 3: hai.jpg") {
		t.Errorf("after one: %s", a.names())
	}
	a.shown.Dropped([]string{"d/bốn.pdf"})
	if !strings.Contains(uitest.Words(a.shown), "2 trên 4") {
		t.Errorf("more came:\n%s", uitest.Words(a.shown))
	}
	held.ReleaseAll()
	if a.names() != "một.jpg ba.jpg bốn.pdf" || a.said != "Đã thêm 3 tệp minh chứng" {
		t.Errorf("at the end: %s; said %q", a.names(), a.said)
	}
	if words := uitest.Words(a.shown); !strings.Contains(words, "“hai.jpg” quá lớn.") || strings.Contains(words, "Đang thêm") {
		t.Errorf("at the end:\n%s", words)
	}
	a.shown.Dropped([]string{"d/năm.jpg"})
	held.ReleaseAll()
	if strings.Contains(uitest.Words(a.shown), "quá lớn") {
		t.Error("an old problem stays")
	}
}

// TestFilesGoWhereTheyWereDropped though another row is shown meanwhile.
func TestFilesGoWhereTheyWereDropped(t *testing.T) {
	var held uitest.Held
	a := newAlbum(t, held.Runner())
	held.ReleaseAll()
	a.shown.Dropped([]string{"một.jpg", "hai.jpg"})
	held.Release()
	other := record.Ref{Noun: "activity", ID: record.NewID(2, [10]byte{2})}
	a.shown.ShowOf(other)
	held.ReleaseAll()
	if a.shown.Count() != 0 {
		t.Errorf("the other row shows %s", a.names())
	}
	a.shown.ShowOf(owner)
	held.ReleaseAll()
	if a.names() != "một.jpg hai.jpg" {
		t.Errorf("the row it was dropped on has %s", a.names())
	}
	a.shown.ShowOf(record.Ref{Noun: "activity"})
	if words := uitest.Words(a.shown); a.shown.Count() != 0 || !strings.Contains(words, "Lưu hồ sơ rồi") || !a.shown.add.Disabled() {
		t.Errorf("a row that is not stored:\n%s", words)
	}
	a.shown.Dropped([]string{"ba.jpg"})
	if held.Waiting() != 0 || !strings.Contains(uitest.Words(a.shown), "Hãy lưu hồ sơ trước") {
		t.Errorf("dropped on nothing:\n%s", uitest.Words(a.shown))
	}
}

// TestTheNewestRowsPicturesCount in whatever order answers come.
func TestTheNewestRowsPicturesCount(t *testing.T) {
	var held uitest.Held
	a := newAlbum(t, held.Runner(), "một.jpg")
	other := record.Ref{Noun: "activity", ID: record.NewID(2, [10]byte{2})}
	if _, err := a.office.AddEvidence(t.Context(), other, "khác.jpg"); err != nil {
		t.Fatal(err)
	}
	a.shown.ShowOf(other)
	held.ReleaseReversed()
	held.ReleaseAll()
	if a.names() != "khác.jpg" || a.shown.strip.tiles[0].picture.Image == nil {
		t.Errorf("shown: %s", a.names())
	}
	a.office.Fail["Thumbnail"] = record.Refuse(record.ErrDamaged, "Tệp minh chứng đã bị hỏng.", "Damaged.")
	a.shown.ShowOf(owner)
	held.ReleaseAll()
	if words := uitest.Words(a.shown); !strings.Contains(words, "đã bị hỏng") || !a.shown.strip.tiles[0].icon.Visible() || held.Waiting() != 0 {
		t.Errorf("a picture that cannot be seen:\n%s", words)
	}
}

// TestManyFilesScrollAlong: the tile the keyboard is at is in sight.
func TestManyFilesScrollAlong(t *testing.T) {
	var paths []string
	for i := range 14 {
		paths = append(paths, strings.Repeat("ảnh dài ", i)+".jpg")
	}
	a := newAlbum(t, uitest.AtOnce(), paths...)
	a.focus()
	a.Press(fyne.KeyEnd)
	s := a.shown.strip
	last := s.tiles[13]
	if right := last.Position().X + last.Size().Width; s.scroll.Offset.X+s.scroll.Size().Width < right-1 || s.scroll.Offset.X == 0 {
		t.Errorf("the last tile ends at %v, in sight is %v + %v", right, s.scroll.Offset.X, s.scroll.Size().Width)
	}
	a.Press(fyne.KeyHome)
	if s.scroll.Offset.X != 0 {
		t.Errorf("back at %v", s.scroll.Offset.X)
	}
}
