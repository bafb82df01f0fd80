package law

import (
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/viet"
)

// Address is where a citation points: a document, by its number or well-known name, and
// provisions of it.
type Address struct {
	Document string // id, "" when the citation names none
	Number   string // as written, "" when it was named otherwise
	Name     string // the well-known name, if that was written
	Anchors  []string
}

const (
	maxCitation = 2000 // bytes
	maxAnchors  = 200
)

// ParseAddress reads a citation as people write it: "khoản 1 và điểm a khoản 2 Điều 98 Bộ
// luật Lao động 45/2019/QH14", "Đ.98 k.1", "điều 98(1)(a)". It is not ok when the text
// points nowhere: at neither a document nor a provision, or at a clause of no article.
func ParseAddress(text string) (Address, bool) {
	if len(text) > maxCitation {
		return Address{}, false
	}
	text = viet.NFC(strings.ToValidUTF8(text, " "))
	var a Address
	if at := number.FindStringIndex(text); at != nil {
		a.Number = text[at[0]:at[1]]
		a.Document = FoldNumber(a.Number)
		text = text[:at[0]] + " " + text[at[1]:]
	}
	if n, ok := FindName(text); ok {
		a.Name = n.Name
		if a.Document == "" {
			a.Document = n.ID
		}
	}
	anchors, ok := anchorsOf(citedPlaces(text))
	a.Anchors = anchors
	return a, ok && (a.Document != "" || len(anchors) > 0)
}

// place is one level of a citation with the numbers it lists, as in anchors.
type place struct {
	level   Level
	numbers []string
	joined  bool // neither comma nor "và" parts it from the place before
}

// anchorsOf puts the places together. A run of joined places is read towards the article:
// what stands before it is inside it ("điểm a khoản 2 Điều 98"), and so is what is joined
// behind it ("Điều 98 khoản 2 điểm a"). A run without article belongs to the article
// that comes next, or to the last one.
func anchorsOf(places []place) ([]string, bool) {
	var b addressBuilder
	for len(places) > 0 {
		n := 1
		for n < len(places) && places[n].joined {
			n++
		}
		b.run(places[:n])
		places = places[n:]
	}
	return b.finish()
}

type addressBuilder struct {
	anchors []string
	waiting []place // clauses and points whose article is still to come
	article string  // the last one
	clause  string  // the last clause of it that was named
	first   bool    // the last article stood before its clauses
}

func (b *addressBuilder) add(anchor string) {
	if ValidAnchor(anchor) && !slices.Contains(b.anchors, anchor) && len(b.anchors) < maxAnchors {
		b.anchors = append(b.anchors, anchor)
	}
}

func (b *addressBuilder) run(run []place) {
	at := slices.IndexFunc(run, func(p place) bool { return p.level == Article })
	switch {
	case at >= 0:
		b.article, b.clause = "d"+run[at].numbers[0], ""
		covered := b.inside(append(b.waiting, run[:at]...))
		b.waiting = nil
		b.behind(run[at], run[at+1:], covered)
	case run[0].level.depth() < Article.depth():
		b.container(run)
	case b.article != "" && b.first:
		b.descend(run)
	default:
		b.waiting = append(b.waiting, run...)
	}
}

// inside reads what stands before an article, from the article outwards. Points take the
// clause that follows them. It reports whether something did.
func (b *addressBuilder) inside(before []place) bool {
	clause := ""
	var found []string // from the last to the first
	for i := len(before) - 1; i >= 0; i-- {
		p := before[i]
		for j := len(p.numbers) - 1; j >= 0; j-- {
			switch n := p.numbers[j]; {
			case p.level == Clause:
				pointed := j == 0 && i > 0 && before[i-1].level == Point
				if !pointed {
					found = append(found, b.article+".k"+n)
				}
				clause = ".k" + n
			case p.level == Point:
				found = append(found, b.article+clause+"."+n)
			}
		}
	}
	slices.Reverse(found)
	for _, a := range found {
		b.add(a)
	}
	return len(found) > 0
}

// behind reads an article and what is joined behind it. The article that is covered by
// what stood before it is not meant as a whole.
func (b *addressBuilder) behind(article place, after []place, covered bool) {
	b.first = !covered
	next := slices.IndexFunc(after, func(p place) bool { return p.level.depth() <= Article.depth() })
	own := after
	if next >= 0 {
		own = after[:next]
	}
	if next >= 0 && after[next].level == Article && len(own) > 0 {
		own, next = nil, 0 // "Điều 98 … khoản 2 Điều 5": the clause is the next article's
	}
	last := len(article.numbers) - 1
	for i, n := range article.numbers {
		followed := i == last && len(own) > 0
		if !followed && !(i == 0 && covered) {
			b.add("d" + n)
		}
	}
	b.article = "d" + article.numbers[last]
	if len(own) > 0 {
		b.descend(own)
	}
	if next >= 0 {
		rest := after[len(own):]
		if rest[0].level.depth() >= Article.depth() {
			b.run(rest)
		}
	}
}

// descend reads clauses and points that stand behind their article.
func (b *addressBuilder) descend(run []place) {
	for i, p := range run {
		for j, n := range p.numbers {
			deeper := j == len(p.numbers)-1 && i+1 < len(run) && run[i+1].level == Point
			switch p.level {
			case Clause:
				b.clause = ".k" + n
				if !deeper {
					b.add(b.article + b.clause)
				}
			case Point:
				b.add(b.article + b.clause + "." + n)
			}
		}
	}
}

// container reads chapters, sections, parts and annexes.
func (b *addressBuilder) container(run []place) {
	number := func(level Level) []string {
		for _, p := range run {
			if p.level == level {
				return p.numbers
			}
		}
		return nil
	}
	in := ""
	if c := number(Chapter); len(c) > 0 {
		in = "c" + c[0] + "."
	}
	if m := number(Section); len(m) > 0 {
		if t := number(Subsection); len(t) > 0 {
			b.addAll(in+"m"+m[0]+".t", t)
			return
		}
		b.addAll(in+"m", m)
		return
	}
	for _, k := range []struct {
		level Level
		sign  string
	}{{Chapter, "c"}, {Part, "p"}, {Annex, "pl"}} {
		if n := number(k.level); len(n) > 0 {
			b.addAll(k.sign, n)
			return
		}
	}
}

func (b *addressBuilder) addAll(sign string, numbers []string) {
	for _, n := range numbers {
		b.add(sign + n)
	}
}

func (b *addressBuilder) finish() ([]string, bool) {
	if len(b.waiting) == 0 {
		return b.anchors, true
	}
	if b.article == "" {
		return b.anchors, false
	}
	b.descend(b.waiting)
	return b.anchors, true
}

// rangeOf are the numbers from one to another, both included; only these two when that
// cannot be counted.
func rangeOf(level Level, from, to string) []string {
	if level == Point {
		return pointRange(from, to)
	}
	a, errA := strconv.Atoi(from)
	z, errZ := strconv.Atoi(to)
	if errA != nil || errZ != nil || z <= a || z-a >= maxAnchors {
		return []string{from, to}
	}
	var out []string
	for n := a; n <= z; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

func pointRange(from, to string) []string {
	var out []string
	for _, r := range alphabet {
		n := ascii(string(r))
		if n == from || len(out) > 0 && !strings.ContainsRune(rare, r) {
			out = append(out, n)
		}
		if n == to && len(out) > 0 {
			return out
		}
	}
	return []string{from, to}
}
