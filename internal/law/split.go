package law

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split takes the lines of a document apart by the drafting rules of Vietnamese law
// (parts, chapters, sections, subsections, articles, clauses, points). Each line goes to
// exactly one provision, in order; a text in which the rules find nothing is one
// provision. Lines must not hold line breaks.
func Split(lines []string) (Text, Flaws) {
	s := splitter{lines: lines, times: map[string]int{}, last: map[Level]order{}}
	s.inside = quotations(lines, &s.flaws)
	for s.at < len(lines) {
		s.title = s.at
		if !s.inside[s.at] {
			s.line(lines[s.at])
		}
		if len(s.text) == 0 {
			s.begin(Front, "dau", "", "")
		}
		s.at = s.title + 1
	}
	return s.finish()
}

// splitter is the state while the lines go by.
type splitter struct {
	lines  []string
	inside []bool // the line begins inside a quotation
	at     int
	title  int // the last line that the heading of the provision just begun takes
	text   Text
	starts []int          // line in which each provision begins
	times  map[string]int // how often an anchor came
	flaws  Flaws

	scope    string // "kt1." while in what is attached: its anchors stand in it
	attached int
	part     string // anchors of what is open, "" for none
	chapter  string
	section  string
	article  string
	clause   string
	last     map[Level]order // the last number of each level
	state    scene
}

// scene is the part of the document that the lines have come to.
type scene int

const (
	ruling  scene = iota // front matter and provisions
	signing              // from the closing formula on
	annexed              // in an annex, which is kept whole
)

func (s *splitter) line(line string) {
	l, ok := labelOf(line)
	switch {
	case ok && l.level == Annex:
		if s.state != ruling || s.last[Article].n > 0 {
			s.beginAnnex(l)
		}
	case s.state != ruling && s.opensAttached():
		s.beginAttached()
	case s.state == annexed:
	case s.state == signing:
		if ok && l.level == Article && orderOf(l.number) == (order{n: s.last[Article].n + 1}) {
			s.reopen()
			s.beginArticle(l)
		}
	case s.scope == "" && s.last[Article].n > 0 && closes(line):
		s.state = signing
		s.begin(Closing, "cuoi", "", "")
	case ok:
		s.beginRuling(l)
	}
}

func (s *splitter) beginRuling(l label) {
	switch l.level {
	case Part:
		s.inOrder(l)
		s.part = s.begin(Part, s.scope+"p"+l.anchorNumber(), l.number, s.heading(l))
		s.chapter, s.section, s.article, s.clause = "", "", "", ""
		s.restart(Section, Subsection)
	case Chapter:
		s.beginChapter(l)
	case Section:
		s.inOrder(l)
		in := cmp.Or(within(s.chapter), within(s.part), s.scope)
		s.section = s.begin(Section, in+"m"+l.anchorNumber(), l.number, s.heading(l))
		s.article, s.clause = "", ""
		s.restart(Subsection)
	case Subsection:
		s.inOrder(l)
		in := cmp.Or(within(s.section), within(s.chapter), within(s.part), s.scope)
		s.begin(Subsection, in+"t"+l.anchorNumber(), l.number, s.heading(l))
		s.article, s.clause = "", ""
	case Article:
		s.beginArticle(l)
	case Clause:
		s.beginClause(l)
	case Point:
		s.beginPoint(l)
	}
}

// within is what the anchors in a provision begin with.
func within(anchor string) string {
	if anchor == "" {
		return ""
	}
	return anchor + "."
}

// beginChapter: where the parts of a law count their chapters anew, the address of a
// chapter says the part.
func (s *splitter) beginChapter(l label) {
	anchor := s.scope + "c" + l.anchorNumber()
	if s.times[anchor] > 0 && s.part != "" {
		anchor = s.part + ".c" + l.anchorNumber()
		if orderOf(l.anchorNumber()).n == 1 {
			s.restart(Chapter)
		}
	}
	s.inOrder(l)
	s.chapter = s.begin(Chapter, anchor, l.number, s.heading(l))
	s.section, s.article, s.clause = "", "", ""
	s.restart(Section, Subsection)
}

func (s *splitter) beginArticle(l label) {
	anchor := s.scope + "d" + l.anchorNumber()
	if s.times[anchor] > 0 {
		s.flaws.add(s.at, anchor, true, fmt.Sprintf("Điều %s đã có ở trên; kiểm tra số điều hoặc dấu ngoặc kép của phần trích.", l.number),
			fmt.Sprintf("Article %s appears twice; check its number, or the quotation marks of an amended text.", l.number))
	} else {
		s.inOrder(l)
	}
	s.article, s.clause = s.begin(Article, anchor, l.number, s.heading(l)), ""
	s.last[Article] = orderOf(l.anchorNumber())
	s.restart(Clause, Point)
}

// beginClause takes "1." for a clause only where the count has come to it: a number
// that goes back is a list inside the text.
func (s *splitter) beginClause(l label) {
	now, last := orderOf(l.anchorNumber()), s.last[Clause]
	if s.article == "" || now.n == 0 || now.n > last.n+5 {
		return
	}
	if !last.before(now) {
		s.flaws.add(s.at, s.article, false, fmt.Sprintf("số “%s.” đứng sau khoản %s nên được coi là phần nội dung.", l.number, last),
			fmt.Sprintf("“%s.” stands after clause %s and is taken as part of the text.", l.number, last))
		return
	}
	if s.clause == "" && s.last[Point].n > 0 {
		s.flaws.add(s.at, s.article, false, "khoản đứng sau điểm không thuộc khoản nào.", "a clause follows points that belong to no clause.")
	}
	s.inOrder(l)
	s.clause = s.begin(Clause, s.article+".k"+l.anchorNumber(), l.number, "")
	s.restart(Point)
}

// alphabet is the order of points; the letters in rare are mostly passed over.
const (
	alphabet = "abcdđefghijklmnopqrstuvwxyz"
	rare     = "fjwz"
)

// placeOf counts letters without those that are mostly passed over.
func placeOf(letter rune) int {
	n := 1
	for _, r := range alphabet {
		if r == letter {
			return n
		}
		if !strings.ContainsRune(rare, r) {
			n++
		}
	}
	return 0
}

func (s *splitter) beginPoint(l label) {
	in := cmp.Or(s.clause, s.article)
	letter, size := utf8.DecodeRuneInString(l.number)
	now, last := order{placeOf(letter), l.number[size:]}, s.last[Point]
	if in == "" || now.n > last.n+3 || last.n == 0 && now.n > 3 {
		return
	}
	if !last.before(now) && !(now.n == last.n && strings.ContainsRune(rare, letter)) {
		s.flaws.add(s.at, in, false, fmt.Sprintf("điểm “%s)” không theo thứ tự nên được coi là phần nội dung.", l.number),
			fmt.Sprintf("point “%s)” is out of order and is taken as part of the text.", l.number))
		return
	}
	anchor := s.begin(Point, in+"."+ascii(l.number), l.number, "")
	if now.n > last.n+1 {
		s.flaws.add(s.at, anchor, false, fmt.Sprintf("trước điểm %s thiếu điểm.", l.number), fmt.Sprintf("a point is missing before point %s.", l.number))
	}
	s.last[Point] = now
}

// beginAnnex opens an annex. Annexes hold forms and tables, which no rule splits.
func (s *splitter) beginAnnex(l label) {
	s.state, s.scope = annexed, ""
	n := l.anchorNumber()
	if l.number == "" {
		n = strconv.Itoa(s.times["pl"] + 1)
	}
	s.times["pl"]++
	s.begin(Annex, "pl"+n, l.number, s.heading(l))
}

// beginAttached opens a regulation issued together with the document, with articles of
// its own.
func (s *splitter) beginAttached() {
	s.attached++
	anchor := s.begin(Annex, "kt"+strconv.Itoa(s.attached), "", s.heading(label{level: Annex, rest: s.lines[s.at]}))
	s.scope, s.state = within(anchor), ruling
	s.part, s.chapter, s.section, s.article, s.clause = "", "", "", "", ""
	s.restart(Part, Chapter, Section, Subsection, Article, Clause, Point)
}

// reopen takes back a closing part that was none: the count of articles goes on.
func (s *splitter) reopen() {
	end := len(s.text) - 1
	delete(s.times, s.text[end].Anchor)
	s.text, s.starts = s.text[:end], s.starts[:end]
	s.state = ruling
}

// begin opens a provision in the current line. An anchor that was given before gets a
// number behind.
func (s *splitter) begin(level Level, anchor, number, heading string) string {
	s.times[anchor]++
	if n := s.times[anchor]; n > 1 {
		anchor += "-" + strconv.Itoa(n)
	}
	s.text = append(s.text, Provision{Anchor: anchor, Level: level, Number: number, Heading: heading})
	s.starts = append(s.starts, s.at)
	return anchor
}

func (s *splitter) restart(levels ...Level) {
	for _, l := range levels {
		delete(s.last, l)
	}
}

// inOrder notes the number of a label and what is odd about it.
func (s *splitter) inOrder(l label) {
	now, last := orderOf(l.anchorNumber()), s.last[l.level]
	s.last[l.level] = now
	word := levelWords[l.level]
	switch {
	case last == order{} && l.level == Article && now.n > 1 && s.scope == "" && s.article == "":
		s.flaws.add(s.at, "", false, fmt.Sprintf("văn bản bắt đầu từ Điều %s.", l.number), fmt.Sprintf("the text begins with Article %s.", l.number))
	case !last.before(now):
		s.flaws.add(s.at, "", false, fmt.Sprintf("%s %s đứng sau %s %s.", word.VI, l.number, word.VI, last), fmt.Sprintf("%s %s stands after %s %s.", word.EN, l.number, word.EN, last))
	case now.n > last.n+1:
		s.flaws.add(s.at, "", false, fmt.Sprintf("trước %s %s thiếu %s %d.", word.VI, l.number, word.VI, last.n+1),
			fmt.Sprintf("%s %d is missing before %s %s.", word.EN, last.n+1, word.EN, l.number))
	}
}

// finish gives each provision its lines.
func (s *splitter) finish() (Text, Flaws) {
	for i := range s.text {
		end := len(s.lines)
		if i+1 < len(s.text) {
			end = s.starts[i+1]
		}
		s.text[i].Text = strings.Join(s.lines[s.starts[i]:end], "\n")
	}
	s.text.setParents()
	slices.SortStableFunc(s.flaws, func(a, b Flaw) int { return a.Line - b.Line })
	return s.text, s.flaws
}

// order is a number and what follows it: 98a is {98, "a"}.
type order struct {
	n      int
	letter string
}

// orderOf reads a number as it stands in an anchor.
func orderOf(number string) order {
	number = ascii(number)
	end := strings.IndexFunc(number, func(r rune) bool { return !unicode.IsDigit(r) })
	if end < 0 {
		end = len(number)
	}
	n, _ := strconv.Atoi(number[:end])
	return order{n, number[end:]}
}

func (o order) before(p order) bool {
	return o.n < p.n || o.n == p.n && (len(o.letter) < len(p.letter) && o.letter == "" || o.letter < p.letter)
}

func (o order) String() string { return strconv.Itoa(o.n) + written(o.letter) }
