package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// How the lists of people are kept in step with commits.

// manyRowsLate is from how many new rows on the lists are put in order beside other
// work, instead of when somebody looks.
const manyRowsLate = 2000

// follow notes what commits have changed.
func (l *peopleLists) follow(o *outcome) {
	l.queued.Lock()
	defer l.queued.Unlock()
	n := 0
	for _, some := range o.attended {
		l.queued.fresh = append(l.queued.fresh, some)
		n += len(some)
	}
	if l.queued.again == nil {
		l.queued.again = map[record.Ref]bool{}
	}
	maps.Copy(l.queued.again, o.listed)
	if n+len(o.listed) > manyRowsLate {
		l.late.Go(func() { l.settleLate() })
	}
}

func (l *peopleLists) settleLate() {
	<-l.ready
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.settle(context.Background()) == nil { // who looks next meets the error again
		l.names.mu.RUnlock()
	}
}

// settle brings rows and orders up to date and leaves the names locked for reading,
// unless it fails.
func (l *peopleLists) settle(ctx context.Context) error {
	x := l.names
	var moved []int32
	for {
		x.wait()
		x.mu.Lock()
		x.catchUp()
		moved = append(moved, x.moved...)
		x.moved = nil
		x.mu.Unlock()
		x.mu.RLock()
		if len(x.late)+len(x.moved) == 0 {
			break
		}
		x.mu.RUnlock()
	}
	err := x.err
	if err == nil {
		err = l.takeQueued(context.WithoutCancel(ctx))
	}
	if err != nil {
		x.mu.RUnlock()
		x.mu.Lock()
		x.moved = append(x.moved, moved...) // for who looks next
		x.mu.Unlock()
		return err
	}
	l.adopt()
	if len(moved) > 0 {
		l.orderNames(moved)
	}
	if len(moved) > 0 || l.changed {
		l.work()
		l.changed = false
	}
	return nil
}

// adopt gives attendances their people who have come since.
func (l *peopleLists) adopt() {
	for i, id := range l.orphans {
		if person, there := l.names.byID.find(id); there {
			l.rows[i].person = person
			delete(l.orphans, i)
			l.changed = true
		}
	}
}

func (l *peopleLists) takeQueued(ctx context.Context) error {
	l.queued.Lock()
	fresh, again := l.queued.fresh, l.queued.again
	l.queued.fresh, l.queued.again = nil, nil
	l.queued.Unlock()
	for _, some := range fresh {
		for _, s := range some {
			l.put(s)
		}
	}
	err := l.readAgain(ctx, again)
	if err != nil {
		l.queued.Lock()
		if l.queued.again == nil {
			l.queued.again = map[record.Ref]bool{}
		}
		maps.Copy(l.queued.again, again)
		l.queued.Unlock()
	}
	return err
}

// mostAgain is how many rows are looked up one by one at most; of more, all are read.
const mostAgain = 20_000

func (l *peopleLists) readAgain(ctx context.Context, again map[record.Ref]bool) error {
	if len(again) > mostAgain {
		for i := range l.rows {
			l.rows[i].flags = rowGone
		}
		return l.readAll(ctx, l.putScanned)
	}
	by := map[string][]any{}
	for ref := range again {
		if i, ok := l.byID.find(ref.ID); ok && ref.Noun == "attendance" {
			l.rows[i].flags = rowGone // unless it is found below
			l.changed = true
		}
		by[ref.Noun] = append(by[ref.Noun], append([]byte(nil), ref.ID[:]...))
	}
	for noun, read := range map[string]struct {
		query string
		scan  func(scanTarget) error
	}{
		"unit":       {fmt.Sprintf(selectUnitNames, unitName("unit")), l.scanUnit},
		"activity":   {selectHeld, l.scanActivity},
		"attendance": {selectAttendance, l.putScanned},
	} {
		for ids := range slices.Chunk(by[noun], 200) {
			these := read.query + " WHERE id IN (?" + strings.Repeat(",?", len(ids)-1) + ")"
			if err := eachRow(ctx, l.names.db.read, these, read.scan, ids...); err != nil {
				return err
			}
		}
	}
	return nil
}
