package app

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
)

func aReportingOffice(t *testing.T) (*App, record.FigurePeriod) {
	t.Helper()
	a := demoOffice(t, DemoOptions{Seed: 8, Years: 2, PerYear: 40, People: 4}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	return a, must(a.Period(ctx, 2026, ""))(t)
}

// TestEveryShippedTemplateFills with the same figures as the report.
func TestEveryShippedTemplateFills(t *testing.T) {
	a, p := aReportingOffice(t)
	f := must(a.Figures(ctx, p))(t)
	for _, tpl := range must(a.Templates(ctx))(t) {
		path := filepath.Join(t.TempDir(), "so.xlsx")
		if err := a.WriteWorkbookFrom(ctx, p, tpl.Code, path); err != nil {
			t.Fatalf("%s: %v", tpl.Code, err)
		}
		values := must(xlsx.Values(must(os.ReadFile(path))(t)))(t)
		want, _ := f.Value("I4", "")
		if got := values["CT_I4_total"]; got != strconv.FormatInt(want, 10) {
			t.Errorf("%s: I4 is %s, want %d", tpl.Code, got, want)
		}
		if tpl.Own || tpl.Name.VI == "" || tpl.Name.EN == "" || tpl.Note.VI == "" || tpl.Note.EN == "" || tpl.Valid.From == "" {
			t.Errorf("%+v", tpl)
		}
	}
}

// TestATemplateOfTheOfficesOwnIsUsedFromItsYearOn and is refused with the cell where it
// asks for what there is not.
func TestATemplateOfTheOfficesOwnIsUsedFromItsYearOn(t *testing.T) {
	a, p := aReportingOffice(t)
	mine := filepath.Join(t.TempDir(), "Mẫu của tỉnh.xlsx")
	write := func(name string) {
		f := excelize.NewFile()
		defer f.Close()
		if err := errors.Join(f.SetCellStr("Sheet1", "A1", "Mẫu riêng"), f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "Sheet1!$B$2"}), f.SaveAs(mine)); err != nil {
			t.Fatal(err)
		}
	}
	write("CT_I77_total")
	if _, err := a.SaveTemplate(ctx, mine); record.SentenceOf(err, "vi") == "" || len(must(a.Templates(ctx))(t)) != 3 {
		t.Fatalf("a template of what there is not: %v", err)
	}
	write("CT_I5_total")
	saved := must(a.SaveTemplate(ctx, mine))(t)
	list := must(a.Templates(ctx))(t)
	if len(list) != 4 || !list[0].Own || list[0].Name.VI != "Mẫu của tỉnh" || list[0].Code != saved.Code || list[0].Valid.From != p.From {
		t.Fatalf("%+v", list)
	}
	first := func(p record.FigurePeriod) string {
		path := filepath.Join(t.TempDir(), "so.xlsx")
		if err := a.WriteWorkbook(ctx, p, path); err != nil {
			t.Fatal(err)
		}
		f := must(excelize.OpenFile(path))(t)
		defer f.Close()
		return f.GetSheetName(0)
	}
	if got := first(p); got != "Sheet1" {
		t.Errorf("this year's report has the sheet %q", got)
	}
	if got := first(must(a.Period(ctx, 2025, ""))(t)); got != xlsx.SheetCover {
		t.Errorf("last year's report has the sheet %q", got)
	}
	copied, fresh, now := filepath.Join(t.TempDir(), "so.db"), filepath.Join(t.TempDir(), "lai"), at(time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	must(a.Backup(ctx, copied))(t)
	if _, err := Restore(ctx, copied, fresh, "", now); err != nil {
		t.Fatal(err)
	}
	other := open(t, fresh, now)
	if got := must(other.Templates(ctx))(t); len(got) != 4 || got[0].Name.VI != "Mẫu của tỉnh" {
		t.Errorf("after a restore: %+v", got)
	}
	if err := other.WriteWorkbook(ctx, p, filepath.Join(t.TempDir(), "so.xlsx")); err != nil {
		t.Errorf("filled after a restore: %v", err)
	}
	must(a.UndoLast(ctx))(t)
	if got := first(p); got != xlsx.SheetCover || len(must(a.Templates(ctx))(t)) != 3 {
		t.Errorf("taken back, the report still has the sheet %q", got)
	}
	if err := a.WriteWorkbookFrom(ctx, p, "la", filepath.Join(t.TempDir(), "x.xlsx")); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a template there is not: %v", err)
	}
}
