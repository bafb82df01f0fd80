package card

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
)

const whole = "062090123456|233012345|Nguyễn Văn An|05031990|Nam|Thôn 1, Đăk Hà, Kon Tum|15042021"

var an = Card{"062090123456", "233012345", "Nguyễn Văn An", "1990-03-05", "nam", "Thôn 1, Đăk Hà, Kon Tum", "2021-04-15"}

func with(change func(*Card)) Card {
	c := an
	change(&c)
	return c
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Card
	}{
		{"whole", whole, an},
		{"behind it what readers type", whole + "\r\n", an},
		{"before it the kind of code", "\x02]Q1" + whole + "\x03", an},
		{"letters in pieces", norm.NFD.String(whole), an},
		{"no old number", strings.Replace(whole, "|233012345|", "||", 1), with(func(c *Card) { c.OldNumber = "" })},
		{"not even its separator", strings.Replace(whole, "|233012345|", "|", 1), with(func(c *Card) { c.OldNumber = "" })},
		{"fields of the cards of 2024", whole + "||Nguyễn Văn Bình|Trần Thị Cúc|", an},
		{"capitals", strings.ToUpper(whole), with(func(c *Card) { c.Address = strings.ToUpper(c.Address) })},
		{"small letters", strings.ToLower(whole), with(func(c *Card) { c.Address = strings.ToLower(c.Address) })},
		{"caps lock", strings.Replace(whole, "Nguyễn Văn An", "nGUYỄN vĂN aN", 1), an},
		{"double spaces", strings.Replace(whole, "Văn An", "Văn  An ", 1), an},
		{"a woman of this century", "062301123456||Y Ngọc|01122001|Nữ|Kon Tum|01072024", Card{"062301123456", "", "Y Ngọc", "2001-12-01", "nữ", "Kon Tum", "2024-07-01"}},
		{"born abroad", "112090123456||Nguyễn Văn An|05031990|Nam|Kon Tum|15042021", Card{"112090123456", "", "Nguyễn Văn An", "1990-03-05", "nam", "Kon Tum", "2021-04-15"}},
		{"a year is all that is known", "062155123456||Y Blơi|1955|Nữ|Kon Tum|15042021", Card{"062155123456", "", "Y Blơi", "1955", "nữ", "Kon Tum", "2021-04-15"}},
		{"a year after zeros", "062155123456||Y Blơi|00001955|Nữ|Kon Tum|15042021", Card{"062155123456", "", "Y Blơi", "1955", "nữ", "Kon Tum", "2021-04-15"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if !LooksLikeCard(tt.text) {
				t.Error("does not look like a card")
			}
		})
	}
}

// Names that look odd to a rule made for Kinh names.
func TestNamesOfTheHighlandsAreNames(t *testing.T) {
	for _, name := range []string{
		"A Blan", "Y Ngọc", "A", "Ksor H'Bem", "Siu Black", "Y Moan Ênuôl", "A Jar", "Nay Der", "Rơ Châm H’Yéo", "Y-Blôk Êban", "Rmah Ốp",
		"Đinh Xoong", "A Thoong", "Kpă Thoa", "Y Wăn", "H'Wer Kbuôr", "Bờ-nướch A Rớt", "Hà Thị Xuân Đào", "Rah Lan Ƀơi", "A Đăm", "Y Xoan", "Sùng A Chơ", "Nguyễn Quỳnh Nga",
		"Phạm Xuân Toor",
	} {
		c, err := Parse("062090123456||" + name + "|05031990|Nam|Kon Tum|15042021")
		if err != nil || c.FullName != name {
			t.Errorf("%s: %q, %v", name, c.FullName, err)
		}
	}
}

func TestRefused(t *testing.T) {
	name := func(s string) string { return strings.Replace(whole, "Nguyễn Văn An", s, 1) }
	const garbled, bar, none, short, number = "bộ gõ tiếng Việt (UniKey", "dấu “|”", "không phải nội dung mã QR", "bị thiếu", "không tự khớp"
	for what, tt := range map[string]struct{ text, says, field string }{
		"keys of Telex":              {name("Nguyeexn Vawn An"), garbled, ""},
		"keys of Telex in capitals":  {name("NGUYEENX VAWN AN"), garbled, ""},
		"keys of Telex, dd":          {name("DDinh Thi Na"), garbled, ""},
		"keys of VNI":                {name("Nguye64n Va8n An"), garbled, ""},
		"two tones in a syllable":    {name("Nguyễấn Văn An"), garbled, ""},
		"two tones in the address":   {strings.Replace(whole, "Thôn", "Thốộn", 1), garbled, ""},
		"UTF-8 read as one byte":     {name("Nguyá»…n VÄƒn An"), garbled, ""},
		"so the address":             {strings.Replace(whole, "Đăk Hà", "Ä\u0090Äƒk HÃ", 1), garbled, ""},
		"letters lost":               {name("Nguy?n V?n An"), garbled, ""},
		"letters replaced":           {name("Nguy\ufffdn Văn An"), garbled, ""},
		"not UTF-8":                  {name("Nguy\xe3n Văn An"), garbled, ""},
		"sex without its mark":       {strings.Replace(whole, "|Nam|", "|Nu|", 1), garbled, ""},
		"sex as keys":                {strings.Replace(whole, "|Nam|", "|Nuwx|", 1), garbled, ""},
		"sex as keys of VNI":         {strings.Replace(whole, "|Nam|", "|Nu74|", 1), garbled, ""},
		"no name":                    {name(""), garbled, ""},
		"old number of eight digits": {strings.Replace(whole, "|233012345|", "|23301234|", 1), garbled, ""},
		"bars of another keyboard":   {strings.ReplaceAll(whole, "|", "~"), bar, ""},
		"bars of two bytes":          {strings.ReplaceAll(whole, "|", "§"), bar, ""},
		"nothing":                    {"", none, ""},
		"a name typed by hand":       {"Nguyễn Văn An", none, ""},
		"a number typed by hand":     {"062090123456", none, ""},
		"thirteen digits":            {"0" + whole, none, ""},
		"an old card's number":       {"233012345|Nguyễn Văn An", none, ""},
		"a novel":                    {whole + strings.Repeat("x", longest), none, ""},
		"cut short":                  {whole[:60], short, ""},
		"cut before the last field":  {whole[:strings.LastIndex(whole, "|")], short, ""},
		"cut within the last field":  {whole[:len(whole)-2], "Ngày cấp", "issued"},
		"30 February":                {strings.Replace(whole, "05031990", "30021990", 1), "Ngày sinh", "birth"},
		"sex of the number":          {strings.Replace(whole, "|Nam|", "|Nữ|", 1), number, "sex"},
		"year of the number":         {strings.Replace(whole, "05031990", "05031991", 1), number, "birth"},
		"century of the number":      {strings.Replace(whole, "05031990", "05032090", 1), number, "birth"},
		"place 000":                  {"000" + whole[3:], number, "number"},
		"place 097":                  {"097" + whole[3:], number, "number"},
	} {
		t.Run(what, func(t *testing.T) {
			_, err := Parse(tt.text)
			var r *record.Refusal
			if !errors.As(err, &r) || !errors.Is(err, record.ErrInvalid) {
				t.Fatalf("not refused: %v", err)
			}
			if !strings.Contains(r.Words.VI, tt.says) || r.Words.EN == "" || r.Field != tt.field {
				t.Errorf("says %q of field %q", r.Words.VI, r.Field)
			}
			if strings.Contains(r.Words.VI+r.Error(), "062090") {
				t.Error("the number stands in the error")
			}
		})
	}
}

func TestLooksLikeCard(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "062090123456": false, "062090123456|": true, " 062090123456|2": true, "06209012345|": false, "0620901234567|": false,
		"Nguyễn Văn An|1990": false, "]Q1062090123456|": true, "]Q1": false, "\ufeff062090123456|": true, "O62090123456|": false,
	} {
		if got := LooksLikeCard(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestFingerprint(t *testing.T) {
	key, other := [32]byte{1}, [32]byte{2}
	a := Fingerprint(key, an.Number)
	if len(a) != 64 || a != Fingerprint(key, an.Number) {
		t.Errorf("not one text for one number: %q", a)
	}
	// It is stored: the same number must give the same text in every later version.
	if a != "f4573c00435d910246f4af19e3aa3a6402ff8e4eec325a79f16ba19ad0fba842" {
		t.Errorf("another text than was stored: %s", a)
	}
	for what, b := range map[string]string{"another number": Fingerprint(key, "062090123457"), "another key": Fingerprint(other, an.Number), "an old number": Fingerprint(key, an.OldNumber)} {
		if a == b || len(b) != 64 {
			t.Errorf("%s: %q", what, b)
		}
	}
	for _, none := range []string{"", "06209012345x", "0620901234", " 062090123456"} {
		if Fingerprint(key, none) != "" || Tail(none) != "" {
			t.Errorf("%q has a fingerprint or a tail", none)
		}
	}
	if Tail(an.Number) != "456" || Tail(an.OldNumber) != "345" {
		t.Error("not the last three digits")
	}
}

// FuzzParse: what comes back agrees with itself and is a person the register takes.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{whole, strings.ToUpper(whole), norm.NFD.String(whole), whole[:60], "]Q1" + whole + "\r\n", "062301123456|Y Ngọc|01122001|Nữ|Kon Tum|01072024", strings.ReplaceAll(whole, "|", "~")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text)
		if err != nil {
			if !errors.Is(err, record.ErrInvalid) {
				t.Fatalf("no kind: %v", err)
			}
			return
		}
		if !LooksLikeCard(text) {
			t.Fatal("a card that does not look like one")
		}
		p := record.Person{FullName: c.FullName, Sex: c.Sex, Birth: c.Birth, IDNumber: c.Number}
		if err := p.Validate(); err != nil && c.Birth.Year() >= 1900 {
			t.Fatalf("%+v: %v", c, err)
		}
		if !utf8.ValidString(c.FullName+c.Address) || !norm.NFC.IsNormalString(c.FullName) {
			t.Fatalf("name %q, address %q", c.FullName, c.Address)
		}
		bar := "|"
		again, err := Parse(strings.Join([]string{c.Number, c.OldNumber, c.FullName, strings.ReplaceAll(c.Birth.String(), "/", ""), c.Sex, c.Address, strings.ReplaceAll(c.Issued.String(), "/", "")}, bar))
		if err != nil || again != c {
			t.Fatalf("written again: %+v, %v, was %+v", again, err, c)
		}
	})
}

func BenchmarkLooksLikeCard(b *testing.B) {
	for b.Loop() {
		LooksLikeCard("Nguyễn Văn An")
	}
}
