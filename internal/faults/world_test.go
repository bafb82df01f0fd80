package faults

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// today is the day on which a simulated world begins.
var today = time.Date(2026, 3, 20, 9, 0, 0, 0, time.FixedZone("+07", 7*3600))

// world is a province and the offices below it, all real registers, and the bags that are
// under way between them.
type world struct {
	t      testing.TB
	random *rand.Rand
	root   string // folder of everything
	now    time.Time
	steps  int
	said   bool // every step is told in a sentence

	province *pc
	pcs      []*pc // of the offices
	bags     []*bag
	carrying int // bags made so far
	values   int // texts made so far
	events   []*event
	spoiled  map[string]bool // hashes of files that were damaged on their way
	clones   [][2]*pc
	cloned   map[string]bool // devices whose keys two folders have
	counts   map[string]int
}

// pc is one computer with a register.
type pc struct {
	w      *world
	name   string
	unit   string
	folder string
	office *app.App
	skew   time.Duration
	device string
	copies []copied
	hook   func() // called whenever the program reads the clock

	version string // of the program, "" for this one
	nouns   []*record.Description
}

// copied is a folder as it was.
type copied struct {
	folder string
	events int // acknowledged in the world by then
}

// bag is a folder with files that is under way.
type bag struct {
	folder, from string
}

// event is a text that a person saved and the program acknowledged.
type event struct {
	no      int
	at      *pc
	ref     record.Ref
	field   string
	value   string
	batch   string
	seen    []string // the texts of the field that were there to be seen
	at_risk bool     // its register was put back to before it
}

func (w *world) tell(format string, args ...any) {
	if w.said {
		w.t.Logf("%4d. "+format, append([]any{w.steps}, args...)...)
	}
}

func (w *world) fatal(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("step %d: "+format, append([]any{w.steps}, args...)...)
}

func (w *world) chance(percent int) bool { return w.random.IntN(100) < percent }

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (p *pc) options() app.Options {
	return app.Options{Version: cmp.Or(p.version, "test"), Nouns: p.nouns, Now: func() time.Time {
		if p.hook != nil {
			p.hook()
		}
		return p.w.now.Add(p.skew)
	}}
}

func (p *pc) open() {
	p.w.t.Helper()
	a, err := app.Open(p.folder, p.options())
	if err != nil {
		p.w.fatal("%s does not open: %v", p.name, err)
	}
	p.opened(a)
}

func (p *pc) opened(a *app.App) {
	p.office = a
	p.device = ""
	for _, m := range must(a.Machines(ctx))(p.w.t) {
		if m.This {
			p.device = m.Device
		}
	}
}

func (p *pc) close() {
	p.w.t.Helper()
	if p.office == nil {
		return
	}
	if err := p.office.Close(); err != nil {
		p.w.fatal("%s does not close: %v", p.name, err)
	}
	p.office = nil
}

// register opens the store of a closed office.
func (p *pc) register() *store.DB {
	p.w.t.Helper()
	dir := must(datadir.Open(p.folder))(p.w.t)
	keys := must(trust.Open(dir, ""))(p.w.t)
	db, err := store.Open(ctx, dir.Database(), store.Options{Key: keys.Office, Nouns: p.nouns})
	if err != nil {
		p.w.fatal("the register of %s does not open: %v", p.name, err)
	}
	return db
}

// copyFolder copies a data folder as a cut of the power leaves it, or the whole of it
// when it is closed. The database comes first: what is in it is in the files too.
func copyFolder(from, to string) error {
	names := []string{"sophobien.db", "sophobien.db-wal"}
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, path)
		if err == nil && e.Type().IsRegular() && !slices.Contains(names, rel) {
			names = append(names, rel)
		}
		return err
	})
	for _, name := range names {
		base := filepath.Base(name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(base, "app.") || base == "sophobien.db-shm" {
			continue
		}
		target := filepath.Join(to, name)
		if err = os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		if base == "reserve.bin" { // 16 MB of nothing
			if err = os.Link(filepath.Join(from, name), target); errors.Is(err, syscall.EXDEV) {
				err = nil // on another disk the program makes its own
			}
			continue
		}
		var raw []byte
		raw, err = os.ReadFile(filepath.Join(from, name))
		if name == "sophobien.db-wal" && errors.Is(err, fs.ErrNotExist) {
			err = nil
			continue
		}
		if err == nil {
			err = os.WriteFile(target, raw, 0o600)
		}
	}
	return err
}

// first is the world all others are copies of: making keys takes seconds.
var first = sync.OnceValues(func() (string, error) {
	root, err := os.MkdirTemp("", "faults-world-")
	if err != nil {
		return "", err
	}
	worlds = append(worlds, root)
	return root, makeWorld(root)
})

var worlds []string // to be removed at the end

// The units of a world; a unit that stands twice has a second PC.
var units = []string{"23500", "23500", "23284", "23293"}

func makeWorld(root string) error {
	w := &world{now: today, root: root}
	w.province = &pc{w: w, name: "province", unit: "51", folder: filepath.Join(root, "province")}
	a, err := create(w.province, "2025-province")
	if err != nil {
		return err
	}
	defer func() { a.Close() }()
	var places, words [3]string
	for i := range places {
		places[i], words[i] = filepath.Join(root, fmt.Sprint("root", i)), "mot hai ba bon nam sau"
		if err := os.MkdirAll(places[i], 0o755); err != nil {
			return err
		}
	}
	made, err := a.MakeProvince(ctx, places, words)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "digits"), []byte(made.RootFingerprint), 0o600); err != nil {
		return err
	}
	bag := filepath.Join(root, "bag")
	for i := range units {
		if err := makeOffice(w, a, bag, made.RootFingerprint, i); err != nil {
			return err
		}
	}
	return nil
}

// makeOffice makes one office, enrolled and with the roster, or its second PC.
func makeOffice(w *world, province *app.App, bag, digits string, i int) error {
	p := &pc{w: w, unit: units[i], folder: filepath.Join(w.root, fmt.Sprint("pc", i))}
	var a *app.App
	var err error
	if slices.Index(units, p.unit) == i {
		a, err = create(p, "2025-commune")
	} else {
		a, err = join(w, p, bag, filepath.Join(w.root, fmt.Sprint("pc", slices.Index(units, p.unit))))
	}
	if err != nil {
		return err
	}
	defer a.Close()
	if _, _, err := a.AskEnrolment(ctx, bag); err != nil {
		return err
	}
	if _, err := province.TakeIn(ctx, []string{bag}, nil); err != nil {
		return err
	}
	asked, err := province.Enrolments(ctx)
	for _, m := range asked {
		err = errors.Join(err, province.ApproveMachine(ctx, m.Device))
	}
	if err != nil {
		return err
	}
	if _, err := province.WriteRoster(ctx, bag); err != nil {
		return err
	}
	if _, err := a.TakeIn(ctx, []string{bag}, nil); err != nil {
		return err
	}
	return errors.Join(a.ConfirmProvince(ctx, digits), os.RemoveAll(bag))
}

func setup(s app.Starter, preset, unit string) (record.Setup, error) {
	u, err := s.UnitByCode(preset, unit)
	if err != nil {
		return record.Setup{}, err
	}
	setup, err := s.Propose(preset, u.ID)
	setup.OfficerName, setup.Protection = "Cán bộ "+unit, string(trust.Demo)
	return setup, err
}

func create(p *pc, preset string) (*app.App, error) {
	s := app.Starter{Folder: p.folder, Options: p.options()}
	how, err := setup(s, preset, p.unit)
	if err != nil {
		return nil, err
	}
	made, err := s.Create(ctx, how)
	if err != nil {
		return nil, err
	}
	return made.App, nil
}

func join(w *world, p *pc, bag, firstFolder string) (*app.App, error) {
	s := app.Starter{Folder: p.folder, Options: p.options()}
	how, err := setup(s, "2025-commune", p.unit)
	if err != nil {
		return nil, err
	}
	asked, err := s.JoinAsk(ctx, how, bag)
	if err != nil {
		return nil, err
	}
	other, err := app.Open(firstFolder, p.options())
	if err != nil {
		return nil, err
	}
	defer other.Close()
	if _, err := other.AddMachine(ctx, asked.Path, asked.Fingerprint, bag); err != nil {
		return nil, err
	}
	return s.Join(ctx, []string{bag}, other.Fingerprint())
}

// newWorld is a world of its own for one seed. Of the offices' PCs those named are opened.
func newWorld(t testing.TB, seed uint64, opened ...int) *world {
	t.Helper()
	from := must(first())(t)
	w := &world{
		t: t, random: rand.New(rand.NewPCG(seed, 28)), root: t.TempDir(), now: today, said: os.Getenv("SEED") != "",
		spoiled: map[string]bool{}, cloned: map[string]bool{}, counts: map[string]int{},
	}
	w.province = &pc{w: w, name: "the province", unit: "51", folder: filepath.Join(w.root, "province")}
	if err := copyFolder(filepath.Join(from, "province"), w.province.folder); err != nil {
		t.Fatal(err)
	}
	w.province.open()
	for i, unit := range units {
		p := &pc{w: w, unit: unit, name: fmt.Sprintf("PC %d of %s", i+1, unit), folder: filepath.Join(w.root, fmt.Sprint("pc", i))}
		if err := copyFolder(filepath.Join(from, fmt.Sprint("pc", i)), p.folder); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(opened, i) {
			p.open()
		}
		w.pcs = append(w.pcs, p)
	}
	t.Cleanup(func() {
		for _, p := range w.all() {
			if p.office != nil {
				p.office.Close()
			}
		}
	})
	return w
}

func (w *world) all() []*pc { return append([]*pc{w.province}, w.pcs...) }

// newBag is an empty folder to carry things in.
func (w *world) newBag() string {
	w.carrying++
	folder := filepath.Join(w.root, fmt.Sprintf("túi %d", w.carrying))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		w.t.Fatal(err)
	}
	return folder
}

// plantedName begins every personal name a world makes.
const plantedName = "Kíntên"

func (w *world) people(n int64) []record.Attendee {
	list := recordtest.Attendees(record.ID{}, int64(w.values)*100, n)
	for i := range list {
		list[i].Person.ID, list[i].Attendance.ID = record.ID{}, record.ID{}
		list[i].Person.FullName = fmt.Sprintf("%s %s", plantedName, letters(w.values*100+i))
	}
	return list
}

// letters writes a number in letters, as a name has them.
func letters(n int) string {
	out := []byte{byte('A' + n%26)}
	for n /= 26; n > 0; n /= 26 {
		out = append(out, byte('a'+n%26))
	}
	return string(out)
}

// text is a text nobody has said before.
func (w *world) text(what string) string {
	w.values++
	return fmt.Sprintf("%s %05d", what, w.values)
}
