package trust

import (
	"bytes"
	"crypto/rand"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

func TestRosterRoundTrip(t *testing.T) {
	p := newProvince(t)
	r := p.version(7, func(r *Roster) {
		lost := p.device(t, newKey(t), "23293", record.RoleOffice)
		lost.Cut = (&Cut{N: 16, Head: strings.Repeat("b2", 32)}).With(17, strings.Repeat("a1", 32)).With(17, strings.Repeat("a1", 32))
		moved := p.device(t, newKey(t), "24340", record.RoleOffice)
		moved.Since = []Membership{{Unit: "23293"}, {Unit: "24340", From: "2026-07-01"}}
		moved.Continues, moved.Cut = lost.ID, &Cut{}
		r.Devices = append(r.Devices, lost, moved)
	})
	file, name, err := SealRoster(p.Authority, p.Chain, r, testIDs, testTime, "sophobien 1.0", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if want := regexp.MustCompile(`^SPB_51_` + idOf(p.Registrar)[:4] + `_00007_20261123_[0-9a-f]{6}\.sopb\.zip$`); !want.MatchString(name) {
		t.Errorf("name %q", name)
	}
	k, err := OpenRoster(Known{}, file)
	if err != nil {
		t.Fatal(err)
	}
	want := Known{Chain: p.Chain, Root: p.Root, Roster: r, File: file}
	if diff := cmp.Diff(want, k, cmpopts.IgnoreUnexported(Known{}), cmpopts.SortSlices(func(a, b RosterUnit) bool { return a.Code < b.Code }),
		cmpopts.SortSlices(func(a, b RosterDevice) bool { return a.ID < b.ID })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	slices.Reverse(r.Devices)
	slices.Reverse(r.Units)
	if again, err := OpenRoster(k, p.seal(t, r)); err != nil || !bytes.Equal(again.body, k.body) {
		t.Errorf("the same in another order is another roster, %v", err)
	}
}

func TestRosterRules(t *testing.T) {
	p, other := newProvince(t), newProvince(t)
	have, err := OpenRoster(Known{}, p.seal(t, p.version(5, nil)))
	if err != nil {
		t.Fatal(err)
	}
	stranger := p.device(t, newKey(t), "24340", record.RoleOffice)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"the same again":        {have.File, nil},
		"the same, sealed anew": {p.seal(t, p.version(5, nil)), nil},
		"one machine more":      {p.seal(t, p.version(6, func(r *Roster) { r.Devices = append(r.Devices, stranger) })), nil},
		"a machine cut":         {p.seal(t, p.version(6, func(r *Roster) { r.Devices[0].Cut = &Cut{} })), nil},
		"versions left out":     {p.seal(t, p.version(5+maxRosterStep, nil)), nil},
		"an older one":          {p.seal(t, p.version(4, nil)), ErrRosterOld},
		"another of the same":   {p.seal(t, p.version(5, func(r *Roster) { r.DueDay++ })), ErrRosterFork},
		"a machine gone":        {p.seal(t, p.version(6, func(r *Roster) { r.Devices = r.Devices[1:] })), ErrRosterFork},
		"a machine exchanged":   {p.seal(t, p.version(6, func(r *Roster) { r.Devices[0] = stranger })), ErrRosterFork},
		"far ahead":             {p.seal(t, p.version(6+maxRosterStep, nil)), ErrRosterFork},
		"another province's":    {other.seal(t, other.version(6, nil)), ErrOtherProvince},
		"a log":                 {sealed(t, seal.KindLog, "51", p.office, have.Recipients()...), record.ErrDamaged},
		"an ack":                {sealed(t, seal.KindAck, "51", p.Ack), ErrSignature},
		"a reorganisation":      {sealed(t, seal.KindUnits, seal.OfficePublic, p.Registrar), record.ErrDamaged},
		"no file":               {nil, record.ErrDamaged},
	} {
		got, err := OpenRoster(have, c.file)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if c.want == nil {
			continue
		}
		if diff := cmp.Diff(have, got, cmp.AllowUnexported(Known{})); diff != "" {
			t.Errorf("%s changed what is known:\n%s", name, diff)
		}
	}
}

// TestReplacedRegistrar: the old key signs no more; what a thief wrote with it does not
// bind the new one; a machine that was off meets it all in one file.
func TestReplacedRegistrar(t *testing.T) {
	p := newProvince(t)
	early := p.known(t)
	thief := *p
	thief.Authority = &Authority{}
	*thief.Authority = *p.Authority
	p.replace(t, RoleAck, p.Ack)
	p.replace(t, RoleRegistrar, p.Registrar)
	p.replace(t, RoleContent, p.Content)

	stolen, err := OpenRoster(early, thief.seal(t, p.version(9000, func(r *Roster) {
		r.Devices = append(r.Devices, p.device(t, newKey(t), "24340", record.RoleOffice))
	})))
	if err != nil {
		t.Fatal(err)
	}
	rightful := p.seal(t, p.version(2, nil))
	for name, have := range map[string]Known{"early": early, "robbed": stolen, "new": {}} {
		k, err := OpenRoster(have, rightful)
		if err != nil || k.Root.Version != 4 || len(k.Chain) != 4 || k.Roster.Version != 2 || len(k.Roster.Devices) != 2 {
			t.Errorf("%s: root %d, roster %d, %v", name, k.Root.Version, k.Roster.Version, err)
			continue
		}
		if _, err := OpenRoster(k, thief.seal(t, p.version(3, nil))); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: the replaced registrar = %v", name, err)
		}
		if _, err := OpenRoster(k, p.seal(t, p.version(1, nil))); !errors.Is(err, ErrRosterOld) {
			t.Errorf("%s: the new registrar's first is no floor: %v", name, err)
		}
	}
	if _, _, err := SealRoster(thief.Authority, p.Chain, p.roster, testIDs, testTime, "x", rand.Reader); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("sealed by who is no registrar: %v", err)
	}
}

// TestForkedRoots: two second roots, each signed by enough, under one registrar.
func TestForkedRoots(t *testing.T) {
	p := newProvince(t)
	fork := *p
	p.replace(t, RoleAck, p.Ack)
	fork.replace(t, RoleAck, fork.Ack)
	if _, err := OpenRoster(p.known(t), fork.seal(t, p.version(2, nil))); !errors.Is(err, ErrSignature) {
		t.Errorf("a forked root = %v", err)
	}
}

// TestRosterFileRefuses what the registrar may have signed and no roster is.
func TestRosterFileRefuses(t *testing.T) {
	p := newProvince(t)
	header, err := seal.NewStreamHeader(seal.KindRoster, testIDs.String(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := rosterPlain(header, p.Chain, p.roster)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(whole), "\n"), "\n")
	lines = lines[1 : len(lines)-1] // T R U U D D
	with := func(no int64, lines ...string) []byte {
		w, err := seal.NewLineWriter(header)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if err := w.Add([]byte(line)); err != nil {
				t.Fatal(err)
			}
		}
		plain, err := w.Finish()
		if err != nil {
			t.Fatal(err)
		}
		return sealedPlain(t, seal.KindRoster, seal.OfficePublic, plain, p.Registrar)
	}
	order := func(at ...int) []string {
		var out []string
		for _, i := range at {
			out = append(out, lines[i])
		}
		return out
	}
	if _, err := OpenRoster(Known{}, with(1, order(0, 1, 2, 3, 4, 5)...)); err != nil {
		t.Fatal(err)
	}
	if k, err := OpenRoster(Known{}, with(1, append(order(0, 1, 2, 3, 4, 5), `Z {"new":1}`)...)); err != nil || len(k.Roster.Devices) != 2 {
		t.Errorf("a line only a newer program knows = %v", err)
	}
	rogue := p.device(t, p.Ack, "24340", record.RoleOffice)
	rogueLine, err := plainJSON(rogue)
	if err != nil {
		t.Fatal(err)
	}
	for name, lines := range map[string][]string{
		"no root":               order(1, 2, 3, 4, 5),
		"no head":               order(0, 2, 3, 4, 5),
		"two heads":             order(0, 1, 1, 2, 3, 4, 5),
		"a root after the head": order(0, 1, 0, 2, 3, 4, 5),
		"a unit twice":          order(0, 1, 2, 2, 3, 4, 5),
		"a device twice":        order(0, 1, 2, 3, 4, 4),
		"a unit after a device": order(0, 1, 2, 4, 3, 5),
		"a unit missing":        order(0, 1, 4, 5),
		"another version":       {lines[0], strings.Replace(lines[1], `"version":1`, `"version":2`, 1), lines[2], lines[3], lines[4], lines[5]},
		"a key twice in JSON":   {lines[0], strings.Replace(lines[1], `"version":1`, `"version":1,"Version":1`, 1), lines[2], lines[3], lines[4], lines[5]},
		"another province":      {lines[0], strings.Replace(lines[1], `"unit":"51"`, `"unit":"52"`, 1), lines[2], lines[3], lines[4]},
		"a key of the province": append(order(0, 1, 2, 3, 4, 5), "D "+string(rogueLine)),
	} {
		if _, err := OpenRoster(Known{}, with(1, lines...)); !errors.Is(err, record.ErrDamaged) && !errors.Is(err, ErrOtherProvince) {
			t.Errorf("%s: %v", name, err)
		}
	}
	units := bytes.Replace(whole, []byte(seal.KindRoster), []byte(seal.KindUnits), 1)
	if _, err := OpenRoster(Known{}, sealedPlain(t, seal.KindUnits, seal.OfficePublic, units, p.Registrar)); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a roster called a reorganisation = %v", err)
	}
	addressed := sealedPlain(t, seal.KindRoster, "24340", whole, p.Registrar)
	if _, err := OpenRoster(Known{}, addressed); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("for one office = %v", err)
	}
}

func TestRosterFieldsAreChecked(t *testing.T) {
	p := newProvince(t)
	if err := p.roster.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*Roster){
		"no version":            func(r *Roster) { r.Version = 0 },
		"version of ten digits": func(r *Roster) { r.Version = maxRosterNo + 1 },
		"no unit":               func(r *Roster) { r.Unit = "" },
		"no name":               func(r *Roster) { r.Name = " " },
		"created":               func(r *Roster) { r.Created = "2026-11-23" },
		"due day":               func(r *Roster) { r.DueDay = 32 },
		"no recipients":         func(r *Roster) { r.Recipients = nil },
		"a secret recipient":    func(r *Roster) { r.Recipients = []string{p.Working[0]} },
		"unit code":             func(r *Roster) { r.Units[0].Code = "xã" },
		"unit name":             func(r *Roster) { r.Units[0].Name = "" },
		"unit kind":             func(r *Roster) { r.Units[0].Kind = "Xã" },
		"unit without id":       func(r *Roster) { r.Units[0].ID = record.ID{} },
		"two units, one id":     func(r *Roster) { r.Units[0].ID = r.Units[1].ID },
		"two units, one code":   func(r *Roster) { r.Units[1].Code = r.Units[0].Code },
		"unit ends first":       func(r *Roster) { r.Units[0].To = "2025-06-30" },
		"unit of no day":        func(r *Roster) { r.Units[0].From = "2025-02-30" },
		"another's key":         func(r *Roster) { r.Devices[0].Key = r.Devices[1].Key },
		"half a key":            func(r *Roster) { r.Devices[0].Key = r.Devices[0].Key[:16] },
		"a device twice":        func(r *Roster) { r.Devices[1] = r.Devices[0] },
		"a unit not listed":     func(r *Roster) { r.Devices[0].Unit, r.Devices[0].Since = "99999", nil },
		"no role":               func(r *Roster) { r.Devices[0].Role = "" },
		"an office as province": func(r *Roster) { r.Devices[0].Role = record.RoleProvince },
		"a province as office":  func(r *Roster) { r.Devices[1].Role = record.RoleOffice },
		"device name":           func(r *Roster) { r.Devices[0].Name = "" },
		"device recipient":      func(r *Roster) { r.Devices[0].Recipient = "age1" },
		"since nowhere":         func(r *Roster) { r.Devices[0].Since = []Membership{{Unit: "9"}, {Unit: "24340", From: "2026-01-01"}} },
		"since elsewhere":       func(r *Roster) { r.Devices[0].Since = []Membership{{Unit: "23293"}} },
		"since backwards": func(r *Roster) {
			r.Devices[0].Since = []Membership{{Unit: "23293", From: "2026-02-01"}, {Unit: "24340", From: "2026-01-01"}}
		},
		"cut without hash":    func(r *Roster) { r.Devices[0].Cut = &Cut{N: 4} },
		"cut without number":  func(r *Roster) { r.Devices[0].Cut = &Cut{Head: strings.Repeat("a1", 32)} },
		"goes on from a name": func(r *Roster) { r.Devices[0].Continues = "Máy 1" },
		"goes on from itself": func(r *Roster) { r.Devices[0].Continues = r.Devices[0].ID },
		"goes on in a ring": func(r *Roster) {
			r.Devices[0].Continues, r.Devices[1].Continues = r.Devices[1].ID, r.Devices[0].ID
		},
	} {
		r := p.version(1, bend)
		if err := r.Validate(); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := SealRoster(p.Authority, p.Chain, r, testIDs, testTime, "x", rand.Reader); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: sealed, %v", name, err)
		}
	}
}

// TestEveryDamagedRosterIsRefused flips every bit of a small file.
func TestEveryDamagedRosterIsRefused(t *testing.T) {
	p := newProvince(t)
	file := p.seal(t, p.roster)
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 8)
		if _, err := OpenRoster(Known{}, bad); err == nil {
			t.Fatalf("byte %d flipped and taken", i)
		}
	}
	for i := 0; i < len(file); i += 7 {
		if _, err := OpenRoster(Known{}, file[:i]); err == nil {
			t.Fatalf("cut at %d and taken", i)
		}
	}
}
