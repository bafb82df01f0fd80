package store

import (
	"context"
	"slices"
	"strings"
	"sync"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// nameIndex is the in-memory search over people's names, which stand sealed in
// the file. It is built once, beside the first work of the window, and kept in
// step by every commit.
type nameIndex struct {
	db    *DB
	ready chan struct{}
	err   error

	mu   sync.RWMutex
	byID map[record.ID]int
	list []nameEntry
}

type nameEntry struct {
	id   record.ID
	key  string
	name string
	born string
	unit string
	gone bool
}

func newNameIndex(db *DB) *nameIndex {
	x := &nameIndex{db: db, ready: make(chan struct{}), byID: map[record.ID]int{}}
	go func() {
		defer close(x.ready)
		x.err = x.build(context.Background())
	}()
	return x
}

func (x *nameIndex) wait() { <-x.ready }

func (x *nameIndex) build(ctx context.Context) error {
	rows, err := x.db.read.QueryContext(ctx, "SELECT id, sealed FROM person WHERE flags & 1 = 0")
	if err != nil {
		return mapError(err)
	}
	defer rows.Close()
	x.mu.Lock()
	defer x.mu.Unlock()
	for rows.Next() {
		var id, sealed []byte
		if err := rows.Scan(&id, &sealed); err != nil {
			return mapError(err)
		}
		values := map[string]record.Value{}
		ref := record.Ref{Noun: "person", ID: record.ID(id)}
		if err := openPersonal(x.db.box, ref, sealed, values); err != nil {
			return err
		}
		x.put(nameEntry{id: ref.ID, name: values["full_name"].Text(), born: values["birth"].Text(), unit: values["unit_text"].Text()})
	}
	return mapError(rows.Err())
}

func (x *nameIndex) put(e nameEntry) {
	e.key = viet.Key(e.name)
	if i, ok := x.byID[e.id]; ok {
		x.list[i] = e
		return
	}
	x.byID[e.id] = len(x.list)
	x.list = append(x.list, e)
}

// touch reads a person again after a commit.
func (x *nameIndex) touch(ctx context.Context, ref record.Ref) {
	if ref.Noun != "person" {
		return
	}
	x.wait()
	p, err := Find[record.Person](ctx, x.db, ref.ID)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.put(nameEntry{id: ref.ID, name: p.FullName, born: string(p.Birth), unit: p.UnitText, gone: err != nil})
}

// FindPeople finds people whose name has words beginning with those of the
// query, with or without marks; typed marks rank exact names first.
func (db *DB) FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error) {
	db.names.wait()
	if db.names.err != nil {
		return nil, db.names.err
	}
	words := strings.Fields(viet.Key(query))
	if len(words) == 0 {
		return nil, nil
	}
	hits := db.names.search(words, 50*max(limit, 1))
	exact := strings.ToLower(viet.NFC(strings.TrimSpace(query)))
	slices.SortStableFunc(hits, func(a, b nameEntry) int {
		return rankName(b, exact) - rankName(a, exact)
	})
	var out []record.PersonChoice
	for _, e := range hits[:min(limit, len(hits))] {
		detail := record.Birth(e.born).String()
		if detail != "" && e.unit != "" {
			detail += ", "
		}
		out = append(out, record.PersonChoice{ID: e.id, Name: e.name, Detail: detail + e.unit})
	}
	return out, ctx.Err()
}

func rankName(e nameEntry, exact string) int {
	name := strings.ToLower(e.name)
	switch {
	case name == exact:
		return 3
	case strings.HasPrefix(name, exact):
		return 2
	case strings.Contains(name, exact):
		return 1
	}
	return 0
}

func (x *nameIndex) search(words []string, most int) []nameEntry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []nameEntry
	for i := range x.list {
		e := &x.list[i]
		if !e.gone && hasWords(e.key, words) {
			if out = append(out, *e); len(out) == most {
				break
			}
		}
	}
	return out
}

// hasWords reports whether every query word begins some word of the key, in order.
func hasWords(key string, words []string) bool {
	for _, w := range words {
		at := 0
		for {
			i := strings.Index(key[at:], w)
			if i < 0 {
				return false
			}
			at += i
			if at == 0 || key[at-1] == ' ' {
				break
			}
			at++
		}
		key = key[at+len(w):]
	}
	return true
}
