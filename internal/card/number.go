package card

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"sophobien/internal/record"
)

// agree holds the card against what its number is made of (Circular 59/2021/TT-BCA,
// article 4): three digits of the place where the birth was registered, one of
// century and sex, two of the year, six at random. There is no check digit.
func (c Card) agree() error {
	n := c.Number
	if !place(n[:3]) {
		return refuseNumber("number", "ba chữ số đầu không phải mã tỉnh hay mã nước nào", "its first three digits name no province and no country")
	}
	century, woman := 19+int(n[3]-'0')/2, (n[3]-'0')%2 == 1
	if woman != (c.Sex == "nữ") {
		return refuseNumber("sex", "số không khớp với giới tính", "its number does not fit the sex")
	}
	if year := century*100 + int(n[4]-'0')*10 + int(n[5]-'0'); year != c.Birth.Year() {
		return refuseNumber("birth", "số không khớp với năm sinh", "its number does not fit the year of birth")
	}
	return nil
}

// place knows the codes of provinces, 001 to 096. Who was registered abroad has the
// code of a country there; their list was not at hand, so everything above is taken.
func place(code string) bool { return code > "000" && code <= "096" || code >= "100" }

// Fingerprint is the same for the same number under the same key, and says nothing of
// the number to who has no key: the hex of an HMAC-SHA-256 under a key derived for
// this use alone. What is neither a card's number nor an old one has none, "".
func Fingerprint(key [32]byte, number string) string {
	if !isNumber(number) {
		return ""
	}
	own, err := hkdf.Key(sha256.New, key[:], nil, "sopb-card/1 fingerprint", 32)
	if err != nil {
		panic(err) // only a length over 8,160 bytes fails
	}
	m := hmac.New(sha256.New, own)
	m.Write([]byte(number))
	return hex.EncodeToString(m.Sum(nil))
}

// Tail is the last three digits of a number, enough to tell two people of one name
// apart; "" when it is no number.
func Tail(number string) string {
	if !isNumber(number) {
		return ""
	}
	return number[len(number)-3:]
}

func isNumber(s string) bool { return (len(s) == 12 || len(s) == 9) && allDigits(s) }

func refuseNumber(field, vi, en string) error {
	r := record.Refuse(record.ErrInvalid,
		"Nội dung thẻ không tự khớp: "+vi+". Hãy quét lại; nếu vẫn vậy hãy nhập tay theo thẻ.",
		"The card does not agree with itself: "+en+". Scan it again; if it stays, type it from the card.")
	r.Field = field
	return r
}
