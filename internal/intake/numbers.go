package intake

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// onlyDigits are the digits of a number as people group them, "" when the text
// has anything else.
func onlyDigits(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimLeft(s, "'’`") {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '.' || r == '-' || r == '\u00A0' || r == '(' || r == ')' || r == '–':
		default:
			return ""
		}
	}
	return b.String()
}

var (
	scientific = regexp.MustCompile(`^(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$`)
	fraction   = regexp.MustCompile(`^(\d{6,15})[.,]0+$`)
)

// wholeNumber undoes a spreadsheet's way of showing long numbers: 9.05E+08 when
// every digit is still there, 905123456.0. lost says that digits are missing.
func wholeNumber(s string) (digits string, lost bool) {
	if !strings.ContainsAny(s, ".,eE") {
		return s, false
	}
	if m := fraction.FindStringSubmatch(s); m != nil {
		return m[1], false
	}
	m := scientific.FindStringSubmatch(s)
	if m == nil {
		return s, false
	}
	exponent, _ := strconv.Atoi(m[3])
	if len(m[2]) < exponent && exponent >= 8 {
		return s, true
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil || f != math.Trunc(f) || f >= 1e15 {
		return s, true
	}
	return strconv.FormatFloat(f, 'f', 0, 64), false
}

// readNumber undoes what a spreadsheet does to long numbers.
func readNumber(v *value, what string) (question string) {
	whole, lost := wholeNumber(v.text)
	if lost {
		return fmt.Sprintf("%s “%s” đã bị Excel rút gọn, mất các chữ số cuối. Số đầy đủ là gì?", what, v.text)
	}
	v.become(whole, "float")
	return ""
}

// fixID brings an identity number to its 12 digits, or 9 of the old cards.
func fixID(v *value) (question string) {
	if q := readNumber(v, "Số căn cước"); q != "" {
		return q
	}
	d := onlyDigits(v.text)
	if d == "" {
		return fmt.Sprintf("Số căn cước “%s” có ký tự lạ. Số đúng là gì?", v.text)
	}
	full, ok := fullID(d)
	switch {
	case ok:
		v.become(d, "form")
		v.become(full, "id-zero")
		return ""
	case d[0] == '0' && len(d) < 12:
		return fmt.Sprintf("Số căn cước “%s” bắt đầu bằng 0 nhưng chỉ có %d chữ số, tức là thiếu chữ số khác. Số đúng là gì?", v.text, len(d))
	}
	return fmt.Sprintf("Số căn cước “%s” có %d chữ số hoặc ba số đầu không phải mã tỉnh (001–096). Số đúng là gì?", v.text, len(d))
}

// fullID puts back the zeros a spreadsheet has dropped: all of them, so a number that
// still begins with one has lost another digit. A number begins with a province, 001
// to 096.
func fullID(d string) (string, bool) {
	switch len(d) {
	case 9:
		return d, true
	case 10, 11:
		full := "00"[:12-len(d)] + d
		return full, d[0] != '0' && ofProvince(full)
	case 12:
		return d, ofProvince(d)
	}
	return "", false
}

func ofProvince(d string) bool {
	province, err := strconv.Atoi(d[:3])
	return err == nil && province >= 1 && province <= 96
}

// phoneDigits are the digits of a number without the country's 84.
func phoneDigits(s string) string {
	whole, _ := wholeNumber(s)
	d := onlyDigits(strings.TrimPrefix(whole, "+"))
	switch {
	case strings.HasPrefix(d, "0084"):
		return "0" + d[4:]
	case strings.HasPrefix(d, "84") && (len(d) == 11 || len(d) == 12):
		return "0" + strings.TrimPrefix(d[2:], "0")
	}
	return d
}

var severalPhones = regexp.MustCompile(`\s*(?:[/;,]|\s-\s|hoặc)\s*`)

// fixPhone brings a phone number to the digits that people dial here: ten that begin
// with 03, 05, 07, 08, 09, or eleven that begin with 02.
func fixPhone(v *value) (question string) {
	if q := readNumber(v, "Số điện thoại"); q != "" {
		return q
	}
	if strings.ContainsAny(v.text, "/;,-h") {
		if parts := severalPhones.Split(v.text, -1); len(parts) > 1 && len(phoneDigits(parts[0])) >= 9 {
			v.become(strings.TrimSpace(parts[0]), "phone-first")
		}
	}
	d := phoneDigits(v.text)
	switch {
	case d == "":
		return fmt.Sprintf("Số điện thoại “%s” có ký tự lạ. Số đúng là gì?", v.text)
	case isPhone(d):
		v.become(d, "form")
		return ""
	case d[0] != '0' && isPhone("0"+d):
		v.become(d, "form")
		v.become("0"+d, "phone-zero")
		return ""
	}
	if now := phoneSince2018(d); now != "" {
		return fmt.Sprintf("Số điện thoại “%s” là số 11 chữ số đã bỏ từ năm 2018. Số nay có phải là %s không?", v.text, now)
	}
	return fmt.Sprintf("Số điện thoại “%s” có %d chữ số; số đúng có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09 (số cố định: 11 chữ số, bắt đầu bằng 02). Số đúng là gì?", v.text, len(d))
}

// isPhone reports whether a number can be dialled: a mobile's, or a fixed line's.
func isPhone(d string) bool {
	switch {
	case len(d) < 10 || d[0] != '0':
		return false
	case d[1] == '2':
		return len(d) == 11
	}
	return len(d) == 10 && strings.IndexByte("35789", d[1]) >= 0
}

// formerMobiles are the beginnings of mobile numbers of eleven digits, and what they
// became in 2018.
var formerMobiles = map[string]string{
	"0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
	"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
	"0186": "056", "0188": "058", "0199": "059",
}

// phoneSince2018 is what a former number became, "" when it is none.
func phoneSince2018(d string) string {
	if len(d) == 10 && d[0] == '1' {
		d = "0" + d
	}
	if len(d) != 11 || formerMobiles[d[:4]] == "" {
		return ""
	}
	return formerMobiles[d[:4]] + d[4:]
}

// noneWords say that there is nothing to write.
var noneWords = set("khong co", "khong", "ko", "ko co", "k co", "kco", "chua co", "chua", "chua ro", "chua cap", "khong ro", "ko ro", "khong biet",
	"khong so", "khong co so", "none", "no", "na", "n a", "nil", "null", "0")

// saysNone empties a cell that is not empty and says that there is nothing: “không
// có”, “-”.
func saysNone(v *value) bool {
	if c := v.text[0]; c >= '0' && c <= '9' && v.text != "0" || len(v.text) > 24 || strings.Trim(v.text, "-–—?./\\ ") != "" && !noneWords[words(v.text)] {
		return false
	}
	v.become("", "none")
	return true
}
