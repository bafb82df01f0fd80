package intake

import (
	"fmt"
	"regexp"
	"strings"

	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// countStyle is how a column writes whole numbers, by the evidence of its cells.
type countStyle int

const (
	anyStyle     countStyle = iota // nothing speaks for one
	vietnamese                     // 1.234,5
	english                        // 1,234.5
	contradicted                   // both
)

var (
	dotThousands   = regexp.MustCompile(`^[1-9]\d{0,2}(\.\d{3})+$`)
	commaThousands = regexp.MustCompile(`^[1-9]\d{0,2}(,\d{3})+$`)
	commaDecimal   = regexp.MustCompile(`^\d+,\d{1,2}$|^\d{1,3}(\.\d{3})+,\d+$`)
	dotDecimal     = regexp.MustCompile(`^\d+\.\d{1,2}$|^\d{1,3}(,\d{3})+\.\d+$`)
	numberUnit     = regexp.MustCompile(`(?i)\s*(người|lao động|lđ|nlđ|ng)\.?$`)
)

// countStyleOf gathers the evidence of a column's texts; what a spreadsheet keeps
// as a number has no style.
func (t *table) countStyleOf(col int, rows []sheet.Row) countStyle {
	var vi, en bool
	for _, r := range rows[:min(len(rows), sampled)] {
		c := r.At(col)
		if c.Kind != sheet.Text || c.Text == "" {
			continue
		}
		s := strings.TrimSpace(c.Text)
		vi = vi || dotThousands.MatchString(s) || commaDecimal.MatchString(s)
		en = en || commaThousands.MatchString(s) || dotDecimal.MatchString(s)
	}
	switch {
	case vi && en:
		return contradicted
	case vi:
		return vietnamese
	case en:
		return english
	}
	return anyStyle
}

// readCount reads a whole number of people.
func (e *entry) readCount(field, name string) {
	v, ok := e.given(field)
	if !ok || strings.Trim(v.text, "-–?. ") == "" {
		return
	}
	if v.kind == sheet.Text {
		v.become(numberUnit.ReplaceAllString(v.text, ""), "form")
	}
	if q := fixCount(&v, name, e.counts[field]); q != "" {
		e.leave(field, v, q)
		return
	}
	e.keep(field, v)
}

// fixCount writes a count the way it is kept, or asks.
func fixCount(v *value, name string, style countStyle) (question string) {
	text := v.text
	grouped := dotThousands.MatchString(text) || commaThousands.MatchString(text)
	switch {
	case v.kind != sheet.Text: // the digits of the file, with a point for fractions
		if whole, lost := wholeNumber(text); !lost {
			text = whole
		}
	case grouped && style == contradicted:
		return fmt.Sprintf("%s ghi “%s”; cột này có chỗ ghi theo kiểu Anh, có chỗ theo kiểu Việt. Số đúng là bao nhiêu?", name, v.text)
	case commaThousands.MatchString(text) && style == english:
		text = strings.ReplaceAll(text, ",", "")
	}
	n, err := viet.ParseInt(text)
	if err != nil || n < 0 || n > 10_000_000 {
		return fmt.Sprintf("%s ghi “%s”, không phải số người. Số đúng là bao nhiêu?", name, v.text)
	}
	v.become(fmt.Sprint(n), "number")
	return ""
}
