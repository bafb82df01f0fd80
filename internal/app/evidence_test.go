package app

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// photo puts a JPEG of one colour on the disk.
func photo(t testing.TB, name string, shade uint8) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.SetGray(int(shade)%64, 3, color.Gray{255 - shade})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// refusedWith holds an error to a kind and to words of its sentence.
func refusedWith(t testing.TB, err, kind error, words string) {
	t.Helper()
	if !errors.Is(err, kind) || !strings.Contains(record.SentenceOf(err, "vi"), words) {
		t.Errorf("refused with %v, want %v with %q", err, kind, words)
	}
}

func evidenceCount(t testing.TB, a *App, owner record.Ref) int {
	t.Helper()
	return len(must(a.EvidenceOf(ctx, owner))(t))
}

func TestEvidenceIsKeptCaptionedTakenAwayAndBroughtBack(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn có ảnh")
	path := photo(t, "Ảnh lớp.jpg", 90)
	e := must(a.AddEvidence(ctx, act.Ref(), path))(t)
	if e.Kind != "photo" || e.Name != "Ảnh lớp.jpg" || e.Width != 64 || e.OwnerID != act.ID {
		t.Errorf("kept %+v", e)
	}
	_, err := a.AddEvidence(ctx, act.Ref(), path)
	refusedWith(t, err, record.ErrConflict, "đã có trong minh chứng")
	other := newTraining(t, a, "Buổi khác")
	must(a.AddEvidence(ctx, other.Ref(), path))(t)

	if got := must(a.CaptionEvidence(ctx, e.ID, "  Toàn cảnh lớp học "))(t); got.Caption != "Toàn cảnh lớp học" {
		t.Errorf("captioned %q", got.Caption)
	}
	thumb := must(a.Thumbnail(ctx, e.SHA256, 32))(t)
	if img, err := jpeg.Decode(bytes.NewReader(thumb)); err != nil || img.Bounds().Dx() != 32 {
		t.Errorf("thumbnail: %v", err)
	}
	out := filepath.Join(t.TempDir(), "mới", "ra.jpg")
	if err := a.SaveEvidenceAs(ctx, e.ID, out); err != nil {
		t.Fatal(err)
	}
	if log := must(a.CustodyLog(ctx))(t); len(log) != 1 || log[0].Kind != "export" || log[0].What != "Minh chứng “"+e.Name+"”, chép ra tệp" {
		t.Errorf("log %+v", log)
	}
	if info, err := os.Stat(out); err != nil || info.Size() != e.Size {
		t.Errorf("saved %v, %v", info, err)
	}

	ch := must(a.RemoveEvidence(ctx, e.ID))(t)
	if ch.Words.VI != "Xóa minh chứng" || evidenceCount(t, a, act.Ref()) != 0 {
		t.Errorf("removed: %q, %d left", ch.Words.VI, evidenceCount(t, a, act.Ref()))
	}
	must(a.Undo(ctx, ch.Batch))(t)
	if list := must(a.EvidenceOf(ctx, act.Ref()))(t); len(list) != 1 || list[0].Caption != "Toàn cảnh lớp học" {
		t.Errorf("brought back %+v", list)
	}
	agree(t, a)
}

func TestDeletedActivityTakesItsEvidenceAlong(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	must(a.AddEvidence(ctx, act.Ref(), photo(t, "b.jpg", 20)))(t)
	ch := must(a.DeleteActivity(ctx, act.ID))(t)
	if n := evidenceCount(t, a, act.Ref()); n != 0 || !strings.Contains(ch.Words.VI, "hoạt động") {
		t.Errorf("%d files left; %q", n, ch.Words.VI)
	}
	_, err := a.AddEvidence(ctx, act.Ref(), photo(t, "c.jpg", 30))
	refusedWith(t, err, record.ErrNotFound, "không còn trong sổ")
	must(a.UndoLast(ctx))(t)
	if n := evidenceCount(t, a, act.Ref()); n != 2 {
		t.Errorf("undo brought %d files back", n)
	}
}

func TestWhatBearsNoEvidence(t *testing.T) {
	a := newApp(t)
	for _, noun := range []string{"person", "custody", "holiday", "attendance", "nothing"} {
		_, err := a.AddEvidence(ctx, record.Ref{Noun: noun, ID: a.newID()}, photo(t, "a.jpg", 1))
		refusedWith(t, err, record.ErrConflict, "không nhận minh chứng")
	}
	act := newTraining(t, a, "Tập huấn")
	_, err := a.AddEvidence(ctx, act.Ref(), filepath.Join(t.TempDir(), "biến mất.jpg"))
	refusedWith(t, err, record.ErrNotFound, "biến mất.jpg")
	if commits := commits(t, a); commits != 2 {
		t.Errorf("%d commits", commits)
	}
}

// TestEvidenceIsNoOfficeKey: what seals pictures opens nothing of the register.
func TestEvidenceIsNoOfficeKey(t *testing.T) {
	a := newApp(t)
	key := evidenceKey(a.keys.Office)
	if key == a.keys.Office {
		t.Fatal("the office key itself")
	}
	must(a.Backup(ctx, filepath.Join(t.TempDir(), "so.db")))(t)
	if ok, _ := store.KeyOpens(ctx, a.dir.Database(), key); ok {
		t.Error("the key of the evidence opens the register")
	}
}

// TestBackupsCarryEvidence: into the copy's folder once, and back from there.
func TestBackupsCarryEvidence(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Tập huấn")
	first := must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	usb := t.TempDir()
	made := must(a.Backup(ctx, filepath.Join(usb, "so.db")))(t)
	if made.Evidence != 1 || made.EvidenceMissing != 0 {
		t.Errorf("first backup %+v", made)
	}
	second := must(a.AddEvidence(ctx, act.Ref(), photo(t, "b.jpg", 20)))(t)
	if made = must(a.Backup(ctx, filepath.Join(usb, "so.db")))(t); made.Evidence != 1 {
		t.Errorf("second backup brought %d files, not just the new one", made.Evidence)
	}
	// What vanished here is there; what is damaged here does not replace what is there.
	gone := filepath.Join(folder, "evidence", first.SHA256[:2], first.SHA256)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	damaged := filepath.Join(folder, "evidence", second.SHA256[:2], second.SHA256)
	flip(t, damaged)
	rep := must(a.VerifyEvidence(ctx))(t)
	if len(rep.Faults) != 2 || rep.OK() || !strings.Contains(rep.Faults[0].VI, "hoạt động “Tập huấn”, tệp “a.jpg”") {
		t.Errorf("verify: %+v", rep)
	}
	if made = must(a.Backup(ctx, filepath.Join(usb, "so.db")))(t); made.Evidence != 0 || made.EvidenceMissing != 0 {
		t.Errorf("third backup %+v", made)
	}
	closeApp(t, a)

	got := must(Restore(ctx, filepath.Join(usb, "so.db"), folder, "", at(today)))(t)
	if got.Evidence != 2 || got.EvidenceDamaged != 0 {
		t.Errorf("restored %+v", got)
	}
	b := open(t, folder, at(today))
	if rep := must(b.VerifyEvidence(ctx))(t); !rep.OK() || rep.Files != 2 {
		t.Errorf("after the restore: %+v", rep)
	}
}

func flip(t testing.TB, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-1] ^= 1
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestRestoreElsewhere: an empty folder gets the evidence, too, but for a file that is
// damaged there.
func TestRestoreElsewhereBringsEvidence(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	bad := must(a.AddEvidence(ctx, act.Ref(), photo(t, "b.jpg", 20)))(t)
	usb := t.TempDir()
	must(a.Backup(ctx, filepath.Join(usb, "so.db")))(t)
	flip(t, filepath.Join(usb, "evidence", bad.SHA256[:2], bad.SHA256))
	fresh := filepath.Join(t.TempDir(), "mới")
	got := must(Restore(ctx, filepath.Join(usb, "so.db"), fresh, "", at(today)))(t)
	if got.Evidence != 1 || got.EvidenceDamaged != 1 {
		t.Errorf("restored %+v", got)
	}
	b := open(t, fresh, at(today))
	rep := must(b.VerifyEvidence(ctx))(t)
	if rep.Files != 1 || len(rep.Faults) != 1 || !strings.Contains(rep.Faults[0].VI, "b.jpg") {
		t.Errorf("verify: %+v", rep)
	}
}

// TestSweep: bytes go once no backup can have their row living, here and beside the
// backups; what was cut off before its record goes with the next sweep of a later run.
func TestSweepOfEvidence(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Tập huấn")
	kept := must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	removed := must(a.AddEvidence(ctx, act.Ref(), photo(t, "b.jpg", 20)))(t)
	must(a.RemoveEvidence(ctx, removed.ID))(t)
	orphan := must(must(a.files())(t).AddFile(ctx, photo(t, "c.jpg", 30)))(t)
	must(a.Backup(ctx, ""))(t)
	is := func(root, sha string, want bool) {
		t.Helper()
		if _, err := os.Stat(filepath.Join(folder, root, sha[:2], sha)); (err == nil) != want {
			t.Errorf("%s in %s: %v, want %v", sha[:6], root, err == nil, want)
		}
	}
	is("evidence", removed.SHA256, true)
	is("evidence", orphan.SHA256, true) // of this run: a record may be under way
	is("backups/evidence", removed.SHA256, true)
	is("backups/evidence", orphan.SHA256, false)
	closeApp(t, a)

	b := open(t, folder, at(today.AddDate(0, 0, 89)))
	must(b.Backup(ctx, ""))(t)
	is("evidence", removed.SHA256, true)
	is("evidence", orphan.SHA256, false)
	closeApp(t, b)

	c := open(t, folder, at(today.AddDate(0, 0, 92)))
	must(c.Backup(ctx, ""))(t)
	for _, root := range []string{"evidence", "backups/evidence"} {
		is(root, removed.SHA256, false)
		is(root, kept.SHA256, true)
	}
}

// TestNothingIsSweptBesideARegisterKeptAside: it may name what this one does not know.
func TestNothingIsSweptBesideARegisterKeptAside(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	usb := filepath.Join(t.TempDir(), "so.db")
	must(a.Backup(ctx, usb))(t)
	act := newTraining(t, a, "Sau bản sao")
	e := must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	closeApp(t, a)
	aside := must(Restore(ctx, usb, folder, "", at(today)))(t).Aside
	b := open(t, folder, at(today))
	must(b.Backup(ctx, ""))(t)
	closeApp(t, b)
	must(Restore(ctx, aside, folder, "", at(today)))(t)
	c := open(t, folder, at(today))
	if rep := must(c.VerifyEvidence(ctx))(t); rep.Files != 1 || !rep.OK() || evidenceCount(t, c, act.Ref()) != 1 {
		t.Errorf("%s is gone: %+v", e.Name, rep)
	}
}

// The history of an activity tells of its files, those taken off too; what went with the
// activity is told once.
func TestHistoryTellsOfEvidence(t *testing.T) {
	a := newApp(t)
	act, other := newTraining(t, a, "Tập huấn có ảnh"), newTraining(t, a, "Buổi khác")
	must(a.AddEvidence(ctx, other.Ref(), photo(t, "Nơi khác.jpg", 50)))(t)
	e := must(a.AddEvidence(ctx, act.Ref(), photo(t, "Ảnh lớp.jpg", 90)))(t)
	must(a.CaptionEvidence(ctx, e.ID, "Toàn cảnh"))(t)
	must(a.Undo(ctx, must(a.RemoveEvidence(ctx, e.ID))(t).Batch))(t)
	must(a.AddEvidence(ctx, act.Ref(), photo(t, "Thư mời.jpg", 70)))(t)
	must(a.UndoLast(ctx))(t)
	must(a.DeleteActivity(ctx, act.ID))(t)
	must(a.UndoLast(ctx))(t)

	var vi, en []string
	for _, l := range must(a.History(ctx, act.Ref()))(t) {
		if of := l.Of.Noun == "evidence"; of != strings.Contains(l.Words.VI, "minh chứng") || l.Officer == "" || l.Batch == "" {
			t.Errorf("%+v", l)
		}
		vi, en = append(vi, l.Words.VI), append(en, l.Words.EN)
	}
	want := []string{
		"Lấy lại",
		"Xóa",
		"Gỡ minh chứng: Ảnh “Thư mời.jpg”",
		"Thêm minh chứng: Ảnh “Thư mời.jpg”",
		"Lấy lại minh chứng: Ảnh “Toàn cảnh”",
		"Gỡ minh chứng: Ảnh “Toàn cảnh”",
		"Sửa minh chứng: Ảnh “Toàn cảnh”; chú thích: trống → “Toàn cảnh”",
		"Thêm minh chứng: Ảnh “Ảnh lớp.jpg”",
		"Ghi mới “Tập huấn có ảnh”, " + act.When.Date.String(),
	}
	if diff := cmp.Diff(want, vi); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	if en[7] != "File of evidence added: Photo “Ảnh lớp.jpg”" {
		t.Errorf("in English %q", en[7])
	}
	if lines := must(a.History(ctx, e.Ref()))(t); len(lines) != 6 || lines[5].Words.VI == "" {
		t.Errorf("of the file itself: %+v", lines)
	}
}
