package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Sent is a sealed file made here and how far it came.
type Sent struct {
	ID       string
	No       int64
	Kind     string
	Name     string
	Unit     string // code of the receiver
	Device   string // "" or the one PC of this office it is for
	Created  time.Time
	Size     int64
	SHA256   string
	Practice bool
	Commits  int64
	Covers   map[oplog.Device]Point // when the receiver has all of these it is accepted
	From     map[oplog.Device]int64 // where each of them begins in the file; 0 or none: at the beginning
	State    record.HandOverState
	Reason   string   // code of the receiver's reason
	Places   []string // where it was written, the last first
	Stated   time.Time
}

const sentColumns = "id, no, kind, name, unit, device, created, size, sha256, practice, commits, covers, state, reason, places, stated"

// cols are the columns in the order of sentColumns.
func (s *Sent) cols() []any {
	covers := map[string]covered{}
	for d, p := range s.Covers {
		covers[d.String()] = covered{p, s.From[d]}
	}
	return []any{s.ID, s.No, s.Kind, s.Name, s.Unit, s.Device, s.Created.UnixMilli(), s.Size, s.SHA256, s.Practice, s.Commits,
		string(mustJSON(covers)), string(s.State), s.Reason, string(mustJSON(s.Places)), milli(s.Stated)}
}

// covered is what a sealed file holds of a stream, as it is kept: [number, hash], and where
// it begins if that is not at the beginning.
type covered struct {
	Point
	from int64
}

// MarshalJSON writes it.
func (c covered) MarshalJSON() ([]byte, error) {
	if c.from == 0 {
		return c.Point.MarshalJSON()
	}
	return json.Marshal([]any{c.N, c.Hash.String(), c.from})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *covered) UnmarshalJSON(text []byte) error {
	if err := c.Point.UnmarshalJSON(text); err != nil {
		return err
	}
	return json.Unmarshal(text, &[]any{new(int64), new(string), &c.from})
}

// MarshalJSON writes a point as [number, hash].
func (p Point) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.N, p.Hash.String()}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Point) UnmarshalJSON(text []byte) error {
	var hash string
	if err := json.Unmarshal(text, &[]any{&p.N, &hash}); err != nil {
		return err
	}
	var err error
	p.Hash, err = oplog.ParseHash(hash)
	return err
}

// milli is an instant as it is kept, 0 for none.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func timeOf(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// AddSent records a sealed file that stands whole on its disk.
func (db *DB) AddSent(ctx context.Context, s Sent) error {
	return fmtErr("record a sealed file", db.writeLocal(ctx, db.write, "sent", sentColumns, s.cols()))
}

// writeLocal puts a row that is in no chain in the place of the one with its key.
func (db *DB) writeLocal(ctx context.Context, q querier, table, columns string, cols []any) error {
	_, err := q.ExecContext(ctx, "INSERT OR REPLACE INTO "+table+" ("+columns+", mac) VALUES (?"+repeat(",?", len(cols))+")",
		append(slices.Clip(cols), db.box.mac(table, cols...))...)
	return mapError(err)
}

func repeat(s string, n int) string {
	out := make([]byte, 0, n*len(s))
	for range n {
		out = append(out, s...)
	}
	return string(out)
}

// SetSent notes how far a sealed file came: where it was written (nil: as before), or
// what its receiver says of it and when.
func (db *DB) SetSent(ctx context.Context, id string, state record.HandOverState, reason string, places []string, stated time.Time) error {
	return fmtErr("state of a sealed file", db.tx(ctx, func(tx *sql.Tx) error {
		list, err := readSent(ctx, tx, db.box)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(s Sent) bool { return s.ID == id })
		if at < 0 {
			return record.Refuse(record.ErrNotFound, "Không tìm thấy gói này trong danh sách đã đóng.", "This bundle is not among those made here.")
		}
		s := list[at]
		s.State, s.Reason = state, reason
		if places != nil {
			s.Places = places
		}
		if !stated.IsZero() {
			s.Stated = stated
		}
		return db.writeLocal(ctx, tx, "sent", sentColumns, s.cols())
	}))
}

// LastNo is the greatest running number of the sealed files made here, 0 before the first.
func (db *DB) LastNo(ctx context.Context) (no int64, _ error) {
	err := db.read.QueryRowContext(ctx, "SELECT max(coalesce((SELECT max(no) FROM sent), 0), coalesce((SELECT max(no) FROM bundle), 0))").Scan(&no)
	return no, fmtErr("number of the last sealed file", err)
}

// SentList lists the sealed files made here, the newest first, also those of before there
// were receipts.
func (db *DB) SentList(ctx context.Context) (out []Sent, _ error) {
	err := db.snapshot(ctx, func(q querier) (err error) {
		out, err = readSent(ctx, q, db.box)
		return err
	})
	return out, fmtErr("list sealed files", err)
}

func readSent(ctx context.Context, q querier, b *box) ([]Sent, error) {
	var out []Sent
	have := map[string]bool{}
	err := eachRow(ctx, q, "SELECT "+sentColumns+", mac FROM sent", func(row scanTarget) error {
		s, err := scanSent(row, b)
		out, have[s.ID] = append(out, s), true
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, q, "SELECT "+bundleColumns+", mac FROM bundle", func(row scanTarget) error {
		x, err := scanBundle(row, b)
		if err == nil && !have[x.ID] { // the table stays as it was: its rows are copied when they change
			out = append(out, Sent{
				ID: x.ID, No: x.No, Kind: "log", Name: x.Name, Unit: x.Recipient, Created: x.Created, Size: x.Size, SHA256: x.SHA256,
				Practice: x.Practice, Commits: x.Commits, State: record.StatePacked, Places: []string{x.Path},
			})
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b Sent) int { return int(max(-1, min(1, b.No-a.No))) })
	return out, err
}

func scanSent(row scanTarget, b *box) (Sent, error) {
	var s Sent
	var created, stated int64
	var covers, places string
	var mac []byte
	err := row.Scan(&s.ID, &s.No, &s.Kind, &s.Name, &s.Unit, &s.Device, &created, &s.Size, &s.SHA256, &s.Practice, &s.Commits,
		&covers, &s.State, &s.Reason, &places, &stated, &mac)
	if err != nil {
		return s, mapError(err)
	}
	s.Created, s.Stated = time.UnixMilli(created), timeOf(stated)
	by := map[string]covered{}
	if json.Unmarshal([]byte(covers), &by) != nil || json.Unmarshal([]byte(places), &s.Places) != nil {
		return s, b.isMac(nil, "sent")
	}
	for text, p := range by {
		d, err := oplog.ParseDevice(text)
		if err != nil {
			return s, err
		}
		if s.Covers == nil {
			s.Covers, s.From = map[oplog.Device]Point{}, map[oplog.Device]int64{}
		}
		s.Covers[d] = p.Point
		if p.from > 0 {
			s.From[d] = p.from
		}
	}
	return s, b.isMac(mac, "sent", s.cols()...)
}

// Taken is a file that was taken in, whatever became of it.
type Taken struct {
	SHA256   string // of the file as it came
	ID       string // of the bundle, "" when it could not be read
	Kind     string
	Unit     string // code of the sender
	Device   string
	No       int64
	Name     string
	Created  string // as the sender's clock had it
	Through  string // day up to which the sender says its register is complete
	Received time.Time
	State    record.TakenState
	Reason   string
	Commits  int64
}

const takenColumns = "sha256, id, kind, unit, device, no, name, created, through, received, state, reason, commits"

func (x *Taken) cols() []any {
	return []any{x.SHA256, x.ID, x.Kind, x.Unit, x.Device, x.No, x.Name, x.Created, x.Through, milli(x.Received), string(x.State), x.Reason, x.Commits}
}

// AddTaken records a file that was taken in. When it comes again its state is the new
// one, the day it came the first.
func (db *DB) AddTaken(ctx context.Context, x Taken) error {
	return fmtErr("record a file taken in", db.tx(ctx, func(tx *sql.Tx) error {
		before, ok, err := oneTaken(ctx, tx, db.box, x.SHA256)
		if err != nil {
			return err
		}
		if ok {
			x.Received = before.Received
		}
		return db.writeLocal(ctx, tx, "taken", takenColumns, x.cols())
	}))
}

// TakenList lists the files that came from a unit, the newest first; "" those of all.
func (db *DB) TakenList(ctx context.Context, unit string) ([]Taken, error) {
	out, err := readTaken(ctx, db.read, db.box, " WHERE ?1 = '' OR unit = ?1 ORDER BY received DESC, no DESC, sha256", unit)
	return out, fmtErr("list files taken in", err)
}

// TakenBySHA finds a file that came before; ok is false when it did not.
func (db *DB) TakenBySHA(ctx context.Context, sha256 string) (x Taken, ok bool, _ error) {
	x, ok, err := oneTaken(ctx, db.read, db.box, sha256)
	return x, ok, fmtErr("file taken in", err)
}

func oneTaken(ctx context.Context, q querier, b *box, sha256 string) (Taken, bool, error) {
	list, err := readTaken(ctx, q, b, " WHERE sha256 = ?", sha256)
	if err != nil || len(list) == 0 {
		return Taken{}, false, err
	}
	return list[0], true, nil
}

func readTaken(ctx context.Context, q querier, b *box, where string, args ...any) (out []Taken, _ error) {
	err := eachRow(ctx, q, "SELECT "+takenColumns+", mac FROM taken"+where, func(row scanTarget) error {
		var x Taken
		var received int64
		var mac []byte
		err := row.Scan(&x.SHA256, &x.ID, &x.Kind, &x.Unit, &x.Device, &x.No, &x.Name, &x.Created, &x.Through, &received, &x.State, &x.Reason, &x.Commits, &mac)
		if err != nil {
			return err
		}
		x.Received = timeOf(received)
		out = append(out, x)
		return b.isMac(mac, "taken", x.cols()...)
	}, args...)
	return out, err
}

// SetReceipt keeps the newest receipt from or to a unit, as its exact line. One with a
// smaller number than the one that is here changes nothing.
func (db *DB) SetReceipt(ctx context.Context, unit string, no int64, line []byte) error {
	return fmtErr("keep a receipt", db.tx(ctx, func(tx *sql.Tx) error {
		have, _, err := readReceipt(ctx, tx, db.box, unit)
		if err != nil || have > no {
			return err
		}
		return db.writeLocal(ctx, tx, "receipt", receiptColumns, []any{unit, no, line})
	}))
}

// DropReceipt forgets the receipt from a unit, so that the next counts anew.
func (db *DB) DropReceipt(ctx context.Context, unit string) error {
	return fmtErr("forget a receipt", db.tx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM receipt WHERE unit = ?", unit)
		return mapError(err)
	}))
}

const receiptColumns = "unit, no, line"

// Receipt gives the newest receipt from or to a unit; no is 0 when there is none.
func (db *DB) Receipt(ctx context.Context, unit string) (no int64, line []byte, _ error) {
	no, line, err := readReceipt(ctx, db.read, db.box, unit)
	return no, line, fmtErr("read a receipt", err)
}

func readReceipt(ctx context.Context, q querier, b *box, unit string) (no int64, line []byte, _ error) {
	no, line, err := scanReceipt(q.QueryRowContext(ctx, "SELECT "+receiptColumns+", mac FROM receipt WHERE unit = ?", unit), b)
	if errors.Is(err, record.ErrNotFound) {
		return 0, nil, nil
	}
	return no, line, err
}

func scanReceipt(row scanTarget, b *box) (no int64, line []byte, _ error) {
	var unit string
	var mac []byte
	if err := row.Scan(&unit, &no, &line, &mac); err != nil {
		return 0, nil, mapError(err)
	}
	return no, line, b.isMac(mac, "receipt", unit, no, line)
}

// proveExchange checks what is kept of sealed files and receipts, and the commits that
// are held.
func (db *DB) proveExchange(ctx context.Context, q querier) error {
	if _, err := readSent(ctx, q, db.box); err != nil {
		return err
	}
	if _, err := readTaken(ctx, q, db.box, ""); err != nil {
		return err
	}
	err := eachRow(ctx, q, "SELECT "+receiptColumns+", mac FROM receipt", func(row scanTarget) error {
		_, _, err := scanReceipt(row, db.box)
		return err
	})
	if err != nil {
		return err
	}
	return db.proveHeld(ctx, q)
}
