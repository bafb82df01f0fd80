package record

// UnitChange is a unit as it is to be from the day of a reorganisation.
type UnitChange struct {
	Unit     Unit
	Closed   bool   // it ends and nothing takes its place
	Machines string // code of the successor that has its machines; "": the one in which its work counts
}

// Reorganisation is units that began, ended or changed on a day, by the province's word.
type Reorganisation struct {
	Version int64
	On      Date
	Title   string // what ordered it
	Units   []Unit
}

// UnitEnd is that the unit an office reports for was reorganised away.
type UnitEnd struct {
	Unit  string       // its full name; "" while it stands
	From  Date         // the first day without it
	Into  string       // the units in its place, by name; "" for none
	Heirs []UnitChoice // those this office may report for: the one the roster has its PC with, else all
}
