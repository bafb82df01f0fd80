package app

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// clock is a time that a test moves.
type clock struct{ now time.Time }

func (c *clock) options() Options { return Options{Now: func() time.Time { return c.now }} }

func TestTheLockOfAWindow(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	if st := must(a.LockState(ctx))(t); st != (record.LockState{}) {
		t.Errorf("by default: %+v", st)
	}
	if err := a.SetLockAfter(ctx, 10); !errors.Is(err, record.ErrPassphrase) {
		t.Errorf("locking with nothing to open it: %v", err)
	}
	if err := a.SetLockPassphrase(ctx, "", "123"); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("three digits: %v", err)
	}
	if err := a.SetLockPassphrase(ctx, "", "Đắk Hà 2026"); err != nil {
		t.Fatal(err)
	}
	if err := a.SetLockAfter(ctx, 10); err != nil {
		t.Fatal(err)
	}
	kept := must(a.db.Meta(ctx, metaLockHash))(t)
	if !strings.HasPrefix(kept, "$argon2id$") || strings.Contains(kept, "Đắk") {
		t.Errorf("kept: %s", kept)
	}
	closeApp(t, a)
	a = open(t, folder, at(today))
	if st := must(a.LockState(ctx))(t); st != (record.LockState{Minutes: 10, Set: true, Own: true}) {
		t.Errorf("after a new start: %+v", st)
	}
	// As typed on another keyboard: letters and marks apart, a blank behind.
	if err := a.Unlock(ctx, "Đắk Hà 2026 "); err != nil {
		t.Errorf("the passphrase in another form: %v", err)
	}
	if err := a.SetLockPassphrase(ctx, "sai", "9999"); !errors.Is(err, record.ErrPassphrase) {
		t.Errorf("changed without the old one: %v", err)
	}
	if err := a.SetLockPassphrase(ctx, "Đắk Hà 2026", ""); err != nil {
		t.Fatal(err)
	}
	if st := must(a.LockState(ctx))(t); st != (record.LockState{}) {
		t.Errorf("after taking it away: %+v", st)
	}
}

func TestWrongTriesSlowDown(t *testing.T) {
	folder := newFolder(t)
	c := &clock{today}
	a := open(t, folder, c.options())
	if err := a.SetLockPassphrase(ctx, "", "2580"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := a.Unlock(ctx, "0000"); !errors.Is(err, record.ErrPassphrase) {
			t.Fatal(err)
		}
	}
	if err := a.Unlock(ctx, "2580"); err == nil || !strings.Contains(record.SentenceOf(err, "vi"), "đợi 5 giây") {
		t.Errorf("the right one too early: %v", err)
	}
	c.now = c.now.Add(5 * time.Second)
	if err := a.Unlock(ctx, "0000"); !strings.Contains(record.SentenceOf(err, "vi"), "đợi 10 giây") {
		t.Errorf("the fourth: %v", err)
	}
	closeApp(t, a)
	a = open(t, folder, c.options())
	if err := a.Unlock(ctx, "2580"); err == nil {
		t.Error("a new start ends the wait")
	}
	c.now = c.now.Add(-time.Hour) // set back
	if err := a.Unlock(ctx, "2580"); err == nil || !strings.Contains(record.SentenceOf(err, "vi"), "đợi 10 giây") {
		t.Errorf("a clock set back: %v", err)
	}
	c.now = c.now.Add(2 * time.Hour)
	if err := a.Unlock(ctx, "2580"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	if err := a.Unlock(ctx, "0000"); strings.Contains(record.SentenceOf(err, "vi"), "đợi") {
		t.Errorf("the count begins anew: %v", err)
	}
	if got := (wrongTries{n: 40, last: c.now}).wait(c.now); got != longestWait {
		t.Errorf("the longest wait is %v", got)
	}
}

func TestTheSheetOpensTheLock(t *testing.T) {
	a := newApp(t)
	if err := a.SetLockPassphrase(ctx, "", "2580"); err != nil {
		t.Fatal(err)
	}
	code, _, err := a.NewRecoverySheet(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Unlock(ctx, code); err != nil {
		t.Errorf("the code of the sheet: %v", err)
	}
}

func TestTheRegistersPassphraseOpensTheLock(t *testing.T) {
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: at(today)}
	unit := must(s.UnitByCode("2025-commune", "23500"))(t)
	setup := must(s.Propose("2025-commune", unit.ID))(t)
	setup.OfficerName, setup.Protection, setup.Passphrase = "Y Ngọc", string(trust.Passphrase), "mật khẩu của sổ"
	made := must(s.Create(ctx, setup))(t)
	defer made.App.Close()
	if st := must(made.App.LockState(ctx))(t); st != (record.LockState{Set: true}) {
		t.Errorf("%+v", st)
	}
	if err := made.App.SetLockPassphrase(ctx, "", "2580"); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a second passphrase: %v", err)
	}
	if err := made.App.Unlock(ctx, "sai"); !errors.Is(err, record.ErrPassphrase) {
		t.Errorf("a wrong one: %v", err)
	}
	for name, right := range map[string]string{"the passphrase": "mật khẩu của sổ", "the code of the sheet": made.RecoveryCode} {
		if err := made.App.Unlock(ctx, right); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAStrangeHashOpensToNobody(t *testing.T) {
	good := lockHash("2580")
	if !opensHash(good, "2580") || opensHash(good, "2581") {
		t.Fatal("the hash does not do its work")
	}
	for _, bad := range []string{"", "2580", "$argon2id$v=19$m=65536,t=3,p=2$$", strings.Replace(good, "m=65536", "m=9999999", 1), strings.Replace(good, "p=2", "p=0", 1)} {
		if opensHash(bad, "2580") || opensHash(bad, "") {
			t.Errorf("%q opens", bad)
		}
	}
}
