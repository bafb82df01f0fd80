package sheet_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/sheet"
)

var update = flag.Bool("update", false, "write the grids of the corpus anew")

// corpus are the files of testdata/corpus by name.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/corpus/*")
	must(t, err)
	out := map[string][]byte{}
	for _, name := range names {
		if ext := filepath.Ext(name); ext == ".want" || ext == ".md" {
			continue
		}
		data, err := os.ReadFile(name)
		must(t, err)
		out[filepath.Base(name)] = data
	}
	if len(out) < 16 {
		t.Fatalf("only %d files in the corpus", len(out))
	}
	return out
}

// shown writes a grid down, everything it knows.
func shown(g *sheet.Grid) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, sheet %q of %q, charset %q, 1904 %v\nmerged %v\n", g.Format, g.Sheet, g.Sheets, g.Charset, g.Date1904, g.Merged)
	kinds := []string{"text", "number", "date", "bool"}
	for _, r := range g.Rows {
		fmt.Fprintf(&b, "%d", r.Line)
		if r.Hidden {
			b.WriteString(" hidden")
		}
		b.WriteByte('\n')
		for _, c := range r.Cells {
			s := g.StyleOf(c)
			fmt.Fprintf(&b, "  %c %s %q", 'A'+c.Col, kinds[c.Kind], c.Text)
			if s != (sheet.Style{}) {
				fmt.Fprintf(&b, " in %q as %q", s.Font, s.Format)
			}
			for _, run := range g.RunsOf(r.Line, c.Col) {
				fmt.Fprintf(&b, " | %q %q", run.Text, run.Font)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Every file of the corpus is read as it was checked to be.
func TestCorpus(t *testing.T) {
	for name, data := range corpus(t) {
		t.Run(name, func(t *testing.T) {
			got := shown(read(t, data, sheet.Options{Name: name}))
			file := filepath.Join("testdata/corpus", name+".want")
			if *update {
				must(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			must(t, err)
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The .xlsx of the corpus read as the reference reader reads them, every sheet.
func TestCorpusSameAsExcelize(t *testing.T) {
	for name, data := range corpus(t) {
		if filepath.Ext(name) != ".xlsx" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			must(t, err)
			defer f.Close()
			for _, s := range f.GetSheetList() {
				want := excelizeTexts(t, f, s)
				g, err := sheet.Read(context.Background(), data, sheet.Options{Sheet: s})
				if len(want) == 0 {
					if sentence := sentence(t, err); !strings.Contains(sentence, "không có dữ liệu") {
						t.Error(sentence)
					}
					continue
				}
				must(t, err)
				if diff := cmp.Diff(want, texts(g)); diff != "" {
					t.Errorf("%s: %s", s, diff)
				}
				for _, r := range g.Rows {
					sameStyles(t, f, g, r)
				}
			}
		})
	}
}

// excelizeTexts are the raw values by line, up to the last that says something.
func excelizeTexts(t *testing.T, f *excelize.File, name string) map[int][]string {
	t.Helper()
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	must(t, err)
	want := map[int][]string{}
	for i, row := range rows {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) > 0 {
			want[i+1] = row
		}
	}
	return want
}

func sameStyles(t *testing.T, f *excelize.File, g *sheet.Grid, r sheet.Row) {
	t.Helper()
	for _, c := range r.Cells {
		at, err := excelize.CoordinatesToCellName(c.Col+1, r.Line)
		must(t, err)
		// A cell that names no style has the first one; excelize gives that of its column.
		if name, _ := excelize.ColumnNumberToName(c.Col + 1); columnStyle(t, f, g.Sheet, name) != 0 {
			continue
		}
		id, err := f.GetCellStyle(g.Sheet, at)
		must(t, err)
		style, err := f.GetStyle(id)
		must(t, err)
		if style.Font != nil && style.Font.Family != g.StyleOf(c).Font {
			t.Errorf("%s %s is set in %q, read as %q", g.Sheet, at, style.Font.Family, g.StyleOf(c).Font)
		}
		visible, err := f.GetRowVisible(g.Sheet, r.Line)
		must(t, err)
		if visible == r.Hidden {
			t.Errorf("%s line %d: hidden is %v", g.Sheet, r.Line, r.Hidden)
		}
	}
}

func columnStyle(t *testing.T, f *excelize.File, sheetName, column string) int {
	t.Helper()
	id, err := f.GetColStyle(sheetName, column)
	must(t, err)
	return id
}

// A file that is cut short is refused or read whole, never in part.
func TestCorpusCutShort(t *testing.T) {
	for name, data := range corpus(t) {
		if strings.Contains(name, "page") {
			continue // a page has no end that could be missed
		}
		whole := shown(read(t, data, sheet.Options{Name: name}))
		step := max(len(data)/400, 1)
		for n := 64; n < len(data); n += step {
			g, err := sheet.Read(context.Background(), data[:n], sheet.Options{Name: name})
			if err != nil {
				sentence(t, err)
				continue
			}
			if got := shown(g); got != whole {
				t.Errorf("%s: read in part after %d of %d bytes", name, n, len(data))
				break
			}
		}
	}
}

// What is flipped in an .xls, which has no checksum, may be read otherwise, but
// never breaks the reader or what a grid promises.
func TestCorpusDamaged(t *testing.T) {
	for name, data := range corpus(t) {
		step := max(len(data)/600, 1)
		for n := 0; n < len(data); n += step {
			broken := bytes.Clone(data)
			broken[n] ^= 0xFF
			g, err := sheet.Read(context.Background(), broken, sheet.Options{Name: name})
			if err != nil {
				sentence(t, err)
				continue
			}
			checkGrid(t, g)
		}
	}
}

// ReadEach begins with the sheet that Read gives, whatever kind of file it is.
func TestCorpusSheetBySheet(t *testing.T) {
	for name, data := range corpus(t) {
		want := read(t, data, sheet.Options{Name: name})
		var shown []string
		must(t, sheet.ReadEach(context.Background(), data, sheet.Options{Name: name}, func(g *sheet.Grid, err error) bool {
			must(t, err)
			if len(shown) == 0 && (len(g.Rows) != len(want.Rows) || !slices.Equal(g.Sheets, want.Sheets)) {
				t.Errorf("%s: %d rows of %q, want %d of %q", name, len(g.Rows), g.Sheets, len(want.Rows), want.Sheets)
			}
			shown = append(shown, g.Sheet)
			return true
		}))
		if len(shown) == 0 || shown[0] != want.Sheet {
			t.Errorf("%s: shown %q, want %q first", name, shown, want.Sheet)
		}
	}
}
