package record

import "strings"

// which says which row was made: what it is called, its day, its place. It is "" for a
// row of which nothing says that.
func (s Speller) which(d *Description, step Step, lang string) string {
	l := ListingOf(d.Name)
	if l == nil {
		return ""
	}
	var parts []string
	for _, column := range []string{l.Title, l.Day} {
		for _, f := range step.Fields {
			if f.Name == d.fieldOf(column) {
				parts = append(parts, s.Show(d, f.Name, f.After, lang))
			}
		}
	}
	return joined(", ", parts...)
}

// fieldOf is the field that a column of a list shows, or shows a part of.
func (d *Description) fieldOf(column string) string {
	if _, ok := d.Field(column); ok {
		return column
	}
	whole, _, _ := strings.Cut(column, "_")
	return whole
}

// didToFile are the steps of a file of evidence in the history of what it shows.
var didToFile = map[string]Words{
	"made": {"Thêm minh chứng", "File of evidence added"}, "changed": {"Sửa minh chứng", "File of evidence changed"},
	"deleted": {"Gỡ minh chứng", "File of evidence removed"}, "restored": {"Lấy lại minh chứng", "File of evidence brought back"},
	"erased": {"Xóa hẳn dữ liệu cá nhân của minh chứng", "Personal data of a file of evidence erased"},
}

// Belonging says in one line what a step did to a file that belongs to a row: "Thêm minh
// chứng: Ảnh “Quang cảnh”".
func (s Speller) Belonging(step Step) Words {
	d := DescribeOf(Evidence{})
	say := func(lang string) string {
		name := s.Show(d, "caption", step.Said["caption"], lang)
		if name == "" {
			name = s.Show(d, "name", step.Said["name"], lang)
		}
		out := didToFile[step.Did].In(lang)
		if what := joined(" ", s.Show(d, "kind", step.Said["kind"], lang), name); what != "" {
			out += ": " + what
		}
		if step.Did == "changed" {
			for _, f := range d.inOrder(step.Fields) {
				out = joined("; ", out, s.fieldSentence(d, f, false, lang))
			}
		}
		return out
	}
	return Words{VI: say("vi"), EN: say("en")}
}

// Foreseen says in one line what a step would do to a row, whose name is given where it is
// known: "Sửa hoạt động “Tập huấn”: nơi tổ chức “Nhà văn hóa”".
func (s Speller) Foreseen(d *Description, step Step, title string) Words {
	say := func(lang string) string {
		which := s.which(d, step, lang)
		if which == "" && title != "" {
			which = quoted(title)
		}
		words := joined(" ", didWords[step.Did].In(lang), lowerFirst(d.Words.In(lang)), which)
		if step.Did != "changed" {
			return words
		}
		var parts []string
		for _, f := range d.inOrder(step.Fields) {
			if field, ok := d.Field(f.Name); ok {
				parts = append(parts, joined(" ", lowerFirst(field.Words.In(lang)), cmpOr(s.Show(d, f.Name, f.After, lang), Words{"trống", "empty"}.In(lang))))
			}
		}
		if len(parts) == 0 {
			return words
		}
		return words + ": " + strings.Join(parts, "; ")
	}
	return Words{VI: say("vi"), EN: say("en")}
}
