package report

import (
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// CellText is what a cell of a list says to people; topics are the office's list.
func CellText(c *record.ListColumn, cell string, topics []record.Term, lang string) string {
	switch c.Kind {
	case record.ListDay:
		return record.Date(cell).String()
	case record.ListNumber, record.ListMoney:
		return Grouped(cell, lang)
	case record.ListTerm:
		return wordsOf(c.Terms, cell, lang)
	case record.ListTerms:
		return wordsOf(c.Terms, cell, lang)
	case record.ListTopics:
		return wordsOf(topics, cell, lang)
	case record.ListYes:
		if cell != "" {
			return "x"
		}
	}
	return cell
}

// wordsOf are the words for codes joined by ",".
func wordsOf(terms []record.Term, codes, lang string) string {
	if codes == "" {
		return ""
	}
	var out []string
	for _, code := range strings.Split(codes, ",") {
		out = append(out, record.WordIn(terms, code, lang))
	}
	return strings.Join(out, "; ")
}

// Grouped writes a whole number with its thousands apart: 1.234 in Vietnamese. What is
// no whole number stays.
func Grouped(digits, lang string) string {
	if _, err := strconv.ParseInt(digits, 10, 64); err != nil {
		return digits
	}
	apart := "."
	if lang == "en" {
		apart = ","
	}
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + apart + digits[at:]
	}
	return digits
}
