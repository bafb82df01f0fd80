package recordtest

import (
	"slices"
	"strings"

	"sophobien/internal/record"
)

// Lesser are the nouns as an earlier version of the program knows them: without some,
// "model", and without some fields of others, "activity.link".
func Lesser(all []*record.Description, names ...string) (out []*record.Description) {
	for _, d := range all {
		if slices.Contains(names, d.Name) {
			continue
		}
		for _, name := range names {
			if field, ok := strings.CutPrefix(name, d.Name+"."); ok {
				d = d.Without(field)
			}
		}
		out = append(out, d)
	}
	return out
}
