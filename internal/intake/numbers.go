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
	if !ok {
		return fmt.Sprintf("Số căn cước “%s” có %d chữ số hoặc ba số đầu không phải mã tỉnh (001–096). Số đúng là gì?", v.text, len(d))
	}
	v.become(d, "form")
	v.become(full, "id-zero")
	return ""
}

// fullID puts back the zeros a spreadsheet has dropped: a number of 12 digits
// begins with a province, 001 to 096. After two lost zeros the next digit, of
// century and sex, must fit too.
func fullID(d string) (string, bool) {
	switch len(d) {
	case 9:
		return d, true
	case 10:
		if d[1] > '3' {
			return "", false
		}
		d = "00" + d
	case 11:
		d = "0" + d
	case 12:
	default:
		return "", false
	}
	province, err := strconv.Atoi(d[:3])
	return d, err == nil && province >= 1 && province <= 96
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

// fixPhone brings a phone number to the 10 or 11 digits that begin with 0.
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
	case d[0] == '0' && (len(d) == 10 || len(d) == 11):
		v.become(d, "form")
		return ""
	case len(d) == 9 && strings.IndexByte("35789", d[0]) >= 0, len(d) == 10 && (d[0] == '1' || d[0] == '2'):
		v.become(d, "form")
		v.become("0"+d, "phone-zero")
		return ""
	}
	return fmt.Sprintf("Số điện thoại “%s” có %d chữ số; số đúng có 10 chữ số, bắt đầu bằng 0. Số đúng là gì?", v.text, len(d))
}
