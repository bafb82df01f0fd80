package activities

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// paper is an activity as it stands in the form: what was typed, readable or not.
// It is what a draft keeps and what the form shows.
type paper struct {
	ID        record.ID         `json:"id"`
	Texts     map[string]string `json:"texts"`           // typed fields by their name in record
	Codes     map[string]string `json:"codes"`           // chosen words by field
	Loose     map[string]string `json:"loose,omitempty"` // typed where something is to be chosen, and not chosen yet
	Topics    []string          `json:"topics,omitempty"`
	Audience  []string          `json:"audience,omitempty"`
	Languages []string          `json:"languages,omitempty"`
	Host      []record.ID       `json:"host,omitempty"` // one or none
	Helpers   []record.ID       `json:"co_organisers,omitempty"`
	Reached   []record.ID       `json:"units_reached,omitempty"`
	Reason    string            `json:"reason,omitempty"` // passed on
	Direct    bool              `json:"direct,omitempty"`
	Listed    bool              `json:"listed,omitempty"`
	Materials [][]string        `json:"materials,omitempty"`
	Costs     [][]string        `json:"costs,omitempty"`
	Citations []record.Citation `json:"citations,omitempty"`
}

// headField is one head count of the form.
type headField struct {
	name  string
	label string
	of    func(*record.HeadCount) *int64
}

var headFields = []headField{
	{"heads.total", "Tổng số lượt người", func(h *record.HeadCount) *int64 { return &h.Total }},
	{"heads.women", "Trong đó nữ", func(h *record.HeadCount) *int64 { return &h.Women }},
	{"heads.workers", "Người lao động", func(h *record.HeadCount) *int64 { return &h.Workers }},
	{"heads.employers", "Người sử dụng lao động", func(h *record.HeadCount) *int64 { return &h.Employers }},
	{"heads.officials", "Cán bộ, công chức", func(h *record.HeadCount) *int64 { return &h.Officials }},
	{"heads.reporters", "Báo cáo viên, tuyên truyền viên", func(h *record.HeadCount) *int64 { return &h.Reporters }},
	{"heads.mediators", "Hòa giải viên, trọng tài viên", func(h *record.HeadCount) *int64 { return &h.Mediators }},
	{"heads.ethnic_minority", "Người dân tộc thiểu số", func(h *record.HeadCount) *int64 { return &h.EthnicMinority }},
	{"heads.disabled", "Người khuyết tật", func(h *record.HeadCount) *int64 { return &h.Disabled }},
}

// paperOf writes an activity down.
func paperOf(a record.Activity) paper {
	p := paper{
		ID: a.ID, Reason: a.Reason,
		Texts: map[string]string{
			"title": a.Title, "task": a.Task, "woven_into": a.WovenInto, "speakers": strings.Join(a.Speakers, "; "),
			"result": a.Result, "note": a.Note, "prizes": writeCount(a.Prizes),
			"channel": a.Channel, "link": a.Link, "times": writeCount(a.Times),
			"when.date": a.When.Date.String(), "when.end_date": a.When.EndDate.String(),
			"when.start": string(a.When.Start), "when.end": string(a.When.End), "when.place": a.When.Place,
		},
		Codes:  map[string]string{"kind": a.Kind, "form": a.Form, "mode": a.Mode, "status": a.Status},
		Topics: a.Topics, Audience: a.Audience, Languages: a.Languages,
		Helpers: a.CoOrganisers, Reached: a.UnitsReached, Direct: a.Direct, Listed: a.Heads.Listed,
		Citations: a.Citations,
	}
	if !a.HostUnitID.IsZero() {
		p.Host = []record.ID{a.HostUnitID}
	}
	for _, f := range headFields {
		p.Texts[f.name] = writeCount(*f.of(&a.Heads))
	}
	for _, m := range a.Materials {
		p.Materials = append(p.Materials, []string{m.Name, kit.Term(record.MaterialKinds, m.Kind), writeCount(m.Copies)})
	}
	for _, c := range a.Costs {
		p.Costs = append(p.Costs, []string{kit.Term(record.CostSources, c.Source), writeCount(c.Amount)})
	}
	return p
}

// reader reads typed texts and collects what cannot be read, by field.
type reader struct {
	texts    map[string]string
	date     func(string) (record.Date, error)
	problems record.Problems
}

func (r *reader) refuse(field string, err error) {
	if err == nil {
		return
	}
	refusal := record.Refuse(record.ErrInvalid, record.SentenceOf(err, "vi"), record.SentenceOf(err, "en"))
	refusal.Field = field
	r.problems = append(r.problems, refusal.Because(err))
}

func (r *reader) day(field string) record.Date {
	if r.texts[field] == "" {
		return ""
	}
	d, err := r.date(r.texts[field])
	r.refuse(field, err)
	return d
}

func (r *reader) clock(field string) record.Clock {
	c, err := readClock(r.texts[field])
	r.refuse(field, err)
	return c
}

func (r *reader) count(field, text string) int64 {
	n, err := readCount(text)
	r.refuse(field, err)
	return n
}

// activity reads the paper. What cannot be read or breaks a rule comes back as
// record.Problems, in the order of the form.
func (p paper) activity(date func(string) (record.Date, error)) (record.Activity, error) {
	r := &reader{texts: p.Texts, date: date}
	a := record.Activity{
		ID: p.ID, Kind: p.Codes["kind"], Form: p.Codes["form"], Mode: p.Codes["mode"], Status: p.Codes["status"],
		Title: p.Texts["title"], Task: p.Texts["task"], WovenInto: p.Texts["woven_into"], Speakers: readNames(p.Texts["speakers"]),
		Channel: p.Texts["channel"], Link: p.Texts["link"], Times: r.count("times", p.Texts["times"]),
		Reason: p.Reason, Result: p.Texts["result"], Note: p.Texts["note"],
		When: record.Occasion{
			Date: r.day("when.date"), EndDate: r.day("when.end_date"),
			Start: r.clock("when.start"), End: r.clock("when.end"), Place: p.Texts["when.place"],
		},
		Topics: p.Topics, Audience: p.Audience, Languages: p.Languages,
		CoOrganisers: p.Helpers, UnitsReached: p.Reached, Direct: p.Direct,
		Heads:  record.HeadCount{Listed: p.Listed},
		Prizes: r.count("prizes", p.Texts["prizes"]), Citations: p.Citations,
	}
	if len(p.Host) > 0 {
		a.HostUnitID = p.Host[0]
	}
	for _, f := range headFields {
		*f.of(&a.Heads) = r.count(f.name, p.Texts[f.name])
	}
	a.Materials, a.Costs = r.materials(p.Materials), r.costs(p.Costs)
	return a, r.judge(a)
}

// judge adds what the activity's own rules refuse; a field that could not be read
// has its own sentence already.
func (r *reader) judge(a record.Activity) error {
	var rules record.Problems
	if errors.As(a.Validate(), &rules) {
		for _, rule := range rules {
			if !r.unread(rule.Field) {
				r.problems = append(r.problems, rule)
			}
		}
	}
	if len(r.problems) == 0 {
		return nil
	}
	return r.problems
}

func (r *reader) unread(field string) bool {
	return slices.ContainsFunc(r.problems, func(p *record.Refusal) bool { return p.Field == field && p.Cause != nil })
}

func (r *reader) materials(rows [][]string) []record.MaterialGiven {
	var out []record.MaterialGiven
	for _, row := range rows {
		if blank(row) {
			continue
		}
		out = append(out, record.MaterialGiven{Name: row[0], Kind: codeOf(record.MaterialKinds, row[1]), Copies: r.count("materials", row[2])})
	}
	return out
}

func (r *reader) costs(rows [][]string) []record.Cost {
	var out []record.Cost
	for _, row := range rows {
		if blank(row) {
			continue
		}
		out = append(out, record.Cost{Source: codeOf(record.CostSources, row[0]), Amount: r.count("costs", row[1])})
	}
	return out
}

// readNames splits names written one after the other, with ";" between them: a
// comma may stand within one ("Nguyễn Văn A, phó trưởng phòng").
func readNames(text string) []string {
	var out []string
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

func blank(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return s != "" })
}

// codeOf finds the code of a word of a closed list; a word of none stays as it
// is, so that its rule can refuse it.
func codeOf(list []record.Term, word string) string {
	for _, t := range list {
		if kit.In(t.Words) == word {
			return t.Code
		}
	}
	return word
}

func (p paper) bytes() []byte {
	text, err := json.Marshal(p)
	if err != nil {
		panic("activities: a form that cannot be written down: " + err.Error())
	}
	return text
}

// readPaper reads a draft; what another version wrote and this one cannot read is
// no draft.
func readPaper(text []byte) (paper, bool) {
	var p paper
	if len(text) == 0 || json.Unmarshal(text, &p) != nil || p.Texts == nil || p.Codes == nil {
		return paper{}, false
	}
	return p, allOfWidth(p.Materials, 3) && allOfWidth(p.Costs, 2)
}

func allOfWidth(rows [][]string, width int) bool {
	return !slices.ContainsFunc(rows, func(row []string) bool { return len(row) != width })
}
