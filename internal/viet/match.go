package viet

import (
	"strings"
	"unicode/utf8"
)

// MatchKey reports whether every word of query begins some word of key, in any
// order: "ng an" finds "nguyen van an". Both are keys made by [Key]; an empty
// query finds everything. It allocates nothing, so a list of tens of thousands
// can be filtered on each key stroke.
func MatchKey(key, query string) bool {
	for query != "" {
		word, rest, _ := strings.Cut(query, " ")
		if !hasWordPrefix(key, word) {
			return false
		}
		query = rest
	}
	return true
}

func hasWordPrefix(text, prefix string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], prefix)
		if i < 0 {
			return false
		}
		if at := from + i; at == 0 || text[at-1] == ' ' {
			return true
		}
		from += i + 1
	}
}

// Hit says how well a text answers a query; a larger Hit is shown first.
type Hit int

// The kinds of hit, worst first.
const (
	HitNone   Hit = iota // not found
	HitKey               // found when marks are ignored
	HitMarks             // found with the marks as they were typed
	HitStart             // so, and the text begins with the query
	HitEntire            // so, and there is nothing else
)

// Rank compares a text with what somebody typed, both as they are written, so
// that a list found by [MatchKey] can show exact marks first: for "đăk" it puts
// Đăk Hà before Đắk Hà, for "dak" a text that really says Dak.
func Rank(text, query string) Hit {
	if !MatchKey(Key(text), Key(query)) {
		return HitNone
	}
	t, q := markedKey(text), markedKey(query)
	switch {
	case !MatchKey(t, q):
		return HitKey
	case t == q:
		return HitEntire
	case strings.HasPrefix(t, q):
		return HitStart
	default:
		return HitMarks
	}
}

// markedKey folds case and separators like Key but keeps the marks.
func markedKey(s string) string {
	lower := strings.ToLower(NFC(s))
	buf := make([]byte, 0, len(lower))
	for _, r := range lower {
		if foldRune(r) == ' ' {
			r = ' '
		}
		if r != ' ' || len(buf) > 0 && buf[len(buf)-1] != ' ' {
			buf = utf8.AppendRune(buf, r)
		}
	}
	return strings.TrimSuffix(string(buf), " ")
}
