package viet

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

const catalogDir = "../../assets/catalog"

// catalogCells are the texts of all catalogues but the character set tables,
// whose cells are legacy text on purpose.
func catalogCells(t testing.TB) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(catalogDir, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogues in %s: %v", catalogDir, err)
	}
	cells := map[string][]string{}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "charset_") {
			continue
		}
		for _, row := range readCSV(t, file) {
			cells[name] = append(cells[name], row...)
		}
	}
	return cells
}

func readCSV(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}

// alphabet is every letter of Vietnamese beyond ASCII, in both cases.
func alphabet() []rune {
	var letters []rune
	for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
			r := []rune(norm.NFC.String(string(base) + tone))
			if r[0] > unicode.MaxASCII {
				letters = append(letters, r[0])
			}
		}
	}
	return append(letters, 'đ', 'Đ')
}

// views are the ways in which a program may have read the legacy bytes that
// Windows-1252 shows as s.
func views(t testing.TB, s string) map[string]string {
	t.Helper()
	var latin1, cp1258, raw strings.Builder
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			t.Fatalf("%q has no byte in Windows-1252", r)
		}
		raw.WriteByte(b)
		latin1.WriteRune(rune(b))
		if u := charmap.Windows1258.DecodeByte(b); u != '\uFFFD' {
			r = u
		}
		cp1258.WriteRune(r)
	}
	return map[string]string{"cp1252": s, "latin1": latin1.String(), "cp1258": cp1258.String()}
}

func drawText() *rapid.Generator[string] {
	pool := append(alphabet(), []rune("abcdeghiklmnopqrstuvxyzABCDĐđ      -'’_.,0123456789ÐðñüßéÅK한\u00a0\u00ad\u200b\u0301\u0323")...)
	return rapid.StringOf(rapid.SampledFrom(pool))
}

func drawName() *rapid.Generator[string] {
	words := []string{"Nguyễn", "Lê", "A", "Y", "Ngọc", "Ngóc", "Blan", "Thị", "Thi", "Văn", "Hòa", "Hoà", "Hoa", "Đức", "Dức", "Ân", "An"}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, "words"), " ")
	})
}
