package library

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// contents are what people see of a library: what is shown, found, and how far it has come.
func contents(t *testing.T, l *Library) string {
	t.Helper()
	standings, err := l.Standings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	channels, err := l.Channels(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := l.Seen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	v := on(t, l, today)
	out := fmt.Sprintf("%+v\n%+v\n%v\n", standings, channels, seen)
	for _, i := range v.Items() {
		r, err := v.Reading(ctx, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprintf("%+v\n", r)
	}
	return out + fmt.Sprint(found(find(t, l, "tien luong lam them gio")))
}

// TestTheTablesAreMadeAgain: whatever becomes of law.db, the library is what it was, with its
// floor, its earlier versions and the one somebody chose to look at; and the next pack is
// taken.
func TestTheTablesAreMadeAgain(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, path string){
		"gone":  func(t *testing.T, path string) { remove(t, path) },
		"empty": func(t *testing.T, path string) { overwrite(t, path, nil) },
		"text":  func(t *testing.T, path string) { overwrite(t, path, bytes.Repeat([]byte("x"), 500)) },
		"cut": func(t *testing.T, path string) {
			b := readFile(t, path)
			overwrite(t, path, b[:len(b)/2])
		},
		"zeros in the middle": func(t *testing.T, path string) {
			b := readFile(t, path)
			clear(b[4096 : len(b)-4096])
			overwrite(t, path, b)
		},
		"another program's":  func(t *testing.T, path string) { stamp(t, path, 71, 9) },
		"an earlier program": func(t *testing.T, path string) { stamp(t, path, 63, 0) },
		"a log of another file": func(t *testing.T, path string) {
			overwrite(t, path+"-wal", bytes.Repeat([]byte("w"), 9000))
			remove(t, path)
		},
		"found while it was used": func(t *testing.T, path string) { overwrite(t, path+".broken", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			l, p := newLibrary(t), newProvince(t)
			first, second := p.two(t)
			p.install(t, l, p.build(t, 1, first))
			p.install(t, l, p.build(t, 7, second))
			if err := l.Show(ctx, channel, 1); err != nil {
				t.Fatal(err)
			}
			want := contents(t, l)
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			harm(t, l.path())
			l = openLibrary(t, filepath.Dir(l.folder))
			if diff := cmp.Diff(want, contents(t, l)); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
			if _, err := p.open(t, l, p.build(t, 6, second)); !errors.Is(err, pack.ErrRollback) {
				t.Errorf("an older pack: %v", err)
			}
			p.install(t, l, p.build(t, 8, second))
			if _, err := os.Stat(l.brokenMark()); err == nil {
				t.Error("it is made again at every start")
			}
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func stamp(t *testing.T, path string, at int, value byte) {
	t.Helper()
	b := readFile(t, path)
	b[at] = value
	overwrite(t, path, b)
}

// TestSomeOfTheBytesAreGoneToo: what is left is there, the floor holds, and the same pack
// brings the rest.
func TestSomeOfTheBytesAreGoneToo(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, _ := p.two(t)
	whole := p.build(t, 5, first)
	p.install(t, l, whole)
	want := contents(t, l)
	for name, harm := range map[string]func(sum string) bool{
		"a text":         func(sum string) bool { return sum == first[0].Wordings[0].SHA256 },
		"everything":     func(string) bool { return true },
		"all but a text": func(sum string) bool { return sum != first[0].Wordings[0].SHA256 },
	} {
		l.Close()
		if err := l.blobs.each(func(sum string, _ int64) error {
			if harm(sum) {
				return os.WriteFile(l.blobs.path(sum), []byte("x"), 0o600)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		remove(t, l.path())
		l = openLibrary(t, filepath.Dir(l.folder))
		if _, err := p.open(t, l, p.build(t, 4, first)); !errors.Is(err, pack.ErrRollback) {
			t.Errorf("%s: an older pack: %v", name, err)
		}
		p.install(t, l, whole)
		if diff := cmp.Diff(want, contents(t, l)); diff != "" {
			t.Errorf("%s (-before +after):\n%s", name, diff)
		}
	}
	// What was kept of the channel is damaged as well: an empty library, which takes packs.
	l.Close()
	remove(t, l.path())
	overwrite(t, l.keptName(channel), []byte("{}"))
	l = openLibrary(t, filepath.Dir(l.folder))
	if n := len(on(t, l, today).Items()); n != 0 {
		t.Errorf("%d items", n)
	}
	p.install(t, l, whole)
	if diff := cmp.Diff(want, contents(t, l)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestDamageFoundWhileSearching is a sentence of the library's own, and is mended at the next
// start.
func TestDamageFoundWhileSearching(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, _ := p.two(t)
	p.install(t, l, p.build(t, 1, first))
	want := contents(t, l)
	l.Close()
	db, err := sql.Open("sqlite", l.path()) // without the guard that keeps such tables from being written
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE found_data SET block = x'ff00ff' WHERE id > 10"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	l = openLibrary(t, filepath.Dir(l.folder))
	v := on(t, l, today)
	if _, err := v.Search(ctx, record.LawFilter{Text: "lam them gio", On: today}); !errors.Is(err, record.ErrDamaged) {
		t.Fatalf("%v", err)
	}
	l.Close()
	l = openLibrary(t, filepath.Dir(l.folder))
	if diff := cmp.Diff(want, contents(t, l)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

// TestNotedWithoutOpening: whoever hands over work need not open the library.
func TestNotedWithoutOpening(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	dir, err := datadir.Open(filepath.Dir(l.folder))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Noted(dir); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
	first, _ := p.two(t)
	p.install(t, l, p.build(t, 3, first))
	if got, err := Noted(dir); err != nil || got[channel] != 3 {
		t.Errorf("%v, %v", got, err)
	}
}
