package bundle

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Entry is a commit and the values that may be given along with it.
type Entry struct {
	Commit  *oplog.Commit
	Secrets []oplog.Secret
}

// WriteLog seals as many entries as one bundle holds, from the front; the rest is
// the next bundle's. None at all is a bundle too: nothing to report, said on time.
// The secrets go along only where the sender says Values. certificates are those of the
// province's streams whose entries a PC hands on to another of its office; nobody else
// needs any. id is a UUIDv7, no the sender's running number, created an RFC 3339 time for
// people.
func WriteLog(s Sender, st State, certificates [][]byte, entries []Entry, id record.ID, no int64, created string) (Sealed, error) {
	p, err := s.open(seal.KindLog, id, no, created)
	if err != nil {
		return Sealed{}, err
	}
	if len(certificates) > 0 && !s.home() {
		return Sealed{}, fmt.Errorf("%w: certificates of %s for %s", record.ErrInvalid, s.Unit, s.To)
	}
	if err := p.certificates(certificates, MaxHandedOn); err != nil {
		return Sealed{}, err
	}
	return p.chain(st, entries)
}

// WriteJoin is WriteLog for a second PC of the same office that holds nothing yet:
// the office's key, which opens the values at rest, goes in front. What does not fit
// is the next bundles', made with WriteLog.
func WriteJoin(s Sender, st State, office [32]byte, certificates [][]byte, entries []Entry, id record.ID, no int64, created string) (Sealed, error) {
	p, err := s.open(seal.KindLog, id, no, created)
	if err != nil {
		return Sealed{}, err
	}
	if !s.home() || office == [32]byte{} {
		return Sealed{}, fmt.Errorf("%w: the key of %s for %s", record.ErrInvalid, s.Unit, s.To)
	}
	if _, err := p.add('K', keyLine{base64.StdEncoding.EncodeToString(office[:])}); err != nil {
		return Sealed{}, err
	}
	if err := p.certificates(certificates, MaxHandedOn); err != nil {
		return Sealed{}, err
	}
	return p.chain(st, entries)
}

// keyLine is a K line as it is written.
type keyLine struct {
	Office string `json:"office"`
}

// chain writes the state and the entries, and seals.
func (p *parcel) chain(st State, entries []Entry) (Sealed, error) {
	if err := p.state(st); err != nil {
		return Sealed{}, err
	}
	n := 0
	for _, e := range entries {
		fits, err := p.entry(e, n == 0)
		if err != nil {
			return Sealed{}, err
		}
		if !fits {
			break
		}
		n++
	}
	out, err := p.close()
	out.Commits = n
	return out, err
}

// entry writes a commit with its values behind it, unless they are too long for
// this bundle.
func (p *parcel) entry(e Entry, first bool) (fits bool, err error) {
	lines := [][]byte{append([]byte("C "), e.Commit.Line()...)}
	if p.sender.Values {
		lines = append(lines, secretLines(e.Commit.Hash, e.Secrets)...)
	}
	size := p.w.Size()
	for _, l := range lines {
		size += len(l) + 1
	}
	if size > MaxPlain && !first {
		return false, nil
	}
	for _, l := range lines {
		if err := p.w.Add(l); err != nil {
			return false, err
		}
	}
	extend(&p.env, e.Commit)
	p.env.PII = p.env.PII || p.sender.Values && known(e.Secrets) > 0
	return true, nil
}

func extend(env *seal.Envelope, c *oplog.Commit) {
	device := c.Device.String()
	span, ok := env.Range[device]
	if !ok {
		span = seal.Span{First: c.N, Last: c.N}
	}
	if c.N >= span.Last { // after a fork, the head is of the longer branch
		env.Heads[device] = c.Hash.String()
	}
	span.First, span.Last = min(span.First, c.N), max(span.Last, c.N)
	env.Range[device] = span
}

// Contents are the commits of a log bundle and the values given along.
type Contents struct {
	State        State    // of the sender; nothing in a bundle of the first version
	Certificates [][]byte // of streams of the province, as JSON; package trust checks them
	Commits      []*oplog.Commit
	Secrets      map[oplog.Hash][]oplog.Secret
}

// Values counts the personal and internal values inside.
func (c Contents) Values() int {
	n := 0
	for _, list := range c.Secrets {
		n += known(list)
	}
	return n
}

func known(list []oplog.Secret) int {
	n := 0
	for i := range list {
		n += list[i].Known()
	}
	return n
}

// ReadLog takes the opened payload of a log bundle apart. Commits come as they
// were signed; checking signatures against keys is the caller's, who has them. The
// key of a joining bundle is checked and not handed out.
func ReadLog(env seal.Envelope, plain []byte) (Contents, error) {
	r, err := readChain(env, seal.KindLog, plain)
	return r.out, err
}

// ReadJoin is ReadLog for a bundle WriteJoin made, with the office's key.
func ReadJoin(env seal.Envelope, plain []byte) (office [32]byte, c Contents, err error) {
	r, err := readChain(env, seal.KindLog, plain)
	if err != nil {
		return office, Contents{}, err
	}
	if !r.keyed {
		return office, Contents{}, fmt.Errorf("%w: a bundle without the office's key", record.ErrInvalid)
	}
	return r.office, r.out, nil
}

// chainReader is a log or answers while they are read.
type chainReader struct {
	env    seal.Envelope
	out    Contents
	office [32]byte
	keyed  bool
	stated bool
	byHash map[oplog.Hash]*oplog.Commit
	have   map[secretAt]bool
}

// secretAt is what one P line gives the values of.
type secretAt struct {
	commit oplog.Hash
	op     int
}

func readChain(env seal.Envelope, kind string, plain []byte) (chainReader, error) {
	r := chainReader{env: env, byHash: map[oplog.Hash]*oplog.Commit{}, have: map[secretAt]bool{}}
	r.out.Secrets = map[oplog.Hash][]oplog.Secret{}
	err := eachLine(env, kind, plain, r.take)
	if err == nil {
		err = reasoned(r.matches())
	}
	if err != nil {
		return chainReader{}, err
	}
	return r, nil
}

func (r *chainReader) take(letter byte, rest []byte) error {
	switch letter {
	case 'H':
		return r.addState(rest)
	case 'C':
		return r.addCommit(rest)
	case 'P':
		if r.env.Kind == seal.KindAnswers {
			return damaged("values in answers")
		}
		return r.addSecret(rest)
	case 'K':
		return r.addKey(rest)
	case 'S':
		return r.addCertificate(rest)
	}
	return nil // a later version's line: allowed, kept in the file
}

// begun reports whether the part in front of the commits is over.
func (r *chainReader) begun() bool { return r.stated || len(r.out.Commits) > 0 }

func (r *chainReader) addState(rest []byte) error {
	if r.begun() {
		return damaged("a state that is not in front")
	}
	r.stated = true
	var err error
	r.out.State, err = parseState(rest, r.env)
	return err
}

func (r *chainReader) addKey(rest []byte) error {
	if r.env.Kind != seal.KindLog || r.env.Unit != r.env.To {
		return WithReason("not-for-us", fmt.Errorf("%w: the key of %s in a bundle for %s", record.ErrNotTrusted, r.env.Unit, r.env.To))
	}
	if r.keyed || r.begun() || len(r.out.Certificates) > 0 {
		return damaged("a key that is not in front")
	}
	r.keyed = true
	var l keyLine
	if err := decode(rest, &l); err != nil {
		return err
	}
	if err := decodeInto(r.office[:], l.Office); err != nil {
		return err
	}
	if r.office == [32]byte{} {
		return damaged("a key of zeros")
	}
	return nil
}

func (r *chainReader) addCommit(rest []byte) error {
	commit, err := oplog.ParseLine(rest)
	if err != nil {
		return err
	}
	var any json.RawMessage
	if err := decode(commit.Raw, &any); err != nil {
		return err
	}
	if r.byHash[commit.Hash] != nil {
		return damaged("a commit stands twice")
	}
	r.byHash[commit.Hash] = commit
	r.out.Commits = append(r.out.Commits, commit)
	return nil
}

// matches holds what was read against what the envelope says.
func (r *chainReader) matches() error {
	got := seal.Envelope{Range: map[string]seal.Span{}, Heads: map[string]string{}}
	for _, commit := range r.out.Commits {
		extend(&got, commit)
	}
	if len(got.Range) != len(r.env.Range) || len(got.Heads) != len(r.env.Heads) {
		return damaged("the envelope names other devices than the log")
	}
	for device, span := range got.Range {
		if r.env.Range[device] != span || r.env.Heads[device] != got.Heads[device] {
			return damaged("the envelope names other commits than the log")
		}
	}
	if !r.env.PII && r.out.Values() > 0 {
		return damaged("values inside that the envelope does not announce")
	}
	if r.env.Kind == seal.KindAnswers && len(r.out.Commits) > 0 && len(r.out.Certificates) == 0 {
		return WithReason("not-trusted", fmt.Errorf("%w: answers of an uncertified stream", record.ErrNotTrusted))
	}
	return nil
}
