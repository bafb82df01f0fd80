package reports_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/uitest"
)

func (o *office) WritePages(ctx context.Context, p record.FigurePeriod, path string) error {
	return o.WriteWorkbook(ctx, p, path)
}

// TestThePrintedReportIsOpened where it was written, and not where it could not be.
func TestThePrintedReportIsOpened(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	var opened []string
	var said string
	var noReader error
	o := &office{}
	s := reports.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: w, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		Say: func(words string, _ func()) { said = words }, Restate: func() {},
		Open: func(path string) error { opened = append(opened, path); return noReader },
	}, o, words{})
	s.DefaultFolder = filepath.Join("thư mục", "của tôi")
	w.SetContent(s)
	s.Reload()
	s.ChoosePart("q1")

	o.fail = record.Refuse(record.ErrPlace, "Tệp đang mở ở nơi khác.", "The file is open elsewhere.")
	uitest.TapButton(t, s, "Xem bản in")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if uitest.Overlay(w) == nil || len(opened) > 0 {
		t.Fatalf("nothing was written; opened %q", opened)
	}
	o.fail = nil
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	want := []string{filepath.Join("thư mục", "của tôi", "Bao-cao-PBPL-2026-q1.pdf")}
	if diff := cmp.Diff([][]string{want, want}, [][]string{o.written, opened}); diff != "" {
		t.Errorf("written, opened (-want +got):\n%s", diff)
	}
	if uitest.Overlay(w) != nil || !strings.Contains(said, want[0]) {
		t.Errorf("the sheet must close and the path be said; said %q", said)
	}

	noReader = errors.New("no program for it")
	uitest.TapButton(t, s, "Xem bản in")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if !strings.Contains(said, "Máy chưa mở được "+want[0]) {
		t.Errorf("said %q", said)
	}
}
