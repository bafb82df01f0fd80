package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// inspect looks at a file before SQLite does, since opening already writes: a
// file that is no register or a newer one stays untouched. os.ErrNotExist
// means that there is none.
func inspect(path string, steps []migration) error {
	stamp, err := sqlitefile.Head(path)
	if err != nil {
		return err
	}
	if stamp.Application != applicationID {
		return record.Refuse(record.ErrDamaged,
			"Tệp dữ liệu không phải là sổ của chương trình, hoặc đã hỏng. Tệp được giữ nguyên; hãy khôi phục từ bản sao lưu gần nhất.",
			"The data file is not a register of this program, or it is damaged. It is kept as it is; restore the latest backup.").
			Because(fmt.Errorf("application id %#x", stamp.Application))
	}
	return refuseNewer(stamp.Version, steps)
}

func refuseNewer(version int, steps []migration) error {
	if version <= len(steps) {
		return nil
	}
	return record.Refuse(record.ErrNewer,
		fmt.Sprintf("Dữ liệu này do bản chương trình mới hơn ghi (dạng %d, bản này đọc đến %d). Dữ liệu không bị đụng tới; hãy cài bản mới.", version, len(steps)),
		fmt.Sprintf("This data was written by a newer version (form %d, this one reads up to %d). Nothing was touched; install the newer version.", version, len(steps)))
}

func damagedFile(cause error) error { return sqlitefile.Damaged(cause) }

// create makes an empty register beside its place and gives it its name when it
// is whole, so that a cut while creating leaves nothing that looks like a
// damaged one. The temporary name is one that package datadir sweeps.
func create(ctx context.Context, path string, o Options) error {
	var random [8]byte
	rand.Read(random[:])
	temp := filepath.Join(filepath.Dir(path), ".~"+filepath.Base(path)+"."+hex.EncodeToString(random[:])+".tmp")
	o.journal = "MEMORY"
	db, err := openFile(ctx, temp, o)
	if err != nil {
		os.Remove(temp)
		return err
	}
	if err = db.Close(); err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
		return mapError(err)
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes a new name last through a power cut. Windows has no such
// call for folders; there the rename itself is in the journal.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return mapError(err)
	}
	return mapError(errors.Join(f.Sync(), f.Close()))
}
