package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/record"
)

// TestLongRecordIsSeveralFiles, each of which stands on its own and together all.
func TestLongRecordIsSeveralFiles(t *testing.T) {
	a := newApp(t)
	act := training("Dài")
	act.Result = strings.Repeat("Kết quả rất dài. ", 2800) // about 60 KB
	for range 160 {
		must(a.SaveActivity(ctx, act))(t)
	}
	folder := t.TempDir()
	made := must(a.HandOver(ctx, folder, record.HandOverOptions{}))(t).Written
	if len(made) < 2 {
		t.Fatalf("%d files", len(made))
	}
	sum := 0
	for i, b := range made {
		rep := must(VerifyFile(a.Folder(), "", b.Places[0]))(t)
		if !rep.Opened || !rep.Known || int64(rep.Commits) != b.Commits || b.No != int64(i+1) {
			t.Errorf("file %d: %+v", i+1, rep)
		}
		sum += rep.Commits
	}
	if int64(sum) != commits(t, a) {
		t.Errorf("%d commits inside, %d in the log", sum, commits(t, a))
	}
	if s := must(a.Status(ctx))(t); s.Unsent != 0 {
		t.Errorf("%d unsent", s.Unsent)
	}
}

// TestSealIntoNowhereKeepsNothing: no file in the outbox that no list knows.
func TestSealIntoNowhereKeepsNothing(t *testing.T) {
	a := newApp(t)
	folder := filepath.Join(t.TempDir(), "usb")
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{folder, filepath.Join(folder, "x"), "/proc"} {
		if _, err := a.HandOver(ctx, place, record.HandOverOptions{}); err == nil || placeIn(err) == "" && !errors.Is(err, record.ErrPlace) {
			t.Errorf("sealed into %s: %v", place, err)
		}
	}
	for _, sub := range []string{a.dir.Outbox(), a.dir.Quarantine()} {
		if files := must(os.ReadDir(sub))(t); len(files) > 0 {
			t.Errorf("%s holds %v", sub, files)
		}
	}
	if n := len(must(a.Sent(ctx))(t)); n != 0 {
		t.Errorf("%d bundles are listed", n)
	}
}

// TestKeyBesideAFileProvesOnlyItself: a stranger's file with a stranger's key is
// whole, but nobody here knows the sender.
func TestKeyBesideAFileProvesOnlyItself(t *testing.T) {
	sender, reader := newApp(t), must(CreateDemo(ctx, filepath.Join(t.TempDir(), "so"), DemoOptions{Years: 1, PerYear: 1, People: 1}, at(today)))(t)
	t.Cleanup(func() { closeApp(t, reader) })
	usb := t.TempDir()
	made := must(sender.HandOver(ctx, usb, record.HandOverOptions{}))(t).Written
	if _, err := VerifyFile(reader.Folder(), "", made[0].Places[0]); !errors.Is(err, record.ErrNotTrusted) {
		t.Errorf("without any key: %v", err)
	}
	must(sender.WritePublicKey(usb))(t)
	rep := must(VerifyFile(reader.Folder(), "", made[0].Places[0]))(t)
	if rep.Known || rep.Opened || rep.Envelope.From != sender.keys.ID() || len(rep.Signer) != 35 {
		t.Errorf("%+v", rep)
	}
	// Under the name of the sender's key, another key does not pass for it.
	if err := os.Rename(must(reader.WritePublicKey(usb))(t), filepath.Join(usb, "SPB_"+sender.keys.ID()[:4]+".pub")); err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyFile(reader.Folder(), "", made[0].Places[0]); !errors.Is(err, record.ErrNotTrusted) {
		t.Errorf("with another key under its name: %v", err)
	}
}
