package bundle

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// MaxReceiptBundles is how many bundles a receipt speaks of by name: the newest. The
// vector of devices speaks of everything.
const MaxReceiptBundles = 1000

// Receipt is what the province says it holds of a unit, signed and readable by
// anyone who carries it.
type Receipt struct {
	Unit    string           `json:"unit"`
	No      int64            `json:"no"`
	Prev    string           `json:"prev"`    // LineHash of the receipt before it, "" of the first
	Created string           `json:"created"` // RFC 3339
	Roster  int64            `json:"roster"`
	Packs   map[string]int64 `json:"packs"`
	Devices []DeviceState    `json:"devices"`          // by device
	Bundles []BundleState    `json:"bundles"`          // by id
	Counts  map[string]int64 `json:"counts"`           // rows by noun
	Digest  string           `json:"digest"`           // of the unit's rows, "" when not said
	Fields  string           `json:"fields,omitempty"` // what the digest is of: another version of the program knows others
	Wants   []string         `json:"wants,omitempty"`  // files of signed reports that are not here, by SHA-256, sorted
}

// DeviceState is how much of a stream the province holds without a gap.
type DeviceState struct {
	Device string      `json:"d"`
	N      int64       `json:"n"`
	Head   string      `json:"head"`             // "" when n is 0
	Also   []Head      `json:"also,omitempty"`   // heads of other branches, after a fork
	Parked []seal.Span `json:"parked,omitempty"` // here, and waiting for what comes before
	Held   string      `json:"held,omitempty"`   // "unknown" or "revoked": what came later is not applied
}

// Head is the last commit of a branch.
type Head struct {
	N    int64  `json:"n"`
	Head string `json:"head"`
}

// BundleState is what became of one bundle.
type BundleState struct {
	ID     string `json:"id"`
	No     int64  `json:"no"`
	State  string `json:"state"`  // "applied", "parked" or "refused"
	Reason string `json:"reason"` // of Reasons, "" when applied
}

// WriteAck seals a receipt. The signer is the province's ack key.
func WriteAck(s Sender, r Receipt, id record.ID, no int64) (Sealed, error) {
	p, err := s.open(seal.KindAck, id, no, r.Created)
	if err != nil {
		return Sealed{}, err
	}
	r.Packs, r.Counts, r.Devices, r.Bundles = filled(r.Packs), filled(r.Counts), listed(r.Devices), listed(r.Bundles)
	p.env.RosterSeen, p.env.PacksSeen = r.Roster, r.Packs
	if err := r.check(p.env); err != nil {
		return Sealed{}, fmt.Errorf("%w: %v", record.ErrInvalid, err)
	}
	line, err := p.add('A', r)
	if err != nil {
		return Sealed{}, err
	}
	out, err := p.close()
	out.Line = line
	return out, err
}

// listed puts an empty list in the place of none, so that no null is written.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// LineHash names a receipt by its exact line.
func LineHash(line []byte) string { return sumOf(line) }

// ReadAck takes the payload of a receipt apart and gives its exact line as well,
// which is what is kept and what the next receipt names.
func ReadAck(env seal.Envelope, plain []byte) (r Receipt, line []byte, err error) {
	err = eachLine(env, seal.KindAck, plain, func(letter byte, rest []byte) error {
		if letter != 'A' {
			return nil
		}
		if line != nil {
			return damaged("two receipts in one bundle")
		}
		line = append([]byte("A "), rest...)
		if err := decode(rest, &r); err != nil {
			return err
		}
		return r.check(env)
	})
	if err == nil && line == nil {
		err = reasoned(damaged("no receipt"))
	}
	if err != nil {
		return Receipt{}, nil, err
	}
	return r, line, nil
}

func (r *Receipt) check(env seal.Envelope) error {
	switch {
	case r.Unit != env.To:
		return WithReason("wrong-unit", damaged("a receipt of %.40q for %s", r.Unit, env.To))
	case r.Created != env.Created || r.Roster != env.RosterSeen || len(r.Packs) != len(env.PacksSeen):
		return damaged("the envelope is another receipt's")
	case r.No < 1 || r.Prev != "" && !isHex(r.Prev, 64) || r.Digest != "" && !isHex(r.Digest, 64) || (r.No == 1) != (r.Prev == ""):
		return damaged("receipt %d after %.70q", r.No, r.Prev)
	case r.Fields != "" && !isHex(r.Fields, 32):
		return damaged("a digest of %.40q", r.Fields)
	case len(r.Bundles) > MaxReceiptBundles:
		return damaged("%d bundles", len(r.Bundles))
	}
	for pack, n := range r.Packs {
		if env.PacksSeen[pack] != n {
			return damaged("the envelope is another receipt's")
		}
	}
	for noun, n := range r.Counts {
		if noun == "" || len(noun) > 64 || n < 0 {
			return damaged("%d rows of %.70q", n, noun)
		}
	}
	if err := checkWants(r.Wants); err != nil {
		return err
	}
	return r.checkLists()
}

func (r *Receipt) checkLists() error {
	for i := range r.Devices {
		if i > 0 && r.Devices[i-1].Device >= r.Devices[i].Device {
			return damaged("devices stand twice or not in order")
		}
		if err := r.Devices[i].check(); err != nil {
			return err
		}
	}
	for i, b := range r.Bundles {
		if i > 0 && r.Bundles[i-1].ID >= b.ID {
			return damaged("bundles stand twice or not in order")
		}
		if err := b.check(); err != nil {
			return err
		}
	}
	return nil
}

func (d *DeviceState) check() error {
	if !isHex(d.Device, 32) || d.N < 0 || (d.N == 0) != (d.Head == "") || d.N > 0 && !isHex(d.Head, 64) {
		return damaged("device %.40q at %d %.70q", d.Device, d.N, d.Head)
	}
	for i, h := range d.Also {
		if h.N < 1 || !isHex(h.Head, 64) || h.Head == d.Head || i > 0 && d.Also[i-1].Head >= h.Head {
			return damaged("branch of %s at %d %.70q", d.Device, h.N, h.Head)
		}
	}
	for i, s := range d.Parked {
		if s.First < 1 || s.Last < s.First || i > 0 && s.First <= d.Parked[i-1].Last {
			return damaged("%v of %s is parked", s, d.Device)
		}
	}
	if !slices.Contains([]string{"", "unknown", "revoked"}, d.Held) {
		return damaged("device %s is held as %.20q", d.Device, d.Held)
	}
	return nil
}

func (b *BundleState) check() error {
	if id, err := record.ParseID(b.ID); err != nil || id.String() != b.ID || b.No < 1 {
		return damaged("bundle %.40q number %d", b.ID, b.No)
	}
	applied := b.State == "applied"
	if !applied && b.State != "parked" && b.State != "refused" || applied != (b.Reason == "") || !applied && reasonAt(b.Reason) == nil {
		return damaged("bundle %s is %.20q for %.20q", b.ID, b.State, b.Reason)
	}
	return nil
}

// Bundle is what became of one bundle, if the receipt speaks of it.
func (r *Receipt) Bundle(id string) (BundleState, bool) {
	i, ok := slices.BinarySearchFunc(r.Bundles, id, func(b BundleState, id string) int { return strings.Compare(b.ID, id) })
	if !ok {
		return BundleState{}, false
	}
	return r.Bundles[i], true
}

// Covers reports whether every point is at or before an acknowledged head on its own
// branch. ancestor gives the hash of a commit of the chain the points are on; a head
// further along than that chain proves nothing, and neither does one of another
// branch. Of no points nothing is acknowledged: ask for the bundle by its name.
func (r *Receipt) Covers(points map[string]Point, ancestor func(device string, n int64) (hash string, ok bool)) bool {
	for device, p := range points {
		if !r.covers(device, p, ancestor) {
			return false
		}
	}
	return len(points) > 0
}

func (r *Receipt) covers(device string, p Point, ancestor func(string, int64) (string, bool)) bool {
	i := slices.IndexFunc(r.Devices, func(d DeviceState) bool { return d.Device == device })
	if i < 0 || p.N < 1 {
		return false
	}
	on := func(n int64, hash string) bool {
		have, ok := ancestor(device, n)
		return ok && have == hash
	}
	heads := append([]Head{{r.Devices[i].N, r.Devices[i].Head}}, r.Devices[i].Also...)
	return slices.ContainsFunc(heads, func(h Head) bool {
		if h.N == p.N {
			return h.Head == p.Hash
		}
		return h.N > p.N && on(h.N, h.Head) && on(p.N, p.Hash)
	})
}
