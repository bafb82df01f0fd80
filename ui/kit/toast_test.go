package kit_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

type toasting struct {
	*kit.Toast
	now    time.Time
	window fyne.Window
}

func toasts(t *testing.T) *toasting {
	t.Helper()
	uitest.App(t)
	st := &toasting{now: uitest.Now}
	st.Toast = kit.NewToast(func() time.Time { return st.now })
	st.window = uitest.Window(t, st.Toast)
	return st
}

func (st *toasting) wait(d time.Duration) {
	st.now = st.now.Add(d)
	st.Tick()
}

func TestWhatWasSaidGoesAwayAfterAWhile(t *testing.T) {
	st := toasts(t)
	st.Say("Đã lưu", func() {})
	st.wait(kit.ToastStays - time.Second)
	if st.Text() == "" {
		t.Fatal("gone too soon")
	}
	st.Say("Đã xóa", func() {})
	st.wait(kit.ToastStays - time.Second)
	if st.Text() != "Đã xóa" {
		t.Fatal("a new sentence has less time than the one before")
	}
	st.wait(-time.Hour) // a clock set back begins anew
	st.wait(kit.ToastStays - time.Second)
	if st.Text() == "" {
		t.Fatal("gone since the clock was set back")
	}
	st.wait(time.Second)
	if st.Text() != "" {
		t.Errorf("still saying %q", st.Text())
	}
}

func TestWhatWasSaidStaysWhileSomebodyIsAtIt(t *testing.T) {
	st := toasts(t)
	for name, at := range map[string]struct{ come, leave func() }{
		"the keyboard": {func() { st.window.Canvas().Focus(st.FocusTarget()) }, func() { st.window.Canvas().Unfocus() }},
		"the mouse":    {func() { st.MouseIn(nil) }, func() { st.MouseOut() }},
		"the mouse on the button": {
			func() { st.UndoButton().MouseIn(&desktop.MouseEvent{}) }, func() { st.UndoButton().MouseOut() },
		},
	} {
		st.Say("Đã xóa", func() {})
		at.come()
		st.wait(kit.ToastStays)
		st.wait(kit.ToastStays)
		st.Pass()
		if st.Text() == "" {
			t.Errorf("%s: gone", name)
		}
		at.leave()
		st.wait(kit.ToastStays - time.Second)
		if st.Text() == "" {
			t.Errorf("%s: gone as soon as it left", name)
		}
		st.wait(time.Second)
		if st.Text() != "" {
			t.Errorf("%s: stays for ever", name)
		}
	}
}

func TestWhatWasSaidGoesAwayWithTheNextAction(t *testing.T) {
	st := toasts(t)
	st.Say("Đã xóa", func() {})
	st.Pass()
	if st.Text() != "" {
		t.Errorf("still saying %q", st.Text())
	}
}

func TestWhatWentWrongStaysUntilItIsClosed(t *testing.T) {
	st := toasts(t)
	st.Say(kit.Sentence(record.Refuse(record.ErrPlace, "Không ghi được vào thư mục.", "Cannot be written.")), nil)
	st.wait(24 * time.Hour)
	st.Pass()
	if st.Text() != "Không ghi được vào thư mục." {
		t.Fatalf("saying %q", st.Text())
	}
	st.window.Canvas().Focus(st.FocusTarget())
	uitest.NewKeyboard(st.window).Press(fyne.KeyReturn)
	if st.Text() != "" {
		t.Error("it cannot be closed with the keyboard")
	}
	st.Say("Đã lưu", nil)
	st.window.Canvas().Unfocus()
	st.wait(kit.ToastStays)
	if st.Text() != "" {
		t.Error("what came after an error stays too")
	}
}

func TestAWrittenFileIsOffered(t *testing.T) {
	st := toasts(t)
	var opened []string
	var failing error
	desk := kit.Desk{Window: st.window, Runner: uitest.AtOnce(), Say: st.Say, Offer: st.Offer, Open: func(path string) error {
		opened = append(opened, path)
		return failing
	}}
	path := filepath.Join("/giấy tờ", "Biên bản.pdf")
	keys := uitest.NewKeyboard(st.window)
	for _, tabs := range []int{0, 1} {
		kit.SayWritten(desk, path, record.Words{VI: "Tệp có tên người.", EN: "Names people."})
		if want := "Đã ghi " + path + ". Tệp có tên người."; st.Text() != want {
			t.Errorf("saying %q, want %q", st.Text(), want)
		}
		st.window.Canvas().Focus(st.FocusTarget())
		for range tabs {
			keys.Press(fyne.KeyTab)
		}
		keys.Press(fyne.KeyReturn)
	}
	if diff := cmp.Diff([]string{path, "/giấy tờ"}, opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	failing = errors.New("no viewer")
	kit.SayWritten(desk, path, record.Words{})
	uitest.TapButton(t, st.Toast, "Mở tệp")
	if want := "Máy chưa mở được " + path + ". Tệp vẫn còn đó: hãy mở trong thư mục."; st.Text() != want {
		t.Errorf("saying %q, want %q", st.Text(), want)
	}
}

func TestNamesOfFiles(t *testing.T) {
	long := "Hội nghị phổ biến Bộ luật Lao động, Luật An toàn vệ sinh lao động và chế độ bảo hiểm xã hội cho người lao động các doanh nghiệp trên địa bàn xã Đăk Hà"
	for name, c := range map[string]struct {
		parts []string
		want  string
	}{
		"plain":       {[]string{"Danh sách ký tên", "Tập huấn ở Đăk Hà", "2026-03-05"}, "Danh sách ký tên – Tập huấn ở Đăk Hà – 2026-03-05.pdf"},
		"no title":    {[]string{"Biên bản tóm tắt", "", "2026-03-05"}, "Biên bản tóm tắt – 2026-03-05.pdf"},
		"refused":     {[]string{"Biên bản", `Hỏi: "lương / thưởng?" <a|b>*` + "\n\x00."}, "Biên bản – Hỏi- lương - thưởng a-b.pdf"},
		"pointed end": {[]string{"Biên bản..."}, "Biên bản.pdf"},
		"loose marks": {[]string{"Ta\u0323\u0302p hua\u0302\u0301n"}, "Tập huấn.pdf"},
		"long": {[]string{"Danh sách ký tên", long, "2026-03-05"},
			"Danh sách ký tên – Hội nghị phổ biến Bộ luật Lao động, Luật An toàn vệ sinh lao động và chế độ bảo… – 2026-03-05.pdf"},
	} {
		got := kit.FileName(".pdf", c.parts...)
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if n := len([]rune(got)); n > 120 || len(got) > 255 {
			t.Errorf("%s: %d letters, %d bytes", name, n, len(got))
		}
	}
	one := kit.FileName(".pdf", strings.Repeat("ế", 400))
	if n := len([]rune(one)); n > 120 || len(one) > 255 || n < 60 {
		t.Errorf("one long word: %d letters, %d bytes", n, len(one))
	}
}
