package xlsx

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// names are the defined names of the figures, by code and split.
type names map[string]string

// defineNames gives every figure a name no other has. Excel tells names apart
// without regard to case, so a second "i4_topic_ld01" gets a number.
func defineNames(figures []record.Figure) names {
	out := names{}
	taken := map[string]bool{}
	for _, f := range figures {
		base := figureName(f)
		name := base
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		taken[strings.ToLower(name)] = true
		out[f.Code+" "+f.SplitKey()] = name
	}
	return out
}

func (n names) of(code, splitKey string) string { return n[code+" "+splitKey] }

// figureName keeps letters and digits of ASCII; the longest name Excel takes has
// 255 characters.
func figureName(f record.Figure) string {
	part := "total"
	if key := f.SplitKey(); key != "" {
		part = key
	}
	plain := strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, f.Code+"_"+part)
	return plain[:min(len(plain), 200)]
}
