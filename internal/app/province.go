package app

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// defaultDueDay is until which day of the month after a month is on time, where the
// province has not said otherwise. It is a habit of offices, not a rule of law.
const defaultDueDay = 5

// MakeProvince makes the keys of a province: three root keys, each a file under its own
// passphrase in its own place, the working keys here, and the first roster with every
// unit below this one. Nothing of it is kept unless all of it could be written.
func (a *App) MakeProvince(ctx context.Context, places, passphrases [3]string) (record.Ceremony, error) {
	var out record.Ceremony
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	if err := a.checkCeremony(&s, places, passphrases); err != nil {
		return out, err
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return out, explain(err)
	}
	name := strings.TrimSpace(office.Name + " " + s.unit.FullName())
	authority, sticks, err := trust.MakeAuthority(s.code, name, a.stamped())
	if err != nil {
		return out, explain(err)
	}
	for i, where := range places {
		file, err := trust.SealRootKey(sticks.Root[i], passphrases[i])
		if err != nil {
			return out, explain(err)
		}
		path, err := folder.Write(where, rootKeyName(s.code, i+1), file)
		if err != nil {
			return out, a.explainWrite(err)
		}
		out.RootKeys = append(out.RootKeys, path)
	}
	file, err := trust.SealIdentity(sticks.Recovery, passphrases[2])
	if err != nil {
		return out, explain(err)
	}
	if _, err := folder.Write(places[2], recoveryName(s.code, ""), file); err != nil {
		return out, a.explainWrite(err)
	}
	if err := a.keys.SaveAuthority(authority); err != nil {
		return out, a.explainWrite(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return out, err
	}
	out.RootFingerprint = authority.Fingerprint()
	r := trust.Roster{Unit: s.code, Name: name, DueDay: defaultDueDay, Units: a.unitsBelow(s.unit)}
	r.Devices = append(r.Devices, a.thisMachine(&s))
	if err := a.publishRoster(ctx, r); err != nil {
		return out, err
	}
	out.Roster, err = a.firstRoster(ctx)
	return out, a.explainWrite(err)
}

// firstRoster puts the roster in force into the outbox and gives its path.
func (a *App) firstRoster(ctx context.Context) (string, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return "", err
	}
	files, err := a.publicFiles(ctx, &s)
	if err != nil || len(files) == 0 {
		return "", err
	}
	return a.outboxPath(files[0].Name), nil
}

func (a *App) checkCeremony(s *footing, places, passphrases [3]string) error {
	switch {
	case s.role != record.RoleProvince:
		return record.Refuse(record.ErrInvalid, "Chỉ cơ quan cấp tỉnh lập bộ khóa này.", "Only an office of the province makes these keys.")
	case s.authority != nil:
		return record.Refuse(record.ErrConflict, "Cơ quan đã có bộ khóa cấp tỉnh; không lập lại.", "The keys of the province are here already; they are not made again.")
	}
	for i := range places {
		if err := a.checkStick(i+1, places[i]); err != nil {
			return err
		}
		if slices.Contains(places[:i], places[i]) {
			return record.Refuse(record.ErrInvalid, "Ba khóa gốc phải ở ba nơi khác nhau, do ba người giữ.", "The three root keys need three places, kept by three people.")
		}
		if least := record.RootPassphraseLeast; len([]rune(strings.TrimSpace(passphrases[i]))) < least {
			return record.Refuse(record.ErrPassphrase, fmt.Sprintf("Mật khẩu của mỗi khóa gốc cần ít nhất %d ký tự; nên dùng sáu từ.", least),
				fmt.Sprintf("Each root key needs a passphrase of at least %d characters; six words are better.", least))
		}
	}
	return nil
}

// checkStick refuses a stick that is not plugged in: a folder made in its place would
// leave the root key on this PC.
func (a *App) checkStick(no int, where string) error {
	if err := a.checkFolder(where); err != nil {
		return err
	}
	if _, err := os.Stat(where); err != nil {
		return record.Refuse(record.ErrPlace, fmt.Sprintf("Không thấy USB của người thứ %d ở %s. Hãy cắm USB, hoặc quay lại chọn đúng USB; chưa ghi khóa nào.", no, where),
			fmt.Sprintf("The stick of person %d is not at %s. Plug it in, or go back and choose it; no key was written.", no, where)).Because(err)
	}
	return nil
}

// unitsBelow are the units of the catalogue that report to this one: those right below
// it, in every arrangement that has been.
func (a *App) unitsBelow(province record.Unit) []trust.RosterUnit {
	var out []trust.RosterUnit
	codes := map[string]bool{}
	for _, u := range a.catalog().units {
		if u.ParentID != province.ID || codes[u.Code] {
			continue
		}
		codes[u.Code] = true
		out = append(out, trust.RosterUnit{Code: u.Code, Name: u.FullName(), Kind: u.Kind, ID: u.ID, From: u.Valid.From, To: u.Valid.To})
	}
	return out
}

func (a *App) thisMachine(s *footing) trust.RosterDevice {
	return trust.RosterDevice{
		ID: a.keys.ID(), Key: publicOf(a.keys.Device), Unit: s.code, Role: record.RoleProvince, Name: machineName(), Recipient: a.keys.Recipient(),
	}
}

// publishRoster signs the next roster and believes it here. Its file is made when it is
// handed over.
func (a *App) publishRoster(ctx context.Context, r trust.Roster) error {
	s, err := a.stand(ctx)
	if err != nil {
		return err
	}
	if s.authority == nil {
		return noAuthority()
	}
	r.Version, r.Created = s.known.Roster.Version+1, a.stamped()
	if r.Recipients, err = s.authority.Recipients(); err != nil {
		return explain(err)
	}
	file, _, err := trust.SealRoster(s.authority, s.authority.Chain, r, a.newID(), a.stamped(), "sophobien "+a.opts.Version, a.random())
	if err != nil {
		return explain(err)
	}
	known, err := trust.OpenRoster(s.known, file)
	if err != nil {
		return explain(err)
	}
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return a.explainWrite(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	if _, err := a.retryParked(ctx); err != nil {
		return a.explainWrite(err)
	}
	a.announce(record.Change{Nouns: []string{"bundle"}})
	return nil
}

// publicFiles are the roster and the reorganisations in force as files to hand over, the
// roster first.
func (a *App) publicFiles(ctx context.Context, s *footing) ([]store.Sent, error) {
	if len(s.known.File) == 0 {
		return nil, nil
	}
	if err := a.spreadKeys(ctx, s); err != nil {
		return nil, err
	}
	if err := a.signUnitsAgain(ctx, s); err != nil {
		return nil, err
	}
	raws := [][]byte{s.known.File}
	for _, p := range a.packs() {
		raws = append(raws, p.raw)
	}
	var out []store.Sent
	for _, raw := range raws {
		f, err := a.publicFile(ctx, raw)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// publicFile puts a file for everybody into the outbox, unless it lies there.
func (a *App) publicFile(ctx context.Context, raw []byte) (store.Sent, error) {
	env, err := seal.PeekEnvelope(raw)
	if err != nil {
		return store.Sent{}, err
	}
	made := sentOf(env, raw)
	if made.Name, err = seal.NameOf(env, env.Unit); err != nil {
		return made, err
	}
	list, err := a.db.SentList(ctx)
	if err != nil {
		return made, err
	}
	if i := slices.IndexFunc(list, func(f store.Sent) bool { return f.ID == env.ID }); i >= 0 {
		made = list[i]
	} else {
		if made.No, err = a.nextNo(ctx); err != nil {
			return made, err
		}
		if err := a.db.AddSent(ctx, made); err != nil {
			return made, err
		}
	}
	if !a.inOutbox(made) {
		err = datadir.WriteFileVerified(a.outboxPath(made.Name), raw)
	}
	return made, err
}

// WriteRoster writes the roster and the reorganisations in force into a folder, for
// offices that begin.
func (a *App) WriteRoster(ctx context.Context, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	files, err := a.publicFiles(ctx, &s)
	if err != nil {
		return out, explain(err)
	}
	if len(files) == 0 {
		return out, noAuthority()
	}
	for _, f := range files {
		if err := a.writeOut(ctx, &s, where, f, &out); err != nil {
			return out, a.explainWrite(err)
		}
	}
	out.Safe = true
	return out, explain(a.tellStates(ctx, out.Written))
}
