package law

import (
	"regexp"
	"slices"
	"strings"
)

// ChangeKind says what became of a provision between two wordings.
type ChangeKind string

// The kinds.
const (
	Same    ChangeKind = "same"
	Changed ChangeKind = "changed" // other words, at the same address or another
	Moved   ChangeKind = "moved"   // the same words at another address
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
)

// Change pairs a provision of the older wording with one of the newer.
type Change struct {
	Kind  ChangeKind
	A, B  int    // places in the two texts, -1 for none
	Marks []Mark // of the words, when they changed
}

// Compare aligns two wordings. What has kept its words is found again wherever it went;
// what has changed is looked for at its address, and inside what it stood in. The result
// is in the order of the newer text, and what was removed stands where it was.
func Compare(a, b Text) []Change {
	m := matcher{a: a, b: b, toB: unmatched(len(a)), toA: unmatched(len(b))}
	m.index()
	m.sameWords()
	m.movedWords()
	m.insideMoved()
	m.sameAddress()
	return m.changes()
}

func unmatched(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

type matcher struct {
	a, b       Text
	toB, toA   []int
	wordsA     []string // what each provision says, without its number
	wordsB     []string
	atA, atB   map[string]int // by anchor
	parA, parB []int          // the place of what each stands in
}

func (m *matcher) index() {
	m.wordsA, m.atA, m.parA = indexed(m.a)
	m.wordsB, m.atB, m.parB = indexed(m.b)
}

func indexed(t Text) (words []string, at map[string]int, parents []int) {
	at = make(map[string]int, len(t))
	for i, p := range t {
		words = append(words, string(p.Level)+"\n"+says(p))
		at[p.Anchor] = i
	}
	for _, p := range t {
		parent, ok := at[p.Parent]
		if !ok || p.Parent == "" {
			parent = -1
		}
		parents = append(parents, parent)
	}
	return words, at, parents
}

var noteSign = regexp.MustCompile(`\[\d{1,3}\]`)

// says is a provision without its number, the signs of notes and the breaks of lines:
// when two say the same, nothing has changed in law.
func says(p Provision) string {
	text := withoutLabel(p.Level, p.Text)
	if strings.IndexByte(text, '[') >= 0 {
		text = noteSign.ReplaceAllString(text, " ")
	}
	return joinWords(text)
}

func (m *matcher) pair(a, b int) { m.toB[a], m.toA[b] = b, a }

func (m *matcher) sameWords() {
	for i, p := range m.a {
		if j, ok := m.atB[p.Anchor]; ok && m.wordsA[i] == m.wordsB[j] {
			m.pair(i, j)
		}
	}
}

// leastWords: shorter texts ("(được bãi bỏ)") say nothing about where they came from.
const leastWords = 24 // bytes

// movedWords pairs what is said once in each text.
func (m *matcher) movedWords() {
	once := func(words []string, taken []int) map[string]int {
		at := map[string]int{}
		for i, w := range words {
			if taken[i] >= 0 || len(w) < leastWords {
				continue
			}
			if _, again := at[w]; again {
				i = -1
			}
			at[w] = i
		}
		return at
	}
	inB := once(m.wordsB, m.toA)
	for w, i := range once(m.wordsA, m.toB) {
		if j, ok := inB[w]; ok && i >= 0 && j >= 0 {
			m.pair(i, j)
		}
	}
}

// insideMoved looks for the clauses of a provision that went elsewhere at their own
// numbers in its new place, in reading order so that points follow their clauses.
func (m *matcher) insideMoved() {
	for i, p := range m.a {
		if m.toB[i] >= 0 || m.parA[i] < 0 {
			continue
		}
		parent := m.toB[m.parA[i]]
		if parent < 0 || m.b[parent].Anchor == p.Parent {
			continue
		}
		rest, ok := strings.CutPrefix(p.Anchor, p.Parent+".")
		if !ok {
			continue
		}
		if j, ok := m.atB[m.b[parent].Anchor+"."+rest]; ok && m.toA[j] < 0 {
			m.pair(i, j)
		}
	}
}

// sameAddress pairs what is left by its address, unless what it stood in went elsewhere.
func (m *matcher) sameAddress() {
	for i, p := range m.a {
		j, ok := m.atB[p.Anchor]
		if !ok || m.toB[i] >= 0 || m.toA[j] >= 0 || p.Level != m.b[j].Level {
			continue
		}
		pa, pb := m.parA[i], m.parB[j]
		if strings.Contains(p.Anchor, ".") && pa >= 0 && pb >= 0 && m.toB[pa] != pb && (m.toB[pa] >= 0 || m.toA[pb] >= 0) {
			continue
		}
		m.pair(i, j)
	}
}

// changes puts the pairs in the order of the newer text; what was removed comes behind
// what it followed.
func (m *matcher) changes() []Change {
	removed := map[int][]int{} // by the place in b behind which they come
	behind := -1
	for i := range m.a {
		if j := m.toB[i]; j >= 0 {
			behind = j
			continue
		}
		removed[behind] = append(removed[behind], i)
	}
	var out []Change
	gone := func(at int) {
		for _, i := range removed[at] {
			out = append(out, Change{Kind: Removed, A: i, B: -1})
		}
	}
	gone(-1)
	for j := range m.b {
		out = append(out, m.change(j))
		gone(j)
	}
	return out
}

func (m *matcher) change(j int) Change {
	i := m.toA[j]
	switch {
	case i < 0:
		return Change{Kind: Added, A: -1, B: j}
	case m.wordsA[i] != m.wordsB[j]:
		return Change{Kind: Changed, A: i, B: j, Marks: MarkWords(m.a[i].Text, m.b[j].Text)}
	case m.a[i].Anchor != m.b[j].Anchor:
		return Change{Kind: Moved, A: i, B: j}
	}
	return Change{Kind: Same, A: i, B: j}
}

// Impact is what a newer wording changes, seen by those who cite the older one.
type Impact struct {
	Own    []string // anchors that now say something else, or are gone, or are new; sorted
	Around []string // anchors of what those stand in; sorted
}

// ImpactOf compares address by address: who cites clause 2 reads clause 2, whatever
// became of the words that stood there.
func ImpactOf(a, b Text) Impact {
	wordsA, atA, _ := indexed(a)
	wordsB, atB, _ := indexed(b)
	var out Impact
	for i, p := range a {
		if j, ok := atB[p.Anchor]; !ok || wordsA[i] != wordsB[j] {
			out.Own = append(out.Own, p.Anchor)
		}
	}
	for _, p := range b {
		if _, ok := atA[p.Anchor]; !ok {
			out.Own = append(out.Own, p.Anchor)
		}
	}
	out.Own = sorted(out.Own)
	out.Around = sorted(append(around(a, out.Own), around(b, out.Own)...))
	return out
}

// around are the anchors of what the given ones stand in.
func around(t Text, anchors []string) []string {
	parent := make(map[string]string, len(t))
	for _, p := range t {
		parent[p.Anchor] = p.Parent
	}
	var out []string
	seen := map[string]bool{}
	for _, a := range anchors {
		for in := parent[a]; in != "" && !seen[in]; in = parent[in] {
			seen[in] = true
			out = append(out, in)
		}
	}
	return out
}

// Touches reports whether a citation of an anchor must be looked at again: its own text
// changed, or the text of something in it, or the words that lead to it (of its article,
// of its clause). The citation of a whole document is touched by any change.
func (i Impact) Touches(anchor string) bool {
	if anchor == "" {
		return len(i.Own) > 0
	}
	if _, ok := slices.BinarySearch(i.Around, anchor); ok {
		return true
	}
	for _, a := range Path(anchor) {
		if _, ok := slices.BinarySearch(i.Own, a); ok && (a == anchor || leads(a)) {
			return true
		}
	}
	return false
}

// leads reports whether the words of a provision are read together with what stands in
// it: those of an article or clause are, the title of a chapter is not.
func leads(anchor string) bool {
	list, ok := steps(anchor)
	return ok && list[len(list)-1].level.depth() >= Article.depth()
}
