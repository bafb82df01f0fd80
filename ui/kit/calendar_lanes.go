package kit

import "sophobien/internal/record"

// laid is an entry in its place in a week: the days it takes and its line.
type laid struct {
	entry       CalendarEntry
	first, last int // days of the week
	lane        int
	begins      bool // it does not come from the week before
}

// layWeek gives each entry of a week the highest line that is free on all its days.
func layWeek(monday record.Date, entries []CalendarEntry) []laid {
	var out []laid
	sunday := monday.AddDays(6)
	for _, e := range entries {
		if e.Day > sunday || e.last() < monday {
			continue
		}
		l := laid{entry: e, first: max(daysBetween(monday, e.Day), 0), last: min(daysBetween(monday, e.last()), 6), begins: e.Day >= monday}
		for taken(out, l) {
			l.lane++
		}
		out = append(out, l)
	}
	return out
}

func taken(placed []laid, l laid) bool {
	for _, p := range placed {
		if p.lane == l.lane && p.first <= l.last && l.first <= p.last {
			return true
		}
	}
	return false
}

// fit leaves out what has no room in a number of lines and says how many are left
// out on each day. A day that leaves out something needs its last line to say so,
// and an entry stays out on all its days or on none.
func fit(all []laid, lines int) (shown []laid, more [7]int) {
	var full [7]bool
	for _, l := range all {
		if l.lane >= lines {
			for d := l.first; d <= l.last; d++ {
				full[d] = true
			}
		}
	}
	for _, l := range all {
		if l.lane < lines-1 || l.lane < lines && !touches(full, l) {
			shown = append(shown, l)
			continue
		}
		for d := l.first; d <= l.last; d++ {
			more[d]++
		}
	}
	return shown, more
}

func touches(days [7]bool, l laid) bool {
	for d := l.first; d <= l.last; d++ {
		if days[d] {
			return true
		}
	}
	return false
}
