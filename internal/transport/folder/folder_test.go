package folder_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/transport/folder"
)

// container begins as a ZIP does whose first entry has this name.
func container(first, rest string) []byte {
	b := make([]byte, 30, 200)
	copy(b, "PK\x03\x04")
	b[26] = byte(len(first))
	return append(append(b, first...), rest...)
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, paths ...string) folder.Look {
	t.Helper()
	look, err := folder.Find(context.Background(), paths...)
	if err != nil {
		t.Fatal(err)
	}
	return look
}

// names are what was found, below the root, with its kind.
func names(t *testing.T, root string, look folder.Look) []string {
	t.Helper()
	var out []string
	for _, f := range look.Found {
		rel, err := filepath.Rel(root, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(f.Kind)+" "+filepath.ToSlash(rel))
	}
	return out
}

func TestOursAreFoundByHowTheyBegin(t *testing.T) {
	root := t.TempDir()
	bundle, enrol := container("envelope.json", "…"), container("enrol.json", "…")
	put(t, filepath.Join(root, "SPB_24340_ab12_00001_20261128_0a1b2c.sopb.zip"), bundle)
	put(t, filepath.Join(root, "SPB_24340 (1).ZIP"), bundle) // as a browser saves it again
	put(t, filepath.Join(root, "tài liệu", "thư", "attachment.bin"), bundle)
	put(t, filepath.Join(root, "SPB_enrol_24340_ab12.sope.zip"), enrol)
	put(t, filepath.Join(root, "SPB_24340_ab12_00002_20261128_0a1b2c.sopb.zip"), []byte("cut")) // damaged, and still ours
	put(t, filepath.Join(root, "báo cáo.docx"), container("[Content_Types].xml", "…"))
	put(t, filepath.Join(root, "ảnh.jpg"), []byte("\xff\xd8\xff"))
	put(t, filepath.Join(root, "trống.zip"), nil)
	put(t, filepath.Join(root, ".SPB_1.sopb.zip.tmp"), bundle) // one that is being written
	put(t, filepath.Join(root, "1", "2", "3", "4", "quá sâu.zip"), bundle)
	put(t, filepath.Join(root, "SPB_giải nén", "envelope.json"), []byte("{}\n"))
	put(t, filepath.Join(root, "SPB_giải nén", "envelope.json.minisig"), []byte("s"))
	put(t, filepath.Join(root, "SPB_giải nén", "payload.jsonl.gz"), []byte("p"))

	look := find(t, root)
	want := []string{
		"bundle SPB_24340 (1).ZIP",
		"bundle SPB_24340_ab12_00001_20261128_0a1b2c.sopb.zip",
		"bundle SPB_24340_ab12_00002_20261128_0a1b2c.sopb.zip",
		"enrolment SPB_enrol_24340_ab12.sope.zip",
		"unpacked SPB_giải nén",
		"bundle tài liệu/thư/attachment.bin",
	}
	if diff := cmp.Diff(want, names(t, root, look)); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
	if look.Ignored != 4 {
		t.Errorf("%d ignored, 4 are none of ours", look.Ignored)
	}
}

func TestAFileNamedTwiceIsFoundOnce(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a.zip")
	put(t, path, container("envelope.json", ""))
	if look := find(t, root, path); len(look.Found) != 1 {
		t.Errorf("found %v", look.Found)
	}
}

func TestTenThousandFilesOfOthers(t *testing.T) {
	root := t.TempDir()
	for i := range 10_000 {
		put(t, filepath.Join(root, fmt.Sprintf("%02d", i%50), fmt.Sprintf("ảnh %d.jpg", i)), []byte("x"))
	}
	put(t, filepath.Join(root, "07", "gói.zip"), container("envelope.json", ""))
	from := time.Now()
	look := find(t, root)
	if len(look.Found) != 1 || look.Ignored != 10_000 || look.Cut {
		t.Errorf("found %d, ignored %d, cut %t", len(look.Found), look.Ignored, look.Cut)
	}
	t.Logf("10 001 files in %v", time.Since(from).Round(time.Millisecond))
}

func TestAFolderThatIsNotThere(t *testing.T) {
	_, err := folder.Find(context.Background(), filepath.Join(t.TempDir(), "rút rồi"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestTooLargeIsNotRead(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "lớn.sopb.zip")
	put(t, path, container("envelope.json", ""))
	if err := os.Truncate(path, folder.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	_, _, err := folder.Read(find(t, root).Found[0])
	if !errors.Is(err, folder.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
}

func TestAnUnpackedBundleComesInPieces(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{"envelope.json": "e", "envelope.json.minisig": "s", "payload.jsonl.gz.age": "p", "desktop.ini": "w"} {
		put(t, filepath.Join(root, "SPB", name), []byte(text))
	}
	_, pieces, err := folder.Read(find(t, root).Found[0])
	want := []folder.Piece{{Name: "envelope.json", Data: []byte("e")}, {Name: "envelope.json.minisig", Data: []byte("s")}, {Name: "payload.jsonl.gz.age", Data: []byte("p")}}
	if diff := cmp.Diff(want, pieces); diff != "" || err != nil {
		t.Errorf("pieces (-want +got), %v:\n%s", err, diff)
	}
}

func TestWriteMakesTheFolderAndLeavesNothingHalf(t *testing.T) {
	root := filepath.Join(t.TempDir(), "SOPHOBIEN", "24340")
	data := []byte(strings.Repeat("gói ", 1000))
	path, err := folder.Write(root, "a.sopb.zip", data)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := folder.Write(root, "a.sopb.zip", data); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(path)
	if err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("the same bytes were written again (%v)", err)
	}
	if _, err := folder.Write(root, "a.sopb.zip", []byte("khác")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "khác" {
		t.Errorf("other bytes under the name were left: %q", got)
	}
	entries, _ := os.ReadDir(root)
	if len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}
