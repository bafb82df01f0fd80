package xlsx

import (
	"fmt"
	"regexp"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// The beginnings of the names a template may use.
const (
	nowPrefix    = "CT_"
	beforePrefix = "NT_"
	sincePrefix  = "LK_"
	guessPrefix  = "UT_" // ước thực hiện
	targetPrefix = "MT_"
	factPrefix   = "TT_"
	textPrefix   = "VB_"
	tablePrefix  = "BANG_"
)

// again is the end of a name that shows a figure in one more cell: CT_I4_total__2.
var again = regexp.MustCompile(`__\d+$`)

// vocabulary is what the names of a template stand for in one report.
type vocabulary struct {
	y       report.Yearly
	figures map[string]record.Figure // by name in small letters
	keys    map[string]string        // names by code and split
	sets    map[string]map[string]int64
}

// newVocabulary gives every figure of the report, and every one that stands at zero, a
// name no other has. Names are told apart without regard to case, so a second
// "i4_topic_ld01" gets a number.
func newVocabulary(y report.Yearly) *vocabulary {
	v := &vocabulary{y: y, figures: map[string]record.Figure{}, keys: map[string]string{}, sets: map[string]map[string]int64{}}
	for prefix, f := range map[string]*record.Figures{nowPrefix: &y.Figures, beforePrefix: y.Before, sincePrefix: y.Since, guessPrefix: y.Estimate} {
		if f != nil {
			v.sets[prefix] = map[string]int64{}
			for _, g := range f.Indicators {
				v.sets[prefix][key(g)] = g.Value
			}
		}
	}
	v.define(y.Figures.Indicators)
	for _, f := range []*record.Figures{y.Before, y.Since, y.Estimate} {
		if f != nil {
			v.define(f.Indicators)
		}
	}
	v.define(report.Compute(report.Input{}).Indicators)
	return v
}

func key(f record.Figure) string { return f.Code + " " + f.SplitKey() }

func (v *vocabulary) define(figures []record.Figure) {
	for _, f := range figures {
		if v.keys[key(f)] != "" {
			continue
		}
		base := report.FigureName(f)
		name := base
		for n := 2; v.figures[strings.ToLower(name)].Code != ""; n++ {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		v.figures[strings.ToLower(name)] = f
		v.keys[key(f)] = name
	}
}

// value is what stands in the cell of a name; known is false for a name that means
// nothing. A figure of a year that is not in the register is nil.
func (v *vocabulary) value(name string) (value any, known bool) {
	if value, known = v.exactly(name); !known && again.MatchString(name) {
		value, known = v.exactly(again.ReplaceAllString(name, ""))
	}
	return value, known
}

func (v *vocabulary) exactly(name string) (any, bool) {
	prefix, rest, _ := strings.Cut(name, "_")
	switch prefix = strings.ToUpper(prefix) + "_"; prefix {
	case nowPrefix, beforePrefix, sincePrefix, guessPrefix:
		return v.figure(prefix, rest)
	case targetPrefix:
		return v.target(rest)
	case factPrefix:
		for _, f := range facts {
			if strings.EqualFold(f.code, rest) {
				return f.of(v.y), true
			}
		}
	case textPrefix:
		for _, t := range report.TextSections {
			if strings.EqualFold(t.Code, rest) {
				return v.y.Texts[t.Code], true
			}
		}
	}
	return nil, false
}

func (v *vocabulary) figure(prefix, name string) (any, bool) {
	f, known := v.figures[strings.ToLower(name)]
	if !known {
		if !isOpen(name) {
			return nil, false
		}
		f = record.Figure{Code: "-", Split: map[string]string{"-": name}} // nothing of the kind in any year
	}
	set, is := v.sets[prefix]
	if !is {
		return nil, true
	}
	return set[key(f)], true
}

// isOpen reports whether a name is of a dimension whose parts are the office's own.
func isOpen(name string) bool {
	code, part, _ := strings.Cut(name, "_")
	for _, i := range report.Infos {
		if strings.EqualFold(i.Code, code) {
			for _, dim := range []string{"topic_", "language_"} {
				if strings.HasPrefix(strings.ToLower(part), dim) {
					return true
				}
			}
		}
	}
	return false
}

// target reads "c_rate"; a target that does not hold in the period is nil.
func (v *vocabulary) target(name string) (any, bool) {
	i := strings.LastIndex(name, "_")
	if i <= 0 {
		return nil, false
	}
	code, what := name[:i], strings.ToLower(name[i+1:])
	for _, t := range v.y.Figures.Targets {
		if strings.EqualFold(t.Code, code) {
			switch what {
			case "numerator":
				return t.Numerator, true
			case "denominator":
				return t.Denominator, true
			case "rate":
				return share(t), true
			}
			return nil, false
		}
	}
	known := what == "numerator" || what == "denominator" || what == "rate"
	return nil, known && len(v.y.Figures.Targets) == 0 // a span of days has no targets
}

// share is nil where there is nothing to count.
func share(t record.TargetFigure) any {
	if t.Denominator == 0 {
		return nil
	}
	return t.Rate
}

// ours reports whether a name begins as those this package fills.
func ours(name string) bool {
	prefix, _, found := strings.Cut(strings.ToUpper(name), "_")
	switch prefix + "_" {
	case nowPrefix, beforePrefix, sincePrefix, guessPrefix, targetPrefix, factPrefix, textPrefix, tablePrefix:
		return found
	}
	return false
}
