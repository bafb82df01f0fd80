package app

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
	"sophobien/internal/viet"
)

// Options of Open and Create.
type Options struct {
	Passphrase string
	OnRaise    func()           // a second start asks this window to come forward; nil: no window
	Now        func() time.Time // time.Now when nil
	Version    string           // of the program, for files it makes

	Nouns []*record.Description // what the program knows of; nil: all of package record
}

// App is one open office.
type App struct {
	dir      *datadir.Dir
	lock     *datadir.Lock
	keys     *trust.Keys
	db       *store.DB
	catalogs atomic.Pointer[catalog] // as shipped and reorganised since
	opts     Options
	ids      idMaker
	shown    evidenceFiles
	peers    peers
	lawShelf lawShelf
	changes  atomic.Uint64 // announced so far
	told     atomic.Pointer[told]

	gate     lockGate
	drilling sync.Mutex // one trial restore at a time

	closing     sync.Once
	mu          sync.Mutex
	officer     record.ID
	next        int
	subs        map[int]func(record.Change)
	doneStack   []done // what can be taken back, the last on top
	undoneStack []done // what can be done again
}

// Open opens the office in a folder.
func Open(folder string, o Options) (*App, error) {
	a, err := prepare(folder, o)
	if err != nil {
		return nil, err
	}
	if err := a.open(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// prepare takes the folder for this process.
func prepare(folder string, o Options) (*App, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Version == "" {
		o.Version = "dev"
	}
	dir, err := datadir.Open(folder)
	if err != nil {
		return nil, explain(err)
	}
	lock, err := dir.Lock(o.OnRaise)
	if err != nil {
		return nil, explain(err)
	}
	a := &App{dir: dir, lock: lock, opts: o, subs: map[int]func(record.Change){}}
	shipped, err := a.baseCatalog()
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	a.catalogs.Store(shipped)
	return a, nil
}

func (a *App) open() error {
	if _, err := os.Stat(a.dir.Database()); err != nil {
		return record.Refuse(record.ErrNotFound,
			"Thư mục "+a.dir.Path()+" chưa có sổ. Hãy tạo sổ của cơ quan trước (sophobienctl init).",
			"There is no register in "+a.dir.Path()+" yet. Set up the office first (sophobienctl init).").Because(err)
	}
	var err error
	if a.keys, err = a.openKeys(a.opts.Passphrase); err != nil {
		return explain(err)
	}
	if err := a.openStore(); err != nil {
		return err
	}
	if _, err := a.db.Office(context.Background()); err != nil {
		return explain(err) // a setup that was cut off before its first commit
	}
	if err := a.setupDone(); err != nil {
		return err
	}
	if err := a.guard(context.Background()); err != nil {
		return err
	}
	return a.startExchange(context.Background())
}

// openKeys opens the keys with a passphrase. Where a restore has put them under
// the recovery code, the code opens them however it is typed.
func (a *App) openKeys(passphrase string) (*trust.Keys, error) {
	keys, err := trust.Open(a.dir, passphrase)
	if code := canonicalCode(passphrase); errors.Is(err, trust.ErrWrongPassphrase) && code != "" && code != passphrase {
		return trust.Open(a.dir, code)
	}
	return keys, err
}

func (a *App) openStore() error {
	ctx := context.Background()
	if _, err := a.dir.Sweep(); err != nil {
		return explain(err)
	}
	if err := a.dir.EnsureReserve(); err != nil && !errors.As(err, new(*datadir.SpaceError)) {
		return explain(err)
	}
	if err := a.sweepScratch(); err != nil {
		return explain(err)
	}
	how := store.Options{Key: a.keys.Office, BeforeMigration: a.copyBeforeMigration, Topics: a.Topics, Nouns: a.opts.Nouns}
	db, err := store.Open(ctx, a.dir.Database(), how)
	if errors.Is(err, record.ErrSpace) { // a full disk must not keep people from what they have
		if err = a.dir.ReleaseReserve(); err == nil {
			db, err = store.Open(ctx, a.dir.Database(), how)
		}
	}
	if err != nil {
		return explain(err)
	}
	a.db = db
	// The folder is this user's alone already; a copy of the file should be too.
	os.Chmod(a.dir.Database(), 0o600)
	return nil
}

// guard notices a database that does not know what this device has said: someone
// put an older copy, or another PC's, in its place. Going on with the same stream would say two
// things under one number, so a new stream begins.
func (a *App) guard(ctx context.Context) error {
	mark, ok, err := a.dir.ReadMark()
	if err != nil || !ok {
		return explain(err)
	}
	head, err := a.db.StreamHead(ctx, a.device())
	if err != nil {
		return err
	}
	same := uint64(head.N) == mark.N && head.Hash.String() == mark.Head
	if mark.Stream != a.keys.ID() || uint64(head.N) > mark.N || same {
		return nil
	}
	return a.newStream()
}

// newStream says where the stream so far ended, as far as the mark beside the database
// knows it.
func (a *App) newStream() error {
	mark, ok, err := a.dir.ReadMark()
	if err != nil || !ok || mark.Stream != a.keys.ID() {
		mark = datadir.Mark{}
	}
	keys, err := a.keys.NewStream(int64(mark.N), mark.Head)
	if err != nil {
		return explain(err)
	}
	a.keys = keys
	return nil
}

// Close ends all work and leaves the database as one whole file.
func (a *App) Close() error {
	var errs []error
	a.closing.Do(func() { // work that is still under way finds the register closed, and says so
		errs = append(errs, a.lawShelf.close())
		if a.db != nil {
			errs = append(errs, a.db.Close())
		}
		if a.lock != nil {
			errs = append(errs, a.lock.Close())
		}
	})
	return errors.Join(errs...)
}

// Folder is where the office's files are.
func (a *App) Folder() string { return a.dir.Path() }

func (a *App) device() oplog.Device {
	d, err := oplog.ParseDevice(a.keys.ID())
	if err != nil {
		panic(fmt.Sprintf("a device id of our own that does not parse: %v", err))
	}
	return d
}

// Subscribe calls fn after every change, on any goroutine, until stop.
func (a *App) Subscribe(fn func(record.Change)) (stop func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := a.next
	a.next++
	a.subs[id] = fn
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.subs, id)
	}
}

func (a *App) announce(ch record.Change) {
	a.changes.Add(1)
	a.mu.Lock()
	subs := make([]func(record.Change), 0, len(a.subs))
	for _, fn := range a.subs {
		subs = append(subs, fn)
	}
	a.mu.Unlock()
	for _, fn := range subs {
		fn(ch)
	}
}

// commit is the one way in: plan says what to write, the store writes it, then
// the window hears of it. It can be taken back.
func (a *App) commit(ctx context.Context, plans ...func(*store.Tx) ([]record.Edit, error)) (record.Change, error) {
	ch, err := a.commitQuietly(ctx, plans...)
	if err == nil && ch.Batch != "" {
		a.remember(ch)
	}
	return ch, err
}

// commitQuietly is commit for what is itself a taking back.
func (a *App) commitQuietly(ctx context.Context, plans ...func(*store.Tx) ([]record.Edit, error)) (record.Change, error) {
	officer, err := a.currentOfficer(ctx)
	if err != nil {
		return record.Change{}, err
	}
	var seen witness
	watched := make([]func(*store.Tx) ([]record.Edit, error), len(plans))
	for i, plan := range plans {
		watched[i] = seen.watched(plan)
	}
	w := store.Writer{Key: a.keys.Device, Officer: officer.String(), To: a.unitStreams(), Home: a.movedHomes()}
	ch, err := a.db.Commit(ctx, w, a.opts.Now().UnixMilli(), watched...)
	if err != nil {
		return record.Change{}, a.explainWrite(err)
	}
	if ch.Batch != "" {
		ch.Words = seen.words(func(ref record.Ref) string { return a.title(ctx, ref) })
		a.keepMark(ctx)
		a.announce(ch)
	}
	return ch, nil
}

// explainWrite frees the reserve when the disk is full, so that the program can
// at least close cleanly.
func (a *App) explainWrite(err error) error {
	if errors.Is(err, record.ErrSpace) {
		a.dir.ReleaseReserve() // best effort: the sentence already says the disk is full
	}
	return explain(err)
}

// keepMark notes outside the database how far this device has got. It is only a
// warning sign: a mark that lags behind, or none, does no harm.
func (a *App) keepMark(ctx context.Context) {
	head, err := a.db.StreamHead(ctx, a.device())
	if err == nil && head.N > 0 {
		a.dir.WriteMark(datadir.Mark{Stream: a.keys.ID(), N: uint64(head.N), Head: head.Hash.String()})
	}
}

// newID makes a row's id from the clock and ten random bytes.
func (a *App) newID() record.ID { return a.ids.next(a.opts.Now().UnixMilli()) }

// idMaker makes ids that grow: those of one list stand together in the tables, and
// a new row is added at an end instead of in between.
type idMaker struct {
	mu     sync.Mutex
	ms     int64
	random [10]byte
}

func (m *idMaker) next(ms int64) record.ID {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ms > m.ms {
		m.ms = ms
		rand.Read(m.random[:])
		m.random[2] &= 0x1f // room to grow in
		return record.NewID(m.ms, m.random)
	}
	var step [4]byte
	rand.Read(step[:])
	low := binary.BigEndian.Uint64(m.random[2:])
	binary.BigEndian.PutUint64(m.random[2:], low+1+uint64(binary.BigEndian.Uint32(step[:])))
	return record.NewID(m.ms, m.random)
}

// today is the day by this PC's clock, or the newest day the log has seen when
// the clock has fallen behind it: a dead battery must not make the past future.
func (a *App) today(ctx context.Context) (record.Date, error) {
	newest, err := a.db.NewestTime(ctx)
	if err != nil {
		return "", err
	}
	now := a.opts.Now()
	if last := time.UnixMilli(newest); last.After(now) {
		now = last.In(now.Location())
	}
	return record.DateOf(now), nil
}

// normal puts every text of a noun into normal form C, without blanks around it.
func normal[T any](n *T) {
	record.EachText(n, trimmed)
}

func trimmed(s string) string { return strings.TrimSpace(viet.NFC(s)) }
