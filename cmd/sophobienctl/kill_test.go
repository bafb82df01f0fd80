package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
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
// import and the adding of evidence. Whatever is left, the register is whole, an import
// is there as a whole or not at all, a picture that is named is there, and a file with a
// final name is a whole file.
func TestKill(t *testing.T) {
	k := newKillOffice(t)
	rounds := recordtest.Count(t, 60, 300)
	killed, finished := map[string]int{}, 0
	for round := range rounds {
		actions := k.actions()
		action := actions[round%len(actions)]
		if k.run(t, action) {
			finished++
		} else {
			killed[action.name]++
		}
		k.check(t)
	}
	t.Logf("killed %v, %d had finished; %d people came in, %d backups were proven", killed, finished, k.people, k.copies)
	if k.copies == 0 || k.people == 60 {
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
	copies              int      // backups found and proven
	length              map[string]time.Duration
}

// killAction is a command and what its end, or its being killed, may change.
type killAction struct {
	name   string
	args   []string
	people int
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
	for _, a := range k.actions() { // once each undisturbed, to learn how long they take
		began := time.Now()
		k.must(t, a.args...)
		k.length[a.name] = time.Since(began)
		k.people += a.people
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
	return []killAction{
		{"backup", []string{"backup", "--out", filepath.Join(usb, "so.db")}, 0},
		{"seal", []string{"seal", "--out", usb}, 0},
		{"evidence", []string{"evidence", "add", "--id", k.activity, k.picture()}, 0},
		{"import", []string{"import", "people", "--activity", k.activity, filepath.Join(k.work, "sixty.tsv")}, 60},
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
	return exec.Command(k.program, append(slices.Clone(args), "--data", k.data)...)
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

// run starts an action and kills it at a random moment of twice its usual time; true
// when it had said by then that it was done.
func (k *killOffice) run(t *testing.T, a killAction) bool {
	t.Helper()
	cmd := k.command(a.args...)
	var said bytes.Buffer
	cmd.Stdout = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(rand.Int64N(int64(2 * k.length[a.name]))))
	cmd.Process.Kill() // of a process that has ended already this is an error, and well
	done := cmd.Wait() == nil
	if acknowledged := said.Len() > 0; a.people > 0 {
		k.countPeople(t, a.people, done || acknowledged)
	}
	return done
}

// countPeople finds the people of an import: all when it was acknowledged, else
// all or none.
func (k *killOffice) countPeople(t *testing.T, came int, acknowledged bool) {
	t.Helper()
	var list []struct{ Total int }
	decode(t, k.must(t, "activity", "list", "--find", "buoi bi ngat", "--json"), &list)
	switch got := list[0].Total; {
	case got == k.people+came:
		k.people = got
	case acknowledged || got != k.people:
		t.Fatalf("%d people on the list; there were %d, %d came, acknowledged: %v", got, k.people, came, acknowledged)
	}
}

// check proves the register and every file with a final name.
func (k *killOffice) check(t *testing.T) {
	t.Helper()
	k.must(t, "verify", "--rebuild")
	if left := globs(t, filepath.Join(k.data, ".~*"), filepath.Join(k.data, "*", ".~*"), filepath.Join(k.data, "evidence", "*", ".~*")); len(left) > 0 {
		t.Errorf("left behind in the office: %v", left)
	}
	for _, path := range globs(t, filepath.Join(k.work, "usb", "*.sopb.zip"), filepath.Join(k.data, "outbox", "*.sopb.zip")) {
		k.must(t, "verify", path)
		remove(t, path)
	}
	for _, path := range globs(t, filepath.Join(k.work, "usb", "*.db")) {
		if _, err := store.CheckCopy(context.Background(), path, k.key); err != nil {
			t.Errorf("%s is there and is no whole backup: %v", path, err)
		}
		k.copies++
		remove(t, path)
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
