package trust

import (
	"crypto/ed25519"
	"regexp"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Bounds of a roster.
const (
	maxRosterNo = 999_999_999
	maxMembers  = 10_000 // units, and devices
)

// Roster is the province's list of who takes part: the units, their machines, and to
// whom everybody seals.
type Roster struct {
	Version    int64
	Unit, Name string // of the province
	Created    string // RFC 3339
	Recipients []string
	DueDay     int // of the month after: until then a month is on time; 0 none
	Units      []RosterUnit
	Devices    []RosterDevice
}

// RosterUnit is a unit that reports. One that has ended stays, with its last day.
type RosterUnit struct {
	Code string      `json:"code"`
	Name string      `json:"name"`
	Kind string      `json:"kind"`
	ID   record.ID   `json:"id"`
	From record.Date `json:"from,omitempty"`
	To   record.Date `json:"to,omitempty"`
}

// RosterDevice is a machine. One that is lost or replaced stays, with a cut.
type RosterDevice struct {
	ID        string            `json:"id"`
	Key       ed25519.PublicKey `json:"key"`
	Unit      string            `json:"unit"` // code
	Role      record.Role       `json:"role"`
	Name      string            `json:"name"`
	Recipient string            `json:"recipient"`
	Since     []Membership      `json:"since,omitempty"` // the units it has worked for, the present one last
	Cut       *Cut              `json:"cut,omitempty"`
	Continues string            `json:"continues,omitempty"` // device whose stream it goes on from
}

// Membership is from when on a machine works for a unit.
type Membership struct {
	Unit string      `json:"unit"`
	From record.Date `json:"from,omitempty"`
}

// Cut is the last commit of a machine that is taken without a question. It is a place in
// the chain and not a time, since clocks lie; N is 0 when nothing of it counts.
type Cut struct {
	N    int64    `json:"n"`
	Head string   `json:"head,omitempty"`
	Also []string `json:"also,omitempty"` // last commits of the other branches of a forked stream
}

func (c *Cut) isValid() bool {
	for _, head := range c.Also {
		if !isPoint(c.N, head) || c.N == 0 {
			return false
		}
	}
	return isPoint(c.N, c.Head) && len(c.Also) < maxBranches
}

// With is a cut at which another branch ends, too.
func (c *Cut) With(n int64, head string) *Cut {
	switch {
	case n == 0 || head == c.Head || slices.Contains(c.Also, head):
		return c
	case c.N == 0:
		return &Cut{N: n, Head: head}
	case n > c.N:
		return &Cut{N: n, Head: head, Also: append([]string{c.Head}, c.Also...)}
	}
	return &Cut{N: c.N, Head: c.Head, Also: append(slices.Clone(c.Also), head)}
}

// maxBranches is how many ends a forked stream may have on the roster.
const maxBranches = 64

// Device finds a machine on the roster.
func (r Roster) Device(id string) (RosterDevice, bool) {
	for _, d := range r.Devices {
		if d.ID == id {
			return d, true
		}
	}
	return RosterDevice{}, false
}

// RosterUnit finds a unit by its code.
func (r Roster) unit(code string) (RosterUnit, bool) {
	for _, u := range r.Units {
		if u.Code == code {
			return u, true
		}
	}
	return RosterUnit{}, false
}

// Validate checks everything a roster says by itself.
func (r Roster) Validate() error {
	switch {
	case r.Version < 1 || r.Version > maxRosterNo:
		return invalid("roster version %d", r.Version)
	case !isUnit(r.Unit) || !isText(r.Name):
		return invalid("province %.60q %.60q", r.Unit, r.Name)
	case !isTime(r.Created):
		return invalid("roster created %.60q", r.Created)
	case r.DueDay < 0 || r.DueDay > 31:
		return invalid("due day %d", r.DueDay)
	case len(r.Units) > maxMembers || len(r.Devices) > maxMembers:
		return invalid("%d units and %d devices", len(r.Units), len(r.Devices))
	}
	if err := checkRecipients(r.Recipients); err != nil {
		return err
	}
	codes, err := r.checkUnits()
	if err != nil {
		return err
	}
	return r.checkDevices(codes)
}

var unitKind = regexp.MustCompile(`^[a-z][a-z_-]{0,39}$`)

func (r Roster) checkUnits() (codes map[string]bool, err error) {
	codes = map[string]bool{r.Unit: true}
	ids, listed := map[record.ID]bool{}, map[string]bool{}
	for _, u := range r.Units {
		switch {
		case !isUnit(u.Code) || listed[u.Code]:
			return nil, invalid("unit %.60q is none, or there twice", u.Code)
		case u.ID.IsZero() || ids[u.ID]:
			return nil, invalid("unit %s has no id, or another's", u.Code)
		case !isText(u.Name) || !unitKind.MatchString(u.Kind):
			return nil, invalid("unit %s is a %.60q named %.60q", u.Code, u.Kind, u.Name)
		case !u.From.Valid() || !u.To.Valid() || u.From != "" && u.To != "" && u.To < u.From:
			return nil, invalid("unit %s from %.20q to %.20q", u.Code, u.From, u.To)
		}
		codes[u.Code], listed[u.Code], ids[u.ID] = true, true, true
	}
	return codes, nil
}

func (r Roster) checkDevices(codes map[string]bool) error {
	continues := map[string]string{}
	for _, d := range r.Devices {
		if err := d.check(r.Unit, codes); err != nil {
			return err
		}
		if _, twice := continues[d.ID]; twice {
			return invalid("device %s is there twice", d.ID)
		}
		continues[d.ID] = d.Continues
	}
	// Streams that go on from each other in a ring would keep a reader walking.
	for id := range continues {
		for at, steps := continues[id], 0; at != ""; at, steps = continues[at], steps+1 {
			if steps > len(continues) {
				return invalid("device %s goes on from itself", id)
			}
		}
	}
	return nil
}

func (d RosterDevice) check(province string, codes map[string]bool) error {
	switch {
	case len(d.Key) != ed25519.PublicKeySize || d.ID != seal.DeviceID(d.Key):
		return invalid("device %.40q is not its key's", d.ID)
	case !codes[d.Unit]:
		return invalid("device %s is of unit %.60q, which is not listed", d.ID, d.Unit)
	case d.Role != record.RoleOffice && d.Role != record.RoleProvince:
		return invalid("device %s has the role %.40q", d.ID, d.Role)
	case (d.Role == record.RoleProvince) != (d.Unit == province):
		return invalid("device %s of unit %s has the role %s", d.ID, d.Unit, d.Role)
	case !isText(d.Name):
		return invalid("device %s is named %.60q", d.ID, d.Name)
	case d.Cut != nil && !d.Cut.isValid():
		return invalid("device %s is cut at %d %.70q", d.ID, d.Cut.N, d.Cut.Head)
	case d.Continues != "" && !hex32.MatchString(d.Continues):
		return invalid("device %s goes on from %.40q", d.ID, d.Continues)
	}
	if _, err := isHybrid(d.Recipient); err != nil {
		return err
	}
	return d.checkSince(codes)
}

func (d RosterDevice) checkSince(codes map[string]bool) error {
	for i, m := range d.Since {
		if !codes[m.Unit] || !m.From.Valid() || i > 0 && m.From <= d.Since[i-1].From {
			return invalid("device %s of unit %.60q from %.20q", d.ID, m.Unit, m.From)
		}
	}
	if n := len(d.Since); n > 0 && d.Since[n-1].Unit != d.Unit {
		return invalid("device %s works for %s and says %s", d.ID, d.Unit, d.Since[n-1].Unit)
	}
	return nil
}
