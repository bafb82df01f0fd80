package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"sophobien/internal/viet"
)

// readText reads .csv, .tsv and their kin.
func readText(ctx context.Context, data []byte, o Options) (*Grid, error) {
	text, charset := decodeText(data)
	if binaryText(text) {
		return nil, refuseNoSheet(o.Name)
	}
	comma, text := separator(text)
	return readDelimited(ctx, text, Grid{Name: o.Name, Format: "text", Charset: charset}, comma)
}

// FromClipboard reads what spreadsheets leave on the clipboard: tabs between
// cells, and quotes around those with a line break inside.
func FromClipboard(text string) (*Grid, error) {
	if len(text) > MaxFile {
		return nil, refuseBig("")
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
	g, err := readDelimited(context.Background(), text, Grid{Format: "clipboard", Charset: "utf-8"}, '\t')
	if err == nil && len(g.Rows) == 0 {
		return nil, refuseEmptyPaste()
	}
	return g, err
}

// decodeText turns bytes into text and says how they were written.
func decodeText(data []byte) (text, charset string) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), "utf-8"
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decode16(data[2:], binary.LittleEndian), "utf-16"
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decode16(data[2:], binary.BigEndian), "utf-16"
	case zeros(data, 1) > 40:
		return decode16(data, binary.LittleEndian), "utf-16"
	case zeros(data, 0) > 40:
		return decode16(data, binary.BigEndian), "utf-16"
	case utf8.Valid(data):
		return string(data), "utf-8"
	}
	return decodeSingle(data)
}

// zeros is the percentage of zero bytes at even or odd places of the beginning:
// most letters of a UTF-16 list have one.
func zeros(data []byte, odd int) int {
	head := data[:min(len(data), 4096)&^1]
	if len(head) < 8 {
		return 0
	}
	n := 0
	for i := odd; i < len(head); i += 2 {
		if head[i] == 0 {
			n++
		}
	}
	return n * 200 / len(head)
}

func decode16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// decodeSingle reads one byte a letter: as Windows-1252 when that shows one of
// the legacy Vietnamese fonts, whose letters are told apart there, otherwise as
// Windows-1258, whose marks stand after their letters.
func decodeSingle(data []byte) (text, charset string) {
	western, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err == nil && legacyLetters(string(western[:min(len(western), 64<<10)])) {
		return string(western), "cp1252"
	}
	viet1258, err := charmap.Windows1258.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD"), "utf-8"
	}
	return norm.NFC.String(string(viet1258)), "cp1258"
}

// binaryText reports control characters that no list has.
func binaryText(text string) bool {
	for _, r := range text[:min(len(text), 64<<10)] {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\v' && r != '\f' {
			return true
		}
	}
	return false
}

// legacyLetters reports text typed for a TCVN3 or VNI font.
func legacyLetters(s string) bool {
	c, sure := viet.Detect(strings.Split(s, "\n")...)
	return sure >= 0.5 && (c == viet.TCVN3 || c == viet.VNI)
}
