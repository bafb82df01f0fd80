package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/datadir"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
)

// faulty runs a child that commits while one of its system calls fails.
func faulty(t *testing.T, dir, call, with string, at int) (said []byte, complaint string) {
	t.Helper()
	c := child(t, "some", dir)
	cmd := exec.Command(strace(t), append([]string{
		"-f", "-o", os.DevNull, "-P", database(dir), "-P", database(dir) + "-wal", "-P", database(dir) + "-journal",
		"-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, with, at),
	}, c.Args...)...)
	cmd.Env = c.Env
	var complaints strings.Builder
	cmd.Stderr = &complaints
	said, err := cmd.Output()
	if err != nil && complaints.Len() == 0 {
		t.Fatalf("the child ended without a word: %v", err)
	}
	return said, complaints.String()
}

// TestDiskErrors: the k-th write, sync or truncation fails. The child shows a
// sentence or manages; nothing acknowledged is lost, nothing is half stored.
func TestDiskErrors(t *testing.T) {
	t.Parallel()
	shown, n := 0, 0
	for _, f := range []struct {
		call, with string
		most       int
	}{{"pwrite64", "ENOSPC", 40}, {"pwrite64", "EIO", 40}, {"fdatasync", "EIO", 10}, {"fsync", "EIO", 10}, {"ftruncate", "ENOSPC", 6}} {
		step := max(1, f.most*4/recordtest.Count(t, 50, 100))
		for at := 1; at <= f.most; at += step {
			dir := t.TempDir()
			db, err := store.Open(ctx, database(dir), store.Options{Key: key})
			if err != nil {
				t.Fatal(err)
			}
			db.Close()
			said, complaint := faulty(t, dir, f.call, f.with, at)
			n++
			if complaint != "" {
				shown++
				if !strings.HasPrefix(complaint, "sentence: ") || strings.Contains(complaint, "sentence: none") || strings.Contains(complaint, "panic") {
					t.Errorf("%s %s at %d: %s", f.call, f.with, at, complaint)
				}
			}
			if _, err := datadir.Sweep(filepath.Dir(database(dir))); err != nil {
				t.Fatal(err)
			}
			wantAll(t, prove(t, dir, true), acknowledged(said))
		}
	}
	t.Logf("%d faults, %d of them shown", n, shown)
	if shown < n/4 {
		t.Errorf("only %d of %d faults were felt at all", shown, n)
	}
}
