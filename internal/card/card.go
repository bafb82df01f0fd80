package card

import (
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// Card is what the QR code of a citizen card says.
type Card struct {
	Number    string // 12 digits
	OldNumber string // 9 digits (or 12, of a cancelled number), or empty
	FullName  string
	Birth     record.Birth // a day; on cards of people who know no more, a year
	Sex       string       // "nam" or "nữ", as in record.Person
	Address   string
	Issued    record.Date
}

// longest bounds what is looked at; a QR code of a card holds some 250 characters.
const longest = 2000

// LooksLikeCard reports whether a text, or the beginning of one, is what a reader
// types of a card: nobody writes twelve digits and a bar by hand.
func LooksLikeCard(text string) bool {
	text = start(text)
	return len(text) > 12 && text[12] == '|' && allDigits(text[:12])
}

// Parse reads the text of a card.
func Parse(text string) (Card, error) {
	if len(text) > longest {
		return Card{}, refuseNoCard()
	}
	text = viet.NFC(strings.TrimRight(start(text), ends))
	if !LooksLikeCard(text) {
		if digitsThen(text) {
			return Card{}, refuseBar()
		}
		return Card{}, refuseNoCard()
	}
	fields, err := split(text)
	if err != nil {
		return Card{}, err
	}
	return read(fields)
}

// ends are what readers put before and behind the text.
const ends = " \t\r\n\x02\x03\x04\ufeff\u00a0"

// start takes off what readers put before the text: blanks, the name of the code's
// kind (]Q1).
func start(text string) string {
	text = strings.TrimLeft(text, ends)
	if len(text) >= 3 && text[0] == ']' && (text[1] == 'Q' || text[1] == 'q') && digit(text[2]) {
		text = strings.TrimLeft(text[3:], ends)
	}
	return text
}

// digitsThen recognises a card of which only the bars are wrong: another layout of
// the keyboard has another character on their key.
func digitsThen(text string) bool {
	if len(text) < 40 || !allDigits(text[:12]) || digit(text[12]) {
		return false
	}
	bar := []rune(text[12:])[0]
	return bar != ' ' && strings.Count(text, string(bar)) >= 5
}

// The fields in their order; issued is the last that is read.
const (
	number = iota
	oldNumber
	fullName
	birth
	sex
	address
	issued
	howMany
)

// split gives the seven fields, an empty old number where its separator is left out.
func split(text string) ([]string, error) {
	fields := strings.Split(text, "|")
	for i, f := range fields {
		fields[i] = strings.Join(strings.Fields(f), " ")
	}
	if len(fields) == howMany-1 && fields[1] != "" && !digit(fields[1][0]) {
		fields = append([]string{fields[0], ""}, fields[1:]...)
	}
	if len(fields) < howMany {
		return nil, refuseShort()
	}
	return fields[:howMany], nil
}

func read(f []string) (Card, error) {
	s, ok := readSex(f[sex])
	if !ok || garbledName(f[fullName]) || garbledText(f[address]) {
		return Card{}, refuseGarbled()
	}
	born, ok := readBirth(f[birth])
	if !ok {
		return Card{}, refuseDay("birth", "Ngày sinh", "day of birth")
	}
	on, ok := readDay(f[issued])
	if !ok {
		return Card{}, refuseDay("issued", "Ngày cấp", "day of issue")
	}
	if old := f[oldNumber]; old != "" && !(allDigits(old) && (len(old) == 9 || len(old) == 12)) {
		return Card{}, refuseGarbled()
	}
	c := Card{f[number], f[oldNumber], usualCase(f[fullName]), born, s, f[address], on}
	return c, c.agree()
}

// readSex reads Nam and Nữ in any case; "Nu" has lost its mark, and so has the name.
func readSex(s string) (string, bool) {
	switch strings.ToLower(s) {
	case "nam":
		return "nam", true
	case "nữ":
		return "nữ", true
	}
	return "", false
}

// readBirth reads ddmmyyyy, or a year where day and month are not known.
func readBirth(s string) (record.Birth, bool) {
	if len(s) == 8 && s[:4] == "0000" {
		s = s[4:]
	}
	if len(s) == 4 && allDigits(s) && s >= "1850" {
		return record.Birth(s), true
	}
	d, ok := readDay(s)
	return record.Birth(d), ok
}

func readDay(s string) (record.Date, bool) {
	if len(s) != 8 || !allDigits(s) {
		return "", false
	}
	d := record.Date(s[4:] + "-" + s[2:4] + "-" + s[:2])
	return d, d.Valid() && d.Year() >= 1850
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !digit(s[i]) {
			return false
		}
	}
	return s != ""
}
