//go:build !windows

package folder_test

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLinksAreNotFollowed(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	put(t, filepath.Join(elsewhere, "a.zip"), container("envelope.json", ""))
	for name, to := range map[string]string{"folder": elsewhere, "a.zip": filepath.Join(elsewhere, "a.zip"), "round": root} {
		if err := os.Symlink(to, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if look := find(t, root); len(look.Found) != 0 {
		t.Errorf("found through a link: %v", look.Found)
	}
}
