package law

import (
	"slices"
	"strings"
)

// Level is the kind of a provision. The words are those of the wording blob.
type Level string

// The levels, from the front matter to the end.
const (
	Front      Level = "front" // everything before the first part, chapter or article
	Part       Level = "part"
	Chapter    Level = "chapter"
	Section    Level = "section"
	Subsection Level = "subsection"
	Article    Level = "article"
	Clause     Level = "clause"
	Point      Level = "point"
	Closing    Level = "closing" // closing formula, signature, recipients, notes
	Annex      Level = "annex"   // an annex, or what is issued together with a decision
)

// depth orders the levels: a provision stands in the nearest one before it that is
// less deep.
func (l Level) depth() int {
	switch l {
	case Part:
		return 1
	case Chapter:
		return 2
	case Section:
		return 3
	case Subsection:
		return 4
	case Article:
		return 5
	case Clause:
		return 6
	case Point:
		return 7
	}
	return 0
}

// holds reports whether other provisions may stand in one of the level.
func (l Level) holds() bool { return l != Front && l != Closing }

func (l Level) valid() bool {
	return l.depth() > 0 || l == Front || l == Closing || l == Annex
}

// Provision is one addressed piece of a wording.
type Provision struct {
	Anchor  string
	Level   Level
	Number  string // as written: "98", "98a", "VII", "đ"
	Heading string // title of a part, chapter, section, article or annex; "" when it has none
	Text    string // its own lines, label and heading with them, without those of what stands in it
	Parent  string // anchor of the provision it stands in, "" at the top
}

// Body is the text without label and heading: what a reader adds under the heading.
func (p Provision) Body() string {
	body := withoutLabel(p.Level, p.Text)
	if p.Heading == "" {
		return body
	}
	lines := strings.Split(body, "\n")
	for n := 1; n <= len(lines) && n <= titleLines+2; n++ {
		if joinWords(strings.Join(lines[:n], " ")) == p.Heading {
			return strings.Join(lines[n:], "\n")
		}
	}
	return body
}

// Text is a wording: its provisions in reading order.
type Text []Provision

// Lines are the lines the text was split from.
func (t Text) Lines() []string {
	var lines []string
	for _, p := range t {
		lines = append(lines, strings.Split(p.Text, "\n")...)
	}
	return lines
}

// Find is the place of an anchor, -1 when the wording has none such.
func (t Text) Find(anchor string) int {
	return slices.IndexFunc(t, func(p Provision) bool { return p.Anchor == anchor })
}

// Path is an anchor and the anchors of all it stands in, innermost first; nil when the
// wording has no such provision.
func (t Text) Path(anchor string) []string {
	i := t.Find(anchor)
	if i < 0 {
		return nil
	}
	path := []string{anchor}
	for parent := t[i].Parent; parent != "" && i >= 0; i-- {
		if t[i].Anchor == parent {
			path = append(path, parent)
			parent = t[i].Parent
		}
	}
	return path
}

// Whole is a provision with everything that stands in it, as a text of its own; nil
// when the wording has no such provision.
func (t Text) Whole(anchor string) Text {
	i := t.Find(anchor)
	if i < 0 {
		return nil
	}
	end := i + 1
	for t[i].Level.holds() && end < len(t) && t[end].Level.depth() > t[i].Level.depth() {
		end++
	}
	return t[i:end]
}

// String is the text as it was, line by line.
func (t Text) String() string { return strings.Join(t.Lines(), "\n") }

// setParents fills Parent from the order and the levels.
func (t Text) setParents() {
	var open []int // the provisions that may still hold others
	for i := range t {
		d := t[i].Level.depth()
		for len(open) > 0 && t[open[len(open)-1]].Level.depth() >= d {
			open = open[:len(open)-1]
		}
		t[i].Parent = ""
		if len(open) > 0 {
			t[i].Parent = t[open[len(open)-1]].Anchor
		}
		if t[i].Level.holds() {
			open = append(open, i)
		}
	}
}

func joinWords(s string) string { return strings.Join(strings.Fields(s), " ") }
