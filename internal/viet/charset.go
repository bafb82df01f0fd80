package viet

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Charset is a way in which Vietnamese letters were put into bytes.
type Charset int

// The character sets met in offices. Unicode includes text with combining marks.
const (
	Unicode Charset = iota
	TCVN3           // also called ABC: the fonts .VnTime, .VnArial, .VnTimeH
	VNI             // VNI-Windows: the fonts VNI-Times, VNI-Helve
	CP1258          // Windows-1258 read with a Western code page
)

var charsetNames = [...]string{"unicode", "tcvn3", "vni", "cp1258"}

// String is the name used in files and on the command line.
func (c Charset) String() string {
	if c < 0 || int(c) >= len(charsetNames) {
		return fmt.Sprintf("charset(%d)", int(c))
	}
	return charsetNames[c]
}

// ParseCharset finds a character set by the name String gives it.
func ParseCharset(name string) (Charset, bool) {
	for i, n := range charsetNames {
		if n == name {
			return Charset(i), true
		}
	}
	return Unicode, false
}

//go:embed data/charset_tcvn3.csv
var tcvn3CSV []byte

//go:embed data/charset_vni_windows.csv
var vniCSV []byte

var (
	tcvn3Table = sync.OnceValue(func() *table { return newTable(tcvn3CSV) })
	vniTable   = sync.OnceValue(func() *table { return newTable(vniCSV) })
)

// table translates one character set letter by letter.
type table struct {
	single map[rune]rune    // legacy rune → letter
	pair   map[[2]rune]rune // legacy base and mark → letter; tried first
	encode map[rune]string  // letter → legacy text as Windows-1252 shows it
}

// Columns of the tables.
const (
	colLetter  = 0
	colCP1252  = 3
	colCP1258  = 5
	colPrimary = 6
)

// newTable reads a table that is part of the program: a fault in it is a fault
// of the build, so it panics.
func newTable(data []byte) *table {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		panic("viet: embedded table: " + err.Error())
	}
	t := &table{single: map[rune]rune{}, pair: map[[2]rune]rune{}, encode: map[rune]string{}}
	for _, row := range rows[1:] {
		letter, _ := utf8.DecodeRuneInString(row[colLetter])
		t.encode[letter] = row[colCP1252]
		if row[colPrimary] != "yes" {
			continue
		}
		for _, legacy := range row[colCP1252 : colCP1258+1] {
			t.add([]rune(legacy), letter)
		}
	}
	return t
}

// add enters one legacy spelling. A capital base with a small mark, or the other
// way round, looks right on paper and is met in old VNI files: it is the letter in
// the case of its base.
func (t *table) add(legacy []rune, letter rune) {
	switch len(legacy) {
	case 1:
		t.single[legacy[0]] = letter
	case 2:
		base, mark := legacy[0], legacy[1]
		for _, m := range []rune{mark, unicode.ToLower(mark), unicode.ToUpper(mark)} {
			t.pair[[2]rune{base, m}] = letter
		}
	default:
		panic(fmt.Sprintf("viet: embedded table: %q has %d characters", string(legacy), len(legacy)))
	}
}

// decode translates what the table knows and keeps the rest. clean tells whether
// every letter beyond ASCII was known.
func (t *table) decode(s string) (text string, clean bool) {
	var b strings.Builder
	clean = true
	runes := legacyRunes(s)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if i+1 < len(runes) {
			if letter, ok := t.pair[[2]rune{r, runes[i+1]}]; ok {
				b.WriteRune(letter)
				i++
				continue
			}
		}
		if letter, ok := t.single[r]; ok {
			r = letter
		} else if r >= utf8.RuneSelf {
			clean = false
		}
		b.WriteRune(r)
	}
	return NFC(b.String()), clean
}
