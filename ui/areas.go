package ui

import (
	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
)

// Office is all the window asks of the running office.
type Office interface {
	Safety
	Guarded
	activities.Office
	reports.Office
	exchange.Office
	settings.Office
}

// ScreenOptions are what the program knows and the office does not.
type ScreenOptions struct {
	Settings  settings.Options
	Words     reports.Vocabulary
	Documents string // the person's folder for documents
}

// Screens are the areas that work.
type Screens struct {
	Activities *activities.Screen
	Reports    *reports.Screen
	Exchange   *exchange.Screen
	Settings   *settings.Screen
}

// NewScreens makes the areas for a shell.
func NewScreens(s *Shell, office Office, o ScreenOptions) *Screens {
	desk := s.Desk()
	var all *Screens
	s.Guard(office, func() { all.OpenOfficers(s) })
	all = &Screens{
		Activities: activities.New(desk, office),
		Reports:    reports.New(desk, office, o.Words),
		Exchange:   exchange.New(desk, office),
		Settings:   settings.New(desk, office, o.Settings),
	}
	all.Reports.DefaultFolder = o.Documents
	all.Exchange.DefaultFolder = o.Documents
	all.Activities.SetDefaultFolder(o.Documents)
	all.Reports.OnOpenActivity = func(id record.ID) {
		s.Open(0)
		all.Activities.Open(id)
	}
	return all
}

// OpenOfficers shows the list of officers in the settings.
func (s *Screens) OpenOfficers(shell *Shell) {
	for i, a := range s.Areas() {
		if a.Screen == kit.Screen(s.Settings) {
			shell.Open(i)
		}
	}
	s.Settings.Open(settings.PartOffice)
}

// Areas are the entries of the rail, in its order.
func (s *Screens) Areas() []Area {
	return []Area{
		{kit.T("Hoạt động"), theme.IconActivities, s.Activities},
		{kit.T("Báo cáo"), theme.IconReports, s.Reports},
		{kit.T("Trao đổi"), theme.IconExchange, s.Exchange},
		{kit.T("Thiết lập"), theme.IconSettings, s.Settings},
	}
}
