package viet

import (
	"strings"
	"testing"
)

// roundTrip wants a text back from every view of its encoding: the text itself, or for
// TCVN3 its small letters.
func roundTrip(t *testing.T, cell string, c Charset) {
	t.Helper()
	want, compare := NFC(cell), func(s string) string { return s }
	legacy, ok := Encode(cell, c)
	if !ok && c == TCVN3 {
		lower := strings.ToLower(cell)
		if legacy, ok = Encode(lower, c); ok {
			want, compare = lower, strings.ToLower
		}
	}
	if !ok {
		reportUnheld(t, cell, c)
		return
	}
	for view, text := range views(t, legacy) {
		if got := compare(Decode(text, c)); got != want {
			t.Errorf("%v read as %s: %q gives %q", c, view, cell, got)
		}
	}
}

// reportUnheld fails unless the text has a character that is not a letter of the
// alphabet: those are the only ones a character set may be without.
func reportUnheld(t *testing.T, cell string, c Charset) {
	t.Helper()
	letters := string(alphabet())
	foreign := strings.ContainsFunc(NFC(cell), func(r rune) bool { return r > 0x7F && !strings.ContainsRune(letters, r) })
	if !foreign {
		t.Errorf("%v cannot hold %q", c, cell)
	}
}

func TestEveryCatalogueCellRoundTrips(t *testing.T) {
	for file, cells := range catalogCells(t) {
		t.Run(file, func(t *testing.T) {
			for _, cell := range cells {
				for _, c := range legacySets {
					roundTrip(t, cell, c)
				}
			}
		})
	}
}

func TestDetectLeavesTheCatalogueAlone(t *testing.T) {
	for file, cells := range catalogCells(t) {
		for _, cell := range cells {
			if c, sure := Detect(cell); c != Unicode {
				t.Errorf("%s: %q taken for %v (%.2f)", file, cell, c, sure)
			}
		}
		if c, _ := Detect(cells...); c != Unicode {
			t.Errorf("%s as a whole taken for %v", file, c)
		}
	}
}

// Each cell alone: never a wrong set, and nearly always the right one. A cell is
// left alone when its legacy text is possible Unicode word by word, as "Sõn" (Sơn
// in 1258) or "Hoà" (Hồ in VNI); other misses, such
// as "Höng" (Hưng in VNI, Hửng in TCVN3), are one in thirty at most.
func TestDetectFindsEncodedCells(t *testing.T) {
	for _, c := range legacySets {
		found, possible, missed := 0, 0, 0
		for file, cells := range catalogCells(t) {
			for _, cell := range cells {
				legacy, _ := Encode(cell, c)
				if legacy == NFC(cell) || hasUnicodeLetter(legacy) {
					continue // nothing to detect
				}
				switch got, sure := Detect(legacy); {
				case got == c:
					found++
				case got != Unicode:
					t.Errorf("%s: %q as %v (%q) taken for %v (%.2f)", file, cell, c, legacy, got, sure)
				case isPossibleUnicode(legacy):
					possible++
				default:
					missed++
				}
			}
		}
		t.Logf("%v: %d found, %d possible as they stand, %d missed", c, found, possible, missed)
		if missed*30 > found || possible*10 > found {
			t.Errorf("%v: too many cells left alone", c)
		}
	}
}

func isPossibleUnicode(legacy string) bool {
	for _, word := range strings.FieldsFunc(legacy, isBetweenWords) {
		if isEvidence(word) && unicodeScore(word) < 1 {
			return false
		}
	}
	return true
}

func TestDetectFindsEncodedCatalogues(t *testing.T) {
	for file, cells := range catalogCells(t) {
		for _, c := range legacySets {
			var legacy []string
			for _, cell := range cells {
				text, _ := Encode(cell, c)
				if !hasUnicodeLetter(text) {
					legacy = append(legacy, text)
				}
			}
			if got, sure := Detect(legacy...); got != c || sure < 0.4 {
				t.Errorf("%s as %v taken for %v (%.2f)", file, c, got, sure)
			}
		}
	}
}
