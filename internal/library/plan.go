package library

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/sqlitefile"
)

// Plan is what a pack would change, before anything is changed.
type Plan struct {
	pack.Changes
	Anchors map[string][]string // by item: provisions that read otherwise, or that are amended or repealed
	Bytes   int64               // to be written
	Missing []pack.Blob         // neither here nor in the pack: it cannot be installed
}

// Plan compares a proven pack with the newest version that was taken in of its channel. It
// refuses what does not fit on the disk.
func (l *Library) Plan(ctx context.Context, f *pack.File) (Plan, error) {
	have, err := l.Channels(ctx)
	if err != nil {
		return Plan{}, err
	}
	before, err := listedItems(ctx, l.db.Read, f.Listing.Channel, have[f.Listing.Channel].Version)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Changes: pack.Compare(before, f.Items), Anchors: map[string][]string{}}
	p.Missing = f.Missing(func(sum string) bool { return l.blobs.has(sum, -1) })
	if len(p.Missing) > 0 {
		return p, nil
	}
	n, err := l.needs(ctx, f)
	if err != nil {
		return Plan{}, err
	}
	for _, b := range n.blobs {
		p.Bytes += b.Size
	}
	if err := datadir.Need(l.folder, n.room()); err != nil {
		return p, err
	}
	for _, list := range [][]pack.Change{p.Amended, p.Ended} {
		for _, c := range list {
			if err := ctx.Err(); err != nil {
				return p, err
			}
			if p.Anchors[c.Item.ID], err = l.otherwise(f, c); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// otherwise are the provisions of an item that read otherwise than before, or that
// another item says it changes.
func (l *Library) otherwise(f *pack.File, c pack.Change) ([]string, error) {
	anchors := c.Anchors()
	if c.Wording && c.Item.Kind == string(record.LawDocument) {
		impact, err := l.impact(f, c.Was.Wordings, c.Item.Wordings)
		if err != nil {
			return nil, err
		}
		anchors = append(anchors, impact...)
	}
	slices.Sort(anchors)
	return slices.Compact(anchors), nil
}

// impact follows the texts of an item: each new one is compared with the one that it
// takes the place of, or with the one before it.
func (l *Library) impact(f *pack.File, before, after []pack.Wording) ([]string, error) {
	var out []string
	for _, w := range after {
		if slices.ContainsFunc(before, func(b pack.Wording) bool { return b.SHA256 == w.SHA256 }) {
			continue
		}
		at := wordingOn(before, w.From)
		if at < 0 {
			continue // the first text there is: everything is new
		}
		was, err := l.Text(before[at].SHA256)
		if err != nil {
			return nil, err
		}
		is, err := l.textIn(f, w.SHA256)
		if err != nil {
			return nil, err
		}
		out = append(out, law.ImpactOf(was, is).Own...)
	}
	return out, nil
}

// textIn reads a text that is here, or still in the pack.
func (l *Library) textIn(f *pack.File, sum string) (law.Text, error) {
	if l.blobs.has(sum, -1) {
		return l.Text(sum)
	}
	var b limited
	if err := f.Copy(sum, &b); err != nil {
		return nil, err
	}
	return law.DecodeText(b.data)
}

// limited takes no more than a text may have.
type limited struct{ data []byte }

func (b *limited) Write(p []byte) (int, error) {
	if len(b.data)+len(p) > law.MaxText {
		return 0, pack.ErrTooLarge
	}
	b.data = append(b.data, p...)
	return len(p), nil
}

// Standing is what this PC holds of a channel.
type Standing struct {
	Channel   string
	Version   int64 // the newest taken in
	Shown     int64
	Versions  []Version // that can be shown, the newest first
	Begun     int64     // version of a pack that was begun and is not installed; 0 for none
	BegunTime time.Time
}

// Version is a listing that is here.
type Version struct {
	Listing   pack.Listing
	Installed time.Time
}

// Standings are all channels, by name, those of which a first pack was only begun too.
func (l *Library) Standings(ctx context.Context) ([]Standing, error) {
	rows, err := l.db.Read.QueryContext(ctx, `SELECT name, max(floor), max(shown), max(version), max(at) FROM (
		SELECT name, floor, shown, 0 AS version, '' AS at FROM channel UNION ALL SELECT channel, 0, 0, version, at FROM begun) GROUP BY name ORDER BY name`)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var out []Standing
	for rows.Next() {
		var s Standing
		var at string
		if err := rows.Scan(&s.Channel, &s.Version, &s.Shown, &s.Begun, &at); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		s.BegunTime, _ = time.Parse(time.RFC3339, at) // zero when nothing was begun
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		return nil, sqlitefile.MapError(err)
	}
	for i := range out {
		if out[i].Versions, err = l.versions(ctx, out[i].Channel); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (l *Library) versions(ctx context.Context, channel string) ([]Version, error) {
	rows, err := l.db.Read.QueryContext(ctx, "SELECT raw, installed FROM listing WHERE channel = ? ORDER BY version DESC", channel)
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var out []Version
	for rows.Next() {
		var raw []byte
		var at string
		var v Version
		if err := rows.Scan(&raw, &at); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		if err := json.Unmarshal(raw, &v.Listing); err != nil {
			return nil, damaged(err)
		}
		if v.Installed, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, damaged(err)
		}
		out = append(out, v)
	}
	return out, sqlitefile.MapError(rows.Err())
}
