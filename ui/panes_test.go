package ui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/registers"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// shelves is an office with registers whose rows have evidence.
type shelves struct {
	*uitest.Records
	*uitest.Evidence
}

// Undo is the records' own.
func (s *shelves) Undo(ctx context.Context, batch string) (record.Change, error) {
	return s.Records.Undo(ctx, batch)
}

// paneStage is the window with the registers, a directive shown.
type paneStage struct {
	shell    *ui.Shell
	office   *shelves
	shown    record.Ref
	screen   *registers.Screen
	keys     *uitest.Keyboard
	window   fyne.Window
	modifier fyne.KeyModifier
}

func panesOf(t *testing.T) *paneStage {
	t.Helper()
	uitest.App(t)
	st := &paneStage{window: uitest.Window(t, kit.Line(""))}
	st.keys = uitest.NewKeyboard(st.window)
	st.office = &shelves{Records: uitest.NewRecords(uitest.NewOffice()), Evidence: uitest.NewEvidence()}
	st.shell = ui.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: st.window, Now: func() time.Time { return uitest.Now },
		Modifiers: func() fyne.KeyModifier { return st.modifier },
	}, &safety{})
	st.screen = registers.New(st.shell.Desk(), st.office)
	st.window.SetContent(st.shell)
	st.shell.Begin([]ui.Area{{Key: ui.AreaRegisters, Word: "Sổ theo dõi", Icon: theme.IconRegisters, Screen: st.screen}})
	st.shell.Keys(st.window.Canvas())
	day := record.DateOf(uitest.Now)
	ids := st.office.Put(record.Directive{Kind: "plan", Title: "Kế hoạch tuyên truyền", Issued: day}, record.Model{Title: "Giỏ sách", Since: day})
	st.shown = record.Ref{Noun: "directive", ID: ids[0]}
	if _, err := st.office.AddEvidence(context.Background(), st.shown, "quyết định.pdf"); err != nil {
		t.Fatal(err)
	}
	st.screen.OpenRow(st.shown)
	st.screen.Reload()
	return st
}

// at says in which part of the area the keyboard is.
func (st *paneStage) at() string {
	f := st.window.Canvas().Focused()
	panes := st.screen.Panes()
	names := []string{"list", "form", "evidence", "foot"}
	switch i := kit.PaneOf(panes, f); {
	case st.shell.Toast().FocusTarget() == f:
		return "toast"
	case i >= 0 && len(panes) == len(names):
		return names[i]
	}
	return "nowhere"
}

func TestF6GoesFromPartToPart(t *testing.T) {
	st := panesOf(t)
	st.window.Canvas().Unfocus()
	var went []string
	for range 5 {
		st.keys.Press(fyne.KeyF6)
		went = append(went, st.at())
	}
	if diff := cmp.Diff([]string{"list", "form", "evidence", "foot", "list"}, went); diff != "" {
		t.Errorf("F6 (-want +got):\n%s", diff)
	}
	went, st.modifier = nil, fyne.KeyModifierShift
	for range 4 {
		st.keys.Shift(fyne.KeyF6)
		went = append(went, st.at())
	}
	if diff := cmp.Diff([]string{"foot", "evidence", "form", "list"}, went); diff != "" {
		t.Errorf("Shift+F6 (-want +got):\n%s", diff)
	}
}

func TestF6GoesBackToTheFieldOneWasIn(t *testing.T) {
	st := panesOf(t)
	st.window.Canvas().Unfocus()
	st.keys.Press(fyne.KeyF6, fyne.KeyF6, fyne.KeyTab, fyne.KeyTab)
	was := st.window.Canvas().Focused()
	st.keys.Press(fyne.KeyF6, fyne.KeyF6, fyne.KeyF6, fyne.KeyF6)
	if st.window.Canvas().Focused() != was {
		t.Errorf("the keyboard is at %T in the %s", st.window.Canvas().Focused(), st.at())
	}
}

func TestF6ReachesWhatWasSaid(t *testing.T) {
	st := panesOf(t)
	st.shell.Toast().Say("Đã xóa", func() {})
	st.window.Canvas().Unfocus()
	st.modifier = fyne.KeyModifierShift
	st.keys.Shift(fyne.KeyF6)
	if st.at() != "toast" {
		t.Errorf("the keyboard is in the %s", st.at())
	}
	kit.ShowSentence(st.window, kit.Plain, "Xong", "Đã ghi.")
	over := st.window.Canvas().Focused()
	st.keys.Press(fyne.KeyF6)
	if st.window.Canvas().Focused() != over {
		t.Error("F6 goes past a dialog")
	}
}

func TestCtrlPageDownTurnsToTheNextRegister(t *testing.T) {
	st := panesOf(t)
	var went []string
	for _, key := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageUp, fyne.KeyPageDown} {
		st.keys.Ctrl(key)
		went = append(went, st.screen.Current().Noun())
	}
	if diff := cmp.Diff([]string{"publication", "directive", "instructor", "unit", "budget", "unit"}, went); diff != "" {
		t.Errorf("turned to (-want +got):\n%s", diff)
	}
	st.screen.Open("directive")
	st.keys.Ctrl(fyne.KeyPageDown)
	st.keys.Ctrl(fyne.KeyPageUp)
	st.keys.Press(fyne.KeyReturn) // the keyboard is on the list
	if st.window.Canvas().Focused() == nil {
		t.Error("the keyboard is nowhere")
	}
}

func TestDownGoesFromTheSearchToWhatItHasLeft(t *testing.T) {
	st := panesOf(t)
	st.keys.Ctrl(fyne.KeyK)
	st.keys.Type("ke hoach")
	st.keys.Press(fyne.KeyDown)
	if st.at() != "list" {
		t.Errorf("the keyboard is in the %s", st.at())
	}
}

// The strip of evidence is the last of a long form: F6 brings it in sight, with a ring.
func TestF6BringsTheEvidenceInSight(t *testing.T) {
	st := panesOf(t)
	st.window.Resize(fyne.NewSize(1366, 420))
	st.window.Canvas().Unfocus()
	st.keys.Press(fyne.KeyF6, fyne.KeyF6, fyne.KeyF6)
	if st.at() != "evidence" {
		t.Fatalf("the keyboard is in the %s", st.at())
	}
	o := st.window.Canvas().Focused().(fyne.CanvasObject)
	at, size := uitest.Place(o)
	foot, _ := uitest.Place(st.screen.Panes()[3].Object)
	if at.Y+size.Height > foot.Y {
		t.Errorf("the strip ends at %.0f, the page at %.0f", at.Y+size.Height, foot.Y)
	}
}

// What is said at the foot takes the room it needs, in as many lines as it has, and
// leaves it at once; the keyboard goes back where F6 was pressed.
func TestTheLineAtTheFootIsWholeAndLeavesNothing(t *testing.T) {
	st := panesOf(t)
	st.window.Resize(fyne.NewSize(900, 600))
	whole := st.screen.Size().Height
	const long = "Tệp có họ tên của 2.345 người, ngày sinh và số điện thoại; chỉ gửi cho người được giao, và xóa đi khi đã dùng xong. " +
		"Sổ nhắc lại sau mười ngày."
	st.shell.Toast().Offer(long, kit.Offer{Word: "Mở tệp", Do: func() {}}, kit.Offer{Word: "Mở thư mục", Do: func() {}})
	if said := strings.Join(strings.Fields(uitest.Words(st.shell.Toast())), " "); !strings.HasPrefix(said, long) {
		t.Errorf("said is %q", said)
	}
	at, size := uitest.Place(st.shell.Toast())
	words, line := uitest.Place(uitest.Find[*kit.Text](t, st.shell.Toast()))
	shell, _ := uitest.Place(st.shell)
	if at.Y+size.Height != shell.Y+600 || words.Y < at.Y || words.Y+line.Height > shell.Y+600 || st.screen.Size().Height > whole-size.Height {
		t.Errorf("the line has %v at %v, its words %v at %v, the area %v", size, at, line, words, st.screen.Size())
	}
	st.window.Canvas().Focus(uitest.FieldUnder(t, st.shell, "Trích yếu"))
	was := st.window.Canvas().Focused()
	for st.at() != "toast" {
		st.keys.Press(fyne.KeyF6)
	}
	st.keys.Press(fyne.KeyReturn)
	if now := st.screen.Size().Height; now != whole {
		t.Errorf("the area is %.0f high, was %.0f", now, whole)
	}
	if st.at() == "toast" || st.window.Canvas().Focused() == nil {
		t.Errorf("the keyboard is on a %T, was on a %T", st.window.Canvas().Focused(), was)
	}
}

// TestARowOpensWhereSomethingWasFound: in a field under "Thêm", in its evidence.
func TestARowOpensWhereSomethingWasFound(t *testing.T) {
	st := panesOf(t)
	st.screen.Visit(st.shown, record.Place{Field: "note"})
	if has := st.window.Canvas().Focused(); st.at() != "form" || has != uitest.FieldUnder(t, st.screen, "Ghi chú nội bộ") {
		t.Errorf("the keyboard is at %T in the %s", has, st.at())
	}
	files, err := st.office.EvidenceOf(context.Background(), st.shown)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	st.screen.Visit(st.shown, record.Place{Field: record.PlaceEvidence, File: files[0].ID})
	if st.at() != "evidence" {
		t.Errorf("the keyboard is in the %s", st.at())
	}
}
