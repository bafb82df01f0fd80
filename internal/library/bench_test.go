package library

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// typed are searches as they come in while somebody types, common words among them.
var typed = []string{
	"l", "lam", "lam t", "lam them", "lam them gi", "lam them gio", "làm thêm giờ", "nguoi lao dong", "người lao động", "lao", "hop dong lao dong",
	"hợp đồng lao động", "145/2020", "nghi dinh 145", "dieu 3", "điều 3", "tro cap thoi viec", "kỷ luật sa thải", "trong thoi han", "phai", "theo quy dinh của pháp luật",
	"thoi gian nghi thai san", "nld", "bhtn", "\"làm việc ban đêm\"", "ngành dệt may", "khong co gi nhu the nay", "thai san trong ham mo", "cua", "cac truong hop",
	"nguoi su dung lao dong phai", "co quan nha nuoc co tham quyen", "lao dong nu", "tuoi nghi huu", "muc luong", "quyen cua", "ho so", "thu tuc cho thue lai lao dong",
}

// benchFolder is where a benchmark leaves what the next one, or another program, needs:
// scripts/bench.sh names it.
func benchFolder(b *testing.B) string {
	b.Helper()
	if folder := os.Getenv("SOPHOBIEN_BENCH_DIR"); folder != "" {
		return folder
	}
	return b.TempDir()
}

// BenchmarkSearch60000 is a key stroke in a library of 3,000 documents, 60,000
// provisions. It leaves the times beside the library, and the same texts and questions as
// SQL for another program that has FTS5.
func BenchmarkSearch60000(b *testing.B) {
	folder := benchFolder(b)
	l := openLibrary(b, filepath.Join(folder, "library"))
	have, err := l.Channels(ctx)
	if err != nil {
		b.Fatal(err)
	}
	if len(have) == 0 {
		p := newProvince(b)
		p.install(b, l, p.build(b, 1, p.madeUp(b, 3000, 5)))
		writePeer(b, l, folder)
	}
	v := on(b, l, today)
	var all []time.Duration
	for b.Loop() {
		for _, text := range typed {
			began := time.Now()
			if _, err := v.Search(ctx, record.LawFilter{Text: text, On: today}); err != nil {
				b.Fatal(err)
			}
			all = append(all, time.Since(began))
		}
	}
	times := make([]string, len(all))
	for i, took := range all {
		times[i] = fmt.Sprintf("%.3f", took.Seconds()*1000)
	}
	if err := os.WriteFile(filepath.Join(folder, "ours.ms"), []byte(strings.Join(times, "\n")+"\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	slices.Sort(all)
	b.ReportMetric(all[len(all)*95/100].Seconds()*1000, "p95-ms")
	b.ReportMetric(all[len(all)/2].Seconds()*1000, "p50-ms")
}

// writePeer writes the texts as they are indexed and the questions with bm25, as the plain
// way to ask FTS5.
func writePeer(b *testing.B, l *Library, folder string) {
	b.Helper()
	f, err := os.Create(filepath.Join(folder, "peer-load.sql"))
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
	fmt.Fprintln(w, "CREATE VIRTUAL TABLE f USING fts5 (body, folded, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');\nBEGIN;")
	for _, e := range on(b, l, today).cat.entries {
		t, err := l.Text(e.Wordings[0].SHA256)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range pieces(t) {
			if p.heads {
				text := strings.ToLower(p.head + "\n" + p.body)
				fmt.Fprintf(w, "INSERT INTO f (body, folded) VALUES (%s, %s);\n", quote(text), quote(law.Fold(text)))
			}
		}
	}
	fmt.Fprintln(w, "COMMIT;")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	var ask strings.Builder
	ask.WriteString(".timer on\n")
	for _, text := range typed {
		fmt.Fprintf(&ask, "SELECT count(*) FROM (SELECT rowid FROM f WHERE f MATCH %s ORDER BY bm25(f, 10, 1) LIMIT 50);\n", quote(law.ParseQuery(text).Match))
	}
	if err := os.WriteFile(filepath.Join(folder, "peer-ask.sql"), []byte(ask.String()), 0o600); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkInstall200MB takes in a pack of 200 MB: 2,000 documents and leaflets that no
// compression makes smaller. It leaves the pack and the root for a run of its own, whose
// peak memory can be seen from outside.
func BenchmarkInstall200MB(b *testing.B) {
	folder := benchFolder(b)
	p := newProvince(b)
	items := p.madeUp(b, 2000, 5)
	rng := rand.New(rand.NewPCG(3, 3))
	for n := range 80 {
		bytes := make([]byte, 2_450_000)
		for i := range bytes {
			bytes[i] = byte(rng.Uint32())
		}
		sum, size := p.put(bytes)
		items = append(items, pack.Item{ID: fmt.Sprintf("to-roi-%d", n), Version: 1, Kind: "leaflet", Title: "Tờ rơi", Files: []pack.Attachment{{Name: "t.pdf", SHA256: sum, Size: size}}})
	}
	file := p.build(b, 1, items)
	root, err := p.chain[0].Encode()
	if err != nil {
		b.Fatal(err)
	}
	for name, content := range map[string][]byte{"pack.zip": file, "root.json": root} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		b.StopTimer()
		l := newLibrary(b)
		f, err := p.open(b, l, file)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := l.Install(ctx, f, now, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen60000 is the first look at a library after the program began.
func BenchmarkOpen60000(b *testing.B) {
	folder := filepath.Join(benchFolder(b), "library")
	l := openLibrary(b, folder)
	if have, err := l.Channels(ctx); err != nil || len(have) == 0 {
		p := newProvince(b)
		p.install(b, l, p.build(b, 1, p.madeUp(b, 3000, 5)))
	}
	for b.Loop() {
		l.forget()
		on(b, l, today)
	}
}
