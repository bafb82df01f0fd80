package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// metaDrill keeps how the last trial restore went.
const metaDrill = "last_drill"

// A backup is tried every month; a few days later it is said aloud.
const (
	drillEvery = 30 * 24 * time.Hour
	drillLate  = 35 * 24 * time.Hour
)

// scratchPrefix begins the names of folders for work that is thrown away; what a
// killed program left of them is removed at the next start.
const scratchPrefix = ".~"

// sweepScratch removes scratch folders. Call it while holding the lock.
func (a *App) sweepScratch() error {
	entries, err := os.ReadDir(a.dir.Path())
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), scratchPrefix) {
			errs = append(errs, os.RemoveAll(filepath.Join(a.dir.Path(), e.Name())))
		}
	}
	return errors.Join(errs...)
}

// Drill is how the last trial restore went; the zero value when there was none.
func (a *App) Drill(ctx context.Context) (record.DrillResult, error) {
	var d record.DrillResult
	text, err := a.db.Meta(ctx, metaDrill)
	if err != nil || text == "" {
		return d, explain(err)
	}
	if json.Unmarshal([]byte(text), &d) != nil {
		return record.DrillResult{}, nil // of another version: as if there was none
	}
	return d, nil
}

// DrillDue reports whether there is a backup to try: none was tried for a month, or
// the one tried failed and there is another.
func (a *App) DrillDue(ctx context.Context) (bool, error) {
	d, err := a.Drill(ctx)
	if err != nil {
		return false, err
	}
	last, err := time.Parse(time.RFC3339, d.At)
	recent := err == nil && a.opts.Now().Sub(last) < drillEvery && !last.After(a.opts.Now())
	if recent && d.OK {
		return false, nil
	}
	all, err := a.Backups(ctx)
	return len(all) > 0 && !(recent && all[0].Path == d.Backup), err
}

// RestoreDrill restores the newest backup into a folder beside the register, opens
// it, folds its log anew and compares, opens the evidence beside the backup, counts the
// year's report there twice, and throws it all away. A backup that fails is told in the result, which is kept; an
// error means that it was not tried.
func (a *App) RestoreDrill(ctx context.Context, progress func(done, total int64)) (record.DrillResult, error) {
	if !a.drilling.TryLock() {
		return record.DrillResult{}, record.Refuse(record.ErrBusy, "Đang thử khôi phục rồi; hãy đợi lần này xong.", "A trial is under way; wait until it is done.")
	}
	defer a.drilling.Unlock()
	backups, err := a.Backups(ctx)
	if err != nil {
		return record.DrillResult{}, err
	}
	if len(backups) == 0 {
		return record.DrillResult{}, record.Refuse(record.ErrNotFound, "Chưa có bản sao lưu nào để thử. Hãy sao lưu trước.", "There is no backup to try yet. Make one first.")
	}
	trial := drill{app: a, from: backups[0], progress: progress}
	d, err := trial.run(ctx)
	if err != nil {
		return record.DrillResult{}, explain(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		return d, err
	}
	if err := a.db.SetMeta(ctx, metaDrill, string(text)); err != nil {
		return d, a.explainWrite(err)
	}
	a.announce(record.Change{Nouns: []string{"backup"}})
	return d, nil
}

// drill is one trial restore.
type drill struct {
	app      *App
	from     record.BackupInfo
	progress func(done, total int64)
	result   record.DrillResult
}

func (t *drill) run(ctx context.Context) (record.DrillResult, error) {
	now := t.app.opts.Now()
	t.result = record.DrillResult{At: now.UTC().Format(time.RFC3339), Backup: t.from.Path, Made: t.from.Created, Year: now.Year()}
	folder, err := os.MkdirTemp(t.app.dir.Path(), scratchPrefix+"thu-khoi-phuc.*")
	if err != nil {
		return t.result, err
	}
	defer os.RemoveAll(folder) // what stays is swept at the next start
	// Once for the copy, once for its log folded anew, once for what SQLite keeps beside it.
	if err := datadir.Need(folder, 3*t.from.Size); err != nil {
		return t.result, err
	}
	err = t.tryIn(ctx, filepath.Join(folder, "sophobien.db"))
	if why, broken := brokenBackup(ctx, err); broken {
		t.result.Why = why
		return t.result, nil
	}
	t.result.OK = err == nil
	return t.result, err
}

// ownTrouble is an error of the register, which says nothing about its backup.
type ownTrouble struct{ error }

func (e ownTrouble) Unwrap() error { return e.error }

// brokenBackup tells what says that the backup is no good from what only kept it
// from being tried.
func brokenBackup(ctx context.Context, err error) (record.Words, bool) {
	if err == nil || ctx.Err() != nil || errors.As(err, new(ownTrouble)) {
		return record.Words{}, false
	}
	for _, kind := range []error{record.ErrDamaged, record.ErrNotTrusted, record.ErrConflict, record.ErrNewer} {
		if errors.Is(err, kind) {
			return record.Words{VI: record.SentenceOf(err, "vi"), EN: record.SentenceOf(err, "en")}, true
		}
	}
	return record.Words{}, false
}

func (t *drill) tryIn(ctx context.Context, copied string) error {
	if err := isBackup(t.from.Path); err != nil {
		return damagedBackup(err)
	}
	if err := copyFile(t.from.Path, copied); err != nil {
		return err
	}
	if err := t.keys(); err != nil {
		return err
	}
	if ours, err := store.KeyOpens(ctx, copied, t.app.keys.Office); err != nil || !ours {
		return otherBackup(err)
	}
	db, err := store.Open(ctx, copied, store.Options{Key: t.app.keys.Office, Nouns: t.app.opts.Nouns, BeforeMigration: func(func(string) error) error { return nil }})
	if err != nil {
		return damagedBackup(err)
	}
	defer db.Close()
	if err := t.verify(ctx, db, filepath.Dir(copied)); err != nil {
		return err
	}
	if err := t.known(ctx, db); err != nil {
		return err
	}
	if err := t.evidence(ctx, db); err != nil {
		return err
	}
	return t.recount(ctx, db)
}

// evidence proves that the files the copy names lie whole beside it. One that is
// damaged here as well is no fault of the backup; checking the register names it.
func (t *drill) evidence(ctx context.Context, db *store.DB) error {
	rows, err := store.All[record.Evidence](ctx, db)
	if err != nil || len(rows) == 0 {
		return err
	}
	files, err := t.app.files()
	if err != nil {
		return ownTrouble{err}
	}
	shas := make([]string, len(rows))
	for i, e := range rows {
		shas[i] = e.SHA256
	}
	bad, err := files.CheckIn(ctx, filepath.Join(filepath.Dir(t.from.Path), evidenceFolder), shas)
	if err != nil {
		return err
	}
	bad = slices.DeleteFunc(bad, func(sha string) bool {
		_, err := files.Read(sha)
		return err != nil
	})
	if len(bad) == 0 {
		return nil
	}
	return record.Refuse(record.ErrDamaged, fmt.Sprintf("%d tệp minh chứng bị thiếu hoặc hỏng ở bản sao lưu.", len(bad)),
		fmt.Sprintf("%d files of evidence are missing or damaged in the backup.", len(bad)))
}

func otherBackup(err error) error {
	if err != nil {
		return damagedBackup(err)
	}
	return record.Refuse(record.ErrConflict, "Bản sao lưu này mang khóa khác với khóa của sổ.", "This backup has another key than the register.")
}

// keys proves that what lies beside the backup opens it on another PC.
func (t *drill) keys() error {
	a := t.app
	if exists(trust.RecoveryFile(a.dir)) && !exists(t.from.Path+recoverySuffix) {
		return noKeyBeside(filepath.Base(t.from.Path) + recoverySuffix)
	}
	pass := a.opts.Passphrase
	switch a.keys.Protection() {
	case trust.Passphrase:
	case trust.Demo:
		pass = demoPassphrase
	default:
		return nil
	}
	sealed, err := os.ReadFile(t.from.Path + keySuffix)
	if err != nil {
		return noKeyBeside(filepath.Base(t.from.Path) + keySuffix)
	}
	found, err := trust.OpenOffice(sealed, pass)
	if err != nil || found.Office != a.keys.Office {
		return noKeyBeside(filepath.Base(t.from.Path) + keySuffix)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func noKeyBeside(name string) error {
	return record.Refuse(record.ErrDamaged, "Tệp khóa "+name+" cạnh bản sao lưu bị thiếu hoặc không mở được; sang máy khác sẽ không khôi phục được.",
		"The key file "+name+" beside the backup is missing or does not open; on another PC it could not be restored.")
}

func (t *drill) verify(ctx context.Context, db *store.DB, scratch string) error {
	rep, err := db.Verify(ctx, true, scratch, t.progress)
	if err != nil {
		return damagedBackup(err)
	}
	t.result.Commits, t.result.Rows, t.result.Digest = rep.Commits, rep.Rows, rep.Digest
	if !rep.OK {
		return damagedBackup(record.Refuse(record.ErrDamaged, "", "").Because(errors.New(strings.Join(rep.Faults, "; "))))
	}
	return nil
}

// known proves that the backup holds a past of this register and no other: nothing
// in it is unknown here, and where nothing came since, both amount to the same.
func (t *drill) known(ctx context.Context, db *store.DB) error {
	theirs, err := db.StreamHeads(ctx)
	if err != nil {
		return damagedBackup(err)
	}
	ours, err := t.app.db.StreamHeads(ctx)
	if err != nil {
		return ownTrouble{err}
	}
	for device, head := range theirs {
		if head.N > ours[device].N {
			return record.Refuse(record.ErrConflict, "Bản sao lưu này có những lần ghi mà sổ đang dùng không có.", "This backup has entries the register does not have.")
		}
	}
	if !maps.Equal(theirs, ours) {
		return nil
	}
	return t.same(ctx, db)
}

// same compares what copy and register amount to. An entry made in between is no
// difference.
func (t *drill) same(ctx context.Context, db *store.DB) error {
	theirs, err := db.Digest(ctx)
	if err != nil {
		return damagedBackup(err)
	}
	ours, err := t.app.db.Digest(ctx)
	if err != nil {
		return ownTrouble{err}
	}
	if theirs == ours {
		return nil
	}
	before, errBefore := db.StreamHeads(ctx)
	after, errAfter := t.app.db.StreamHeads(ctx)
	if errBefore != nil || errAfter != nil {
		return ownTrouble{errors.Join(errBefore, errAfter)}
	}
	if !maps.Equal(before, after) {
		return nil
	}
	return record.Refuse(record.ErrDamaged, "Nội dung khôi phục từ bản sao lưu khác với sổ đang dùng.", "What the backup restores differs from the register.")
}

// recount counts the report of the year in the copy with both counters.
func (t *drill) recount(ctx context.Context, db *store.DB) error {
	o, err := db.Office(ctx)
	if err != nil {
		return damagedBackup(err)
	}
	copied := &App{db: db, opts: t.app.opts}
	copied.catalogs.Store(t.app.catalog())
	period, err := copied.Period(ctx, t.result.Year, o.PeriodRule)
	if err != nil {
		return err
	}
	first, err := copied.Figures(ctx, period)
	if err != nil {
		return err
	}
	second, err := copied.Recount(ctx, period)
	if err != nil {
		return err
	}
	if !sameFigures(first, second) {
		return record.Refuse(record.ErrDamaged, fmt.Sprintf("Số liệu báo cáo năm %d tính từ bản sao lưu không khớp khi đếm lại.", t.result.Year),
			fmt.Sprintf("The figures of %d from the backup differ when counted again.", t.result.Year))
	}
	return nil
}

func sameFigures(a, b record.Figures) bool {
	if len(a.Indicators) != len(b.Indicators) || !slices.EqualFunc(a.Targets, b.Targets, func(x, y record.TargetFigure) bool {
		return x.Code == y.Code && x.Numerator == y.Numerator && x.Denominator == y.Denominator
	}) {
		return false
	}
	return !slices.ContainsFunc(a.Indicators, func(x record.Figure) bool {
		v, there := b.Value(x.Code, x.SplitKey())
		return !there || v != x.Value
	})
}

// drillWarning says when the newest trial is old or went wrong.
func (a *App) drillWarning(ctx context.Context) ([]record.Words, error) {
	d, err := a.Drill(ctx)
	if err != nil {
		return nil, err
	}
	now := a.opts.Now()
	last, err := time.Parse(time.RFC3339, d.At)
	if err == nil && !d.OK {
		day := record.DateOf(last.In(now.Location()))
		return []record.Words{{
			VI: fmt.Sprintf("Thử khôi phục ngày %s không đạt: %s Hãy sao lưu lại ngay, nếu được sang ổ khác.", day, d.Why.VI),
			EN: fmt.Sprintf("The trial restore of %s failed: %s Make a new backup now, to another disk if you can.", day, d.Why.EN),
		}}, nil
	}
	since := d.At
	if since == "" {
		if since, err = a.db.Meta(ctx, metaMade); err != nil {
			return nil, explain(err)
		}
	}
	from, err := time.Parse(time.RFC3339, since)
	if err != nil || now.Sub(from) < drillLate {
		return nil, nil
	}
	return []record.Words{{
		VI: "Đã hơn một tháng chưa thử khôi phục bản sao lưu. Hãy vào Thiết lập › An toàn dữ liệu và nhấn Thử khôi phục.",
		EN: "No backup was tried for more than a month. Open Settings › Safety and push Try a restore.",
	}}, nil
}
