package intake_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// The traps of real lists. Those of the second group need a file that knows
// numbers, fonts and merged cells.
var (
	textTraps = []string{"titles", "total", "signature", "ticks", "id-zero", "phone-zero", "ditto", "split", "tcvn3", "vni", "cp1258", "nfd",
		"spaces", "gaps", "two-line", "english", "section", "capitals", "forms", "below", "beside", "years-by-sex", "numbered", "pages",
		"middle", "ages", "address", "peoples", "other-name", "issued", "absent", "errors",
		"signers", "subtotals", "groups", "none"}
	fileTraps = []string{"serials", "swapped", "font", "lying-font", "merged", "numbers", "rich", "two-rows"}
	xlsxTraps = []string{"merged", "rich", "two-rows"}
)

// sheetMaker writes known people the way lists arrive, with traps by chance or as
// it is told.
type sheetMaker struct {
	*rand.Rand
	known   []map[string]string
	columns []string
	set     map[string]bool // traps of this sheet
	made    *madeSheet
	perLine map[int]int // people a line holds
}

var (
	trapNames = []string{"Nguyễn Văn An", "Trần Thị Hoa", "Y Ngọc", "A Blan", "Lê Đình Phước", "Rơ Châm H'Lim", "Đặng Thị Ngọc Ánh",
		"Tống Văn Công", "Đoàn Thị Xuân", "Trương Công Định", "Siu Blăk", "Phạm Hữu Nghĩa", "Y Mlanh", "Hồ Thị Kỷ", "Vũ Nam", "Xiêng Thoong",
		"Tống Công Minh", "Y Sĩ", "Y Tá", "Phó Đức Thắng", "Bàn Văn Tám", "Lang Văn Sơn", "Đại Diện", "Khối Văn Em", "Cao Thôn", "Đoàn Viên"}
	trapUnits     = []string{"Xã Đăk Hà", "Công ty TNHH Nắng Kơ Nia", "Thôn Kon Trang Lơ", "Trường THCS Ngọc Yên", "UBND xã Mô Rai"}
	trapPositions = []string{"Công nhân", "Chủ tịch", "Kế toán", "Nông dân", "Giáo viên", "Phó giám đốc"}
	trapProvinces = []string{"001", "008", "010", "027", "048", "051", "062", "064", "079", "096"}
	trapEthnics   = []string{"Kinh", "Xơ-đăng", "Ba-na", "Gia-rai"}
)

func newSheetMaker(seed uint64, traps ...string) *sheetMaker {
	m := &sheetMaker{Rand: rand.New(rand.NewPCG(seed, 9)), set: map[string]bool{}, perLine: map[int]int{}}
	for _, t := range traps {
		m.set[t] = true
	}
	m.columns = []string{"full_name", "sex", "birth", "phone", "id_number", "unit", "position", "ethnicity"}
	m.Shuffle(7, func(i, j int) { m.columns[i+1], m.columns[j+1] = m.columns[j+1], m.columns[i+1] })
	for range 5 + m.IntN(30) {
		m.known = append(m.known, m.person())
	}
	if m.set["swapped"] { // without one day that shows it nobody could tell
		m.known[m.IntN(len(m.known))]["birth"] = fmt.Sprintf("%d-%02d-%02d", 1945+m.IntN(60), 1+m.IntN(12), 13+m.IntN(16))
	}
	return m
}

// someTraps picks traps by chance and drops those that cannot be together.
func someTraps(r *rand.Rand, all []string) []string {
	set := map[string]bool{}
	for _, t := range all {
		set[t] = r.IntN(4) == 0
	}
	one := func(of ...string) { // at most one of these
		r.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		for i, t := range of {
			if set[t] {
				for _, other := range of[i+1:] {
					set[other] = false
				}
			}
		}
	}
	one("tcvn3", "vni", "cp1258", "nfd", "font", "lying-font", "rich")
	one("tcvn3", "english")
	one("vni", "english")
	one("cp1258", "english")
	one("below", "beside", "section", "merged", "two-rows")
	for _, t := range []string{"two-line", "years-by-sex", "ages", "peoples", "absent"} {
		one("beside", t)
	}
	one("below", "absent")
	one("section", "address")
	one("merged", "address")
	one("gaps", "merged")
	one("gaps", "two-rows")
	one("pages", "merged")
	one("serials", "swapped", "years-by-sex", "ages")
	one("ticks", "years-by-sex", "ages")
	one("two-line", "ages")
	one("split", "middle")
	one("subtotals", "merged")
	one("groups", "section", "below", "beside", "merged")
	one("none", "years-by-sex") // where the year is the sex too
	one("none", "ages")
	one("none", "two-rows")
	one("none", "errors")
	one("groups", "absent", "two-rows")
	one("subtotals", "two-rows")
	one("numbered", "beside")
	one("capitals", "tcvn3", "cp1258", "font", "rich") // TCVN3 has no toned capitals
	var out []string
	for _, t := range all {
		if set[t] {
			out = append(out, t)
		}
	}
	return out
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func (m *sheetMaker) person() map[string]string {
	year := 1945 + m.IntN(60)
	p := map[string]string{
		"full_name": pick(m.Rand, trapNames), "sex": pick(m.Rand, []string{"nam", "nữ"}), "unit": pick(m.Rand, trapUnits),
		"position": pick(m.Rand, trapPositions), "ethnicity": pick(m.Rand, trapEthnics),
		"id_number": fmt.Sprintf("%s%d%02d%06d", pick(m.Rand, trapProvinces), 2*(year/2000)+m.IntN(2), year%100, m.IntN(1_000_000)),
		"phone":     "09" + fmt.Sprintf("%08d", m.IntN(100_000_000)),
		"birth":     fmt.Sprintf("%d-%02d-%02d", year, 1+m.IntN(12), 1+m.IntN(28)),
	}
	if m.IntN(3) == 0 || m.set["years-by-sex"] {
		p["birth"] = fmt.Sprint(year)
	}
	if m.set["ages"] {
		delete(p, "birth")
	}
	if m.set["address"] {
		p["unit"] = pick(m.Rand, []string{"Thôn 3", "Kon Pring", "Tổ dân phố 2"}) + ", " + pick(m.Rand, []string{"Đăk Hà", "Măng Đen"})
	}
	if m.set["errors"] && m.IntN(4) == 0 {
		delete(p, "position")
	}
	if m.set["none"] && m.IntN(3) == 0 {
		delete(p, pick(m.Rand, []string{"phone", "id_number", "birth"}))
	}
	if m.set["capitals"] {
		p["full_name"] = strings.ToUpper(p["full_name"])
	}
	return p
}

var (
	vietnameseLabels = map[string]string{"full_name": "Họ và tên", "sex": "Giới tính", "birth": "Ngày, tháng, năm sinh", "phone": "Số điện thoại",
		"id_number": "Số CCCD", "unit": "Đơn vị công tác", "position": "Chức vụ", "ethnicity": "Dân tộc"}
	englishLabels = map[string]string{"full_name": "Full name", "sex": "Gender", "birth": "Date of birth", "phone": "Phone",
		"id_number": "ID number", "unit": "Organization", "position": "Position", "ethnicity": "Ethnicity"}
)

// buildInto lays the sheet out.
func (m *sheetMaker) buildInto() *madeSheet {
	if m.set["titles"] {
		m.line(m.plain("UBND XÃ ĐĂK HÀ"))
		m.line(m.plain("DANH SÁCH THAM DỰ TẬP HUẤN"))
		m.line()
	}
	switch {
	case m.set["below"]:
		half := len(m.known) / 2
		m.table(m.columns, m.known[:half])
		m.line()
		m.line(m.plain("DANH SÁCH BỔ SUNG"))
		turned := slices.Clone(m.columns)
		slices.Reverse(turned)
		m.table(turned, m.known[half:])
	case m.set["beside"]:
		m.twoBeside()
	default:
		m.table(m.columns, m.known)
	}
	if m.set["absent"] {
		m.line()
		m.line(m.plain("DANH SÁCH NGƯỜI VẮNG MẶT"))
		there := m.known
		m.table(m.columns, []map[string]string{m.person(), m.person()})
		m.known = there
	}
	if m.set["total"] {
		m.line(cellMade{}, m.plain(fmt.Sprintf("Tổng cộng: %d người", len(m.known))))
	}
	if m.set["signature"] {
		m.line(cellMade{}, cellMade{}, m.plain("Đăk Hà, ngày 3 tháng 5 năm 2026"))
		m.line(cellMade{}, cellMade{}, m.plain("NGƯỜI LẬP BIỂU"))
		m.line()
		m.line(cellMade{}, m.plain("Hồ Thị Bưởi"))
	}
	if m.set["signers"] {
		m.line()
		m.line(cellMade{}, m.plain(pick(m.Rand, []string{"NGƯỜI LẬP", "Trưởng thôn", "Kế toán", "Người lập biểu"})),
			cellMade{}, cellMade{}, m.plain(pick(m.Rand, []string{"CHỦ TỊCH", "Giám đốc", "TM. ỦY BAN NHÂN DÂN", "Chủ tịch UBND xã"})))
		m.line()
		m.line(cellMade{}, m.plain("Nguyễn Văn Lập"), cellMade{}, cellMade{}, m.plain("A Nhơng"))
	}
	return m.made
}

func (m *sheetMaker) line(cells ...cellMade) { m.made.rows = append(m.made.rows, cells) }

// table writes a header and its people.
func (m *sheetMaker) table(columns []string, people []map[string]string) {
	top, sub := m.header(columns)
	m.line(top...)
	if sub != nil {
		m.line(sub...)
	}
	if m.set["numbered"] {
		var n []cellMade
		for i := range top {
			n = append(n, cellMade{text: fmt.Sprintf("(%d)", i+1)})
		}
		m.line(n...)
	}
	section, group := "", ""
	for i, p := range people {
		if m.set["gaps"] && m.IntN(9) == 0 {
			m.line()
		}
		if m.set["pages"] && i > 0 && i%10 == 0 {
			m.line(top...)
			if sub != nil {
				m.line(sub...)
			}
		}
		if m.set["groups"] && i%6 == 0 {
			group = pick(m.Rand, []string{"Khối cơ quan xã", "Thôn Kon Pring", "Ban Quản Lý", "Các thôn, làng", "Khách mời"})
			m.line(cellMade{text: pick(m.Rand, []string{"A", "B", "C.", "II", "IV."})}, m.plain(group))
		}
		if group != "" && !slices.Contains(columns, "unit") && !strings.HasPrefix(group, "Các") && !strings.HasPrefix(group, "Khách") {
			p["unit"] = group
		}
		if m.set["subtotals"] && i > 0 && i%5 == 0 {
			m.line(cellMade{}, m.plain(pick(m.Rand, []string{"Cộng: 5 người", "Cộng thôn 1: 5 người", "Tổng: 05 người", "Cộng"})))
		}
		if m.set["section"] && p["unit"] != section {
			section = p["unit"]
			m.line(cellMade{text: "I"}, m.plain(section))
		}
		above := map[string]string(nil)
		if i > 0 {
			above = people[i-1]
		}
		cells := []cellMade{m.number(float64(i + 1))}
		for _, c := range columns {
			if m.set["section"] && c == "unit" {
				continue
			}
			cells = append(cells, m.cells(columns, above, c, p)...)
		}
		m.line(cells...)
		if m.set["two-rows"] && m.IntN(4) == 0 {
			m.secondLine(len(cells), columnOf(columns, m.set, "phone"))
		}
	}
}

// secondLine gives the person of the line above a second phone number, and merges
// all other cells of both.
func (m *sheetMaker) secondLine(width, phone int) {
	row := len(m.made.rows)
	for c := range width {
		if c != phone {
			m.made.merge(row-1, c, row, c)
		}
	}
	cells := make([]cellMade, phone+1)
	cells[phone] = cellMade{text: "0912345678"}
	m.line(cells...)
}

// twoBeside writes the people in two blocks beside each other, of which the second
// may end earlier.
func (m *sheetMaker) twoBeside() {
	top, _ := m.header(m.columns)
	m.line(append(slices.Clone(top), top...)...)
	half := (len(m.known) + 1) / 2
	left, right := m.known[:half], m.known[half:]
	m.known = nil
	for i := range left {
		var cells []cellMade
		for b, block := range [][]map[string]string{left, right} {
			if i >= len(block) {
				continue
			}
			above := map[string]string(nil)
			if i > 0 {
				above = block[i-1]
			}
			cells = append(cells, m.number(float64(b*half+i+1)))
			for _, c := range m.columns {
				cells = append(cells, m.cells(m.columns, above, c, block[i])...)
			}
		}
		m.line(cells...)
	}
	m.known = append(slices.Clone(left), right...)
}

func (m *sheetMaker) header(columns []string) (top, sub []cellMade) {
	labels := vietnameseLabels
	if m.set["english"] {
		labels = englishLabels
	}
	line := len(m.made.rows)
	add := func(a, b string) {
		top, sub = append(top, m.label(a)), append(sub, m.label(b))
	}
	add("STT", "")
	two := false
	for _, c := range columns {
		switch {
		case c == "unit" && m.set["section"]:
		case c == "sex" && (m.set["years-by-sex"] || m.set["ages"]): // the years stand under the sexes
		case c == "birth" && m.set["ages"]:
			add("Tuổi", "Nam")
			add("", "Nữ")
			m.made.merge(line, len(top)-2, line, len(top)-1)
			two = true
		case c == "ethnicity" && m.set["peoples"]:
			for i, people := range trapEthnics {
				add(map[int]string{0: "Dân tộc"}[i], people)
			}
			m.made.merge(line, len(top)-len(trapEthnics), line, len(top)-1)
			two = true
		case c == "full_name" && m.set["other-name"] && !m.set["split"] && !m.set["middle"]:
			add("Họ và tên chủ hộ", "")
			add("Họ và tên người tham dự", "")
		case c == "full_name" && m.set["middle"]:
			add("Họ", "")
			add(pick(m.Rand, []string{"Tên đệm", "Chữ lót", "Đệm"}), "")
			add("Tên", "")
		case c == "unit" && m.set["address"]:
			add("Thôn, tổ dân phố", "")
			add("Xã", "")
		case c == "id_number" && m.set["issued"]:
			add("Ngày, tháng, năm cấp CCCD", "")
			add(labels[c], "")
			add("Nơi cấp", "")
		case c == "birth" && m.set["years-by-sex"]:
			add("Năm sinh", "Nam")
			add("", "Nữ")
			m.made.merge(line, len(top)-2, line, len(top)-1)
			two = true
		case c == "sex" && m.set["ticks"] && m.set["two-line"]:
			add("Giới tính", "Nam")
			add("", "Nữ")
			m.made.merge(line, len(top)-2, line, len(top)-1)
			two = true
		case c == "sex" && m.set["ticks"]:
			add("Nam", "")
			add("Nữ", "")
		case c == "full_name" && m.set["split"]:
			add("Họ và tên đệm", "")
			add("Tên", "")
		default:
			add(labels[c], "")
		}
	}
	if !two {
		return top, nil
	}
	return top, sub
}

// label is a header's cell: headers come in the sheet's letters too.
func (m *sheetMaker) label(s string) cellMade {
	if s == "" {
		return cellMade{}
	}
	return m.plain(s)
}

func (m *sheetMaker) number(n float64) cellMade {
	if m.made.file {
		return cellMade{number: n, isNumber: true}
	}
	return cellMade{text: fmt.Sprint(n)}
}

func (m *sheetMaker) cells(columns []string, above map[string]string, column string, p map[string]string) []cellMade {
	v := p[column]
	if none := []string{"không có", "ko", "chưa có", "-", "không rõ", "k có"}; v == "" && column != "sex" {
		cells := []cellMade{m.plain(pick(m.Rand, none))}
		switch {
		case column == "birth" && m.set["ages"], column == "position" && m.set["errors"]:
			cells = nil // not missing
		case column == "birth" && m.set["years-by-sex"]:
			cells = []cellMade{{}, {}}
		case column == "id_number" && m.set["issued"]:
			cells = []cellMade{{}, cells[0], {}}
		}
		if cells != nil {
			return cells
		}
	}
	switch column {
	case "full_name":
		if words := strings.Fields(v); m.set["middle"] {
			last := len(words) - 1
			return []cellMade{m.plain(words[0]), m.plain(strings.Join(words[1:last], " ")), m.plain(words[last])}
		}
		if m.set["other-name"] && !m.set["split"] {
			return []cellMade{m.plain(pick(m.Rand, trapNames)), m.plain(v)}
		}
		if j := strings.LastIndex(v, " "); m.set["split"] {
			return []cellMade{m.plain(v[:j]), m.plain(v[j+1:])}
		}
		if m.set["spaces"] && m.IntN(2) == 0 {
			v = " " + strings.ReplaceAll(v, " ", "  ")
		}
		if m.set["rich"] && m.IntN(2) == 0 {
			return []cellMade{m.rich(v)}
		}
	case "sex":
		return m.sexCells(p)
	case "birth":
		return m.birthCells(p)
	case "phone", "id_number":
		if m.set["phone-zero"] && column == "phone" || m.set["id-zero"] && column == "id_number" {
			if column == "id_number" && m.set["issued"] {
				return []cellMade{{text: "01/01/2021"}, m.lostZero(strings.TrimLeft(v, "0")), m.plain("Cục Cảnh sát")}
			}
			return []cellMade{m.lostZero(strings.TrimLeft(v, "0"))}
		}
		if m.set["forms"] && m.IntN(3) == 0 {
			v = v[:4] + pick(m.Rand, []string{" ", ".", "-"}) + v[4:7] + " " + v[7:]
		}
		if column == "id_number" && m.set["issued"] {
			return []cellMade{{text: fmt.Sprintf("%02d/%02d/2021", 1+m.IntN(28), 1+m.IntN(12))}, {text: v}, m.plain("Cục Cảnh sát")}
		}
		return []cellMade{{text: v}}
	case "unit", "position", "ethnicity":
		switch {
		case column == "unit" && m.set["address"]:
			village, commune, _ := strings.Cut(v, ", ")
			return []cellMade{m.plain(village), m.plain(commune)}
		case column == "ethnicity" && m.set["peoples"]:
			marks := make([]cellMade, len(trapEthnics))
			marks[slices.Index(trapEthnics, v)] = cellMade{text: pick(m.Rand, []string{"x", "X", "✓"})}
			return marks
		case column == "position" && v == "":
			return []cellMade{{text: pick(m.Rand, []string{"#N/A", "#REF!", "#VALUE!"})}}
		}
		if m.set["merged"] && column == "unit" && above != nil && above[column] == v {
			m.made.mergeUp(len(m.made.rows), columnOf(columns, m.set, column))
			return []cellMade{{}}
		}
		if m.set["ditto"] && above != nil && above[column] == v {
			return []cellMade{m.plain(pick(m.Rand, []string{"nt", "//", "-nt-", "như trên"}))}
		}
	}
	return []cellMade{m.plain(v)}
}

// columnOf is the place of a field's first cell in a row.
func columnOf(columns []string, set map[string]bool, field string) int {
	at := 1
	for _, c := range columns {
		if c == field {
			return at
		}
		switch {
		case c == "unit" && set["section"], c == "sex" && (set["years-by-sex"] || set["ages"]):
		case c == "ethnicity" && set["peoples"]:
			at += len(trapEthnics)
		case c == "full_name" && set["middle"], c == "id_number" && set["issued"]:
			at += 3
		case c == "full_name" && set["other-name"], c == "unit" && set["address"], c == "birth" && set["ages"]:
			at += 2
		case c == "sex" && set["ticks"], c == "full_name" && set["split"], c == "birth" && set["years-by-sex"]:
			at += 2
		default:
			at++
		}
	}
	return at
}

func (m *sheetMaker) lostZero(digits string) cellMade {
	if m.made.file && m.set["numbers"] {
		var n float64
		fmt.Sscan(digits, &n)
		return cellMade{number: n, isNumber: true}
	}
	return cellMade{text: digits}
}

func (m *sheetMaker) sexCells(p map[string]string) []cellMade {
	switch {
	case m.set["years-by-sex"], m.set["ages"]:
		return nil
	case m.set["ticks"] && p["sex"] == "nam":
		return []cellMade{{text: pick(m.Rand, []string{"x", "X", "✓", "1"})}, {}}
	case m.set["ticks"]:
		return []cellMade{{}, {text: "x"}}
	}
	return []cellMade{m.plain(map[string]string{"nam": "Nam", "nữ": "Nữ"}[p["sex"]])}
}

func (m *sheetMaker) birthCells(p map[string]string) []cellMade {
	v := p["birth"]
	if m.set["ages"] {
		v = fmt.Sprint(16 + m.IntN(60))
	}
	if m.set["years-by-sex"] || m.set["ages"] {
		cells := []cellMade{{text: v}, {}}
		if p["sex"] == "nữ" {
			slices.Reverse(cells)
		}
		return cells
	}
	d := record.Date(v)
	if len(v) != 10 {
		return []cellMade{{text: v}}
	}
	switch {
	case m.set["serials"]:
		return []cellMade{{number: serial(d), isNumber: true, date: true}}
	case m.set["swapped"] && d.Day() <= 12: // taken for a month by the spreadsheet
		turned, _ := record.NewDate(d.Year(), d.Day(), d.Month())
		return []cellMade{{number: serial(turned), isNumber: true, date: true}}
	case m.set["swapped"]:
		return []cellMade{{text: d.String()}}
	}
	return []cellMade{m.plain(pick(m.Rand, []string{d.String(), fmt.Sprintf("%d/%d/%d", d.Day(), d.Month(), d.Year()), strings.ReplaceAll(d.String(), "/", ".")}))}
}

func serial(d record.Date) float64 {
	return d.Time().Sub(record.Date("1899-12-30").Time()).Hours() / 24
}

// plain is a text in the sheet's letters and font. TCVN3 has no toned capitals; a
// list in it is written without them.
func (m *sheetMaker) plain(s string) cellMade {
	tcvn3 := func() string {
		legacy, ok := viet.Encode(s, viet.TCVN3)
		if !ok && s == strings.ToUpper(s) {
			legacy, _ = viet.Encode(strings.ToLower(s), viet.TCVN3)
		}
		return legacy
	}
	switch {
	case m.set["nfd"]:
		return cellMade{text: norm.NFD.String(s)}
	case m.set["tcvn3"]:
		return cellMade{text: tcvn3()}
	case m.set["cp1258"]: // TCVN3 bytes that somebody read as Windows-1258
		b, err := charmap.Windows1252.NewEncoder().String(tcvn3())
		if err != nil {
			return cellMade{text: tcvn3()}
		}
		read, _ := charmap.Windows1258.NewDecoder().String(b)
		return cellMade{text: read}
	case m.set["vni"]:
		legacy, _ := viet.Encode(s, viet.VNI)
		return cellMade{text: legacy}
	case m.set["font"] && m.IntN(2) == 0:
		return cellMade{text: tcvn3(), font: ".VnTime"}
	case m.set["lying-font"]:
		return cellMade{text: s, font: ".VnTime"}
	}
	return cellMade{text: s}
}

// rich writes a name's first word in the legacy font and the others not.
func (m *sheetMaker) rich(s string) cellMade {
	first, rest, _ := strings.Cut(s, " ")
	legacy, ok := viet.Encode(first, viet.TCVN3)
	if !ok {
		return cellMade{text: s}
	}
	return cellMade{runs: [][2]string{{legacy, ".VnTime"}, {" " + rest, "Arial"}}}
}

// propose reads the sheet through a file of some kind.
func (m *sheetMaker) propose(t testing.TB, kind string) (*sheet.Grid, record.Proposal, error) {
	t.Helper()
	m.made = nil
	file := kind != "text"
	made := m.buildAs(file)
	g, err := sheet.Read(context.Background(), made.bytes(t, kind), sheet.Options{Name: "a"})
	must(t, err)
	p, err := intake.People(g)
	return g, p, err
}

func (m *sheetMaker) buildAs(file bool) *madeSheet {
	made := &madeSheet{file: file}
	m.made = made
	return m.buildInto()
}

const sheetsMade = 2000

// Two thousand sheets with every trap, alone and together, as text, workbook, page
// and XML: no silent change, no wrong repair, hardly a question.
func TestTraps(t *testing.T) {
	kinds := []string{"text", "xlsx", "page", "xml", "text"}
	rows, placed, all := 0, 0, append(slices.Clone(textTraps), fileTraps...)
	for seed := range uint64(sheetsMade) {
		kind := kinds[seed%uint64(len(kinds))]
		r := rand.New(rand.NewPCG(seed, 7))
		var traps []string
		switch from := all; {
		case seed < 3*uint64(len(all)): // each alone, three times
			traps = []string{all[seed%uint64(len(all))]}
			if slices.Contains(fileTraps, traps[0]) {
				kind = []string{"xlsx", "xml"}[seed%2]
			}
			if slices.Contains(xlsxTraps, traps[0]) {
				kind = "xlsx"
			}
		default:
			switch kind {
			case "text", "page":
				from = textTraps
			case "xml":
				from = slices.DeleteFunc(slices.Clone(all), func(t string) bool { return slices.Contains(xlsxTraps, t) })
			}
			traps = someTraps(r, from)
		}
		m := newSheetMaker(seed, traps...)
		g, p, err := m.propose(t, kind)
		if err != nil {
			t.Fatalf("seed %d %s %v: %v\n%s", seed, kind, traps, err, m.made.text())
		}
		check(t, g, p)
		rows += len(m.known)
		placed += len(p.Rows)
		m.compare(t, p)
		silent(t, g, p)
		if t.Failed() {
			for _, r := range p.Parked {
				t.Logf("line %d: %s", r.Line, r.Question)
			}
			t.Fatalf("seed %d %s %v\n%.2000s", seed, kind, traps, m.made.text())
		}
	}
	t.Logf("%d of %d rows placed", placed, rows)
	if placed*100 < rows*98 {
		t.Errorf("%d of %d rows placed without a question", placed, rows)
	}
}

// compare holds proposed rows, in order, against the known people; parked ones
// are found by being skipped.
func (m *sheetMaker) compare(t *testing.T, p record.Proposal) {
	t.Helper()
	if len(p.Rows)+len(p.Parked) != len(m.known) {
		t.Errorf("%d rows and %d parked of %d", len(p.Rows), len(p.Parked), len(m.known))
		return
	}
	type placed struct {
		table, line int
		fields      map[string]string
	}
	var all []placed
	for _, r := range p.Rows {
		all = append(all, placed{r.Table, r.Line, r.Fields.Map()})
	}
	for _, r := range p.Parked {
		all = append(all, placed{r.Table, r.Line, nil})
	}
	slices.SortFunc(all, func(a, b placed) int { return (a.table-b.table)<<24 + a.line - b.line })
	for i, r := range all {
		if r.fields == nil {
			continue
		}
		if diff := cmp.Diff(m.known[i], r.fields); diff != "" {
			t.Errorf("line %d: %s", r.line, diff)
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

// Lists of nothing but names, where no other cell says who is one.
func TestTrapsOfNames(t *testing.T) {
	traps := []string{"titles", "total", "signature", "signers", "subtotals", "groups", "capitals", "nfd", "spaces", "gaps", "tcvn3", "vni", "english", "pages"}
	for seed := range uint64(400) {
		m := newSheetMaker(seed, someTraps(rand.New(rand.NewPCG(seed, 5)), traps)...)
		m.columns = m.columns[:1]
		for i, p := range m.known {
			m.known[i] = map[string]string{"full_name": p["full_name"]}
		}
		g, p, err := m.propose(t, []string{"text", "xlsx"}[seed%2])
		must(t, err)
		check(t, g, p)
		m.compare(t, p)
		silent(t, g, p)
		if len(p.Parked) > 0 || t.Failed() {
			t.Fatalf("seed %d %v: %s\n%s", seed, m.set, questions(p), m.made.text())
		}
	}
}

// The order of the rows changes nothing but their order.
func TestRowOrder(t *testing.T) {
	for seed := range uint64(100) {
		m := newSheetMaker(seed, someTraps(rand.New(rand.NewPCG(seed, 1)), []string{"ticks", "id-zero", "tcvn3", "split"})...)
		content := func() []string {
			_, p, err := m.propose(t, "text")
			must(t, err)
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
	f.Add("STT\tHọ và tên\tNam\tNữ\n1\tAn\tx\t\n\tTổng cộng\t1", uint8(0))
	f.Add("Nguyễn Văn An\tNam\t5/3/1987\tnt\t//\nY Ngọc\tnữ\t31841\t\t6.1E+10", uint8(0))
	f.Add(newSheetMaker(3, "beside", "titles").buildAs(false).text(), uint8(0))
	f.Add(newSheetMaker(4, "below", "total").buildAs(false).text(), uint8(1))
	f.Add("Tên doanh nghiệp\tMST\tSố lao động\tNữ\nCông ty A\t4100123456\t1.234\t12", uint8(2))
	f.Add("Nội dung\tNgày nhận\tTrả lời\tNgày trả lời\nLàm thêm giờ?\t5/3/2026\tTheo Điều 98\t6/3/2026", uint8(3))
	f.Fuzz(func(t *testing.T, text string, of uint8) {
		g, err := sheet.FromClipboard(text)
		if err != nil {
			return
		}
		p, err := intake.Read(context.Background(), g, []string{"person", "instructor", "unit", "question"}[of%4], intake.Options{UsualCase: of > 127})
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
	text := m.buildAs(false).text()
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
