package record

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Step is one change of a row, as the log tells it.
type Step struct {
	At      int64  // Unix milliseconds, as the device said
	Officer string // id of the officer at the desk
	Batch   string // names the commit, for undo
	Did     string // "made", "changed", "deleted", "restored" or "erased"
	Fields  []StepField
	// Of is a row that belongs to the one asked for, where the step changed that one;
	// Said is what it said by then.
	Of   Ref
	Said map[string]Value
}

// StepField is a field that a step changed. Before and After are Null where there
// was nothing; Gone says that a value has been erased since.
type StepField struct {
	Name          string
	Before, After Value
	Gone          bool
}

// HistoryLine is a step in words.
type HistoryLine struct {
	At      int64
	Officer string // name
	Words   Words
	Batch   string
	Of      Ref // a row that belongs to the one asked for, where the step changed that one
}

// Speller writes values for people. Name gives the name of a unit, a person, an
// activity; it may be nil.
type Speller struct {
	Topics []Term
	Name   func(noun string, id ID) string
	Whole  bool // all that a row said when it was made, not only which it is
}

// fieldTerms are the closed lists behind fields that hold their codes.
var fieldTerms = map[string][]Term{
	"activity.kind": ActivityKinds, "activity.form": LegalForms, "activity.mode": Modes, "activity.status": Statuses, "activity.audience": Audiences,
	"question.channel": Channels, "question.asker_group": Audiences,
	"unit.kind": UnitKinds, "unit.focus": FocusFlags,
	"person.sex": Sexes, "person.audience": Audiences, "attendance.role": Roles,
	"instructor.kind": InstructorKinds, "instructor.level": Levels,
	"directive.kind": DirectiveKinds, "publication.channel": PublicChannels, "material.kind": MaterialKinds,
	"survey.purpose": SurveyPurposes, "survey.audience": Audiences, "budget.source": CostSources,
	"evidence.kind": EvidenceKinds, "custody.kind": CustodyKinds, "office.period_rule": PeriodRules, "report.status": ReportStatuses,
}

// FieldTerms is the closed list whose codes a field holds, or nil.
func FieldTerms(noun, field string) []Term { return fieldTerms[noun+"."+field] }

// idNouns says what the ids of a field name, where it is no unit.
var idNouns = map[string]string{
	"activity_id": "activity", "person_id": "person", "other_id": "person", "material_id": "material", "owner_id": "", "target_id": "activity", "replaces": "report",
	"report_id": "report", "twin_id": "activity",
}

// stepFields say something of the step itself: they come last, and without what they
// said in an earlier one.
var stepFields = map[string]bool{"reason": true}

// Sentence says in one line what a step did to a row of a noun.
func (s Speller) Sentence(d *Description, step Step) Words {
	return Words{VI: s.sentence(d, step, "vi"), EN: s.sentence(d, step, "en")}
}

var didWords = map[string]Words{
	"made": {"Ghi mới", "Recorded"}, "changed": {"Sửa", "Changed"}, "deleted": {"Xóa", "Deleted"},
	"restored": {"Lấy lại", "Brought back"}, "erased": {"Xóa hẳn dữ liệu cá nhân", "Personal data erased"},
}

func (s Speller) sentence(d *Description, step Step, lang string) string {
	if step.Did == "made" && !s.Whole {
		if which := s.which(d, step, lang); which != "" {
			return didWords["made"].In(lang) + " " + which
		}
	}
	head := didWords[step.Did].In(lang)
	if step.Did == "deleted" || step.Did == "restored" || step.Did == "erased" {
		return head
	}
	var parts, last []string
	for _, f := range d.inOrder(step.Fields) {
		part := s.fieldSentence(d, f, step.Did == "made", lang)
		switch {
		case part == "":
		case stepFields[f.Name]:
			last = append(last, part)
		default:
			parts = append(parts, part)
		}
	}
	parts = append(parts, last...)
	if len(parts) == 0 {
		return head
	}
	return head + " " + strings.Join(parts, "; ")
}

// inOrder are the fields of a step in the order in which the noun asks them.
func (d *Description) inOrder(fields []StepField) []StepField {
	out := slices.Clone(fields)
	slices.SortStableFunc(out, func(a, b StepField) int { return d.byName[a.Name] - d.byName[b.Name] })
	return out
}

// fieldSentence is "Nơi tổ chức: A → B"; of a row just made, what it said.
func (s Speller) fieldSentence(d *Description, f StepField, made bool, lang string) string {
	field, ok := d.Field(f.Name)
	if !ok {
		return ""
	}
	name := lowerFirst(field.Words.In(lang))
	if f.Gone {
		return name + " (" + Words{"đã xóa hẳn", "erased"}.In(lang) + ")"
	}
	after := s.Show(d, f.Name, f.After, lang)
	if made {
		if after == "" {
			return ""
		}
		return name + " " + after
	}
	if stepFields[f.Name] {
		return name + " " + after
	}
	none := Words{"trống", "empty"}.In(lang)
	return name + ": " + cmpOr(s.Show(d, f.Name, f.Before, lang), none) + " → " + cmpOr(after, none)
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Show is a value of a field as people read it; "" when it says nothing.
func (s Speller) Show(d *Description, field string, v Value, lang string) string {
	f, ok := d.Field(field)
	if !ok || !v.IsSet() {
		return ""
	}
	p := reflect.New(f.codec.typ()).Elem()
	if f.codec.decode(v, p) != nil {
		return string(v)
	}
	terms := FieldTerms(d.Name, field)
	if field == "topics" {
		terms = s.Topics
	}
	return s.show(p, field, terms, lang)
}

// longest is how much of a text a sentence shows.
const longest = 80

func (s Speller) show(v reflect.Value, field string, terms []Term, lang string) string {
	switch x := v.Interface().(type) {
	case ID:
		return s.name(field, x)
	case Date:
		return x.String()
	case Birth:
		return x.String()
	case HeadCount:
		return showHeads(x, lang)
	case Due:
		return x.On.String()
	case Occasion:
		return joined(", ", x.Date.String(), string(x.Start), x.Place)
	case FigurePeriod:
		return joined(" – ", x.From.String(), x.To.String())
	case Validity:
		return joined(" – ", x.From.String(), x.To.String())
	}
	switch v.Kind() {
	case reflect.String:
		if terms != nil {
			return WordIn(terms, v.String(), lang)
		}
		return quoted(v.String())
	case reflect.Bool:
		if v.Bool() {
			return Words{"có", "yes"}.In(lang)
		}
		return Words{"không", "no"}.In(lang)
	case reflect.Int64, reflect.Int:
		return grouped(v.Int())
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, s.show(v.Index(i), field, terms, lang))
		}
		return strings.Join(parts, ", ")
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if !isUnset(v.Field(i)) {
				parts = append(parts, s.show(v.Field(i), field, nil, lang))
			}
		}
		return strings.Join(parts, " ")
	}
	return ""
}

func (s Speller) name(field string, id ID) string {
	noun, known := idNouns[field]
	if !known {
		noun = "unit"
	}
	if s.Name != nil && noun != "" {
		return s.Name(noun, id)
	}
	return ""
}

func showHeads(h HeadCount, lang string) string {
	out := grouped(h.Total)
	if h.Women > 0 {
		out += ", " + Words{"nữ", "women"}.In(lang) + " " + grouped(h.Women)
	}
	return out
}

func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), by)
}

func quoted(s string) string {
	if r := []rune(s); len(r) > longest {
		s = strings.TrimSpace(string(r[:longest])) + "…"
	}
	return "“" + s + "”"
}

// grouped writes a number with dots between thousands, as in Vietnam.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
