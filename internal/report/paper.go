package report

import (
	"fmt"

	"sophobien/internal/record"
)

// PlaceAndDay dates a paper as Decree 30 writes it: "Đắk Tô, ngày 05 tháng 01 năm
// 2026". What is not known is left to be filled in by hand.
func PlaceAndDay(place string, d record.Date) string {
	if place == "" {
		place = "…………"
	}
	return place + ", " + Day(d)
}

// Day is a day in words, a leading zero only for days below 10 and the months 1 and 2.
func Day(d record.Date) string {
	if d == "" || !d.Valid() {
		return "ngày      tháng      năm        "
	}
	month := fmt.Sprint(d.Month())
	if d.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day(), month, d.Year())
}
