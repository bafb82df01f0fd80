package ui

import (
	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/questions"
	"sophobien/ui/registers"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
)

// The areas by their keys.
const (
	AreaActivities = "activities"
	AreaQuestions  = "questions"
	AreaRegisters  = "registers"
	AreaReports    = "reports"
	AreaExchange   = "exchange"
	AreaSettings   = "settings"
)

// Office is all the window asks of the running office.
type Office interface {
	Safety
	Undoer
	Finder
	activities.Office
	questions.Office
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
	Questions  *questions.Screen
	Registers  *registers.Screen
	Reports    *reports.Screen
	Exchange   *exchange.Screen
	Settings   *settings.Screen
}

// NewScreens makes the areas for a shell.
func NewScreens(s *Shell, office Office, o ScreenOptions) *Screens {
	desk := s.Desk()
	all := &Screens{
		Activities: activities.New(desk, office),
		Questions:  questions.New(desk, office, nil),
		Registers:  registers.New(desk, office, nil),
		Reports:    reports.New(desk, office, o.Words),
		Exchange:   exchange.New(desk, office),
		Settings:   settings.New(desk, office, o.Settings),
	}
	all.Reports.DefaultFolder = o.Documents
	all.Exchange.DefaultFolder = o.Documents
	all.Activities.SetDefaultFolder(o.Documents)
	all.Reports.OnOpenActivity = func(id record.ID) { s.OpenRow(record.Ref{Noun: "activity", ID: id}) }
	s.OnOpenRow = func(ref record.Ref) { all.openRow(s, ref) }
	return all
}

// openRow shows a row where its noun is kept.
func (a *Screens) openRow(s *Shell, ref record.Ref) {
	switch {
	case ref.Noun == "activity":
		s.Go(AreaActivities)
		a.Activities.Open(ref.ID)
	case ref.Noun == "question":
		s.Go(AreaQuestions)
		a.Questions.Open(ref.ID)
	case a.Registers.Has(ref.Noun):
		s.Go(AreaRegisters)
		a.Registers.OpenRow(ref)
	}
}

// Areas are the entries of the rail, in its order.
func (a *Screens) Areas() []Area {
	return []Area{
		{AreaActivities, kit.T("Hoạt động"), theme.IconActivities, a.Activities},
		{AreaQuestions, kit.T("Câu hỏi"), theme.IconQuestions, a.Questions.Screen},
		{AreaRegisters, kit.T("Sổ theo dõi"), theme.IconRegisters, a.Registers},
		{AreaReports, kit.T("Báo cáo"), theme.IconReports, a.Reports},
		{AreaExchange, kit.T("Trao đổi"), theme.IconExchange, a.Exchange},
		{AreaSettings, kit.T("Thiết lập"), theme.IconSettings, a.Settings},
	}
}
