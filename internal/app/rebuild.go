package app

import (
	"context"
	"path/filepath"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// metaRebuilt is when the province's keys were made anew on this machine. From then on
// every unit gets a receipt, also of nothing: it hands over again what is not here.
const metaRebuilt = "rebuilt"

// RebuildProvince makes this PC the province again after the one that was has been lost: two
// root keys sign new keys, which offices believe when the next roster and receipts come,
// since all follows from the root whose digits they have compared. The roster is one that
// any office still has, the newest. A recovery identity on the sticks opens what was
// sealed to the lost keys.
func (a *App) RebuildProvince(ctx context.Context, r record.Rebuild) (record.Rebuilt, error) {
	var out record.Rebuilt
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	switch {
	case s.role != record.RoleProvince:
		return out, record.Refuse(record.ErrInvalid, "Chỉ cơ quan cấp tỉnh dựng lại bộ khóa này.", "Only an office of the province makes these keys anew.")
	case s.authority != nil:
		return out, record.Refuse(record.ErrConflict, "Máy này đang có bộ khóa cấp tỉnh; không cần dựng lại.", "The keys of the province are on this PC; there is nothing to make anew.")
	}
	known, err := a.newestRoster(ctx, &s, r)
	if err != nil {
		return out, err
	}
	roots, err := rootKeys(r.Sticks)
	if err != nil {
		return out, err
	}
	found, stick, err := identitiesOn(r.Sticks)
	if err != nil {
		return out, err
	}
	recipients := known.Recipients()
	made, err := trust.Rebuild(known.Chain, recipients[len(recipients)-1], found, a.stamped(), roots...)
	if err != nil {
		return out, explainRoots(err)
	}
	if made.Recovery != "" {
		if out.Recovery, err = a.keepIdentity(s.code, made.Recovery, stick); err != nil {
			return out, err
		}
	}
	if err := a.becomeProvince(ctx, known, made.Authority); err != nil {
		return out, err
	}
	if out.Roster, err = a.firstRoster(ctx); err != nil {
		return out, a.explainWrite(err)
	}
	if s, err = a.stand(ctx); err != nil {
		return out, err
	}
	out.RootFingerprint, out.Opens = s.known.Fingerprint(), len(found) > 0
	out.RosterVersion, out.Units, out.Machines = s.known.Roster.Version, len(s.known.Roster.Units), len(s.known.Roster.Devices)
	return out, nil
}

// newestRoster is what is believed on the newest roster among the files that were given,
// those on the sticks, and the one that is here.
func (a *App) newestRoster(ctx context.Context, s *footing, r record.Rebuild) (trust.Known, error) {
	best := s.known
	paths := []string{}
	if r.Roster != "" {
		paths = append(paths, r.Roster)
	}
	for _, stick := range r.Sticks {
		paths = append(paths, folderOf(stick.Place))
	}
	look, err := folder.Find(ctx, paths...)
	if err != nil {
		return best, explain(err)
	}
	other := false
	for _, f := range look.Found {
		raw, err := read(f)
		if err != nil {
			return best, explain(err)
		}
		if env, err := seal.PeekEnvelope(raw); err != nil || env.Kind != seal.KindRoster {
			continue
		}
		next, err := trust.OpenRoster(best, raw)
		switch {
		case err == nil && next.Root.Unit == s.code:
			best = next
		case err == nil:
			other = true
		}
	}
	switch {
	case len(best.File) > 0:
		return best, nil
	case other:
		return best, record.Refuse(record.ErrNotTrusted,
			"Danh bạ này của tỉnh khác. Hãy lấy danh bạ từ máy của một đơn vị thuộc tỉnh mình.", "This roster is another province's. Take one from a unit of this province.")
	}
	return best, record.Refuse(record.ErrNotFound,
		"Không có danh bạ nào trong các thư mục này. Hãy lấy tệp danh bạ (SPB_…) từ một đơn vị bất kỳ: máy nào của đơn vị cũng còn giữ bản mới nhất.",
		"There is no roster in these folders. Take the file of the roster (SPB_…) from any unit: each of their PCs keeps the newest.")
}

// keepIdentity puts the new recovery identity beside the one before, under the same
// keeper's passphrase.
func (a *App) keepIdentity(unit, identity string, stick record.RootStick) (string, error) {
	file, err := trust.SealIdentity(identity, stick.Passphrase)
	if err != nil {
		return "", explain(err)
	}
	where := folderOf(stick.Place)
	free := freeName(filepath.Join(where, stem(recoveryName(unit, record.DateOf(a.opts.Now())))), stickSuffix)
	path, err := folder.Write(where, filepath.Base(free), file)
	return path, a.explainWrite(err)
}

// becomeProvince keeps the keys and what is believed with them, and says so to everybody in
// the next roster.
func (a *App) becomeProvince(ctx context.Context, known trust.Known, authority *trust.Authority) error {
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return a.explainWrite(err)
	}
	if err := a.keys.SaveAuthority(authority); err != nil {
		return a.explainWrite(err)
	}
	if err := a.db.SetMeta(ctx, metaRebuilt, a.stamped()); err != nil {
		return explain(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	return a.spreadKeys(ctx, &s)
}
