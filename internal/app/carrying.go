package app

import (
	"errors"
	"path/filepath"
	"time"

	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/transport/folder"
)

// carryOut writes a file of others into a folder; one that is damaged goes nowhere.
func (a *App) carryOut(where string, k outbox.Kept, out *record.HandedOver) error {
	raw, err := a.shelf(a.dir.Carried()).Read(k)
	if errors.Is(err, record.ErrDamaged) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := folder.Write(filepath.Join(where, carriedFolder), k.Original(), raw); err != nil {
		return err
	}
	out.Carried = append(out.Carried, k.Original())
	return nil
}

// keepCarried is how long a file of others is carried along, and carriedFolder where on
// a stick such files stand.
const (
	keepCarried   = 60 * 24 * time.Hour
	carriedFolder = "chuyen-ho"
)

// carried are the files of others that are still to be carried along.
func (a *App) carried() ([]outbox.Kept, error) {
	shelf := a.shelf(a.dir.Carried())
	if err := shelf.Expire(a.opts.Now().Add(-keepCarried)); err != nil {
		return nil, err
	}
	return shelf.List()
}
