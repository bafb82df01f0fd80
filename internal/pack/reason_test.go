package pack

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"sophobien/internal/record"
)

// TestEveryReasonHasItsSentence in both languages, and says what becomes of the library.
func TestEveryReasonHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range reasons {
		if seen[r.code] || seen[r.words.VI] || seen[r.words.EN] {
			t.Errorf("%s stands twice", r.code)
		}
		seen[r.code], seen[r.words.VI], seen[r.words.EN] = true, true, true
		if !errors.Is(r.is, r.kind) {
			t.Errorf("%s is of another kind than its error", r.code)
		}
		if !strings.Contains(r.words.VI, "thư viện") || !strings.Contains(r.words.EN, "library") || strings.Count(r.words.VI, ". ") != 1 || strings.Count(r.words.EN, ". ") != 1 {
			t.Errorf("%s: %s / %s", r.code, r.words.VI, r.words.EN)
		}
		err := Explain(fmt.Errorf("import: %w", because(r.is, "detail")))
		var said *record.Refusal
		if !errors.As(err, &said) || said.Words != r.words || ReasonOf(err) != r.code || !errors.Is(err, r.kind) {
			t.Errorf("%s: %v", r.code, err)
		}
		if words, ok := Sentence(r.code); !ok || words != r.words {
			t.Errorf("%s has no sentence", r.code)
		}
	}
	if len(Reasons()) != len(reasons) || ReasonOf(io.EOF) != "" || Explain(io.EOF) != io.EOF {
		t.Error("what is no refusal has a reason")
	}
	if _, ok := Sentence("gossip"); ok {
		t.Error("an unknown code has a sentence")
	}
}
