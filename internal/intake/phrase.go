package intake

import (
	"slices"
	"strings"
	"unicode"

	"sophobien/internal/viet"
)

// said is a text as words, with their marks and without.
type said struct {
	words []string // in lower case
	keys  []string
	bare  bool // no word has a mark: the text is written without them
}

func wordsOf(text string) said {
	s := said{words: strings.FieldsFunc(strings.ToLower(viet.NFC(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
	}), bare: true}
	s.keys = make([]string, len(s.words))
	for i, w := range s.words {
		s.keys[i] = viet.Key(w)
		s.bare = s.bare && s.keys[i] == w
	}
	return s
}

// unmistakable is how many words agree by chance with no others, whatever their
// marks: "người lao động" typed with a mark too few is still that.
const unmistakable = 3

// at says how the words from a place on agree with a phrase. Who writes some marks
// writes all of them: Tống is not Tổng, and "Tong" may be either.
func (s said) at(i int, phrase said) viet.Agreement {
	n := len(phrase.keys)
	if n == 0 || i+n > len(s.keys) || !slices.Equal(s.keys[i:i+n], phrase.keys) {
		return viet.Differ
	}
	if slices.Equal(s.words[i:i+n], phrase.words) {
		return viet.Same
	}
	for k, w := range phrase.words {
		if viet.Agree(s.words[i+k], w) == viet.Same {
			continue
		}
		if s.bare || n >= unmistakable {
			return viet.Bare
		}
		return viet.Differ
	}
	return viet.Same
}

// word is a code and the words that lists use for it, with their marks. An entry that
// begins with "=" is the whole text. A code of "" is for words that hold another's
// but mean something else: "trường hợp" is no school.
type word struct {
	code string
	keys []string
}

// vocabulary is a closed list of words, by the first of each phrase.
type vocabulary map[string][]phrase

type phrase struct {
	said
	code  string
	whole bool
}

func newVocabulary(list []word) vocabulary {
	v := vocabulary{}
	for _, w := range list {
		for _, k := range w.keys {
			text, whole := strings.CutPrefix(k, "=")
			p := phrase{said: wordsOf(text), code: w.code, whole: whole}
			v[p.keys[0]] = append(v[p.keys[0]], p)
		}
	}
	return v
}

// from is the longest phrase that a text says from a word on, and how well.
func (v vocabulary) from(s said, i int) (best phrase, how viet.Agreement) {
	if i >= len(s.keys) {
		return best, viet.Differ
	}
	for _, p := range v[s.keys[i]] {
		if p.whole && (i > 0 || len(p.keys) != len(s.keys)) || len(p.keys) <= len(best.keys) {
			continue
		}
		if a := s.at(i, p.said); a != viet.Differ {
			best, how = p, a
		}
	}
	return best, how
}

// code is the code of what a text says first, "" for nothing on the list.
func (v vocabulary) code(text string) string {
	s := wordsOf(text)
	for i := 0; i < len(s.keys); i++ {
		p, how := v.from(s, i)
		if how == viet.Differ {
			continue
		}
		if p.code != "" {
			return p.code
		}
		i += len(p.keys) - 1
	}
	return ""
}
