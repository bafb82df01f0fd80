package intake

import (
	"strings"
	"unicode/utf8"

	"sophobien/internal/viet"
)

// The fields a column can fill. Those of the first groups are what a proposal
// speaks of; the others are parts of them, or columns that are left out.
const (
	fullName   = "full_name"
	sex        = "sex"
	birth      = "birth"
	phone      = "phone"
	idNumber   = "id_number"
	unit       = "unit"
	position   = "position"
	ethnicity  = "ethnicity"
	disability = "disability"
	audience   = "audience"

	kind          = "kind"
	level         = "level"
	languages     = "languages"
	qualification = "qualification"
	decision      = "decision"
	validFrom     = "valid_from"

	name     = "name"
	code     = "code"
	address  = "address" // of a person it stands in for the unit where there is none
	parent   = "parent"
	sector   = "sector"
	workers  = "workers_total"
	women    = "workers_women"
	minority = "workers_ethnic_minority"
	disabled = "workers_disabled"
	zone     = "zone"
	fdi      = "fdi"

	questionText = "text"
	received     = "received"
	channel      = "channel"
	asker        = "asker"
	contact      = "contact"
	askerGroup   = "asker_group"
	topic        = "topic"
	answer       = "answer"
	answeredOn   = "answered_on"

	familyName = "family" // family and middle names, beside givenName
	middleName = "middle"
	givenName  = "given"
	unitPart   = "unit-part" // of an address over several columns, which stands in for the unit
	male       = "male"      // a mark, or the birth year, under the column of a sex
	female     = "female"
	birthDay   = "birth-day"
	birthMonth = "birth-month"
	birthYear  = "birth-year"

	ethnicMark   = "ethnicity-mark" // a mark under the word of a field
	audienceMark = "audience-mark"

	ordinal = "ordinal"
	ignored = "ignored"
)

// label is a field and the words that name it, as keys. An entry that begins with
// "=" is the whole header, any other stands in it as whole words; of a list of
// labels the first match counts.
type label struct {
	field string
	keys  []string
}

var personLabels = []label{
	{ignored, []string{"=ngay cap", "ngay cap cccd", "ngay cap cmnd", "ngay cap can cuoc", "noi cap", "ngay het han", "date of issue", "place of issue", "ngay vao", "tham nien", "=tuoi", "=do tuoi", "=so tuoi", "=age", "email", "e mail", "thu dien tu", "=mail"}},
	{ordinal, []string{"=stt", "=tt", "=so tt", "=so thu tu", "=no", "=s t t", "=#", "=so", "=thu tu", "=index"}},
	{ignored, []string{"ky ten", "ky nhan", "chu ky", "=ky", "signature", "sign", "ghi chu", "=note", "=notes", "remarks", "diem", "ket qua", "score", "que quan", "nguyen quan", "trinh do", "chuyen mon", "so tai khoan", "so tien"}},
	{male, []string{"=nam", "=male", "=gioi tinh nam", "=nam sinh nam", "=tuoi nam", "=nam tuoi", "=do tuoi nam"}},
	{female, []string{"=nu", "=female", "=gioi tinh nu", "=nam sinh nu", "=tuoi nu", "=nu tuoi", "=do tuoi nu"}},
	{givenName, []string{"=dem va ten", "=ten dem va ten", "=chu dem va ten", "=chu lot va ten", "=ten lot va ten"}},
	{fullName, []string{"dem va ten", "ho dem ten", "lot va ten"}},
	{middleName, []string{"=ten dem", "=dem", "=chu dem", "=chu lot", "=ten lot", "=lot", "=ten chu lot", "=ten dem chu lot", "middle name", "middle names", "=middle"}},
	{familyName, []string{"ho dem", "ho va dem", "ho lot", "ho va ten dem", "ho ten dem", "ho chu dem", "ho va chu dem", "ho va chu lot", "ho chu lot", "ho va ten lot", "ho ten lot", "=ho", "surname", "last name", "family name"}},
	{fullName, []string{"ho ten", "ho va ten", "ho va ten khai sinh", "full name", "fullname", "ten hoc vien", "ten nguoi", "ten dai bieu", "=name", "=participant", "=participants", "=attendee"}},
	{givenName, []string{"=ten", "first name", "given name"}},
	{phone, []string{"dien thoai", "sdt", "so dt", "=dt", "dtdd", "di dong", "phone", "mobile", "=tel", "telephone", "so lien lac", "so lien he", "zalo"}},
	{idNumber, []string{"can cuoc", "cccd", "cmnd", "cmt", "cmtnd", "chung minh", "dinh danh", "id number", "id no", "id card", "identity", "=id", "personal id"}},
	{birth, []string{"ngay sinh", "nam sinh", "thang nam sinh", "ngay thang nam sinh", "sinh nam", "sinh ngay", "ntns", "=ns", "=sinh", "date of birth", "birth", "birthday", "birthdate", "dob", "year of birth"}},
	{sex, []string{"gioi tinh", "=gioi", "=phai", "=gt", "gender", "=sex", "=nam nu"}},
	{ethnicity, []string{"dan toc", "ethnic", "ethnicity"}},
	{disability, []string{"khuyet tat", "nkt", "disability", "disabled"}},
	{position, []string{"chuc vu", "chuc danh", "nghe nghiep", "=nghe", "vi tri", "cong viec", "position", "job title", "=job", "=title", "occupation"}},
	{unit, []string{"don vi", "co quan", "cong ty", "doanh nghiep", "noi cong tac", "noi lam viec", "to chuc", "bo phan", "phong ban", "=unit", "company", "organization", "organisation", "workplace", "employer", "agency"}},
	{audience, []string{"doi tuong", "=nhom", "audience", "=group"}},
	{address, []string{"dia chi", "noi o", "cho o", "thuong tru", "tam tru", "cu tru", "=thon", "thon lang", "thon to", "thon buon", "thon ban", "thon xom", "thon xa", "=lang", "=buon", "=ban", "=ap", "=xom", "=to", "=khoi", "=khu pho", "=tdp", "to dan pho", "=xa", "=phuong", "=thi tran", "xa phuong", "phuong xa", "xa thi tran", "xa huyen", "=huyen", "=quan", "quan huyen", "huyen thi xa", "=tinh", "tinh thanh", "address", "dia phuong"}},
}

// labelOf tells which field a header names, "" when none.
func (f *form) labelOf(text string) string {
	if text == "" || len(text) > 200 || utf8.RuneCountInString(text) > 60 {
		return ""
	}
	key := words(text)
	if key == "" || strings.Count(key, " ") > 8 {
		return ""
	}
	switch {
	case key == "nam" && isYearWord(text):
		return birthYear
	case startsWith(key, titleWords):
		return ""
	case tellsIssue(key):
		return ignored
	}
	for _, l := range f.labels {
		for _, k := range l.keys {
			if whole, ok := strings.CutPrefix(k, "="); ok && key == whole || !ok && hasWords(key, k) {
				return l.field
			}
		}
	}
	return ""
}

// titleWords begin the title of a list and never the header of a column.
var titleWords = []string{"danh sach", "bang tong hop", "bao cao", "bien ban", "kem theo", "bieu tong hop"}

// tellsIssue sees a column that says when or where a card was issued: "Ngày, tháng,
// năm cấp CCCD". What begins with the number may hold it too.
func tellsIssue(key string) bool {
	if !hasWords(key, "cap") || startsWith(key, []string{"so", "cccd", "cmnd", "can cuoc", "chung minh"}) {
		return false
	}
	for _, w := range []string{"ngay cap", "ngay duoc cap", "nam cap", "noi cap", "thang cap", "co quan cap"} {
		if hasWords(key, w) {
			return true
		}
	}
	return false
}

// speaksOfAge sees a header over ages, alone or beside years of birth.
func speaksOfAge(key string) bool {
	return hasWords(key, "tuoi") || hasWords(key, "age") || hasWords(key, "ages")
}

// speaksOfBirth sees a header over days or years of birth.
func speaksOfBirth(key string) bool {
	return hasWords(key, "sinh") || hasWords(key, "birth") || hasWords(key, "ns")
}

// isYearWord tells "Năm" (year) from "Nam" (man), which have one key.
func isYearWord(label string) bool {
	return strings.ContainsAny(viet.NFC(label), "ăĂ")
}

// labelOfPair is the field of a header in two lines.
func (f *form) labelOfPair(top, sub string) string {
	group, key := f.labelOf(top), words(sub)
	if group == birth {
		switch {
		case key == "ngay" || key == "day":
			return birthDay
		case key == "thang" || key == "month":
			return birthMonth
		case key == "nam" && isYearWord(sub), key == "year":
			return birthYear
		}
	}
	if of := f.labelOf(sub); of != "" && (of != ordinal || group == "") {
		return of
	}
	return group
}
