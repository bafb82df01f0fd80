package library

import (
	"slices"
	"strings"
)

// way is one question to the index. A fine one only puts in order what a later one finds as
// well; it is left out when there is enough to put in order.
type way struct {
	headings bool // asked of headings, not of whole units
	match    string
	fine     bool
}

// ways find all terms in a unit, the best one first: with the marks as they were typed
// before without, in the heading before in the text, one after the other before anywhere.
func (v vocabulary) ways(terms []sought) []way {
	var out []way
	for _, exact := range []bool{true, false} {
		if v.lacks(terms, exact) {
			continue
		}
		out = append(out, way{true, begins(terms, exact), true}, way{true, every(terms, exact), false})
		if len(terms) > 1 {
			out = append(out, way{false, inOrder(terms, exact), true})
		}
		out = append(out, way{false, every(terms, exact), false})
	}
	return out
}

// lacks reports whether the index has no such words, so that nothing has all terms.
func (v vocabulary) lacks(terms []sought, exact bool) bool {
	return slices.ContainsFunc(terms, func(t sought) bool { return len(t.long) == 0 && v.units(t, exact) == 0 })
}

// every finds all terms.
func every(terms []sought, exact bool) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = t.match(exact)
	}
	return strings.Join(parts, " AND ")
}

// column is the one in which words stand with their marks, or without.
func column(exact bool) string {
	if exact {
		return "exact"
	}
	return "bare"
}

// match finds a term, or what it is short for.
func (s sought) match(exact bool) string {
	var parts []string
	if words, ends := s.words(exact); len(ends) > 0 {
		parts = append(parts, column(exact)+" : ("+anyOf(words, ends)+")")
	}
	if len(s.long) > 0 {
		parts = append(parts, "bare : "+phrase(s.long))
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// maxOrdered is how many words a beginning is tried as behind others: each is a phrase.
const maxOrdered = 6

// inOrder finds the terms one after the other.
func inOrder(terms []sought, exact bool) string {
	words, ends := inARow(terms, exact)
	return column(exact) + " : (" + anyOf(words, ends[:min(len(ends), maxOrdered)]) + ")"
}

// begins finds what the terms stand at the beginning of.
func begins(terms []sought, exact bool) string {
	words, ends := inARow(terms, exact)
	return column(exact) + " : ^" + phrase(append(words[:len(words)-1:len(words)-1], ends[0]))
}

// inARow are the words of all terms, and what the last one may be.
func inARow(terms []sought, exact bool) (words, ends []string) {
	for _, t := range terms {
		w, e := t.words(exact)
		words, ends = append(words, w...), e
	}
	if len(ends) == 0 { // the last term is found only as what it is short for
		ends = words[len(words)-1:]
	}
	return words, ends
}

// anyOf is words one after the other, the last one being any of several.
func anyOf(words, ends []string) string {
	parts := make([]string, len(ends))
	for i, end := range ends {
		parts[i] = phrase(append(slices.Clone(words[:len(words)-1]), end))
	}
	return strings.Join(parts, " OR ")
}

// phrase is words one after the other. What is in them is letters and digits.
func phrase(words []string) string { return `"` + strings.Join(words, " ") + `"` }
