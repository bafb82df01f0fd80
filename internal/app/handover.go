package app

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/trust"
)

// HandOver writes into a folder, a stick for instance, everything that those this office
// works with have not acknowledged: to the province what it has not accepted, to the other
// PCs of the office what they have not seen, and the files of others that are carried
// along. All of it is read back before the stick is called safe. What is sealed stays in
// the outbox and is sent again as it is while nothing new was said. Cancelled, it ends between
// two files: what is written is on the list as handed over, what is not goes next time.
func (a *App) HandOver(ctx context.Context, where string, o record.HandOverOptions) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	if s.role == record.RoleProvince {
		return a.Receipts(ctx, where)
	}
	if err := folder.Ready(where); err != nil {
		return out, explain(err)
	}
	targets, err := a.targets(ctx, &s)
	if err != nil {
		return out, err
	}
	var ready []store.Sent
	sealed := 0
	for i := range targets {
		if skip := targets[i].device == "" && o.SkipProvince || targets[i].device != "" && o.SkipMachines; skip {
			continue
		}
		targets[i].made = func() { sealed++; o.Told(sealed, 0) }
		made, err := a.pack(ctx, &s, &targets[i], o)
		if err != nil {
			return out, stopped(ctx, a.explainWrite(err))
		}
		ready = append(ready, made...)
	}
	err = a.deliver(ctx, &s, where, ready, o, &out)
	return out, stopped(ctx, err)
}

// stopped is that work was cancelled, whatever it stumbled over then; else its error.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func (a *App) checkFolder(where string) error {
	if strings.TrimSpace(where) == "" {
		return record.Refuse(record.ErrInvalid, "Chưa chọn thư mục.", "No folder was chosen.")
	}
	if st, err := os.Stat(where); err == nil && !st.IsDir() {
		return record.Refuse(record.ErrPlace, where+" là một tệp, không phải thư mục.", where+" is a file, not a folder.")
	}
	return nil
}

// target is for whom a file is, and what they have by their own word.
type target struct {
	unit       string
	device     string // one PC of this office; "": the unit
	recipients []string
	practice   bool
	values     bool // personal and internal values go along
	cover      map[oplog.Device][]store.Point
	wants      []string // files they lack, by hash
	only       func(oplog.Device) bool
	made       func() // is told of each file that was sealed for it; nil: nobody
}

// tell says that a file was sealed, unless the work was cancelled.
func (t *target) tell(ctx context.Context) error {
	if t.made != nil {
		t.made()
	}
	return ctx.Err()
}

// key names a target among those of this office.
func (t *target) key() string { return t.unit + "/" + t.device }

// targets are the province and this office's other PCs.
func (a *App) targets(ctx context.Context, s *footing) ([]target, error) {
	own, err := a.ownDevices(ctx)
	if err != nil {
		return nil, err
	}
	recipient, err := a.recipient()
	if err != nil {
		return nil, explain(err)
	}
	receipt, err := a.ownReceipt(ctx, s)
	if err != nil {
		return nil, err
	}
	isOwn := func(d oplog.Device) bool { return own[d] }
	out := []target{{
		unit: s.province(a.catalog()), recipients: recipient.Keys, practice: recipient.Practice,
		cover: coverOf(receipt), wants: receipt.Wants, only: isOwn,
	}}
	machines, err := a.colleagues(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, m := range machines {
		said, err := a.saidBy(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, target{
			unit: s.code, device: m.ID, recipients: []string{m.Recipient}, values: true, cover: pointsOf(said.Heads), wants: said.Wants,
			only: func(oplog.Device) bool { return true }, // what the province said, too
		})
	}
	return out, nil
}

// coverOf is what a receipt says its writer holds, with all branches.
func coverOf(r bundle.Receipt) map[oplog.Device][]store.Point {
	out := map[oplog.Device][]store.Point{}
	for _, d := range r.Devices {
		device, err := oplog.ParseDevice(d.Device)
		if err != nil {
			continue // unreachable: receipts are checked when they are read
		}
		for _, h := range append([]bundle.Head{{N: d.N, Head: d.Head}}, d.Also...) {
			if hash, err := oplog.ParseHash(h.Head); err == nil {
				out[device] = append(out[device], store.Point{N: h.N, Hash: hash})
			}
		}
	}
	return out
}

func pointsOf(heads map[string]bundle.Point) map[oplog.Device][]store.Point {
	out := map[oplog.Device][]store.Point{}
	for id, p := range heads {
		device, err1 := oplog.ParseDevice(id)
		hash, err2 := oplog.ParseHash(p.Hash)
		if errors.Join(err1, err2) == nil {
			out[device] = []store.Point{{N: p.N, Hash: hash}}
		}
	}
	return out
}

// pack gives the sealed files a target is to get: those that lie ready as long as they
// hold all there is to say, else new ones.
func (a *App) pack(ctx context.Context, s *footing, t *target, o record.HandOverOptions) ([]store.Sent, error) {
	list, err := a.sentTo(ctx, t)
	if err != nil {
		return nil, err
	}
	ready := a.lieReady(list, t)
	news, err := a.beyond(ctx, t, ready)
	if err != nil {
		return nil, err
	}
	unheard, err := a.unheard(ctx, t)
	if err != nil {
		return nil, err
	}
	if news || unheard {
		if unheard {
			list = nil // what the key before has said today is not its word
		}
		if ready, err = a.sealLog(ctx, s, t, list, ready); err != nil {
			return ready, err
		}
		if err := a.db.SetMeta(ctx, metaSpoken+t.key(), a.keys.ID()); err != nil {
			return ready, err
		}
	}
	return a.sealFiles(ctx, s, t, ready, o)
}

// lieReady are the files to a target that were made and not answered yet, and lie whole
// in the outbox, the oldest first. Files sealed for practice are ready for practice only.
func (a *App) lieReady(list []sentFile, t *target) []store.Sent {
	var out []store.Sent
	for _, f := range list {
		waits := f.state == record.StatePacked || f.state == record.StateHanded
		if waits && f.Practice == t.practice && a.inOutbox(f.Sent) {
			out = append(out, f.Sent)
		}
	}
	return out
}

// inOutbox reports whether the file lies there as it was sealed.
func (a *App) inOutbox(f store.Sent) bool {
	raw, err := os.ReadFile(a.outboxPath(f.Name))
	return err == nil && int64(len(raw)) == f.Size && shaOf(raw) == f.SHA256
}

func (a *App) outboxPath(name string) string { return filepath.Join(a.dir.Outbox(), name) }

func shaOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// beyond reports whether there is something to say that neither the target has nor a
// file that lies ready holds. With nothing new at all a day's first hand-over says just
// that: whoever has nothing to report reports it in time.
func (a *App) beyond(ctx context.Context, t *target, ready []store.Sent) (bool, error) {
	cover := map[oplog.Device][]store.Point{}
	for d, points := range t.cover {
		cover[d] = slices.Clone(points)
	}
	logs := 0
	for _, f := range ready {
		if f.Kind != seal.KindLog {
			continue
		}
		logs++
		for d, p := range f.Covers {
			cover[d] = append(cover[d], p)
		}
	}
	lines, err := a.db.LogAfterVector(ctx, cover, t.only, 0, 1, false)
	if err != nil || len(lines) > 0 {
		return true, err
	}
	return logs == 0, nil
}

// metaSpoken names, for a target, the stream in which this PC last spoke to it.
const metaSpoken = "spoken:"

// unheard reports whether a target has not heard yet what this PC holds since it goes on
// under another key: after a restore it learns from that what is to come back.
func (a *App) unheard(ctx context.Context, t *target) (bool, error) {
	spoken, err := a.db.Meta(ctx, metaSpoken+t.key())
	return spoken != "" && spoken != a.keys.ID(), err
}

// sealLog seals what a target does not have, in as many files as it takes.
func (a *App) sealLog(ctx context.Context, s *footing, t *target, list []sentFile, ready []store.Sent) ([]store.Sent, error) {
	sender, err := a.sendAs(s, t.unit, t.recipients)
	if err != nil {
		return nil, err
	}
	sender.Values = t.values
	state, err := a.state(ctx, s)
	if err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(ready, func(f store.Sent) bool { return f.Kind == seal.KindLog })
	write := func(_ int, entries []bundle.Entry, no int64) (bundle.Sealed, error) {
		return bundle.WriteLog(sender, state, entries, a.newID(), no, a.stamped())
	}
	made, err := a.sealEntries(ctx, t, write)
	if err == nil && len(made) == 0 && !saidToday(list, a.stamped()) { // nothing to report, said in time
		made, err = a.sealOne(ctx, t, nil, 0, write)
	}
	return append(out, made...), err
}

// sealer seals entries, from the front, as the file of its place among those of one target.
type sealer func(place int, entries []bundle.Entry, no int64) (bundle.Sealed, error)

// sealEntries seals what a target does not have, in as many files as it takes.
func (a *App) sealEntries(ctx context.Context, t *target, write sealer) ([]store.Sent, error) {
	var out []store.Sent
	for after := int64(0); ; {
		lines, err := a.db.LogAfterVector(ctx, t.cover, t.only, after, bundle.MaxPlain, t.values)
		if err != nil || len(lines) == 0 {
			return out, err
		}
		made, err := a.sealOne(ctx, t, lines, len(out), write)
		if err != nil {
			return out, err
		}
		out, after = append(out, made...), lines[made[0].Commits-1].Seq
	}
}

func (a *App) sealOne(ctx context.Context, t *target, lines []store.LogLine, place int, write sealer) ([]store.Sent, error) {
	entries := make([]bundle.Entry, len(lines))
	for i, l := range lines {
		entries[i] = bundle.Entry{Commit: l.Commit, Secrets: l.Secrets}
	}
	no, err := a.nextNo(ctx)
	if err != nil {
		return nil, err
	}
	sealed, err := write(place, entries, no)
	if err != nil {
		return nil, err
	}
	made, err := a.keepSealed(context.WithoutCancel(ctx), t, sealed)
	if err == nil {
		err = t.tell(ctx)
	}
	return []store.Sent{made}, err
}

// stampOf is an instant as the screens take it, "" for none.
func stampOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// saidToday reports whether a file was made on the day of a time.
func saidToday(list []sentFile, now string) bool {
	return len(list) > 0 && stampOf(list[len(list)-1].Created)[:10] == now[:10]
}

// state is what this register holds, as a bundle says it.
func (a *App) state(ctx context.Context, s *footing) (bundle.State, error) {
	streams, err := a.db.Streams(ctx)
	if err != nil {
		return bundle.State{}, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return bundle.State{}, err
	}
	out := bundle.State{Heads: map[string]bundle.Point{}, Through: today, Packs: a.packsHere()}
	for _, st := range streams {
		if len(st.Heads) > 0 {
			out.Heads[st.Device.String()] = bundle.Point{N: st.Heads[0].N, Hash: st.Heads[0].Hash.String()}
		}
	}
	out.Roster = s.known.Roster.Version
	out.Wants, err = a.lacking(ctx)
	return out, err
}

func (a *App) random() io.Reader { return rand.Reader }

// nextNo is the next running number of the files made here.
func (a *App) nextNo(ctx context.Context) (int64, error) {
	no, err := a.db.LastNo(ctx)
	return no + 1, err
}

// keepSealed puts a sealed file into the outbox and on the list, in this order: a file
// that no list knows is taken up at the next start, a line without its file would claim
// what is not there.
func (a *App) keepSealed(ctx context.Context, t *target, sealed bundle.Sealed) (store.Sent, error) {
	if err := datadir.WriteFileVerified(a.outboxPath(sealed.Name), sealed.Bytes); err != nil {
		return store.Sent{}, err
	}
	made := sentOf(sealed.Envelope, sealed.Bytes)
	made.Name, made.Device, made.Practice, made.Commits = sealed.Name, t.device, t.practice, int64(sealed.Commits)
	return made, a.db.AddSent(ctx, made)
}

// sentOf is the line of a sealed file, as its envelope says.
func sentOf(env seal.Envelope, raw []byte) store.Sent {
	created, err := time.Parse(time.RFC3339, env.Created)
	if err != nil {
		created = time.Time{} // unreachable: an envelope's time is checked
	}
	out := store.Sent{
		ID: env.ID, No: env.No, Kind: env.Kind, Unit: env.To, Created: created, Size: int64(len(raw)), SHA256: shaOf(raw),
		State: record.StatePacked, Covers: map[oplog.Device]store.Point{}, From: map[oplog.Device]int64{},
	}
	for id, span := range env.Range {
		device, err1 := oplog.ParseDevice(id)
		hash, err2 := oplog.ParseHash(env.Heads[id])
		if errors.Join(err1, err2) == nil {
			out.Covers[device], out.From[device] = store.Point{N: span.Last, Hash: hash}, span.First
		}
	}
	return out
}

// deliver writes files into a folder and says what was written. What could not be
// written stays in the outbox and is no worse off.
func (a *App) deliver(ctx context.Context, s *footing, where string, ready []store.Sent, o record.HandOverOptions, out *record.HandedOver) error {
	var carried []outbox.Kept
	if !o.SkipCarried {
		var err error
		if carried, err = a.carried(); err != nil {
			return explain(err)
		}
	}
	var size int64
	for _, f := range ready {
		size += f.Size
	}
	if err := datadir.MakeSharedFolder(where); err != nil {
		return explain(err)
	}
	if err := datadir.Need(where, size); err != nil {
		return explain(err)
	}
	whole, total := context.WithoutCancel(ctx), len(ready)+len(carried)
	write := func(i int) error {
		o.Told(i, total)
		if err := ctx.Err(); err != nil {
			return err
		}
		if i < len(ready) {
			return a.writeOut(whole, s, filepath.Join(where, a.folderFor(s, ready[i])), ready[i], out)
		}
		return a.carryOut(where, carried[i-len(ready)], out)
	}
	for i := range total {
		if err := write(i); err != nil {
			a.announce(record.Change{Nouns: []string{"bundle"}})
			return errors.Join(a.explainWrite(err), a.tellStates(whole, out.Written))
		}
	}
	out.Safe = true
	o.Told(total, total)
	if err := a.tellStates(whole, out.Written); err != nil {
		return explain(err)
	}
	a.announce(record.Change{Nouns: []string{"bundle"}})
	return explain(a.db.SetMeta(whole, metaHandOver, a.stamped()))
}

// tellStates gives written files the states they have by now: one of them may replace
// another, and one that is written once more may have been accepted long ago.
func (a *App) tellStates(ctx context.Context, written []record.Sent) error {
	list, err := a.sentFiles(ctx)
	if err != nil {
		return err
	}
	states := map[string]record.HandOverState{}
	for _, f := range list {
		states[f.ID] = f.state
	}
	for i := range written {
		written[i].State = states[written[i].ID]
	}
	return nil
}

func (a *App) writeOut(ctx context.Context, s *footing, where string, f store.Sent, out *record.HandedOver) error {
	raw, err := os.ReadFile(a.outboxPath(f.Name))
	if err != nil {
		return err
	}
	path, err := folder.Write(where, f.Name, raw)
	if err != nil {
		return err
	}
	f.Places = append([]string{path}, slices.DeleteFunc(f.Places, func(p string) bool { return p == path })...)
	if f.State == record.StatePacked {
		f.State = record.StateHanded
	}
	if err := a.db.SetSent(ctx, f.ID, f.State, f.Reason, f.Places, time.Time{}); err != nil {
		return err
	}
	out.Written = append(out.Written, a.sentView(s, f, f.State))
	return nil
}

// folderFor is the folder below the one named in which a file goes: at a province, whose
// stick goes round, each unit finds its own by its code.
func (a *App) folderFor(s *footing, f store.Sent) string {
	if s.role == record.RoleProvince && f.Unit != seal.OfficePublic {
		return f.Unit
	}
	return ""
}

// HandOverAgain writes one sealed file once more, as it is.
func (a *App) HandOverAgain(ctx context.Context, id, where string) (record.HandedOver, error) {
	out := record.HandedOver{Folder: where}
	if err := a.checkFolder(where); err != nil {
		return out, err
	}
	s, err := a.stand(ctx)
	if err != nil {
		return out, err
	}
	list, err := a.db.SentList(ctx)
	if err != nil {
		return out, explain(err)
	}
	i := slices.IndexFunc(list, func(f store.Sent) bool { return f.ID == id })
	if i < 0 || !a.inOutbox(list[i]) {
		return out, record.Refuse(record.ErrNotFound,
			"Tệp này không còn trong hộp gửi. Hãy bấm Giao: sổ sẽ đóng lại những gì cấp trên chưa ghi nhận.",
			"This file is no longer in the outbox. Hand over again: what has not been accepted is sealed anew.")
	}
	if err := a.writeOut(ctx, &s, where, list[i], &out); err != nil {
		return out, a.explainWrite(err)
	}
	out.Safe = true
	return out, explain(a.tellStates(ctx, out.Written))
}

// sentFile is a sealed file with the state it has by now.
type sentFile struct {
	store.Sent
	state record.HandOverState
}

// sentTo lists the files to a target, the oldest first.
func (a *App) sentTo(ctx context.Context, t *target) ([]sentFile, error) {
	list, err := a.db.SentList(ctx)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(f store.Sent) bool { return f.Unit != t.unit || f.Device != t.device })
	return a.withStates(ctx, list)
}

// sentFiles lists all files made here with their states, the oldest first.
func (a *App) sentFiles(ctx context.Context) ([]sentFile, error) {
	list, err := a.db.SentList(ctx)
	if err != nil {
		return nil, err
	}
	return a.withStates(ctx, list)
}

// withStates gives files their states; those of one target are all among them.
func (a *App) withStates(ctx context.Context, list []store.Sent) ([]sentFile, error) {
	slices.SortStableFunc(list, func(x, y store.Sent) int { return int(x.No - y.No) })
	entries := make([]outbox.Entry, len(list))
	for i, f := range list {
		entries[i] = outbox.Entry{To: f.Unit + "/" + f.Device, Kind: f.Kind, Said: f.State, Covers: map[string]outbox.Point{}, From: map[string]int64{}}
		for d, p := range f.Covers {
			entries[i].Covers[d.String()], entries[i].From[d.String()] = outbox.Point{N: p.N, Hash: p.Hash.String()}, f.From[d]
		}
	}
	covered, err := a.covered(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]sentFile, len(list))
	for i, state := range outbox.States(entries, covered) {
		out[i] = sentFile{list[i], state}
	}
	return out, nil
}

// covered tells of the points of a file whether its receiver holds all up to them: the
// province by its receipt, a PC of this office by what it said it holds.
func (a *App) covered(ctx context.Context) (func(outbox.Entry) bool, error) {
	words := map[string]map[oplog.Device][]store.Point{}
	own, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	return func(e outbox.Entry) bool {
		word, ok := words[e.To]
		if !ok {
			word = coverOf(a.wordOf(ctx, &own, e.To))
			words[e.To] = word
		}
		for id, p := range e.Covers {
			if !a.within(ctx, word, id, p) {
				return false
			}
		}
		return true
	}, nil
}

// within reports whether a point is at or before one of those somebody holds.
func (a *App) within(ctx context.Context, word map[oplog.Device][]store.Point, id string, p outbox.Point) bool {
	device, err1 := oplog.ParseDevice(id)
	hash, err2 := oplog.ParseHash(p.Hash)
	if errors.Join(err1, err2) != nil {
		return false
	}
	for _, head := range word[device] {
		if held, err := a.db.Holds(ctx, device, head, store.Point{N: p.N, Hash: hash}); err == nil && held {
			return true
		}
	}
	return false
}

// wordOf is what a receiver says it holds; nothing where it has not said so, or where
// its word cannot be read.
func (a *App) wordOf(ctx context.Context, s *footing, to string) bundle.Receipt {
	unit, device, _ := strings.Cut(to, "/")
	if device == "" && s.role == record.RoleOffice {
		r, err := a.ownReceipt(ctx, s)
		if err != nil {
			return bundle.Receipt{}
		}
		return r
	}
	var heads map[string]bundle.Point
	if device == "" {
		u, ok := s.known.Unit(unit)
		if !ok {
			return bundle.Receipt{}
		}
		var err error
		if heads, err = a.heardBy(ctx, s, u); err != nil {
			return bundle.Receipt{}
		}
	} else {
		said, err := a.saidBy(ctx, device)
		if err != nil {
			return bundle.Receipt{}
		}
		heads = said.Heads
	}
	var r bundle.Receipt
	for id, p := range heads {
		r.Devices = append(r.Devices, bundle.DeviceState{Device: id, N: p.N, Head: p.Hash})
	}
	return r
}

// Sent lists the sealed files made here, the newest first.
func (a *App) Sent(ctx context.Context) ([]record.Sent, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.sentFiles(ctx)
	if err != nil {
		return nil, explain(err)
	}
	out := make([]record.Sent, 0, len(list))
	for _, f := range slices.Backward(list) {
		out = append(out, a.sentView(&s, f.Sent, f.state))
	}
	return out, nil
}

func (a *App) sentView(s *footing, f store.Sent, state record.HandOverState) record.Sent {
	out := record.Sent{
		ID: f.ID, No: f.No, Name: f.Name, Kind: f.Kind, Unit: f.Unit, UnitName: s.unitName(f.Unit), Device: f.Device, Created: stampOf(f.Created),
		Size: f.Size, Commits: f.Commits, State: state, Places: f.Places, Stated: stampOf(f.Stated), Practice: f.Practice, Lost: !a.inOutbox(f),
	}
	if state == record.StateRefused || state == record.StateParked {
		out.Reason = reasonWords(f.Reason)
	}
	return out
}

// sweepOutbox takes up sealed files that no list knows, as a cut between the two leaves
// them, and drops those whose contents were accepted a month ago.
func (a *App) sweepOutbox(ctx context.Context) error {
	list, err := a.sentFiles(ctx)
	if err != nil {
		return err
	}
	known := map[string]sentFile{}
	for _, f := range list {
		known[f.Name] = f
	}
	entries, err := os.ReadDir(a.dir.Outbox())
	if err != nil {
		return err
	}
	for _, e := range entries {
		f, ok := known[e.Name()]
		switch {
		case !ok && strings.HasSuffix(e.Name(), ".sopb.zip"):
			err = a.adopt(ctx, e.Name())
		case ok && f.state == record.StateAccepted && !f.Stated.IsZero() && a.opts.Now().Sub(f.Stated) > keepAccepted:
			err = os.Remove(a.outboxPath(e.Name()))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sealedTo reports whether a bundle is for the province as it is known now.
func sealedTo(env seal.Envelope, to trust.Recipient) bool {
	if to.Practice || len(env.Recipients) != len(to.Keys) {
		return false
	}
	for _, text := range to.Keys {
		r, err := seal.ParseRecipient(text)
		if err != nil || !slices.Contains(env.Recipients, r.Short()) {
			return false
		}
	}
	return true
}

// adopt puts a sealed file of this device on the list.
func (a *App) adopt(ctx context.Context, name string) error {
	raw, err := os.ReadFile(a.outboxPath(name))
	if err != nil {
		return err
	}
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) {
		return publicOf(a.keys.Device), id == a.keys.ID()
	})
	recipient, problem := a.recipient()
	if problem != nil {
		return problem
	}
	if err != nil || !sealedTo(outer.Envelope, recipient) {
		return os.Remove(a.outboxPath(name)) // the log has all of it, and it will be sealed again
	}
	made := sentOf(outer.Envelope, raw)
	made.Name = name
	return a.db.AddSent(ctx, made)
}
