package report

import (
	"strings"

	"sophobien/internal/record"
)

// FigureName is the name of a figure in a file: I4_total for the whole,
// I4_audience_worker for a part. It keeps letters and digits of ASCII; the longest name
// a workbook takes has 255 characters. Two figures may have one name, as topics are the
// office's own words.
func FigureName(f record.Figure) string {
	part := "total"
	if key := f.SplitKey(); key != "" {
		part = key
	}
	plain := strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, f.Code+"_"+part)
	return plain[:min(len(plain), 200)]
}

// nameOf are the beginnings of names that tell the time or the kind of a number.
var nameOf = []struct {
	prefix string
	words  record.Words
}{
	{"CT_", record.Words{}},
	{"NT_", record.Words{VI: "cùng kỳ năm trước", EN: "the year before"}},
	{"LK_", record.Words{VI: "lũy kế", EN: "since the plan began"}},
	{"UT_", record.Words{VI: "ước cả kỳ", EN: "estimated by the last day"}},
	{"change_", record.Words{VI: "tăng, giảm so với năm trước", EN: "change from the year before"}},
	{"share_", record.Words{VI: "tỷ lệ", EN: "share"}},
}

// NamesInWords says what stands under a name in the workbook or the document; a name that
// says no figure and no target is its own words.
func (y Yearly) NamesInWords() func(name string) record.Words {
	at := map[string]record.Figure{}
	for _, figures := range []*record.Figures{y.Since, y.Before, &y.Figures} {
		if figures == nil {
			continue
		}
		for _, f := range figures.Indicators {
			at[strings.ToLower(FigureName(f))] = f
		}
	}
	return func(name string) record.Words {
		rest, when := name, record.Words{}
		for _, n := range nameOf {
			if r, found := strings.CutPrefix(name, n.prefix); found {
				rest, when = r, n.words
			}
		}
		if t, found := y.targetNamed(strings.TrimPrefix(rest, "MT_")); found {
			return t
		}
		f, found := at[strings.ToLower(rest)]
		if !found {
			return record.Words{VI: name, EN: name}
		}
		out := record.Words{VI: f.Code + " " + FigureWords(f, y.Topics, "vi"), EN: f.Code + " " + FigureWords(f, y.Topics, "en")}
		if when.VI != "" {
			out.VI, out.EN = out.VI+", "+when.VI, out.EN+", "+when.EN
		}
		return out
	}
}

// targetNamed reads "c_rate".
func (y Yearly) targetNamed(name string) (record.Words, bool) {
	code, what, found := strings.Cut(name, "_")
	words, known := map[string]record.Words{
		"numerator": {VI: "số đạt", EN: "reached"}, "denominator": {VI: "tổng số", EN: "of"}, "rate": {VI: "tỷ lệ", EN: "rate"}, "outlook": {VI: "nhận định", EN: "outlook"},
	}[what]
	if !found || !known {
		return record.Words{}, false
	}
	t := y.targetWords(code)
	return record.Words{VI: "Chỉ tiêu " + t.VI + ", " + words.VI, EN: "Target " + t.EN + ", " + words.EN}, true
}
