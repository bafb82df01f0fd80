package law

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// library is the view in which texts are sought and read: what was found at the left, the
// text at the right.
type library struct {
	s    *Screen
	asks *kit.Latest

	find   *kit.KeyEntry
	on     *kit.DateEntry
	topic  *kit.Select
	kind   *kit.Select
	status *kit.ChipRow
	said   *kit.Text
	hits   *column
	empty  *fyne.Container

	topics  []record.Term
	types   []string
	filter  record.LawFilter
	day     record.Date // the day everything is judged for
	found   []record.LawHit
	page    *fyne.Container
	keep    func() // remembers how wide the list is
	reading *reading
}

const splitKey = "law.split"

func newLibrary(s *Screen) *library {
	l := &library{s: s, asks: kit.NewLatest(s.desk.Runner), find: kit.NewKeyEntry(), said: kit.Caption(kit.T("Đang mở thư viện…")), hits: newColumn(), empty: container.NewStack()}
	l.find.SetPlaceHolder(kit.T("Từ ngữ, số hiệu, điều khoản; không cần gõ dấu"))
	l.find.Icon = theme.Icon(fynetheme.IconNameSearch)
	l.find.OnChanged = func(string) { l.ask(s.Pause) }
	l.find.OnKey = l.findKey
	l.on = kit.NewDateEntry(s.office.ParseDate, s.today)
	l.on.Entry().OnChanged = func(string) { l.dayTyped() }
	l.topic = kit.NewSelect(nil, func(string) { l.narrowed() })
	l.kind = kit.NewSelect(nil, func(string) { l.narrowed() })
	l.status = kit.NewChipRow(l.chipped)
	l.hits.onLetter = l.letter
	l.hits.onKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyEscape {
			s.focus(l.find)
			return true
		}
		return false
	}
	l.reading = newReading(s)
	l.offer()
	l.lay()
	return l
}

func (l *library) lay() {
	when := kit.Caption(kit.T("Hiệu lực vào ngày"))
	when.Whole = true
	l.on.Entry().SetPlaceHolder(l.s.today().String())
	day := kit.HStack(theme.SizeGap, when, wide(9, l.on))
	first := kit.Border(nil, nil, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, day), l.find)
	lists := kit.HStack(theme.SizeGap, wide(14, l.topic), wide(11, l.kind))
	second := kit.Border(nil, nil, lists, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, l.status))
	head := kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, first, second)), kit.Hairline())
	said := kit.InsetXY(theme.SizeGroup, theme.SizeTight, l.said)
	list := kit.Border(said, nil, nil, nil, container.NewStack(l.hits, l.empty))
	split := container.NewHSplit(list, l.reading)
	split.Offset = fyne.CurrentApp().Preferences().FloatWithFallback(splitKey, 0.4)
	l.page = kit.OverRows(head, l.status, split)
	l.keep = func() { fyne.CurrentApp().Preferences().SetFloat(splitKey, split.Offset) }
}

// reload reads what there is to filter by, searches anew and opens the text anew.
func (l *library) reload() {
	l.keep()
	kit.Do(l.s.desk.Runner, func(ctx context.Context) (used, error) {
		topics, types, err := l.s.office.LawUsed(ctx)
		return used{topics, types}, err
	}, func(u used, err error) {
		if err == nil {
			l.topics, l.types = u.topics, u.types
			l.offer()
		}
	})
	l.ask(0)
	l.reading.again()
}

type used struct {
	topics []record.Term
	types  []string
}

// offer fills the lists to filter by; what was chosen stays.
func (l *library) offer() {
	l.topic.Options = []string{kit.T("Mọi lĩnh vực")}
	for _, t := range l.topics {
		l.topic.Options = append(l.topic.Options, kit.In(t.Words))
	}
	l.kind.Options = append([]string{kit.T("Mọi loại văn bản")}, l.types...)
	for _, one := range []*kit.Select{l.topic, l.kind} {
		if one.Selected == "" {
			one.Selected = one.Options[0]
		}
		one.Refresh()
	}
	var chips []kit.GroupChip
	for _, t := range record.LawStatuses {
		if t.Code != string(record.LawUnknown) {
			chips = append(chips, kit.GroupChip{Group: "status", Chip: kit.Chip{Key: t.Code, Label: kit.In(t.Words), Count: -1}, On: l.filter.Status == record.LawStatus(t.Code)})
		}
	}
	l.status.Set(chips)
}

func (l *library) chipped(c kit.GroupChip) {
	l.filter.Status = record.LawStatus(c.Key)
	if c.On {
		l.filter.Status = ""
	}
	l.offer()
	l.ask(0)
}

func (l *library) narrowed() {
	l.filter.Topic, l.filter.Type = "", ""
	if i := l.topic.SelectedIndex(); i > 0 && i <= len(l.topics) {
		l.filter.Topic = l.topics[i-1].Code
	}
	if i := l.kind.SelectedIndex(); i > 0 && i <= len(l.types) {
		l.filter.Type = l.types[i-1]
	}
	l.ask(0)
}

// dayTyped judges for another day once one can be read.
func (l *library) dayTyped() {
	day, err := l.on.Value()
	if err != nil || day == l.day {
		return
	}
	l.day = day
	l.ask(l.s.Pause)
	l.reading.again()
}

// setDay chooses a day, such as that of a wording.
func (l *library) setDay(day record.Date) {
	if day == l.s.today() {
		day = ""
	}
	l.day = day
	l.on.SetValue(day)
	l.ask(0)
	l.reading.again()
}

// search seeks a text that was typed elsewhere.
func (l *library) search(text string) { l.find.SetText(text) }

// ask searches once nothing more was typed for a while.
func (l *library) ask(pause time.Duration) {
	f := l.filter
	f.Text, f.On = strings.TrimSpace(l.find.Text), l.day
	kit.Ask(l.asks, func(ctx context.Context) (record.LawPage, error) {
		if err := wait(ctx, pause); err != nil {
			return record.LawPage{}, err
		}
		return l.s.office.SearchLaw(ctx, f)
	}, func(p record.LawPage, err error) {
		if err != nil {
			l.said.SetText(kit.Sentence(err))
			return
		}
		l.filter = f
		l.found = p.Hits
		l.show(p, false)
	})
}

// wait lets a while pass, unless nobody waits any more.
func wait(ctx context.Context, pause time.Duration) error {
	if pause > 0 {
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// more reads on where the list ended.
func (l *library) more() {
	f := l.filter
	f.Offset = len(l.found)
	kit.Ask(l.asks, func(ctx context.Context) (record.LawPage, error) { return l.s.office.SearchLaw(ctx, f) },
		func(p record.LawPage, err error) {
			if err != nil {
				l.s.say(err)
				return
			}
			l.found = append(l.found, p.Hits...)
			l.show(p, true)
		})
}

func (l *library) show(p record.LawPage, on bool) {
	blocks := make([]block, 0, len(l.found)+1)
	for _, h := range l.found {
		blocks = append(blocks, l.hitBlock(h))
	}
	if p.More {
		blocks = append(blocks, block{
			key: "more", stop: true, rule: true, above: theme.SizeGap, open: l.more,
			texts: []text{{words: kit.T("Xem thêm kết quả"), ink: fynetheme.ColorNamePrimary}},
		})
	}
	if on {
		l.hits.replace(blocks)
		l.hits.goTo(len(l.found) - len(p.Hits))
	} else {
		l.hits.set(blocks)
	}
	l.said.SetText(l.says(p))
	l.empty.RemoveAll()
	if len(l.found) == 0 {
		words := kit.T("Thư viện chưa có văn bản nào. Nhập gói của cấp trên ở thẻ Gói.")
		if l.filter != (record.LawFilter{}) {
			words = kit.T("Không tìm thấy. Hãy gõ ít từ hơn, hoặc bỏ bớt điều kiện lọc.")
		}
		l.empty.Add(kit.EmptyState(words, nil))
	}
	kit.SetVisible(l.hits, len(l.found) > 0)
}

// says is what is shown, in words.
func (l *library) says(p record.LawPage) string {
	n := kit.Number(int64(p.Total))
	if p.Total >= 1000 {
		n = kit.T("hơn {{.N}}", map[string]any{"N": n})
	}
	words := kit.T("{{.N}} kết quả", map[string]any{"N": n})
	if l.filter.Text == "" {
		words = kit.T("{{.N}} văn bản", map[string]any{"N": n})
	}
	for _, part := range []string{l.topicWord(), l.filter.Type, l.statusChosen()} {
		if part != "" {
			words += ", " + part
		}
	}
	if l.day != "" {
		words += ", " + kit.T("vào ngày {{.Day}}", map[string]any{"Day": l.day.String()})
	}
	return words
}

func (l *library) topicWord() string {
	if l.filter.Topic == "" {
		return ""
	}
	return kit.Term(l.topics, l.filter.Topic)
}

func (l *library) statusChosen() string {
	if l.filter.Status == "" {
		return ""
	}
	return strings.ToLower(statusWord(l.filter.Status))
}

// hitBlock is what was found: where, the words around, and whether it is in force.
func (l *library) hitBlock(h record.LawHit) block {
	b := block{key: h.Item + "#" + h.Anchor, stop: true, rule: true, above: theme.SizeGap, open: func() { l.reading.open(h.Item, h.Anchor) }}
	status := kit.Term(record.LawKinds, string(h.Kind))
	if hasStatus(h.Kind) {
		b.icon, status = statusIcon(h.Status), statusWord(h.Status)
		if h.Amended && h.Status == record.LawInForce {
			status += ", " + kit.T("đã sửa đổi")
		}
	} else {
		b.icon = theme.Icon(fynetheme.IconNameDocument)
	}
	head, second := h.Title, ""
	if at := kit.In(h.Provision); at != "" {
		head, second = upper(at), h.Heading
	}
	b.texts = append(b.texts, text{words: head, bold: true})
	if second != "" && !strings.Contains(h.Snippet, second) {
		b.texts = append(b.texts, text{words: second})
	}
	if h.Snippet != "" {
		b.texts = append(b.texts, text{words: strings.ReplaceAll(h.Snippet, "\n", " "), ink: theme.ColorMuted, marks: stretches(h.Marks, sought)})
	}
	foot := status
	if h.Anchor != "" {
		foot = strings.TrimSpace(h.Number+" "+shortened(h.Title)) + " · " + status
	} else if h.Number != "" {
		foot = h.Number + " · " + status
	}
	if h.Noted {
		foot += " · " + kit.T("có ghi chú")
	}
	b.texts = append(b.texts, text{words: foot, size: fynetheme.SizeNameCaptionText, ink: theme.ColorMuted})
	return b
}

// longestTitle is how much of a document's title stands under one of its provisions.
const longestTitle = 48

func shortened(title string) string {
	runes := []rune(title)
	if len(runes) <= longestTitle {
		return title
	}
	cut := longestTitle
	for cut > longestTitle/2 && runes[cut] != ' ' {
		cut--
	}
	return string(runes[:cut]) + "…"
}

// findKey goes from the search to what was found.
func (l *library) findKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyDown:
		if len(l.found) > 0 {
			l.s.focus(l.hits)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		l.openFirst()
	case fyne.KeyEscape:
		if l.find.Text == "" {
			return false
		}
		l.find.SetText("")
	default:
		return false
	}
	return true
}

func (l *library) openFirst() {
	if len(l.found) > 0 {
		l.hits.goTo(max(l.hits.at, 0))
		l.hits.openAt(l.hits.at)
	}
}

// letter begins another search from the list.
func (l *library) letter(r rune) {
	l.s.focus(l.find)
	l.find.SetText(string(r))
	l.find.CursorColumn = 1
}

func (l *library) panes() []kit.Pane {
	return []kit.Pane{
		{Object: l.find}, {Object: l.hits, Target: func() fyne.Focusable { return l.hits }},
		{Object: l.reading, Target: l.reading.target},
	}
}
