package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// AddMachine takes a second PC of this office in, whose 30 digits somebody has compared
// with its screen, and writes for it the file that holds the register: key, log and values.
// The roster of the province follows; until then the PC is known here only.
func (a *App) AddMachine(ctx context.Context, enrolment, digits, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	raw, err := os.ReadFile(enrolment)
	if err != nil {
		return out, explain(err)
	}
	e, err := trust.ReadEnrolment(raw)
	if err != nil {
		return out, explain(err)
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	switch {
	case e.Unit != s.home() && s.home() != s.code: // a register keeps the unit it began under
		return out, record.Refuse(record.ErrInvalid,
			"Sổ này lập cho "+s.unitName(s.home())+": trên máy mới hãy chọn đơn vị ấy rồi ghi lại tệp đăng ký, dù đơn vị nay đã sắp xếp lại.",
			"This register began for "+s.unitName(s.home())+": choose that unit on the new PC and write the enrolment again, though it has been reorganised.")
	case e.Unit != s.home():
		return out, record.Refuse(record.ErrInvalid,
			"Tệp đăng ký này của "+e.UnitName+", không phải của cơ quan mình.", "This enrolment is of "+e.UnitName+", not of this office.")
	case digitsOf(digits) != digitsOf(e.Fingerprint()):
		return out, record.Refuse(record.ErrNotTrusted,
			"30 số vừa nhập khác 30 số của tệp. Hãy đọc lại từng nhóm trên màn hình máy kia.", "These 30 digits are not the file's. Read them again from the other PC's screen.")
	}
	if err := trust.AddColleague(a.dir, e.Key, e.Machine, e.Recipient, a.stamped()); err != nil {
		return out, a.explainWrite(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return out, err
	}
	if s, err = a.stand(ctx); err != nil {
		return out, err
	}
	made, err := a.sealJoin(ctx, &s, e)
	if err != nil {
		return out, a.explainWrite(err)
	}
	public, err := a.publicFiles(ctx, &s) // without the roster the other PC would seal for practice
	if err != nil {
		return out, a.explainWrite(err)
	}
	made = append(made, public...)
	if _, _, err := a.writeThisMachine(ctx, where); err != nil { // who this PC is, for the other one
		return out, err
	}
	err = a.deliver(ctx, &s, where, made, record.HandOverOptions{}, &out)
	return out, err
}

func digitsOf(text string) string {
	var out []byte
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			out = append(out, c)
		}
	}
	return string(out)
}

// sealJoin seals the whole register for a PC that has nothing yet, the office's key in
// front.
func (a *App) sealJoin(ctx context.Context, s *footing, e trust.Enrolment) ([]store.Sent, error) {
	t := &target{unit: s.code, device: e.Device(), recipients: []string{e.Recipient}, values: true, cover: map[oplog.Device][]store.Point{}}
	sender, err := a.sendAs(s, t.unit, t.recipients)
	if err != nil {
		return nil, err
	}
	sender.Values = true
	state, err := a.state(ctx, s)
	if err != nil {
		return nil, err
	}
	return a.sealEntries(ctx, t, func(place int, entries []bundle.Entry, no int64) (bundle.Sealed, error) {
		certs, err := a.certificatesFor(ctx, s, entries)
		if err != nil {
			return bundle.Sealed{}, err
		}
		if place == 0 {
			return bundle.WriteJoin(sender, state, a.keys.Office, certs, entries, a.newID(), no, a.stamped())
		}
		return bundle.WriteLog(sender, state, certs, entries, a.newID(), no, a.stamped())
	})
}

// Joining is a second PC of an office before it has the register.
type Joining struct {
	Path        string `json:"path"`        // of the enrolment file
	Fingerprint string `json:"fingerprint"` // 30 digits, to be typed at the first PC
}

// JoinAsk makes this PC's keys and writes the file with which it asks the office's first
// PC for the register. Asked again, it writes the same file once more.
func (s Starter) JoinAsk(_ context.Context, setup record.Setup, where string) (Joining, error) {
	a, err := prepare(s.Folder, s.Options)
	if err != nil {
		return Joining{}, err
	}
	out, err := a.joinAsk(setup, where)
	return out, errors.Join(err, a.Close())
}

func (a *App) joinAsk(setup record.Setup, where string) (Joining, error) {
	if _, err := os.Lstat(a.dir.Database()); err == nil {
		return Joining{}, a.checkUnused()
	}
	if err := a.checkFolder(where); err != nil {
		return Joining{}, err
	}
	keys, err := a.openKeys(setup.Passphrase)
	if errors.Is(err, trust.ErrNoKeys) {
		keys, err = trust.Create(a.dir, trust.Protection(setup.Protection), setup.Passphrase)
	}
	if err != nil {
		return Joining{}, explain(err)
	}
	a.keys = keys
	u, ok := a.catalog().unit(setup.Unit.ID)
	if !ok {
		return Joining{}, unknownUnit(setup.Unit.Code)
	}
	path, digits, err := a.writeEnrolment(where, trust.Enrolment{
		Unit: u.Code, UnitName: u.FullName(), Office: cmp.Or(setup.OfficeName, u.FullName()), Officer: cmp.Or(setup.OfficerName, "?"),
		Machine: machineName(), Created: a.stamped(),
	})
	if err != nil {
		return Joining{}, err
	}
	return Joining{path, digits}, a.explainWrite(datadir.WriteFile(a.joiningOfficer(), []byte(trimmed(setup.OfficerName))))
}

// Join takes in the files the office's first PC wrote for this one and opens the
// register. digits are the first PC's 30, read from its screen: whoever has them is
// believed until the roster says more. When it fails, the keys stay, and it can be tried
// again with other files.
func (s Starter) Join(ctx context.Context, paths []string, digits string) (*App, error) {
	a, err := prepare(s.Folder, s.Options)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(a.dir.Database()); err == nil {
		return nil, errors.Join(a.checkUnused(), a.Close())
	}
	if err := a.join(ctx, paths, digits); err != nil {
		err = errors.Join(err, a.Close())
		for _, suffix := range []string{"", "-wal", "-shm"} {
			os.Remove(a.dir.Database() + suffix)
		}
		return nil, err
	}
	return a, nil
}

func (a *App) join(ctx context.Context, paths []string, digits string) error {
	var err error
	if a.keys, err = a.openKeys(a.opts.Passphrase); err != nil {
		return explain(err)
	}
	look, err := folder.Find(ctx, paths...)
	if err != nil {
		return explain(err)
	}
	first, err := firstMachine(look, digits)
	if err != nil {
		return err
	}
	files, office, err := a.joinFiles(ctx, look, first)
	if err != nil {
		return err
	}
	if a.keys, err = a.keys.Adopt(office); err != nil {
		return a.explainWrite(err)
	}
	if err := trust.AddColleague(a.dir, first.Key, first.Machine, first.Recipient, a.stamped()); err != nil {
		return a.explainWrite(err)
	}
	if err := a.openStore(); err != nil {
		return err
	}
	if err := a.fillJoined(ctx, files, first); err != nil {
		return err
	}
	return a.takePublic(ctx, look)
}

// takePublic believes the roster and the reorganisations that the first PC wrote beside
// the register.
func (a *App) takePublic(ctx context.Context, look folder.Look) error {
	for _, f := range orderOf(ctx, look.Found) {
		raw, err := read(f)
		if err != nil {
			return explain(err)
		}
		if env, err := seal.PeekEnvelope(raw); err != nil || env.Kind != seal.KindRoster && env.Kind != seal.KindUnits {
			continue
		}
		if _, err := a.take(ctx, parcel{name: filepath.Base(f.Path), raw: raw, sha: shaOf(raw)}); err != nil {
			return a.explainWrite(err)
		}
	}
	return nil
}

// firstMachine finds the enrolment of the PC whose digits were read from its screen.
func firstMachine(look folder.Look, digits string) (trust.Enrolment, error) {
	for _, f := range look.Found {
		if f.Kind != folder.Enrolment {
			continue
		}
		raw, err := read(f)
		if err != nil {
			continue
		}
		if e, err := trust.ReadEnrolment(raw); err == nil && digitsOf(e.Fingerprint()) == digitsOf(digits) {
			return e, nil
		}
	}
	return trust.Enrolment{}, record.Refuse(record.ErrNotTrusted,
		"Không có tệp nào của máy có 30 số này. Hãy xem lại 30 số trên màn hình máy thứ nhất và chọn đúng thư mục máy đó đã ghi.",
		"No file here is of the machine with these 30 digits. Look at the first PC's screen again and choose the folder it wrote.")
}

// joinFiles are the logs the first PC sealed to this one, and the office's key.
func (a *App) joinFiles(ctx context.Context, look folder.Look, first trust.Enrolment) (files []bundle.Contents, office [32]byte, err error) {
	ids, err := a.identities(&footing{})
	if err != nil {
		return nil, office, err
	}
	for _, f := range orderOf(ctx, look.Found) {
		raw, err := read(f)
		if err != nil {
			return nil, office, explain(err)
		}
		outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { return first.Key, id == first.Device() })
		if err != nil || outer.Envelope.Kind != seal.KindLog || outer.Envelope.To != outer.Envelope.Unit {
			continue
		}
		plain, err := outer.Open(ids)
		if err != nil {
			continue // for another PC
		}
		contents, err := bundle.ReadLog(outer.Envelope, plain)
		if err != nil {
			return nil, office, explain(err)
		}
		if key, _, err := bundle.ReadJoin(outer.Envelope, plain); err == nil {
			office = key // of a long register the first file has it
		}
		files = append(files, contents)
	}
	if office == [32]byte{} {
		err = record.Refuse(record.ErrNotFound,
			"Trong thư mục không có gói sổ cho máy này. Ở máy thứ nhất hãy chọn Thêm máy của cơ quan rồi ghi lại.",
			"There is no register for this PC in the folder. At the first PC choose to add a machine and write it again.")
	}
	return files, office, err
}

// fillJoined folds the register that came, and is not done before all of it is here.
func (a *App) fillJoined(ctx context.Context, files []bundle.Contents, first trust.Enrolment) error {
	local, err := trust.LoadDevices(a.dir)
	if err != nil {
		return explain(err)
	}
	var members []store.Member
	for _, d := range local {
		members = append(members, store.Member{Device: oplog.DeviceOf(d.Key), Key: d.Key, Role: record.RoleOffice})
	}
	if _, err := a.db.SetMembers(ctx, members); err != nil {
		return explain(err)
	}
	for _, c := range files {
		if _, err := a.addStreams(ctx, "", c.Certificates); err != nil {
			return a.explainWrite(err)
		}
		incoming := make([]store.Incoming, len(c.Commits))
		for i, k := range c.Commits {
			incoming[i] = store.Incoming{Commit: k, Secrets: c.Secrets[k.Hash]}
		}
		if _, err := a.db.Receive(ctx, incoming); err != nil {
			return a.explainWrite(err)
		}
	}
	if _, err := a.db.Office(ctx); err != nil {
		return record.Refuse(record.ErrNotFound,
			"Sổ chưa đủ: còn thiếu gói. Hãy chép mọi tệp máy thứ nhất đã ghi rồi làm lại.",
			"The register is not whole: a file is missing. Copy all that the first PC wrote and try again.").Because(err)
	}
	if err := a.loadPeers(ctx); err != nil {
		return err
	}
	if err := a.seatOfficer(ctx); err != nil {
		return err
	}
	return a.setupDone()
}

// joiningOfficer is where the name of who asked for the register waits for it.
func (a *App) joiningOfficer() string { return filepath.Join(a.dir.Keys(), "joining.txt") }

// seatOfficer puts who set this PC up at its desk, as a new officer where the office does
// not know the name.
func (a *App) seatOfficer(ctx context.Context) error {
	name, err := os.ReadFile(a.joiningOfficer())
	if errors.Is(err, os.ErrNotExist) || err == nil && len(name) == 0 {
		return nil
	}
	if err != nil {
		return explain(err)
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return explain(err)
	}
	i := slices.IndexFunc(office.Officers, func(o record.Officer) bool { return o.Name == string(name) && !o.Gone })
	if i < 0 {
		office.Officers = append(slices.Clone(office.Officers), record.Officer{ID: a.newID(), Name: string(name)})
		if err := a.SaveOffice(ctx, office); err != nil {
			return err
		}
		i = len(office.Officers) - 1
	}
	if err := a.TakeDesk(ctx, office.Officers[i].ID); err != nil {
		return err
	}
	return explain(os.Remove(a.joiningOfficer()))
}
