package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
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
	if err := IsRegister(path); err != nil {
		return 0, err
	}
	return checkFile(ctx, path, newBox(key))
}

// IsRegister refuses a file that no SQLite file begins like.
func IsRegister(path string) error {
	_, err := sqlitefile.Head(path)
	switch {
	case errors.Is(err, record.ErrDamaged):
		return record.Refuse(record.ErrDamaged,
			"Tệp này không phải bản sao lưu của sổ, hoặc đã hỏng.", "This file is no backup of the register, or it is damaged.").Because(err)
	case err != nil:
		return record.Refuse(record.ErrNotFound, "Không mở được tệp "+path+".", "The file "+path+" cannot be opened.").Because(err)
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
	erased, err := readErased(ctx, d)
	if err != nil {
		return 0, err
	}
	log := logReaderOf(ctx, d, b, erased) // a copy of before has no list of machines
	n, err := foldAll(ctx, d, nil, log, b, foldOptions{noTables: true, check: newChainCheck(keys)})
	if err != nil {
		return 0, fmt.Errorf("check of the copy: %w", err)
	}
	return n.commits, nil
}

// KeyOpens reports whether a register file that no one has open is sealed under
// a key, as far as a few of its boxes and local rows can tell: one flipped byte
// does not make a register another office's.
func KeyOpens(ctx context.Context, path string, key [32]byte) (bool, error) {
	d, err := sql.Open("sqlite", dsn(path, "", "FULL", true))
	if err != nil {
		return false, mapError(err)
	}
	defer d.Close()
	b := newBox(key)
	boxes, opened, err := tryRows(ctx, d, "SELECT log.hash, secret.box, x'' FROM secret JOIN log ON log.seq = secret.seq LIMIT 3",
		func(hash, sealed, _ []byte) bool {
			_, err := open(b.secrets, hash, sealed)
			return err == nil
		})
	if err != nil || boxes > 0 {
		return opened, err
	}
	marks, ours, err := tryRows(ctx, d, "SELECT CAST(key AS BLOB), CAST(value AS BLOB), mac FROM meta LIMIT 3",
		func(name, value, mac []byte) bool { return b.isMac(mac, "meta", string(name), string(value)) == nil })
	return ours || marks == 0, err
}

// tryRows counts rows of three blobs and reports whether one passes.
func tryRows(ctx context.Context, q querier, query string, passes func(a, b, c []byte) bool) (n int, ok bool, _ error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return 0, false, mapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c []byte
		if err := rows.Scan(&a, &b, &c); err != nil {
			return n, ok, mapError(err)
		}
		n++
		ok = ok || passes(a, b, c)
	}
	return n, ok, mapError(rows.Err())
}
