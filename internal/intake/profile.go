package intake

import (
	"strings"
	"unicode"

	"sophobien/internal/sheet"
)

// profile counts what the cells of a column look like.
type profile struct {
	filled, name, family, oneWord, sex, tick, birth, day, phone, id, ethnic, unit, position, number int
	ascending                                                                                       int // counts up by one
}

// share reports whether a count is at least so many per cent of the cells.
func (p profile) share(n, percent int) bool { return p.filled > 0 && n*100 >= p.filled*percent }

// profileOf looks at one column of the rows of data.
func (t *table) profileOf(col int, rows []sheet.Row) profile {
	var p profile
	last := 0
	for _, r := range rows[:min(len(rows), sampled)] {
		v := t.at(r, col)
		if v.text == "" || isDitto(v.text) {
			continue
		}
		p.add(v)
		if n, ok := smallNumber(v.text); ok {
			if n == last+1 {
				p.ascending++
			}
			last = n
		}
	}
	return p
}

func (p *profile) add(v value) {
	key := words(v.text)
	p.filled++
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	name := looksLikeName(v.text)
	count(&p.name, name)
	count(&p.oneWord, name && !strings.Contains(v.text, " "))
	first, _, more := strings.Cut(key, " ")
	count(&p.family, name && more && familyWords[first])
	count(&p.sex, sexWords[key] != "")
	count(&p.tick, isTick(v.text))
	b := readBirth(v, false)
	count(&p.birth, b.looksLikeOne())
	count(&p.day, v.kind == sheet.Date || (b.form == parted || b.form == certain) && onlyDigits(v.text) != v.text)
	count(&p.phone, looksLikePhone(v.text))
	count(&p.id, looksLikeID(v.text))
	count(&p.ethnic, ethnicGroups[key])
	count(&p.unit, startsWith(key, unitWords))
	count(&p.position, startsWith(key, positionWords))
	count(&p.number, v.kind == sheet.Number || onlyDigits(v.text) != "")
}

// field is what the content alone says of a column, "" when it says nothing.
func (p profile) field() string {
	switch {
	case p.share(p.sex, 80):
		return sex
	case p.share(p.phone, 70) && p.phone >= p.id:
		return phone
	case p.share(p.id, 70):
		return idNumber
	case p.share(p.birth, 70):
		return birth
	case p.share(p.ascending, 80) && p.share(p.number, 80):
		return ordinal
	case p.share(p.ethnic, 70):
		return ethnicity
	case p.share(p.unit, 50):
		return unit
	case p.share(p.position, 50):
		return position
	}
	return ""
}

// looksLikeName accepts two to seven words of letters, as people are called;
// one word is a name too, but says little by itself.
func looksLikeName(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.Is(unicode.M, r):
			letters++
		case r == ' ' || r == '-' || r == '\'' || r == '’' || r == '.':
		default:
			return false
		}
	}
	return letters > 0 && len([]rune(s)) <= 50 && strings.Count(s, " ") <= 6
}

// match is how many cells hold what a field is for.
func (p profile) match(field string) int {
	switch field {
	case fullName:
		return p.name
	case phone:
		return p.phone
	case idNumber:
		return p.id
	case birth:
		return p.birth
	case sex:
		return p.sex
	case ethnicity:
		return p.ethnic
	}
	return p.filled
}

func looksLikeBirth(v value) bool { return readBirth(v, false).looksLikeOne() }

func (b birthText) looksLikeOne() bool {
	return b.ok() && !(b.form == yearOnly && b.shortYear) && b.year >= 1900 && b.year <= latestBirth
}

func looksLikePhone(s string) bool {
	d := phoneDigits(s)
	switch len(d) {
	case 9:
		return d[0] == '3' || d[0] == '5' || d[0] >= '7'
	case 10, 11:
		return d[0] == '0' && d[1] >= '2' && d[1] != '4' && d[1] != '6'
	}
	return false
}

func looksLikeID(s string) bool {
	d := onlyDigits(s)
	switch len(d) {
	case 12, 11:
		fixed, ok := fullID(d)
		return ok && fixed != ""
	case 9:
		return true
	}
	return false
}

func startsWith(key string, list []string) bool {
	for _, w := range list {
		if key == w || strings.HasPrefix(key, w+" ") {
			return true
		}
	}
	return false
}

func smallNumber(s string) (int, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "."), ".0")
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 99999 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}

func set(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, s := range list {
		m[s] = true
	}
	return m
}

var sexWords = map[string]string{
	"nam": "nam", "nu": "nữ", "male": "nam", "female": "nữ", "m": "nam", "f": "nữ",
	"trai": "nam", "gai": "nữ", "man": "nam", "woman": "nữ", "gioi tinh nam": "nam", "gioi tinh nu": "nữ",
}

var familyWords = set("nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo",
	"duong", "ly", "dinh", "dao", "truong", "trinh", "luong", "mai", "doan", "ha", "cao", "thai", "ta", "lam", "to", "chau",
	"kieu", "quach", "vuong", "nong", "ma", "be", "lo", "quang", "vi", "luc", "trieu", "giang", "sung", "vang", "thao", "ban",
	"a", "y", "siu", "kpa", "ksor", "rahlan", "rmah", "ro", "nay", "nie", "h", "k", "xieng", "brao", "thao", "u", "dieu")

var ethnicGroups = set("kinh", "tay", "thai", "hoa", "kho me", "khmer", "muong", "nung", "hmong", "h mong", "mong", "dao", "gia rai",
	"jrai", "j rai", "ngai", "e de", "ede", "ba na", "bana", "bahnar", "xo dang", "xe dang", "sedang", "san chay", "co ho", "k ho",
	"cham", "san diu", "hre", "h re", "mnong", "m nong", "ra glai", "raglai", "xtieng", "s tieng", "bru van kieu", "van kieu", "tho",
	"giay", "co tu", "gie trieng", "ma", "kho mu", "co", "cor", "ta oi", "cho ro", "khang", "xinh mun", "ha nhi", "chu ru", "lao",
	"la chi", "la ha", "phu la", "la hu", "lu", "lo lo", "chut", "mang", "pa then", "co lao", "cong", "bo y", "si la", "pu peo",
	"brau", "o du", "ro mam", "rang ao", "gie", "trieng", "ca dong", "xo teng", "mo nam", "ro ngao")

var unitWords = []string{"xa", "phuong", "thi tran", "huyen", "thon", "lang", "to dan pho", "ban", "cong ty", "cty", "tnhh", "ubnd",
	"uy ban", "truong th", "truong thcs", "truong thpt", "truong mam non", "truong tieu hoc", "truong pho thong", "truong pt", "truong cao dang", "truong dai hoc", "hop tac xa", "htx", "doanh nghiep", "dntn", "so", "phong", "ban quan ly", "chi nhanh", "nha may", "xi nghiep",
	"tram", "trung tam", "benh vien", "hoi lien hiep", "hoi nong dan", "hoi cuu chien binh", "hoi phu nu", "hoi chu thap do", "doan thanh nien", "doan tncs", "doan xa", "cong doan", "lien doan", "ho kinh doanh", "hkd", "nong truong", "to hop tac", "kcn",
	"khu cong nghiep", "ngan hang", "chi cuc", "dang uy", "khoi", "tap doan", "tong cong ty", "xuong", "cua hang", "mttq", "mat tran"}

var positionWords = []string{"chu tich", "pho", "truong thon", "truong phong", "truong ban", "truong nhom", "truong khoa", "giam doc", "nhan vien", "cong nhan", "ke toan", "giao vien", "can bo",
	"cong chuc", "vien chuc", "chuyen vien", "bi thu", "lao dong", "nong dan", "thu kho", "bao ve", "ky thuat", "ky su", "to truong",
	"quan ly", "lai xe", "y ta", "y si", "bac si", "hieu truong", "thon truong", "gia lang", "hoi vien", "doan vien", "thanh vien",
	"quan doc", "thu ky", "van phong", "tap vu", "nguoi lao dong", "chu co so", "chu ho", "uy vien", "tap huan vien", "hoa giai vien"}
