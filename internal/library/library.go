package library

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// applicationID marks the file as a library: "SPL1".
const applicationID = 0x53504c31

// format is the version of the tables.
const format = 1

// Keep is how many versions of a channel stay at least.
const Keep = 4

//go:embed schema.sql
var schema string

// Library is an open library. Its methods may be called from any goroutine.
type Library struct {
	folder string
	db     *sqlitefile.Pair
	blobs  *blobStore

	changing sync.Mutex // one install, sweep or proof at a time

	mu   sync.Mutex
	cat  *catalogue // what is shown; nil: to be read
	view *View      // the last one asked for

	units map[int64]*unit // read of late
}

// Open opens the library of a data folder, and makes an empty one where there is none.
// The caller holds the lock of the folder.
func Open(ctx context.Context, dir *datadir.Dir) (*Library, error) {
	l := &Library{folder: dir.Law()}
	if err := datadir.MakeFolder(l.folder); err != nil {
		return nil, err
	}
	if _, err := datadir.Sweep(l.folder); err != nil {
		return nil, err
	}
	var err error
	if l.blobs, err = openBlobs(filepath.Join(l.folder, "blobs")); err != nil {
		return nil, err
	}
	err = l.inspect()
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, record.ErrDamaged) {
		err = l.begin(ctx)
	}
	if err != nil {
		return nil, err
	}
	err = l.start(ctx)
	if errors.Is(err, record.ErrDamaged) { // the head was whole, what follows is not
		if err = l.begin(ctx); err == nil {
			err = l.start(ctx)
		}
	}
	if err != nil {
		return nil, err
	}
	return l, nil
}

// start opens the tables and takes in again what they lack.
func (l *Library) start(ctx context.Context) (err error) {
	if l.db, err = sqlitefile.Open(ctx, l.path(), sqlitefile.Mode{Journal: "WAL"}); err != nil {
		return err
	}
	if err := l.restore(ctx); err != nil {
		return errors.Join(err, l.Close())
	}
	return nil
}

func (l *Library) path() string { return filepath.Join(l.folder, "law.db") }

// inspect refuses a newer file, before SQLite touches it. One that is no library, or has
// the tables of an earlier program, is as good as damaged: it is made again.
func (l *Library) inspect() error {
	stamp, err := sqlitefile.Head(l.path())
	if _, marked := os.Stat(l.brokenMark()); marked == nil && !errors.Is(err, os.ErrNotExist) {
		return damaged(errors.New("found damaged while it was in use"))
	}
	switch {
	case errors.Is(err, record.ErrDamaged), err == nil && stamp.Application != applicationID:
		return damaged(errors.Join(err, fmt.Errorf("application id %#x", stamp.Application)))
	case err != nil:
		return err
	case stamp.Version < format:
		return damaged(fmt.Errorf("tables of version %d", stamp.Version))
	case stamp.Version > format:
		return record.Refuse(record.ErrNewer,
			"Thư viện pháp luật do bản chương trình mới hơn ghi; không có gì bị thay đổi. Hãy cài bản mới.",
			"The library was written by a newer version; nothing was changed. Install the newer version.")
	}
	return nil
}

func damaged(cause error) error {
	return record.Refuse(record.ErrDamaged,
		"Thư viện pháp luật trên máy bị hỏng; sổ của cơ quan không bị ảnh hưởng. Hãy đóng rồi mở lại chương trình để lập lại thư viện từ các gói đã nhập.",
		"The law library on this PC is damaged; the register is not concerned. Close the program and open it again: the library is made again from the packs.").Because(cause)
}

// brokenMark is a file that says that the tables were found damaged while they were in use.
func (l *Library) brokenMark() string { return filepath.Join(l.folder, "law.db.broken") }

// broken says what SQLite found, and has the tables made again at the next start.
func (l *Library) broken(err error) error {
	if !errors.Is(err, record.ErrDamaged) {
		return err
	}
	datadir.WriteFile(l.brokenMark(), nil) // without it the next start finds out by itself, or somebody asks again
	return damaged(err)
}

// create makes an empty library beside its place and gives it its name when it is whole.
func create(ctx context.Context, path string) error {
	temp := datadir.TempName(path)
	db, err := sqlitefile.Open(ctx, temp, sqlitefile.Mode{Journal: "MEMORY"})
	if err == nil {
		err = db.Tx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, schema+fmt.Sprintf("PRAGMA user_version=%d; PRAGMA application_id=%d", format, applicationID))
			return err
		})
		err = errors.Join(err, db.Close())
	}
	if err == nil {
		err = datadir.Publish(temp, path)
	}
	if err != nil {
		os.Remove(temp)
	}
	return err
}

// Close closes the library.
func (l *Library) Close() error { return l.db.Close() }

// Channels are how far the library has come, by the name of the channel, as
// [pack.State] wants it.
func (l *Library) Channels(ctx context.Context) (map[string]pack.Channel, error) {
	out := map[string]pack.Channel{}
	rows, err := l.db.Read.QueryContext(ctx, "SELECT name, floor, hash, reset FROM channel")
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var c pack.Channel
		if err := rows.Scan(&name, &c.Version, &c.Listing, &c.Reset); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		out[name] = c
	}
	if err := rows.Err(); err != nil {
		return nil, sqlitefile.MapError(err)
	}
	for name, c := range out {
		if c.IDs, err = listedIDs(ctx, l.db.Read, name, c.Version); err != nil {
			return nil, err
		}
		out[name] = c
	}
	return out, nil
}

// Seen is the newest signed time of all packs taken in.
func (l *Library) Seen(ctx context.Context) (time.Time, error) {
	var text string
	err := l.db.Read.QueryRowContext(ctx, "SELECT value FROM fact WHERE name = 'seen'").Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, sqlitefile.MapError(err)
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, damaged(err)
	}
	return at, nil
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// listedIDs are the items of one version of a channel.
func listedIDs(ctx context.Context, q querier, channel string, version int64) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT item.json ->> 'id' FROM listing JOIN listed ON listed.listing = listing.id JOIN item ON item.id = listed.item
		WHERE listing.channel = ? AND listing.version = ? ORDER BY 1`, channel, version)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		ids = append(ids, id)
	}
	return ids, sqlitefile.MapError(rows.Err())
}

// listedItems are the items of one version of a channel, by id; none when it is not here.
func listedItems(ctx context.Context, q querier, channel string, version int64) ([]pack.Item, error) {
	rows, err := q.QueryContext(ctx, `SELECT item.json FROM listing JOIN listed ON listed.listing = listing.id JOIN item ON item.id = listed.item
		WHERE listing.channel = ? AND listing.version = ?`, channel, version)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var items []pack.Item
	for rows.Next() {
		var text sql.RawBytes
		var item pack.Item
		if err := rows.Scan(&text); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		if err := json.Unmarshal(text, &item); err != nil {
			return nil, damaged(err)
		}
		items = append(items, item)
	}
	sortItems(items)
	return items, sqlitefile.MapError(rows.Err())
}

// forget drops what was read of the library, after it changed.
func (l *Library) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cat, l.view, l.units = nil, nil, nil
}
