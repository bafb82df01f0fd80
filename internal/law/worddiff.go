package law

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MarkKind says where the words of a mark stand.
type MarkKind string

// The kinds.
const (
	Kept MarkKind = "kept"
	Cut  MarkKind = "cut" // only in the older text
	New  MarkKind = "new" // only in the newer text
)

// Mark is a stretch of words. Kept and cut marks together are the older text, kept and
// new ones the newer.
type Mark struct {
	Kind MarkKind
	Text string
}

// MarkWords compares two texts word by word. Its time is bounded: texts that have little
// in common are marked in larger pieces.
func MarkWords(a, b string) []Mark {
	x, y := words(a), words(b)
	d := wordDiff{a: ids(x, y)}
	d.b = d.a[len(x):]
	d.a = d.a[:len(x)]
	d.run(0, len(x), 0, len(y))
	return marksOf(x, y, tidy(x, y, d.kept))
}

// words parts a text into words with the space behind them, and single signs. Joined,
// they are the text.
func words(s string) []string {
	var out []string
	for s != "" {
		n := strings.IndexFunc(s, func(r rune) bool { return !inWord(r) })
		switch {
		case n < 0:
			n = len(s)
		case n == 0:
			_, n = utf8.DecodeRuneInString(s)
		}
		for n < len(s) {
			r, size := utf8.DecodeRuneInString(s[n:])
			if r != ' ' {
				break
			}
			n += size
		}
		out = append(out, s[:n])
		s = s[n:]
	}
	return out
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// ids numbers the words of both texts, equal words alike.
func ids(x, y []string) []int {
	number := map[string]int{}
	out := make([]int, 0, len(x)+len(y))
	for _, list := range [2][]string{x, y} {
		for _, w := range list {
			n, ok := number[w]
			if !ok {
				n = len(number)
				number[w] = n
			}
			out = append(out, n)
		}
	}
	return out
}

// span is a stretch of words that both texts have.
type span struct{ a, b, n int }

type wordDiff struct {
	a, b []int
	kept []span
}

// run finds what a[a0:a1] and b[b0:b1] share, in order: first at both ends, then exactly
// when the difference is small, else around the words that each has once.
func (d *wordDiff) run(a0, a1, b0, b1 int) {
	n := 0
	for a0+n < a1 && b0+n < b1 && d.a[a0+n] == d.b[b0+n] {
		n++
	}
	d.keep(a0, b0, n)
	a0, b0 = a0+n, b0+n
	n = 0
	for a1-n > a0 && b1-n > b0 && d.a[a1-n-1] == d.b[b1-n-1] {
		n++
	}
	d.middle(a0, a1-n, b0, b1-n)
	d.keep(a1-n, b1-n, n)
}

func (d *wordDiff) keep(a, b, n int) {
	if n == 0 {
		return
	}
	if k := len(d.kept) - 1; k >= 0 && d.kept[k].a+d.kept[k].n == a && d.kept[k].b+d.kept[k].n == b {
		d.kept[k].n += n
		return
	}
	d.kept = append(d.kept, span{a, b, n})
}

func (d *wordDiff) middle(a0, a1, b0, b1 int) {
	if a0 == a1 || b0 == b1 {
		return
	}
	if path, ok := shortest(d.a[a0:a1], d.b[b0:b1]); ok {
		for _, s := range path {
			d.keep(a0+s.a, b0+s.b, s.n)
		}
		return
	}
	anchors := d.unique(a0, a1, b0, b1)
	for _, s := range anchors {
		d.run(a0, s.a, b0, s.b)
		d.keep(s.a, s.b, 1)
		a0, b0 = s.a+1, s.b+1
	}
	if len(anchors) > 0 {
		d.run(a0, a1, b0, b1)
	}
}

// maxEdits bounds the exact search: its time and room grow with the square.
const maxEdits = 300

// shortest is Myers' search for the fewest edits; not ok when there are more than
// maxEdits.
func shortest(a, b []int) ([]span, bool) {
	limit := min(maxEdits, len(a)+len(b))
	far := make([]int, 2*limit+3) // how far each diagonal has come in a
	var trail [][]int
	for edits := 0; edits <= limit; edits++ {
		trail = append(trail, slices.Clone(far[limit+1-edits:limit+2+edits]))
		for k := -edits; k <= edits; k += 2 {
			at := limit + 1 + k
			x := far[at-1] + 1
			if k == -edits || k != edits && far[at-1] < far[at+1] {
				x = far[at+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			far[at] = x
			if x >= len(a) && x-k >= len(b) {
				return backwards(a, b, trail, edits), true
			}
		}
	}
	return nil, false
}

// backwards walks the trail from the end and collects what was kept.
func backwards(a, b []int, trail [][]int, edits int) []span {
	var out []span
	x, y := len(a), len(b)
	for ; edits >= 0; edits-- {
		far, k := trail[edits], x-y
		come := func(k int) int { // how far a diagonal had come before this edit
			if i := k + edits; i >= 0 && i < len(far) {
				return far[i]
			}
			return -1
		}
		startX, startY := 0, 0
		if edits > 0 {
			from := k - 1
			if k == -edits || k != edits && come(k-1) < come(k+1) {
				from = k + 1
			}
			startX = come(from)
			startY = startX - from
		}
		firstX := startX
		if edits > 0 && x-y == startX-startY+1 {
			firstX = startX + 1
		}
		if n := x - firstX; n > 0 {
			out = append(out, span{firstX, firstX - k, n})
		}
		x, y = startX, startY
	}
	slices.Reverse(out)
	return out
}

// unique are the words that stand once in each stretch, as many as keep their order.
func (d *wordDiff) unique(a0, a1, b0, b1 int) []span {
	const twice = -1
	once := func(list []int, from int) map[int]int {
		at := map[int]int{}
		for i, w := range list {
			if _, ok := at[w]; ok {
				at[w] = twice
			} else {
				at[w] = from + i
			}
		}
		return at
	}
	inB := once(d.b[b0:b1], b0)
	inA := once(d.a[a0:a1], a0)
	var pairs []span
	for i := a0; i < a1; i++ {
		if j, ok := inB[d.a[i]]; ok && j != twice && inA[d.a[i]] == i {
			pairs = append(pairs, span{i, j, 1})
		}
	}
	return rising(pairs)
}

// rising is the longest run of pairs whose places rise in both texts.
func rising(pairs []span) []span {
	var tops []int // index of the pair that ends the best run of each length
	back := make([]int, len(pairs))
	for i, p := range pairs {
		at, _ := slices.BinarySearchFunc(tops, p.b, func(t, b int) int { return pairs[t].b - b })
		back[i] = -1
		if at > 0 {
			back[i] = tops[at-1]
		}
		if at == len(tops) {
			tops = append(tops, i)
		} else {
			tops[at] = i
		}
	}
	if len(tops) == 0 {
		return nil
	}
	var out []span
	for i := tops[len(tops)-1]; i >= 0; i = back[i] {
		out = append(out, pairs[i])
	}
	slices.Reverse(out)
	return out
}

// tidy drops what was kept by chance: a word or sign alone between two longer changes
// makes the marks harder to read than they are exact.
func tidy(x, y []string, kept []span) []span {
	var out []span
	for i, s := range kept {
		endA, endB := 0, 0
		if len(out) > 0 {
			last := out[len(out)-1]
			endA, endB = last.a+last.n, last.b+last.n
		}
		nextA, nextB := len(x), len(y)
		if i+1 < len(kept) {
			nextA, nextB = kept[i+1].a, kept[i+1].b
		}
		before := min(s.a-endA, s.b-endB)
		after := min(nextA-s.a-s.n, nextB-s.b-s.n)
		if s.n <= 2 && before > s.n && after > s.n {
			continue
		}
		out = append(out, s)
	}
	return out
}

func marksOf(x, y []string, kept []span) []Mark {
	var out []Mark
	add := func(kind MarkKind, words []string) {
		if len(words) > 0 {
			out = append(out, Mark{kind, strings.Join(words, "")})
		}
	}
	a, b := 0, 0
	for _, s := range append(kept, span{len(x), len(y), 0}) {
		add(Cut, x[a:s.a])
		add(New, y[b:s.b])
		add(Kept, x[s.a:s.a+s.n])
		a, b = s.a+s.n, s.b+s.n
	}
	return out
}
