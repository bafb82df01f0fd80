package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/transport/folder"
	"sophobien/internal/viet"
)

// Bounds of what is kept of files that were not taken in.
const (
	shelfFiles = 400
	shelfBytes = 800 << 20
)

func (a *App) shelf(folder string) outbox.Shelf {
	return outbox.Shelf{Folder: folder, Files: shelfFiles, Bytes: shelfBytes}
}

// TakeIn takes in files and everything in folders, good and bad: each file is applied
// whole or not at all, and each gets a sentence. The files stay where they are, untouched.
// What must be known to read others comes first, whatever the files are called. An error is this
// PC's own trouble, such as a full disk; it ends the work where it stands, and doing it again
// is harmless. Cancelled, it ends between two files.
func (a *App) TakeIn(ctx context.Context, paths []string, progress func(done, total int)) (record.TakenIn, error) {
	var out record.TakenIn
	look, err := folder.Find(ctx, paths...)
	out.Ignored = look.Ignored
	if gone := stickGone(err); gone != nil {
		out.Stopped = *gone
	} else if err != nil {
		return out, stopped(ctx, explain(err))
	}
	files := orderOf(ctx, look.Found)
	whole := context.WithoutCancel(ctx)
	for i, f := range files {
		if ctx.Err() != nil {
			break
		}
		if progress != nil {
			progress(i, len(files))
		}
		t, err := a.takeFound(whole, f)
		if gone := stickGone(err); gone != nil {
			out.Stopped = *gone
			break
		}
		if err != nil {
			return out, a.explainWrite(err)
		}
		addTaken(&out, t)
	}
	if progress != nil && ctx.Err() == nil {
		progress(len(files), len(files))
	}
	again, err := a.retryParked(ctx)
	for _, t := range again {
		addTaken(&out, t)
	}
	if err == nil { // an older bundle may have brought back what units were before
		err = a.keepUnits(whole)
	}
	a.announce(record.Change{Nouns: []string{"bundle"}})
	return out, cmp.Or(ctx.Err(), explain(err))
}

func addTaken(out *record.TakenIn, t record.Taken) {
	switch t.State {
	case record.TakenIgnored:
		out.Ignored++
		return
	case record.TakenApplied:
		out.Applied++
	case record.TakenRefused:
		out.Refused++
	}
	out.Commits += t.Commits
	out.Files = append(out.Files, t)
}

// stickGone tells that the medium went away from every other trouble.
func stickGone(err error) *record.Words {
	if !errors.Is(err, folder.ErrGone) {
		return nil
	}
	return &record.Words{
		VI: "USB hoặc thư mục không còn đọc được nên dừng ở đây. Những tệp đã nhận vẫn giữ; hãy cắm lại rồi bấm Nhận lần nữa.",
		EN: "The stick or folder can no longer be read, so it ends here. What was taken in stays; plug it in and take in again.",
	}
}

// peeked is a found file with what its envelope says, believed for nothing but the order.
type peeked struct {
	folder.Found
	rank int
	no   int64
}

// ranks: a roster names the machines whose files follow, a receipt and answers come
// before what may answer them, and files of evidence after the rows that name them.
var ranks = map[string]int{seal.KindRoster: 0, seal.KindUnits: 1, seal.KindAck: 2, seal.KindAnswers: 3, seal.KindLog: 4, seal.KindBlob: 5}

func orderOf(ctx context.Context, found []folder.Found) []folder.Found {
	list := make([]peeked, len(found))
	for i, f := range found {
		list[i] = peeked{Found: f, rank: len(ranks)}
		if ctx.Err() != nil {
			continue // nobody takes them any more
		}
		raw, err := read(f)
		if err != nil {
			continue
		}
		if env, err := seal.PeekEnvelope(raw); err == nil {
			list[i].no = env.No
			if rank, ok := ranks[env.Kind]; ok {
				list[i].rank = rank
			}
		}
	}
	slices.SortStableFunc(list, func(x, y peeked) int { return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.no, y.no)) })
	out := make([]folder.Found, len(list))
	for i, p := range list {
		out[i] = p.Found
	}
	return out
}

// read gives a file's bytes; an unpacked bundle is put together as it was.
func read(f folder.Found) ([]byte, error) {
	raw, pieces, err := folder.Read(f)
	if err != nil || pieces == nil {
		return raw, err
	}
	entries := make([]seal.Entry, len(pieces))
	for i, p := range pieces {
		entries[i] = seal.Entry{Name: p.Name, Data: p.Data}
	}
	return seal.WriteArchive(entries)
}

func (a *App) takeFound(ctx context.Context, f folder.Found) (record.Taken, error) {
	raw, err := read(f)
	name := filepath.Base(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return record.Taken{}, errors.Join(folder.ErrGone, err)
	case errors.Is(err, folder.ErrTooLarge):
		return a.refuse(ctx, parcel{name: name}, bundle.WithReason("too-large", err))
	case err != nil && placeIn(err) != "":
		return record.Taken{}, errors.Join(folder.ErrGone, err)
	case err != nil:
		return a.refuse(ctx, parcel{name: name}, err)
	}
	if f.Kind == folder.Enrolment {
		return a.takeEnrolment(ctx, parcel{name: name, raw: raw})
	}
	return a.take(ctx, parcel{name: name, raw: raw, sha: shaOf(raw)})
}

// parcel is one file that is being taken in.
type parcel struct {
	name  string
	raw   []byte
	sha   string
	outer seal.Outer // once its outside is proven
	again bool       // it was parked before
}

func (p *parcel) taken(state record.TakenState) record.Taken {
	env := p.outer.Envelope
	return record.Taken{File: p.name, State: state, Kind: env.Kind, From: env.Unit, No: env.No}
}

// take takes one sealed file in. What it gives as an error is this PC's trouble; what is
// wrong with the file becomes its state.
func (a *App) take(ctx context.Context, p parcel) (record.Taken, error) {
	s, err := a.stand(ctx)
	if err != nil {
		return record.Taken{}, err
	}
	if known, ok, err := a.db.TakenBySHA(ctx, p.sha); err != nil {
		return record.Taken{}, err
	} else if ok && (known.State == record.TakenApplied || known.State == record.TakenKnown) && known.Kind != seal.KindUnits { // whose copy here may be gone
		return a.again(&s, p, known)
	}
	env, err := seal.PeekEnvelope(p.raw)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	if t, done, err := a.notForUs(ctx, &s, &p, env); done || err != nil {
		return t, err
	}
	if env.Kind == seal.KindRoster {
		return a.takeRoster(ctx, &s, p)
	}
	p.outer, err = s.known.ReadOuter(p.raw)
	switch {
	case errors.Is(err, seal.ErrCritical):
		return a.park(ctx, &s, p, "critical")
	case errors.Is(err, seal.ErrNotTrusted) && s.known.Former(env.From):
		return signedBefore(&s, p, env), nil
	case errors.Is(err, seal.ErrNotTrusted) && !s.knows(env.From):
		return a.park(ctx, &s, p, "unknown-device")
	case err == nil && !s.worksFor(env):
		err = bundle.WithReason("wrong-unit", fmt.Errorf("%w: a machine of %s speaks for %s", record.ErrNotTrusted, s.known.UnitOf(env.From), env.Unit))
	}
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	return a.openParcel(ctx, &s, p)
}

// signedBefore is a file under a key that the province has replaced: sticks go round with
// old ones on them.
func signedBefore(s *footing, p parcel, env seal.Envelope) record.Taken {
	return record.Taken{
		File: p.name, State: record.TakenKnown, Kind: env.Kind, From: env.Unit, Name: s.unitName(env.Unit), No: env.No,
		Words: record.Words{
			VI: "Tệp cũ, ký bằng khóa mà cấp trên đã thay; không nhận gì và không cần làm gì.",
			EN: "An old file, signed with a key the province has replaced; nothing was taken in, and there is nothing to do.",
		},
	}
}

// knows reports whether anything is known of who signs under a name.
func (s *footing) knows(device string) bool {
	_, local := s.known.Local.Lookup(device)
	_, listed := s.known.Device(device)
	return local || listed || s.known.Root.Keys[device] != nil
}

// worksFor reports whether a machine may speak in a unit's name: the one it works for, or
// one it has worked for, whose files may still be under way.
func (s *footing) worksFor(env seal.Envelope) bool {
	d, listed := s.known.Device(env.From)
	if !listed {
		_, local := s.known.Local.Lookup(env.From)
		return s.known.Root.Keys[env.From] != nil && env.Unit == s.known.Root.Unit || local && slices.Contains(s.codes(), env.Unit)
	}
	return of(d, env.Unit)
}

// again is a file that was applied before: nothing is done.
func (a *App) again(s *footing, p parcel, known store.Taken) (record.Taken, error) {
	return record.Taken{
		File: p.name, State: record.TakenKnown, Kind: known.Kind, From: known.Unit, Name: s.unitName(known.Unit), No: known.No,
		Words: record.Words{VI: "Tệp này đã nhận rồi; sổ không đổi.", EN: "This file was taken in before; nothing changed."},
	}, nil
}

// notForUs finds files that are this PC's own and those that somebody else can open:
// these are kept to be carried on.
func (a *App) notForUs(ctx context.Context, s *footing, p *parcel, env seal.Envelope) (record.Taken, bool, error) {
	t := record.Taken{File: p.name, Kind: env.Kind, From: env.Unit, Name: s.unitName(env.Unit), No: env.No}
	switch {
	case env.From == a.keys.ID():
		t.State = record.TakenKnown
		t.Words = record.Words{VI: "Tệp do chính máy này đóng; không cần nhận.", EN: "This PC sealed the file itself; there is nothing to take in."}
		return t, true, nil
	case env.To == seal.OfficePublic || slices.Contains(s.codes(), env.To):
		return t, false, nil
	}
	to := s.unitName(env.To)
	_, err := a.shelf(a.dir.Carried()).Put(p.name, p.raw)
	if errors.Is(err, outbox.ErrFull) {
		t.State, t.Code = record.TakenIgnored, "no-space"
		return t, true, nil
	}
	if err != nil {
		return t, true, err
	}
	t.State, t.Code = record.TakenCarried, "not-for-us"
	t.Words = record.Words{
		VI: "Tệp gửi " + to + ": giữ lại để mang đi hộ, máy này không mở được.",
		EN: "The file is for " + to + ": kept to be carried on; this PC cannot open it.",
	}
	return t, true, nil
}

// openParcel reads what is inside by its kind.
func (a *App) openParcel(ctx context.Context, s *footing, p parcel) (record.Taken, error) {
	var plain []byte
	var err error
	if p.outer.Envelope.Plain() {
		plain, err = p.outer.Open(nil)
	} else {
		var ids []seal.Identity
		if ids, err = a.identities(s); err != nil {
			return record.Taken{}, err
		}
		plain, err = p.outer.Open(ids)
	}
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	switch p.outer.Envelope.Kind {
	case seal.KindLog:
		return a.takeLog(ctx, s, p, plain)
	case seal.KindBlob:
		return a.takeBlob(ctx, s, p, plain)
	case seal.KindAck:
		return a.takeReceipt(ctx, s, p, plain)
	case seal.KindAnswers:
		return a.takeAnswers(ctx, s, p, plain)
	case seal.KindUnits:
		return a.takeUnits(ctx, s, p, plain)
	}
	return a.park(ctx, s, p, "critical")
}

// identities are the secrets that may open what is for this office.
func (a *App) identities(s *footing) ([]seal.Identity, error) {
	texts := []string{a.keys.Identity}
	if s.authority != nil {
		texts = append(texts, s.authority.Working...)
	}
	var out []seal.Identity
	for _, text := range texts {
		id, err := seal.ParseIdentity(text)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

// takeLog folds an office's commits, or those of a PC of this office with the values
// that came along.
func (a *App) takeLog(ctx context.Context, s *footing, p parcel, plain []byte) (record.Taken, error) {
	contents, err := bundle.ReadLog(p.outer.Envelope, plain)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	home := s.shares(p.outer.Envelope.From)
	if home {
		if err := a.learnHandedOn(ctx, contents.Certificates); err != nil {
			return record.Taken{}, err
		}
	}
	incoming := make([]store.Incoming, len(contents.Commits))
	for i, c := range contents.Commits {
		incoming[i].Commit = c
		if home { // the values of another office are nobody's business here
			incoming[i].Secrets = contents.Secrets[c.Hash]
		}
	}
	return a.receive(ctx, s, p, contents.State, incoming)
}

// takeAnswers folds what the province says to this unit, in streams it has certified.
func (a *App) takeAnswers(ctx context.Context, s *footing, p parcel, plain []byte) (record.Taken, error) {
	answers, err := bundle.ReadAnswers(p.outer.Envelope, plain)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	if err := a.learnStreams(ctx, s, p.outer.Envelope.From, answers.Certificates); err != nil {
		return a.refuse(ctx, p, err)
	}
	incoming := make([]store.Incoming, len(answers.Commits))
	for i, c := range answers.Commits {
		incoming[i].Commit = c
	}
	return a.receive(ctx, s, p, answers.State, incoming)
}

// receive adds commits to the log, notes what the sender holds, and says what became of
// the file.
func (a *App) receive(ctx context.Context, s *footing, p parcel, said bundle.State, incoming []store.Incoming) (record.Taken, error) {
	got, err := a.db.Receive(ctx, incoming)
	if isOurs(err) {
		return record.Taken{}, err
	}
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	if err := a.keepSaid(ctx, p.outer.Envelope.From, said, p.outer.Envelope.No); err != nil {
		return record.Taken{}, err
	}
	t := p.taken(record.TakenApplied)
	t.Name, t.Commits = s.unitName(t.From), got.Applied
	t.Words = receivedWords(t, got)
	if len(incoming) > 0 && got.Known == len(incoming) && got.Applied == 0 && len(got.Change.Nouns) == 0 {
		t.State = record.TakenKnown // a file that says "nothing new" is news
		t.Words = record.Words{
			VI: "Mọi mục trong gói số " + number(t.No) + " của " + t.Name + " đã có; sổ không đổi.",
			EN: "All entries of file " + number(t.No) + " of " + t.Name + " were here already; nothing changed.",
		}
	}
	if err := a.noteTaken(ctx, p, t, said.Through); err != nil {
		return t, err
	}
	if got.Change.Batch != "" || len(got.Change.Nouns) > 0 {
		a.announce(got.Change)
	}
	return t, nil
}

// isOurs tells this PC's own trouble from what is wrong with a file.
func isOurs(err error) bool {
	return errors.Is(err, record.ErrSpace) || errors.Is(err, record.ErrBusy) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// number is a whole number as people read it.
func number(n int64) string { return viet.FormatNumber(float64(n), 0) }

// reasonWords is the sentence of a reason.
func reasonWords(code string) record.Words {
	w, _ := bundle.Sentence(code)
	return w
}

func receivedWords(t record.Taken, got store.Received) record.Words {
	n := int64(got.Applied)
	w := record.Words{
		VI: "Đã nhận gói số " + number(t.No) + " của " + t.Name + ": " + number(n) + " mục mới.",
		EN: "Took in file " + number(t.No) + " of " + t.Name + ": " + number(n) + " new entries.",
	}
	switch {
	case got.Held > 0:
		w.VI += " " + number(int64(got.Held)) + " mục của máy chưa có trong danh bạ hoặc đã thu hồi được giữ riêng, chưa tính."
		w.EN += " " + number(int64(got.Held)) + " entries of a machine that is not enrolled, or revoked, are kept apart and do not count yet."
	case got.Waiting > 0:
		w.VI += " Còn mục chờ gói trước đó."
		w.EN += " Some entries wait for an earlier file."
	}
	return w
}

// noteTaken writes down what became of a file: for the receipt, and for who asks.
func (a *App) noteTaken(ctx context.Context, p parcel, t record.Taken, through record.Date) error {
	env := p.outer.Envelope
	return a.db.AddTaken(ctx, store.Taken{
		SHA256: p.sha, ID: env.ID, Kind: env.Kind, Unit: env.Unit, Device: env.From, No: env.No, Name: p.name, Created: env.Created,
		Through: string(through), Received: a.opts.Now(), State: t.State, Reason: t.Code, Commits: int64(t.Commits),
	})
}

// refuse keeps a copy of a file for a person to look at and stores nothing of it.
func (a *App) refuse(ctx context.Context, p parcel, why error) (record.Taken, error) {
	if isOurs(why) {
		return record.Taken{}, why
	}
	t := p.taken(record.TakenRefused)
	t.Code = bundle.ReasonOf(why)
	t.Words = reasonWords(t.Code)
	if p.raw == nil {
		return t, nil
	}
	if p.sha == "" {
		p.sha = shaOf(p.raw)
	}
	_, err := a.shelf(a.dir.Quarantine()).Put(p.name, p.raw)
	if err != nil && !errors.Is(err, outbox.ErrFull) {
		return t, err
	}
	if t.From == "" { // its outside proves nothing; its name is all there is
		if n, err := seal.ParseFileName(p.name); err == nil {
			p.outer.Envelope.Unit, p.outer.Envelope.No = n.Unit, n.No
			t.From, t.No = n.Unit, n.No
		}
	}
	return t, a.noteTaken(ctx, p, t, "")
}

// park keeps a whole file that waits for something, to be tried again.
func (a *App) park(ctx context.Context, s *footing, p parcel, code string) (record.Taken, error) {
	_, err := a.shelf(a.dir.Parked()).Put(p.name, p.raw)
	if errors.Is(err, outbox.ErrFull) {
		return a.refuse(ctx, p, bundle.WithReason("no-space", record.ErrInvalid)) // it comes again, and so does its place
	}
	if err != nil {
		return record.Taken{}, err
	}
	if env, err := seal.PeekEnvelope(p.raw); err == nil && p.outer.Envelope.ID == "" {
		p.outer.Envelope = env // only said of a file that waits
	}
	t := p.taken(record.TakenParked)
	t.Code, t.Name = code, s.unitName(t.From)
	t.Words = reasonWords(code)
	return t, a.noteTaken(ctx, p, t, "")
}

// retryParked tries again what waited, until it is cancelled; what waits still is told of no
// more.
func (a *App) retryParked(ctx context.Context) ([]record.Taken, error) {
	shelf := a.shelf(a.dir.Parked())
	list, err := shelf.List()
	if err != nil {
		return nil, err
	}
	var out []record.Taken
	for _, k := range list {
		if ctx.Err() != nil {
			break
		}
		raw, err := shelf.Read(k)
		if err != nil {
			return out, errors.Join(err, shelf.Drop(k))
		}
		t, err := a.take(context.WithoutCancel(ctx), parcel{name: k.Original(), raw: raw, sha: shaOf(raw), again: true})
		if err != nil {
			return out, err
		}
		if t.State == record.TakenParked {
			continue
		}
		if err := shelf.Drop(k); err != nil {
			return out, err
		}
		out = append(out, t)
	}
	return out, nil
}

// metaTried is the version of the program that last tried what is parked.
const metaTried = "parked_tried"

// retryAfterUpgrade tries again, at the first start of another version, what one before it
// could not read. What cannot be tried now waits as before: it keeps nobody from opening
// the register, and everything that is taken in tries it again.
func (a *App) retryAfterUpgrade(ctx context.Context) {
	list, err := a.shelf(a.dir.Parked()).List()
	if err != nil || len(list) == 0 {
		return
	}
	if tried, err := a.db.Meta(ctx, metaTried); err != nil || tried == a.opts.Version {
		return
	}
	if _, err := a.retryParked(ctx); err == nil {
		a.db.SetMeta(ctx, metaTried, a.opts.Version)
	}
}

// ownDevices are the streams of this office's machines.
func (a *App) ownDevices(ctx context.Context) (map[oplog.Device]bool, error) {
	list, err := a.db.Members(ctx)
	if err != nil {
		return nil, err
	}
	out := map[oplog.Device]bool{a.device(): true}
	for _, m := range list {
		if m.Unit == "" {
			out[m.Device] = true
		}
	}
	return out, nil
}
