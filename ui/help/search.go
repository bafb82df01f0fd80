package help

import (
	"slices"
	"strings"
	"unicode"

	"sophobien/ui/kit"
)

// Hit is a page that has what was searched.
type Hit struct {
	Page  string
	Title string
	Words string // of the block that fits best
	Block int    // its place; -1: the title says it all
}

// Search finds the pages in which every word begins a word, marks or none. Those whose
// title has them come first, then those that have them as they were typed.
func Search(pages []Page, query string) []Hit {
	want := strings.Fields(kit.Bare(query))
	if len(want) == 0 {
		return nil
	}
	var hits []Hit
	rank := map[string]int{}
	for _, p := range pages {
		if h, score := p.find(want, strings.ToLower(strings.TrimSpace(query))); score > 0 {
			hits = append(hits, h)
			rank[h.Page] = score
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return rank[b.Page] - rank[a.Page] })
	return hits
}

// find looks for the block with most of the words; all must stand somewhere.
func (p Page) find(want []string, typed string) (Hit, int) {
	hit := Hit{Page: p.Name, Title: p.Title, Block: -1}
	all, most := words(p.Title), 0
	score := 1 + 1000*count(all, want)
	for i, b := range p.Blocks {
		text := words(b.Text())
		all += text
		n := 10 * count(text, want)
		switch {
		case n == 0:
		case strings.Contains(strings.ToLower(b.Text()), typed):
			n += 100
		case b.Kind == Heading:
			n++
		}
		if n > most {
			most, hit.Block, hit.Words = n, i, b.Text()
		}
	}
	if count(all, want) < len(want) {
		return hit, 0
	}
	return hit, score + most
}

// words are the bare words of a text, a blank before each.
func words(text string) string {
	fields := strings.FieldsFunc(kit.Bare(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+'
	})
	if len(fields) == 0 {
		return ""
	}
	return " " + strings.Join(fields, " ")
}

func count(text string, want []string) int {
	n := 0
	for _, w := range want {
		if strings.Contains(text, " "+w) {
			n++
		}
	}
	return n
}
