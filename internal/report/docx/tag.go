package docx

import (
	"crypto/sha256"
	"fmt"

	"sophobien/internal/report/narrative"
)

// longestTag is what Word takes.
const longestTag = 64

// Tag is the tag of the content control that holds a figure: its name, or the beginning of
// a long one with a sum of the whole.
func Tag(name string) string {
	name = narrative.PlainName(name)
	if len(name) <= longestTag {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("%s_%x", name[:longestTag-17], sum[:8])
}

// tagged reports whether a name can be a tag as it is.
func tagged(s string) bool { return s != "" && narrative.PlainName(s) == s }
