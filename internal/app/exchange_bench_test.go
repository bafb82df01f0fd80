package app

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// work fills an office: so many activities with so many people each, spread over days.
func work(b testing.TB, a *App, activities, people int) {
	b.Helper()
	for i := range activities {
		act := training(fmt.Sprintf("Buổi tuyên truyền pháp luật lao động số %d", i+1))
		act.When.Date = record.Date("2026-01-05").AddDays(i * 70 / activities)
		act.When.Place = "Nhà văn hóa thôn " + fmt.Sprint(i%9+1)
		act = must(a.SaveActivity(ctx, act))(b)
		list := recordtest.Attendees(record.ID{}, int64(1+i*people), int64(people))
		for k := range list {
			list[k].Person.ID, list[k].Attendance.ID = record.ID{}, record.ID{}
		}
		must(a.SaveAttendees(ctx, act.ID, list))(b)
	}
}

// An office's month: about 300 attendances in nine sessions, sealed and written to a
// folder; then opened and folded at the province.
func BenchmarkSealMonth(b *testing.B) { benchmarkSeal(b, 9, 33) }
func BenchmarkSealYear(b *testing.B)  { benchmarkSeal(b, 108, 33) }

func benchmarkSeal(b *testing.B, activities, people int) {
	w := newLandscape(b)
	a := w.enrolled("23500")
	work(b, a, activities, people)
	s := must(a.stand(ctx))(b)
	targets := must(a.targets(ctx, &s))(b)
	for b.Loop() {
		made, err := a.sealLog(ctx, &s, &targets[0], nil, nil)
		if err != nil || len(made) != 1 {
			b.Fatalf("%d files: %v", len(made), err)
		}
		b.ReportMetric(float64(made[0].Size)/1000, "KB/bundle")
	}
}

func BenchmarkTakeInMonth(b *testing.B) { benchmarkTakeIn(b, 9, 33) }
func BenchmarkTakeInYear(b *testing.B)  { benchmarkTakeIn(b, 108, 33) }

func benchmarkTakeIn(b *testing.B, activities, people int) {
	w := newLandscape(b)
	a := w.enrolled("23500")
	work(b, a, activities, people)
	bag := b.TempDir()
	must(a.HandOver(ctx, bag, record.HandOverOptions{}))(b)
	closeApp(b, w.province)
	saved := filepath.Join(b.TempDir(), "tỉnh")
	if err := os.CopyFS(saved, os.DirFS(w.province.Folder())); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		folder := filepath.Join(b.TempDir(), fmt.Sprint(i))
		if err := os.CopyFS(folder, os.DirFS(saved)); err != nil {
			b.Fatal(err)
		}
		province := must(Open(folder, w.options()))(b)
		b.StartTimer()
		if got := must(province.TakeIn(ctx, []string{bag}, nil))(b); got.Applied != 1 {
			b.Fatalf("%+v", got)
		}
		b.StopTimer()
		closeApp(b, province)
		b.StartTimer()
	}
}

// BenchmarkProvinceYear takes the year of 96 offices in, one file each. Where
// SOPHOBIEN_BENCH_DIR names a folder, province and files stay there for whole runs of the
// command line.
func BenchmarkProvinceYear(b *testing.B) {
	w := newLandscape(b)
	bag := filepath.Join(b.TempDir(), "túi")
	units := w.province.peers.known.Roster.Units
	for _, u := range units {
		if u.To != "" {
			continue
		}
		a := w.enrolled(u.Code)
		work(b, a, 108, 33)
		must(a.HandOver(ctx, bag, record.HandOverOptions{}))(b)
	}
	if keep := os.Getenv("SOPHOBIEN_BENCH_DIR"); keep != "" {
		for name, from := range map[string]string{"province": w.province.Folder(), "files": bag} {
			if err := os.CopyFS(filepath.Join(keep, name), os.DirFS(from)); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ResetTimer()
	for range b.N { // once: it takes longer than a benchmark must
		got := must(w.province.TakeIn(ctx, []string{bag}, nil))(b)
		b.ReportMetric(float64(got.Applied), "files")
		b.ReportMetric(float64(got.Commits), "entries")
	}
}

// BenchmarkCountryMonth is a month of all 3,321 communes taken in on one core.
func BenchmarkCountryMonth(b *testing.B) {
	const communes = 3321
	w := newLandscape(b)
	known := w.province.peers.known
	r := known.Roster
	keys := make([]ed25519.PrivateKey, communes)
	for i := range keys {
		_, keys[i], _ = ed25519.GenerateKey(rand.Reader)
		pub := publicOf(keys[i])
		r.Devices = append(r.Devices, trust.RosterDevice{
			ID: seal.DeviceID(pub), Key: pub, Unit: r.Units[i%len(r.Units)].Code, Role: record.RoleOffice, Name: "máy", Recipient: w.province.keys.Recipient(),
		})
	}
	if err := w.province.publishRoster(ctx, r); err != nil {
		b.Fatal(err)
	}
	bag := b.TempDir()
	for i, key := range keys {
		writeMonth(b, w, bag, i, key, r.Units[i%len(r.Units)].Code)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	b.ResetTimer()
	for range b.N { // once: it takes longer than a benchmark must
		got := must(w.province.TakeIn(ctx, []string{bag}, nil))(b)
		if got.Applied != communes {
			b.Fatalf("%d of %d, refused %d", got.Applied, communes, got.Refused)
		}
		b.ReportMetric(float64(communes)/b.Elapsed().Seconds(), "files/s")
	}
}

// writeMonth seals a month of one machine: nine sessions of 33 people each.
func writeMonth(b testing.TB, w *landscape, bag string, machine int, key ed25519.PrivateKey, unit string) {
	b.Helper()
	author := oplog.Author{Device: oplog.DeviceOf(publicOf(key)), Officer: "x"}
	var entries []bundle.Entry
	say := func(edits []record.Edit) {
		c, secrets, err := oplog.Build(author, w.now.UnixMilli(), edits, func(record.Ref) *oplog.Row { return nil }, rand.Reader)
		if err == nil {
			err = c.SealEncoded(key)
		}
		if err != nil {
			b.Fatal(err)
		}
		author.N, author.Head, author.Time = c.N, c.Hash, c.Time
		entries = append(entries, bundle.Entry{Commit: c, Secrets: secrets})
	}
	for i := range 9 {
		act := training(fmt.Sprintf("Buổi tuyên truyền số %d", i+1))
		act.ID = w.province.newID()
		say([]record.Edit{record.Create(act)})
		var edits []record.Edit
		for _, x := range recordtest.Attendees(act.ID, int64(machine*1000+i*33+1), 33) {
			x.Person.ID, x.Attendance.ID = w.province.newID(), w.province.newID()
			x.Attendance.PersonID = x.Person.ID
			edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
		}
		say(edits)
	}
	s := bundle.Sender{Unit: unit, To: w.province.peers.known.Roster.Unit, App: "bench", Signer: key, Random: rand.Reader}
	for _, text := range w.province.peers.known.Recipients() {
		s.Recipients = append(s.Recipients, must(seal.ParseRecipient(text))(b))
	}
	st := bundle.State{Roster: w.province.peers.known.Roster.Version, Through: record.DateOf(w.now)}
	made := must(bundle.WriteLog(s, st, nil, entries, w.province.newID(), int64(machine+1), w.province.stamped()))(b)
	must(folder.Write(bag, made.Name, made.Bytes))(b)
}
