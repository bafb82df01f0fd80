package app

import (
	"context"
	"crypto/ed25519"
	"os"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// RootKeyFile is a root key of the province on its stick, and what opens it.
type RootKeyFile struct{ Path, Passphrase string }

// replaced are the roles whose keys are kept here and can be given another.
var replaced = []trust.Role{trust.RoleRegistrar, trust.RoleAck, trust.RoleContent}

// ReplaceKey gives the province another key for a role, as when it was seen by somebody who
// should not have: two of the three root keys sign that it is so. Offices learn of it from
// the roster, which goes out with the next receipts; what the old key signs from now on is
// believed by nobody who has it.
func (a *App) ReplaceKey(ctx context.Context, role string, roots []RootKeyFile) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	if s.authority == nil {
		return noAuthority()
	}
	if !slices.Contains(replaced, trust.Role(role)) {
		return record.Refuse(record.ErrInvalid,
			"Chỉ thay được khóa lập danh bạ (registrar), khóa biên nhận (ack) và khóa tài liệu (content).", "Only the keys registrar, ack and content can be replaced.")
	}
	keys, err := rootKeys(roots)
	if err != nil {
		return err
	}
	old := s.authority.Root.Roles[trust.Role(role)].Keys[0]
	next, _, err := s.authority.Replace(trust.Role(role), old, a.stamped(), keys...)
	if err != nil {
		return explainRoots(err)
	}
	if err := a.keys.SaveAuthority(next); err != nil {
		return a.explainWrite(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	if s, err = a.stand(ctx); err != nil {
		return err
	}
	return a.spreadRoots(ctx, &s)
}

func rootKeys(roots []RootKeyFile) ([]ed25519.PrivateKey, error) {
	var out []ed25519.PrivateKey
	for _, r := range roots {
		raw, err := os.ReadFile(r.Path)
		if err != nil {
			return nil, explain(err)
		}
		key, err := trust.OpenRootKey(raw, r.Passphrase)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, key)
	}
	return out, nil
}

// explainRoots says of signatures that are not enough whose they must be.
func explainRoots(err error) error {
	return record.Refuse(record.ErrNotTrusted,
		"Cần hai khóa gốc khác nhau của chính tỉnh này; khóa chưa thay. Hãy cắm đúng USB của hai người giữ khóa.",
		"Two different root keys of this very province are needed; nothing was replaced. Use the sticks of two of the keepers.").Because(err)
}
