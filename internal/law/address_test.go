package law

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseAddress(t *testing.T) {
	const bl = "45-2019-qh14"
	for _, c := range []struct {
		text     string
		document string
		anchors  []string
	}{
		{"khoản 1 và điểm a khoản 2 Điều 98 Bộ luật Lao động 45/2019/QH14", bl, []string{"d98.k1", "d98.k2.a"}},
		{"Đ.98 k.1", "", []string{"d98.k1"}},
		{"điều 98(1)(a)", "", []string{"d98.k1.a"}},
		{"Đ98K1", "", []string{"d98.k1"}},
		{"đ.a k.1 Đ.98", "", []string{"d98.k1.a"}},
		{"Điều 98", "", []string{"d98"}},
		{"dieu 98 khoan 1 diem a BLLD", bl, []string{"d98.k1.a"}},
		{"Điều 98 khoản 1, khoản 2", "", []string{"d98.k1", "d98.k2"}},
		{"Điều 98, 99 và 100", "", []string{"d98", "d99", "d100"}},
		{"các khoản 1, 2 và 3 Điều 98", "", []string{"d98.k1", "d98.k2", "d98.k3"}},
		{"điểm a, b và đ khoản 2 Điều 98", "", []string{"d98.k2.a", "d98.k2.b", "d98.k2.dd"}},
		{"điểm a, điểm b khoản 2 Điều 98", "", []string{"d98.k2.a", "d98.k2.b"}},
		{"khoản 1 Điều 98; khoản 2 Điều 99", "", []string{"d98.k1", "d99.k2"}},
		{"khoản 1 Điều 98, khoản 2 và khoản 3 Điều 99", "", []string{"d98.k1", "d99.k2", "d99.k3"}},
		{"Điều 98 khoản 1, Điều 99 khoản 2", "", []string{"d98.k1", "d99.k2"}},
		{"từ Điều 105 đến Điều 107 Bộ luật Lao động", bl, []string{"d105", "d106", "d107"}},
		{"Điều 105 - 107", "", []string{"d105", "d106", "d107"}},
		{"các điểm c đến e khoản 1 Điều 5", "", []string{"d5.k1.c", "d5.k1.d", "d5.k1.dd", "d5.k1.e"}},
		{"điểm a Điều 5", "", []string{"d5.a"}},
		{"khoản 1a Điều 98a Nghị định 145/2020/NĐ-CP", "145-2020-nd-cp", []string{"d98a.k1a"}},
		{"điểm b1 khoản 2 điều 3", "", []string{"d3.k2.b1"}},
		{"Mục 2 Chương VII BLLĐ", bl, []string{"c7.m2"}},
		{"Chương VII", "", []string{"c7"}},
		{"Phần thứ hai", "", []string{"p2"}},
		{"Phụ lục III Nghị định số 145/2020/NĐ-CP", "145-2020-nd-cp", []string{"pl3"}},
		{"Luật Bảo hiểm xã hội", "41-2024-qh15", nil},
		{"Điều 5 Luật An toàn vệ sinh lao động", "84-2015-qh13", []string{"d5"}},
		{"18/VBHN-VPQH", "18-vbhn-vpqh", nil},
		{"1400/QĐ-TTg", "1400-qd-ttg", nil},
	} {
		a, ok := ParseAddress(c.text)
		if !ok || a.Document != c.document {
			t.Errorf("%q: document %q, ok %v; want %q", c.text, a.Document, ok, c.document)
		}
		if diff := cmp.Diff(c.anchors, a.Anchors); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	for _, text := range []string{"", "khoản 1", "điểm a khoản 2", "xin chào", "mức 5.310.000 đồng", "ngày 20/11/2019", "điều", "Điều này", "phân 2", "Điều 99999"} {
		if a, ok := ParseAddress(text); ok {
			t.Errorf("%q points at %+v", text, a)
		}
	}
}

func TestSay(t *testing.T) {
	for anchor, want := range map[string][2]string{
		"d98.k1.a":   {"điểm a khoản 1 Điều 98", "point a, clause 1, Article 98"},
		"d98a.k1.dd": {"điểm đ khoản 1 Điều 98a", "point đ, clause 1, Article 98a"},
		"d5.a1":      {"điểm a1 Điều 5", "point a1, Article 5"},
		"c7.m2":      {"Mục 2 Chương VII", "Section 2, Chapter VII"},
		"c7a":        {"Chương VIIa", "Chapter VIIa"},
		"p2":         {"Phần thứ hai", "Part II"},
		"pl3":        {"Phụ lục III", "Annex III"},
		"pla":        {"Phụ lục A", "Annex A"},
		"kt1.d3.k1":  {"khoản 1 Điều 3 văn bản ban hành kèm theo", "clause 1, Article 3, attached text"},
		"dau":        {"phần mở đầu", "opening part"},
		"d98-2":      {"Điều 98", "Article 98"},
		"nonsense!":  {"nonsense!", "nonsense!"},
	} {
		if w := Say(anchor); w.VI != want[0] || w.EN != want[1] {
			t.Errorf("%s: %q, %q; want %q", anchor, w.VI, w.EN, want)
		}
	}
}

// What is said of an anchor is read back as that anchor.
func TestSayAndParseAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]string{"", "a", "b", "dd", "g"})
		anchor := "d" + strconv.Itoa(rapid.IntRange(1, 500).Draw(t, "article")) + letter.Draw(t, "letter")
		if rapid.Bool().Draw(t, "clause") {
			anchor += ".k" + strconv.Itoa(rapid.IntRange(1, 60).Draw(t, "number")) + letter.Draw(t, "letter")
		}
		if rapid.Bool().Draw(t, "point") {
			anchor += "." + rapid.SampledFrom([]string{"a", "dd", "k", "h1", "y", "d"}).Draw(t, "point")
		}
		a, ok := ParseAddress(Say(anchor).VI)
		if !ok || len(a.Anchors) != 1 || a.Anchors[0] != anchor {
			t.Fatalf("%s is said %q and read %v", anchor, Say(anchor).VI, a.Anchors)
		}
	})
}

func TestFoldNumber(t *testing.T) {
	for number, want := range map[string]string{
		"145/2020/NĐ-CP": "145-2020-nd-cp", "45/2019/QH14": "45-2019-qh14", "09/2020/TT-BLĐTBXH": "09-2020-tt-bldtbxh",
		"1400/QĐ-TTg": "1400-qd-ttg", "18/VBHN-VPQH": "18-vbhn-vpqh", "34/2007/PL-UBTVQH11": "34-2007-pl-ubtvqh11", " 12 / 2022 ": "12-2022", "": "",
	} {
		if got := FoldNumber(number); got != want {
			t.Errorf("%q is %q, want %q", number, got, want)
		}
	}
	got := FindNumbers("theo Nghị định số 145/2020/NĐ-CP, 145/2020/nđ-cp và Luật 45/2019/QH14 ngày 20/11/2019 (09/2020/TT-BLĐTBXH).")
	if diff := cmp.Diff([]string{"145/2020/NĐ-CP", "45/2019/QH14", "09/2020/TT-BLĐTBXH"}, got); diff != "" {
		t.Errorf("numbers (-want +got):\n%s", diff)
	}
}

func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"khoản 1 và điểm a khoản 2 Điều 98", "Đ.98 k.1", "điều 98(1)(a)", "từ Điều 1 đến Điều 5", "d98k1", "phụ lục", "điểm a-đ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, ok := ParseAddress(text)
		if len(a.Anchors) > maxAnchors {
			t.Errorf("%d anchors", len(a.Anchors))
		}
		for _, anchor := range a.Anchors {
			if !ValidAnchor(anchor) || Say(anchor).VI == anchor {
				t.Errorf("%q gives %q", text, anchor)
			}
		}
		if ok && a.Document == "" && len(a.Anchors) == 0 {
			t.Errorf("%q is ok and points nowhere", text)
		}
	})
}
