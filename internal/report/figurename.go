package report

import (
	"strings"

	"sophobien/internal/record"
)

// FigureName is the name of a figure in a file: I4_total for the whole,
// I4_audience_worker for a part. It keeps letters and digits of ASCII; the longest name
// a workbook takes has 255 characters. Two figures may have one name, as topics are the
// office's own words.
func FigureName(f record.Figure) string {
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
