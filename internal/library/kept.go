package library

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// This file makes the tables again when they are lost. The bytes of packs lie beside the
// tables under their hashes; what is missing then is which of them make up a version. So
// each channel has a small file that says it: the pack.json of the versions that are here,
// and how far the channel has come.

// kept is what is noted of a channel.
type kept struct {
	Channel  string        `json:"channel"`
	Floor    int64         `json:"floor"`
	Hash     string        `json:"hash"` // of the floor's listing
	Reset    int           `json:"reset"`
	Shown    int64         `json:"shown"`
	Seen     string        `json:"seen"` // newest signed time, "" for none
	Versions []keptVersion `json:"versions"`
}

type keptVersion struct {
	Version   int64  `json:"version"`
	Installed string `json:"installed"`
	Raw       string `json:"raw"` // pack.json as it was signed
}

// later reports whether a channel was noted further than another says it has come.
func (k kept) later(c pack.Channel) bool {
	return k.Reset > c.Reset || k.Reset == c.Reset && k.Floor > c.Version
}

func keptFolder(law string) string { return filepath.Join(law, "channels") }

// keptName is the file of a channel: what it begins with keeps a channel called "con" a
// file on Windows.
func (l *Library) keptName(channel string) string {
	return filepath.Join(keptFolder(l.folder), "channel-"+channel+".json")
}

// readKept reads the notes of all channels, by name. One that is damaged is passed over.
func readKept(law string) ([]kept, error) {
	entries, err := os.ReadDir(keptFolder(law))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []kept
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "channel-") || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(keptFolder(law), e.Name()))
		if err != nil {
			return nil, err
		}
		if k, ok := decodeKept(text); ok && e.Name() == "channel-"+k.Channel+".json" {
			out = append(out, k)
		}
	}
	return out, err
}

// The first line is the hash of the others.
func encodeKept(k kept) ([]byte, error) {
	body, err := json.Marshal(k)
	sum := sha256.Sum256(body)
	return append([]byte(hex.EncodeToString(sum[:])+"\n"), body...), err
}

func decodeKept(text []byte) (k kept, ok bool) {
	sum, body, _ := bytes.Cut(text, []byte("\n"))
	want := sha256.Sum256(body)
	return k, string(sum) == hex.EncodeToString(want[:]) && json.Unmarshal(body, &k) == nil
}

// Noted are how far the channels of a data folder have come, without opening its library.
func Noted(dir *datadir.Dir) (map[string]int64, error) {
	all, err := readKept(dir.Law())
	out := make(map[string]int64, len(all))
	for _, k := range all {
		out[k.Channel] = k.Floor
	}
	return out, err
}

// note writes down what the tables hold. It comes after a change that is done already: that
// it fails spoils nothing, the next start does it again.
func (l *Library) note(ctx context.Context) error {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT name, floor, hash, reset, shown, coalesce((SELECT value FROM fact WHERE name = 'seen'), '') FROM channel`)
	if err != nil {
		return sqlitefile.MapError(err)
	}
	defer rows.Close()
	var all []kept
	for rows.Next() {
		var k kept
		if err := rows.Scan(&k.Channel, &k.Floor, &k.Hash, &k.Reset, &k.Shown, &k.Seen); err != nil {
			return sqlitefile.MapError(err)
		}
		all = append(all, k)
	}
	if err := rows.Err(); err != nil {
		return sqlitefile.MapError(err)
	}
	for _, k := range all {
		if k.Versions, err = l.versionsToKeep(ctx, k.Channel); err != nil {
			return err
		}
		text, err := encodeKept(k)
		if err != nil {
			return err
		}
		path := l.keptName(k.Channel)
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
			continue
		}
		if err := errors.Join(datadir.MakeFolder(keptFolder(l.folder)), datadir.WriteFile(path, text)); err != nil {
			return err
		}
	}
	return nil
}

func (l *Library) versionsToKeep(ctx context.Context, channel string) ([]keptVersion, error) {
	rows, err := l.db.Read.QueryContext(ctx, "SELECT version, installed, raw FROM listing WHERE channel = ? ORDER BY version", channel)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var out []keptVersion
	for rows.Next() {
		var v keptVersion
		if err := rows.Scan(&v.Version, &v.Installed, &v.Raw); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		out = append(out, v)
	}
	return out, sqlitefile.MapError(rows.Err())
}

// begin makes an empty library in the place of what is there. A log that was left of another
// file would be laid over the new one, so it goes first.
func (l *Library) begin(ctx context.Context) error {
	for _, tail := range []string{"-wal", "-shm", ""} {
		if err := os.Remove(l.path() + tail); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := create(ctx, l.path()); err != nil {
		return err
	}
	if err := os.Remove(l.brokenMark()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// restore takes in again what was kept and is not in the tables, and keeps what they have.
// A version whose list is not whole is left out; a text whose bytes are gone is not found by
// its words until a pack brings them. The floor stays what it was in any case.
func (l *Library) restore(ctx context.Context) error {
	all, err := readKept(l.folder)
	if err != nil {
		return err
	}
	have, err := l.Channels(ctx)
	if err != nil {
		return err
	}
	for _, k := range all {
		if c, ok := have[k.Channel]; ok && !k.later(c) {
			continue
		}
		if err := l.db.Tx(ctx, func(tx *sql.Tx) error { return l.foldKept(ctx, tx, k) }); err != nil {
			return err
		}
		l.forget()
	}
	if err := l.note(ctx); errors.Is(err, record.ErrDamaged) {
		return err
	}
	_, err = l.standing(ctx) // everybody asks for it first; damage in it is found while it can be mended
	return err
}

func (l *Library) foldKept(ctx context.Context, tx *sql.Tx, k kept) error {
	x, err := newIndexer(ctx, tx)
	if err != nil {
		return err
	}
	defer x.close()
	known, err := knownTexts(ctx, tx)
	if err != nil {
		return err
	}
	var back []int64
	for _, v := range k.Versions {
		f, err := pack.Again([]byte(v.Raw), l.Blob)
		if err != nil || f.Listing.Channel != k.Channel || f.Listing.Version != v.Version {
			continue
		}
		at, err := time.Parse(time.RFC3339, v.Installed)
		if err != nil {
			continue
		}
		for _, t := range textsOf(f, known) {
			pieces, err := l.piecesOf(t.item, t.sum)
			if err != nil { // gone or damaged: a pack brings it again
				continue
			}
			if err := x.add(ctx, t.sum, pieces); err != nil {
				return err
			}
			known[t.sum] = true
		}
		if err := putListing(ctx, tx, f, at); err != nil {
			return err
		}
		back = append(back, v.Version)
	}
	if err := x.finish(ctx); err != nil {
		return err
	}
	shown := int64(0)
	switch {
	case slices.Contains(back, k.Shown):
		shown = k.Shown
	case len(back) > 0:
		shown = slices.Max(back)
	case k.Channel == pack.Starter: // it comes with the program again
		return nil
	}
	if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO channel (name, floor, hash, reset, shown) VALUES (?, ?, ?, ?, ?)",
		k.Channel, k.Floor, k.Hash, k.Reset, shown); err != nil {
		return err
	}
	if _, err := time.Parse(time.RFC3339, k.Seen); err != nil {
		return nil
	}
	_, err = tx.ExecContext(ctx, putSeen, k.Seen)
	return err
}
