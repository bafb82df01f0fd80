package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/viet"
)

// What a line may be that is no entry of the list.
const (
	aTotal  = "total"  // Tổng cộng: 12 người
	aSigner = "signer" // NGƯỜI LẬP BIỂU, TM. ỦY BAN NHÂN DÂN
	aTitle  = "title"  // Trưởng thôn, Giám đốc: under whom a name stands
	aUnit   = "unit"   // Thôn Kon Pring: of the rows below it
	aGroup  = "group"  // Khách mời: what the rows below it have in common
)

// lineWords begin the lines that are no entries.
var lineWords = newVocabulary([]word{
	{"", []string{"tổng cục"}},
	{aTotal, []string{"tổng cộng", "tổng số", "cộng tổng", "tổng danh sách", "tổng toàn", "tổng các", "tổng chung", "tổng hai", "tổng cả", "cộng số", "cộng toàn", "cộng các", "cộng chung",
		"cộng dồn", "cộng thôn", "cộng làng", "cộng xã", "cộng khối", "cộng mục", "cộng phần", "cộng nhóm", "cộng tổ", "cộng trang", "cộng đơn vị", "cộng i", "cộng ii", "cộng iii", "cộng iv", "cộng v",
		"=tổng", "=cộng", "total", "danh sách này có", "danh sách này gồm", "danh sách gồm", "danh sách có", "ấn định danh sách"}},
	{aSigner, []string{"người lập", "người tổng hợp", "người phụ trách", "thủ trưởng", "xác nhận", "ký tên", "ký ghi rõ", "ghi rõ họ tên", "ký và ghi", "ký đóng dấu",
		"tm ủy ban", "tm ubnd", "tm ban", "tm hội", "tm đảng ủy", "kt chủ tịch", "kt giám đốc", "kt trưởng", "kt hiệu trưởng", "kt thủ trưởng", "tl chủ tịch", "tuq chủ tịch", "q chủ tịch",
		"cán bộ lập", "đại diện", "lãnh đạo", "ban tổ chức", "chủ nhiệm", "ghi chú", "nơi nhận"}},
	{aTitle, []string{"chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "tổng giám đốc", "phó tổng giám đốc", "hiệu trưởng", "phó hiệu trưởng", "trưởng thôn", "phó thôn", "thôn trưởng", "thôn phó",
		"trưởng làng", "già làng", "trưởng bản", "trưởng ban", "phó ban", "phó trưởng", "trưởng phòng", "phó phòng", "trưởng khoa", "trưởng nhóm", "trưởng đoàn", "trưởng công an", "trưởng bộ phận", "tổ trưởng", "tổ phó",
		"bí thư", "phó bí thư", "chánh văn phòng", "phó chánh văn phòng", "chỉ huy trưởng", "kế toán", "thủ quỹ", "thư ký", "chuyên viên", "công chức"}},
	{aUnit, []string{"xã", "phường", "thị trấn", "thị xã", "huyện", "thôn", "làng", "buôn", "plei", "tổ dân phố", "khu phố", "tổ", "đội", "xóm", "ấp", "khóm", "bản", "công ty", "cty", "tnhh", "ubnd", "ủy ban", "hợp tác xã", "htx", "doanh nghiệp", "dntn",
		"trường th", "trường thcs", "trường thpt", "trường mầm non", "trường tiểu học", "trường trung học", "trường phổ thông", "trường pt", "trường cao đẳng", "trường đại học",
		"sở", "phòng", "ban", "khối", "sở lao động", "sở nội vụ", "sở tư pháp", "phòng lao động", "phòng nội vụ", "phòng tư pháp", "phòng giáo dục", "phòng kinh tế", "phòng văn hóa", "phòng tài chính",
		"ban quản lý", "ban chỉ huy", "ban nhân dân", "ban giám hiệu", "ban giám đốc", "khối cơ quan", "khối đảng", "khối đoàn thể", "khối dân vận", "khối mầm non", "khối tiểu học",
		"chi nhánh", "nhà máy", "xí nghiệp", "trạm", "trung tâm", "bệnh viện", "hội liên hiệp", "hội nông dân", "hội cựu chiến binh", "hội phụ nữ", "hội chữ thập đỏ", "đoàn thanh niên", "đoàn tncs", "đoàn xã",
		"công đoàn", "liên đoàn", "hộ kinh doanh", "hkd", "nông trường", "tổ hợp tác", "kcn", "khu công nghiệp", "ngân hàng", "chi cục", "đảng ủy", "tập đoàn", "tổng công ty", "xưởng", "cửa hàng", "mttq", "mặt trận"}},
	{aGroup, []string{"khách mời", "đại biểu", "thành phần", "các", "nhóm", "lớp", "danh sách", "học viên", "cán bộ", "viên chức", "người lao động", "người sử dụng lao động", "báo cáo viên", "giảng viên"}},
})

// nameLike are the words of lineWords that may begin a name too.
var nameLike = set("phòng", "ban", "khối", "sở", "bản", "trạm", "lớp", "nhóm", "các", "đại diện", "chủ nhiệm", "lãnh đạo", "ban tổ chức")

// noName are words of one syllable that begin no name, with marks or without.
var noName = set("thôn", "xã", "ubnd", "cty", "htx", "tnhh")

// surety is how sure words are that they are no name.
type surety int

const (
	perhaps  surety = iota // a name may read so: Khối Văn Em
	probably               // without marks: "Truong thon", "TONG CONG"
	definite
)

// lineText is what a text says that its line is, "" for nothing known, and how sure
// that is as far as words go.
type lineText struct {
	text, what string
	sure       surety
	nameLike   bool // its words may begin a name, of a person or of a unit
}

func readLine(text string) lineText {
	s := wordsOf(text)
	p, how := lineWords.from(s, 0)
	words := strings.Join(p.words, " ")
	out := lineText{text: text, what: p.code, sure: probably, nameLike: nameLike[words]}
	switch {
	case how == viet.Differ:
		out.what, out.sure = bareTotal(text, s), definite
	case (out.nameLike || how == viet.Bare && len(p.keys) == 1 && !noName[words]) && looksWritten(text, s):
		out.sure = perhaps
	case how == viet.Same, len(p.keys) >= unmistakable, hasDigit(text):
		out.sure = definite
	}
	return out
}

// bareTotal sees "Cộng (2 người)" and "Tổng: 5": the word, and a number behind it.
func bareTotal(text string, s said) string {
	if len(s.keys) < 2 || s.words[0] != "tổng" && s.words[0] != "cộng" && !(s.bare && (s.keys[0] == "tong" || s.keys[0] == "cong")) {
		return ""
	}
	if c := s.keys[1][0]; c >= '0' && c <= '9' || strings.ContainsAny(text, ":=(") && hasDigit(text) {
		return aTotal
	}
	return ""
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// looksWritten reports whether a text is written as names are: letters, and every
// word with a capital.
func looksWritten(text string, s said) bool {
	if !looksLikeName(text) || len(s.words) < 2 {
		return false
	}
	for w := range strings.FieldsSeq(text) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) {
			return false
		}
	}
	return true
}

// signatureWords are the words under which people sign, as keys.
var signatureWords = func() (keys []string) {
	for _, list := range lineWords {
		for _, p := range list {
			if p.code == aSigner {
				keys = append(keys, strings.Join(p.keys, " "))
			}
		}
	}
	slices.Sort(keys)
	return keys
}()
