package report

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// FigureName is the name under which a figure can be pointed at in a file: I4_total for
// the whole, I4_audience_worker for a part. It keeps letters and digits of ASCII; the
// longest name a workbook takes has 255 characters. Two figures of one report may come to
// the same name: NameFigures tells them apart.
func FigureName(f record.Figure) string {
	part := "total"
	if key := f.SplitKey(); key != "" {
		part = key
	}
	name := PlainName(f.Code + "_" + part)
	return name[:min(len(name), 200)]
}

// PlainName puts a line in the place of all but letters and digits of ASCII.
func PlainName(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, text)
}

// FigureNames are the names of the figures of a report, by code and split.
type FigureNames map[string]string

// NameFigures gives every figure a name no other has, in the order of the lists. A
// spreadsheet tells names apart without regard to case, so a second "i4_topic_ld01" gets a
// number. A figure that stands in several lists keeps the name of the first.
func NameFigures(lists ...[]record.Figure) FigureNames {
	out := FigureNames{}
	taken := map[string]bool{}
	for _, figures := range lists {
		for _, f := range figures {
			key := f.Code + " " + f.SplitKey()
			if out[key] == "" {
				out[key] = free(FigureName(f), taken)
			}
		}
	}
	return out
}

// Of is the name of a figure.
func (n FigureNames) Of(code, splitKey string) string { return n[code+" "+splitKey] }

// free is a name that was not taken, and takes it.
func free(base string, taken map[string]bool) string {
	name := base
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", base, n)
	}
	taken[strings.ToLower(name)] = true
	return name
}
