package kit_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// desk is a folder of files and a field that asks for one.
type chooserStage struct {
	root    string
	window  fyne.Window
	keys    *uitest.Keyboard
	field   *kit.PathEntry
	browse  *kit.PushButton
	holding *uitest.Held
}

func choosing(t *testing.T, folder bool, endings ...string) *chooserStage {
	t.Helper()
	st := &chooserStage{root: t.TempDir(), holding: &uitest.Held{}}
	t.Setenv("HOME", filepath.Join(st.root, "nhà"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(st.root, "nhà", ".config"))
	for _, name := range []string{
		"nhà/Documents/Tập huấn/Danh sách Đăk Hà.xlsx", "nhà/Documents/Tập huấn/Biên bản.pdf", "nhà/Documents/Tập huấn/Ảnh buổi sáng.JPG",
		"nhà/Documents/Năm cũ/2025/Danh sách.xlsx", "nhà/Documents/.giấu", "nhà/Downloads/Tờ rơi.pdf",
	} {
		write(t, filepath.Join(st.root, filepath.FromSlash(name)))
	}
	uitest.App(t)
	st.window = uitest.Window(t, kit.Line(""))
	st.keys = uitest.NewKeyboard(st.window)
	desk := kit.Desk{Window: st.window, Runner: st.holding.Runner()}
	if folder {
		st.field = kit.NewFolderEntry(desk)
	} else {
		st.field = kit.NewFileEntry(desk, endings...)
	}
	st.window.SetContent(kit.VStack(theme.SizeGap, st.field.Object()))
	st.browse = uitest.Button(t, st.window.Content(), "Chọn…")
	kit.Keys(st.window.Canvas(), func(*fyne.KeyEvent) { t.Error("a key went past the sheet to the window") })
	return st
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// begin pushes the button with the keyboard and lets the folder be read.
func (st *chooserStage) begin() {
	st.window.Canvas().Focus(st.browse)
	st.keys.Press(fyne.KeyReturn)
	st.holding.ReleaseAll()
}

func (st *chooserStage) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		st.keys.Press(k)
		st.holding.ReleaseAll()
	}
}

func (st *chooserStage) at(parts ...string) string {
	return filepath.Join(append([]string{st.root, "nhà"}, parts...)...)
}

// seen is what the sheet shows; "" when there is none.
func (st *chooserStage) seen() string {
	if o := uitest.Overlay(st.window); o != nil {
		return uitest.Words(o)
	}
	return ""
}

func (st *chooserStage) shows(t *testing.T, when string, words map[string]bool) {
	t.Helper()
	seen := st.seen()
	for w, want := range words {
		if strings.Contains(seen, w) != want {
			t.Errorf("%s: %q shown: %v, want %v:\n%s", when, w, !want, want, seen)
		}
	}
}

func TestAFileIsChosenWithTheKeyboardAlone(t *testing.T) {
	st := choosing(t, false, ".xlsx", ".jpg")
	st.begin()
	st.shows(t, "at first", map[string]bool{"Năm cũ": true, "Tập huấn": true, "giấu": false, "Tài liệu của tôi": true, "Tệp tải về": true})
	st.keys.UniKey("tập")
	st.shows(t, "searched", map[string]bool{"Năm cũ": false, "Tập huấn": true})
	st.press(fyne.KeyReturn)
	st.shows(t, "inside", map[string]bool{"Danh sách Đăk Hà.xlsx": true, "Ảnh buổi sáng.JPG": true, "Biên bản.pdf": false, ".xlsx, .jpg": true})
	st.keys.Type("dak")
	st.press(fyne.KeyReturn)
	if want := st.at("Documents", "Tập huấn", "Danh sách Đăk Hà.xlsx"); st.field.Text != want {
		t.Errorf("chosen %q, want %q", st.field.Text, want)
	}
	if uitest.Overlay(st.window) != nil || st.window.Canvas().Focused() != st.field.Focusable() {
		t.Errorf("still open: %v; the keyboard is at %T", uitest.Overlay(st.window) != nil, st.window.Canvas().Focused())
	}
}

func TestEscapeLeavesTheChooserWhereOneWas(t *testing.T) {
	for name, before := range map[string]func(*chooserStage){
		"in the search":           func(*chooserStage) {},
		"in what was typed":       func(st *chooserStage) { st.keys.Type("tap") },
		"in the places":           func(st *chooserStage) { st.press(fyne.KeyTab, fyne.KeyTab) },
		"in the list":             func(st *chooserStage) { st.press(fyne.KeyTab) },
		"with no keyboard at all": func(st *chooserStage) { st.window.Canvas().Unfocus() },
	} {
		st := choosing(t, false)
		st.begin()
		before(st)
		st.press(fyne.KeyEscape)
		if uitest.Overlay(st.window) != nil || st.field.Text != "" {
			t.Errorf("%s: still open: %v; chosen %q", name, uitest.Overlay(st.window) != nil, st.field.Text)
		}
		if st.window.Canvas().Focused() != fyne.Focusable(st.browse) {
			t.Errorf("%s: the keyboard is at %T", name, st.window.Canvas().Focused())
		}
	}
}

func TestTheFolderAbove(t *testing.T) {
	up := map[string]func(*chooserStage){
		"Backspace in the search": func(st *chooserStage) { st.press(fyne.KeyBackspace) },
		"Alt+Up in the search":    func(st *chooserStage) { st.keys.Alt(fyne.KeyUp); st.holding.ReleaseAll() },
		"Backspace in the list":   func(st *chooserStage) { toList(st); st.press(fyne.KeyBackspace) },
		"Alt+Up in the list": func(st *chooserStage) {
			toList(st)
			st.keys.Alt(fyne.KeyUp)
			st.holding.ReleaseAll()
		},
	}
	for name, go_ := range up {
		st := choosing(t, false)
		st.field.SetText(st.at("Documents", "Tập huấn", "Biên bản.pdf"))
		st.begin()
		st.shows(t, name+": begun", map[string]bool{"Biên bản.pdf": true})
		go_(st)
		st.shows(t, name, map[string]bool{"Năm cũ": true, "Biên bản.pdf": false})
		// The keyboard is on the folder that was left.
		st.press(fyne.KeyReturn)
		st.shows(t, name+" and back", map[string]bool{"Biên bản.pdf": true})
	}
}

// toList gives the keyboard to the list of entries.
func toList(st *chooserStage) { st.press(fyne.KeyTab) }

func TestBackspaceTakesBackALetterBeforeItGoesUp(t *testing.T) {
	st := choosing(t, false)
	st.begin()
	st.keys.Type("nz")
	st.shows(t, "typed", map[string]bool{"Năm cũ": false, "Không có tên nào như vậy": true})
	st.press(fyne.KeyBackspace)
	st.shows(t, "one letter back", map[string]bool{"Năm cũ": true, st.at("Documents"): true})
}

func TestLettersInTheListGoToTheSearch(t *testing.T) {
	st := choosing(t, false)
	st.begin()
	toList(st)
	st.keys.Type("nam")
	st.shows(t, "typed", map[string]bool{"Năm cũ": true, "Tập huấn": false})
	st.press(fyne.KeyReturn)
	st.shows(t, "opened", map[string]bool{"2025": true})
}

func TestAPlaceIsOpenedWithTheKeyboard(t *testing.T) {
	st := choosing(t, false)
	st.begin()
	st.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn) // Desktop is not there
	st.shows(t, "the second place", map[string]bool{"Tờ rơi.pdf": true})
}

func TestAFolderIsChosen(t *testing.T) {
	st := choosing(t, true)
	st.begin()
	st.shows(t, "folders only", map[string]bool{"Tập huấn": true, "Biên bản.pdf": false})
	st.keys.Type("nam")
	st.press(fyne.KeyReturn)
	st.keys.Ctrl(fyne.KeyReturn)
	if want := st.at("Documents", "Năm cũ"); st.field.Text != want {
		t.Errorf("chosen %q, want %q", st.field.Text, want)
	}
	// The next time it begins there.
	st.field.SetText("")
	st.begin()
	st.shows(t, "the next time", map[string]bool{"2025": true})
	uitest.TapButton(t, uitest.Overlay(st.window), "Chọn “Năm cũ” (Ctrl+Enter)")
	if want := st.at("Documents", "Năm cũ"); st.field.Text != want {
		t.Errorf("chosen by the button %q, want %q", st.field.Text, want)
	}
}

func TestAWholePathIsTyped(t *testing.T) {
	st := choosing(t, false, ".xlsx")
	st.begin()
	st.keys.Type(st.at("Downloads"))
	st.press(fyne.KeyReturn)
	st.shows(t, "a folder", map[string]bool{st.at("Downloads"): true})
	st.keys.Type(st.at("không có"))
	st.press(fyne.KeyReturn)
	st.shows(t, "nothing", map[string]bool{"Không có thư mục hay tệp nào như vậy.": true})
	st.keys.Ctrl(fyne.KeyA)
	st.keys.Type(`"` + st.at("Downloads", "Tờ rơi.pdf") + `"`)
	st.press(fyne.KeyReturn)
	if want := st.at("Downloads", "Tờ rơi.pdf"); st.field.Text != want {
		t.Errorf("chosen %q, want %q", st.field.Text, want)
	}
}

func TestAFolderThatCannotBeReadSaysSo(t *testing.T) {
	st := choosing(t, false)
	st.begin()
	st.keys.Type("tap")
	if err := os.RemoveAll(st.at("Documents", "Tập huấn")); err != nil {
		t.Fatal(err)
	}
	st.press(fyne.KeyReturn)
	st.shows(t, "gone", map[string]bool{"Thư mục này không còn, hoặc ổ đĩa đã được rút ra.": true})
	st.press(fyne.KeyBackspace)
	st.shows(t, "the folder above", map[string]bool{"Năm cũ": true})
}

func TestAFolderThatIsGoneIsNotChosen(t *testing.T) {
	st := choosing(t, true)
	st.begin()
	st.keys.Type("tap")
	if err := os.RemoveAll(st.at("Documents", "Tập huấn")); err != nil {
		t.Fatal(err)
	}
	st.press(fyne.KeyReturn)
	st.keys.Ctrl(fyne.KeyReturn)
	if st.field.Text != "" || uitest.Overlay(st.window) == nil {
		t.Errorf("chosen %q", st.field.Text)
	}
}

func TestAForbiddenFolderSaysSo(t *testing.T) {
	if os.Getuid() == 0 {
		// The one who may read everything meets a folder that is a file instead.
		st := choosing(t, false)
		st.begin()
		st.keys.Type("tap")
		path := st.at("Documents", "Tập huấn")
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		write(t, path)
		st.press(fyne.KeyReturn)
		st.shows(t, "no folder", map[string]bool{"Chưa mở được thư mục này.": true})
		return
	}
	st := choosing(t, false)
	path := st.at("Documents", "Tập huấn")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(path, 0o755) })
	st.begin()
	st.keys.Type("tap")
	st.press(fyne.KeyReturn)
	st.shows(t, "forbidden", map[string]bool{"Không có quyền mở thư mục này.": true})
}

// A folder is read away from the window: meanwhile one can leave, or go elsewhere, and
// an answer that comes late is dropped.
func TestTheWindowDoesNotWaitForAFolder(t *testing.T) {
	st := choosing(t, false)
	st.begin()
	st.keys.Type("tap")
	st.keys.Press(fyne.KeyReturn)
	if st.holding.Waiting() == 0 || !strings.Contains(st.seen(), "Đang đọc thư mục…") {
		t.Fatalf("waits: %d\n%s", st.holding.Waiting(), st.seen())
	}
	st.keys.Alt(fyne.KeyUp)
	st.holding.ReleaseReversed()
	st.shows(t, "both answers", map[string]bool{"Năm cũ": true, "Biên bản.pdf": false})
	st.keys.Press(fyne.KeyReturn)
	st.press(fyne.KeyEscape)
	if uitest.Overlay(st.window) != nil {
		t.Error("Escape waits for the folder")
	}
}

func TestAFolderOfManyFiles(t *testing.T) {
	st := choosing(t, false, ".pdf")
	many := st.at("Documents", "Nhiều")
	if err := os.MkdirAll(many, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 10_000 {
		f, err := os.Create(filepath.Join(many, fmt.Sprintf("Biên bản %05d.pdf", i)))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	st.field.SetText(many)
	st.begin()
	st.shows(t, "read", map[string]bool{"10.000 mục": true})
	if n := strings.Count(st.seen(), ".pdf\n"); n > 100 {
		t.Errorf("%d rows are drawn", n)
	}
	st.keys.Type("09998")
	st.press(fyne.KeyReturn)
	if want := filepath.Join(many, "Biên bản 09998.pdf"); st.field.Text != want {
		t.Errorf("chosen %q, want %q", st.field.Text, want)
	}
}

// TestSignsOfANameAreSearched: a name is found by a part of it that bears a sign.
func TestSignsOfANameAreSearched(t *testing.T) {
	for typed, found := range map[string]bool{"buoi-1": true, "Buổi 1": true, "anh-": true, "buoi-2": false, "_": false, "-": true} {
		st := choosing(t, false)
		write(t, st.at("Documents", "Ảnh", "anh-buoi-1.jpg"))
		st.field.SetText(st.at("Documents", "Ảnh"))
		st.begin()
		st.keys.Type(typed)
		st.shows(t, typed, map[string]bool{"anh-buoi-1.jpg": found})
	}
}

func TestAFolderIsMadeWhereOneIsChosen(t *testing.T) {
	st := choosing(t, true)
	st.begin()
	uitest.TapButton(t, uitest.Overlay(st.window), "Thư mục mới")
	st.shows(t, "without a name", map[string]bool{"Hãy gõ tên thư mục mới": true})
	st.keys.Type("Tập huấn")
	uitest.TapButton(t, uitest.Overlay(st.window), "Thư mục mới")
	st.holding.ReleaseAll()
	st.shows(t, "a name that is there", map[string]bool{"Ở đây đã có": true})
	st.keys.Ctrl(fyne.KeyA)
	st.keys.Type("Báo cáo: 2026")
	st.keys.CtrlShift(fyne.KeyN)
	st.holding.ReleaseAll()
	made := st.at("Documents", "Báo cáo- 2026")
	st.shows(t, "made", map[string]bool{made: true, "0 thư mục": true})
	if info, err := os.Stat(made); err != nil || !info.IsDir() {
		t.Fatalf("not made: %v", err)
	}
	st.keys.Ctrl(fyne.KeyReturn)
	if st.field.Text != made {
		t.Errorf("chosen %q", st.field.Text)
	}
}

// TestSeveralFilesAreChosen: what is marked stays marked while one searches on; a folder
// and what the search hides are not taken with all; Enter takes what is marked.
func TestSeveralFilesAreChosen(t *testing.T) {
	st := choosing(t, false)
	for _, name := range []string{"a.jpg", "b.jpg", "c.jpg", "d.png"} {
		write(t, st.at("Documents", "Ảnh", name))
	}
	write(t, st.at("Documents", "Ảnh", "jpg cũ", "e.jpg"))
	var chosen []string
	open := func() {
		chosen = nil
		kit.ChooseFiles(kit.Desk{Window: st.window, Runner: st.holding.Runner()}, kit.FileQuestion{From: st.at("Documents", "Ảnh"), Endings: []string{".jpg", ".png"}}, func(paths []string) {
			for _, p := range paths {
				chosen = append(chosen, filepath.Base(p))
			}
		})
		st.holding.ReleaseAll()
	}
	open()
	st.keys.Ctrl(fyne.KeyReturn) // nothing is marked
	if len(chosen) > 0 {
		t.Errorf("chosen %q", chosen)
	}
	st.keys.Type("b.jpg")
	toList(st)
	st.keys.Type(" ")
	st.keys.Type("a.") // back to the search
	st.keys.Ctrl(fyne.KeyA)
	st.keys.Type("a.jpg")
	toList(st)
	st.keys.Type(" ")
	st.press(fyne.KeyReturn)
	if got := strings.Join(chosen, " "); got != "a.jpg b.jpg" {
		t.Errorf("marked a and b, chosen %q", got)
	}
	open()
	st.keys.Type("jpg")
	toList(st)
	st.keys.Ctrl(fyne.KeyA)
	st.keys.Ctrl(fyne.KeyReturn)
	if got := strings.Join(chosen, " "); got != "a.jpg b.jpg c.jpg" {
		t.Errorf("all that is found, chosen %q", got)
	}
	open() // and without leaving the search: a blank after a step marks, one in a word is typed
	st.press(fyne.KeyDown, fyne.KeyDown)
	st.keys.Type(" ")
	st.press(fyne.KeyDown)
	st.keys.Type(" ")
	st.keys.Ctrl(fyne.KeyReturn)
	if got := strings.Join(chosen, " "); len(chosen) != 2 {
		t.Errorf("marked from the search, chosen %q", got)
	}
}
