package viet

import (
	"strings"
	"unicode"
)

// A Vietnamese word is one syllable: an onset, a rime and a tone, out of short
// lists. That makes the right reading of a legacy text recognisable: read with
// the wrong character set, hardly any word with a mark is a syllable.

var rimes = set(`a ac ach ai am an ang anh ao ap at au ay
	ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu
	i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
	o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
	oc oe oen oeo oet oi om on ong ooc oong op ot
	ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơng ơp ơt
	u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt
	up ut uy uya uych uyên uyêt uyn uynh uyt uyu
	ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
	y ych yêm yên yêng yêt yêu ynh yt`)

var onsets = []string{"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
	"b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "x", ""}

// nuclei are the vowel groups that occur in rimes.
var nuclei = func() map[string]bool {
	m := map[string]bool{}
	for rime := range rimes {
		m[strings.TrimRight(rime, "bcdghklmnprstvx")] = true
	}
	return m
}()

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// letter is a letter of the alphabet taken apart; tone is 0 for none.
type letter struct {
	base, tone rune
}

// spell takes a word apart; ok is false when it has anything but letters of the
// alphabet (with f, j, w and z of loan words).
func spell(word string) (letters []letter, ok bool) {
	for _, r := range word {
		base, tone := splitTone(unicode.ToLower(r))
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzăâđêôơư", base) || tone != 0 && !isVowel(base) {
			return nil, false
		}
		letters = append(letters, letter{base, tone})
	}
	return letters, len(letters) > 0
}

func isVowel(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) }

func bases(letters []letter) string {
	var b strings.Builder
	for _, l := range letters {
		b.WriteRune(l.base)
	}
	return b.String()
}

// isSyllable reports whether the word is a syllable by the rules of spelling.
func isSyllable(word string) bool {
	letters, ok := spell(word)
	if !ok {
		return false
	}
	text := bases(letters)
	for _, onset := range onsets {
		if !strings.HasPrefix(text, onset) {
			continue
		}
		n := len([]rune(onset))
		if onsetFits(onset, text[len(onset):]) && isRime(letters[n:]) {
			return true
		}
	}
	return false
}

// onsetFits is the rule that k, gh and ngh stand before e, ê, i, y, and c, g and
// ng before the other vowels.
func onsetFits(onset, rime string) bool {
	front := strings.HasPrefix(rime, "e") || strings.HasPrefix(rime, "ê") || strings.HasPrefix(rime, "i") || strings.HasPrefix(rime, "y")
	switch onset {
	case "k", "gh", "ngh":
		return front
	case "c", "ng":
		return !front
	case "g":
		return !front || strings.HasPrefix(rime, "i")
	default:
		return true
	}
}

// isRime also wants the tone on its vowel, and a rising or heavy tone before a
// final stop.
func isRime(letters []letter) bool {
	rime := bases(letters)
	if !rimes[rime] {
		return false
	}
	tone, placed := toneOf(letters)
	if !placed {
		return false
	}
	if strings.HasSuffix(rime, "c") || strings.HasSuffix(rime, "ch") || strings.HasSuffix(rime, "p") || strings.HasSuffix(rime, "t") {
		return tone == '\u0301' || tone == '\u0323'
	}
	return true
}

// toneOf finds the tone of a rime or vowel group and tells whether there is at
// most one, on a vowel that may carry it: the last with a breve, circumflex or
// horn; else the middle one of three; else the first, or in oa, oe, uy either.
func toneOf(letters []letter) (tone rune, placed bool) {
	at, marked, vowels := -1, -1, 0
	for i, l := range letters {
		if !isVowel(l.base) {
			break
		}
		vowels++
		if strings.ContainsRune("ăâêôơư", l.base) {
			marked = i
		}
		if l.tone != 0 {
			if at >= 0 {
				return 0, false
			}
			at, tone = i, l.tone
		}
	}
	if at < 0 {
		return 0, true
	}
	switch {
	case marked >= 0:
		return tone, at == marked
	case vowels == 2 && eitherVowel[bases(letters[:2])]:
		return tone, true
	case vowels == 3:
		return tone, at == 1
	default:
		return tone, at == 0
	}
}

// eitherVowel are the groups whose tone goes by old or new fashion.
var eitherVowel = set("oa oe uy oo")

// isNearSyllable accepts also names from the languages of the highlands: two
// consonants of any kind in front (Krông, Blâng) and a final k (Đắk, Pôk).
func isNearSyllable(word string) bool {
	letters, ok := spell(word)
	if !ok {
		return false
	}
	n := 0
	for n < len(letters) && !isVowel(letters[n].base) {
		n++
	}
	rime := letters[n:]
	if last := len(rime) - 1; last > 0 && rime[last].base == 'k' {
		_, placed := toneOf(rime)
		return n <= 2 && placed && rimes[bases(rime[:last])+"c"]
	}
	return n <= 2 && isRime(rime)
}

// isUnicodeWord is the lenient test for text as it stands: letters of the
// alphabet in an ordinary mix of cases, and every group of vowels one that
// Vietnamese has. Loan words and names of several syllables pass.
func isUnicodeWord(word string) bool {
	letters, ok := spell(word)
	if !ok || !ordinaryCase(word) {
		return false
	}
	for i := 0; i < len(letters); {
		end := i
		for end < len(letters) && isVowel(letters[end].base) {
			end++
		}
		if !isVowelGroup(letters[glide(letters, i, end):end]) {
			return false
		}
		i = end + 1
	}
	return true
}

// glide passes over the u of qu and the i of gi, which belong to the onset.
func glide(letters []letter, start, end int) int {
	if start == 0 || end-start < 2 || letters[start].tone != 0 {
		return start
	}
	switch before, first := letters[start-1].base, letters[start].base; {
	case before == 'q' && first == 'u', before == 'g' && first == 'i':
		return start + 1
	default:
		return start
	}
}

func isVowelGroup(letters []letter) bool {
	group := bases(letters)
	if _, placed := toneOf(letters); !placed {
		return false
	}
	return isPlain(letters) || nuclei[group]
}

func isPlain(letters []letter) bool {
	for _, l := range letters {
		if l.base > unicode.MaxASCII || l.tone != 0 {
			return false
		}
	}
	return true
}

// ordinaryCase is all small, all capital, or one capital in front.
func ordinaryCase(word string) bool {
	lower := strings.ToLower(word)
	if word == lower || word == strings.ToUpper(word) {
		return true
	}
	first := []rune(word)
	return string(first[1:]) == string([]rune(lower)[1:])
}
