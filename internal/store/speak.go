package store

import (
	"crypto/ed25519"
	"maps"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// commitAll commits edits in the streams they belong to: an office has one; a province
// has one for its own work and one for each unit it speaks to. What the author has no
// right to say is refused before it is said.
func (t *Tx) commitAll(edits []record.Edit) error {
	if t.p.log.rights == nil && len(t.w.To) == 0 {
		return t.commit(edits)
	}
	by := map[string][]record.Edit{}
	streams := t.streamUnits()
	for _, e := range edits {
		unit, err := t.unitFor(e, streams)
		if err != nil {
			return err
		}
		by[unit] = append(by[unit], e)
	}
	own := t.w.Key
	defer func() { t.w.Key = own }()
	for _, unit := range slices.Sorted(maps.Keys(by)) {
		if t.w.Key = own; unit != "" {
			t.w.Key = t.w.To[unit]
		}
		if err := t.commit(by[unit]); err != nil {
			return err
		}
	}
	return nil
}

// streamUnits says of the writer's streams to whom they speak.
func (t *Tx) streamUnits() map[oplog.Device]string {
	out := map[oplog.Device]string{}
	for unit, key := range t.w.To {
		out[oplog.DeviceOf(key.Public().(ed25519.PublicKey))] = unit
	}
	return out
}

// unitFor is the unit in whose stream an edit belongs, "" the writer's own.
func (t *Tx) unitFor(e record.Edit, streams map[oplog.Device]string) (string, error) {
	if e.New {
		if e.To != "" && t.w.To[e.To] == nil {
			return "", refuseSpeak(e.Ref)
		}
		return e.To, nil
	}
	if record.Shared(e.Ref.Noun) {
		return "", nil
	}
	row, err := t.p.row(e.Ref)
	if err != nil || row == nil {
		return "", err
	}
	var author oplog.Device
	if row.base[0] > 0 {
		m, err := t.p.log.meta(row.base[0])
		if err != nil {
			return "", err
		}
		if unit, ok := streams[m.device]; ok {
			return unit, nil
		}
		author = m.device
	}
	owner, err := rowOwner(t.ctx, t.tx, t.db.box, t.p.log, e.Ref)
	if err != nil || owner == "" {
		return "", err
	}
	if t.w.To[owner] == nil || e.Delete || e.Revive || len(e.Erase) > 0 {
		return "", refuseSpeak(e.Ref)
	}
	for field := range e.Set {
		if !record.ProvinceMay(e.Ref.Noun, field) {
			return "", refuseSpeak(e.Ref)
		}
	}
	if home := t.w.Home[author]; t.w.To[home] != nil {
		return home, nil
	}
	return owner, nil
}

func refuseSpeak(ref record.Ref) error {
	words := record.Words{VI: "dòng", EN: "row"}
	if d, ok := record.Describe(ref.Noun); ok {
		words = d.Words
	}
	return record.Refuse(record.ErrConflict,
		"Bản ghi này ("+words.VI+") của đơn vị khác: ở đây chỉ xem, đơn vị đó mới sửa được.",
		"This record ("+words.EN+") is another unit's: it can be read here, and only that unit can change it.")
}
