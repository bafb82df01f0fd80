package activities_test

import (
	"context"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// differing is an office in which two PCs wrote a place differently.
type differing struct {
	*inMemory
	list []record.Conflict
}

func (d *differing) ConflictsOf(_ context.Context, ref record.Ref) ([]record.Conflict, error) {
	if len(d.list) > 0 && d.list[0].Ref == ref {
		return d.list, nil
	}
	return nil, nil
}

func (d *differing) Keep(context.Context, record.Ref, string, record.Value) (record.Change, error) {
	d.list = nil
	return record.Change{}, nil
}

func (d *differing) KeepDeleted(context.Context, record.Ref, bool) (record.Change, error) {
	return record.Change{}, nil
}

// TestWhatTwoPCsWroteStandsAboveTheActivity, until it is settled; another activity has
// nothing of it.
func TestWhatTwoPCsWroteStandsAboveTheActivity(t *testing.T) {
	uitest.App(t)
	o := &differing{inMemory: uitest.NewOffice()}
	ids := o.Add(training("Đối thoại với công nhân", "2026-03-10", 20), training("Tập huấn", "2026-03-11", 20))
	o.list = []record.Conflict{{
		Ref: record.Ref{Noun: "activity", ID: ids[0]}, Title: "Đối thoại với công nhân", Field: "title", Words: record.Words{VI: "Tên"},
		Versions: []record.Version{{Shown: "Đối thoại", Officer: "A Brel", Machine: "Bàn 1"}, {Shown: "Đối thoại với công nhân", Officer: "Y Thu", Machine: "Bàn 2"}},
	}}
	w := uitest.Window(t, nil)
	s := activities.New(kit.Desk{Runner: uitest.AtOnce(), Window: w, Now: uitest.Clock, Say: func(string, func()) {}}, o)
	w.SetContent(s)
	s.Reload()
	says := func() bool { return strings.Contains(uitest.Words(s), "Hai máy ghi khác nhau: Tên") }
	for _, c := range []struct {
		id   record.ID
		want bool
	}{{ids[1], false}, {ids[0], true}, {ids[1], false}, {ids[0], true}} {
		if s.Open(c.id); says() != c.want {
			t.Errorf("said %v:\n%s", says(), uitest.Words(s))
		}
	}
	s.OpenPeople(ids[0])
	if says() {
		t.Error("the people of an activity have no room for its differences")
	}
	uitest.TapButton(t, s, "Thông tin")
	uitest.TapButton(t, s, "Giữ của Y Thu")
	if says() {
		t.Errorf("what was settled stays:\n%s", uitest.Words(s))
	}
}
