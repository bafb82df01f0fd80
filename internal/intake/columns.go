package intake

import (
	"fmt"

	"sophobien/internal/record"
)

// column is a column of the sheet and the field it fills.
type column struct {
	index int
	label string
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
		profiles[c] = t.profileOf(c, r.rows)
		if h.fields[c] != "" {
			cols[c].why = "theo tiêu đề"
		}
	}
	m := mapping{t.form, cols, profiles}
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
}

func (m mapping) hasKey() bool {
	for i := range m.cols {
		if f := m.cols[i].field; f != givenName && m.form.isKey(f) {
			return true
		}
	}
	return false
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
	m.singleNamePart()
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
	if i := m.find(address); i >= 0 && !m.has(unit) {
		m.take(i, unit, "theo tiêu đề; địa chỉ dùng làm đơn vị vì không có cột đơn vị")
	} else if i >= 0 {
		m.take(i, ignored, "không thuộc các trường cần ghi")
	}
}

// splitName sees a name whose header stands over two columns: all but the last
// word in the first, the given name in the second.
func (m mapping) splitName() {
	i := m.find(fullName)
	if i < 0 || i+1 >= len(m.cols) || m.has(givenName) {
		return
	}
	next, p := m.cols[i+1], m.profiles[i+1]
	same := next.label == "" || next.label == m.cols[i].label
	if same && (next.field == "" || next.field == fullName) && p.share(p.oneWord, 80) && p.field() == "" {
		m.take(i, familyName, "họ và tên đệm; tên ở cột bên phải")
		m.take(i+1, givenName, "tên, dưới tiêu đề họ và tên chung")
	}
}

// singleNamePart takes a lone half of a name for the whole.
func (m mapping) singleNamePart() {
	family, given := m.find(familyName), m.find(givenName)
	switch {
	case m.has(fullName) && given >= 0 && family < 0:
		m.take(given, "", "đã có cột họ và tên")
	case family >= 0 && given < 0 && !m.has(fullName):
		m.take(family, fullName, "theo tiêu đề")
	case given >= 0 && family < 0:
		m.take(given, fullName, "theo tiêu đề")
	}
}

// repeated leaves out the second column that claims a field.
func (m mapping) repeated() {
	first := map[string]int{}
	for i, c := range m.cols {
		if c.field == "" || c.field == ignored || c.field == ordinal {
			continue
		}
		if j, ok := first[c.field]; ok {
			m.take(i, "", fmt.Sprintf("trùng nghĩa với cột %d", j+1))
			continue
		}
		first[c.field] = i
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
		case familyName, givenName:
			p.Field, p.Part = fullName, c.field
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
