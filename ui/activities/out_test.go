package activities_test

import (
	"context"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// inMemory lets the method Office be seen through the one that is embedded.
type inMemory = uitest.Office

// exporting is an office that writes lists: it notes which.
type exporting struct {
	*inMemory
	filter record.ListFilter
	path   string
}

func (o *exporting) ExportList(_ context.Context, f record.ListFilter, columns []string, path string) (record.Words, error) {
	o.filter, o.path = f, path
	return record.Words{VI: "Tệp có họ tên.", EN: "It names people."}, nil
}

func (o *exporting) PrintList(ctx context.Context, f record.ListFilter, columns []string, path string) (record.Words, error) {
	return o.ExportList(ctx, f, columns, path)
}

func TestTheListGoesOutAsItIsFiltered(t *testing.T) {
	uitest.App(t)
	office := &exporting{inMemory: threeActivities()}
	s := &stage{t: t, window: uitest.Window(t, kit.Line(""))}
	s.Screen = activities.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: s.window, Now: uitest.Clock, Restate: func() {},
		Say: func(words string, undo func()) { s.said = append(s.said, words) },
	}, office)
	s.SetDefaultFolder(t.TempDir())
	s.window.SetContent(s.Screen)
	s.keys = uitest.NewKeyboard(s.window)
	kit.Keys(s.window.Canvas(), func(*fyne.KeyEvent) {})
	s.Reload()
	write := func(down int) {
		s.tap("Xuất, in…")
		for range down {
			s.keys.Press(fyne.KeyDown)
		}
		s.keys.Press(fyne.KeyReturn)
		uitest.TapButton(t, uitest.Overlay(s.window), "Xuất")
	}
	s.Search("hop dong")
	s.tap("Đã tổ chức  1")
	write(0)
	want := record.ListFilter{
		Noun: "activity", Text: "hop dong", Period: record.YearOf(2026), Only: map[string]string{"kind": "", "status": "held"},
	}
	if diff := cmp.Diff(want, office.filter); diff != "" || filepath.Ext(office.path) != ".xlsx" {
		t.Errorf("written to %s (-want +got):\n%s", office.path, diff)
	}
	if len(s.said) != 1 || s.said[0] != "Đã ghi "+office.path+". Tệp có họ tên." {
		t.Errorf("said %q", s.said)
	}
	s.Turn()
	write(1)
	if f := office.filter; filepath.Ext(office.path) != ".pdf" || !f.Touching || f.Period.From > "2026-03-01" || f.Period.To < "2026-03-31" || f.Only["status"] != "held" {
		t.Errorf("of the calendar went out %+v to %s", f, office.path)
	}
}
