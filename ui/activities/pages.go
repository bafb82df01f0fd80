package activities

import (
	"context"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// pageSize is how many lines are read at once: two screens of them.
const pageSize = 50

// pages holds the parts of the list that were looked at. The list is never read
// whole; a part is read when one of its lines comes in sight.
type pages struct {
	runner *kit.Runner
	office Office
	first  *kit.Latest
	filter record.ActivityFilter

	onFirst func(record.ActivityPage, error) // the first page of a filter came
	onPage  func()                           // another page came

	lines map[int][]record.ActivityLine
	fresh map[int]bool // read or being read since the last reload
	total int
	turn  int // grows with each reload: an answer of an earlier one is late
}

func newPages(r *kit.Runner, office Office) *pages {
	return &pages{runner: r, office: office, first: kit.NewLatest(r)}
}

// load reads the first page of a filter. What is shown stays until it comes.
func (p *pages) load(f record.ActivityFilter) {
	p.filter = f
	p.turn++
	f.Offset, f.Limit = 0, pageSize
	kit.Ask(p.first, func(ctx context.Context) (record.ActivityPage, error) {
		return p.office.Activities(ctx, f)
	}, func(page record.ActivityPage, err error) {
		if err == nil {
			p.total = page.Total
			p.lines = map[int][]record.ActivityLine{0: page.Lines}
		}
		p.fresh = map[int]bool{} // answers to earlier questions are dropped: their pages may be asked for again
		for n := range p.lines {
			p.fresh[n] = true
		}
		p.onFirst(page, err)
	})
}

// line is one line, if it was read; else its page is asked for.
func (p *pages) line(i int) (record.ActivityLine, bool) {
	page, at := i/pageSize, i%pageSize
	if at < len(p.lines[page]) {
		return p.lines[page][at], true
	}
	p.ask(page)
	return record.ActivityLine{}, false
}

func (p *pages) ask(page int) {
	if p.fresh == nil || p.fresh[page] {
		return
	}
	p.fresh[page] = true
	f, turn := p.filter, p.turn
	f.Offset, f.Limit = page*pageSize, pageSize
	kit.Do(p.runner, func(ctx context.Context) (record.ActivityPage, error) {
		return p.office.Activities(ctx, f)
	}, func(got record.ActivityPage, err error) {
		if turn != p.turn || err != nil {
			return
		}
		p.lines[page] = got.Lines
		p.onPage()
	})
}

// find is the place of an activity among the lines that were read, or -1.
func (p *pages) find(id record.ID) int {
	for page, lines := range p.lines {
		for i, line := range lines {
			if line.ID == id {
				return page*pageSize + i
			}
		}
	}
	return -1
}
