package sheet

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// pageStyles are the fonts and number formats that a page's style sheet gives to
// classes; Excel writes one class for each style of its cells.
type pageStyles map[string]Style

const maxClasses = 5000

var (
	cssRule   = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	cssClass  = regexp.MustCompile(`\.([A-Za-z][\w-]*)`)
	cssFont   = regexp.MustCompile(`(?i)(?:^|[;{\s])font-family\s*:\s*([^;]+)`)
	cssFormat = regexp.MustCompile(`(?i)mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|[^;]+)`)
	cssHidden = regexp.MustCompile(`(?i)display\s*:\s*none`)
)

// addSheet reads the rules of a <style> element.
func (s pageStyles) addSheet(css string) {
	for _, rule := range cssRule.FindAllStringSubmatch(css, maxClasses) {
		style := declared(rule[2])
		if style == (Style{}) {
			continue
		}
		for _, class := range cssClass.FindAllStringSubmatch(rule[1], 20) {
			if len(s) < maxClasses {
				s[class[1]] = style.over(s[class[1]])
			}
		}
	}
}

// of is what a tag says of its font and format, itself or through its class.
func (s pageStyles) of(tag html.Token) Style {
	var out Style
	for _, class := range strings.Fields(attribute(tag, "class")) {
		out = s[class].over(out)
	}
	if face := attribute(tag, "face"); face != "" {
		out.Font = firstFont(face)
	}
	return declared(attribute(tag, "style")).over(out)
}

// over is the style where it says something, and the other one elsewhere.
func (s Style) over(other Style) Style {
	if s.Font == "" {
		s.Font = other.Font
	}
	if s.Format == "" {
		s.Format = other.Format
	}
	return s
}

func declared(css string) Style {
	var s Style
	if m := cssFont.FindStringSubmatch(css); m != nil {
		s.Font = firstFont(m[1])
	}
	if m := cssFormat.FindStringSubmatch(css); m != nil {
		s.Format = strings.ReplaceAll(strings.Trim(strings.TrimSpace(m[1]), `"`), `\`, "")
		if s.Format == "Short Date" || s.Format == "Long Date" || s.Format == "Medium Date" {
			s.Format = "dd/mm/yyyy"
		}
	}
	return s
}

func firstFont(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.Trim(strings.TrimSpace(first), `"'`)
}

func isHidden(style string) bool { return cssHidden.MatchString(style) }
