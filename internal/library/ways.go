package library

import (
	"slices"
	"strings"
)

// Columns of the index.
const (
	inHead     = "{head}"
	inBareHead = "{bare_head}"
	inAny      = "{head body}"
	inBareAny  = "{bare_head bare_body}"
)

// way is an expression of the index. A fine one only puts in order what a later one finds
// as well; it is left out when there is enough to put in order.
type way struct {
	match string
	fine  bool
}

// ways are the expressions that find all terms in a unit, the best one first: with the
// marks as they were typed before without, in the heading before in the text, one after
// the other before anywhere.
func (v vocabulary) ways(terms []sought) []way {
	var out []way
	for _, exact := range []bool{true, false} {
		if v.lacks(terms, exact) {
			continue
		}
		head, anywhere := inBareHead, inBareAny
		if exact {
			head, anywhere = inHead, inAny
		}
		out = append(out, way{begins(terms, head, exact), true}, way{match: every(terms, head, exact)})
		if len(terms) > 1 {
			out = append(out, way{inOrder(terms, anywhere, exact), true}, way{every(terms, anywhere, exact) + " AND " + some(terms, head, exact), true})
		}
		out = append(out, way{match: every(terms, anywhere, exact)})
	}
	return out
}

// lacks reports whether the index has no such words, so that nothing has all terms.
func (v vocabulary) lacks(terms []sought, exact bool) bool {
	return slices.ContainsFunc(terms, func(t sought) bool { return len(t.long) == 0 && v.units(t, exact) == 0 })
}

// every is the expression that finds all terms in columns.
func every(terms []sought, columns string, exact bool) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = t.columns(columns, exact)
	}
	return strings.Join(parts, " AND ")
}

// some is the expression that finds one of the terms in columns.
func some(terms []sought, columns string, exact bool) string {
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = t.columns(columns, exact)
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// columns is the expression that finds a term in columns, or what it is short for.
func (s sought) columns(columns string, exact bool) string {
	var parts []string
	if words, ends := s.words(exact); len(ends) > 0 {
		parts = append(parts, columns+" : ("+anyOf(words, ends)+")")
	}
	if len(s.long) > 0 {
		bare := inBareAny
		if columns == inHead || columns == inBareHead {
			bare = inBareHead
		}
		parts = append(parts, bare+" : "+phrase(s.long))
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// maxOrdered is how many words a beginning is tried as behind others: each is a phrase.
const maxOrdered = 6

// inOrder is the expression that finds the terms one after the other.
func inOrder(terms []sought, columns string, exact bool) string {
	var words, ends []string
	for _, t := range terms {
		w, e := t.words(exact)
		words, ends = append(words, w...), e
	}
	if len(ends) == 0 { // the last term is found only as what it is short for
		ends = words[len(words)-1:]
	}
	return columns + " : (" + anyOf(words, ends[:min(len(ends), maxOrdered)]) + ")"
}

// begins is the expression that finds the terms at the beginning of a column.
func begins(terms []sought, column string, exact bool) string {
	var words []string
	for _, t := range terms {
		w, _ := t.words(exact)
		words = append(words, w...)
	}
	last := terms[len(terms)-1]
	if _, ends := last.words(exact); len(ends) > 0 {
		words[len(words)-1] = ends[0]
	}
	return column + " : ^" + phrase(words)
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
