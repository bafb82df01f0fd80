package store

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// BenchmarkReceive is what a province takes in of an office at once: a month with 300
// attendances, and a year, in commits of 20 people, without their values.
func BenchmarkReceive(b *testing.B) {
	for _, c := range []struct {
		name   string
		months int64
	}{{"month", 1}, {"year", 12}} {
		b.Run(c.name, func(b *testing.B) {
			office := newFar(1)
			for m := range c.months {
				for n := range int64(15) {
					a := recordtest.Activity(100*m + n)
					edits := []record.Edit{record.Create(a)}
					for _, x := range recordtest.Attendees(a.ID, 1000*m+20*n, 20) {
						edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
					}
					office.say(edits)
				}
			}
			for i := range office.said {
				office.said[i].Secrets = nil
			}
			for b.Loop() {
				b.StopTimer()
				db := openTest(b, b.TempDir()+"/a.db")
				mustSet(b, db, member(office, "24340", record.RoleOffice, nil))
				b.StartTimer()
				if r := mustReceive(b, db, office.said...); r.Applied != len(office.said) {
					b.Fatalf("%+v", r)
				}
				b.StopTimer()
				db.Close()
				b.StartTimer()
			}
		})
	}
}
