package record_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func TestNewDateKnowsTheCalendar(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    record.Date
	}{
		{2024, 2, 29, "2024-02-29"}, {2025, 2, 29, ""}, {1900, 2, 29, ""}, {2000, 2, 29, "2000-02-29"}, {2026, 4, 31, ""},
		{2026, 13, 1, ""}, {2026, 0, 1, ""}, {2026, 1, 0, ""}, {0, 1, 1, ""}, {10_000, 1, 1, ""}, {1, 1, 1, "0001-01-01"}, {-5, 1, 1, ""},
	} {
		got, ok := record.NewDate(c.y, c.m, c.d)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%d-%d-%d: %q, %t", c.y, c.m, c.d, got, ok)
		}
	}
}

func TestDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(-30_000, 30_000).Draw(t, "days")
		start := record.Date("2026-03-05")
		d := start.AddDays(days)
		if !d.Valid() || d.AddDays(-days) != start || (d > start) != (days > 0) {
			t.Fatalf("%s and %d days is %q", start, days, string(d))
		}
		again, ok := record.NewDate(d.Year(), d.Month(), d.Day())
		if !ok || again != d || record.DateOf(d.Time()) != d {
			t.Fatalf("%q in parts is %q", string(d), string(again))
		}
		if want := d.Time().Format("02/01/2006"); d.String() != want {
			t.Fatalf("shown as %s, want %s", d, want)
		}
	})
	for _, bad := range []record.Date{"2026-3-5", "05/03/2026", "2026-02-30", "x", "2026-03-05 ", "0000-01-01", "２０２６-03-05"} {
		if bad.Valid() {
			t.Errorf("%q is valid", string(bad))
		}
		if !bad.Time().IsZero() && bad != "0000-01-01" {
			t.Errorf("%q has a time", string(bad))
		}
	}
	if d := record.Date(""); !d.Valid() || d.Year() != 0 || d.Month() != 0 || d.Day() != 0 || d.String() != "" || d.AddDays(3) != "" {
		t.Error("the empty date is not empty")
	}
	hanoi := time.FixedZone("", 7*3600)
	if d := record.DateOf(time.Date(2026, 3, 5, 0, 30, 0, 0, hanoi)); d != "2026-03-05" {
		t.Errorf("just after midnight in Hà Nội: %q", string(d))
	}
}

func TestClockAndBirth(t *testing.T) {
	for c, want := range map[record.Clock]bool{"": true, "08:00": true, "23:59": true, "24:00": false, "8:00": false, "08:60": false, "08h00": false, "08:00:00": false} {
		if c.Valid() != want {
			t.Errorf("clock %q valid: %t", string(c), !want)
		}
	}
	for _, c := range []struct {
		b     record.Birth
		valid bool
		year  int
		shown string
	}{
		{"", true, 0, ""}, {"1987", true, 1987, "1987"}, {"1987-03-05", true, 1987, "05/03/1987"}, {"1987-02-29", false, 1987, "29/02/1987"},
		{"87", false, 0, "87"}, {"0000", false, 0, "0000"}, {"-987", false, -987, "-987"}, {"abcd", false, 0, "abcd"}, {"1987-03", false, 1987, "1987-03"},
	} {
		if c.b.Valid() != c.valid || c.b.Year() != c.year || c.b.String() != c.shown {
			t.Errorf("birth %q: valid %t, year %d, shown %q", string(c.b), c.b.Valid(), c.b.Year(), c.b.String())
		}
	}
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct {
		from, to, day record.Date
		want          bool
	}{
		{"2025-12-01", "2026-11-30", "2025-12-01", true}, {"2025-12-01", "2026-11-30", "2026-11-30", true},
		{"2025-12-01", "2026-11-30", "2025-11-30", false}, {"2025-12-01", "2026-11-30", "2026-12-01", false},
		{"", "2026-11-30", "1999-01-01", true}, {"2025-12-01", "", "2099-01-01", true}, {"", "", "2026-01-01", true}, {"", "", "", false},
	} {
		p := record.Period{From: c.from, To: c.to}
		if p.Has(c.day) != c.want {
			t.Errorf("%s has %s: %t", p, c.day, !c.want)
		}
	}
}

func TestIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.Int64Range(0, 1<<48-1).Draw(t, "ms")
		var random [10]byte
		copy(random[:], rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "random"))
		id := record.NewID(ms, random)
		s := id.String()
		if s[14] != '7' || !strings.Contains("89ab", s[19:20]) {
			t.Fatalf("%s is no UUIDv7", s)
		}
		back, err := record.ParseID(s)
		if err != nil || back != id {
			t.Fatalf("%s is read as %s (%v)", s, back, err)
		}
		if later := record.NewID(ms+1, random); ms < 1<<48-1 && later.String() <= s {
			t.Fatalf("%s a millisecond after %s", later, s)
		}
	})
	for _, bad := range []string{"", "x", "0192a5d0-0000-7000-8000-00000000000", "0192A5D0-0000-7000-8000-000000000001", "0192a5d000007000800000000000000123456", "0192a5d0-0000-7000-8000-00000000000g", "{192a5d0-0000-7000-8000-000000000001"} {
		if _, err := record.ParseID(bad); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	var id record.ID
	if text, err := id.MarshalText(); err != nil || len(text) != 0 || !id.IsZero() || id.UnmarshalText(nil) != nil || id.UnmarshalText([]byte("x")) == nil {
		t.Error("the zero id")
	}
	a, b := record.CatalogID("unit", "23293", "2025-07-01"), record.CatalogID("unit", "2329", "32025-07-01")
	if a == b || a != record.CatalogID("unit", "23293", "2025-07-01") || a.String()[14] != '8' {
		t.Errorf("catalogue ids %s, %s", a, b)
	}
}

func TestSentences(t *testing.T) {
	r := record.Refuse(record.ErrSpace, "Đầy.", "Full.").Because(errors.New("disk"))
	wrapped := fmt.Errorf("save: %w", r)
	if !errors.Is(wrapped, record.ErrSpace) || record.SentenceOf(wrapped, "vi") != "Đầy." || record.SentenceOf(wrapped, "en") != "Full." {
		t.Errorf("%v", wrapped)
	}
	p := record.Person{}.Validate()
	if record.SentenceOf(fmt.Errorf("x: %w", p), "vi") != "Chưa có họ và tên." {
		t.Errorf("%s", record.SentenceOf(p, "vi"))
	}
	if s := record.SentenceOf(errors.New("panic: 0x7f"), "vi"); s == "" || s == "panic: 0x7f" {
		t.Errorf("an unexpected error is shown as %q", s)
	}
	if w := (record.Words{VI: "chỉ tiếng Việt"}); w.In("en") != "chỉ tiếng Việt" || w.In("vi") != w.VI {
		t.Error("a sentence without English")
	}
}

func TestWordLists(t *testing.T) {
	for name, list := range map[string][]record.Term{
		"kinds": record.ActivityKinds, "forms": record.LegalForms, "modes": record.Modes, "statuses": record.Statuses, "audiences": record.Audiences,
		"roles": record.Roles, "unit kinds": record.UnitKinds, "flags": record.FocusFlags, "sources": record.CostSources, "rules": record.PeriodRules,
	} {
		seen := map[string]bool{}
		for _, x := range list {
			if seen[x.Code] || x.Code == "" || x.Words.VI == "" || x.Words.EN == "" {
				t.Errorf("%s: %+v", name, x)
			}
			seen[x.Code] = true
			if record.WordIn(list, x.Code, "vi") != x.Words.VI {
				t.Errorf("%s: %s is not found", name, x.Code)
			}
		}
	}
	if record.WordIn(record.Modes, "telepathy", "vi") != "telepathy" {
		t.Error("an unknown code must be shown as it is")
	}
	for _, a := range record.Audiences {
		h := record.HeadCount{Total: 21, Workers: 1, Employers: 2, Officials: 3, Reporters: 4, Mediators: 5}
		if h.Of(a.Code) == 0 {
			t.Errorf("nobody counts %s", a.Code)
		}
	}
}
