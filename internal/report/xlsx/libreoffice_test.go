package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// alwaysRecalculate tells LibreOffice to believe no value a file carries.
const alwaysRecalculate = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

// TestLibreOfficeCalculatesTheSame spoils the values our formulas carry, lets
// LibreOffice open the file, calculate and save it, and finds every cell of every
// sheet as we had written it.
func TestLibreOfficeCalculatesTheSame(t *testing.T) {
	ours := fill(t, shipped(t, "ke-hoach"), sample(60))
	spoiled, formulas := spoil(t, ours)
	if formulas < 30 {
		t.Fatalf("only %d formulas with a number as their value", formulas)
	}
	theirs := convert(t, spoiled)
	want, got := open(t, ours), open(t, theirs)
	if diff := cmp.Diff(want.GetSheetList(), got.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-ours +LibreOffice):\n%s", diff)
	}
	for _, sheet := range want.GetSheetList() {
		if diff := cmp.Diff(trimmed(raw(t, want, sheet)), trimmed(raw(t, got, sheet))); diff != "" {
			t.Errorf("%s (-ours +LibreOffice):\n%s", sheet, diff)
		}
	}
	if n, m := len(want.GetDefinedName()), len(got.GetDefinedName()); m < n {
		t.Errorf("LibreOffice kept %d of %d names", m, n)
	}
}

// trimmed leaves out empty cells and rows at the ends.
func trimmed(rows [][]string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.TrimRight(strings.Join(r, "\t"), "\t"))
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

var carried = regexp.MustCompile(`(<c r="[A-Z]+\d+" s="\d+"><f>[^<]+</f><v>)-?[\d.]+(</v>)`)

// empty is a formula that says nothing, as the change from a year there is not.
var empty = regexp.MustCompile(`<c r="[A-Z]+\d+" s="\d+" t="str"><f>[^<]+</f>(<v></v>)?</c>`)

// spoil puts a wrong number in the place of every value a formula carries.
func spoil(t *testing.T, b []byte) ([]byte, int) {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to, n := zip.NewWriter(&out), 0
	for _, f := range from.File {
		part := unpack(t, f)
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			n += len(carried.FindAll(part, -1))
			if bare := bytes.Count(part, []byte("<f>")) - len(carried.FindAll(part, -1)) - len(empty.FindAll(part, -1)); bare != 0 {
				t.Errorf("%s: %d formulas without a number as their value", f.Name, bare)
			}
			part = carried.ReplaceAll(part, []byte("${1}-999999${2}"))
		}
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), n
}

func unpack(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	part, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return part
}

// convert lets LibreOffice open a workbook and save it again, in a profile of its own.
func convert(t *testing.T, b []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(user, "registrymodifications.xcu"), []byte(alwaysRecalculate))
	in := filepath.Join(dir, "in.xlsx")
	put(t, in, b)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	profile := url.URL{Scheme: "file", Path: filepath.Join(dir, "profile")}
	said, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation="+profile.String(), "--headless", "--norestore",
		"--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice (package libreoffice-calc, installed by make test): %v\n%s", err, said)
	}
	out, err := os.ReadFile(filepath.Join(dir, "out", "in.xlsx"))
	if err != nil {
		t.Fatalf("LibreOffice wrote nothing: %v\n%s", err, said)
	}
	return out
}

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// partOf is a part of a file, as text.
type partOf struct{ name, text string }

func parts(t *testing.T, b []byte) []partOf {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out []partOf
	for _, f := range z.File {
		out = append(out, partOf{f.Name, string(unpack(t, f))})
	}
	return out
}

// TestATemplateSavedByLibreOfficeStillFills with the same values.
func TestATemplateSavedByLibreOfficeStillFills(t *testing.T) {
	template := shipped(t, "ke-hoach")
	want, got := open(t, fill(t, template, sample(30))), open(t, fill(t, convert(t, template), sample(30)))
	for _, sheet := range want.GetSheetList() {
		if diff := cmp.Diff(trimmed(raw(t, want, sheet)), trimmed(raw(t, got, sheet))); diff != "" {
			t.Errorf("%s (-ours +LibreOffice's):\n%s", sheet, diff)
		}
	}
}
