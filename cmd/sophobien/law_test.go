package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// TestAWorkersQuestionIsAnsweredFromTheLibrary: the article is read as it stands that day,
// cited into a new question and a second one into the same, and the words are kept.
func TestAWorkersQuestionIsAnsweredFromTheLibrary(t *testing.T) {
	uitest.App(t)
	now := time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	office := newOffice(t, func() time.Time { return now })
	w, folder := uitest.Window(t, kit.Line("")), t.TempDir()
	var opened []string
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: func() time.Time { return now }, Open: func(path string) error { opened = append(opened, path); return nil }}, office)
	screens := ui.NewScreens(shell, office, ui.ScreenOptions{Words: vocabulary{office.Topics()}, Documents: folder})
	screens.Law.Pause = 0
	w.SetContent(shell)
	shell.Begin(screens.Areas())
	defer shell.End()
	shell.Keys(w.Canvas())
	keys := uitest.NewKeyboard(w)
	shown := func() string { return strings.Join(strings.Fields(uitest.Words(shell)), " ") }

	keys.Ctrl(fyne.Key5)
	w.Canvas().Focus(screens.Law.FocusTarget())
	keys.Type("bo luat lao dong")
	if !strings.Contains(shown(), "45/2019/QH14") {
		t.Fatalf("not found:\n%s", shown())
	}
	began := time.Now()
	screens.Law.Open("45-2019-qh14", "d98.k1")
	t.Logf("opened in %v", time.Since(began))
	for _, want := range []string{"Khoản 1 Điều 98 · 45/2019/QH14", "a) Vào ngày thường, ít nhất bằng 150%;"} {
		if !strings.Contains(shown(), want) {
			t.Errorf("%q is not shown in:\n%s", want, shown())
		}
	}
	keys.Press(fyne.KeyF4)
	uitest.TapButton(t, shell.Toast(), "Vào câu hỏi mới")
	form := screens.Questions.Form()
	w.Canvas().Focus(form.FocusTarget())
	keys.Type("Làm thêm ngày thường được trả bao nhiêu?")
	shell.Go(ui.AreaLaw)
	screens.Law.Open("45-2019-qh14", "d107")
	keys.Press(fyne.KeyF4)
	uitest.TapButton(t, shell.Toast(), "Vào câu hỏi đang mở")
	screens.Questions.Save()
	page, err := office.Rows(t.Context(), record.ListFilter{Noun: "question"})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	n, err := office.Record(t.Context(), record.Ref{Noun: "question", ID: page.Rows[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	cited := n.(record.Question).Citations
	if len(cited) != 2 || cited[0].Anchor != "d98.k1" || !strings.Contains(cited[0].Text, "150%") || cited[0].Wording == "" || cited[1].Provision != "Điều 107" {
		t.Errorf("cited %+v", cited)
	}

	shell.Go(ui.AreaLaw)
	screens.Law.Open("45-2019-qh14", "d98.k1")
	keys.Press(fyne.KeyF8, fyne.KeyReturn)
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if len(opened) != 1 || filepath.Dir(opened[0]) != folder {
		t.Fatalf("opened %v", opened)
	}
	if st, err := os.Stat(opened[0]); err != nil || st.Size() < 5000 {
		t.Errorf("%v, %v", st, err)
	}
	keys.Press(fyne.KeyF9, fyne.KeyReturn)
	if at := shown(); !strings.Contains(at, "Công khai") || screens.Registers.Current().Noun() != "publication" {
		t.Errorf("no publication is begun:\n%s", at)
	}
	screens.Registers.Current().Form().Put("channel", "office")
	screens.Registers.Save()
	if page, err := office.Rows(t.Context(), record.ListFilter{Noun: "publication"}); err != nil || len(page.Rows) != 1 {
		t.Errorf("publications %+v, %v", page, err)
	}
}
