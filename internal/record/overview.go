package record

// Overview is the office's reporting year at a glance: how far its targets are, what
// is due, what was done, and the one thing to do next.
type Overview struct {
	Today  Date
	Year   int          // reporting year
	Period FigurePeriod // its days by the office's rule
	Report Deadline     // of the report
	Empty  bool         // nothing was ever recorded

	Next    Errand     // the most useful thing to do now
	Targets []Standing // in the plan's order
	Due     []DueLine  // what waits, the longest overdue first
	DueMore int        // how many more there are than Due holds

	Sessions   Tally // direct dissemination: indicator I4
	People     Tally // at it: indicator I5
	Women      Tally // among them
	Activities Tally // held, of every kind
	Materials  Tally // copies given
	Months     []MonthTally
	Kinds      []Part // activities held in the period, by kind, the most first
	Audiences  []Part // people at direct dissemination, by group; adds up to People.Now

	Status Status
}

// Deadline is a day by which something is to be sent, seen from today.
type Deadline struct {
	On       Date
	Days     int  // calendar days left; negative when it has passed
	WorkDays int  // working days left, the day itself included
	LastWork Date // the last working day up to it
}

// Tally is a number of the reporting year beside that of the year before, up to the
// same day.
type Tally struct{ Now, Before int64 }

// MonthTally is one month of the period; before is the whole month a year earlier.
type MonthTally struct {
	Days     Period
	Sessions Tally
	People   Tally
}

// Part is what one code of a closed list comes to.
type Part struct {
	Code  string
	Value int64
}

// Standing is how far one target of the plan is reached. Denominator 0 is one that
// can only be counted yet.
type Standing struct {
	Code        string // "b", "c", "d"; "dialogue"
	Name        Words
	Rule        Words // what is counted, out of what
	Unit        Words // what a number without denominator counts; "" for a share
	Numerator   int64
	Denominator int64
	Threshold   int64 // per cent, 0 for none
	State       string
	Detail      Words // what is missing
	Open        Errand
}

// How a target stands. It is unknown while there is nothing to measure it by, behind
// when what is missing asks for work now, and missed only when its year is over.
const (
	StandingUnknown = "unknown"
	StandingReached = "reached"
	StandingGoing   = "going"
	StandingBehind  = "behind"
	StandingMissed  = "missed"
)

// DueLine is something that waits for its day, or has let it pass.
type DueLine struct {
	Errand
	On    Date
	When  Words // "quá hạn 3 ngày làm việc", "ngày mai"
	State string
}

// How near a day is.
const (
	DuePassed = "passed"
	DueSoon   = "soon"
	DueAhead  = "ahead"
)

// Errand is something to be done, and where in the window it is done.
type Errand struct {
	Words Words
	Do    Words // on a button: "Trả lời"
	Area  string
	Ref   Ref        // zero: the area as a whole; without an id: a new one of its noun
	List  ListFilter // the rows to show, where that is what opens; else without noun
	Item  string     // of the library, where a legal text is to be read
}

// The areas of the window an errand leads to.
const (
	AreaActivities = "activities"
	AreaQuestions  = "questions"
	AreaRegisters  = "registers" // units, publications, materials and the like
	AreaReports    = "reports"
	AreaExchange   = "exchange"
	AreaLaw        = "law"    // Item says which text; without one, what cites a text that changed
	AreaSafety     = "safety" // backups
	AreaLists      = "lists"  // taking lists in; Ref says of what
	AreaOffice     = "office" // who the office is
)
