package app

import (
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// unitFile is a reorganisation as the province writes it down: the lines of the sealed file,
// where a unit may also be named by its code.
type unitFile struct {
	Title string          `json:"title"`
	On    record.Date     `json:"on"`
	Units []unitFileEntry `json:"units"`
}

type unitFileEntry struct {
	ID           string         `json:"id"`
	Kind         string         `json:"kind"`
	Type         string         `json:"type"`
	Name         string         `json:"name"`
	Code         string         `json:"code"`
	Parent       string         `json:"parent_id"`
	Sector       string         `json:"sector"`
	Address      string         `json:"address"`
	Workers      unitFileCounts `json:"workers"`
	Focus        []string       `json:"focus"`
	Aliases      []string       `json:"aliases"`
	Valid        unitFileSpan   `json:"valid"`
	Predecessors []string       `json:"predecessors"`
	Successors   []string       `json:"successors"`
	Closed       bool           `json:"closed"`
	Machines     string         `json:"machines"`
}

type unitFileCounts struct {
	Total          int64 `json:"total"`
	Women          int64 `json:"women"`
	EthnicMinority int64 `json:"ethnic_minority"`
	Disabled       int64 `json:"disabled"`
}

type unitFileSpan struct {
	From record.Date `json:"from"`
	To   record.Date `json:"to"`
}

// ReadUnitFile reads a reorganisation that somebody wrote down, for PublishUnits. An entry
// without an id and without predecessors is the unit that has its code on the eve; with them it is a
// new unit. A code among predecessors is the unit of the eve, one among successors or as a parent that
// of the day.
func (a *App) ReadUnitFile(raw []byte) (title string, on record.Date, changes []record.UnitChange, err error) {
	var f unitFile
	if err := seal.StrictDecode(raw, &f); err != nil {
		return "", "", nil, record.Refuse(record.ErrInvalid,
			"Tệp sắp xếp đơn vị không đọc được: cần JSON với title, on và units.",
			"The file of the reorganisation cannot be read: it is JSON with title, on and units.").Because(err)
	}
	if f.On == "" || !f.On.Valid() {
		return "", "", nil, record.Refuse(record.ErrInvalid, "Ngày sắp xếp (on) không có trong lịch.", "The day of the reorganisation (on) does not exist.")
	}
	for i := range f.Units {
		c, err := a.unitChange(&f, &f.Units[i])
		if err != nil {
			return "", "", nil, err
		}
		changes = append(changes, c)
	}
	return f.Title, f.On, changes, nil
}

func (a *App) unitChange(f *unitFile, e *unitFileEntry) (c record.UnitChange, err error) {
	c = record.UnitChange{Closed: e.Closed, Machines: e.Machines, Unit: record.Unit{
		Kind: e.Kind, Type: e.Type, Name: e.Name, Code: e.Code, Sector: e.Sector, Address: e.Address, Workers: record.Workers(e.Workers),
		Focus: e.Focus, Aliases: e.Aliases, Valid: record.Validity(e.Valid),
	}}
	eve := f.On.AddDays(-1)
	switch {
	case e.ID != "":
		c.Unit.ID, err = record.ParseID(e.ID)
	case len(e.Predecessors) == 0:
		if u, ok := a.catalog().byCode(e.Code, eve); ok {
			c.Unit.ID = u.ID
		}
	}
	if err != nil {
		return c, record.Refuse(record.ErrInvalid, "Mã id “"+e.ID+"” không đúng.", "“"+e.ID+"” is no id.").Because(err)
	}
	if e.Parent != "" {
		if c.Unit.ParentID, err = a.unitNamed(f, e.Parent, f.On); err != nil {
			return c, err
		}
	}
	for _, text := range e.Predecessors {
		id, err := a.unitNamed(f, text, eve)
		if err != nil {
			return c, err
		}
		c.Unit.Predecessors = append(c.Unit.Predecessors, id)
	}
	for _, text := range e.Successors {
		id, err := a.unitNamed(f, text, f.On)
		if err != nil {
			return c, err
		}
		c.Unit.Successors = append(c.Unit.Successors, id)
	}
	return c, nil
}

// unitNamed finds a unit by its id or by its code on a day, among the new ones first.
func (a *App) unitNamed(f *unitFile, text string, on record.Date) (record.ID, error) {
	if id, err := record.ParseID(text); err == nil {
		return id, nil
	}
	news := slices.ContainsFunc(f.Units, func(e unitFileEntry) bool { return e.Code == text && e.ID == "" && len(e.Predecessors) > 0 })
	if news && on == f.On {
		return record.CatalogID("unit", text, string(f.On)), nil
	}
	if u, ok := a.catalog().byCode(text, on); ok {
		return u.ID, nil
	}
	return record.ID{}, record.Refuse(record.ErrNotFound,
		fmt.Sprintf("Không có đơn vị mã “%s” vào ngày %s.", text, on), fmt.Sprintf("No unit has the code “%s” on %s.", text, on))
}
