package store

import (
	"context"
	"database/sql"
	"errors"
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

	mu    sync.RWMutex
	byID  idTable
	late  [][]nameEntry // put in when somebody looks next: a list may have a hundred thousand
	list  []heldName
	moved []int32          // of list: who came, went or changed since the lists of people were last in order
	texts textPool         // births, units and positions: few, said of many
	codes [2]codeTable     // sexes and groups
	same  map[uint64]int32 // the last entry with a trait, by the trait's hash
	seed  maphash.Seed

	lists *peopleLists
}

// nameEntry is what a commit says of a person.
type nameEntry struct {
	id       record.ID
	unitID   record.ID
	name     string
	sex      string
	group    string
	born     string
	unit     string
	position string
	phone    string
	number   string
	mark     string
	kept     byte // which optional fields are known, as bits by their place in record.OptionalFields
	gone     bool
}

// heldName is what is known of a person without opening the file.
type heldName struct {
	id     record.ID
	unitID record.ID
	key    string // of the name; "" when it is no longer there
	name   string
	more   *contact      // nil for most
	next   [traits]int32 // the entry before with the same trait, -1 for none

	born, unit, position int32 // in texts
	sex, group           byte  // in codes
	kept                 byte  // optional fields
	gone                 bool
}

// contact is what only some offices collect.
type contact struct{ phone, number, mark string }

func (x *nameIndex) person(e *heldName) record.Person {
	p := record.Person{
		ID: e.id, FullName: e.name, Sex: x.codes[0].list[e.sex], Group: x.codes[1].list[e.group], Birth: record.Birth(x.texts.list[e.born]),
		UnitID: e.unitID, UnitText: x.texts.list[e.unit], Position: x.texts.list[e.position],
	}
	if e.more != nil {
		p.Phone, p.IDNumber, p.IDMark = e.more.phone, e.more.number, e.more.mark
	}
	return p
}

func newNameIndex(db *DB) *nameIndex {
	x := emptyNameIndex(db)
	ctx, cancel := context.WithCancel(context.Background())
	x.cancel = cancel
	x.lists.late.Go(func() {
		x.err = x.build(ctx)
		close(x.ready)
		x.lists.build(ctx)
		db.asked.warm(ctx, db.read)
		db.beside.warm(ctx, db)
	})
	return x
}

func emptyNameIndex(db *DB) *nameIndex {
	x := &nameIndex{db: db, ready: make(chan struct{}), same: map[uint64]int32{}, seed: maphash.MakeSeed()}
	x.byID.of = func(i int32) *record.ID { return &x.list[i].id }
	x.texts.put("")
	for i := range x.codes {
		x.codes[i].put("")
	}
	x.lists = newPeopleLists(x)
	return x
}

// stop ends the building, which a command that needs no names need not wait for.
func (x *nameIndex) stop() {
	x.cancel()
	x.wait()
	<-x.lists.ready
	x.lists.late.Wait()
}

func (x *nameIndex) wait() { <-x.ready }

const selectNames = "SELECT id, sealed, sex, unit_id, audience FROM person WHERE flags & 1 = 0"

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
		var sex, group sql.NullString
		if err := rows.Scan(&id, &sealed, &sex, &unit, &group); err != nil {
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
		e.sex, e.group = sex.String, group.String
		copy(e.unitID[:], unit)
		x.put(e)
	}
	return mapError(rows.Err())
}

// nameOf is the entry of a person whose fields are given.
func nameOf(id record.ID, field func(string) record.Value) nameEntry {
	unit, _ := record.ParseID(field("unit_id").Text())
	kept := byte(0)
	for i, t := range record.OptionalFields {
		if field(t.Code).Text() != "" {
			kept |= 1 << i
		}
	}
	return nameEntry{
		kept: kept, id: id, unitID: unit, name: field("full_name").Text(), sex: field("sex").Text(), group: field("audience").Text(), born: field("birth").Text(),
		unit: field("unit_text").Text(), position: field("position").Text(), phone: field("phone").Text(), number: field("id_number").Text(),
		mark: field("id_mark").Text(),
	}
}

// put takes in what is known of a person.
func (x *nameIndex) put(e nameEntry) {
	i, known := x.byID.find(e.id)
	if known {
		for k := range traits {
			x.unchain(k, i)
		}
		x.list[i] = x.held(e)
	} else {
		i = int32(len(x.list))
		x.list = append(x.list, x.held(e))
		x.byID.put(i)
	}
	x.moved = append(x.moved, i)
	for k := range traits {
		x.chain(k, i)
	}
}

func (x *nameIndex) held(e nameEntry) heldName {
	h := heldName{
		id: e.id, unitID: e.unitID, name: e.name, born: x.texts.put(e.born), unit: x.texts.put(e.unit), position: x.texts.put(e.position),
		sex: x.codes[0].put(e.sex), group: x.codes[1].put(e.group), kept: e.kept, gone: e.gone, next: [traits]int32{-1, -1, -1, -1},
	}
	if !record.NoName(e.name) {
		h.key = viet.Key(e.name)
	}
	if e.phone+e.number+e.mark != "" {
		h.more = &contact{e.phone, e.number, e.mark}
	}
	return h
}

// follow keeps the index in step with commits: people made whole are put in as
// they are, others are read again.
func (x *nameIndex) follow(ctx context.Context, o *outcome) {
	defer x.lists.follow(o)
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

// FindPeople finds people whose name has words beginning with those of the query, in
// their order, with or without marks: those who are called just so first, then those
// whose name begins so; typed marks before bare letters.
func (db *DB) FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error) {
	sought := NewSought(query)
	if len(sought.words) == 0 {
		return nil, nil
	}
	hits, err := db.names.search(sought, max(limit, 0))
	if err != nil {
		return nil, err
	}
	var out []record.PersonChoice
	for _, p := range hits {
		out = append(out, choiceOf(p))
	}
	return out, ctx.Err()
}

// EachName tells the name of everybody who still has one.
func (db *DB) EachName(ctx context.Context, do func(name string)) error {
	db.names.look()
	defer db.names.mu.RUnlock()
	for i := range db.names.list {
		if e := &db.names.list[i]; !e.gone && e.key != "" {
			do(e.name)
		}
	}
	return errors.Join(db.names.err, ctx.Err())
}

// choiceOf offers a person with what tells them apart.
func choiceOf(p record.Person) record.PersonChoice {
	detail := p.Birth.String()
	if detail != "" && p.UnitText != "" {
		detail += ", "
	}
	return record.PersonChoice{ID: p.ID, Name: p.FullName, Detail: detail + p.UnitText, Birth: p.Birth, Unit: p.UnitText}
}

// search finds at most so many people, the nearest first.
func (x *nameIndex) search(sought Sought, most int) ([]record.Person, error) {
	x.look()
	defer x.mu.RUnlock()
	var found [nearest + 1][]int32 // by how near they are
	for i := range x.list {
		e := &x.list[i]
		if e.gone || !wordsInOrder(e.key, sought.words) {
			continue
		}
		if near := sought.nearName(e); len(found[near]) < most {
			found[near] = append(found[near], int32(i))
		}
	}
	var out []record.Person
	for near := nearest; near >= 0; near-- {
		for _, i := range found[near][:min(len(found[near]), most-len(out))] {
			out = append(out, x.person(&x.list[i]))
		}
	}
	return out, x.err
}

// nearName is Near of a person known to have all words.
func (s Sought) nearName(e *heldName) int {
	level := hasWords
	switch {
	case e.key == s.key:
		level = isCalledSo
	case strings.HasPrefix(e.key, s.key):
		level = beginsSo
	}
	return 2*level + s.marks(e.name)
}

// NamesSomebody reports whether a key is somebody's name, or holds one of several words.
func (db *DB) NamesSomebody(key string) (bool, error) {
	x := db.names
	x.look()
	defer x.mu.RUnlock()
	return slices.ContainsFunc(x.list, func(e heldName) bool {
		return !e.gone && e.key != "" && (e.key == key || strings.Contains(e.key, " ") && viet.HasPhrase(key, e.key))
	}), x.err
}

// wordsInOrder reports whether every query word begins some word of the key, in order.
func wordsInOrder(key string, words []string) bool {
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
