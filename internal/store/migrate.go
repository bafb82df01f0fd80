package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"sophobien/internal/record"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one numbered step: a change of tables that is applied and
// recorded in one transaction. Projections are folded again from the log after
// the last step.
type migration struct {
	number int
	name   string
	sql    string
}

var migrations = loadMigrations()

func loadMigrations() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err)
	}
	var out []migration
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil || !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			panic("store: migrations are not numbered one by one: " + name)
		}
		out = append(out, migration{i + 1, name, string(text)})
	}
	return out
}

// migrate brings the file to the newest version and its tables to what this program
// knows of the log, which may be more without a step: personal fields share a column.
// The steps and the new fold of the log are one transaction: after a cut the file is as
// before or done.
func (db *DB) migrate(ctx context.Context, copyFirst func(func(string) error) error, steps []migration) error {
	var version, appID int
	if err := db.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return mapError(err)
	}
	if err := db.write.QueryRowContext(ctx, "PRAGMA application_id").Scan(&appID); err != nil {
		return mapError(err)
	}
	if err := refuseNewer(version, steps); err != nil {
		return err
	}
	if version > 0 && appID != applicationID {
		return record.Refuse(record.ErrDamaged, "Tệp này không phải là sổ của chương trình.", "This file is not a register of this program.")
	}
	if version == len(steps) {
		if folded, err := db.isFolded(ctx); err != nil || folded {
			return err
		}
	}
	if version > 0 && copyFirst != nil {
		if err := copyFirst(func(path string) error { return db.vacuumInto(ctx, path) }); err != nil {
			return fmt.Errorf("copy before migration: %w", err)
		}
	}
	return db.tx(ctx, func(tx *sql.Tx) error { return db.applySteps(ctx, tx, steps[version:], version > 0) })
}

func (db *DB) applySteps(ctx context.Context, tx *sql.Tx, steps []migration, refold bool) error {
	for _, m := range steps {
		if _, err := tx.ExecContext(ctx, m.sql); err != nil {
			return fmtErr(m.name, err)
		}
	}
	if len(steps) > 0 {
		last := steps[len(steps)-1].number
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d; PRAGMA application_id=%d", last, applicationID)); err != nil {
			return mapError(err)
		}
	}
	if refold {
		if err := db.refold(ctx, tx, nil); err != nil {
			return err
		}
	}
	return db.setMeta(ctx, tx, metaFolded, db.nouns.mark())
}

// tx runs fn in the writing connection's transaction, which takes its lock at
// the start.
func (db *DB) tx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return mapError(err)
	}
	if err := fn(tx); err != nil {
		tx.Rollback() // the first error says what happened
		return mapError(err)
	}
	return mapError(tx.Commit())
}
