package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/viet"
)

// column is a column of the sheet and the field it fills.
type column struct {
	index int
	label string
	word  string // its own, on the second line of the header
	field string
	why   string
}

// columns decides about every column of a table that has a label or something in
// it. What an officer has said, now or of a list of this shape, counts first.
func (t *table) columns(r region, o Options) ([]column, error) {
	h := r.h
	cols := make([]column, t.width)
	profiles := make([]profile, t.width)
	for c := range cols {
		cols[c] = column{index: c, label: h.labels[c]}
		if c < r.from || c >= r.to {
			continue
		}
		cols[c].field = h.fields[c]
		if h.low != nil {
			cols[c].word = h.low[c]
		}
		profiles[c] = t.profileOf(c, r.rows)
		if h.fields[c] != "" {
			cols[c].why = "theo tiêu đề"
		}
	}
	m := mapping{t.form, cols, profiles, t, r.rows}
	said := m.said(o)
	switch {
	case said:
	case h.line > 0 && !h.guessed:
		m.byLabel()
	case t.form.byContent:
		m.byContent()
	}
	if !m.hasKey() || h.line == 0 && !said && !m.namesPeople() {
		return nil, t.form.missing(m.filled(), h.line > 0)
	}
	if (h.line == 0 || h.guessed) && !said && m.unknown() > 1 {
		return nil, refuseUnknown(m.filled(), m.unknown())
	}
	return cols[r.from:r.to], nil
}

// said takes what an officer has said about the columns: all of it, or nothing.
func (m mapping) said(o Options) bool {
	if layout := o.layoutFor(m.form.of, m.cols); len(o.Fields) == 0 && layout != nil {
		at := 0
		for i := range m.cols {
			if m.cols[i].label != "" {
				m.choose(i, layout.Fields[at], "như lần trước")
				at++
			}
		}
		return true
	}
	if len(o.Fields) == 0 {
		return false
	}
	for i := range m.cols {
		if f, chosen := o.Fields[i]; chosen {
			m.choose(i, f, "do người dùng chọn")
		} else {
			m.cols[i].field = ""
		}
	}
	return true
}

func (m mapping) choose(i int, field, why string) {
	if field == record.LeftOut || field == "" {
		m.take(i, ignored, why)
		return
	}
	m.take(i, field, why)
}

type mapping struct {
	form     *form
	cols     []column
	profiles []profile
	t        *table
	rows     []sheet.Row
}

func (m mapping) hasKey() bool {
	for i := range m.cols {
		if f := m.cols[i].field; f != givenName && f != middleName && m.form.isKey(f) {
			return true
		}
	}
	return m.form.isKey(givenName) && m.has(givenName) && m.has(middleName)
}

func (m mapping) has(field string) bool { return m.find(field) >= 0 }

func (m mapping) find(field string) int {
	for i, c := range m.cols {
		if c.field == field {
			return i
		}
	}
	return -1
}

func (m mapping) filled() (n int) {
	for _, p := range m.profiles {
		if p.filled > 0 {
			n++
		}
	}
	return n
}

func (m mapping) unknown() (n int) {
	for i, c := range m.cols {
		if c.field == "" && m.profiles[i].filled > 0 {
			n++
		}
	}
	return n
}

func (m mapping) take(i int, field, why string) { m.cols[i].field, m.cols[i].why = field, why }

// byLabel starts from the header and lets the content decide what it leaves open.
func (m mapping) byLabel() {
	if !m.form.byContent {
		m.repeated()
		return
	}
	m.splitName()
	m.nameParts()
	m.marks()
	m.datesForNumbers()
	m.addresses()
	m.repeated()
	m.swapNumbers()
	for i := range m.cols {
		p := m.profiles[i]
		f := p.field()
		switch {
		case m.cols[i].field != "" || p.filled == 0 || f == "":
		case f == ordinal:
			m.take(i, ordinal, "số đếm tăng dần")
		case !m.has(f) && m.cols[i].label == "":
			m.take(i, f, "theo nội dung, cột không có tiêu đề")
		}
	}
	if !m.has(fullName) && !m.has(familyName) {
		m.nameByContent()
	}
}

// splitName sees a name whose header stands over several columns: all but the last
// word in the first, the given name in the last; over three, the family name alone in
// the first.
func (m mapping) splitName() {
	i := m.find(fullName)
	if i < 0 || m.has(givenName) {
		return
	}
	last := i
	for n := i + 1; n < len(m.cols) && n <= i+2; n++ {
		next, p := m.cols[n], m.profiles[n]
		same := next.label == "" || next.label == m.cols[i].label
		if !same || next.field != "" && next.field != fullName || !p.share(p.name, 80) || p.field() != "" {
			break
		}
		last = n
	}
	oneWord := func(n int) bool { return m.profiles[n].share(m.profiles[n].oneWord, 80) }
	if last == i+2 && (!oneWord(i) || !oneWord(last)) {
		last--
	}
	if last == i || !oneWord(last) {
		return
	}
	m.take(i, familyName, "họ và tên đệm; tên ở cột bên phải")
	m.take(last, givenName, "tên, dưới tiêu đề họ và tên chung")
	if last == i+2 {
		m.take(i, familyName, "họ; tên ở các cột bên phải")
		m.take(i+1, middleName, "tên đệm, dưới tiêu đề họ và tên chung")
	}
}

// nameParts settles what the columns of a name are to each other: a lone part is the
// whole, and what is called the whole may lack the part beside it.
func (m mapping) nameParts() {
	full, family, middle, given := m.find(fullName), m.find(familyName), m.find(middleName), m.find(givenName)
	switch {
	case full < 0 && middle < 0 && given < 0 && family >= 0:
		m.take(family, fullName, "theo tiêu đề")
	case full < 0 && family < 0 && given < 0 && middle >= 0:
		m.take(middle, fullName, "theo tiêu đề")
	case full < 0 && family < 0 && middle < 0 && given >= 0:
		m.take(given, fullName, "theo tiêu đề")
	case full >= 0 && given >= 0 && family < 0 && !m.holds(full, given):
		p := m.profiles[given]
		switch {
		case p.share(p.name, 80) && p.share(p.oneWord, 80):
			m.take(full, familyName, fmt.Sprintf("họ và tên đệm; tên ở cột %d", given+1))
		case !p.share(p.name, 80) || p.share(p.unit, 50):
			m.take(given, "", "đã có cột họ và tên")
		}
	case full >= 0 && family >= 0 && given < 0 && !m.holds(full, family):
		m.take(full, givenName, fmt.Sprintf("tên; họ ở cột %d", family+1))
	}
}

// holds reports whether the texts of one column mostly have those of another in them.
func (m mapping) holds(whole, part int) bool {
	has, both := 0, 0
	for _, r := range m.rows[:min(len(m.rows), sampled)] {
		w, p := m.t.at(r, whole).text, m.t.at(r, part).text
		if w == "" || p == "" {
			continue
		}
		both++
		if hasWords(words(w), words(p)) {
			has++
		}
	}
	return has*2 >= both
}

// datesForNumbers leaves out what is called a number and holds days: those on which
// cards were issued.
func (m mapping) datesForNumbers() {
	for i, c := range m.cols {
		p := m.profiles[i]
		if (c.field == idNumber || c.field == phone) && p.share(p.day, 70) && !p.share(p.id, 30) && !p.share(p.phone, 30) {
			m.take(i, ignored, "nội dung là ngày, không phải số")
		}
	}
}

// addresses lets an address stand in for the unit where there is no column for it. Of
// one spread over several columns, one of each size is taken.
func (m mapping) addresses() {
	if m.has(unit) {
		for i, c := range m.cols {
			if c.field == address {
				m.take(i, ignored, "không thuộc các trường cần ghi")
			}
		}
		return
	}
	var taken []int
	bySize := map[int]int{}
	for i, c := range m.cols {
		if c.field != address {
			continue
		}
		rank := areaRank(words(c.label))
		if c.word != "" && areaRank(words(c.word)) > 0 {
			rank = areaRank(words(c.word))
		}
		j, have := bySize[rank]
		switch {
		case !have:
			bySize[rank] = i
			taken = append(taken, i)
		case m.profiles[j].filled == 0 && m.profiles[i].filled > 0:
			m.take(j, "", fmt.Sprintf("trùng nghĩa với cột %d", i+1))
			bySize[rank] = i
			taken[slices.Index(taken, j)] = i
		default:
			m.take(i, "", fmt.Sprintf("trùng nghĩa với cột %d", j+1))
		}
	}
	for _, i := range taken {
		if len(taken) == 1 {
			m.take(i, unit, "theo tiêu đề; địa chỉ dùng làm đơn vị vì không có cột đơn vị")
		} else {
			m.take(i, unitPart, "địa chỉ, ghép từ nhỏ đến lớn làm đơn vị vì không có cột đơn vị")
		}
	}
}

// othersWords and othersNames speak of somebody else than the person of the row; the
// latter are too short to be told without their marks.
var (
	othersWords = []string{"chu ho", "vo chong", "cha me", "bo me", "phu huynh", "nguoi than", "than nhan", "dai dien", "giam ho", "bao ho",
		"nguoi gioi thieu", "chu doanh nghiep", "chu co so", "father", "mother", "parent", "spouse", "guardian", "representative", "householder"}
	othersNames = []string{"cha", "mẹ", "bố", "vợ", "chồng"}
)

func ofAnother(label string) bool {
	key := words(label)
	list := strings.FieldsFunc(strings.ToLower(viet.NFC(label)), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(othersWords, func(w string) bool { return hasWords(key, w) }) ||
		slices.ContainsFunc(othersNames, func(w string) bool { return slices.Contains(list, w) })
}

func (m mapping) ofAnother(i int) bool { return m.form.byContent && ofAnother(m.cols[i].label) }

// repeated leaves out all but one of the columns that claim a field: what speaks of
// somebody else, then what holds less of the kind, then the later ones.
func (m mapping) repeated() {
	claims := map[string][]int{}
	for i, c := range m.cols {
		if c.field != "" && c.field != ignored && c.field != ordinal && wholeOf(c.field) == "" {
			claims[c.field] = append(claims[c.field], i)
		}
	}
	for field, list := range claims {
		best := list[0]
		for _, i := range list[1:] {
			another := m.ofAnother(best)
			switch {
			case another != m.ofAnother(i):
				if another {
					best = i
				}
			case m.profiles[i].match(field) > 2*m.profiles[best].match(field):
				best = i
			}
		}
		for _, i := range list {
			switch {
			case i == best:
			case m.ofAnother(i):
				m.take(i, "", "của người khác, không phải người trong danh sách")
			default:
				m.take(i, "", fmt.Sprintf("trùng nghĩa với cột %d", best+1))
			}
		}
	}
}

// swapNumbers lets the content win where phone and ID headers were exchanged.
func (m mapping) swapNumbers() {
	p, n := m.find(phone), m.find(idNumber)
	if p < 0 || n < 0 {
		return
	}
	a, b := m.profiles[p], m.profiles[n]
	if a.share(a.id, 80) && !a.share(a.phone, 20) && b.share(b.phone, 80) && !b.share(b.id, 20) {
		m.take(p, idNumber, "theo nội dung; tiêu đề ghi số điện thoại")
		m.take(n, phone, "theo nội dung; tiêu đề ghi số căn cước")
	}
}

// nameByContent finds the column of names: words of letters, family names first.
func (m mapping) nameByContent() {
	best, most := -1, 0
	for i, c := range m.cols {
		p := m.profiles[i]
		if c.field != "" || !p.share(p.name, 60) || p.share(p.oneWord, 60) || p.field() != "" {
			continue
		}
		if s := (p.name + 2*p.family) * 100 / p.filled; s > most {
			best, most = i, s
		}
	}
	if best >= 0 {
		m.take(best, fullName, "theo nội dung: chữ như họ tên")
	}
}

// namesPeople reports whether what was taken for names without a header is more than
// a title or a cover: family names, or what is known of people beside them.
func (m mapping) namesPeople() bool {
	for _, f := range []string{sex, male, birth, phone, idNumber} {
		if m.has(f) {
			return true
		}
	}
	p := m.profiles[m.find(fullName)]
	return p.share(p.family, 50) && (p.filled > 1 || m.filled() > 1)
}

// byContent reads a block without header: what the content shows, then the usual
// order – name, sex, birth, unit, position – for columns of plain text.
func (m mapping) byContent() {
	m.nameByContent()
	name := m.find(fullName)
	if name < 0 {
		return
	}
	for i := range m.cols {
		p := m.profiles[i]
		switch f := p.field(); {
		case m.cols[i].field != "" || p.filled == 0:
		case f != "" && (f == ordinal || !m.has(f)):
			m.take(i, f, "theo nội dung")
		}
	}
	m.ticks()
	for _, f := range []string{unit, position} {
		for i := name + 1; i < len(m.cols) && !m.has(f); i++ {
			p := m.profiles[i]
			if m.cols[i].field == "" && p.filled > 0 && !p.share(p.number, 50) && !p.share(p.tick, 50) {
				m.take(i, f, "theo thứ tự cột")
			}
		}
	}
}

// ticks takes two neighbouring columns of marks for Nam and Nữ.
func (m mapping) ticks() {
	for i := 0; i+1 < len(m.cols) && !m.has(sex); i++ {
		a, b := m.profiles[i], m.profiles[i+1]
		if m.cols[i].field == "" && m.cols[i+1].field == "" && a.share(a.tick, 90) && b.share(b.tick, 90) {
			m.take(i, male, "dấu đánh ở cột thứ nhất của cặp Nam, Nữ")
			m.take(i+1, female, "dấu đánh ở cột thứ hai của cặp Nam, Nữ")
			return
		}
	}
}

// proposed says of every column what it was taken for.
func proposed(cols []column) []record.ProposedColumn {
	out := []record.ProposedColumn{}
	for _, c := range cols {
		p := record.ProposedColumn{Index: c.index, Header: c.label, Field: c.field, Why: c.why}
		switch c.field {
		case familyName, middleName, givenName, unitPart, ethnicMark, audienceMark:
			p.Field, p.Part = wholeOf(c.field), c.field
		case male, female:
			p.Field, p.Part = sex, c.field
		case birthDay, birthMonth, birthYear:
			p.Field, p.Part = birth, c.field
		case ordinal:
			p.Field, p.Part, p.Why = "", ordinal, "số thứ tự"
		case ignored:
			p.Field = ""
			if p.Why == "" || p.Why == "theo tiêu đề" {
				p.Why = "không thuộc các trường cần ghi"
			}
		case "":
			if p.Why == "" {
				p.Why = "không nhận ra nội dung"
			}
		}
		out = append(out, p)
	}
	return out
}

const expected = "họ và tên, giới tính, năm sinh, đơn vị, chức vụ"

func refuseNoName(n int, header bool) error {
	vi := fmt.Sprintf("Bảng có %d cột nhưng không có cột nào là họ và tên, nên chưa hiểu được. Cần các cột theo thứ tự: %s (ít nhất là họ và tên); hãy chép cả dòng tiêu đề. Chưa có gì được lưu.", n, expected)
	if header {
		vi = fmt.Sprintf("Đã thấy dòng tiêu đề với %d cột nhưng không có cột họ và tên. Hãy ghi tiêu đề “Họ và tên” trên cột tên; các cột đọc được: %s. Chưa có gì được lưu.", n, expected)
	}
	return record.Refuse(record.ErrInvalid, vi,
		fmt.Sprintf("The table has %d columns but none of them holds names. Expected, in this order: full name, sex, birth year, unit, position (at least the name); copy the header line too. Nothing was stored.", n))
}

func refuseUnknown(n, unknown int) error {
	return record.Refuse(record.ErrInvalid,
		fmt.Sprintf("Khối này có %d cột, trong đó %d cột không hiểu được vì không có dòng tiêu đề. Chỉ cần: %s; nếu có thêm cột, hãy chép cả dòng tiêu đề. Chưa có gì được lưu.", n, unknown, expected),
		fmt.Sprintf("The block has %d columns, %d of which cannot be understood without a header. Expected: full name, sex, birth year, unit, position; with more columns, copy the header line too. Nothing was stored.", n, unknown))
}
