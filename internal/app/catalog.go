package app

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"sophobien/assets"
	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/viet"
	"sophobien/internal/workday"
)

// catalog is what ships with the program: administrative units on their dates
// and topics. A unit's id is derived from code and period, so that every PC of
// every office means the same row by it.
type catalog struct {
	units  []record.Unit
	byID   map[record.ID]int
	keys   []string // search key of each unit's full name
	topics []record.Term

	sectors []sector
	ethnic  []string // names of the ethnic groups

	targets   []record.Target
	documents []report.Document // legal texts with the day they were issued

	holidays *workday.Calendar

	aliases map[string][]string // further spellings of a unit's name, by its code and name
	index   func() *intake.UnitIndex
}

// sector is a section of the economy in one version of its classification.
type sector struct {
	version, letter, name string
	valid                 record.Validity
}

var loadCatalog = sync.OnceValues(readCatalog)

func readCatalog() (*catalog, error) {
	c := &catalog{byID: map[record.ID]int{}}
	files := []string{"admin_units_2024_kontum.csv", "admin_units_2025_vn.csv"}
	for _, name := range files {
		rows, err := readCSV(name)
		if err != nil {
			return nil, err
		}
		if err := c.addUnits(rows); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	var err error
	if c.holidays, err = readHolidays(); err != nil {
		return nil, err
	}
	topics, err := readCSV("topics.csv")
	if err != nil {
		return nil, err
	}
	if c.topics, err = topicsOf(topics); err != nil {
		return nil, err
	}
	sectors, err := readCSV("vsic_level1.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range sectors {
		c.sectors = append(c.sectors, sector{r["version"], r["code"], r["name_vi"], record.Validity{From: record.Date(r["valid_from"]), To: record.Date(r["valid_to"])}})
	}
	groups, err := readCSV("ethnic_groups.csv")
	if err != nil {
		return nil, err
	}
	for _, r := range groups {
		c.ethnic = append(c.ethnic, r["name"])
	}
	if err := c.readRules(); err != nil {
		return nil, err
	}
	aliases, err := readCSV("admin_units_aliases.csv")
	if err != nil {
		return nil, err
	}
	c.aliases = map[string][]string{}
	for _, r := range aliases {
		key := aliasKey(r["code"], r["official_name"])
		c.aliases[key] = append(c.aliases[key], r["alias"])
	}
	c.index = sync.OnceValue(func() *intake.UnitIndex { return intake.NewUnitIndex(c.units, c.spelled) })
	return c, nil
}

// readRules reads what the figures of targets rest on.
func (c *catalog) readRules() error {
	text, err := assets.Catalog.ReadFile("catalog/targets.json")
	if err == nil {
		err = json.Unmarshal(text, &c.targets)
	}
	if err != nil {
		return fmt.Errorf("catalogue: targets: %w", err)
	}
	texts, err := readCSV("legal_documents.csv")
	for _, d := range texts {
		c.documents = append(c.documents, report.Document{Number: d["number"], Issued: record.Date(d["issue_date"])})
	}
	return err
}

// spelled are further spellings of a unit's name. A code alone would not do: codes
// are used again for other units.
func (c *catalog) spelled(u *record.Unit) []string { return c.aliases[aliasKey(u.Code, u.Name)] }

func aliasKey(code, name string) string { return code + " " + viet.Key(name) }

// readCSV reads a catalogue as one map a row.
func readCSV(name string) ([]map[string]string, error) {
	f, err := assets.Catalog.Open("catalog/" + name)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	defer f.Close()
	rows, err := csvRows(f)
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", name, err)
	}
	return rows, nil
}

// lastDay stands for an end that is not in sight.
const lastDay record.Date = "9999-12-31"

// addUnits adds one file's rows. A parent is the row of that code that exists on
// the unit's last day: a province may change its kind while its communes stay.
func (c *catalog) addUnits(rows []map[string]string) error {
	first := len(c.units)
	for _, r := range rows {
		u := record.Unit{
			ID: record.CatalogID("unit", r["code"], r["valid_from"]), Kind: r["level"], Type: r["type"], Name: r["name"], Code: r["code"],
			Valid: record.Validity{From: record.Date(r["valid_from"]), To: record.Date(r["valid_to"])},
		}
		if _, twice := c.byID[u.ID]; twice {
			return fmt.Errorf("%w: unit %s stands twice", record.ErrDamaged, u.Code)
		}
		c.byID[u.ID] = len(c.units)
		c.units = append(c.units, u)
		c.keys = append(c.keys, viet.Key(u.FullName()))
	}
	for i, r := range rows {
		u := &c.units[first+i]
		if parent, ok := c.byCode(r["parent_code"], cmp.Or(u.Valid.To, lastDay)); ok {
			u.ParentID = parent.ID
		}
	}
	return nil
}

// byCode finds the unit a code means on a day.
func (c *catalog) byCode(code string, on record.Date) (record.Unit, bool) {
	for i := range c.units {
		if u := &c.units[i]; u.Code == code && (on == "" || u.Valid.Has(on)) {
			return *u, true
		}
	}
	return record.Unit{}, false
}

// with is the catalogue after reorganisations, the oldest first: each unit as the newest
// of them that names it says, and what they say of predecessors, successors, other names and
// focus together.
func (c *catalog) with(packs []unitPack) *catalog {
	if len(packs) == 0 {
		return c
	}
	out := *c
	out.units, out.keys, out.byID = slices.Clone(c.units), slices.Clone(c.keys), maps.Clone(c.byID)
	for _, p := range packs {
		for _, change := range p.Changes {
			out.set(change.Unit)
		}
	}
	out.index = sync.OnceValue(func() *intake.UnitIndex { return intake.NewUnitIndex(out.units, out.spelled) })
	return &out
}

func (c *catalog) set(u record.Unit) {
	i, here := c.byID[u.ID]
	if !here {
		c.byID[u.ID] = len(c.units)
		c.units, c.keys = append(c.units, u), append(c.keys, viet.Key(u.FullName()))
		return
	}
	joinSets(&u, c.units[i])
	c.units[i], c.keys[i] = u, viet.Key(u.FullName())
}

// joinSets adds to a unit's sets what another version of it has in them.
func joinSets(u *record.Unit, other record.Unit) {
	u.Predecessors, u.Successors = joined(u.Predecessors, other.Predecessors), joined(u.Successors, other.Successors)
	u.Aliases, u.Focus = joined(u.Aliases, other.Aliases), joined(u.Focus, other.Focus)
}

func joined[T comparable](list, more []T) []T {
	out := slices.Clone(list)
	for _, x := range more {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// kin are a unit, what it went into, and all above these: what a register must hold for
// its work to count by any map.
func (c *catalog) kin(u record.Unit) []record.Unit {
	var out []record.Unit
	seen := map[record.ID]bool{}
	var walk func(record.Unit)
	walk = func(u record.Unit) {
		for _, x := range c.line(u) {
			if seen[x.ID] {
				continue
			}
			seen[x.ID] = true
			out = append(out, x)
			for _, id := range x.Successors {
				if heir, ok := c.unit(id); ok {
					walk(heir)
				}
			}
		}
	}
	walk(u)
	return out
}

// heir is the unit of those a unit went into in which its work counts by the newest map:
// the one with its code, else with its name, else the one with the lowest id.
func (c *catalog) heir(u record.Unit) (record.Unit, bool) {
	var out record.Unit
	best := -1
	for _, id := range u.Successors {
		s, ok := c.unit(id)
		if !ok || u.Valid.To == "" || s.Valid.To != "" && s.Valid.To <= u.Valid.To {
			continue
		}
		like := 0
		switch {
		case u.Code != "" && s.Code == u.Code:
			like = 2
		case s.Name == u.Name:
			like = 1
		}
		if like > best || like == best && bytes.Compare(s.ID[:], out.ID[:]) < 0 {
			out, best = s, like
		}
	}
	return out, best >= 0
}

func (c *catalog) unit(id record.ID) (record.Unit, bool) {
	i, ok := c.byID[id]
	if !ok {
		return record.Unit{}, false
	}
	return c.units[i], true
}

// line is a unit with all above it, itself first.
func (c *catalog) line(u record.Unit) []record.Unit {
	out := []record.Unit{u}
	for !u.ParentID.IsZero() && len(out) < 5 {
		parent, ok := c.unit(u.ParentID)
		if !ok {
			break
		}
		out, u = append(out, parent), parent
	}
	return out
}

func (c *catalog) choice(u record.Unit) record.UnitChoice {
	var above []string
	for _, p := range c.line(u)[1:] {
		above = append(above, p.FullName())
	}
	detail := strings.Join(above, ", ")
	if u.Valid.To != "" {
		detail = strings.TrimPrefix(detail+", đến "+u.Valid.To.String(), ", ")
	}
	return record.UnitChoice{ID: u.ID, Code: u.Code, Name: u.FullName(), Detail: detail, Valid: u.Valid}
}

// find lists units whose full name, or whose name with those above it, has words
// beginning with the query's; level "" is any, on "" any day.
func (c *catalog) find(query, level string, on record.Date, limit int) []record.UnitChoice {
	key := viet.Key(query)
	var hits []int
	for i := range c.units {
		u := &c.units[i]
		if (level != "" && u.Kind != level) || (on != "" && !u.Valid.Has(on)) {
			continue
		}
		if u.Code == strings.TrimSpace(query) || key != "" && viet.MatchKey(c.withAbove(i), key) {
			hits = append(hits, i)
		}
	}
	slices.SortStableFunc(hits, func(a, b int) int { return c.rank(b, key, query) - c.rank(a, key, query) })
	var out []record.UnitChoice
	for _, i := range hits[:min(limit, len(hits))] {
		out = append(out, c.choice(c.units[i]))
	}
	return out
}

// homeFirst puts units of one province before others.
func (c *catalog) homeFirst(province string, x, y record.UnitChoice) int {
	away := func(u record.UnitChoice) int {
		line := c.line(c.units[c.byID[u.ID]])
		if line[len(line)-1].Code == province {
			return 0
		}
		return 1
	}
	return away(x) - away(y)
}

func (c *catalog) withAbove(i int) string {
	key := c.keys[i]
	for _, p := range c.line(c.units[i])[1:] {
		key += " " + c.keys[c.byID[p.ID]]
	}
	return key
}

func (c *catalog) rank(i int, key, query string) int {
	u := &c.units[i]
	switch name := viet.Key(u.Name); {
	case u.Code == query:
		return 5
	case strings.EqualFold(u.Name, strings.TrimSpace(query)):
		return 4
	case name == key || c.keys[i] == key:
		return 3
	case strings.HasPrefix(name, key):
		return 2
	case strings.Contains(c.keys[i], key):
		return 1
	}
	return 0
}

// CatalogFiles are the shipped catalogues, for the demonstration office.
func CatalogFiles() fs.FS {
	sub, err := fs.Sub(assets.Catalog, "catalog")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}
