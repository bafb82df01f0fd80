package record

import "strings"

// Holiday is a day on which the office does not work though it is a weekday, or
// works though it is not, as the office has said beside the shipped catalogue.
type Holiday struct {
	ID   ID
	Day  Date   `rec:"day,A" say:"Ngày|Day"`
	Name string `rec:"name,A" say:"Tên ngày|Name"`
	Work bool   `rec:"work,A" say:"Là ngày làm bù|A working day"`
}

// Ref names the holiday's row.
func (h Holiday) Ref() Ref { return Ref{"holiday", h.ID} }

// Validate refuses a holiday without a day or a name.
func (h Holiday) Validate() error {
	var c checks
	c.day(h.Day, "day", "Ngày nghỉ", "The day")
	c.refuse(strings.TrimSpace(h.Name) != "", "name", "Chưa ghi tên ngày nghỉ.", "The holiday has no name.")
	return c.err()
}
