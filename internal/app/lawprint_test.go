package app

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sophobien/internal/record"
)

// TestFilesOfTheLibraryAreOpenedAsCopies: what is looked at is a copy that cannot be
// changed, it goes with the next run, and what could run is not opened at all.
func TestFilesOfTheLibraryAreOpenedAsCopies(t *testing.T) {
	w := newLandscape(t)
	with := decree.with(sources{"files/9001-2025-nd-cp/to-roi.pdf": "%PDF tờ rơi", "files/9001-2025-nd-cp/chay.exe": "MZ"})
	w.build(PackSources{}, with)
	r := must(w.province.ReadLaw(ctx, decreeID, ""))(t)
	byEnding := map[string]record.LawFile{}
	for _, f := range r.Files {
		byEnding[filepath.Ext(f.Name)] = f
	}
	path := must(w.province.LawFile(ctx, decreeID, byEnding[".pdf"].SHA256))(t)
	if got := must(os.ReadFile(path))(t); string(got) != "%PDF tờ rơi" || filepath.Base(path) != "to-roi.pdf" {
		t.Errorf("%s: %q", path, got)
	}
	if st := must(os.Stat(path))(t); st.Mode().Perm()&0o222 != 0 && runtime.GOOS != "windows" {
		t.Errorf("it can be changed: %v", st.Mode())
	}
	if again := must(w.province.LawFile(ctx, decreeID, byEnding[".pdf"].SHA256))(t); again != path {
		t.Errorf("opened again as %s", again)
	}
	for _, sha := range []string{byEnding[".exe"].SHA256, strings.Repeat("0", 64), ""} {
		if _, err := w.province.LawFile(ctx, decreeID, sha); record.SentenceOf(err, "vi") == "" {
			t.Errorf("file %q: %v", sha, err)
		}
	}
	folder := w.province.Folder()
	closeApp(t, w.province)
	must(w.open(folder).ReadLaw(ctx, decreeID, ""))(t)
	if _, err := os.Stat(path); err == nil {
		t.Error("the copy outlived the run")
	}
}

func TestALegalTextIsPrinted(t *testing.T) {
	w := newLandscape(t)
	w.build(PackSources{}, decree)
	out := t.TempDir()
	size := map[string]int{}
	for name, anchor := range map[string]string{"whole": "", "article": "d2", "clause": "d2.k1"} {
		path := filepath.Join(out, name+".pdf")
		must(w.province.PrintLaw(ctx, decreeID, anchor, "", path))(t)
		b := must(os.ReadFile(path))(t)
		if !bytes.HasPrefix(b, []byte("%PDF")) {
			t.Errorf("%s: %q", name, b[:8])
		}
		size[name] = len(b)
	}
	if size["clause"] >= size["article"] || size["article"] >= size["whole"] {
		t.Errorf("sizes %v", size)
	}
	path := filepath.Join(out, "none.pdf")
	if _, err := w.province.PrintLaw(ctx, decreeID, "d9", "", path); record.SentenceOf(err, "vi") == "" {
		t.Errorf("no such article: %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file of nothing was written")
	}
}

func TestBelowAProvisionStandsWhatIsLower(t *testing.T) {
	all := []record.LawProvision{
		{Anchor: "c1", Level: "chapter"}, {Anchor: "c1.m1", Level: "section"}, {Anchor: "d1", Level: "article"}, {Anchor: "d1.k1", Level: "clause"},
		{Anchor: "d1.k1.a", Level: "point"}, {Anchor: "d1.k2", Level: "clause"}, {Anchor: "d2", Level: "article"}, {Anchor: "c2", Level: "chapter"}, {Anchor: "cuoi", Level: "text"},
	}
	for anchor, want := range map[string]int{"": 9, "c1": 7, "c1.m1": 6, "d1": 4, "d1.k1": 2, "d1.k1.a": 1, "d2": 1, "c2": 2, "cuoi": 1, "d7": 0} {
		if got := below(all, anchor); len(got) != want || want > 0 && anchor != "" && got[0].Anchor != anchor {
			t.Errorf("below %q: %v", anchor, got)
		}
	}
}
