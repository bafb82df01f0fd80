package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"maps"
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
	db     *DB
	ready  chan struct{}
	cancel context.CancelFunc // gives the building up
	err    error

	mu   sync.RWMutex
	byID map[record.ID]int32
	late [][]nameEntry // put in when somebody looks next: a list may have a hundred thousand
	list []nameEntry
	same map[uint64]int32 // the last entry with a trait, by the trait's hash
	seed maphash.Seed
}

// nameEntry is what is known of a person without opening the file.
type nameEntry struct {
	id     record.ID
	unitID record.ID
	key    string // of the name
	name   string
	sex    string
	born   string
	unit   string
	phone  string
	number string
	next   [traits]int32 // the entry before with the same trait, -1 for none
	gone   bool
}

func (e *nameEntry) person() record.Person {
	return record.Person{
		ID: e.id, FullName: e.name, Sex: e.sex, Birth: record.Birth(e.born), UnitID: e.unitID, UnitText: e.unit, Phone: e.phone, IDNumber: e.number,
	}
}

func newNameIndex(db *DB) *nameIndex {
	x := emptyNameIndex(db)
	ctx, cancel := context.WithCancel(context.Background())
	x.cancel = cancel
	go func() {
		defer close(x.ready)
		x.err = x.build(ctx)
	}()
	return x
}

func emptyNameIndex(db *DB) *nameIndex {
	return &nameIndex{db: db, ready: make(chan struct{}), byID: map[record.ID]int32{}, same: map[uint64]int32{}, seed: maphash.MakeSeed()}
}

// stop ends the building, which a command that needs no names need not wait for.
func (x *nameIndex) stop() {
	x.cancel()
	x.wait()
}

func (x *nameIndex) wait() { <-x.ready }

const selectNames = "SELECT id, sealed, sex, unit_id FROM person WHERE flags & 1 = 0"

func (x *nameIndex) build(ctx context.Context) error {
	rows, err := x.db.read.QueryContext(ctx, selectNames)
	if err != nil {
		return mapError(err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.putAll(rows)
}

func (x *nameIndex) putAll(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var id, sealed, unit []byte
		var sex sql.NullString
		if err := rows.Scan(&id, &sealed, &sex, &unit); err != nil {
			return mapError(err)
		}
		if len(id) != 16 {
			return fmt.Errorf("%w: a person's id of %d bytes", record.ErrDamaged, len(id))
		}
		values := map[string]record.Value{}
		ref := record.Ref{Noun: "person", ID: record.ID(id)}
		if err := openPersonal(x.db.box, ref, sealed, values); err != nil {
			return err
		}
		e := nameOf(ref.ID, func(field string) record.Value { return values[field] })
		e.sex = sex.String
		copy(e.unitID[:], unit)
		x.put(e)
	}
	return mapError(rows.Err())
}

// nameOf is the entry of a person whose fields are given.
func nameOf(id record.ID, field func(string) record.Value) nameEntry {
	unit, _ := record.ParseID(field("unit_id").Text())
	return nameEntry{
		id: id, unitID: unit, name: field("full_name").Text(), sex: field("sex").Text(), born: field("birth").Text(),
		unit: field("unit_text").Text(), phone: field("phone").Text(), number: field("id_number").Text(),
	}
}

func (x *nameIndex) put(e nameEntry) {
	e.key = viet.Key(e.name)
	e.next = [traits]int32{-1, -1, -1}
	i, known := x.byID[e.id]
	if known {
		for k := range traits {
			x.unchain(k, i)
		}
		x.list[i] = e
	} else {
		i = int32(len(x.list))
		x.byID[e.id] = i
		x.list = append(x.list, e)
	}
	for k := range traits {
		x.chain(k, i)
	}
}

// follow keeps the index in step with commits: people made whole are put in as
// they are, others are read again.
func (x *nameIndex) follow(ctx context.Context, o *outcome) {
	if len(o.people)+len(o.again) == 0 {
		return
	}
	ctx = context.WithoutCancel(ctx) // the commit stands, whoever stopped waiting for it
	x.wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.late = append(x.late, o.people...)
	if len(o.again) == 0 {
		return
	}
	x.catchUp()
	for chunk := range slices.Chunk(slices.Collect(maps.Keys(o.again)), 200) {
		if err := x.touchSome(ctx, chunk); err != nil {
			x.err = err
		}
	}
}

// catchUp puts in who came since somebody looked last.
func (x *nameIndex) catchUp() {
	for _, some := range x.late {
		for _, e := range some {
			x.put(e)
		}
	}
	x.late = nil
}

// look waits for the index and locks it for reading.
func (x *nameIndex) look() {
	x.wait()
	x.mu.RLock()
	if len(x.late) == 0 {
		return
	}
	x.mu.RUnlock()
	x.mu.Lock()
	x.catchUp()
	x.mu.Unlock()
	x.mu.RLock()
}

func (x *nameIndex) touchSome(ctx context.Context, people []record.ID) error {
	args := make([]any, len(people))
	for i := range people {
		x.put(nameEntry{id: people[i], gone: true}) // unless it is found below
		args[i] = people[i][:]
	}
	rows, err := x.db.read.QueryContext(ctx, selectNames+" AND id IN (?"+strings.Repeat(",?", len(people)-1)+")", args...)
	if err != nil {
		return mapError(err)
	}
	return x.putAll(rows)
}

// FindPeople finds people whose name has words beginning with those of the
// query, with or without marks; typed marks rank exact names first.
func (db *DB) FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error) {
	words := strings.Fields(viet.Key(query))
	if len(words) == 0 {
		return nil, nil
	}
	hits, err := db.names.search(words, 50*max(limit, 1))
	if err != nil {
		return nil, err
	}
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

func (x *nameIndex) search(words []string, most int) ([]nameEntry, error) {
	x.look()
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
	return out, x.err
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
