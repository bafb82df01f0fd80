package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"sophobien/internal/sheet"
)

// biff writes the records of an .xls without a compound file around them, as
// exporters of the nineties do to this day.
type biff struct{ bytes.Buffer }

func (b *biff) rec(id int, parts ...any) {
	var data bytes.Buffer
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			binary.Write(&data, binary.LittleEndian, uint16(p))
		case float64:
			binary.Write(&data, binary.LittleEndian, math.Float64bits(p))
		case string: // one byte of length, one a letter
			data.WriteByte(byte(len(p)))
			data.WriteString(p)
		case []byte:
			data.Write(p)
		}
	}
	binary.Write(b, binary.LittleEndian, [2]uint16{uint16(id), uint16(data.Len())})
	b.Write(data.Bytes())
}

func latin(t *testing.T, s string) string {
	t.Helper()
	out, err := charmap.Windows1252.NewEncoder().String(s)
	must(t, err)
	return out
}

func TestVersionTwo(t *testing.T) {
	var b biff
	b.rec(0x0009, 2, 0x10)
	b.rec(0x0042, 1252)
	b.rec(0x0031, 200, 0, "Arial")
	b.rec(0x0031, 200, 0, ".VnTime")
	b.rec(0x001E, "General")
	b.rec(0x001E, "dd/mm/yyyy")
	b.rec(0x0043, []byte{0, 0, 0, 0}) // Arial, General
	b.rec(0x0043, []byte{1, 0, 0, 0}) // .VnTime
	b.rec(0x0043, []byte{0, 0, 1, 0}) // a day
	attr := func(style byte) []byte { return []byte{style, 0, 0} }
	b.rec(0x0004, 0, 0, attr(0), "STT")
	b.rec(0x0004, 0, 1, attr(1), latin(t, "Hä vµ tªn"))
	b.rec(0x0002, 1, 0, attr(0), 1)
	b.rec(0x0004, 1, 1, attr(1), latin(t, "TrÇn ThÞ Hoa"))
	b.rec(0x0003, 1, 2, attr(2), 31841.0)
	b.rec(0x0005, 1, 3, attr(0), []byte{1, 0})
	b.rec(0x0006, 1, 4, attr(0), 905123456.0, []byte{0, 0, 0})
	b.rec(0x0006, 1, 5, attr(0), []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, []byte{0, 0, 0})
	b.rec(0x0007, "text")
	b.rec(0x000A)
	g := read(t, b.Bytes(), sheet.Options{Name: "a.xls"})
	want := `xls, sheet "" of [""], charset "", 1904 false
merged []
1
  A text "STT" in "Arial" as "General"
  B text "Hä vµ tªn" in ".VnTime" as "General"
2
  A number "1" in "Arial" as "General"
  B text "TrÇn ThÞ Hoa" in ".VnTime" as "General"
  C date "31841" in "Arial" as "dd/mm/yyyy"
  D bool "1" in "Arial" as "General"
  E number "905123456" in "Arial" as "General"
  F text "text" in "Arial" as "General"
`
	if diff := cmp.Diff(want, shown(g)); diff != "" {
		t.Error(diff)
	}
}

// What exporters write: no compound file, no fonts, no end.
func TestVersionFourWithoutAnEnd(t *testing.T) {
	var b biff
	b.rec(0x0409, 4, 0x10)
	label := func(row, col int, s string) { b.rec(0x204, row, col, 0, len(s), []byte(s)) }
	label(0, 0, "Name")
	label(1, 0, "Y Moan")
	b.rec(0x203, 1, 1, 0, 1990.0)
	b.rec(0x27E, 1, 2, 0, []byte{0x02 | 1990<<2&0xFF, 1990 << 2 >> 8, 0, 0})
	g := read(t, b.Bytes(), sheet.Options{})
	want := map[int][]string{1: {"Name"}, 2: {"Y Moan", "1990", "1990"}}
	if diff := cmp.Diff(want, texts(g)); diff != "" {
		t.Error(diff)
	}
}

func TestVersionFiveBare(t *testing.T) {
	var b biff
	b.rec(0x809, 0x0500, 0x10, 0, 0)
	b.rec(0x42, 1258)
	b.rec(0x22, 1)
	b.rec(0x208, 1, 0, 3, 0, 0, 0, 0x20, 0)
	label := func(row, col int, s []byte) { b.rec(0x204, row, col, 0, len(s), s) }
	label(0, 0, encode1258(t, "Họ và tên"))
	label(1, 0, encode1258(t, "Nguyễn Thị Ngọc Ánh"))
	b.rec(0xBD, 1, 1, 0, rk(-3), 0, rk(1234567), 2)
	b.rec(0x205, 1, 3, 0, []byte{0x2A, 1})
	b.rec(0xE5, 1, 0, 0, 1, 1)
	b.rec(0x809, 0x0500, 0x20, 0, 0) // a chart inside
	label(0, 0, []byte("not a cell"))
	b.rec(0x0A)
	b.rec(0x0A)
	g := read(t, b.Bytes(), sheet.Options{})
	want := map[int][]string{1: {"Họ và tên"}, 2: {"Nguyễn Thị Ngọc Ánh", "-3", "1234567", "#N/A"}}
	if diff := cmp.Diff(want, texts(g)); diff != "" {
		t.Error(diff)
	}
	if !g.Date1904 || !g.Row(2).Hidden || g.Row(1).Hidden || len(g.Merged) != 1 || g.Merged[0] != (sheet.Area{Line: 1, Col: 1, LastLine: 1, LastCol: 1}) {
		t.Errorf("1904 %v, hidden %v, merged %v", g.Date1904, g.Row(2).Hidden, g.Merged)
	}
}

// rk is a whole number in four bytes.
func rk(n int32) []byte {
	return binary.LittleEndian.AppendUint32(nil, uint32(n)<<2|2)
}

func TestOldRefusals(t *testing.T) {
	var locked biff
	locked.rec(0x809, 0x0500, 0x10, 0, 0)
	locked.rec(0x2F, 0, 0, 0)
	locked.rec(0x0A)
	var endless biff
	endless.rec(0x809, 0x0500, 0x10, 0, 0)
	endless.rec(0x203, 0, 0, 0, 1.0)
	var long biff
	long.rec(0x0009, 2, 0x10)
	long.Write([]byte{3, 0, 200, 0, 1})
	var sealed bytes.Buffer
	f := excelize.NewFile()
	must(t, f.SetCellValue("Sheet1", "A1", "x"))
	must(t, f.Write(&sealed, excelize.Options{Password: "mật"}))
	xls := corpus(t)["libreoffice.xls"]
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"password":        {locked.Bytes(), "mật khẩu"},
		"password, .xlsx": {sealed.Bytes(), "mật khẩu"},
		"no end":          {endless.Bytes(), "bị hỏng"},
		"a record beyond": {long.Bytes(), "bị hỏng"},
		"Word":            {renamed(t, xls, "WordDocument"), "văn bản Word"},
		"PowerPoint":      {renamed(t, xls, "PowerPoint Document"), "bài trình chiếu"},
		"something else":  {renamed(t, xls, "Else"), "bị hỏng"},
		"half":            {xls[:len(xls)/3], "bị hỏng"},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := sheet.Read(context.Background(), tt.data, sheet.Options{Name: "a.xls"})
			if s := sentence(t, err); !strings.Contains(s, tt.want) || g != nil {
				t.Errorf("%q lacks %q", s, tt.want)
			}
		})
	}
}

// renamed gives the workbook's stream in a compound file another name.
func renamed(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	out := bytes.Clone(data)
	at := bytes.Index(out, encode16("Workbook\x00", binary.LittleEndian))
	if at < 0 {
		t.Fatal("no workbook in the compound file")
	}
	clear(out[at : at+64])
	copy(out[at:], encode16(name, binary.LittleEndian))
	binary.LittleEndian.PutUint16(out[at+64:], uint16(2*len(name)+2))
	return out
}

func TestOtherSheetsByName(t *testing.T) {
	for name, data := range corpus(t) {
		if !strings.Contains(name, "libreoffice") && !strings.Contains(name, "gnumeric") && !strings.Contains(name, "2003") || strings.Contains(name, "page") {
			continue
		}
		g := read(t, data, sheet.Options{Sheet: "khác"})
		if diff := cmp.Diff(map[int][]string{2: {"", "ô B2"}}, texts(g)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if strings.Contains(name, "-95") {
			continue // it has no letter Ẩ
		}
		if g := read(t, data, sheet.Options{Sheet: "Ẩn"}); len(g.Rows) != 1 {
			t.Errorf("%s: %d rows on the hidden sheet", name, len(g.Rows))
		}
	}
}

// A workbook in another encoding, or with a document type, goes to the reference
// reader and comes out the same.
func TestForeign(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14, Font: &excelize.Font{Family: ".VnTime"}})
		must(t, err)
		must(t, f.SetCellValue("Sheet1", "B2", "Hä vµ tªn"))
		must(t, f.SetCellStyle("Sheet1", "B2", "C2", day))
		must(t, f.SetCellValue("Sheet1", "C2", 31841))
		must(t, f.SetCellBool("Sheet1", "D2", true))
		must(t, f.SetCellValue("Sheet1", "E2", 1.5))
		must(t, f.MergeCell("Sheet1", "B4", "C5"))
		must(t, f.SetCellRichText("Sheet1", "B4", []excelize.RichTextRun{
			{Text: "H¹nh", Font: &excelize.Font{Family: ".VnTime"}}, {Text: " Hà", Font: &excelize.Font{Family: "Arial"}}}))
		must(t, f.SetRowVisible("Sheet1", 2, false))
	})
	want := shown(read(t, data, sheet.Options{}))
	declaration := regexp.MustCompile(`^<\?xml[^>]*>`)
	for name, head := range map[string]string{
		"encoding": `<?xml version="1.0" encoding="windows-1252"?>`,
		"doctype":  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE worksheet>`,
	} {
		foreign := rezipped(t, data, func(part string, text []byte) []byte {
			if strings.Contains(part, "worksheets/sheet") {
				return declaration.ReplaceAll(text, []byte(head))
			}
			return text
		})
		if diff := cmp.Diff(want, shown(read(t, foreign, sheet.Options{}))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// rezipped is an archive with its parts changed.
func rezipped(t *testing.T, data []byte, change func(part string, text []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		parts[f.Name] = string(change(f.Name, text))
	}
	return archive(t, parts)
}
