package xlsx

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/assets"
	"sophobien/internal/record"
	"sophobien/internal/report"
)

// TestOnlyFilledCellsDiffer from the template of the plan, on every sheet: what has no name
// and is no row of a table stands where it stood, moved down by the rows above, with its
// style; and nothing stands anywhere else.
func TestOnlyFilledCellsDiffer(t *testing.T) {
	template, err := assets.Templates.ReadFile("templates/ke-hoach.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	was, err := openTemplate(template)
	if err != nil {
		t.Fatal(err)
	}
	defer was.Close()
	w, err := filled(template, yearOf(45))
	if err != nil {
		t.Fatal(err)
	}
	defer w.file.Close()
	if diff := cmp.Diff(was.GetSheetList(), w.file.GetSheetList()); diff != "" {
		t.Fatal(diff)
	}
	if len(w.tables) < 9 || len(w.cells) < 40 {
		t.Fatalf("%d tables and %d named cells: this compares little", len(w.tables), len(w.cells))
	}
	named := map[string]bool{}
	for _, n := range w.cells {
		named[n.sheet+"!"+cell(n.col, n.row)] = true
	}
	for _, sheet := range was.GetSheetList() {
		before, after := texts(t, was, sheet), texts(t, w.file, sheet)
		expected := map[string]bool{}
		for row, cells := range before {
			for col, text := range cells {
				at := cell(col+1, row+1)
				to, model := w.movedTo(sheet, row+1)
				if model || text == "" || named[sheet+"!"+at] {
					continue
				}
				expected[cell(col+1, to)] = true
				if got := textAt(after, to, col); got != text && formulaAt(t, was, sheet, at) == "" {
					t.Errorf("%s!%s was %q, is %q", sheet, at, text, got)
				}
				if x, y := styleOf(t, was, sheet, at), styleOf(t, w.file, sheet, cell(col+1, to)); x != y {
					t.Errorf("%s!%s: the style changed", sheet, at)
				}
			}
		}
		for n := range named {
			if s, at, _ := bytes.Cut([]byte(n), []byte("!")); string(s) == sheet {
				col, row, _ := excelize.CellNameToCoordinates(string(at))
				to, _ := w.movedTo(sheet, row)
				expected[cell(col, to)] = true
			}
		}
		for row, cells := range after {
			for col, text := range cells {
				if at := cell(col+1, row+1); text != "" && !expected[at] && !w.inTable(sheet, row+1) {
					t.Errorf("%s!%s says %q, and nothing asked for it", sheet, at, text)
				}
			}
		}
	}
}

// movedTo is where a row of the template stands now; model: it is one that was repeated.
func (w *filling) movedTo(sheet string, row int) (to int, model bool) {
	to = row
	for _, m := range w.moves {
		switch {
		case m.sheet != sheet || row < m.first:
		case row <= m.last:
			return 0, true
		default:
			to += m.by()
		}
	}
	return to, false
}

// inTable reports whether a row was filled from a model row.
func (w *filling) inTable(sheet string, row int) bool {
	for _, m := range w.moves {
		first, _ := w.movedTo(sheet, m.first-1)
		if m.sheet == sheet && first < row && row <= first+m.filled {
			return true
		}
	}
	return false
}

func texts(t *testing.T, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func textAt(rows [][]string, row, col int) string {
	if row > len(rows) || col >= len(rows[row-1]) {
		return ""
	}
	return rows[row-1][col]
}

func formulaAt(t *testing.T, f *excelize.File, sheet, at string) string {
	t.Helper()
	text, err := f.GetCellFormula(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func styleOf(t *testing.T, f *excelize.File, sheet, at string) int {
	t.Helper()
	id, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// yearOf is a year of n activities.
func yearOf(n int) report.Yearly {
	in := report.Input{Period: report.Period("plan", 2026, ""), Units: map[record.ID]record.Unit{}}
	for i := range n {
		in.Activities = append(in.Activities, record.Activity{
			ID: record.NewID(int64(i)+1, [10]byte{}), Kind: record.ActivityKinds[i%9].Code, Status: "held", Direct: i%2 == 0, Title: "Hội nghị phổ biến pháp luật lao động",
			Task: []string{"IV.1.a", "IV.2.a", ""}[i%3], When: record.Occasion{Date: in.Period.From.AddDays(7 * i)}, Heads: record.HeadCount{Total: int64(10 * i), Women: int64(4 * i)},
		})
	}
	for i := range 3 {
		in.Questions = append(in.Questions, record.Question{ID: record.NewID(int64(900+i), [10]byte{}), Received: "2026-03-01", Text: "Thử việc bao lâu?"})
	}
	y := report.Yearly{Figures: report.Compute(in), Printed: "2026-12-01", Texts: map[string]string{"difficulties": "Đường xa."}}
	y.Tables(in)
	return y
}
