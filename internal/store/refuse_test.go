package store

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// Places of numbers in a SQLite file's header.
const (
	userVersionAt = 60
	appIDAt       = 68
)

var cmpEmpty = cmpopts.EquateEmpty()

// wantRefusal wants an error of a kind that has its own sentence in both languages.
func wantRefusal(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, want one of the kind %q", err, kind)
	}
	unexpected := errors.New("x")
	for _, lang := range []string{"vi", "en"} {
		if record.SentenceOf(err, lang) == record.SentenceOf(unexpected, lang) {
			t.Errorf("no sentence of its own in %q: %v", lang, err)
		}
	}
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFilesThatAreNoRegisterStayUntouched(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	db := openTest(t, whole)
	commit(t, db, 1, record.Create(recordtest.Activity(1)))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw := mustRead(t, whole)
	header := func(at int, n uint32) []byte {
		b := bytes.Clone(raw)
		binary.BigEndian.PutUint32(b[at:], n)
		return b
	}
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	f, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Exec("CREATE TABLE a (b); INSERT INTO a VALUES (1)"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	for name, c := range map[string]struct {
		content []byte
		kind    error
	}{
		"empty":                   {nil, record.ErrDamaged},
		"zeros":                   {make([]byte, 40960), record.ErrDamaged},
		"text":                    {[]byte(strings.Repeat("Sổ phổ biến\n", 1000)), record.ErrDamaged},
		"a few bytes":             {raw[:50], record.ErrDamaged},
		"another program's":       {mustRead(t, foreign), record.ErrDamaged},
		"other application id":    {header(appIDAt, 0x12345678), record.ErrDamaged},
		"one version newer":       {header(userVersionAt, uint32(len(migrations)+1)), record.ErrNewer},
		"many versions newer":     {header(userVersionAt, 1<<30), record.ErrNewer},
		"second half overwritten": {append(bytes.Clone(raw[:len(raw)/2]), bytes.Repeat([]byte{0xaa}, len(raw)-len(raw)/2)...), nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			db, err := Open(ctx, path, Options{Key: [32]byte{7}})
			if c.kind == nil {
				if err == nil {
					rep, errVerify := db.Verify(ctx, true, t.TempDir(), nil)
					db.Close()
					if errVerify == nil && rep.OK {
						t.Error("nobody noticed")
					}
				}
				return
			}
			wantRefusal(t, err, c.kind)
			if !bytes.Equal(mustRead(t, path), c.content) {
				t.Error("the file was touched")
			}
			if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
				t.Errorf("something was left beside it: %v", entries)
			}
		})
	}
}

func TestAnotherKeyOpensNoNames(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := openTest(t, path)
	commit(t, db, 1, record.Create(recordtest.Person(1)))
	db.Close()
	other, err := Open(ctx, path, Options{Key: [32]byte{8}})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.FindPeople(ctx, "thu", 5); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("searching names: %v", err)
	}
	if rep, err := other.Verify(ctx, true, t.TempDir(), nil); err != nil || rep.OK {
		t.Errorf("verify: %+v, %v", rep, err)
	}
	db = openTest(t, path)
	mustVerify(t, db) // and the failed proof has changed nothing
}

func TestFolderNames(t *testing.T) {
	names := []string{"a?b", "a#b", "100%", "a%20b", "hai  dấu cách ", "Sổ phổ biến Đăk Glei", "a&b=c", "a;b", "a+b", "it's", "[x]"}
	if runtime.GOOS == "windows" {
		names = slicesWithout(names, "?")
	}
	for _, name := range names {
		dir := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		db := openTest(t, filepath.Join(dir, "sổ.db"))
		commit(t, db, 1, record.Create(recordtest.Activity(1)))
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 || entries[0].Name() != "sổ.db" {
			t.Errorf("%q holds %v (%v)", name, entries, err)
		}
		if n, err := CheckCopy(ctx, filepath.Join(dir, "sổ.db"), [32]byte{7}); err != nil || n != 1 {
			t.Errorf("%q: %d commits, %v", name, n, err)
		}
	}
}

func slicesWithout(names []string, mark string) []string {
	var out []string
	for _, n := range names {
		if !strings.Contains(n, mark) {
			out = append(out, n)
		}
	}
	return out
}

func TestMissingFolderIsASentence(t *testing.T) {
	_, err := Open(ctx, filepath.Join(t.TempDir(), "không có", "a.db"), Options{})
	wantRefusal(t, err, record.ErrPlace)
}

// TestReadOnly: SQLite refuses, the sentence says so, nothing is stored. The
// refusal is SQLite's own: a folder's permissions do not bind root.
func TestReadOnly(t *testing.T) {
	db := newTest(t)
	before := commit(t, db, 1, record.Create(recordtest.Activity(1)))
	if before.Batch == "" {
		t.Fatal("nothing was stored")
	}
	if _, err := db.write.Exec("PRAGMA query_only=ON"); err != nil {
		t.Fatal(err)
	}
	_, err := db.Commit(ctx, testWriter(1), 0, func(*Tx) ([]record.Edit, error) {
		return []record.Edit{record.Create(recordtest.Activity(2))}, nil
	})
	wantRefusal(t, err, record.ErrPlace)
	if err := db.SaveDraft(ctx, "x", []byte("y"), recordtest.Day0); !errors.Is(err, record.ErrPlace) {
		t.Errorf("draft: %v", err)
	}
	if _, err := db.write.Exec("PRAGMA query_only=OFF"); err != nil {
		t.Fatal(err)
	}
	if rep := mustVerify(t, db); rep.Commits != 1 {
		t.Errorf("%d commits", rep.Commits)
	}
	commit(t, db, 1, record.Create(recordtest.Activity(2)))
}

// TestFullDisk: at whatever page the disk is full, nothing is half stored, and
// work goes on when there is room again.
func TestFullDisk(t *testing.T) {
	db := newTest(t)
	commit(t, db, 1, record.Create(recordtest.Activity(0)))
	var pages int
	if err := db.write.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	stored, full := int64(1), 0
	for room := range 12 {
		if _, err := db.write.Exec(fmt.Sprintf("PRAGMA max_page_count=%d", pages+room)); err != nil {
			t.Fatal(err)
		}
		a := recordtest.Activity(int64(1 + room))
		edits := []record.Edit{record.Create(a)}
		for _, x := range recordtest.Attendees(a.ID, int64(1000*room), 60) {
			edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
		}
		_, err := db.Commit(ctx, testWriter(1), 0, func(*Tx) ([]record.Edit, error) { return edits, nil })
		if err == nil {
			stored++
			continue
		}
		full++
		wantRefusal(t, err, record.ErrSpace)
		if rep := mustVerify(t, db); rep.Commits != stored {
			t.Fatalf("%d commits, %d were acknowledged", rep.Commits, stored)
		}
	}
	if full < 3 {
		t.Fatalf("the disk was full %d times only", full)
	}
	if _, err := db.write.Exec("PRAGMA max_page_count=1000000"); err != nil {
		t.Fatal(err)
	}
	commit(t, db, 1, record.Create(recordtest.Activity(99)))
	if rep := mustVerify(t, db); rep.Commits != stored+1 {
		t.Errorf("%d commits after room was made, want %d", rep.Commits, stored+1)
	}
}

// TestAReaderSeesOnlyWhatIsCommitted: inside a plan, and after one that failed.
func TestAReaderSeesOnlyWhatIsCommitted(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	_, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) {
		if err := tx.commit([]record.Edit{record.Create(a)}); err != nil {
			return nil, err
		}
		if _, err := FindIn[record.Activity](tx, a.ID); err != nil {
			t.Errorf("the writer does not see its own row: %v", err)
		}
		if _, err := Find[record.Activity](ctx, db, a.ID); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("a reader sees what is not committed: %v", err)
		}
		return nil, errors.New("changed my mind")
	})
	if err == nil {
		t.Fatal("no error")
	}
	if n, err := db.CountAfter(ctx, 0); err != nil || n != 0 {
		t.Errorf("%d commits after a plan that failed (%v)", n, err)
	}
	if _, err := Find[record.Activity](ctx, db, a.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a row after a plan that failed: %v", err)
	}
}

func TestAnActionThatSaysNothingStoresNothing(t *testing.T) {
	db := newTest(t)
	for _, edits := range [][]record.Edit{nil, {}, {{Ref: recordtest.Activity(1).Ref()}}, {{Ref: recordtest.Activity(1).Ref(), Set: map[string]record.Value{}}}} {
		if ch := commit(t, db, 1, edits...); ch.Batch != "" {
			t.Errorf("batch %s", ch.Batch)
		}
	}
	if rep := mustVerify(t, db); rep.Commits != 0 || rep.Rows != 0 {
		t.Errorf("%+v", rep)
	}
}

func TestOneTextTooLongIsASentence(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	a.Result = strings.Repeat("dài ", 100_000)
	_, err := db.Commit(ctx, testWriter(1), 0, func(*Tx) ([]record.Edit, error) { return []record.Edit{record.Create(a)}, nil })
	wantRefusal(t, err, record.ErrInvalid)
}

// TestLocalThingsComeBack: drafts, facts and the list of sealed files.
func TestLocalThingsComeBack(t *testing.T) {
	db := newTest(t)
	at := recordtest.Day0
	if err := db.SaveDraft(ctx, "activity/new", []byte("đang gõ"), at); err != nil {
		t.Fatal(err)
	}
	text, when, err := db.Draft(ctx, "activity/new")
	if err != nil || string(text) != "đang gõ" || !when.Equal(at) {
		t.Errorf("draft %q at %v, %v", text, when, err)
	}
	for i, scope := range []string{"activity/new/a", "activity_x", "people/a"} {
		if err := db.SaveDraft(ctx, scope, []byte(scope), at.Add(time.Duration(i+1)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.write.ExecContext(ctx, "UPDATE draft SET box = x'00' WHERE scope = 'activity/new'"); err != nil {
		t.Fatal(err)
	}
	wantDrafts := []record.Draft{{Scope: "activity/new/a", At: at.Add(time.Minute), Text: []byte("activity/new/a")}, {Scope: "activity/new", At: at}}
	drafts, err := db.Drafts(ctx, "activity/")
	if diff := cmp.Diff(wantDrafts, drafts, cmpopts.EquateApproxTime(0)); diff != "" || err != nil {
		t.Errorf("drafts, one of them damaged, %v (-want +got):\n%s", err, diff)
	}
	if err := db.DropDraft(ctx, "activity/new"); err != nil {
		t.Fatal(err)
	}
	if text, _, err := db.Draft(ctx, "activity/new"); text != nil || err != nil {
		t.Errorf("a dropped draft: %q, %v", text, err)
	}
	for _, v := range []string{"1", "hai"} {
		if err := db.SetMeta(ctx, "last_backup", v); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Meta(ctx, "last_backup"); got != v || err != nil {
			t.Errorf("meta %q, %v", got, err)
		}
	}
	want := Bundle{ID: "a", No: 3, Name: "n.sopb.zip", Path: "/p", Created: at, Size: 7, SHA256: "ff", Recipient: "r", Practice: true, Commits: 5, LastSeq: 9}
	if err := db.AddBundle(ctx, want); err != nil {
		t.Fatal(err)
	}
	got, err := db.Bundles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Bundle{want}, got, cmpopts.EquateApproxTime(0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	mustVerify(t, db)
}
