package faults

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

func init() { works["day"] = day }

// day is what an office does with a stick in the machine: it saves, adds a photo, hands over
// and takes in what the province wrote back; each time the register is opened and closed.
func day(dir string) error {
	bag := os.Getenv(envBag)
	backs, err := filepath.Glob(filepath.Join(bag, "back *"))
	for i, back := range backs {
		if err == nil {
			err = partOfDay(dir, i, filepath.Join(bag, "usb"), back)
		}
	}
	return err
}

func partOfDay(dir string, i int, usb, back string) (err error) {
	a, err := app.Open(dir, app.Options{Version: "test", Now: func() time.Time { return today.Add(time.Duration(i+1) * time.Hour) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	stop := a.Subscribe(func(ch record.Change) {
		if ch.Batch != "" {
			say("saved %s", ch.Batch)
		}
	})
	defer stop()
	act, err := a.SaveActivity(ctx, heldActivity(fmt.Sprint("Buổi ", i)))
	if err != nil {
		return err
	}
	photo := filepath.Join(filepath.Dir(usb), fmt.Sprint("ảnh ", i, ".png"))
	if err := writePhoto(photo, i, 80); err != nil {
		return err
	}
	e, err := a.AddEvidence(ctx, act.Ref(), photo)
	if err != nil {
		return err
	}
	say("evidence %s", e.SHA256)
	made, err := a.HandOver(ctx, usb, record.HandOverOptions{Evidence: true})
	if err != nil {
		return err
	}
	for _, f := range made.Written {
		say("file %s", f.Name)
	}
	got, err := a.TakeIn(ctx, []string{back}, nil)
	for _, f := range got.Files {
		if f.State == record.TakenRefused {
			return fmt.Errorf("refused: %+v", f)
		}
		if f.State == record.TakenCarried {
			say("carried %s", f.File)
		} else {
			say("taken %s", f.File)
		}
	}
	return err
}

// writePhoto makes a picture of which no two are alike.
func writePhoto(path string, n, width int) error {
	img := image.NewGray(image.Rect(0, 0, width, width*3/4))
	noise := rand.NewChaCha8([32]byte{byte(n)})
	for i := 0; i+8 <= len(img.Pix); i += 8 {
		binary.LittleEndian.PutUint64(img.Pix[i:], noise.Uint64())
	}
	var b bytes.Buffer
	return errors.Join(png.Encode(&b, img), os.WriteFile(path, b.Bytes(), 0o600))
}

// officeCuts is a replayed office and what its folder must hold after any cut.
type officeCuts struct {
	replayed
	bag     string // where the stick and what came from the province lie
	device  string // of the stream, before and after
	office  [32]byte
	reserve string
	sealed  map[string][]byte        // files by name, wherever they were or went
	last    map[string]*oplog.Commit // by hash, of the register as it was in the end
}

// recordOffice is the trace of an enrolled office's whole folder over some such parts of a day.
func recordOffice(t *testing.T, parts int) *officeCuts {
	t.Helper()
	w := newWorld(t, 16, 2)
	p := w.pcs[2]
	o := &officeCuts{bag: w.newBag(), device: p.device, last: map[string]*oplog.Commit{}}
	for i := range parts { // what the province writes back is about what came before
		there := w.newBag()
		must(p.office.SaveActivity(ctx, heldActivity(fmt.Sprint("Trước ", i))))(t)
		must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
		must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
		must(w.province.office.HandOver(ctx, filepath.Join(o.bag, fmt.Sprint("back ", i)), record.HandOverOptions{}))(t)
	}
	p.close()
	w.province.close()
	o.dir, o.reserve = p.folder, filepath.Join(p.folder, "reserve.bin")
	o.before = must(filesOf(p.folder))(t)
	o.trace = recordChild(t, child(t, "day", p.folder, envBag+"="+o.bag), p.folder)
	o.office = must(trust.Open(must(datadir.Open(p.folder))(t), ""))(t).Office
	o.look = o.lookAt
	o.sealed = map[string][]byte{}
	for _, files := range []map[string][]byte{o.before, must(filesOf(o.dir))(t), must(filesOf(o.bag))(t)} {
		for path, content := range files {
			if _, name, ok := strings.Cut(filepath.Base(path), "SPB_"); ok {
				o.sealed["SPB_"+name] = content
			}
		}
	}
	db := p.register()
	defer db.Close()
	for _, l := range must(db.LogAfter(ctx, 0, math.MaxInt64))(t) {
		o.last[l.Commit.Hash.String()] = l.Commit
	}
	return o
}

// filesOf reads a folder but for what says nothing: the reserve and the lock.
func filesOf(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && e.Name() != "reserve.bin" && !strings.HasPrefix(e.Name(), "app.") {
			out[path], err = os.ReadFile(path)
		}
		return err
	})
	return out, err
}

// lookAt proves the whole of an office after a cut: keys, register, files that were sealed,
// evidence. It gives what it found in the words of the child. Thoroughly, the office is
// opened and goes on working as well.
func (o *officeCuts) lookAt(folder string, said []string, thorough bool) (map[string]bool, error) {
	dir, err := datadir.Open(folder)
	if err != nil {
		return nil, err
	}
	keys, err := trust.Open(dir, "")
	if err != nil {
		return nil, fmt.Errorf("keys: %w", err)
	}
	if keys.ID() != o.device || keys.Office != o.office {
		return nil, fmt.Errorf("other keys: %v", keys)
	}
	if err := os.Link(o.reserve, filepath.Join(folder, "reserve.bin")); err != nil {
		return nil, err
	}
	have, err := o.inRegister(dir, thorough)
	if err == nil {
		err = o.sealedFiles(dir, have)
	}
	if err == nil && thorough {
		err = o.goOn(folder, said)
	}
	return have, err
}

// inRegister proves the register and finds the evidence it names.
func (o *officeCuts) inRegister(dir *datadir.Dir, rebuild bool) (map[string]bool, error) {
	db, err := store.Open(ctx, dir.Database(), store.Options{Key: o.office, Synchronous: "OFF"})
	if err != nil {
		return nil, fmt.Errorf("does not open: %w", err)
	}
	defer db.Close()
	log, err := proven(db, dir.Path(), rebuild)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for batch := range log {
		have["saved "+batch] = true
	}
	sent, err := db.SentList(ctx)
	for _, x := range sent {
		have["file "+x.Name] = true
	}
	taken, err2 := db.TakenList(ctx, "")
	for _, x := range taken {
		have["taken "+x.Name] = true
	}
	return have, errors.Join(err, err2, o.evidence(db, dir, have))
}

// evidence wants every file that a row names, as it was in the end.
func (o *officeCuts) evidence(db *store.DB, dir *datadir.Dir, have map[string]bool) error {
	rows, err := store.All[record.Evidence](ctx, db)
	for _, e := range rows {
		names, _ := filepath.Glob(filepath.Join(dir.Evidence(), "*", e.SHA256+"*"))
		if len(names) != 1 {
			return fmt.Errorf("evidence %s is there %d times", e.SHA256, len(names))
		}
		rel, err := filepath.Rel(dir.Path(), names[0])
		if err != nil {
			return err
		}
		if same, err := sameFiles(names[0], filepath.Join(o.dir, rel)); err != nil || !same {
			return fmt.Errorf("evidence %s is not whole, %v", e.SHA256, err)
		}
		have["evidence "+e.SHA256] = true
	}
	return err
}

func sameFiles(a, b string) (bool, error) {
	one, err := os.ReadFile(a)
	two, err2 := os.ReadFile(b)
	return bytes.Equal(one, two), errors.Join(err, err2)
}

// sealedFiles wants each sealed file that has its name, those carried for others as well, to
// be whole: as it was in the end, or was before, or went out.
func (o *officeCuts) sealedFiles(dir *datadir.Dir, have map[string]bool) error {
	for _, folder := range []string{dir.Outbox(), dir.Carried()} {
		names, err := filepath.Glob(filepath.Join(folder, "[^.]*"))
		if err != nil {
			return err
		}
		for _, path := range names {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name := filepath.Base(path)
			name = name[max(0, strings.Index(name, "SPB_")):] // a shelf puts a hash before it
			if want, ok := o.sealed[name]; !ok || !bytes.Equal(raw, want) {
				return fmt.Errorf("%s has its final name and is not whole", path)
			}
			if folder == dir.Carried() {
				have["carried "+name] = true
			}
		}
	}
	return nil
}

// goOn opens the office after a cut, saves and hands over. What it says then must not stand
// under a number under which something else was acknowledged, and may have been handed over.
func (o *officeCuts) goOn(folder string, said []string) (err error) {
	a, err := app.Open(folder, app.Options{Version: "test", Now: func() time.Time { return today.Add(24 * time.Hour) }})
	if err != nil {
		return err
	}
	shown, err := a.VerifyEvidence(ctx)
	if err == nil && !shown.OK() {
		err = fmt.Errorf("%v", shown.Faults)
	}
	if err == nil {
		_, err = a.SaveActivity(ctx, heldActivity("Sau khi mất điện"))
	}
	if err == nil {
		_, err = a.HandOver(ctx, filepath.Join(folder, "usb"), record.HandOverOptions{Evidence: true})
	}
	if err = errors.Join(err, a.Close()); err != nil {
		return err
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*", ".~*")); len(left) > 0 {
		return fmt.Errorf("left behind: %v", left)
	}
	db, err := store.Open(ctx, database(folder), store.Options{Key: o.office})
	if err != nil {
		return err
	}
	defer db.Close()
	lines, err := db.LogAfter(ctx, 0, math.MaxInt64)
	type place struct {
		stream oplog.Device
		n      int64
	}
	stands := map[place]oplog.Hash{}
	for _, l := range lines {
		stands[place{l.Commit.Device, l.Commit.N}] = l.Commit.Hash
	}
	for _, line := range said {
		c := o.last[strings.TrimPrefix(line, "saved ")]
		if c == nil {
			continue
		}
		if now, ok := stands[place{c.Device, c.N}]; ok && now != c.Hash {
			return fmt.Errorf("entry %d of the stream is used again", c.N)
		}
	}
	return err
}

// TestPowerCutOfAnOffice: whatever moment of its work the power goes, the office's folder opens,
// all of it is whole, and nothing that was acknowledged is lost.
func TestPowerCutOfAnOffice(t *testing.T) {
	o := recordOffice(t, 3)
	o.cuts(t, recordtest.Count(t, 4000, 5000)).want(t, o.trace)
}

// TestPowerCutOfAnOfficeCanary: on a disk that does not do what it is told, or with a program
// that does not tell it, work is lost. If not, the test above proves nothing.
func TestPowerCutOfAnOfficeCanary(t *testing.T) {
	o := recordOffice(t, 1)
	whole := o.trace
	for _, c := range []struct {
		name  string
		leave func(Op) bool
	}{
		{"no sync at all", func(op Op) bool { return op.Call == "sync" }},
		{"no sync of the register", func(op Op) bool {
			return op.Call == "sync" && strings.HasPrefix(filepath.Base(op.Path), "sophobien.db")
		}},
		{"no sync of other files", func(op Op) bool { return op.Call == "sync" && strings.HasPrefix(filepath.Base(op.Path), ".~") }},
		{"no sync of folders", func(op Op) bool { return op.Call == "sync" && filepath.Ext(op.Path) == "" }},
	} {
		o.trace = whole.without(c.leave)
		got := o.cuts(t, recordtest.Count(t, 80, 5000))
		t.Logf("%s: of %d operations %d: %d states, %d corrupt, %d with acknowledged work lost", c.name, len(whole.Ops), len(o.trace.Ops), got.states, got.corrupt, got.lost)
		if got.corrupt+got.lost == 0 {
			t.Errorf("%s: nothing was lost: the replay is too kind", c.name)
		}
	}
}
