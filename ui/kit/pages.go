package kit

import (
	"context"
	"time"

	"sophobien/internal/record"
)

// pageSize is how many rows are read at once: two screens of them.
const pageSize = 60

// Pages holds the parts of a long list that were looked at. The list is never read
// whole; a part is read when one of its rows comes in sight. P is an answer of the
// office, R a row of it.
type Pages[P, R any] struct {
	Total   int            // rows of the whole list
	OnFirst func(P, error) // the first page of a list came
	OnPage  func()         // another page came

	runner *Runner
	first  *Latest
	parts  func(P) (rows []R, total int)
	read   ReadPage[P]
	rows   map[int][]R
	fresh  map[int]bool // read or being read since the last Load
	turn   int          // grows with each Load: an answer of an earlier one is late
}

// ReadPage reads up to limit rows of a list, the first offset ones left out.
type ReadPage[P any] func(ctx context.Context, offset, limit int) (P, error)

// NewPages makes a list that is empty until Load. Set OnFirst and OnPage before.
func NewPages[P, R any](r *Runner, parts func(P) (rows []R, total int)) *Pages[P, R] {
	return &Pages[P, R]{runner: r, first: NewLatest(r), parts: parts}
}

// Load reads the first page of a list. What is shown stays until it comes.
func (p *Pages[P, R]) Load(read ReadPage[P]) {
	p.read = read
	p.turn++
	Ask(p.first, func(ctx context.Context) (P, error) {
		return read(ctx, 0, pageSize)
	}, func(page P, err error) {
		if err == nil {
			rows, total := p.parts(page)
			p.Total, p.rows = total, map[int][]R{0: rows}
		}
		p.fresh = map[int]bool{} // answers to earlier questions are dropped: their pages may be asked for again
		for n := range p.rows {
			p.fresh[n] = true
		}
		p.OnFirst(page, err)
	})
}

// Row is one row, if it was read; else its page is asked for.
func (p *Pages[P, R]) Row(i int) (row R, there bool) {
	page, at := i/pageSize, i%pageSize
	if at < len(p.rows[page]) {
		return p.rows[page][at], true
	}
	p.ask(page)
	return row, false
}

func (p *Pages[P, R]) ask(page int) {
	if p.fresh == nil || p.fresh[page] {
		return
	}
	p.fresh[page] = true
	read, turn := p.read, p.turn
	Do(p.runner, func(ctx context.Context) (P, error) {
		return read(ctx, page*pageSize, pageSize)
	}, func(got P, err error) {
		if turn != p.turn || err != nil {
			return
		}
		p.rows[page], _ = p.parts(got)
		p.OnPage()
	})
}

// Find is the place of a row among those that were read, or -1.
func (p *Pages[P, R]) Find(is func(R) bool) int {
	for page, rows := range p.rows {
		for i, r := range rows {
			if is(r) {
				return page*pageSize + i
			}
		}
	}
	return -1
}

// YearSpan is the span behind the chips "Năm nay" (this) and "Năm trước" (last);
// anything else is open at both ends.
func YearSpan(chip string, now time.Time) record.Period {
	switch chip {
	case "this":
		return record.YearOf(now.Year())
	case "last":
		return record.YearOf(now.Year() - 1)
	}
	return record.Period{}
}
