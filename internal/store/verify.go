package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"

	"sophobien/internal/record"
)

// Verify proves the file (SQLite's integrity check), the log (chain, signatures,
// commitments) and what is local, and, with rebuild, folds the log into empty
// tables beside the file and compares them with the live ones byte for byte. Live
// tables that differ from a log that is whole are a fault; they are then replaced
// by the fold, since the log is the truth. Where values are missing from the log's
// boxes the tables may be all that is left of them: then nothing is replaced.
// scratch is a folder on the same disk.
func (db *DB) Verify(ctx context.Context, rebuild bool, scratch string, progress func(done, total int64)) (record.VerifyReport, error) {
	var rep record.VerifyReport
	var complete bool
	err := db.snapshot(ctx, func(q querier) (err error) {
		complete, err = db.prove(ctx, q, rebuild, scratch, progress, &rep)
		return err
	})
	if err == nil && len(rep.Faults) > 0 && complete {
		err = db.tx(ctx, func(tx *sql.Tx) error { return db.refold(ctx, tx, nil) })
	}
	if err == nil {
		rep.Rebuilt = rebuild
		err = db.summarise(ctx, &rep)
	}
	if isFault(err) {
		rep.Faults, err = append(rep.Faults, err.Error()), nil
	}
	rep.OK = err == nil && len(rep.Faults) == 0
	return rep, err
}

// snapshot lets fn read one state of the file while others write.
func (db *DB) snapshot(ctx context.Context, fn func(querier) error) error {
	conn, err := db.read.Conn(ctx)
	if err != nil {
		return mapError(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return mapError(err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // nothing was written
	return fn(conn)
}

func (db *DB) prove(ctx context.Context, q querier, rebuild bool, scratch string, progress func(done, total int64), rep *record.VerifyReport) (complete bool, _ error) {
	if err := check(ctx, q, "integrity_check"); err != nil {
		return false, err
	}
	keys, err := deviceKeys(ctx, q)
	if err != nil {
		return false, err
	}
	if err := db.proveLocal(ctx, q, keys); err != nil {
		return false, err
	}
	log, err := db.newLogReader(ctx, q)
	if err != nil {
		return false, err
	}
	known := maps.Clone(log.erased)
	chain := newChainCheck(keys)
	n, err := db.verifyFold(ctx, q, rebuild, scratch, log, foldOptions{progress: progress, check: chain, noTables: !rebuild}, rep)
	rep.Commits, rep.Ops = n.commits, n.ops
	erased := effective(log.rights, chain.claims, chain.authors)
	if err == nil && !maps.Equal(known, erased) {
		err = fmt.Errorf("%w: the list of erased values is not the log's", record.ErrDamaged)
	}
	return chain.complete(erased), err
}

func (db *DB) verifyFold(ctx context.Context, q querier, rebuild bool, scratch string, log *logReader, o foldOptions, rep *record.VerifyReport) (foldCounts, error) {
	if !rebuild {
		return foldAll(ctx, q, nil, log, db.box, o)
	}
	dir, err := os.MkdirTemp(scratch, ".~rebuild.*.tmp")
	if err != nil {
		return foldCounts{}, mapError(err)
	}
	defer os.RemoveAll(dir)
	other, err := openScratch(ctx, filepath.Join(dir, "fold.db"))
	if err != nil {
		return foldCounts{}, err
	}
	defer other.Close()
	tx, err := other.BeginTx(ctx, nil)
	if err != nil {
		return foldCounts{}, mapError(err)
	}
	defer tx.Rollback()
	n, err := foldAll(ctx, q, tx, log, db.box, o)
	if err != nil {
		return n, err
	}
	for _, d := range record.Nouns() {
		query := "SELECT id, state, sealed, flags, " + columnList(d) + " FROM " + d.Name + " ORDER BY id"
		if err := compareTables(ctx, q, tx, d.Name, query, len(d.Columns())+4, rep); err != nil {
			return n, err
		}
	}
	if err := compareTables(ctx, q, tx, "denied", "SELECT id, seq, op FROM denied ORDER BY id, seq, op", 3, rep); err != nil {
		return n, err
	}
	return n, compareTables(ctx, q, tx, "mention", "SELECT id, seq FROM mention ORDER BY id, seq", 2, rep)
}

// openScratch makes an empty database with the same tables, as fast as it goes:
// it is thrown away.
func openScratch(ctx context.Context, path string) (*sql.DB, error) {
	other, err := sql.Open("sqlite", dsn(path, "OFF", "OFF", false))
	if err != nil {
		return nil, mapError(err)
	}
	other.SetMaxOpenConns(1)
	for _, m := range migrations {
		if _, err := other.ExecContext(ctx, m.sql); err != nil {
			other.Close()
			return nil, fmtErr(m.name, err)
		}
	}
	return other, nil
}

func isFault(err error) bool {
	for _, kind := range []error{record.ErrDamaged, record.ErrNotTrusted} {
		if errorsIs(err, kind) {
			return true
		}
	}
	return false
}

// check runs one of SQLite's own checks.
func check(ctx context.Context, q querier, pragma string) error {
	var answer string
	if err := q.QueryRowContext(ctx, "PRAGMA "+pragma+"(1)").Scan(&answer); err != nil {
		return mapError(err)
	}
	if answer != "ok" {
		return damagedFile(fmt.Errorf("%s: %s", pragma, answer))
	}
	return nil
}

// compareTables walks the live and the rebuilt rows of a table side by side and names
// the first that differs; each begins with an id.
func compareTables(ctx context.Context, live, rebuilt querier, table, query string, width int, rep *record.VerifyReport) error {
	a, err := live.QueryContext(ctx, query)
	if err != nil {
		return mapError(err)
	}
	defer a.Close()
	b, err := rebuilt.QueryContext(ctx, query)
	if err != nil {
		return mapError(err)
	}
	defer b.Close()
	for {
		moreA, moreB := a.Next(), b.Next()
		if !moreA && !moreB {
			break
		}
		rowA, rowB := rawRow(a, moreA, width), rawRow(b, moreB, width)
		if !bytes.Equal(rowA.text, rowB.text) {
			id := min(rowA.id, rowB.id)
			rep.Faults = append(rep.Faults, fmt.Sprintf("%s/%s: the table differs from the log", table, id))
			break
		}
	}
	if err := a.Err(); err != nil {
		return mapError(err)
	}
	return mapError(b.Err())
}

type textRow struct {
	id   string
	text []byte
}

// rawRow renders a row's columns with their types; a missing row sorts last.
func rawRow(rows *sql.Rows, more bool, width int) textRow {
	if !more {
		return textRow{id: "~"}
	}
	cols, dest := make([]any, width), make([]any, width)
	for i := range cols {
		dest[i] = &cols[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return textRow{id: "?", text: []byte(err.Error())}
	}
	var out textRow
	if id, ok := cols[0].([]byte); ok && len(id) == 16 {
		out.id = record.ID(id).String()
	}
	for _, c := range cols {
		out.text = appendColumn(out.text, c)
	}
	return out
}

// appendColumn writes a column so that no two differ and read the same: type,
// length and bytes. (Package fmt would take most of the time of a comparison.)
func appendColumn(b []byte, c any) []byte {
	switch v := c.(type) {
	case []byte:
		b = strconv.AppendInt(append(b, 'x'), int64(len(v)), 10)
		return append(append(b, ':'), v...)
	case string:
		b = strconv.AppendInt(append(b, 's'), int64(len(v)), 10)
		return append(append(b, ':'), v...)
	case int64:
		return append(strconv.AppendInt(append(b, 'i'), v, 10), ':')
	}
	return fmt.Appendf(b, "%v|", c)
}

// summarise counts the rows and digests what the tables show.
func (db *DB) summarise(ctx context.Context, rep *record.VerifyReport) error {
	h := sha256.New()
	for _, d := range record.Nouns() {
		query := "SELECT id, sealed, flags, " + columnList(d) + " FROM " + d.Name + " ORDER BY id"
		rows, err := db.read.QueryContext(ctx, query)
		if err != nil {
			return mapError(err)
		}
		fmt.Fprintf(h, "%s\n", d.Name)
		for rows.Next() {
			rep.Rows++
			h.Write(rawRow(rows, true, len(d.Columns())+3).text)
			h.Write([]byte{'\n'})
		}
		if err := rows.Err(); err != nil {
			rows.Close()
			return mapError(err)
		}
		rows.Close()
	}
	rep.Digest = hex.EncodeToString(h.Sum(nil))
	return nil
}
