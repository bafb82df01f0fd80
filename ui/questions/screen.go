// Package questions is the area Câu hỏi: what workers and employers asked, by the day
// it is to be answered, with the answers given before to the same thing.
//
// A question is written in half a minute: its words first, the rest is offered. The
// day it is due is counted and the counting is shown. While it is typed, answered
// questions that speak of the same are offered with their answers.
package questions

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	ledger.Office
	Office(ctx context.Context) (record.Office, error)
	DueFor(ctx context.Context, received record.Date, days int) (record.Due, record.Words, error)
	SimilarQuestions(ctx context.Context, text string, limit int) ([]record.Question, error)
}

// Screen is the area.
type Screen struct {
	*ledger.Screen

	desk   kit.Desk
	office Office
	dues   *kit.Latest
	alikes *kit.Latest

	similar *fyne.Container // the answered questions that are offered
	offered string          // for which words
	unsaid  *fyne.Container // an answer is written, and nobody said that it was given
}

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{desk: desk, office: office, dues: kit.NewLatest(desk.Runner), alikes: kit.NewLatest(desk.Runner), similar: kit.VStack(theme.SizeTight)}
	s.similar.Hide()
	s.unsaid = container.NewStack(kit.NewNote(kit.Attention, kit.T("Đã ghi câu trả lời nhưng chưa ghi ngày trả lời: câu này vẫn tính là chưa trả lời.")))
	s.unsaid.Hide()
	today := func() record.Date { return record.DateOf(desk.Now()) }
	s.Screen = ledger.New(desk, office, ledger.Spec{
		Words:      ledger.ListWords{New: kit.T("Câu hỏi mới"), Nothing: kit.T("Chưa ghi câu hỏi, vướng mắc nào.")},
		Touches:    []string{"holiday", "office"},
		Help:       "cau-hoi",
		Begin:      func() record.Noun { return record.Question{Received: today(), Channel: "in_person"} },
		Heading:    func(n record.Noun) string { return strings.Join(strings.Fields(n.(record.Question).Text), " ") },
		Build:      s.build,
		Mark:       mark,
		Tools:      s.tools,
		OnShown:    s.shown,
		KeepsFiles: true,
	})
	form := s.Form()
	store := form.OnChanged
	form.OnChanged = func() { store(); s.offerSimilar(); s.hintUnsaid() }
	form.OnLeft = func(n record.Noun) { s.explainDue(n.(record.Question)) }
	return s
}

// mark puts a sign before questions that are late or nearly so.
func mark(row record.ListRow) kit.State {
	switch row.Cells[stateColumn] {
	case "overdue":
		return kit.Wrong
	case "soon", "late":
		return kit.Attention
	case "answered":
		return kit.Fine
	}
	return kit.Plain
}

var stateColumn = record.ListingOf("question").Column("state")

// build makes the fields in the order of thought: what was asked, how it came, by
// when; then the answer and what it rests on.
func (s *Screen) build(f *ledger.Form) {
	f.Add(
		f.Long("text", 3),
		kit.TwoColumns(f.Day("received"), f.Term("channel")),
		kit.TwoColumns(f.Term("asker_group"), f.Unit("unit_id")),
		f.Terms("topics"),
		f.Long("answer", 5),
		s.unsaid,
		kit.TwoColumns(f.Day("answered_on"), f.Text("answered_by")),
		s.similar, // below what is typed into, so that its buttons come up in nobody's way
		f.Citations("citations", 3, kit.T("Căn cứ pháp luật")),
	)
	f.More()
	f.Add(
		kit.TwoColumns(f.Text("asker"), f.Text("contact", kit.T("Liên hệ (số điện thoại, địa chỉ)"))),
		kit.TwoColumns(f.Day("due.on", kit.T("Hạn trả lời")), f.Text("due.note", kit.T("Lý do đặt hạn khác"))),
		kit.TwoColumns(f.Text("routed.to", kit.T("Chuyển đến")), f.Day("routed.on", kit.T("Ngày chuyển"))),
		f.Row("activity_id", "activity"),
		kit.TwoColumns(f.Yes("difficulty"), f.Yes("public")),
		f.Choose("satisfied", satisfied),
		f.Long("note", 3),
	)
}

var satisfied = []record.Term{
	{Code: "yes", Words: record.Words{VI: "Hài lòng", EN: "Satisfied"}},
	{Code: "no", Words: record.Words{VI: "Chưa hài lòng", EN: "Not satisfied"}},
}

// shown begins anew with what another question needs said.
func (s *Screen) shown(n record.Noun) {
	q := n.(record.Question)
	s.offered = q.Text
	s.showSimilar(nil)
	if typed, err := s.Form().Value(); err == nil { // a draft may have another day than the row
		q = typed.(record.Question)
	}
	s.explainDue(q)
	s.hintUnsaid()
}

// hintUnsaid says that an answer which was written down is not given yet. The button
// that says so stands above the form: one that came up here would lie in the way of Tab
// and take the letters meant for the day.
func (s *Screen) hintUnsaid() {
	n, err := s.Form().Value()
	q := n.(record.Question)
	var problems record.Problems
	typing := errors.As(err, &problems) && problems.For("answered_on", kit.Language()) != "" // the day, just now
	if unsaid := strings.TrimSpace(q.Answer) != "" && !q.Answered() && !typing; unsaid == s.unsaid.Hidden {
		s.unsaid.Hidden = !unsaid
		s.Form().Refresh()
	}
}

// explainDue says by when the answer is due, and how that was counted, or where the
// question went.
func (s *Screen) explainDue(q record.Question) {
	received := s.Form().Field("received")
	if q.Received == "" || !q.Received.Valid() || q.Answered() {
		s.dues.Drop()
		received.Hint("")
		return
	}
	if q.Routed.On != "" {
		s.dues.Drop()
		received.Hint(passedOn(q.Routed))
		return
	}
	if q.Due.On != "" && (q.Due.Days == 0 || q.Due.On != s.Form().Base().(record.Question).Due.On) {
		s.dues.Drop()
		received.Hint(kit.T("Hạn trả lời {{.Day}}, đặt riêng cho câu này.", map[string]any{"Day": q.Due.On.String()}))
		return
	}
	kit.Ask(s.dues, func(ctx context.Context) (record.Words, error) {
		_, words, err := s.office.DueFor(ctx, q.Received, int(q.Due.Days))
		return words, err
	}, func(words record.Words, err error) {
		if err != nil {
			received.Hint(kit.Sentence(err))
			return
		}
		received.Hint(kit.In(words))
	})
}

// leastTyped is how many letters are typed before similar questions are looked for.
const leastTyped = 8

// offerSimilar looks for answered questions about what is being typed, while there is
// no answer yet.
func (s *Screen) offerSimilar() {
	n, _ := s.Form().Value()
	q := n.(record.Question)
	if q.Text == s.offered {
		return
	}
	s.offered = q.Text
	if len([]rune(q.Text)) < leastTyped || q.Answer != "" {
		s.alikes.Drop()
		s.showSimilar(nil)
		return
	}
	kit.Ask(s.alikes, func(ctx context.Context) ([]record.Question, error) {
		return s.office.SimilarQuestions(ctx, q.Text, 3)
	}, func(found []record.Question, err error) {
		if err != nil {
			found = nil // an offer that fails is no offer
		}
		s.showSimilar(found)
	})
}

func (s *Screen) showSimilar(found []record.Question) {
	s.similar.RemoveAll()
	if len(found) > 0 {
		s.similar.Add(kit.Caption(kit.T("Đã trả lời câu tương tự")))
	}
	for _, q := range found {
		asked, answer := kit.Paragraph(q.Text), kit.Caption(q.Answer)
		answer.Wrap = true
		given := kit.Caption(kit.T("Trả lời ngày {{.Day}}", map[string]any{"Day": q.AnsweredOn.String()}))
		use := kit.Button(kit.T("Dùng câu trả lời này"), fynetheme.IconNameContentCopy, func() { s.use(q) })
		s.similar.Add(kit.Border(nil, nil, nil, container.NewVBox(use), kit.VStack(theme.SizeNone, asked, answer, given)))
	}
	s.similar.Hidden = len(found) == 0
	s.Form().Refresh()
}

// use takes over what was answered before. It is for the officer to look over and to
// say when it was given.
func (s *Screen) use(q record.Question) {
	f := s.Form()
	f.Put("answer", q.Answer)
	f.Put("citations", q.Citations)
	if n, _ := f.Value(); len(n.(record.Question).Topics) == 0 {
		f.Put("topics", q.Topics)
	}
	s.showSimilar(nil)
	f.Field("answer").Focus()
}

// tools are what is done with a question in one push.
func (s *Screen) tools(n record.Noun) []fyne.CanvasObject {
	q := n.(record.Question)
	if q.ID.IsZero() {
		return nil
	}
	var out []fyne.CanvasObject
	if !q.Answered() {
		out = append(out, kit.Button(kit.T("Trả lời xong hôm nay"), fynetheme.IconNameConfirm, s.answered))
	}
	if !q.Answered() && q.Routed.On == "" {
		out = append(out, kit.Button(kit.T("Chuyển lên cấp trên"), theme.IconExchange, s.route))
	}
	if q.Answered() && !q.Public {
		out = append(out, kit.Button(kit.T("Đăng thành câu hỏi thường gặp"), "", s.publish))
	}
	return out
}

// answered notes that the answer in the form was given today. The button that was
// pushed goes away: the keyboard moves on to the day.
func (s *Screen) answered() {
	f := s.Form()
	f.Field("answered_on").Focus()
	f.Put("answered_on", record.DateOf(s.desk.Now()))
	s.SaveSaying(kit.T("Đã ghi là trả lời xong hôm nay."))
}

func (s *Screen) publish() {
	s.Form().Put("public", true)
	s.SaveSaying(kit.T("Đã đăng thành câu hỏi thường gặp."))
}

// route passes the question to whoever receives the office's reports: from then on it
// waits there and not here.
func (s *Screen) route() {
	turn := s.Turn()
	kit.Do(s.desk.Runner, s.office.Office, func(o record.Office, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		if turn != s.Turn() {
			return // another question is shown by now
		}
		f := s.Form()
		f.Put("routed.to", o.Recipient)
		f.Put("routed.on", record.DateOf(s.desk.Now()))
		s.SaveSaying(passedOn(record.Routed{To: o.Recipient}))
	})
}

// passedOn says to whom a question was passed, and on which day where that is known.
func passedOn(r record.Routed) string {
	words := kit.T("Đã chuyển lên cấp trên")
	if r.To != "" {
		words = kit.T("Đã chuyển đến {{.To}}", map[string]any{"To": r.To})
	}
	if r.On != "" {
		words += " " + kit.T("ngày {{.Day}}", map[string]any{"Day": r.On.String()})
	}
	return words + "."
}

// Cite puts a citation to those of the question that is shown, or begins a new one with it.
func (s *Screen) Cite(c record.Citation, anew bool) {
	if anew || !s.Shown() {
		s.Begin(record.Question{Received: record.DateOf(s.desk.Now()), Channel: "in_person", Citations: []record.Citation{c}})
		return
	}
	n, _ := s.Form().Value()
	list := n.(record.Question).Citations
	for _, have := range list {
		if have.Item == c.Item && have.Anchor == c.Anchor {
			return
		}
	}
	s.Form().Put("citations", append(list, c))
}

// OpenRow shows a question.
func (s *Screen) OpenRow(ref record.Ref) { s.Visit(ref.ID, record.Place{}) }
