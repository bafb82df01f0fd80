package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/evidence"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// Names of local facts.
const (
	metaMade         = "made"
	metaBackup       = "last_backup"
	metaHandOver     = "last_hand_over"
	metaAsked        = "asked_enrolment" // the device that asked the province to be on its roster
	metaBackupFolder = "backup_folder"
)

// stamp is how files are dated in their names.
const stamp = "20060102-150405"

// Backup makes a verified copy of the register and puts the sealed office key beside
// it, and into a folder "evidence" there the files of evidence the copy names, each
// once. path "" is the backup folder, where copies rotate. A copy that has its name
// has its evidence beside it, but for files that are damaged or gone already: of
// those the result tells.
func (a *App) Backup(ctx context.Context, path string) (record.BackupInfo, error) {
	rotate := path == ""
	if err := a.checkTarget(path); err != nil {
		return record.BackupInfo{}, err
	}
	if rotate {
		folder, err := a.backupFolder(ctx)
		if err != nil {
			return record.BackupInfo{}, err
		}
		path = filepath.Join(folder, backupPrefix+a.opts.Now().Format(stamp)+".db")
	}
	shown, err := a.copyTo(ctx, path)
	if err != nil {
		return record.BackupInfo{}, a.explainWrite(err)
	}
	if rotate {
		err := errors.Join(rotateBackups(filepath.Dir(path), path, a.opts.Now()), dropOldCopies(a.dir.Backups(), a.opts.Now()),
			a.sweepEvidence(ctx, filepath.Dir(path)))
		if err != nil {
			return record.BackupInfo{}, explain(err)
		}
	}
	if err := a.db.SetMeta(ctx, metaBackup, a.opts.Now().UTC().Format(time.RFC3339)); err != nil {
		return record.BackupInfo{}, explain(err)
	}
	a.announce(record.Change{Nouns: []string{"backup"}})
	info, err := backupInfo(path, true)
	info.Evidence, info.EvidenceMissing = shown.Files, len(shown.Missing)
	return info, err
}

// checkTarget refuses to write a file over the register itself or its keys, and
// over a folder.
func (a *App) checkTarget(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return explain(err)
	}
	st, err := os.Stat(abs)
	if path == "" || err != nil {
		return nil // there is nothing to lose; what is wrong with the place, the write will say
	}
	if st.IsDir() {
		return record.Refuse(record.ErrPlace, path+" là một thư mục; hãy ghi cả tên tệp. Chưa ghi gì.", path+" is a folder; name a file in it. Nothing was written.")
	}
	own, err := os.Stat(a.dir.Database())
	if err == nil && os.SameFile(st, own) || filepath.Dir(abs) == a.dir.Keys() || filepath.Dir(filepath.Dir(abs)) == a.dir.Evidence() {
		return record.Refuse(record.ErrConflict, path+" là tệp của chính sổ; không ghi đè. Hãy chọn tên tệp khác.",
			path+" is a file of the register itself; it is not overwritten. Choose another name.")
	}
	return nil
}

func (a *App) backupFolder(ctx context.Context) (string, error) {
	folder, err := a.db.Meta(ctx, metaBackupFolder)
	if err != nil || folder == "" {
		return a.dir.Backups(), explain(err)
	}
	return folder, nil
}

// copyTo writes a proven copy, the evidence it names and what opens both elsewhere.
func (a *App) copyTo(ctx context.Context, path string) (evidence.Copied, error) {
	var shown evidence.Copied
	folder := filepath.Dir(path)
	if err := datadir.MakeSharedFolder(folder); err != nil {
		return shown, err
	}
	st, err := os.Stat(a.dir.Database())
	if err != nil {
		return shown, err
	}
	if err := datadir.Need(folder, 2*st.Size()); err != nil {
		return shown, err
	}
	temp := datadir.TempName(path)
	defer os.Remove(temp)
	if err := a.db.CopyTo(ctx, temp); err != nil {
		return shown, err
	}
	// After the copy: what it names is named now, or was until a moment ago.
	if shown, err = a.copyEvidence(ctx, folder); err != nil {
		return shown, err
	}
	_, err = os.Stat(path)
	replaces := err == nil
	err = a.writeKeyCopies(path)
	if err == nil {
		err = datadir.Publish(temp, path)
	}
	if err != nil && !replaces {
		err = errors.Join(err, removeBackup(path)) // no keys without their copy
	}
	return shown, err
}

// writeKeyCopies puts the sealed office key beside a copy: under the recovery
// code of the printed sheet, and under the passphrase where there is one.
func (a *App) writeKeyCopies(path string) error {
	recovery, err := os.ReadFile(trust.RecoveryFile(a.dir))
	if err == nil {
		err = datadir.WriteFile(path+recoverySuffix, recovery)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	pass := a.opts.Passphrase
	switch a.keys.Protection() {
	case trust.Passphrase:
	case trust.Demo:
		pass = demoPassphrase
	default:
		return nil
	}
	sealed, err := trust.SealOffice(a.keys, pass)
	if err != nil {
		return err
	}
	return datadir.WriteFile(path+keySuffix, sealed)
}

const (
	backupPrefix   = "so-"
	recoverySuffix = ".phieu.age" // opens with the printed recovery code
	keySuffix      = ".khoa.age"  // opens with the passphrase
	demoPassphrase = "demo"       // a demonstration has no secrets
)

func (a *App) copyBeforeMigration(copyTo func(string) error) error {
	path := filepath.Join(a.dir.Backups(), "truoc-nang-cap-"+a.opts.Now().Format(stamp)+".db")
	temp := datadir.TempName(path)
	defer os.Remove(temp)
	if err := copyTo(temp); err != nil {
		return err
	}
	if err := a.writeKeyCopies(path); err != nil {
		return err
	}
	return datadir.Publish(temp, path)
}

func backupInfo(path string, checked bool) (record.BackupInfo, error) {
	st, err := os.Stat(path)
	if err != nil {
		return record.BackupInfo{}, explain(err)
	}
	return record.BackupInfo{Path: path, Created: st.ModTime().UTC().Format(time.RFC3339), Size: st.Size(), Checked: checked}, nil
}

// Backups lists the copies in the backup folder, newest first.
func (a *App) Backups(ctx context.Context) ([]record.BackupInfo, error) {
	folder, err := a.backupFolder(ctx)
	if err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(globQuote(folder), backupPrefix+"*.db"))
	if err != nil {
		return nil, explain(err)
	}
	slices.Sort(names)
	slices.Reverse(names)
	var out []record.BackupInfo
	for _, n := range names {
		info, err := backupInfo(n, true)
		if err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	return out, nil
}

func globQuote(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

// rotateBackups keeps the newest copy of each of the last 7 days that have one,
// of 4 weeks and of 3 months; nothing older than 90 days, because of erasure. The
// copy just made stays whatever the clock called it.
func rotateBackups(folder, made string, now time.Time) error {
	names, err := filepath.Glob(filepath.Join(globQuote(folder), backupPrefix+"*.db"))
	if err != nil {
		return err
	}
	slices.Sort(names)
	slices.Reverse(names)
	kept := keepBackups(names, now)
	kept[made] = true
	for _, n := range names {
		if kept[n] {
			continue
		}
		if err := removeBackup(n); err != nil {
			return err
		}
	}
	return nil
}

func removeBackup(path string) error {
	for _, suffix := range []string{"", recoverySuffix, keySuffix} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// backupAge is how long any copy is kept, because of erasure.
const backupAge = 90 * 24 * time.Hour

// dropOldCopies removes the copies made before a migration or a restore once
// they are too old.
func dropOldCopies(folder string, now time.Time) error {
	names, err := filepath.Glob(filepath.Join(globQuote(folder), "truoc-*.db"))
	if err != nil {
		return err
	}
	for _, n := range names {
		st, err := os.Stat(n)
		if err == nil && now.Sub(st.ModTime()) > backupAge {
			err = removeBackup(n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keepBackups decides over names sorted from the newest.
func keepBackups(names []string, now time.Time) map[string]bool {
	kept := map[string]bool{}
	rules := []struct {
		most int
		slot func(time.Time) string
	}{
		{7, func(t time.Time) string { return t.Format("2006-01-02") }},
		{4, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprintf("%d-%d", y, w) }},
		{3, func(t time.Time) string { return t.Format("2006-01") }},
	}
	for _, rule := range rules {
		slots := map[string]bool{}
		for _, n := range names {
			at, err := time.ParseInLocation(stamp, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(n), backupPrefix), ".db"), now.Location())
			if err != nil {
				kept[n] = true // not one of ours to remove
				continue
			}
			if now.Sub(at) > backupAge || slots[rule.slot(at)] || len(slots) == rule.most {
				continue
			}
			slots[rule.slot(at)], kept[n] = true, true
		}
	}
	return kept
}

// Verify proves the record; with rebuild it folds the log again and compares.
func (a *App) Verify(ctx context.Context, rebuild bool, progress func(done, total int64)) (record.VerifyReport, error) {
	rep, err := a.db.Verify(ctx, rebuild, a.dir.Path(), progress)
	return rep, explain(err)
}

// Status is what the window says of safety.
func (a *App) Status(ctx context.Context) (record.Status, error) {
	var s record.Status
	var err error
	if s.LastBackup, err = a.db.Meta(ctx, metaBackup); err != nil {
		return s, explain(err)
	}
	if s.LastHandOver, err = a.db.Meta(ctx, metaHandOver); err != nil {
		return s, explain(err)
	}
	if s.Unsent, err = a.unsent(ctx); err != nil {
		return s, explain(err)
	}
	if s.Conflicts, err = a.db.CountConflicts(ctx); err != nil {
		return s, explain(err)
	}
	recipient, err := a.recipient()
	if err != nil {
		return s, explain(err)
	}
	here, err := a.stand(ctx)
	if err != nil {
		return s, err
	}
	s.Collects = here.role == record.RoleProvince
	s.Protection, s.Practice = string(a.keys.Protection()), recipient.Practice
	s.Warnings, err = a.warnings(ctx)
	return s, err
}

// firstYear is before any register of this program: a clock there is wrong.
const firstYear = 2024

func (a *App) warnings(ctx context.Context) ([]record.Words, error) {
	newest, err := a.db.NewestTime(ctx)
	if err != nil {
		return nil, explain(err)
	}
	now := a.opts.Now()
	if now.Year() < firstYear || time.UnixMilli(newest).Sub(now) > 48*time.Hour {
		return []record.Words{{
			VI: fmt.Sprintf("Đồng hồ của máy chỉ %s, sớm hơn lần ghi gần nhất. Hãy chỉnh lại ngày giờ của máy; dữ liệu vẫn ghi được và không bị mất.", record.DateOf(now)),
			EN: fmt.Sprintf("This PC's clock says %s, before the last entry. Set the date and time; entries can still be made and nothing is lost.", record.DateOf(now)),
		}}, nil
	}
	return a.drillWarning(ctx)
}

// maxFile bounds what is read of a sealed file: a bundle is smaller.
const maxFile = 16 << 20

func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, explain(err)
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return nil, record.Refuse(record.ErrInvalid, path+" là một thư mục, không phải tệp.", path+" is a folder, not a file.")
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(raw) > maxFile {
		err = seal.ErrTooLarge
	}
	return raw, explain(err)
}
