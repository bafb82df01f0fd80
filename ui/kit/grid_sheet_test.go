package kit

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const testColumns = 4

// anyStep draws a step that a person can make.
func anyStep(t *rapid.T, s *sheet) splice {
	letters := rapid.StringMatching(`[a-c ]{0,3}`)
	b := anyBlock(t, s)
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0:
		text := letters.Draw(t, "text")
		return s.change(b.top, b.top, func(_ int, cells []string) { cells[b.left] = text })
	case 1:
		return s.clear(b)
	case 2:
		return s.fillDown(b)
	case 3:
		width := rapid.IntRange(1, testColumns-b.left).Draw(t, "width")
		line := rapid.SliceOfN(letters, width, width)
		step, _ := s.put(b, rapid.SliceOfN(line, 1, 4).Draw(t, "block"))
		return step
	case 4:
		return s.replace(b.top, 0, make([]GridRow, b.bottom-b.top+1))
	}
	return s.replace(b.top, b.bottom-b.top+1, nil)
}

func anyBlock(t *rapid.T, s *sheet) block {
	cell := func(name string) cellAt {
		return cellAt{
			rapid.IntRange(0, len(s.rows)).Draw(t, name+" row"),
			rapid.IntRange(0, testColumns-1).Draw(t, name+" column"),
		}
	}
	return blockOf(cell("corner"), cell("other corner"))
}

func anySheet(t *rapid.T) *sheet {
	s := &sheet{columns: testColumns}
	for range rapid.IntRange(0, 12).Draw(t, "steps before") {
		s.do(anyStep(t, s))
	}
	return s
}

// Undoing every step gives back every state on the way, redoing them too.
func TestUndoAndRedoVisitEveryState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &sheet{columns: testColumns}
		states := [][]GridRow{slices.Clone(s.rows)}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			if s.do(anyStep(t, s)) {
				states = append(states, slices.Clone(s.rows))
			}
		}
		for i := len(states) - 2; i >= 0; i-- {
			if _, ok := s.undo(); !ok {
				t.Fatalf("no step to take back at state %d", i)
			}
			sameRows(t, "undo", states[i], s.rows)
		}
		if _, ok := s.undo(); ok {
			t.Fatal("a step was taken back before the first")
		}
		for i := 1; i < len(states); i++ {
			s.redo()
			sameRows(t, "redo", states[i], s.rows)
		}
	})
}

func sameRows(t *rapid.T, what string, want, got []GridRow) {
	if !slices.EqualFunc(want, got, GridRow.equal) {
		t.Fatalf("%s (-want +got):\n%s", what, cmp.Diff(want, got))
	}
}

// Filling down gives each cell of the block what stands above the block's second
// row, and touches nothing else.
func TestFillDownCopiesTheFirstRowAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySheet(t)
		before := &sheet{columns: testColumns, rows: slices.Clone(s.rows)}
		b := anyBlock(t, s)
		from := b.top
		if b.top == b.bottom {
			from--
		}
		s.do(s.fillDown(b))
		for row := range max(len(s.rows), len(before.rows)) {
			for col := range testColumns {
				want := before.text(row, col)
				if b.has(row, col) {
					want = before.text(from, col)
				}
				if got := s.text(row, col); got != want {
					t.Fatalf("row %d column %d: %q, want %q", row, col, got, want)
				}
			}
		}
	})
}

// What is copied and pasted elsewhere is the same block.
func TestCopiedBlockIsPastedWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySheet(t)
		b := anyBlock(t, s)
		b.bottom = min(b.bottom, max(len(s.rows)-1, b.top))
		to := &sheet{columns: testColumns}
		step, into := to.put(block{}, readBlock(s.copy(b)))
		to.do(step)
		for row := range into.bottom + 1 {
			for col := range into.right + 1 {
				if got, want := to.text(row, col), s.text(b.top+row, b.left+col); got != want {
					t.Fatalf("row %d column %d: %q, want %q", row, col, got, want)
				}
			}
		}
	})
}

func TestRowsKeepTheirKeyThroughEveryStep(t *testing.T) {
	made := 0
	s := &sheet{columns: 2, newKey: func() string { made++; return fmt.Sprint("new", made) }}
	s.reset([]GridRow{{Key: "a", Cells: []string{"1", "2"}}, {Key: "b", Cells: []string{"3", "4"}}})
	s.do(s.clear(block{0, 0, 0, 1}))
	s.do(s.change(2, 2, func(_ int, cells []string) { cells[0] = "5" }))
	s.do(s.replace(1, 1, nil))
	want := []GridRow{{Key: "a", Cells: []string{"", ""}}, {Key: "new1", Cells: []string{"5", ""}}}
	if diff := cmp.Diff(want, s.rows); diff != "" {
		t.Errorf("after clearing, adding and deleting (-want +got):\n%s", diff)
	}
	for range 3 {
		s.undo()
	}
	want = []GridRow{{Key: "a", Cells: []string{"1", "2"}}, {Key: "b", Cells: []string{"3", "4"}}}
	if diff := cmp.Diff(want, s.rows); diff != "" {
		t.Errorf("after undoing (-want +got):\n%s", diff)
	}
}

func TestReadBlock(t *testing.T) {
	cases := []struct {
		name, text string
		want       [][]string
	}{
		{"one cell", "Hà", [][]string{{"Hà"}}},
		{"line end of Windows", "a\tb\r\nc\td\r\n", [][]string{{"a", "b"}, {"c", "d"}}},
		{"empty cells", "\t\n\t", [][]string{{"", ""}, {"", ""}}},
		{"uneven rows", "a\nb\tc", [][]string{{"a"}, {"b", "c"}}},
		{"line end within quotes", "\"xã\nĐăk Hà\"\tnữ\n", [][]string{{"xã\nĐăk Hà", "nữ"}}},
		{"doubled quotes", `"nói ""vâng"""`, [][]string{{`nói "vâng"`}}},
		{"quotes inside", `HTX "Sao"`, [][]string{{`HTX "Sao"`}}},
		{"open quote", "\"a\tb", [][]string{{`"a`, "b"}}},
		{"nothing", "", [][]string{{""}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, readBlock(c.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is on the clipboard, reading it ends, loses no row and survives being
// written and read again.
func FuzzReadBlock(f *testing.F) {
	for _, seed := range []string{"", "a\tb\r\n", "\"a\nb\"\t\"\"", "\"", "\t\r\t\n\n", `""""`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows := readBlock(text)
		if len(rows) == 0 {
			t.Fatal("no row at all")
		}
		s := &sheet{columns: widthOf(rows)}
		for _, r := range rows {
			s.rows = append(s.rows, GridRow{}.with(s.columns, func(cells []string) { copy(cells, r) }))
		}
		again := readBlock(s.copy(block{0, 0, len(rows) - 1, s.columns - 1}))
		for i, r := range s.rows {
			if diff := cmp.Diff(r.Cells, again[i]); diff != "" {
				t.Fatalf("row %d (-want +got):\n%s", i, diff)
			}
		}
	})
}

func TestChoicesAreFoundByTheirFirstBareLetters(t *testing.T) {
	sex := GridColumn{Choices: []string{"nam", "nữ"}}
	group := GridColumn{Choices: []string{"Người lao động", "Người sử dụng lao động", "Cán bộ, công chức", "Báo cáo viên, tuyên truyền viên"}}
	cases := []struct {
		column      GridColumn
		typed, want string
	}{
		{sex, "n", "nam"}, {sex, "NU", "nữ"}, {sex, "nữ", "nữ"}, {sex, "x", "x"}, {sex, "", ""},
		{group, "nld", "Người lao động"}, {group, "ns", "Người sử dụng lao động"},
		{group, "cán", "Cán bộ, công chức"}, {group, "tuyen", "Báo cáo viên, tuyên truyền viên"},
		{group, "NSDLĐ", "Người sử dụng lao động"},
	}
	for _, c := range cases {
		if got := c.column.complete(c.typed); got != c.want {
			t.Errorf("typing %q gives %q, want %q", c.typed, got, c.want)
		}
	}
}
