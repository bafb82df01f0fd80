package library

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

const starterFolder = "../../assets/starter"

func readCSV(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(starterFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// starterItems are the documents that come with the program, with their texts.
func (p *province) starterItems(t testing.TB) []pack.Item {
	t.Helper()
	relations := map[string][]pack.Relation{}
	for _, row := range readCSV(t, "relations.csv") {
		r := pack.Relation{Kind: row["kind"], To: row["to"], Partly: row["partly"] != "", On: record.Date(row["on"])}
		if row["anchors"] != "" {
			r.Anchors = strings.Split(row["anchors"], ";")
		}
		relations[row["from"]] = append(relations[row["from"]], r)
	}
	var items []pack.Item
	for _, row := range readCSV(t, "items.csv") {
		item := pack.Item{ID: row["id"], Version: 1, Kind: row["kind"], Number: row["number"], Type: row["type"], Title: row["title"], Issuer: row["issuer"],
			Issued: record.Date(row["issued"]), From: record.Date(row["from"]), To: record.Date(row["to"]), Relations: relations[row["id"]]}
		files, err := filepath.Glob(filepath.Join(starterFolder, row["id"]+"*.txt"))
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(files) // the one without a day is the first
		slices.SortStableFunc(files, func(a, b string) int { return len(a) - len(b) })
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, day, dated := strings.Cut(strings.TrimSuffix(filepath.Base(file), ".txt"), "@")
			from := item.From
			if dated {
				from = record.Date(day)
			}
			item.Wordings = append(item.Wordings, p.wording(t, from, strings.TrimSuffix(string(text), "\n")))
		}
		items = append(items, item)
	}
	return items
}

// TestFoundInTheTopThree: of what people type, the right article or document is among the
// first three, in a library where 3,000 made-up articles speak of the same things.
func TestFoundInTheTopThree(t *testing.T) {
	l := newLibrary(t)
	p := newProvince(t)
	madeUp := p.madeUp(t, 300, 10)
	p.install(t, l, p.build(t, 1, append(p.starterItems(t), madeUp...)))

	t.Run("labelled", func(t *testing.T) {
		rows := readCSV(t, filepath.Join("testdata", "queries.csv"))
		if len(rows) < 300 {
			t.Fatalf("only %d queries", len(rows))
		}
		var asked []asking
		for _, row := range rows {
			asked = append(asked, asking{row["query"], row["item"], row["anchor"]})
		}
		wantTopThree(t, on(t, l, today), asked)
	})
	t.Run("made up", func(t *testing.T) {
		var asked []asking
		for n := 0; n < 3000; n += 61 {
			h, item, anchor := heading(n), madeUp[n/10].ID, fmt.Sprintf("d%d", n%10+1)
			begun := []rune(h)
			asked = append(asked, asking{h, item, anchor}, asking{law.Fold(h), item, anchor}, asking{string(begun[:len(begun)-1]), item, anchor})
		}
		wantTopThree(t, on(t, l, "2035-01-01"), asked)
	})
}

type asking struct{ text, item, anchor string }

func wantTopThree(t *testing.T, v *View, all []asking) {
	t.Helper()
	var misses []string
	for _, a := range all {
		page, err := v.Search(ctx, record.LawFilter{Text: a.text, On: v.Day(), Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(page.Hits, a.answered) {
			misses = append(misses, fmt.Sprintf("%s → %s#%s, found %v", a.text, a.item, a.anchor, found(page.Hits)))
		}
	}
	rate := 100 * float64(len(all)-len(misses)) / float64(len(all))
	t.Logf("right one in the top three: %.1f %% of %d", rate, len(all))
	for _, m := range misses {
		t.Logf("missed: %s", m)
	}
	if rate < 95 {
		t.Errorf("%.1f %% is below 95 %%", rate)
	}
}

// answered reports whether a hit is the provision that was meant, or one inside it.
func (a asking) answered(h record.LawHit) bool {
	return h.Item == a.item && (a.anchor == h.Anchor || a.anchor != "" && slices.Contains(law.Path(h.Anchor), a.anchor))
}
