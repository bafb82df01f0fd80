package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// TestStockToolsAndNoName does the main job from an empty folder – set up, record,
// paste 60 people, report, hand over, back up – and then checks what came out with
// tools that are not ours, and for every name, number and birth date that went in.
func TestStockToolsAndNoName(t *testing.T) {
	o := newStockOffice(t)
	people := plantedPeople(60)
	id := o.record(t, people)

	usb := filepath.Join(o.work, "usb")
	o.ctl(t, "report", "--year", "2026", "--xlsx", filepath.Join(usb, "bao-cao.xlsx"))
	sealed := o.seal(t, usb)
	o.ctl(t, "backup", "--out", filepath.Join(usb, "so.db"))
	o.ctl(t, "backup")

	plain := checkBundle(t, o, sealed)
	checkChain(t, plain, sealed.key, id)
	if err := os.Mkdir(filepath.Join(o.work, "unzipped"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, book := range []string{filepath.Join(usb, "bao-cao.xlsx"), sealed.path} {
		tool(t, o.work, "unzip", "-q", "-o", book, "-d", filepath.Join(o.work, "unzipped", filepath.Base(book)))
	}
	text := tool(t, o.work, "pdftotext", filepath.Join(o.data, "phieu-khoi-phuc.pdf"), "-")
	write(t, filepath.Join(o.work, "unzipped", "phieu.txt"), text)
	write(t, filepath.Join(o.work, "unzipped", "payload.jsonl"), plain)
	hits, files := searchPlanted(t, o.work, people)
	for _, h := range hits {
		t.Error(h)
	}
	if files < 25 {
		t.Errorf("only %d files were searched", files)
	}
}

// stockOffice is an office with everything it makes below one folder.
type stockOffice struct{ work, data string }

func newStockOffice(t *testing.T) stockOffice {
	t.Helper()
	work := t.TempDir()
	o := stockOffice{work, filepath.Join(work, "so")}
	ctx := context.Background()
	s := app.Starter{Folder: o.data}
	unit, err := s.UnitByCode("2025-commune", "23500")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Propose("2025-commune", unit.ID)
	if err != nil {
		t.Fatal(err)
	}
	setup.OfficerName, setup.Protection = "Cán bộ ghi sổ", "demo"
	made, err := s.Create(ctx, setup)
	if err != nil {
		t.Fatal(err)
	}
	office, err := made.App.Office(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"phone", "id_number", "ethnicity", "disability"} {
		office.Collects = append(office.Collects, record.Collect{Field: field, Purpose: "Mời dự đối thoại"})
	}
	if err := made.App.SaveOffice(ctx, office); err != nil {
		t.Fatal(err)
	}
	if err := made.App.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// ctl runs a command of the office that must succeed, and gives its stdout.
func (o stockOffice) ctl(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), append(args, "--data", o.data, "--json"), &stdout, &stderr); code != exitDone {
		t.Fatalf("%v: exit code %d: %s", args, code, &stderr)
	}
	return stdout.Bytes()
}

// record makes an activity with the people on its list, pasted as a spreadsheet
// gives them. The list itself is not kept: it is the input.
func (o stockOffice) record(t *testing.T, people []planted) string {
	t.Helper()
	var made struct{ ID string }
	decode(t, o.ctl(t, "activity", "add", "--title", "Tập huấn Bộ luật Lao động", "--date", "5/3/2026", "--kind", "training", "--direct"), &made)
	ctx := context.Background()
	a, err := app.Open(o.data, app.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	p, err := a.ProposeList(ctx, record.ListSource{Text: tsv(sheetOf(people))}, record.ListOptions{Of: "person"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := record.ParseID(made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.ImportList(ctx, record.ListImport{Proposal: p, Activity: id}); err != nil {
		t.Fatal(err)
	}
	list, err := a.Attendees(ctx, id)
	if err != nil || len(list) != len(people) {
		t.Fatalf("%d people on the list, want %d, %v", len(list), len(people), err)
	}
	for i, at := range list {
		want := people[i]
		if at.Person.FullName != want.name || at.Person.Phone != want.phone || at.Person.IDNumber != want.id {
			t.Fatalf("line %d holds %+v, planted %+v", i+1, at.Person, want)
		}
	}
	return made.ID
}

// sealedFile is what seal said of its file.
type sealedFile struct{ path, key string }

func (o stockOffice) seal(t *testing.T, folder string) sealedFile {
	t.Helper()
	var said struct {
		Files     []struct{ Path string }
		PublicKey string `json:"public_key"`
	}
	decode(t, o.ctl(t, "seal", "--out", folder), &said)
	if len(said.Files) != 1 {
		t.Fatalf("%d sealed files, want 1", len(said.Files))
	}
	return sealedFile{said.Files[0].Path, said.PublicKey}
}

// checkBundle opens a bundle with stock tools alone and gives its content.
func checkBundle(t *testing.T, o stockOffice, f sealedFile) []byte {
	t.Helper()
	folder := t.TempDir()
	tool(t, folder, "unzip", "-tq", f.path)
	tool(t, folder, "unzip", "-q", f.path)
	said := string(tool(t, folder, "minisign", "-V", "-H", "-p", f.key, "-m", "envelope.json", "-x", "envelope.json.minisig"))
	var env struct {
		PlainSHA256 string `json:"plain_sha256"`
		PII         bool
		Lines       int
	}
	decode(t, read(t, filepath.Join(folder, "envelope.json")), &env)
	sum, _, _ := strings.Cut(string(tool(t, folder, "sha256sum", "payload.jsonl.gz.age")), " ")
	if !strings.Contains(said, "payload=sha256:"+sum+"\n") {
		t.Errorf("the payload's sum %s is not the one minisign vouches for: %s", sum, said)
	}
	age := filepath.Join(t.TempDir(), "age")
	tool(t, ".", "go", "build", "-o", age, "filippo.io/age/cmd/age")
	tool(t, folder, age, "-d", "-i", filepath.Join(o.data, "keys", "practice.agekey"), "-o", "payload.jsonl.gz", "payload.jsonl.gz.age")
	tool(t, folder, "gunzip", "payload.jsonl.gz")
	if got, _, _ := strings.Cut(string(tool(t, folder, "sha256sum", "payload.jsonl")), " "); got != env.PlainSHA256 {
		t.Errorf("the content's sum is %s, signed was %s", got, env.PlainSHA256)
	}
	if env.PII {
		t.Error("the envelope says that personal values are inside")
	}
	return read(t, filepath.Join(folder, "payload.jsonl"))
}

// searchPlanted looks into every file below a folder, and at its name, for every
// value that names or singles out a person.
func searchPlanted(t *testing.T, folder string, people []planted) (hits []string, files int) {
	t.Helper()
	var needles []string
	for _, p := range people {
		day, month, year := p.birth[:2], p.birth[3:5], p.birth[6:]
		needles = append(needles, p.name, p.phone, p.phone[1:], p.id, p.birth, year+"-"+month+"-"+day)
	}
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		text := append([]byte(path+"\n"), read(t, path)...)
		for _, n := range needles {
			if bytes.Contains(text, []byte(n)) {
				hits = append(hits, path+" holds "+n)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits, files
}

// TestSearchFindsWhatIsThere keeps the test above honest: every value is of its
// own, and each is found where it does stand.
func TestSearchFindsWhatIsThere(t *testing.T) {
	people := plantedPeople(60)
	folder := t.TempDir()
	write(t, filepath.Join(folder, people[0].name), []byte(tsv(sheetOf(people))))
	hits, _ := searchPlanted(t, folder, people)
	// The folder's one file holds each value as listed (births are not listed year
	// first), and bears the first name.
	if want := 5 * 60; len(hits) != want {
		t.Errorf("%d hits, want %d", len(hits), want)
	}
	seen := map[string]bool{}
	for _, h := range hits {
		if seen[h] {
			t.Errorf("planted twice: %s", h)
		}
		seen[h] = true
	}
}

// tool runs a program in a folder and gives what it printed.
func tool(t *testing.T, folder, name string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is not installed; make test installs it", name)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out, &problems)
	}
	return out
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func decode(t *testing.T, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
}
