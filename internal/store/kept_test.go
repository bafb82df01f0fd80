package store

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// One small register of every version of the tables before the newest is kept for ever,
// with what was in it. SOPHOBIEN_KEEP=1 writes those that are missing, once a further
// migration is there; none is ever made anew.

var keptKey = [32]byte{7}

// contents are what people see in a register.
type contents struct {
	Commits int                                `json:"commits"`
	Rows    map[string]map[string]record.Value `json:"rows"` // living ones, what is set of them
	Draft   string                             `json:"draft"`
}

// kept is a copy of the kept register of a version, and what was in it.
func kept(t *testing.T, version int) (path string, in contents) {
	t.Helper()
	name := filepath.Join("testdata", fmt.Sprintf("register-%04d", version))
	if _, err := os.Stat(name + ".db.gz"); errors.Is(err, fs.ErrNotExist) && os.Getenv("SOPHOBIEN_KEEP") != "" {
		keepRegister(t, name, version)
	}
	z, err := gzip.NewReader(bytes.NewReader(mustRead(t, name+".db.gz")))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(z)
	if err == nil {
		err = json.Unmarshal(mustRead(t, name+".json"), &in)
	}
	if err != nil {
		t.Fatal(err)
	}
	if int(raw[userVersionAt+3]) != version || len(in.Rows) == 0 {
		t.Fatalf("%s is of version %d, with %d rows", name, raw[userVersionAt+3], len(in.Rows))
	}
	path = filepath.Join(t.TempDir(), "sổ.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, in
}

// contentsOf reads every living row.
func contentsOf(t *testing.T, db *DB) contents {
	t.Helper()
	out := contents{Rows: map[string]map[string]record.Value{}}
	for _, d := range record.Nouns() {
		var ids []record.ID
		err := eachRow(ctx, db.read, "SELECT id FROM "+d.Name+" WHERE flags & 1 = 0", func(row scanTarget) error {
			var id []byte
			err := row.Scan(&id)
			ids = append(ids, idOf(id))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			n, err := db.Row(ctx, record.Ref{Noun: d.Name, ID: id})
			if err != nil {
				t.Fatal(err)
			}
			out.Rows[n.Ref().String()] = record.Values(n)
		}
	}
	text, _, err := db.Draft(ctx, "activity")
	lines, err2 := db.LogAfter(ctx, 0, 1<<40)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	out.Draft, out.Commits = string(text), len(lines)
	return out
}

// keepRegister writes a register as the program of a version left it: what the nouns of
// then say, in the tables of then.
func keepRegister(t *testing.T, name string, version int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cũ.db")
	old, err := openPool(path)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	old.SetMaxOpenConns(1)
	for _, m := range migrations[:version] {
		if _, err := old.Exec(m.sql); err != nil {
			t.Fatal(m.name, err)
		}
	}
	columns := tablesIn(t, old)
	db := newTest(t)
	nouns := nounsIn(columns)
	if version == 1 { // the first program had its tables beside the file
		nouns = []*record.Description{record.DescribeOf(record.Activity{}), record.DescribeOf(record.Person{})}
	}
	sayAll(t, db, nouns)
	in := contentsOf(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	copyRows(t, old, db.Path(), columns)
	end := fmt.Sprintf("DELETE FROM meta WHERE key = '%s'; PRAGMA user_version=%d; PRAGMA application_id=%d; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", metaFolded, version, applicationID)
	if _, err := old.Exec(end); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	_, err = z.Write(mustRead(t, path))
	text, err2 := json.MarshalIndent(in, "", " ")
	err = errors.Join(err, err2, z.Close(), os.WriteFile(name+".json", append(text, '\n'), 0o644), os.WriteFile(name+".db.gz", packed.Bytes(), 0o644))
	if err != nil {
		t.Fatal(err)
	}
}

// tablesIn are the tables of a file and their columns.
func tablesIn(t *testing.T, file *sql.DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := eachRow(ctx, file, "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'", func(row scanTarget) error {
		var table, column string
		err := row.Scan(&table, &column)
		out[table] = append(out[table], column)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// nounsIn are the nouns and fields that have their place in some tables.
func nounsIn(columns map[string][]string) (out []*record.Description) {
	for _, d := range record.Nouns() {
		have, ok := columns[d.Name]
		if !ok {
			continue
		}
		for _, f := range d.Fields {
			if slices.ContainsFunc(f.Columns, func(c record.Column) bool { return !slices.Contains(have, c.Name) }) {
				d = d.Without(f.Name)
			}
		}
		out = append(out, d)
	}
	return out
}

// sayAll makes a row of every noun with all its fields, changes, deletes and erases some,
// and leaves a draft.
func sayAll(t *testing.T, db *DB, nouns []*record.Description) {
	t.Helper()
	made := func(d *record.Description, n int64) record.Edit {
		id := recordtest.ID(n)
		row := reflect.ValueOf(d.New(id))
		recordtest.Distinct(row.Interface())
		row.Elem().FieldByName("ID").Set(reflect.ValueOf(id))
		e := record.Edit{Ref: record.Ref{Noun: d.Name, ID: id}, New: true, Set: record.Values(row.Elem().Interface().(record.Noun))}
		maps.DeleteFunc(e.Set, func(name string, _ record.Value) bool { _, ok := d.Field(name); return !ok })
		return e
	}
	for i, d := range nouns {
		commit(t, db, 1, made(d, int64(i)), made(d, int64(100+i)))
		commit(t, db, 2, record.Edit{Ref: record.Ref{Noun: d.Name, ID: recordtest.ID(int64(100 + i))}, Delete: true})
		switch d.Name {
		case "activity":
			commit(t, db, 2, record.Edit{Ref: record.Ref{Noun: d.Name, ID: recordtest.ID(int64(i))}, Set: map[string]record.Value{"title": `"đã sửa"`}})
		case "person":
			commit(t, db, 1, record.Edit{Ref: record.Ref{Noun: d.Name, ID: recordtest.ID(int64(i))}, Erase: []string{"phone"}})
		}
	}
	if err := db.SaveDraft(ctx, "activity", []byte("đang gõ"), recordtest.Day0); err != nil {
		t.Fatal(err)
	}
}

// copyRows fills tables with what stands in the same columns of another file.
func copyRows(t *testing.T, to *sql.DB, from string, columns map[string][]string) {
	t.Helper()
	if _, err := to.Exec("PRAGMA foreign_keys=OFF; ATTACH ? AS full", from); err != nil { // the tables come in any order
		t.Fatal(err)
	}
	for table, list := range columns {
		names := strings.Join(list, ", ")
		if _, err := to.Exec("INSERT INTO " + table + " (" + names + ") SELECT " + names + " FROM full." + table); err != nil {
			t.Fatal(table, err)
		}
	}
	if _, err := to.Exec("DETACH full"); err != nil {
		t.Fatal(err)
	}
}
