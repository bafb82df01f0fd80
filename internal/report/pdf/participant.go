package pdf

import (
	"fmt"

	"sophobien/internal/record"
)

// Participant is what papers may say of a person.
type Participant struct {
	Name     string
	Birth    record.Birth
	Unit     string // or where they live
	Position string
}

// NewParticipant takes of a person what may be printed. The unit is as it was written
// on a list, else by its name among the units.
func NewParticipant(p record.Person, units map[record.ID]string) Participant {
	unit := p.UnitText
	if unit == "" {
		unit = units[p.UnitID]
	}
	return Participant{Name: p.FullName, Birth: p.Birth, Unit: unit, Position: p.Position}
}

// birthYear is the year alone, empty when it is not known.
func (p Participant) birthYear() string {
	if y := p.Birth.Year(); y > 0 {
		return fmt.Sprint(y)
	}
	return ""
}
