package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// overtime is a made-up text in as many wordings as there are pairs of a day and the words of
// article 2, and what else the rows of items.csv and relations.csv say.
func overtime(items, relations string, wordings ...string) sources {
	s := sources{"items.csv": "id,kind,number,type,title,issued,from,to,topics\n,,9001/2025/NĐ-CP,Nghị định,Quy định thử về làm thêm giờ,2025-11-01,2026-01-01,,LD08\n" + items}
	if relations != "" {
		s["relations.csv"] = "from,kind,to,anchors,on\n" + relations
	}
	for i := 0; i+1 < len(wordings); i += 2 {
		name := decreeID
		if wordings[i] != "" {
			name += "@" + wordings[i]
		}
		s[name+".txt"] = "Điều 1. Phạm vi\nNghị định này quy định thử.\n" + wordings[i+1]
	}
	return s
}

const (
	firstText  = "Điều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 150%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n"
	secondText = "Điều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 170%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n"
	thirdText  = "Điều 2. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 170%.\n2. Vào ngày nghỉ, ít nhất bằng 300%.\n"
	movedText  = "Điều 2. Chính sách của Nhà nước\n1. Nhà nước khuyến khích thỏa thuận có lợi hơn cho người lao động.\nĐiều 3. Tiền lương làm thêm giờ\n1. Vào ngày thường, ít nhất bằng 150%.\n2. Vào ngày nghỉ, ít nhất bằng 200%.\n"
)

// on sets the clock to a day.
func (w *landscape) on(day string) {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 09:00", w.now.Location())
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = at
}

func says(list []record.LawAffected) string {
	var out []string
	for _, l := range list {
		out = append(out, fmt.Sprintf("%s#%s %s", l.Title, l.Citation.Anchor, l.Why.VI))
	}
	return strings.Join(out, "\n")
}

// TestWhatIsToBeLookedAtAgain: an office answers, prints and plans with the first pack, and a
// second one comes. Each case has documents of its own, under other numbers than it says, in
// the same two packs. What is wanted is the beginning of what is told on a day.
func TestWhatIsToBeLookedAtAgain(t *testing.T) {
	type work func(t *testing.T, a *App, title, item, number string)
	question := func(k record.Citation) work {
		return func(t *testing.T, a *App, title, item, number string) {
			if k.Document == "" {
				k.Document = number
			}
			if k.Item == "-" {
				k.Item = item
			}
			must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-18", Channel: "in_person", Text: title, Answer: "Đáp", AnsweredOn: "2026-03-19", Citations: []record.Citation{k, k}}))(t)
		}
	}
	chosen := func(anchor string) work { return question(record.Citation{Item: "-", Anchor: anchor}) }
	session := func(status string, day record.Date, anchor string) work {
		return func(t *testing.T, a *App, title, item, number string) {
			must(a.SaveActivity(ctx, record.Activity{Title: title, Kind: "training", Status: status, When: record.Occasion{Date: day}, Citations: []record.Citation{{Document: "x", Item: item, Anchor: anchor}}}))(t)
		}
	}
	swept := record.Citation{Item: "-", Anchor: "d2.k1", Wording: strings.Repeat("0", 64), Text: "1. Vào ngày thường, ít nhất bằng 150%.", Version: 1}
	ended := "9002/2026/NĐ-CP"
	replaced := overtime(",,"+ended+",Nghị định,Thay thế,2026-05-01,2026-07-01,,\n", ended+",replaces,9001/2025/NĐ-CP,,2026-07-01\n", "", firstText)
	cases := []struct {
		name   string
		work   work
		second sources
		on     string // looked at on this day
		want   string // "" nothing
	}{
		{"nothing changed", chosen("d2.k1"), overtime("", "", "", firstText), "2026-07-02", ""},
		{"another clause changed", chosen("d2.k2"), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", ""},
		{"the clause changed", chosen("d2.k1"), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", "#d2.k1 đã thay đổi câu chữ từ 01/07/2026"},
		{"its article is cited", chosen("d2"), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", "#d2 đã thay đổi"},
		{"the whole document is cited", chosen(""), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", "# đã thay đổi"},
		{"far ahead", chosen("d2.k1"), overtime("", "", "", firstText, "2026-12-01", secondText), "2026-07-02", ""},
		{"within 90 days", chosen("d2.k1"), overtime("", "", "", firstText, "2026-09-01", secondText), "2026-07-02", "#d2.k1 đã thay đổi"},
		{"learnt late, before it was cited", chosen("d2.k1"), overtime("", "", "", firstText, "2026-02-01", secondText), "2026-03-25", "#d2.k1 đã thay đổi"},
		{"the article went elsewhere", chosen("d2.k1"), overtime("", "", "", firstText, "2026-07-01", movedText), "2026-07-02", "#d2.k1 đã thay đổi câu chữ từ 01/07/2026, nay là khoản 1 Điều 3"},
		{"the clause is gone", chosen("d2.k2"), overtime("", "", "", firstText, "2026-07-01", strings.Split(firstText, "2. Vào")[0]), "2026-07-02", "#d2.k2 đã thay đổi câu chữ từ 01/07/2026, không còn"},
		{"replaced", chosen("d2.k1"), replaced, "2026-07-02", "#d2.k1 hết hiệu lực sau ngày 30/06/2026, thay bằng 9002/2026/NĐ-CP từ 01/07/2026"},
		{"replaced before it was cited", chosen("d2.k1"), overtime(",,"+ended+",Nghị định,Thay thế,2026-01-01,2026-02-01,,\n", ended+",replaces,9001/2025/NĐ-CP,,2026-02-01\n", "", firstText), "2026-03-25", "#d2.k1 hết hiệu lực"},
		{"amended by a relation", chosen("d2.k1"), overtime(",,"+ended+",Nghị định,Sửa,2026-05-01,2026-07-01,,\n", ended+",amends,9001/2025/NĐ-CP,d2.k1,2026-07-01\n", "", firstText), "2026-07-02", "#d2.k1 được sửa đổi bởi 9002/2026/NĐ-CP, từ 01/07/2026"},
		{"a relation to another clause", chosen("d2.k2"), overtime(",,"+ended+",Nghị định,Sửa,2026-05-01,2026-07-01,,\n", ended+",amends,9001/2025/NĐ-CP,d2.k1,2026-07-01\n", "", firstText), "2026-07-02", ""},
		{"withdrawn", chosen("d2.k1"), sources{"items.csv": "id,kind,number,type,title,issued,from,to,topics\n"}, "2026-07-02", "#d2.k1 đã rút"},
		{"a session before the change", session("planned", "2026-06-20", "d2.k1"), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-06-01", ""},
		{"a session after the change", session("planned", "2026-07-20", "d2.k1"), overtime("", "", "", firstText, "2026-07-10", secondText), "2026-06-01", "#d2.k1 đã thay đổi"},
		{"a session far ahead, after the end", session("planned", "2026-12-20", ""), replaced, "2026-04-01", "# hết hiệu lực sau ngày 30/06/2026"},
		{"a session that was held", session("held", "2026-03-10", "d2.k1"), replaced, "2026-07-02", ""},
		{"a session that was cancelled", session("cancelled", "2026-07-20", "d2.k1"), replaced, "2026-07-02", ""},
		{"typed, and it changed", question(record.Citation{Provision: "khoản 1 Điều 2"}), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", "#d2.k1 đã thay đổi"},
		{"typed, and another changed", question(record.Citation{Provision: "khoản 2 Điều 2"}), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", ""},
		{"typed as a whole, and it changed", question(record.Citation{}), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", ""},
		{"typed as a whole, and it ended", question(record.Citation{}), replaced, "2026-07-02", "# hết hiệu lực"},
		{"typed, of no document here", question(record.Citation{Document: "1/1999/XX-YY"}), replaced, "2026-07-02", ""},
		{"of an item nobody has", question(record.Citation{Document: "x", Item: "khong-co", Anchor: "d1"}), replaced, "2026-07-02", ""},
		{"of a provision the text never had", question(record.Citation{Item: "-", Anchor: "d77"}), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", ""},
		{"of a text that was swept away", question(swept), overtime("", "", "", firstText), "2026-07-02", ""},
		{"of a text that was swept away, and it changed", question(swept), overtime("", "", "", firstText, "2026-07-01", secondText), "2026-07-02", "#d2.k1 đã thay đổi"},
	}
	numbered := func(i int) func(string) string {
		own := strings.NewReplacer("9001", fmt.Sprint(9100+2*i), "9002", fmt.Sprint(9101+2*i))
		return own.Replace
	}
	w := newLandscape(t)
	a := w.province
	first, second := sources{}, sources{}
	for i, c := range cases {
		first.add(overtime("", "", "", firstText), numbered(i))
		second.add(c.second, numbered(i))
	}
	w.build(PackSources{}, first)
	for i, c := range cases {
		as := numbered(i)
		c.work(t, a, c.name, as(decreeID), as("9001/2025/NĐ-CP"))
	}
	if list := must(a.LawAffected(ctx))(t); len(list) > 0 {
		t.Errorf("before: %s", says(list))
	}
	w.build(PackSources{}, second)
	for _, day := range []string{"2026-03-25", "2026-04-01", "2026-06-01", "2026-07-02"} {
		w.on(day)
		got := map[string][]record.LawAffected{}
		for _, l := range must(a.LawAffected(ctx))(t) {
			got[l.Title] = append(got[l.Title], l)
		}
		for i, c := range cases {
			if c.on != day {
				continue
			}
			told, want := strings.ReplaceAll(says(got[c.name]), c.name, ""), numbered(i)(c.want)
			if !strings.HasPrefix(told, want) || want == "" && told != "" || len(got[c.name]) > 1 {
				t.Errorf("%s: on %s it is told\n%s\nand not\n%s", c.name, day, told, want)
			}
		}
	}
	for _, l := range must(a.LawAffected(ctx))(t) {
		must(a.ReviewCitation(ctx, l, "stands", ""))(t)
	}
	if list := must(a.LawAffected(ctx))(t); len(list) > 0 {
		t.Errorf("after all was looked at: %s", says(list))
	}
}

// add puts the sources of a case beside those of others.
func (s sources) add(more sources, as func(string) string) {
	for name, text := range more {
		name, text = as(name), as(text)
		if had, ok := s[name]; ok { // a table
			_, text, _ = strings.Cut(text, "\n")
			text = had + text
		}
		s[name] = text
	}
}

// TestLookedAtAndChangedAgain: a look holds until the provision itself changes again; changes
// elsewhere, the day of the change and a look at an earlier version of the pack do not.
func TestLookedAtAndChangedAgain(t *testing.T) {
	w := newLandscape(t)
	a := w.province
	w.build(PackSources{}, overtime("", "", "", firstText))
	answeredBy(t, a, "Một", "d2.k1")
	told := func(when string, n int) []record.LawAffected {
		t.Helper()
		list := must(a.LawAffected(ctx))(t)
		if len(list) != n {
			t.Fatalf("%s: told %d times, want %d: %s", when, len(list), n, says(list))
		}
		return list
	}
	w.build(PackSources{}, overtime("", "", "", firstText, "2026-07-01", secondText))
	w.on("2026-06-01")
	ahead := told("ahead", 1)
	if !strings.Contains(ahead[0].Now, "170%") {
		t.Errorf("%q", ahead[0].Now)
	}
	must(a.ReviewCitation(ctx, ahead[0], "changed", ""))(t)
	told("looked at ahead", 0)
	w.on("2026-07-02")
	told("the day has come", 0)
	w.on("2026-11-02")
	told("long after", 0)
	w.build(PackSources{}, overtime("", "", "", firstText, "2026-07-01", secondText, "2026-11-01", thirdText))
	told("another clause changed", 0)
	w.build(PackSources{}, overtime("", "", "", firstText, "2026-07-01", secondText, "2026-11-01", thirdText, "2026-11-02", firstText))
	must(a.ReviewCitation(ctx, told("as it was at first", 1)[0], "stands", ""))(t)
	told("looked at again", 0)
	if err := a.ShowPack(ctx, "luat", 1); err != nil {
		t.Fatal(err)
	}
	told("an earlier version is shown", 0)
	if err := a.ShowPack(ctx, "luat", 4); err != nil {
		t.Fatal(err)
	}
	// Looked at, and then it ends: that is news, whenever it ended.
	w.build(PackSources{}, overtime(",,9002/2026/NĐ-CP,Nghị định,Thay,2026-10-01,2026-11-01,,\n", "9002/2026/NĐ-CP,replaces,9001/2025/NĐ-CP,,2026-11-01\n", "", firstText, "2026-07-01", secondText, "2026-11-01", thirdText, "2026-11-02", firstText))
	must(a.ReviewCitation(ctx, told("ended", 1)[0], "stands", ""))(t)
	told("the end was looked at", 0)
	w.on("2027-02-01")
	told("later", 0)
}

// TestWithdrawnFromOneOfTwoPacks: what the province takes out of a pack is still there when
// another has it.
func TestWithdrawnFromOneOfTwoPacks(t *testing.T) {
	w := newLandscape(t)
	a := w.province
	w.build(PackSources{Channel: "a"}, overtime("", "", "", firstText))
	w.build(PackSources{Channel: "b"}, overtime("", "", "", secondText))
	read := func() string { return must(a.Cite(ctx, decreeID, "d2.k1", ""))(t).Text }
	if !strings.Contains(read(), "150%") {
		t.Errorf("%q", read())
	}
	w.build(PackSources{Channel: "a"}, sources{"items.csv": "id,kind,title\nto-roi-1,leaflet,Tờ rơi\n"})
	if !strings.Contains(read(), "170%") {
		t.Errorf("%q", read())
	}
}

// TestALibraryInTroubleStopsNothing: work is saved, handed over and reported with a library
// that is of a newer program, and the library says so.
func TestALibraryInTroubleStopsNothing(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23284")
	must(a.InstallPack(ctx, w.build(PackSources{}, decree).Path, nil))(t)
	folder := a.Folder()
	closeApp(t, a)
	db := filepath.Join(folder, "law", "law.db")
	b := must(os.ReadFile(db))(t)
	b[63] = 99
	if err := os.WriteFile(db, b, 0o600); err != nil {
		t.Fatal(err)
	}
	a = w.open(folder)
	if _, err := a.SearchLaw(ctx, record.LawFilter{Text: "x"}); record.SentenceOf(err, "vi") == "" {
		t.Errorf("%v", err)
	}
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-18", Channel: "in_person", Text: "Hỏi", Citations: []record.Citation{{Document: "9001/2025/NĐ-CP", Item: decreeID, Anchor: "d2.k1"}}}))(t)
	if q.Citations[0].Anchor != "d2.k1" {
		t.Errorf("%+v", q.Citations)
	}
	if n := len(must(a.Templates(ctx))(t)); n == 0 {
		t.Error("no templates")
	}
	if have := a.packsHere(); have["luat"] != 1 || have["co-so"] != 0 {
		t.Errorf("%v", have)
	}
	if _, err := a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}); err != nil {
		t.Errorf("%v", err)
	}
}

// TestTheLibraryIsOpenedOnce, by however many ask for it at a time, and not again behind a
// program that is closing.
func TestTheLibraryIsOpenedOnce(t *testing.T) {
	a := newApp(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := a.SearchLaw(ctx, record.LawFilter{Text: "làm thêm"}); err != nil {
				t.Error(err)
			}
			if _, err := a.LawAffected(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for range 4 {
		all.Go(func() {
			for range 20 {
				if _, err := a.SearchLaw(ctx, record.LawFilter{Text: "tiền lương"}); err != nil && record.SentenceOf(err, "vi") == "" {
					t.Error(err)
				}
			}
		})
	}
	closeApp(t, a)
	all.Wait()
	if _, err := a.law(ctx); err == nil {
		t.Error("the library was opened behind the program")
	}
}

// BenchmarkLawAffected is an office with 5,000 answers and a library of 60,000 provisions: once
// after a change, and asked again.
func BenchmarkLawAffected(b *testing.B) {
	w := newLandscape(b)
	documents := recordtest.Count(b, 300, 3000)
	s := sources{}
	var items strings.Builder
	items.WriteString("number,type,title,from\n")
	var text strings.Builder
	for d := 1; d <= 10; d++ {
		fmt.Fprintf(&text, "Điều %d. Tiền lương\n1. Người lao động được trả lương đúng hạn theo thỏa thuận thứ %d.\n", d, d)
	}
	for i := range documents {
		fmt.Fprintf(&items, "%d/2020/NĐ-CP,Nghị định,Văn bản %d,2020-01-01\n", i+1, i)
		s[fmt.Sprintf("%d-2020-nd-cp.txt", i+1)] = text.String()
		if i%10 == 0 {
			s[fmt.Sprintf("%d-2020-nd-cp@2026-07-01.txt", i+1)] = strings.ReplaceAll(text.String(), "đúng hạn", "trước hạn")
		}
	}
	s["items.csv"] = items.String()
	w.build(PackSources{}, s)
	a := w.province
	for i := range recordtest.Count(b, 500, 5000) {
		must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-18", Channel: "in_person", Text: fmt.Sprint("Hỏi ", i), Answer: "Đáp", AnsweredOn: "2026-03-19",
			Citations: []record.Citation{{Document: "x", Item: fmt.Sprintf("%d-2020-nd-cp", i%documents+1), Anchor: "d3.k1"}}}))(b)
	}
	w.on("2026-07-02")
	for name, before := range map[string]func(){"after a change": func() { a.changes.Add(1) }, "again": func() {}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				before()
				if list := must(a.LawAffected(ctx))(b); len(list) == 0 {
					b.Fatal("nothing is affected")
				}
			}
		})
	}
}
