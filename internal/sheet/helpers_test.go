package sheet_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// workbook writes an .xlsx with excelize.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, data []byte, o sheet.Options) *sheet.Grid {
	t.Helper()
	g, err := sheet.Read(context.Background(), data, o)
	must(t, err)
	return g
}

// texts are the cells of a grid by line, up to the last that says something.
func texts(g *sheet.Grid) map[int][]string {
	out := map[int][]string{}
	for _, r := range g.Rows {
		row := make([]string, r.Cells[len(r.Cells)-1].Col+1)
		for _, c := range r.Cells {
			row[c.Col] = c.Text
		}
		out[r.Line] = row
	}
	return out
}

// sentence is the Vietnamese sentence of a refusal; any other error fails.
func sentence(t testing.TB, err error) string {
	t.Helper()
	var r *record.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	return r.Words.VI
}

// archive builds a zip of named parts.
func archive(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// bare is a workbook of one sheet with the given XML.
func bare(t testing.TB, sheetXML string) []byte {
	t.Helper()
	return archive(t, map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>`,
		"xl/worksheets/s.xml":        sheetXML,
	})
}
