package main

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/people"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
)

// TestEveryAreaFitsTheSmallestScreen: at 150 % no area asks for a wider or higher window
// than 1366×768, or the desktop would push a part of it off the screen.
func TestEveryAreaFitsTheSmallestScreen(t *testing.T) {
	for _, scale := range []float32{1, 1.5} {
		office, shell, screens, _, window := registerWith(t)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		fits := func(what string) {
			t.Helper()
			if min := window.Content().MinSize(); min.Width > 1366 || min.Height > 768 {
				t.Errorf("at %.0f %% %s asks for %.0f × %.0f", scale*100, what, min.Width, min.Height)
			}
		}
		walkScreens(t, office, shell, screens, fits)
	}
}

// walkScreens shows one screen after the other and tells what each is.
func walkScreens(t *testing.T, office *app.App, shell *ui.Shell, screens *ui.Screens, see func(what string)) {
	t.Helper()
	for _, area := range []string{ui.AreaHome, ui.AreaActivities, ui.AreaPeople, ui.AreaQuestions, ui.AreaRegisters, ui.AreaReports, ui.AreaExchange, ui.AreaSettings} {
		shell.Go(area)
		see(area)
	}
	page, err := office.Activities(context.Background(), record.ActivityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	shell.Go(ui.AreaActivities)
	for _, line := range page.Lines {
		screens.Activities.Open(line.ID)
		see("an activity that is " + line.Status)
		screens.Activities.OpenPeople(line.ID)
		see("its people")
	}
	screens.Activities.Create()
	see("a new activity")
	screens.Activities.Turn()
	see("the calendar")
	screens.Activities.Turn()
	shell.Go(ui.AreaQuestions)
	screens.Questions.Create()
	see("a new question")
	shell.Go(ui.AreaRegisters)
	for _, noun := range []string{"unit", "instructor", "directive", "publication", "material", "survey", "model", "budget"} {
		screens.Registers.Open(noun)
		screens.Registers.Create()
		see("a new " + noun)
	}
	shell.Go(ui.AreaPeople)
	for _, view := range []string{people.ViewAttendances, people.ViewPersonal, people.ViewPeople} {
		screens.People.View(view)
		see("people: " + view)
	}
	shell.Go(ui.AreaReports)
	for _, view := range []string{reports.ViewTargets, reports.ViewConcerns} {
		screens.Reports.View(view)
		see("report: " + view)
	}
	shell.Go(ui.AreaSettings)
	for _, part := range []string{settings.PartDays, settings.PartPersonal, settings.PartLists, settings.PartSafety, settings.PartLook} {
		screens.Settings.Open(part)
		see("settings: " + part)
	}
	shell.Find("tap huan")
	see("what is found")
}
