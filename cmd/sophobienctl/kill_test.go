package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// TestKill kills the real program at random moments of a backup, a hand-over, an
// import, the adding of evidence, a restore and a migration. Whatever is left, the register is
// whole, an import is there as a whole or not at all, a picture that is named is there, a
// restored register is the old one or the backup's, and a file with a final name is a whole file.
func TestKill(t *testing.T) {
	k := newKillOffice(t)
	rounds := recordtest.Count(t, 72, 1000)
	killed, finished := map[string]int{}, 0
	for round := range rounds {
		actions := k.actions()
		action := actions[round%len(actions)]
		moment := 2 * k.length[action.name]
		if round/len(actions)%3 == 0 { // surely under way
			moment /= 4
		}
		if k.run(t, action, moment) {
			finished++
		} else {
			killed[action.name]++
		}
		k.check(t)
	}
	t.Logf("killed %v, %d had finished; %d people came in, %d backups were proven", killed, finished, k.came, k.copies)
	if k.copies == 0 || k.came == 0 {
		t.Error("the kills left nothing to look at")
	}
	for _, a := range k.actions() {
		if killed[a.name] == 0 {
			t.Errorf("no %s was killed under way", a.name)
		}
	}
}

// killOffice is an office, the built program and what must be true of them.
type killOffice struct {
	program, work, data string
	activity            string
	key                 [32]byte // of the office
	lists               int      // of people made so far
	people              int      // acknowledged or found whole after a kill
	came                int      // of them in all
	copies              int      // backups found and proven
	length              map[string]time.Duration
	saved               string // a backup, and how many people it has
	savedPeople         int
	old                 string // the folder as the first version of the program left it
}

// killAction is a command and what its end, or its being killed, may change.
type killAction struct {
	name   string
	args   []string
	people int                // that come
	begin  func(t *testing.T) // makes the folder the command works in; nil: the office's
	after  func(t *testing.T, acknowledged bool)
}

func newKillOffice(t *testing.T) *killOffice {
	t.Helper()
	work := t.TempDir()
	k := &killOffice{work: work, program: filepath.Join(work, "sophobienctl"), data: filepath.Join(work, "so"), length: map[string]time.Duration{}}
	tool(t, ".", "go", "build", "-race=false", "-o", k.program, ".")
	k.must(t, "demo", "--years", "1", "--activities", "5", "--people", "20")
	dir, err := datadir.Open(k.data)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := trust.Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	k.key = keys.Office
	k.activity = strings.TrimSpace(string(k.must(t, "activity", "add", "--title", "Buổi bị ngắt", "--date", "5/3/2026")))
	k.saved, k.savedPeople = filepath.Join(work, "saved", "so.db"), 0
	k.must(t, "backup", "--out", k.saved)
	k.makeOld(t)
	for _, a := range k.actions() { // once each undisturbed, to learn how long they take
		if a.begin != nil {
			a.begin(t)
		}
		began := time.Now()
		k.must(t, a.args...)
		k.length[a.name] = time.Since(began)
		k.people += a.people
		if a.after != nil {
			a.after(t, true)
		}
	}
	return k
}

func (k *killOffice) actions() []killAction {
	usb := filepath.Join(k.work, "usb")
	people := plantedPeople(60)
	for i := range people { // who is on the list already does not come again
		people[i].name = strings.Replace(people[i].name, "Thử", "Lần"+letters(k.lists)+" ", 1)
	}
	k.lists++
	if err := os.WriteFile(filepath.Join(k.work, "sixty.tsv"), []byte(tsv(sheetOf(people))), 0o600); err != nil {
		panic(err)
	}
	elsewhere, hurt, old := filepath.Join(k.work, "elsewhere"), filepath.Join(k.work, "hurt"), filepath.Join(k.work, "old")
	return []killAction{
		{name: "backup", args: []string{"backup", "--out", filepath.Join(usb, "so.db")}},
		{name: "seal", args: []string{"seal", "--out", usb}},
		{name: "evidence", args: []string{"evidence", "add", "--id", k.activity, k.picture()}},
		{name: "import", args: []string{"import", "people", "--activity", k.activity, filepath.Join(k.work, "sixty.tsv")}, people: 60},
		{name: "rotating backup", args: []string{"backup"}},
		{name: "restore", args: []string{"restore", k.saved}, after: k.restored},
		{
			name: "restore elsewhere", args: []string{"restore", k.saved, "--data", elsewhere},
			begin: func(t *testing.T) { remove(t, elsewhere) },
			after: func(t *testing.T, done bool) {
				if _, err := os.Stat(filepath.Join(elsewhere, "sophobien.db")); done || err == nil {
					k.want(t, elsewhere, k.savedPeople)
				}
				k.restoreAgain(t, elsewhere)
			},
		},
		{
			name: "restore over a damaged register", args: []string{"restore", k.saved, "--data", hurt},
			begin: func(t *testing.T) { k.hurt(t, hurt) },
			after: func(t *testing.T, done bool) {
				if _, err := os.Stat(filepath.Join(hurt, "sophobien.db")); err != nil {
					t.Errorf("there is no register any more: %v", err)
				}
				if done {
					k.want(t, hurt, k.savedPeople)
				}
				k.restoreAgain(t, hurt)
			},
		},
		{
			name: "migration", args: []string{"status", "--data", old},
			begin: func(t *testing.T) { remove(t, old); copyAll(t, k.old, old) },
			after: func(t *testing.T, _ bool) { k.want(t, old, 0) },
		},
	}
}

// restored finds the old register or the backup's; after a word that it is done, the backup's.
func (k *killOffice) restored(t *testing.T, acknowledged bool) {
	t.Helper()
	got := k.peopleIn(t, k.data)
	if got != k.savedPeople && (acknowledged || got != k.people) {
		t.Fatalf("%d people; there were %d, the backup has %d, acknowledged: %v", got, k.people, k.savedPeople, acknowledged)
	}
	k.people = got
}

// restoreAgain does once more what was cut off, which must go through.
func (k *killOffice) restoreAgain(t *testing.T, folder string) {
	t.Helper()
	if _, err := k.command("verify", "--data", folder).Output(); err != nil {
		k.must(t, "restore", k.saved, "--data", folder)
		k.want(t, folder, k.savedPeople)
	}
}

// want wants a folder with a whole register that has so many people on the list, and no part
// of a file or of a copy in it.
func (k *killOffice) want(t *testing.T, folder string, people int) {
	t.Helper()
	k.must(t, "verify", "--rebuild", "--data", folder)
	if got := k.peopleIn(t, folder); got != people {
		t.Errorf("%s: %d people, %d expected", folder, got, people)
	}
	k.wantNoParts(t, folder)
}

func (k *killOffice) peopleIn(t *testing.T, folder string) int {
	t.Helper()
	var list []struct{ Total int }
	decode(t, k.must(t, "activity", "list", "--find", "buoi bi ngat", "--json", "--data", folder), &list)
	return list[0].Total
}

// wantNoParts wants every copy that has its name whole, and nothing left of what was cut off.
func (k *killOffice) wantNoParts(t *testing.T, folder string) {
	t.Helper()
	if left := globs(t, filepath.Join(folder, ".~*"), filepath.Join(folder, "*", ".~*"), filepath.Join(folder, "evidence", "*", ".~*")); len(left) > 0 {
		t.Errorf("left behind in the office: %v", left)
	}
	for _, path := range globs(t, filepath.Join(folder, "backups", "*.db")) {
		if folder == filepath.Join(k.work, "hurt") {
			continue // what is kept aside there is damaged
		}
		k.wantCopy(t, path)
	}
}

func (k *killOffice) wantCopy(t *testing.T, path string) {
	t.Helper()
	if _, err := store.CheckCopy(context.Background(), path, k.key); err != nil {
		t.Errorf("%s is there and is no whole backup: %v", path, err)
	}
	k.copies++
	remove(t, path)
}

// makeOld makes the office's folder as it was before there were tables: only a log.
func (k *killOffice) makeOld(t *testing.T) {
	t.Helper()
	k.old = filepath.Join(k.work, "first version")
	copyAll(t, k.data, k.old)
	db, err := sql.Open("sqlite", filepath.Join(k.old, "sophobien.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var drops string
	err = db.QueryRow(`SELECT group_concat('DROP TABLE ' || name || ';', '') FROM sqlite_schema
		WHERE type = 'table' AND name NOT IN ('meta','device','log','secret','erased','parked','draft','bundle')`).Scan(&drops)
	if err == nil {
		_, err = db.Exec(drops + "PRAGMA user_version=1; PRAGMA wal_checkpoint(TRUNCATE)")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// hurt makes a folder whose register is damaged.
func (k *killOffice) hurt(t *testing.T, folder string) {
	t.Helper()
	remove(t, folder)
	copyAll(t, k.data, folder)
	raw := read(t, filepath.Join(folder, "sophobien.db"))
	for i := len(raw) / 3; i < len(raw)/2; i++ {
		raw[i] ^= 0x5a
	}
	if err := os.WriteFile(filepath.Join(folder, "sophobien.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// copyAll copies a folder; the reserve of 16 MB is nobody's business.
func copyAll(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || strings.HasPrefix(e.Name(), "app.") {
			return err
		}
		rel, err := filepath.Rel(from, path)
		target := filepath.Join(to, rel)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(target), 0o700)
		}
		if err == nil && e.Name() == "reserve.bin" {
			return os.Link(path, target)
		}
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(target, raw, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// picture is a photo nobody has added yet.
func (k *killOffice) picture() string {
	path := filepath.Join(k.work, fmt.Sprintf("anh-%d.png", k.lists))
	img := image.NewGray(image.Rect(0, 0, 600, 400))
	for i := range img.Pix {
		img.Pix[i] = uint8(rand.Uint32())
	}
	var b bytes.Buffer
	if err := errors.Join(png.Encode(&b, img), os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		panic(err)
	}
	return path
}

func (k *killOffice) command(args ...string) *exec.Cmd {
	if !slices.Contains(args, "--data") {
		args = append(slices.Clone(args), "--data", k.data)
	}
	return exec.Command(k.program, args...)
}

func (k *killOffice) must(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := k.command(args...).Output()
	if err != nil {
		var ended *exec.ExitError
		errors.As(err, &ended)
		t.Fatalf("%v: %v: %s", args, err, ended.Stderr)
	}
	return out
}

// run starts an action and kills it at a random moment until latest; true when it had
// said by then that it was done.
func (k *killOffice) run(t *testing.T, a killAction, latest time.Duration) bool {
	t.Helper()
	if a.begin != nil {
		a.begin(t)
	}
	cmd := k.command(a.args...)
	var said bytes.Buffer
	cmd.Stdout = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.Int64N(int64(latest))))
	cmd.Process.Kill() // of a process that has ended already this is an error, and well
	done := cmd.Wait() == nil
	acknowledged := done || said.Len() > 0
	if a.people > 0 {
		k.countPeople(t, a.people, acknowledged)
	}
	if a.after != nil {
		a.after(t, acknowledged)
	}
	return done
}

// countPeople finds the people of an import: all when it was acknowledged, else
// all or none.
func (k *killOffice) countPeople(t *testing.T, came int, acknowledged bool) {
	t.Helper()
	switch got := k.peopleIn(t, k.data); {
	case got == k.people+came:
		k.people = got
		k.came += came
	case acknowledged || got != k.people:
		t.Fatalf("%d people on the list; there were %d, %d came, acknowledged: %v", got, k.people, came, acknowledged)
	}
}

// check proves the register and every file with a final name.
func (k *killOffice) check(t *testing.T) {
	t.Helper()
	k.must(t, "verify", "--rebuild")
	k.wantNoParts(t, k.data)
	for _, path := range globs(t, filepath.Join(k.work, "usb", "*.sopb.zip"), filepath.Join(k.data, "outbox", "*.sopb.zip")) {
		k.must(t, "verify", path)
		remove(t, path)
	}
	for _, path := range globs(t, filepath.Join(k.work, "usb", "*.db")) {
		k.wantCopy(t, path)
	}
}

func globs(t *testing.T, patterns ...string) []string {
	t.Helper()
	var out []string
	for _, p := range patterns {
		names, err := filepath.Glob(p)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, names...)
	}
	return out
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}
