package app

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// Seal writes everything the province has not acknowledged into sealed files in
// a folder, a stick for instance, and reads them back. A copy stays in the
// outbox: a bundle is sent again as it is, never made again under its name. One
// file is the rule; a long record takes several, each whole in itself.
func (a *App) Seal(ctx context.Context, folder string) ([]record.BundleInfo, error) {
	if st, err := os.Stat(folder); err == nil && !st.IsDir() {
		return nil, record.Refuse(record.ErrPlace, folder+" là một tệp, không phải thư mục.", folder+" is a file, not a folder.")
	}
	sender, recipient, err := a.sender(ctx)
	if err != nil {
		return nil, err
	}
	size, err := a.db.LogSize(ctx, acknowledged)
	if err != nil {
		return nil, explain(err)
	}
	if err := datadir.Need(a.dir.Path(), 3*size); err != nil {
		return nil, explain(err)
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, explain(err)
	}
	var out []record.BundleInfo
	for after := int64(acknowledged); ; {
		lines, err := a.db.LogAfter(ctx, after, bundle.MaxPlain)
		if err != nil || len(lines) == 0 {
			if err != nil {
				return out, explain(err)
			}
			break
		}
		info, last, err := a.sealOne(ctx, folder, sender, recipient, lines)
		if err != nil {
			return out, a.explainWrite(err)
		}
		out, after = append(out, info), last
	}
	if err := a.db.SetMeta(ctx, metaHandOver, a.opts.Now().UTC().Format(time.RFC3339)); err != nil {
		return out, explain(err)
	}
	a.announce(record.Change{Nouns: []string{"bundle"}})
	return out, nil
}

// acknowledged is the place of the log up to which the province has said it holds
// everything. Receipts come with the exchange; until one does, every hand-over
// carries the whole record, so that a lost file loses nothing.
const acknowledged = 0

func (a *App) sender(ctx context.Context) (bundle.Sender, trust.Recipient, error) {
	var s bundle.Sender
	office, err := a.db.Office(ctx)
	if err != nil {
		return s, trust.Recipient{}, explain(err)
	}
	unit, err := a.Unit(ctx, office.UnitID)
	if err != nil {
		return s, trust.Recipient{}, err
	}
	recipient, err := trust.Province(a.dir)
	if err != nil {
		return s, recipient, explain(err)
	}
	line := a.catalog.line(unit)
	s = bundle.Sender{Unit: unit.Code, To: line[len(line)-1].Code, App: "sophobien " + a.opts.Version, Signer: a.keys.Device, Random: rand.Reader}
	for _, text := range recipient.Keys {
		r, err := seal.ParseRecipient(text)
		if err != nil {
			return s, recipient, explain(err)
		}
		s.Recipients = append(s.Recipients, r)
	}
	return s, recipient, nil
}

func (a *App) sealOne(ctx context.Context, folder string, s bundle.Sender, to trust.Recipient, lines []store.LogLine) (record.BundleInfo, int64, error) {
	made, err := a.db.Bundles(ctx)
	if err != nil {
		return record.BundleInfo{}, 0, err
	}
	no := int64(1)
	if len(made) > 0 {
		no = made[0].No + 1
	}
	now := a.opts.Now()
	entries := make([]bundle.Entry, len(lines))
	for i := range lines {
		entries[i].Commit = lines[i].Commit
	}
	sealed, err := bundle.WriteLog(s, bundle.State{}, entries, a.newID(), no, now.UTC().Format(time.RFC3339))
	if err != nil {
		return record.BundleInfo{}, 0, err
	}
	path, err := a.writeSealed(folder, sealed)
	if err != nil {
		return record.BundleInfo{}, 0, err
	}
	sum := sha256.Sum256(sealed.Bytes)
	b := store.Bundle{
		ID: sealed.Envelope.ID, No: no, Name: sealed.Name, Path: path, Created: now, Size: int64(len(sealed.Bytes)),
		SHA256: hex.EncodeToString(sum[:]), Recipient: to.Fingerprint, Practice: to.Practice,
		Commits: int64(sealed.Commits), LastSeq: lines[sealed.Commits-1].Seq,
	}
	return bundleInfo(b, s.To), b.LastSeq, a.db.AddBundle(ctx, b)
}

// writeSealed puts a sealed file into the outbox and the folder, or into neither.
func (a *App) writeSealed(folder string, sealed bundle.Sealed) (path string, err error) {
	kept := filepath.Join(a.dir.Outbox(), sealed.Name)
	if err := datadir.WriteFile(kept, sealed.Bytes); err != nil {
		return "", err
	}
	path = filepath.Join(folder, sealed.Name)
	if err := datadir.WriteFileVerified(path, sealed.Bytes); err != nil {
		return "", errors.Join(err, os.Remove(kept))
	}
	return path, nil
}

func bundleInfo(b store.Bundle, to string) record.BundleInfo {
	return record.BundleInfo{
		Path: b.Path, Name: b.Name, No: b.No, Commits: int(b.Commits), Created: b.Created.UTC().Format(time.RFC3339),
		Size: b.Size, To: to, Practice: b.Practice,
	}
}

// Bundles lists the sealed files made here, newest first.
func (a *App) Bundles(ctx context.Context) ([]record.BundleInfo, error) {
	list, err := a.db.Bundles(ctx)
	if err != nil {
		return nil, explain(err)
	}
	out := make([]record.BundleInfo, len(list))
	for i, b := range list {
		out[i] = bundleInfo(b, b.Recipient)
	}
	return out, nil
}

// FileReport is what is known of a sealed file without opening an office.
type FileReport struct {
	Name     string        `json:"name"`
	Envelope seal.Envelope `json:"envelope"`
	Signer   string        `json:"signer"` // fingerprint, 30 digits
	Known    bool          `json:"known"`  // the signing device is one this folder knows
	Opened   bool          `json:"opened"` // the payload was decrypted and every commit checked
	Commits  int           `json:"commits"`
	Values   int           `json:"values"` // personal and internal values inside
}

// VerifyFile checks a sealed file as far as this PC can: container, signature and
// payload hash with the sender's key, and, where a key to open it is here, every
// commit inside. folder names the office whose keys are used. A key (*.pub) that
// lies beside the file proves only that the file is whole and whose it says it is:
// then Known is false, and people compare the fingerprint.
func VerifyFile(folder, passphrase, path string) (FileReport, error) {
	raw, err := readBounded(path)
	if err != nil {
		return FileReport{}, err
	}
	rep := FileReport{Name: filepath.Base(path)}
	v := verifier{keys: map[string]ed25519.PublicKey{}, known: map[string]bool{}}
	if _, err := os.Stat(folder); err == nil {
		if err := v.learn(folder, passphrase); err != nil {
			return rep, err
		}
	}
	if err := v.besideFile(filepath.Dir(path)); err != nil {
		return rep, err
	}
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { k, ok := v.keys[id]; return k, ok })
	if err != nil {
		return rep, explain(err)
	}
	rep.Envelope, rep.Known = outer.Envelope, v.known[outer.Envelope.From]
	rep.Signer = seal.Fingerprint30(v.keys[outer.Envelope.From])
	return rep, v.inside(outer, &rep)
}

// verifier gathers the keys one has.
type verifier struct {
	keys       map[string]ed25519.PublicKey
	known      map[string]bool // on the folder's own list, not only beside the file
	identities []seal.Identity
}

func (v *verifier) learn(folder, passphrase string) error {
	dir, err := datadir.Open(folder)
	if err != nil {
		return explain(err)
	}
	devices, err := trust.LoadDevices(dir)
	if err != nil {
		return explain(err)
	}
	for _, d := range devices {
		v.keys[d.ID], v.known[d.ID] = d.Key, true
	}
	secrets := []string{}
	if practice, err := trust.PracticeIdentity(dir); err == nil {
		secrets = append(secrets, practice)
	}
	if keys, err := trust.Open(dir, passphrase); err == nil {
		secrets = append(secrets, keys.Identity)
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
			v.keys[seal.DeviceID(key)] = key // the id is the key's own fingerprint: it cannot pose as another
		}
	}
	return nil
}

// inside opens the payload where a key for it is here, and checks every commit.
func (v *verifier) inside(outer seal.Outer, rep *FileReport) error {
	if len(v.identities) == 0 {
		return nil
	}
	plain, err := outer.Open(v.identities)
	if err != nil {
		if errors.Is(err, seal.ErrWrongRecipient) {
			return nil
		}
		return explain(err)
	}
	contents, err := bundle.ReadLog(outer.Envelope, plain)
	if err != nil {
		return explain(err)
	}
	for _, c := range contents.Commits {
		key, ok := v.keys[c.Device.String()]
		if !ok {
			return record.Refuse(record.ErrNotTrusted, "Gói có mục ghi của một máy chưa biết.", "The bundle holds entries of an unknown device.")
		}
		if err := c.Verify(key); err != nil {
			return explain(err)
		}
	}
	rep.Opened, rep.Commits, rep.Values = true, len(contents.Commits), contents.Values()
	return nil
}

// WritePublicKey puts the key that proves this device's signatures into a
// folder, as the file stock minisign takes with -p.
func (a *App) WritePublicKey(folder string) (string, error) {
	path := filepath.Join(folder, "SPB_"+a.keys.ID()[:4]+".pub")
	text := seal.PublicKeyText(a.keys.Device.Public().(ed25519.PublicKey))
	return path, explain(datadir.WriteFile(path, []byte(text)))
}
