package activities_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// keeper is the office as it is kept, under another name than its method Office.
type keeper = uitest.Office

// printing is an office that notes which papers it was to write.
type printing struct {
	*keeper
	written []string
}

func (p *printing) WriteSignSheetPDF(_ context.Context, _ record.ID, _ int, path string) (record.Words, error) {
	p.written = append(p.written, "sign "+path)
	return record.Words{VI: "Tệp có tên người.", EN: "Names people."}, nil
}

func (p *printing) WriteMinutes(_ context.Context, _ record.ID, path string) (record.Words, error) {
	p.written = append(p.written, "minutes "+path)
	return record.Words{}, nil
}

func (p *printing) WriteCertificates(_ context.Context, _ record.ID, _ []record.ID, path string) (record.Words, error) {
	p.written = append(p.written, "certificates "+path)
	return record.Words{}, nil
}

// printStage is the screen of an office that prints, with its only activity open.
func printStage(t *testing.T, title string) (*stage, *printing) {
	t.Helper()
	uitest.App(t)
	office := &printing{keeper: uitest.NewOffice()}
	id := office.Add(training(title, "2026-03-05", 60))
	s := &stage{t: t, window: uitest.Window(t, kit.Line(""))}
	s.Screen = activities.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: s.window, Now: func() time.Time { return uitest.Now }, Restate: func() {},
		Say: func(words string, undo func()) { s.said, s.undo = append(s.said, words), undo },
	}, office)
	s.window.SetContent(s.Screen)
	s.keys = uitest.NewKeyboard(s.window)
	s.SetDefaultFolder("/giấy tờ")
	s.Reload()
	s.Open(id[0])
	return s, office
}

func TestPapersAreNamedAsAnOfficeWould(t *testing.T) {
	s, office := printStage(t, `Hỏi đáp "lương/thưởng"`)
	for i, want := range []string{
		"sign /giấy tờ/Danh sách ký tên – Hỏi đáp lương-thưởng – 2026-03-05.pdf",
		"minutes /giấy tờ/Biên bản tóm tắt – Hỏi đáp lương-thưởng – 2026-03-05.pdf",
		"certificates /giấy tờ/Giấy xác nhận tham dự – Hỏi đáp lương-thưởng – 2026-03-05.pdf",
	} {
		uitest.TapButton(t, s.Screen, "In…")
		for range i {
			s.keys.Press(fyne.KeyDown)
		}
		s.keys.Press(fyne.KeyReturn, fyne.KeyReturn)
		if uitest.Overlay(s.window) != nil || len(office.written) != i+1 || filepath.ToSlash(office.written[i]) != want {
			t.Fatalf("written %q, want %q", office.written, want)
		}
	}
	if !strings.Contains(s.said[0], "Tệp có tên người.") {
		t.Errorf("said %q", s.said[0])
	}
}

func TestTypingReplacesTheFolderOfAPaper(t *testing.T) {
	s, office := printStage(t, "Tập huấn")
	uitest.TapButton(t, s.Screen, "In…")
	s.keys.Press(fyne.KeyReturn)
	s.keys.Type("/máy in")
	s.keys.Press(fyne.KeyReturn)
	if want := "sign /máy in/Danh sách ký tên – Tập huấn – 2026-03-05.pdf"; len(office.written) != 1 || filepath.ToSlash(office.written[0]) != want {
		t.Errorf("written %q, want %q", office.written, want)
	}
}
