package trust

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/seal"
)

const continuesKind = "sopb-continues/1"

// Statement says that one stream goes on where another ended. Both keys have signed
// it, so that nobody takes up a stream that is not theirs.
type Statement struct {
	Key       ed25519.PublicKey `json:"key"`       // of the new stream
	Continues ed25519.PublicKey `json:"continues"` // of the old one
	N         int64             `json:"n"`         // its last commit known here, 0 unknown
	Head      string            `json:"head"`      // and that commit's hash
	ByKey     string            `json:"by_key"`    // minisign texts
	ByOld     string            `json:"by_continues"`
}

// Stream is the id of the new stream.
func (s Statement) Stream() string { return seal.DeviceID(s.Key) }

// Old is the id of the stream that ended.
func (s Statement) Old() string { return seal.DeviceID(s.Continues) }

// message is what is signed, one line a person can type again.
func (s Statement) message() []byte {
	return fmt.Appendf(nil, "%s stream=%s continues=%s n=%d head=%s\n", continuesKind, s.Stream(), s.Old(), s.N, s.Head)
}

func (s Statement) checkShape() error {
	switch {
	case len(s.Key) != ed25519.PublicKeySize || len(s.Continues) != ed25519.PublicKeySize || s.Key.Equal(s.Continues):
		return invalid("a statement of two streams without their keys")
	case !isPoint(s.N, s.Head):
		return invalid("commit %d with head %.70q", s.N, s.Head)
	}
	return nil
}

// isPoint reports whether a place in a chain is one: number and hash, or neither.
func isPoint(n int64, head string) bool {
	return n == 0 && head == "" || n > 0 && hex64.MatchString(head)
}

// newStatement signs for both streams.
func newStatement(key, old ed25519.PrivateKey, n int64, head string) (Statement, error) {
	s := Statement{Key: key.Public().(ed25519.PublicKey), Continues: old.Public().(ed25519.PublicKey), N: n, Head: head}
	if err := s.checkShape(); err != nil {
		return Statement{}, err
	}
	for _, by := range []struct {
		key ed25519.PrivateKey
		sig *string
	}{{key, &s.ByKey}, {old, &s.ByOld}} {
		sig, err := seal.Sign(by.key, s.message(), continuesKind)
		if err != nil {
			return Statement{}, kindly(err)
		}
		*by.sig = string(sig)
	}
	return s, nil
}

// Verify checks both signatures.
func (s Statement) Verify() error {
	if err := s.checkShape(); err != nil {
		return damaged(err)
	}
	for _, by := range []struct {
		key ed25519.PublicKey
		sig string
	}{{s.Key, s.ByKey}, {s.Continues, s.ByOld}} {
		comment, err := seal.Verify(by.key, s.message(), []byte(by.sig))
		if err != nil {
			return kindly(err)
		}
		if comment != continuesKind {
			return because(ErrSignature, fmt.Sprintf("signed as %.60q", comment))
		}
	}
	return nil
}

// statementsText is the content of continues.json, the oldest first.
type statementsText struct {
	Version    int         `json:"v"`
	Statements []Statement `json:"statements"`
}

func statementsFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "continues.json") }

// Statements are what this machine has said of its streams, the oldest first.
func (k *Keys) Statements() ([]Statement, error) {
	data, err := readFile(statementsFile(k.place.dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseStatements(data)
}

func parseStatements(data []byte) ([]Statement, error) {
	var text statementsText
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return nil, err
	}
	for _, s := range text.Statements {
		if err := s.Verify(); err != nil {
			return nil, because(ErrKeysDamaged, err)
		}
	}
	return text.Statements, nil
}

// Statement is what the present stream goes on from; nil if it began by itself.
func (k *Keys) Statement() (*Statement, error) {
	list, err := k.Statements()
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Key.Equal(k.public()) {
			return &list[i], nil
		}
	}
	return nil, err
}

// state puts a statement with the earlier ones. A list that cannot be read is begun
// again: the roster knows the streams of before.
func (k *Keys) state(s Statement) error {
	list, err := k.Statements()
	if err != nil && !errors.Is(err, ErrKeysDamaged) {
		return err
	}
	list = append(list, s)
	text, err := json.MarshalIndent(statementsText{keysVersion, list[max(0, len(list)-maxRetired):]}, "", "  ")
	if err != nil {
		return err
	}
	return datadir.WriteFile(statementsFile(k.place.dir), append(text, '\n'))
}
