package ledger

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// pageSize is how many rows are read at once: two screens of them.
const pageSize = 60

// lister is the part of the office that reads lists.
type lister interface {
	Rows(ctx context.Context, f record.ListFilter) (record.ListPage, error)
}

// pages holds the parts of a list that were looked at. The list is never read
// whole; a part is read when one of its rows comes in sight.
type pages struct {
	runner *kit.Runner
	office lister
	first  *kit.Latest
	filter record.ListFilter

	onFirst func(record.ListPage, error) // the first page of a filter came
	onPage  func()                       // another page came

	rows  map[int][]record.ListRow
	fresh map[int]bool // read or being read since the last reload
	total int
	turn  int // grows with each reload: an answer of an earlier one is late
}

func newPages(r *kit.Runner, office lister) *pages {
	return &pages{runner: r, office: office, first: kit.NewLatest(r)}
}

// load reads the first page of a filter. What is shown stays until it comes.
func (p *pages) load(f record.ListFilter) {
	p.filter = f
	p.turn++
	f.Offset, f.Limit = 0, pageSize
	kit.Ask(p.first, func(ctx context.Context) (record.ListPage, error) {
		return p.office.Rows(ctx, f)
	}, func(page record.ListPage, err error) {
		if err == nil {
			p.total = page.Total
			p.rows = map[int][]record.ListRow{0: page.Rows}
		}
		p.fresh = map[int]bool{} // answers to earlier questions are dropped: their pages may be asked for again
		for n := range p.rows {
			p.fresh[n] = true
		}
		p.onFirst(page, err)
	})
}

// row is one row, if it was read; else its page is asked for.
func (p *pages) row(i int) (record.ListRow, bool) {
	page, at := i/pageSize, i%pageSize
	if at < len(p.rows[page]) {
		return p.rows[page][at], true
	}
	p.ask(page)
	return record.ListRow{}, false
}

func (p *pages) ask(page int) {
	if p.fresh == nil || p.fresh[page] {
		return
	}
	p.fresh[page] = true
	f, turn := p.filter, p.turn
	f.Offset, f.Limit = page*pageSize, pageSize
	kit.Do(p.runner, func(ctx context.Context) (record.ListPage, error) {
		return p.office.Rows(ctx, f)
	}, func(got record.ListPage, err error) {
		if turn != p.turn || err != nil {
			return
		}
		p.rows[page] = got.Rows
		p.onPage()
	})
}

// find is the place of a row among those that were read, or -1.
func (p *pages) find(id record.ID) int {
	for page, rows := range p.rows {
		for i, r := range rows {
			if r.ID == id {
				return page*pageSize + i
			}
		}
	}
	return -1
}
