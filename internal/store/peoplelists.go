package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// peopleLists are the lists of people and of their attendances, in memory beside the
// search over names: what they are sorted and searched by stands sealed in the file.
// What rows say is kept in step by every commit; in which order they stand is worked
// out again, in one pass, when somebody looks after a change.
type peopleLists struct {
	names *nameIndex
	ready chan struct{}
	late  sync.WaitGroup // putting in order beside other work

	queued struct {
		sync.Mutex
		fresh [][]attendanceSaid  // made whole
		again map[record.Ref]bool // to be read again
	}

	mu         sync.Mutex // of all below; taken before that of names
	err        error
	rows       []heldAttendance
	byID       idTable
	orphans    map[int32]record.ID // rows whose person has not come
	activities []heldActivity
	byActivity map[record.ID]int32
	units      map[record.ID]int32 // what units are called, in texts
	texts      textPool
	order      textOrder // of texts
	changed    bool      // since the rows were last put in order

	spelled   []int32 // places in texts by those in the names' texts, -1 until wanted
	sexRank   []int32 // by code
	groupRank []int32
	byName    []int32 // people in the order of their names
	people    []heldPerson
	base      []int32 // attendances: the newest activity first, each in the order of its list
	roles     codeTable
}

// heldPerson is what is worked out of a person, by their place among the names.
type heldPerson struct {
	rank  int32 // by name; 0 for who has none
	unit  int32 // in texts
	times int32 // activities attended that were held
	last  int32 // of those, the activity that came last; -1 for none
}

// attendanceSaid is what a commit says of an attendance.
type attendanceSaid struct {
	id, activity, person record.ID
	line                 int32
	role, arrived        string
	signed, gone         bool
}

// heldAttendance is a row of the list of attendances.
type heldAttendance struct {
	id       record.ID
	person   int32 // among the names, -1 while they have not come
	activity int32
	line     int32
	arrived  int16 // minutes after midnight and one more, 0 when it is not known
	role     byte
	flags    byte
}

const (
	rowSigned = 1 << iota
	rowGone
)

type heldActivity struct {
	id    record.ID
	day   record.Date
	on    int32 // the day as a number that grows, 0 for none
	last  int32 // its last day in the same way; neverOver while no day is known
	title int32 // in texts
	held  bool
}

// neverOver is the last day of an activity whose day is not known.
const neverOver = 1 << 30

func newPeopleLists(x *nameIndex) *peopleLists {
	l := &peopleLists{
		names: x, ready: make(chan struct{}), orphans: map[int32]record.ID{}, byActivity: map[record.ID]int32{}, units: map[record.ID]int32{},
	}
	l.byID.of = func(i int32) *record.ID { return &l.rows[i].id }
	l.texts.put("")
	l.order.pool = &l.texts
	l.roles.put("")
	return l
}

// build reads all there is, once the names are there.
func (l *peopleLists) build(ctx context.Context) {
	defer close(l.ready)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = l.readAll(ctx, func(row scanTarget) error {
		s, err := l.scanAttendance(row)
		if err == nil {
			l.names.mu.RLock() // row by row: nobody who stores waits for all of it
			l.put(s)
			l.names.mu.RUnlock()
		}
		return err
	})
	if l.err != nil {
		return
	}
	if l.err = l.settle(ctx); l.err == nil {
		l.names.mu.RUnlock()
	}
}

const (
	selectUnitNames  = "SELECT unit.id, coalesce(%s, '') FROM unit"
	selectHeld       = "SELECT id, coalesce(title, ''), coalesce(when_date, ''), coalesce(when_end_date, ''), coalesce(status, '') FROM activity"
	selectAttendance = "SELECT id, activity_id, person_id, coalesce(line, 0), coalesce(role, ''), coalesce(arrived, ''), coalesce(signed, 0), flags & 1 FROM attendance"
)

func (l *peopleLists) readAll(ctx context.Context, scanAttendance func(scanTarget) error) error {
	read := l.names.db.read
	var n int
	if err := read.QueryRowContext(ctx, "SELECT count(*) FROM attendance").Scan(&n); err != nil {
		return mapError(err)
	}
	if room := n - len(l.rows); room > 0 {
		l.rows = slices.Grow(l.rows, room)
	}
	if err := eachRow(ctx, read, fmt.Sprintf(selectUnitNames, unitName("unit")), l.scanUnit); err != nil {
		return err
	}
	if err := eachRow(ctx, read, selectHeld, l.scanActivity); err != nil {
		return err
	}
	return eachRow(ctx, read, selectAttendance, scanAttendance)
}

func (l *peopleLists) scanUnit(row scanTarget) error {
	var id []byte
	var name string
	if err := row.Scan(&id, &name); err != nil {
		return err
	}
	l.changed = true
	l.units[idOf(id)] = l.texts.put(name)
	return nil
}

func (l *peopleLists) scanActivity(row scanTarget) error {
	var id []byte
	var title, day, end, status string
	if err := row.Scan(&id, &title, &day, &end, &status); err != nil {
		return err
	}
	l.changed = true
	a := &l.activities[l.activity(idOf(id))]
	a.title, a.day, a.on, a.held = l.texts.put(title), record.Date(day), dayNumber(record.Date(day)), status == "held" || status == "closed"
	a.last = neverOver
	if last := dayNumber(record.Date(cmp.Or(end, day))); last > 0 {
		a.last = last
	}
	return nil
}

func (l *peopleLists) scanAttendance(row scanTarget) (s attendanceSaid, err error) {
	var id, activity, person []byte
	err = row.Scan(&id, &activity, &person, &s.line, &s.role, &s.arrived, &s.signed, &s.gone)
	s.id, s.activity, s.person = idOf(id), idOf(activity), idOf(person)
	return s, err
}

// putScanned is for rows that are read while the names are locked.
func (l *peopleLists) putScanned(row scanTarget) error {
	s, err := l.scanAttendance(row)
	if err == nil {
		l.put(s)
	}
	return err
}

// idOf is the id in a column; what is no id names nothing.
func idOf(b []byte) (id record.ID) {
	copy(id[:], b)
	return id
}

// dayNumber grows from day to day; days that are none are 0.
func dayNumber(d record.Date) int32 {
	if len(d) != 10 {
		return 0
	}
	return int32(max(0, (d.Year()-1800)*372+d.Month()*31+d.Day()))
}

// activity is an activity's place; one that is not known yet gets one.
func (l *peopleLists) activity(id record.ID) int32 {
	i, ok := l.byActivity[id]
	if !ok {
		i = int32(len(l.activities))
		l.activities = append(l.activities, heldActivity{id: id, last: neverOver})
		l.byActivity[id] = i
	}
	return i
}

// put takes in what is known of an attendance. The names are locked for reading.
func (l *peopleLists) put(s attendanceSaid) {
	l.changed = true
	i, known := l.byID.find(s.id)
	if !known {
		i = int32(len(l.rows))
		l.rows = append(l.rows, heldAttendance{id: s.id})
		l.byID.put(i)
	}
	r := &l.rows[i]
	r.activity, r.line, r.role, r.flags, r.arrived = l.activity(s.activity), s.line, l.roles.put(s.role), 0, minutes(s.arrived)
	if s.signed {
		r.flags = rowSigned
	}
	if s.gone { // who stood on a list was seen, though they were taken off it
		r.flags = rowGone
	}
	delete(l.orphans, i)
	if person, there := l.names.byID.find(s.person); there {
		r.person = person
		return
	}
	r.person = -1
	l.orphans[i] = s.person
}

func minutes(clock string) int16 {
	if c := record.Clock(clock); len(c) != 5 || !c.Valid() {
		return 0
	}
	return int16(clock[0]-'0')*600 + int16(clock[1]-'0')*60 + int16(clock[3]-'0')*10 + int16(clock[4]-'0') + 1
}

func clockOf(minutes int16) string {
	if minutes == 0 {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", (minutes-1)/60, (minutes-1)%60)
}

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

// nameKey is what people are ordered by: who has no name stands last.
func (l *peopleLists) nameKey(keys *viet.NameKeys, i int32) string {
	if e := &l.names.list[i]; !record.NoName(e.name) {
		return "\x00" + string(keys.Key(e.name))
	}
	return "\x01"
}

// orderNames puts people who came or changed in their places between the others.
func (l *peopleLists) orderNames(moved []int32) {
	list := l.names.list
	dirty := make([]bool, len(list))
	type come struct {
		key string
		i   int32
	}
	var keys viet.NameKeys
	var coming []come
	for _, i := range moved {
		if !dirty[i] && !list[i].gone {
			coming = append(coming, come{l.nameKey(&keys, i), i})
		}
		dirty[i] = true
	}
	stay := slices.DeleteFunc(l.byName, func(i int32) bool { return dirty[i] })
	before := func(a come, key string, i int32) bool {
		return a.key < key || a.key == key && lessID(&list[a.i].id, &list[i].id)
	}
	slices.SortFunc(coming, func(a, b come) int {
		if before(a, b.key, b.i) {
			return -1
		}
		return 1
	})
	out := make([]int32, 0, len(stay)+len(coming))
	for _, c := range coming {
		var n int
		if 8*len(coming) < len(stay) { // few: look for each one's place
			n = sort.Search(len(stay), func(k int) bool { return before(c, l.nameKey(&keys, stay[k]), stay[k]) })
		} else {
			n = slices.IndexFunc(stay, func(i int32) bool { return before(c, l.nameKey(&keys, i), i) })
			if n < 0 {
				n = len(stay)
			}
		}
		out = append(append(out, stay[:n]...), c.i)
		stay = stay[n:]
	}
	l.byName = append(out, stay...)
}

func lessID(a, b *record.ID) bool { return string(a[:]) < string(b[:]) }

// work puts everything in order again.
func (l *peopleLists) work() {
	list := l.names.list
	if cap(l.people) < len(list) {
		l.people = make([]heldPerson, len(list), len(list)+len(list)/8)
	}
	l.people = l.people[:len(list)]
	for i := range list {
		l.people[i] = heldPerson{unit: l.unitOf(&list[i]), last: -1}
		l.spell(list[i].position)
	}
	for at, i := range l.byName {
		if !record.NoName(list[i].name) {
			l.people[i].rank = int32(at) + 1
		}
	}
	for i := range l.rows {
		r := &l.rows[i]
		a := &l.activities[r.activity]
		if r.flags&rowGone != 0 || r.person < 0 || !a.held {
			continue
		}
		p := &l.people[r.person]
		p.times++
		if p.last < 0 || l.activities[p.last].on < a.on {
			p.last = r.activity
		}
	}
	l.order.settle()
	l.sexRank, l.groupRank = l.names.codes[0].ranks(record.Sexes), l.names.codes[1].ranks(record.Audiences)
	l.orderRows()
}

// unitOf is what the unit of a person is called: by its name now, or as it was written.
func (l *peopleLists) unitOf(e *heldName) int32 {
	if !e.unitID.IsZero() {
		if text := l.units[e.unitID]; text > 0 {
			return text
		}
	}
	return l.spell(e.unit)
}

// spell gives a text of the names its place among the lists' own.
func (l *peopleLists) spell(text int32) int32 {
	for len(l.spelled) < len(l.names.texts.list) {
		l.spelled = append(l.spelled, -1)
	}
	if l.spelled[text] < 0 {
		l.spelled[text] = l.texts.put(l.names.texts.list[text])
	}
	return l.spelled[text]
}

// orderRows puts the attendances in their usual order: by activity, then as on its list.
func (l *peopleLists) orderRows() {
	acts := make([]int32, len(l.activities))
	for i := range acts {
		acts[i] = int32(i)
	}
	slices.SortFunc(acts, func(i, k int32) int {
		a, b := &l.activities[i], &l.activities[k]
		if a.on != b.on {
			return int(b.on - a.on)
		}
		return strings.Compare(string(a.id[:]), string(b.id[:]))
	})
	start := make([]int32, len(acts)+1)
	for i := range l.rows {
		if l.rows[i].flags&rowGone == 0 {
			start[l.rows[i].activity]++
		}
	}
	at := int32(0)
	for _, a := range acts {
		start[a], at = at, at+start[a]
	}
	if cap(l.base) < int(at) {
		l.base = make([]int32, at, at+at/8)
	}
	l.base = l.base[:at]
	next := slices.Clone(start)
	for i := range l.rows {
		if r := &l.rows[i]; r.flags&rowGone == 0 {
			l.base[next[r.activity]] = int32(i)
			next[r.activity]++
		}
	}
	for _, a := range acts {
		slices.SortFunc(l.base[start[a]:next[a]], func(i, k int32) int {
			a, b := &l.rows[i], &l.rows[k]
			if a.line != b.line {
				return int(a.line - b.line)
			}
			return strings.Compare(string(a.id[:]), string(b.id[:]))
		})
	}
}
