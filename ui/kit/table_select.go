package kit

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// TableSelection are the rows chosen: those of Keys, or with All every row but those.
type TableSelection struct {
	All  bool
	Keys []string
}

// selection knows rows by their keys, so that it survives rows that move, and keeps
// what they said, so that rows read long ago can still be copied.
type selection struct {
	all  bool
	rows map[string]chosenRow
}

type chosenRow struct {
	at    int
	cells []string
}

func (s *selection) has(key string) bool {
	_, listed := s.rows[key]
	return listed != s.all
}

func (s *selection) set(key string, at int, cells []string, chosen bool) {
	if chosen == s.all {
		delete(s.rows, key)
		return
	}
	if s.rows == nil {
		s.rows = map[string]chosenRow{}
	}
	s.rows[key] = chosenRow{at, cells}
}

// keep takes note of what a row now says, and where.
func (s *selection) keep(key string, at int, cells []string) {
	if _, listed := s.rows[key]; listed {
		s.rows[key] = chosenRow{at, cells}
	}
}

func (s *selection) sorted() []string {
	keys := make([]string, 0, len(s.rows))
	for key := range s.rows {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(s.rows[a].at, s.rows[b].at) })
	return keys
}

// Selection are the rows chosen.
func (t *Table) Selection() TableSelection {
	return TableSelection{All: t.chosen.all, Keys: t.chosen.sorted()}
}

// SelectedCount is how many rows are chosen.
func (t *Table) SelectedCount() int {
	if t.chosen.all {
		return t.total - len(t.chosen.rows)
	}
	return len(t.chosen.rows)
}

// SelectNone chooses no row.
func (t *Table) SelectNone() { t.selectWhole(false) }

// SelectAll chooses every row, read or not.
func (t *Table) SelectAll() { t.selectWhole(true) }

func (t *Table) selectWhole(all bool) {
	if !t.Selects {
		return
	}
	t.chosen = selection{all: all}
	t.selected()
}

func (t *Table) selected() {
	t.body.placeMarks()
	if t.OnSelect != nil {
		t.OnSelect()
	}
}

// toggle chooses a row, or no longer.
func (t *Table) toggle(i int) {
	r, there := t.row(i)
	if !t.Selects || !there {
		return
	}
	key := keyOf(i, r)
	t.chosen.set(key, i, r.Cells, !t.chosen.has(key))
	t.selected()
}

// selectTo chooses the rows between the cursor and another row, and goes there. Rows
// that were not read cannot be told apart yet: then nothing is chosen.
func (t *Table) selectTo(to int) {
	to = min(max(to, 0), t.total-1)
	from := max(t.cursor, 0)
	if !t.Selects || t.total == 0 {
		t.goTo(to)
		return
	}
	var rows []TableRow
	for i := min(from, to); i <= max(from, to); i++ {
		r, there := t.row(i)
		if !there {
			t.refuse(T("Các dòng ở giữa chưa đọc xong nên chưa chọn. Hãy cuộn qua rồi chọn lại, hoặc chọn tất cả (Ctrl+A)."))
			return
		}
		rows = append(rows, r)
	}
	for n, r := range rows {
		at := min(from, to) + n
		t.chosen.set(keyOf(at, r), at, r.Cells, true)
	}
	t.goTo(to)
	t.selected()
}

// copyTo puts the chosen rows, or that of the keyboard, on a clipboard: a line for
// each after one with the headings, as spreadsheets take it.
func (t *Table) copyTo(clip fyne.Clipboard) {
	put := func(rows [][]string) { clip.SetContent(t.written(rows)) }
	switch {
	case t.SelectedCount() == 0:
		if r, there := t.row(t.cursor); there {
			put([][]string{r.Cells})
		}
	case !t.chosen.all:
		var rows [][]string
		for _, key := range t.chosen.sorted() {
			rows = append(rows, t.chosen.rows[key].cells)
		}
		put(rows)
	case t.OnCopyAll != nil:
		t.OnCopyAll(t.Selection(), put)
	default:
		t.copyRead(put)
	}
}

// copyRead copies a selection of all as far as the table itself can read it: whole or
// not at all.
func (t *Table) copyRead(put func([][]string)) {
	var rows [][]string
	missing := 0
	for i := range t.total {
		switch r, there := t.row(i); {
		case !there:
			missing++
		case t.chosen.has(keyOf(i, r)):
			rows = append(rows, r.Cells)
		}
	}
	if missing > 0 {
		t.refuse(T("Còn {{.N}} dòng chưa đọc xong nên chưa chép. Hãy thử lại sau giây lát.", map[string]any{"N": Number(int64(missing))}))
		return
	}
	put(rows)
}

// written are rows as tab-separated text, with the columns shown and their headings.
func (t *Table) written(rows [][]string) string {
	var out strings.Builder
	line := func(cell func(column int) string) {
		for n, i := range t.shown {
			if n > 0 {
				out.WriteByte('\t')
			}
			out.WriteString(oneLine(cell(i)))
		}
		out.WriteByte('\n')
	}
	line(func(i int) string { return t.columns[i].Heading })
	for _, cells := range rows {
		line(func(i int) string {
			if i < len(cells) {
				return cells[i]
			}
			return ""
		})
	}
	return out.String()
}
