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
	of: "instructor", labels: instructorLabels, keys: personForm.keys, byContent: true,
	read: (*entry).readInstructor, check: checkInstructor, missing: refuseNoName, nobody: personForm.nobody,
}

// instructorWords are what lists call the parts of the network.
var instructorWords = []word{
	{"reporter", []string{"bao cao vien", "bcv", "reporter"}},
	{"propagandist", []string{"tuyen truyen vien", "ttv", "propagandist"}},
	{"mediator", []string{"hoa giai vien", "hgv", "mediator"}},
	{"arbitrator", []string{"trong tai vien", "trong tai", "arbitrator"}},
}

var levelWords = []word{
	{"province", []string{"tinh", "thanh pho truc thuoc", "province", "trung uong"}},
	{"district", []string{"huyen", "thi xa", "district"}},
	{"commune", []string{"xa", "phuong", "thi tran", "commune", "co so"}},
	{"enterprise", []string{"doanh nghiep", "cong ty", "enterprise"}},
}

// readInstructor reads a person and what makes them one of the network.
func (e *entry) readInstructor() {
	e.readPerson()
	if len(e.fields) == 0 && e.question == "" {
		return
	}
	e.readWord(kind, instructorWords, "Ô loại ghi “%s”. Người này là báo cáo viên, tuyên truyền viên, hòa giải viên hay trọng tài viên?")
	e.readWord(level, levelWords, "Ô cấp ghi “%s”. Người này được công nhận ở cấp nào (tỉnh, huyện, xã, doanh nghiệp)?")
	for _, f := range []string{languages, qualification, decision} {
		e.readText(f)
	}
	e.readDay(validFrom, "Ngày công nhận")
	if e.fields.Get(kind) != "" || e.question != "" {
		return
	}
	if w := wordOf(instructorWords, e.fields.Get(position)); w != "" {
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
