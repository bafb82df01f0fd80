package pack

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// TestKeptPack: what was once published opens for ever. Files are added to testdata when
// the format grows; none is ever made anew.
func TestKeptPack(t *testing.T) {
	file := kept(t, "kept-1.sopp.zip")
	held := shelf{}
	f := mustTake(t, file, keptReader(t), held)
	var want []Item
	if err := json.Unmarshal(kept(t, "kept-1.items.json"), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, f.Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if raw, err := f.Listing.encode(); err != nil || !bytes.Equal(raw, f.Raw) {
		t.Errorf("the listing is written differently now: %v", err)
	}
	if !bytes.Equal(archiveOf(t, entriesOf(t, file)), file) {
		t.Error("the container is written differently now")
	}
	if f.Known.Root.Version != 2 || len(f.Roots) != 1 || f.Reset != 2 || len(held) != len(f.Blobs()) {
		t.Errorf("root %d, %d steps, reset %d, %d blobs", f.Known.Root.Version, len(f.Roots), f.Reset, len(held))
	}
}

// keptReader believes the first root of the kept pack and nothing later.
func keptReader(t testing.TB) State {
	t.Helper()
	s, err := trust.DecodeSigned(entriesOf(t, kept(t, "kept-1.sopp.zip"))[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	first, err := trust.FirstRoot(s)
	if err != nil {
		t.Fatal(err)
	}
	return State{Known: trust.Known{Chain: []trust.Signed{s}, Root: first}, Units: []string{"51"}, App: "1.0"}
}

func kept(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestPagesAreOneForm: the gzip of a page is bare, and nothing follows it.
func TestPagesAreOneForm(t *testing.T) {
	s := shelf{}
	packed, err := encodePage(readBack(t, sampleItems(s)))
	if err != nil {
		t.Fatal(err)
	}
	if items, _, err := decodePage(packed); err != nil || len(items) != 5 {
		t.Fatal(err)
	}
	bad := func(name string, page []byte) {
		if _, _, err := decodePage(page); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	bad("twice", append(slices.Clone(packed), packed...))
	bad("a byte more", append(slices.Clone(packed), 0))
	bad("cut", packed[:len(packed)-1])
	item, err := line(sampleItems(s)[0].filled())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a line too many": strings.Repeat(string(item), maxPageItems+1), "a long item": strings.Repeat(" ", maxItemLine) + string(item),
		"nothing": "", "no end": "{}", "no item": "{}\n", "an empty line": "\n", "two values": `{"id":"x"} {}` + "\n",
		"a null": "null\n",
	} {
		page, err := seal.Compress([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		bad(name, page)
	}
}
