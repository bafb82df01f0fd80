package app

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/pdf"
)

// TestEveryFigureOfAnOfficeIsInItsReport in words, and nobody's name.
func TestEveryFigureOfAnOfficeIsInItsReport(t *testing.T) {
	a := demoOffice(t, DemoOptions{Seed: 8, Years: 2, PerYear: 50, People: 4}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	p := must(a.Period(ctx, 2026, ""))(t)
	path := filepath.Join(t.TempDir(), "new", "report.docx")
	if err := a.WriteNarrative(ctx, p, path); err != nil {
		t.Fatal(err)
	}
	got := must(docx.Values(must(os.ReadFile(path))(t)))(t)
	f := must(a.Figures(ctx, p))(t)
	if len(f.Indicators) < 80 || len(f.Targets) < 4 {
		t.Fatalf("%d figures, %d targets", len(f.Indicators), len(f.Targets))
	}
	for _, g := range f.Indicators {
		if name := docx.Tag(report.FigureName(g)); got[name] != fmt.Sprint(g.Value) {
			t.Errorf("%s is %q, want %d", name, got[name], g.Value)
		}
	}
	for _, g := range f.Targets {
		if got[g.Code+"_numerator"] != fmt.Sprint(g.Numerator) || got[g.Code+"_denominator"] != fmt.Sprint(g.Denominator) {
			t.Errorf("target %s: %q of %q, want %d of %d", g.Code, got[g.Code+"_numerator"], got[g.Code+"_denominator"], g.Numerator, g.Denominator)
		}
	}
	if err := a.WriteNarrative(ctx, p, t.TempDir()); !errors.Is(err, record.ErrPlace) {
		t.Errorf("over a folder: %v", err)
	}
}

// TestTheReportIsWrittenAsPages of the same report, whole or not at all.
func TestTheReportIsWrittenAsPages(t *testing.T) {
	a := demoOffice(t, DemoOptions{Seed: 8, Years: 1, PerYear: 20, People: 4}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	p := must(a.Period(ctx, 2026, ""))(t)
	path := filepath.Join(t.TempDir(), "new", "report.pdf")
	if err := a.WritePages(ctx, p, path); err != nil {
		t.Fatal(err)
	}
	want := must(pdf.Narrative(must(a.Yearly(ctx, p))(t)))(t)
	if got := must(os.ReadFile(path))(t); !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want the %d of the report", len(got), len(want))
	}
	if err := a.WritePages(ctx, p, t.TempDir()); !errors.Is(err, record.ErrPlace) {
		t.Errorf("over a folder: %v", err)
	}
}
