package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// outline is a wording as anchors with headings.
func outline(t Text) []string {
	var out []string
	for _, p := range t {
		s := p.Anchor
		if p.Heading != "" {
			s += " " + p.Heading
		}
		if p.Parent != "" {
			s += " < " + p.Parent
		}
		out = append(out, s)
	}
	return out
}

func splitText(text string) (Text, Flaws) { return Split(strings.Split(strings.TrimSpace(text), "\n")) }

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		flaws      []string
	}{
		{"a code", `
QUỐC HỘI
Bộ luật số: 45/2019/QH14
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
NHỮNG QUY ĐỊNH CHUNG
VÀ GIẢI THÍCH
Điều 1. Phạm vi điều chỉnh
Bộ luật Lao động quy định tiêu chuẩn lao động.
Điều 98 của Bộ luật này áp dụng cho mọi người.
Điều 2. Đối tượng áp dụng
1. Người lao động.
2. Người sử dụng lao động, gồm:
a) Doanh nghiệp;
b) Cơ quan;
c) Tổ chức;
d) Hợp tác xã;
đ) Hộ gia đình.
Chương II: Tiền lương
Mục 1. MỨC LƯƠNG
Điều 3. Mức lương
5.310.000 đồng/tháng ở vùng I.
Mục 2
THƯỞNG
Tiểu mục 1. Chung
Điều 4. Thưởng
a) Tiền;
b) Tài sản.
Bộ luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XIV thông qua ngày 20 tháng 11 năm 2019.
CHỦ TỊCH QUỐC HỘI
Nguyễn Thị Kim Ngân
PHỤ LỤC I
DANH MỤC
Điều 1. Trong mẫu
PHỤ LỤC
`, []string{
			"dau", "p1 QUY ĐỊNH CHUNG", "c1 NHỮNG QUY ĐỊNH CHUNG VÀ GIẢI THÍCH < p1", "d1 Phạm vi điều chỉnh < c1", "d2 Đối tượng áp dụng < c1",
			"d2.k1 < d2", "d2.k2 < d2", "d2.k2.a < d2.k2", "d2.k2.b < d2.k2", "d2.k2.c < d2.k2", "d2.k2.d < d2.k2", "d2.k2.dd < d2.k2",
			"c2 Tiền lương < p1", "c2.m1 MỨC LƯƠNG < c2", "d3 Mức lương < c2.m1", "c2.m2 THƯỞNG < c2", "c2.m2.t1 Chung < c2.m2", "d4 Thưởng < c2.m2.t1",
			"d4.a < d4", "d4.b < d4", "cuoi", "pl1 DANH MỤC", "pl2"}, nil},

		{"an amending law", `
Điều 1. Sửa đổi, bổ sung một số điều của Bộ luật Lao động
1. Sửa đổi khoản 1 Điều 98 như sau:
“1. Người lao động làm thêm giờ được trả lương:
a) Vào ngày thường;
b) Vào ngày nghỉ.”;
2. Bổ sung Điều 98a và Điều 98b như sau:
“Điều 98a. Lương làm đêm
1. Người lao động làm đêm.
Điều 98b. Lương ngày lễ
1. Như “Điều 98a” quy định.”.
3. Thay cụm từ “Bộ trưởng” bằng “Bộ trưởng Bộ Nội vụ”.
4. Sửa đổi Điều 5:
"Điều 5. Quyền
2. Người lao động."
Điều 2. Hiệu lực thi hành
Luật này có hiệu lực từ ngày 01 tháng 7 năm 2026.
`, []string{"d1 Sửa đổi, bổ sung một số điều của Bộ luật Lao động", "d1.k1 < d1", "d1.k2 < d1", "d1.k3 < d1", "d1.k4 < d1", "d2 Hiệu lực thi hành"}, nil},

		{"a stray quotation mark", `
Điều 1. Giải thích
1. Người lao động là “người làm việc.
2. Lương là tiền.
Điều 2. Khác
Gọi là “lương”.
`, []string{"d1 Giải thích", "d1.k1 < d1", "d1.k2 < d1", "d2 Khác"}, []string{"2: dấu mở ngoặc kép ở dòng này không có dấu đóng."}},

		{"a decision with its regulation", `
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:	TM. ỦY BAN NHÂN DÂN
- Như Điều 2;
QUY CHẾ
LÀM VIỆC CỦA SỞ
(Ban hành kèm theo Quyết định số 1/QĐ-UBND)
Chương I. Chung
Điều 1. Phạm vi
1. Quy chế này.
Điều 2. Đối tượng
`, []string{"d1", "d2", "cuoi", "kt1 QUY CHẾ LÀM VIỆC CỦA SỞ", "kt1.c1 Chung < kt1", "kt1.d1 Phạm vi < kt1.c1", "kt1.d1.k1 < kt1.d1", "kt1.d2 Đối tượng < kt1.c1"}, nil},

		{"a consolidated text", `
Điều 1.[2] Phạm vi
1.[3] Một.
a)[4] A;
1a. Một a.
2. (được bãi bỏ)
Điều 2[5]. Đối tượng áp dụng của
Bộ luật này
Điều 2a. Thêm
`, []string{"d1 Phạm vi", "d1.k1 < d1", "d1.k1.a < d1.k1", "d1.k1a < d1", "d1.k2 < d1", "d2 Đối tượng áp dụng của", "d2a Thêm"}, nil},

		{"what is wrong with it", `
Chương II
CHUNG
Điều 1. Một
a) A;
1. Một.
3. Ba.
2. Hai.
c) Cờ;
a) Lại.
Chương I
LẠI
Điều 3. Ba
Điều 3. Ba nữa
Điều 2. Hai
`, []string{"c2 CHUNG", "d1 Một < c2", "d1.a < d1", "d1.k1 < d1", "d1.k3 < d1", "d1.k3.c < d1.k3", "c1 LẠI", "d3 Ba < c1", "d3-2 Ba nữa < c1", "d2 Hai < c1"},
			[]string{"1: trước Chương II thiếu Chương 1.", "5: khoản đứng sau điểm không thuộc khoản nào.", "6: trước khoản 3 thiếu khoản 2.",
				"7: số “2.” đứng sau khoản 3 nên được coi là phần nội dung.", "8: trước điểm c thiếu điểm.", "9: điểm “a)” không theo thứ tự nên được coi là phần nội dung.",
				"10: Chương I đứng sau Chương 2.", "12: trước Điều 3 thiếu Điều 2.",
				"!13: Điều 3 đã có ở trên; kiểm tra số điều hoặc dấu ngoặc kép của phần trích.", "14: Điều 2 đứng sau Điều 3."}},

		{"no law at all", "Một bài báo.\n1. Không phải khoản.", []string{"dau"}, nil},
		{"parts that count their chapters anew", "Phần I\nMỘT\nChương I\nA\nPhần II\nHAI\nChương I\nB\nChương II\nC", []string{"p1 MỘT", "c1 A < p1", "p2 HAI", "p2.c1 B < p2", "c2 C < p2"}, nil},
		{"a title that looks like a signature", "Điều 1. Một\nChương II\nCHỦ TỊCH NƯỚC\nĐiều 2. Hai", []string{"d1 Một", "c2 CHỦ TỊCH NƯỚC", "d2 Hai < c2"}, []string{"2: trước Chương II thiếu Chương 1."}},
		{"such a title before a section", "Điều 1. Một\nChương II\nCHỦ TỊCH NƯỚC\nMục 1. Chung\nĐiều 2. Hai", []string{"d1 Một", "c2 CHỦ TỊCH NƯỚC", "c2.m1 Chung < c2", "d2 Hai < c2.m1"}, []string{"2: trước Chương II thiếu Chương 1."}},
		{"a stray quotation mark that another one closes", "Điều 1. Một\n1. Là “người làm việc.\nĐiều 2. Hai\nGọi là lương”.", []string{"d1 Một", "d1.k1 < d1", "d2 Hai"}, []string{"2: dấu mở ngoặc kép ở dòng này không có dấu đóng."}},
		{"rows of a table", "Điều 1. Một\n1.\tVùng I\t5.310.000\n2.\tVùng II\t4.730.000", []string{"d1 Một"}, nil},
		{"letters that are no numeral", "Chương IIX\nĐiều 1. Một", []string{"dau", "d1 Một"}, nil},
		{"a signature that is none", "Điều 1. Một\nNơi nhận: hồ sơ\nĐiều 2. Hai\nTM. CHÍNH PHỦ\nNguyễn", []string{"d1 Một", "d2 Hai", "cuoi"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, flaws := splitText(c.text)
			if diff := cmp.Diff(c.want, outline(text)); diff != "" {
				t.Errorf("outline (-want +got):\n%s", diff)
			}
			var said []string
			for _, f := range flaws {
				severe := ""
				if f.Severe {
					severe = "!"
				}
				said = append(said, fmt.Sprintf("%s%d: %s", severe, f.Line, f.Words.VI))
			}
			if diff := cmp.Diff(c.flaws, said); diff != "" {
				t.Errorf("flaws (-want +got):\n%s", diff)
			}
			if got := text.String(); got != strings.TrimSpace(c.text) {
				t.Errorf("text out is not text in:\n%s", got)
			}
		})
	}
}

// lawLine draws lines as they stand in laws, and such as look like them.
func lawLine() *rapid.Generator[string] {
	starts := []string{"Điều 1. Một", "Điều 2. Hai", "Điều 2", "ĐIỀU 3: Ba", "Điều 98a. Đ", "Điều 5 của", "Chương I", "CHƯƠNG II TIỀN", "Mục 1. Một", "Tiểu mục 1", "Phần thứ hai",
		"1. Một", "2. Hai", "1a. a", "a) A", "b) B", "đ) Đ", "z) Z", "“Điều 1. X", "x.”", "x ”.", "\"Một", "hai\".", "Nơi nhận:", "TM. CHÍNH PHỦ", "PHỤ LỤC I", "PHỤ LỤC", "QUY CHẾ", "(Ban hành kèm theo",
		"", " ", "LỜI NÓI ĐẦU", "văn bản", "k1) x", "\t", "a\tb\tc", "Phụ lục a", "Phần I", "Mục IV", "999. x", "Chương ICCCC", "PHỤ LỤC IIX"}
	return rapid.OneOf(rapid.SampledFrom(starts), rapid.StringN(0, 20, 60).Filter(func(s string) bool { return !strings.Contains(s, "\n") }))
}

func checkSplit(t interface {
	Helper()
	Fatalf(string, ...any)
}, lines []string) {
	t.Helper()
	text, flaws := Split(lines)
	if got := text.Lines(); !slices.Equal(got, lines) {
		t.Fatalf("lines in %q, out %q", lines, got)
	}
	seen := map[string]bool{}
	for _, p := range text {
		if seen[p.Anchor] || !ValidAnchor(p.Anchor) {
			t.Fatalf("anchor %q of %q", p.Anchor, lines)
		}
		seen[p.Anchor] = true
		if p.Parent != "" && !seen[p.Parent] {
			t.Fatalf("%s stands in %s, which does not come before", p.Anchor, p.Parent)
		}
		if s := Say(p.Anchor).VI; s == p.Anchor {
			t.Fatalf("%q has no words", p.Anchor)
		}
		p.Body()
	}
	for _, f := range flaws {
		if f.Line < 1 || f.Line > len(lines) || f.Words.VI == "" || f.Words.EN == "" {
			t.Fatalf("flaw %+v", f)
		}
	}
	again, _ := Split(text.Lines())
	if diff := cmp.Diff(text, again); diff != "" {
		t.Fatalf("split again:\n%s", diff)
	}
}

func TestSplitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkSplit(t, rapid.SliceOfN(lawLine(), 0, 40).Draw(t, "lines")) })
}

func FuzzSplit(f *testing.F) {
	f.Add("Điều 1. Một\n1. Hai\na) Ba\n“Điều 2. X\n”.\nNơi nhận:\nPHỤ LỤC I")
	f.Add("QUY CHẾ\nKèm theo\nChương ICCCC")
	f.Add("QUY CHẾ\nKèm theo\nChương I\nĐiều 1.")
	f.Fuzz(func(t *testing.T, text string) { checkSplit(t, strings.Split(text, "\n")) })
}

func TestBody(t *testing.T) {
	for _, c := range []struct {
		p    Provision
		want string
	}{
		{Provision{Level: Article, Heading: "Tiền lương", Text: "Điều 98. Tiền lương\nNgười lao động."}, "Người lao động."},
		{Provision{Level: Article, Text: "Điều 2. Có hiệu lực."}, "Có hiệu lực."},
		{Provision{Level: Clause, Text: "1. Một.\nHai."}, "Một.\nHai."},
		{Provision{Level: Chapter, Heading: "A B", Text: "CHƯƠNG I\nA\nB"}, ""},
		{Provision{Level: Annex, Heading: "MẪU", Text: "PHỤ LỤC I\n(Kèm theo)\nMẪU\nDòng"}, "\n(Kèm theo)\nMẪU\nDòng"},
		{Provision{Level: Front, Text: "a\nb"}, "a\nb"},
	} {
		if got := c.p.Body(); got != c.want {
			t.Errorf("body of %q is %q, want %q", c.p.Text, got, c.want)
		}
	}
}
