package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// SaveDraft keeps what is being typed in one place of the window, sealed. It is
// local and no part of the log.
func (db *DB) SaveDraft(ctx context.Context, scope string, text []byte, at time.Time) error {
	sealed := db.box.seal(db.box.drafts, draftPlace(scope, at.UnixMilli()), text)
	_, err := db.write.ExecContext(ctx,
		"INSERT INTO draft (scope, box, at) VALUES (?,?,?) ON CONFLICT (scope) DO UPDATE SET box = excluded.box, at = excluded.at",
		scope, sealed, at.UnixMilli())
	return fmtErr("save draft", err)
}

// Draft gives a place's draft and when it was kept; nil when there is none.
func (db *DB) Draft(ctx context.Context, scope string) ([]byte, time.Time, error) {
	var sealed []byte
	var ms int64
	err := db.read.QueryRowContext(ctx, "SELECT box, at FROM draft WHERE scope = ?", scope).Scan(&sealed, &ms)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, fmtErr("read draft", err)
	}
	text, err := open(db.box.drafts, draftPlace(scope, ms), sealed)
	return text, time.UnixMilli(ms), err
}

// Drafts lists the drafts of the places whose names begin alike, the newest first. One
// that is damaged has no text: asking for it alone says why.
func (db *DB) Drafts(ctx context.Context, prefix string) ([]record.Draft, error) {
	var out []record.Draft
	err := db.eachDraft(ctx, db.read, prefix, func(d record.Draft, _ error) error {
		out = append(out, d)
		return nil
	})
	return out, fmtErr("list drafts", err)
}

// eachDraft opens drafts one by one, the newest first, and tells of those that cannot be.
func (db *DB) eachDraft(ctx context.Context, q querier, prefix string, tell func(record.Draft, error) error) error {
	const query = "SELECT scope, box, at FROM draft WHERE substr(scope, 1, length(?1)) = ?1 ORDER BY at DESC, scope"
	return eachRow(ctx, q, query, func(row scanTarget) error {
		var d record.Draft
		var sealed []byte
		var ms int64
		if err := row.Scan(&d.Scope, &sealed, &ms); err != nil {
			return err
		}
		text, err := open(db.box.drafts, draftPlace(d.Scope, ms), sealed)
		d.Text, d.At = text, time.UnixMilli(ms)
		return tell(d, err)
	}, prefix)
}

// draftPlace binds a draft to its place and time.
func draftPlace(scope string, ms int64) []byte { return fmt.Appendf(nil, "%d %s", ms, scope) }

// DropDraft forgets a draft, as after saving.
func (db *DB) DropDraft(ctx context.Context, scope string) error {
	_, err := db.write.ExecContext(ctx, "DELETE FROM draft WHERE scope = ?", scope)
	return fmtErr("drop draft", err)
}

// SetMeta keeps a local fact, such as the time of the last backup.
func (db *DB) SetMeta(ctx context.Context, key, value string) error {
	return fmtErr("keep "+key, db.setMeta(ctx, db.write, key, value))
}

func (db *DB) setMeta(ctx context.Context, q querier, key, value string) error {
	_, err := q.ExecContext(ctx,
		"INSERT INTO meta (key, value, mac) VALUES (?,?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, mac = excluded.mac",
		key, value, db.box.mac("meta", key, value))
	return mapError(err)
}

// Meta gives a local fact, "" when it was never kept.
func (db *DB) Meta(ctx context.Context, key string) (string, error) {
	var v string
	var mac []byte
	err := db.read.QueryRowContext(ctx, "SELECT value, mac FROM meta WHERE key = ?", key).Scan(&v, &mac)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err == nil {
		err = db.box.isMac(mac, "meta", key, v)
	}
	return v, fmtErr("read "+key, err)
}

// Bundle is a sealed file made here.
type Bundle struct {
	ID        string
	No        int64
	Name      string
	Path      string
	Created   time.Time
	Size      int64
	SHA256    string
	Recipient string
	Practice  bool
	Commits   int64
	LastSeq   int64
}

const bundleColumns = "id, no, name, path, created, size, sha256, recipient, practice, commits, last_seq"

// cols are the bundle's columns in the order of bundleColumns.
func (b *Bundle) cols() []any {
	return []any{b.ID, b.No, b.Name, b.Path, b.Created.UnixMilli(), b.Size, b.SHA256, b.Recipient, b.Practice, b.Commits, b.LastSeq}
}

// AddBundle records a sealed file that stands whole on its disk.
func (db *DB) AddBundle(ctx context.Context, b Bundle) error {
	cols := b.cols()
	_, err := db.write.ExecContext(ctx, "INSERT INTO bundle ("+bundleColumns+", mac) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		append(cols, db.box.mac("bundle", cols...))...)
	return fmtErr("record bundle", err)
}

// Bundles lists the sealed files made here, newest first.
func (db *DB) Bundles(ctx context.Context) ([]Bundle, error) {
	rows, err := db.read.QueryContext(ctx, "SELECT "+bundleColumns+", mac FROM bundle ORDER BY no DESC")
	if err != nil {
		return nil, fmtErr("list bundles", err)
	}
	defer rows.Close()
	var out []Bundle
	for rows.Next() {
		b, err := scanBundle(rows, db.box)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, mapError(rows.Err())
}

func scanBundle(row scanTarget, x *box) (Bundle, error) {
	var b Bundle
	var ms int64
	var mac []byte
	err := row.Scan(&b.ID, &b.No, &b.Name, &b.Path, &ms, &b.Size, &b.SHA256, &b.Recipient, &b.Practice, &b.Commits, &b.LastSeq, &mac)
	if err != nil {
		return Bundle{}, mapError(err)
	}
	b.Created = time.UnixMilli(ms)
	return b, x.isMac(mac, "bundle", b.cols()...)
}

// LogLine is a commit ready for a bundle, with those of its secrets that may go along.
type LogLine struct {
	Seq     int64
	Commit  *oplog.Commit
	Secrets []oplog.Secret
}

// LogAfter reads the commits after a place of the log, in its order, until they
// hold at least most bytes: only what is durable, since a reader sees nothing else.
func (db *DB) LogAfter(ctx context.Context, seq, most int64) ([]LogLine, error) {
	var out []LogLine
	for most > 0 {
		batch, err := readBatch(ctx, db.read, seq)
		if err != nil || len(batch) == 0 {
			return out, err
		}
		for _, r := range batch {
			r.box = nil
			s, err := r.decode(db.box, false)
			if err != nil {
				return nil, err
			}
			out = append(out, LogLine{Seq: s.seq, Commit: s.commit})
			most -= int64(len(s.commit.Raw))
		}
		seq = batch[len(batch)-1].seq
	}
	return out, nil
}

// LogSize is how many bytes the commits after a place of the log take.
func (db *DB) LogSize(ctx context.Context, seq int64) (int64, error) {
	var n int64
	err := db.read.QueryRowContext(ctx, "SELECT coalesce(sum(length(raw) + 100), 0) FROM log WHERE seq > ?", seq).Scan(&n)
	return n, fmtErr("size of the log", err)
}

// CountAfter counts the commits after a place of the log.
func (db *DB) CountAfter(ctx context.Context, seq int64) (int64, error) {
	var n int64
	err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM log WHERE seq > ?", seq).Scan(&n)
	return n, fmtErr("count commits", err)
}
