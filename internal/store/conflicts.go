package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// Conflicts lists what waits for a person to choose: fields of which several machines
// said something else without having seen each other, and rows that one deleted and
// another edited, which have no field: their first versions are the deletions. Titles,
// and what values and machines are called, are for the caller to find.
func (db *DB) Conflicts(ctx context.Context) (out []record.Conflict, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		r, err := db.newConflictReader(ctx, q)
		for _, d := range db.nouns.list {
			if err != nil {
				break
			}
			var ids []record.ID
			err = eachRow(ctx, q, "SELECT id FROM "+d.Name+" WHERE flags & 6 <> 0 AND flags & 1 = 0 ORDER BY id", func(row scanTarget) error {
				var id []byte
				err := row.Scan(&id)
				ids = append(ids, idOf(id))
				return err
			})
			for _, id := range ids {
				if err == nil {
					out, err = r.of(record.Ref{Noun: d.Name, ID: id}, out)
				}
			}
		}
		return err
	})
	return out, fmtErr("conflicts", err)
}

// ConflictsOf lists those of one row.
func (db *DB) ConflictsOf(ctx context.Context, ref record.Ref) (out []record.Conflict, _ error) {
	err := db.snapshot(ctx, func(q querier) error {
		r, err := db.newConflictReader(ctx, q)
		if err == nil {
			out, err = r.of(ref, nil)
		}
		return err
	})
	return out, fmtErr("conflicts of a row", err)
}

// conflictReader reads rows and what the log says of them.
type conflictReader struct {
	ctx context.Context
	q   querier
	p   *projector
}

func (db *DB) newConflictReader(ctx context.Context, q querier) (*conflictReader, error) {
	log, err := db.newLogReader(ctx, q)
	return &conflictReader{ctx, q, &projector{ctx: ctx, box: db.box, log: log}}, err
}

// row is a row as the fold has it; nil when there is none.
func (r *conflictReader) row(d *record.Description, id record.ID) (*foldedRow, error) {
	t := &table{d: d, width: len(d.Columns())}
	var out *foldedRow
	err := eachRow(r.ctx, r.q, "SELECT state, sealed, flags, "+columnList(d)+" FROM "+d.Name+" WHERE id = ?", func(row scanTarget) error {
		rec := &rowRecord{cols: make([]any, t.width)}
		dest := []any{&rec.state, &rec.sealed, &rec.flags}
		for i := range rec.cols {
			dest = append(dest, &rec.cols[i])
		}
		err := row.Scan(dest...)
		if err == nil {
			out, err = r.p.unproject(t, record.Ref{Noun: d.Name, ID: id}, rec)
		}
		return err
	}, id[:])
	return out, err
}

func (r *conflictReader) of(ref record.Ref, out []record.Conflict) ([]record.Conflict, error) {
	d, ok := r.p.log.nouns.named[ref.Noun]
	if !ok {
		return out, nil
	}
	row, err := r.row(d, ref.ID)
	if err != nil || row == nil {
		return out, err
	}
	gone, disputed := row.Deleted()
	if gone {
		return out, nil
	}
	if disputed {
		c := record.Conflict{Ref: ref}
		if c.Versions, err = r.dispute(row); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	for i := range d.Fields {
		f := &d.Fields[i]
		if _, conflict := row.Shown(f); !conflict {
			continue
		}
		c := record.Conflict{Ref: ref, Field: f.Name, Words: f.Words}
		if c.Versions, err = r.versions(row.seqs, row.Cells[f.Name]); err != nil {
			return nil, err
		}
		if c.Before, err = r.before(ref, f.Name, row.Cells[f.Name]); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// versions tells heads, the one that is shown first.
func (r *conflictReader) versions(seqs map[oplog.Prefix]int64, heads []oplog.Head) ([]record.Version, error) {
	var out []record.Version
	for i := range heads {
		s, err := r.p.log.at(seqs[heads[i].Dot.Commit])
		if err != nil {
			return nil, err
		}
		out = append(out, versionOf(s, heads[i].Value, heads[i].Dot))
	}
	slices.Reverse(out)
	return out, nil
}

func versionOf(s *storedCommit, v record.Value, dot oplog.Dot) record.Version {
	return record.Version{
		Value: v, Device: s.commit.Device.String(), Officer: s.commit.Officer,
		At: time.UnixMilli(s.commit.Time).UTC().Format(time.RFC3339), Dot: dot.String(),
	}
}

// dispute tells the deletions of a row and then the edits that they had not seen.
func (r *conflictReader) dispute(row *foldedRow) ([]record.Version, error) {
	out, err := r.versions(row.seqs, row.Cells[oplog.FieldDeleted])
	for _, field := range row.Fields() {
		if field[0] == '_' || err != nil {
			continue
		}
		unseen := slices.Clone(row.Cells[field])
		unseen = slices.DeleteFunc(unseen, func(h oplog.Head) bool { return row.Observes(h.Dot) })
		var more []record.Version
		more, err = r.versions(row.seqs, unseen)
		out = append(out, more...)
	}
	return out, err
}

// said is one version of a field and those it replaces.
type said struct {
	version record.Version
	time    int64
	over    []oplog.Dot
}

// before is the newest version that the authors of all heads had replaced: what all of
// them had seen.
func (r *conflictReader) before(ref record.Ref, field string, heads []oplog.Head) (*record.Version, error) {
	all, err := r.history(ref, field)
	if err != nil {
		return nil, err
	}
	var common map[oplog.Dot]bool
	for i := range heads {
		past := map[oplog.Dot]bool{}
		follow(all, heads[i].Dot, past)
		if common == nil {
			common = past
		}
		maps.DeleteFunc(common, func(d oplog.Dot, _ bool) bool { return !past[d] })
	}
	dots := slices.SortedFunc(maps.Keys(common), func(a, b oplog.Dot) int {
		x, y := all[a], all[b]
		return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(x.version.Device, y.version.Device), a.Compare(b))
	})
	if len(dots) == 0 {
		return nil, nil
	}
	v := all[newest(all, dots)].version
	return &v, nil
}

// newest is the last of versions that none of the others had replaced: clocks may be wrong.
func newest(all map[oplog.Dot]said, dots []oplog.Dot) oplog.Dot {
	replaced := map[oplog.Dot]bool{}
	for _, d := range dots {
		follow(all, d, replaced)
	}
	for _, d := range slices.Backward(dots) {
		if !replaced[d] {
			return d
		}
	}
	return dots[len(dots)-1]
}

// follow collects what a version replaced, and what that had replaced.
func follow(all map[oplog.Dot]said, dot oplog.Dot, into map[oplog.Dot]bool) {
	for _, over := range all[dot].over {
		if _, here := all[over]; here && !into[over] {
			into[over] = true
			follow(all, over, into)
		}
	}
}

// history are all versions of a field that are here.
func (r *conflictReader) history(ref record.Ref, field string) (map[oplog.Dot]said, error) {
	seqs, err := seqsOf(r.ctx, r.q, ref)
	out := map[oplog.Dot]said{}
	for _, seq := range seqs {
		if err != nil {
			break
		}
		var s *storedCommit
		if s, err = r.p.log.at(seq); err != nil {
			break
		}
		for i := range s.commit.Ops {
			o := &s.commit.Ops[i]
			for k := range o.Cells {
				if o.Ref != ref || o.Cells[k].Field != field {
					continue
				}
				dot := o.DotOf(s.commit.Hash.Prefix(), i, field)
				v, _ := r.p.log.valueOf(s, i, &o.Cells[k])
				out[dot] = said{versionOf(s, v, dot), s.commit.Time, o.Over}
			}
		}
	}
	return out, err
}
