package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/bundle"
	"sophobien/internal/record"
)

// TestLongRecordIsSeveralFiles, each of which stands on its own and together all, wherever
// hand-overs were stopped before, and on every stick.
func TestLongRecordIsSeveralFiles(t *testing.T) {
	a := newApp(t)
	act := training("Dài")
	act.Result = strings.Repeat("Kết quả rất dài. ", 2800) // about 60 KB
	for range 160 {
		must(a.SaveActivity(ctx, act))(t)
	}
	must(a.shelf(a.dir.Carried()).Put("SPB_23284_a.sopb.zip", []byte("of another unit")))(t)
	stopHandOvers(t, a, 0, 1, 0, 1, 2) // sealing the first and the last, then writing each and what is carried
	folder := t.TempDir()
	made := must(a.HandOver(ctx, folder, record.HandOverOptions{}))(t).Written
	if len(made) < 2 {
		t.Fatalf("%d files", len(made))
	}
	sum := 0
	for i, b := range made {
		rep := must(VerifyFile(a.Folder(), "", b.Places[0]))(t)
		if !rep.Opened || !rep.Known || int64(rep.Commits) != b.Commits || i > 0 && b.No <= made[i-1].No {
			t.Errorf("file %d: %+v", i+1, rep)
		}
		sum += rep.Commits
	}
	again := must(a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}))(t).Written // onto another stick
	if len(again) != len(made) || again[0].State != record.StateHanded {
		t.Errorf("%d files, then %d, the first %s", len(made), len(again), again[0].State)
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

// stopHandOvers stops hand-overs at the given step of each: what is on the stick is on the
// list as handed over, and nothing counts as a hand-over.
func stopHandOvers(t *testing.T, a *App, steps ...int) {
	t.Helper()
	for _, step := range steps {
		bag := t.TempDir()
		cancelled, cancel := context.WithCancel(ctx)
		at := 0
		made, err := a.HandOver(cancelled, bag, record.HandOverOptions{Progress: func(done, total int) {
			if at == step {
				cancel()
			}
			at++
		}})
		cancel()
		if !errors.Is(err, context.Canceled) || made.Safe || must(a.Exchange(ctx))(t).LastHanded != "" {
			t.Errorf("stopped at %d: %v, safe %v", step, err, made.Safe)
		}
		for _, f := range made.Written {
			if _, err := os.Stat(f.Places[0]); err != nil || f.State != record.StateHanded {
				t.Errorf("stopped at %d: file %d is %s: %v", step, f.No, f.State, err)
			}
		}
		handed := 0
		for _, f := range must(a.Sent(ctx))(t) {
			if len(f.Places) > 0 && filepath.Dir(f.Places[0]) == bag {
				handed++
			}
		}
		if on := bundlesIn(t, bag); on != len(made.Written) || on != handed {
			t.Errorf("stopped at %d: %d files on the stick, %d told, %d on the list", step, on, len(made.Written), handed)
		}
	}
}

// bundlesIn counts the sealed files right in a folder.
func bundlesIn(t *testing.T, folder string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*.sopb.zip"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// TestTakingInThatIsStopped keeps what was taken in before, whole, and the rest comes with
// the next time.
func TestTakingInThatIsStopped(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	bag := w.bag()
	for i := range 3 {
		newTraining(t, a, "Buổi "+number(int64(i)))
		must(a.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	}
	want := bundlesIn(t, bag)
	for stop := range want {
		cancelled, cancel := context.WithCancel(ctx)
		got, err := w.province.TakeIn(cancelled, []string{bag}, func(done, total int) {
			if done == stop {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) || len(got.Files) != stop+1 {
			t.Errorf("stopped at %d: %v, %d files", stop, err, len(got.Files))
		}
	}
	if got := w.takeIn(w.province, bag); got.Applied != 0 || got.Commits != 0 || len(got.Files) != want {
		t.Errorf("what was there is taken in again: %+v", got)
	}
	agree(t, w.province)
}

// TestAFileInSeveralBundlesIsWholeOnEveryStick: the part before is not replaced by the next.
func TestAFileInSeveralBundlesIsWholeOnEveryStick(t *testing.T) {
	a := newApp(t)
	s := must(a.stand(ctx))(t)
	to := must(a.targets(ctx, &s))(t)[0]
	data := make([]byte, bundle.MaxBlob+bundle.PieceSize)
	rand.NewChaCha8([32]byte{}).Read(data)
	var pieces []bundle.Piece
	for at := 0; at < len(data); at += bundle.PieceSize {
		pieces = append(pieces, bundle.Piece{SHA256: shaOf(data), Size: int64(len(data)), At: int64(at), Data: data[at:min(len(data), at+bundle.PieceSize)]})
	}
	made := must(a.sealPieces(ctx, &s, &to, pieces))(t)
	list := must(a.sentTo(ctx, &to))(t)
	if len(made) < 2 || len(a.lieReady(list, &to)) != len(made) {
		t.Errorf("%d files made, %d lie ready", len(made), len(a.lieReady(list, &to)))
	}
}
