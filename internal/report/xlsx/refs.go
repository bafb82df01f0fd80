package xlsx

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A reference in a formula: perhaps a sheet, a cell, perhaps the cell a range ends with.
var referenceLike = regexp.MustCompile(`((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?[A-Z]{1,3})(\$?)(\d{1,7}))?`)

// reference is a cell or a range, as a formula names it.
type reference struct {
	sheet             string // "" is the formula's own
	col, toCol        string // with their dollar signs
	row, toRow        int    // toRow 0: one cell
	fixed, toFixed    bool   // the row stands behind a dollar sign
	sheetAsItIsQuoted string
}

func (r reference) String() string {
	mark := func(fixed bool) string {
		if fixed {
			return "$"
		}
		return ""
	}
	s := r.sheetAsItIsQuoted + r.col + mark(r.fixed) + strconv.Itoa(r.row)
	if r.toRow > 0 {
		s += ":" + r.toCol + mark(r.toFixed) + strconv.Itoa(r.toRow)
	}
	return s
}

// eachReference writes a formula with every reference as change makes it. Text between
// quotes and names that look like cells are left alone.
func eachReference(formula string, change func(reference) reference) string {
	parts := strings.SplitAfter(formula, `"`)
	inText := false
	var out strings.Builder
	for _, part := range parts {
		if inText {
			out.WriteString(part)
		} else {
			out.WriteString(changeReferences(part, change))
		}
		if strings.HasSuffix(part, `"`) {
			inText = !inText
		}
	}
	return out.String()
}

func changeReferences(formula string, change func(reference) reference) string {
	var out strings.Builder
	done := 0
	for _, m := range referenceLike.FindAllStringSubmatchIndex(formula, -1) {
		before, _ := utf8.DecodeLastRuneInString(formula[:m[0]])
		after, _ := utf8.DecodeRuneInString(formula[m[1]:])
		if m[0] > 0 && inWord(before) || m[1] < len(formula) && (inWord(after) || after == '(' || after == '!') {
			continue
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return formula[m[2*i]:m[2*i+1]]
		}
		r := reference{sheetAsItIsQuoted: part(1), col: part(2), fixed: part(3) != "", toCol: part(5), toFixed: part(6) != ""}
		r.sheet = unquoted(strings.TrimSuffix(part(1), "!"))
		r.row, _ = strconv.Atoi(part(4))
		r.toRow, _ = strconv.Atoi(part(7))
		out.WriteString(formula[done:m[0]])
		out.WriteString(change(r).String())
		done = m[1]
	}
	out.WriteString(formula[done:])
	return out.String()
}

func inWord(r rune) bool {
	return r == '_' || r == '.' || r == '!' || r == '\'' || r == ']' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func unquoted(sheet string) string {
	if strings.HasPrefix(sheet, "'") && strings.HasSuffix(sheet, "'") && len(sheet) > 1 {
		return strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	return sheet
}
