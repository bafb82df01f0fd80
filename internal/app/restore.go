package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// Restored says what a restore did.
type Restored struct {
	Commits int64  `json:"commits"`
	Aside   string `json:"aside,omitempty"` // where the register that was there is kept
	Stream  string `json:"stream"`          // of this device from now on
	// CodeIsPassphrase says that the code of the recovery sheet protects the keys
	// here from now on.
	CodeIsPassphrase bool `json:"code_is_passphrase,omitempty"`
	// Evidence is how many files of evidence came back from beside the backup, and
	// EvidenceDamaged how many there are damaged.
	Evidence        int `json:"evidence,omitempty"`
	EvidenceDamaged int `json:"evidence_damaged,omitempty"`
}

// Restore puts a backup in the place of the folder's register. What was there is
// kept aside. Files of evidence that lie beside the backup come back first, so that a
// register that is there has them; none that is here goes. The device goes on as a new stream, since what it said after the
// copy was made may be out there. secret is the passphrase, or the code of the
// recovery sheet; it also protects the keys when the folder has none.
func Restore(ctx context.Context, file, folder, secret string, o Options) (Restored, error) {
	entries, _ := os.ReadDir(folder) // none, or no folder: then nothing of a refused restore stays
	a, err := prepare(folder, o)
	if err != nil {
		return Restored{}, err
	}
	out, err := a.restore(ctx, file, secret)
	err = errors.Join(err, a.Close())
	if err != nil && len(entries) == 0 {
		emptyFolder(folder)
	}
	return out, err
}

// emptyFolder removes what preparing a folder that was empty has put into it.
func emptyFolder(folder string) {
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		os.RemoveAll(filepath.Join(folder, e.Name()))
	}
}

// isBackup refuses what is no register before anything is copied or asked.
func isBackup(file string) error {
	if st, err := os.Stat(file); err == nil && st.IsDir() {
		return record.Refuse(record.ErrInvalid, file+" là một thư mục; hãy chọn tệp sao lưu (đuôi .db).", file+" is a folder; choose the backup file (.db).")
	}
	return explain(store.IsRegister(file))
}

func (a *App) restore(ctx context.Context, file, secret string) (Restored, error) {
	var out Restored
	if err := isBackup(file); err != nil {
		return out, err
	}
	temp := datadir.TempName(a.dir.Database())
	defer os.Remove(temp)
	if err := copyFile(file, temp); err != nil {
		return out, explain(err)
	}
	keys, err := a.keysFor(file, secret)
	if err != nil {
		return out, err
	}
	if ours, err := store.KeyOpens(ctx, temp, keys.office); err != nil || !ours {
		if err == nil {
			err = record.Refuse(record.ErrConflict,
				"Bản sao lưu này của một sổ khác (khóa khác); sổ hiện tại giữ nguyên. Hãy khôi phục vào một thư mục trống.",
				"This backup is another register's (another key); the present one stays as it is. Restore it into an empty folder.")
		}
		return out, damagedBackup(err)
	}
	if out.Commits, err = store.CheckCopy(ctx, temp, keys.office); err != nil {
		return out, damagedBackup(err)
	}
	out.CodeIsPassphrase = keys.code
	if a.keys, err = keys.install(); err != nil {
		return out, explain(err)
	}
	if err := a.takeEvidence(ctx, filepath.Dir(file), &out); err != nil {
		return out, a.explainWrite(err)
	}
	// Before the register is touched: making keys takes a second, and what was said so far
	// may be out there whichever register is here after a cut.
	if err := a.newStream(); err != nil {
		return out, err
	}
	out.Stream = a.keys.ID()
	if out.Aside, err = a.setAside(ctx); err != nil {
		return out, a.explainWrite(err)
	}
	return out, explain(datadir.Publish(temp, a.dir.Database()))
}

// damagedBackup says of a damaged backup that it is the backup, not the register.
func damagedBackup(err error) error {
	if !errors.Is(err, record.ErrDamaged) {
		return explain(err)
	}
	return record.Refuse(record.ErrDamaged, "Bản sao lưu này bị hỏng; sổ hiện tại giữ nguyên. Hãy dùng bản sao lưu khác.",
		"This backup is damaged; the present register stays as it is. Use another backup.").Because(err)
}

func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return record.Refuse(record.ErrNotFound, "Không mở được bản sao lưu "+from+"; sổ giữ nguyên. Hãy kiểm tra đường dẫn.",
			"The backup "+from+" cannot be opened; the register stays as it is. Check the path.").Because(err)
	}
	defer src.Close()
	st, err := src.Stat()
	if err != nil {
		return err
	}
	if err := datadir.Need(filepath.Dir(to), 2*st.Size()); err != nil {
		return err
	}
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}

// restoreKeys open a backup; install puts them into the folder, once the backup
// has been proven with them.
type restoreKeys struct {
	office  [32]byte
	code    bool // the secret is the recovery code
	install func() (*trust.Keys, error)
}

// keysFor opens the folder's keys or, where there are none, the office key that
// lies sealed beside the backup, around which new ones are then made.
func (a *App) keysFor(file, secret string) (restoreKeys, error) {
	keys, err := a.openKeys(secret)
	if err == nil {
		return restoreKeys{office: keys.Office, install: func() (*trust.Keys, error) { return keys, nil }}, nil
	}
	if !errors.Is(err, trust.ErrNoKeys) {
		return restoreKeys{}, explain(err)
	}
	found, protection, err := recoveredFrom(file, secret)
	if err != nil {
		return restoreKeys{}, err
	}
	code := canonicalCode(secret)
	byCode := protection == trust.Passphrase && code != ""
	if byCode {
		secret = code
	}
	return restoreKeys{office: found.Office, code: byCode, install: func() (*trust.Keys, error) {
		keys, err := trust.Recover(a.dir, protection, secret, found)
		if err != nil {
			return nil, err
		}
		return keys, a.keepRecovery(file)
	}}, nil
}

// canonicalCode is a recovery code in its printed form, however it was typed; ""
// for anything else.
func canonicalCode(secret string) string {
	code, err := trust.ParseRecoveryCode(secret)
	if err != nil {
		return ""
	}
	return code
}

// keepRecovery brings back the recovery copy from beside a backup, so that the
// printed sheet opens later backups too.
func (a *App) keepRecovery(file string) error {
	sealed, err := os.ReadFile(file + recoverySuffix)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return datadir.WriteFileVerified(trust.RecoveryFile(a.dir), sealed)
}

// recoveredFrom opens the sealed office key beside a backup: with the
// passphrase, as a demonstration, or with the code of the recovery sheet.
func recoveredFrom(file, secret string) (trust.Recovered, trust.Protection, error) {
	if sealed, err := os.ReadFile(file + keySuffix); err == nil {
		if got, err := trust.OpenOffice(sealed, demoPassphrase); err == nil {
			return got, trust.Demo, nil
		}
		if secret != "" {
			if got, err := trust.OpenOffice(sealed, secret); err == nil {
				return got, trust.Passphrase, nil
			}
		}
	}
	if sealed, err := os.ReadFile(file + recoverySuffix); err == nil && secret != "" {
		got, err := trust.OpenRecovery(sealed, secret)
		if err == nil {
			return got, trust.Passphrase, nil
		}
		return got, "", explain(err)
	}
	return trust.Recovered{}, "", record.Refuse(record.ErrPassphrase,
		"Không mở được khóa của bản sao lưu. Hãy để tệp "+filepath.Base(file)+keySuffix+" hoặc "+recoverySuffix+" cạnh bản sao lưu và nhập mật khẩu hoặc mã trên phiếu khôi phục.",
		"The backup's key cannot be opened. Keep the file "+filepath.Base(file)+keySuffix+" or "+recoverySuffix+" beside it and enter the passphrase or the code of the recovery sheet.")
}

// setAside keeps the register that is in the folder: a proven copy where it can
// be read, the files as they are where it is damaged.
func (a *App) setAside(ctx context.Context) (string, error) {
	if _, err := os.Stat(a.dir.Database()); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	aside := freeName(filepath.Join(a.dir.Backups(), "truoc-khoi-phuc-"+a.opts.Now().Format(stamp)), ".db")
	db, err := store.Open(ctx, a.dir.Database(), store.Options{Key: a.keys.Office, Nouns: a.opts.Nouns})
	if err == nil {
		temp := datadir.TempName(aside)
		err = errors.Join(db.CopyTo(ctx, temp), db.Close())
		if err == nil {
			return aside, datadir.Publish(temp, aside)
		}
		os.Remove(temp)
	}
	// It keeps its name until the backup takes it, so that a register is always there.
	for _, suffix := range []string{"-wal", ""} {
		if err := keepAs(a.dir.Database()+suffix, aside+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(a.dir.Database() + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}

// keepAs gives a file a second name that lasts; where the disk has no such thing, a copy.
func keepAs(path, name string) error {
	temp := datadir.TempName(name)
	defer os.Remove(temp)
	if _, err := os.Stat(path); err != nil {
		return err
	}
	if err := os.Link(path, temp); err != nil {
		if err := copyFile(path, temp); err != nil {
			return err
		}
	}
	return datadir.Publish(temp, name)
}

// freeName is a name no file has: what is kept aside never replaces what was kept
// before, even within one second.
func freeName(stem, ext string) string {
	path := stem + ext
	for i := 2; ; i++ {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path
		}
		path = fmt.Sprintf("%s-%d%s", stem, i, ext)
	}
}
