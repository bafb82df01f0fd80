package app

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func shipped(t testing.TB) *catalog { return must(loadCatalog())(t) }

// TestCatalogueHolds: every id is one unit, every unit is valid and stands under
// one of the level above that exists on the same days.
func TestCatalogueHolds(t *testing.T) {
	c := shipped(t)
	if len(c.units) < 3321+34+113 {
		t.Fatalf("%d units", len(c.units))
	}
	seen := map[record.ID]string{}
	levels := map[string][]string{"province": nil, "district": {"province"}, "commune": {"province", "district"}}
	for _, u := range c.units {
		if other, twice := seen[u.ID]; twice {
			t.Errorf("%s and %s have one id", u.FullName(), other)
		}
		seen[u.ID] = u.FullName()
		if err := u.Validate(); err != nil {
			t.Errorf("%s: %v", u.FullName(), err)
		}
		line := c.line(u)
		if u.Kind == "province" {
			if len(line) != 1 {
				t.Errorf("%s stands under %v", u.FullName(), line[1:])
			}
			continue
		}
		if len(line) < 2 || line[len(line)-1].Kind != "province" {
			t.Errorf("%s %s is in no province", u.Code, u.FullName())
			continue
		}
		parent, ok := line[1].Kind, false
		for _, l := range levels[u.Kind] {
			ok = ok || l == parent
		}
		if !ok || !line[1].Valid.Has(cmp.Or(u.Valid.To, "2026-11-23")) {
			t.Errorf("%s stands under %s, valid %v", u.FullName(), line[1].FullName(), line[1].Valid)
		}
	}
	for _, topic := range c.topics {
		if topic.Code == "" || topic.Words.VI == "" || topic.Words.EN == "" {
			t.Errorf("topic %+v", topic)
		}
	}
}

// TestACodeIsAUnitOnADate: codes were used again on 1 July 2025.
func TestACodeIsAUnitOnADate(t *testing.T) {
	c := shipped(t)
	for on, want := range map[record.Date]string{
		"2024-12-31": "phường Duy Tân, thành phố Kon Tum, tỉnh Kon Tum, đến 30/06/2025",
		"2025-06-30": "phường Duy Tân, thành phố Kon Tum, tỉnh Kon Tum, đến 30/06/2025",
		"2025-07-01": "phường Đăk Cấm, tỉnh Quảng Ngãi",
		"2026-03-20": "phường Đăk Cấm, tỉnh Quảng Ngãi",
	} {
		u, ok := c.byCode("23284", on)
		choice := c.choice(u)
		if got := choice.Name + ", " + choice.Detail; !ok || got != want {
			t.Errorf("on %s code 23284 is %q, want %q", on, got, want)
		}
	}
	for _, code := range []string{"", "99999", "2328", "23284 "} {
		if u, ok := c.byCode(code, "2026-01-01"); ok {
			t.Errorf("code %q is %s", code, u.FullName())
		}
	}
}

func TestFindByBareLetters(t *testing.T) {
	c := shipped(t)
	for _, tt := range []struct {
		query, level string
		on           record.Date
		first        string
	}{
		{"dak ha", "commune", "2026-03-20", "xã Đăk Hà"},
		{"đăk hà", "commune", "2026-03-20", "xã Đăk Hà"},
		{"DAK HA", "district", "2024-12-31", "huyện Đắk Hà"},
		{"xa dak ha quang ngai", "commune", "2026-03-20", "xã Đăk Hà"},
		{"duy tan", "commune", "2024-12-31", "phường Duy Tân"},
		{"duy tan kon tum", "commune", "2024-12-31", "phường Duy Tân"},
		{"23284", "commune", "2026-03-20", "phường Đăk Cấm"},
		{"quang ngai", "province", "2026-03-20", "tỉnh Quảng Ngãi"},
	} {
		found := c.find(tt.query, tt.level, tt.on, 8)
		if len(found) == 0 || found[0].Name != tt.first || len(found) > 8 {
			t.Errorf("%q on %s finds %+v, want %s first", tt.query, tt.on, found, tt.first)
		}
		for _, f := range found {
			if !f.Valid.Has(tt.on) {
				t.Errorf("%q on %s finds %s, which is %v", tt.query, tt.on, f.Name, f.Valid)
			}
		}
	}
	if found := c.find("duy tan kon tum", "commune", "2026-03-20", 8); len(found) > 0 {
		t.Errorf("in 2026 there is still %+v", found)
	}
	if found := c.find("không có nơi này", "", "", 8); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

func TestPresetsAreValid(t *testing.T) {
	var all map[string]preset
	if err := json.Unmarshal(presetBytes, &all); err != nil {
		t.Fatal(err)
	}
	for name, unit := range map[string]string{"2025-commune": "23500", "2024-district": "615", "2025-province": "51", "2024-province": "62"} {
		p, ok := all[name]
		if !ok || record.Word(record.UnitKinds, p.Level) == nil || record.Word(record.PeriodRules, p.PeriodRule) == nil {
			t.Errorf("preset %s: %+v", name, p)
		}
		if period := report.Period(p.PeriodRule, 2026, ""); period.From > period.To {
			t.Errorf("preset %s: period %v", name, period)
		}
		s := Starter{Options: at(today)}
		choice := must(s.UnitByCode(name, unit))(t)
		setup := must(s.Propose(name, choice.ID))(t)
		for field, v := range map[string]string{
			"office": setup.OfficeName, "parent": setup.ParentName, "place": setup.Place, "recipient": setup.Recipient, "head": setup.HeadTitle,
		} {
			if v == "" || strings.ContainsAny(v, "{}") {
				t.Errorf("preset %s proposes %s %q", name, field, v)
			}
		}
		if found := must(s.FindUnits(ctx, name, unit, 3))(t); len(found) != 1 || found[0] != choice {
			t.Errorf("preset %s finds %+v by the code", name, found)
		}
	}
	if len(all) != 4 {
		t.Errorf("%d presets", len(all))
	}
	if _, err := (Starter{}).FindUnits(ctx, "2031-village", "x", 3); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("an unknown preset: %v", err)
	}
}

// TestPresetWithAWrongClock: a dead battery must not set an office up in a unit
// that is long gone.
func TestPresetWithAWrongClock(t *testing.T) {
	for _, year := range []int{1980, 2001, 2026, 2090} {
		s := Starter{Options: at(time.Date(year, 1, 1, 8, 0, 0, 0, time.UTC))}
		var got []string
		for _, q := range [][2]string{{"2025-commune", "23284"}, {"2024-district", "608"}} {
			got = append(got, must(s.UnitByCode(q[0], q[1]))(t).Name)
		}
		if diff := gocmp.Diff([]string{"phường Đăk Cấm", "thành phố Kon Tum"}, got); diff != "" {
			t.Errorf("in %d:\n%s", year, diff)
		}
	}
}
