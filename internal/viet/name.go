package viet

import "strings"

// Name is a person's name taken apart. Any part but Given may be empty: "Blan"
// is a given name, "Y Ngọc" a family part and a given name.
type Name struct {
	Family, Middle, Given string
}

// SplitName takes a full name apart by its words: the first is the family name,
// the last the given name, all between them the middle name.
func SplitName(full string) Name {
	words := strings.Fields(NFC(full))
	switch n := len(words); n {
	case 0:
		return Name{}
	case 1:
		return Name{Given: words[0]}
	default:
		return Name{Family: words[0], Middle: strings.Join(words[1:n-1], " "), Given: words[n-1]}
	}
}

// GivenName is the last word of a full name: the one people are called and
// listed by.
func GivenName(full string) string { return SplitName(full).Given }

// CompareNames orders full names as lists here do: by given name, then middle
// name, then family name. 0 means equal but for spacing.
func CompareNames(a, b string) int {
	x, y := SplitName(a), SplitName(b)
	if order := Compare(x.Given, y.Given); order != 0 {
		return order
	}
	if order := Compare(x.Middle, y.Middle); order != 0 {
		return order
	}
	return Compare(x.Family, y.Family)
}

// NameSortKey is a byte string that sorts as [CompareNames] does.
func NameSortKey(full string) []byte {
	n := SplitName(full)
	var key []byte
	for _, part := range []string{n.Given, n.Middle, n.Family} {
		key = appendOrdered(key, SortKey(part))
	}
	return key
}

// appendOrdered adds one part so that parts compare one after the other whatever
// their lengths: a zero inside becomes 00 FF, the end is 00 01.
func appendOrdered(dst, part []byte) []byte {
	for _, b := range part {
		dst = append(dst, b)
		if b == 0 {
			dst = append(dst, 0xFF)
		}
	}
	return append(dst, 0, 1)
}

// NameKeys makes the keys of many names, which have most of their parts in common:
// a part that was met before costs a look-up.
type NameKeys struct{ parts map[string][]byte }

// mostParts bounds what is remembered of a list in which no name is like another.
const mostParts = 1 << 15

// Key is [NameSortKey].
func (k *NameKeys) Key(full string) []byte {
	n := SplitName(full)
	key := make([]byte, 0, 96)
	for _, part := range [3]string{n.Given, n.Middle, n.Family} {
		key = append(key, k.part(part)...)
	}
	return key
}

func (k *NameKeys) part(s string) []byte {
	if key, ok := k.parts[s]; ok {
		return key
	}
	if k.parts == nil || len(k.parts) >= mostParts {
		k.parts = map[string][]byte{}
	}
	key := appendOrdered(nil, SortKey(s))
	k.parts[s] = key
	return key
}
