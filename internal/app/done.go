package app

import (
	"context"
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// done is an action of this run of the program that can be taken back.
type done struct {
	batch string
	words record.Words
}

// mostDone is how many actions can be taken back one after the other.
const mostDone = 200

// remember notes an action; a new one ends what could be done again.
func (a *App) remember(ch record.Change) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.doneStack = append(a.doneStack, done{ch.Batch, ch.Words})
	a.doneStack = a.doneStack[max(0, len(a.doneStack)-mostDone):]
	a.undoneStack = nil
}

// UndoLast takes back the last action of this run that was not taken back yet. The
// change says in words what was taken back.
func (a *App) UndoLast(ctx context.Context) (record.Change, error) {
	return a.step(ctx, &a.doneStack, &a.undoneStack,
		record.Refuse(record.ErrNotFound, "Không còn thao tác nào để hoàn tác.", "There is nothing left to undo."))
}

// RedoLast does again what was taken back last.
func (a *App) RedoLast(ctx context.Context) (record.Change, error) {
	return a.step(ctx, &a.undoneStack, &a.doneStack,
		record.Refuse(record.ErrNotFound, "Không có thao tác nào để làm lại.", "There is nothing to do again."))
}

// step takes back the action on top of one stack and puts its counterpart on the
// other. One of which nothing is left to take back is dropped for the next.
func (a *App) step(ctx context.Context, from, to *[]done, nothing error) (record.Change, error) {
	for {
		last, ok := a.pop(from)
		if !ok {
			return record.Change{}, nothing
		}
		ch, err := a.commitQuietly(ctx, a.planUndo(last.batch)...)
		if err != nil {
			a.push(from, last) // it is still to be taken back
			return ch, err
		}
		if ch.Batch != "" {
			ch.Words = last.words
			a.push(to, done{ch.Batch, last.words})
			return ch, nil
		}
	}
}

func (a *App) pop(from *[]done) (done, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := len(*from)
	if n == 0 {
		return done{}, false
	}
	last := (*from)[n-1]
	*from = (*from)[:n-1]
	return last, true
}

func (a *App) push(to *[]done, d done) {
	a.mu.Lock()
	defer a.mu.Unlock()
	*to = append(*to, d)
}

// forget drops an action from those that can be taken back, and reports whether it
// was one of them.
func (a *App) forget(batch string) (done, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, d := range a.doneStack {
		if d.batch == batch {
			a.doneStack = slices.Delete(a.doneStack, i, i+1)
			return d, true
		}
	}
	return done{}, false
}

// witness sees what an action is about to write and says it in words.
type witness struct {
	nouns []string
	of    map[string]*tally
}

// tally counts what happens to the rows of one noun.
type tally struct {
	first                record.Ref
	made, changed, taken int
}

func (w *witness) see(edits []record.Edit) {
	if w.of == nil {
		w.of = map[string]*tally{}
	}
	for i := range edits {
		e := &edits[i]
		t := w.of[e.Ref.Noun]
		if t == nil {
			t = &tally{first: e.Ref}
			w.of[e.Ref.Noun] = t
			w.nouns = append(w.nouns, e.Ref.Noun)
		}
		switch {
		case e.New:
			t.made++
		case e.Delete:
			t.taken++
		default:
			t.changed++
		}
	}
}

// watched is a plan whose edits the witness sees.
func (w *witness) watched(plan func(*store.Tx) ([]record.Edit, error)) func(*store.Tx) ([]record.Edit, error) {
	return func(tx *store.Tx) ([]record.Edit, error) {
		edits, err := plan(tx)
		if err == nil {
			w.see(edits)
		}
		return edits, err
	}
}

// lastNamed are the nouns that speak for an action only where no other does: they
// follow from another.
var lastNamed = []string{"unit", "attendance", "person", "layout", "same_person", "import"}

// main is the noun an action is about.
func (w *witness) main() string {
	best, at := "", -2
	for _, noun := range w.nouns {
		place := slices.Index(lastNamed, noun)
		if best == "" || at >= 0 && (place < 0 || place < at) {
			best, at = noun, place
		}
	}
	return best
}

var (
	wordAdded   = record.Words{VI: "Thêm", EN: "Added"}
	wordChanged = record.Words{VI: "Sửa", EN: "Changed"}
	wordDeleted = record.Words{VI: "Xóa", EN: "Deleted"}
)

// words say what was done: "Thêm hoạt động “Tập huấn”", "Xóa 3 câu hỏi".
func (w *witness) words(title func(record.Ref) string) record.Words {
	noun := w.main()
	d, ok := record.Describe(noun)
	if !ok {
		return record.Words{}
	}
	t := w.of[noun]
	n := t.made + t.changed + t.taken
	verb := wordChanged
	switch n {
	case t.made:
		verb = wordAdded
	case t.taken:
		verb = wordDeleted
	}
	if n > 1 {
		return record.Words{VI: fmt.Sprintf("%s %d %s", verb.VI, n, d.Words.VI), EN: fmt.Sprintf("%s %d × %s", verb.EN, n, d.Words.EN)}
	}
	out := record.Words{VI: verb.VI + " " + d.Words.VI, EN: verb.EN + " " + d.Words.EN}
	if name := title(t.first); name != "" {
		out.VI, out.EN = out.VI+" “"+name+"”", out.EN+" “"+name+"”"
	}
	return out
}
