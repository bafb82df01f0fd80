package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"sophobien/internal/record"
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
