package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// Three versions of the program. Each knows one noun, one open and one personal field
// more than the one before.
var versions = func() [3][]*record.Description {
	now := record.Nouns()
	before := recordtest.Lesser(now, "model", "activity.link", "person.position")
	return [3][]*record.Description{recordtest.Lesser(before, "survey", "activity.result", "person.phone"), before, now}
}()

const (
	versionBefore = iota
	versionNow
	versionNext
)

func openVersion(t testing.TB, path string, version int) *DB {
	t.Helper()
	db, err := Open(ctx, path, Options{Key: [32]byte{7}, Synchronous: "OFF", Nouns: versions[version]})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// desk is a PC of a version of the program.
type desk struct {
	t       *testing.T
	n       byte
	version int
	path    string
	db      *DB
}

func newDesk(t *testing.T, n byte, version int) *desk {
	path := filepath.Join(t.TempDir(), "a.db")
	d := &desk{t, n, version, path, openVersion(t, path, version)}
	know(t, d.db, driftKeys)
	return d
}

var driftKeys = []ed25519.PrivateKey{testKey(1), testKey(2), testKey(3), testKey(4)}

// upgrade closes the register and opens it with another version.
func (d *desk) upgrade(version int) {
	d.t.Helper()
	if err := d.db.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.version, d.db = version, openVersion(d.t, d.path, version)
}

// fill writes what this version knows of an activity, a person and the later nouns.
func (d *desk) fill(n int64) (written visible, later int) {
	a, p := recordtest.Activity(n), recordtest.Person(n)
	edits := []record.Edit{}
	if d.version >= versionNow {
		a.Result, p.Phone = "kết quả", "0912345678"
		edits = append(edits, record.Create(record.Survey{ID: recordtest.ID(n + 50), Title: "khảo sát", Purpose: "need", On: "2026-03-05"}))
	}
	if d.version >= versionNext {
		a.Link, p.Position = "https://dak-glei.example", "trưởng thôn"
		edits = append(edits, record.Create(record.Model{ID: recordtest.ID(n + 60), Title: "mô hình", Since: "2026-03-05"}))
	}
	later = len(edits)
	commit(d.t, d.db, d.n, append(edits, record.Create(a), record.Create(p))...)
	return visible{Activities: []record.Activity{a}, People: []record.Person{p}}, later
}

// edit changes what every version knows of rows it may not know all of.
func (d *desk) edit(was visible, title string) (now visible) {
	a, err1 := Find[record.Activity](ctx, d.db, was.Activities[0].ID)
	p, err2 := Find[record.Person](ctx, d.db, was.People[0].ID)
	if err1 != nil || err2 != nil {
		d.t.Fatal(err1, err2)
	}
	b, q := a, p
	b.Title, b.When.Place = title, "nơi khác"
	q.FullName = "Y Ngọc " + title
	e1, _ := record.Update(a, b)
	e2, _ := record.Update(p, q)
	commit(d.t, d.db, d.n, e1, e2)
	now = visible{Activities: slices.Clone(was.Activities), People: slices.Clone(was.People)}
	now.Activities[0].Title, now.Activities[0].When.Place, now.People[0].FullName = b.Title, b.When.Place, q.FullName
	return now
}

// carry takes everything from one register to another, as signed lines.
func carry(t *testing.T, from, to *DB) {
	t.Helper()
	var in []Incoming
	for _, s := range storedCommits(t, from) {
		c, err := oplog.ParseLine(s.commit.Line())
		if err != nil {
			t.Fatal(err)
		}
		in = append(in, Incoming{c, s.secrets})
	}
	if _, err := to.Receive(ctx, in); err != nil {
		t.Fatal(err)
	}
}

func linesOf(t *testing.T, db *DB) (out []string) {
	for _, s := range storedCommits(t, db) {
		out = append(out, string(s.commit.Line()))
	}
	slices.Sort(out)
	return out
}

// TestVersionsLiveTogether: whatever two versions work in one office, with a PC of the
// oldest between them, all end the same: every line kept to the byte, nothing that an
// older one does not know erased by its edits, everything shown after an upgrade, and
// hidden again, but there, after going back.
func TestVersionsLiveTogether(t *testing.T) {
	for one := range versions {
		for other := range versions {
			t.Run(fmt.Sprint(one, " and ", other), func(t *testing.T) {
				a, b, relay := newDesk(t, 1, one), newDesk(t, 2, other), newDesk(t, 3, versionBefore)
				madeA, laterA := a.fill(1)
				madeB, laterB := b.fill(2)
				exchange := func() {
					for range 2 {
						carry(t, a.db, relay.db)
						carry(t, relay.db, b.db)
						carry(t, b.db, relay.db)
						carry(t, relay.db, a.db)
					}
				}
				exchange()
				madeA, madeB = b.edit(madeA, "sửa A"), a.edit(madeB, "sửa B")
				exchange()
				for _, d := range []*desk{b, relay} {
					if diff := cmp.Diff(linesOf(t, a.db), linesOf(t, d.db)); diff != "" {
						t.Errorf("PC %d holds other lines:\n%s", d.n, diff)
					}
					mustVerify(t, d.db)
				}
				want := visible{append(madeA.Activities, madeB.Activities...), append(madeA.People, madeB.People...), nil}
				for _, version := range []int{versionNext, versionBefore, versionNow} {
					relay.upgrade(version)
					relay.shows(want, laterA+laterB)
					mustVerify(t, relay.db)
				}
				for _, d := range []*desk{a, b, relay} {
					d.shows(want, laterA+laterB)
					d.upgrade(versionNext)
					d.shows(want, laterA+laterB)
					if digest(t, a.db) != digest(t, d.db) {
						t.Errorf("PC %d folds the same lines to something else", d.n)
					}
				}
			})
		}
	}
}

// shows wants the register to show what its version knows of something.
func (d *desk) shows(all visible, later int) {
	d.t.Helper()
	got := lookAt(d.t, d.db)
	got.Lists = nil
	want := visible{Activities: slices.Clone(all.Activities), People: slices.Clone(all.People)}
	for i := range want.Activities {
		a, p := &want.Activities[i], &want.People[i]
		if d.version < versionNext {
			a.Link, p.Position = "", ""
		}
		if d.version < versionNow {
			a.Result, p.Phone = "", ""
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		d.t.Errorf("PC %d, version %d (-want +got):\n%s", d.n, d.version, diff)
	}
	surveys, err1 := All[record.Survey](ctx, d.db)
	models, err2 := All[record.Model](ctx, d.db)
	if have := len(surveys) + len(models); err1 != nil || err2 != nil || d.version == versionNext && have != later || d.version == versionBefore && have != 0 {
		d.t.Errorf("PC %d, version %d: %d rows of later nouns, %v, %v", d.n, d.version, have, err1, err2)
	}
}

// TestAnUpgradeCutHalfWay: what is on the disk in the middle of the new fold is the old
// one, and the next start folds again.
func TestAnUpgradeCutHalfWay(t *testing.T) {
	d := newDesk(t, 1, versionBefore)
	next := newDesk(t, 2, versionNext)
	want, later := next.fill(1)
	for n := range int64(2 * foldBatch) { // more than one batch
		commit(t, next.db, 2, record.Create(record.Budget{ID: recordtest.ID(100 + n), Year: 2026, Content: "chi"}))
	}
	carry(t, next.db, d.db)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "a.db")
	db := &DB{path: d.path, box: newBox([32]byte{7}), nouns: newNouns(versions[versionNext])}
	var err error
	if db.write, err = openPool(d.path); err != nil {
		t.Fatal(err)
	}
	if folded, err := db.isFolded(ctx); err != nil || folded {
		t.Fatalf("folded: %t, %v", folded, err)
	}
	if err := db.tx(ctx, func(tx *sql.Tx) error {
		return db.refold(ctx, tx, func(done, total int64) {
			if done < total && done > 0 {
				for _, end := range []string{"", "-wal"} {
					if err := os.WriteFile(half+end, mustRead(t, d.path+end), 0o600); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}); err != nil {
		t.Fatal(err)
	}
	db.write.Close()
	d.path = half
	d.db, d.version = openVersion(t, half, versionBefore), versionBefore
	d.shows(want, later)
	d.upgrade(versionNext)
	d.shows(want, later)
	mustVerify(t, d.db)
}

// TestAnUpgradeCopiesFirst: tables are folded anew only over a copy, and only once.
func TestAnUpgradeCopiesFirst(t *testing.T) {
	d := newDesk(t, 1, versionBefore)
	next := newDesk(t, 2, versionNext)
	want, later := next.fill(1)
	carry(t, next.db, d.db)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	full, copies := errors.New("no room for the copy"), 0
	open := func(err error) (*DB, error) {
		return Open(context.Background(), d.path, Options{Key: [32]byte{7}, BeforeMigration: func(func(string) error) error { copies++; return err }})
	}
	if _, err := open(full); !errors.Is(err, full) {
		t.Fatalf("%v", err)
	}
	d.db = openVersion(t, d.path, versionBefore)
	d.shows(want, later)
	d.db.Close()
	for range 2 {
		db, err := open(nil)
		if err != nil {
			t.Fatal(err)
		}
		d.db, d.version = db, versionNext
		d.shows(want, later)
		db.Close()
	}
	if copies != 2 {
		t.Errorf("%d copies were asked for", copies)
	}
}

// TestAnOlderVersionErasesAPersonWhole: what a later version hides in a person may name
// them; an erasure of the whole person takes it, too, here and at the later one.
func TestAnOlderVersionErasesAPersonWhole(t *testing.T) {
	d, next := newDesk(t, 1, versionBefore), newDesk(t, 2, versionNext)
	next.fill(1)
	carry(t, next.db, d.db)
	var all []string
	for _, f := range d.db.nouns.named["person"].Fields {
		if f.Class == record.Personal {
			all = append(all, f.Name)
		}
	}
	p := recordtest.Person(1)
	commit(t, d.db, 1, record.Edit{Ref: p.Ref(), Erase: all})
	carry(t, d.db, next.db)
	d.upgrade(versionNext)
	for _, db := range []*DB{d.db, next.db} {
		got, err := Find[record.Person](ctx, db, p.ID)
		if err != nil || got.Phone != "" || got.Position != "" || got.FullName != "" || got.Sex == "" {
			t.Errorf("%+v, %v", got, err)
		}
		for _, s := range storedCommits(t, db) {
			for i := range s.secrets {
				for _, h := range s.secrets[i].Fields {
					if h.Known && slices.Contains([]string{"phone", "position"}, h.Field) {
						t.Errorf("%s is still in the log", h.Field)
					}
				}
			}
		}
		mustVerify(t, db)
	}
}

// TestAPartOfALaterVersionSurvivesAnEdit: the place of an activity is changed by a program
// that does not know what a later one has added to when and where.
func TestAPartOfALaterVersionSurvivesAnEdit(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	commit(t, db, 1, record.Create(a))
	later := record.Value(`["2026-03-05",null,null,null,"A",["later",1]]`)
	commit(t, db, 1, record.Edit{Ref: a.Ref(), Set: map[string]record.Value{"when": later}})
	before, err := Find[record.Activity](ctx, db, a.ID)
	if err != nil || before.When.Place != "A" {
		t.Fatalf("%+v, %v", before.When, err)
	}
	after := before
	after.When.Place = "B"
	e, _ := record.Update(before, after)
	ch := commit(t, db, 1, e)
	last := func() record.Value {
		all := storedCommits(t, db)
		return all[len(all)-1].commit.Ops[0].Cells[0].Value
	}
	if want := record.Value(strings.Replace(string(later), `"A"`, `"B"`, 1)); last() != want {
		t.Errorf("written as %s, not %s", last(), want)
	}
	undoBatch(t, db, ch.Batch)
	if last() != later {
		t.Errorf("taken back to %s, not %s", last(), later)
	}
	mustVerify(t, db)
}
