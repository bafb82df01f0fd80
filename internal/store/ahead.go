package store

import (
	"fmt"

	"sophobien/internal/record"
)

// prepared is a commit made ahead: with its place, its sealed secrets and the
// rows it makes.
type prepared struct {
	s      *storedCommit
	edits  []record.Edit // it is made of
	sealed []byte
	err    error
}

// newAtOnce is how many new rows one commit holds at most: several commits are under
// way at a time.
const newAtOnce = 512

// NewRows writes rows that do not exist yet, as part of the action under way: the
// edits that more gives until it gives none. Commits are made and sealed while those
// before them are being written, since hashing, signing and sealing take as long as
// writing; more runs beside the writing and must not use the transaction.
func (t *Tx) NewRows(more func() ([]record.Edit, error)) error {
	b, err := t.newBuilder()
	if err != nil {
		return err
	}
	var last int64
	if err := t.tx.QueryRowContext(t.ctx, "SELECT coalesce(max(seq), 0) FROM log").Scan(&last); err != nil {
		return mapError(err)
	}
	b.most = newAtOnce
	ahead := &maker{builder: b, rows: rowMaker{t.p.box, t.p.log.nouns, t.p.log.erased}, more: more} // nobody erases meanwhile
	stop := make(chan struct{})
	parts := ahead.finish(ahead.run(last, stop))
	defer func() {
		close(stop)
		for range parts { // until the other side has ended
		}
	}()
	for p := range parts {
		err := p.err
		if err == nil {
			err = t.writePrepared(p)
		}
		if err != nil {
			return err
		}
		t.done.add(p.s)
		p.s.fresh, p.s.people = nil, nil // written and told
	}
	return nil
}

// maker makes commits of new rows ahead of their being written.
type maker struct {
	*builder
	rows rowMaker
	more func() ([]record.Edit, error)
}

// run makes commits until there are no more edits, it fails or is told to stop.
func (m *maker) run(seq int64, stop <-chan struct{}) <-chan prepared {
	out := make(chan prepared)
	go func() {
		defer close(out)
		for {
			p := m.prepare(seq + 1)
			if p.err == nil && p.s == nil {
				return
			}
			seq++
			select {
			case out <- p:
			case <-stop:
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	return out
}

// prepare makes the next commit; an empty one at the end.
func (m *maker) prepare(seq int64) prepared {
	for {
		if err := m.fill(); err != nil || len(m.left) == 0 {
			return prepared{err: err}
		}
		c, secrets, edits, err := m.next()
		if err != nil {
			return prepared{err: err}
		}
		if c == nil {
			continue
		}
		s := &storedCommit{seq: seq, commit: c}
		s.join(secrets)
		return prepared{s: s, edits: edits}
	}
}

// finish makes the rows of commits and seals what is secret of them.
func (m *maker) finish(in <-chan prepared) <-chan prepared {
	out := make(chan prepared, 1)
	go func() {
		defer close(out)
		for p := range in {
			if p.err == nil {
				m.rows.makeOf(p.s, p.edits)
				p.sealed = m.rows.box.sealed(p.s)
				p.edits = nil
			}
			out <- p
		}
	}()
	return out
}

// fill reads edits until there are as many as a commit holds, or no more.
func (m *maker) fill() error {
	for m.more != nil && len(m.left) < m.most {
		edits, err := m.more()
		if err != nil {
			return err
		}
		for i := range edits {
			if !edits[i].Encoded() {
				return fmt.Errorf("%w: %s is not a new row", record.ErrInvalid, edits[i].Ref)
			}
		}
		if len(edits) == 0 {
			m.more = nil
		}
		m.left = append(m.left, edits...)
	}
	return nil
}

func (t *Tx) writePrepared(p prepared) error {
	seq, err := insertLine(t.ctx, t.tx, p.s.commit)
	if err == nil && seq != p.s.seq {
		err = fmt.Errorf("%w: a commit got place %d of the log, %d was expected", record.ErrDamaged, seq, p.s.seq)
	}
	if err == nil {
		err = writeBox(t.ctx, t.tx, seq, p.sealed)
	}
	if err != nil {
		return err
	}
	return t.p.apply(p.s)
}
