package library

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// shelfOfLaw is a small library where what holds stands beside what does not.
func shelfOfLaw(t testing.TB) *Library {
	t.Helper()
	l, p := newLibrary(t), newProvince(t)
	code := p.document(t, "45/2019/QH14", "Bộ luật", "Bộ luật Lao động", "2021-01-01", `Điều 4. Trách nhiệm với lao động nam
1. Người lao động nam có quyền như lao động nữ.
Điều 98. Tiền lương làm thêm giờ, làm việc vào ban đêm
1. Người lao động làm thêm giờ được trả lương tính theo đơn giá tiền lương như sau:
a) Vào ngày thường, ít nhất bằng 150%;
b) Vào ngày nghỉ hằng tuần, ít nhất bằng 200%;
2. Người lao động làm việc vào ban đêm được trả thêm ít nhất bằng 30%.
Điều 113. Nghỉ hằng năm
1. Người lao động làm việc đủ 12 tháng thì được nghỉ hằng năm.`)
	code.Topics = []string{"LD"}
	former := p.document(t, "10/2012/QH13", "Bộ luật", "Bộ luật Lao động", "2013-05-01", `Điều 97. Tiền lương làm thêm giờ
1. Người lao động làm thêm giờ được trả lương.`)
	code.Relations = []pack.Relation{{Kind: "replaces", To: former.ID, On: "2021-01-01"}}
	decree := p.document(t, "145/2020/NĐ-CP", "Nghị định", "Nghị định quy định chi tiết Bộ luật Lao động", "2021-02-01", `Điều 55. Tiền lương của người lao động
1. Trả theo Điều 98 của Bộ luật Lao động.
Điều 60. Giới hạn số giờ
1. Tổng số giờ làm thêm không quá 40 giờ trong 01 tháng. Người sử dụng lao động đào tạo người lao động.`)
	partly := p.document(t, "88/2015/NĐ-CP", "Nghị định", "Nghị định về xử phạt", "2015-11-25", "Điều 3. Vi phạm về đào tạo nghề\n1. Phạt tiền.\nĐiều 4. Vi phạm về thử việc\n1. Phạt tiền.")
	decree.Relations = []pack.Relation{{Kind: "repeals", To: partly.ID, Anchors: []string{"d3"}, On: "2021-02-01"}}
	coming := p.document(t, "9/2027/QH16", "Luật", "Luật Việc làm thêm", "2027-07-01", "Điều 1. Làm thêm giờ\n1. Áp dụng từ năm 2027.")
	leaflet := pack.Item{ID: "to-roi", Version: 1, Kind: "leaflet", Title: "Tờ rơi về làm thêm giờ", Topics: []string{"TT"}}
	text, err := json.Marshal(faqText{FAQ: []question{{Q: "Làm thêm giờ ngày lễ được trả bao nhiêu?", A: "Ít nhất bằng 300%.",
		Citations: []record.Citation{{Document: "45/2019/QH14", Item: "45-2019-qh14", Anchor: "d98"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	sum, size := p.put(text)
	faq := pack.Item{ID: "hoi-dap", Version: 1, Kind: "faq", Title: "Hỏi đáp về tiền lương", Wordings: []pack.Wording{{SHA256: sum, Size: size}}}
	p.install(t, l, p.build(t, 1, []pack.Item{code, former, decree, partly, coming, leaflet, faq}))
	return l
}

func TestSearch(t *testing.T) {
	l := shelfOfLaw(t)
	for _, c := range []struct {
		typed string
		first []string // the first hits, in order
	}{
		{"lam them gio", []string{"45-2019-qh14#d98"}},
		{"làm thêm giờ, làm việc vào ban đêm", []string{"45-2019-qh14#d98"}},
		{"LÀM THÊM GIỜ BAN ĐÊM", []string{"45-2019-qh14#d98"}},
		{"dao tao", []string{"145-2020-nd-cp#d60.k1"}},
		{"145/2020", []string{"145-2020-nd-cp"}},
		{"145/2020/NĐ-CP", []string{"145-2020-nd-cp"}},
		{"nghị định 145", []string{"145-2020-nd-cp"}},
		{"điều 98 bộ luật lao động", []string{"45-2019-qh14#d98"}},
		{"dieu 98 blld", []string{"45-2019-qh14#d98"}},
		{"khoản 2 Điều 98 BLLĐ", []string{"45-2019-qh14#d98.k2"}},
		{"145/2020 giới hạn", []string{"145-2020-nd-cp#d60"}},
		{"nam", []string{"45-2019-qh14#d4"}},
		{"năm", []string{"45-2019-qh14#d113"}},
		{"tien luong lam them g", []string{"45-2019-qh14#d98"}},
		{`"nghỉ hằng tuần"`, []string{"45-2019-qh14#d98.k1.b"}},
		{"nsdlđ đào tạo nlđ", []string{"145-2020-nd-cp#d60.k1"}},
		{"người lao động làm thêm giờ được trả lương bao nhiêu tiền vậy", []string{"45-2019-qh14#d98.k1"}},
		{"giới hạng số giờ", []string{"145-2020-nd-cp#d60"}},
	} {
		got := found(find(t, l, c.typed))
		if diff := cmp.Diff(c.first, got[:min(len(got), len(c.first))]); diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", c.typed, got, diff)
		}
	}
	for _, typed := range []string{`"thêm làm giờ"`, "khôngcógìnhưthế", `""`, `"`, "*", `" OR "`, "NEAR(", "x\x00z", "^", "{head}:x", "-"} {
		for _, h := range find(t, l, typed) {
			if h.Anchor != "" {
				t.Errorf("%q found %s#%s", typed, h.Item, h.Anchor)
			}
		}
	}
}

// What is in force comes first, whatever stands in its heading; then what is to come, then
// what has ended.
func TestInForceComesFirst(t *testing.T) {
	l := shelfOfLaw(t)
	order := map[record.LawStatus]int{record.LawInForce: 0, record.LawPartly: 0, record.LawUnknown: 0, record.LawNotYet: 1, record.LawEnded: 2}
	for _, typed := range []string{"làm thêm giờ", "lam them", "tiền lương", "phạt tiền"} {
		hits := find(t, l, typed)
		if !slices.IsSortedFunc(hits, func(a, b record.LawHit) int { return order[a.Status] - order[b.Status] }) {
			for _, h := range hits {
				t.Errorf("%q: %s#%s %s", typed, h.Item, h.Anchor, h.Status)
			}
		}
	}
	if hits := searchFor(t, l, record.LawFilter{Text: "làm thêm giờ", On: "2015-01-01"}); hits[0].Item != "10-2012-qh13" {
		t.Errorf("in 2015: %v", found(hits))
	}
	hits := find(t, l, "phạt tiền")
	if diff := cmp.Diff([]string{"88-2015-nd-cp#d4.k1", "88-2015-nd-cp#d3.k1"}, found(hits)); diff != "" || hits[1].Status != record.LawEnded {
		t.Errorf("a provision that has ended: %s (-want +got):\n%s", hits[1].Status, diff)
	}
}

func TestFilters(t *testing.T) {
	l := shelfOfLaw(t)
	for _, c := range []struct {
		name string
		f    record.LawFilter
		want []string
	}{
		{"topic", record.LawFilter{Text: "làm thêm", Topic: "TT"}, []string{"to-roi"}},
		{"kind", record.LawFilter{Text: "làm thêm", Kind: record.LawFAQ}, []string{"hoi-dap#h1"}},
		{"type", record.LawFilter{Text: "làm thêm", Type: "Nghị định"}, []string{"145-2020-nd-cp#d60.k1"}},
		{"status", record.LawFilter{Text: "làm thêm", Status: record.LawEnded}, []string{"10-2012-qh13#d97"}},
		{"nothing typed", record.LawFilter{Type: "Bộ luật"}, []string{"45-2019-qh14", "10-2012-qh13"}},
		{"nothing at all", record.LawFilter{Kind: record.LawDocument}, []string{"45-2019-qh14", "145-2020-nd-cp", "88-2015-nd-cp", "9-2027-qh16", "10-2012-qh13"}},
	} {
		c.f.On = today
		if diff := cmp.Diff(c.want, found(searchFor(t, l, c.f))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestHitsSayWhatTheyAre(t *testing.T) {
	l := shelfOfLaw(t)
	h := find(t, l, "tien luong lam them gio")[0]
	want := record.LawHit{Item: "45-2019-qh14", Anchor: "d98", Kind: record.LawDocument, Number: "45/2019/QH14", Title: "Bộ luật Lao động",
		Provision: law.Say("d98"), Heading: "Tiền lương làm thêm giờ, làm việc vào ban đêm", Status: record.LawInForce, Snippet: h.Snippet, Marks: h.Marks}
	if diff := cmp.Diff(want, h); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, typed := range []string{"làm thêm giờ", "lam them gi", "ban dem", "hằng tuần", "đào tạo", "người lao động làm việc", "nlđ", "150%"} {
		for _, h := range find(t, l, typed) {
			if h.Anchor == "" {
				continue
			}
			text := []rune(h.Snippet)
			last := 0
			for _, m := range h.Marks {
				if m.From < last || m.To > len(text) || m.To <= m.From {
					t.Fatalf("%q: mark %v of %d runes in %q", typed, m, len(text), h.Snippet)
				}
				last = m.To
				marked := law.Fold(string(text[m.From:m.To]))
				if !slices.ContainsFunc(strings.Fields(law.Fold(typed)), func(w string) bool { return strings.HasPrefix(marked, w) || w == "nld" || w == "150%" }) {
					t.Errorf("%q: %q is marked in %q", typed, marked, h.Snippet)
				}
			}
			if len(h.Marks) == 0 && h.Kind != record.LawFAQ { // of a question the answer is shown
				t.Errorf("%q: nothing is marked in %s#%s %q", typed, h.Item, h.Anchor, h.Snippet)
			}
		}
	}
}

func TestFAQ(t *testing.T) {
	l := shelfOfLaw(t)
	r, err := on(t, l, today).Reading(ctx, "hoi-dap")
	if err != nil || len(r.FAQ) != 1 || r.FAQ[0].Citations[0].Anchor != "d98" {
		t.Errorf("%+v, %v", r, err)
	}
}

// Every hit stands on one page, and no page holds one twice.
func TestPages(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	p.install(t, l, p.build(t, 1, p.madeUp(t, 60, 5)))
	v := on(t, l, today)
	for _, typed := range []string{"người lao động", "quyen"} {
		whole, err := v.Search(ctx, record.LawFilter{Text: typed, On: today, Limit: 1000})
		if err != nil || len(whole.Hits) != whole.Total || whole.More || whole.Total < 20 {
			t.Fatalf("%q: %d of %d, %v", typed, len(whole.Hits), whole.Total, err)
		}
		var got []record.LawHit
		for offset := 0; ; offset += 7 {
			page, err := v.Search(ctx, record.LawFilter{Text: typed, On: today, Offset: offset, Limit: 7})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page.Hits...)
			if page.More != (len(got) < whole.Total) {
				t.Fatalf("%q: more %t after %d of %d", typed, page.More, len(got), whole.Total)
			}
			if !page.More {
				break
			}
		}
		if diff := cmp.Diff(whole.Hits, got); diff != "" {
			t.Errorf("%q (-whole +pages):\n%s", typed, diff)
		}
	}
}

func TestBrokenTextsAreRefused(t *testing.T) {
	for name, text := range map[string]string{"no gzip": "xyz", "another format": "\x1f\x8b"} {
		l, p := newLibrary(t), newProvince(t)
		first, _ := p.two(t)
		p.install(t, l, p.build(t, 1, first))
		sum, size := p.put([]byte(text))
		bad := pack.Item{ID: "hong", Version: 1, Kind: "law", Title: "Hỏng", Wordings: []pack.Wording{{SHA256: sum, Size: size}}}
		f, err := p.open(t, l, p.build(t, 2, append(first, bad)))
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Install(ctx, f, now, nil); err == nil {
			t.Errorf("%s: taken", name)
		}
		if have, _ := l.Channels(ctx); have[channel].Version != 1 {
			t.Errorf("%s: the library changed: %+v", name, have)
		}
		p.install(t, l, p.build(t, 3, first)) // and the next good pack is taken
	}
}
