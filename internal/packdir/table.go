package packdir

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// table is a CSV file that is read row by row. The first thing wrong with a cell ends it.
type table struct {
	name   string
	column map[string]int
	rows   [][]string
	lines  []int
	at     int
	err    error
}

func readTable(fsys fs.FS, name string, known ...string) (*table, error) {
	raw, err := readFile(fsys, name)
	if err != nil {
		if name == itemsFile && isAbsent(err) {
			return nil, refuse(name, 0, "không có trong thư mục; tệp này liệt kê các mục của gói.", "is not in the folder; it lists the items of the pack.")
		}
		return nil, err
	}
	text, ok := law.Decode(raw)
	if !ok {
		return nil, refuse(name, 0, "dùng bảng mã không nhận ra được; hãy lưu lại thành CSV UTF-8.", "is written in an unknown character set; save it as CSV UTF-8.")
	}
	text = viet.NFC(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	t := &table{name: name, at: -1, column: map[string]int{}}
	for {
		row, err := r.Read()
		if row == nil && err != nil {
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				return nil, refuse(name, bad.Line, "không đọc được như một bảng CSV.", "cannot be read as CSV.")
			}
			break // the end
		}
		if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue // a row that a spreadsheet keeps though nothing is in it
		}
		line, _ := r.FieldPos(0)
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
	if len(t.rows) == 0 {
		return nil, refuse(name, 1, "tệp trống.", "the file is empty.")
	}
	for i, head := range t.rows[0] {
		head = strings.TrimSpace(head)
		if !slices.Contains(known, head) {
			return nil, refuse(name, 1, "không có cột “"+head+"” (các cột: "+strings.Join(known, ", ")+").", "there is no column “"+head+"” (columns: "+strings.Join(known, ", ")+").")
		}
		t.column[head] = i
	}
	for i, row := range t.rows {
		if len(row) > len(t.rows[0]) {
			return nil, refuse(name, t.lines[i], "có nhiều ô hơn dòng tiêu đề.", "has more cells than the first line.")
		}
	}
	t.rows, t.lines = t.rows[1:], t.lines[1:]
	return t, nil
}

// separator is what parts the cells of the first line: spreadsheets write what their
// country has, which in Vietnam is a semicolon.
func separator(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best := ','
	for _, r := range ";\t" {
		if strings.Count(first, string(r)) > strings.Count(first, string(best)) {
			best = r
		}
	}
	return best
}

func (t *table) next() bool {
	t.at++
	return t.err == nil && t.at < len(t.rows)
}

func (t *table) text(column string) string {
	i, ok := t.column[column]
	if !ok || i >= len(t.rows[t.at]) {
		return ""
	}
	return strings.TrimSpace(t.rows[t.at][i])
}

func (t *table) day(column string) record.Date {
	d := record.Date(t.text(column))
	if d != "" && !d.Valid() {
		t.refuse("cột “"+column+"”: “"+string(d)+"” không phải là ngày (ví dụ 2026-02-12).", "column “"+column+"”: “"+string(d)+"” is no day (2026-02-12, say).")
	}
	return d
}

func (t *table) yes(column string) bool {
	switch s := t.text(column); s {
	case "", "no", "false", "0":
		return false
	case "yes", "true", "1":
		return true
	default:
		t.refuse("cột “"+column+"”: chỉ ghi yes hoặc no.", "column “"+column+"”: yes or no.")
		return false
	}
}

// list parts a cell at its semicolons. It is never nil, as a listing that was read has it.
func (t *table) list(column string) []string {
	out := []string{}
	for s := range strings.SplitSeq(t.text(column), ";") {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// refuse ends the reading, unless it has ended already.
func (t *table) refuse(vi, en string) {
	if t.err == nil {
		t.err = refuse(t.name, t.lines[t.at], vi, en)
	}
}

func refuse(file string, line int, vi, en string) error {
	at, in := "", ""
	if line > 0 {
		at, in = fmt.Sprintf(", dòng %d", line), fmt.Sprintf(", line %d", line)
	}
	return record.Refuse(record.ErrInvalid, "“"+file+"”"+at+": "+vi, "“"+file+"”"+in+": "+en)
}

// maxSource is how large a table or a text of a folder may be.
const maxSource = 64 << 20

// readFile reads a plain file of the folder itself. A link could lead anywhere on the
// editor's PC, and what it led to would be published.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(name, 0, "không phải là tệp thường.", "it is no plain file.")
	}
	if info.Size() > maxSource {
		return nil, refuse(name, 0, "quá lớn (hơn 64 MB).", "it is too large (more than 64 MB).")
	}
	return fs.ReadFile(fsys, name)
}

func isAbsent(err error) bool { return errors.Is(err, fs.ErrNotExist) }
