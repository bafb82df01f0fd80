package viet

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFormatInt(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1.000", 12345: "12.345", 123456: "123.456", 1234567: "1.234.567",
		-1234: "-1.234", -100: "-100", math.MinInt64: "-9.223.372.036.854.775.808",
	} {
		if got := FormatInt(n); got != want {
			t.Errorf("FormatInt(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	tests := []struct {
		f        float64
		decimals int
		want     string
	}{
		{1234.5, 1, "1.234,5"},
		{1234.5, 2, "1.234,50"},
		{1234.56, 0, "1.235"},
		{0.5, 1, "0,5"},
		{-1234567.891, 2, "-1.234.567,89"},
		{-0.001, 2, "0,00"},
		{999.999, 2, "1.000,00"},
		{12, -1, "12"},
		{math.NaN(), 2, ""},
		{math.Inf(1), 2, ""},
	}
	for _, tt := range tests {
		if got := FormatNumber(tt.f, tt.decimals); got != tt.want {
			t.Errorf("FormatNumber(%v, %d) = %q, want %q", tt.f, tt.decimals, got, tt.want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	good := map[string]float64{
		"1.234": 1234, "1,5": 1.5, "1.234,56": 1234.56, "1.234.567,89": 1234567.89, "1.234.567": 1234567,
		"1,234": 1.234, "1,234,567": 1234567, "1,234.56": 1234.56, "1.5": 1.5, "12.34": 12.34, "1234.567": 1234.567,
		"0.125": 0.125, "0,125": 0.125, "1 234 567": 1234567, "1 234,5": 1234.5, "1\u00a0234": 1234, "1\u202f234.5": 1234.5,
		" 7 ": 7, "-1.234": -1234, "−5": -5, "+5": 5, "007": 7, "0": 0,
	}
	for in, want := range good {
		if got, err := ParseNumber(in); err != nil || got != want {
			t.Errorf("ParseNumber(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	bad := []string{"", " ", "-", ".", ",5", "5,", "1.234.56", "1,23,456", "1.23.456", "1 23", "1,5,5", "1.234,5.6", "12a",
		"NaN", "Inf", "1e5", "0x10", "1_000", "٣", strings.Repeat("9", 500), strings.Repeat("9", 30)}
	for _, in := range bad {
		if got, err := ParseNumber(in); !errors.Is(err, ErrNotNumber) {
			t.Errorf("ParseNumber(%.40q) = %v, %v; want a refusal", in, got, err)
		}
	}
}

func TestParseInt(t *testing.T) {
	for in, want := range map[string]int64{"1.234.567": 1234567, "-5": -5, "12,0": 12, "1.234,00": 1234, "9.223.372.036.854.775.807": math.MaxInt64} {
		if got, err := ParseInt(in); err != nil || got != want {
			t.Errorf("ParseInt(%q) = %v, %v; want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"1,5", "9.223.372.036.854.775.808", "", "x"} {
		if got, err := ParseInt(in); !errors.Is(err, ErrNotNumber) {
			t.Errorf("ParseInt(%q) = %v, %v; want a refusal", in, got, err)
		}
	}
}

func TestNumbersRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		if got, err := ParseInt(FormatInt(n)); err != nil || got != n {
			t.Fatalf("%s read as %d, %v", FormatInt(n), got, err)
		}
		f := rapid.Float64Range(-1e12, 1e12).Draw(t, "f")
		text := FormatNumber(f, 3)
		got, err := ParseNumber(text)
		if err != nil || math.Abs(got-f) > 0.00051 {
			t.Fatalf("%v written %s, read as %v, %v", f, text, got, err)
		}
	})
}
