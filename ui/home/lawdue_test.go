package home_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/ui/home"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// lawyer is an office with a library.
type lawyer struct {
	*office
	ending   []record.LawExpiry
	affected []record.LawAffected
	broken   error
	looked   int
}

func (l *lawyer) LawExpiring(context.Context) ([]record.LawExpiry, error) {
	l.looked++
	return l.ending, l.broken
}

func (l *lawyer) LawAffected(context.Context) ([]record.LawAffected, error) { return l.affected, nil }

func withLaw(t *testing.T, l *lawyer, r *kit.Runner) *desk {
	t.Helper()
	uitest.App(t)
	l.office = &office{shows: uitest.AYear()}
	d := &desk{office: l.office, now: uitest.Now, window: uitest.Window(t, kit.Line(""))}
	d.screen = home.New(kit.Desk{Runner: r, Window: d.window, Now: uitest.Clock}, l)
	d.screen.OnOpen = func(e record.Errand) { d.opened = append(d.opened, e) }
	d.window.SetContent(d.screen)
	d.keys = uitest.NewKeyboard(d.window)
	return d
}

func ends(number string, days int, by string, planned int) record.LawExpiry {
	today := record.DateOf(uitest.Now)
	return record.LawExpiry{
		Item: record.LawItem{ID: "i" + number, Type: "Nghị định", Number: number}, Ends: today.AddDays(days), Days: days, By: by, Planned: make([]record.LawAffected, planned),
	}
}

// TestTheLawIsSaidAfterAllElse: the overview is there before the library was opened, and
// then says what ends and what is to be looked at.
func TestTheLawIsSaidAfterAllElse(t *testing.T) {
	var held uitest.Held
	l := &lawyer{ending: []record.LawExpiry{ends("1/2022/NĐ-CP", -12, "9/2026/NĐ-CP", 0), ends("2/2022/NĐ-CP", 0, "", 0), ends("3/2022/NĐ-CP", 20, "", 2), ends("4/2022/NĐ-CP", 80, "", 0)}, affected: make([]record.LawAffected, 3)}
	d := withLaw(t, l, held.Runner())
	d.screen.Reload()
	held.Release()
	if words := uitest.Words(d.screen); !strings.Contains(words, "Việc đến hạn") || strings.Contains(words, "hết hiệu lực") {
		t.Errorf("before the library was opened:\n%s", words)
	}
	held.ReleaseAll()
	d.window.Resize(d.window.Canvas().Size().AddWidthHeight(0, 600))
	words := uitest.Words(d.screen)
	for _, want := range []string{
		"3 trích dẫn cần xem lại: quy định đã thay đổi", "Nghị định 1/2022/NĐ-CP hết hiệu lực, thay bằng", "đã hết 12 ngày", "hết hôm nay", "còn 20 ngày, 2 buổi sắp tới có dẫn", "còn 80 ngày",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not said in:\n%s", want, words)
		}
	}
	before := l.looked
	d.screen.Reload()
	held.ReleaseAll()
	if l.looked != before || !strings.Contains(uitest.Words(d.screen), "hết hôm nay") {
		t.Error("what did not change is asked again, or lost")
	}
	if !d.screen.Shows(record.Change{Nouns: []string{"law"}}) {
		t.Error("a pack changes nothing")
	}
	d.screen.Reload()
	held.ReleaseAll()
	if l.looked != before+1 {
		t.Error("after a pack it is not asked")
	}
}

func TestLinesOfTheLawLeadToIt(t *testing.T) {
	l := &lawyer{ending: []record.LawExpiry{ends("2/2022/NĐ-CP", -200, "", 0)}, affected: make([]record.LawAffected, 1)}
	d := withLaw(t, l, uitest.AtOnce())
	d.screen.Reload()
	d.window.Canvas().Focus(d.screen.Panes()[2].First())
	d.keys.Press("Home", "Return")
	if e := d.last(t); e.Area != record.AreaLaw || e.Item != "i2/2022/NĐ-CP" {
		t.Errorf("opened %+v", e)
	}
}

func TestALibraryThatFailsLeavesTheOverview(t *testing.T) {
	d := withLaw(t, &lawyer{broken: errors.New("disk")}, uitest.AtOnce())
	d.screen.Reload()
	if words := uitest.Words(d.screen); !strings.Contains(words, "Việc đến hạn") || strings.Contains(words, "disk") {
		t.Errorf("\n%s", words)
	}
}
