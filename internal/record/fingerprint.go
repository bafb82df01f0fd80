package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
)

// Fingerprint is the SHA-256, in hex, of all that a row tells the province: its fields of
// class A by name. What stays in the office does not change it.
func Fingerprint(n Noun) string {
	d, values := DescribeOf(n), Values(n)
	h := sha256.New()
	fmt.Fprintf(h, "sopb-row/1\n%s\n", d.Name)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if f, _ := d.Field(name); f.Class == Open {
			fmt.Fprintf(h, "%d:%s=%d:%s\n", len(name), name, len(values[name]), values[name])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
