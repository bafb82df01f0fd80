// Package recordtest makes records for tests: nouns with every field set to a
// distinct value, and small believable rows where a test does not care. Only
// tests import it.
package recordtest

import (
	"fmt"
	"reflect"
	"time"

	"sophobien/internal/record"
)

// Distinct fills every field of a noun (a pointer) with a value no other field
// has, so that a mapping that mixes two of them up is seen.
func Distinct(noun any) {
	n := 0
	fill(reflect.ValueOf(noun).Elem(), &n)
}

func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case record.ID:
		v.Set(reflect.ValueOf(ID(int64(1000 + *n))))
		return
	case record.Date, record.Birth:
		v.SetString(string(record.Date("2024-01-01").AddDays(*n)))
		return
	case record.Clock:
		v.SetString(fmt.Sprintf("%02d:%02d", *n%24, *n%60))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("chữ <%d> & \"đủ\" \\ \n", *n))
	case reflect.Int64, reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	default:
		panic("recordtest: no value for " + v.Type().String())
	}
}

// ID is a stable id for tests, ordered by n.
func ID(n int64) record.ID {
	var random [10]byte
	for i := range random {
		random[i] = byte(n >> (8 * (i % 8)))
	}
	return record.NewID(Day0.UnixMilli()+n, random)
}

// Day0 is the day on which tests happen unless they say otherwise.
var Day0 = time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)

// Activity is a held training with an id.
func Activity(n int64) record.Activity {
	return record.Activity{
		ID: ID(n), Kind: "training", Title: fmt.Sprintf("Tập huấn Bộ luật Lao động %d", n), Status: "held", Direct: true,
		When: record.Occasion{Date: record.Date("2026-01-01").AddDays(int(n % 300)), Place: "Nhà văn hóa thôn Kon Rờ Bàng"},
	}
}

// Person is a person with a name no other n has.
func Person(n int64) record.Person {
	return record.Person{
		ID: ID(1_000_000 + n), FullName: fmt.Sprintf("Y Ngọc Thử %d", n), Sex: []string{"nữ", "nam"}[n%2],
		Birth: record.Birth(fmt.Sprint(1960 + n%45)), Group: "worker",
	}
}

// Attendees are n people on an activity's list.
func Attendees(activity record.ID, from, n int64) []record.Attendee {
	out := make([]record.Attendee, n)
	for i := range n {
		p := Person(from + i)
		out[i] = record.Attendee{Person: p, Attendance: record.Attendance{
			ID: ID(2_000_000 + from + i), ActivityID: activity, PersonID: p.ID, Line: i + 1, Signed: true,
		}}
	}
	return out
}
