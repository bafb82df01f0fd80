package activities_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// pictured is an office that keeps evidence.
type pictured struct {
	*keeper
	*uitest.Evidence
}

// Undo is the activities' own.
func (p *pictured) Undo(ctx context.Context, batch string) (record.Change, error) {
	return p.keeper.Undo(ctx, batch)
}

// TestAnActivityOpensWhereSomethingWasFound: at a material, a topic, a photo, a text.
func TestAnActivityOpensWhereSomethingWasFound(t *testing.T) {
	uitest.App(t)
	office := &pictured{uitest.NewOffice(), uitest.NewEvidence()}
	act := training("Tập huấn ở Đăk Hà", "2026-03-05", 60)
	act.Materials = []record.MaterialGiven{{Name: "Sổ tay"}, {Name: "Tờ gấp hưu trí", Kind: "leaflet", Copies: 60}}
	act.Topics, act.Result = []string{"LD07"}, "Bà con nắm được quy định."
	id := office.Add(act)[0]
	owner := record.Ref{Noun: "activity", ID: id}
	var files []record.Evidence
	for _, path := range []string{"một.jpg", "hai.jpg"} {
		e, err := office.AddEvidence(context.Background(), owner, path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, e)
	}
	w := uitest.Window(t, kit.Line(""))
	s := activities.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: w, Now: func() time.Time { return uitest.Now }, Restate: func() {}, Say: func(string, func()) {},
	}, office)
	w.SetContent(s)
	w.Resize(fyne.NewSize(1200, 700))
	s.Reload()
	for _, c := range []struct {
		at   record.Place
		here string // what has the keyboard
	}{
		{record.Place{Field: record.PlaceMaterials, Text: "Tờ gấp hưu trí (Tờ rơi, tờ gấp)"}, "*kit.gridBody"},
		{record.Place{Field: record.PlaceTopics}, "*kit.pickerEntry"},
		{record.Place{Field: record.PlaceEvidence, File: files[1].ID}, "*ledger.strip"},
		{record.Place{Field: "result"}, "*kit.LongText"},
		{record.Place{Field: "when.place"}, "*kit.Entry"},
	} {
		s.Visit(id, c.at)
		has := w.Canvas().Focused()
		if got := fmt.Sprintf("%T", has); got != c.here {
			t.Errorf("%+v gives the keyboard to %s", c.at, got)
			continue
		}
		at, size := uitest.Place(has.(fyne.CanvasObject))
		if at.Y < 0 || at.Y > w.Canvas().Size().Height-20 || size.Height == 0 {
			t.Errorf("%+v is out of sight at %v, %v", c.at, at, size)
		}
	}
	s.Open(id)
	if _, still := w.Canvas().Focused().(*kit.Entry); !still {
		t.Error("opening it otherwise moves the keyboard")
	}
}
