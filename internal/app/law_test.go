package app

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// sources is a folder of sources of a pack.
type sources map[string]string

func (s sources) folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range s {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (s sources) with(more sources) sources {
	out := maps.Clone(s)
	maps.Copy(out, more)
	return out
}

// decree is a made-up text.
var decree = sources{
	"items.csv":               "number,type,title,issued,from,topics\n9001/2025/NĐ-CP,Nghị định,Quy định thử về làm thêm giờ,2025-11-01,2026-01-01,LD08\n",
	"9001-2025-nd-cp.txt":     "Điều 1. Phạm vi\nNghị định này quy định thử.\nĐiều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 150%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n",
	"files/9001-2025-nd-cp/a": "tờ rơi",
}

const (
	decreeID   = "9001-2025-nd-cp"
	amendedDay = record.Date("2026-07-01")
)

var amended = decree.with(sources{
	"9001-2025-nd-cp@2026-07-01.txt": "Điều 1. Phạm vi\nNghị định này quy định thử.\nĐiều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 170%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n",
})

func (w *landscape) build(s PackSources, from sources) BuiltPack {
	w.t.Helper()
	s.Folder, s.Out = from.folder(w.t), w.t.TempDir()
	if s.Channel == "" {
		s.Channel = "luat"
	}
	if s.Title == "" {
		s.Title = "Gói thử"
	}
	return must(w.province.BuildPack(ctx, s))(w.t)
}

// answeredBy is a question whose answer cites a provision as it stands today.
func answeredBy(t testing.TB, a *App, text, anchor string) record.Question {
	t.Helper()
	cited := must(a.Cite(ctx, decreeID, anchor, ""))(t)
	return must(a.SaveQuestion(ctx, record.Question{
		Received: "2026-03-18", Channel: "in_person", Text: text, Answer: "Ít nhất bằng 150%.", AnsweredOn: "2026-03-19", Citations: []record.Citation{cited},
	}))(t)
}

// TestAPackThatAmendsWhatWasCited is the story of the library: a question is answered with
// the article as it stands that day, and when the next pack amends it the office is told
// which answer to look at again.
func TestAPackThatAmendsWhatWasCited(t *testing.T) {
	w := newLandscape(t)
	office := w.enrolled("23284")
	first := w.build(PackSources{}, decree)
	if offer := must(office.OfferPack(ctx, first.Path))(t); len(offer.New) != 1 || offer.Installed != 0 || len(offer.Affected) != 0 || offer.Publisher == "" {
		t.Errorf("%+v", offer)
	}
	if page := must(office.SearchLaw(ctx, record.LawFilter{Text: "tien luong lam them gio"}))(t); slices.ContainsFunc(page.Hits, func(h record.LawHit) bool { return h.Item == decreeID }) {
		t.Error("a pack that was only offered is found")
	}
	must(office.InstallPack(ctx, first.Path, nil))(t)
	one := answeredBy(t, office, "Làm thêm ngày thường được trả bao nhiêu?", "d2.k1")
	two := answeredBy(t, office, "Làm thêm ngày nghỉ được trả bao nhiêu?", "d2.k2")
	if one.Citations[0].Text != "1. Vào ngày thường, ít nhất bằng 150%." || one.Citations[0].Says() != "khoản 1 Điều 2 Nghị định 9001/2025/NĐ-CP" {
		t.Errorf("%+v", one.Citations)
	}
	if list := must(office.LawAffected(ctx))(t); len(list) != 0 {
		t.Errorf("nothing changed: %+v", list)
	}

	second := w.build(PackSources{Since: 1}, amended)
	if second.DeltaSize >= second.Size || must(office.OfferPack(ctx, second.Delta))(t).Version != 2 {
		t.Errorf("%+v", second)
	}
	offer := must(office.OfferPack(ctx, second.Path))(t)
	if len(offer.Amended) != 1 || !slices.Contains(offer.Amended[0].Anchors, "d2.k1") || offer.Installed != 1 {
		t.Errorf("%+v", offer)
	}
	if len(offer.Affected) != 1 || offer.Affected[0].Ref != one.Ref() {
		t.Errorf("touched by the pack: %+v", offer.Affected)
	}
	must(office.InstallPack(ctx, second.Delta, nil))(t)
	if again := must(office.InstallPack(ctx, second.Path, nil))(t); !again.Same {
		t.Error("the whole pack is not the one that came in part")
	}

	// Before the day: told beforehand, and read as it was.
	w.now = time.Date(2026, 4, 20, 9, 0, 0, 0, w.now.Location())
	list := must(office.LawAffected(ctx))(t)
	if len(list) != 1 || list[0].Ref != one.Ref() || list[0].AsOf <= amendedDay || !strings.Contains(list[0].Now, "170%") {
		t.Fatalf("told beforehand: %+v", list)
	}
	if c := must(office.Cite(ctx, decreeID, "d2.k1", ""))(t); !strings.Contains(c.Text, "150%") {
		t.Errorf("cited before the day: %q", c.Text)
	}
	// From the day on.
	w.now = time.Date(2026, 7, 2, 9, 0, 0, 0, w.now.Location())
	list = must(office.LawAffected(ctx))(t)
	if len(list) != 1 || list[0].Ref != one.Ref() || !list[0].Asked {
		t.Fatalf("%+v", list)
	}
	if q := must(office.Record(ctx, two.Ref()))(t).(record.Question); q.Citations[0].Text != "2. Vào ngày nghỉ, ít nhất bằng 200%." {
		t.Errorf("the words of a citation changed: %+v", q.Citations)
	}
	message := must(office.LawMessage(ctx, list[0]))(t)
	for _, says := range []string{"Làm thêm ngày thường", "170%", "9001/2025/NĐ-CP", "01/07/2026"} {
		if !strings.Contains(message, says) {
			t.Errorf("the message does not say %q:\n%s", says, message)
		}
	}
	must(office.ReviewCitation(ctx, list[0], "told", ""))(t)
	if list := must(office.LawAffected(ctx))(t); len(list) != 0 {
		t.Errorf("looked at: %+v", list)
	}
	// It changes again: it is to be looked at again.
	third := w.build(PackSources{}, amended.with(sources{
		"9001-2025-nd-cp@2026-09-01.txt": "Điều 1. Phạm vi\nNghị định này quy định thử.\nĐiều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 180%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n",
	}))
	must(office.InstallPack(ctx, third.Path, nil))(t)
	if list := must(office.LawAffected(ctx))(t); len(list) != 1 || !strings.Contains(list[0].Now, "180%") {
		t.Errorf("changed again: %+v", list)
	}
}

// TestPacksAreRefusedWhole: what is refused leaves the library as it was, and the next good
// pack is taken.
func TestPacksAreRefusedWhole(t *testing.T) {
	w := newLandscape(t)
	office := w.enrolled("23284")
	first := w.build(PackSources{}, decree)
	second := w.build(PackSources{}, amended)
	must(office.InstallPack(ctx, second.Path, nil))(t)
	state := func() string {
		var b strings.Builder
		for _, c := range must(office.Packs(ctx))(t) {
			b.WriteString(c.Channel + " ")
			for _, v := range c.Versions {
				b.WriteString(v.Title)
			}
		}
		return b.String()
	}
	before := state()
	raw := must(os.ReadFile(second.Path))(t)
	write := func(b []byte) string {
		path := filepath.Join(t.TempDir(), "goi.sopp.zip")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct{ path, reason string }{
		"older":     {first.Path, "rolled-back"},
		"cut":       {write(raw[:len(raw)-9]), ""},
		"a text":    {write([]byte("xin chào")), ""},
		"no file":   {filepath.Join(t.TempDir(), "khong-co.sopp.zip"), ""},
		"a folder":  {t.TempDir(), ""},
		"an office": {office.dir.Database(), ""},
	} {
		_, err := office.InstallPack(ctx, c.path, nil)
		if err == nil || record.SentenceOf(err, "vi") == "" {
			t.Errorf("%s: %v", name, err)
		}
		if c.reason != "" && pack.ReasonOf(err) != c.reason {
			t.Logf("%s: reason %q", name, pack.ReasonOf(err))
		}
	}
	if after := state(); after != before {
		t.Errorf("%s became %s", before, after)
	}
	other := newLandscape(t).office("2025-commune", "23284") // knows no province
	if _, err := other.InstallPack(ctx, second.Path, nil); err == nil {
		t.Error("a pack of an unknown province was taken")
	}
	must(office.InstallPack(ctx, w.build(PackSources{Since: 2}, amended.with(sources{"items.csv": decree["items.csv"] + "to-roi-1,,Tờ rơi,,,\n"})).Path, nil))(t)
}

// TestTheOfficeKnowsBetter: days the office found are shown beside the pack's, count, and
// survive the next pack; so do notes.
func TestTheOfficeKnowsBetter(t *testing.T) {
	w := newLandscape(t)
	office := w.enrolled("23284")
	must(office.InstallPack(ctx, w.build(PackSources{}, decree).Path, nil))(t)
	must(office.SaveLawNote(ctx, record.LawNote{Item: decreeID, Valid: record.Validity{From: "2026-05-01"}, Source: "Công báo số 12", CheckedOn: "2026-03-20"}))(t)
	must(office.SaveLawNote(ctx, record.LawNote{Item: decreeID, Anchor: "d2.k1", Text: "Hay bị hỏi"}))(t)
	for range 2 {
		r := must(office.ReadLaw(ctx, decreeID, "2026-03-20"))(t)
		if r.Status != record.LawNotYet || r.Valid.From != "2026-05-01" || r.PackValid.From != "2026-01-01" || len(r.Notes) != 1 {
			t.Errorf("%+v", r.LawItem)
		}
		noted := 0
		for _, p := range r.Provisions {
			if len(p.Notes) > 0 {
				noted++
				if p.Anchor != "d2.k1" {
					t.Errorf("a note at %s", p.Anchor)
				}
			}
		}
		if noted != 1 {
			t.Errorf("%d notes", noted)
		}
		must(office.InstallPack(ctx, w.build(PackSources{}, amended).Path, nil))(t)
	}
}

// TestCataloguesOfAPack: topics of a pack stand in the place of the shipped ones, from the
// next start on as well, and go when the display goes back.
func TestCataloguesOfAPack(t *testing.T) {
	w := newLandscape(t)
	office := w.enrolled("23284")
	shipped := len(office.Topics())
	must(office.InstallPack(ctx, w.build(PackSources{}, decree).Path, nil))(t)
	with := decree.with(sources{
		"items.csv":                  "id,kind,number,type,title,issued,from,topics\n,,9001/2025/NĐ-CP,Nghị định,Quy định thử về làm thêm giờ,2025-11-01,2026-01-01,LD08\nchu-de,catalogue,,,Chủ đề,,,\n",
		"files/chu-de/topics.csv":    "code,name_vi,name_en\nX1,Chủ đề mới,New\nX2,Chủ đề khác,Other\n",
		"files/9001-2025-nd-cp/a":    "tờ rơi",
		"files/9001-2025-nd-cp/b.vi": "x",
	})
	second := w.build(PackSources{}, with)
	must(office.InstallPack(ctx, second.Path, nil))(t)
	if got := office.Topics(); len(got) != 2 || got[0].Words.VI != "Chủ đề mới" {
		t.Errorf("%+v", got)
	}
	folder := office.Folder()
	closeApp(t, office)
	office = w.open(folder)
	if got := office.Topics(); len(got) != 2 {
		t.Errorf("after a start: %d topics", len(got))
	}
	if err := office.ShowPack(ctx, "luat", 1); err != nil {
		t.Fatal(err)
	}
	if got := office.Topics(); len(got) != shipped {
		t.Errorf("%d topics of %d", len(got), shipped)
	}
	bad := with.with(sources{"files/chu-de/topics.csv": "code,name_vi\n,Không mã\n"})
	third := PackSources{Folder: bad.folder(t), Out: t.TempDir(), Channel: "luat", Title: "Sai"}
	if _, err := w.province.BuildPack(ctx, third); err == nil {
		t.Error("a catalogue that cannot be used was published")
	}
	if left := must(os.ReadDir(third.Out))(t); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestTheLibraryIsVerified: a byte that changed is found, and the pack brings it back.
func TestTheLibraryIsVerified(t *testing.T) {
	w := newLandscape(t)
	office := w.enrolled("23284")
	first := w.build(PackSources{}, decree)
	must(office.InstallPack(ctx, first.Path, nil))(t)
	if c := must(office.VerifyLaw(ctx))(t); c.Files == 0 || c.Damaged+c.Missing != 0 {
		t.Errorf("%+v", c)
	}
	sha := must(office.ReadLaw(ctx, decreeID, ""))(t).Files[0].SHA256
	path := filepath.Join(office.dir.Law(), "blobs", sha[:2], sha)
	raw := must(os.ReadFile(path))(t)
	raw[0] ^= 1
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if c := must(office.VerifyLaw(ctx))(t); c.Damaged != 1 {
		t.Errorf("a changed byte: %+v", c)
	}
	must(office.InstallPack(ctx, first.Path, nil))(t)
	if c := must(office.VerifyLaw(ctx))(t); c.Damaged+c.Missing != 0 {
		t.Errorf("after the pack came again: %+v", c)
	}
}
