package bundle

import (
	"encoding/json"
	"fmt"
	"maps"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// State is what a sender held when it sealed a bundle: the last commit of every
// stream, the roster and packs it knew, and the day up to which its register is
// complete. The day holds only once the receiver has everything up to the heads: a
// bundle may be one of several.
type State struct {
	Heads   map[string]Point // by device
	Through record.Date      // "" when the sender says nothing
	Roster  int64
	Packs   map[string]int64
	Wants   []string // files of evidence it lacks, by SHA-256, sorted
}

// MaxWants is how many files are asked for at once.
const MaxWants = 1000

// Point is a place in a stream: a commit's number and its hash.
type Point struct {
	N    int64
	Hash string
}

// MarshalJSON writes [n,"hash"].
func (p Point) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `[%d,"%s"]`, p.N, p.Hash), nil }

// UnmarshalJSON reads exactly a number and a hash.
func (p *Point) UnmarshalJSON(b []byte) error {
	var pair []json.RawMessage
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("a point of %d parts", len(pair))
	}
	if err := json.Unmarshal(pair[0], &p.N); err != nil {
		return err
	}
	if err := json.Unmarshal(pair[1], &p.Hash); err != nil {
		return err
	}
	if p.N < 1 || !isHex(p.Hash, 64) {
		return fmt.Errorf("point %d %.70q", p.N, p.Hash)
	}
	return nil
}

// stateLine is an H line as it is written.
type stateLine struct {
	Heads   map[string]Point `json:"heads"`
	Through record.Date      `json:"through"`
	Roster  int64            `json:"roster"`
	Packs   map[string]int64 `json:"packs"`
	Wants   []string         `json:"wants,omitempty"`
}

// state writes the H line, and what of it stands on the outside.
func (p *parcel) state(st State) error {
	p.env.RosterSeen, p.env.PacksSeen = st.Roster, st.Packs
	l := stateLine{Heads: filled(st.Heads), Through: st.Through, Roster: st.Roster, Packs: filled(st.Packs), Wants: st.Wants}
	if err := l.check(p.env); err != nil {
		return fmt.Errorf("%w: %v", record.ErrInvalid, err)
	}
	_, err := p.add('H', l)
	return err
}

func parseState(rest []byte, env seal.Envelope) (State, error) {
	var l stateLine
	if err := decode(rest, &l); err != nil {
		return State{}, err
	}
	return State(l), l.check(env)
}

func (l *stateLine) check(env seal.Envelope) error {
	for device, at := range l.Heads {
		if !isHex(device, 32) || at.N < 1 || !isHex(at.Hash, 64) {
			return damaged("head %.40q %v", device, at)
		}
	}
	if !l.Through.Valid() {
		return damaged("complete through %.20q", l.Through)
	}
	if l.Roster != env.RosterSeen || !maps.Equal(l.Packs, env.PacksSeen) {
		return damaged("the envelope speaks of another roster or other packs")
	}
	return checkWants(l.Wants)
}

func checkWants(list []string) error {
	if len(list) > MaxWants {
		return damaged("%d files are asked for", len(list))
	}
	for i, sha := range list {
		if !isHex(sha, 64) || i > 0 && list[i-1] >= sha {
			return damaged("files asked for stand twice or not in order")
		}
	}
	return nil
}

// filled puts an empty map in the place of none, so that no null is written.
func filled[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}
