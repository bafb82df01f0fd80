package docx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sophobien/assets"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/reporttest"
)

// TestLibreOfficePrintsIt: every figure of the text is on paper, pages are numbered from the
// second, each annex by itself, and the type is as wide as Times New Roman.
func TestLibreOfficePrintsIt(t *testing.T) {
	y := reporttest.Sample(60)
	paper := printed(t, write(t, y))
	pages := strings.Split(strings.TrimSuffix(paper.text, "\f"), "\f")
	if len(pages) < 8 {
		t.Fatalf("%d pages", len(pages))
	}
	want := 0
	for i, p := range pages {
		want++
		if strings.Contains(p, "(Kèm theo Báo cáo số") {
			want = 1
		}
		first := strings.TrimSpace(strings.SplitN(strings.TrimLeft(p, "\n"), "\n", 2)[0])
		if number := regexp.MustCompile(`^\d+$`).MatchString(first); number != (want > 1) || number && first != fmt.Sprint(want) {
			t.Errorf("page %d begins %q, want page %d of its part", i+1, first, want)
		}
	}
	all := strings.Join(strings.Fields(paper.text), " ")
	for _, f := range y.Figures.Indicators {
		if len(f.Split) == 0 && !strings.Contains(all, report.Grouped(fmt.Sprint(f.Value), "vi")) {
			t.Errorf("no page says %s = %d", f.Code, f.Value)
		}
	}
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "66,7 %", "Nơi nhận:", "- Lưu: VT, VHXH.", reporttest.Signer, "Phụ lục V"} {
		if !strings.Contains(all, want) {
			t.Errorf("no page says %q", want)
		}
	}
	if !strings.Contains(paper.fonts, "LiberationSerif") || strings.Contains(paper.fonts, "DejaVu") {
		t.Errorf("fonts:\n%s", paper.fonts)
	}
	if heads := strings.Count(paper.text, "Tên hoạt động"); heads < 3 {
		t.Errorf("the head of the long table stands on %d pages", heads)
	}
}

// TestFiguresOutliveAnotherProgram that drops the tags of content controls when it saves.
func TestFiguresOutliveAnotherProgram(t *testing.T) {
	y := reporttest.Sample(5)
	file := write(t, y)
	again, err := os.ReadFile(converted(t, file, "docx"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(file, again) {
		t.Fatal("it was not saved again")
	}
	values, err := docx.Values(again)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range y.Figures.Indicators {
		if name := report.FigureName(f); values[name] != fmt.Sprint(f.Value) {
			t.Errorf("%s is %q, want %d", name, values[name], f.Value)
		}
	}
}

type paper struct{ text, fonts string }

// printed is what LibreOffice prints.
func printed(t *testing.T, file []byte) paper {
	t.Helper()
	out := converted(t, file, "pdf")
	return paper{text: tool(t, "pdftotext", "-layout", out, "-"), fonts: tool(t, "pdffonts", out)}
}

// converted lets LibreOffice open a document and save it, in a profile of its own and with
// our faces.
func converted(t *testing.T, file []byte, format string) string {
	t.Helper()
	dir := t.TempDir()
	fonts := filepath.Join(dir, "share", "fonts")
	if err := os.MkdirAll(fonts, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, face := range []string{"Regular", "Bold", "Italic", "BoldItalic"} {
		name := "LiberationSerif-" + face + ".ttf"
		data, err := assets.Fonts.ReadFile("fonts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(fonts, name), data)
	}
	in := filepath.Join(dir, "in.docx")
	put(t, in, file)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	profile := url.URL{Scheme: "file", Path: filepath.Join(dir, "profile")}
	cmd := exec.CommandContext(ctx, "soffice", "-env:UserInstallation="+profile.String(), "--headless", "--norestore",
		"--convert-to", format, "--outdir", filepath.Join(dir, "out"), in)
	cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+filepath.Join(dir, "share"))
	out := filepath.Join(dir, "out", "in."+format)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice (package libreoffice-writer, installed by make test): %v\n%s", err, said)
	}
	if _, err := os.Stat(out); err != nil {
		t.Fatalf("LibreOffice (package libreoffice-writer, installed by make test) wrote nothing: %v\n%s", err, said)
	}
	return out
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s (package poppler-utils, installed by make test): %v", name, err)
	}
	return string(out)
}

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// raw is one part of a file.
func raw(t *testing.T, file []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
