package app

import (
	"context"
	"errors"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/store"
)

// target is for whom a file is, and what they have by their own word.
type target struct {
	unit       string
	device     string // one PC of this office; "": the unit
	recipients []string
	practice   bool
	values     bool // personal and internal values go along
	cover      map[oplog.Device][]store.Point
	wants      []string // files they lack, by hash
	only       func(oplog.Device) bool
	made       func() // is told of each file that was sealed for it; nil: nobody
}

// tell says that a file was sealed, unless the work was cancelled.
func (t *target) tell(ctx context.Context) error {
	if t.made != nil {
		t.made()
	}
	return ctx.Err()
}

// key names a target among those of this office.
func (t *target) key() string { return t.unit + "/" + t.device }

// targets are the province and this office's other PCs.
func (a *App) targets(ctx context.Context, s *footing) ([]target, error) {
	own, err := a.ownDevices(ctx)
	if err != nil {
		return nil, err
	}
	recipient, err := a.recipient()
	if err != nil {
		return nil, explain(err)
	}
	receipt, err := a.ownReceipt(ctx, s)
	if err != nil {
		return nil, err
	}
	isOwn := func(d oplog.Device) bool { return own[d] }
	out := []target{{
		unit: s.province(a.catalog()), recipients: recipient.Keys, practice: recipient.Practice,
		cover: coverOf(receipt), wants: receipt.Wants, only: isOwn,
	}}
	machines, err := a.colleagues(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, m := range machines {
		said, err := a.saidBy(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, target{
			unit: s.code, device: m.ID, recipients: []string{m.Recipient}, values: true, cover: pointsOf(said.Heads), wants: said.Wants,
			only: func(oplog.Device) bool { return true }, // what the province said, too
		})
	}
	return out, nil
}

// coverOf is what a receipt says its writer holds, with all branches.
func coverOf(r bundle.Receipt) map[oplog.Device][]store.Point {
	out := map[oplog.Device][]store.Point{}
	for _, d := range r.Devices {
		device, err := oplog.ParseDevice(d.Device)
		if err != nil {
			continue // unreachable: receipts are checked when they are read
		}
		for _, h := range append([]bundle.Head{{N: d.N, Head: d.Head}}, d.Also...) {
			if hash, err := oplog.ParseHash(h.Head); err == nil {
				out[device] = append(out[device], store.Point{N: h.N, Hash: hash})
			}
		}
	}
	return out
}

func pointsOf(heads map[string]bundle.Point) map[oplog.Device][]store.Point {
	out := map[oplog.Device][]store.Point{}
	for id, p := range heads {
		device, err1 := oplog.ParseDevice(id)
		hash, err2 := oplog.ParseHash(p.Hash)
		if errors.Join(err1, err2) == nil {
			out[device] = []store.Point{{N: p.N, Hash: hash}}
		}
	}
	return out
}
