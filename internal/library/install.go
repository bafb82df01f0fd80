package library

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// Install takes a pack in that [pack.Open] has proven: its bytes are laid by, those that
// are missing, and then one transaction makes them what is shown. If it ends early, in
// whatever way, what is shown is what was shown, and the next try goes on where this one
// stopped. A pack that is here already changes nothing, but what was lost comes back.
//
// progress is told the bytes dealt with and all there are; it may be nil.
func (l *Library) Install(ctx context.Context, f *pack.File, now time.Time, progress func(done, total int64)) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	if err := l.checkFloor(ctx, l.db.Read, f); err != nil {
		return err
	}
	need, err := l.needs(ctx, f)
	if err != nil {
		return err
	}
	if err := datadir.Need(l.folder, need.room()); err != nil {
		return err
	}
	bar := &bar{report: progress, total: need.bytes()}
	if err := l.stage(ctx, f, need.blobs, now, bar); err != nil {
		return err
	}
	if f.Installed && len(need.texts) == 0 {
		if here, err := l.lists(ctx, f.Listing.Channel, f.Listing.Version); here || err != nil {
			return err
		}
	}
	err = l.db.Tx(ctx, func(tx *sql.Tx) error {
		if err := l.checkFloor(ctx, tx, f); err != nil {
			return err
		}
		return l.fold(ctx, tx, f, need.texts, now, bar)
	})
	switch {
	case err == nil:
		l.changed(ctx)
	case errors.Is(err, record.ErrDamaged): // something in it cannot be read, the next time neither
		err = errors.Join(err, l.db.Tx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM begun WHERE channel = ? AND version = ?", f.Listing.Channel, f.Listing.Version)
			return err
		}))
	}
	return err
}

// lists reports whether a version is in the tables.
func (l *Library) lists(ctx context.Context, channel string, version int64) (bool, error) {
	var n int
	err := l.db.Read.QueryRowContext(ctx, "SELECT count(*) FROM listing WHERE channel = ? AND version = ?", channel, version).Scan(&n)
	return n > 0, sqlitefile.MapError(err)
}

// changed forgets what was read before a change, and notes it down.
func (l *Library) changed(ctx context.Context) {
	l.forget()
	l.note(ctx) // the change is made; the next start notes what this one could not
}

// bar counts bytes.
type bar struct {
	report func(done, total int64)
	total  int64

	mu   sync.Mutex
	done int64
}

func (b *bar) add(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done += n
	if b.report != nil {
		b.report(b.done, b.total)
	}
}

// checkFloor wants the pack to be later than what is here, which another window may have
// changed since the pack was opened.
func (l *Library) checkFloor(ctx context.Context, q querier, f *pack.File) error {
	var c pack.Channel
	err := q.QueryRowContext(ctx, "SELECT floor, hash, reset FROM channel WHERE name = ?", f.Listing.Channel).Scan(&c.Version, &c.Listing, &c.Reset)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && f.Reset > c.Reset:
		if f.Installed {
			return fmt.Errorf("%w: the channel was reset", pack.ErrRollback)
		}
		return nil
	case err != nil:
		return sqlitefile.MapError(err)
	case f.Installed && f.Hash == c.Listing:
		return nil
	case f.Installed || f.Listing.Version <= c.Version:
		return fmt.Errorf("%w: %d, and %d is here", pack.ErrRollback, f.Listing.Version, c.Version)
	}
	return nil
}

// need is what a pack brings that is not here.
type need struct {
	blobs []pack.Blob
	texts []textOf
}

type textOf struct {
	item pack.Item
	sum  string
	size int64
}

func (n need) bytes() int64 {
	var sum int64
	for _, b := range n.blobs {
		sum += b.Size
	}
	for _, t := range n.texts {
		sum += t.size
	}
	return sum
}

// room is what must be free on the disk: the bytes, and what a compressed text becomes as
// tables, twice while the log of the transaction is there.
func (n need) room() int64 {
	var sum int64
	for _, b := range n.blobs {
		sum += b.Size
	}
	for _, t := range n.texts {
		sum += 30 * t.size
	}
	return sum + 4<<20
}

func (l *Library) needs(ctx context.Context, f *pack.File) (need, error) {
	var n need
	for _, b := range f.Blobs() {
		if l.blobs.has(b.SHA256, b.Size) {
			continue
		}
		if !f.Has(b.SHA256) {
			return need{}, fmt.Errorf("%w: blob %s", pack.ErrMissing, b.SHA256)
		}
		n.blobs = append(n.blobs, b)
	}
	known, err := knownTexts(ctx, l.db.Read)
	n.texts = textsOf(f, known)
	return n, err
}

// textsOf are the texts of a pack that are not known yet, each once.
func textsOf(f *pack.File, known map[string]bool) []textOf {
	var out []textOf
	seen := map[string]bool{}
	for _, item := range f.Items {
		for i, sum := range texts(item) {
			if !known[sum] && !seen[sum] {
				seen[sum] = true
				out = append(out, textOf{item, sum, item.Wordings[i].Size})
			}
		}
	}
	return out
}

func knownTexts(ctx context.Context, q querier) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT sha256 FROM text")
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	known := map[string]bool{}
	for rows.Next() {
		var sum string
		if err := rows.Scan(&sum); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		known[sum] = true
	}
	return known, sqlitefile.MapError(rows.Err())
}

// stage lays blobs by, where nothing looks for them yet.
func (l *Library) stage(ctx context.Context, f *pack.File, blobs []pack.Blob, now time.Time, bar *bar) error {
	if len(blobs) > 0 && !f.Installed {
		err := l.db.Tx(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO begun (channel, version, at) VALUES (?, ?, ?)",
				f.Listing.Channel, f.Listing.Version, now.UTC().Format(time.RFC3339))
			return err
		})
		if err != nil {
			return err
		}
	}
	return together(ctx, blobs, func(b pack.Blob) error {
		if err := l.blobs.put(b.SHA256, func(w io.Writer) error { return f.Copy(b.SHA256, w) }); err != nil {
			return err
		}
		bar.add(b.Size)
		return nil
	})
}

// writers is how many blobs are written at once: a disk takes in the bytes of several
// files for little more than it takes to be sure of one.
const writers = 8

// together does something for each blob, several at a time, until all are done or one fails.
func together(ctx context.Context, blobs []pack.Blob, do func(pack.Blob) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan pack.Blob)
	var all sync.WaitGroup
	for range min(writers, len(blobs)) {
		all.Go(func() {
			for b := range next {
				if err := do(b); err != nil {
					stop(err)
					return
				}
			}
		})
	}
	for _, b := range blobs {
		select {
		case next <- b:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
	}
	close(next)
	all.Wait()
	return context.Cause(ctx)
}

// fold makes the pack part of the library.
func (l *Library) fold(ctx context.Context, tx *sql.Tx, f *pack.File, texts []textOf, now time.Time, bar *bar) error {
	x, err := newIndexer(ctx, tx)
	if err != nil {
		return err
	}
	defer x.close()
	for _, t := range texts {
		pieces, err := l.piecesOf(t.item, t.sum)
		if err != nil {
			return fmt.Errorf("item %s: %w", t.item.ID, err)
		}
		if err := x.add(ctx, t.sum, pieces); err != nil {
			return err
		}
		bar.add(t.size)
	}
	if err := x.finish(ctx); err != nil {
		return err
	}
	if err := putListing(ctx, tx, f, now); err != nil {
		return err
	}
	c, v := f.Listing.Channel, f.Listing.Version
	for _, s := range []struct {
		query string
		args  []any
	}{
		{"INSERT OR REPLACE INTO channel (name, floor, hash, reset, shown) VALUES (?, ?, ?, ?, ?)", []any{c, v, f.Hash, f.Reset, v}},
		{"DELETE FROM begun WHERE channel = ?", []any{c}},
	} {
		if _, err := tx.ExecContext(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	if f.Seen.IsZero() {
		return nil
	}
	_, err = tx.ExecContext(ctx, putSeen, f.Seen.UTC().Format(time.RFC3339))
	return err
}

const putSeen = `INSERT INTO fact (name, value) VALUES ('seen', ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)`

// putListing stores the listing. Where a root took the channel back, the versions it
// took back go.
func putListing(ctx context.Context, tx *sql.Tx, f *pack.File, now time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM listing WHERE channel = ? AND version >= ?", f.Listing.Channel, f.Listing.Version); err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, "INSERT INTO listing (channel, version, raw, installed) VALUES (?, ?, ?, ?)",
		f.Listing.Channel, f.Listing.Version, string(f.Raw), now.UTC().Format(time.RFC3339))
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, "INSERT OR IGNORE INTO item (hash, json) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer put.Close()
	list, err := tx.PrepareContext(ctx, "INSERT INTO listed (listing, item) SELECT ?, id FROM item WHERE hash = ?")
	if err != nil {
		return err
	}
	defer list.Close()
	for _, item := range f.Items {
		text, err := json.Marshal(item)
		if err != nil {
			return err
		}
		hash := sha256.Sum256(text)
		if _, err := put.ExecContext(ctx, hash[:], string(text)); err != nil {
			return err
		}
		if _, err := list.ExecContext(ctx, id, hash[:]); err != nil {
			return err
		}
	}
	return nil
}

func sortItems(items []pack.Item) {
	slices.SortFunc(items, func(a, b pack.Item) int { return strings.Compare(a.ID, b.ID) })
}
