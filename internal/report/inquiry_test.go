package report_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// asking is an office of two communes, a factory in one of them, and three activities.
func asking() report.Input {
	unit := func(n byte, kind, name string, parent record.ID) record.Unit {
		return record.Unit{ID: record.ID{15: n}, Kind: kind, Type: "xã", Name: name, ParentID: parent}
	}
	own, north, south := record.ID{15: 1}, record.ID{15: 2}, record.ID{15: 3}
	units := map[record.ID]record.Unit{}
	for _, u := range []record.Unit{unit(1, "district", "Đắk Tô", record.ID{}), unit(2, "commune", "Bắc", own), unit(3, "commune", "Nam", own), unit(4, "enterprise", "Nhà máy", south)} {
		units[u.ID] = u
	}
	act := func(n byte, kind string, day record.Date, host record.ID, h record.HeadCount, topics ...string) record.Activity {
		return record.Activity{ID: record.ID{0: 1, 15: n}, Kind: kind, Status: "held", Direct: true, When: record.Occasion{Date: day}, HostUnitID: host, Heads: h, Topics: topics, Task: "IV.1.b"}
	}
	planned := act(9, "training", "2026-08-01", north, record.HeadCount{Total: 99})
	planned.Status = "planned"
	together := act(2, "direct", "2026-08-20", north, record.HeadCount{Total: 30, Women: 12, Workers: 30}, "LD07", "LD02")
	together.CoOrganisers, together.UnitsReached = []record.ID{south, own}, []record.ID{{15: 4}}
	return report.Input{
		Office: record.Office{UnitID: own}, Units: units,
		Activities: []record.Activity{
			act(1, "training", "2026-06-30", north, record.HeadCount{Total: 20, Women: 8, Workers: 15, Employers: 5}, "LD07"), together,
			act(3, "training", "2026-05-31", record.ID{15: 4}, record.HeadCount{Total: 7, Women: 7}), planned,
		},
	}
}

func ask(t *testing.T, in report.Input, q record.Inquiry) record.Reply {
	t.Helper()
	r, err := report.Inquire(in, []record.Term{{Code: "LD07", Words: record.Words{VI: "Tiền lương", EN: "Wages"}}}, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told is a reply as lines: part, value.
func told(r record.Reply) []string {
	var out []string
	for _, p := range r.Parts {
		out = append(out, p.Name.VI+" "+report.Grouped(strconv.FormatInt(p.Value, 10), "vi"))
	}
	return out
}

func TestHowManyWomenSinceJune(t *testing.T) {
	r := ask(t, asking(), record.Inquiry{Measure: "women", Split: "month", Period: record.Period{From: "2026-06-01", To: "2026-08-31"}})
	if diff := cmp.Diff([]string{"Tháng 6/2026 8", "Tháng 7/2026 0", "Tháng 8/2026 12"}, told(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "20 lượt phụ nữ tại 2 hoạt động, từ ngày 01/06/2026 đến ngày 31/08/2026."; r.Words.VI != want || r.Whole.Value != 20 || len(r.Whole.Records) != 2 {
		t.Errorf("said %q of %d, rows %d", r.Words.VI, r.Whole.Value, len(r.Whole.Records))
	}
	if want := "20 women at 2 activities, from 01/06/2026 to 31/08/2026."; r.Words.EN != want {
		t.Errorf("in English %q", r.Words.EN)
	}
}

func TestAnInquiryIsDividedAndNarrowed(t *testing.T) {
	always := record.Period{}
	for name, c := range map[string]struct {
		q     record.Inquiry
		whole int64
		parts []string
	}{
		"people by audience, other groups apart": {record.Inquiry{Measure: "people", Split: "audience"}, 57, []string{"Người lao động 45", "Người sử dụng lao động 5", "Đối tượng khác 7"}},
		"people of one audience, by kind":        {record.Inquiry{Measure: "people", Split: "kind", Only: map[string]string{"audience": "worker"}}, 45, []string{"Phổ biến trực tiếp 30", "Tập huấn, bồi dưỡng 15"}},
		"people by topic, one session under two": {record.Inquiry{Measure: "people", Split: "topic"}, 57, []string{"Tiền lương 50", "LD02 30", "Chưa ghi nội dung 7"}},
		"of one topic, that topic alone":         {record.Inquiry{Measure: "activity", Split: "topic", Only: map[string]string{"topic": "LD02"}}, 1, []string{"LD02 1"}},
		"by the commune the host lies in":        {record.Inquiry{Measure: "direct", Split: "place"}, 3, []string{"xã Bắc 2", "xã Nam 1"}},
		"by unit, whoever took part":             {record.Inquiry{Measure: "activity", Split: "unit"}, 3, []string{"xã Đắk Tô 1", "xã Bắc 2", "xã Nam 1", "Nhà máy 2"}},
		"units each once, the office not":        {record.Inquiry{Measure: "unit"}, 3, nil},
		"enterprises by kind of activity":        {record.Inquiry{Measure: "business", Split: "kind"}, 1, []string{"Tập huấn, bồi dưỡng 1", "Phổ biến trực tiếp 1"}},
	} {
		c.q.Period = always
		r := ask(t, asking(), c.q)
		got := told(r)
		if c.q.Split == "unit" || c.q.Split == "kind" {
			slices.Sort(got)
			slices.Sort(c.parts)
		}
		if diff := cmp.Diff(c.parts, got); diff != "" || r.Whole.Value != c.whole {
			t.Errorf("%s: %d, want %d; parts (-want +got):\n%s", name, r.Whole.Value, c.whole, diff)
		}
		if sum := len(got) > 0 && c.q.Split != "audience" && (c.q.Split == "topic" && len(c.q.Only) == 0 || c.q.Split == "unit" || c.q.Measure == "business"); r.Overlaps != sum {
			t.Errorf("%s: overlaps %v", name, r.Overlaps)
		}
	}
}

// TestAnInquiryAgreesWithTheReport: the same thing has one number.
func TestAnInquiryAgreesWithTheReport(t *testing.T) {
	in := asking()
	in.Period = report.Period("calendar", 2026, "")
	in.Questions = []record.Question{{ID: record.ID{9}, Received: "2026-02-01", AnsweredOn: "2026-02-03"}, {ID: record.ID{8}, Received: "2026-03-01"}}
	in.Materials = []record.Material{{ID: record.ID{7}, Kind: "leaflet", On: "2026-04-01", Given: 40}}
	in.Budgets = []record.Budget{{ID: record.ID{6}, Year: 2026, Spent: 5000}}
	in.Activities[0].Materials, in.Activities[0].Costs = []record.MaterialGiven{{Kind: "book", Copies: 2}}, []record.Cost{{Source: "state", Amount: 70}}
	f := report.Compute(in)
	for measure, figure := range map[string][2]string{
		"direct": {"I4", ""}, "business": {"I6", ""}, "question": {"I11", ""}, "answered": {"I11", "measure=answered"}, "copies": {"I9", "measure=given"}, "spent": {"I14", ""},
	} {
		want, _ := f.Value(figure[0], figure[1])
		if r := ask(t, in, record.Inquiry{Measure: measure, Period: in.Period.Span()}); r.Whole.Value != want || want == 0 {
			t.Errorf("%s: %d, the report says %d", measure, r.Whole.Value, want)
		}
	}
}

func TestWhatTheRegisterDoesNotKnowIsRefused(t *testing.T) {
	for name, q := range map[string]record.Inquiry{
		"no such measure":      {Measure: "happy"},
		"women by audience":    {Measure: "women", Split: "audience"},
		"women of a group":     {Measure: "women", Only: map[string]string{"audience": "worker"}},
		"questions by task":    {Measure: "question", Split: "task"},
		"days the wrong way":   {Measure: "people", Period: record.Period{From: "2026-06-02", To: "2026-06-01"}},
		"a day that is no day": {Measure: "people", Period: record.Period{From: "2026-06-31"}},
	} {
		if _, err := report.Inquire(asking(), nil, q); !errors.Is(err, record.ErrInvalid) || strings.Contains(err.Error(), "“”") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
