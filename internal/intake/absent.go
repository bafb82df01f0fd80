package intake

import (
	"fmt"
	"strings"

	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// absence is where a list turns to those who did not come: its title, and whether the
// whole list may be of them, so that people are asked.
type absence struct {
	title string
	line  int
	asks  bool
	group bool // one of several, counted with letters: the next one is of others
}

var (
	absentWords  = []string{"vang mat", "danh sach vang", "nguoi vang", "dai bieu vang", "thanh vien vang", "truong hop vang", "vang co", "vang khong", "vang hop"}
	notThere     = []string{"khong tham du", "khong tham gia", "khong co mat", "khong den du", "khong du hop"}
	presentWords = []string{"tham du", "tham gia", "co mat", "khach moi", "bo sung"}
)

// isAbsence reports words for not having come. Vàng is a name, Vắng may be one.
func isAbsence(text string) bool {
	if len(text) > 200 {
		return false
	}
	key := words(text)
	for _, w := range notThere {
		if hasWords(key, w) {
			return true
		}
	}
	if !hasWords(key, "vang") || !isPlain(text) && !strings.Contains(strings.ToLower(viet.NFC(text)), "vắng") || hasWords(key, "co mat") {
		return false
	}
	if key == "vang" {
		return true
	}
	for _, w := range absentWords {
		if hasWords(key, w) {
			return true
		}
	}
	return false
}

// turns sees a title: of those who did not come, or of others after them.
func (x *reader) turns(row sheet.Row, above bool) bool {
	if x.form.of != "person" {
		return false
	}
	title, texts, counted := "", 0, false
	for c := range x.vals {
		text := x.vals[c].text
		switch {
		case text == "":
			continue
		case !above && x.fields[c] == ordinal && isCount(text):
			return false
		}
		counted = counted || x.fields[c] == ordinal
		texts++
		if len(text) > len(title) {
			title = text
		}
	}
	if texts == 0 || texts > 2 || texts == 2 && !above && !counted {
		return false
	}
	key := words(title)
	switch {
	case isAbsence(title) && (above || startsWith(key, titleWords) || len(strings.Fields(key)) > 2 || !looksLikeName(title) || key == "vang" || key == "vang mat"):
		first, _, _ := strings.Cut(title, ".")
		x.absence = absence{title, row.Line, above && x.n == 0, texts == 2 && counted || isRoman(first)}
		return true
	case startsWith(key, titleWords), hasAny(key, presentWords):
		x.absence = absence{}
	}
	return false
}

func hasAny(key string, list []string) bool {
	for _, w := range list {
		if hasWords(key, w) {
			return true
		}
	}
	return false
}

// notCome is why a row is of somebody who did not come, "" otherwise.
func (x *reader) notCome() string {
	if x.absence.title == "" || x.absence.asks {
		return ""
	}
	return fmt.Sprintf("người vắng mặt, theo tiêu đề ở dòng %d: “%s”", x.absence.line, x.absence.title)
}

// askComing asks about a row that may be of somebody who did not come: in a list of
// such people, or with a word for it in a column that is left out.
func (e *entry) askComing() {
	if e.form.of != "person" {
		return
	}
	if e.absence.asks {
		e.ask("", fmt.Sprintf("Danh sách có tiêu đề “%s”. Người này có tham dự không?", e.absence.title))
		return
	}
	for c := range e.vals {
		text := e.vals[c].text
		if text == "" || len(text) > 60 || e.reader.fields[c] != "" || !mayBeAbsence(text) || !isAbsence(text) {
			continue
		}
		e.ask("", fmt.Sprintf("Cột “%s” ghi “%s”. Người này có tham dự không?", e.h.labels[c], text))
		return
	}
}

// mayBeAbsence sees quickly that a remark says nothing of it.
func mayBeAbsence(text string) bool {
	return strings.ContainsAny(text, "vVkK")
}
