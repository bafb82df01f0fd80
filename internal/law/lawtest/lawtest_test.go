package lawtest

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/law"
)

func TestLawsAreWellFormed(t *testing.T) {
	documents, provisions := 0, 0
	for d := range Corpus(7, 200, 4000) {
		text, flaws := law.Split(d.Lines)
		if len(flaws) > 0 {
			t.Fatalf("%s: %+v", d.Number, flaws)
		}
		if text.String() != strings.Join(d.Lines, "\n") {
			t.Fatalf("%s loses text", d.Number)
		}
		for anchor, subject := range d.Subjects {
			i := text.Find(anchor)
			if i < 0 || !strings.EqualFold(text[i].Heading, subject) {
				t.Fatalf("%s: %s is not about %q", d.Number, anchor, subject)
			}
		}
		documents++
		provisions += len(text)
	}
	if documents != 200 || provisions < 3800 || provisions > 4600 {
		t.Errorf("%d documents with %d provisions", documents, provisions)
	}
}

func TestLawsOfOneSeedAreTheSame(t *testing.T) {
	if diff := cmp.Diff(New(1, 2, 300), New(1, 2, 300)); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(New(1, 2, 300).Lines, New(2, 2, 300).Lines) {
		t.Error("seeds make no difference")
	}
}

func TestAmendChangesOnePlace(t *testing.T) {
	text, _ := law.Split(New(1, 0, 100).Lines)
	r := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		amended, anchor := Amend(r, text)
		if diff := cmp.Diff([]string{anchor}, law.ImpactOf(text, amended).Own); diff != "" {
			t.Fatal(diff)
		}
	}
}
