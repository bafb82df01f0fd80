package faults

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// What the environment tells a child: its work, its folder, how it syncs, how
// often it works, to whom it seals.
const (
	envWork  = "SOPHOBIEN_FAULTS_WORK"
	envDir   = "SOPHOBIEN_FAULTS_DIR"
	envSync  = "SOPHOBIEN_FAULTS_SYNC"
	envTimes = "SOPHOBIEN_FAULTS_TIMES"
	envTo    = "SOPHOBIEN_FAULTS_TO"
)

var (
	ctx    = context.Background()
	key    = [32]byte{7}
	writer = store.Writer{Key: recordtest.Key(1), Officer: recordtest.ID(1).String()}
)

func TestMain(m *testing.M) {
	work, ok := works[os.Getenv(envWork)]
	if !ok {
		code := m.Run()
		for _, root := range worlds {
			os.RemoveAll(root)
		}
		os.Exit(code)
	}
	if err := work(os.Getenv(envDir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

var works = map[string]func(dir string) error{
	"commit": commits, "backup": backups, "export": exports, "migration": migration, "power": power, "some": some,
}

func database(dir string) string { return filepath.Join(dir, "sophobien.db") }

func open(dir string) (*store.DB, error) {
	return store.Open(ctx, database(dir), store.Options{Key: key, Synchronous: os.Getenv(envSync)})
}

// say tells the parent that something is done. It goes out in one write.
func say(format string, args ...any) { os.Stdout.WriteString(fmt.Sprintf(format, args...) + "\n") }

// commitOne stores one activity with its people and says its hash when the store
// has acknowledged it.
func commitOne(db *store.DB, n, people int64) error {
	a := recordtest.Activity(n)
	edits := []record.Edit{record.Create(a)}
	for _, x := range recordtest.Attendees(a.ID, n*100, people) {
		edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
	}
	ch, err := db.Commit(ctx, writer, time.Now().UnixMilli(), func(*store.Tx) ([]record.Edit, error) { return edits, nil })
	if err == nil {
		say("%s", ch.Batch)
	}
	return err
}

func commits(dir string) error {
	db, err := open(dir)
	if err != nil {
		return err
	}
	n, err := db.CountAfter(ctx, 0)
	say("ready")
	for err == nil {
		n++
		err = commitOne(db, n, n%7)
	}
	return err
}

func backups(dir string) error {
	db, err := open(dir)
	if err != nil {
		return err
	}
	say("ready")
	for n := 0; err == nil; n++ {
		path := filepath.Join(dir, "backups", fmt.Sprintf("%d-%d.db", os.Getpid(), n))
		err = copyTo(db, path)
	}
	return err
}

func copyTo(db *store.DB, path string) error {
	temp := datadir.TempName(path)
	if err := db.CopyTo(ctx, temp); err != nil {
		return err
	}
	if err := datadir.Publish(temp, path); err != nil {
		return err
	}
	say("%s", path)
	return nil
}

func exports(dir string) error {
	db, err := open(dir)
	if err != nil {
		return err
	}
	to, err := seal.ParseRecipient(os.Getenv(envTo))
	if err != nil {
		return err
	}
	say("ready")
	for n := int64(1); err == nil; n++ {
		err = export(db, to, filepath.Join(dir, "out"), n)
	}
	return err
}

func export(db *store.DB, to seal.Recipient, out string, n int64) error {
	lines, err := db.LogAfter(ctx, 0, math.MaxInt64)
	if err != nil {
		return err
	}
	var list []bundle.Entry
	for _, l := range lines {
		list = append(list, bundle.Entry{Commit: l.Commit})
	}
	var random [10]byte
	rand.Read(random[:])
	sealed, err := bundle.WriteLog(bundle.Sender{
		Unit: "23293", To: "51-snv", App: "test", Signer: writer.Key, Recipients: []seal.Recipient{to}, Random: rand.Reader,
	}, bundle.State{}, nil, list, record.NewID(time.Now().UnixMilli(), random), n, "2026-03-05T08:00:00Z")
	if err != nil {
		return err
	}
	path := filepath.Join(out, fmt.Sprintf("%d_%s", os.Getpid(), sealed.Name))
	if err := datadir.WriteFileVerified(path, sealed.Bytes); err != nil {
		return err
	}
	say("%s", path)
	return nil
}

func migration(dir string) error {
	say("ready")
	db, err := store.Open(ctx, database(dir), store.Options{Key: key, BeforeMigration: func(copyTo func(string) error) error {
		path := filepath.Join(dir, "backups", fmt.Sprintf("%d.db", os.Getpid()))
		temp := datadir.TempName(path)
		if err := copyTo(temp); err != nil {
			return err
		}
		if _, err := store.CheckCopy(ctx, temp, key); err != nil {
			return err
		}
		return datadir.Publish(temp, path)
	}})
	if err != nil {
		return err
	}
	say("done")
	return db.Close()
}

// some commits a few times and says in a sentence what went wrong, as the
// program would; then it goes on, as people do.
func some(dir string) error {
	db, err := open(dir)
	if err != nil {
		return sentence(err)
	}
	for n := range int64(6) {
		if err := commitOne(db, 1+n, 3); err != nil {
			sentence(err)
		}
	}
	return sentence(db.Close())
}

func sentence(err error) error {
	if err != nil {
		words := record.SentenceOf(err, "en")
		if words == record.SentenceOf(nil, "en") {
			words = "none for " + err.Error()
		}
		fmt.Fprintln(os.Stderr, "sentence: "+words)
	}
	return nil
}

// power creates a register and works in it, closing it now and then so that
// checkpoints happen too.
func power(dir string) error {
	var times int64
	if _, err := fmt.Sscan(os.Getenv(envTimes), &times); err != nil {
		return err
	}
	for n := int64(1); n <= times; {
		db, err := open(dir)
		if err != nil {
			return err
		}
		for range 8 {
			if err := commitOne(db, n, n%4); err != nil {
				return err
			}
			n++
		}
		if err := db.Close(); err != nil {
			return err
		}
	}
	return nil
}

// acknowledged are the whole lines a child said, without its "ready".
func acknowledged(said []byte) []string {
	end := bytes.LastIndexByte(said, '\n')
	if end < 0 {
		return nil
	}
	var out []string
	for _, line := range strings.Split(string(said[:end]), "\n") {
		if line != "ready" {
			out = append(out, line)
		}
	}
	return out
}
