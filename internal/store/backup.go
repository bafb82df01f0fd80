package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"sophobien/internal/record"
)

func errorsIs(err, kind error) bool { return err != nil && errors.Is(err, kind) }

// vacuumInto writes a compact copy of the whole register to a new file.
func (db *DB) vacuumInto(ctx context.Context, path string) error {
	_, err := db.write.ExecContext(ctx, "VACUUM INTO ?", path)
	return fmtErr("copy", err)
}

// CopyTo writes a copy of the register to a file that does not exist yet and
// proves it: quick_check, chain, signatures, commitments. The caller renames it
// to its place.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if err := db.vacuumInto(ctx, path); err != nil {
		return err
	}
	_, err := checkFile(ctx, path, db.box)
	return err
}

// CheckCopy proves a register file that no one has open, such as a backup, with
// the office key: the count of its commits, or what is wrong with it.
func CheckCopy(ctx context.Context, path string, key [32]byte) (int64, error) {
	if err := looksLikeRegister(path); err != nil {
		return 0, err
	}
	return checkFile(ctx, path, newBox(key))
}

func looksLikeRegister(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return record.Refuse(record.ErrNotFound, "Không mở được tệp "+path+".", "The file "+path+" cannot be opened.").Because(err)
	}
	defer f.Close()
	head := make([]byte, len(sqliteHeader))
	if _, err := io.ReadFull(f, head); err != nil || string(head) != sqliteHeader {
		return record.Refuse(record.ErrDamaged,
			"Tệp này không phải bản sao lưu của sổ, hoặc đã hỏng.", "This file is no backup of the register, or it is damaged.").Because(err)
	}
	return nil
}

func checkFile(ctx context.Context, path string, b *box) (int64, error) {
	d, err := sql.Open("sqlite", dsn(path, "", "FULL", true))
	if err != nil {
		return 0, mapError(err)
	}
	defer d.Close()
	if err := check(ctx, d, "quick_check"); err != nil {
		return 0, err
	}
	keys, err := deviceKeys(ctx, d)
	if err != nil {
		return 0, err
	}
	log, err := newLogReader(ctx, d, b)
	if err != nil {
		return 0, err
	}
	n, err := foldAll(ctx, d, nil, log, b, foldOptions{noTables: true, check: newChainCheck(keys)})
	if err != nil {
		return 0, fmt.Errorf("check of the copy: %w", err)
	}
	return n.commits, nil
}
