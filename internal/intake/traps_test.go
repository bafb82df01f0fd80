package intake_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// sheetMaker writes known people the way lists arrive, with traps by chance.
type sheetMaker struct {
	*rand.Rand
	known   []map[string]string
	columns []string
	set     map[string]bool // traps of this sheet
}

var (
	trapNames = []string{"Nguyễn Văn An", "Trần Thị Hoa", "Y Ngọc", "A Blan", "Lê Đình Phước", "Rơ Châm H'Lim", "Đặng Thị Ngọc Ánh",
		"Tống Văn Công", "Đoàn Thị Xuân", "Trương Công Định", "Siu Blăk", "Phạm Hữu Nghĩa", "Y Mlanh", "Hồ Thị Kỷ", "Vũ Nam", "Xiêng Thoong"}
	trapUnits     = []string{"Xã Đăk Hà", "Công ty TNHH Nắng Kơ Nia", "Thôn Kon Trang Lơ", "Trường THCS Ngọc Yên", "UBND xã Mô Rai"}
	trapPositions = []string{"Công nhân", "Chủ tịch", "Kế toán", "Nông dân", "Giáo viên", "Phó giám đốc"}
	trapEthnics   = []string{"Kinh", "Xơ-đăng", "Ba-na", "Gia-rai"}
	traps         = []string{"titles", "total", "signature", "ticks", "id-zero", "phone-zero", "ditto", "split", "legacy-tcvn3", "legacy-vni", "nfd", "spaces", "gaps", "two-line", "english"}
)

func newSheetMaker(seed uint64) *sheetMaker {
	m := &sheetMaker{Rand: rand.New(rand.NewPCG(seed, 9)), set: map[string]bool{}}
	for _, t := range traps {
		m.set[t] = m.IntN(3) == 0
	}
	if m.set["legacy-tcvn3"] {
		m.set["legacy-vni"], m.set["nfd"], m.set["english"] = false, false, false
	}
	if m.set["legacy-vni"] {
		m.set["nfd"], m.set["english"] = false, false
	}
	m.columns = []string{"full_name", "sex", "birth", "phone", "id_number", "unit", "position", "ethnicity"}
	m.Shuffle(7, func(i, j int) { m.columns[i+1], m.columns[j+1] = m.columns[j+1], m.columns[i+1] })
	for range 5 + m.IntN(30) {
		m.known = append(m.known, m.person())
	}
	return m
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func (m *sheetMaker) person() map[string]string {
	sexes := []string{"nam", "nữ"}
	year := 1945 + m.IntN(60)
	p := map[string]string{
		"full_name": pick(m.Rand, trapNames), "sex": pick(m.Rand, sexes), "unit": pick(m.Rand, trapUnits),
		"position": pick(m.Rand, trapPositions), "ethnicity": pick(m.Rand, trapEthnics),
		"id_number": fmt.Sprintf("0%02d%d%02d%06d", 1+m.IntN(96), m.IntN(4), year%100, m.IntN(1_000_000)),
		"phone":     "09" + fmt.Sprintf("%08d", m.IntN(100_000_000)),
		"birth":     fmt.Sprintf("%d-%02d-%02d", year, 1+m.IntN(12), 1+m.IntN(28)),
	}
	if m.IntN(3) == 0 {
		p["birth"] = fmt.Sprint(year)
	}
	return p
}

var (
	vietnameseLabels = map[string]string{"full_name": "Họ và tên", "sex": "Giới tính", "birth": "Ngày, tháng, năm sinh", "phone": "Số điện thoại",
		"id_number": "Số CCCD", "unit": "Đơn vị công tác", "position": "Chức vụ", "ethnicity": "Dân tộc"}
	englishLabels = map[string]string{"full_name": "Full name", "sex": "Gender", "birth": "Date of birth", "phone": "Phone",
		"id_number": "ID number", "unit": "Organization", "position": "Position", "ethnicity": "Ethnicity"}
)

// lines writes the sheet as a pasted block.
func (m *sheetMaker) lines() []string {
	var out []string
	if m.set["titles"] {
		out = append(out, m.text("UBND XÃ ĐĂK HÀ"), m.text("DANH SÁCH THAM DỰ TẬP HUẤN"), "")
	}
	out = append(out, m.header()...)
	for i, p := range m.known {
		if m.set["gaps"] && m.IntN(9) == 0 {
			out = append(out, "")
		}
		out = append(out, m.row(i, p))
	}
	if m.set["total"] {
		out = append(out, m.text(fmt.Sprintf("\tTổng cộng: %d người", len(m.known))))
	}
	if m.set["signature"] {
		out = append(out, m.text("\t\tĐăk Hà, ngày 3 tháng 5 năm 2026"), m.text("\t\tNGƯỜI LẬP BIỂU"), "", m.text("\tHồ Thị Bưởi"))
	}
	return out
}

func (m *sheetMaker) header() []string {
	labels := vietnameseLabels
	if m.set["english"] {
		labels = englishLabels
	}
	top, sub := []string{"STT"}, []string{""}
	for _, c := range m.columns {
		switch {
		case c == "sex" && m.set["ticks"] && m.set["two-line"]:
			top, sub = append(top, "Giới tính", ""), append(sub, "Nam", "Nữ")
		case c == "sex" && m.set["ticks"]:
			top, sub = append(top, "Nam", "Nữ"), append(sub, "", "")
		case c == "full_name" && m.set["split"]:
			top, sub = append(top, "Họ và tên đệm", "Tên"), append(sub, "", "")
		default:
			top, sub = append(top, labels[c]), append(sub, "")
		}
	}
	out := []string{m.text(strings.Join(top, "\t"))}
	if strings.Trim(strings.Join(sub, ""), " ") != "" {
		out = append(out, m.text(strings.Join(sub, "\t")))
	}
	return out
}

func (m *sheetMaker) row(i int, p map[string]string) string {
	cells := []string{fmt.Sprint(i + 1)}
	for _, c := range m.columns {
		cells = append(cells, m.cells(i, c, p[c])...)
	}
	return m.text(strings.Join(cells, "\t"))
}

func (m *sheetMaker) cells(i int, column, v string) []string {
	ditto := m.set["ditto"] && i > 0 && m.known[i-1][column] == v
	switch column {
	case "full_name":
		if j := strings.LastIndex(v, " "); m.set["split"] {
			return []string{v[:j], v[j+1:]}
		}
		if m.set["spaces"] && m.IntN(2) == 0 {
			v = " " + strings.ReplaceAll(v, " ", "  ")
		}
	case "sex":
		switch {
		case m.set["ticks"] && v == "nam":
			return []string{pick(m.Rand, []string{"x", "X", "✓", "1"}), ""}
		case m.set["ticks"]:
			return []string{"", "x"}
		}
		return []string{map[string]string{"nam": "Nam", "nữ": "Nữ"}[v]}
	case "birth":
		if d := record.Date(v); len(v) == 10 {
			return []string{pick(m.Rand, []string{d.String(), fmt.Sprintf("%d/%d/%d", d.Day(), d.Month(), d.Year()), strings.ReplaceAll(d.String(), "/", ".")})}
		}
	case "phone":
		if m.set["phone-zero"] {
			return []string{v[1:]}
		}
	case "id_number":
		if m.set["id-zero"] {
			return []string{v[1:]}
		}
	case "unit", "position", "ethnicity":
		if ditto {
			return []string{pick(m.Rand, []string{"nt", "//", "-nt-", "như trên"})}
		}
	}
	return []string{v}
}

// text puts a line into the sheet's character set or normal form. TCVN3 has no
// toned capitals; such a list is written without them.
func (m *sheetMaker) text(s string) string {
	switch {
	case m.set["nfd"]:
		return norm.NFD.String(s)
	case m.set["legacy-tcvn3"]:
		legacy, ok := viet.Encode(s, viet.TCVN3)
		if !ok && s == strings.ToUpper(s) {
			legacy, _ = viet.Encode(strings.ToLower(s), viet.TCVN3)
		}
		return legacy
	case m.set["legacy-vni"]:
		legacy, _ := viet.Encode(s, viet.VNI)
		return legacy
	}
	return s
}

const sheetsMade = 600

// Hundreds of sheets with every trap, alone and together: no silent change, no
// wrong repair, hardly a question.
func TestTraps(t *testing.T) {
	rows, placed := 0, 0
	for seed := range uint64(sheetsMade) {
		m := newSheetMaker(seed)
		lines := m.lines()
		g, err := sheet.FromClipboard(strings.Join(lines, "\n"))
		must(t, err)
		p, err := intake.People(g)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, strings.Join(lines, "\n"))
		}
		check(t, g, p)
		rows += len(m.known)
		placed += len(p.Rows)
		m.compare(t, seed, p)
		silent(t, g, p)
		if t.Failed() {
			t.Fatalf("seed %d %v\n%s", seed, m.set, strings.Join(lines[:min(len(lines), 12)], "\n"))
		}
	}
	t.Logf("%d of %d rows placed", placed, rows)
	if placed*100 < rows*98 {
		t.Errorf("%d of %d rows placed without a question", placed, rows)
	}
}

// compare holds proposed rows, in order, against the known people; parked ones
// are found by being skipped.
func (m *sheetMaker) compare(t *testing.T, seed uint64, p record.Proposal) {
	t.Helper()
	if len(p.Rows)+len(p.Parked) != len(m.known) {
		t.Errorf("seed %d: %d rows and %d parked of %d", seed, len(p.Rows), len(p.Parked), len(m.known))
		return
	}
	type placed struct {
		line   int
		fields map[string]string
	}
	var all []placed
	for _, r := range p.Rows {
		all = append(all, placed{r.Line, r.Fields.Map()})
	}
	for _, r := range p.Parked {
		all = append(all, placed{r.Line, nil})
	}
	slices.SortFunc(all, func(a, b placed) int { return a.line - b.line })
	for i, r := range all {
		if r.fields == nil {
			continue
		}
		if diff := cmp.Diff(m.known[i], r.fields); diff != "" {
			t.Errorf("seed %d line %d: %s", seed, r.line, diff)
		}
	}
}

// silent looks for values that stand in no cell of their line and that no repair explains.
func silent(t *testing.T, g *sheet.Grid, p record.Proposal) {
	t.Helper()
	for _, r := range p.Rows {
		cells := map[string]bool{}
		for _, c := range g.Row(r.Line).Cells {
			cells[c.Text] = true
		}
		explained := map[string]string{}
		for _, s := range r.Repairs {
			explained[s.Field] = s.After
		}
		for f, v := range r.Fields.Map() {
			if !cells[v] && explained[f] != v {
				t.Errorf("line %d: %s is %q, which no cell says and no repair explains", r.Line, f, v)
			}
		}
	}
}

// The order of the rows changes nothing but their order.
func TestRowOrder(t *testing.T) {
	for seed := range uint64(100) {
		m := newSheetMaker(seed)
		m.set = map[string]bool{"ticks": m.set["ticks"], "id-zero": m.set["id-zero"], "legacy-tcvn3": m.set["legacy-tcvn3"], "split": m.set["split"]}
		content := func() []string {
			p := pasted(t, m.lines()...)
			out := fields(p, m.columns...)
			slices.Sort(out)
			return out
		}
		before := content()
		m.Shuffle(len(m.known), func(i, j int) { m.known[i], m.known[j] = m.known[j], m.known[i] })
		if diff := cmp.Diff(before, content()); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func FuzzPeople(f *testing.F) {
	f.Add("STT\tHọ và tên\tNam\tNữ\n1\tAn\tx\t\n\tTổng cộng\t1")
	f.Add("Nguyễn Văn An\tNam\t5/3/1987\tnt\t//\nY Ngọc\tnữ\t31841\t\t6.1E+10")
	f.Add(strings.Join(newSheetMaker(3).lines(), "\n"))
	f.Fuzz(func(t *testing.T, text string) {
		g, err := sheet.FromClipboard(text)
		if err != nil {
			return
		}
		p, err := intake.People(g)
		if err != nil {
			sentence(t, err)
			return
		}
		check(t, g, p)
	})
}

func BenchmarkPaste60(b *testing.B) {
	m := newSheetMaker(1)
	for len(m.known) < 60 {
		m.known = append(m.known, m.person())
	}
	text := strings.Join(m.lines(), "\n")
	b.ReportAllocs()
	for b.Loop() {
		g, err := sheet.FromClipboard(text)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := intake.People(g); err != nil {
			b.Fatal(err)
		}
	}
}
