package exchange_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/ui/exchange"
	"sophobien/ui/uitest"
)

func contains(shown, words string) bool { return words != "" && strings.Contains(shown, words) }

func TestADifferenceIsTwoSentencesAndThreeButtons(t *testing.T) {
	d := open(t, full())
	d.screen.View(exchange.TabDifferences)
	d.has(t, d.words(), "Tập huấn ở nhà rông Tên", "chờ 20 ngày",
		"A Brel (máy Bàn 1, hôm qua 07:00) ghi: “Tập huấn ở nhà rông”.", "Y Thu (máy Bàn 2, hôm qua 09:00) ghi: “Tập huấn tại thôn 1”.",
		"Trước đó: “Tập huấn”.", "Giữ của A Brel", "Giữ của Y Thu", "Sửa…",
		"A Brel (máy Bàn 1, hôm qua 07:00) xóa dòng này.", "A Brel (máy Bàn 2, hôm qua 09:00) sửa dòng này.", "Xóa dòng này", "Giữ dòng này")
}

func TestAChoiceIsStoredSaidAndTakenBack(t *testing.T) {
	o := full()
	d := open(t, o)
	d.screen.View(exchange.TabDifferences)
	uitest.TapButton(t, d.screen, "Giữ của Y Thu")
	if diff := cmp.Diff([]string{`title="Tập huấn tại thôn 1"`}, o.kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if d.said != "Tập huấn ở nhà rông: Giữ của Y Thu." || contains(d.words(), "Giữ của Y Thu") {
		t.Errorf("said %q, shown:\n%s", d.said, d.words())
	}
	d.has(t, d.words(), "Khác nhau 1")
	d.undo()
	if diff := cmp.Diff([]string{"b1"}, o.undone); diff != "" {
		t.Errorf("undone (-want +got):\n%s", diff)
	}
}

func TestAChoiceThatFailsStays(t *testing.T) {
	o := full()
	o.refuse = record.Refuse(record.ErrSpace, "Đĩa đầy.", "The disk is full.")
	d := open(t, o)
	d.screen.View(exchange.TabDifferences)
	uitest.TapButton(t, d.screen, "Giữ của Y Thu")
	d.has(t, d.words(), "Đĩa đầy.", "Giữ của Y Thu")
	uitest.TapButton(t, d.screen, "Giữ của A Brel")
	if len(o.kept) != 2 {
		t.Error("after a failure one must be able to choose again")
	}
}

func TestDifferencesByKeyboard(t *testing.T) {
	o := full()
	d := open(t, o)
	d.screen.View(exchange.TabDifferences)
	d.window.Canvas().Focus(d.screen.Panes()[0].First())
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	if diff := cmp.Diff([]record.Ref{{Noun: "unit", ID: recordtest.ID(2)}}, d.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	d.Press(fyne.KeyUp)
	d.Type("3")
	if len(d.opened) != 2 || d.at.Field != "title" {
		t.Errorf("to edit, %v was opened at %q", d.opened, d.at.Field)
	}
	d.Type("2")
	d.Type("1") // of the card that came into its place: it has the keyboard
	if diff := cmp.Diff([]string{`title="Tập huấn tại thôn 1"`, "deleted=true"}, o.kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	d.has(t, d.words(), "Không có chỗ nào hai máy ghi khác nhau.")
	if f := d.window.Canvas().Focused(); f != nil {
		t.Errorf("the keyboard is on a %T that is gone", f)
	}
}

func TestManyDifferencesAreShownInParts(t *testing.T) {
	o := full()
	for len(o.conflicts) < 60 {
		o.conflicts = append(o.conflicts, o.conflicts[0])
	}
	d := open(t, o)
	d.screen.View(exchange.TabDifferences)
	d.has(t, d.words(), "và 10 chỗ nữa")
}

// TestTheKeyboardFollowsOntoDifferencesOnceRead: until then no field that is out of sight
// takes what is typed.
func TestTheKeyboardFollowsOntoDifferencesOnceRead(t *testing.T) {
	var held uitest.Held
	d := openWith(t, held.Runner(), full())
	held.ReleaseAll()
	d.window.Canvas().Focus(d.screen.Panes()[0].First())
	d.screen.NextPart(1)
	if f := d.window.Canvas().Focused(); f != nil {
		t.Errorf("before it is read the keyboard is in %T of the tab before", f)
	}
	held.ReleaseAll()
	if got, want := d.window.Canvas().Focused(), d.screen.Panes()[0].First(); want == nil || got != want {
		t.Errorf("the keyboard is in %T", got)
	}
}
