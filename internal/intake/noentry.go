package intake

import (
	"strings"

	"sophobien/internal/sheet"
)

// noEntry tells why a line below the header is no line of the list, "" when it is
// one.
func (x *reader) noEntry(row sheet.Row) string {
	var room [16]string
	texts := room[:0] // of all cells
	data, name := 0, ""
	for c := range x.vals {
		v := &x.vals[c]
		if v.text == "" {
			continue
		}
		texts = append(texts, v.text)
		switch f := x.fields[c]; {
		case f == "" || f == ordinal:
		case x.form.isKey(f):
			name = strings.TrimSpace(name + " " + v.text)
		default:
			data++
		}
	}
	switch {
	case len(texts) == 0:
		return "dòng trống"
	case x.repeatsHeader(row):
		return "dòng tiêu đề lặp lại"
	case numbersColumns(texts):
		return "dòng đánh số cột"
	case data >= 3 && name != "" && len(texts) > 4 && !x.tail:
		return "" // as almost every line: what follows need not be asked
	case x.isTotal(texts, name):
		x.tail = true
		return "dòng cộng"
	case isSignature(texts, name, data):
		x.tail = true
		return "phần ký tên, ngày tháng"
	case x.tail && (data == 0 || name == "" && len(texts) <= 2):
		return "phần cuối danh sách, sau dòng cộng hoặc chữ ký"
	case name == "" && data == 0 && len(texts) == 1 && x.isOrdinal(texts[0]):
		return "chỉ có số thứ tự"
	}
	return x.section(row, texts, data)
}

// isOrdinal reports whether the only cell of the line is a count in its column.
func (x *reader) isOrdinal(text string) bool { return x.says(ordinal) && isCount(text) }

// repeatsHeader sees the header again, as lists printed over pages have it; of one
// in two lines each.
func (x *reader) repeatsHeader(row sheet.Row) bool {
	return x.h.line > 0 && (x.repeats(row, x.labels) || x.low != nil && x.repeats(row, x.low))
}

// repeats reports whether at least two cells of a row say what a line of the header
// does, beginning with the first.
func (x *reader) repeats(row sheet.Row, labels []string) bool {
	same := 0
	for _, c := range row.Cells {
		if labels[c.Col] == "" {
			continue
		}
		if c.Kind != sheet.Text {
			return false
		}
		if text := x.vals[c.Col].text; len(text) <= 200 && words(text) == labels[c.Col] {
			same++
		} else if same == 0 {
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
func (x *reader) isTotal(texts []string, name string) bool {
	if name == "" && len(texts) <= 3 && startsWith(words(texts[0]), totalWords) {
		return true // in whatever column it stands
	}
	for _, f := range []string{birth, idNumber, phone, position, code, address, received} {
		sum := f == birth && len(name) > 0 && startsWith(words(name), totalWords) && isSum(x.textOf(f))
		if x.says(f) && !sum {
			return false
		}
	}
	for _, s := range []string{name, texts[0]} {
		bare := strings.Trim(strings.ToLower(s), ": ")
		switch {
		case startsWith(words(s), totalWords), bare == "tổng", bare == "cộng":
			return true
		case bare == "tong", bare == "cong":
			return !x.says(sex)
		}
	}
	return false
}

// isSum sees a number of people, which is no birth.
func isSum(text string) bool { return len(text) <= 3 && isCount(text) }

func (x *reader) says(field string) bool { return x.textOf(field) != "" }

func (x *reader) textOf(field string) string {
	if c, ok := x.cols[field]; ok {
		return x.vals[c].text
	}
	return ""
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
func (x *reader) section(row sheet.Row, texts []string, data int) string {
	if data > 0 || len(texts) > 2 || x.h.line == 0 || !x.form.byContent {
		return ""
	}
	text := texts[len(texts)-1]
	numeral := len(texts) == 2 && isRoman(texts[0])
	if first, rest, ok := strings.Cut(text, ". "); ok && isRoman(first) {
		text, numeral = rest, true
	}
	a, merged := x.t.area(row.Line, row.Cells[0].Col)
	wide := merged && a.LastCol-a.Col >= 2
	if !numeral && !wide && !(len(texts) == 1 && startsWith(words(text), unitWords)) {
		return ""
	}
	x.unit = ""
	if startsWith(words(text), unitWords) {
		x.unit = text
	}
	return groupLine
}

func isRoman(s string) bool {
	s = strings.Trim(s, ". ")
	return s != "" && len(s) <= 5 && strings.Trim(s, "IVX") == ""
}
