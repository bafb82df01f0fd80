package kit

import "sophobien/internal/record"

// DeadlineWords say by when the report is to go out, and how many days and working days
// are left until then.
func DeadlineWords(d record.Deadline) string {
	words := T("gửi báo cáo chậm nhất {{.Day}}", map[string]any{"Day": DayWords(d.On)})
	if d.LastWork != d.On {
		words += T(" (ngày làm việc cuối {{.Day}})", map[string]any{"Day": d.LastWork.String()})
	}
	days := map[string]any{"Days": Number(int64(max(d.Days, -d.Days))), "Work": Number(int64(d.WorkDays))}
	switch {
	case d.Days > 0:
		return words + T("  ·  còn {{.Days}} ngày, {{.Work}} ngày làm việc", days)
	case d.Days == 0:
		return words + T("  ·  hạn hôm nay")
	}
	return words + T("  ·  đã qua {{.Days}} ngày", days)
}
