package arch

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Each case is a tree of one or two files and the one complaint it must earn; an
// empty complaint means the tree is fine.
func TestCheckerBites(t *testing.T) {
	tests := []struct {
		name, file, text string
		want             string
	}{
		{"a screen that sees the store",
			"ui/activities/list.go", `package activities; import _ "sophobien/internal/store"`,
			"ui/activities imports internal/store; it may import ui/kit, ui/theme, ui/preview, ui/ledger, ui/checkin, internal/record, because a screen"},
		{"a screen that sees its neighbour",
			"ui/home/home.go", `package home; import _ "sophobien/ui/activities"`,
			"ui/home imports ui/activities;"},
		{"a noun that leans on something",
			"internal/record/person.go", `package record; import _ "sophobien/internal/viet"`,
			"internal/record imports internal/viet; it may import nothing of ours,"},
		{"a noun with a library",
			"internal/record/person.go", `package record; import _ "golang.org/x/text/unicode/norm"`,
			"internal/record imports golang.org/x/text/unicode/norm: the nouns import only the standard library"},
		{"a package nobody planned",
			"internal/helpers/helpers.go", `package helpers`,
			"package internal/helpers (internal/helpers/helpers.go) has no row"},
		{"a package nobody planned, tests only",
			"internal/helpers/helpers_test.go", `package helpers`,
			"package internal/helpers (internal/helpers/helpers_test.go) has no row"},
		{"a file for another system",
			"internal/seal/seal_windows.go", "//go:build windows\n\npackage seal; import _ \"sophobien/internal/store\"",
			"internal/seal imports internal/store;"},
		{"a builder in a program",
			"cmd/sophobien/main.go", `package main; import _ "sophobien/internal/recordtest"`,
			"cmd/sophobien imports internal/recordtest, which exists for tests only"},
		{"the toolkit below the window",
			"internal/app/app.go", `package app; import _ "fyne.io/fyne/v2"`,
			"internal/app imports fyne.io/fyne/v2: nothing below the window"},
		{"the toolkit below the window, in a test",
			"internal/app/app_test.go", `package app; import _ "fyne.io/fyne/v2/test"`,
			"internal/app imports fyne.io/fyne/v2/test: nothing below the window"},
		{"a screen that opens a window",
			"ui/kit/run.go", `package kit; import _ "fyne.io/fyne/v2/app"`,
			"ui/kit imports fyne.io/fyne/v2/app: only the desktop program"},
		{"an engine that writes files",
			"internal/report/xlsx/book.go", `package xlsx; import _ "os"`,
			"internal/report/xlsx imports os: an engine gets values"},
		{"a program with test tools",
			"internal/store/open.go", `package store; import _ "testing"`,
			"internal/store imports testing: test tools"},
		{"an engine that looks at the clock",
			"internal/bundle/seal.go", `package bundle; import "time"; var at = time.Now()`,
			"internal/bundle uses time.Now: an engine has no clock"},
		{"an engine that hands the clock on, renamed",
			"internal/oplog/log.go", `package oplog; import when "time"; var clock = when.Now`,
			"internal/oplog uses time.Now: an engine has no clock"},
		{"an engine that hides the clock",
			"internal/pack/p.go", `package pack; import . "time"; var at = Now()`,
			`internal/pack uses import . "time": an engine has no clock`},

		{"a screen as it should be",
			"ui/home/home.go", `package home; import (_ "sophobien/ui/kit"; _ "sophobien/internal/record"; _ "fyne.io/fyne/v2/driver/desktop")`, ""},
		{"an engine that is told the time",
			"internal/oplog/log.go", `package oplog; import "time"; func Stamp(at time.Time) string { return at.Format(time.RFC3339) }`, ""},
		{"a test with what it needs",
			"internal/record/person_test.go", `package record; import (_ "os"; _ "testing"; _ "pgregory.net/rapid"; _ "sophobien/internal/recordtest")`, ""},
		{"builders with test tools",
			"internal/recordtest/build.go", `package recordtest; import (_ "testing"; _ "sophobien/internal/store")`, ""},
		{"a generator run by hand",
			"assets/make.go", "//go:build ignore\n\npackage main; import _ \"sophobien/internal/store\"", ""},
		{"what was built",
			"build/gen/x.go", `package x`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, err := readTree(fstest.MapFS{tt.file: &fstest.MapFile{Data: []byte(tt.text)}})
			if err != nil {
				t.Fatal(err)
			}
			got := checkTable(tree, table)
			got = append(got, checkBans(tree, bans)...)
			got = append(got, checkClocks(tree, engines)...)
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("complained about what is allowed: %q", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
				t.Errorf("got %q, want one complaint with %q", got, tt.want)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	tests := []struct {
		pattern string
		yes, no []string
	}{
		{"...", []string{"ui", "internal/app"}, nil},
		{"ui/...", []string{"ui", "ui/kit", "ui/kit/grid"}, []string{"uitest", "internal/ui"}},
		{"ui/*", []string{"ui/kit"}, []string{"ui", "ui/kit/grid"}},
		{"ui/kit", []string{"ui/kit"}, []string{"ui", "ui/kit/grid", "ui/kitten"}},
		{outsideStandardLibrary, []string{"golang.org/x/text"}, []string{"os", "encoding/json", module + "/ui"}},
	}
	for _, tt := range tests {
		got := map[string]bool{}
		want := map[string]bool{}
		for _, p := range tt.yes {
			got[p], want[p] = matches(tt.pattern, p), true
		}
		for _, p := range tt.no {
			got[p], want[p] = matches(tt.pattern, p), false
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.pattern, diff)
		}
	}
}

// A row that no package could reach behind an earlier family would be a lie.
func TestEveryRowCanBeReached(t *testing.T) {
	for _, r := range table {
		example := strings.TrimSuffix(strings.Replace(r.pkg, "/*", "/example", 1), "/...")
		first, known := rowOf(table, example)
		if !known || first.pkg != r.pkg {
			t.Errorf("row %s is hidden behind row %s: put it first", r.pkg, first.pkg)
		}
		if r.why == "" {
			t.Errorf("row %s gives no reason", r.pkg)
		}
	}
}
