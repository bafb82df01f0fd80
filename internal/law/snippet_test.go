package law

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func shown(s Snippet) string {
	var b strings.Builder
	at := 0
	for _, span := range s.Spans {
		b.WriteString(s.Text[at:span.From] + "[" + s.Text[span.From:span.To] + "]")
		at = span.To
	}
	return b.String() + s.Text[at:]
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Quy định chung về lao động. ", 20) + "Người lao động làm thêm giờ được trả lương.\nÍt nhất bằng 150%. " + strings.Repeat("Hết phần này. ", 20)
	for _, c := range []struct{ typed, text, want string }{
		{"lam them gio", "Làm thêm giờ, làm đêm", "[Làm] [thêm] [giờ], [làm] đêm"},
		{"nam", "năm nay lao động nam", "năm nay lao động [nam]"},
		{"năm", "năm nay lao động nam", "[năm] nay lao động nam"},
		{"năm", "lao động nam", "lao động [nam]"},
		{`"thêm giờ"`, "giờ thêm giờ", "giờ [thêm giờ]"},
		{"145/2020", "số 145/2020/NĐ-CP", "số [145/2020]/NĐ-CP"},
		{"bllđ ", "Bộ luật Lao động", "[Bộ luật Lao động]"},
		{"lươ", long, "… lao động. Người lao động làm thêm giờ được trả [lương]. Ít nhất bằng 150%. Hết phần này. Hết phần này. Hết phần này. Hết phần này. Hết phần này. Hết phần này. Hết phần này. Hết phần này. Hết phần này. …"},
		{"không có", "Một hai", "Một hai"},
	} {
		if diff := cmp.Diff(c.want, shown(ParseQuery(c.typed).Snippet(c.text, 200))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.typed, diff)
		}
	}
}

func TestSnippetStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, typed := rapid.StringOf(rapid.SampledFrom([]rune("aăđ 1\n.–\u0301"))).Draw(t, "text"), rapid.StringOf(rapid.SampledFrom([]rune("aăd1 \""))).Draw(t, "typed")
		q := ParseQuery(typed)
		at := 0
		for _, s := range q.Find(text) {
			if s.From < at || s.To <= s.From || s.To > len(text) || !utf8.ValidString(text[s.From:s.To]) {
				t.Fatalf("%q in %q: %v", typed, text, s)
			}
			at = s.To
		}
		s := q.Snippet(text, 10)
		if utf8.RuneCountInString(s.Text) > 14 || !utf8.ValidString(s.Text) {
			t.Fatalf("%q of %q", s.Text, text)
		}
		for _, span := range s.Spans {
			if span.From < 0 || span.To > len(s.Text) || span.From >= span.To {
				t.Fatalf("%v in %q", span, s.Text)
			}
		}
	})
}
