package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
)

// FuzzDamagedTemplate spoils the parts inside a template: bytes of a packed file that are
// changed at random hardly ever reach what reads them.
func FuzzDamagedTemplate(f *testing.F) {
	y := sample(5)
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		check(t, damaged(t, r, []string{"trong", "thong-ke-2019", "ke-hoach"}[r.IntN(3)]), y)
	})
}

// check wants a workbook that reads back or a sentence.
func check(t *testing.T, b []byte, y report.Yearly) {
	t.Helper()
	out, err := xlsx.Fill(b, y)
	if err != nil {
		if !errors.As(err, new(*record.Refusal)) {
			t.Errorf("no sentence: %v", err)
		}
		return
	}
	if _, err := xlsx.Values(out); err != nil {
		t.Errorf("what was filled does not read: %v", err)
	}
}

func damaged(t *testing.T, r *rand.Rand, code string) []byte {
	src := parts(t, shipped(t, code))
	victim := r.IntN(len(src))
	for range 1 + r.IntN(4) {
		text := src[victim].text + " "
		k := r.IntN(len(text))
		e := min(len(text), k+r.IntN(60))
		switch r.IntN(3) {
		case 0:
			text = text[:k] + string("0123456789ABZ<>$!:\"{}"[r.IntN(21)]) + text[min(len(text), k+1):]
		case 1:
			text = text[:k] + text[e:]
		case 2:
			text = text[:e] + text[k:]
		}
		src[victim].text = text
	}
	return packed(t, src)
}

func packed(t *testing.T, src []partOf) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range src {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBombsAndStrangersAreRefused with a sentence that says what is wrong.
func TestBombsAndStrangersAreRefused(t *testing.T) {
	blank := parts(t, shipped(t, "trong"))
	with := func(name, text string) []byte {
		return packed(t, append(blank[:len(blank):len(blank)], partOf{name, text}))
	}
	var sheets []partOf
	for i := range 50 {
		sheets = append(sheets, partOf{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+10), "<worksheet/>"})
	}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"no zip": {[]byte("Họ và tên"), ".xlsx"}, "nothing": {nil, ".xlsx"}, "no workbook": {packed(t, blank[:1]), ".xlsx"},
		"large": {bytes.Repeat([]byte("x"), 9<<20), "quá lớn"}, "macros": {with("xl/vbaProject.bin", "x"), "macro"},
		"links":     {with("xl/externalLinks/externalLink1.xml", "<a/>"), "liên kết"},
		"a bomb":    {with("xl/media/a.bin", strings.Repeat("\x00", 100<<20)), "quá lớn"},
		"a far row": {with("xl/worksheets/sheet9.xml", `<worksheet><sheetData><row r="1048576"/></sheetData></worksheet>`), "ngoài"},
		"sheets":    {packed(t, append(blank[:len(blank):len(blank)], sheets...)), "trang tính"},
		"cells":     {with("xl/worksheets/sheet9.xml", strings.Repeat("<c/>", 200_001)), "ô"},
	} {
		_, err := xlsx.Fill(c.file, sample(1))
		var r *record.Refusal
		if !errors.As(err, &r) || !strings.Contains(r.Words.VI, c.says) || r.Words.EN == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestChartsShowTheFilledRows: every series runs over as many rows as its table has.
func TestChartsShowTheFilledRows(t *testing.T) {
	y := sample(30)
	b := fill(t, shipped(t, "ke-hoach"), y)
	want := []string{
		fmt.Sprintf("'Theo tháng'!$E$5:$E$%d", 4+len(y.Months)), "'Đối tượng'!$B$4:$B$9",
		fmt.Sprintf("'Tổng hợp chỉ tiêu'!$E$5:$E$%d", 4+len(y.Outlooks)),
	}
	var charts strings.Builder
	for _, p := range parts(t, b) {
		if strings.HasPrefix(p.name, "xl/charts/chart") {
			charts.WriteString(strings.ReplaceAll(p.text, "&#39;", "'"))
		}
	}
	for _, w := range want {
		if !strings.Contains(charts.String(), w) {
			t.Errorf("no series over %s", w)
		}
	}
}

// TestAModelRowTakesItsFormulasAlong: what points into the row follows it, what is fixed
// stays, what points below moves down, and text that looks like a cell is left alone.
func TestAModelRowTakesItsFormulasAlong(t *testing.T) {
	f := open(t, shipped(t, "trong"))
	for at, text := range map[string]string{"E10": `IF(B$10=0,"B10",C10/B$11)`, "F10": "SUM(B$10:B10)", "G2": `SUM(B10:C10)+B11`} {
		if err := f.SetCellFormula("Báo cáo", at, text); err != nil {
			t.Fatal(err)
		}
	}
	y := sample(30)
	g := open(t, fill(t, must(f.WriteToBuffer())(t).Bytes(), y))
	last := 9 + len(y.Months)
	for at, want := range map[string]string{
		"E12": fmt.Sprintf(`IF(B$10=0,"B10",C12/B$%d)`, last+1), "F12": "SUM(B$10:B12)", "G2": fmt.Sprintf("SUM(B10:C%d)+B%d", last, last+1),
		fmt.Sprintf("B%d", last+1): fmt.Sprintf("SUM(B10:B%d)", last),
	} {
		if got := must(g.GetCellFormula("Báo cáo", at))(t); got != want {
			t.Errorf("%s is %s, want %s", at, got, want)
		}
		if v := must(g.GetCellValue("Báo cáo", at, excelize.Options{RawCellValue: true}))(t); v == "" {
			t.Errorf("%s carries no value", at)
		}
	}
}
