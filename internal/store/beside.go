package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// besideIndex holds what rows say beside the texts of their lists: the words of their
// topics, the materials that were handed out, what their files of evidence show and are
// called. The names of files stand sealed, so SQL cannot search them. It is built beside
// the first work of the window; of what commits touch it reads those rows alone.
type besideIndex struct {
	topics func() []record.Term

	mu    sync.Mutex
	built bool
	rows  map[string]map[record.ID]*besideRow // by noun
	owner map[record.ID]record.Ref            // of each file
	stale map[record.Ref]bool                 // touched since they were read
}

// besideRow is a row with what it says: as key all of it together, so that a leaflet is
// found with the place where it was given out.
type besideRow struct {
	own   string // key of the texts of its list
	said  []record.Place
	key   string
	fresh bool // key is of what is said now
}

// besideFields are the columns whose words no list shows.
var besideFields = []string{record.PlaceTopics, record.PlaceMaterials}

// besideColumns are those of besideFields a noun has; none: the noun says nothing beside
// its list.
func besideColumns(noun string) []string {
	d, ok := record.Describe(noun)
	if !ok || record.ListingOf(noun) == nil {
		return nil
	}
	var out []string
	for _, name := range besideFields {
		if f, ok := d.Field(name); ok && f.Class != record.Personal {
			out = append(out, name)
		}
	}
	return out
}

// isBeside reports whether a row is one the index holds, or a file of one.
func isBeside(noun string) bool { return noun == "evidence" || len(besideColumns(noun)) > 0 }

// besideNouns are the nouns of isBeside: a commit of a list has thousands of rows.
var besideNouns = func() map[string]bool {
	out := map[string]bool{}
	for _, d := range record.Nouns() {
		if isBeside(d.Name) {
			out[d.Name] = true
		}
	}
	return out
}()

// touch notes rows to be read again.
func (x *besideIndex) touch(rows map[record.Ref]bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for ref := range rows {
		if x.built {
			x.stale[ref] = true
		}
	}
}

// warm builds the index beside other work, so that who searches first need not wait.
func (x *besideIndex) warm(ctx context.Context, db *DB) {
	x.mu.Lock()
	defer x.mu.Unlock()
	_ = x.settle(ctx, db) // who looks next meets the error again
}

// find names the rows of a noun that say all words of a key, as they stand beside their
// lists.
func (x *besideIndex) find(ctx context.Context, db *DB, noun, key string) ([]record.ID, error) {
	if key == "" {
		return nil, nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.settle(context.WithoutCancel(ctx), db); err != nil { // whole for who looks next, though this one stops waiting
		return nil, err
	}
	var out []record.ID
	for id, row := range x.rows[noun] {
		if len(row.said) > 0 && hasWord(row.whole(), key) {
			out = append(out, id)
		}
	}
	return out, nil
}

// Beside is what a row says beside the texts of its list.
func (db *DB) Beside(ctx context.Context, ref record.Ref) ([]record.Place, error) {
	x := &db.beside
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.settle(context.WithoutCancel(ctx), db); err != nil { // whole for who looks next, though this one stops waiting
		return nil, fmtErr("what a row says beside its list", err)
	}
	if row := x.rows[ref.Noun][ref.ID]; row != nil {
		return slices.Clone(row.said), nil
	}
	return nil, nil
}

func (r *besideRow) whole() string {
	if !r.fresh {
		parts := []string{r.own}
		for _, s := range r.said {
			parts = append(parts, viet.Key(s.Text))
		}
		r.key, r.fresh = strings.Join(parts, " "), true
	}
	return r.key
}

// settle brings the index up to date.
func (x *besideIndex) settle(ctx context.Context, db *DB) error {
	if x.built && len(x.stale) == 0 {
		return nil
	}
	err := db.snapshot(ctx, func(q querier) error {
		if !x.built {
			return x.readAll(ctx, q, db.box)
		}
		return x.readStale(ctx, q, db.box)
	})
	x.built = err == nil
	return err
}

func (x *besideIndex) readAll(ctx context.Context, q querier, b *box) error {
	x.rows, x.owner, x.stale = map[string]map[record.ID]*besideRow{}, map[record.ID]record.Ref{}, map[record.Ref]bool{}
	words := x.topicWords()
	for noun := range besideNouns {
		if err := x.read(ctx, q, b, noun, nil, words); err != nil {
			return err
		}
	}
	return nil
}

func (x *besideIndex) readStale(ctx context.Context, q querier, b *box) error {
	by := map[string][]record.ID{}
	for ref := range x.stale {
		by[ref.Noun] = append(by[ref.Noun], ref.ID)
	}
	words := x.topicWords()
	for noun, ids := range by {
		for _, id := range ids {
			x.drop(record.Ref{Noun: noun, ID: id})
		}
		if err := x.read(ctx, q, b, noun, ids, words); err != nil {
			return err
		}
	}
	clear(x.stale)
	return nil
}

// drop forgets what a row said, or a file.
func (x *besideIndex) drop(ref record.Ref) {
	if ref.Noun != "evidence" {
		if row := x.rows[ref.Noun][ref.ID]; row != nil {
			row.said = slices.DeleteFunc(row.said, func(p record.Place) bool { return p.Field != record.PlaceEvidence })
			row.own, row.fresh = "", false
		}
		return
	}
	of := x.owner[ref.ID]
	delete(x.owner, ref.ID)
	if row := x.rows[of.Noun][of.ID]; row != nil {
		row.said = slices.DeleteFunc(row.said, func(p record.Place) bool { return p.File == ref.ID })
		row.fresh = false
	}
}

// row is what is held of a row, made if there is nothing yet.
func (x *besideIndex) row(ref record.Ref) *besideRow {
	if x.rows[ref.Noun] == nil {
		x.rows[ref.Noun] = map[record.ID]*besideRow{}
	}
	if x.rows[ref.Noun][ref.ID] == nil {
		x.rows[ref.Noun][ref.ID] = &besideRow{}
	}
	return x.rows[ref.Noun][ref.ID]
}

// read takes in rows of a noun: those of some ids, or with none all.
func (x *besideIndex) read(ctx context.Context, q querier, b *box, noun string, ids []record.ID, topics map[string]record.Words) error {
	where, args := noun+".flags & 1 = 0", []any{}
	if ids != nil {
		where, args = where+" AND "+noun+".id IN ("+idsIn+")", append(args, idList(ids))
	}
	if noun == "evidence" {
		return eachRow(ctx, q, "SELECT id, noun, owner_id, coalesce(caption, ''), sealed FROM evidence WHERE "+where,
			func(row scanTarget) error { return x.readFile(row, b) }, args...)
	}
	columns, l := besideColumns(noun), record.ListingOf(noun)
	fields := []string{noun + ".id", newListQuery(l, record.ListFilter{}).ownTexts()}
	for _, c := range columns {
		fields = append(fields, "coalesce("+noun+"."+c+", '')")
	}
	texts := make([]string, len(columns))
	return eachRow(ctx, q, "SELECT "+strings.Join(fields, ", ")+" FROM "+noun+" WHERE "+where, func(row scanTarget) error {
		var id []byte
		var own string
		into := []any{&id, &own}
		for i := range texts {
			into = append(into, &texts[i])
		}
		if err := row.Scan(into...); err != nil {
			return err
		}
		r := x.row(record.Ref{Noun: noun, ID: idOf(id)})
		r.own, r.fresh = viet.Key(own), false
		for i, c := range columns {
			r.said = append(r.said, placesIn(c, texts[i], topics)...)
		}
		return nil
	}, args...)
}

func (x *besideIndex) readFile(row scanTarget, b *box) error {
	var id, owner []byte
	var sealed sql.RawBytes
	var noun, caption string
	if err := row.Scan(&id, &noun, &owner, &caption, &sealed); err != nil {
		return err
	}
	file, of := idOf(id), record.Ref{Noun: noun, ID: idOf(owner)}
	values := map[string]record.Value{}
	if err := openPersonal(b, record.Ref{Noun: "evidence", ID: file}, sealed, values); err != nil {
		return err
	}
	r := x.row(of)
	for _, text := range []string{caption, values["name"].Text()} {
		if text != "" {
			r.said = append(r.said, record.Place{Field: record.PlaceEvidence, File: file, Text: text})
		}
	}
	r.fresh, x.owner[file] = false, of
	return nil
}

// placesIn takes a column apart.
func placesIn(column, text string, topics map[string]record.Words) []record.Place {
	var out []record.Place
	add := func(s string) {
		if s != "" {
			out = append(out, record.Place{Field: column, Text: s})
		}
	}
	switch column {
	case record.PlaceTopics:
		var codes []string
		if json.Unmarshal([]byte(text), &codes) == nil {
			for _, code := range codes {
				add(topics[code].VI)
				add(topics[code].EN)
			}
		}
	case record.PlaceMaterials:
		var given []record.MaterialGiven
		if json.Unmarshal([]byte(text), &given) == nil {
			for _, m := range given {
				add(m.Said())
			}
		}
	}
	return out
}

func (x *besideIndex) topicWords() map[string]record.Words {
	out := map[string]record.Words{}
	if x.topics == nil {
		return out
	}
	for _, t := range x.topics() {
		out[t.Code] = t.Words
	}
	return out
}

// idsIn are the ids of idList, as SQL.
const idsIn = "SELECT unhex(value) FROM json_each(?)"

// idList are ids in one argument.
func idList(ids []record.ID) string {
	list := make([]string, len(ids))
	for i := range ids {
		list[i] = hex.EncodeToString(ids[i][:])
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic("store: ids that cannot be written down: " + err.Error())
	}
	return string(text)
}
