package demo_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/demo"
	"sophobien/internal/record"
)

func catalog(t testing.TB) fs.FS {
	t.Helper()
	return os.DirFS("../../assets/catalog")
}

func generate(t testing.TB, o demo.Options) *demo.Office {
	t.Helper()
	o.Catalog = catalog(t)
	if o.Today == "" {
		o.Today = "2026-11-23"
	}
	office, err := demo.Generate(o)
	if err != nil {
		t.Fatal(err)
	}
	return office
}

// digest is the hash of every value of an office.
func digest(t *testing.T, o *demo.Office) [32]byte {
	t.Helper()
	h := sha256.New()
	e := json.NewEncoder(h)
	if err := e.Encode([]any{o.Office, o.Units}); err != nil {
		t.Fatal(err)
	}
	if err := o.Each(func(a record.Activity, people []record.Attendee) error { return e.Encode([]any{a, people}) }); err != nil {
		t.Fatal(err)
	}
	return [32]byte(h.Sum(nil))
}

func TestSameSeedSameOffice(t *testing.T) {
	a, b := generate(t, demo.Options{Seed: 7}), generate(t, demo.Options{Seed: 7})
	want := digest(t, a)
	if digest(t, b) != want {
		t.Error("two offices of one seed differ")
	}
	if digest(t, a) != want {
		t.Error("the second walk over an office differs from the first")
	}
	if digest(t, generate(t, demo.Options{Seed: 8})) == want {
		t.Error("two seeds make one office")
	}
}

func TestEverythingIsValid(t *testing.T) {
	o := generate(t, demo.Options{Seed: 3, Years: 3, ActivitiesPerYear: 100})
	check := func(n interface{ Validate() error }) {
		t.Helper()
		if err := n.Validate(); err != nil {
			t.Errorf("%v: %+v", err, n)
		}
	}
	check(o.Office)
	units := map[record.ID]bool{{}: true}
	for _, u := range o.Units {
		check(u)
		if !units[u.ParentID] {
			t.Errorf("%s comes before its parent", u.Name)
		}
		units[u.ID] = true
	}
	ids := map[record.ID]bool{}
	fresh := func(id record.ID) {
		if ids[id] {
			t.Errorf("id %s given twice", id)
		}
		ids[id] = true
	}
	known := map[record.ID]record.Person{}
	err := o.Each(func(a record.Activity, people []record.Attendee) error {
		check(a)
		fresh(a.ID)
		if !units[a.HostUnitID] || len(a.UnitsReached) > 0 && !units[a.UnitsReached[0]] {
			t.Errorf("%q names a unit nobody gave", a.Title)
		}
		here := map[record.ID]bool{}
		for _, p := range people {
			check(p.Person)
			check(p.Attendance)
			fresh(p.Attendance.ID)
			if p.Attendance.ActivityID != a.ID || p.Attendance.PersonID != p.Person.ID || here[p.Person.ID] {
				t.Errorf("%q: attendance of %q does not fit", a.Title, p.Person.FullName)
			}
			here[p.Person.ID] = true
			if before, ok := known[p.Person.ID]; ok && before != p.Person {
				t.Errorf("%q came back as somebody else", before.FullName)
			}
			known[p.Person.ID] = p.Person
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAYearLooksLikeOne(t *testing.T) {
	o := generate(t, demo.Options{Seed: 1, Years: 2, ActivitiesPerYear: 200})
	status, kinds, months := map[string]int{}, map[string]int{}, map[int]int{}
	last := record.Date("")
	err := o.Each(func(a record.Activity, people []record.Attendee) error {
		status[a.Status]++
		kinds[a.Kind]++
		months[a.When.Date.Month()]++
		if a.When.Date < last {
			t.Errorf("%s after %s", a.When.Date, last)
		}
		last = a.When.Date
		future := a.When.Date > "2026-11-23"
		if future != (a.Status == "planned") || len(people) > 0 != a.Heads.Listed || a.Status != "held" && len(people) > 0 {
			t.Errorf("%s %s with %d people on %s", a.Status, a.Kind, len(people), a.When.Date)
		}
		if strings.ContainsAny(a.Title, "{}") || a.Heads.Listed && a.Heads.Total != int64(len(people)) {
			t.Errorf("%q: %+v", a.Title, a.Heads)
		}
		if a.Kind == "training" && !a.Direct || a.Kind == "woven" != (a.WovenInto != "") || a.Kind == "contest" && a.Prizes == 0 {
			t.Errorf("%q: a %s without its marks", a.Title, a.Kind)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if status["planned"] < 3 || status["cancelled"] < 3 || status["held"] < 350 {
		t.Errorf("statuses %v", status)
	}
	if len(months) != 12 || len(kinds) < 12 {
		t.Errorf("months %v, kinds %v", months, kinds)
	}
}

func TestNamesLookLikeNames(t *testing.T) {
	o := generate(t, demo.Options{Seed: 5, Years: 4, ActivitiesPerYear: 100})
	all, short, nguyen, minority, women := 0, 0, 0, 0, 0
	seen := map[record.ID]bool{}
	err := o.Each(func(_ record.Activity, people []record.Attendee) error {
		for _, a := range people {
			p := a.Person
			if seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			all++
			words := strings.Fields(p.FullName)
			if len(words) <= 2 && p.Ethnicity != "Kinh" {
				short++
			}
			if p.Ethnicity != "Kinh" {
				minority++
			} else if words[0] == "Nguyễn" {
				nguyen++
			}
			if p.Sex == "nữ" {
				women++
			}
			if slip := words[0] == "A" && p.Sex == "nữ" || words[0] == "Y" && p.Sex == "nam" || len(words) > 1 && words[1] == "Thị" && p.Sex == "nam"; slip {
				t.Errorf("%s is %s", p.FullName, p.Sex)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	share := func(what string, n, of, low, high int) {
		if pc := n * 100 / of; pc < low || pc > high {
			t.Errorf("%s: %d%%, want %d–%d", what, pc, low, high)
		}
	}
	share("Nguyễn among Kinh", nguyen, all-minority, 25, 38)
	share("ethnic minority", minority, all, 30, 65)
	share("names of one or two words", short, minority, 50, 95)
	share("women", women, all, 42, 52)
}

func TestEightYears(t *testing.T) {
	o := generate(t, demo.Options{Seed: 1, Years: 8, ActivitiesPerYear: 400, PeoplePerActivity: 45})
	activities, attendances, people := 0, 0, map[record.ID]struct{}{}
	err := o.Each(func(_ record.Activity, list []record.Attendee) error {
		activities++
		attendances += len(list)
		for _, a := range list {
			people[a.Person.ID] = struct{}{}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d activities, %d attendances, %d people", activities, attendances, len(people))
	if activities != 3200 || attendances < 130_000 || attendances > 155_000 || len(people) < 55_000 || len(people) > 66_000 {
		t.Errorf("%d activities, %d attendances, %d people; want 3200, ≈144,000, ≈60,000", activities, attendances, len(people))
	}
}

func TestEachStopsAtTheFirstError(t *testing.T) {
	stop, n := errors.New("stop"), 0
	err := generate(t, demo.Options{}).Each(func(record.Activity, []record.Attendee) error { n++; return stop })
	if diff := cmp.Diff([]any{stop, 1}, []any{err, n}, cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestRefusals(t *testing.T) {
	for name, o := range map[string]demo.Options{
		"no day":     {Catalog: catalog(t)},
		"no catalog": {Catalog: fstest.MapFS{}, Today: "2026-11-23"},
		"damaged": {Today: "2026-11-23", Catalog: fstest.MapFS{
			"admin_units_2025_quangngai.csv": {Data: []byte("code,name\n\"x")},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := demo.Generate(o); err == nil {
				t.Error("made an office of nothing")
			}
		})
	}
}
