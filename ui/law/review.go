package law

import (
	"context"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Reviewer is an office that knows what of its work cites a text that changed.
type Reviewer interface {
	LawAffected(ctx context.Context) ([]record.LawAffected, error)
	ReviewCitation(ctx context.Context, of record.LawAffected, outcome, note string) (record.Review, error)
	LawMessage(ctx context.Context, of record.LawAffected) (string, error)
}

// review is the view of what cites a text that changed after it was cited: the list at
// the left, the words then and now at the right.
type review struct {
	s    *Screen
	asks *kit.Latest

	list   []record.LawAffected
	column *column
	empty  *fyne.Container
	detail *column
	title  *kit.Text
	note   *kit.Entry
	tools  *fyne.Container
	told   *kit.PushButton
	letter *kit.PushButton
	right  *fyne.Container
	split  *container.Split
	page   *fyne.Container
}

func newReview(s *Screen) *review {
	v := &review{s: s, asks: kit.NewLatest(s.desk.Runner), column: newColumn(), empty: container.NewStack(), detail: newColumn(), title: kit.Section(""), note: kit.NewEntry()}
	v.title.Wrap = true
	v.note.SetPlaceHolder(kit.T("Ghi chú, nếu cần"))
	v.column.onMoved = func(int) { v.look() }
	done := func(outcome string) func() { return func() { v.done(outcome) } }
	word := func(code string) string { return kit.Term(record.ReviewOutcomes, code) }
	v.told = kit.Button(word("told"), fynetheme.IconNameMailSend, done("told"))
	v.letter = kit.Button(kit.T("Soạn tin"), fynetheme.IconNameContentCopy, v.message)
	v.tools = kit.Flow(
		kit.Primary(kit.T("Mở"), fynetheme.IconNameDocument, v.open),
		kit.Button(word("stands"), fynetheme.IconNameConfirm, done("stands")),
		kit.Button(word("changed"), fynetheme.IconNameDocumentCreate, done("changed")),
		v.letter, v.told)
	v.detail.onKey = v.back
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, v.title, v.tools, v.note))
	v.right = kit.Border(kit.VStack(theme.SizeNone, head, kit.Hairline()), nil, nil, nil, v.detail)
	v.right.Hide()
	v.split = container.NewHSplit(container.NewStack(v.column, v.empty), v.right)
	v.split.Offset = 0.4
	v.page = container.NewStack(v.split)
	return v
}

// reload reads the list anew.
func (v *review) reload() {
	kit.Ask(v.asks, v.s.office.LawAffected, func(list []record.LawAffected, err error) {
		if err != nil {
			v.empty.RemoveAll()
			v.empty.Add(kit.EmptyState(kit.Sentence(err), nil))
			v.empty.Refresh()
			return
		}
		v.show(list)
	})
}

func affectedKey(a record.LawAffected) string {
	return a.Ref.Noun + ":" + a.Ref.ID.String() + ":" + a.Citation.Item + "#" + a.Citation.Anchor
}

func (v *review) show(list []record.LawAffected) {
	v.list = list
	blocks := make([]block, len(list))
	for i, a := range list {
		blocks[i] = v.line(a)
	}
	firstBare(blocks)
	at := v.column.at
	v.column.replace(blocks)
	if v.column.at < 0 && at >= 0 && len(list) > 0 { // what was looked at is done: the next
		v.column.goTo(min(at, len(list)-1))
	}
	v.empty.RemoveAll()
	if len(list) == 0 {
		v.empty.Add(kit.EmptyState(kit.T("Không có câu trả lời, buổi hay tài liệu nào dẫn quy định đã thay đổi."), nil))
	}
	kit.SetVisible(v.column, len(list) > 0)
	v.look()
	v.s.name()
}

// line says what it is, what it cites and why that is to be looked at.
func (v *review) line(a record.LawAffected) block {
	icon := stateIcon(kit.Attention)
	if a.Status == record.LawEnded {
		icon = stateIcon(kit.Wrong)
	}
	foot := nounWord(a.Ref.Noun)
	if a.Day != "" {
		foot += " · " + a.Day.String()
	}
	if a.Asked {
		foot += " · " + kit.T("có người hỏi để báo lại")
	}
	return block{key: affectedKey(a), icon: icon, stop: true, rule: true, above: theme.SizeGap, open: v.enter,
		texts: []text{{words: a.Title, bold: true}, {words: a.Citation.Says()}, {words: upper(kit.In(a.Why)) + "."}, small(foot)}}
}

func nounWord(noun string) string {
	switch noun {
	case "question":
		return kit.T("Câu trả lời")
	case "activity":
		return kit.T("Hoạt động")
	case "material":
		return kit.T("Tài liệu")
	}
	return ""
}

func (v *review) chosen() (record.LawAffected, bool) {
	if v.column.at < 0 || v.column.at >= len(v.list) {
		return record.LawAffected{}, false
	}
	return v.list[v.column.at], true
}

// look shows the words as they were cited and as they are now.
func (v *review) look() {
	a, ok := v.chosen()
	if ok == v.right.Hidden { // which takes or leaves room
		kit.SetVisible(v.right, ok)
		v.split.Refresh()
	}
	if !ok {
		return
	}
	v.title.SetText(a.Title)
	v.note.SetText("")
	kit.SetVisible(v.told, a.Asked)
	kit.SetVisible(v.letter, a.Asked)
	v.tools.Refresh()
	blocks := []block{
		{above: theme.SizeGap, icon: stateIcon(kit.Attention), texts: []text{{words: a.Citation.Says(), bold: true}, {words: upper(kit.In(a.Why)) + "."}}},
	}
	if a.Citation.Text != "" || a.Now != "" {
		then, now := text{words: orNone(a.Citation.Text)}, text{words: orNone(a.Now)}
		if a.Citation.Text != "" && a.Now != "" {
			then.marks, now.marks = apart(then.words, now.words)
		}
		blocks = append(blocks, block{
			above: theme.SizeGroup, stop: true,
			texts:  []text{small(kit.T("Khi trích dẫn, ngày {{.Day}}", map[string]any{"Day": a.Citation.On.String()})), then},
			beside: []text{small(kit.T("Vào ngày {{.Day}}", map[string]any{"Day": a.AsOf.String()})), now},
		})
	}
	blocks = append(blocks, link("law", theme.Icon(theme.IconLaw), func() { v.s.Open(a.Citation.Item, a.Citation.Anchor) }, text{words: kit.T("Đọc trong thư viện")}))
	v.detail.set(blocks)
	v.right.Refresh()
}

// apart marks what lies between the words two texts begin with and those they end with.
func apart(before, after string) (out, in []stretch) {
	a, b := wordsOf(before), wordsOf(after)
	start, end := 0, 0
	for start < min(len(a), len(b)) && a[start].word == b[start].word {
		start++
	}
	for end < min(len(a), len(b))-start && a[len(a)-1-end].word == b[len(b)-1-end].word {
		end++
	}
	between := func(words []placed, m mark) []stretch {
		if words = words[start : len(words)-end]; len(words) == 0 {
			return nil
		}
		return []stretch{{record.Span{From: words[0].From, To: words[len(words)-1].To}, m}}
	}
	return between(a, removed), between(b, added)
}

// placed is a word and where it stands in its text.
type placed struct {
	record.Span
	word string
}

func wordsOf(s string) []placed {
	var out []placed
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		if unicode.IsSpace(runes[i]) {
			continue
		}
		from := i
		for i < len(runes) && !unicode.IsSpace(runes[i]) {
			i++
		}
		out = append(out, placed{record.Span{From: from, To: i}, string(runes[from:i])})
	}
	return out
}

func orNone(words string) string {
	if words == "" {
		return kit.T("(không còn lời văn)")
	}
	return words
}

// enter gives the keyboard to the buttons of what is chosen.
func (v *review) enter() {
	v.look()
	v.s.focus(v.tools.Objects[0].(fyne.Focusable))
}

func (v *review) back(key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyEscape {
		return false
	}
	v.s.focus(v.column)
	return true
}

func (v *review) open() {
	if a, ok := v.chosen(); ok {
		v.s.OnOpenRow(a.Ref)
	}
}

// done notes that it was looked at, and with what outcome.
func (v *review) done(outcome string) {
	a, ok := v.chosen()
	if !ok {
		return
	}
	note := v.note.Text
	kit.Do(v.s.desk.Runner, func(ctx context.Context) (record.Review, error) {
		return v.s.office.ReviewCitation(ctx, a, outcome, note)
	}, func(_ record.Review, err error) {
		if err != nil {
			v.s.say(err)
			return
		}
		v.s.desk.Say(kit.T("Đã ghi: {{.Outcome}}.", map[string]any{"Outcome": kit.Term(record.ReviewOutcomes, outcome)}), nil)
		v.s.focus(v.column)
		v.reload()
	})
}

// Message lays out what to tell who asked, of what is chosen under Cần xem lại.
func (s *Screen) Message() { s.review.message() }

// message lays out what to tell who asked, to be copied.
func (v *review) message() {
	a, ok := v.chosen()
	if !ok {
		return
	}
	kit.Do(v.s.desk.Runner, func(ctx context.Context) (string, error) { return v.s.office.LawMessage(ctx, a) },
		func(words string, err error) {
			if err != nil {
				v.s.say(err)
				return
			}
			kit.AskFields(v.s.desk.Window, kit.T("Tin báo người hỏi"), kit.NewReader(12, kit.Paragraph(words)), kit.T("Chép"), func(done func()) {
				fyne.CurrentApp().Clipboard().SetContent(words)
				v.s.desk.Say(kit.T("Đã chép tin; dán vào thư hoặc tin nhắn để gửi."), nil)
				done()
			})
		})
}

func (v *review) panes() []kit.Pane {
	out := []kit.Pane{{Object: v.column, Target: func() fyne.Focusable {
		if len(v.list) == 0 {
			return nil
		}
		return v.column
	}}}
	if v.right.Visible() {
		out = append(out, kit.Pane{Object: v.tools}, kit.Pane{Object: v.detail, Target: func() fyne.Focusable { return v.detail }})
	}
	return out
}
