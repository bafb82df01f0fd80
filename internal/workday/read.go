package workday

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"

	"sophobien/internal/record"
)

// columns of the catalogue, in their order.
var columns = []string{"day", "name_vi", "name_en", "kind", "confidence", "source"}

// mostBytes bounds a catalogue; ten years of days are some 20 KB.
const mostBytes = 1 << 20

// Read reads a catalogue of declared days, as holidays.csv is written.
func Read(r io.Reader) ([]Day, error) {
	in := csv.NewReader(io.LimitReader(r, mostBytes))
	in.FieldsPerRecord = len(columns)
	all, err := in.ReadAll()
	if err != nil {
		return nil, refuseCatalogue().Because(err)
	}
	if len(all) == 0 || !slices.Equal(all[0], columns) {
		return nil, refuseCatalogue()
	}
	days := make([]Day, 0, len(all)-1)
	for i, row := range all[1:] {
		d := Day{record.Date(row[0]), record.Words{VI: row[1], EN: row[2]}, Kind(row[3]), row[4], row[5]}
		if err := d.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		days = append(days, d)
	}
	return days, nil
}

func refuseCatalogue() *record.Refusal {
	return record.Refuse(record.ErrDamaged, "Tệp lịch nghỉ lễ không đúng mẫu: cần các cột day, name_vi, name_en, kind, confidence, source.",
		"The file of holidays is not of its form: it needs the columns day, name_vi, name_en, kind, confidence, source.")
}
