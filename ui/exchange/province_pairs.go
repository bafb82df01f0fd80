package exchange

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Pairs is the tab Trùng sự kiện: activities of two units that look like one event, to be
// decided once. What was decided can be decided otherwise.
type Pairs struct {
	widget.BaseWidget

	// OnOpenActivity is told which activity a person wants to see.
	OnOpenActivity func(record.ID)

	desk kit.Desk
	p    Province
	asks *kit.Latest

	pairs   []record.EventPair
	decided bool  // those that were decided are listed
	shown   []int // of pairs
	at      [2]record.ID

	chips   *kit.ChipRow
	problem *kit.Note
	table   *kit.Table
	pair    *pairDetail
	all     fyne.CanvasObject // says that nothing is left to decide
	both    *container.Split
}

// NewPairs makes the tab.
func NewPairs(desk kit.Desk, p Province) *Pairs {
	s := &Pairs{desk: desk, p: p, asks: kit.NewLatest(desk.Runner), problem: kit.NewNote(kit.Wrong, "")}
	s.problem.Hide()
	s.chips = kit.NewChipRow(func(c kit.GroupChip) {
		s.decided = c.Key == "decided"
		s.at = [2]record.ID{}
		s.narrow()
	})
	s.table = kit.NewTable(kit.Column{Heading: kit.T("Ngày"), Ems: 6}, kit.Column{Heading: kit.T("Hai đơn vị")}, kit.Column{Heading: kit.T("Giống"), Ems: 4.5, Number: true})
	s.table.Row = s.row
	s.table.OnCursor = s.look
	s.table.OnOpen = func(i int) { s.look(i); s.desk.Window.Canvas().Focus(s.pair.first()) }
	s.pair = newPairDetail(s)
	s.all = kit.EmptyState(kit.T("Không có cặp nào chờ quyết định. Khi hai đơn vị cùng ghi một sự kiện, cặp ấy hiện ở đây."), nil)
	s.both = container.NewHSplit(container.NewPadded(s.table), s.pair.page)
	s.both.SetOffset(0.36)
	s.both.Hide() // until there are pairs
	s.all.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer lists the pairs at the left of the one looked at.
func (s *Pairs) CreateRenderer() fyne.WidgetRenderer {
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.VStack(theme.SizeGap, s.problem, s.chips))
	return widget.NewSimpleRenderer(kit.OverRows(head, s.chips, kit.InsetXY(theme.SizeGap, theme.SizeNone, container.NewStack(s.both, s.all))))
}

// HelpPage is the page of the help that speaks of this tab.
func (s *Pairs) HelpPage() string { return "tinh-trung" }

// Panes are the chips, the list and the pair.
func (s *Pairs) Panes() []kit.Pane {
	return []kit.Pane{{Object: s.chips}, {Object: s.table}, {Object: s.pair.page, Page: s.pair.page, Target: s.pair.first}}
}

// Shows is true for what events are made of, and for what was said of them.
func (s *Pairs) Shows(c record.Change) bool {
	return slices.ContainsFunc([]string{"activity", "same_event", "unit", "attendance"}, c.Touches)
}

// Reload reads the pairs again.
func (s *Pairs) Reload() {
	kit.Ask(s.asks, s.p.EventPairs, func(pairs []record.EventPair, err error) {
		if err != nil {
			s.fail(err)
			return
		}
		s.fail(nil)
		s.pairs = pairs
		s.narrow()
	})
}

func (s *Pairs) fail(err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
	}
	kit.SetVisible(s.problem, err != nil)
	s.Refresh()
}

func (s *Pairs) narrow() {
	s.shown = s.shown[:0]
	open := 0
	for i, p := range s.pairs {
		if p.Said == "" {
			open++
		}
		if (p.Said != "") == s.decided {
			s.shown = append(s.shown, i)
		}
	}
	slices.SortStableFunc(s.shown, func(a, b int) int { return s.pairs[b].Score - s.pairs[a].Score })
	s.table.SetTotal(len(s.shown))
	s.chips.Set([]kit.GroupChip{
		{Chip: kit.Chip{Key: "open", Label: kit.T("Chờ quyết định"), Count: open}, Group: "said", On: !s.decided},
		{Chip: kit.Chip{Key: "decided", Label: kit.T("Đã quyết định"), Count: len(s.pairs) - open}, Group: "said", On: s.decided},
	})
	any := len(s.shown) > 0
	kit.SetVisible(s.all, !any && !s.decided)
	kit.SetVisible(s.both, any)
	s.look(max(s.place(), 0))
	s.Refresh()
}

// place is where the pair looked at stands in the list, or -1.
func (s *Pairs) place() int {
	return slices.IndexFunc(s.shown, func(i int) bool { return keyOfPair(s.pairs[i]) == s.at })
}

// keyOfPair is the same whichever of the two counts.
func keyOfPair(p record.EventPair) [2]record.ID {
	a, b := p.A.Activity, p.B.Activity
	if a.String() > b.String() {
		a, b = b, a
	}
	return [2]record.ID{a, b}
}

func (s *Pairs) row(i int) (kit.TableRow, bool) {
	p := s.pairs[s.shown[i]]
	key := keyOfPair(p)
	return kit.TableRow{Key: key[0].String() + key[1].String(), Cells: []string{p.A.Day.String(),
		capital(p.A.UnitName) + " – " + p.B.UnitName, kit.Number(int64(p.Score)) + " %"}}, true
}

func (s *Pairs) look(i int) {
	if i < 0 || i >= len(s.shown) {
		return
	}
	p := s.pairs[s.shown[i]]
	s.at = keyOfPair(p)
	s.table.MoveTo(i)
	s.pair.show(p, i, len(s.shown))
}

// decide says the word on the pair looked at, and goes on to the next.
func (s *Pairs) decide(counts, other record.EventSide, same bool) {
	next := s.place()
	reason := strings.TrimSpace(s.pair.reason.Text)
	s.pair.rest(true)
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return s.p.DecidePair(ctx, counts.Activity, other.Activity, same, reason)
	}, func(_ record.Change, err error) {
		s.pair.rest(false)
		s.fail(err)
		if err != nil {
			return
		}
		words := kit.T("Hai sự kiện khác nhau: tính cả hai.")
		if same {
			words = kit.T("Cùng một sự kiện: chỉ tính cho {{.Unit}}.", map[string]any{"Unit": counts.UnitName})
		}
		s.desk.Say(words, nil)
		if !s.decided {
			s.at = s.keyAt(next + 1)
		}
		s.Reload()
	})
}

// keyAt is the pair at a place of the list, else the one before.
func (s *Pairs) keyAt(i int) [2]record.ID {
	if i >= len(s.shown) {
		i -= 2
	}
	if i < 0 {
		return [2]record.ID{}
	}
	return keyOfPair(s.pairs[s.shown[i]])
}

// pairDetail is one pair: what is alike, both activities, and the three things to say.
type pairDetail struct {
	s *Pairs

	heading *kit.Text
	verdict *kit.Note
	alike   *fyne.Container
	a, b    *sideCard
	reason  *kit.Entry
	sameA   *kit.PushButton
	sameB   *kit.PushButton
	apart   *kit.PushButton
	page    *kit.FormScroll
	now     record.EventPair
}

func newPairDetail(s *Pairs) *pairDetail {
	d := &pairDetail{s: s, heading: kit.Section(""), verdict: kit.NewNote(kit.Fine, ""), alike: kit.VStack(theme.SizeTight),
		a: newSideCard(s), b: newSideCard(s), reason: kit.NewEntry()}
	d.sameA = kit.Button("", "", func() { s.decide(d.now.A, d.now.B, true) })
	d.sameB = kit.Button("", "", func() { s.decide(d.now.B, d.now.A, true) })
	d.apart = kit.Button(kit.T("Hai sự kiện khác nhau"), "", func() { s.decide(d.now.A, d.now.B, false) })
	d.page = kit.NewFormScroll(s.desk.Runner, kit.VStack(theme.SizeGroup,
		kit.VStack(theme.SizeTight, d.heading, d.verdict),
		kit.TwoColumns(d.a, d.b),
		kit.VStack(theme.SizeTight, kit.Hairline(), kit.Caption(kit.T("Điểm giống nhau")), d.alike),
		kit.NewField(kit.T("Ghi chú về quyết định, nếu cần"), d.reason),
		kit.VStack(theme.SizeGap,
			kit.Caption(kit.T("Cùng một sự kiện thì chỉ một đơn vị được tính, ở mọi báo cáo.")),
			kit.Flow(d.sameA, d.sameB), kit.HStack(theme.SizeGap, d.apart))))
	return d
}

func (d *pairDetail) first() fyne.Focusable { return d.sameA }

// rest keeps the buttons from being pushed twice.
func (d *pairDetail) rest(on bool) {
	for _, b := range []*kit.PushButton{d.sameA, d.sameB, d.apart} {
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

func (d *pairDetail) show(p record.EventPair, i, of int) {
	if keyOfPair(p) != keyOfPair(d.now) {
		d.reason.SetText("")
	}
	d.now = p
	d.heading.SetText(kit.T("Cặp {{.I}} trên {{.N}}", map[string]any{"I": i + 1, "N": of}))
	d.verdict.SetText(verdictWords(p))
	kit.SetVisible(d.verdict, p.Said != "")
	d.a.set(p.A, p.B)
	d.b.set(p.B, p.A)
	d.alike.RemoveAll()
	for _, w := range p.Why {
		d.alike.Add(kit.Paragraph("• " + kit.In(w)))
	}
	d.sameA.SetText(countsWords(p.A))
	d.sameB.SetText(countsWords(p.B))
	d.press(p)
	d.page.Refresh()
}

// press shows which of the three was said.
func (d *pairDetail) press(p record.EventPair) {
	mark := func(b *kit.PushButton, on bool) {
		b.Icon = nil
		if on {
			b.Icon = theme.Icon(fynetheme.IconNameConfirm)
		}
		b.Refresh()
	}
	mark(d.sameA, p.Said == "same")
	mark(d.sameB, false)
	mark(d.apart, p.Said == "different")
}

func countsWords(side record.EventSide) string {
	return kit.T("Cùng một sự kiện – tính cho {{.Unit}}", map[string]any{"Unit": side.UnitName})
}

func verdictWords(p record.EventPair) string {
	if p.Said == "same" {
		return kit.T("Đã quyết định: cùng một sự kiện, tính cho {{.Unit}}. Chọn lại bên dưới nếu cần.", map[string]any{"Unit": p.A.UnitName})
	}
	return kit.T("Đã quyết định: hai sự kiện khác nhau. Chọn lại bên dưới nếu cần.")
}

// sideCard is one activity of a pair.
type sideCard struct {
	widget.BaseWidget

	side   record.EventSide
	unit   *kit.Text
	title  *kit.Text
	day    *kit.Text
	place  *kit.Text
	people *kit.Text
	open   *kit.PushButton
}

func newSideCard(s *Pairs) *sideCard {
	c := &sideCard{unit: kit.Section(""), title: kit.Paragraph(""), day: kit.Paragraph(""), place: kit.Paragraph(""), people: kit.Paragraph("")}
	c.unit.Wrap = true
	c.open = kit.Quiet(kit.T("Xem hoạt động"), fynetheme.IconNameList, func() {
		if s.OnOpenActivity != nil {
			s.OnOpenActivity(c.side.Activity)
		}
	})
	c.ExtendBaseWidget(c)
	return c
}

// set shows an activity; what differs from the other stands out.
func (c *sideCard) set(side, other record.EventSide) {
	c.side = side
	c.unit.SetText(capital(side.UnitName))
	write := func(t *kit.Text, words string, differs bool) {
		t.Style.Bold = differs
		t.Text = words
		t.Refresh()
	}
	write(c.title, side.Title, false)
	write(c.day, kit.DayWords(side.Day), side.Day != other.Day)
	write(c.place, side.Place, kit.Bare(side.Place) != kit.Bare(other.Place))
	write(c.people, kit.T("{{.N}} người", map[string]any{"N": kit.Number(side.People)}), side.People != other.People)
	c.Refresh()
}

// CreateRenderer puts the activity under a hairline.
func (c *sideCard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.VStack(theme.SizeGap, kit.Hairline(), c.unit, c.title, labelled(kit.T("Ngày"), c.day),
		labelled(kit.T("Nơi tổ chức"), c.place), labelled(kit.T("Số người"), c.people), kit.HStack(theme.SizeNone, c.open)))
}

func labelled(label string, t *kit.Text) fyne.CanvasObject {
	return kit.VStack(theme.SizeNone, kit.Caption(label), t)
}
