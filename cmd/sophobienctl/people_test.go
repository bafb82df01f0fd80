package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// planted is a person whose values no other file of the test holds by chance.
type planted struct{ name, sex, birth, phone, id, unit, position string }

// plantedPeople are people as a clean list has them.
func plantedPeople(n int) []planted {
	families := []string{"Y Ngọc", "A Blan", "Nguyễn Thị Quỳnh", "Rơ Châm", "Đinh Văn Khơi"}
	out := make([]planted, n)
	for i := range out {
		out[i] = planted{
			name: fmt.Sprintf("%s Thử%s", families[i%len(families)], letters(i)), sex: []string{"Nữ", "Nam"}[i%2],
			birth: fmt.Sprintf("%02d/%02d/%d", 13+i%15, 1+i%12, 1960+i%40), phone: fmt.Sprintf("0905%06d", 417_000+i*37),
			id: fmt.Sprintf("0620%08d", 91_450_000+i*7919), unit: "Tổ dân phố số " + fmt.Sprint(i%9+1), position: "Công nhân mỏ",
		}
	}
	return out
}

// letters is a word no other number has, since a name has no digits.
func letters(i int) string {
	return string(rune('a'+i/26)) + string(rune('a'+i%26))
}

var plantedHeader = []string{"STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số điện thoại", "Số CCCD", "Đơn vị", "Chức vụ"}

// sheetOf is the list as a table of texts.
func sheetOf(people []planted) [][]string {
	rows := [][]string{plantedHeader}
	for i, p := range people {
		rows = append(rows, []string{fmt.Sprint(i + 1), p.name, p.sex, p.birth, p.phone, p.id, p.unit, p.position})
	}
	return rows
}

// withRepairs spoils cells the way lists come: all of it can be put right.
func withRepairs(rows [][]string) [][]string {
	rows[1][1] = "  " + strings.ReplaceAll(rows[1][1], " ", "  ") + " " // spaces
	rows[2][4] = strings.TrimPrefix(rows[2][4], "0")                    // a lost leading zero
	rows[3][3] = "1987"
	rows[4][2] = "nu"
	return rows
}

// withParked adds rows only a person can decide about.
func withParked(rows [][]string) [][]string {
	rows[5][5] = "12345"    // a number that has lost digits
	rows[6][3] = "31/02/90" // a day that is not
	return rows
}

func tsv(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, "\t") + "\r\n")
	}
	return b.String()
}

// peopleCall is "people FILE N [parked]": a list of N people, of the kind the name
// says, with cells to repair and, when asked, two rows to park.
func peopleCall(ts *testscript.TestScript, _ bool, args []string) {
	var n int
	fmt.Sscan(args[1], &n)
	rows := withRepairs(sheetOf(plantedPeople(n)))
	if len(args) > 2 {
		rows = withParked(rows)
	}
	text, err := encodeSheet(filepath.Ext(args[0]), rows)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}

func encodeSheet(kind string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	switch kind {
	case ".tsv":
		return []byte(tsv(rows)), nil
	case ".csv":
		w := csv.NewWriter(&b)
		err := w.WriteAll(rows)
		return b.Bytes(), err
	case ".xlsx":
		f := excelize.NewFile()
		defer f.Close()
		for i, r := range rows {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
				return nil, err
			}
		}
		err := f.Write(&b)
		return b.Bytes(), err
	}
	return nil, fmt.Errorf("no list of kind %q", kind)
}
