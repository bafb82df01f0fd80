package help

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Page is one page of the help.
type Page struct {
	Name   string // of its file, and in links
	Title  string
	Blocks []Block
}

// Block is one part of a page.
type Block struct {
	Kind   Kind
	Number int // of a step
	Spans  []Span
}

// Kind is what a block is.
type Kind int

// The kinds.
const (
	Paragraph Kind = iota
	Heading
	Bullet
	Step
)

// Span is a run of letters of one style.
type Span struct {
	Text  string
	Style Style
	To    string // the page a link leads to
}

// Style is how a span looks.
type Style int

// The styles.
const (
	Plain Style = iota
	Bold
	Key
	Link
)

// Text is a block's letters without their styles.
func (b Block) Text() string {
	var out strings.Builder
	for _, s := range b.Spans {
		out.WriteString(s.Text)
	}
	return out.String()
}

var step = regexp.MustCompile(`^([0-9]+)\. (.+)$`)

// Parse reads a page. A line is a block; an empty line parts nothing, since every
// paragraph is written as one line.
func Parse(name, text string) (Page, error) {
	p := Page{Name: name}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \r")
		if line == "" {
			continue
		}
		if err := p.take(line); err != nil {
			return p, fmt.Errorf("help page %s, line %d: %w", name, i+1, err)
		}
	}
	if p.Title == "" {
		return p, fmt.Errorf("help page %s has no title", name)
	}
	return p, nil
}

func (p *Page) take(line string) error {
	if title, ok := strings.CutPrefix(line, "# "); ok {
		if p.Title != "" || len(p.Blocks) > 0 {
			return fmt.Errorf("a second title")
		}
		p.Title = title
		return nil
	}
	b := Block{Kind: Paragraph}
	if words, ok := strings.CutPrefix(line, "## "); ok {
		b.Kind, line = Heading, words
	} else if words, ok := strings.CutPrefix(line, "- "); ok {
		b.Kind, line = Bullet, words
	} else if m := step.FindStringSubmatch(line); m != nil {
		b.Kind, line = Step, m[2]
		b.Number, _ = strconv.Atoi(m[1])
	}
	if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "#") {
		return fmt.Errorf("%q begins as nothing that is known", line)
	}
	var err error
	b.Spans, err = spans(line)
	p.Blocks = append(p.Blocks, b)
	return err
}

// marks begin a span of a style, and end it.
var marks = []struct {
	open, end string
	style     Style
}{{"**", "**", Bold}, {"`", "`", Key}, {"[", ")", Link}}

// spans parts a line into its styles.
func spans(line string) ([]Span, error) {
	var out []Span
	plain := func(s string) {
		if s != "" {
			out = append(out, Span{Text: s})
		}
	}
	for line != "" {
		at := strings.IndexAny(line, "*`[")
		if at < 0 {
			plain(line)
			break
		}
		plain(line[:at])
		line = line[at:]
		span, rest, err := styled(line)
		if err != nil {
			return nil, err
		}
		out = append(out, span)
		line = rest
	}
	return out, nil
}

func styled(line string) (Span, string, error) {
	for _, m := range marks {
		inner, ok := strings.CutPrefix(line, m.open)
		if !ok {
			continue
		}
		text, rest, closed := strings.Cut(inner, m.end)
		if !closed || text == "" {
			return Span{}, "", fmt.Errorf("%q is not closed", m.open)
		}
		s := Span{Text: text, Style: m.style}
		if m.style == Link {
			words, to, ok := strings.Cut(text, "](")
			if !ok || words == "" || to == "" {
				return Span{}, "", fmt.Errorf("%q is no link", line)
			}
			s.Text, s.To = words, to
		}
		return s, rest, nil
	}
	return Span{}, "", fmt.Errorf("a lone %q", line[:1])
}
