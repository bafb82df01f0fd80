package kit

import (
	"errors"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"sophobien/internal/record"
)

// spoken is the language of the window. It is set before the first screen is made
// and when the person chooses another, always on the window's thread.
var spoken = "vi"

// Speak makes the window speak a language, with its words as JSON. The toolkit
// follows the desktop's language, and many offices run an English Windows: the
// words are therefore handed over as those of whatever the desktop speaks.
func Speak(language string, words []byte) error {
	spoken = language
	for _, l := range []fyne.Locale{desktopLocale(), "en"} {
		if len(l) < 2 {
			continue
		}
		if err := lang.AddTranslationsForLocale(words, l); err != nil {
			return err
		}
	}
	return nil
}

// desktopLocale is what the desktop speaks. Where it speaks no language at all, as a
// server does, the toolkit takes English and logs each time that it had to; so it is
// told that English it is.
func desktopLocale() fyne.Locale {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return lang.SystemLocale()
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if spoken, _, _ := strings.Cut(os.Getenv(name), "."); spoken != "" {
			if spoken == "C" || spoken == "POSIX" {
				break
			}
			return lang.SystemLocale()
		}
	}
	if err := os.Setenv("LC_ALL", "en"); err != nil {
		slog.Debug("the desktop speaks no language", "error", err)
	}
	return "en"
}

// Language is "vi" or "en".
func Language() string { return spoken }

// T is a sentence of the window in its language. The key is the Vietnamese
// sentence, so that a missing translation is still a sentence. Data fill
// {{.Name}} in it.
func T(vi string, data ...any) string { return lang.L(vi, data...) }

// HolidayName is the name of a day off in the window's language, where it is one that
// ships with the program; the office's own stay as they were given.
func HolidayName(name string) string {
	if strings.Contains(name, "{{") {
		return name // no sentence with holes to fill
	}
	return T(name)
}

// In is a sentence of record in the window's language.
func In(w record.Words) string { return w.In(spoken) }

// Term is the word for a code of a closed list.
func Term(list []record.Term, code string) string { return record.WordIn(list, code, spoken) }

// Sentence is what a person reads of an error; the log gets the whole of it, and who
// watches for damage hears of it.
func Sentence(err error) string {
	slog.Warn("told a person", "error", err)
	notice(err)
	told = record.SentenceOf(err, spoken)
	return told
}

// told is what was last said of an error.
var told string

// toldOfError reports whether words are what was just said of an error: whoever passes
// them on need not say so.
func toldOfError(words string) bool { return told != "" && strings.Contains(words, told) }

// damaged hears of every error shown that says something is damaged.
var damaged func(error)

// OnDamaged names who is to be told when an error about to be shown says that
// something is damaged; nil for nobody. Whatever screen met it, the program decides
// what becomes of the register.
func OnDamaged(told func(error)) { damaged = told }

func notice(err error) {
	if damaged != nil && errors.Is(err, record.ErrDamaged) {
		damaged(err)
	}
}

// Number writes 1234567 as 1.234.567, or 1,234,567 in English.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	first := 0
	if n < 0 {
		first = 1
	}
	separator := "."
	if spoken == "en" {
		separator = ","
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + separator + s[i:]
	}
	return s
}

// When says an instant (RFC 3339) as people do: "14:05", "hôm qua 14:05", else
// the date. An empty or unreadable one gives "".
func When(stamp string, now time.Time) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return ""
	}
	t = t.In(now.Location())
	clock := t.Format("15:04")
	switch day := record.DateOf(t); day {
	case record.DateOf(now):
		return T("hôm nay {{.Clock}}", map[string]any{"Clock": clock})
	case record.DateOf(now).AddDays(-1):
		return T("hôm qua {{.Clock}}", map[string]any{"Clock": clock})
	default:
		return day.String()
	}
}

// Stamped says when a thing was done last: "Sao lưu: hôm nay 14:05". A thing never
// done calls for attention.
func Stamped(what, stamp string, now time.Time) (State, string) {
	when := When(stamp, now)
	if when == "" {
		when = T("chưa lần nào")
	}
	if stamp == "" {
		return Attention, what + ": " + when
	}
	return Fine, what + ": " + when
}

// ShowsDraft says that what stands in a form is its draft, kept at an instant or,
// where it is zero, at one that is not known.
func ShowsDraft(kept time.Time) string {
	at := ""
	if !kept.IsZero() {
		at = T(", ghi lúc {{.Clock}}", map[string]any{"Clock": kept.Format("15:04")})
	}
	return T("Đang xem bản nháp chưa lưu{{.At}}.", map[string]any{"At": at})
}

// Size says a number of bytes: "12 KB", "3,4 MB".
func Size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < mega {
		return Number((bytes+kilo-1)/kilo) + " KB"
	}
	tenths := (bytes*10 + mega/2) / mega
	point := ","
	if spoken == "en" {
		point = "."
	}
	return Number(tenths/10) + point + strconv.FormatInt(tenths%10, 10) + " MB"
}

// Rate is how many of all, in per cent with one decimal, rounded as the files of a report
// round it; "" of nothing.
func Rate(n, all int64) string {
	if all <= 0 {
		return ""
	}
	rate := strconv.FormatFloat(100*(float64(n)/float64(all)), 'f', 1, 64) + " %"
	if spoken == "en" {
		return rate
	}
	return strings.Replace(rate, ".", ",", 1)
}
