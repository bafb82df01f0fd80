package app

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/law"
	"sophobien/internal/law/lawtest"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// TestWhatAChangeTouches mutates a seeded library pack by pack: what is told to look again
// is each time just what reads otherwise than it did when it was cited, by plain reading.
func TestWhatAChangeTouches(t *testing.T) {
	const documents, cited = 2, 60
	r := rand.New(rand.NewPCG(7, 7))
	w := newLandscape(t)
	office := w.enrolled("23284")

	from := sources{}
	var items strings.Builder
	items.WriteString("number,type,title,issued,from\n")
	texts, ids := map[string]law.Text{}, []string{}
	for d := range lawtest.Corpus(11, documents, documents*20) {
		id := law.FoldNumber(d.Number)
		fmt.Fprintf(&items, "%s,%s,%q,2025-06-01,2026-01-01\n", d.Number, d.Type, d.Title)
		text, flaws := law.Split(d.Lines)
		if err := flaws.Refusal(id); err != nil {
			t.Fatal(err)
		}
		texts[id], ids = text, append(ids, id)
		from[id+".txt"] = text.String()
	}
	from["items.csv"] = items.String()
	must(office.InstallPack(ctx, w.build(PackSources{}, from).Path, nil))(t)

	words := map[record.ID]string{} // of what a question cites, when it was cited
	questions := map[record.ID]record.Citation{}
	for n := range cited {
		id := ids[r.IntN(len(ids))]
		at := texts[id][r.IntN(len(texts[id]))]
		if at.Level != law.Article && at.Level != law.Clause && at.Level != law.Point {
			continue
		}
		k := must(office.Cite(ctx, id, at.Anchor, ""))(t)
		q := must(office.SaveQuestion(ctx, record.Question{Received: "2026-03-18", Channel: "in_person", Text: fmt.Sprintf("Câu %d", n), Citations: []record.Citation{k}}))(t)
		questions[q.ID], words[q.ID] = k, reads(texts[id], at.Anchor)
	}
	for round := range recordtest.Count(t, 8, 20) {
		id := ids[r.IntN(len(ids))]
		texts[id], _ = lawtest.Amend(r, texts[id])
		from[id+".txt"] = texts[id].String()
		must(office.InstallPack(ctx, w.build(PackSources{Version: int64(round + 2)}, from).Path, nil))(t)
		var want, got []string
		for q, k := range questions {
			if reads(texts[k.Item], k.Anchor) != words[q] {
				want = append(want, q.String())
			}
		}
		list := must(office.LawAffected(ctx))(t)
		for _, l := range list {
			got = append(got, l.Ref.ID.String())
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("round %d: told %d, %d read otherwise", round, len(got), len(want))
		}
		for _, l := range list { // every second one is looked at, and then reads as it does now
			if r.IntN(2) == 0 {
				must(office.ReviewCitation(ctx, l, "stands", ""))(t)
				words[l.Ref.ID] = reads(texts[l.Citation.Item], l.Citation.Anchor)
			}
		}
	}
}

// reads is what somebody reads who looks a provision up: its own words with everything in
// it, and the words that lead to it.
func reads(t law.Text, anchor string) string {
	out := t.Whole(anchor).String()
	for _, up := range law.Path(anchor)[1:] {
		if i := t.Find(up); i >= 0 {
			out += "\n" + t[i].Text
		}
	}
	return out
}
