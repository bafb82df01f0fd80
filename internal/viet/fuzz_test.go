package viet

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "Đắk Glei", " -'_", "a\xff", "한\u0301", "\u0301a"} {
		f.Add(s, "dak")
	}
	f.Fuzz(func(t *testing.T, s, query string) {
		k := Key(s)
		if Key(k) != k {
			t.Errorf("Key(%q) = %q is not its own key", s, k)
		}
		if !utf8.ValidString(k) || strings.Contains(k, "  ") || strings.TrimSpace(k) != k {
			t.Errorf("Key(%q) = %q is out of shape", s, k)
		}
		if !MatchKey(k, k) || Rank(s, "") == HitNone {
			t.Errorf("%q does not match itself", s)
		}
		Rank(s, query)
		SortKey(s)
		CompareNames(s, query)
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"Hä vµ tªn", "Hoï vaø teân", "NguyêÞn", "\xe4", "\u0093", "e\u0301\u0323"} {
		for c := Unicode; c <= CP1258; c++ {
			f.Add(s, int(c))
		}
	}
	f.Fuzz(func(t *testing.T, s string, set int) {
		c := Charset(set)
		text := Decode(s, c)
		if NFC(text) != text {
			t.Errorf("Decode(%q, %v) = %q is not NFC", s, c, text)
		}
		if c >= TCVN3 && c <= CP1258 && !utf8.ValidString(text) {
			t.Errorf("Decode(%q, %v) = %q is not UTF-8", s, c, text)
		}
		if legacy, ok := Encode(s, c); ok && Decode(legacy, c) != NFC(s) {
			t.Errorf("%v: %q does not come back", c, s)
		}
	})
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"", "toà", "Hä vµ tªn", "Hoï vaø teân", "NguyêÞn", "İß", "Ⱥé", "\xff\xc3"} {
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		c, sure := Detect(a, b)
		if sure < 0 || sure > 1 {
			t.Errorf("confidence %v", sure)
		}
		if c != Unicode && (hasUnicodeLetter(a) || hasUnicodeLetter(b)) {
			t.Errorf("%q, %q taken for %v", a, b, c)
		}
		if again, _ := Detect(b, a); again != c {
			t.Errorf("%v in one order, %v in the other", c, again)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"5/3", "05032026", "2026-03-05T00:00:00Z", "hôm qua", "Đắk Tô, ngày 05 tháng 3 năm 2026", "5/3/26", "1987", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s, today)
		if (err == nil) != d.Valid() {
			t.Errorf("ParseDate(%q) = %+v, %v", s, d, err)
		}
		if err == nil {
			if again, err := ParseDate(d.String(), today); again != d {
				t.Errorf("%q is %v, which reads as %v, %v", s, d, again, err)
			}
		}
		if b, err := ParseBirth(s, today); err == nil && b.Year == 0 {
			t.Errorf("ParseBirth(%q) = %+v", s, b)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1.234", "1,5", "1.234,56", "1 234", "-0", "1,234.5", "999999999999999999999", "NaN"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := ParseNumber(s)
		if err != nil && v != 0 {
			t.Errorf("ParseNumber(%q) = %v with %v", s, v, err)
		}
		if err == nil {
			if again, err := ParseNumber(FormatNumber(v, 6)); err != nil || again-v > 1e-6*max(1, v) {
				t.Errorf("%q is %v, written %q, reads as %v, %v", s, v, FormatNumber(v, 6), again, err)
			}
		}
		if n, err := ParseInt(s); err == nil {
			if again, err := ParseInt(FormatInt(n)); err != nil || again != n {
				t.Errorf("%q is %d, which reads as %d, %v", s, n, again, err)
			}
		}
	})
}
