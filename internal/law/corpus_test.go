package law_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/law"
	"sophobien/internal/law/lawtest"
	"sophobien/internal/recordtest"
)

func split(t *testing.T, text string) law.Text {
	t.Helper()
	out, _ := law.Split(strings.Split(strings.TrimSpace(text), "\n"))
	return out
}

// told is a comparison in short: = same, ~ changed, > moved, + added, - removed.
func told(a, b law.Text, changes []law.Change) []string {
	signs := map[law.ChangeKind]string{law.Same: "=", law.Changed: "~", law.Moved: ">", law.Added: "+", law.Removed: "-"}
	var out []string
	for _, c := range changes {
		s := signs[c.Kind]
		switch {
		case c.A < 0:
			s += b[c.B].Anchor
		case c.B < 0 || a[c.A].Anchor == b[c.B].Anchor:
			s += a[c.A].Anchor
		default:
			s += a[c.A].Anchor + ">" + b[c.B].Anchor
		}
		out = append(out, s)
	}
	return out
}

func TestCompare(t *testing.T) {
	const old = `
Chương I
CHUNG
Điều 1. Phạm vi điều chỉnh của luật này
1. Luật quy định tiêu chuẩn lao động trong nước.
2. Luật không áp dụng cho người đã nghỉ hưu.
Điều 2. Thời giờ làm việc bình thường
1. Không quá 08 giờ trong một ngày làm việc.
2. Không quá 48 giờ trong một tuần làm việc.
Điều 3. Hiệu lực thi hành của luật này
Luật có hiệu lực từ ngày 01 tháng 01 năm 2021.`
	for _, c := range []struct {
		name, edit, to string
		want           []string
		own, around    []string
	}{
		{"nothing", "", "", []string{"=c1", "=d1", "=d1.k1", "=d1.k2", "=d2", "=d2.k1", "=d2.k2", "=d3"}, nil, nil},
		{"notes and breaks of lines are nothing", "1. Không quá 08 giờ", "1.[12] Không  quá 08[3] giờ", []string{"=c1", "=d1", "=d1.k1", "=d1.k2", "=d2", "=d2.k1", "=d2.k2", "=d3"}, nil, nil},
		{"a clause changes", "48 giờ", "44 giờ", []string{"=c1", "=d1", "=d1.k1", "=d1.k2", "=d2", "=d2.k1", "~d2.k2", "=d3"}, []string{"d2.k2"}, []string{"c1", "d2"}},
		{"a clause goes", "\n2. Luật không áp dụng cho người đã nghỉ hưu.", "", []string{"=c1", "=d1", "=d1.k1", "-d1.k2", "=d2", "=d2.k1", "=d2.k2", "=d3"}, []string{"d1.k2"}, []string{"c1", "d1"}},
		{"an article comes between, the others move", "Điều 2. Thời", "Điều 2. Đào tạo nghề cho người lao động\nNghề được đào tạo.\nĐiều 3. Thời",
			[]string{"=c1", "=d1", "=d1.k1", "=d1.k2", "+d2", ">d2>d3", ">d2.k1>d3.k1", ">d2.k2>d3.k2", "=d3"}, nil, nil},
		{"a clause comes first and the others move", "1. Luật quy định", "1. Đây là khoản mới của điều này.\n2. Luật quy định",
			[]string{"=c1", "=d1", "+d1.k1", ">d1.k1>d1.k2", "-d1.k2", "=d2", "=d2.k1", "=d2.k2", "=d3"}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(old, c.edit, c.to, 1)
			switch c.name {
			case "an article comes between, the others move":
				text = strings.Replace(text, "Điều 3. Hiệu", "Điều 4. Hiệu", 1)
				c.want[len(c.want)-1] = ">d3>d4"
			case "a clause comes first and the others move":
				text = strings.Replace(text, "2. Luật không", "3. Luật không", 1)
				c.want = []string{"=c1", "=d1", "+d1.k1", ">d1.k1>d1.k2", ">d1.k2>d1.k3", "=d2", "=d2.k1", "=d2.k2", "=d3"}
			}
			a, b := split(t, old), split(t, text)
			if diff := cmp.Diff(c.want, told(a, b, law.Compare(a, b))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.own != nil || c.name == "nothing" {
				if diff := cmp.Diff(law.Impact{Own: c.own, Around: c.around}, law.ImpactOf(a, b)); diff != "" {
					t.Errorf("impact (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// In a renumbered article that also changed, the clause is found in its new place.
func TestCompareFollowsWhatMoved(t *testing.T) {
	a := split(t, "Điều 1. Quy định về thử việc của người lao động\n1. Thử việc không quá 60 ngày.\n2. Lương thử việc ít nhất bằng 85%.")
	b := split(t, "Điều 1. Quy định hoàn toàn mới về đối thoại\n1. Đối thoại hằng năm.\nĐiều 2. Quy định về thử việc của người lao động\n1. Thử việc không quá 30 ngày.\n2. Lương thử việc ít nhất bằng 85%.")
	want := []string{"+d1", "+d1.k1", ">d1>d2", "~d1.k1>d2.k1", ">d1.k2>d2.k2"}
	if diff := cmp.Diff(want, told(a, b, law.Compare(a, b))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTouches(t *testing.T) {
	const old = "Chương I\nCHUNG\nMục 1. Đầu\nĐiều 5. Quyền\n1. Người lao động có quyền:\na) Làm việc;\nb) Nghỉ.\n2. Khác.\nĐiều 6. Nghĩa vụ\n1. Một."
	for _, c := range []struct {
		name, edit, to string
		touched        string // of those below
	}{
		{"nothing", "", "", ""},
		{"a point", "Làm việc", "Tự do làm việc", "|c1|c1.m1|d5|d5.k1|d5.k1.a"},
		{"the words that lead to points", "có quyền", "có các quyền", "|c1|c1.m1|d5|d5.k1|d5.k1.a|d5.k1.b"},
		{"the heading of an article", "Quyền", "Các quyền", "|c1|c1.m1|d5|d5.k1|d5.k1.a|d5.k1.b|d5.k2"},
		{"the title of a chapter", "CHUNG", "RIÊNG", "|c1"},
		{"a point more", "b) Nghỉ.", "b) Nghỉ.\nc) Học.", "|c1|c1.m1|d5|d5.k1"},
		{"a clause less", "\n2. Khác.", "", "|c1|c1.m1|d5|d5.k2"},
		{"an article less", "\nĐiều 6. Nghĩa vụ\n1. Một.", "", "|c1|c1.m1|d6|d6.k1"},
	} {
		impact := law.ImpactOf(split(t, old), split(t, strings.Replace(old, c.edit, c.to, 1)))
		got := ""
		for _, anchor := range []string{"c1", "c1.m1", "d5", "d5.k1", "d5.k1.a", "d5.k1.b", "d5.k2", "d6", "d6.k1"} {
			if impact.Touches(anchor) {
				got += "|" + anchor
			}
		}
		if got != c.touched || impact.Touches("") != (c.touched != "") {
			t.Errorf("%s touches %s, want %s", c.name, got, c.touched)
		}
	}
}

// Whatever two texts are, each provision is accounted for once, marks are both texts,
// and what is called the same or moved has the same words.
func TestCompareAccountsForAll(t *testing.T) {
	for n := range recordtest.Count(t, 60, 1000) {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		a, _ := law.Split(lawtest.New(3, n, 5+r.IntN(60)).Lines)
		b := mutate(r, a)
		seenA, seenB := map[int]bool{}, map[int]bool{}
		last := -1
		for _, c := range law.Compare(a, b) {
			if c.A >= 0 && seenA[c.A] || c.B >= 0 && seenB[c.B] {
				t.Fatalf("%d: %+v comes twice", n, c)
			}
			seenA[c.A], seenB[c.B] = true, true
			if c.B >= 0 && c.B != last+1 {
				t.Fatalf("%d: the newer text is out of order at %d", n, c.B)
			}
			last = max(last, c.B)
			checkChange(t, a, b, c)
		}
		delete(seenA, -1)
		delete(seenB, -1)
		if len(seenA) != len(a) || len(seenB) != len(b) {
			t.Fatalf("%d: %d of %d, %d of %d", n, len(seenA), len(a), len(seenB), len(b))
		}
	}
}

func checkChange(t *testing.T, a, b law.Text, c law.Change) {
	t.Helper()
	var old, now string
	for _, m := range c.Marks {
		if m.Kind != law.New {
			old += m.Text
		}
		if m.Kind != law.Cut {
			now += m.Text
		}
	}
	switch c.Kind {
	case law.Changed:
		if old != a[c.A].Text || now != b[c.B].Text {
			t.Fatalf("marks of %q and %q give %q and %q", a[c.A].Text, b[c.B].Text, old, now)
		}
	case law.Same, law.Moved:
		if a[c.A].Body() != b[c.B].Body() || (a[c.A].Anchor == b[c.B].Anchor) != (c.Kind == law.Same) {
			t.Fatalf("%s: %q and %q", c.Kind, a[c.A].Text, b[c.B].Text)
		}
	}
}

// mutate takes lines out, doubles and rewords them, and splits again.
func mutate(r *rand.Rand, t law.Text) law.Text {
	lines := slices.Clone(t.Lines())
	for range r.IntN(6) {
		i := r.IntN(len(lines))
		switch r.IntN(3) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
		case 1:
			lines = slices.Insert(lines, i, "Một câu mới.")
		default:
			lines[i] += " thêm chữ"
		}
		if len(lines) == 0 {
			lines = []string{"x"}
		}
	}
	out, _ := law.Split(lines)
	return out
}

// A reader of citations who only looks at the words agrees with Impact.
func TestImpactAgreesWithReading(t *testing.T) {
	for n := range recordtest.Count(t, 40, 1000) {
		r := rand.New(rand.NewPCG(uint64(n), 9))
		a, _ := law.Split(lawtest.New(4, n, 5+r.IntN(40)).Lines)
		b := mutate(r, a)
		impact := law.ImpactOf(a, b)
		for _, p := range a {
			want := reads(a, p.Anchor) != reads(b, p.Anchor)
			if got := impact.Touches(p.Anchor); got != want {
				t.Fatalf("%d: %s touched %v, want %v\n%v", n, p.Anchor, got, want, impact)
			}
		}
	}
}

// reads is all that somebody reads who looks a citation up: the provision with what is
// in it, and the words of the article and clause that lead to it.
func reads(t law.Text, anchor string) string {
	var out []string
	for i := len(law.Path(anchor)) - 1; i > 0; i-- {
		if at := t.Find(law.Path(anchor)[i]); at >= 0 && anchor[0] == 'd' {
			out = append(out, t[at].Anchor+" "+t[at].Body()+t[at].Heading)
		}
	}
	for _, p := range t.Whole(anchor) {
		out = append(out, p.Anchor+" "+p.Body()+p.Heading)
	}
	return strings.Join(out, "\n")
}

func TestLargeTextsAreQuick(t *testing.T) {
	a, _ := law.Split(lawtest.New(1, 0, 5000).Lines)
	r := rand.New(rand.NewPCG(1, 1))
	b := a
	for range 500 {
		b, _ = lawtest.Amend(r, b)
	}
	start := time.Now()
	changes := law.Compare(a, b)
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("comparing %d provisions took %v", len(a), d)
	}
	if n := len(changes); n != len(a) {
		t.Errorf("%d changes of %d provisions", n, len(a))
	}
}

func BenchmarkSplit(b *testing.B) {
	lines := lawtest.New(1, 0, 5000).Lines
	for b.Loop() {
		law.Split(lines)
	}
}

func BenchmarkCompare(b *testing.B) {
	old, _ := law.Split(lawtest.New(1, 0, 5000).Lines)
	now, _ := lawtest.Amend(rand.New(rand.NewPCG(1, 1)), old)
	for b.Loop() {
		law.Compare(old, now)
	}
}
