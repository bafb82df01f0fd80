package xlsx

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var writeTemplates = flag.Bool("write-templates", false, "write the shipped templates anew")

const shipped = "../../../assets/templates"

// TestTheShippedTemplatesAreAsDrawn keeps the files in step with the code that draws them;
// go generate writes them.
func TestTheShippedTemplatesAreAsDrawn(t *testing.T) {
	for name, draw := range map[string]func() ([]byte, error){"ke-hoach.xlsx": drawYearly, "thong-ke-2019.xlsx": drawStatistics, "trong.xlsx": drawBlank} {
		want, err := draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		path := filepath.Join(shipped, name)
		if *writeTemplates {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s is not as drawn; go generate ./internal/report/xlsx writes it anew", name)
		}
	}
}
