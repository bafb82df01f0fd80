package app

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// machineName is what this PC is called until somebody names it otherwise.
func machineName() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "máy tính"
	}
	return name[:min(len(name), 40)]
}

// AskEnrolment writes the file with which this PC asks the province to be put on the
// roster, and gives the 30 digits to be read over the telephone.
func (a *App) AskEnrolment(ctx context.Context, where string) (path, fingerprint string, err error) {
	if path, fingerprint, err = a.writeThisMachine(ctx, where); err != nil {
		return "", "", err
	}
	if err = a.db.SetMeta(ctx, metaAsked, a.keys.ID()); err == nil {
		a.announce(record.Change{Nouns: []string{"bundle"}})
	}
	return path, fingerprint, explain(err)
}

// writeThisMachine writes who this PC is.
func (a *App) writeThisMachine(ctx context.Context, where string) (path, fingerprint string, err error) {
	if err := a.checkFolder(where); err != nil {
		return "", "", err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return "", "", err
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return "", "", explain(err)
	}
	e := trust.Enrolment{
		Unit: s.home(), UnitName: s.unit.FullName(), Office: office.Name, Officer: cmp.Or(a.officerName(ctx, office), office.Officers[0].Name),
		Machine: machineName(), Created: a.stamped(),
	}
	return a.writeEnrolment(where, e)
}

func (a *App) writeEnrolment(where string, e trust.Enrolment) (path, fingerprint string, err error) {
	if e.Continues, err = a.keys.Statement(); err != nil {
		return "", "", explain(err)
	}
	file, name, err := trust.NewEnrolment(a.keys, e)
	if err != nil {
		return "", "", explain(err)
	}
	path, err = folder.Write(where, name, file)
	return path, a.Fingerprint(), a.explainWrite(err)
}

// Fingerprint is this PC's 30 digits, to be compared over the telephone.
func (a *App) Fingerprint() string { return seal.Fingerprint30(publicOf(a.keys.Device)) }

// ConfirmProvince notes that somebody compared the province's digits with its letter.
func (a *App) ConfirmProvince(ctx context.Context, fingerprint string) error {
	known, err := trust.LoadKnown(a.dir)
	if err != nil {
		return explain(err)
	}
	if known, err = known.Confirm(fingerprint); err != nil {
		return explain(err)
	}
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return a.explainWrite(err)
	}
	return a.loadPeers(ctx)
}

// takeRoster believes a newer roster of the province that is known here, and waits for a
// person to compare the first one's fingerprint.
func (a *App) takeRoster(ctx context.Context, s *footing, p parcel) (record.Taken, error) {
	known, err := trust.OpenRoster(s.known, p.raw)
	if err != nil {
		return a.refuseRoster(ctx, s, p, err)
	}
	if p.outer, err = known.ReadOuter(p.raw); err != nil {
		return a.refuse(ctx, p, err)
	}
	t := p.taken(record.TakenApplied)
	t.Name = known.Roster.Name
	if known.Roster.Version == s.known.Roster.Version {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Danh bạ này đã có.", EN: "This roster is here already."}
		return t, a.noteTaken(ctx, p, t, "")
	}
	if err := a.noteRoster(ctx, s, known); err != nil { // before it is believed: a cut tells it twice, not never
		return t, err
	}
	if err := trust.SaveKnown(a.dir, known); err != nil {
		return t, err
	}
	if err := a.loadPeers(ctx); err != nil {
		return t, err
	}
	if err := a.leaveEnded(ctx); err != nil {
		return t, err
	}
	t.Words = record.Words{
		VI: fmt.Sprintf("Đã nhận danh bạ bản %d của %s.", known.Roster.Version, t.Name),
		EN: fmt.Sprintf("Took in roster %d of %s.", known.Roster.Version, t.Name),
	}
	if !known.IsConfirmed() {
		t.Words.VI += " Hãy đối chiếu 30 số của cấp trên với công văn ở Trao đổi › Máy và khóa."
		t.Words.EN += " Compare the 30 digits with the letter, in the exchange, Machines and keys."
	}
	if err := a.passOn(ctx, s, p); err != nil {
		return t, err
	}
	return t, a.noteTaken(ctx, p, t, "")
}

// refuseRoster tells the rosters that are no matter for alarm from those that are: sticks
// go round with old ones on them.
func (a *App) refuseRoster(ctx context.Context, s *footing, p parcel, why error) (record.Taken, error) {
	switch {
	case errors.Is(why, trust.ErrRosterOld):
		t := record.Taken{File: p.name, State: record.TakenKnown, Kind: seal.KindRoster, From: s.known.Roster.Unit, Name: s.known.Roster.Name}
		t.Words = record.Words{VI: "Danh bạ cũ; máy này đã có bản mới hơn.", EN: "An old roster; this PC has a newer one."}
		return t, nil
	case errors.Is(why, seal.ErrNotTrusted):
		if env, err := seal.PeekEnvelope(p.raw); err == nil && s.known.Former(env.From) {
			return signedBefore(s, p, env), nil
		}
	case errors.Is(why, trust.ErrRosterFork):
		return a.refuse(ctx, p, bundle.WithReason("roster-fork", why))
	}
	t, err := a.refuse(ctx, p, why)
	if errors.Is(why, trust.ErrOtherProvince) {
		t.Words = record.Words{
			VI: "Danh bạ này của một cấp trên khác với cấp trên máy này đã tin; không nhận. Hãy gọi cho cấp trên nếu tệp do họ gửi.",
			EN: "This roster is of another province than the one this PC believes; it was not taken in. Call the province if the file came from them.",
		}
	}
	return t, err
}

// Machines lists the PCs of this office; at the province those of all units.
func (a *App) Machines(ctx context.Context) ([]record.Machine, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return nil, explain(err)
	}
	seen := map[string]store.Stream{}
	for _, st := range streams {
		seen[st.Device.String()] = st
	}
	var out []record.Machine
	listed := map[string]bool{}
	for _, d := range s.known.Roster.Devices {
		if s.role == record.RoleOffice && !s.ours(d) {
			continue
		}
		listed[d.ID] = true
		m := record.Machine{
			Device: d.ID, Name: d.Name, Unit: d.Unit, UnitName: s.unitName(d.Unit), Fingerprint: seal.Fingerprint30(d.Key),
			State: "enrolled", Continues: d.Continues,
		}
		if d.Cut != nil {
			m.State = "revoked"
		}
		out = append(out, m)
	}
	for _, d := range s.known.Local {
		if listed[d.ID] || d.Own && d.ID != a.keys.ID() {
			continue
		}
		m := record.Machine{Device: d.ID, Name: cmp.Or(d.Name, machineName()), Unit: s.code, UnitName: s.unit.FullName(), Fingerprint: seal.Fingerprint30(d.Key), State: "provisional"}
		if d.Own {
			m.State = a.enrolmentAsked(ctx)
		} else {
			m.Provisional = stampOf(knownUntil(d))
		}
		out = append(out, m)
	}
	for i := range out {
		m := &out[i]
		m.This = m.Device == a.keys.ID()
		st := seen[m.Device]
		if len(st.Heads) > 0 {
			m.Commits, m.Seen = st.Commits, time.UnixMilli(st.Heads[0].Time).UTC().Format(time.RFC3339)
		}
		m.Alarm = a.alarmOf(st)
	}
	return out, nil
}

// enrolmentAsked is how a PC stands that is on no roster: it asked to be, or nobody was told of it.
func (a *App) enrolmentAsked(ctx context.Context) string {
	if device, err := a.db.Meta(ctx, metaAsked); err == nil && device == a.keys.ID() {
		return "asked"
	}
	return "unknown"
}

// farOff is how far a machine's clock may be from this one's before somebody is told.
const farOff = 48 * time.Hour

// forked reports whether two machines wrote in one stream.
func forked(st store.Stream) bool { return len(st.Heads) > 1 }

var clonedWords = record.Words{
	VI: "Hai máy đang ghi dưới cùng một khóa (sổ bị chép sang máy khác, hoặc khôi phục từ bản chép). Mọi mục của cả hai đều được giữ; hãy đăng ký lại máy này.",
	EN: "Two machines write under one key (the register was copied, or restored from a copy). All entries of both are kept; enrol this machine again.",
}

// alarmOf says in words what is wrong with a stream.
func (a *App) alarmOf(st store.Stream) record.Words {
	switch {
	case forked(st):
		return clonedWords
	case len(st.Heads) > 0 && time.UnixMilli(st.Heads[0].Time).Sub(a.opts.Now()) > farOff:
		return record.Words{
			VI: "Đồng hồ của máy này chạy nhanh hơn hai ngày; hãy chỉnh lại. Số liệu không bị ảnh hưởng.",
			EN: "This machine's clock is more than two days ahead; set it. No figure is affected.",
		}
	}
	return record.Words{}
}

// provisional is how long another PC of the office is believed because somebody here has
// compared its digits, until the roster names it.
const provisional = 30 * 24 * time.Hour

// knownUntil is when a PC that only this office knows is believed no longer; zero for
// this PC's own streams.
func knownUntil(d trust.Device) time.Time {
	at, err := time.Parse(time.RFC3339, d.Since)
	if err != nil {
		return time.Time{}
	}
	return at.Add(provisional)
}

// believed leaves out PCs that the roster has not named in time.
func believed(list trust.Devices, r trust.Roster, now time.Time) trust.Devices {
	return slices.DeleteFunc(slices.Clone(list), func(d trust.Device) bool {
		_, named := r.Device(d.ID)
		until := knownUntil(d)
		return !d.Own && !named && !until.IsZero() && now.After(until)
	})
}

// colleague is another PC of this office to which things can be sealed.
type colleague struct{ ID, Name, Recipient string }

// colleagues are this office's other PCs that are not revoked.
func (a *App) colleagues(_ context.Context, s *footing) ([]colleague, error) {
	out := map[string]colleague{}
	for _, d := range s.known.Local {
		if !d.Own && d.Recipient != "" {
			out[d.ID] = colleague{d.ID, d.Name, d.Recipient}
		}
	}
	own := map[string]bool{}
	for _, d := range s.known.Local {
		own[d.ID] = d.Own
	}
	for _, d := range s.known.Roster.Devices {
		if !s.ours(d) || own[d.ID] || d.ID == a.keys.ID() {
			continue
		}
		out[d.ID] = colleague{d.ID, d.Name, d.Recipient}
		if d.Cut != nil {
			delete(out, d.ID)
		}
	}
	var list []colleague
	for _, c := range out {
		list = append(list, c)
	}
	slices.SortFunc(list, func(x, y colleague) int { return cmp.Compare(x.ID, y.ID) })
	return list, nil
}

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
		if place == 0 {
			return bundle.WriteJoin(sender, state, a.keys.Office, entries, a.newID(), no, a.stamped())
		}
		return bundle.WriteLog(sender, state, entries, a.newID(), no, a.stamped())
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

// takeEnrolment keeps a machine's wish to be enrolled: at the province for the registrar,
// elsewhere it is carried on.
func (a *App) takeEnrolment(ctx context.Context, p parcel) (record.Taken, error) {
	e, err := trust.ReadEnrolment(p.raw)
	t := record.Taken{File: p.name, Kind: "enrolment", State: record.TakenRefused}
	if err != nil {
		t.Code = bundle.ReasonOf(err)
		t.Words = reasonWords(t.Code)
		return t, nil
	}
	s, err := a.stand(ctx)
	if err != nil {
		return t, err
	}
	t.From, t.Name = e.Unit, e.UnitName
	if e.Device() == a.keys.ID() {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Tệp đăng ký của chính máy này; không cần nhận.", EN: "This PC's own enrolment; there is nothing to take in."}
		return t, nil
	}
	if s.role != record.RoleProvince {
		t.State, t.Code = record.TakenCarried, "not-for-us"
		t.Words = record.Words{VI: "Tệp đăng ký máy của " + e.UnitName + ": giữ lại để mang đi hộ.", EN: "An enrolment of " + e.UnitName + ": kept to be carried on."}
		_, err := a.shelf(a.dir.Carried()).Put(p.name, p.raw)
		return t, err
	}
	if d, ok := s.known.Device(e.Device()); ok {
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Máy này của " + e.UnitName + " đã đăng ký rồi.", EN: "This machine of " + e.UnitName + " is enrolled already."}
		if d.Cut != nil {
			t.Words = record.Words{
				VI: "Khóa này của máy " + e.UnitName + " đã bị thu hồi nên không đăng ký lại được; sau khi nhận danh bạ mới, máy đó xin đăng ký bằng khóa mới.",
				EN: "This key of a machine of " + e.UnitName + " is revoked and cannot be enrolled again; once it has the new roster, the machine asks under a new key.",
			}
		}
		return t, nil
	}
	if err := datadir.MakeFolder(a.enrolments()); err != nil {
		return t, err
	}
	if err := datadir.WriteFile(filepath.Join(a.enrolments(), e.Device()+".sope.zip"), p.raw); err != nil {
		return t, err
	}
	t.State = record.TakenApplied
	t.Words = record.Words{
		VI: "Máy “" + e.Machine + "” của " + e.UnitName + " xin đăng ký. Hãy gọi điện đối chiếu 30 số ở Máy và khóa.",
		EN: "The machine “" + e.Machine + "” of " + e.UnitName + " asks to be enrolled. Compare the 30 digits by telephone, in Machines and keys.",
	}
	return t, nil
}

// enrolments is where the wishes wait.
func (a *App) enrolments() string { return filepath.Join(a.dir.Keys(), "enrolments") }
