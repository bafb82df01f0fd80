package app

import (
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// keepers are the three persons of the landscape's province with their sticks.
func (w *landscape) keepers() (k [3]record.RootStick) {
	w.t.Helper()
	for i := range k {
		k[i] = record.RootStick{Place: filepath.Join(w.t.TempDir(), "usb"), Passphrase: "mot hai ba bon nam sau"}
		if err := os.CopyFS(k[i].Place, os.DirFS(rootStick(i))); err != nil {
			w.t.Fatal(err)
		}
	}
	return k
}

// lose deletes the province's PC and begins an empty one in its place.
func (w *landscape) lose() *App {
	w.t.Helper()
	closeApp(w.t, w.province)
	if err := os.RemoveAll(w.province.Folder()); err != nil {
		w.t.Fatal(err)
	}
	made, err := w.make(filepath.Join(w.t.TempDir(), "moi"), "2025-province", "51") // with keys of its own
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { made.Close() })
	w.province = made
	return made
}

// TestAProvinceIsRebuiltFromTwoSticks: its disk is dead, its folder gone. A new PC, two of
// the sticks and the roster of any office are a province again, to which no office has to
// be introduced: what was sealed to the lost keys is taken in, what had been accepted is
// handed over again, and its roster and receipts are believed.
func TestAProvinceIsRebuiltFromTwoSticks(t *testing.T) {
	w := newLandscape(t)
	k := w.keepers()
	a, silent := w.enrolled("23500"), w.enrolled("23284")
	early := newTraining(t, a, "Đã nhận trước khi hỏng đĩa")
	w.handOver(a)
	newTraining(t, a, "Sau lần ấy")
	newTraining(t, silent, "Đang trên đường khi hỏng đĩa")
	underway := w.bag()
	must(silent.HandOver(ctx, underway, record.HandOverOptions{}))(t)
	fingerprint := a.peers.known.Fingerprint()

	p, roster := w.lose(), w.bag()
	must(a.WriteRoster(ctx, roster))(t) // an office has it still
	made := must(p.RebuildProvince(ctx, record.Rebuild{Sticks: []record.RootStick{k[0], k[2]}, Roster: roster}))(t)
	if made.RootFingerprint != fingerprint || !made.Opens || made.Recovery == "" || made.Machines != 4 {
		t.Errorf("rebuilt: %+v", made)
	}
	if got := w.takeIn(p, underway); got.Commits == 0 {
		t.Errorf("sealed to the lost keys: %+v", got)
	}
	for _, office := range []*App{a, silent} {
		back := w.bag()
		must(p.HandOver(ctx, back, record.HandOverOptions{}))(t)
		w.takeIn(office, back)
		if x := must(office.Exchange(ctx))(t); (x.Unaccepted == 0) != (office == silent) || !x.Confirmed || !x.Enrolled {
			t.Errorf("an office does not hear that its work is gone: %+v", x)
		}
		w.handOver(office)
		if x := must(office.Exchange(ctx))(t); x.Unaccepted != 0 || x.Waiting != 0 {
			t.Errorf("in the end: %+v", x)
		}
	}
	if got := must(p.Activity(ctx, early.ID))(t); got.Title != early.Title {
		t.Errorf("not handed over again: %+v", got)
	}
	for office, unit := range map[*App]string{a: "23500", silent: "23284"} {
		if must(p.db.OpenDigest(ctx, unit))(t) != must(office.db.OpenDigest(ctx, ""))(t) {
			t.Errorf("%s shows another register than the province", unit)
		}
	}
	w.handOver(silent) // and on, as ever
	agree(t, p)

	t.Run("and once more", func(t *testing.T) {
		roster := w.bag()
		must(silent.WriteRoster(ctx, roster))(t)
		p := w.lose()
		made := must(p.RebuildProvince(ctx, record.Rebuild{Sticks: []record.RootStick{k[2], k[1]}, Roster: roster}))(t)
		if fresh := must(os.ReadDir(k[2].Place))(t); !made.Opens || len(fresh) != 4 {
			t.Errorf("the third stick holds %d files; %+v", len(fresh), made)
		}
		newTraining(t, a, "Sau lần hai")
		w.handOver(a)
		w.handOver(a)
		if x := must(a.Exchange(ctx))(t); x.Unaccepted != 0 || x.Waiting != 0 {
			t.Errorf("after another loss: %+v", x)
		}
	})
}

// TestARebuiltProvinceGoesOnFromItsBackup: what the province had said is in the backup, and
// counts on.
func TestARebuiltProvinceGoesOnFromItsBackup(t *testing.T) {
	w := newLandscape(t)
	k := w.keepers()
	a := w.enrolled("23500")
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Nghỉ Tết có tính lương không?"}))(t)
	w.handOver(a)
	there := must(store1[record.Question](w.province, q.Ref()))(t)
	there.Answer, there.AnsweredOn, there.AnsweredBy = "Có, theo Điều 112.", "2026-03-19", "Sở Nội vụ"
	must(w.province.SaveQuestion(ctx, there))(t)
	w.handOver(a)
	backup := filepath.Join(t.TempDir(), "so.db")
	must(w.province.Backup(ctx, backup))(t)
	closeApp(t, w.province)

	folder := filepath.Join(t.TempDir(), "moi")
	must(Restore(ctx, backup, folder, "", w.options()))(t)
	w.province = w.open(folder)
	p, roster := w.province, w.bag()
	must(a.WriteRoster(ctx, roster))(t)
	must(p.RebuildProvince(ctx, record.Rebuild{Sticks: k[1:], Roster: roster}))(t)
	if got := must(store1[record.Question](p, q.Ref()))(t); got.Answer != there.Answer {
		t.Errorf("the answer is lost: %+v", got)
	}
	newTraining(t, a, "Tiếp tục")
	w.handOver(a)
	if x := must(a.Exchange(ctx))(t); x.Unaccepted != 0 {
		t.Errorf("an office: %+v", x)
	}
	later := must(store1[record.Question](p, q.Ref()))(t)
	later.Answer = "Có, theo Điều 112 khoản 1."
	must(p.SaveQuestion(ctx, later))(t)
	w.handOver(a)
	if got := must(store1[record.Question](a, q.Ref()))(t); got.Answer != later.Answer {
		t.Errorf("the office reads %q", got.Answer)
	}
	agree(t, p)
	agree(t, a)
}

func TestRebuildSaysWhatIsMissing(t *testing.T) {
	w := newLandscape(t)
	k, roster := w.keepers(), w.bag()
	must(w.province.WriteRoster(ctx, roster))(t)
	whole := record.Rebuild{Sticks: k[:2], Roster: roster}
	if _, err := w.province.RebuildProvince(ctx, whole); !errors.Is(err, record.ErrConflict) {
		t.Errorf("where the keys are = %v", err)
	}
	p := w.lose()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign := record.RootStick{Place: filepath.Join(t.TempDir(), "SPB_goc_51_1.age"), Passphrase: "cua tinh khac"}
	if err := os.WriteFile(foreign.Place, must(trust.SealRootKey(key, foreign.Passphrase))(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]struct {
		change func(*record.Rebuild)
		want   error
	}{
		"no roster":           {func(r *record.Rebuild) { r.Roster = "" }, record.ErrNotFound},
		"one stick twice":     {func(r *record.Rebuild) { r.Sticks[1] = k[0] }, record.ErrInvalid},
		"one stick":           {func(r *record.Rebuild) { r.Sticks = k[:1] }, record.ErrNotTrusted},
		"a wrong passphrase":  {func(r *record.Rebuild) { r.Sticks[0].Passphrase = "sai" }, record.ErrPassphrase},
		"an empty stick":      {func(r *record.Rebuild) { r.Sticks[0].Place = t.TempDir() }, record.ErrNotFound},
		"of another province": {func(r *record.Rebuild) { r.Sticks[1] = foreign }, record.ErrNotTrusted},
	} {
		r := record.Rebuild{Sticks: slices.Clone(whole.Sticks), Roster: roster}
		try.change(&r)
		if _, err := p.RebuildProvince(ctx, r); !errors.Is(err, try.want) {
			t.Errorf("%s = %v", name, err)
		}
	}
	if x := must(p.Exchange(ctx))(t); x.Signs {
		t.Error("a refused try left keys")
	}
	if got := must(p.RebuildProvince(ctx, whole))(t); got.Opens || got.Recovery != "" {
		t.Errorf("without the third stick: %+v", got)
	}
	if x := must(p.Exchange(ctx))(t); !x.Signs || !x.Confirmed {
		t.Errorf("rebuilt: %+v", x)
	}
}
