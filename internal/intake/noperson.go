package intake

import (
	"strings"

	"sophobien/internal/sheet"
)

// noPerson tells why a line below the header is no person, "" when it is one.
func (r *reader) noPerson(row sheet.Row) string {
	var texts []string // of all cells
	data, name := 0, ""
	for _, c := range row.Cells {
		v := r.t.value(row.Line, c)
		if v.text == "" {
			continue
		}
		texts = append(texts, v.text)
		switch f := r.fieldAt(c.Col); f {
		case "", ordinal:
		case fullName, familyName, givenName:
			name = strings.TrimSpace(name + " " + v.text)
		default:
			data++
		}
	}
	switch {
	case len(texts) == 0:
		return "dòng trống"
	case r.repeatsHeader(row):
		return "dòng tiêu đề lặp lại"
	case numbersColumns(texts):
		return "dòng đánh số cột"
	case r.isTotal(row, texts, name):
		r.tail = true
		return "dòng cộng"
	case isSignature(texts, name, data):
		r.tail = true
		return "phần ký tên, ngày tháng"
	case r.tail && data == 0:
		return "phần cuối danh sách, sau dòng cộng hoặc chữ ký"
	case name == "" && data == 0 && len(texts) == 1 && r.fieldAt(row.Cells[0].Col) == ordinal && isCount(texts[0]):
		return "chỉ có số thứ tự"
	}
	return r.section(row, texts, data)
}

func (r *reader) fieldAt(col int) string { return r.fields[col] }

// repeatsHeader sees the header again, as lists printed over pages have it.
func (r *reader) repeatsHeader(row sheet.Row) bool {
	if r.h.line == 0 {
		return false
	}
	same := 0
	for _, c := range row.Cells {
		if c.Kind != sheet.Text || r.labels[c.Col] == "" {
			continue
		}
		if words(r.t.value(row.Line, c).text) == r.labels[c.Col] {
			same++
		} else if same == 0 && c.Col > 2 {
			return false // it would begin like the header
		}
	}
	return same >= 2
}

// numbersColumns sees the line (1) (2) (3) or A B 1 2 under a header.
func numbersColumns(texts []string) bool {
	if len(texts) < 3 {
		return false
	}
	last, counted := 0, 0
	for _, s := range texts {
		s = strings.Trim(s, "()[] ")
		n, ok := smallNumber(s)
		switch {
		case ok && (n == last+1 || last == 0 && n <= 2):
			last = n
			counted++
		case len(s) == 1 && s[0] >= 'A' && s[0] <= 'F' && counted == 0:
		default:
			return false
		}
	}
	return counted >= 2
}

func isCount(s string) bool {
	_, ok := smallNumber(strings.Trim(s, "()"))
	return ok
}

var totalWords = []string{"tong cong", "tong so", "cong tong", "total", "danh sach nay co", "danh sach gom",
	"an dinh danh sach", "danh sach co"}

// isTotal sees "Tổng cộng" and its kin, which name nobody. Tống and Công are
// names: alone, the two words count only with their own marks, or with none.
func (r *reader) isTotal(row sheet.Row, texts []string, name string) bool {
	for _, f := range []string{birth, idNumber, phone, position} {
		if r.says(row, f) {
			return false
		}
	}
	for _, s := range []string{name, texts[0]} {
		bare := strings.Trim(strings.ToLower(s), ": ")
		switch {
		case startsWith(words(s), totalWords), bare == "tổng", bare == "cộng":
			return true
		case bare == "tong", bare == "cong":
			return !r.says(row, sex)
		}
	}
	return false
}

func (r *reader) says(row sheet.Row, field string) bool {
	c, ok := r.byName[field]
	return ok && row.At(c).Text != ""
}

var signatureWords = []string{"nguoi lap", "nguoi lap bieu", "thu truong", "xac nhan", "ky ten", "ky ghi ro", "ghi ro ho ten", "ky va ghi",
	"tm uy ban", "tm ubnd", "kt chu tich", "kt truong phong", "nguoi tong hop", "can bo lap", "dai dien", "lanh dao", "nguoi phu trach", "ban to chuc",
	"ky dong dau", "chu nhiem", "ghi chu", "noi nhan"}

// isSignature sees where a list is dated and signed. What stands beside a name in
// a column of its own (a position, a birth in words) is data.
func isSignature(texts []string, name string, data int) bool {
	if len(texts) > 4 {
		return false
	}
	for _, s := range texts {
		key := words(s)
		if name != "" && s != name {
			continue
		}
		dated := hasWords(key, "ngay") && hasWords(key, "thang") && hasWords(key, "nam")
		title := data == 0 && len(texts) <= 2 && isUpper(s) && startsWith(key, positionWords)
		if dated && len(texts) <= 2 || startsWith(key, signatureWords) || title {
			return true
		}
	}
	return false
}

func isUpper(s string) bool { return s == strings.ToUpper(s) && s != strings.ToLower(s) }

// section sees a line that names the group of the rows below it: "II. Xã Đăk Pxi".
func (r *reader) section(row sheet.Row, texts []string, data int) string {
	if data > 0 || len(texts) > 2 || r.h.line == 0 {
		return ""
	}
	text := texts[len(texts)-1]
	numeral := len(texts) == 2 && isRoman(texts[0])
	if first, rest, ok := strings.Cut(text, ". "); ok && isRoman(first) {
		text, numeral = rest, true
	}
	a, merged := r.t.area(row.Line, row.Cells[0].Col)
	wide := merged && a.LastCol-a.Col >= 2
	if !numeral && !wide && !(len(texts) == 1 && startsWith(words(text), unitWords)) {
		return ""
	}
	r.unit = ""
	if startsWith(words(text), unitWords) {
		r.unit = text
	}
	return "dòng tên nhóm"
}

func isRoman(s string) bool {
	s = strings.Trim(s, ". ")
	return s != "" && len(s) <= 5 && strings.Trim(s, "IVX") == ""
}
