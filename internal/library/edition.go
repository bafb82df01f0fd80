package library

import (
	"context"
	"encoding/json"
	"fmt"

	"sophobien/internal/pack"
	"sophobien/internal/sqlitefile"
)

// Edition is a version of a channel that is here, as a later pack builds on it.
func (l *Library) Edition(ctx context.Context, channel string, version int64) (pack.Edition, error) {
	var raw []byte
	row := l.db.Read.QueryRowContext(ctx, "SELECT raw FROM listing WHERE channel = ? AND version = ?", channel, version)
	if err := row.Scan(&raw); err != nil {
		return pack.Edition{}, fmt.Errorf("version %d of channel %s: %w", version, channel, sqlitefile.MapError(err))
	}
	var e pack.Edition
	if err := json.Unmarshal(raw, &e.Listing); err != nil {
		return e, damaged(err)
	}
	var err error
	e.Items, err = listedItems(ctx, l.db.Read, channel, version)
	return e, err
}
