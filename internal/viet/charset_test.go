package viet

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

var legacySets = []Charset{TCVN3, VNI, CP1258}

// hasOwnByte tells whether TCVN3 can hold the letter: it has no toned capitals.
func hasOwnByte(r rune) bool {
	return !unicode.IsUpper(r) || strings.ContainsRune("ĂÂÊÔƠƯĐ", r)
}

func TestEveryLetterRoundTrips(t *testing.T) {
	for _, c := range legacySets {
		for _, r := range alphabet() {
			want := string(r)
			legacy, ok := Encode(want, c)
			if holds := c != TCVN3 || hasOwnByte(r); ok != holds {
				t.Errorf("%v: Encode(%q) ok = %v", c, want, ok)
			}
			if !ok {
				want = strings.ToLower(want)
			}
			for view, text := range views(t, legacy) {
				if got := Decode(text, c); got != want {
					t.Errorf("%v read as %s: %q (%+q) gives %q, want %q", c, view, text, text, got, want)
				}
			}
		}
	}
}

func TestEveryPairOfLettersRoundTrips(t *testing.T) {
	letters := append(alphabet(), []rune("aeiouyAEIOUYbnBN 1.")...)
	for _, c := range legacySets {
		for _, a := range letters {
			for _, b := range letters {
				want := string(a) + string(b)
				legacy, ok := Encode(want, c)
				if !ok && c == TCVN3 {
					want = strings.ToLower(want)
				} else if !ok {
					t.Fatalf("%v cannot hold %q", c, want)
				}
				got := Decode(legacy, c)
				if !ok {
					got = strings.ToLower(got)
				}
				if got != want {
					t.Fatalf("%v: %q gives %q, want %q", c, legacy, got, want)
				}
			}
		}
	}
}

func TestEveryTableRow(t *testing.T) {
	for file, c := range map[string]Charset{"charset_tcvn3.csv": TCVN3, "charset_vni_windows.csv": VNI} {
		rows := readCSV(t, filepath.Join("data", file))
		if len(rows) != 135 {
			t.Errorf("%s has %d rows", file, len(rows))
		}
		for _, row := range rows[1:] {
			want := row[colLetter]
			if row[colPrimary] == "no" {
				want = strings.ToLower(want)
			}
			for _, legacy := range row[colCP1252 : colCP1258+1] {
				if got := Decode(legacy, c); got != want {
					t.Errorf("%s: %+q gives %q, want %q", file, legacy, got, want)
				}
			}
		}
	}
}

func TestTablesEqualTheCatalogue(t *testing.T) {
	for file, embedded := range map[string][]byte{"charset_tcvn3.csv": tcvn3CSV, "charset_vni_windows.csv": vniCSV} {
		kept, err := os.ReadFile(filepath.Join(catalogDir, file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, embedded) {
			t.Errorf("%s differs from its copy in the catalogue", file)
		}
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		name, in string
		charset  Charset
		want     string
	}{
		{"header in TCVN3", "Hä vµ tªn", TCVN3, "Họ và tên"},
		{"header in VNI", "Hoï vaø teân", VNI, "Họ và tên"},
		{"soft hyphen is ư", "Tr\u00ad¬ng", TCVN3, "Trương"},
		{"soft hyphen at the end", "th\u00ad", TCVN3, "thư"},
		{"small mark on capital in VNI", "Aân", VNI, "Ân"},
		{"capital mark on small base in VNI", "vaØ", VNI, "và"},
		{"quotation marks stay", "“Hä”", TCVN3, "“Họ”"},
		{"quotation marks from Latin-1", "\u0093Hä\u0094", TCVN3, "“Họ”"},
		{"raw bytes", "H\xe4 v\xb5 t\xaan", TCVN3, "Họ và tên"},
		{"other scripts stay", "中 Hä", TCVN3, "中 Họ"},
		{"1258 seen as 1252", "NguyêÞn Viêòt", CP1258, "Nguyễn Việt"},
		{"1258 read rightly", "Nguyê\u0303n Viê\u0323t", CP1258, "Nguyễn Việt"},
		{"combining marks", norm.NFD.String("Nguyễn"), Unicode, "Nguyễn"},
		{"Unicode as it is", "toà", Unicode, "toà"},
		{"unknown set", "toà", Charset(99), "toà"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Decode(tt.in, tt.charset); got != tt.want {
				t.Errorf("Decode(%+q, %v) = %q, want %q", tt.in, tt.charset, got, tt.want)
			}
		})
	}
}

func TestEncodeSaysWhatItCannotHold(t *testing.T) {
	tests := []struct {
		in      string
		charset Charset
		ok      bool
	}{
		{"Hội nghị", TCVN3, true},
		{"HỘI NGHỊ", TCVN3, false},
		{"HỘI NGHỊ", VNI, true},
		{"Điều 5 § 2", TCVN3, false},
		{"“Đắk Hà” – 2026", VNI, true},
		{"中", TCVN3, false},
		{"中", VNI, false},
		{"中", CP1258, false},
		{"ã 50 ₫", CP1258, true},
		{"中", Unicode, true},
	}
	for _, tt := range tests {
		if legacy, ok := Encode(tt.in, tt.charset); ok != tt.ok {
			t.Errorf("Encode(%q, %v) = %q, %v", tt.in, tt.charset, legacy, ok)
		}
	}
}

func TestEncodeKeepsItsWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(drawText(), rapid.String()).Draw(t, "s")
		c := rapid.SampledFrom([]Charset{Unicode, TCVN3, VNI, CP1258}).Draw(t, "charset")
		if legacy, ok := Encode(s, c); ok && Decode(legacy, c) != NFC(s) {
			t.Fatalf("%v: %q came back as %q", c, s, Decode(legacy, c))
		}
	})
}

func TestCharsetOfFont(t *testing.T) {
	tests := []struct {
		font     string
		charset  Charset
		capitals bool
	}{
		{".VnTime", TCVN3, false},
		{".VnTimeH", TCVN3, true},
		{".VnArial NarrowH", TCVN3, true},
		{".vnarialh", TCVN3, true},
		{"'.VnTime', serif", TCVN3, false},
		{"VNI-Times", VNI, false},
		{"VNI Helve", VNI, false},
		{"Times New Roman", Unicode, false},
		{"Vni", Unicode, false},
		{"", Unicode, false},
	}
	for _, tt := range tests {
		if c, caps := CharsetOfFont(tt.font); c != tt.charset || caps != tt.capitals {
			t.Errorf("CharsetOfFont(%q) = %v, %v", tt.font, c, caps)
		}
	}
}

func TestDecodeFont(t *testing.T) {
	for _, tt := range []struct{ in, font, want string }{
		{"héi nghÞ", ".VnTimeH", "HỘI NGHỊ"},
		{"Héi nghÞ", ".VnTime", "Hội nghị"},
		{"HOÄI NGHÒ", "VNI-Times", "HỘI NGHỊ"},
		{"Hội nghị", "Arial", "Hội nghị"},
	} {
		if got := DecodeFont(tt.in, tt.font); got != tt.want {
			t.Errorf("DecodeFont(%q, %q) = %q, want %q", tt.in, tt.font, got, tt.want)
		}
	}
}

func TestCharsetNames(t *testing.T) {
	for _, c := range []Charset{Unicode, TCVN3, VNI, CP1258} {
		if got, ok := ParseCharset(c.String()); !ok || got != c {
			t.Errorf("ParseCharset(%q) = %v, %v", c.String(), got, ok)
		}
	}
	if _, ok := ParseCharset("ascii"); ok {
		t.Error("ParseCharset takes a name it does not know")
	}
}
