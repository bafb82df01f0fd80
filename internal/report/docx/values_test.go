package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/reporttest"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// packed is a file with one document.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func control(tag, content string) string {
	return `<w:sdt><w:sdtPr><w:tag w:val="` + tag + `"/></w:sdtPr><w:sdtContent>` + content + `</w:sdtContent></w:sdt>`
}

func said(text string) string { return `<w:r><w:t>` + text + `</w:t></w:r>` }

// TestValuesAreReadAsWordLeavesThem: runs cut in pieces, controls within controls, what was
// struck out, controls of somebody else.
func TestValuesAreReadAsWordLeavesThem(t *testing.T) {
	body := control("I2_total", said("1.0")+`<w:proofErr/>`+said("98")) +
		control("I3_total", `<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins>`+said("8")+`</w:ins>`) +
		control("outer", control("inner", said("5"))+said(" lớp")) +
		control("c_rate", said("66,7\u00a0%")) + control("twice", said("4")) + control("twice", said("4")) +
		control("differs", said("4")) + control("differs", said("5")) + control("differs", said("4")) +
		control("their name", said("x")) + control("", said("y")) + control("odd", said("1.0.98")) + control("gone", "") +
		`<w:sdt><w:sdtPr/><w:sdtContent>` + control("free", said("3")) + `</w:sdtContent></w:sdt>` +
		`<w:bookmarkStart w:id="1" w:name="I4_total"/><w:sdt><w:sdtPr/><w:sdtContent>` + said("1.234") + `</w:sdtContent></w:sdt><w:bookmarkEnd w:id="1"/>` +
		`<w:bookmarkStart w:id="2" w:name="free"/>` + said("4") + `<w:bookmarkEnd w:id="2"/><w:bookmarkStart w:id="3" w:name="_GoBack"/><w:bookmarkEnd w:id="3"/>`
	got, err := docx.Values(packed(t, "word/document.xml", `<w:document `+wordSpace+`><w:body><w:p>`+body+`</w:p></w:body></w:document>`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"I2_total": "1098", "I3_total": "8", "outer": "5 lớp", "inner": "5", "c_rate": "66,7 %", "twice": "4", "differs": "4 | 5", "odd": "1.0.98", "gone": "", "free": "3", "I4_total": "1234",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAChangedFigureIsSeen: whichever of the places of a figure is changed.
func TestAChangedFigureIsSeen(t *testing.T) {
	y := reporttest.Sample(20)
	file := write(t, y)
	before, err := docx.Values(file)
	if err != nil {
		t.Fatal(err)
	}
	after, err := docx.Values(changed(t, file, `<w:tag w:val="I3_total"/>`))
	if err != nil {
		t.Fatal(err)
	}
	if was, is := before["I3_total"], after["I3_total"]; was == is || !strings.Contains(is, " | ") {
		t.Errorf("%q became %q", was, is)
	}
	after["I3_total"] = before["I3_total"]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("others changed too:\n%s", diff)
	}
}

// changed puts another number after the first place of a text.
func changed(t *testing.T, file []byte, at string) []byte {
	t.Helper()
	text := string(raw(t, file, "word/document.xml"))
	head, tail, found := strings.Cut(text, at)
	if !found {
		t.Fatalf("no %s", at)
	}
	open := strings.Index(tail, `preserve">`) + len(`preserve">`)
	end := strings.Index(tail, `</w:t>`)
	return packed(t, "word/document.xml", head+at+tail[:open]+"999.999"+tail[end:])
}

func TestBadFilesAreRefused(t *testing.T) {
	good := write(t, reporttest.Sample(1))
	long := strings.Repeat("9", 5000)
	doc := func(inner string) []byte {
		return packed(t, "word/document.xml", `<w:document `+wordSpace+`>`+inner+`</w:document>`)
	}
	for name, file := range map[string][]byte{
		"nothing": nil, "no archive": []byte("PK\x03\x04 and more"), "cut": good[:len(good)/2], "no document": packed(t, "word/styles.xml", "<a/>"),
		"empty document": packed(t, "word/document.xml", ""), "no XML": packed(t, "word/document.xml", "hello"),
		"not closed": packed(t, "word/document.xml", "<w:document "+wordSpace+"><w:sdt>"), "two documents": packed(t, "word/document.xml", "<a/>", "Word/Document.xml", "<a/>"),
		"a directive": packed(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), "an entity": packed(t, "word/document.xml", `<a>&b;</a>`),
		"too deep": doc(strings.Repeat("<w:p>", 2000) + strings.Repeat("</w:p>", 2000)), "too long a value": doc(control("I2_total", said(long))),
		"too many bookmarks": doc(manyMarks()),
		"another charset":    packed(t, "word/document.xml", `<?xml version="1.0" encoding="UTF-16"?><a/>`),
	} {
		values, err := docx.Values(file)
		if !errors.Is(err, record.ErrDamaged) || values != nil {
			t.Errorf("%s: %v, %v", name, values, err)
		}
	}
}

func manyMarks() string {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, `<w:bookmarkStart w:id="%d" w:name="m%d"/>`, i, i)
	}
	return b.String()
}

func FuzzValues(f *testing.F) {
	for _, body := range []string{"", control("I2_total", said("1.098")), control("a", control("b", said("1"))+`<w:r><w:tab/></w:r>`), "<w:sdt>", "<!DOCTYPE a>", "</w:p>", `<w:bookmarkStart w:id="1" w:name="m"/>` + said("1") + `<w:bookmarkEnd w:id="1"/>`, control("x", said("&#0;"))} {
		f.Add([]byte(`<w:document `+wordSpace+`>`+body+`</w:document>`), false)
	}
	f.Add(packed(f, "word/document.xml", "<a/>"), true)
	f.Fuzz(func(t *testing.T, data []byte, file bool) {
		if !file {
			data = packed(t, "word/document.xml", string(data))
		}
		values, err := docx.Values(data)
		if (err == nil) != (values != nil) {
			t.Fatalf("%v, %v", values, err)
		}
		if err != nil && !errors.Is(err, record.ErrDamaged) {
			t.Fatal(err)
		}
	})
}
