package law

import (
	"cmp"
	"slices"
	"strings"

	"sophobien/internal/viet"
)

// Name is what people call a document instead of its number.
type Name struct {
	Name  string
	Short []string
	ID    string // the document that has the name now
}

// Names are the well-known ones.
var Names = []Name{
	{"Bộ luật Lao động", []string{"BLLĐ", "BLLD"}, "45-2019-qh14"},
	{"Luật Công đoàn", nil, "50-2024-qh15"},
	{"Luật Bảo hiểm xã hội", []string{"Luật BHXH", "LBHXH"}, "41-2024-qh15"},
	{"Luật Việc làm", nil, "74-2025-qh15"},
	{"Luật An toàn, vệ sinh lao động", []string{"Luật ATVSLĐ", "LATVSLĐ", "Luật An toàn vệ sinh lao động"}, "84-2015-qh13"},
	{"Luật Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng", nil, "69-2020-qh14"},
	{"Luật Phổ biến, giáo dục pháp luật", []string{"Luật PBGDPL", "Luật Phổ biến giáo dục pháp luật"}, "14-2012-qh13"},
	{"Luật Thực hiện dân chủ ở cơ sở", nil, "10-2022-qh15"},
	{"Luật Bảo vệ dữ liệu cá nhân", []string{"Luật BVDLCN"}, "91-2025-qh15"},
	{"Luật Người khuyết tật", []string{"Luật NKT"}, "51-2010-qh12"},
	{"Luật Bình đẳng giới", nil, "73-2006-qh11"},
	{"Luật Trẻ em", nil, "102-2016-qh13"},
	{"Luật Dân số", nil, "113-2025-qh15"},
	{"Luật Giáo dục nghề nghiệp", []string{"Luật GDNN"}, "124-2025-qh15"},
}

// Abbreviation is a short form of the trade with what it stands for.
type Abbreviation struct{ Short, Long string }

// Abbreviations are those that a search looks through.
var Abbreviations = []Abbreviation{
	{"ATLĐ", "an toàn lao động"},
	{"ATVSLĐ", "an toàn, vệ sinh lao động"},
	{"BHTN", "bảo hiểm thất nghiệp"},
	{"BHTNLĐ", "bảo hiểm tai nạn lao động"},
	{"BHXH", "bảo hiểm xã hội"},
	{"BHYT", "bảo hiểm y tế"},
	{"BLLĐ", "bộ luật lao động"},
	{"BNN", "bệnh nghề nghiệp"},
	{"CĐCS", "công đoàn cơ sở"},
	{"CNVCLĐ", "công nhân viên chức lao động"},
	{"DNNN", "doanh nghiệp nhà nước"},
	{"GDNN", "giáo dục nghề nghiệp"},
	{"GPLĐ", "giấy phép lao động"},
	{"HĐLĐ", "hợp đồng lao động"},
	{"HĐND", "hội đồng nhân dân"},
	{"KLLĐ", "kỷ luật lao động"},
	{"KPCĐ", "kinh phí công đoàn"},
	{"LĐTBXH", "lao động thương binh và xã hội"},
	{"LĐCTN", "lao động chưa thành niên"},
	{"NKT", "người khuyết tật"},
	{"NLĐ", "người lao động"},
	{"NLĐNN", "người lao động nước ngoài"},
	{"NQLĐ", "nội quy lao động"},
	{"NSDLĐ", "người sử dụng lao động"},
	{"PBGDPL", "phổ biến, giáo dục pháp luật"},
	{"QHLĐ", "quan hệ lao động"},
	{"TCĐDNLĐ", "tổ chức đại diện người lao động"},
	{"TGLV", "thời giờ làm việc"},
	{"TGNN", "thời giờ nghỉ ngơi"},
	{"TLTT", "thương lượng tập thể"},
	{"TNLĐ", "tai nạn lao động"},
	{"TƯLĐTT", "thỏa ước lao động tập thể"},
	{"UBND", "ủy ban nhân dân"},
	{"VPHC", "vi phạm hành chính"},
}

var longForms = func() map[string]string {
	long := map[string]string{}
	for _, a := range Abbreviations {
		long[viet.Key(a.Short)] = a.Long
	}
	return long
}()

// nameKeys are the names and short names by their keys, the longest first.
var nameKeys = func() (keys []nameKey) {
	for _, n := range Names {
		for _, name := range append([]string{n.Name}, n.Short...) {
			keys = append(keys, nameKey{plainKey(name), n})
		}
	}
	slices.SortStableFunc(keys, func(a, b nameKey) int { return cmp.Compare(len(b.key), len(a.key)) })
	return keys
}()

type nameKey struct {
	key string
	of  Name
}

// plainKey is a key without commas, which people put as they like.
func plainKey(s string) string { return viet.Key(strings.ReplaceAll(s, ",", " ")) }

// FindName finds the well-known document a text names, the longest name first.
func FindName(text string) (Name, bool) {
	key := plainKey(text)
	for _, k := range nameKeys {
		if viet.HasPhrase(key, k.key) {
			return k.of, true
		}
	}
	return Name{}, false
}
