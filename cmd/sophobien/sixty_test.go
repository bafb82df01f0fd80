package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// villageList is a list of sixty as a village sends it: a title above a header of two
// lines, ticks under Nam and Nữ, births of every kind, numbers that lost their zero,
// marks for "as above", spaces, a name decomposed into letters and marks, a total and
// a signature. Three rows only the officer can answer.
func villageList() string {
	var b strings.Builder
	b.WriteString("UBND XÃ ĐĂK HÀ\t\t\t\t\t\t\r\nDANH SÁCH NGƯỜI THAM DỰ TẬP HUẤN\t\t\t\t\t\t\r\n\t\t\t\t\t\t\r\n")
	b.WriteString("STT\tHọ và tên\tGiới tính\t\tNgày, tháng, năm sinh\tĐịa chỉ\tSố điện thoại\r\n\t\tNam\tNữ\t\t\t\r\n")
	families := []string{"Y", "A", "Nguyễn Thị", "Lê Văn", "Trần Thị"}
	for i := range 60 {
		family := families[i%len(families)]
		name := family + " " + []string{"Hoa", "Blan", "Ngọc", "Thắng", "Hiền", "Brôl"}[i%6] + " " + string(rune('A'+i/6)) + "iên"
		male, female := "x", ""
		if family == "Y" || strings.HasSuffix(family, "Thị") {
			male, female = "", "x"
		}
		born := fmt.Sprintf("%02d/%02d/%d", i%27+1, i%12+1, 1950+i%50)
		switch i % 5 {
		case 1:
			born = fmt.Sprint(1950 + i%50)
		case 2:
			born = fmt.Sprintf("%d.%d.%d", i%27+1, i%12+1, 1950+i%50)
		}
		address := fmt.Sprintf("Thôn %d, xã Đăk Hà", i/12+1)
		if i%12 > 0 {
			address = "nt"
		}
		phone := fmt.Sprintf("9051%05d", 1000+i*7) // a spreadsheet has eaten the zero
		switch i {
		case 9:
			born = "31/02/1980"
		case 23:
			name = ""
		case 41:
			phone = "90510"
		case 3:
			name = "  Lê  Văn   Thắng Aiên"
		}
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\r\n", i+1, name, male, female, born, address, phone)
	}
	b.WriteString("Tổng cộng: 60 người\t\t\t\t\t\t\r\n\t\t\t\t\tNGƯỜI LẬP\t\r\n\t\t\t\t\tA Thao\t\r\n")
	return b.String()
}

// register is a real office with the window over it.
func register(t *testing.T) (*app.App, *ui.Shell, *uitest.Keyboard, fyne.Window) {
	t.Helper()
	office, shell, _, keys, window := registerWith(t)
	return office, shell, keys, window
}

func registerWith(t *testing.T) (*app.App, *ui.Shell, *ui.Screens, *uitest.Keyboard, fyne.Window) {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 3, 10, 14, 5, 0, 0, time.UTC) }
	office, err := app.CreateDemo(context.Background(), filepath.Join(t.TempDir(), "so"), app.DemoOptions{Years: 1, PerYear: 3, People: 5}, app.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := office.Close(); err != nil {
			t.Error(err)
		}
	})
	uitest.App(t)
	window := uitest.Window(t, kit.Line(""))
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: window, Now: now}, office)
	screens := ui.NewScreens(shell, office, ui.ScreenOptions{Words: vocabulary{office.Topics()}})
	window.SetContent(shell)
	shell.Begin(screens.Areas())
	shell.Keys(window.Canvas())
	return office, shell, screens, uitest.NewKeyboard(window), window
}

// TestSixtyInTwoMinutes: a new activity, sixty people pasted as a village sends them,
// what is asked answered, and saved; counted in keys, without a click.
func TestSixtyInTwoMinutes(t *testing.T) {
	office, shell, keys, window := register(t)

	keys.Ctrl(fyne.KeyN)
	keys.Type("tap")
	keys.Press(fyne.KeyEnter, fyne.KeyTab, fyne.KeyTab)
	keys.UniKey("Tập huấn xã Đăk Hà")
	keys.Press(fyne.KeyTab)
	keys.Type("5/3")
	keys.Press(fyne.KeyTab)
	keys.Ctrl(fyne.KeyS)
	keys.Ctrl(fyne.KeyL)
	keys.Paste(villageList())
	words := uitest.Words(shell)
	for _, want := range []string{"57 dòng sẵn sàng", "3 dòng cần hỏi", "Ghi nhận 57 dòng"} {
		if !strings.Contains(words, want) {
			t.Errorf("the preview does not show %q:\n%s", want, words)
		}
	}
	keys.Ctrl(fyne.KeyS)
	// The cursor stands on the first cell that is asked for, a birth.
	keys.Type("28/2/1980")
	keys.Ctrl(fyne.KeyS) // goes on to the next, a name
	keys.UniKey("Trần Thị Hiền")
	keys.Ctrl(fyne.KeyS) // and the last, a phone
	keys.Type("0905100001")
	keys.Ctrl(fyne.KeyS)

	if keys.Struck > 130 {
		t.Errorf("%d keys, at most 130", keys.Struck)
	}
	t.Logf("%d keys, no click", keys.Struck)
	page, err := office.Activities(context.Background(), record.ActivityFilter{Text: "tap huan xa dak ha"})
	if err != nil || len(page.Lines) != 1 {
		t.Fatalf("%d activities, %v", len(page.Lines), err)
	}
	list, err := office.Attendees(context.Background(), page.Lines[0].ID)
	if err != nil || len(list) != 60 || page.Lines[0].Total != 60 {
		t.Fatalf("%d people, counted %d, %v\n%s", len(list), page.Lines[0].Total, err, uitest.Words(window.Content()))
	}
	women := 0
	for i, at := range list {
		p := at.Person
		if p.Sex == "nữ" {
			women++
		}
		if p.FullName == "" || p.Birth == "" || p.UnitID.IsZero() || !strings.HasPrefix(p.Phone, "0905") || len(p.Phone) != 10 {
			t.Errorf("line %d is %+v", i+1, p)
		}
	}
	if women != 36 || page.Lines[0].Women != 36 {
		t.Errorf("%d women, counted %d, want 36", women, page.Lines[0].Women)
	}
	for _, want := range []record.Person{
		{FullName: "Lê Văn Thắng Aiên", Birth: "1953-04-04"}, {FullName: "A Blan Aiên", Birth: "1951"}, {FullName: "Nguyễn Thị Ngọc Aiên", Birth: "1952-03-03"},
	} {
		if !slices.ContainsFunc(list, func(at record.Attendee) bool {
			return at.Person.FullName == want.FullName && at.Person.Birth == want.Birth && strings.HasPrefix(at.Person.UnitText, "Thôn 1")
		}) {
			t.Errorf("%s, %s is not on the list", want.FullName, want.Birth)
		}
	}
}

// TestAnImportIsTakenBackWithTwoKeys: what it brought goes, what was there stays.
func TestAnImportIsTakenBackWithTwoKeys(t *testing.T) {
	office, shell, keys, _ := register(t)
	keys.Ctrl(fyne.KeyN)
	keys.Type("tap")
	keys.Press(fyne.KeyEnter, fyne.KeyTab, fyne.KeyTab)
	keys.UniKey("Tập huấn xã Đăk Hà")
	keys.Press(fyne.KeyTab)
	keys.Type("5/3")
	keys.Press(fyne.KeyTab)
	keys.Ctrl(fyne.KeyS)
	keys.Ctrl(fyne.KeyL)
	keys.Paste(villageList())
	keys.Ctrl(fyne.KeyS)
	came := func() int64 {
		page, err := office.Activities(context.Background(), record.ActivityFilter{Text: "tap huan xa dak ha"})
		if err != nil || len(page.Lines) != 1 {
			t.Fatalf("%d activities, %v", len(page.Lines), err)
		}
		return page.Lines[0].Total
	}
	if came() != 57 {
		t.Fatalf("%d people came in", came())
	}
	keys.Struck = 0
	keys.Press(fyne.KeyEscape)
	keys.Ctrl(fyne.KeyZ)
	if came() != 0 || keys.Struck > 2 {
		t.Errorf("after %d keys %d people are left; said %q", keys.Struck, came(), shell.Toast().Text())
	}
	keys.Ctrl(fyne.KeyY)
	if came() != 57 {
		t.Errorf("done again, %d people", came())
	}
}

// TestTheYearAtAGlance: nothing is pressed.
func TestTheYearAtAGlance(t *testing.T) {
	_, shell, keys, _ := register(t)
	words := uitest.Words(shell)
	for _, want := range []string{"Tổng quan", "Câu hỏi đã trả lời"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not seen:\n%s", want, words)
		}
	}
	if keys.Struck != 0 {
		t.Errorf("%d keys", keys.Struck)
	}
}
