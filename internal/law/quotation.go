package law

import (
	"regexp"
	"strings"
)

// An amending law gives the new wording between “ and ”, over many lines, with labels of
// its own. Those lines belong to the provision that amends.

// looks bounds, for each line, how many others may be looked at in search of the ends
// of quotations, so that a text full of stray signs costs no more than a long one.
const looks = 100

var (
	quotationEnds = regexp.MustCompile(`["”“]` + sp + `*[.;,:]?` + sp + `*$`)
	straightOpens = regexp.MustCompile(`^` + sp + `*"|:` + sp + `*"`)
)

// quotations marks the lines that begin inside a quotation. One without an end holds no
// more than its line, and is a flaw.
func quotations(lines []string, flaws *Flaws) []bool {
	q := quoted{lines: lines, budget: looks * (len(lines) + 100)}
	inside := make([]bool, len(lines))
	for i := 0; i < len(lines); i++ {
		end, opened := q.end(i)
		switch {
		case !opened:
		case end < 0:
			flaws.add(i, "", false, "dấu mở ngoặc kép ở dòng này không có dấu đóng.", "the quotation opened here is not closed.")
		default:
			for j := i + 1; j <= end; j++ {
				inside[j] = true
			}
			i = end
		}
	}
	return inside
}

type quoted struct {
	lines  []string
	last   int // number of the last article outside quotations
	budget int
}

// end finds the line in which the quotation ends that a line leaves open; -1 when none
// does.
func (q *quoted) end(at int) (end int, opened bool) {
	line := q.lines[at]
	if l, ok := labelOf(line); ok && l.level == Article {
		q.last = orderOf(l.number).n
	}
	depth := quoteDepth(line, 0)
	if depth == 0 {
		if strings.Count(line, `"`)%2 == 0 || !straightOpens.MatchString(line) {
			return -1, false
		}
		return q.closer(at, func(l string) bool { return strings.Count(l, `"`)%2 == 1 && quotationEnds.MatchString(l) }, false), true
	}
	end = q.closer(at, func(l string) bool { depth = quoteDepth(l, depth); return depth == 0 }, false)
	if end >= 0 && !strings.HasPrefix(strings.TrimSpace(line), "“") && q.holdsNext(at, end) {
		end = -1 // a stray sign in a sentence would swallow the articles that follow
	}
	if end < 0 {
		end = q.closer(at, quotationEnds.MatchString, true)
	}
	return end, true
}

// closer is the first line behind at that ends the quotation; cautious stops at the
// next article or heading.
func (q *quoted) closer(at int, ends func(string) bool, cautious bool) int {
	for j := at + 1; j < len(q.lines) && q.budget > 0; j++ {
		q.budget--
		if cautious {
			if l, ok := labelOf(q.lines[j]); ok && l.level != Clause && l.level != Point {
				return -1
			}
		}
		if ends(q.lines[j]) {
			return j
		}
	}
	return -1
}

func quoteDepth(line string, depth int) int {
	for _, r := range line {
		switch r {
		case '“':
			depth++
		case '”':
			depth = max(0, depth-1)
		}
	}
	return depth
}

// holdsNext reports whether the lines hold the article that is due after the last one.
func (q *quoted) holdsNext(at, end int) bool {
	for j := at + 1; j <= end; j++ {
		if l, ok := labelOf(q.lines[j]); ok && l.level == Article && orderOf(l.number) == (order{n: q.last + 1}) {
			return true
		}
	}
	return false
}
