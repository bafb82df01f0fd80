package sqlitefile

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// oldestSQLite is the first release without the WAL-reset fault.
const oldestSQLite = "3.51.3"

// Mode is how a file is opened.
type Mode struct {
	Journal     string // "" leaves it as the file has it
	Synchronous string // "" is FULL
	ReadOnly    bool
}

// Pair is a file open for one writer and for several readers.
type Pair struct {
	Write, Read *sql.DB
}

// Open opens a file, or makes it.
func Open(ctx context.Context, path string, m Mode) (*Pair, error) {
	write, err := sql.Open("sqlite", DSN(path, m))
	if err != nil {
		return nil, MapError(err)
	}
	write.SetMaxOpenConns(1)
	m.ReadOnly = true
	read, err := sql.Open("sqlite", DSN(path, m))
	if err != nil {
		return nil, errors.Join(MapError(err), write.Close())
	}
	read.SetMaxOpenConns(4)
	read.SetMaxIdleConns(4)
	p := &Pair{write, read}
	if err := checkEngine(ctx, write); err != nil {
		return nil, errors.Join(err, write.Close(), read.Close())
	}
	return p, nil
}

// Close folds the write-ahead log into the file, so that a copied single file is whole,
// and closes all connections.
func (p *Pair) Close() error {
	errRead := p.Read.Close()
	_, errCheckpoint := p.Write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return MapError(errors.Join(errRead, errCheckpoint, p.Write.Close()))
}

// Tx runs fn in the writing connection's transaction, which takes its lock at the start.
func (p *Pair) Tx(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := p.Write.BeginTx(ctx, nil)
	if err != nil {
		return MapError(err)
	}
	if err := fn(tx); err != nil {
		tx.Rollback() // the first error says what happened
		return MapError(err)
	}
	return MapError(tx.Commit())
}

// DSN builds the data source name. net/url escapes what a folder's name may hold: a bare
// "?" would silently open another file.
func DSN(path string, m Mode) string {
	if m.Synchronous == "" {
		m.Synchronous = "FULL"
	}
	q := url.Values{}
	for _, p := range []string{
		"busy_timeout(5000)", "synchronous(" + m.Synchronous + ")", "foreign_keys(ON)",
		"trusted_schema(OFF)", "cell_size_check(ON)", "secure_delete(ON)", "temp_store(MEMORY)",
		"wal_autocheckpoint(1000)", "mmap_size(0)", "cache_size(-16000)",
	} {
		q.Add("_pragma", p)
	}
	if m.Journal != "" {
		q.Add("_pragma", "journal_mode("+m.Journal+")")
	}
	if m.ReadOnly {
		q.Add("_pragma", "query_only(ON)")
	}
	q.Set("_txlock", "immediate")
	q.Set("_defensive", "1")
	q.Set("_dqs", "0")
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String()
}

func checkEngine(ctx context.Context, db *sql.DB) error {
	var have string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&have); err != nil {
		return MapError(err)
	}
	if olderVersion(have, oldestSQLite) {
		return record.Refuse(record.ErrNewer,
			"Bản chương trình này dùng SQLite "+have+", cũ hơn "+oldestSQLite+"; hãy cài lại chương trình.",
			"This build uses SQLite "+have+", older than "+oldestSQLite+"; install the program again.")
	}
	return nil
}

func olderVersion(have, want string) bool {
	a, b := strings.Split(have, "."), strings.Split(want, ".")
	for i := range b {
		if i >= len(a) {
			return true
		}
		x, _ := strconv.Atoi(a[i])
		y, _ := strconv.Atoi(b[i])
		if x != y {
			return x < y
		}
	}
	return false
}

// header is what every SQLite file begins with.
const header = "SQLite format 3\x00"

// Places of numbers in a SQLite file's header.
const (
	headerSize    = 100
	userVersionAt = 60
	appIDAt       = 68
)

// Stamp is what a program wrote into the header of its file.
type Stamp struct {
	Application uint32
	Version     int
}

// Head reads the stamp of a file that is not open. os.ErrNotExist says that there is none.
func Head(path string) (Stamp, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return Stamp{}, os.ErrNotExist
	}
	if err != nil {
		return Stamp{}, readOnly(err)
	}
	defer f.Close()
	head := make([]byte, headerSize)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:len(header)]) != header {
		return Stamp{}, Damaged(fmt.Errorf("no SQLite file (%v)", err))
	}
	return Stamp{binary.BigEndian.Uint32(head[appIDAt:]), int(binary.BigEndian.Uint32(head[userVersionAt:]))}, nil
}
