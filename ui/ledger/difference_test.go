package ledger_test

import (
	"context"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/uitest"
)

// resolver is an office with differences of one row.
type resolver struct {
	*uitest.Records
	list []record.Conflict
	kept []string
}

func (r *resolver) ConflictsOf(_ context.Context, ref record.Ref) ([]record.Conflict, error) {
	var out []record.Conflict
	for _, c := range r.list {
		if c.Ref == ref {
			out = append(out, c)
		}
	}
	return out, nil
}

func (r *resolver) Keep(_ context.Context, _ record.Ref, field string, v record.Value) (record.Change, error) {
	r.kept = append(r.kept, field+"="+string(v))
	r.list = r.list[1:]
	return record.Change{Batch: "b"}, nil
}

func (r *resolver) KeepDeleted(ctx context.Context, ref record.Ref, _ bool) (record.Change, error) {
	return r.Keep(ctx, ref, "deleted", "")
}

// TestADifferenceStandsAboveTheForm: a row two PCs wrote differently says so above its
// form, one field after the other, and not above another row's.
func TestADifferenceStandsAboveTheForm(t *testing.T) {
	uitest.App(t)
	o := &resolver{Records: uitest.NewRecords(uitest.NewOffice())}
	ids := o.Put(record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-10"}, record.Material{Kind: "leaflet", Title: "Áp phích", On: "2026-03-10"})
	one := record.Ref{Noun: "material", ID: ids[0]}
	versions := []record.Version{
		{Value: `"leaflet"`, Shown: "“Tờ gấp”", Machine: "Bàn 1", Officer: "A Brel", At: "2026-03-09T07:00:00Z"},
		{Value: `"panel"`, Shown: "Pa nô", Machine: "Bàn 2", Officer: "A Brel", At: "2026-03-09T09:00:00Z"},
	}
	o.list = []record.Conflict{
		{Ref: one, Title: "Tờ gấp", Field: "made", Words: record.Words{VI: "Số bản"}, Versions: versions},
		{Ref: one, Title: "Tờ gấp", Versions: []record.Version{{Value: "true", Officer: "A Brel", Machine: "Bàn 1"}, {Value: "false", Officer: "Y Thu", Machine: "Bàn 2"}}},
	}
	w := uitest.Window(t, nil)
	said := ""
	s := ledger.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: uitest.Clock, Say: func(words string, _ func()) { said = words }}, o, materials())
	w.SetContent(s)
	s.Reload()
	shown := func() string { return strings.Join(strings.Fields(uitest.Words(s)), " ") }
	s.Open(ids[1])
	if strings.Contains(shown(), "Hai máy ghi khác nhau") {
		t.Errorf("another row's difference is shown:\n%s", shown())
	}
	s.Open(ids[0])
	for _, want := range []string{
		"Hai máy ghi khác nhau: Số bản (còn 1 chỗ khác nữa)", "A Brel (máy Bàn 1, hôm qua 07:00) ghi: “Tờ gấp”.",
		"Giữ của máy Bàn 1", "Giữ của máy Bàn 2", // one person wrote both
	} {
		if !strings.Contains(shown(), want) {
			t.Errorf("%q is not in:\n%s", want, shown())
		}
	}
	uitest.TapButton(t, s, "Sửa…")
	keys := uitest.NewKeyboard(w)
	keys.Type("7")
	if n, _ := s.Form().Value(); n.(record.Material).Made != 7 {
		t.Errorf("the keyboard is on a %T, not in the field", w.Canvas().Focused())
	}
	uitest.TapButton(t, s, "Giữ của máy Bàn 2")
	if len(o.kept) != 1 || o.kept[0] != `made="panel"` || said != "Tờ gấp: Giữ của máy Bàn 2." {
		t.Errorf("kept %q, said %q", o.kept, said)
	}
	if !strings.Contains(shown(), "Một máy xóa, một máy sửa dòng này") || strings.Contains(shown(), "Sửa…") {
		t.Errorf("the next one is not shown:\n%s", shown())
	}
	uitest.TapButton(t, s, "Giữ dòng này")
	if strings.Contains(shown(), "Một máy xóa") {
		t.Errorf("what was settled stays:\n%s", shown())
	}
}
