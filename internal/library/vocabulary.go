package library

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"sophobien/internal/sqlitefile"
)

// vocabulary is the words of the index, sorted.
type vocabulary []indexWord

// indexWord is a word and in about how many units it stands with its marks, and bare.
type indexWord struct {
	word        string
	exact, bare int64
}

func (w indexWord) units(exact bool) int64 {
	if exact {
		return w.exact
	}
	return w.bare
}

func readVocabulary(ctx context.Context, q querier) (vocabulary, error) {
	rows, err := q.QueryContext(ctx, "SELECT word, exact, bare FROM word ORDER BY word")
	if err != nil {
		return nil, sqlitefile.MapError(err)
	}
	defer rows.Close()
	var out vocabulary
	for rows.Next() {
		var w indexWord
		if err := rows.Scan(&w.word, &w.exact, &w.bare); err != nil {
			return nil, sqlitefile.MapError(err)
		}
		out = append(out, w)
	}
	return out, sqlitefile.MapError(rows.Err())
}

func (v vocabulary) place(word string) (int, bool) {
	return slices.BinarySearchFunc(v, word, func(w indexWord, s string) int { return strings.Compare(w.word, s) })
}

// maxEnds is how many words a beginning of so many letters is tried as.
var maxEnds = [...]int{0, 8, 16, 40}

// ends are the words a beginning may become: itself first, then the frequent ones.
func (v vocabulary) ends(begun string, exact bool) []string {
	from, _ := v.place(begun)
	var list []indexWord
	for _, w := range v[from:] {
		if !strings.HasPrefix(w.word, begun) {
			break
		}
		if w.units(exact) > 0 {
			list = append(list, w)
		}
	}
	slices.SortStableFunc(list, func(a, b indexWord) int {
		return cmp.Or(boolOrder(a.word != begun, b.word != begun), cmp.Compare(b.units(exact), a.units(exact)))
	})
	var out []string
	for _, w := range list[:min(len(list), maxEnds[min(len([]rune(begun)), len(maxEnds)-1)])] {
		out = append(out, w.word)
	}
	return out
}

// units is about how many units a term stands in, by its rarest word.
func (v vocabulary) units(t sought, exact bool) int64 {
	words, ends := t.words(exact)
	least := v.sum(ends, exact)
	for _, w := range words[:len(words)-1] {
		least = min(least, v.sum([]string{w}, exact))
	}
	return least
}

func (v vocabulary) sum(words []string, exact bool) int64 {
	var n int64
	for _, w := range words {
		if at, ok := v.place(w); ok {
			n += v[at].units(exact)
		}
	}
	return min(n, math.MaxInt32)
}
