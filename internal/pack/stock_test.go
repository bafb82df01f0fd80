package pack

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/seal"
)

// tool finds a program of the system; `make test` installs the ones needed.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed; this test compares with the stock tool (make test installs it)", name)
	}
	return path
}

// run executes a tool in a folder and gives what it printed.
func run(t *testing.T, folder, path string, args ...string) string {
	t.Helper()
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(path), strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestStockToolsAgree checks the kept pack with nothing of ours, as the manual tells a
// person who does not trust this program.
func TestStockToolsAgree(t *testing.T) {
	unzip, minisign, sum, gunzip := tool(t, "unzip"), tool(t, "minisign"), tool(t, "sha256sum"), tool(t, "gunzip")
	folder := t.TempDir()
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := mustTake(t, kept(t, "kept-1.sopp.zip"), keptReader(t), nil)
	write("pack.sopp.zip", kept(t, "kept-1.sopp.zip"))
	run(t, folder, unzip, "-tq", "pack.sopp.zip")
	run(t, folder, unzip, "-q", "pack.sopp.zip")
	for id := range f.Signatures {
		k, ok := f.Known.Root.Keys[id]
		if !ok {
			t.Fatalf("no key %s", id)
		}
		write("editor.pub", []byte(seal.PublicKeyText(k)))
		signature := listingName + "." + id + signatureName
		said := run(t, folder, minisign, "-V", "-H", "-p", "editor.pub", "-m", listingName, "-x", signature)
		if !strings.Contains(said, "Trusted comment: sopb-pack/1 channel=luat-51 version=7\n") {
			t.Errorf("minisign says %q", said)
		}
		write("altered.json", bytes.Replace(f.Raw, []byte(`"version":7`), []byte(`"version":8`), 1))
		cmd := exec.Command(minisign, "-V", "-H", "-p", "editor.pub", "-m", "altered.json", "-x", signature)
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err == nil {
			t.Errorf("minisign takes an altered listing: %s", out)
		}
	}
	for _, b := range f.Blobs() {
		if got := run(t, folder, sum, blobsFolder+b.SHA256); got != fmt.Sprintf("%s  %s%s\n", b.SHA256, blobsFolder, b.SHA256) {
			t.Errorf("sha256sum: %s", got)
		}
	}
	lines := run(t, folder, "/bin/sh", "-c", gunzip+" -c < "+blobsFolder+f.Listing.Pages[0].SHA256)
	if first, _, _ := strings.Cut(lines, "\n"); !strings.HasPrefix(first, `{"id":"`+f.Items[0].ID+`"`) {
		t.Errorf("the first item reads %.80q", first)
	}
}
