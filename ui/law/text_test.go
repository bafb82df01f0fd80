package law

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

func TestWhatLiesBetweenTwoTexts(t *testing.T) {
	cut := func(words string, marks []stretch) string {
		if len(marks) == 0 {
			return ""
		}
		return string([]rune(words)[marks[0].From:marks[0].To])
	}
	for _, c := range [][4]string{
		{"ít nhất bằng 150%; hết", "ít nhất bằng 170%; hết", "150%;", "170%;"},
		{"một hai ba", "một hai ba", "", ""},
		{"một ba", "một hai ba", "", "hai"},
		{"một hai ba", "một ba", "hai", ""},
		{"cũ", "mới hẳn", "cũ", "mới hẳn"},
		{"a a a", "a a", "a", ""},
	} {
		out, in := apart(c[0], c[1])
		if got, want := strings.TrimSpace(cut(c[0], out)), c[2]; got != want {
			t.Errorf("%q → %q: taken out %q, not %q", c[0], c[1], got, want)
		}
		if got, want := strings.TrimSpace(cut(c[1], in)), c[3]; got != want {
			t.Errorf("%q → %q: put in %q, not %q", c[0], c[1], got, want)
		}
	}
}

// TestWrappedLinesLoseNothing: whatever the width, the lines hold all words in their order,
// none wider than there is room, and marks cut them into the same words.
func TestWrappedLinesLoseNothing(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	words := "1. Người lao động làm thêm giờ\nđược trả lương  tính theo đơn giá tiền lương; " + strings.Repeat("dài", 40) + " hết."
	for _, width := range []float32{60, 120, 333, 5000} {
		for _, marks := range [][]stretch{nil, {{record.Span{From: 3, To: 17}, sought}, {record.Span{From: 30, To: 60}, sought}}, {{record.Span{From: 0, To: 200}, removed}}} {
			one := text{words: words, marks: marks}
			var got strings.Builder
			for _, l := range measured.wrap(one, width) {
				for _, r := range one.runs(l) {
					got.WriteString(r.words)
				}
				got.WriteByte(' ')
			}
			bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if bare(got.String()) != bare(words) {
				t.Errorf("width %v, marks %v:\n%s", width, marks, got.String())
			}
		}
	}
	if n := len(measured.wrap(text{words: "một hai"}, 5000)); n != 1 {
		t.Errorf("%d lines", n)
	}
}
