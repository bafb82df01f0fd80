package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

// A small file that expands beyond the limit stops there, wherever the many bytes are.
func TestBomb(t *testing.T) {
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="b" Type="x/worksheet" Target="s.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="t.xml"/></Relationships>`,
		"xl/s.xml":                   `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
		"xl/t.xml":                   `<sst></sst>`,
	}
	for _, part := range []string{"", "xl/s.xml", "xl/t.xml", "xl/workbook.xml"} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range parts {
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if name == part {
				text = strings.Repeat(" ", 1<<20) + text
			}
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		_, err := openWorkbook(context.Background(), b.Bytes(), Options{}, 1<<19)
		if bomb := errors.Is(err, errBomb); bomb != (part != "") {
			t.Errorf("%q: %v", part, err)
		}
	}
}
