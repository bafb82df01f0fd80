package intake

import (
	"slices"
	"strings"

	"sophobien/internal/viet"
)

// unitParts are the parts of a unit's text, the smallest first: "Thôn 1, xã Đăk
// Hà - tỉnh Quảng Ngãi".
func unitParts(text string) []string {
	text = strings.NewReplacer(" - ", ",", " – ", ",", "–", ",", ";", ",", "(", ",", ")", ",").Replace(text)
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if words(part) != "" {
			out = append(out, part)
		}
	}
	return out
}

// villageWords begin the names of the parts of a commune, and of an address.
var villageWords = []string{
	"thon", "lang", "ban", "buon", "plei", "ap", "xom", "to dan pho", "tdp", "to", "khu pho", "khoi pho", "khoi", "khom", "doi", "so nha", "duong", "hem",
}

func isVillage(part string) bool {
	key := words(part)
	return startsWith(key, villageWords) || key != "" && key[0] >= '0' && key[0] <= '9'
}

// ofCommittee is the area whose people's committee a key names.
func ofCommittee(key string) (is bool, area string) {
	for _, office := range []string{"uy ban nhan dan ", "van phong uy ban nhan dan ", "hoi dong nhan dan uy ban nhan dan "} {
		if rest, ok := strings.CutPrefix(key, office); ok {
			return true, rest
		}
	}
	return false, ""
}

// shortForms are written out before names are compared.
var shortForms = map[string]string{
	"cty": "cong ty", "ct": "cong ty", "cp": "co phan", "mtv": "mot thanh vien", "dn": "doanh nghiep",
	"dntn": "doanh nghiep tu nhan", "htx": "hop tac xa", "hkd": "ho kinh doanh", "xn": "xi nghiep", "cn": "chi nhanh",
	"tnhh": "trach nhiem huu han", "sx": "san xuat", "tm": "thuong mai", "dv": "dich vu", "xd": "xay dung", "xnk": "xuat nhap khau",
	"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ubmttq": "uy ban mat tran to quoc", "mttq": "mat tran to quoc",
	"ldld": "lien doan lao dong", "bhxh": "bao hiem xa hoi", "thpt": "trung hoc pho thong", "thcs": "trung hoc co so",
	"kcn": "khu cong nghiep", "ccn": "cum cong nghiep", "vp": "van phong",
}

// areaForms are the short forms of kinds of areas; they mean that only where they
// begin a name, or follow a committee's.
var areaForms = map[string]string{
	"x": "xa", "p": "phuong", "tt": "thi tran", "h": "huyen", "q": "quan", "tp": "thanh pho", "tx": "thi xa", "t": "tinh",
}

// unitKey is the form in which names of units are compared.
func unitKey(text string) string { return strings.Join(readUnitText(text, false).keys, " ") }

// unitText is a unit's text as words, short forms written out.
type unitText struct {
	keys  []string
	words []string // as they are written, "" for those of a short form: it has no marks
}

func readUnitText(text string, marks bool) (out unitText) {
	text = strings.NewReplacer("&", " ", "’", "", "'", "").Replace(text)
	keys := strings.Fields(words(text))
	if len(keys) > 2 && keys[0] == "c" && keys[1] == "ty" {
		keys = append([]string{"cty"}, keys[2:]...)
	}
	var written said
	if marks {
		written = wordsOf(text)
	}
	for i, w := range keys {
		first := i == 0 || keys[i-1] == "ubnd" || i > 3 && keys[i-1] == "dan" && keys[i-2] == "nhan"
		long, short := shortForms[w], true
		if area, ok := areaForms[w]; ok && first && len(keys) > i+1 {
			long = area
		} else if long == "" {
			long, short = w, false
		}
		out.keys = append(out.keys, long)
		if !marks {
			continue
		}
		if short {
			out.keys = append(out.keys[:len(out.keys)-1], strings.Fields(long)...)
			out.words = append(out.words, make([]string, len(out.keys)-len(out.words))...)
			continue
		}
		at := len(written.words) - len(keys) + i // what is joined is joined in front
		if at >= 0 && written.keys[at] == w {
			w = written.words[at]
		}
		out.words = append(out.words, w)
	}
	return out
}

// spellings are words of other languages that are written with these marks and with
// those: Đăk, Đắk and Đak are one.
var spellings = set("dak", "ngok", "krong", "kroong", "plei", "ro", "ko", "po")

// agree says how well two texts agree in the words that both end with.
func (n unitText) agree(o unitText) viet.Agreement {
	var a, b []string
	for i, j := len(n.keys)-1, len(o.keys)-1; i >= 0 && j >= 0 && n.keys[i] == o.keys[j]; i, j = i-1, j-1 {
		if n.words[i] != "" && o.words[j] != "" && !spellings[n.keys[i]] {
			a, b = append(a, n.words[i]), append(b, o.words[j])
		}
	}
	return viet.Agree(strings.Join(a, " "), strings.Join(b, " "))
}

// callsTheSame says how well two texts call a unit the same. Marks tell units apart,
// as they do people: Minh Tân is not Minh Tấn.
func callsTheSame(a, b string) viet.Agreement {
	if a == b {
		return viet.Same
	}
	n, o := readUnitText(a, true), readUnitText(b, true)
	if !slices.Equal(n.keys, o.keys) {
		return viet.Differ
	}
	return n.agree(o)
}

// legalForms are the words before an enterprise's own name.
var legalForms = []string{
	"cong ty", "tong cong ty", "trach nhiem huu han", "co phan", "mot thanh vien", "hai thanh vien", "doanh nghiep tu nhan", "doanh nghiep",
	"hop tac xa", "ho kinh doanh", "to hop tac", "xi nghiep", "chi nhanh",
}

// withoutForm is an enterprise's own name; the key itself when nothing else is left.
func withoutForm(key string) string {
	rest := key
	for again := true; again; {
		again = false
		for _, form := range legalForms {
			if after, ok := strings.CutPrefix(rest, form+" "); ok {
				rest, again = after, true
			}
		}
	}
	if len(rest) < 3 {
		return key
	}
	return rest
}
