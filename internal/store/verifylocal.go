package store

import (
	"context"
	"crypto/ed25519"
	"fmt"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// proveLocal checks what is in no chain: values without their commit, commits
// that wait, drafts, the list of sealed files and local facts.
func (db *DB) proveLocal(ctx context.Context, q querier, keys map[oplog.Device]ed25519.PublicKey) error {
	for _, prove := range []func(context.Context, querier) error{db.proveSecrets, db.proveDrafts, db.proveMeta, db.proveBundles, db.proveExchange} {
		if err := prove(ctx, q); err != nil {
			return err
		}
	}
	waiting, err := readParked(ctx, q, db.box, "")
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if err := checkIncoming(keys, w); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) proveSecrets(ctx context.Context, q querier) error {
	var orphans int64
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM secret WHERE seq NOT IN (SELECT seq FROM log)").Scan(&orphans)
	if err == nil && orphans > 0 {
		err = fmt.Errorf("%w: values of %d commits that are not here", record.ErrDamaged, orphans)
	}
	return mapError(err)
}

func (db *DB) proveDrafts(ctx context.Context, q querier) error {
	return db.eachDraft(ctx, q, "", func(_ record.Draft, err error) error { return err })
}

func (db *DB) proveMeta(ctx context.Context, q querier) error {
	return eachRow(ctx, q, "SELECT key, value, mac FROM meta", func(row scanTarget) error {
		var key, value string
		var mac []byte
		err := row.Scan(&key, &value, &mac)
		if err == nil {
			err = db.box.isMac(mac, "meta", key, value)
		}
		return err
	})
}

func (db *DB) proveBundles(ctx context.Context, q querier) error {
	return eachRow(ctx, q, "SELECT "+bundleColumns+", mac FROM bundle", func(row scanTarget) error {
		_, err := scanBundle(row, db.box)
		return err
	})
}
