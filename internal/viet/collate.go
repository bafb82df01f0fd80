package viet

import (
	"bytes"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator is one collator with its scratch space. Neither may be used by two
// goroutines at once, so they are pooled.
type collator struct {
	*collate.Collator
	buf collate.Buffer
}

var collators = sync.Pool{New: func() any {
	return &collator{Collator: collate.New(language.Vietnamese)}
}}

// Compare orders two texts by the Vietnamese alphabet: a ă â … d đ … o ô ơ, u ư,
// and within one spelling by tone: ca cà cả cã cá cạ. Texts the alphabet cannot
// tell apart are ordered by their bytes, so 0 means equal in normal form.
func Compare(a, b string) int {
	a, b = NFC(a), NFC(b)
	if a == b {
		return 0
	}
	c := collators.Get().(*collator)
	defer collators.Put(c)
	if order := c.CompareString(a, b); order != 0 {
		return order
	}
	return strings.Compare(a, b)
}

// SortKey is a byte string that sorts as [Compare] does: make it once for a text
// that is compared often. Texts the alphabet cannot tell apart share a key.
func SortKey(s string) []byte {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.buf.Reset()
	return bytes.Clone(c.KeyFromString(&c.buf, NFC(s)))
}
