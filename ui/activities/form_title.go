package activities

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/record"
)

// placeTitle is a title that names the place where an activity was: taken apart, so that
// a repeat elsewhere is called after its own place.
type placeTitle struct {
	before, after string  // of the name in the title
	skipped       string  // how the place begins before what the title says of it
	ofHost        bool    // it is the host the title names
	shown         *string // what was put into the field last; nil: nothing yet
}

// takeApart finds the name of a place, or of who hosted there, in a title; nil: it names
// neither.
func takeApart(title, place, host string) *placeTitle {
	for _, name := range placeNames(place) {
		if t := cutOut(title, name); t != nil {
			t.skipped = place[:len(place)-len(name)]
			return t
		}
	}
	t := cutOut(title, host)
	if t != nil {
		t.ofHost = true
	}
	return t
}

// placeNames are a place and the ends of it that are names themselves: "xã Đăk Hà" of
// "Hội trường xã Đăk Hà".
func placeNames(place string) []string {
	out := []string{place}
	for i, r := range place {
		if i == 0 || place[i-1] != ' ' {
			continue
		}
		rest := place[i:]
		first, _, more := strings.Cut(rest, " ")
		if more && (unicode.IsUpper(r) || slices.Contains(unitWords, strings.ToLower(first))) {
			out = append(out, rest)
		}
	}
	return out
}

// unitWords begin what places are called after.
var unitWords = []string{"xã", "phường", "thôn", "làng", "buôn", "bản", "ấp", "tổ", "khu", "công", "hợp", "trường"}

// linkWords lead to a place, and go with it.
var linkWords = []string{"tại", "ở", "cho", "với", "-", "–", "—"}

// cutOut cuts a name out of a title where it stands as words of its own.
func cutOut(title, name string) *placeTitle {
	low, sought := strings.ToLower(title), strings.ToLower(name)
	if sought == "" || len(low) != len(title) || len(sought) != len(name) {
		return nil
	}
	for from := 0; ; {
		i := strings.Index(low[from:], sought)
		if i < 0 {
			return nil
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(title[:i])
		after, _ := utf8.DecodeRuneInString(title[i+len(name):])
		if !isLetter(before) && !isLetter(after) {
			return &placeTitle{before: title[:i], after: title[i+len(name):]}
		}
		from = i + len(sought)
	}
}

func isLetter(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// bare is the title without the place, and without what led to it.
func (t *placeTitle) bare() string {
	before, after := strings.TrimSpace(t.before), t.after
	if inner, ok := strings.CutSuffix(before, "("); ok && strings.HasPrefix(after, ")") {
		before, after = strings.TrimSpace(inner), after[1:]
	}
	before = strings.TrimRight(before, ",:; ")
	for _, word := range linkWords {
		if head, ok := strings.CutSuffix(before, " "+word); ok {
			before = strings.TrimRight(head, ",:; ")
			break
		}
	}
	return strings.TrimSpace(before + after)
}

// at is the title for another place.
func (t *placeTitle) at(place, host string) string {
	name := strings.TrimSpace(strings.TrimPrefix(place, t.skipped))
	if t.ofHost && host != "" || name == "" {
		name = host
	}
	if name == "" {
		return t.bare()
	}
	return t.before + name + t.after
}

// callAfterPlace keeps the title in step with the place until a person gives it words of
// their own.
func (f *Form) callAfterPlace(t *placeTitle) {
	f.called = t
	f.nameAfterPlace()
}

// nameAfterPlace puts the place that stands in the form into the title. It comes when the
// place is left, never while somebody types in the title.
func (f *Form) nameAfterPlace() {
	title := f.texts["title"]
	if f.called == nil {
		return
	}
	if before := f.called.shown; before != nil && title.Text != *before {
		f.called = nil // the person has found better words
		return
	}
	words := f.called.at(strings.TrimSpace(f.texts["when.place"].Text), f.host.Chosen().Text)
	f.called.shown = &words
	if words != title.Text {
		title.SetText(words)
	}
}

// elsewhereOf is an activity as it is begun again at another place: its title without this
// one.
func (f *Form) elsewhereOf(a record.Activity) (record.Activity, *placeTitle) {
	t := takeApart(a.Title, a.When.Place, f.host.Chosen().Text)
	if t != nil {
		a.Title = t.bare()
	}
	return a, t
}
