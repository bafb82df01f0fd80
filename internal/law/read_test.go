package law

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// failer is what tests and their drawn cases have in common.
type failer interface {
	Helper()
	Fatal(...any)
}

// docx is a Word file with the given body.
func docx(t failer, body string) []byte {
	return zipped(t, documentPart, `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
}

func zipped(t failer, name, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func para(text string) string {
	return `<w:p><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func utf16le(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// single are the bytes of a text in an old character set.
func single(t testing.TB, s string, c viet.Charset) []byte {
	t.Helper()
	old, ok := viet.Encode(s, c)
	if !ok {
		t.Fatalf("%v does not hold %q", c, s)
	}
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(old))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const rule = "Điều 98. Tiền lương làm thêm giờ\nNgười lao động làm thêm giờ được trả lương tính theo đơn giá tiền lương."

func TestRead(t *testing.T) {
	oldFont, _ := viet.Encode("người lao động", viet.TCVN3)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"utf8.txt", []byte("\xEF\xBB\xBF" + rule), rule},
		{"utf16.TXT", utf16le(rule), rule},
		{"bare16.txt", utf16le(strings.Repeat("Dieu 1. ASCII\n", 3) + rule)[2:], "Dieu 1. ASCII\nDieu 1. ASCII\nDieu 1. ASCII\n" + rule},
		{"tcvn3.txt", single(t, strings.ToLower(rule), viet.TCVN3), strings.ToLower(rule)},
		{"vni.txt", single(t, rule, viet.VNI), rule},
		{"cp1258.txt", single(t, rule, viet.CP1258), rule},
		{"spaces.txt", []byte("a\u00a0 b\r\n\r\n \t c\td \u00ad\u200b\n"), "a b\nc\td"},
		{"combining.txt", []byte("Tie\u0302\u0300n l\u01b0\u01a1ng"), "Tiền lương"},

		{"page.html", []byte(`<!DOCTYPE html><html><head><title>Trang</title><style>p{}</style><script>var x="<p>không</p>"</script></head>
<body onload="alert('x')"><h1>LUẬT</h1><p onclick="alert(1)">Điều&nbsp;1. <b>Phạm</b> vi &amp; đối tượng<br>Dòng hai
tiếp</p><noscript>Bật script</noscript><!-- bình luận --><div>1. Một</div>2. Hai<ul><li>a) A<li>b) B</ul>
<table><tr><th>Vùng<th>Mức<tr><td>I</td><td><p>5.310.000</p><p>đồng</p></td></tr></table>
<a href="javascript:alert(1)" title="chữ">Xem</a></body></html>`),
			"LUẬT\nĐiều 1. Phạm vi & đối tượng\nDòng hai tiếp\n1. Một\n2. Hai\na) A\nb) B\nVùng\tMức\nI\t5.310.000 đồng\nXem"},
		{"layout.htm", []byte(`<table><tr><td><p>Điều 1. Một</p><p>1. Hai</p><table><tr><td>x</td><td>y</td></tr></table><p>2. Ba</p></td></tr></table>`), "Điều 1. Một\n1. Hai\nx\ty\n2. Ba"},
		{"pre.html", []byte("<pre>Điều 1. Một\n1. Hai</pre>"), "Điều 1. Một\n1. Hai"},
		{"cut.html", []byte("<p>Điều 1. Một<table><tr><td>a<td>b"), "Điều 1. Một\na\tb"},
		{"word.html", append([]byte("<meta charset=windows-1252><p>"), single(t, rule, viet.VNI)...), strings.ReplaceAll(rule, "\n", " ")},

		{"law.docx", docx(t, para("Điều 98. Tiền lương")+`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>1.</w:t><w:tab/><w:t>Người</w:t></w:r><w:r><w:t xml:space="preserve"> lao động</w:t><w:br/><w:t>dòng</w:t></w:r><w:del><w:r><w:delText>cũ</w:delText><w:t>cũ</w:t></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> mới</w:t></w:r></w:ins></w:p>`+
			`<w:tbl><w:tr><w:tc>`+para("Vùng I")+`</w:tc><w:tc>`+para("5.310.000")+para("đồng")+`</w:tc></w:tr></w:tbl><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>`+para("a &amp; b")),
			"Điều 98. Tiền lương\n1.\tNgười lao động\ndòng mới\nVùng I\t5.310.000 đồng\na & b"},
		{"font.docx", docx(t, `<w:p><w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>`+oldFont+`</w:t></w:r><w:r><w:t xml:space="preserve"> được</w:t></w:r></w:p>`), "NGƯỜI LAO ĐỘNG được"},
	} {
		s, err := Read(c.name, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, strings.Join(s.Lines, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestReadSaysWhatWordNumbers(t *testing.T) {
	s, err := Read("a.docx", docx(t, `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>Người lao động</w:t></w:r></w:p>`))
	if err != nil || len(s.Flaws) != 1 || !strings.Contains(s.Flaws[0].Words.VI, "1 đoạn") {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestReadRefuses(t *testing.T) {
	ole := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"a.pdf", []byte("%PDF-1.7"), "không phải .docx, .html hay .txt"},
		{"a.txt", []byte("%PDF-1.7"), "là tệp PDF"},
		{"a.txt", nil, "không có chữ nào"},
		{"a.txt", []byte(" \n\t\n"), "không có chữ nào"},
		{"a.txt", []byte("a\x00b\x01\x02 văn bản"), "không phải tệp văn bản"},
		{"a.txt", []byte{0x81, 0xC0, 0xFF, 'a', ' ', 0x90, 0x9D}, "bảng mã không nhận ra"},
		{"a.txt", ole, "kiểu cũ"},
		{"a.html", []byte(`<script>document.write("Điều 1")</script>`), "chỉ có mã lệnh"},
		{"a.html", []byte("<html><body></body></html>"), "không có chữ nào"},
		{"a.html", []byte("Điều 1. Một"), "không phải trang HTML"},
		{"a.html", docx(t, para("x")), "tệp nén"},
		{"a.docx", []byte("Điều 1"), "không phải tệp Word"},
		{"a.docx", nil, "không phải tệp Word"},
		{"a.docx", zipped(t, "xl/workbook.xml", "<x/>"), "không phải tệp Word"},
		{"a.docx", zipped(t, documentPart, "<html/>"), "bị hỏng"},
		{"a.docx", zipped(t, documentPart, "<w:document><w:p>"), "bị hỏng"},
		{"a.docx", zipped(t, documentPart, `<!DOCTYPE d [<!ENTITY a "b">]><document><p><r><t>&a;</t></r></p></document>`), "bị hỏng"},
		{"a.docx", docx(t, para("")), "không có chữ nào"},
		{"a.docx", docx(t, para("x"))[:40], "không phải tệp Word"},
		{"a.docx", ole, "mật khẩu"},
	} {
		_, err := Read(c.name, c.data)
		if r := (*record.Refusal)(nil); !errors.As(err, &r) || !strings.Contains(r.Words.VI, c.says) || r.Words.EN == "" {
			t.Errorf("%s %.20q: %v, want a sentence with %q", c.name, c.data, err, c.says)
		}
	}
}

func TestReadBombIsBounded(t *testing.T) {
	bomb := docx(t, strings.Repeat("<w:p/>", 1<<17))
	if len(bomb) > 10_000 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	if _, err := openDocument("a.docx", bomb, 1<<19); err == nil || !strings.Contains(record.SentenceOf(err, "vi"), "quá lớn") {
		t.Errorf("%v", err)
	}
	c := collector{size: MaxText}
	if c.text("x"); !c.full() || c.now.Len() > 0 {
		t.Error("text goes on beyond the bound")
	}
	if _, err := io.ReadAll(&bounded{r: strings.NewReader("four"), left: 3}); !errors.Is(err, errBeyond) {
		t.Errorf("%v", err)
	}
	nested := []byte(strings.Repeat("<table><tr><td>", 20_000) + "x")
	if s, err := Read("a.html", nested); err != nil || len(s.Lines) != 1 {
		t.Errorf("%v, %v", s.Lines, err)
	}
}

// A law comes out of each kind of file as the same lines.
func TestReadAgreesOverFormats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"Điều", "1.", "a)", "người", "lao", "động", "<&>", "“Điều", "”.", "98"})
		var lines []string
		for range rapid.IntRange(1, 8).Draw(t, "lines") {
			lines = append(lines, strings.Join(rapid.SliceOfN(word, 1, 5).Draw(t, "words"), " "))
		}
		escape := strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;")
		page, body := "", ""
		for _, l := range lines {
			page += "<p>" + escape.Replace(l) + "</p>\n"
			body += para(escape.Replace(l))
		}
		for name, data := range map[string][]byte{"a.txt": []byte(strings.Join(lines, "\r\n")), "a.html": []byte(page), "a.docx": docx(t, body)} {
			s, err := Read(name, data)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(lines, s.Lines); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", name, diff)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(0, []byte(rule))
	f.Add(1, []byte("<p>Điều 1<table><tr><td>a<script>x</script>"))
	f.Add(2, docx(f, para("x")))
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		name := []string{"a.txt", "a.html", "a.docx"}[uint(kind)%3]
		s, err := Read(name, data)
		if err != nil {
			if r := (*record.Refusal)(nil); !errors.As(err, &r) {
				t.Errorf("refused without a sentence: %v", err)
			}
			return
		}
		for _, l := range s.Lines {
			if l == "" || strings.ContainsAny(l, "\n\r\x00") || viet.NFC(l) != l || tidyLine(l) != l {
				t.Errorf("line %q", l)
			}
		}
		checkSplit(t, s.Lines)
	})
}
