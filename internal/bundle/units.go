package bundle

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Units is a reorganisation: units that begin, end or change on a day. Its version
// grows with every one a province publishes.
type Units struct {
	Version int64
	On      record.Date
	Title   string // what ordered it, for people
	Changes []UnitChange
}

// UnitChange is a unit as it is from now on. Its internal note stays at home.
type UnitChange struct {
	Unit record.Unit
}

// unitsLine is a V line as it is written.
type unitsLine struct {
	Version int64       `json:"version"`
	On      record.Date `json:"on"`
	Title   string      `json:"title"`
}

// unitLine is an N line as it is written.
type unitLine struct {
	ID           record.ID   `json:"id"`
	Kind         string      `json:"kind"`
	Type         string      `json:"type"`
	Name         string      `json:"name"`
	Code         string      `json:"code"`
	Parent       record.ID   `json:"parent_id,omitzero"`
	Sector       string      `json:"sector,omitempty"`
	Address      string      `json:"address,omitempty"`
	Workers      workersLine `json:"workers,omitzero"`
	Focus        []string    `json:"focus,omitempty"`
	Aliases      []string    `json:"aliases,omitempty"`
	Valid        validLine   `json:"valid,omitzero"`
	Predecessors []record.ID `json:"predecessors,omitempty"`
	Successors   []record.ID `json:"successors,omitempty"`
}

type workersLine struct {
	Total          int64 `json:"total"`
	Women          int64 `json:"women"`
	EthnicMinority int64 `json:"ethnic_minority"`
	Disabled       int64 `json:"disabled"`
}

type validLine struct {
	From record.Date `json:"from"`
	To   record.Date `json:"to"`
}

// WriteUnits seals a reorganisation for every office. The signer is the registrar's
// key; the changes stand in the order of their units' ids.
func WriteUnits(s Sender, u Units, id record.ID, no int64, created string) (Sealed, error) {
	if s.To != seal.OfficePublic {
		return Sealed{}, fmt.Errorf("%w: a reorganisation for %s alone", record.ErrInvalid, s.To)
	}
	p, err := s.open(seal.KindUnits, id, no, created)
	if err != nil {
		return Sealed{}, err
	}
	if err := u.check(); err != nil {
		return Sealed{}, fmt.Errorf("%w: %v", record.ErrInvalid, err)
	}
	if _, err := p.add('V', unitsLine{u.Version, u.On, u.Title}); err != nil {
		return Sealed{}, err
	}
	for _, c := range u.Changes {
		if _, err := p.add('N', lineOf(c.Unit)); err != nil {
			return Sealed{}, err
		}
	}
	return p.close()
}

// ReadUnits takes the payload of a reorganisation apart.
func ReadUnits(env seal.Envelope, plain []byte) (Units, error) {
	var u Units
	begun := false
	err := eachLine(env, seal.KindUnits, plain, func(letter byte, rest []byte) error {
		switch {
		case letter == 'V' && begun, letter == 'N' && !begun:
			return damaged("a reorganisation begins twice or not at all")
		case letter == 'V':
			begun = true
			var l unitsLine
			err := decode(rest, &l)
			u.Version, u.On, u.Title = l.Version, l.On, l.Title
			return err
		case letter == 'N':
			var l unitLine
			err := decode(rest, &l)
			u.Changes = append(u.Changes, UnitChange{l.unit()})
			return err
		}
		return nil
	})
	if err == nil && env.To != seal.OfficePublic {
		err = reasoned(damaged("a reorganisation for %s alone", env.To))
	}
	if err == nil {
		err = reasoned(u.check())
	}
	if err != nil {
		return Units{}, err
	}
	return u, nil
}

func (u *Units) check() error {
	if u.Version < 1 || u.On == "" || !u.On.Valid() || u.Title == "" || utf8.RuneCountInString(u.Title) > 300 || len(u.Changes) == 0 {
		return damaged("reorganisation %d on %.20q with %d units", u.Version, u.On, len(u.Changes))
	}
	for i := range u.Changes {
		unit := &u.Changes[i].Unit
		if i > 0 && bytes.Compare(u.Changes[i-1].Unit.ID[:], unit.ID[:]) >= 0 {
			return damaged("units stand twice or not in order")
		}
		if err := unit.Validate(); err != nil || unit.ID.IsZero() {
			return damaged("unit %s: %v", unit.ID, err)
		}
	}
	return nil
}

func lineOf(u record.Unit) unitLine {
	return unitLine{
		ID: u.ID, Kind: u.Kind, Type: u.Type, Name: u.Name, Code: u.Code, Parent: u.ParentID, Sector: u.Sector, Address: u.Address,
		Workers: workersLine(u.Workers), Focus: u.Focus, Aliases: u.Aliases, Valid: validLine(u.Valid),
		Predecessors: u.Predecessors, Successors: u.Successors,
	}
}

func (l *unitLine) unit() record.Unit {
	return record.Unit{
		ID: l.ID, Kind: l.Kind, Type: l.Type, Name: l.Name, Code: l.Code, ParentID: l.Parent, Sector: l.Sector, Address: l.Address,
		Workers: record.Workers(l.Workers), Focus: l.Focus, Aliases: l.Aliases, Valid: record.Validity(l.Valid),
		Predecessors: l.Predecessors, Successors: l.Successors,
	}
}
