package sheet_test

import (
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"sophobien/internal/sheet"
)

func encode16(s string, order binary.ByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, 0, 0)
		order.PutUint16(b[len(b)-2:], u)
	}
	return b
}

// encode1258 writes letters the way that code page has them: a base letter with
// its breve, circumflex or horn, and the tone behind it.
func encode1258(t *testing.T, s string) []byte {
	t.Helper()
	var b []byte
	for _, r := range s {
		if c, ok := charmap.Windows1258.EncodeRune(r); ok {
			b = append(b, c)
			continue
		}
		d := []rune(norm.NFD.String(string(r)))
		base, tone := d[:len(d)-1], d[len(d)-1]
		if len(d) == 3 && strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", d[1]) {
			base, tone = []rune{d[0], d[2]}, d[1]
		}
		for _, r := range []rune{[]rune(norm.NFC.String(string(base)))[0], tone} {
			c, ok := charmap.Windows1258.EncodeRune(r)
			if !ok {
				t.Fatalf("%q has no place in the code page", r)
			}
			b = append(b, c)
		}
	}
	return b
}

func TestTexts(t *testing.T) {
	list := "Họ và tên,Đơn vị\r\nNguyễn Thị Ngọc Ánh,\"Xã \"\"Đăk Hà\"\"\"\n\nĐặng Đình Phước,\"hai\ndòng\"\n"
	want := map[int][]string{
		1: {"Họ và tên", "Đơn vị"},
		2: {"Nguyễn Thị Ngọc Ánh", `Xã "Đăk Hà"`},
		4: {"Đặng Đình Phước", "hai\ndòng"},
	}
	for name, tt := range map[string]struct {
		data    []byte
		charset string
	}{
		"utf-8":         {[]byte(list), "utf-8"},
		"utf-8 bom":     {[]byte("\uFEFF" + list), "utf-8"},
		"utf-16le":      {encode16("\uFEFF"+list, binary.LittleEndian), "utf-16"},
		"utf-16be":      {encode16("\uFEFF"+list, binary.BigEndian), "utf-16"},
		"utf-16 no bom": {encode16(list, binary.LittleEndian), "utf-16"},
		"cp1258":        {encode1258(t, list), "cp1258"},
		"semicolons":    {[]byte(strings.ReplaceAll(list, ",", ";")), "utf-8"},
		"tabs":          {[]byte(strings.ReplaceAll(list, ",", "\t")), "utf-8"},
		"sep line":      {[]byte("sep=|\r\n" + strings.ReplaceAll(list, ",", "|")), "utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			g := read(t, tt.data, sheet.Options{Name: "a.csv"})
			if diff := cmp.Diff(want, texts(g)); diff != "" {
				t.Error(diff)
			}
			if g.Charset != tt.charset {
				t.Errorf("charset %s, want %s", g.Charset, tt.charset)
			}
		})
	}
}

func TestLegacyTextStaysLegacy(t *testing.T) {
	data, err := charmap.Windows1252.NewEncoder().Bytes([]byte("Hä vµ tªn,N¨m sinh\nNguyÔn V¨n An,1987\n"))
	must(t, err)
	g := read(t, data, sheet.Options{})
	if got := g.Rows[1].At(0).Text; got != "NguyÔn V¨n An" || g.Charset != "cp1252" {
		t.Errorf("%q as %s", got, g.Charset)
	}
}

func TestClipboard(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want map[int][]string
	}{
		"two rows":      {"An\tNam\r\nNgọc\tNữ\r\n", map[int][]string{1: {"An", "Nam"}, 2: {"Ngọc", "Nữ"}}},
		"lines in cell": {"\"Công ty\nSao \"\"Mai\"\"\"\tx\n", map[int][]string{1: {"Công ty\nSao \"Mai\"", "x"}}},
		"ditto marks":   {"An\tXã A\nBình\t\"\nChi\t\"\n", map[int][]string{1: {"An", "Xã A"}, 2: {"Bình", `"`}, 3: {"Chi", `"`}}},
		"double quotes": {"An\tA\nB\t\"\"\nC\tD\n", map[int][]string{1: {"An", "A"}, 2: {"B", `""`}, 3: {"C", "D"}}},
		"part quoted":   {"\"Sao Mai\" xã A\tx\n", map[int][]string{1: {`"Sao Mai" xã A`, "x"}}},
		"gaps":          {"\t\tx\n\n\ty", map[int][]string{1: {"", "", "x"}, 3: {"", "y"}}},
		"old Mac":       {"An\rBình\r", map[int][]string{1: {"An"}, 2: {"Bình"}}},
		"commas stay":   {"An, Bình\tx", map[int][]string{1: {"An, Bình", "x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := sheet.FromClipboard(tt.text)
			must(t, err)
			if diff := cmp.Diff(tt.want, texts(g)); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err := sheet.FromClipboard(" \n\t\n")
	if s := sentence(t, err); !strings.Contains(s, "không có chữ") {
		t.Error(s)
	}
}

// Any cells written the way spreadsheets copy them are read back.
func TestClipboardRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-zĐđ][a-zĐđ" ,;\t\n]{0,6}[a-zĐđ]`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 5), 1, 6).Draw(t, "rows")
		var b strings.Builder
		want := map[int][]string{}
		for i, row := range rows {
			for j, c := range row {
				if j > 0 {
					b.WriteByte('\t')
				}
				if strings.ContainsAny(c, "\t\n\"") {
					c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
				b.WriteString(c)
			}
			b.WriteByte('\n')
			want[i+1] = row
		}
		g, err := sheet.FromClipboard(b.String())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, texts(g)); diff != "" {
			t.Fatalf("%q: %s", b.String(), diff)
		}
	})
}

func TestRefusals(t *testing.T) {
	whole := bare(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`)
	for name, tt := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"nothing":     {"a.xlsx", nil, "không có dữ liệu"},
		"blank":       {"a.csv", []byte(" \r\n "), "không có dữ liệu"},
		"docx":        {"a.xlsx", archive(t, map[string]string{"word/document.xml": "<a/>"}), "văn bản Word"},
		"zip":         {"a.xlsx", archive(t, map[string]string{"a.txt": "a"}), "tệp nén"},
		"pdf":         {"danh sách.csv", []byte("%PDF-1.7\n..."), "“danh sách.csv” là tệp PDF"},
		"xml":         {"a.xls", []byte(`<?xml version="1.0"?><Workbook/>`), "tệp XML"},
		"page":        {"a.xls", []byte("\n<html><p>a</p></html>"), "không có bảng nào"},
		"page, mht":   {"a.xls", []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n<html>"), ".mht"},
		"odt":         {"a.ods", archive(t, map[string]string{"content.xml": "<a/>"}), "OpenDocument"},
		"ods, locked": {"a.ods", archive(t, map[string]string{"content.xml": "x", "META-INF/manifest.xml": "<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"}), "mật khẩu"},
		"binary":      {"a.csv", []byte("a\x01\x02b,c"), "“a.csv” không phải bảng tính. Hãy lưu"},
		"truncated":   {"a.xlsx", whole[:len(whole)-10], "bị hỏng"},
		"too large":   {"a.xlsx", make([]byte, sheet.MaxFile+1), "100 MB"},
		"lock file":   {`C:\x\~$a.xlsx`, []byte("\x06Office"), "“~$a.xlsx” là tệp khóa tạm"},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := sheet.Read(context.Background(), tt.data, sheet.Options{Name: tt.file})
			if s := sentence(t, err); !strings.Contains(s, tt.want) || !strings.HasSuffix(s, "Chưa có gì được lưu.") || strings.Count(s, "không phải bảng tính") > 1 || g != nil {
				t.Errorf("%q lacks %q", s, tt.want)
			}
		})
	}
	for i := 3; i < len(whole); i++ {
		if g, err := sheet.Read(context.Background(), whole[:i], sheet.Options{}); err == nil || g != nil {
			t.Fatalf("read a file cut after %d bytes", i)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n\"c\nd\",e\n"))
	f.Add([]byte("\xFF\xFEa\x00\t\x00b\x00"))
	f.Add([]byte("H\xE4 v\xB5 t\xAAn;N\xA8m sinh\n"))
	for _, data := range corpus(f) {
		f.Add(data)
	}
	f.Add(bare(f, `<worksheet><sheetData><row r="2" hidden="1"><c r="B2" s="1" t="inlineStr"><is><t>a&#x41;&amp;</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := sheet.Read(context.Background(), data, sheet.Options{Name: "a"})
		if err != nil {
			sentence(t, err)
			return
		}
		checkGrid(t, g)
	})
}

// FuzzSheetXML goes past the archive's checksums.
func FuzzSheetXML(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c><v>2</v></c></row></sheetData></worksheet>`)
	f.Add(`<x:worksheet><x:row r="3"><x:c r="C3" t='b'><x:v>1</x:v></x:c></x:row><![CDATA[<]]><!-- > --><?a?></x:worksheet>`)
	f.Fuzz(func(t *testing.T, xml string) {
		g, err := sheet.Read(context.Background(), bare(t, xml), sheet.Options{Name: "a"})
		if err != nil {
			sentence(t, err)
			return
		}
		checkGrid(t, g)
	})
}

// FuzzDocument goes past the archive's checksums of an .ods.
func FuzzDocument(f *testing.F) {
	f.Add(`<d><automatic-styles><style name="a" family="table-cell"><text-properties font-name="x"/></style></automatic-styles><table name="T"><table-row number-rows-repeated="3"><table-cell style-name="a" number-columns-repeated="2"><p>a<s c="2"/><span>b</span></p></table-cell></table-row><table-row><covered-table-cell value-type="date" date-value="1987-03-05"/></table-row></table></d>`)
	f.Fuzz(func(t *testing.T, xml string) {
		g, err := sheet.Read(context.Background(), archive(t, map[string]string{"content.xml": xml}), sheet.Options{Name: "a"})
		if err != nil {
			sentence(t, err)
			return
		}
		checkGrid(t, g)
	})
}

func FuzzClipboard(f *testing.F) {
	f.Add("a\t\"b\nc\"\n\"\t\"\"")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := sheet.FromClipboard(text)
		if err != nil {
			sentence(t, err)
			return
		}
		checkGrid(t, g)
	})
}

// checkGrid holds a grid to what the package promises.
func checkGrid(t *testing.T, g *sheet.Grid) {
	t.Helper()
	last := 0
	for _, r := range g.Rows {
		if r.Line <= last || r.Line > sheet.MaxRows || len(r.Cells) == 0 {
			t.Fatalf("line %d after %d with %d cells", r.Line, last, len(r.Cells))
		}
		last = r.Line
		col := -1
		for _, c := range r.Cells {
			if c.Col <= col || c.Col >= sheet.MaxColumns || c.Text == "" || r.At(c.Col) != c {
				t.Fatalf("line %d: %+v after column %d", r.Line, c, col)
			}
			col = c.Col
			g.StyleOf(c)
		}
	}
}
