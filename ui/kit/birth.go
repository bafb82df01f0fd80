package kit

import (
	"strings"

	"sophobien/internal/record"
)

// ReadBirth reads a birth as people write it: a year, or a day that date reads.
func ReadBirth(text string, date func(string) (record.Date, error)) (record.Birth, error) {
	s := strings.TrimSpace(text)
	if b := record.Birth(s); len(s) == 4 && b.Valid() || s == "" {
		return b, nil
	}
	d, err := date(s)
	return record.Birth(d), err
}
