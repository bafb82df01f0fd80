package record_test

import (
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

func TestValidateDirective(t *testing.T) {
	type D = record.Directive
	run(t, D{ID: recordtest.ID(1), Kind: "plan", Title: "Kế hoạch phổ biến", Issued: "2026-01-15"}, cases[D]{
		"no kind":       {func(d *D) { d.Kind = "" }, []string{"kind"}},
		"blank title":   {func(d *D) { d.Title = " " }, []string{"title"}},
		"no day":        {func(d *D) { d.Issued = "" }, []string{"issued"}},
		"30 February":   {func(d *D) { d.Issued = "2026-02-30" }, []string{"issued"}},
		"without issue": {func(d *D) { d.Number, d.Issuer = "", "" }, nil},
	})
}

func TestValidatePublication(t *testing.T) {
	type P = record.Publication
	run(t, P{ID: recordtest.ID(1), Title: "Bộ luật Lao động", Channel: "office", On: "2026-03-05"}, cases[P]{
		"nowhere":            {func(p *P) { p.Channel = "" }, []string{"channel"}},
		"of nothing":         {func(p *P) { p.Title = "" }, []string{"title"}},
		"ends before":        {func(p *P) { p.Until = "2026-03-04" }, []string{"until"}},
		"ends the same day":  {func(p *P) { p.Until = p.On }, nil},
		"a last day alone":   {func(p *P) { p.On, p.Until = "", "2026-03-04" }, []string{"day"}},
		"no day of calendar": {func(p *P) { p.Until = "2026-13-01" }, []string{"until"}},
	})
}

func TestValidateMaterial(t *testing.T) {
	type M = record.Material
	run(t, M{ID: recordtest.ID(1), Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-05", Made: 500, Given: 500}, cases[M]{
		"no kind":         {func(m *M) { m.Kind = "stone" }, []string{"kind"}},
		"more than made":  {func(m *M) { m.Given = 501 }, []string{"given"}},
		"made elsewhere":  {func(m *M) { m.Made, m.Given = 0, 30 }, nil},
		"negative copies": {func(m *M) { m.Given = -1 }, []string{"made"}},
	})
}

func TestValidateSurvey(t *testing.T) {
	type S = record.Survey
	good := S{
		ID: recordtest.ID(1), Purpose: "quiz", Title: "Kiểm tra nhanh", On: "2026-03-05", Sent: 60, Returned: 58,
		Questions: []record.SurveyQuestion{{Text: "Mấy giờ một ngày?", Options: []string{"8", "10"}, Right: 1}, {Text: "Nghỉ lễ mấy ngày?"}},
		Answers: []record.SurveyCount{
			{Question: 1, Option: 1, Round: "before", Sheets: 30}, {Question: 1, Option: 2, Round: "before", Sheets: 30},
			{Question: 1, Option: 1, Round: "after", Sheets: 57}, {Question: 1, Option: 2, Round: "after", Sheets: 1},
		},
	}
	run(t, good, cases[S]{
		"more back than sent":  {func(s *S) { s.Returned = 61 }, []string{"returned"}},
		"no purpose":           {func(s *S) { s.Purpose = "" }, []string{"purpose"}},
		"right is no option":   {func(s *S) { s.Questions = []record.SurveyQuestion{{Text: "?", Right: 1}}; s.Answers = nil }, []string{"questions"}},
		"an answer not asked":  {func(s *S) { s.Answers = []record.SurveyCount{{Question: 2, Option: 1, Sheets: 3}} }, []string{"answers"}},
		"a round there is not": {func(s *S) { s.Answers = []record.SurveyCount{{Question: 1, Option: 1, Round: "later"}} }, []string{"answers"}},
		"ends before":          {func(s *S) { s.Until = "2026-03-04" }, []string{"until"}},
	})
	if before, ok := good.RightShare("before"); !ok || before != 50 {
		t.Errorf("before: %v %v", before, ok)
	}
	if after, ok := good.RightShare("after"); !ok || after != 100*57.0/58 {
		t.Errorf("after: %v %v", after, ok)
	}
	if _, ok := good.RightShare(""); ok {
		t.Error("a share of answers nobody gave")
	}
}

func TestValidateModelAndBudget(t *testing.T) {
	type M = record.Model
	run(t, M{ID: recordtest.ID(1), Title: "Giỏ sách pháp luật", Since: "2026-01-01"}, cases[M]{
		"no title": {func(m *M) { m.Title = "" }, []string{"title"}},
		"no day":   {func(m *M) { m.Since = "" }, []string{"since"}},
	})
	type B = record.Budget
	run(t, B{ID: recordtest.ID(1), Year: 2026, Source: "state", Content: "In tờ gấp", Planned: 5_000_000}, cases[B]{
		"two digits":        {func(b *B) { b.Year = 26 }, []string{"year"}},
		"nobody pays":       {func(b *B) { b.Source = "" }, []string{"source"}},
		"for nothing":       {func(b *B) { b.Content = "" }, []string{"content"}},
		"below nothing":     {func(b *B) { b.Spent = -1 }, []string{"planned"}},
		"more than planned": {func(b *B) { b.Spent = 6_000_000 }, nil},
	})
}

func TestValidateEvidenceHolidayCustody(t *testing.T) {
	type E = record.Evidence
	run(t, E{ID: recordtest.ID(1), Noun: "activity", OwnerID: recordtest.ID(2), Kind: "photo", SHA256: strings.Repeat("0a", 32), Size: 9}, cases[E]{
		"of nothing":  {func(e *E) { e.Noun = "party" }, []string{"owner_id"}},
		"no owner":    {func(e *E) { e.OwnerID = record.ID{} }, []string{"owner_id"}},
		"no hash":     {func(e *E) { e.SHA256 = strings.Repeat("0A", 32) }, []string{"sha256"}},
		"a short one": {func(e *E) { e.SHA256 = "0a" }, []string{"sha256"}},
	})
	type H = record.Holiday
	run(t, H{ID: recordtest.ID(1), Day: "2026-09-01", Name: "Quốc khánh"}, cases[H]{
		"no name": {func(h *H) { h.Name = "" }, []string{"name"}},
		"no day":  {func(h *H) { h.Day = "" }, []string{"day"}},
	})
	type C = record.Custody
	run(t, C{ID: recordtest.ID(1), Kind: "export", Day: "2026-09-01", Count: 60}, cases[C]{
		"no kind":      {func(c *C) { c.Kind = "" }, []string{"kind"}},
		"fewer than 0": {func(c *C) { c.Count = -1 }, []string{"count"}},
	})
}

// TestEveryNounAndFieldHasWords: history, forms and conflicts speak in them.
func TestEveryNounAndFieldHasWords(t *testing.T) {
	for _, d := range record.Nouns() {
		if d.Words.VI == "" || d.Words.EN == "" {
			t.Errorf("%s has no words", d.Name)
		}
		for _, f := range d.Fields {
			if f.Words.VI == "" || f.Words.EN == "" {
				t.Errorf("%s.%s has no words", d.Name, f.Name)
			}
		}
	}
}
