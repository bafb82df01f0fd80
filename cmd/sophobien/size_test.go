package main

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/people"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
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
	for _, view := range []string{reports.ViewTargets, reports.ViewConcerns, reports.ViewSigning} {
		screens.Reports.View(view)
		see("report: " + view)
	}
	shell.Go(ui.AreaSettings)
	for _, part := range []string{settings.PartDays, settings.PartPersonal, settings.PartLists, settings.PartSafety, settings.PartLook} {
		screens.Settings.Open(part)
		see("settings: " + part)
	}
	shell.Go(ui.AreaExchange)
	for _, tab := range []string{exchange.TabDifferences, exchange.TabMachines, exchange.TabHandOver} {
		screens.Exchange.View(tab)
		see("exchange: " + tab)
	}
	shell.Find("tap huan")
	see("what is found")
}

// TestTheRailAndTheSearchInASmallWindow: at the largest text every area of the rail has a
// place of its own, above who is at the desk, and the search says a whole sentence.
func TestTheRailAndTheSearchInASmallWindow(t *testing.T) {
	_, shell, _, _, window := registerWith(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1.5))
	for _, size := range []fyne.Size{fyne.NewSize(1130, 686), fyne.NewSize(1130, 560)} {
		window.Resize(size)
		var bottom float32
		uitest.Each(shell, func(icon *widget.Icon) {
			at, size := uitest.Place(icon)
			if at.X+size.Width > fynetheme.Size(theme.SizeRailFold) || icon.Resource == nil {
				return
			}
			if at.Y < bottom {
				t.Errorf("at %v an icon of the rail begins at %.0f, the one above ends at %.0f", window.Canvas().Size(), at.Y, bottom)
			}
			bottom = at.Y + size.Height
		})
		search := uitest.Find[*kit.KeyEntry](t, shell)
		if words := fyne.MeasureText(search.PlaceHolder, fynetheme.TextSize(), fyne.TextStyle{}).Width; words+2*fynetheme.TextSize() > search.Size().Width {
			t.Errorf("“%s” is %.0f wide, the search %.0f", search.PlaceHolder, words, search.Size().Width)
		}
	}
}
