package packdir

import (
	"slices"
	"strings"

	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// faqFile is the text of an item of questions and answers.
const faqFile = "faq.json"

// speaks are the files by which an item of a kind says itself; one of them must be there.
var speaks = map[record.LawKind][]string{
	record.LawUnits:     {"units.sopb.zip"},
	record.LawCatalogue: {"topics.csv", "holidays.csv", "targets.json"},
	record.LawTemplate:  {"template.xlsx"},
}

// check holds an item against what its kind needs and what a listing takes.
func (c *Contents) check(i *pack.Item) error {
	if need := speaks[record.LawKind(i.Kind)]; need != nil && !i.Withdrawn &&
		!slices.ContainsFunc(i.Files, func(a pack.Attachment) bool { return slices.Contains(need, a.Name) }) {
		which := strings.Join(need, ", ")
		return refuse(i.ID, 0, "mục loại “"+i.Kind+"” cần một tệp trong files/"+i.ID+"/: "+which+".", "an item of kind “"+i.Kind+"” needs a file in files/"+i.ID+"/: "+which+".")
	}
	if i.Kind == string(record.LawFAQ) && !i.Withdrawn && len(i.Wordings) != 1 {
		return refuse(i.ID, 0, "mục hỏi đáp cần một tệp files/"+i.ID+"/"+faqFile+".", "questions and answers need one file files/"+i.ID+"/"+faqFile+".")
	}
	if err := i.Validate(); err != nil {
		return refuse(i.ID, 0, "mục này chưa hợp lệ: "+err.Error()+".", "this item is not valid: "+err.Error()+".")
	}
	return nil
}
