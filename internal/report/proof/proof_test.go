package proof_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/report/proof"
)

func texts(values ...string) (out []proof.Text) {
	for _, v := range values {
		out = append(out, proof.Text{Value: v})
	}
	return out
}

func TestCompareNamesWhatWasAltered(t *testing.T) {
	workbook := proof.Proof{Kind: "workbook", Figures: []proof.Figure{{Name: "CT_I4_total", Words: record.Words{VI: "I4 Cuộc"}, Value: "24"}},
		Texts: []proof.Text{{At: "Trang!A1", Value: "24"}, {At: "Trang!B1", Value: "0.6666666666666666"}}}
	document := proof.Proof{Kind: "document", Texts: texts("Một.", "Hai.", "Ba.", "Hai.")}
	cell := func(at, signed, found string) proof.Fault {
		return proof.Fault{Words: record.Words{VI: "Trang “Trang”, ô " + at, EN: "Sheet “Trang”, cell " + at}, Signed: signed, Found: found}
	}
	paragraph := func(signed, found string) proof.Fault {
		return proof.Fault{Words: record.Words{VI: "Đoạn văn", EN: "Paragraph"}, Signed: signed, Found: found}
	}
	for _, tt := range []struct {
		name string
		p    proof.Proof
		now  proof.Content
		want []proof.Fault
	}{
		{"the same, a number with fewer digits", workbook, proof.Content{Figures: map[string]string{"CT_I4_total": "24"}, Texts: []proof.Text{{At: "Trang!A1", Value: "24"}, {At: "Trang!B1", Value: "0.666666666666667"}}}, nil},
		{"a figure", workbook, proof.Content{Figures: map[string]string{"CT_I4_total": "25"}, Texts: []proof.Text{{At: "Trang!A1", Value: "25"}, {At: "Trang!B1", Value: "0.6666666666666666"}}},
			[]proof.Fault{{Figure: "CT_I4_total", Words: record.Words{VI: "I4 Cuộc"}, Signed: "24", Found: "25"}, cell("A1", "24", "25")}},
		{"a cell gone, one come, a name dropped", workbook, proof.Content{Texts: []proof.Text{{At: "Trang!A1", Value: "24"}, {At: "Trang!C9", Value: "x"}}},
			[]proof.Fault{cell("B1", "0.6666666666666666", ""), cell("C9", "", "x")}},
		{"a document", document, proof.Content{Texts: texts("Một.", "Hai.", "Ba.", "Hai.")}, nil},
		{"a paragraph", document, proof.Content{Texts: texts("Một.", "Hai.", "Bốn.", "Hai.")}, []proof.Fault{paragraph("Ba.", "Bốn.")}},
		{"one gone", document, proof.Content{Texts: texts("Một.", "Hai.", "Hai.")}, []proof.Fault{paragraph("Ba.", "")}},
		{"one twice", document, proof.Content{Texts: texts("Một.", "Hai.", "Ba.", "Hai.", "Hai.")}, []proof.Fault{paragraph("", "Hai.")}},
		{"another order", document, proof.Content{Texts: texts("Một.", "Ba.", "Hai.", "Hai.")},
			[]proof.Fault{{Words: record.Words{VI: "Thứ tự các đoạn văn", EN: "The order of paragraphs"}, Signed: "Hai.", Found: "Ba."}}},
	} {
		if diff := cmp.Diff(tt.want, tt.p.Compare(tt.now)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestEveryAlterationIsFound: whatever single text is changed, added or taken away.
func TestEveryAlterationIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "7", "7,5"}), 1, 12).Draw(t, "texts")
		p := proof.Proof{Kind: "document", Texts: texts(words...)}
		now := append([]string{}, words...)
		at := rapid.IntRange(0, len(now)-1).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			now[at] = "khác"
		case 1:
			now = append(now[:at], now[at+1:]...)
		default:
			now = append(now, "thêm")
		}
		if len(p.Compare(proof.Content{Texts: texts(now...)})) == 0 {
			t.Errorf("%q → %q was not found", words, now)
		}
	})
}

func archive(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		p, err := w.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(p, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func workbook(t testing.TB) []byte {
	return archive(t, "[Content_Types].xml", "<Types></Types>", "xl/workbook.xml", "<workbook/>", "xl/_rels/workbook.xml.rels", "<Relationships></Relationships>")
}

func TestAProofIsReadAsItWasPutIn(t *testing.T) {
	s := proof.Sealed{Body: []byte(`{"sopb-proof":1}`), Key: "khóa\n", Signature: "chữ ký\n"}
	file := workbook(t)
	if _, err := proof.Read(file); !errors.Is(err, proof.ErrNone) {
		t.Errorf("a file without one: %v", err)
	}
	out, err := proof.Attach(file, s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := proof.Attach(file, s)
	if err != nil || !bytes.Equal(out, again) {
		t.Errorf("the same parts gave other bytes (%v)", err)
	}
	got, err := proof.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s, got); diff != "" {
		t.Error(diff)
	}
	if _, err := proof.Attach(out, s); err == nil {
		t.Error("a second proof was put in")
	}
	own := archive(t, "[Content_Types].xml", "<Types></Types>", "xl/_rels/workbook.xml.rels", "<Relationships></Relationships>", "customXml/item1.xml", "<own/>", "customXml/itemProps2.xml", "<own/>")
	if out, err = proof.Attach(own, s); err != nil {
		t.Fatal(err)
	}
	if got, err := proof.Read(out); err != nil || !bytes.Equal(got.Body, s.Body) {
		t.Errorf("beside a template's own parts: %v", err)
	}
	if _, err := proof.Attach(archive(t, "a.xml", "<a/>"), s); err == nil {
		t.Error("a file that is no workbook was taken")
	}
}

// TestBadFilesAreRefusedInASentence.
func TestBadFilesAreRefusedInASentence(t *testing.T) {
	part := `<proof xmlns="urn:sophobien:report-proof:1"><key>a2V5</key><signature>c2ln</signature><body>%%%</body></proof>`
	whole, err := proof.Attach(workbook(t), proof.Sealed{Body: []byte("{}")})
	if err != nil {
		t.Fatal(err)
	}
	item := `<proof xmlns="urn:sophobien:report-proof:1"><key></key><signature></signature><body></body></proof>`
	for name, file := range map[string][]byte{
		"no archive":   []byte("không phải"),
		"cut off":      whole[:len(whole)/2],
		"no base64":    archive(t, "customXml/item3.xml", part),
		"two proofs":   archive(t, "customXml/item1.xml", item, "customXml/item2.xml", item),
		"an empty one": archive(t, "customXml/item1.xml", item),
	} {
		if _, err := proof.Read(file); !errors.Is(err, record.ErrDamaged) || record.SentenceOf(err, "vi") == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for body, want := range map[string]error{"{": record.ErrDamaged, "{}": record.ErrDamaged, `{"sopb-proof":2}`: record.ErrNewer} {
		if _, err := proof.Decode([]byte(body)); !errors.Is(err, want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	whole, err := proof.Attach(workbook(f), proof.Sealed{Body: []byte(`{"sopb-proof":1}`), Key: "k", Signature: "s"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := proof.Read(file)
		if err != nil && !errors.Is(err, proof.ErrNone) && record.SentenceOf(err, "vi") == "" {
			t.Errorf("no sentence for %v", err)
		}
		if err == nil {
			proof.Decode(s.Body)
		}
	})
}
