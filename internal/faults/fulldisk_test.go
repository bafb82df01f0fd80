package faults

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// What the environment tells a child that works on a small disk.
const (
	envSize    = "SOPHOBIEN_FAULTS_MIB"
	envProgram = "SOPHOBIEN_FAULTS_PROGRAM"
	envOffice  = "SOPHOBIEN_FAULTS_OFFICE"
)

func init() { works["full"] = fullDisk }

// program builds the command line once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "faults-program-")
	if err != nil {
		return "", err
	}
	worlds = append(worlds, dir)
	path := filepath.Join(dir, "sophobienctl")
	out, err := exec.Command("go", "build", "-race=false", "-o", path, "sophobien/cmd/sophobienctl").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return path, err
})

// fullOffice is an office that works where there is no room: an enrolled one with an activity,
// a list to be taken in and files from the province.
type fullOffice struct {
	folder, list, photo, back string
	activity                  string
}

func newFullOffice(t *testing.T) *fullOffice {
	t.Helper()
	w := newWorld(t, 18, 2)
	p := w.pcs[2]
	f := &fullOffice{folder: p.folder, list: filepath.Join(w.root, "danh sách.tsv"), back: filepath.Join(w.newBag(), "back")}
	f.activity = must(p.office.SaveActivity(ctx, heldActivity("Buổi đông người")))(t).ID.String()
	there := w.newBag()
	must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
	must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
	must(w.province.office.HandOver(ctx, f.back, record.HandOverOptions{}))(t)
	p.close()
	w.province.close()
	var list strings.Builder
	list.WriteString("STT\tHọ và tên\tGiới tính\tNgày sinh\n")
	for i := range 400 {
		fmt.Fprintf(&list, "%d\t%s Văn %s\tNam\t%02d/03/1985\n", i+1, plantedName, letters(i), 1+i%28)
	}
	f.photo = filepath.Join(w.root, "ảnh.png")
	if err := errors.Join(writePhoto(f.photo, 18, 1000), os.WriteFile(f.list, []byte(list.String()), 0o600)); err != nil {
		t.Fatal(err)
	}
	return f
}

// commands are what the office does, each with its folder.
func (f *fullOffice) commands(data, usb string) [][]string {
	return [][]string{
		{"import", "people", "--activity", f.activity, f.list, "--data", data},
		{"evidence", "add", "--id", f.activity, f.photo, "--data", data},
		{"seal", "--evidence", "--out", filepath.Join(usb, "túi"), "--data", data},
		{"receive", f.back, "--data", data},
		{"backup", "--out", filepath.Join(usb, "so.db"), "--data", data},
	}
}

// TestDiskFull: the disk, and the stick, have any little room left when the real program takes
// in a list, seals, receives and makes backups. It says so in a sentence, leaves no part of a
// file, and does it once there is room. Where no small disk can be mounted every write from
// some moment on fails instead.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	f := newFullOffice(t)
	states, failing := recordtest.Count(t, 10, 10), 2
	if !mayMount(t) {
		t.Log("no disk may be mounted here: every write from some moment on fails instead")
		states, failing = 0, states
	}
	refused, sentences := 0, map[string]int{}
	for i := range states {
		for _, line := range f.onSmallDisk(t, 64-i*63/max(1, states-1), uint64(i)) {
			refused++
			sentences[line]++
		}
	}
	for i := range failing {
		refused += f.withFailingWrites(t, i)
	}
	t.Logf("%d disks of 1 to 64 MiB, %d times failing writes: %d refusals: %v", states, failing, refused, sentences)
	if refused < states+failing {
		t.Errorf("only %d times there was no room", refused)
	}
}

// inNamespace runs a command that may mount without anybody else seeing it.
func inNamespace(args ...string) *exec.Cmd {
	return exec.Command("unshare", append([]string{"-rm"}, args...)...)
}

func mayMount(t *testing.T) bool {
	t.Helper()
	return inNamespace("mount", "-t", "tmpfs", "none", t.TempDir()).Run() == nil
}

// onSmallDisk lets a child work on a disk of some size; it gives what it was refused, and how.
func (f *fullOffice) onSmallDisk(t *testing.T, mib int, seed uint64) []string {
	t.Helper()
	c := child(t, "full", t.TempDir(), envSize+"="+fmt.Sprint(mib), envProgram+"="+must(program())(t),
		envOffice+"="+strings.Join([]string{f.folder, f.list, f.photo, f.back, f.activity}, "\n"), envTimes+"="+fmt.Sprint(seed))
	cmd := inNamespace(c.Args...)
	cmd.Env = c.Env
	out, err := cmd.Output()
	if err != nil {
		var ended *exec.ExitError
		errors.As(err, &ended)
		t.Fatalf("a disk of %d MiB: %v: %s", mib, err, ended.Stderr)
	}
	return acknowledged(out)
}

// fullDisk is the child: it mounts, and says of each refusal which sentence it got.
func fullDisk(dir string) error {
	mib, err := strconv.Atoi(os.Getenv(envSize))
	seed, err2 := strconv.ParseUint(os.Getenv(envTimes), 10, 64)
	parts := strings.Split(os.Getenv(envOffice), "\n")
	if err := errors.Join(err, err2); err != nil || len(parts) != 5 {
		return fmt.Errorf("told too little: %v", err)
	}
	f := &fullOffice{parts[0], parts[1], parts[2], parts[3], parts[4]}
	d, err := newSmallDisk(filepath.Join(dir, "disk"), mib)
	if err != nil {
		return err
	}
	usb, err := newSmallDisk(filepath.Join(dir, "usb"), mib)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(18, seed))
	data := filepath.Join(d.folder, "so")
	if err := copyFolder(f.folder, data); err != nil { // the office is larger than the disk
		return errors.Join(os.RemoveAll(data), f.beginOn(d, data))
	}
	for _, args := range f.commands(data, usb.folder) {
		if err := errors.Join(d.fill(random), usb.fill(random)); err != nil {
			return err
		}
		no, err := refusal(args)
		if err == nil {
			err = wantNoParts(d.folder, usb.folder)
		}
		if no != "" {
			say("%s: %s", args[0], no)
		}
		if err = errors.Join(err, d.free(), usb.free()); err != nil {
			return fmt.Errorf("%v: %w", args, err)
		}
		if no != "" {
			if no, err = refusal(args); err != nil || no != "" {
				return fmt.Errorf("%v, when there is room: %s, %v", args, no, err)
			}
		}
	}
	no, err := refusal([]string{"verify", "--rebuild", "--data", data})
	if err == nil && no == "" && mib == 64 {
		no, err = f.openWithReserve(d, data)
	}
	if err == nil && no != "" {
		err = errors.New(no)
	}
	return err
}

// openWithReserve opens an office on a disk that others have filled to the last byte: the
// reserve that it made while there was room lets it.
func (f *fullOffice) openWithReserve(d *smallDisk, data string) (string, error) {
	if _, err := os.Stat(filepath.Join(data, "reserve.bin")); err != nil {
		return "", err
	}
	if err := d.fillBut(0); err != nil {
		return "", err
	}
	return refusal([]string{"activity", "list", "--data", data})
}

// beginOn sets up an office where there is no room for one, and then where there is.
func (f *fullOffice) beginOn(d *smallDisk, data string) error {
	pass := filepath.Join(filepath.Dir(d.folder), "passphrase")
	if err := os.WriteFile(pass, []byte("mot hai ba bon nam sau\n"), 0o600); err != nil {
		return err
	}
	begin := []string{"init", "--preset", "2025-commune", "--unit", "23293", "--officer", "Cán bộ", "--passphrase-file", pass, "--data", data}
	if err := d.fill(rand.New(rand.NewPCG(18, 0))); err != nil {
		return err
	}
	no, err := refusal(begin)
	if err != nil || no == "" {
		return fmt.Errorf("an office on a disk too small: %q, %w", no, err)
	}
	say("init: %s", no)
	if err := wantNoParts(d.folder); err != nil {
		return err
	}
	if err := d.free(); err != nil {
		return err
	}
	if no, err = refusal(begin); err != nil || no != "" {
		return fmt.Errorf("with room: %s, %w", no, err)
	}
	return nil
}

// refusal runs the program and gives the sentence with which it refused, "" when it did not.
// Anything but one sentence that says there is no room is an error.
func refusal(args []string) (string, error) {
	return refusalOf(exec.Command(os.Getenv(envProgram), args...))
}

func refusalOf(cmd *exec.Cmd) (string, error) {
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	err := cmd.Run()
	if err == nil {
		return "", nil
	}
	said := strings.TrimSpace(complaints.String())
	noRoom := strings.HasPrefix(said, "Ổ đĩa đã đầy") || strings.HasPrefix(said, "Ổ đĩa không đủ chỗ")
	if cmd.ProcessState.ExitCode() != 1 || !noRoom || strings.Contains(said, "\n") {
		return "", fmt.Errorf("%w, and says %q", err, said)
	}
	return said, nil
}

// wantNoParts wants nothing left of what found no room.
func wantNoParts(folders ...string) error {
	var errs []error
	for _, folder := range folders {
		errs = append(errs, filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil && strings.HasPrefix(e.Name(), ".~") {
				return fmt.Errorf("left behind: %s", path)
			}
			return err
		}))
	}
	return errors.Join(errs...)
}

// smallDisk is a disk in memory.
type smallDisk struct {
	folder string
	mib    int
}

func newSmallDisk(folder string, mib int) (*smallDisk, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	d := &smallDisk{folder, mib}
	return d, d.mount("-t", "tmpfs", "-o", fmt.Sprintf("size=%dM", mib), "none")
}

func (d *smallDisk) mount(args ...string) error {
	out, err := exec.Command("mount", append(args, d.folder)...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return err
}

func (d *smallDisk) filler() string { return filepath.Join(d.folder, "phim.mkv") }

// fill leaves a little room: none, or up to some megabytes.
func (d *smallDisk) fill(random *rand.Rand) error {
	return d.fillBut(random.Int64N(1 << (10 + random.IntN(14))))
}

func (d *smallDisk) fillBut(room int64) error {
	free, err := datadir.Free(d.folder)
	if err != nil {
		return err
	}
	return os.WriteFile(d.filler(), make([]byte, max(0, free-room)), 0o600)
}

// free makes room, on the smallest by making it larger.
func (d *smallDisk) free() error {
	return errors.Join(os.Remove(d.filler()), d.mount("-o", fmt.Sprintf("remount,size=%dM", d.mib+16)))
}

// withFailingWrites lets every write to the register from some moment on fail for want of
// room. Writes to other files cannot be told from those with which Go's runtime wakes itself up.
func (f *fullOffice) withFailingWrites(t *testing.T, i int) int {
	t.Helper()
	dir := t.TempDir()
	data, usb, refused := filepath.Join(dir, "so"), filepath.Join(dir, "usb"), 0
	if err := copyFolder(f.folder, data); err != nil {
		t.Fatal(err)
	}
	for _, args := range f.commands(data, usb) {
		fault := fmt.Sprintf("inject=pwrite64:error=ENOSPC:when=%d+", 1+i*3)
		cmd := exec.Command(strace(t), append([]string{"-f", "-o", os.DevNull, "-e", fault, must(program())(t)}, args...)...)
		no, err := refusalOf(cmd)
		if no != "" {
			refused++
		}
		if err = errors.Join(err, wantNoParts(data)); err != nil {
			t.Errorf("%s, %v: %v", fault, args, err)
		}
		if no, err = refusalOf(exec.Command(must(program())(t), args...)); err != nil || no != "" {
			t.Errorf("%s, %v, when there is room: %s, %v", fault, args, no, err)
		}
		if err := wantNoParts(data); err != nil {
			t.Errorf("%s, %v, when there is room: %v", fault, args, err)
		}
	}
	if no, err := refusalOf(exec.Command(must(program())(t), "verify", "--rebuild", "--data", data)); err != nil || no != "" {
		t.Errorf("%s, %v", no, err)
	}
	return refused
}
