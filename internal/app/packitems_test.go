package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/assets"
	"sophobien/internal/record"
)

// TestFiguresAfterAPack: a pack brings other targets and a new text. What is reported and
// what is counted again agree, before, after and when an earlier version is looked at.
func TestFiguresAfterAPack(t *testing.T) {
	w := newLandscape(t)
	a := w.province
	must(a.SaveRecord(ctx, record.Publication{Document: "9001/2026/QĐ-UBND", Channel: "web", On: "2026-03-10", Title: "Quyết định thử"}))(t)
	p := must(a.Period(ctx, 2026, ""))(t)
	figures := func() record.Figures {
		t.Helper()
		got, again := must(a.Figures(ctx, p))(t), must(a.Recount(ctx, p))(t)
		ids := cmpopts.IgnoreFields(record.TargetFigure{}, "Records", "Missing")
		if diff := cmp.Diff(got.Targets, again.Targets, ids, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("report and recount differ (-report +recount):\n%s", diff)
		}
		return got
	}
	documents := func(f record.Figures) (public, issued int64) {
		for _, x := range f.Targets {
			for _, target := range a.catalog().targets {
				if target.Code == x.Code && target.Counts == "documents" {
					return x.Numerator, x.Denominator
				}
			}
		}
		return -1, -1
	}
	before := figures()
	public, issued := documents(before)
	if public != 0 || issued < 0 {
		t.Fatalf("%d of %d: %+v", public, issued, before.Targets)
	}
	first := sources{"items.csv": "number,type,title,issued,from\n9001/2026/QĐ-UBND,Quyết định,Quyết định thử,2026-02-01,2026-02-10\n45/2019/QH14,Bộ luật,Bộ luật Lao động,2019-11-20,2021-01-01\n"}
	w.build(PackSources{}, first)
	if nowPublic, nowIssued := documents(figures()); nowPublic != 1 || nowIssued != issued+1 {
		t.Errorf("%d of %d texts are public; without the pack it was %d of %d", nowPublic, nowIssued, public, issued)
	}

	raw := must(assets.Catalog.ReadFile("catalog/targets.json"))(t)
	var targets []record.Target
	if err := json.Unmarshal(raw, &targets); err != nil {
		t.Fatal(err)
	}
	fewer := must(json.Marshal(targets[:len(targets)-1]))(t)
	with := first.with(sources{
		"items.csv":                   "id,kind,number,type,title,issued,from\n,,9001/2026/QĐ-UBND,Quyết định,Quyết định thử,2026-02-01,2026-02-10\nchi-tieu,catalogue,,,Chỉ tiêu,,\n",
		"files/chi-tieu/targets.json": string(fewer),
	})
	w.build(PackSources{}, with)
	if len(a.catalog().targets) != len(targets)-1 {
		t.Errorf("%d targets", len(a.catalog().targets))
	}
	figures()
	if err := a.ShowPack(ctx, "luat", 1); err != nil {
		t.Fatal(err)
	}
	if nowPublic, nowIssued := documents(figures()); nowPublic != 1 || nowIssued != issued+1 || len(a.catalog().targets) != len(targets) {
		t.Errorf("%d of %d", nowPublic, nowIssued)
	}
	folder := a.Folder()
	closeApp(t, a)
	a = w.open(folder)
	if nowPublic, nowIssued := documents(figures()); nowPublic != 1 || nowIssued != issued+1 {
		t.Errorf("after a start: %d of %d", nowPublic, nowIssued)
	}
}

// TestItemsThatCannotBeUsed are refused with the whole pack, before anything is changed.
func TestItemsThatCannotBeUsed(t *testing.T) {
	w := newLandscape(t)
	item := func(kind, name, text string) sources {
		return sources{"items.csv": "id,kind,title\nmuc-1," + kind + ",Mục thử\n", "files/muc-1/" + name: text}
	}
	for name, s := range map[string]sources{
		"targets of nothing":       item("catalogue", "targets.json", `[]`),
		"targets that are none":    item("catalogue", "targets.json", `{"a":1}`),
		"a target without a code":  item("catalogue", "targets.json", `[{"counts":"units","share":50}]`),
		"a target twice":           item("catalogue", "targets.json", `[{"code":"a","counts":"questions"},{"code":"a","counts":"questions"}]`),
		"a target of 120 per cent": item("catalogue", "targets.json", `[{"code":"a","counts":"questions","threshold":120}]`),
		"topics of no code":        item("catalogue", "topics.csv", "code,name_vi\n,Một\n"),
		"topics with long rows":    item("catalogue", "topics.csv", "code,name_vi\nA,Một,Hai,Ba\n"),
		"holidays that are none":   item("catalogue", "holidays.csv", "x\n"),
		"a template that is none":  item("template", "template.xlsx", "xin chào"),
		"units that are none":      item("units", "units.sopb.zip", "xin chào"),
		"units of another's hand":  item("units", "units.sopb.zip", string(strangersFile(t, w))),
		"a FAQ that is none":       item("faq", "faq.json", "xin chào"),
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			_, err := w.province.BuildPack(ctx, PackSources{Folder: s.folder(t), Out: out, Channel: "luat", Title: "Sai"})
			if err == nil || record.SentenceOf(err, "vi") == "" || strings.Contains(record.SentenceOf(err, "vi"), "json:") {
				t.Errorf("%v", err)
			}
			if left := must(os.ReadDir(out))(t); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if list := must(w.province.Packs(ctx))(t); len(list) != 1 {
				t.Errorf("%+v", list)
			}
		})
	}
}

// strangersFile is a sealed file of another office's, which is no reorganisation.
func strangersFile(t *testing.T, w *landscape) []byte {
	t.Helper()
	a := w.enrolled("23284")
	out := t.TempDir()
	must(a.HandOver(ctx, out, record.HandOverOptions{}))(t)
	files := must(filepath.Glob(filepath.Join(out, "*.sopb.zip")))(t)
	if len(files) == 0 {
		t.Fatal("nothing was handed over")
	}
	return must(os.ReadFile(files[0]))(t)
}
