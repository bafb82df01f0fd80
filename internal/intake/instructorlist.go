package intake

import (
	"slices"
	"strings"

	"sophobien/internal/record"
)

// instructorLabels are the words of the header of a list of the network, before
// those of a list of people.
var instructorLabels = slices.Concat([]label{
	{decision, []string{"quyet dinh", "so qd", "qd cong nhan", "decision"}},
	{validFrom, []string{"ngay cong nhan", "cong nhan ngay", "recognised on", "ngay bo nhiem"}},
	{qualification, []string{"trinh do", "chuyen mon", "qualification", "bang cap"}},
	{languages, []string{"ngon ngu", "tieng dan toc", "biet tieng", "languages"}},
	{level, []string{"=cap", "cap cong nhan", "=level", "cap bao cao vien"}},
	{kind, []string{"=loai", "loai bao cao vien", "bao cao vien", "tuyen truyen vien", "vai tro", "=kind", "=role", "chuc danh phap luat"}},
}, personLabels)

var instructorForm = &form{
	of: "instructor", one: "người", labels: instructorLabels, keys: personForm.keys, byContent: true,
	read: (*entry).readInstructor, check: checkInstructor, missing: refuseNoName, nobody: personForm.nobody,
}

// instructorWords are what lists call the parts of the network.
var instructorWords = newVocabulary([]word{
	{"reporter", []string{"báo cáo viên", "bcv", "reporter"}},
	{"propagandist", []string{"tuyên truyền viên", "ttv", "propagandist"}},
	{"mediator", []string{"hòa giải viên", "hgv", "mediator"}},
	{"arbitrator", []string{"trọng tài viên", "trọng tài", "arbitrator"}},
})

// levelWords begin what lists say of a level: its kind, or an area of it. A city may
// be one of the province's or one of the country's.
var levelWords = newVocabulary([]word{
	{"province", []string{"tỉnh", "thành phố trực thuộc trung ương", "province", "provincial"}},
	{"district", []string{"huyện", "quận", "thị xã", "thành phố thuộc tỉnh", "district"}},
	{"commune", []string{"xã", "phường", "thị trấn", "commune", "cơ sở"}},
	{"enterprise", []string{"doanh nghiệp", "công ty", "enterprise"}},
})

// beforeLevel is what may stand before the word of a level.
var beforeLevel = newVocabulary([]word{{"", []string{"cấp", "ở", "tại", "level", "ubnd", "ủy ban nhân dân", "hđnd"}}})

// levelOf takes the level from the first word: "Xã Tịnh Khê" is a commune, whatever
// its name is.
func levelOf(text string) string {
	s := wordsOf(text)
	at := 0
	for {
		p, _ := beforeLevel.from(s, at)
		if len(p.keys) == 0 {
			break
		}
		at += len(p.keys)
	}
	p, _ := levelWords.from(s, at)
	return p.code
}

// readInstructor reads a person and what makes them one of the network.
func (e *entry) readInstructor() {
	e.readPerson()
	if len(e.fields) == 0 && e.question == "" {
		return
	}
	e.readWord(kind, instructorWords.code, "Ô loại ghi “%s”. Người này là báo cáo viên, tuyên truyền viên, hòa giải viên hay trọng tài viên?")
	e.readWord(level, levelOf, "Ô cấp ghi “%s”. Người này được công nhận ở cấp nào (tỉnh, huyện, xã, doanh nghiệp)?")
	for _, f := range []string{languages, qualification, decision} {
		e.readText(f)
	}
	e.readDay(validFrom, "Ngày công nhận")
	if e.fields.Get(kind) != "" || e.question != "" {
		return
	}
	if w := instructorWords.code(e.fields.Get(position)); w != "" {
		v := value{text: e.fields.Get(position)}
		v.become(w, "kind-by-position")
		e.keep(kind, v)
		return
	}
	e.ask(kind, "Người này là báo cáo viên, tuyên truyền viên, hòa giải viên hay trọng tài viên?")
}

func checkInstructor(f record.Fields) error {
	if err := record.PersonOf(f).Validate(); err != nil {
		return err
	}
	i := InstructorOf(f)
	i.PersonID = record.ID{1} // made when it is stored
	return i.Validate()
}

// InstructorOf turns proposed fields into an instructor without ids.
func InstructorOf(f record.Fields) record.Instructor {
	i := record.Instructor{
		Kind: f.Get(kind), Level: f.Get(level), Qualification: f.Get(qualification), Decision: f.Get(decision),
		Valid: record.Validity{From: record.Date(f.Get(validFrom))},
	}
	for _, l := range strings.FieldsFunc(f.Get(languages), func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
		if l = strings.TrimSpace(l); l != "" {
			i.Languages = append(i.Languages, l)
		}
	}
	return i
}
