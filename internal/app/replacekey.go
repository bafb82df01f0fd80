package app

import (
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// ReplaceKey gives the province another key, one of record.ProvinceKeys, as when it was seen
// by somebody who should not have: two of the three root keys sign that it is so. Offices
// learn of it from the roster, which goes out with the next receipts; what the old key
// signs from now on is believed by nobody who has it. The key that opens what offices hand
// over signs nothing and is in no root, so that no root key is needed for it; the old one
// stays for files that are under way.
func (a *App) ReplaceKey(ctx context.Context, role string, sticks []record.RootStick) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	if s.authority == nil {
		return noAuthority()
	}
	if record.Word(record.ProvinceKeys, role) == nil {
		return record.Refuse(record.ErrInvalid,
			"Chỉ thay được khóa lập danh bạ (registrar), khóa biên nhận (ack), khóa tài liệu (content) và khóa nhận gói (working).",
			"Only the keys registrar, ack, content and working can be replaced.")
	}
	next, err := a.replaced(s.authority, role, sticks)
	if err != nil {
		return err
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
	return a.spreadKeys(ctx, &s)
}

func (a *App) replaced(have *trust.Authority, role string, sticks []record.RootStick) (*trust.Authority, error) {
	if role == record.KeyWorking {
		next, err := have.ReplaceWorking()
		return next, explain(err)
	}
	roots, err := rootKeys(sticks)
	if err != nil {
		return nil, err
	}
	old := have.Root.Roles[trust.Role(role)].Keys[0]
	next, _, err := have.Replace(trust.Role(role), old, a.stamped(), roots...)
	return next, explainRoots(err)
}

// spreadKeys publishes the roster anew when it does not say what is true by now: the roots,
// without which no office believes what new keys sign, the recipients, and this machine,
// whose key is another after a restore.
func (a *App) spreadKeys(ctx context.Context, s *footing) error {
	if s.authority == nil {
		return nil
	}
	told, err := a.rosterTells(s)
	if err != nil || told {
		return err
	}
	r := s.known.Roster
	r.Devices = slices.Clone(r.Devices)
	if _, listed := s.known.Device(a.keys.ID()); !listed {
		r.Devices = append(r.Devices, a.thisMachine(s))
	}
	if err := a.publishRoster(ctx, r); err != nil {
		return err
	}
	*s, err = a.stand(ctx)
	return err
}

// rosterTells reports whether the roster in force names the keys that are here.
func (a *App) rosterTells(s *footing) (bool, error) {
	written, err := trust.OpenRoster(trust.Known{}, s.known.File)
	if err != nil {
		return false, explain(err)
	}
	to, err := s.authority.Recipients()
	_, listed := s.known.Device(a.keys.ID())
	return listed && written.Root.Version >= s.authority.Root.Version && slices.Equal(to, s.known.Roster.Recipients), explain(err)
}
