package law

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
