package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// ctlCall is "ctl CODE ARGS…". Whatever the script goes on to look at, it holds
// every call to its promises: with --json, exactly one JSON document on stdout, or
// nothing there when refused; when refused, exactly one line on stderr and an office that holds
// what it held, receive aside, which takes each file for itself; on wrong usage nothing on stdout.
func ctlCall(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: ctl CODE ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	args = args[1:]
	before := holdings(ts, args)
	var stdout, stderr bytes.Buffer
	got := run(context.Background(), args, &stdout, &stderr)
	ts.Stdout().Write(stdout.Bytes())
	ts.Stderr().Write(stderr.Bytes())
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s%s", got, want, &stdout, &stderr)
	}
	switch {
	case slices.Contains(args, "--json") && (got == exitDone || stdout.Len() > 0):
		ts.Check(oneDocument(stdout.Bytes()))
	}
	switch {
	case got == exitRefused && !oneSentence(stderr.String()):
		ts.Fatalf("refused, but stderr is no single sentence: %q", &stderr)
	case got == exitUsage && (stdout.Len() > 0 || stderr.Len() == 0):
		ts.Fatalf("wrong usage said %q on stdout and %q on stderr", &stdout, &stderr)
	}
	// Of a folder with a bad file in it, receive takes the good ones.
	if got != exitDone && !slices.Contains(args, "receive") {
		if diff := cmp.Diff(before, holdings(ts, args)); diff != "" {
			ts.Fatalf("refused, but the office holds something else (-before +after):\n%s", diff)
		}
	}
}

func oneDocument(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("stdout is no JSON: %w\n%s", err, text)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("stdout holds more than one JSON document:\n%s", text)
	}
	return nil
}

func oneSentence(text string) bool {
	return strings.Count(text, "\n") == 1 && strings.HasSuffix(text, "\n") && len(strings.TrimSpace(text)) > 10
}

// holdings are the rows of every table and the files of the office that args name.
// A register that SQLite cannot read has no rows to count.
func holdings(ts *testscript.TestScript, args []string) map[string]int {
	out := map[string]int{}
	i := slices.Index(args, "--data")
	if i < 0 {
		return out
	}
	folder := args[i+1]
	filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		// The lock and the reserve are no holdings; they appear at the first look.
		if err == nil && e.Type().IsRegular() && e.Name() != "app.lock" && e.Name() != "reserve.bin" {
			out[path] = 1
		}
		return nil
	})
	maps, err := rowCounts(filepath.Join(folder, "sophobien.db"))
	if err != nil {
		ts.Logf("rows of %s: %v", folder, err)
	}
	for table, n := range maps {
		out["rows of "+table] = n
	}
	return out
}

// rowCounts counts with the driver alone.
func rowCounts(path string) (map[string]int, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, nil
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	tables, err := column(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
	out := map[string]int{}
	for _, t := range tables {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + t).Scan(&n); err != nil {
			return nil, err
		}
		out[t] = n
	}
	return out, err
}

func column(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// jsonCall is "json NAME PATH": the value at a dotted path of the last stdout goes
// into the variable NAME. "json PATH = VALUE" compares.
func jsonCall(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &v))
	if len(args) == 2 {
		ts.Setenv(args[0], at(ts, v, args[1]))
		return
	}
	if len(args) != 3 || args[1] != "=" {
		ts.Fatalf("usage: json NAME PATH, or json PATH = VALUE")
	}
	if got := at(ts, v, args[0]); (got == args[2]) == neg {
		ts.Fatalf("%s is %q, want %q", args[0], got, args[2])
	}
}

// at walks a path such as files.0.path; "len" at its end is a length.
func at(ts *testscript.TestScript, v any, path string) string {
	for _, step := range strings.Split(path, ".") {
		switch here := v.(type) {
		case map[string]any:
			v = here[step]
		case []any:
			if step == "len" {
				v = len(here)
				continue
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(here) {
				ts.Fatalf("no %q in a list of %d", step, len(here))
			}
			v = here[i]
		default:
			ts.Fatalf("no %q in %v", step, v)
		}
	}
	return fmt.Sprint(v)
}

// figuresCall is "figures ARGS…": report and recount must give the same figures.
func figuresCall(ts *testscript.TestScript, _ bool, args []string) {
	var got [2]record.Figures
	for i, command := range []string{"report", "recount"} {
		var stdout, stderr bytes.Buffer
		if code := run(context.Background(), append([]string{command, "--json"}, args...), &stdout, &stderr); code != exitDone {
			ts.Fatalf("%s: exit code %d: %s", command, code, &stderr)
		}
		ts.Check(json.Unmarshal(stdout.Bytes(), &got[i]))
	}
	shown := 0
	for i := range got[0].Indicators {
		if f := &got[0].Indicators[i]; f.Value > 0 {
			shown++
			if len(f.Records) == 0 {
				ts.Fatalf("%s %s has no records behind it", f.Code, f.SplitKey())
			}
			f.Records = nil
		}
	}
	for i := range got[0].Targets {
		t := &got[0].Targets[i]
		if t.Numerator > 0 && len(t.Records) == 0 {
			ts.Fatalf("target %s has no records behind it", t.Code)
		}
		t.Records, t.Missing = nil, nil
	}
	if shown == 0 {
		ts.Fatalf("every figure is 0: this compares nothing")
	}
	if diff := cmp.Diff(got[0], got[1]); diff != "" {
		ts.Fatalf("report and recount differ (-report +recount):\n%s", diff)
	}
}

// damageCall is "damage flip|cut|zero FILE N": byte N changed, or all after it gone.
func damageCall(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[1])
	text, err := os.ReadFile(path)
	ts.Check(err)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	switch args[0] {
	case "flip":
		text[n] ^= 1
	case "cut":
		text = text[:n]
	case "zero":
		clear(text[n:min(n+4096, len(text))])
	default:
		ts.Fatalf("no damage called %s", args[0])
	}
	ts.Check(os.WriteFile(path, text, 0o600))
}

// sqlCall is "sql FILE STATEMENT", for what no command of ours would do.
func sqlCall(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// filesCall is "files GLOB N": so many files match.
func filesCall(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if want, _ := strconv.Atoi(args[1]); len(names) != want {
		ts.Fatalf("%d files match %s, want %d: %v", len(names), args[0], want, names)
	}
}

// alterCall is "alter FILE NAME NUMBER": the cell of a name of a workbook says another
// number.
func alterCall(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	for _, d := range f.GetDefinedName() {
		if d.Name == args[1] {
			sheet, at, _ := strings.Cut(strings.NewReplacer("$", "", "'", "").Replace(d.RefersTo), "!")
			ts.Check(errors.Join(f.SetCellInt(sheet, at, int64(n)), f.Save()))
			return
		}
	}
	ts.Fatalf("no name %s", args[1])
}
