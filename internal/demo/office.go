package demo

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"sophobien/internal/record"
)

// Options say how large the office is. Zero numbers take the defaults: two years
// of forty activities with thirty people.
type Options struct {
	Seed              int64
	Years             int
	ActivitiesPerYear int
	PeoplePerActivity int
	Today             record.Date // the last day on which something was held
	Catalog           fs.FS       // the shipped catalogues
}

func (o Options) filled() Options {
	set := func(n *int, usual int) {
		if *n <= 0 {
			*n = usual
		}
	}
	set(&o.Years, 2)
	set(&o.ActivitiesPerYear, 40)
	set(&o.PeoplePerActivity, 30)
	return o
}

// Office is a made-up office: who it is, the units it knows, and by Each what it did.
type Office struct {
	Office record.Office
	Units  []record.Unit // the province, the commune and its bodies, parents first

	opt      Options
	commune  record.Unit
	topics   []topic
	words    map[string]string // of a topic
	kinds    weighted[kind]
	groups   []*group
	speakers []string
	first    record.Date // nothing was held before
}

// The streams of chance: what one draws more does not move the others.
const (
	setupStream uint64 = iota + 1
	dayStream
	activityStream
)

// Generate makes up an office. Only a missing or damaged catalogue, or a missing
// day, is an error.
func Generate(opt Options) (*Office, error) {
	opt = opt.filled()
	if opt.Today == "" || !opt.Today.Valid() {
		return nil, fmt.Errorf("%w: the demo needs a day", record.ErrInvalid)
	}
	c := newChance(opt.Seed, setupStream)
	cat, err := readCatalog(opt.Catalog, c.Rand)
	if err != nil {
		return nil, err
	}
	o := &Office{opt: opt, commune: cat.commune, topics: cat.topics, words: map[string]string{},
		first: record.DateOf(opt.Today.Time().AddDate(-opt.Years, 0, 1)), Units: []record.Unit{cat.province, cat.commune}}
	for _, t := range o.topics {
		o.words[t.code] = t.words
	}
	for _, k := range kinds {
		o.kinds.add(k.weight, k)
	}
	o.makeOffice(c, cat)
	o.makeGroups(c, min(64, max(8, opt.Years*opt.ActivitiesPerYear/8)))
	for range 5 {
		o.speakers = append(o.speakers, c.name("Kinh", one(c, []string{"nam", "nữ"})))
	}
	return o, nil
}

// Began is the first day the register tells of.
func (o *Office) Began() record.Date { return o.first }

func (o *Office) makeOffice(c chance, cat catalog) {
	full := cat.commune.FullName()
	o.Office = record.Office{
		ID: c.id(o.first, 0), UnitID: cat.commune.ID, Name: "Phòng Văn hóa – Xã hội",
		ParentName: "UBND " + strings.ToUpper(full), Place: cat.commune.Name, Recipient: "Sở Nội vụ tỉnh " + cat.province.Name,
		Preset: "2025-commune", PeriodRule: "plan", Series: "BC-VHXH",
		Head: record.Signer{Name: c.name("Kinh", "nam"), Title: "TRƯỞNG PHÒNG"},
		Officers: []record.Officer{
			{ID: c.id(o.first, 1), Name: c.name("Xơ-đăng", "nữ"), Title: "Công chức"},
			{ID: c.id(o.first, 2), Name: c.name("Kinh", "nam"), Title: "Phó Trưởng phòng"},
		},
		Collects: []record.Collect{
			{Field: "phone", Purpose: "Báo lịch và gửi tài liệu sau buổi phổ biến"},
			{Field: "ethnicity", Purpose: "Thống kê số lượt người dân tộc thiểu số theo kế hoạch của tỉnh"},
		},
	}
}

// Each hands out the activities by day, each with its people. It may be called
// again and gives the same again; it stops at the first error.
func (o *Office) Each(do func(a record.Activity, people []record.Attendee) error) error {
	c := newChance(o.opt.Seed, activityStream)
	for _, g := range o.groups {
		g.people = nil
	}
	mean := o.meanListed()
	for i, day := range o.days() {
		a, k, g := o.activity(c, day, i+1)
		people := mean * c.between(50, 150) / 100
		var list []record.Attendee
		switch {
		case day > o.opt.Today:
			a.Status = "planned"
		case i%47 == 31:
			a.Status, a.Result = "cancelled", one(c, cancels)
		default:
			list = o.hold(c, &a, k, g, i+1, max(3, people))
		}
		if err := do(a, list); err != nil {
			return err
		}
	}
	return nil
}

// meanListed makes up for the activities that have no list or no people yet, so that the average
// over all is the one asked for.
func (o *Office) meanListed() int {
	all, listed := 0, 0
	for _, k := range kinds {
		all += k.weight
		if k.listed {
			listed += k.weight
		}
	}
	const unheld = 105 // one in twenty was cancelled or is still to come
	return o.opt.PeoplePerActivity * all * unheld / (listed * 100)
}

// quiet are the months, around Tết and the harvest, in which less is held.
var quiet = map[int]int{1: 35, 2: 60, 7: 20, 12: 25}

// days are the days of all activities in order. One in twenty-five is still to
// come; nothing is held on Sundays.
func (o *Office) days() []record.Date {
	c := newChance(o.opt.Seed, dayStream)
	n := o.opt.Years * o.opt.ActivitiesPerYear
	ahead := min(n/25+1, 12)
	span := int(o.opt.Today.Time().Sub(o.first.Time()).Hours() / 24)
	var days []record.Date
	for len(days) < n {
		day := o.first.AddDays(c.IntN(span + 1))
		if len(days) < ahead {
			day = o.opt.Today.AddDays(c.between(2, 70))
		}
		if day.Time().Weekday() != time.Sunday && !c.yes(quiet[day.Month()]) {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return days
}
