package intake

import "strings"

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
func unitKey(text string) string {
	list := strings.Fields(words(strings.NewReplacer("&", " ", "’", "", "'", "").Replace(text)))
	if len(list) > 2 && list[0] == "c" && list[1] == "ty" {
		list = append([]string{"cty"}, list[2:]...)
	}
	for i, w := range list {
		first := i == 0 || list[i-1] == shortForms["ubnd"] || i > 3 && list[i-1] == "dan" && list[i-2] == "nhan"
		if long, ok := areaForms[w]; ok && first && len(list) > i+1 {
			list[i] = long
		} else if long, ok := shortForms[w]; ok {
			list[i] = long
		}
	}
	return strings.Join(list, " ")
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
