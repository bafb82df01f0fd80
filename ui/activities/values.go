package activities

import (
	"fmt"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// readClock reads a time of day as people write it: 8:00, 8h, 8h30, 8g30, 0830, 14.
func readClock(text string) (record.Clock, error) {
	s := strings.ToLower(strings.TrimSpace(text))
	if s == "" {
		return "", nil
	}
	hour, minute, _ := strings.Cut(strings.NewReplacer("h", ":", "g", ":", ".", ":").Replace(s), ":")
	if minute == "" && len(hour) > 2 {
		hour, minute = hour[:len(hour)-2], hour[len(hour)-2:]
	}
	if minute == "" {
		minute = "00"
	}
	h, errHour := strconv.Atoi(strings.TrimSpace(hour))
	m, errMinute := strconv.Atoi(strings.TrimSpace(minute))
	if errHour != nil || errMinute != nil || h < 0 || h > 23 || m < 0 || m > 59 || len(minute) != 2 {
		return "", record.Refuse(record.ErrInvalid, "Giờ ghi như 8:00, 8h30 hoặc 14.", "Write the time like 8:00, 8h30 or 14.")
	}
	return record.Clock(fmt.Sprintf("%02d:%02d", h, m)), nil
}

// readCount reads a whole number, with or without dots between thousands.
func readCount(text string) (int64, error) {
	s := strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(strings.TrimSpace(text))
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, record.Refuse(record.ErrInvalid, "Ghi bằng chữ số, ví dụ 60 hoặc 1.200.", "Write digits, for example 60 or 1.200.")
	}
	return n, nil
}

// writeCount is a number as it stands in a field; none is an empty field.
func writeCount(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
