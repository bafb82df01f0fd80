package app

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

func backupName(t time.Time) string { return backupPrefix + t.Format(stamp) + ".db" }

// daysBack names one copy a day at nine, from the test's day back.
func daysBack(from, to int) []string {
	var out []string
	for d := from; d <= to; d++ {
		out = append(out, backupName(today.AddDate(0, 0, -d)))
	}
	return out
}

func TestKeepBackups(t *testing.T) {
	hours := func(h ...int) (out []string) {
		for _, n := range h {
			out = append(out, backupName(today.Add(time.Duration(n)*time.Hour)))
		}
		return out
	}
	for name, tt := range map[string]struct{ names, want []string }{
		"nothing": {nil, nil},
		"one":     {daysBack(0, 0), daysBack(0, 0)},
		// 20–14 March by day; 8 and 1 March by week; 28 February and 31 January by month.
		"every day for 200 days": {daysBack(0, 199), append(daysBack(0, 6), daysBack(12, 12)[0], daysBack(19, 19)[0], daysBack(20, 20)[0], daysBack(48, 48)[0])},
		"the newest of a day":    {hours(0, -1, -2, -3, -30), hours(0, -30)},
		// Days that have no copy do not use up the seven.
		"every second day":  {[]string{daysBack(0, 0)[0], daysBack(2, 2)[0], daysBack(4, 4)[0]}, []string{daysBack(0, 0)[0], daysBack(2, 2)[0], daysBack(4, 4)[0]}},
		"older than 90":     {append(daysBack(89, 89), daysBack(91, 91)...), daysBack(89, 89)},
		"all older than 90": {daysBack(91, 140), nil},
		"not ours":          {[]string{backupPrefix + "cua-toi.db"}, []string{backupPrefix + "cua-toi.db"}},
	} {
		t.Run(name, func(t *testing.T) {
			slices.Sort(tt.names)
			slices.Reverse(tt.names)
			kept := keepBackups(tt.names, today)
			var got []string
			for _, n := range tt.names {
				if kept[n] {
					got = append(got, n)
				}
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRotation: what goes takes its keys along, what is not ours stays, and the
// copy just made stays even when the clock says it is the oldest.
func TestRotation(t *testing.T) {
	folder := newFolder(t)
	backups := filepath.Join(folder, "backups")
	put := func(names ...string) {
		for _, n := range names {
			if err := os.WriteFile(filepath.Join(backups, n), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	old := backupName(today.AddDate(0, 0, -100))
	put(old, old+keySuffix, old+recoverySuffix, "ghi-chu.txt")
	put(daysBack(1, 89)...)
	a := open(t, folder, at(today))
	made := must(a.Backup(ctx, ""))(t)
	for name, want := range map[string]bool{
		filepath.Base(made.Path): true, filepath.Base(made.Path) + keySuffix: true, filepath.Base(made.Path) + recoverySuffix: true,
		old: false, old + keySuffix: false, old + recoverySuffix: false, "ghi-chu.txt": true,
	} {
		if _, err := os.Stat(filepath.Join(backups, name)); (err == nil) != want {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
	closeApp(t, a)
	for _, year := range []int{2001, 2090} {
		b := open(t, folder, at(time.Date(year, 5, 1, 8, 0, 0, 0, time.UTC)))
		made := must(b.Backup(ctx, ""))(t)
		if _, err := os.Stat(made.Path); err != nil {
			t.Errorf("the copy just made in %d: %v", year, err)
		}
		closeApp(t, b)
	}
}

func TestBackupFolderWithPatternCharacters(t *testing.T) {
	a := newApp(t)
	folder := filepath.Join(t.TempDir(), "sao [lưu] * ?")
	if err := a.db.SetMeta(ctx, metaBackupFolder, folder); err != nil {
		t.Fatal(err)
	}
	made := must(a.Backup(ctx, ""))(t)
	list := must(a.Backups(ctx))(t)
	if len(list) != 1 || list[0].Path != made.Path || filepath.Dir(made.Path) != folder {
		t.Errorf("made %s, listed %+v", made.Path, list)
	}
}

// TestOlderCopyInPlace: a database that knows less than this device has said must
// not go on under the same stream.
func TestOlderCopyInPlace(t *testing.T) {
	folder := newFolder(t)
	db := filepath.Join(folder, "sophobien.db")
	a := open(t, folder, at(today))
	newTraining(t, a, "Một")
	stream := a.keys.ID()
	closeApp(t, a)
	older := must(os.ReadFile(db))(t)

	a = open(t, folder, at(today))
	if a.keys.ID() != stream {
		t.Fatal("a plain second start began a new stream")
	}
	newTraining(t, a, "Hai, sẽ mất")
	closeApp(t, a)
	if err := os.WriteFile(db, older, 0o600); err != nil {
		t.Fatal(err)
	}

	a = open(t, folder, at(today))
	if a.keys.ID() == stream {
		t.Fatal("the older copy goes on under the same stream")
	}
	next := a.keys.ID()
	newTraining(t, a, "Ba")
	if m := mark(t, a); m.Stream != next || m.N != 1 {
		t.Errorf("mark %+v", m)
	}
	agree(t, a)
	closeApp(t, a)
	if a = open(t, folder, at(today)); a.keys.ID() != next {
		t.Error("the start after it began another stream")
	}
}

// TestOtherBranchInPlace: as many commits, but not the ones this device made.
func TestOtherBranchInPlace(t *testing.T) {
	one, two := newFolder(t), newFolder(t) // two copies of one office
	var streams []string
	for _, folder := range []string{one, two} {
		a := open(t, folder, at(today))
		newTraining(t, a, folder)
		streams = append(streams, a.keys.ID())
		closeApp(t, a)
	}
	if streams[0] != streams[1] {
		t.Fatal("the two are no copies")
	}
	other := must(os.ReadFile(filepath.Join(two, "sophobien.db")))(t)
	if err := os.WriteFile(filepath.Join(one, "sophobien.db"), other, 0o600); err != nil {
		t.Fatal(err)
	}
	a := open(t, one, at(today))
	if a.keys.ID() == streams[0] {
		t.Error("another branch goes on under the same stream")
	}
	newTraining(t, a, "Tiếp")
	agree(t, a)
}

// TestRestoreIsANewStream and brings back what was in the copy, names too.
func TestRestoreIsANewStream(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Trong bản sao")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 3)))(t)
	copied := filepath.Join(t.TempDir(), "so.db")
	must(a.Backup(ctx, copied))(t)
	stream, n := a.keys.ID(), commits(t, a)
	newTraining(t, a, "Sau bản sao")
	closeApp(t, a)

	got := must(Restore(ctx, copied, folder, "", at(today)))(t)
	if got.Stream == stream || got.Commits != n || got.Aside == "" {
		t.Errorf("restored %+v; there were %d commits of stream %s", got, n, stream)
	}
	a = open(t, folder, at(today))
	if a.keys.ID() != got.Stream {
		t.Errorf("goes on as %s, said %s", a.keys.ID(), got.Stream)
	}
	if page := must(a.Activities(ctx, record.ActivityFilter{}))(t); page.Total != 1 {
		t.Errorf("%d activities", page.Total)
	}
	if list := must(a.FindPeople(ctx, "ngoc thu", 9))(t); len(list) != 3 {
		t.Errorf("%d people found by name", len(list))
	}
	newTraining(t, a, "Sau khôi phục")
	agree(t, a)
	sealedRows(t, a) // both streams verify in what is handed over
}

// TestRestoreKeepsWhatIsDamaged: byte for byte.
func TestRestoreKeepsWhatIsDamaged(t *testing.T) {
	folder := newFolder(t)
	db := filepath.Join(folder, "sophobien.db")
	a := open(t, folder, at(today))
	newTraining(t, a, "Một")
	copied := filepath.Join(t.TempDir(), "so.db")
	must(a.Backup(ctx, copied))(t)
	closeApp(t, a)
	whole := must(os.ReadFile(db))(t)
	for name, damaged := range map[string][]byte{
		"first page gone": append(make([]byte, 4096), whole[4096:]...),
		"cut short":       whole[:len(whole)/2],
		"empty":           {},
		"other bytes":     bytes.Repeat([]byte("không phải sổ\n"), 999),
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(db, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			got := must(Restore(ctx, copied, folder, "", at(today)))(t)
			if kept := must(os.ReadFile(got.Aside))(t); !bytes.Equal(kept, damaged) {
				t.Errorf("aside are %d bytes, damaged were %d", len(kept), len(damaged))
			}
			a := open(t, folder, at(today))
			agree(t, a)
			closeApp(t, a)
		})
	}
}

// TestNothingIsWrittenOverTheRegister whatever path the person types.
func TestNothingIsWrittenOverTheRegister(t *testing.T) {
	a := newApp(t)
	p := must(a.Period(ctx, 2026, ""))(t)
	link := filepath.Join(t.TempDir(), "bao-cao.xlsx")
	if err := os.Symlink(a.dir.Database(), link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{a.dir.Database(), link, filepath.Join(a.dir.Keys(), "demo.json"), a.dir.Path()} {
		if err := a.WriteWorkbook(ctx, p, path); err == nil {
			t.Errorf("a workbook was written to %s", path)
		}
		if _, err := a.Backup(ctx, path); err == nil {
			t.Errorf("a backup was written to %s", path)
		}
	}
	agree(t, a)
}

func TestVerifyReportsProgressAndRepairs(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Tập huấn")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 30)))(t)
	var last int64
	rep, err := a.Verify(ctx, true, func(done, total int64) {
		if done < last || done > total {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last = done
	})
	if err != nil || !rep.OK || !rep.Rebuilt || rep.Commits != 3 {
		t.Errorf("%+v, %v", rep, err)
	}
}

// TestExplain: whatever an engine says becomes a sentence in both languages.
func TestExplain(t *testing.T) {
	calm := record.SentenceOf(errors.New("x"), "vi")
	for _, s := range sentences {
		err := explain(errors.Join(errors.New("engine"), s.is))
		if !errors.Is(err, s.kind) || !errors.Is(err, s.is) {
			t.Errorf("%v is %v, not of kind %v", s.is, err, s.kind)
		}
		for _, lang := range []string{"vi", "en"} {
			if words := record.SentenceOf(err, lang); words == "" || words == calm || strings.Contains(words, "engine") {
				t.Errorf("%v says %q", s.is, words)
			}
		}
	}
	pulled := explain(fmt.Errorf("import: %w", pack.ErrTruncated))
	if words, _ := pack.Sentence("truncated"); record.SentenceOf(pulled, "vi") != words.VI {
		t.Errorf("a pack cut short says %q", record.SentenceOf(pulled, "vi"))
	}
	if explain(nil) != nil {
		t.Error("nothing went wrong, and yet")
	}
	own := record.Refuse(record.ErrInvalid, "câu", "sentence")
	if explain(own) != error(own) {
		t.Error("a sentence was replaced")
	}
}

// TestExplainNamesThePlace: which file or folder it was, not a temporary one.
func TestExplainNamesThePlace(t *testing.T) {
	for _, err := range []error{
		&os.PathError{Op: "open", Path: "/usb/.~so.db.0123456789abcdef.tmp", Err: syscall.EROFS},
		&os.PathError{Op: "open", Path: "/usb", Err: syscall.EACCES},
		&os.PathError{Op: "open", Path: "/usb", Err: os.ErrNotExist},
		&os.LinkError{Op: "rename", Old: "/usb/.~x", New: "/usb", Err: syscall.EIO},
	} {
		for _, lang := range []string{"vi", "en"} {
			if words := record.SentenceOf(explain(fmt.Errorf("write: %w", err)), lang); !strings.Contains(words, "/usb") || strings.Contains(words, ".~") {
				t.Errorf("%v says %q", err, words)
			}
		}
	}
}

// The session that set the office up can make a backup that its passphrase opens
// elsewhere.
func TestBackupInTheSessionOfTheSetup(t *testing.T) {
	s := Starter{Folder: filepath.Join(t.TempDir(), "sổ")}
	unit := must(s.UnitByCode("2025-commune", "23500"))(t)
	setup := must(s.Propose("2025-commune", unit.ID))(t)
	setup.OfficerName, setup.Protection, setup.Passphrase = "Y Ngọc", string(trust.Passphrase), "bốn từ ghép lại"
	made := must(s.Create(ctx, setup))(t)
	file := filepath.Join(t.TempDir(), "b.db")
	must(made.App.Backup(ctx, file))(t)
	if err := made.App.Close(); err != nil {
		t.Fatal(err)
	}
	got := must(Restore(ctx, file, filepath.Join(t.TempDir(), "máy mới"), setup.Passphrase, Options{}))(t)
	if got.Commits != 1 || got.CodeIsPassphrase {
		t.Errorf("restored %+v", got)
	}
	typed := strings.ReplaceAll(made.RecoveryCode, "-", " ")
	folder := filepath.Join(t.TempDir(), "bằng phiếu")
	got = must(Restore(ctx, file, folder, typed, Options{}))(t)
	if !got.CodeIsPassphrase {
		t.Errorf("restored by code: %+v", got)
	}
	for _, again := range []string{made.RecoveryCode, typed} {
		if err := must(Open(folder, Options{Passphrase: again}))(t).Close(); err != nil {
			t.Error(err)
		}
	}
}

// A refused restore leaves nothing in a folder that was not there, and says
// whose fault it is.
func TestRefusedRestoreLeavesNothing(t *testing.T) {
	a := newApp(t)
	file := filepath.Join(t.TempDir(), "b.db")
	must(a.Backup(ctx, file))(t)
	other := must(CreateDemo(ctx, t.TempDir(), DemoOptions{Years: 1, PerYear: 1, People: 1}, Options{}))(t)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, file, other.Folder(), "", Options{}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("another office's backup: %v", err)
	}
	list := filepath.Join(t.TempDir(), "l.tsv")
	if err := os.WriteFile(list, []byte("Họ và tên\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"no backup": list, "a folder": t.TempDir(), "missing": list + "x"} {
		folder := filepath.Join(t.TempDir(), "mới")
		if _, err := Restore(ctx, path, folder, "x", Options{}); err == nil || errors.Is(err, record.ErrPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("%s left %v", name, left)
		}
	}
}
