package app

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// FileReport is what is known of a file of the exchange without opening an office. What
// is inside is told by kind: entries, a receipt, a roster and so on.
type FileReport struct {
	Name      string           `json:"name"`
	Kind      string           `json:"kind"` // of the envelope, or "enrolment"
	Envelope  seal.Envelope    `json:"envelope,omitzero"`
	Signer    string           `json:"signer"` // fingerprint, 30 digits; of a roster its first root's
	Known     bool             `json:"known"`  // this folder knows who signed, and that they may sign this
	Opened    bool             `json:"opened"` // the payload was read and all in it checked
	Commits   int              `json:"commits"`
	Values    int              `json:"values"`   // personal and internal values inside
	Unproven  int              `json:"unproven"` // entries of machines this folder does not know
	Pieces    int              `json:"pieces,omitempty"`
	Receipt   *bundle.Receipt  `json:"receipt,omitempty"`
	Roster    *RosterReport    `json:"roster,omitempty"`
	Units     *UnitsReport     `json:"units,omitempty"`
	Enrolment *trust.Enrolment `json:"enrolment,omitempty"`
}

// RosterReport is what a roster's file holds.
type RosterReport struct {
	Version   int64  `json:"version"`
	Unit      string `json:"unit"`
	Name      string `json:"name"`
	Units     int    `json:"units"`
	Machines  int    `json:"machines"`
	Revoked   int    `json:"revoked"`
	Confirmed bool   `json:"confirmed"` // somebody here compared the fingerprint with the letter
}

// UnitsReport is what the file of a reorganisation holds.
type UnitsReport struct {
	Version int64       `json:"version"`
	On      record.Date `json:"on"`
	Title   string      `json:"title"`
	Units   int         `json:"units"`
}

// VerifyFile checks a file of the exchange as far as this PC can: container, signature and
// payload hash with the sender's key, and, where it is plain or a key to open it is here,
// everything inside. folder names the office whose keys are used. A key (*.pub) that
// lies beside the file proves only that the file is whole and whose it says it is:
// then Known is false, and people compare the fingerprint. The same goes for an enrolment
// and for the roster of a province this folder does not know, which prove themselves.
func VerifyFile(folder, passphrase, path string) (FileReport, error) {
	raw, err := readBounded(path)
	if err != nil {
		return FileReport{}, err
	}
	v := verifier{beside: map[string]ed25519.PublicKey{}}
	if _, err := os.Stat(folder); err == nil {
		if err := v.learn(folder, passphrase); err != nil {
			return FileReport{}, err
		}
	}
	if err := v.besideFile(filepath.Dir(path)); err != nil {
		return FileReport{}, err
	}
	rep, err := v.verify(raw)
	rep.Name = filepath.Base(path)
	return rep, explain(err)
}

// verifier gathers the keys one has.
type verifier struct {
	known      trust.Known                  // whom the folder believes
	beside     map[string]ed25519.PublicKey // keys that lay beside the file
	identities []seal.Identity
}

func (v *verifier) learn(folder, passphrase string) error {
	dir, err := datadir.Open(folder)
	if err != nil {
		return explain(err)
	}
	if v.known, err = trust.LoadKnown(dir); err != nil {
		return explain(err)
	}
	secrets := []string{}
	if practice, err := trust.PracticeIdentity(dir); err == nil {
		secrets = append(secrets, practice)
	}
	if keys, err := trust.Open(dir, passphrase); err == nil {
		secrets = append(secrets, keys.Identity)
		if authority, err := trust.OpenAuthority(keys); err == nil {
			secrets = append(secrets, authority.Working...)
		}
	}
	for _, s := range secrets {
		id, err := seal.ParseIdentity(s)
		if err != nil {
			return explain(err)
		}
		v.identities = append(v.identities, id)
	}
	return nil
}

// besideFile learns minisign public keys (*.pub) that lie beside the file.
func (v *verifier) besideFile(folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.pub"))
	if err != nil {
		return fmt.Errorf("look for keys: %w", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil || len(text) > 1<<12 {
			continue
		}
		if key, err := seal.ParsePublicKeyText(string(text)); err == nil {
			v.beside[seal.DeviceID(key)] = key // the id is the key's own fingerprint: it cannot pose as another
		}
	}
	return nil
}

// key is the one that may sign a kind under a name, or lay beside the file.
func (v *verifier) key(kind, id string) (key ed25519.PublicKey, known bool) {
	if key, ok := v.known.Signer(kind, id); ok {
		return key, true
	}
	return v.beside[id], false
}

func (v *verifier) verify(raw []byte) (FileReport, error) {
	if bytes.Contains(raw[:min(64, len(raw))], []byte("enrol.json")) { // its first entry
		e, err := trust.ReadEnrolment(raw)
		if err != nil {
			return FileReport{}, err
		}
		_, known := v.known.Signer(seal.KindLog, e.Device())
		return FileReport{Kind: "enrolment", Signer: e.Fingerprint(), Known: known, Opened: true, Enrolment: &e}, nil
	}
	env, err := seal.PeekEnvelope(raw)
	if err != nil {
		return FileReport{}, err
	}
	if env.Kind == seal.KindRoster {
		return v.roster(raw)
	}
	key, known := v.key(env.Kind, env.From)
	if key == nil {
		return FileReport{}, bundle.WithReason("unknown-device", fmt.Errorf("%w: no key of %s for a %s", record.ErrNotTrusted, env.From, env.Kind))
	}
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { return key, id == env.From })
	if err != nil {
		return FileReport{}, err
	}
	rep := FileReport{Kind: env.Kind, Envelope: outer.Envelope, Signer: seal.Fingerprint30(key), Known: known}
	return rep, v.inside(outer, &rep)
}

// roster checks the file of a roster, which holds every root from the first on: the one
// a person compares with the letter.
func (v *verifier) roster(raw []byte) (FileReport, error) {
	next, err := trust.OpenRoster(v.known, raw)
	known := len(v.known.Chain) > 0
	if errors.Is(err, trust.ErrOtherProvince) {
		known = false
		next, err = trust.OpenRoster(trust.Known{}, raw)
	}
	if err != nil {
		return FileReport{}, err
	}
	outer, err := next.ReadOuter(raw)
	if err != nil {
		return FileReport{}, err
	}
	r := next.Roster
	rep := RosterReport{Version: r.Version, Unit: r.Unit, Name: r.Name, Units: len(r.Units), Machines: len(r.Devices), Confirmed: known && next.IsConfirmed()}
	for _, d := range r.Devices {
		if d.Cut != nil {
			rep.Revoked++
		}
	}
	return FileReport{Kind: seal.KindRoster, Envelope: outer.Envelope, Signer: next.Fingerprint(), Known: known, Opened: true, Roster: &rep}, nil
}

// inside opens the payload where it is plain or a key for it is here, and checks all of
// it.
func (v *verifier) inside(outer seal.Outer, rep *FileReport) error {
	if !outer.Envelope.Plain() && len(v.identities) == 0 {
		return nil
	}
	plain, err := outer.Open(v.identities)
	if errors.Is(err, seal.ErrWrongRecipient) {
		return nil
	}
	if err != nil {
		return err
	}
	switch env := outer.Envelope; env.Kind {
	case seal.KindLog:
		err = v.log(env, plain, rep)
	case seal.KindAnswers:
		err = v.answers(env, plain, rep)
	case seal.KindBlob:
		var pieces []bundle.Piece
		pieces, err = bundle.ReadBlob(env, plain)
		rep.Pieces = len(pieces)
	case seal.KindAck:
		var r bundle.Receipt
		r, _, err = bundle.ReadAck(env, plain)
		rep.Receipt = &r
	case seal.KindUnits:
		var u bundle.Units
		u, err = bundle.ReadUnits(env, plain)
		rep.Units = &UnitsReport{u.Version, u.On, u.Title, len(u.Changes)}
	}
	rep.Opened = err == nil
	return err
}

func (v *verifier) log(env seal.Envelope, plain []byte, rep *FileReport) error {
	contents, err := bundle.ReadLog(env, plain)
	if err != nil {
		return err
	}
	rep.Values = contents.Values()
	streams := map[string]ed25519.PublicKey{}
	for _, c := range contents.Certificates {
		if _, key, err := v.known.Stream(c); err == nil { // else its entries are counted as unproven
			streams[seal.DeviceID(key)] = key
		}
	}
	return v.commits(contents.Commits, streams, rep)
}

// answers hold commits of streams whose certificates the sender signed.
func (v *verifier) answers(env seal.Envelope, plain []byte, rep *FileReport) error {
	answers, err := bundle.ReadAnswers(env, plain)
	if err != nil {
		return err
	}
	sender, _ := v.key(env.Kind, env.From)
	streams := map[string]ed25519.PublicKey{}
	for _, c := range answers.Certificates {
		_, key, err := trust.VerifyStreamCert(sender, c)
		if err != nil {
			return err
		}
		streams[seal.DeviceID(key)] = key
	}
	return v.commits(answers.Commits, streams, rep)
}

// commits checks every signature whose key is here and counts the others: an office's
// file may hold entries of a PC that asks to be enrolled only now.
func (v *verifier) commits(list []*oplog.Commit, streams map[string]ed25519.PublicKey, rep *FileReport) error {
	rep.Commits = len(list)
	for _, c := range list {
		id := c.Device.String()
		key, _ := v.key(seal.KindLog, id)
		if streams[id] != nil {
			key = streams[id]
		}
		if key == nil {
			rep.Unproven++
			continue
		}
		if err := c.Verify(key); err != nil {
			return err
		}
	}
	return nil
}

// WritePublicKey puts the key that proves this device's signatures into a
// folder, as the file stock minisign takes with -p.
func (a *App) WritePublicKey(folder string) (string, error) {
	path := filepath.Join(folder, "SPB_"+a.keys.ID()[:4]+".pub")
	text := seal.PublicKeyText(a.keys.Device.Public().(ed25519.PublicKey))
	return path, explain(datadir.WriteFile(path, []byte(text)))
}
