package seal

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeptBundlesStillOpen: what an office once sealed opens for ever. Files
// are added to testdata when the format grows; none is ever made anew.
func TestKeptBundlesStillOpen(t *testing.T) {
	want := kept(t, "log-1.jsonl")
	for _, name := range []string{"log-1-hybrid", "log-1-classic"} {
		t.Run(name, func(t *testing.T) {
			id, err := ParseIdentity(strings.TrimSpace(string(kept(t, name+".identity"))))
			if err != nil {
				t.Fatal(err)
			}
			sealed := kept(t, name+".sopb.zip")
			got, err := openWhole(sealed, id)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%v, %d bytes, want %d", err, len(got), len(want))
			}
			entries := parts(t, sealed)
			if !bytes.Equal(archive(t, entries), sealed) {
				t.Error("the container is written differently now")
			}
			env, err := ParseEnvelope(entries[0].Data)
			if err != nil {
				t.Fatal(err)
			}
			if raw, err := env.Encode(); err != nil || !bytes.Equal(raw, entries[0].Data) {
				t.Errorf("the envelope is written differently now: %v", err)
			}
		})
	}
}

func kept(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
