package store

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/viet"
)

// oracle is the register read whole and listed the plain way.
type oracle struct {
	people map[record.ID]record.Person
	acts   map[record.ID]record.Activity
	units  map[record.ID]record.Unit
	rows   []record.Attendance
}

func readOracle(t *testing.T, db *DB) *oracle {
	t.Helper()
	o := &oracle{people: map[record.ID]record.Person{}, acts: map[record.ID]record.Activity{}, units: map[record.ID]record.Unit{}}
	people, err := All[record.Person](ctx, db)
	for _, p := range people {
		o.people[p.ID] = p
	}
	if err == nil {
		// what is called by an id is called so after it is gone, too
		var acts []record.Activity
		acts, err = load[record.Activity](ctx, db.read, db.box, "")
		for _, a := range acts {
			o.acts[a.ID] = a
		}
	}
	if err == nil {
		var units []record.Unit
		units, err = load[record.Unit](ctx, db.read, db.box, "")
		for _, u := range units {
			o.units[u.ID] = u
		}
	}
	if err == nil {
		o.rows, err = All[record.Attendance](ctx, db)
	}
	if err != nil {
		t.Fatal(err)
	}
	return o
}

type oracleRow struct {
	id     record.ID
	said   map[string]string
	person record.ID
	act    record.Activity
	line   int64
	key    string
}

func (o *oracle) person(p record.Person) map[string]string {
	unit := p.UnitText
	if u := o.units[p.UnitID]; !p.UnitID.IsZero() && u.FullName() != "" {
		unit = u.FullName()
	}
	year := ""
	if p.Birth != "" {
		year = string(p.Birth)[:4]
	}
	return map[string]string{"full_name": p.FullName, "birth": year, "sex": p.Sex, "unit": unit, "audience": p.Group}
}

func (o *oracle) list(noun string) []oracleRow {
	var out []oracleRow
	if noun == "attendance" {
		for _, a := range o.rows {
			p := o.people[a.PersonID]
			said := o.person(p)
			act := o.acts[a.ActivityID]
			said["activity"], said["day"], said["role"] = act.Title, string(act.When.Date), cmp.Or(a.Role, "participant")
			said["signed"], said["arrived"] = "", string(a.Arrived)
			if a.Signed {
				said["signed"] = "1"
			}
			out = append(out, oracleRow{id: a.ID, said: said, person: p.ID, act: act, line: a.Line, key: strings.Join([]string{name(p), said["unit"], act.Title}, " ")})
		}
		slices.SortFunc(out, func(a, b oracleRow) int {
			return cmp.Or(-cmp.Compare(a.act.When.Date, b.act.When.Date), cmp.Compare(a.act.ID.String(), b.act.ID.String()), cmp.Compare(a.line, b.line), cmp.Compare(a.id.String(), b.id.String()))
		})
		return out
	}
	for _, p := range o.people {
		said := o.person(p)
		times, last := 0, record.Date("")
		for _, a := range o.rows {
			if act := o.acts[a.ActivityID]; a.PersonID == p.ID && (act.Status == "held" || act.Status == "closed") {
				times++
				last = max(last, act.When.Date)
			}
		}
		said["position"], said["phone"], said["times"], said["last"] = p.Position, p.Phone, strconv.Itoa(times), string(last)
		out = append(out, oracleRow{id: p.ID, said: said, person: p.ID, key: strings.Join([]string{name(p), said["unit"], p.Position}, " ")})
	}
	slices.SortFunc(out, func(a, b oracleRow) int {
		return cmp.Or(compareNames(a, b, false), cmp.Compare(a.id.String(), b.id.String()))
	})
	return out
}

func name(p record.Person) string {
	if record.NoName(p.FullName) {
		return ""
	}
	return p.FullName
}

// compareNames orders by name, and people of one name by who they are.
func compareNames(a, b oracleRow, desc bool) int {
	x, y := a.said["full_name"], b.said["full_name"]
	switch {
	case record.NoName(x) && record.NoName(y):
		return 0
	case record.NoName(x) != record.NoName(y):
		return map[bool]int{true: 1, false: -1}[record.NoName(x)]
	}
	c := cmp.Or(viet.CompareNames(x, y), cmp.Compare(a.person.String(), b.person.String()))
	if desc {
		return -c
	}
	return c
}

func (o *oracle) page(f record.ListFilter) record.ListPage {
	l := record.ListingOf(f.Noun)
	page := record.ListPage{By: map[string]map[string]int{}, Sums: map[string]int64{}}
	var rows []oracleRow
	for _, facet := range l.Facets {
		page.By[facet] = map[string]int{}
	}
	for _, r := range o.list(f.Noun) {
		day := record.Date(r.said["day"])
		if f.Period.From != "" && day < f.Period.From || f.Period.To != "" && day > f.Period.To || !viet.MatchKey(viet.Key(r.key), viet.Key(f.Text)) {
			continue
		}
		if want := f.Only["person_id"]; want != "" && want != r.person.String() {
			continue
		}
		fits := func(but string) bool {
			for c, want := range f.Only {
				if got, is := r.said[c]; is && c != but && want != "" && got != want {
					return false
				}
			}
			return true
		}
		for _, facet := range l.Facets {
			if fits(facet) {
				page.By[facet][r.said[facet]]++
			}
		}
		if fits("") {
			rows = append(rows, r)
		}
	}
	sort, desc := f.Sort, f.Desc
	if sort == "" {
		sort, desc = l.Sort, l.Desc
	}
	c := l.Columns[l.Column(sort)]
	slices.SortStableFunc(rows, func(a, b oracleRow) int {
		x, y := a.said[sort], b.said[sort]
		if sort == "full_name" {
			return compareNames(a, b, desc)
		}
		if (x == "") != (y == "") {
			return cmp.Compare(y, x)
		}
		if desc {
			x, y = y, x
		}
		return compareCells(&c, x, y)
	})
	page.Total = len(rows)
	for _, c := range l.Columns {
		if c.Kind == record.ListNumber && !c.Alone {
			page.Sums[c.Name] = 0
			for _, r := range rows {
				n, _ := strconv.ParseInt(r.said[c.Name], 10, 64)
				page.Sums[c.Name] += n
			}
		}
	}
	rows = rows[min(f.Offset, len(rows)):]
	for _, r := range rows[:min(cmp.Or(f.Limit, pageSize), len(rows))] {
		row := record.ListRow{ID: r.id}
		for _, c := range l.Columns {
			row.Cells = append(row.Cells, r.said[c.Name])
		}
		page.Rows = append(page.Rows, row)
	}
	return page
}

// world makes commits at random.
type world struct {
	t       *testing.T
	db      *DB
	rng     *rand.Rand
	next    int64
	batches []string
}

var (
	someNames = []string{"Y Ngọc", "A Blan", "Nguyễn Văn Ân", "Nguyễn Văn An", "Trần Thị Ánh", "Đinh Đức", "Y Ngọc", "Rơ Châm Hùng", record.NameErased, "Lê Hòa"}
	someUnits = []string{"", "Công ty Cao su", "xã Đăk Hà", "Đắk Glei", "Trường Ân"}
	someDays  = []record.Date{"2024-03-05", "2025-06-07", "2026-01-01", "", "2026-12-31"}
)

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func (w *world) id() record.ID { w.next++; return recordtest.ID(w.next) }

func (w *world) do(edits ...record.Edit) {
	if len(edits) > 0 {
		if ch := commit(w.t, w.db, 1, edits...); ch.Batch != "" {
			w.batches = append(w.batches, ch.Batch)
		}
	}
}

func (w *world) newPerson(units []record.Unit) record.Person {
	p := record.Person{
		ID: w.id(), FullName: pick(w.rng, someNames), Sex: pick(w.rng, []string{"", "nam", "nữ"}), Birth: pick(w.rng, []record.Birth{"", "1975", "1990-05-06"}),
		UnitText: pick(w.rng, someUnits), Group: pick(w.rng, []string{"", "worker", "official"}), Position: pick(w.rng, []string{"", "Thợ", "Đội trưởng"}),
		Phone: pick(w.rng, []string{"", "0912345678", "0905000111"}),
	}
	if len(units) > 0 && w.rng.IntN(2) == 0 {
		p.UnitID = pick(w.rng, units).ID
	}
	return p
}

func (w *world) newRow(people []record.Person, acts []record.Activity) record.Attendance {
	return record.Attendance{
		ID: w.id(), ActivityID: pick(w.rng, acts).ID, PersonID: pick(w.rng, people).ID, Line: int64(w.rng.IntN(5)), Role: pick(w.rng, []string{"", "participant", "speaker"}),
		Signed: w.rng.IntN(2) == 0, Arrived: pick(w.rng, []record.Clock{"", "08:05", "00:00"}),
	}
}

func (w *world) step() {
	people, _ := All[record.Person](ctx, w.db)
	acts, _ := All[record.Activity](ctx, w.db)
	units, _ := All[record.Unit](ctx, w.db)
	rows, _ := All[record.Attendance](ctx, w.db)
	switch n := w.rng.IntN(13); {
	case n < 2 || len(people) == 0:
		var edits []record.Edit
		for range 1 + w.rng.IntN(6) {
			edits = append(edits, record.Create(w.newPerson(units)))
		}
		w.do(edits...)
	case n == 2 || len(acts) == 0:
		w.do(record.Create(record.Activity{ID: w.id(), Kind: "training", Title: pick(w.rng, []string{"Tập huấn", "Đối thoại xã Đăk Hà"}), Status: pick(w.rng, []string{"held", "planned", "closed"}), When: record.Occasion{Date: pick(w.rng, someDays)}}))
	case n == 3 || len(units) == 0:
		w.do(record.Create(record.Unit{ID: w.id(), Kind: "enterprise", Name: "Mới " + pick(w.rng, someNames)}))
	case n < 6 || len(rows) == 0:
		var edits []record.Edit
		for range 1 + w.rng.IntN(6) {
			edits = append(edits, record.Create(w.newRow(people, acts)))
		}
		w.do(edits...)
	case n == 6:
		before := pick(w.rng, people)
		after := w.newPerson(units)
		after.ID = before.ID
		w.update(before, after)
	case n == 7:
		before := pick(w.rng, rows)
		after := w.newRow(people, acts)
		after.ID = before.ID
		w.update(before, after)
	case n == 8:
		before := pick(w.rng, acts)
		after := before
		after.When.Date, after.Status = pick(w.rng, someDays), pick(w.rng, []string{"held", "planned"})
		after.When.EndDate = pick(w.rng, []record.Date{"", "", "2027-01-01"})
		w.update(before, after)
	case n == 9:
		before := pick(w.rng, units)
		after := before
		after.Name = pick(w.rng, someUnits)
		w.update(before, after)
	case n == 10:
		refs := []record.Ref{pick(w.rng, rows).Ref(), pick(w.rng, people).Ref(), pick(w.rng, acts).Ref()}
		w.do(record.Edit{Ref: pick(w.rng, refs), Delete: true})
	case n == 11:
		w.do(record.Edit{Ref: pick(w.rng, people).Ref(), Erase: []string{"full_name", "position"}})
	case len(w.batches) > 0:
		ch, err := w.db.Commit(ctx, testWriter(1), recordtest.Day0.UnixMilli(), func(tx *Tx) ([]record.Edit, error) { return tx.Undo(pick(w.rng, w.batches)) })
		if err != nil {
			w.t.Fatal(err)
		}
		if ch.Batch != "" {
			w.batches = append(w.batches, ch.Batch)
		}
	}
}

func (w *world) update(before, after record.Noun) {
	if e, changed := record.Update(before, after); changed {
		w.do(e)
	}
}

func (w *world) filter(o *oracle) record.ListFilter {
	noun := pick(w.rng, []string{"person", "attendance"})
	l := record.ListingOf(noun)
	f := record.ListFilter{Noun: noun, Only: map[string]string{}, Offset: w.rng.IntN(3) * 4, Limit: pick(w.rng, []int{0, 3, 10})}
	if w.rng.IntN(3) > 0 {
		f.Sort, f.Desc = pick(w.rng, l.Columns).Name, w.rng.IntN(2) == 0
	}
	if w.rng.IntN(2) == 0 {
		f.Text = pick(w.rng, []string{"ng", "dak", "Y ngoc", "an cong", "xoa", "dinh", "doi", "ĐỐI", "khong ai"})
	}
	for _, c := range []string{"sex", "audience", "role", "birth", "unit"} {
		if w.rng.IntN(4) == 0 && l.Column(c) >= 0 {
			f.Only[c] = pick(w.rng, []string{"nam", "worker", "participant", "1975", "Trường Ân", "nữ"})
		}
	}
	if w.rng.IntN(4) == 0 {
		f.Period = record.Period{From: "2025-01-01", To: "2026-06-30"}
	}
	if noun == "attendance" && w.rng.IntN(5) == 0 && len(o.people) > 0 {
		f.Only["person_id"] = pick(w.rng, slices.Collect(maps.Keys(o.people))).String()
	}
	if noun == "person" {
		f.Period = record.Period{}
	}
	return f
}

// compareKept counts who was not seen for long as the erasure of their names does.
func (w *world) compareKept() {
	w.t.Helper()
	var days []record.Date
	for _, d := range append(someDays, "2020-01-01", "2027-01-01", "2100-01-01") {
		if d != "" {
			days = append(days, d, d.AddDays(1))
		}
	}
	got, err := w.db.KeptSince(ctx, days...)
	if err != nil {
		w.t.Fatal(err)
	}
	for i, day := range days {
		ids, gone, err := w.db.People(ctx).NotSeenSince(day)
		if err != nil {
			w.t.Fatal(err)
		}
		people, err := w.db.People(ctx).In(ids)
		if err != nil {
			w.t.Fatal(err)
		}
		want := KeptSince{Fields: map[string]int{}}
		for _, p := range people {
			if record.NoName(p.FullName) {
				continue
			}
			want.Names++
			for _, t := range record.OptionalFields {
				if record.Get(p, t.Code) != "" {
					want.Fields[t.Code]++
				}
			}
		}
		if diff := gocmp.Diff(want, got[i]); diff != "" {
			w.t.Fatalf("not seen since %s (-want +got):\n%s", day, diff)
		}
		if n, err := w.db.People(ctx).DeletedNotSeenSince(day); err != nil || n != len(gone) {
			w.t.Fatalf("deleted and not seen since %s: %d, want %d: %v", day, n, len(gone), err)
		}
	}
}

// TestPeopleRowsAreThoseOfThePlainWay: whatever is made, changed, taken away, erased
// and taken back, both lists say in every order what reading everything says.
func TestPeopleRowsAreThoseOfThePlainWay(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 6, 100)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &world{t: t, db: newTest(t), rng: rand.New(rand.NewPCG(seed, 7))}
			for range 60 {
				for range 1 + w.rng.IntN(3) {
					w.step()
				}
				w.compareKept()
				o := readOracle(t, w.db)
				for range 6 {
					f := w.filter(o)
					got, err := w.db.Rows(ctx, f)
					if err != nil {
						t.Fatal(err)
					}
					if diff := gocmp.Diff(o.page(f), got); diff != "" {
						t.Fatalf("%+v (-want +got):\n%s", f, diff)
					}
				}
			}
			// a list that was read anew says the same
			f := record.ListFilter{Noun: "attendance", Limit: 1000}
			want, _ := w.db.Rows(ctx, f)
			again := openTest(t, w.db.path)
			got, err := again.Rows(ctx, f)
			if err != nil || gocmp.Diff(want, got) != "" {
				t.Errorf("after opening anew: %v\n%s", err, gocmp.Diff(want, got))
			}
		})
	}
}

// TestPeopleRowsWhileOthersWrite is for the race detector: lists are read while lists
// are taken in, and at the end all that was taken in is there.
func TestPeopleRowsWhileOthersWrite(t *testing.T) {
	db := newTest(t)
	var work sync.WaitGroup
	a := recordtest.Activity(1)
	commit(t, db, 1, record.Create(a))
	for k := range 3 {
		work.Go(func() {
			for n := range 8 {
				var edits []record.Edit
				for _, x := range recordtest.Attendees(a.ID, int64(1000*k+100*n), 40) {
					edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
				}
				if _, err := db.Commit(ctx, testWriter(byte(k+1)), 0, func(*Tx) ([]record.Edit, error) { return edits, nil }); err != nil {
					t.Error(err)
				}
			}
		})
		work.Go(func() {
			for range 40 {
				for _, noun := range []string{"person", "attendance"} {
					if _, err := db.Rows(ctx, record.ListFilter{Noun: noun, Text: "ngoc", Sort: "full_name"}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	work.Wait()
	for _, noun := range []string{"person", "attendance"} {
		if page, err := db.Rows(ctx, record.ListFilter{Noun: noun}); err != nil || page.Total != 3*8*40 {
			t.Errorf("%s: %d rows, %v", noun, page.Total, err)
		}
	}
}
