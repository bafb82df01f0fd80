package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/people"
	"sophobien/ui/questions"
	"sophobien/ui/registers"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// TestLargeTextLeavesRowsToRead: at 1366×768, six rows of a register at least stand
// wholly in sight at every size of text, however many filters there are; of activities,
// whose rows are two lines high, five.
func TestLargeTextLeavesRowsToRead(t *testing.T) {
	for _, scale := range theme.Scales {
		for name, make := range map[string]func(kit.Desk, *uitest.People) kit.Screen{
			"questions":  func(d kit.Desk, o *uitest.People) kit.Screen { return questions.New(d, o) },
			"activities": func(d kit.Desk, o *uitest.People) kit.Screen { return activities.New(d, o) },
			"people":     func(d kit.Desk, o *uitest.People) kit.Screen { return people.New(d, o) },
			"registers":  func(d kit.Desk, o *uitest.People) kit.Screen { return registers.New(d, o) },
		} {
			t.Run(fmt.Sprint(name, " ", scale), func(t *testing.T) {
				st := start(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
				st.shell.End()
				office := full()
				desk := kit.Desk{Runner: uitest.AtOnce(), Window: st.window, Now: uitest.Clock, Restate: func() {}, Say: func(string, func()) {}}
				st.shell = ui.New(desk, st.office)
				st.window.SetContent(st.shell)
				screen := make(desk, office)
				st.shell.Begin([]ui.Area{{Key: "a", Word: "Sổ", Icon: theme.IconActivities, Screen: screen}})
				st.window.Resize(fyne.NewSize(1300, 700))
				st.window.Resize(fyne.NewSize(1366, 768)) // a window on a screen lays out what has changed by itself
				least := 6
				if name == "activities" {
					least = 5
				}
				if n := rowsInSight(st.shell, 768); n < least {
					t.Errorf("%d rows in sight:\n%s", n, uitest.Words(st.shell))
				}
			})
		}
	}
}

// full is an office with more rows than fit, of every state there is.
func full() *uitest.People {
	o := uitest.NewPeople(uitest.NewOffice())
	for i := range 40 {
		q := record.Question{Text: fmt.Sprintf("Dòng %02d", i), Received: "2026-03-02", Channel: record.Channels[i%len(record.Channels)].Code}
		switch i % 4 {
		case 0:
			q.Due.On = "2026-03-05"
		case 1:
			q.Due.On = "2026-03-11"
		case 2:
			q.Answer, q.AnsweredOn = "Đáp.", "2026-03-04"
		case 3:
			q.Routed = record.Routed{To: "Sở", On: "2026-03-03"}
		}
		unit := record.Unit{Name: fmt.Sprintf("Dòng %02d", i), Kind: record.UnitKinds[i%len(record.UnitKinds)].Code}
		person := record.Person{FullName: fmt.Sprintf("Dòng %02d", i), Sex: record.Sexes[i%len(record.Sexes)].Code, Group: record.Audiences[i%len(record.Audiences)].Code}
		o.Put(q, unit, person)
		o.Add(record.Activity{
			Title: fmt.Sprintf("Dòng %02d", i), Kind: record.ActivityKinds[i%len(record.ActivityKinds)].Code, Status: record.Statuses[i%len(record.Statuses)].Code,
			When: record.Occasion{Date: "2026-03-05"},
		})
	}
	return o
}

// rowsInSight counts rows that stand wholly above the lower edge of the window.
func rowsInSight(in fyne.CanvasObject, edge float32) int {
	seen := map[string]bool{}
	uitest.Each(in, func(line *canvas.Text) {
		if at, size := uitest.Place(line); strings.HasPrefix(line.Text, "Dòng ") && at.Y+size.Height <= edge {
			seen[line.Text] = true
		}
	})
	return len(seen)
}
