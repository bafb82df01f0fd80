package app

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Files of evidence travel by their hash, in pieces. The row that names a file says whose
// it is; the pieces say nothing. The province gets the files of signed reports, and
// others only when somebody asks for it: pictures show people.

// mostWanted is how many files are asked for at once; the rest next time.
const mostWanted = 200

// lacking names the files that rows here name and that are not here.
func (a *App) lacking(ctx context.Context) ([]string, error) {
	rows, err := store.All[record.Evidence](ctx, a.db)
	if err != nil {
		return nil, err
	}
	return a.absent(rows)
}

// lackingOf is the same of a unit's signed reports, at the province.
func (a *App) lackingOf(ctx context.Context, unit string) ([]string, error) {
	rows, err := a.reportFiles(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]record.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	units, err := a.db.UnitOf(ctx, "evidence", ids)
	if err != nil {
		return nil, err
	}
	return a.absent(slices.DeleteFunc(rows, func(e record.Evidence) bool { return units[e.ID] != unit }))
}

func (a *App) reportFiles(ctx context.Context) ([]record.Evidence, error) {
	rows, err := store.All[record.Evidence](ctx, a.db)
	return slices.DeleteFunc(rows, func(e record.Evidence) bool { return e.Noun != "report" }), err
}

func (a *App) absent(rows []record.Evidence) ([]string, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	files, err := a.files()
	if err != nil {
		return nil, err
	}
	lacks := map[string]bool{}
	for _, e := range rows {
		if !files.Has(e.SHA256) {
			lacks[e.SHA256] = true
		}
	}
	out := slices.Sorted(maps.Keys(lacks))
	return out[:min(len(out), mostWanted)], nil
}

// sealFiles adds the files a target is to get to those that lie ready: what it asked
// for, the files of reports it has not spoken of yet, and with Evidence every other.
func (a *App) sealFiles(ctx context.Context, s *footing, t *target, ready []store.Sent, o record.HandOverOptions) ([]store.Sent, error) {
	wanted, err := a.wantedBy(ctx, t, o)
	if err != nil {
		return ready, err
	}
	for _, f := range ready {
		for d := range f.Covers {
			delete(wanted, d)
		}
	}
	var pieces []bundle.Piece
	seal1 := func() error {
		made, err := a.sealPieces(ctx, s, t, pieces)
		ready, pieces = append(ready, made...), nil
		return err
	}
	size := 0
	for _, key := range sortedDevices(wanted) {
		e := wanted[key]
		cut, err := a.cutFile(e)
		if err != nil {
			return ready, err
		}
		for _, p := range cut {
			if size+len(p.Data) > bundle.MaxBlob {
				if err := seal1(); err != nil {
					return ready, err
				}
				size = 0
			}
			pieces, size = append(pieces, p), size+len(p.Data)
		}
	}
	if len(pieces) == 0 {
		return ready, nil
	}
	return ready, seal1()
}

func sortedDevices(m map[oplog.Device]record.Evidence) []oplog.Device {
	return slices.SortedFunc(maps.Keys(m), func(x, y oplog.Device) int { return slices.Compare(x[:], y[:]) })
}

// wantedBy are the files for a target, by the beginning of their hash: under that name a
// blob's line on the list of sealed files says what is inside.
func (a *App) wantedBy(ctx context.Context, t *target, o record.HandOverOptions) (map[oplog.Device]record.Evidence, error) {
	rows, err := store.All[record.Evidence](ctx, a.db)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	files, err := a.files()
	if err != nil {
		return nil, err
	}
	spoken, err := a.spokenOf(ctx, t)
	if err != nil {
		return nil, err
	}
	out := map[oplog.Device]record.Evidence{}
	for _, e := range rows {
		asked := slices.Contains(t.wants, e.SHA256)
		news := e.Noun == "report" && !spoken[e.ID] || o.Evidence && !t.values
		if (asked || news) && files.Has(e.SHA256) {
			out[fileKey(e.SHA256)] = e
		}
	}
	return out, nil
}

// spokenOf are the rows of evidence whose entry the target has acknowledged: had it
// lacked the file it would have asked.
func (a *App) spokenOf(ctx context.Context, t *target) (map[record.ID]bool, error) {
	return a.db.RowsWithin(ctx, "evidence", t.cover)
}

// fileKey is the first half of a file's hash, in the place of a device.
func fileKey(sha string) oplog.Device {
	d, err := oplog.ParseDevice(sha[:32])
	if err != nil {
		return oplog.Device{} // unreachable: a row's hash is checked when it is stored
	}
	return d
}

func (a *App) cutFile(e record.Evidence) ([]bundle.Piece, error) {
	files, err := a.files()
	if err != nil {
		return nil, err
	}
	plain, err := files.Read(e.SHA256)
	if errors.Is(err, record.ErrDamaged) || errors.Is(err, record.ErrNotFound) {
		return nil, nil // the check of evidence tells of it; the rest goes all the same
	}
	if err != nil {
		return nil, err
	}
	return bundle.Pieces(e.SHA256, int64(len(plain)), plain)
}

func (a *App) sealPieces(ctx context.Context, s *footing, t *target, pieces []bundle.Piece) ([]store.Sent, error) {
	sender, err := a.sendAs(s, t.unit, t.recipients)
	if err != nil {
		return nil, err
	}
	sender.Values = t.values
	var out []store.Sent
	for len(pieces) > 0 {
		no, err := a.nextNo(ctx)
		if err != nil {
			return out, err
		}
		st := bundle.State{Roster: s.known.Roster.Version, Packs: a.packsHere()}
		sealed, err := bundle.WriteBlob(sender, st, pieces, a.newID(), no, a.stamped())
		if err != nil {
			return out, err
		}
		made, err := a.keepBlob(context.WithoutCancel(ctx), t, sealed, pieces[:sealed.Pieces])
		if err == nil {
			err = t.tell(ctx)
		}
		if err != nil {
			return out, err
		}
		out, pieces = append(out, made), pieces[sealed.Pieces:]
	}
	return out, nil
}

func (a *App) keepBlob(ctx context.Context, t *target, sealed bundle.Sealed, inside []bundle.Piece) (store.Sent, error) {
	if err := datadir.WriteFileVerified(a.outboxPath(sealed.Name), sealed.Bytes); err != nil {
		return store.Sent{}, err
	}
	made := sentOf(sealed.Envelope, sealed.Bytes)
	made.Name, made.Device, made.Practice = sealed.Name, t.device, t.practice
	for _, p := range inside {
		hash, err := oplog.ParseHash(p.SHA256)
		if err != nil {
			return store.Sent{}, err
		}
		key := fileKey(p.SHA256)
		if _, more := made.Covers[key]; !more {
			made.From[key] = p.At
		}
		made.Covers[key] = store.Point{N: p.Size, Hash: hash}
	}
	return made, a.db.AddSent(ctx, made)
}

// takeBlob keeps the pieces of files until each is whole, and the files that are.
func (a *App) takeBlob(ctx context.Context, s *footing, p parcel, plain []byte) (record.Taken, error) {
	pieces, err := bundle.ReadBlob(p.outer.Envelope, plain)
	if err != nil {
		return a.refuse(ctx, p, err)
	}
	files, err := a.files()
	if err != nil {
		return record.Taken{}, err
	}
	t := p.taken(record.TakenApplied)
	t.Name = s.unitName(t.From)
	for _, piece := range pieces {
		if files.Has(piece.SHA256) {
			continue
		}
		whole, err := a.addPiece(piece)
		if err != nil {
			return t, err
		}
		if whole == nil {
			continue
		}
		if _, err := files.Keep(whole); err != nil {
			return t, err
		}
		if err := os.RemoveAll(a.piecesOf(piece.SHA256)); err != nil {
			return t, err
		}
		t.Files++
	}
	n := number(int64(t.Files))
	t.Words = record.Words{
		VI: "Đã nhận gói số " + number(t.No) + " của " + t.Name + ": " + n + " tệp đủ.",
		EN: "Took in file " + number(t.No) + " of " + t.Name + ": " + n + " files are whole.",
	}
	return t, a.noteTaken(ctx, p, t, "")
}

func (a *App) piecesOf(sha string) string { return filepath.Join(a.dir.Pieces(), sha) }

// addPiece keeps a piece and gives the file once it is whole.
func (a *App) addPiece(p bundle.Piece) ([]byte, error) {
	whole, err := bundle.NewAssembly(p.SHA256, p.Size)
	if err != nil {
		return nil, err
	}
	if _, err := whole.Add(p); err != nil {
		return nil, err
	}
	if whole.File() != nil {
		return whole.File(), nil
	}
	folder := a.piecesOf(p.SHA256)
	if err := datadir.MakeFolder(folder); err != nil {
		return nil, err
	}
	if err := datadir.WriteFile(filepath.Join(folder, strconv.FormatInt(p.At, 10)), p.Data); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		at, err := strconv.ParseInt(e.Name(), 10, 64)
		if err != nil {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		if _, err := whole.Add(bundle.Piece{SHA256: p.SHA256, Size: p.Size, At: at, Data: data}); err != nil {
			continue // of another cut of a file of the same name: the honest piece comes again
		}
	}
	return whole.File(), nil
}

// sweepPieces removes parts of files that never became whole, after half a year.
func (a *App) sweepPieces() error {
	entries, err := os.ReadDir(a.dir.Pieces())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		st, problem := e.Info()
		if problem == nil && a.opts.Now().Sub(st.ModTime()) > 180*24*time.Hour {
			err = errors.Join(err, os.RemoveAll(filepath.Join(a.dir.Pieces(), e.Name())))
		}
	}
	return err
}
