package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// applicationID marks the file as a register: "SPB1".
const applicationID = 0x53504231

// oldestSQLite is the first release without the WAL-reset fault.
const oldestSQLite = "3.51.3"

// Options of Open.
type Options struct {
	// Key seals personal values; it never reaches the file.
	Key [32]byte
	// BeforeMigration is called with the open file's path when a migration is
	// due; it must leave a verified copy behind or return an error.
	BeforeMigration func(copyTo func(path string) error) error
	// Topics are the words of the codes that stand in topics, for search; nil: none.
	Topics func() []record.Term
	// Synchronous is FULL unless a test shows what another setting loses.
	Synchronous string

	// MaxWaiting is how many entries of one machine may wait for others; 0: 50,000.
	MaxWaiting int64

	// Nouns are what the program knows of; nil: all of package record. A program that knows
	// less, as an earlier one does, keeps the rest in the log.
	Nouns []*record.Description

	journal string // WAL, but for a file under way that must leave nothing beside it
}

// DB is an open register.
type DB struct {
	path  string
	write *sql.DB
	read  *sql.DB
	box   *box
	nouns nouns
	names *nameIndex
	asked askedIndex

	beside besideIndex

	commitMu sync.Mutex
	erased   map[erasure]bool        // what the table of that name holds, under commitMu; nil: to be read
	members  map[oplog.Device]Member // as erased

	maxWaiting int64
}

// What the functions below have worked out, of all open registers.
var (
	keys     = newMemo(viet.Key)
	sortKeys = newMemo(func(s string) string { return string(viet.SortKey(s)) })
)

func init() {
	// viet_has(text, key): every word of the key begins a word of the text, or what
	// stands after a sign in one: "kh" finds 15/KH-UBND, "10" does not find 110.
	sqlite.MustRegisterDeterministicScalarFunction("viet_has", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		text, _ := args[0].(string)
		key, _ := args[1].(string)
		return hasWord(keys.of(text), key), nil
	})
	// viet_near(sought, whole, called…): how near a row is; see Sought.
	sqlite.MustRegisterDeterministicScalarFunction("viet_near", -1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		texts := make([]string, len(args))
		for i := range args {
			texts[i], _ = args[i].(string)
		}
		return int64(NewSought(texts[0]).Near(texts[1], texts[2:]...)), nil
	})
	sqlite.MustRegisterDeterministicScalarFunction("viet_order", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		s, _ := args[0].(string)
		return []byte(sortKeys.of(s)), nil
	})
}

// Open opens the register at path, creating it when there is none, and brings
// its tables up to date.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Synchronous == "" {
		o.Synchronous = "FULL"
	}
	if o.Nouns == nil {
		o.Nouns = record.Nouns()
	}
	o.journal = "WAL"
	if err := inspect(path, migrations); errors.Is(err, os.ErrNotExist) {
		err = create(ctx, path, o)
		if err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	return openFile(ctx, path, o)
}

func openFile(ctx context.Context, path string, o Options) (*DB, error) {
	db := &DB{path: path, box: newBox(o.Key), nouns: newNouns(o.Nouns), beside: besideIndex{topics: o.Topics}, maxWaiting: o.MaxWaiting}
	if db.maxWaiting == 0 {
		db.maxWaiting = 50_000
	}
	var err error
	if db.write, err = sql.Open("sqlite", dsn(path, o.journal, o.Synchronous, false)); err != nil {
		return nil, mapError(err)
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", dsn(path, o.journal, o.Synchronous, true)); err != nil {
		return nil, errors.Join(mapError(err), db.write.Close())
	}
	db.read.SetMaxOpenConns(4)
	db.read.SetMaxIdleConns(4)
	if err := db.prepare(ctx, o); err != nil {
		return nil, errors.Join(err, db.write.Close(), db.read.Close())
	}
	db.names = newNameIndex(db)
	return db, nil
}

func (db *DB) prepare(ctx context.Context, o Options) error {
	if err := checkEngine(ctx, db.write); err != nil {
		return err
	}
	return db.migrate(ctx, o.BeforeMigration, migrations)
}

// Close folds the write-ahead log into the file, so that a copied single file
// is whole, and closes all connections.
func (db *DB) Close() error {
	db.names.stop()
	errRead := db.read.Close()
	_, errCheckpoint := db.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	return mapError(errors.Join(errRead, errCheckpoint, db.write.Close()))
}

// Path is where the file is.
func (db *DB) Path() string { return db.path }

// Reader gives read-only access for plain SQL, such as the recount.
func (db *DB) Reader() *sql.DB { return db.read }

// dsn builds the data source name. net/url escapes what a folder's name may
// hold: a bare "?" would silently open another file.
func dsn(path, journal, synchronous string, readOnly bool) string {
	q := url.Values{}
	for _, p := range []string{
		"busy_timeout(5000)", "synchronous(" + synchronous + ")", "foreign_keys(ON)",
		"trusted_schema(OFF)", "cell_size_check(ON)", "secure_delete(ON)", "temp_store(MEMORY)",
		"wal_autocheckpoint(1000)", "mmap_size(0)", "cache_size(-16000)",
	} {
		q.Add("_pragma", p)
	}
	if journal != "" {
		q.Add("_pragma", "journal_mode("+journal+")")
	}
	if readOnly {
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
		return mapError(err)
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

// mapError turns what the driver says into the kinds record knows, by code and
// not by its English text.
func mapError(err error) error {
	var r *record.Refusal
	if err == nil || errors.As(err, &r) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return record.Refuse(record.ErrNotFound, "Không tìm thấy bản ghi này.", "This record was not found.").Because(err)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		if errors.Is(err, os.ErrPermission) {
			return readOnly(err)
		}
		return err
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for what readers and the writer share
		return full(err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return full(err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return readOnly(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damagedFile(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return record.Refuse(record.ErrBusy,
			"Dữ liệu đang được một cửa sổ khác sử dụng. Hãy đóng cửa sổ đó rồi thử lại.",
			"The data is in use by another window. Close it and try again.").Because(err)
	case sqlite3.SQLITE_IOERR:
		return record.Refuse(record.ErrPlace,
			"Không đọc hoặc ghi được ổ đĩa; phần đã lưu vẫn nguyên. Hãy kiểm tra ổ đĩa rồi mở lại chương trình.",
			"The disk could not be read or written; what was saved is whole. Check the disk and open the program again.").Because(err)
	}
	return err
}

func full(err error) error {
	return record.Refuse(record.ErrSpace,
		"Ổ đĩa đã đầy: thao tác vừa rồi chưa được lưu, dữ liệu cũ vẫn nguyên. Hãy giải phóng dung lượng rồi làm lại.",
		"The disk is full: what you just did was not saved, earlier data is whole. Free some space and do it again.").Because(err)
}

func readOnly(err error) error {
	return record.Refuse(record.ErrPlace,
		"Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi hoặc chọn thư mục khác.",
		"The data folder cannot be written. Check its permissions or choose another folder.").Because(err)
}

// fmtErr adds what was being done; the kind stays.
func fmtErr(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, mapError(err))
}
