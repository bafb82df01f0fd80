package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"sync"

	"modernc.org/sqlite"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
	"sophobien/internal/viet"
)

// applicationID marks the file as a register: "SPB1".
const applicationID = 0x53504231

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
	pair, err := sqlitefile.Open(ctx, path, sqlitefile.Mode{Journal: o.journal, Synchronous: o.Synchronous})
	if err != nil {
		return nil, err
	}
	db.write, db.read = pair.Write, pair.Read
	if err := db.migrate(ctx, o.BeforeMigration, migrations); err != nil {
		return nil, errors.Join(err, db.write.Close(), db.read.Close())
	}
	db.names = newNameIndex(db)
	return db, nil
}

// Close folds the write-ahead log into the file, so that a copied single file
// is whole, and closes all connections.
func (db *DB) Close() error {
	db.names.stop()
	return (&sqlitefile.Pair{Write: db.write, Read: db.read}).Close()
}

// Path is where the file is.
func (db *DB) Path() string { return db.path }

// Reader gives read-only access for plain SQL, such as the recount.
func (db *DB) Reader() *sql.DB { return db.read }

// dsn is the data source name of a register.
func dsn(path, journal, synchronous string, readOnly bool) string {
	return sqlitefile.DSN(path, sqlitefile.Mode{Journal: journal, Synchronous: synchronous, ReadOnly: readOnly})
}

// mapError turns what the driver says into the kinds record knows.
func mapError(err error) error { return sqlitefile.MapError(err) }

// fmtErr adds what was being done; the kind stays.
func fmtErr(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, mapError(err))
}
