package store

import (
	"slices"
	"strings"

	"sophobien/internal/viet"
)

// Sought is what somebody searches for, and says which rows say it best.
type Sought struct {
	key    string
	words  []string // of the key
	marked []string // words that were typed with marks
}

// NewSought reads what was typed.
func NewSought(text string) Sought {
	s := Sought{key: viet.Key(text)}
	s.words = strings.Fields(s.key)
	for _, word := range strings.Fields(strings.ToLower(viet.NFC(text))) {
		if word != viet.Key(word) {
			s.marked = append(s.marked, word)
		}
	}
	return s
}

// How near a row is. Of those equally near, the ones that bear the marks that were
// typed come before those that only have the letters.
const (
	saidElsewhere = iota // in what is not a name or number of it
	hasWords             // a name or number has all words
	beginsSo             // a name or number begins so
	isCalledSo           // a name or number is just that

	nearest = 2*isCalledSo + 1
)

// Near says how near a row is, from 0 to the greater the nearer: by what it is called,
// its name and its numbers, or by whatever else it says.
func (s Sought) Near(whole string, called ...string) int {
	best := 2*saidElsewhere + s.marks(whole)
	for _, name := range called {
		if level := s.level(viet.Key(name)); level > saidElsewhere {
			best = max(best, 2*level+s.marks(name))
		}
	}
	return best
}

func (s Sought) level(key string) int {
	switch {
	case key == s.key:
		return isCalledSo
	case strings.HasPrefix(key, s.key):
		return beginsSo
	case hasWord(key, s.key):
		return hasWords
	}
	return saidElsewhere
}

// Missing are the words that texts do not say.
func (s Sought) Missing(texts ...string) []string {
	key := viet.Key(strings.Join(texts, " "))
	return slices.DeleteFunc(slices.Clone(s.words), func(word string) bool { return beginsIn(key, word) })
}

// marks is 1 when marks were typed and a text has the words with them.
func (s Sought) marks(text string) int {
	if len(s.marked) == 0 {
		return 0
	}
	text = strings.ToLower(text)
	for _, word := range s.marked {
		if !beginsIn(text, word) {
			return 0
		}
	}
	return 1
}
