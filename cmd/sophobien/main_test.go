package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui/theme"
)

func TestFlags(t *testing.T) {
	t.Setenv("SOPHOBIEN_PASSPHRASE_FILE", "")
	secret := filepath.Join(t.TempDir(), "mật khẩu.txt")
	if err := os.WriteFile(secret, []byte("bốn từ ghép lại\r\nghi chú\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := parseFlags([]string{"--data", "d", "--passphrase-file", secret, "--screens", "s", "--screens-theme", "dark", "--screens-scale", "1.5"})
	if err != nil {
		t.Fatal(err)
	}
	want := flags{data: "d", passphrase: "bốn từ ghép lại", screens: "s", variant: theme.Dark, scale: 1.5}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(flags{})); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}

func TestWrongFlagsAreWrongUsage(t *testing.T) {
	for _, args := range [][]string{{"--no-such"}, {"--screens-theme", "pink"}, {"a file"}} {
		if _, err := parseFlags(args); !errors.Is(err, flag.ErrHelp) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

func TestAMissingPassphraseFileIsASentence(t *testing.T) {
	_, err := parseFlags([]string{"--data", "d", "--passphrase-file", filepath.Join(t.TempDir(), "không có")})
	if !errors.Is(err, record.ErrPassphrase) {
		t.Errorf("got %v", err)
	}
}

func TestOneBackupADay(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)
	office := newOffice(t, func() time.Time { return now })
	for _, step := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"the first start", now, true},
		{"the same day", now.Add(9 * time.Hour), false},
		{"the next day", now.Add(24 * time.Hour), true},
	} {
		now = step.at
		if made, err := copyOnceADay(ctx, office, now); err != nil || made != step.want {
			t.Errorf("%s: made %v, %v", step.name, made, err)
		}
	}
}

// newOffice sets up the register of a commune in a folder of the test.
func newOffice(t *testing.T, now func() time.Time) *app.App {
	t.Helper()
	return officeOf(t, now, "2025-commune", "dak ha")
}

func officeOf(t *testing.T, now func() time.Time, preset, unit string) *app.App {
	t.Helper()
	ctx := context.Background()
	s := app.Starter{Folder: t.TempDir(), Options: app.Options{Now: now}}
	units, err := s.FindUnits(ctx, preset, unit, 1)
	if err != nil || len(units) == 0 {
		t.Fatalf("units %v, %v", units, err)
	}
	setup, err := s.Propose(preset, units[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	setup.OfficerName, setup.Protection = "A Brel", "demo"
	made, err := s.Create(ctx, setup)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := made.App.Close(); err != nil {
			t.Error(err)
		}
	})
	return made.App
}
