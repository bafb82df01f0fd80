package library

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"sophobien/internal/record"
)

// typed are searches as they come in while somebody types, common words among them.
var typed = []string{
	"l", "lam", "lam t", "lam them", "lam them gi", "lam them gio", "làm thêm giờ", "nguoi lao dong", "người lao động", "lao", "hop dong lao dong",
	"hợp đồng lao động", "145/2020", "nghi dinh 145", "dieu 3", "điều 3", "tro cap thoi viec", "kỷ luật sa thải", "trong thoi han", "phai", "theo quy dinh của pháp luật",
	"thoi gian nghi thai san", "nld", "bhtn", "\"làm việc ban đêm\"", "ngành dệt may", "khong co gi nhu the nay", "thai san trong ham mo", "cua", "cac truong hop",
	"nguoi su dung lao dong phai", "co quan nha nuoc co tham quyen", "lao dong nu", "tuoi nghi huu", "muc luong", "quyen cua", "ho so", "thu tuc cho thue lai lao dong",
}

// benchLibrary is 3,000 documents, 60,000 provisions; in the folder SOPHOBIEN_BENCH_DIR
// names, where the next run finds it.
func benchLibrary(b *testing.B) *Library {
	b.Helper()
	folder := os.Getenv("SOPHOBIEN_BENCH_DIR")
	if folder == "" {
		folder = b.TempDir()
	}
	l := openLibrary(b, filepath.Join(folder, "library"))
	if have, err := l.Channels(ctx); err != nil || len(have) > 0 {
		return l
	}
	p := newProvince(b)
	file := p.build(b, 1, p.madeUp(b, 3000, 5))
	began := time.Now()
	p.install(b, l, file)
	b.Logf("installed in %v", time.Since(began))
	return l
}

// BenchmarkSearch60000 is a key stroke in a library of 3,000 documents, 60,000
// provisions.
func BenchmarkSearch60000(b *testing.B) {
	l := benchLibrary(b)
	v := on(b, l, today)
	var all []time.Duration
	worst, slow := time.Duration(0), ""
	for b.Loop() {
		for _, text := range typed {
			began := spent()
			if _, err := v.Search(ctx, record.LawFilter{Text: text, On: today}); err != nil {
				b.Fatal(err)
			}
			took := spent() - began
			all = append(all, took)
			if took > worst {
				worst, slow = took, text
			}
		}
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.Logf("worst %v: %s", worst, slow)
}

// spent is the processor time of this process: others may be using the machine.
func spent() time.Duration {
	var u unix.Rusage
	unix.Getrusage(unix.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
