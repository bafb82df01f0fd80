package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// How many streams one bundle speaks of: answers, and a log that hands them on, where a
// province has one for each of its units.
const (
	MaxCertificates = 64
	MaxHandedOn     = 2000
)

// Answers are what the province says to one unit.
type Answers struct {
	State        State
	Certificates [][]byte // of the streams, as JSON; package trust checks them
	Commits      []*oplog.Commit
}

// WriteAnswers is WriteLog for what a province says to one unit, in streams of its
// own for that unit. certificates say whose those streams are. No values go along.
func WriteAnswers(s Sender, st State, certificates [][]byte, entries []Entry, id record.ID, no int64, created string) (Sealed, error) {
	p, err := s.open(seal.KindAnswers, id, no, created)
	if err != nil {
		return Sealed{}, err
	}
	if s.Values || len(entries) > 0 && len(certificates) == 0 {
		return Sealed{}, fmt.Errorf("%w: answers with %d certificates", record.ErrInvalid, len(certificates))
	}
	if err := p.certificates(certificates, MaxCertificates); err != nil {
		return Sealed{}, err
	}
	return p.chain(st, entries)
}

// certificates writes the lines that say whose streams are inside.
func (p *parcel) certificates(list [][]byte, most int) error {
	if len(list) > most {
		return fmt.Errorf("%w: %d certificates", record.ErrInvalid, len(list))
	}
	for _, c := range list {
		if err := checkCertificate(c); err != nil {
			return fmt.Errorf("%w: %v", record.ErrInvalid, err)
		}
		if err := p.w.Add(append([]byte("S "), c...)); err != nil {
			return err
		}
	}
	return nil
}

// ReadAnswers takes the opened payload of answers apart.
func ReadAnswers(env seal.Envelope, plain []byte) (Answers, error) {
	r, err := readChain(env, seal.KindAnswers, plain)
	return Answers{r.out.State, r.out.Certificates, r.out.Commits}, err
}

func (r *chainReader) addCertificate(rest []byte) error {
	most := MaxCertificates
	if r.env.Kind == seal.KindLog {
		most = MaxHandedOn
		if r.env.Unit != r.env.To {
			return damaged("a certificate in a log for another unit")
		}
	}
	if r.begun() || len(r.out.Certificates) == most {
		return damaged("a certificate too many, or not in front")
	}
	r.out.Certificates = append(r.out.Certificates, bytes.Clone(rest))
	return checkCertificate(rest)
}

func checkCertificate(c []byte) error {
	var object map[string]json.RawMessage
	if err := decode(c, &object); err != nil {
		return err
	}
	if object == nil {
		return damaged("a certificate is no object")
	}
	return nil
}
