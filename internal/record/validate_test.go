package record_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// fieldsOf lists the fields a Validate refuses, and holds every refusal to its
// promise: a kind, and a sentence in both languages.
func fieldsOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var p record.Problems
	if !errors.As(err, &p) || !errors.Is(err, record.ErrInvalid) {
		t.Fatalf("%v is no list of problems", err)
	}
	var out []string
	for _, r := range p {
		if r.Words.VI == "" || r.Words.EN == "" || p.For(r.Field, "vi") == "" {
			t.Errorf("field %s is refused without a sentence", r.Field)
		}
		out = append(out, r.Field)
	}
	return out
}

// cases runs changes of a good noun; want is what Validate then refuses.
type cases[T record.Noun] map[string]struct {
	change func(*T)
	want   []string
}

func run[T record.Noun](t *testing.T, good T, all cases[T]) {
	t.Helper()
	if got := fieldsOf(t, good.Validate()); got != nil {
		t.Fatalf("the good one is refused: %v", got)
	}
	for name, c := range all {
		n := good
		c.change(&n)
		if diff := cmp.Diff(c.want, fieldsOf(t, n.Validate())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestValidateActivity(t *testing.T) {
	type A = record.Activity
	run(t, recordtest.Activity(1), cases[A]{
		"no kind":                   {func(a *A) { a.Kind = "" }, []string{"kind"}},
		"unknown kind":              {func(a *A) { a.Kind = "party" }, []string{"kind"}},
		"blank title":               {func(a *A) { a.Title = " \t" }, []string{"title"}},
		"no status":                 {func(a *A) { a.Status = "" }, []string{"status"}},
		"unknown mode":              {func(a *A) { a.Mode = "fax" }, []string{"mode"}},
		"mode":                      {func(a *A) { a.Mode = "hybrid" }, nil},
		"no date":                   {func(a *A) { a.When.Date = "" }, []string{"when.date"}},
		"no such day":               {func(a *A) { a.When.Date = "2026-02-30" }, []string{"when.date"}},
		"no such last day":          {func(a *A) { a.When.EndDate = "2026-13-01" }, []string{"when.date"}},
		"ends the day before":       {func(a *A) { a.When.EndDate = a.When.Date.AddDays(-1) }, []string{"when.end_date"}},
		"two days":                  {func(a *A) { a.When.EndDate, a.When.Start, a.When.End = a.When.Date.AddDays(1), "14:00", "08:00" }, nil},
		"ends before it starts":     {func(a *A) { a.When.Start, a.When.End = "14:00", "08:00" }, []string{"when.end"}},
		"no such hour":              {func(a *A) { a.When.Start = "25:00" }, []string{"when.start"}},
		"short hour":                {func(a *A) { a.When.End = "8:00" }, []string{"when.start"}},
		"negative heads":            {func(a *A) { a.Heads.Women = -1 }, []string{"heads"}},
		"more women than people":    {func(a *A) { a.Heads.Total, a.Heads.Women = 5, 6 }, []string{"heads"}},
		"more disabled than people": {func(a *A) { a.Heads.Total, a.Heads.Disabled = 5, 6 }, []string{"heads"}},
		"groups above the total":    {func(a *A) { a.Heads.Total, a.Heads.Workers, a.Heads.Employers = 5, 3, 3 }, []string{"heads"}},
		"groups fill the total":     {func(a *A) { a.Heads.Total, a.Heads.Workers, a.Heads.Employers, a.Heads.Women = 6, 3, 3, 6 }, nil},
		"material without a name":   {func(a *A) { a.Materials = []record.MaterialGiven{{Copies: 1}} }, []string{"materials"}},
		"negative copies":           {func(a *A) { a.Materials = []record.MaterialGiven{{Name: "x", Copies: -1}} }, []string{"materials"}},
		"cost without source":       {func(a *A) { a.Costs = []record.Cost{{Amount: 1}} }, []string{"costs"}},
		"negative cost":             {func(a *A) { a.Costs = []record.Cost{{Source: "state", Amount: -1}} }, []string{"costs"}},
		"negative prizes":           {func(a *A) { a.Prizes = -1 }, []string{"prizes"}},
		"several at once":           {func(a *A) { a.Kind, a.Title, a.Prizes = "", "", -1 }, []string{"kind", "title", "prizes"}},
	})
}

func TestValidatePerson(t *testing.T) {
	type P = record.Person
	run(t, recordtest.Person(1), cases[P]{
		"no name":              {func(p *P) { p.FullName = " " }, []string{"full_name"}},
		"one-word name":        {func(p *P) { p.FullName = "Đăm" }, nil},
		"sex in capitals":      {func(p *P) { p.Sex = "Nam" }, []string{"sex"}},
		"no sex":               {func(p *P) { p.Sex = "" }, nil},
		"no such birthday":     {func(p *P) { p.Birth = "1987-02-29" }, []string{"birth"}},
		"year of birth":        {func(p *P) { p.Birth = "1987" }, nil},
		"birth before 1900":    {func(p *P) { p.Birth = "1899" }, []string{"birth"}},
		"unknown group":        {func(p *P) { p.Group = "guest" }, []string{"audience"}},
		"new number":           {func(p *P) { p.IDNumber = "062087001234" }, nil},
		"old number":           {func(p *P) { p.IDNumber = "233012345" }, nil},
		"number too short":     {func(p *P) { p.IDNumber = "12345678" }, []string{"id_number"}},
		"number with a letter": {func(p *P) { p.IDNumber = "06208700123a" }, []string{"id_number"}},
		"phone":                {func(p *P) { p.Phone = "0912345678" }, nil},
		"old phone":            {func(p *P) { p.Phone = "01212345678" }, nil},
		"phone without 0":      {func(p *P) { p.Phone = "9123456789" }, []string{"phone"}},
		"phone too short":      {func(p *P) { p.Phone = "091234567" }, []string{"phone"}},
	})
}

func TestValidateAttendance(t *testing.T) {
	type A = record.Attendance
	good := recordtest.Attendees(recordtest.ID(1), 1, 1)[0].Attendance
	run(t, good, cases[A]{
		"no activity":      {func(a *A) { a.ActivityID = record.ID{} }, []string{"activity_id"}},
		"no person":        {func(a *A) { a.PersonID = record.ID{} }, []string{"person_id"}},
		"speaker":          {func(a *A) { a.Role = "speaker" }, nil},
		"unknown role":     {func(a *A) { a.Role = "cook" }, []string{"role"}},
		"full score":       {func(a *A) { a.ScoreAfter = 100 }, nil},
		"score above 100":  {func(a *A) { a.ScoreAfter = 101 }, []string{"score_after"}},
		"score below zero": {func(a *A) { a.ScoreBefore = -1 }, []string{"score_after"}},
	})
}

func TestValidateUnit(t *testing.T) {
	type U = record.Unit
	good := record.Unit{ID: recordtest.ID(1), Kind: "commune", Type: "xã", Name: "Đăk Hà"}
	run(t, good, cases[U]{
		"no name":          {func(u *U) { u.Name = "" }, []string{"name"}},
		"unknown kind":     {func(u *U) { u.Kind = "planet" }, []string{"kind"}},
		"no such day":      {func(u *U) { u.Valid.To = "2025-06-31" }, []string{"valid"}},
		"ends first":       {func(u *U) { u.Valid = record.Validity{From: "2025-07-01", To: "2025-06-30"} }, []string{"valid"}},
		"one day":          {func(u *U) { u.Valid = record.Validity{From: "2025-07-01", To: "2025-07-01"} }, nil},
		"its own parent":   {func(u *U) { u.ParentID = u.ID }, []string{"parent_id"}},
		"another parent":   {func(u *U) { u.ParentID = recordtest.ID(2) }, nil},
		"group too large":  {func(u *U) { u.Workers = record.Workers{Total: 5, Women: 6} }, []string{"workers"}},
		"negative workers": {func(u *U) { u.Workers.Total = -1 }, []string{"workers"}},
		"groups overlap":   {func(u *U) { u.Workers = record.Workers{Total: 5, Women: 5, EthnicMinority: 5} }, nil},
	})
}

func TestValidateOffice(t *testing.T) {
	type O = record.Office
	good := record.Office{
		ID: recordtest.ID(1), UnitID: recordtest.ID(2), Name: "Phòng Văn hóa – Xã hội", PeriodRule: "plan",
		Officers: []record.Officer{{ID: recordtest.ID(3), Name: "Y Thảo"}},
	}
	run(t, good, cases[O]{
		"no unit":                 {func(o *O) { o.UnitID = record.ID{} }, []string{"unit_id"}},
		"no name":                 {func(o *O) { o.Name = "" }, []string{"name"}},
		"unknown rule":            {func(o *O) { o.PeriodRule = "lunar" }, []string{"period_rule"}},
		"no officer":              {func(o *O) { o.Officers = nil }, []string{"officers"}},
		"officer without a name":  {func(o *O) { o.Officers = []record.Officer{{ID: recordtest.ID(3)}} }, []string{"officers"}},
		"officer without an id":   {func(o *O) { o.Officers = []record.Officer{{Name: "Y Thảo"}} }, []string{"officers"}},
		"field without a purpose": {func(o *O) { o.Collects = []record.Collect{{Field: "phone"}} }, []string{"collects"}},
		"field with a purpose":    {func(o *O) { o.Collects = []record.Collect{{Field: "phone", Purpose: "mời họp"}} }, nil},
	})
}

func TestValidateQuestion(t *testing.T) {
	type Q = record.Question
	good := record.Question{ID: recordtest.ID(1), Received: "2026-03-05", Text: "Làm thêm giờ được trả bao nhiêu?", Answer: "Theo Điều 98", AnsweredOn: "2026-03-05"}
	run(t, good, cases[Q]{
		"no text":                {func(q *Q) { q.Text = " " }, []string{"text"}},
		"no day":                 {func(q *Q) { q.Received = "" }, []string{"received"}},
		"no such day":            {func(q *Q) { q.Received, q.AnsweredOn, q.Answer = "2026-02-30", "", "" }, []string{"received"}},
		"unknown channel":        {func(q *Q) { q.Channel = "pigeon" }, []string{"channel"}},
		"unknown group":          {func(q *Q) { q.AskerGroup = "cat" }, []string{"asker_group"}},
		"due first":              {func(q *Q) { q.Due.On = "2026-03-04" }, []string{"due.on"}},
		"due the same day":       {func(q *Q) { q.Due = record.Due{On: "2026-03-05", Days: 0} }, nil},
		"negative days":          {func(q *Q) { q.Due.Days = -1 }, []string{"due.days"}},
		"passed on first":        {func(q *Q) { q.Routed = record.Routed{To: "Sở", On: "2026-03-04"} }, []string{"routed.on"}},
		"answered first":         {func(q *Q) { q.AnsweredOn = "2026-03-04" }, []string{"answered_on"}},
		"a day and no answer":    {func(q *Q) { q.Answer = "" }, []string{"answer"}},
		"an answer and no day":   {func(q *Q) { q.AnsweredOn = "" }, nil}, // being written
		"unknown satisfaction":   {func(q *Q) { q.Satisfied = "perhaps" }, []string{"satisfied"}},
		"citation of nothing":    {func(q *Q) { q.Citations = []record.Citation{{Provision: "Điều 98"}} }, []string{"citations"}},
		"citation of a document": {func(q *Q) { q.Citations = []record.Citation{{Document: "45/2019/QH14"}} }, nil},
	})
}

func TestValidateInstructor(t *testing.T) {
	type I = record.Instructor
	good := record.Instructor{ID: recordtest.ID(1), PersonID: recordtest.ID(2), Kind: "mediator"}
	run(t, good, cases[I]{
		"nobody":        {func(i *I) { i.PersonID = record.ID{} }, []string{"full_name"}},
		"no kind":       {func(i *I) { i.Kind = "" }, []string{"kind"}},
		"unknown level": {func(i *I) { i.Level = "moon" }, []string{"level"}},
		"ends first":    {func(i *I) { i.Valid = record.Validity{From: "2026-02-01", To: "2026-01-01"} }, []string{"valid"}},
		"no such day":   {func(i *I) { i.Valid.From = "2026-02-31" }, []string{"valid"}},
		"a training":    {func(i *I) { i.Trained = []record.Training{{Title: "Bồi dưỡng kỹ năng"}} }, nil},
		"no title":      {func(i *I) { i.Trained = []record.Training{{On: "2026-01-01"}} }, []string{"trained"}},
	})
}

func TestValidateLists(t *testing.T) {
	type M = record.Import
	run(t, record.Import{ID: recordtest.ID(1), Of: "person", Rows: 53, Known: 20, Parked: 7, Day: "2026-03-05"}, cases[M]{
		"of what":         {func(i *M) { i.Of = "cow" }, []string{"of"}},
		"more known":      {func(i *M) { i.Known = 54 }, []string{"rows"}},
		"fewer than none": {func(i *M) { i.Parked = -1 }, []string{"rows"}},
		"no such day":     {func(i *M) { i.Day = "2026-13-01" }, []string{"day"}},
	})
	type L = record.Layout
	run(t, record.Layout{ID: recordtest.ID(1), Of: "person", Labels: []string{"STT", "Tên"}, Fields: []string{record.LeftOut, "full_name"}}, cases[L]{
		"a field less": {func(l *L) { l.Fields = l.Fields[:1] }, []string{"fields"}},
		"no label":     {func(l *L) { l.Labels = []string{"", " "} }, []string{"labels"}},
	})
	type S = record.SamePerson
	run(t, record.SamePerson{ID: recordtest.ID(1), PersonID: recordtest.ID(2), OtherID: recordtest.ID(3)}, cases[S]{
		"with oneself": {func(s *S) { s.OtherID = s.PersonID }, []string{"other_id"}},
		"with nobody":  {func(s *S) { s.OtherID = record.ID{} }, []string{"other_id"}},
	})
}
