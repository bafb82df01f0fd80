package assets

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// articles are the numbers of articles of the texts shipped. A text with fewer has lost one.
var articles = map[string]int{
	"45-2019-qh14.txt":            220,
	"45-2019-qh14@2026-02-12.txt": 220,
	"45-2019-qh14@2026-07-01.txt": 220,
	"145-2020-nd-cp.txt":          115,
	"135-2020-nd-cp.txt":          9,
	"293-2025-nd-cp.txt":          5,
	"09-2020-tt-bldtbxh.txt":      13,
	"10-2020-tt-bldtbxh.txt":      12,
}

var (
	articleLine = regexp.MustCompile(`^Điều ([0-9]+)\. \S`)
	itemID      = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	anchorForm  = regexp.MustCompile(`^d[0-9]+[a-z]?(\.k[0-9]+[a-z]?(\.[a-z]+)?)?$`)
)

func starter(t *testing.T, name string) string {
	t.Helper()
	b, err := Starter.ReadFile("starter/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rows are the rows of a table by the names of its columns; csv refuses ragged ones.
func rows(t *testing.T, text string, columns ...string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(all[0], columns) {
		t.Fatalf("columns %q, not %q", all[0], columns)
	}
	var out []map[string]string
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, c := range columns {
			row[c] = r[i]
		}
		out = append(out, row)
	}
	return out
}

func starterItems(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, r := range rows(t, starter(t, "items.csv"), "id", "kind", "number", "type", "title", "issuer", "issued", "from", "to", "topics",
		"confidence", "note", "source", "checked_on") {
		if out[r["id"]] != nil {
			t.Errorf("%s stands twice", r["id"])
		}
		out[r["id"]] = r
	}
	return out
}

func day(t *testing.T, where, s string) {
	t.Helper()
	if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
		t.Errorf("%s: %q is no day", where, s)
	}
}

func checkText(t *testing.T, name, text string) {
	t.Helper()
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("%s: not UTF-8 in NFC", name)
	}
	if strings.ContainsFunc(text, func(r rune) bool {
		return r != '\n' && unicode.IsControl(r) || r == '\u00a0' || r == '\u00ad' || r == '\ufeff'
	}) {
		t.Errorf("%s: a control character or an invisible one", name)
	}
	if !strings.HasSuffix(text, "\n") {
		t.Errorf("%s: the last line is not ended", name)
	}
}

func TestStarterIsSmall(t *testing.T) {
	size := int64(0)
	err := fs.WalkDir(Starter, ".", func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		i, err := e.Info()
		size += i.Size()
		return err
	})
	if err != nil || size == 0 || size > 2<<20 {
		t.Errorf("%d bytes, %v", size, err)
	}
}

func TestStarterTextsAreWhole(t *testing.T) {
	items := starterItems(t)
	names, err := fs.Glob(Starter, "starter/*.txt")
	if err != nil || len(names) != len(articles) {
		t.Errorf("%d texts, %v", len(names), err)
	}
	for name, want := range articles {
		text := starter(t, name)
		checkText(t, name, text)
		last := 0
		for i, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
			if l == "" || l != strings.TrimSpace(l) || strings.Contains(l, "  ") {
				t.Errorf("%s line %d: not one plain paragraph: %q", name, i+1, l)
			}
			m := articleLine.FindStringSubmatch(l)
			if m == nil {
				continue
			}
			n, err := strconv.Atoi(m[1])
			if err != nil || n != last+1 {
				t.Errorf("%s line %d: article %d follows %d", name, i+1, n, last)
			}
			last = n
		}
		if last != want {
			t.Errorf("%s: %d articles, not %d", name, last, want)
		}
		id, from, dated := strings.Cut(strings.TrimSuffix(name, ".txt"), "@")
		switch item := items[id]; {
		case item == nil:
			t.Errorf("%s is the text of no item", name)
		case dated && from <= item["from"]:
			t.Errorf("%s reads from a day before the document's own, %s", name, item["from"])
		}
		day(t, name, from)
	}
}

// The three wordings of the Code differ in what was amended and in nothing else.
func TestStarterWordingsDifferWhereAmended(t *testing.T) {
	for _, c := range []struct {
		before, after string
		articles      []string
	}{
		{"45-2019-qh14.txt", "45-2019-qh14@2026-02-12.txt", []string{"59", "61", "154", "220"}},
		{"45-2019-qh14@2026-02-12.txt", "45-2019-qh14@2026-07-01.txt", []string{"139"}},
	} {
		before, after := byArticle(starter(t, c.before)), byArticle(starter(t, c.after))
		var differ []string
		for n := 0; n <= 220; n++ {
			if k := strconv.Itoa(n); before[k] != after[k] {
				differ = append(differ, k)
			}
		}
		if !slices.Equal(differ, c.articles) {
			t.Errorf("%s and %s differ in articles %v, not %v", c.before, c.after, differ, c.articles)
		}
	}
}

// byArticle are the articles of a text; "0" is what stands before the first.
func byArticle(text string) map[string]string {
	out, n := map[string]string{}, "0"
	for l := range strings.Lines(text) {
		if m := articleLine.FindStringSubmatch(l); m != nil {
			n = m[1]
		}
		out[n] += l
	}
	return out
}

func TestStarterItems(t *testing.T) {
	items := starterItems(t)
	if len(items) != 64+19 {
		t.Errorf("%d items", len(items))
	}
	topics := map[string]bool{}
	catalogue, err := Catalog.ReadFile("catalog/topics.csv")
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(catalogue)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all[1:] {
		topics[r[0]] = true
	}
	for id, i := range items {
		if !itemID.MatchString(id) || i["kind"] != "law" || i["number"] == "" || i["title"] == "" || i["type"] == "" || i["issuer"] == "" {
			t.Errorf("%s: id, kind, number, title, type or issuer: %v", id, i)
		}
		if !slices.Contains([]string{"high", "medium", "low"}, i["confidence"]) {
			t.Errorf("%s: confidence %q", id, i["confidence"])
		}
		for _, c := range []string{"issued", "from", "to", "checked_on"} {
			day(t, id+" "+c, i[c])
		}
		if i["to"] != "" && i["to"] < i["from"] || i["issued"] != "" && i["from"] != "" && i["from"] < i["issued"] {
			t.Errorf("%s: issued %s, from %s, to %s", id, i["issued"], i["from"], i["to"])
		}
		if i["topics"] != "" {
			for _, topic := range strings.Split(i["topics"], ";") {
				if !topics[topic] {
					t.Errorf("%s: no topic %q", id, topic)
				}
			}
		}
		_, hasText := articles[id+".txt"]
		if says := strings.Contains(i["note"], "Chưa có toàn văn trong gói cơ sở."); says == hasText {
			t.Errorf("%s: the note says that the text is lacking: %v; a text ships: %v", id, says, hasText)
		}
		if hasText && !strings.Contains(i["note"], "bản công khai") {
			t.Errorf("%s: the note does not say how the text was checked", id)
		}
		checkText(t, id, i["note"]+i["title"]+"\n")
	}
}

func TestStarterRelations(t *testing.T) {
	items := starterItems(t)
	seen := map[string]bool{}
	for _, r := range rows(t, starter(t, "relations.csv"), "from", "kind", "to", "anchors", "partly", "on", "note") {
		name := r["from"] + " " + r["kind"] + " " + r["to"]
		if items[r["from"]] == nil || !itemID.MatchString(r["to"]) || r["from"] == r["to"] || seen[name] {
			t.Errorf("%s: an unknown end, or twice", name)
		}
		seen[name] = true
		if known, external := items[r["to"]] != nil, strings.Contains(r["note"], "(ngoài danh mục)"); known == external {
			t.Errorf("%s: in the list %v, marked as outside it %v", name, known, external)
		}
		if !slices.Contains([]string{"replaces", "amends", "repeals", "guides", "consolidates"}, r["kind"]) || r["partly"] != "" && r["partly"] != "yes" {
			t.Errorf("%s: kind or partly", name)
		}
		if r["partly"] == "yes" && !strings.Contains(r["note"], "một phần") {
			t.Errorf("%s: the note does not say which part", name)
		}
		day(t, name, r["on"])
		if r["anchors"] == "" {
			continue
		}
		for _, a := range strings.Split(r["anchors"], ";") {
			if !anchorForm.MatchString(a) {
				t.Errorf("%s: anchor %q", name, a)
			}
		}
	}
	if len(seen) < 60 {
		t.Errorf("%d relations", len(seen))
	}
}

func TestStarterQueries(t *testing.T) {
	b, err := os.ReadFile("starter/testdata/queries.csv")
	if err != nil {
		t.Fatal(err)
	}
	items := starterItems(t)
	queries := rows(t, string(b), "query", "item", "anchor")
	seen := map[string]bool{}
	for _, q := range queries {
		if q["query"] == "" || seen[q["query"]] || items[q["item"]] == nil {
			t.Errorf("%q: empty, twice or of no item %q", q["query"], q["item"])
		}
		seen[q["query"]] = true
		if q["anchor"] == "" {
			continue
		}
		article, _, _ := strings.Cut(strings.TrimPrefix(q["anchor"], "d"), ".")
		if !anchorForm.MatchString(q["anchor"]) || byArticle(starter(t, q["item"]+".txt"))[article] == "" {
			t.Errorf("%q: no %s in %s", q["query"], q["anchor"], q["item"])
		}
	}
	if len(queries) < 300 {
		t.Errorf("%d queries", len(queries))
	}
}
