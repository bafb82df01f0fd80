package trust

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

const (
	maxRosterPlain = 32 << 20 // bytes
	maxRosterStep  = 10_000   // versions in one step: a stolen key cannot use up the numbers
	rosterSchema   = 1
)

// rosterHead is the R line.
type rosterHead struct {
	Version    int64    `json:"version"`
	Unit       string   `json:"unit"`
	Name       string   `json:"name"`
	Created    string   `json:"created"`
	Recipients []string `json:"recipients"`
	DueDay     int      `json:"due_day,omitempty"`
}

// SealRoster makes the file of a roster: every root from the first on, so that a
// machine that was away for years finds its way, and the list, sorted.
func SealRoster(a *Authority, chain []Signed, r Roster, id record.ID, created, app string, random io.Reader) (file []byte, name string, err error) {
	if err := r.Validate(); err != nil {
		return nil, "", err
	}
	header, err := seal.NewStreamHeader(seal.KindRoster, id.String(), random)
	if err != nil {
		return nil, "", kindly(err)
	}
	plain, err := rosterPlain(header, chain, r)
	if err != nil {
		return nil, "", err
	}
	env := seal.Envelope{
		Kind: seal.KindRoster, ID: id.String(), Unit: r.Unit, To: seal.OfficePublic, No: r.Version,
		App: app, Schema: rosterSchema, Created: created, RosterSeen: r.Version,
	}
	file, env, err = seal.Seal(env, plain, a.Registrar, nil)
	if err != nil {
		return nil, "", kindly(err)
	}
	// A roster no office takes must not leave the house.
	if _, err := OpenRoster(Known{}, file); err != nil {
		return nil, "", invalid("the roster would be refused: %v", err)
	}
	name, err = seal.NameOf(env, r.Unit)
	return file, name, err
}

func rosterPlain(header seal.StreamHeader, chain []Signed, r Roster) ([]byte, error) {
	w, err := seal.NewLineWriter(header)
	if err != nil {
		return nil, kindly(err)
	}
	add := func(letter string, v any) {
		var line []byte
		if line, err = plainJSON(v); err == nil {
			err = w.Add(append([]byte(letter+" "), line...))
		}
	}
	for _, s := range chain {
		if add("T", s.text()); err != nil {
			return nil, kindly(err)
		}
	}
	if add("R", rosterHead{r.Version, r.Unit, r.Name, r.Created, r.Recipients, r.DueDay}); err != nil {
		return nil, kindly(err)
	}
	for _, u := range slices.SortedFunc(slices.Values(r.Units), func(a, b RosterUnit) int { return strings.Compare(a.Code, b.Code) }) {
		if add("U", u); err != nil {
			return nil, kindly(err)
		}
	}
	for _, d := range slices.SortedFunc(slices.Values(r.Devices), func(a, b RosterDevice) int { return strings.Compare(a.ID, b.ID) }) {
		if add("D", d); err != nil {
			return nil, kindly(err)
		}
	}
	plain, err := w.Finish()
	if err != nil {
		return nil, kindly(err)
	}
	return plain, nil
}

// OpenRoster takes a roster file: roots first, which prove themselves from the root
// at hand, then the registrar they name, then the list. What is known stays as it is
// when the file is refused.
//
// A roster binds the next one: its version does not go down, nothing else comes under
// the same one, no device vanishes. It no longer does once its registrar was replaced,
// so that what a thief wrote with the key does not lock the offices in.
func OpenRoster(have Known, file []byte) (Known, error) {
	chain, err := rosterRoots(file)
	if err != nil {
		return have, err
	}
	next, err := have.withRoots(chain)
	if err != nil {
		return have, err
	}
	got, err := readRoster(next.Root, file)
	if err != nil {
		return have, err
	}
	if _, ok := next.Root.Key(RoleRegistrar, have.registrar); ok {
		if err := have.follows(got); err != nil {
			return have, err
		}
	}
	return next.with(got), nil
}

// heldRoster is a roster that is believed, and its file.
type heldRoster struct {
	file      []byte
	roster    Roster
	registrar string
	body      []byte
}

func (k Known) with(h heldRoster) Known {
	k.File, k.Roster, k.registrar, k.body = h.file, h.roster, h.registrar, h.body
	return k
}

// follows holds a roster against the one it is to replace.
func (k Known) follows(next heldRoster) error {
	was, is := k.Roster, next.roster
	switch {
	case is.Version < was.Version:
		return because(ErrRosterOld, fmt.Sprintf("version %d after %d", is.Version, was.Version))
	case is.Version == was.Version && !bytes.Equal(k.body, next.body):
		return because(ErrRosterFork, fmt.Sprintf("another version %d", is.Version))
	case is.Version-was.Version > maxRosterStep:
		return because(ErrRosterFork, fmt.Sprintf("version %d after %d", is.Version, was.Version))
	}
	still := map[string]bool{}
	for _, d := range is.Devices {
		still[d.ID] = true
	}
	for _, d := range was.Devices {
		if !still[d.ID] {
			return because(ErrRosterFork, fmt.Sprintf("device %s is gone", d.ID))
		}
	}
	return nil
}

// rosterRoots reads the roots a file brings, before anything of it is believed.
func rosterRoots(file []byte) ([]Signed, error) {
	plain, err := seal.Unproven(file, maxRosterPlain)
	if err != nil {
		return nil, kindly(err)
	}
	chain, _, err := splitRoots(plain)
	return chain, err
}

// splitRoots gives the leading T lines and a reader at the first line after them,
// which comes along.
func splitRoots(plain []byte) (chain []Signed, rest rosterLines, err error) {
	lines, err := seal.NewLineReader(plain)
	if err != nil {
		return nil, rosterLines{}, kindly(err)
	}
	rest = rosterLines{from: lines}
	for rest.next(); rest.letter == "T"; rest.next() {
		var text signedText
		if err := seal.StrictDecode(rest.json, &text); err != nil {
			return nil, rosterLines{}, kindly(err)
		}
		if len(chain) == maxRoots {
			return nil, rosterLines{}, because(ErrDocument, "a chain of too many roots")
		}
		chain = append(chain, text.signed())
	}
	return chain, rest, rest.err
}

// rosterLines reads lines of a letter, a space (package seal sees to both) and JSON.
type rosterLines struct {
	from   *seal.LineReader
	letter string // of the line at hand, "" after the last
	json   []byte
	line   []byte
	err    error
}

func (l *rosterLines) next() {
	l.letter, l.json, l.line = "", nil, nil
	line, err := l.from.Next()
	if errors.Is(err, io.EOF) {
		return
	}
	if err != nil {
		l.err = kindly(err)
		return
	}
	l.letter, l.json, l.line = string(line[:1]), line[2:], line
}

// readRoster believes a file whose registrar a root names.
func readRoster(root Root, file []byte) (heldRoster, error) {
	outer, err := seal.ReadOuter(file, Known{Root: root}.KeyOf(seal.KindRoster))
	if err != nil {
		return heldRoster{}, kindly(err)
	}
	env := outer.Envelope
	if env.Kind != seal.KindRoster || env.To != seal.OfficePublic {
		return heldRoster{}, because(ErrDocument, fmt.Sprintf("a %s for %s", env.Kind, env.To))
	}
	plain, err := outer.Open(nil)
	if err != nil {
		return heldRoster{}, kindly(err)
	}
	r, body, err := parseRoster(plain)
	if err != nil {
		return heldRoster{}, err
	}
	switch {
	case r.Unit != root.Unit || env.Unit != root.Unit:
		return heldRoster{}, because(ErrOtherProvince, r.Unit)
	case env.No != r.Version:
		return heldRoster{}, because(ErrDocument, fmt.Sprintf("number %d of version %d", env.No, r.Version))
	}
	for _, d := range r.Devices {
		if root.Keys[d.ID] != nil {
			return heldRoster{}, because(ErrDocument, fmt.Sprintf("device %s has a key of the province", d.ID))
		}
	}
	return heldRoster{bytes.Clone(file), r, env.From, body}, nil
}

// parseRoster reads the lines of a payload: T, one R, U, D. Lines of a letter only a newer
// program knows are passed over; one that must be known is a critical feature.
func parseRoster(plain []byte) (Roster, []byte, error) {
	if len(plain) > maxRosterPlain {
		return Roster{}, nil, because(ErrDocument, "a roster too long")
	}
	_, lines, err := splitRoots(plain)
	if err != nil {
		return Roster{}, nil, err
	}
	var r Roster
	var body []byte
	for order := "RUD"; lines.letter != ""; lines.next() {
		body = append(append(body, lines.line...), '\n')
		at := strings.Index("TRUD", lines.letter)
		if at < 0 {
			continue
		}
		// A letter that was left behind does not come again, and R only once.
		if order = order[max(0, strings.Index(order, lines.letter)):]; order[:1] != lines.letter {
			return Roster{}, nil, because(ErrDocument, "a line out of its order")
		}
		if err := r.read(lines); err != nil {
			return Roster{}, nil, err
		}
		if lines.letter == "R" {
			order = "UD"
		}
	}
	if lines.err != nil {
		return Roster{}, nil, lines.err
	}
	if err := r.Validate(); err != nil {
		return Roster{}, nil, damaged(err)
	}
	return r, body, nil
}

// read takes one line.
func (r *Roster) read(l rosterLines) (err error) {
	switch l.letter {
	case "R":
		var h rosterHead
		err = seal.StrictDecode(l.json, &h)
		r.Version, r.Unit, r.Name, r.Created, r.Recipients, r.DueDay = h.Version, h.Unit, h.Name, h.Created, h.Recipients, h.DueDay
	case "U":
		var u RosterUnit
		err = seal.StrictDecode(l.json, &u)
		r.Units = append(r.Units, u)
	case "D":
		var d RosterDevice
		err = seal.StrictDecode(l.json, &d)
		r.Devices = append(r.Devices, d)
	}
	if err != nil {
		return kindly(err)
	}
	return nil
}
