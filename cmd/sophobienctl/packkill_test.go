package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/recordtest"
	"sophobien/internal/trust"
)

// packOffice is a province that has published two packs, and an office that has the first.
type packOffice struct {
	program, work, office string
	packs                 [2]string
}

func newPackOffice(t *testing.T) *packOffice {
	t.Helper()
	work := t.TempDir()
	o := &packOffice{program: filepath.Join(work, "sophobienctl"), work: work, office: filepath.Join(work, "xa")}
	tool(t, ".", "go", "build", "-race=false", "-o", o.program, ".")
	province := filepath.Join(work, "tinh")
	for folder, unit := range map[string][2]string{province: {"2025-province", "51"}, o.office: {"2025-commune", "23500"}} {
		s := app.Starter{Folder: folder}
		setup, err := proposed(s, unit[0], unit[1])
		if err != nil {
			t.Fatal(err)
		}
		setup.OfficerName, setup.Protection = "Cán bộ", string(trust.Demo)
		made, err := s.Create(context.Background(), setup)
		if err != nil {
			t.Fatal(err)
		}
		if err := made.App.Close(); err != nil {
			t.Fatal(err)
		}
	}
	words, usb := filepath.Join(work, "words"), filepath.Join(work, "usb")
	if err := os.WriteFile(words, []byte("một hai ba bốn năm sáu\nbảy tám chín mười mươi mốt\nnúi sông biển rừng suối đồi\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	make := []string{"keys", "province", "--data", province, "--passphrases", words}
	for _, name := range []string{"1", "2", "3"} {
		stick := filepath.Join(work, name)
		if err := os.Mkdir(stick, 0o700); err != nil {
			t.Fatal(err)
		}
		make = append(make, "--stick", stick)
	}
	o.must(t, make...)
	o.must(t, "keys", "roster", "--data", province, "--out", usb)
	o.must(t, "receive", "--data", o.office, usb)
	for i, rate := range []string{"150%", "170%"} {
		folder := filepath.Join(work, "nguon", fmt.Sprint(i))
		o.sources(t, folder, rate)
		var built struct{ Path string }
		decode(t, o.must(t, "pack", "build", folder, "--data", province, "--out", usb, "--channel", "luat", "--title", "Gói "+rate, "--json"), &built)
		o.packs[i] = built.Path
	}
	o.must(t, "pack", "install", o.packs[0], "--accept", "--data", o.office)
	return o
}

// sources is a folder of some texts, which all say one rate, and of leaflets.
func (o *packOffice) sources(t *testing.T, folder, rate string) {
	t.Helper()
	files := map[string]string{}
	var items strings.Builder
	items.WriteString("id,kind,number,type,title,from\n")
	for i := range 12 {
		fmt.Fprintf(&items, ",,%d/2025/NĐ-CP,Nghị định,Quy định thử số %d,2026-01-01\n", 9001+i, i)
		files[fmt.Sprintf("%d-2025-nd-cp.txt", 9001+i)] = "Điều 1. Lương\n" + strings.Repeat("Người lao động được trả lương đúng hạn.\n", 200) + "Điều 2. Làm thêm giờ\n1. Ít nhất bằng " + rate + ".\n"
	}
	noise := make([]byte, 1<<20)
	for i := range 4 {
		rand.NewChaCha8([32]byte{byte(i), rate[1]}).Read(noise)
		fmt.Fprintf(&items, "to-roi-%d,leaflet,,,Tờ rơi %d,\n", i, i)
		files[fmt.Sprintf("files/to-roi-%d/a.pdf", i)] = string(noise)
	}
	files["items.csv"] = items.String()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (o *packOffice) must(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(o.program, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v: %s", args, err, &stderr)
	}
	return out
}

// version is what an office shows: one pack, whole, in the list, in the texts and in what is
// found.
func (o *packOffice) version(t *testing.T, data string) int64 {
	t.Helper()
	var list struct {
		Channels []struct {
			Channel        string
			Version, Shown int64
		}
	}
	decode(t, o.must(t, "pack", "list", "--json", "--data", data), &list)
	for _, c := range list.Channels {
		if c.Channel != "luat" {
			continue
		}
		rate, other := "150%", "170%"
		if c.Version == 2 {
			rate, other = other, rate
		}
		for _, item := range []string{"9001-2025-nd-cp", "9012-2025-nd-cp"} {
			if text := string(o.must(t, "law", "show", item, "--data", data)); !strings.Contains(text, rate) || strings.Contains(text, other) {
				t.Errorf("version %d, and %s says %q", c.Version, item, text[max(0, len(text)-200):])
			}
		}
		if found := string(o.must(t, "law", "search", "9012/2025 it nhat bang "+rate, "--limit", "1", "--data", data)); !strings.Contains(found, rate) {
			t.Errorf("version %d, and found is %q", c.Version, found)
		}
		return c.Version
	}
	return 0
}

// TestKillPackInstall kills the real program while it takes in a pack: the library is the old
// one or the new one, and the next try goes through.
func TestKillPackInstall(t *testing.T) {
	o := newPackOffice(t)
	copied := func() string {
		data := filepath.Join(o.work, "copy")
		remove(t, data)
		copyAll(t, o.office, data)
		return data
	}
	install := func(data string) *exec.Cmd {
		return exec.Command(o.program, "pack", "install", o.packs[1], "--accept", "--data", data)
	}
	began := time.Now()
	if out, err := install(copied()).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	takes := time.Since(began)
	random := rand.New(rand.NewPCG(7, 7))
	old, renewed, killed := 0, 0, 0
	for range recordtest.Count(t, 6, 300) {
		data := copied()
		cmd := install(data)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(takes/8+time.Duration(random.Int64N(int64(takes))), func() { cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		timer.Stop()
		if random.IntN(4) == 0 { // and the tables are gone besides
			remove(t, filepath.Join(data, "law", "law.db"))
		}
		switch v := o.version(t, data); v {
		case 1:
			old++
		case 2:
			renewed++
		default:
			t.Fatalf("version %d after a kill", v)
		}
		if out, err := install(data).CombinedOutput(); err != nil {
			t.Fatalf("again: %v: %s", err, out)
		}
		if v := o.version(t, data); v != 2 {
			t.Errorf("version %d after it went through", v)
		}
	}
	t.Logf("%d killed: %d found the old library, %d the new one", killed, old, renewed)
	if killed == 0 || old == 0 {
		t.Error("nothing was killed under way")
	}
}
