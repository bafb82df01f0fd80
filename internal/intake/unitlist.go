package intake

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// unitLabels are the words of the header of a list of enterprises, agencies, schools.
var unitLabels = []label{
	{ignored, []string{"ngay cap", "noi cap", "email", "e mail", "website", "fax", "nguoi dai dien", "giam doc", "dai dien", "dien thoai", "sdt", "phone", "=tel", "ghi chu", "=note", "=notes", "ky nhan", "von dieu le", "nam thanh lap", "ngay thanh lap"}},
	{ordinal, []string{"=stt", "=tt", "=so tt", "=so thu tu", "=no", "=s t t", "=#", "=thu tu", "=index"}},
	{fdi, []string{"fdi", "von dau tu nuoc ngoai", "von nuoc ngoai", "dau tu nuoc ngoai"}},
	{zone, []string{"khu cong nghiep", "cum cong nghiep", "kcn", "ccn", "khu kinh te"}},
	{women, []string{"lao dong nu", "ld nu", "so nu", "=nu", "trong do nu", "women", "female"}},
	{minority, []string{"dan toc thieu so", "dtts", "nguoi dan toc", "dan toc", "ethnic"}},
	{disabled, []string{"khuyet tat", "nkt", "disabled"}},
	{workers, []string{"tong so lao dong", "so lao dong", "so luong lao dong", "tong lao dong", "so cong nhan", "so nld", "tong so nguoi", "=lao dong", "=lao dong tong so", "=tong so", "employees", "workers", "headcount"}},
	{code, []string{"ma so thue", "mst", "ma so doanh nghiep", "ma so dn", "ma don vi", "ma so", "=ma", "tax code", "tax id", "=code"}},
	{kind, []string{"loai hinh", "loai don vi", "loai dn", "=loai", "=kind", "=type", "business type"}},
	{sector, []string{"nganh nghe", "linh vuc", "nganh", "vsic", "sector", "industry"}},
	{address, []string{"dia chi", "tru so", "noi dat tru so", "address"}},
	{parent, []string{"truc thuoc", "cap tren", "chu quan", "dia ban", "=xa", "=phuong", "xa phuong", "=xa phuong thi tran", "=huyen", "parent", "=commune"}},
	{name, []string{"ten doanh nghiep", "ten don vi", "ten cong ty", "ten co so", "ten to chuc", "ten co quan", "ten dn", "ten hop tac xa", "ten truong", "doanh nghiep", "cong ty", "don vi", "co quan", "company", "enterprise", "organization", "organisation", "=unit", "=name", "=ten"}},
}

var unitForm = &form{
	of: "unit", one: "đơn vị", labels: unitLabels, keys: []string{name}, read: (*entry).readUnit, check: func(f record.Fields) error { return UnitOf(f).Validate() }, missing: missingColumn("tên đơn vị", "the name of the unit"),
	nobody: record.Words{VI: "Không có đơn vị nào%s. Hãy kiểm tra lại danh sách. Chưa có gì được lưu.", EN: "No unit is listed%s. Check the list. Nothing was stored."},
}

// missingColumn refuses a list without the column that makes it one.
func missingColumn(vi, en string) func(int, bool) error {
	return func(n int, _ bool) error {
		return record.Refuse(record.ErrInvalid,
			fmt.Sprintf("Bảng có %d cột nhưng không có cột nào là %s. Hãy ghi tiêu đề trên cột ấy rồi chép cả dòng tiêu đề. Chưa có gì được lưu.", n, vi),
			fmt.Sprintf("The table has %d columns but none of them is %s. Write a header over it and copy the header line too. Nothing was stored.", n, en))
	}
}

// readUnit reads the fields of a unit.
func (e *entry) readUnit() {
	e.readNumber(code, fixCode)
	for _, f := range []string{address, parent, sector} {
		e.readText(f)
	}
	for _, c := range []struct{ field, name string }{
		{workers, "Số lao động"}, {women, "Số lao động nữ"}, {minority, "Số lao động dân tộc thiểu số"}, {disabled, "Số lao động khuyết tật"},
	} {
		e.readCount(c.field, c.name)
	}
	e.readTick(zone)
	e.readTick(fdi)
	e.readUnitName()
	e.readUnitKind()
}

func (e *entry) readUnitName() {
	v, _ := e.cell(name)
	switch {
	case v.text == "":
		if len(e.fields) > 0 || e.question != "" {
			e.ask(name, "Dòng này có thông tin ("+e.summary()+") nhưng chưa có tên đơn vị. Đơn vị tên là gì?")
		}
		return
	case isDitto(v.text):
		e.ask(name, "Ô tên chỉ ghi “"+v.text+"”. Đơn vị tên là gì?")
		return
	}
	if c := v.text[0]; c >= '0' && c <= '9' {
		v.become(leadingNumber.ReplaceAllString(v.text, ""), "ordinal")
	}
	e.keep(name, v)
	if !strings.ContainsFunc(v.text, isLetter) {
		e.ask(name, fmt.Sprintf("Ô tên ghi “%s”, không phải chữ. Đơn vị tên là gì?", v.text))
	}
}

// kindWords are what lists call the kinds of unit.
var kindWords = newVocabulary([]word{
	{"", []string{"trường hợp", "xã hội", "hội đồng"}},
	{"cooperative", []string{"hợp tác xã", "htx", "cooperative", "tổ hợp tác"}},
	{"household", []string{"hộ kinh doanh", "hkd", "hộ cá thể", "kinh doanh cá thể", "household"}},
	{"school", []string{"trường", "giáo dục", "school"}},
	{"zone", []string{"=khu công nghiệp", "=cụm công nghiệp", "=kcn", "=ccn", "zone"}},
	{"association", []string{"hội", "tổ chức xã hội", "tổ chức chính trị", "đoàn thể", "đoàn thanh niên", "công đoàn", "liên đoàn", "mặt trận", "association"}},
	{"commune", []string{"=xã", "=phường", "=thị trấn", "cấp xã", "commune"}},
	{"district", []string{"=huyện", "cấp huyện", "district"}},
	{"province", []string{"=tỉnh", "cấp tỉnh", "province"}},
	{"agency", []string{"cơ quan", "sự nghiệp", "hành chính", "bảo hiểm xã hội", "bhxh", "agency"}},
	{"enterprise", []string{"doanh nghiệp", "dn", "công ty", "cty", "tnhh", "cổ phần", "tư nhân", "dntn", "enterprise", "company", "fdi", "nhà nước"}},
})

// kindPrefixes tell a kind by how a unit's name begins, where nothing else is called
// so: "Trường Hải", "Hội An" and "Phong Phú" are names of enterprises. Where a
// beginning says too little, people are asked.
var kindPrefixes = newVocabulary([]word{
	{"", []string{"ngân hàng nhà nước", "ngân hàng chính sách"}},
	{"cooperative", []string{"hợp tác xã", "htx", "tổ hợp tác"}},
	{"household", []string{"hộ kinh doanh", "hkd", "hộ cá thể"}},
	{"school", []string{"trường mầm non", "trường mẫu giáo", "trường tiểu học", "trường th", "trường thcs", "trường thpt", "trường trung học", "trường phổ thông", "trường pt", "trường ptdt", "trường ptdtnt", "trường ptdtbt",
		"trường cao đẳng", "trường đại học", "trường trung cấp", "trường chính trị", "mầm non", "thcs", "thpt", "tiểu học"}},
	{"zone", []string{"khu công nghiệp", "cụm công nghiệp", "kcn", "ccn"}},
	{"association", []string{"hội nông dân", "hội liên hiệp", "hội phụ nữ", "hội lhpn", "hội cựu chiến binh", "hội ccb", "hội chữ thập đỏ", "hội người cao tuổi", "hội khuyến học", "hội luật gia",
		"đoàn thanh niên", "đoàn tncs", "đoàn xã", "đoàn phường", "công đoàn", "liên đoàn lao động", "ldlđ", "lđlđ", "mttq", "ubmttq", "ủy ban mttq", "ủy ban mặt trận", "mặt trận tổ quốc"}},
	{"agency", []string{"ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "văn phòng hđnd", "văn phòng ubnd", "đảng ủy", "huyện ủy", "tỉnh ủy",
		"phòng lao động", "phòng nội vụ", "phòng tư pháp", "phòng giáo dục", "phòng tài chính", "phòng kinh tế", "phòng văn hóa", "phòng y tế", "phòng nông nghiệp", "phòng tài nguyên", "phòng quản lý", "phòng dân tộc",
		"sở nội vụ", "sở lao động", "sở tư pháp", "sở y tế", "sở giáo dục", "sở công thương", "sở tài chính", "sở xây dựng", "sở nông nghiệp", "sở khoa học", "sở văn hóa", "sở dân tộc", "sở kế hoạch", "sở giao thông", "sở tài nguyên", "sở thông tin", "sở ngoại vụ",
		"ban quản lý", "ban dân tộc", "ban chỉ huy", "ban tổ chức", "ban tuyên giáo", "ban nhân dân", "công an", "tòa án", "viện kiểm sát", "chi cục", "bhxh", "bảo hiểm xã hội", "kho bạc", "trạm y tế",
		"trung tâm y tế", "trung tâm phục vụ hành chính công", "trung tâm văn hóa", "trung tâm dịch vụ việc làm", "trung tâm giáo dục", "bệnh viện đa khoa tỉnh", "bệnh viện đa khoa khu vực"}},
	{"commune", []string{"xã", "phường", "thị trấn"}},
	{"enterprise", []string{"công ty", "cty", "ct tnhh", "ct cp", "ctcp", "c ty", "doanh nghiệp", "dntn", "dn tư nhân", "xí nghiệp", "nhà máy", "chi nhánh công ty", "chi nhánh cty", "tập đoàn", "tổng công ty", "ngân hàng", "nông trường", "lâm trường"}},
})

// kindOf tells a kind by how a name begins. Without marks one word says too little:
// "Xa Lo" is no commune.
func kindOf(unitName string) string {
	s := wordsOf(unitName)
	p, how := kindPrefixes.from(s, 0)
	if how == viet.Differ || how == viet.Bare && len(p.keys) < 2 {
		return ""
	}
	return p.code
}

// readUnitKind takes the kind from its column, or from the beginning of the name.
func (e *entry) readUnitKind() {
	if v, ok := e.given(kind); ok {
		if w := kindWords.code(v.text); w != "" {
			v.become(w, "form")
			e.keep(kind, v)
			return
		}
	}
	unitName := e.fields.Get(name)
	if unitName == "" {
		return
	}
	v := value{text: unitName}
	v.become(kindOf(unitName), "kind-by-name")
	if v.text == "" {
		e.ask(kind, fmt.Sprintf("“%s” là loại đơn vị gì (doanh nghiệp, hợp tác xã, hộ kinh doanh, cơ quan, trường học, đoàn thể)?", unitName))
		return
	}
	e.keep(kind, v)
}

// fixCode brings a tax code to its 10 or 13 digits; other codes stay as they are.
func fixCode(v *value) (question string) {
	if q := readNumber(v, "Mã số"); q != "" {
		return q
	}
	if len(v.text) == 9 && onlyDigits(v.text) == v.text {
		v.become("0"+v.text, "code-zero") // a tax code begins with its province, 01 to 99
	}
	return ""
}

// UnitOf turns proposed fields into a unit without id; the parent stays as written
// until it is matched.
func UnitOf(f record.Fields) record.Unit {
	u := record.Unit{
		Name: f.Get(name), Kind: f.Get(kind), Code: f.Get(code), Address: f.Get(address), Sector: f.Get(sector),
		Workers: record.Workers{
			Total: count(f, workers), Women: count(f, women), EthnicMinority: count(f, minority), Disabled: count(f, disabled),
		},
	}
	for _, flag := range []struct{ field, code string }{{zone, "zone"}, {fdi, "fdi"}} {
		if f.Get(flag.field) != "" {
			u.Focus = append(u.Focus, flag.code)
		}
	}
	return u
}

func count(f record.Fields, field string) int64 {
	n := int64(0)
	for _, c := range f.Get(field) {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int64(c-'0')
	}
	return n
}
