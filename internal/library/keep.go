package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// Show makes an earlier version of a channel the one that is looked at, or the newest
// again. What may be installed stays as it was.
func (l *Library) Show(ctx context.Context, channel string, version int64) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	err := l.db.Tx(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE channel SET shown = ? WHERE name = ?
			AND EXISTS (SELECT 1 FROM listing WHERE channel = ? AND version = ?)`, version, channel, channel, version)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, record.Refuse(record.ErrNotFound,
				fmt.Sprintf("Máy không còn phiên bản %d của kênh “%s”.", version, channel),
				fmt.Sprintf("This PC does not hold version %d of channel “%s” any more.", version, channel)))
		}
		return nil
	})
	if err == nil {
		l.changed(ctx)
	}
	return err
}

// InstallStarter takes in what comes with the program, if it is later than what is here.
// It is believed because it is the program. It reports whether anything changed.
func (l *Library) InstallStarter(ctx context.Context, listing pack.Listing, items []pack.Item, blobs pack.Source, now time.Time) (bool, error) {
	have, err := l.Channels(ctx)
	if err != nil {
		return false, err
	}
	if have[pack.Starter].Version >= listing.Version {
		return false, nil
	}
	f, err := pack.Own(listing, items, blobs)
	if err != nil {
		return false, err
	}
	return true, l.Install(ctx, f, now, nil)
}

// Swept says what a sweep took away.
type Swept struct {
	Versions, Texts, Blobs int
	Bytes                  int64
}

// Sweep takes away what nothing needs: versions of a channel beyond the last [Keep] that
// are not shown, then texts and bytes that no version lists and that are not cited. A pack
// that was begun more than ten days ago loses what was laid by for it.
func (l *Library) Sweep(ctx context.Context, cited []string, now time.Time) (Swept, error) {
	l.changing.Lock()
	defer l.changing.Unlock()
	var s Swept
	err := l.db.Tx(ctx, func(tx *sql.Tx) error { return s.tables(ctx, tx, cited, now) })
	if err != nil {
		return Swept{}, err
	}
	l.changed(ctx)
	return s, l.sweepBlobs(ctx, cited, &s)
}

// patience is how long a pack that was begun may wait for the rest.
const patience = 10 * 24 * time.Hour

func (s *Swept) tables(ctx context.Context, tx *sql.Tx, cited []string, now time.Time) error {
	result, err := tx.ExecContext(ctx, `DELETE FROM listing WHERE id IN (
		SELECT listing.id FROM listing JOIN channel ON channel.name = listing.channel
		WHERE listing.version <> channel.shown AND (SELECT count(*) FROM listing AS later
			WHERE later.channel = listing.channel AND later.version > listing.version) >= ?)`, Keep)
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return err
	}
	s.Versions = int(n)
	if _, err := tx.ExecContext(ctx, "DELETE FROM item WHERE id NOT IN (SELECT item FROM listed)"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM begun WHERE at < ?", now.Add(-patience).UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	needed, err := neededBlobs(ctx, tx, cited)
	if err != nil {
		return err
	}
	numbers, err := textNumbers(ctx, tx)
	if err != nil {
		return err
	}
	for sum, id := range numbers {
		if needed[sum] {
			continue
		}
		if err := dropText(ctx, tx, id); err != nil {
			return err
		}
		s.Texts++
	}
	return nil
}

func dropText(ctx context.Context, tx *sql.Tx, id int64) error {
	from, to := id<<textShift, (id+1)<<textShift
	for _, query := range []string{
		"DELETE FROM found WHERE rowid >= ? AND rowid < ?",
		"DELETE FROM headed WHERE rowid >= ? AND rowid < ?",
		"DELETE FROM provision WHERE id >= ? AND id < ?",
	} {
		if _, err := tx.ExecContext(ctx, query, from, to); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM text WHERE id = ?", id)
	return err
}

// neededBlobs are the hashes of everything a version lists or somebody cites.
func neededBlobs(ctx context.Context, q querier, cited []string) (map[string]bool, error) {
	needed := map[string]bool{}
	for _, sum := range cited {
		needed[sum] = true
	}
	for _, query := range []string{
		"SELECT value ->> 'sha256' FROM item, json_each(item.json, '$.wordings')",
		"SELECT value ->> 'sha256' FROM item, json_each(item.json, '$.files')",
		"SELECT value ->> 'sha256' FROM listing, json_each(listing.raw, '$.pages')",
	} {
		rows, err := q.QueryContext(ctx, query)
		if err != nil {
			return nil, sqlitefile.MapError(err)
		}
		for rows.Next() {
			var sum string
			if err := rows.Scan(&sum); err != nil {
				rows.Close()
				return nil, sqlitefile.MapError(err)
			}
			needed[sum] = true
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, sqlitefile.MapError(err)
		}
	}
	return needed, nil
}

// sweepBlobs leaves everything while a pack is begun: its blobs look like orphans.
func (l *Library) sweepBlobs(ctx context.Context, cited []string, s *Swept) error {
	var begun int
	if err := l.db.Read.QueryRowContext(ctx, "SELECT count(*) FROM begun").Scan(&begun); err != nil || begun > 0 {
		return sqlitefile.MapError(err)
	}
	needed, err := neededBlobs(ctx, l.db.Read, cited)
	if err != nil {
		return err
	}
	return l.blobs.each(func(sum string, _ int64) error {
		if needed[sum] {
			return nil
		}
		n, err := l.blobs.remove(sum)
		s.Blobs, s.Bytes = s.Blobs+1, s.Bytes+n
		return err
	})
}

// Proof is what a look at every byte has found.
type Proof struct {
	Blobs   int
	Damaged []string // hashes of bytes that are not what they were; a pack brings them again
	Missing []string // listed and not here
}

// Verify reads every byte of the library.
func (l *Library) Verify(ctx context.Context, progress func(done int)) (Proof, error) {
	l.changing.Lock()
	defer l.changing.Unlock()
	var answer string
	if err := l.db.Read.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return Proof{}, sqlitefile.MapError(err)
	}
	if answer != "ok" {
		return Proof{}, l.broken(fmt.Errorf("%w: %s", record.ErrDamaged, answer))
	}
	var p Proof
	here := map[string]bool{}
	err := l.blobs.each(func(sum string, _ int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		here[sum] = true
		p.Blobs++
		if progress != nil {
			progress(p.Blobs)
		}
		err := l.blobs.prove(sum)
		if errors.Is(err, record.ErrDamaged) {
			p.Damaged = append(p.Damaged, sum)
			return nil
		}
		return err
	})
	if err != nil {
		return p, err
	}
	needed, err := neededBlobs(ctx, l.db.Read, nil)
	for sum := range needed {
		if !here[sum] {
			p.Missing = append(p.Missing, sum)
		}
	}
	return p, err
}
