package workday

import (
	"math"
	"testing"
	"time"

	"sophobien/internal/record"
)

// The lunar calendar of Vietnam, only to make and to check the catalogue: a month
// begins on the day, by the clock of UTC+7, of the new moon; the eleventh month
// holds the winter solstice; of thirteen months between two solstices the first
// without a major term of the sun is the leap month. New moons and the longitude of
// the sun follow Meeus, Astronomical Algorithms, chapters 49 and 25; both are good to
// a minute or so, and the closest call between 1960 and 2050 is wider.

const synodic = 29.530588861

// newMoon is the instant of the kth new moon since that of 6 January 2000.
func newMoon(k float64) time.Time {
	t := k / 1236.85
	jde := 2451550.09766 + synodic*k + t*t*(0.00015437+t*(-0.00000015+t*0.00000000073))
	e := 1 - t*(0.002516+t*0.0000074)
	sun := rad(2.5534 + 29.10535670*k - t*t*(0.0000014+t*0.00000011))
	moon := rad(201.5643 + 385.81693528*k + t*t*(0.0107582+t*0.00001238))
	node := rad(160.7108 + 390.67050284*k - t*t*(0.0016118+t*0.00000227))
	omega := rad(124.7746 - 1.56375588*k + t*t*0.0020672)
	for _, c := range []struct{ by, angle float64 }{
		{-0.40720, moon}, {0.17241 * e, sun}, {0.01608, 2 * moon}, {0.01039, 2 * node},
		{0.00739 * e, moon - sun}, {-0.00514 * e, moon + sun}, {0.00208 * e * e, 2 * sun},
		{-0.00111, moon - 2*node}, {-0.00057, moon + 2*node}, {0.00056 * e, 2*moon + sun},
		{-0.00042, 3 * moon}, {0.00042 * e, sun + 2*node}, {0.00038 * e, sun - 2*node},
		{-0.00024 * e, 2*moon - sun}, {-0.00017, omega}, {-0.00007, moon + 2*sun},
		{0.00004, 2*moon - 2*node}, {0.00004, 3 * sun}, {0.00003, moon + sun - 2*node},
		{0.00003, 2*moon + 2*node}, {-0.00003, moon + sun + 2*node}, {0.00003, moon - sun + 2*node},
		{0.000325, rad(299.77 + 0.107408*k - 0.009173*t*t)}, {0.000165, rad(251.88 + 0.016321*k)},
		{0.000164, rad(251.83 + 26.651886*k)}, {0.000126, rad(349.42 + 36.412478*k)},
		{0.000110, rad(84.66 + 18.206239*k)}, {0.000062, rad(141.74 + 53.303771*k)},
	} {
		jde += c.by * math.Sin(c.angle)
	}
	const delta = 69 // seconds from the even time of the formulas to the clock, about 2000–2030
	seconds := (jde-2440587.5)*86400 - delta
	return time.Unix(int64(math.Round(seconds)), 0).UTC()
}

// sunAt is the sector of the sun's longitude, 30 degrees each, 9 from the winter
// solstice on.
func sunAt(at time.Time) int {
	t := (float64(at.Unix())/86400 + 2440587.5 - 2451545 + 69.0/86400) / 36525
	mean := 280.46646 + t*(36000.76983+t*0.0003032)
	m := rad(357.52911 + t*(35999.05029-t*0.0001537))
	centre := (1.914602-t*(0.004817+t*0.000014))*math.Sin(m) + (0.019993-t*0.000101)*math.Sin(2*m) + 0.000289*math.Sin(3*m)
	apparent := mean + centre - 0.00569 - 0.00478*math.Sin(rad(125.04-1934.136*t))
	apparent = math.Mod(math.Mod(apparent, 360)+360, 360)
	return int(apparent / 30)
}

func rad(degrees float64) float64 { return degrees * math.Pi / 180 }

var vietnam = time.FixedZone("+07", 7*3600)

// monthStart is the first day of the kth lunar month.
func monthStart(k int) record.Date { return record.DateOf(newMoon(float64(k)).In(vietnam)) }

// sectorOn is where the sun stands when the day begins in Vietnam.
func sectorOn(d record.Date) int { return sunAt(d.Time().Add(-7 * time.Hour)) }

// eleventh is the month that holds the winter solstice of a year.
func eleventh(year int) int {
	end, _ := record.NewDate(year, 12, 31)
	k := int(float64(end.Time().Unix()-time.Date(2000, 1, 6, 18, 0, 0, 0, time.UTC).Unix())/86400/synodic) + 1
	for monthStart(k) > end {
		k--
	}
	if sectorOn(monthStart(k)) >= 9 { // it began after the solstice
		k--
	}
	return k
}

// solar is the day of a day of the lunar calendar, of a month that is not a leap one.
func solar(year, month, day int) record.Date {
	first, next := eleventh(year-1), eleventh(year)
	leap := 0
	if next-first == 13 {
		for leap = 1; sectorOn(monthStart(first+leap)) != sectorOn(monthStart(first+leap+1)); leap++ {
		}
	}
	after := (month + 1) % 12 // months since the eleventh of the year before
	if month >= 11 {
		return solarEnd(year, month, day)
	}
	if leap > 0 && after >= leap {
		after++
	}
	return monthStart(first + after).AddDays(day - 1)
}

// solarEnd is the same for the last two months, which hang on the solstice of their
// own year.
func solarEnd(year, month, day int) record.Date {
	first, next := eleventh(year), eleventh(year+1)
	after := month - 11
	if next-first == 13 && after == 1 && sectorOn(monthStart(first+1)) == sectorOn(monthStart(first+2)) {
		after = 2
	}
	return monthStart(first + after).AddDays(day - 1)
}

func TestLunarNewYear(t *testing.T) {
	// 1968, 1985, 2007 and 2030 are another day, 1985 another month, in China: the
	// hour between the two clocks decides.
	for year, want := range map[int]record.Date{
		1968: "1968-01-29", 1985: "1985-01-21", 1990: "1990-01-27", 2000: "2000-02-05", 2001: "2001-01-24", 2002: "2002-02-12",
		2003: "2003-02-01", 2004: "2004-01-22", 2005: "2005-02-09", 2006: "2006-01-29", 2007: "2007-02-17", 2008: "2008-02-07",
		2009: "2009-01-26", 2010: "2010-02-14", 2011: "2011-02-03", 2012: "2012-01-23", 2013: "2013-02-10", 2014: "2014-01-31",
		2015: "2015-02-19", 2016: "2016-02-08", 2017: "2017-01-28", 2018: "2018-02-16", 2019: "2019-02-05", 2020: "2020-01-25",
		2021: "2021-02-12", 2022: "2022-02-01", 2023: "2023-01-22", 2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17",
		2027: "2027-02-06", 2028: "2028-01-26", 2029: "2029-02-13", 2030: "2030-02-02",
	} {
		if got := solar(year, 1, 1); got != want {
			t.Errorf("new year of %d: %s, want %s", year, got, want)
		}
	}
}

func TestLunarDays(t *testing.T) {
	for _, tt := range []struct {
		year, month, day int
		want             record.Date
		what             string
	}{
		{2016, 3, 10, "2016-04-16", "Giỗ Tổ"}, {2017, 3, 10, "2017-04-06", "Giỗ Tổ"}, {2020, 3, 10, "2020-04-02", "Giỗ Tổ"},
		{2021, 3, 10, "2021-04-21", "Giỗ Tổ"}, {2022, 3, 10, "2022-04-10", "Giỗ Tổ"}, {2023, 3, 10, "2023-04-29", "Giỗ Tổ, after the leap second month"},
		{2024, 3, 10, "2024-04-18", "Giỗ Tổ"}, {2025, 3, 10, "2025-04-07", "Giỗ Tổ"}, {2026, 3, 10, "2026-04-26", "Giỗ Tổ"},
		{2020, 8, 15, "2020-10-01", "Trung thu, after the leap fourth month"}, {2023, 8, 15, "2023-09-29", "Trung thu"},
		{2025, 8, 15, "2025-10-06", "Trung thu, after the leap sixth month"}, {2024, 8, 15, "2024-09-17", "Trung thu"},
		{2023, 12, 29, "2024-02-08", "29 tháng Chạp, first day off of 2024"}, {2024, 12, 26, "2025-01-25", "26 tháng Chạp"},
		{2025, 12, 27, "2026-02-14", "27 tháng Chạp"},
	} {
		if got := solar(tt.year, tt.month, tt.day); got != tt.want {
			t.Errorf("%d/%d of %d (%s): %s, want %s", tt.day, tt.month, tt.year, tt.what, got, tt.want)
		}
	}
}
