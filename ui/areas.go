package ui

import (
	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/exchange"
	"sophobien/ui/home"
	"sophobien/ui/kit"
	"sophobien/ui/law"
	"sophobien/ui/ledger"
	"sophobien/ui/people"
	"sophobien/ui/questions"
	"sophobien/ui/registers"
	"sophobien/ui/reports"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
)

// The areas by their keys.
const (
	AreaHome       = "home"
	AreaActivities = record.AreaActivities
	AreaPeople     = "people"
	AreaQuestions  = record.AreaQuestions
	AreaLaw        = record.AreaLaw
	AreaRegisters  = record.AreaRegisters
	AreaReports    = record.AreaReports
	AreaExchange   = record.AreaExchange
	AreaSettings   = "settings"
)

// Office is all the window asks of the running office.
type Office interface {
	Safety
	Guarded
	Undoer
	Finder
	Noticer
	GuideWriter
	home.Office
	activities.Office
	people.Office
	questions.Office
	reports.Office
	exchange.Office
	exchange.Taker
	exchange.Mailer
	exchange.Dismisser
	exchange.Differing
	exchange.MachineKeeper
	exchange.Province
	reports.Receiving
	law.Office
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
	Home       *home.Screen
	Activities *activities.Screen
	People     *people.Screen
	Questions  *questions.Screen
	Law        *law.Screen
	Registers  *registers.Screen
	Reports    *reports.Screen
	Exchange   *exchange.Screen
	Settings   *settings.Screen
}

// NewScreens makes the areas for a shell.
func NewScreens(s *Shell, office Office, o ScreenOptions) *Screens {
	desk := s.Desk()
	var all *Screens
	s.Guard(office, func() { all.openOfficers(s) })
	o.Settings.PrintNotice = func() { printNotice(desk, office) }
	all = &Screens{
		Home:       home.New(desk, office),
		Activities: activities.New(desk, office),
		People:     people.New(desk, office),
		Questions:  questions.New(desk, office),
		Law:        law.New(desk, office),
		Registers:  registers.New(desk, office),
		Reports:    reports.New(desk, office, o.Words),
		Exchange:   exchange.New(desk, office),
		Settings:   settings.New(desk, office, o.Settings),
	}
	ledger.DefaultFolder = o.Documents
	all.Reports.DefaultFolder = o.Documents
	all.Exchange.DefaultFolder = o.Documents
	all.Activities.SetDefaultFolder(o.Documents)
	all.Reports.OnOpenRow = s.OpenRow
	all.Exchange.OnOpenRow = s.OpenAt
	all.Reports.OnHandOver = func() { s.Go(AreaExchange) }
	all.People.OnOpenActivity = func(id record.ID) { s.OpenRow(record.Ref{Noun: "activity", ID: id}) }
	all.Activities.OnSurveys(func() { all.begin(s, "survey") })
	all.collects(s, office, o)
	all.Law.DefaultFolder = o.Documents
	all.cites(s)
	all.takesPasted(s)
	all.Home.OnOpen = func(e record.Errand) { all.run(s, e) }
	s.OnOpenRow = func(ref record.Ref, at record.Place) { all.openRow(s, ref, at) }
	return all
}

// collects gives the exchange what an office has that collects from others, and its ways
// into the other areas.
func (a *Screens) collects(s *Shell, office Office, o ScreenOptions) {
	p := a.Exchange.Collect(office)
	page := reports.NewReceived(s.Desk(), office, o.Words)
	page.DefaultFolder = o.Documents
	page.OnBack, page.OnAccept, page.OnReturn = p.Grid.CloseReport, p.Grid.AcceptReport, p.Grid.ReturnReport
	page.OnOpenRow = s.OpenRow
	p.Grid.ReadOn(page)
	p.Incoming.OnReports = func() { s.Go(AreaReports) }
	p.Pairs.OnOpenActivity = func(id record.ID) { s.OpenRow(record.Ref{Noun: "activity", ID: id}) }
}

// cites gives the library its ways into the registers.
func (a *Screens) cites(s *Shell) {
	a.Law.OnOpenRow = s.OpenRow
	a.Law.OpenQuestion = a.Questions.Shown
	a.Law.OnCite = func(c record.Citation, anew bool) {
		s.Go(AreaQuestions)
		a.Questions.Cite(c, anew)
	}
	a.Law.OnBegin = func(n record.Noun) {
		s.Go(AreaRegisters)
		a.Registers.Begin(n)
	}
}

// openOfficers shows the list of officers in the settings.
func (a *Screens) openOfficers(s *Shell) {
	s.Go(AreaSettings)
	a.Settings.Open(settings.PartOffice)
}

// openRow shows a row where its noun is kept.
func (a *Screens) openRow(s *Shell, ref record.Ref, at record.Place) {
	switch {
	case ref.Noun == "activity":
		s.Go(AreaActivities)
		a.Activities.Visit(ref.ID, at)
	case ref.Noun == "person":
		s.Go(AreaPeople)
		a.People.OpenPerson(ref.ID)
	case ref.Noun == "question":
		s.Go(AreaQuestions)
		a.Questions.Visit(ref.ID, at)
	case a.Registers.Has(ref.Noun):
		s.Go(AreaRegisters)
		a.Registers.Visit(ref, at)
	}
}

// run goes where an errand is done.
func (a *Screens) run(s *Shell, e record.Errand) {
	switch {
	case e.Area == record.AreaOffice:
		s.Go(AreaSettings)
		a.Settings.Open(settings.PartOffice)
	case e.Area == record.AreaSafety:
		s.Go(AreaSettings)
		a.Settings.Open(settings.PartSafety)
	case e.Area == record.AreaLists:
		s.Go(AreaSettings)
		a.Settings.Open(settings.PartLists)
	case e.Area == record.AreaLaw && e.Item != "":
		s.Go(AreaLaw)
		a.Law.Open(e.Item, "")
	case e.Area == record.AreaLaw:
		s.Go(AreaLaw)
		a.Law.View(law.ViewReview)
	case !e.Ref.ID.IsZero():
		s.OpenRow(e.Ref)
	case e.Ref.Noun != "":
		a.begin(s, e.Ref.Noun)
	case e.List.Noun != "":
		a.list(s, e.List)
	default:
		s.Go(e.Area)
	}
}

// begin begins a row where its noun is kept.
func (a *Screens) begin(s *Shell, noun string) {
	switch {
	case noun == "activity":
		s.createIn(AreaActivities)
	case noun == "question":
		s.createIn(AreaQuestions)
	case a.Registers.Has(noun):
		s.Go(AreaRegisters)
		a.Registers.Open(noun)
		a.Registers.Create()
	}
}

// list shows the rows of a filter where their noun is kept.
func (a *Screens) list(s *Shell, f record.ListFilter) {
	switch {
	case f.Noun == "activity":
		s.Go(AreaActivities)
	case f.Noun == people.ViewPeople || f.Noun == people.ViewAttendances:
		s.Go(AreaPeople)
		a.People.Narrow(f)
	case f.Noun == "question":
		s.Go(AreaQuestions)
		a.Questions.List().Narrow(f)
	case a.Registers.Has(f.Noun):
		s.Go(AreaRegisters)
		a.Registers.Open(f.Noun)
		a.Registers.Current().List().Narrow(f)
	}
}

// Areas are the entries of the rail, in its order.
func (a *Screens) Areas() []Area {
	return []Area{
		{AreaHome, kit.T("Tổng quan"), theme.IconHome, a.Home},
		{AreaActivities, kit.T("Hoạt động"), theme.IconActivities, a.Activities},
		{AreaPeople, kit.T("Người tham dự"), theme.IconPeople, a.People},
		{AreaQuestions, kit.T("Câu hỏi"), theme.IconQuestions, a.Questions.Screen},
		{AreaLaw, kit.T("Pháp luật"), theme.IconLaw, a.Law},
		{AreaRegisters, kit.T("Sổ theo dõi"), theme.IconRegisters, a.Registers},
		{AreaReports, kit.T("Báo cáo"), theme.IconReports, a.Reports},
		{AreaExchange, kit.T("Trao đổi"), theme.IconExchange, a.Exchange},
		{AreaSettings, kit.T("Thiết lập"), theme.IconSettings, a.Settings},
	}
}
